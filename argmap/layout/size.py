"""What a picture is to be read on: a screen or a sheet of paper."""

from __future__ import annotations

import re
from types import MappingProxyType

from attrs import evolve, frozen

from argmap.errors import BadValue

_POINTS = MappingProxyType({"pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0})
_PAPERS = MappingProxyType(
    {  # millimetres, upright: ISO 216 and ANSI/ASME Y14.1
        "a0": (841.0, 1189.0),
        "a1": (594.0, 841.0),
        "a2": (420.0, 594.0),
        "a3": (297.0, 420.0),
        "a4": (210.0, 297.0),
        "a5": (148.0, 210.0),
        "letter": (215.9, 279.4),
        "legal": (215.9, 355.6),
        "tabloid": (279.4, 431.8),
    }
)
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*[x×]\s*([0-9]+(?:\.[0-9]+)?)\s*(px|pt|mm|cm|in)?")
_LONGEST = 100_000.0

BODY = 14.0
"""The type of a card, in points of a picture at its own size."""


@frozen
class Size:
    """How large what a picture is read on is: *width* by *height* pixels, or points of paper.

    A paper that *turns* may be used upright or on its side. *margin* is left free on each side.
    """

    name: str
    width: float
    height: float
    paper: bool = False
    turns: bool = False
    margin: float = 0.0

    @property
    def room(self) -> tuple[float, float]:
        """The width and height inside the margins."""
        return self.width - 2 * self.margin, self.height - 2 * self.margin

    @property
    def readable(self) -> float:
        """The least type that is still readable there: 12 pixels of a screen that may be read
        from the back of a room, 7 points of a paper in one's hand.
        """
        return 7.0 if self.paper else 12.0

    @property
    def unit(self) -> str:
        """What its measures are in."""
        return "pt" if self.paper else "px"

    @property
    def ways(self) -> tuple[Size, ...]:
        """It as it may be used: on its side first, and upright."""
        if not self.turns:
            return (self,)
        return evolve(self, width=self.height, height=self.width, turns=False), evolve(
            self, turns=False
        )


SCREEN = Size("1920x1080", 1920.0, 1080.0)


def size_of(name: str) -> Size:
    """The size called *name*: a paper such as ``a4`` or ``letter-upright``, or two measures as in
    ``1280x720``, ``297x210mm``, ``11x17in``; of plain numbers, pixels.

    Raises:
        BadValue: with what may be written.
    """
    asked = name.strip().lower()
    if asked in ("", "screen"):
        return SCREEN
    paper, _, way = asked.partition("-")
    if paper in _PAPERS and way in ("", "upright", "portrait", "landscape"):
        w, h = (side * _POINTS["mm"] for side in _PAPERS[paper])
        if way == "landscape":
            w, h = h, w
        return Size(asked, w, h, paper=True, turns=not way, margin=24.0)
    found = _SIZE.fullmatch(asked)
    if found:
        unit = found[3] or "px"
        w, h = (float(found[i]) * _POINTS.get(unit, 1.0) for i in (1, 2))
        margin = 0.0 if unit == "px" else 24.0
        if 2 * margin + 72 <= min(w, h) and max(w, h) <= _LONGEST:
            return Size(asked, w, h, paper=unit != "px", margin=margin)
        least = f"{2 * margin + 72:g} {'points' if margin else 'pixels'}"
        raise BadValue(
            f"no map can be drawn on {name}: its sides are {least} or more, up to 100000"
        )
    known = ", ".join(_PAPERS)
    raise BadValue(
        f"no size is called {name!r}: write {known}, or a width and height as in 1920x1080 "
        "or 297x210mm"
    )
