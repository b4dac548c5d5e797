"""A view as a table: one line of CSV for each card, for spreadsheets and for statistics."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from argmap.model import Debate, Link, Wording, is_made_up, prevailing
from argmap.model.reference import citation
from argmap.render.cells import cell
from argmap.render.entries import beside, other, struck, verb
from argmap.view import Card, Inference, View, in_words

COLUMNS = tuple(
    """
    number part title text unstated credit speaker voice of source at quote bears_on together_with
    argument rules section tags link about because by citation remarks url note group hidden showing
    """.split()
)


def table(debate: Debate, view: View) -> str:
    """*view*, which is one of *debate*, as CSV: a line of names, then the cards in reading order.

    Lines end in ``\\n``. A cell that a spreadsheet would take for a formula has ``'`` before it.
    Where a cell says several things, ``; `` stands between them. The last says what part of the map
    is shown, in every line; it is empty for the whole.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for cells in rows(debate, view):
        writer.writerow([cell(cells.get(column, "")) for column in COLUMNS])
    return out.getvalue()


def rows(debate: Debate, view: View) -> Iterator[Mapping[str, str]]:
    """What the columns hold for each card, as the map writes it; "" where a column is left out."""
    made = _Rows(debate, view)
    return (made.cells(card) for card in view.cards)


class _Rows:
    """What is asked of a debate and its view for each card."""

    def __init__(self, debate: Debate, view: View) -> None:
        self.view = view
        self.things = {t.ref: t for t in debate.things}
        self.sources = {s.key: s for s in debate.sources}
        self.sections = {s.path: s.title for s in debate.sections}
        self.groups = {c: g.title for g in view.groups for c in g.cards}
        self.leaving = _leaving(view)

    def cells(self, card: Card) -> Mapping[str, str]:
        """The line of *card*."""
        thing = self.things[card.ref]
        wordings = thing.wordings
        said = prevailing(wordings) or Wording("")
        cites = [c for w in wordings for c in w.cited]
        whole = [citation(self.sources[c.source], c.at) for c in cites if c.source in self.sources]
        bears = self.leaving.get(card.id, ())
        return {
            "number": card.number,
            "part": card.role.name.lower(),
            "title": "" if is_made_up(thing.title) else thing.title,
            "text": card.text,
            "unstated": "yes" if card.unstated else "",
            "credit": card.whole_credit,
            "speaker": said.by,
            "voice": said.voice.value if wordings else "",
            "of": said.of,
            "source": _several(c.source for c in cites),
            "at": _several(c.at for c in cites),
            "quote": _several(c.quote for c in cites),
            "bears_on": "; ".join(self._bears(i, card) for i in bears),
            "together_with": "; ".join(
                ", ".join(beside(self.view, i, card)) for i in bears if len(i.tails) > 1
            ),
            "argument": _several(p for i in bears for p in (i.title, i.gist, i.credit)),
            "rules": _several(r for i in bears for r in i.rules),
            "section": self.sections.get(card.section, ""),
            "tags": "; ".join(card.tags),
            **_linked(bears),
            "citation": _several(whole),
            "remarks": in_words(card),
            "url": card.url,
            "note": card.note,
            "group": self.groups.get(card.id, ""),
            "hidden": str(card.hidden) if card.hidden else "",
            "showing": self.view.partial,
        }

    def _bears(self, i: Inference, card: Card) -> str:
        """What *i* does, and the number of what it bears on."""
        if i.mutual:
            return verb(i.mark, other(self.view, i, card).number)
        over = struck(self.view, i, "=>")
        return verb(i.mark, over or self.view.by_id[self.view.head_card(i)].number)


def _leaving(view: View) -> Mapping[str, Sequence[Inference]]:
    """The inferences by which each card bears on something, that by which it hangs first."""
    found: dict[str, list[Inference]] = {c.id: [] for c in view.cards}
    for i in view.inferences:
        for id in dict.fromkeys((*i.tails, *([i.head] if i.mutual else []))):
            found[id].append(i)
    for id, parent in view.parent.items():
        found[id].sort(key=lambda i: i.id != parent)  # stable: the others keep their order
    return found


def _linked(bears: Sequence[Inference]) -> dict[str, str]:
    """What the links are by which a card bears on others, each in its place among *bears*."""
    cells: dict[str, list[str]] = {"link": [], "about": [], "because": [], "by": []}
    for i in bears:
        link = i.link or Link(by="")
        cells["link"].append(link.sense.value if link.sense else "")
        cells["about"].append(link.about.value if link.about else "")
        cells["because"].append(link.because)
        cells["by"].append(link.by)
    return {key: "; ".join(said) if any(said) else "" for key, said in cells.items()}


def _several(said: Iterable[str]) -> str:
    """Each of *said* once."""
    return "; ".join(dict.fromkeys(s for s in said if s))
