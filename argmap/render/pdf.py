"""Pictures as PDF: on one sheet each, or as posters over several, with text that can be selected.

Typst sets the pages. It is given our pictures and our font in memory, and writes neither a date
nor a path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import frozen

from argmap.errors import BadValue, CannotWrite, MissingExtra
from argmap.layout.size import BODY, Size
from argmap.render.fonts import FOLDER, settled
from argmap.render.pen import clean
from argmap.render.picture import Picture

if TYPE_CHECKING:
    import typst

Pages: TypeAlias = Literal["whole", "branches"]

LARGEST = 1.6  # times its own size, on a sheet that leaves a map more room
OVERLAP = 72 / 2.54  # points by which the sheets of a poster overlap: 10 mm
_MOST = 64  # sheets of a poster
_TILES = re.compile(r"([0-9]{1,2})\s*[x×]\s*([0-9]{1,2})")
_PIXEL = 0.75  # points
_TICK = 9.0


@frozen
class Poster:
    """Sheets of *size* in so many *columns* and *rows*."""

    size: Size
    columns: int = 1
    rows: int = 1

    @property
    def room(self) -> tuple[float, float]:
        """How much can be drawn on all of them together, overlaps counted once."""
        wide, high = self.size.room
        return (
            wide * self.columns - OVERLAP * (self.columns - 1),
            high * self.rows - OVERLAP * (self.rows - 1),
        )

    def scale(self, picture: Picture) -> float:
        """How many times its own size *picture* is drawn: as large as it fits."""
        wide, high = self.room
        most = LARGEST if self.size.paper else 2.0
        return min(wide / picture.width, high / picture.height, most)

    @property
    def sheets(self) -> int:
        return self.columns * self.rows

    @property
    def whole(self) -> str:
        """The sheets put together, as the name of a size that a map can be laid out for."""
        if self.sheets == 1:
            return self.size.name
        wide, high = self.room
        more = 2 * self.size.margin
        return f"{wide + more:.0f}x{high + more:.0f}{self.size.unit}"


def ready() -> None:
    """Make sure that PDF can be written here.

    Raises:
        MissingExtra: a package is missing.
    """
    try:
        import typst  # noqa: F401
    except ImportError:
        raise MissingExtra(
            'PDF needs typst, which is not installed: run  pip install "argmap[pdf]"'
        ) from None


def posters(tiles: str, size: Size) -> tuple[Poster, ...]:
    """The posters that *tiles* allows: columns by rows, as in ``2x1``, of sheets of *size*, each
    way round. All that are possible are allowed by ``auto``, those of the fewest sheets first.

    Raises:
        BadValue: there is no such poster.
    """
    asked = tiles.strip().lower()
    if asked and not size.paper:
        raise BadValue(f"tiles are sheets of paper, and {size.name} is none: take a4 or letter")
    if asked == "auto":
        return tuple(
            Poster(way, n // rows, rows)
            for n in range(1, _MOST + 1)
            for rows in range(1, n + 1)
            if n % rows == 0
            for way in size.ways
        )
    columns, rows = 1, 1
    if asked:
        found = _TILES.fullmatch(asked)
        columns, rows = (int(found[1]), int(found[2])) if found else (0, 0)
        if not 1 <= columns * rows <= _MOST:
            raise BadValue(
                f"a poster has columns and rows of sheets, as in 2x1, and at most {_MOST} sheets, "
                f"not {tiles!r}; auto takes as few as can be read"
            )
    return tuple(Poster(way, columns, rows) for way in size.ways)


def best(allowed: Sequence[Poster], picture: Picture) -> Poster:
    """Of the posters *allowed* that with the fewest sheets on which *picture* is readable, or
    else the one on which it is largest.
    """
    found = max(allowed, key=lambda p: p.scale(picture))
    for poster in allowed:
        if BODY * poster.scale(picture) >= poster.size.readable and poster.sheets < found.sheets:
            found = poster
    same = [p for p in allowed if p.sheets == found.sheets]
    return max(same, key=lambda p: p.scale(picture))


def too_small(poster: Poster, picture: Picture, named: str, *, apart: bool = True) -> str:
    """What helps where the type of *picture*, called *named*, cannot be read; "" if it can.

    *apart* says whether it could be taken apart into its branches.
    """
    size = poster.size
    type_size = BODY * poster.scale(picture)
    if type_size >= size.readable - 0.05:
        return ""
    tiles = ""
    if size.paper:
        more = best(posters("auto", size), picture)
        if more.sheets > poster.sheets and BODY * more.scale(picture) >= size.readable:
            tiles = f"--tiles {more.columns}x{more.rows}, "
    branches = " or --pages branches" if apart else ""
    return (
        f"the type of {named} is {type_size:.2g} {size.unit} on {size.name}, and "
        f"{size.readable:g} is the least that can be read: take {tiles}a larger --size{branches}, "
        "or show less with --depth or --focus"
    )


def pdf(
    pictures: Sequence[tuple[Poster, Picture]],
    tell: Callable[[str], object],
    *,
    title: str,
    language: str = "en",
) -> bytes:
    """A PDF of pictures, each on its poster. The same pictures give the same bytes.

    *tell* hears of characters that no font has.

    Raises:
        MissingExtra: typst is not installed.
        CannotWrite: the pages could not be set.
    """
    ready()
    import typst

    named = title or "Argument map"
    main, _, _ = language.partition("-")
    lines = [
        f"#set document(title: {_string(named)}, date: none)",
        '#set text(font: "Arimo", size: 6.5pt, '
        f"lang: {_string(main if len(main) in (2, 3) else 'en')})",
        "#set page(margin: 0pt)",
    ]
    svgs, wants_more = settled([picture.svg for _, picture in pictures], tell)
    for (poster, _), svg in zip(pictures, svgs, strict=True):
        lines += _pages(poster, Picture(svg), named)
    try:
        compiler = typst.Compiler("\n".join(lines).encode(), font_paths=_fonts(wants_more))
        made = compiler.compile(format="pdf")
    except typst.TypstError as e:
        raise CannotWrite(f"the PDF could not be made: {e}") from None
    if not isinstance(made, bytes):
        raise CannotWrite("the PDF could not be made")
    return made


@lru_cache(2)
def _fonts(of_system: bool) -> typst.Fonts:
    """Our font, and those of the computer after it if they are needed."""
    import typst

    return typst.Fonts(
        include_system_fonts=of_system, include_embedded_fonts=False, font_paths=[str(FOLDER)]
    )


def _pages(poster: Poster, picture: Picture, title: str) -> Iterator[str]:
    """The sheets of *poster*, row by row, in Typst's language."""
    size, scale = poster.size, poster.scale(picture)
    unit = 1.0 if size.paper else _PIXEL
    wide, high = size.room
    whole_wide, whole_high = poster.room
    left = (whole_wide / scale - picture.width) / 2  # free beside the map, in its own points
    top = (whole_high / scale - picture.height) / 2
    x0, y0, _, _ = picture.box
    several = poster.sheets > 1
    for row in range(poster.rows):
        for column in range(poster.columns):
            part = (
                x0 - left + column * (wide - OVERLAP) / scale,
                y0 - top + row * (high - OVERLAP) / scale,
                wide / scale,
                high / scale,
            )
            said = (
                f"row {row + 1}, column {column + 1} of {poster.columns}×{poster.rows} — {title}"
                if several
                else ""
            )
            alt = said if row or column else "\n".join(t for t in (said, title, picture.words) if t)
            svg = picture.cut(part) if several else picture.showing(part)
            image = (
                f'image(bytes({_string(svg)}), format: "svg", width: {wide * unit:.2f}pt, '
                f"height: {high * unit:.2f}pt, alt: {_string(alt)})"
            )
            at = f"dx: {size.margin:.2f}pt, dy: {size.margin:.2f}pt"
            drawn = [f"#place(top + left, {at}, box(clip: true, {image}))"]
            if several:
                grey = "#A3AFBF" if _is_dark(picture.ground) else "#5B6472"
                drawn.append(f'#set text(fill: rgb("{grey}")); #set line(stroke: rgb("{grey}"));')
                drawn += _marks(poster, row, column)
                drawn.append(
                    f"#place(bottom + left, dx: {size.margin + 12:.2f}pt, dy: -6pt, "
                    f"box(width: {wide - 24:.2f}pt, height: 8pt, clip: true, {_string(said)}))"
                )
            yield (
                f"#page(width: {size.width * unit:.2f}pt, height: {size.height * unit:.2f}pt, "
                f'fill: rgb("{picture.ground}"))[{" ".join(drawn)}]'
            )


