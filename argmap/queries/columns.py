"""What each field holds for each claim of one debate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from typing import TypeAlias

from attrs import field, frozen

from argmap.model import Argument, Citation, Claim, Data, Debate, Value, Wording, is_made_up
from argmap.model.locator import Locator, Unit, locator
from argmap.model.remarks import NOTHING, Remarks, remarks
from argmap.queries.fields import named
from argmap.queries.values import folded, plain
from argmap.sides import Line, Meeting, Tie, meeting
from argmap.view import Card, View, view

Words: TypeAlias = Sequence[tuple[str, ...]]
Ranges: TypeAlias = tuple[tuple[int, int], ...]


@frozen(slots=False)
class Claims:
    """The claims of a debate in reading order, as `View` has cards and `Meeting` has lines.

    *name* is that of the file. What a field holds is found when it is first asked for.
    """

    name: str
    debate: Debate
    _words: dict[str, Words] = field(factory=dict, init=False, eq=False, repr=False)

    @cached_property
    def seen(self) -> View:
        """All cards."""
        return view(self.debate)

    @cached_property
    def met(self) -> Meeting:
        """The same as lines, with what ties them."""
        return meeting(self.debate, self.seen)

    @property
    def lines(self) -> tuple[Line, ...]:
        """One for each card."""
        return self.met.lines

    def words(self, name: str) -> Words:
        """What the field called *name* holds for each claim, as it is compared."""
        if name not in self._words:
            known = named(name)
            plainly = cache(partial(plain, known) if known else folded)  # most say the same
            self._words[name] = [
                tuple(said for said in dict.fromkeys(map(plainly, row)) if said)
                for row in self.written(name)
            ]
        return self._words[name]

    def written(self, name: str) -> Iterator[Iterable[str]]:
        """As `words`, in the words of the map."""
        held = _WORDS[name]
        return (held(self, *pair) for pair in zip(self.seen.cards, self.lines, strict=True))

    def numbers(self, name: str) -> Sequence[Ranges]:
        """The ranges of numbers that the field called *name* holds for each claim."""
        match name:
            case "depth":
                return [((n, n),) for n in self.depths]
            case "votes":
                return [_votes(self.remarks(card)) for card in self.seen.cards]
            case _:
                unit = Unit.PARAGRAPH if name == "paragraph" else Unit.PAGE
                place = cache(locator)  # many stand in the same paragraph
                return [_places(self.cited(card), unit, place) for card in self.seen.cards]

    def dates(self) -> Words:
        """The dates of the sources of each claim, as they are written."""
        of = {s.key: s.date for s in self.debate.sources if s.date}
        return [
            tuple(dict.fromkeys(of[c.source] for c in self.cited(card) if c.source in of))
            for card in self.seen.cards
        ]

    def data(self, key: str) -> Words:
        """What each claim has under *key*, which may be a path with dots, in words."""
        return [tuple(_under(self.thing(card).data, key)) for card in self.seen.cards]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of all data."""
        return tuple(dict.fromkeys(k for card in self.seen.cards for k in self.thing(card).data))

    @cached_property
    def depths(self) -> Sequence[int]:
        """How many levels down each claim stands; the first is 1."""
        seen, found = self.seen, dict[str, int]()
        for card in seen.cards:  # what is above a card comes before it
            by = seen.parent.get(card.id)
            found[card.id] = found[seen.head_card(seen.inference[by])] + 1 if by else 1
        return tuple(found.values())

    # --- of one claim

    def thing(self, card: Card) -> Claim | Argument:
        """The claim or argument that *card* shows."""
        return self._things[card.ref]

    def wordings(self, card: Card) -> Sequence[Wording]:
        """How it is put; only mentions, if it is never put into words."""
        all = self.thing(card).wordings
        return [w for w in all if w.text] or all

    def cited(self, card: Card) -> Iterator[Citation]:
        """Where it stands."""
        return (c for w in self.thing(card).wordings for c in w.cited)

    def remarks(self, card: Card) -> Remarks:
        """What is known of it beside what it says."""
        data = self.thing(card).data
        return remarks(data) if data else NOTHING

    def topics(self, card: Card, line: Line) -> tuple[str, ...]:
        """The questions that it is named under, then the one that it belongs to."""
        home = self.met.topic(line)
        whole = (*self._asked.get(card.ref, ()), *([home.question] if home else ()))
        return tuple(dict.fromkeys(whole))

    def headings(self, card: Card) -> tuple[str, ...]:
        """The headings that it stands under, the outermost first."""
        paths = (card.section[:n] for n in range(1, len(card.section) + 1))
        return tuple(self._sections[p] for p in paths if p in self._sections)

    def titles(self, title: str) -> tuple[str, ...]:
        """*title*, and the same without the speaker that a debate puts in front."""
        if is_made_up(title):
            return ()
        who, _, rest = title.partition(": ")
        return (title, rest) if rest and who in self._people else (title,)

    def names(self, key: str) -> tuple[str, ...]:
        """A speaker's key and full name."""
        return (key, self._people.get(key, key)) if key else ()

    @cached_property
    def _things(self) -> Mapping[object, Claim | Argument]:
        return {t.ref: t for t in self.debate.things}

    @cached_property
    def _people(self) -> Mapping[str, str]:
        return {s.key: s.full for s in self.debate.speakers}

    @cached_property
    def _works(self) -> Mapping[str, str]:
        return {s.key: s.title for s in self.debate.sources}

    @cached_property
    def _sections(self) -> Mapping[tuple[int, ...], str]:
        return {s.path: s.title for s in self.debate.sections}

    @cached_property
    def _asked(self) -> Mapping[object, Sequence[str]]:
        found: dict[object, list[str]] = {}
        for issue in self.debate.issues:
            for ref in issue.refs:
                found.setdefault(ref, []).append(issue.question)
        return found

    @cached_property
    def _linked(self) -> Mapping[str, Sequence[Tie]]:
        """For the number of a line, what links it to another speaker, or is called a link."""
        found: dict[str, list[Tie]] = {}
        called = (t for t in self.met.own if t.link is not None and t.link.sense is not None)
        for tie in (*self.met.ties, *called):
            for number in dict.fromkeys(x.number for x in (*tie.tails, tie.head, *tie.struck)):
                found.setdefault(number, []).append(tie)
        return found

    def links(self, line: Line) -> Sequence[Tie]:
        """What links *line* to others."""
        return self._linked.get(line.number, ())

    def source_names(self, cited: Iterable[Citation]) -> Iterator[str]:
        """The keys and titles of what is *cited*."""
        for c in cited:
            yield c.source
            yield self._works.get(c.source, "")


