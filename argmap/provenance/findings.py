"""What became of a quotation: how it stands in the text it is from."""

from __future__ import annotations

import bisect
import enum
from collections.abc import Callable, Sequence

from attrs import evolve, frozen

from argmap.model import ArgumentRef, Citation, ClaimRef, Locator, Unit, locator
from argmap.provenance.cited import CitedText, OutOfRange
from argmap.provenance.fold import Tolerance
from argmap.provenance.search import Change, Hit, Index
from argmap.text import Problem


class Standing(enum.Enum):
    """How a quotation stands in the text it is from."""

    EXACT = "exact"
    NORMALISED = "normalised"
    ELSEWHERE = "elsewhere"
    ACROSS = "across"
    NEAR = "near"
    ABSENT = "absent"
    UNCHECKED = "unchecked"


@frozen
class Finding:
    """What became of one quotation.

    *found* is where it stands, or what is nearest to it, *passage* the words there, and *span*
    where they begin and end in the body of the text;
    *tolerances* are what was let pass, *changes* what is different, *also* where it stands
    besides.
    """

    ref: ClaimRef | ArgumentRef
    citation: Citation
    standing: Standing
    found: Locator | None = None
    passage: str = ""
    tolerances: tuple[Tolerance, ...] = ()
    changes: tuple[Change, ...] = ()
    also: tuple[Locator, ...] = ()
    span: tuple[int, int] = (0, 0)

    @property
    def is_there(self) -> bool:
        """Whether it stands where it is said to."""
        return self.standing in (Standing.EXACT, Standing.NORMALISED)

    @property
    def mended(self) -> str:
        """What to write after ``at:`` in place of what stands there; "" if nothing is sure."""
        place = locator(self.citation.at)
        if place is None:
            return ""
        if self.is_there:
            in_order = str(place.joined())
            return in_order if place.reversed or place.overlapping else ""
        sure = self.standing in (Standing.ELSEWHERE, Standing.ACROSS) and not self.also
        sure = sure and Tolerance.CUT not in self.tolerances
        one = len(place.ranges) <= 1  # of several, others may be meant
        return str(self.found) if sure and one else ""


@frozen
class Provenance:
    """All that was found, quotation by quotation, and the problems among it."""

    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()


@frozen
class LookedUp:
    """A citation looked up: the *spans* of its place, or why that is *lost*, and what became of its
    quotation, if it has one.
    """

    spans: tuple[tuple[int, int], ...] = ()
    lost: str = ""
    finding: Finding | None = None


def looked_up(ref: ClaimRef | ArgumentRef, c: Citation, index: Index) -> LookedUp:
    """*c*, which is cited for *ref*, looked up in the text of *index*."""
    document = index.document
    place = locator(c.at)
    unit = place.unit if place else Unit.PARAGRAPH
    spans: tuple[tuple[int, int], ...] = ()
    lost = ""
    if place is not None:
        try:
            spans = document.spans(place)
        except OutOfRange as e:
            lost = str(e)
            if document.page_starts and unit is Unit.PARAGRAPH:
                unit = Unit.PAGE  # the paragraphs of a PDF can hardly be seen
    if not c.quote.strip():
        return LookedUp(spans, lost)
    return LookedUp(spans, lost, _standing(ref, c, index, None if lost else spans, unit))


def _standing(
    ref: ClaimRef | ArgumentRef,
    c: Citation,
    index: Index,
    spans: Sequence[tuple[int, int]] | None,
    unit: Unit,
) -> Finding:
    """What became of the quotation of *c*.

    *spans* are where it should stand; none if no place is given, and None if the place given is
    not there. Where it stands is counted in *unit*.
    """
    document, given = index.document, spans or ()
    hits = index.hits(c.quote, given)
    if not hits and (pieces := index.scattered(c.quote, given)):
        return _in_pieces(ref, c, document, pieces, _Spans(given), unit)
    if not hits:
        near = index.near(c.quote, given)
        if near is None:
            return Finding(ref, c, Standing.ABSENT)
        at = document.at(near.start, near.stop, unit)
        passage = document.body[near.start : near.stop]
        span = near.start, near.stop
        return Finding(ref, c, Standing.NEAR, at, passage, (), near.changes, span=span)
    held = _Spans(given)
    inside = [h for h in hits if spans == () or held.hold(h)]
    touched = [h for h in hits if held.touch(h)]
    if not inside and unit is not Unit.PARAGRAPH:  # lines, pages and minutes part sentences
        inside = [h for h in hits if held.at(h.start) is not None]
    chosen = min(inside or touched or hits, key=lambda h: len(h.tolerances))
    at = document.at(chosen.start, chosen.stop, unit)
    places = (document.at(h.start, h.stop, unit) for h in (hits if inside else touched or hits))
    also = tuple(dict.fromkeys(p for p in places if p != at))
    if inside:
        how = Standing.NORMALISED if chosen.tolerances else Standing.EXACT
    else:
        how = Standing.ACROSS if touched else Standing.ELSEWHERE
    start, stop = _whole_words(document.body, chosen)
    passage = document.body[start:stop]
    return Finding(ref, c, how, at, passage, chosen.tolerances, (), also, (start, stop))


def _in_pieces(
    ref: ClaimRef | ArgumentRef,
    c: Citation,
    document: CitedText,
    pieces: Sequence[Hit],
    held: _Spans,
    unit: Unit,
) -> Finding:
    """What became of a quotation whose *pieces* stand in several paragraphs."""
    how = Standing.NORMALISED if all(map(held.hold, pieces)) else Standing.ACROSS
    places = [document.at(h.start, h.stop, unit) for h in pieces]
    at = evolve(places[0], ranges=tuple(r for p in places for r in p.ranges)).joined()
    passage = " … ".join(document.body[h.start : h.stop] for h in pieces)
    let_pass = dict.fromkeys((*(t for h in pieces for t in h.tolerances), Tolerance.LEFT_OUT))
    span = pieces[0].start, pieces[0].stop
    return Finding(ref, c, how, at, passage, tuple(let_pass), span=span)


def but_for(finding: Finding, known: Callable[[Locator], bool]) -> Finding:
    """*finding* without the further places that are *known* already."""
    return evolve(finding, also=tuple(p for p in finding.also if not known(p)))


class _Spans:
    """Spans of a text, joined where they meet, to be asked very often."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self.joined: list[tuple[int, int]] = []
        for start, stop in sorted(spans):
            if self.joined and start <= self.joined[-1][1]:
                self.joined[-1] = (self.joined[-1][0], max(stop, self.joined[-1][1]))
            else:
                self.joined.append((start, stop))

    def at(self, offset: int) -> tuple[int, int] | None:
        """The span that holds the character at *offset*."""
        n = bisect.bisect_right(self.joined, offset, key=lambda s: s[0])
        return self.joined[n - 1] if n and offset < self.joined[n - 1][1] else None

    def hold(self, h: Hit) -> bool:
        """Whether all of *h* is in one of them."""
        span = self.at(h.start)
        return span is not None and h.stop <= span[1]

    def touch(self, h: Hit) -> bool:
        """Whether some of *h* is in one of them."""
        n = bisect.bisect_left(self.joined, h.stop, key=lambda s: s[0])
        return bool(n) and h.start < self.joined[n - 1][1]


def _whole_words(body: str, h: Hit) -> tuple[int, int]:
    """Where *h* begins and ends; a word that it cuts is whole."""
    start, stop = h.start, h.stop
    if Tolerance.CUT in h.tolerances:
        while start and body[start - 1].isalnum():
            start -= 1
        while stop < len(body) and body[stop].isalnum():
            stop += 1
    return start, stop