def _marks(poster: Poster, row: int, column: int) -> Iterator[str]:
    """Where to cut a sheet, and, in dashes, how far the next one lies over it."""
    size = poster.size
    x0, y0 = size.margin, size.margin
    x1, y1 = size.width - size.margin, size.height - size.margin
    ends = [(x, "solid") for x in (x0, x1)]
    if column + 1 < poster.columns:
        ends.append((x1 - OVERLAP, "dotted"))
    for x, dash in ends:
        yield _tick(x, y0 - _TICK - 3, x, y0 - 3, dash)
        yield _tick(x, y1 + 3, x, y1 + 3 + _TICK, dash)
    ends = [(y, "solid") for y in (y0, y1)]
    if row + 1 < poster.rows:
        ends.append((y1 - OVERLAP, "dotted"))
    for y, dash in ends:
        yield _tick(x0 - _TICK - 3, y, x0 - 3, y, dash)
        yield _tick(x1 + 3, y, x1 + 3 + _TICK, y, dash)


def _is_dark(colour: str) -> bool:
    """Whether *colour*, as ``#0F141B``, is nearer to black than to white."""
    return sum(int(colour[i : i + 2], 16) for i in range(1, len(colour) - 1, 2)) < 3 * 128


def _tick(x0: float, y0: float, x1: float, y1: float, dash: str) -> str:
    stroke = f'(thickness: 0.7pt, dash: "{dash}")'
    ends = f"start: ({x0:.2f}pt, {y0:.2f}pt), end: ({x1:.2f}pt, {y1:.2f}pt)"
    return f"#place(top + left, line({ends}, stroke: {stroke}))"


def _string(text: str) -> str:
    """*text* as a string of Typst's."""
    return '"' + clean(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
