"""Claims with the paragraphs that they cite, as cards."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from argmap.api.texts import Shelf
from argmap.errors import UnknownName
from argmap.model import Argument, Claim, ClaimRef, Debate, Source, telling
from argmap.provenance.passages import cited_by
from argmap.provenance.readers import Unreadable
from argmap.provenance.search import Index
from argmap.render.cards import Sheet
from argmap.view import Card, Mark, View, view


def sheets(debate: Debate, titles: Sequence[str] = (), shelf: Shelf | None = None) -> list[Sheet]:
    """A card for each of *titles*, or for everything in *debate*, in reading order.

    A title is ``[a claim]``, ``<an argument>``, either without brackets, or a number in the map.

    Raises:
        UnknownName: nothing has that title or number.
    """
    seen = view(debate)
    cards = [c for c in seen.cards if not c.sees]
    if titles:
        cards = [_called(cards, title) for title in titles]
    index = _indexes(shelf)
    speakers = {s.key: s for s in debate.speakers}
    made = []
    for card in cards:
        thing: Claim | Argument
        match card.ref:
            case ClaimRef(title):
                thing = debate.claim(title)
                wordings = thing.wordings
            case _:
                thing = debate.argument(card.ref.title)
                wordings = thing.gists
        said = telling(wordings)
        made.append(
            Sheet(
                card.number,
                card.ref,
                card.text,
                card.whole_credit,
                speakers.get(said.by) if said else None,
                cited_by(wordings, debate.sources, index),
                tuple(_bearings(seen, card)),
            )
        )
    return made


def _called(cards: Sequence[Card], title: str) -> Card:
    wanted = title.strip()
    for card in cards:
        if wanted in (str(card.ref), card.ref.title, card.number, card.text):
            return card
    raise UnknownName("claim or argument", wanted, [c.ref.title for c in cards])


def _indexes(shelf: Shelf | None) -> Callable[[Source], Index]:
    """Each text made ready for searching once."""
    ready = functools.cache(Index)

    def index(source: Source) -> Index:
        if shelf is None:
            raise Unreadable("AM610", "no folder with its text is named")
        return ready(shelf(source))

    return index


def _bearings(seen: View, card: Card) -> list[str]:
    """What *card* is for or against, in words."""
    said = []
    for i in seen.inferences:
        if card.id not in i.tails:
            continue
        head = seen.by_id[seen.head_card(i)].number
        struck = seen.inference.get(i.head)
        if struck is not None and i.mark is Mark.UNDERCUT:
            premises = " and ".join(seen.by_id[t].number for t in struck.tails)
            said.append(f"undercuts the step from {premises} to {head}")
            continue
        others = [seen.by_id[t].number for t in i.tails if t != card.id]
        together = f", together with {' and '.join(others)}" if others else ""
        said.append(f"{i.mark.value} {head}{together}")
    return list(dict.fromkeys(said))
