"""A view as a list to be read: one entry after another, each with its words. Knows no markup.

What stands in the outline, in Markdown and on a page is said here, so that all say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from argmap.model import Link, Speaker
from argmap.model.reference import reference
from argmap.text import listed, quantity
from argmap.view import Card, Inference, Mark, View, forest, in_words

EMPTY = "This map holds no claims yet."

_FIRST = 9  # words that say which card is meant where it stands in full elsewhere
_MOST = 8  # numbers that are named one by one


@frozen
class Entry:
    """A card where it stands in the list, or a reference to one that stands in full elsewhere.

    *level* counts from 0. *how* says what it does: ``supports, together with 1.2``. *who* is whose
    it is, where that is said, and in which words; *step* which argument it belongs to, said of its
    first premise; *aside* what a link between speakers is; *looped* that the card it refers to
    stands above it. *remarks* are what is known of it beside what it says, *url* where to read
    more, if no source says that; *more* how much below it is not shown.
    """

    card: Card
    level: int
    mark: Mark | None = None
    how: str = ""
    text: str = ""
    who: str = ""
    step: str = ""
    aside: str = ""
    looped: bool = False
    remarks: str = ""
    url: str = ""
    more: str = ""


@frozen
class Mutual:
    """What the root just before it contradicts, or agrees with."""

    level: int
    mark: Mark
    card: Card
    aside: str = ""

    @property
    def how(self) -> str:
        """As ``contradicts 2``."""
        return verb(self.mark, self.card.number)


@frozen
class Telling:
    """What is said of the cards of one view; *view* is a forest."""

    view: View
    single_source: str
    mutual: Mapping[str, Sequence[Inference]]
    spans: Mapping[str, tuple[int, int]]  # of each card and all below it, in reading order

    @property
    def roots(self) -> Iterator[Card]:
        """The cards that bear on nothing, in order."""
        return (c for c in self.view.cards if c.id not in self.view.parent and not c.sees)

    def who(self, card: Card) -> str:
        """Whose *card* is, and where that is said."""
        return ", ".join(p for p in (card.whole_credit, self._short(card.source)) if p)

    def where(self, card: Card) -> str:
        """As `who`, with what is quoted from each place."""
        if len(card.cited) < 2:
            quotes = (f"“{q}”" for q in card.quotes)
            return ", ".join(p for p in (self.who(card), *quotes) if p)
        places = [
            ", ".join(p for p in (self._short(note), f"“{quote}”" if quote else "") if p)
            for note, quote in card.cited
        ]
        return ", ".join(p for p in (card.whole_credit, "; ".join(places)) if p)

    def url(self, card: Card) -> str:
        """Where to read more of *card*, unless that is said with its source."""
        return "" if any(s.url == card.url for s in self.view.sources) else card.url

    def _short(self, source: str) -> str:
        """*source* without the name that all sources begin with."""
        return source.replace(self.single_source + " ", "") if self.single_source else source

    def is_above(self, card: Card, inference: Inference) -> bool:
        """Whether *card* stands in full above where it is referred to: then there is a circle."""
        first, last = self.spans[card.sees]
        return first <= self.spans[self.view.head_card(inference)][0] <= last

    def entries(self, deepest: int) -> Iterator[Entry | Mutual]:
        """All entries in reading order, at levels of at most *deepest*.

        What stands deeper says on which number it bears. A stack, so that any depth will do.
        """
        for root in self.roots:
            beside = in_words(root), self.url(root), more_below(root)
            said = root.text, self.where(root)
            yield Entry(root, 0, None, "", *said, "", "", False, *beside)
            for i in self.mutual.get(root.id, ()):
                yield Mutual(1, i.mark, other(self.view, i, root), aside(i))
            todo = [(c, 1) for c in reversed(self.view.below.get(root.id, ()))]
            while todo:
                id, level = todo.pop()
                yield self._entry(self.view.by_id[id], level, deepest)
                todo += [(c, level + 1) for c in reversed(self.view.below.get(id, ()))]

    def _entry(self, card: Card, level: int, deepest: int) -> Entry:
        i = self.view.inference[self.view.parent[card.id]]
        head = self.view.by_id[self.view.head_card(i)].number
        over = struck(self.view, i, "⇒")
        how = verb(i.mark, over or (head if level > deepest else ""))
        if len(i.tails) > 1:
            how += f", together with {listed(beside(self.view, i, card))}"
        text, who, looped = card.text, self.where(card), False
        known = in_words(card), self.url(card), more_below(card)
        if card.sees:
            text, who = first_words(card.text, "…"), card.whole_credit
            looped, known = self.is_above(card, i), ("", "", "")
        step = step_of(i) if card.id == i.tails[0] else ""
        level = min(level, deepest)
        return Entry(card, level, i.mark, how, text, who, step, aside(i), looped, *known)


def telling(view: View) -> Telling:
    """What is said of *view*."""
    view = forest(view)
    mutual: dict[str, list[Inference]] = {}
    for i in view.inferences:
        if i.mutual:
            mutual.setdefault(i.tails[0], []).append(i)
            mutual.setdefault(i.head, []).append(i)
    return Telling(view, _single_source(view), mutual, _spans(view))


def first_words(text: str, more: str) -> str:
    """The beginning of *text*: enough to know it by."""
    words = text.split()
    return " ".join(words[:_FIRST]) + (f" {more}" if len(words) > _FIRST else "")


def struck(view: View, i: Inference, hence: str) -> str:
    """The inference that *i* strikes, as ``1.1+1.2 ⇒ 1``; "" if it bears on a card."""
    over = view.inference.get(i.head)
    if over is None:
        return ""
    premises = "+".join(_few([view.by_id[t].number for t in _ends(over.tails)]))
    return f"{premises} {hence} {view.by_id[view.head_card(over)].number}"


def beside(view: View, i: Inference, card: Card) -> list[str]:
    """The numbers of what works together with *card* in *i*; of very many, the first and last."""
    return _few([view.by_id[t].number for t in _ends(i.tails) if t != card.id])


def bearings(view: View, card: Card) -> Iterator[str]:
    """What *card* does, to what: a phrase for each thing that it bears on."""
    for i in view.inferences:
        if card.id in i.tails:
            over = struck(view, i, "⇒") or view.by_id[view.head_card(i)].number
            together = f", together with {listed(beside(view, i, card))}" if i.tails[1:] else ""
            yield verb(i.mark, over) + together


def other(view: View, i: Inference, card: Card) -> Card:
    """The card at the other end of a mutual inference."""
    return view.by_id[i.head if card.id == i.tails[0] else i.tails[0]]


def _few(numbers: list[str]) -> list[str]:
    return numbers if len(numbers) <= _MOST else [numbers[0], "…", numbers[-1]]


def _ends(tails: Sequence[str]) -> Sequence[str]:
    """*tails*, or so many from both ends that `_few` leaves some out."""
    return tails if len(tails) <= 2 * _MOST else (*tails[:_MOST], *tails[-_MOST:])


def step_of(i: Inference) -> str:
    """The name of the argument that an inference is a step of, its gist, whose it is; its rules."""
    name = ": ".join(p for p in (i.title, i.gist) if p)
    name += f" — {i.credit}" if name and i.credit else ""
    rules = f"by {', '.join(i.rules)}" if i.rules else ""
    return "; ".join(p for p in (f"argument {name}" if name else "", rules) if p)


def verb(mark: Mark, of: str = "") -> str:
    """What an inference does: to *of*, a number, or to what it stands under."""
    match mark:
        case Mark.SUPPORT:
            return f"supports {of}".rstrip()
        case Mark.ATTACK:
            return f"objects to {of}" if of else "objects"
        case Mark.UNDERCUT:
            return f"undercuts {of}".rstrip()
        case Mark.CONTRADICT:
            return f"contradicts {of}".rstrip()
        case Mark.AGREE:
            return f"says the same as {of}" if of else "says the same"
        case Mark.TENSION:
            return f"is in tension with {of}" if of else "is in tension with this"
        case Mark.PAST:
            return f"talks past {of}" if of else "talks past this"


def aside(i: Inference) -> str:
    """What a link between speakers is, about what, on whose word, and why."""
    if i.link is None or i.link == Link():
        return ""
    about = f"about {i.link.about.value}" if i.link.about else ""
    whose = "the mapper’s reading" if i.link.inferred else f"so {i.link.by}"
    said = ", ".join(p for p in (i.bears, about, whose) if p)
    return f"{said}: {i.link.because}" if i.link.because else said


def part_of(view: View) -> str:
    """What part of a map *view* is: ``Part of the map: 2 levels of 5; 12 of 44 cards``."""
    return f"Part of the map: {view.partial}" if view.partial else ""


def more_below(card: Card) -> str:
    """How much below *card* is not shown: ``7 more below (2 objections)``."""
    if not card.hidden:
        return ""
    against = f" ({quantity(n, 'objection')})" if (n := card.hidden_objections) else ""
    return f"{card.hidden} more below{against}"


def who_is(s: Speaker) -> str:
    """A speaker's whole name and role, after the key where the name does not hold it."""
    named = "" if s.key in s.full.split() else f"{s.key}: "
    return named + s.full + (f", {s.role}" if s.role else "")


def _spans(view: View) -> dict[str, tuple[int, int]]:
    """Where each card comes in reading order, and where the last card below it does."""
    spans: dict[str, tuple[int, int]] = {}
    order: list[str] = []
    todo = [(c.id, False) for c in reversed(view.cards) if c.id not in view.parent]
    while todo:
        card, done = todo.pop()
        if done:
            spans[card] = (spans[card][0], len(order) - 1)
            continue
        spans[card] = (len(order), len(order))
        order.append(card)
        todo.append((card, True))
        todo += [(c, False) for c in reversed(view.below.get(card, ()))]
    return spans


def _single_source(view: View) -> str:
    """The name that every note begins with, if a map has one source only; else ""."""
    notes = [c.source for c in view.cards if c.source and not c.sees]
    if len(view.sources) != 1 or not reference(view.sources[0]):
        return ""
    key = view.sources[0].key
    return key if all(n.startswith(f"{key} ") for n in notes) else ""
