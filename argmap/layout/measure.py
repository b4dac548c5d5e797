"""How wide text is, and where it breaks, in points.

The widths are the advance widths of Arimo, which are those of Arial, Helvetica and Liberation
Sans: one table for every place where our pictures are shown.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

_UNSPACED = re.compile(  # ideographs, kana, and the punctuation that goes with them
    "[\u2e80-\u2fdf\u3000-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff00-\uff65\U00020000-\U0003fffd]"
)
_NOT_FIRST = frozenset(
    "、。，．・：；？！ゝゞーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ々〜）］｝〕〉》」』】〙〗〟’”｠»),.:;?!]}%‰°′″…‥·"
)
_NOT_LAST = frozenset("（［｛〔〈《「『【〘〖〝‘“｟«([{$£¥€#№")

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

    The first line leaves *indent* points free. A word is broken only if it is wider than a line;
    Chinese and Japanese between any two characters, but for marks that end or begin something.

    >>> wrap("Phones break concentration in class.", 14, 150)
    ('Phones break', 'concentration in class.')
    >>> wrap("两国之间的伙伴关系将会长期保持。", 14, 120)
    ('两国之间的伙伴关', '系将会长期保持。')
    """
    words, widths, spaces = _pieces(text, size, room, bold)
    best = _filled(widths, spaces, room, indent)
    if len(best) > 1 and not indent:
        low, high = max(*widths, sum(widths) / len(best)), room
        for _ in range(6):
            middle = (low + high) / 2
            tried = _filled(widths, spaces, middle, 0.0)
            if len(tried) <= len(best):
                high, best = middle, tried
            else:
                low = middle
    return tuple(_line(words[a:b], spaces[a:b]) for a, b in best)


def _line(words: list[str], spaces: list[float]) -> str:
    if all(spaces[1:]):
        return " ".join(words)
    parts = words[:1]
    for word, space in zip(words[1:], spaces[1:], strict=True):
        parts += [" ", word] if space else [word]
    return "".join(parts)


def _filled(
    widths: list[float], spaces: list[float], room: float, indent: float
) -> list[tuple[int, int]]:
    """From which word to which each line goes, if every line takes what it can. *spaces* are how
    wide what stands before each word is.
    """
    lines: list[tuple[int, int]] = []
    first, used = 0, indent
    for i, w in enumerate(widths):
        if i == first and (i or not indent):
            used = w
        elif (after := used + (spaces[i] if i > first else 0.0) + w) <= room + 1e-6:
            used = after
        else:
            lines.append((first, i))
            first, used = i, w
    lines.append((first, len(widths)))
    return lines


def _pieces(
    text: str, size: float, room: float, bold: bool
) -> tuple[list[str], list[float], list[float]]:
    """What of *text* may stand on lines of its own: its words, and the characters of scripts that
    write no spaces; how wide each is, and the space before it. What is wider than a line is broken.
    """
    words = text.split() or [""]
    space = _word(" ", bold) * size
    spaces = [space] * len(words)
    if not text.isascii() and _UNSPACED.search(text):
        parted = [_parted(word) for word in words]
        spaces = [0.0 if n else space for parts in parted for n in range(len(parts))]
        words = [part for parts in parted for part in parts]
    widths = [_word(w, bold) * size for w in words]
    if max(widths) <= room:
        return words, widths, spaces
    broken: list[str] = []
    apart: list[float] = []
    for word, w, before in zip(words, widths, spaces, strict=True):
        parts = [word] if w <= room else _broken(word, size, room, bold)
        broken += parts
        apart += [before, *[0.0] * (len(parts) - 1)]
    return broken, [_ems(w, bold) * size for w in broken], apart


def _parted(word: str) -> list[str]:
    """*word* in pieces between which a line may end (after JIS X 4051 and UAX 14, in short)."""
    parts: list[str] = []
    for c in word:
        joined = c in _NOT_FIRST or (parts and parts[-1][-1] in _NOT_LAST)
        wide = bool(_UNSPACED.match(c)) or c in _NOT_LAST
        before = bool(parts and _UNSPACED.match(parts[-1][-1]))
        if parts and (joined or not (wide or before) or unicodedata.combining(c)):
            parts[-1] += c
        else:
            parts.append(c)
    return parts


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


def from_right(text: str, *, partly: bool = False) -> bool:
    """Whether more of *text* is written from right to left than from left to right; with *partly*,
    whether any is.

    >>> from_right("سوف تبقى"), from_right("Rumer ¶4"), from_right("They say نعم", partly=True)
    (True, False, True)
    """
    if text.isascii():
        return False
    ways = [unicodedata.bidirectional(c) for c in text]
    right = ways.count("R") + ways.count("AL")
    return right > 0 if partly else right > ways.count("L")
