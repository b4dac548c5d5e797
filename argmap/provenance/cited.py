"""A text that maps cite: its paragraphs, pages, lines, minutes and headings, and where they lie.

Paragraphs are blocks of lines that are not blank, counted from 1.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from attrs import frozen

from argmap.errors import UnknownName
from argmap.model import Locator, Unit
from argmap.provenance.fold import fold
from argmap.text import Text

_LONGEST_HEADING = 80  # characters
_STAMP = re.compile(r"^[ \t]*[\[(]?(\d{1,3}(?::[0-5]\d){1,2})(?:[.,]\d{1,3})?(?=[\])\s]|$)", re.M)
_HASHES = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*)$", re.M)
_NUMBERED = re.compile(r"\W*(\d{1,9})\b")


@frozen
class Heading:
    """A heading: where its line begins, how deep it is (1 is highest), and its words."""

    start: int
    level: int
    title: str


class OutOfRange(LookupError):
    """A text has no such place; the message says what it has."""


@frozen(slots=False)
class CitedText:
    """A cited text. *page_starts* are where its pages begin, for what has pages; *heads* are its
    headings, where the format says what is one (else those after ``#`` are).
    """

    text: Text
    page_starts: tuple[int, ...] = ()
    heads: tuple[Heading, ...] = ()

    @property
    def body(self) -> str:
        return self.text.body

    # --- the parts it has

    @cached_property
    def paragraphs(self) -> tuple[tuple[int, int], ...]:
        """Where each block of lines that are not blank begins, and where it ends."""
        return tuple(_blocks(self.body))

    @cached_property
    def lines(self) -> tuple[tuple[int, int], ...]:
        """Where each line begins and ends."""
        count = self.text.place(len(self.body)).line
        return tuple(self.text.ends(n) for n in range(1, count + 1))

    @cached_property
    def pages(self) -> tuple[tuple[int, int], ...]:
        """Where each page begins and ends; form feeds part the pages of a plain text."""
        starts = self.page_starts
        if not starts and "\f" in self.body:
            starts = (0, *(m.end() for m in re.finditer("\f", self.body)))
        return tuple(zip(starts, (*starts[1:], len(self.body)), strict=True)) if starts else ()

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings, in order; in a plain text without ``#``, single lines that end like one."""
        marked = (
            Heading(m.start(), len(m[1]), m[2].rstrip("# \t\r"))
            for m in _HASHES.finditer(self.body)
        )
        return self.heads or tuple(marked) or tuple(self._likely_headings())

    def _likely_headings(self) -> Iterator[Heading]:
        for start, stop in self.paragraphs:
            if stop - start <= _LONGEST_HEADING:
                block = self.body[start:stop]
                if "\n" not in block and block[-1] not in ".,;:!?…”\"')":
                    yield Heading(start, 1, block.strip())

    @cached_property
    def minutes(self) -> tuple[tuple[int, int, int], ...]:
        """The time stamps at the beginnings of lines: seconds, and where what follows begins and
        ends.
        """
        stamps = [(_seconds(m[1]), m.start()) for m in _STAMP.finditer(self.body)]
        ends = [*(start for _, start in stamps), len(self.body)][1:]
        return tuple((s, start, end) for (s, start), end in zip(stamps, ends, strict=True))

    @cached_property
    def _longest(self) -> int:
        """The longest time between two stamps, and a minute at least: the last may last so."""
        stamps = [s for s, _, _ in self.minutes]
        return max([60, *(b - a for a, b in pairwise(stamps))])

    # --- places

    def spans(self, place: Locator) -> tuple[tuple[int, int], ...]:
        """Where *place* begins and ends in the body, a pair for each of its ranges.

        Raises:
            OutOfRange: the text has no such place, or is not counted so.
        """
        if place.unit is Unit.SECTION:
            return tuple(self._sections(place))
        if place.unit is Unit.MINUTE:
            return tuple(self._times(place))
        parts = self._parts(place.unit)
        if not parts:
            word = place.unit.plural
            raise OutOfRange(f"this text is not parted into {word}, so {place} cannot be found")
        found: list[tuple[int, int]] = []
        for r in place.ranges:
            first, last = min(r), max(r)
            if first < 1 or last > len(parts):
                raise OutOfRange(f"there is no {place}: {self._count(place.unit, len(parts))}")
            found.append((parts[first - 1][0], parts[last - 1][1]))
        return tuple(found)

    def _parts(self, unit: Unit) -> tuple[tuple[int, int], ...]:
        match unit:
            case Unit.PAGE:
                return self.pages
            case Unit.LINE:
                return self.lines
            case Unit.PARAGRAPH | Unit.MINUTE | Unit.SECTION:
                return self.paragraphs

    def _count(self, unit: Unit, n: int) -> str:
        return f"the text has {n} {unit.plural}" if n != 1 else f"the text has 1 {unit.plural[:-1]}"

    def _times(self, place: Locator) -> Iterator[tuple[int, int]]:
        """From the last stamp before each range to the first after it."""
        if not self.minutes:
            raise OutOfRange(f"this text has no times at its lines, so {place} cannot be found")
        end = self.minutes[-1][0]
        for r in place.ranges:
            first, last = min(r), max(r)
            if first > end + self._longest:
                latest = Locator(Unit.MINUTE, ((end, end),))
                raise OutOfRange(f"there is no {place}: the last time in this text is {latest}")
            inside = [m for m in self.minutes if first <= m[0] <= last]
            before = [m for m in self.minutes if m[0] <= first][-1:]
            if not (inside or before):
                raise OutOfRange(f"there is no {place}: the times begin later")
            hit = [*before, *inside]
            yield hit[0][1], max(m[2] for m in hit)

    def _sections(self, place: Locator) -> Iterator[tuple[int, int]]:
        """From a heading to the next that is as high."""
        heads = self.headings
        if not heads:
            raise OutOfRange(f"this text has no headings that argmap sees, so {place} is not found")
        if place.name:
            number = self._titles.get(fold(place.name).text)
            if number is None:
                titles = [h.title for h in heads]
                raise OutOfRange(str(UnknownName("section", place.name, titles, few=True)))
            yield heads[number].start, self._ends[number]
        for r in place.ranges:
            first, last = (self._numbered(n) for n in (min(r), max(r)))
            yield heads[first].start, self._ends[last]

    @cached_property
    def _titles(self) -> dict[str, int]:
        """The first heading under each title, which is folded."""
        return {fold(h.title).text.strip(): n for n, h in reversed([*enumerate(self.headings)])}

    @cached_property
    def _numbers(self) -> dict[int, int]:
        """The first heading with each number in front."""
        found = ((n, _NUMBERED.match(h.title)) for n, h in reversed([*enumerate(self.headings)]))
        return {int(m[1]): n for n, m in found if m}

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        """Where what stands below each heading ends."""
        ends = [len(self.body)] * len(self.headings)
        open_: list[int] = []
        for n, h in enumerate(self.headings):
            while open_ and self.headings[open_[-1]].level >= h.level:
                ends[open_.pop()] = h.start
            open_.append(n)
        return tuple(ends)

    def _numbered(self, number: int) -> int:
        """Which heading has *number* in front; if none has, the headings are counted."""
        if number in self._numbers:
            return self._numbers[number]
        if not 1 <= number <= len(self.headings):
            count = self._count(Unit.SECTION, len(self.headings))
            raise OutOfRange(f"there is no §{number}: {count}")
        return number - 1

    # --- the way back

    def within(self, start: int, stop: int) -> range:
        """The numbers of the paragraphs of which something lies between *start* and *stop*."""
        first = bisect.bisect_right(self.paragraphs, start, key=lambda p: p[1])
        last = bisect.bisect_left(self.paragraphs, stop, key=lambda p: p[0])
        return range(first + 1, last + 1)

    def at(self, start: int, stop: int, unit: Unit = Unit.PARAGRAPH) -> Locator:
        """The place, counted in *unit* if the text is, that holds ``body[start:stop]``."""
        last = max(start, stop - 1)
        if unit is Unit.SECTION:
            n = bisect.bisect_right(self.headings, start, key=lambda h: h.start)
            if n:
                return Locator(unit, (), self.headings[n - 1].title)
        if unit is Unit.MINUTE:
            spoken = [s for s, begin, end in self.minutes if begin <= last and start < end]
            if spoken:
                return Locator(unit, ((spoken[0], spoken[-1]),))
        counted = unit if unit in (Unit.PAGE, Unit.LINE) and self._parts(unit) else Unit.PARAGRAPH
        parts = self._parts(counted)
        return Locator(counted, ((self._part(parts, start) + 1, self._part(parts, last) + 1),))

    def _part(self, parts: tuple[tuple[int, int], ...], offset: int) -> int:
        return max(0, bisect.bisect_right(parts, offset, key=lambda p: p[0]) - 1)


def _blocks(body: str) -> Iterator[tuple[int, int]]:
    start, stop, at = -1, 0, 0
    for line in body.splitlines(keepends=True):
        if line.strip():
            start = at if start < 0 else start
            stop = at + len(line.rstrip())
        elif start >= 0:
            yield start, stop
            start = -1
        at += len(line)
    if start >= 0:
        yield start, stop


def _seconds(clock: str) -> int:
    total = 0
    for part in clock.split(":"):
        total = total * 60 + int(part)
    return total
