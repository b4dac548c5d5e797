"""Texts as other languages write them: with markup, in lines, and as names of anchors."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from argmap.layout.measure import width
from argmap.model import Markup, Style
from argmap.render.pen import escape

Line: TypeAlias = tuple[int, int]
"""Where a line of a text begins and stops; the blank that parts two lines is in neither."""

Signs: TypeAlias = Callable[[Markup], tuple[str, str] | None]
"""What stands before and after a marked part of a text; None if nothing."""

_WORD = re.compile(r"\S+")
_SPACES = re.compile(r"\s")
_ODD = re.compile(r"[^a-z0-9-]")


def lines(text: str, characters: int) -> list[Line]:
    """*text* in lines of at most so many *characters*; words that are longer are cut.

    Not cut at all where *characters* are none.

    >>> lines("one two three", 7), lines("abcdef", 4)
    ([(0, 7), (8, 13)], [(0, 4), (4, 6)])
    """
    found: list[Line] = []
    room = characters if characters > 0 else len(text) + 1
    start = stop = -1
    for m in _WORD.finditer(text):
        if start >= 0 and m.end() - start > room:
            found.append((start, stop))
            start = -1
        if start < 0:
            start = m.start()
        while m.end() - start > room:
            found.append((start, start + room))
            start += room
        stop = m.end()
    return [*found, (start, stop)] if start >= 0 else found


def measured(text: str, room: float, size: float, *, bold: bool = False) -> list[Line]:
    """*text* in lines of at most *room* points; a word that is wider has a line of its own."""
    found: list[Line] = []
    start = stop = -1
    used, blank = 0.0, width(" ", size, bold=bold)
    for m in _WORD.finditer(text):
        w = width(m[0], size, bold=bold)
        if start >= 0 and used + blank + w > room:
            found.append((start, stop))
            start = -1
        used = used + blank + w if start >= 0 else w
        start = m.start() if start < 0 else start
        stop = m.end()
    return [*found, (start, stop)] if start >= 0 else found


def marked(
    text: str,
    markup: Sequence[Markup],
    signs: Signs,
    cut: Sequence[Line] | None = None,
    newline: str = "",
    escaped: Callable[[str], str] = escape,
) -> str:
    """*text* with the *signs* of its *markup*, in the lines that it is *cut* into.

    Signs are closed and opened again where a line ends and where they would cross.
    """
    parts: list[Markup] = sorted(
        (m for m in markup if m.start < m.stop <= len(text)), key=lambda m: (m.start, -m.stop)
    )
    cut = [(0, len(text))] if cut is None else cut
    made: list[str] = []
    opened: list[_Opened] = []
    crossing = False  # what is read from a text is well nested; then only the last can end first
    n = 0
    for number, (start, stop) in enumerate(cut):
        if number:
            made.append(newline)
            opened = [o for o in opened if o.stop > start]
            made += [o.before for o in opened]
        at = start
        while True:
            while n < len(parts) and parts[n].start <= at:
                part, n = parts[n], n + 1
                pair = signs(part) if part.stop > at else None
                if pair is not None:
                    crossing = crossing or bool(opened and opened[-1].stop < part.stop)
                    made.append(pair[0])
                    opened.append(_Opened(part.stop, *pair))
            if at == stop:
                break
            until = min([stop, *(p.start for p in parts[n : n + 1])])
            until = min([until, *(o.stop for o in (opened if crossing else opened[-1:]))])
            made.append(escaped(text[at:until]))
            at = until
            _close(opened, at, made, crossing)
        made += [o.after for o in reversed(opened)]
    return "".join(made)


class _Opened(NamedTuple):
    stop: int
    before: str
    after: str


def _close(opened: list[_Opened], at: int, made: list[str], crossing: bool) -> None:
    """Close what ends at *at*; what was opened later and goes on is opened again."""
    again: list[_Opened] = []
    while any(o.stop <= at for o in (opened if crossing else opened[-1:])):
        last = opened.pop()
        made.append(last.after)
        if last.stop > at:
            again.append(last)
    opened += reversed(again)
    made += [o.before for o in reversed(again)]


def plain_signs(part: Markup) -> tuple[str, str] | None:
    """Bold and italic letters; nothing else."""
    match part.style:
        case Style.BOLD:
            return "<b>", "</b>"
        case Style.ITALIC:
            return "<i>", "</i>"
        case Style.LINK | Style.MENTION | Style.TAG:
            return None


def anchor(name: str) -> str:
    """*name* as Argdown's tools make the name of an anchor, or of a class, from it.

    >>> anchor("statement-Für & wider"), anchor("heading-Ω")
    ('statement-fuer--wider', 'heading-')
    """
    name = name.lower()
    for letter, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        name = name.replace(letter, written)
    return _ODD.sub("", _SPACES.sub("-", name))


def tag_class(tag: str) -> str:
    """The class of what has *tag*."""
    return anchor(f"tag-{tag}")
