"""A picture as PNG: pixels, for slides, chats and whatever does not show SVG."""

from __future__ import annotations

import math
from collections.abc import Callable

from argmap.errors import BadValue, MissingExtra
from argmap.layout.size import Size
from argmap.render.fonts import FILES, settled
from argmap.render.picture import Picture

MOST = 60_000_000
"""Pixels that a picture has at most: drawing so many takes most of a gigabyte."""

LARGEST = 2.0  # times its own size, on a screen or sheet that leaves it more room
_SCALES = (0.05, 20.0)


def png(
    svg: str,
    tell: Callable[[str], object],
    *,
    scale: float | None = None,
    size: Size | None = None,
) -> bytes:
    """*svg*, a picture of ours, in *scale* pixels for each of its points: 2 unless given.

    With a *size*, the picture stands in the middle of a ground of that size: exactly as many pixels
    as a screen has, or 300 for each inch of paper, times *scale*. The same picture gives the same
    bytes; *tell* hears of characters that no font has, and of a scale that is too large.

    Raises:
        BadValue: nothing can be drawn at such a scale.
    """
    ready()
    if scale is not None and not _SCALES[0] <= scale <= _SCALES[1]:
        raise BadValue(
            f"a picture is drawn at {_SCALES[0]:g} to {_SCALES[1]:g} times its size, not {scale:g}"
        )
    picture = Picture(svg)
    if size is None:
        zoom = scale or 2.0
        wide, high = picture.width * zoom, picture.height * zoom
    else:
        dots = (300 / 72 if size.paper else 1.0) * (scale or 1.0)
        size = max(size.ways, key=lambda way: fitting(picture, way))
        zoom = fitting(picture, size) * dots
        wide, high = size.width * dots, size.height * dots
    if wide * high > MOST:
        less = math.sqrt(MOST / (wide * high))
        tell(
            f"a picture of {wide:.0f} by {high:.0f} pixels is too large: it is drawn at "
            f"{less:.0%} of that; write .svg or .pdf, which stay sharp at any size, or show less "
            "of the map with --depth or --focus"
        )
        zoom, wide, high = zoom * less, wide * less, high * less
    across, down = max(1, round(wide)), max(1, round(high))
    x, y, w, h = picture.box
    more_x, more_y = (across / zoom - w) / 2, (down / zoom - h) / 2
    part = (x - more_x, y - more_y, w + 2 * more_x, h + 2 * more_y)
    (svg,), wants_more = settled([picture.showing(part, across, down)], tell)
    import resvg_py

    made = resvg_py.svg_to_bytes(
        svg_string=svg,
        background=picture.ground,
        font_files=list(FILES),
        skip_system_fonts=not wants_more,  # looking through them takes long
        dpi=96,
    )
    return bytes(made)


def ready() -> None:
    """Make sure that PNG can be written here.

    Raises:
        MissingExtra: a package is missing.
    """
    try:
        import resvg_py  # noqa: F401
    except ImportError:
        raise MissingExtra(
            "PNG needs resvg-py, which is not installed: run  pip install resvg-py"
        ) from None


def fitting(picture: Picture, size: Size) -> float:
    """How many times its own size *picture* is drawn on *size*: as large as it fits."""
    wide, high = size.room
    return min(wide / picture.width, high / picture.height, LARGEST)