_WORDS: Mapping[str, Callable[[Claims, Card, Line], Iterable[str]]] = {
    "": lambda all, card, _: (*_said(all, card), *all.titles(card.ref.title)),
    "speaker": lambda all, card, _: (n for w in all.wordings(card) for n in all.names(w.by)),
    "credit": lambda _, __, line: (line.credit,),
    "of": lambda all, card, _: (w.of for w in all.wordings(card)),
    "voice": lambda all, card, _: (w.voice.value for w in all.wordings(card)),
    "text": lambda all, card, _: _said(all, card),
    "title": lambda all, card, _: all.titles(card.ref.title),
    "tag": lambda _, card, __: card.tags,
    "section": lambda all, card, _: all.headings(card),
    "issue": lambda all, card, line: all.topics(card, line),
    "kind": lambda _, card, __: (card.role.name,),
    "number": lambda _, card, __: (card.number,),
    "file": lambda all, _, __: (all.name,),
    "link": lambda all, _, line: (t.sense.value for t in all.links(line)),
    "about": lambda all, _, line: (t.about.value for t in all.links(line) if t.about),
    "by": lambda all, _, line: (n for t in all.links(line) for n in all.names(t.by)),
    "with": lambda all, _, line: _others(all, line),
    "source": lambda all, card, _: all.source_names(all.cited(card)),
    "at": lambda all, card, _: (c.at for c in all.cited(card)),
    "quote": lambda all, card, _: (c.quote for c in all.cited(card)),
    "verdict": lambda all, card, _: (all.remarks(card).verdict,),
    "stance": lambda all, card, _: _stances(all, card),
}
"""What each field of words holds for one claim; "" holds what a word alone is looked for in."""


def _said(all: Claims, card: Card) -> Iterator[str]:
    """All its wordings."""
    yield from (w.text for w in all.wordings(card))
    yield card.text


def _others(all: Claims, line: Line) -> Iterator[str]:
    """The names of the speakers whom *line* is linked to."""
    for tie in all.links(line):
        for other in (*tie.tails, tie.head, *tie.struck):
            if other.speaker != line.speaker:
                yield from all.names(other.speaker)


def _stances(all: Claims, card: Card) -> Iterator[str]:
    """Who holds what of it, the name and the word apart and together."""
    for name, word in all.remarks(card).stances:
        for each in dict.fromkeys((name, *all.names(name))):
            yield from (word, each, f"{each} {word}")


def _votes(known: Remarks) -> Ranges:
    if known.votes is None:
        return ()
    total = sum(n for _, n in known.votes.counts)
    return ((total, total),)


def _places(
    cited: Iterable[Citation], unit: Unit, place: Callable[[str], Locator | None]
) -> Ranges:
    found = (place(c.at) for c in cited if c.at)
    return tuple((min(r), max(r)) for p in found if p and p.unit is unit for r in p.ranges)


def _under(data: Data, key: str) -> Iterator[str]:
    """What stands under *key*, which may be a path: ``a.b`` is ``b`` of what ``a`` holds."""
    value: Value = data.get(key)
    held = key in data
    if not held:
        value = data
        for step in key.split("."):
            held = isinstance(value, Data) and step in value
            value = value.get(step) if isinstance(value, Data) else None
    if held:
        yield from _leaves(value)


def _leaves(value: Value) -> Iterator[str]:
    """All that *value* holds, in words, with a stack, so that any depth will do."""
    todo: list[Value] = [value]
    while todo:
        value = todo.pop()
        match value:
            case Data():
                todo += [v for _, v in reversed(value.items)]
            case tuple():
                todo += reversed(value)
            case bool():
                yield "true" if value else "false"
            case None:
                yield "null"
            case _:
                yield str(value)
