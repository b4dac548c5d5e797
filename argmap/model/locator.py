"""Places in a text, as people write them: ``¶12``, ``pp. 3-4``, ``0:40``, ``§ Notes``.

A `Citation` keeps the place as it was written; here it becomes something that can be looked up.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable
from itertools import pairwise

from attrs import frozen


class Unit(enum.Enum):
    """What a place counts; the value is its sign."""

    PARAGRAPH = "¶"
    PAGE = "p."
    LINE = "l."
    MINUTE = "min."
    SECTION = "§"

    @property
    def plural(self) -> str:
        """The word for several of them."""
        match self:
            case Unit.PARAGRAPH:
                return "paragraphs"
            case Unit.PAGE:
                return "pages"
            case Unit.LINE:
                return "lines"
            case Unit.MINUTE:
                return "minutes"
            case Unit.SECTION:
                return "sections"


@frozen
class Locator:
    """A place: ranges from first to last, both included, as they were written.

    Minutes are in seconds. A section may have a *name* in place of numbers.
    """

    unit: Unit
    ranges: tuple[tuple[int, int], ...] = ()
    name: str = ""

    @property
    def reversed(self) -> tuple[tuple[int, int], ...]:
        """The ranges whose end comes before their beginning."""
        return tuple(r for r in self.ranges if r[1] < r[0])

    @property
    def overlapping(self) -> tuple[tuple[int, int], tuple[int, int]] | None:
        """The first two ranges that share a place."""
        ranges = [(min(r), max(r)) for r in self.ranges]
        in_order = sorted(range(len(ranges)), key=lambda n: ranges[n])
        for a, b in pairwise(in_order):
            if ranges[b][0] <= ranges[a][1]:
                return self.ranges[a], self.ranges[b]
        return None

    def joined(self) -> Locator:
        """The same places, each once, in order."""
        ranges: list[tuple[int, int]] = []
        for first, last in sorted((min(r), max(r)) for r in self.ranges):
            if ranges and first <= ranges[-1][1]:
                ranges[-1] = (ranges[-1][0], max(last, ranges[-1][1]))
            else:
                ranges.append((first, last))
        return Locator(self.unit, tuple(ranges), self.name)

    @property
    def value(self) -> str:
        """As it is written after ``at:``: what holds a comma is quoted."""
        return f'"{self}"' if "," in str(self) else str(self)

    def __str__(self) -> str:
        sign = self.unit.value
        match self.unit:
            case Unit.MINUTE:
                return ", ".join(_span(r, _clock) for r in self.ranges)
            case Unit.SECTION if self.name:
                name = self.name
                return f'{sign} "{name}"' if _NUMBERS.match(name) else f"{sign} {name}"
            case Unit.PARAGRAPH | Unit.SECTION:
                return sign + ", ".join(_span(r, str) for r in self.ranges)
            case Unit.PAGE | Unit.LINE:
                several = len(self.ranges) > 1 or any(a != b for a, b in self.ranges)
                sign = sign[0] + sign if several else sign
                return f"{sign} " + ", ".join(_span(r, str) for r in self.ranges)


_DASH = r"\s*[-\u2010-\u2015\u2212]\s*"
_NUMBERS = re.compile(
    rf"\d{{1,9}}(?:{_DASH}\d{{1,9}})?(?:\s*[,;]\s*\d{{1,9}}(?:{_DASH}\d{{1,9}})?)*\Z"
)
_TIME = r"\d{1,3}:[0-5]?\d(?::[0-5]?\d)?"
_TIMES = re.compile(
    rf"(?:min\.?\s*)?({_TIME}(?:{_DASH}{_TIME})?(?:\s*[,;]\s*{_TIME}(?:{_DASH}{_TIME})?)*)\Z"
)
_SIGN = re.compile(r"(¶+|§+|[A-Za-zÄÖÜäöü]++\.?)\s*(.+)\Z", re.S)
_UNITS = {
    **dict.fromkeys(("¶", "¶¶", "para", "paras", "par", "paragraph", "paragraphs"), Unit.PARAGRAPH),
    **dict.fromkeys(("abs", "absatz"), Unit.PARAGRAPH),
    **dict.fromkeys(("p", "pp", "page", "pages", "s", "seite", "seiten"), Unit.PAGE),
    **dict.fromkeys(("l", "ll", "line", "lines", "z", "zeile", "zeilen"), Unit.LINE),
    **dict.fromkeys(("§", "§§", "sec", "section", "sections"), Unit.SECTION),
}  # fmt: skip

_AROUND_NAME = "\"'“”‘’ \t\r\n"

EXAMPLES = "¶12, ¶9-10, p. 3, l. 40, 0:40 or § Notes"
"""What a place can look like, for messages."""


def locator(at: str) -> Locator | None:
    """The place that *at* means; None if it is not one that can be looked up.

    >>> locator("¶9-10"), str(locator("pages 3, 7–8"))
    (Locator(unit=<Unit.PARAGRAPH: '¶'>, ranges=((9, 10),), name=''), 'pp. 3, 7-8')
    >>> str(locator("0:40")), str(locator("section Notes")), locator("near the end")
    ('0:40', '§ Notes', None)
    """
    at = at.strip()
    if times := _TIMES.match(at):
        return Locator(Unit.MINUTE, tuple(_ranges(times[1], _seconds)))
    m = _SIGN.match(at)
    if m is None:
        return None
    unit = _UNITS.get(m[1].rstrip(".").casefold())
    if unit is None:
        return None
    if _NUMBERS.match(m[2]):
        return Locator(unit, tuple(_ranges(m[2], int)))
    name = m[2].strip(_AROUND_NAME)
    return Locator(unit, (), name) if unit is Unit.SECTION and name else None


def _ranges(said: str, number: Callable[[str], int]) -> Iterable[tuple[int, int]]:
    for part in re.split(r"[,;]", said):
        first, *last = re.split(_DASH, part.strip())
        yield number(first), number(last[0] if last else first)


def _seconds(clock: str) -> int:
    total = 0
    for part in clock.split(":"):
        total = total * 60 + int(part)
    return total


def _clock(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    if hours:
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    return f"{rest // 60}:{rest % 60:02}"


def _span(r: tuple[int, int], show: Callable[[int], str]) -> str:
    return show(r[0]) if r[0] == r[1] else f"{show(r[0])}-{show(r[1])}"
