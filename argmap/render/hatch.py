"""Patterns that tell authors apart where there is no colour, as plain strokes.

They are cut to their shape by arithmetic: not every program that shows SVG knows ``<pattern>`` and
``clipPath``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import lru_cache

from argmap.render.marks import number

PATTERNS = ("solid", "hatched", "dotted", "empty", "crossed", "lined")
"""The patterns, in the order in which authors get them."""

_STEP = 5.0  # between strokes
_LINES = 4.0
_DOTS = 4.0


@lru_cache(maxsize=1024)
def strokes(pattern: str, width: float, height: float, radius: float = 0.0) -> str:
    """The strokes of *pattern* in a box at (0, 0) whose left corners are rounded, as path data.

    It is "" for a pattern without strokes. A dot is a stroke of no length, with round ends.
    """

    def inside(x: float, y: float) -> bool:
        if not (0 <= x <= width and 0 <= y <= height):
            return False
        deep = min(y, height - y)
        return x >= radius or deep >= radius or math.hypot(radius - x, radius - deep) <= radius

    match pattern:
        case "hatched":
            lines = [*_rising(width, height)]
        case "crossed":
            rising = [*_rising(width, height)]
            lines = [*rising, *((x1, height - y1, x2, height - y2) for x1, y1, x2, y2 in rising)]
        case "lined":
            rows = range(1, int(height / _LINES) + 1)
            lines = [(0.0, _LINES * n, width, _LINES * n) for n in rows]
        case "dotted":
            return "".join(f"M{number(x)},{number(y)}h0.01" for x, y in _dots(width, height))
        case _:
            return ""
    cut = (_cut(line, inside) for line in lines)
    return "".join(cut)


_Line = tuple[float, float, float, float]


def _rising(width: float, height: float) -> Iterator[_Line]:
    """Lines at 45°, rising to the right."""
    for n in range(1, int((width + height) / _STEP) + 1):
        c = n * _STEP
        left, right = max(0.0, c - height), min(width, c)
        if right > left:
            yield left, c - left, right, c - right


def _dots(width: float, height: float) -> Iterator[tuple[float, float]]:
    """Two columns of dots, the second between the rows of the first; none in a corner."""
    for n in range(1, int(height / _DOTS)):
        yield width * (0.34 if n % 2 else 0.72), n * _DOTS + 1.0


def _cut(line: _Line, inside: Callable[[float, float], bool]) -> str:
    """What of *line* is *inside*, which is one piece; "" if that is nothing."""
    x1, y1, x2, y2 = line
    steps = max(1, round(2 * math.hypot(x2 - x1, y2 - y1)))
    kept = [
        (x, y)
        for n in range(steps + 1)
        if inside(x := x1 + (x2 - x1) * n / steps, y := y1 + (y2 - y1) * n / steps)
    ]
    if len(kept) < 2:
        return ""
    (xa, ya), (xb, yb) = kept[0], kept[-1]
    return f"M{number(xa)},{number(ya)}L{number(xb)},{number(yb)}"
