"""How claims bear on each other, asked by number: what hangs below what, what answers what.

What is neither for nor against its head, what agrees with another speaker, and what is mutual puts
nothing below anything, as in outlines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from attrs import frozen

from argmap.model import ArgumentRef, Sense
from argmap.queries.columns import Claims
from argmap.queries.values import folded
from argmap.view import Inference, Mark

_ANSWERS = (Sense.CLASH, Sense.TENSION, Sense.QUALIFIES)


@frozen
class Called:
    """The ids of the cards, and the reconstructed arguments, that a name means."""

    cards: frozenset[str] = frozenset()
    arguments: frozenset[ArgumentRef] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.cards or self.arguments)


@frozen(slots=False)
class Web:
    """What bears on what among *claims*."""

    claims: Claims

    def called(self, name: str, *, contained: bool) -> Called:
        """What *name* means: a number, a title, or all the words; if *contained*, all whose title
        has it in it, or whose words have, where there is no title.
        """
        wanted = folded(name)
        bare = folded(name.strip()[1:-1]) if name.strip()[:1] in "[<" else wanted
        cards, arguments = self._cards, self._arguments
        if contained:
            return Called(
                frozenset(id for id, (titles, _) in cards.items() if _within(wanted, titles)),
                frozenset(a for a, titles in arguments.items() if _within(wanted, titles)),
            )
        return Called(
            frozenset(id for id, (titles, all) in cards.items() if bare in titles or wanted in all),
            frozenset(a for a, titles in arguments.items() if bare in titles),
        )

    @property
    def names(self) -> Iterable[str]:
        """All titles, for suggestions."""
        claims = self.claims
        yield from (t for card in claims.seen.cards for t in claims.titles(card.ref.title))
        yield from (i.title for i in claims.seen.inferences if i.title)

    def fits(self, field: str, called: Called | None) -> frozenset[str]:
        """The ids of the cards that bear on what is *called* so, or are borne on by it, as *field*
        says; with None, on anything.
        """
        match field:
            case "under":
                return self._below(called)
            case "above":
                return self._above(called)
            case "supports" | "supported":
                return self._at(field == "supports", (Mark.SUPPORT,), called)
            case "attacks" | "attacked":
                return self._at(field == "attacks", (Mark.ATTACK, Mark.CONTRADICT), called)
            case _:
                return self._at(field == "undercuts", (Mark.UNDERCUT,), called)

    @cached_property
    def answered(self) -> frozenset[str]:
        """The numbers of the claims that another speaker answers."""
        found = set[str]()
        for tie in self.claims.met.ties:
            if tie.sense in _ANSWERS:
                whose = {t.speaker for t in tie.tails}
                ends = (tie.head, *tie.struck)
                found.update(x.number for x in ends if whose - {x.speaker})
                if tie.mutual:
                    found.update(x.number for x in tie.tails if x.speaker != tie.head.speaker)
        return frozenset(found)

    # --- what names mean

    @cached_property
    def _cards(self) -> Mapping[str, tuple[Sequence[str], Sequence[str]]]:
        """For each card its titles, or else its words; and all that it can be called by."""
        found = {}
        for card in self.claims.seen.cards:
            titles = tuple(map(folded, self.claims.titles(card.ref.title))) or (folded(card.text),)
            found[card.id] = titles, (*titles, card.number, folded(card.text))
        return found

    @cached_property
    def _arguments(self) -> Mapping[ArgumentRef, Sequence[str]]:
        found: dict[ArgumentRef, Sequence[str]] = {}
        for i in self.claims.seen.inferences:
            if i.argument and i.title:
                found[i.argument] = tuple(map(folded, self.claims.titles(i.title)))
        return found

    # --- ways up and down

    @cached_property
    def _leading(self) -> Sequence[tuple[Inference, str]]:
        """The inferences by which cards hang, each with the card that it bears on."""
        seen = self.claims.seen
        return [(i, seen.head_card(i)) for i in seen.inferences if not _is_lateral(i)]

    def _below(self, called: Called | None) -> frozenset[str]:
        down: dict[str, list[str]] = {}
        first = list[str]()
        for i, head in self._leading:
            down.setdefault(head, []).extend(i.tails)
            if called is None or self._is_of(i, called):
                first += i.tails
        return _reached(first, called.cards if called else (), down)

    def _above(self, called: Called | None) -> frozenset[str]:
        up: dict[str, list[str]] = {}
        first = list[str]()
        for i, head in self._leading:
            for tail in i.tails:
                up.setdefault(tail, []).append(head)
            if called is None or (i.argument and i.argument in called.arguments):
                first.append(head)
        return _reached(first, called.cards if called else (), up)

    def _is_of(self, i: Inference, called: Called) -> bool:
        """Whether *i* is a step of an argument that is *called* so, or strikes one."""
        struck = self.claims.seen.inference.get(i.head)
        return any(s and s.argument and s.argument in called.arguments for s in (i, struck))

    def _at(self, tails: bool, marks: Sequence[Mark], called: Called | None) -> frozenset[str]:
        """The cards at the tails of what has one of *marks*, or else at its heads, if a card at the
        other end is *called* so.
        """
        found = set[str]()
        for i in self.claims.seen.inferences:
            if i.mark not in marks:
                continue
            heads = self._heads(i)
            ways = [(i.tails, heads), (heads, i.tails)] if i.mutual else [(i.tails, heads)]
            for low, high in ways:
                these, those = (low, high) if tails else (high, low)
                near = called is None or not called.cards.isdisjoint(those)
                if near or (tails and called and self._is_of(i, called)):
                    found.update(these)
        return frozenset(found)

    def _heads(self, i: Inference) -> Sequence[str]:
        """What *i* bears on; of an undercut, the premises and the conclusion of what it strikes."""
        struck = self.claims.seen.inference.get(i.head)
        above = self.claims.seen.head_card(i)
        return (*struck.tails, above) if struck else (above,)


def _is_lateral(i: Inference) -> bool:
    agrees = i.link is not None and i.link.sense is Sense.AGREES
    return i.mutual or agrees or i.mark.is_lateral


def _within(wanted: str, titles: Iterable[str]) -> bool:
    return any(wanted in title for title in titles)


def _reached(
    first: Iterable[str], roots: Iterable[str], ways: Mapping[str, Sequence[str]]
) -> frozenset[str]:
    """*first*, what the *ways* lead to from *roots*, and from all of these on."""
    todo = [*first, *(end for root in roots for end in ways.get(root, ()))]
    found = set[str]()
    while todo:
        at = todo.pop()
        if at not in found:
            found.add(at)
            todo += ways.get(at, ())
    return frozenset(found)
