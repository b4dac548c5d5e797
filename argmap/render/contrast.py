"""How well one colour can be told from another, and the nearest colour that can.

Contrast is that of WCAG 2.1: text needs 4.5 to 1 (1.4.3), a line or a border 3 to 1 (1.4.11).
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from attrs import frozen

TEXT, LINE = 4.5, 3.0

GROUNDS = ("bg", "group", "support-tint", "attack-tint", "undercut-tint", "other-tint")
"""What words stand on, but for main claims and what is in a colour itself."""

_MARKS = ("support", "attack", "undercut", "contradict", "other")
_VERDICTS = ("stands", "falls", "open")
_HEX = re.compile(r"#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")


@frozen
class Pair:
    """Two names of colours: *figure* is drawn on *ground*, and needs at *least* this contrast."""

    figure: str
    ground: str
    least: float

    @property
    def what(self) -> str:
        """What the figure is."""
        return "text" if self.least == TEXT else "a line"


@lru_cache(maxsize=32)
def pairs(authors: int) -> tuple[Pair, ...]:
    """Everything that a picture or a page draws on something, with colours for *authors*.

    Rules that only separate (``hairline``) need no contrast.
    """
    return tuple(_pairs(authors))


def _pairs(authors: int) -> Iterator[Pair]:
    people = [f"author-{i}" for i in range(authors)]
    for figure in _MARKS:
        yield Pair(figure, "bg", TEXT)  # words on links, and in the list of a page
        yield Pair(figure, "group", TEXT)
        if f"{figure}-tint" in GROUNDS:
            yield Pair(figure, f"{figure}-tint", LINE)
    for figure in ("ink", "grey", *_VERDICTS, *people):
        for ground in GROUNDS:
            yield Pair(figure, ground, TEXT)
    on_claims = [f"{name}-claim" for name in (*_VERDICTS, *people)]
    for figure in ("claim-ink", "claim-grey", *on_claims):
        yield Pair(figure, "claim", TEXT)
    for figure in ("claim-line", "group-line", "focus", "hit"):
        yield Pair(figure, "bg", LINE)
        yield Pair(figure, "group", LINE)
    for ground in (*_MARKS, *_VERDICTS):
        yield Pair("sign", ground, LINE)


def plain(colour: str) -> str:
    """*colour* with six digits; "" if it is written in any other way than ``#rgb`` or ``#rrggbb``.

    >>> plain("#0b5"), plain("#0b5cad"), plain("teal")
    ('#00BB55', '#0B5CAD', '')
    """
    found = _HEX.fullmatch(colour)
    if not found:
        return ""
    digits = found[1] if len(found[1]) == 6 else "".join(2 * c for c in found[1])
    return f"#{digits.upper()}"


@lru_cache(maxsize=4096)
def luminance(colour: str) -> float:
    """The relative luminance of a colour written as ``#rrggbb``, from 0 to 1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    """From 1, for the same colour twice, to 21, for black and white.

    >>> contrast("#000000", "#FFFFFF")
    21.0
    """
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def nearest(colour: str, passes: Callable[[str], bool]) -> str:
    """The nearest colour that *passes*, of the same hue and saturation; "" if there is none."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    here = round(light * 255)
    for step in range(256):
        for level in (here - step, here + step):
            if not 0 <= level <= 255:
                continue
            mixed = colorsys.hls_to_rgb(hue, level / 255, saturation)
            shade = "#" + "".join(f"{round(c * 255):02X}" for c in mixed)
            if passes(shade):
                return shade
    return ""
