"""How wide text is, and where it breaks, in points.

The widths are the advance widths of Arimo, which are those of Arial, Helvetica and Liberation
Sans: one table for every place where our pictures are shown.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path

_WIDE, _EMOJI, _OTHER = 1.0, 1.3, 0.62  # ems of characters that Arimo does not have


@cache
def _table(bold: bool) -> dict[str, float]:
    """The width of each character of Arimo, in ems."""
    held = json.loads(Path(__file__).with_name("arimo.json").read_text(encoding="ascii"))
    em = held["unitsPerEm"]
    return {
        chr(int(first) + i): width / em
        for first, widths in held["bold" if bold else "regular"].items()
        for i, width in enumerate(widths)
    }


def _ems(text: str, bold: bool) -> float:
    table = _table(bold)
    try:
        return sum([table[c] for c in text], 0.0)
    except KeyError:
        return sum(table[c] if c in table else _guess(c) for c in text)


def covers(c: str) -> bool:
    """Whether Arimo has the character *c*."""
    return c in _table(False)


def _guess(c: str) -> float:
    """The width of a character that Arimo does not have, on the wide side."""
    category = unicodedata.category(c)
    if category in ("Mn", "Me", "Cf", "Cc"):
        return 0.0
    if unicodedata.east_asian_width(c) in "WF":
        return _EMOJI if category == "So" else _WIDE
    return _OTHER


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide *text* is on one line at *size* points.

    >>> width("", 14), round(width("claim", 14), 2)
    (0.0, 32.67)
    """
    return _ems(text, bold) * size


@cache
def _word(word: str, bold: bool) -> float:
    return _ems(word, bold)


def wrap(
    text: str, size: float, room: float, *, bold: bool = False, indent: float = 0.0
) -> tuple[str, ...]:
    """*text* in lines of at most *room* points, as even as their number allows.

    The first line leaves *indent* points free. A word is broken only if it is wider than a line.

    >>> wrap("Phones break concentration in class.", 14, 150)
    ('Phones break', 'concentration in class.')
    """
    words, widths = _pieces(text, size, room, bold)
    space = _word(" ", bold) * size
    best = _filled(widths, space, room, indent)
    low, high = max(widths, default=0.0), room
    if len(best) > 1 and not indent:
        for _ in range(6):
            middle = (low + high) / 2
            tried = _filled(widths, space, middle, 0.0)
            if len(tried) <= len(best):
                high, best = middle, tried
            else:
                low = middle
    return tuple(" ".join(words[a:b]) for a, b in best)


def _filled(widths: list[float], space: float, room: float, indent: float) -> list[tuple[int, int]]:
    """From which word to which each line goes, if every line takes what it can."""
    lines: list[tuple[int, int]] = []
    first, used = 0, indent
    for i, w in enumerate(widths):
        if i == first and (i or not indent):
            used = w
        elif (after := used + (space if i > first else 0.0) + w) <= room + 1e-6:
            used = after
        else:
            lines.append((first, i))
            first, used = i, w
    lines.append((first, len(widths)))
    return lines


def _pieces(text: str, size: float, room: float, bold: bool) -> tuple[list[str], list[float]]:
    """The words of *text* and their widths; what is wider than a line is broken."""
    words = text.split() or [""]
    widths = [_word(w, bold) * size for w in words]
    if max(widths) <= room:
        return words, widths
    broken: list[str] = []
    for word, w in zip(words, widths, strict=True):
        broken += [word] if w <= room else _broken(word, size, room, bold)
    return broken, [_ems(w, bold) * size for w in broken]


def _broken(word: str, size: float, room: float, bold: bool) -> list[str]:
    """*word* cut to pieces of at most *room*, never before a mark that belongs to a letter."""
    found, start, used = [], 0, 0.0
    for i, c in enumerate(word):
        w = _ems(c, bold) * size
        joined = unicodedata.category(c) in ("Mn", "Me", "Cf")
        if used + w > room and i > start and not joined:
            found.append(word[start:i])
            start, used = i, 0.0
        used += w
    return [*found, word[start:]]
