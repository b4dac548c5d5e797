"""A picture of ours that goes into something else: how large it is, its ground, a part of it."""

from __future__ import annotations

import html
import re
from functools import cached_property

from attrs import frozen

_ROOT = re.compile(r"<svg\b[^>]*>")
_BOX = re.compile(r'\bviewBox="([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+)"')
_SIDES = re.compile(r'\b(width|height)="[^"]*" ?')
_GROUND = re.compile(r'<rect width="100%" height="100%"[^>]*\bfill="(#\w+)"')
_TEXT = re.compile(
    r'<text x="([-\d.]+)" y="([-\d.]+)" font-size="([\d.]+)"([^>]*)>.*?</text>', re.S
)
_RECT = re.compile(r'<rect x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="([\d.]+)"')
_LABEL = re.compile(r'<g id="[^"]*" role="group"[^>]* aria-label="([^"]*)"')
_ABOUT = re.compile(r"<desc[^>]*>(.*?)</desc>", re.S)
_LONG = re.compile(r'\btextLength="([\d.]+)"')


@frozen(slots=False)
class Picture:
    """The *svg* of a drawing, as `render.svg` writes it."""

    svg: str

    @cached_property
    def _root(self) -> re.Match[str]:
        found = _ROOT.search(self.svg)
        if found is None or not _BOX.search(found[0]):
            raise ValueError("this is no picture of ours")
        return found

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """Where it begins, and how wide and high it is, in points."""
        found = _BOX.search(self._root[0])
        x, y, w, h = found.groups() if found else ("0", "0", "1", "1")
        return float(x), float(y), float(w), float(h)

    @property
    def width(self) -> float:
        return self.box[2]

    @property
    def height(self) -> float:
        return self.box[3]

    @cached_property
    def ground(self) -> str:
        """The colour behind everything."""
        found = _GROUND.search(self.svg)
        return found[1] if found else "#FFFFFF"

    @cached_property
    def words(self) -> str:
        """What it shows, in words: what it is, then the label of every card."""
        about = _ABOUT.search(self.svg)
        said = [about[1]] if about else []
        said += (m[1] for m in _LABEL.finditer(self.svg))
        return html.unescape("\n".join(said))

    def showing(
        self,
        part: tuple[float, float, float, float],
        wide: float | None = None,
        high: float | None = None,
    ) -> str:
        """The picture of which just that *part* is shown, which may be larger than the whole.

        It says that it is *wide* by *high*; as large as the part unless given.
        """
        x, y, w, h = part
        tag = _SIDES.sub("", self._root[0])
        tag = _BOX.sub(f'viewBox="{x:.3f} {y:.3f} {w:.3f} {h:.3f}"', tag)
        tag = f'{tag[:-1]} width="{wide or w:g}" height="{high or h:g}">'
        return self.svg[: self._root.start()] + tag + self.svg[self._root.end() :]

    def cut(self, part: tuple[float, float, float, float]) -> str:
        """As `showing`, without the cards and words that stand beside that part."""
        x, y, width, height = part

        def is_seen(line: str) -> bool:
            card = _RECT.search(line) if ' role="group"' in line else None
            if card is None:
                return True
            left, top, wide, high = (float(side) for side in card.groups())
            return left < x + width and left + wide > x and top < y + height and top + high > y

        def kept(m: re.Match[str]) -> str:
            left, foot, size = float(m[1]), float(m[2]), float(m[3])
            found = _LONG.search(m[4])
            long = float(found[1]) if found else size * 12
            start = left - (long if "text-anchor" in m[4] else 0.0)
            beside = start > x + width or left + long < x or foot - size > y + height
            return "" if beside or foot + size / 2 < y else m[0]

        cards = "\n".join(line for line in self.showing(part).split("\n") if is_seen(line))
        return _TEXT.sub(kept, cards)
