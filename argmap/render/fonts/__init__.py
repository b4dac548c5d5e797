"""The type of pictures that are no text any more: Arimo, which comes with argmap.

With it, a computer without fonts draws every word in Latin, Cyrillic and Greek letters; other
characters are looked for in the fonts of the computer.
"""

from __future__ import annotations

import html
import re
import struct
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from argmap.layout.measure import covers

FOLDER = Path(__file__).parent
FILES = (str(FOLDER / "arimo-400.ttf"), str(FOLDER / "arimo-700.ttf"))

_WORDS = re.compile(r"<text\b[^>]*>(.*?)</text>", re.S)
_TAG = re.compile(r"<[^>]*>")
_UNSEEN = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")  # blank by right
_SILENT = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))
_NOBODYS = "\U0001fffe"  # no font has it, for it is no character
_CELL = 24  # pixels
_MARK = "\ufffd"  # which Arimo has
_NAMED = 8  # characters that a warning names


def settled(svgs: Sequence[str], tell: Callable[[str], object]) -> tuple[list[str], bool]:
    """*svgs* with a mark for every character that no font has, and whether they take other fonts
    than Arimo. *tell* hears which characters those are.

    A renderer that misses one character gives up on all that follow it in the same line.
    """
    strange = tuple(dict.fromkeys(c for svg in svgs for c in foreign(svg)))
    missed = undrawn(strange) if strange else ()
    if not missed:
        return list(svgs), bool(strange)
    tell(_lacking(missed))
    marks = str.maketrans({c: "" if _is_mark(c) else _MARK for c in missed})
    marked = [_WORDS.sub(lambda m: m[0].translate(marks), svg) for svg in svgs]
    return marked, len(missed) < len(strange)


def foreign(svg: str) -> tuple[str, ...]:
    """The characters in the texts of *svg* that Arimo does not have, in their order."""
    said = (html.unescape(_TAG.sub("", m[1])) for m in _WORDS.finditer(svg))
    seen = dict.fromkeys(c for words in said for c in words)
    return tuple(c for c in seen if not covers(c) and _is_seen(c))


def _is_seen(c: str) -> bool:
    selects = "\ufe00" <= c <= "\ufe0f" or "\U000e0100" <= c <= "\U000e01ef"
    return not selects and c not in _UNSEEN and unicodedata.category(c) not in _SILENT


def _is_mark(c: str) -> bool:
    """Whether it stands on the character before it."""
    return unicodedata.category(c).startswith("M")


def _lacking(missed: Sequence[str]) -> str:
    named = ", ".join(
        f"U+{ord(c):04X}" if _is_mark(c) else f"{c} (U+{ord(c):04X})" for c in missed[:_NAMED]
    )
    more = f" and {len(missed) - _NAMED} more" if len(missed) > _NAMED else ""
    return (
        f"no font on this computer has {named}{more}: \ufffd stands in their place; "
        "install a font that has them, such as one of Noto, or write .svg or .html, which show "
        "them wherever there is one"
    )


@lru_cache(16)
def undrawn(characters: tuple[str, ...]) -> tuple[str, ...]:
    """Those of *characters* that no font of this computer has.

    Each is drawn alone and held against what is drawn for a character that does not exist.
    """
    import resvg_py

    tried = (_NOBODYS, *characters)
    cells = "".join(
        f'<text x="6" y="{i * _CELL + 17}">{html.escape(c)}</text>' for i, c in enumerate(tried)
    )
    drawn = resvg_py.svg_to_bytes(
        svg_string=f'<svg xmlns="http://www.w3.org/2000/svg" width="{_CELL}" '
        f'height="{len(tried) * _CELL}" font-family="Arimo" font-size="12">{cells}</svg>',
        font_files=list(FILES),
        dpi=96,
    )
    rows = list(_rows(drawn))
    box, *pictures = (b"".join(rows[i * _CELL : (i + 1) * _CELL]) for i in range(len(tried)))
    return tuple(
        c for c, made in zip(characters, pictures, strict=True) if made == box or not any(made)
    )


def _rows(png: bytes) -> Iterator[bytes]:
    """The rows of a picture of 8 bits for each of four colours, as PNG undoes its filters."""
    width = struct.unpack_from(">I", png, 16)[0]
    parts, at = [], 8
    while at < len(png):
        size, kind = struct.unpack_from(">I4s", png, at)
        if kind == b"IDAT":
            parts.append(png[at + 8 : at + 8 + size])
        at += size + 12
    data, long = zlib.decompress(b"".join(parts)), width * 4
    above = bytes(long)
    for start in range(0, len(data), long + 1):
        row = bytearray(data[start + 1 : start + 1 + long])
        for i in range(long if data[start] else 0):
            left, up = row[i - 4] if i >= 4 else 0, above[i]
            match data[start]:
                case 1:
                    guess = left
                case 2:
                    guess = up
                case 3:
                    guess = (left + up) // 2
                case _:
                    guess = _nearest(left, up, above[i - 4] if i >= 4 else 0)
            row[i] = (row[i] + guess) & 255
        above = bytes(row)
        yield above


def _nearest(left: int, up: int, corner: int) -> int:
    """Which of the three is nearest to what their slope foretells (Paeth)."""
    foretold = left + up - corner
    return min((left, up, corner), key=lambda value: abs(foretold - value))
