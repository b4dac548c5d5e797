"""A report as text for terminals, its tables in columns as wide as there is room for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from attrs import frozen

from argmap.render.outline import PLAIN
from argmap.render.report.core import (
    Block,
    Cell,
    Heading,
    Item,
    Items,
    Paragraph,
    Picture,
    Report,
    Run,
    Table,
    Words,
    depths,
    tidy,
    words,
)
from argmap.text import width

NARROWEST = 10  # columns that a column of a table needs, if its words are as wide
_HANGS = 16  # columns from which the lines of a paragraph in a cell hang
_DEEPEST = 12  # levels after which entries of a list stand no further in
_ASCII = PLAIN | str.maketrans(
    {"→": "->", "←": "<-", "↔": "<->", "⇄": "<>", "⇒": "=>", "↻": "(loop)", "•": "-", "−": "-"}
    | {"└": "`", "×": "x", "·": "-", "≤": "<=", "≥": ">=", "▸": ">", "✓": "yes", "✗": "no"}
)
_WIDE = re.compile(
    r"(?<=[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff])(?=[\u3040-\u9fff\uac00-\ud7af])"
)


def terminal(
    report: Report, *, columns: int = 80, ascii: bool = False, colour: bool = False
) -> str:
    """*report* as text of at most *columns* columns.

    A table that has no room for its columns is printed as one block for each row. With *ascii*,
    only the words of the map themselves can hold other characters.
    """
    paper = _Paper(max(columns, 2 * NARROWEST), ascii, colour)
    parts = [paper.lines(words(Run(report.title, strong=True)))]
    parts += [lines for block in report.blocks for lines in paper.block(block)]
    whole = ["\n".join(lines) for lines in parts if lines]
    return "\n\n".join(whole) + "\n" if whole else ""


@frozen
class _Piece:
    """Some letters of a word, and how they look, in the codes of terminals."""

    text: str
    style: str = ""


@frozen
class _Word:
    """What is not broken, unless it is too long; *glued* to what stands before it."""

    pieces: tuple[_Piece, ...]
    glued: bool = False

    @property
    def width(self) -> int:
        return sum(width(p.text) for p in self.pieces)


@frozen
class _Line:
    text: str
    width: int


@frozen
class _Paper:
    columns: int
    ascii: bool
    colour: bool

    def block(self, block: Block) -> Iterator[list[str]]:
        """What stands for *block*, between empty lines."""
        match block:
            case Heading():
                yield self.lines(words(Run(block.text, strong=True)))
            case Paragraph():
                yield self.lines(block.words)
            case Items():
                yield [line for depth, i in depths(block.items) for line in self._item(depth, i)]
            case Table():
                yield self.lines(words(Run(block.caption, muted=True)))
                yield from self._table(block) if block.columns else ()
            case Picture():
                said = f"(a picture, in .html only: {block.caption or 'untitled'})"
                yield self.lines(words(Run(said, muted=True)))

    def lines(self, said: Words, first: str = "", rest: str = "") -> list[str]:
        """*said* in lines: the first after *first*, the others after *rest*."""
        room = max(self.columns - width(rest), NARROWEST)
        made = self._wrapped(said, room)
        return [f"{rest if n else first}{line.text}" for n, line in enumerate(made)]

    def _item(self, depth: int, item: Item) -> list[str]:
        indent = "  " * min(depth, _DEEPEST)
        return self.lines(item.words, f"{indent}- ", f"{indent}  ")

    # --- tables

    def _table(self, table: Table) -> Iterator[list[str]]:
        """*table* in columns, or else in blocks."""
        grid = [table.columns, *table.rows]
        natural = [max(self._widest(row[n]) for row in grid) for n in range(len(table.columns))]
        room = self.columns - 3 * (len(natural) - 1)
        found = shared(natural, table.shares or (1,) * len(natural), room)
        if any(w < min(n, NARROWEST) for w, n in zip(found, natural, strict=True)):
            yield from self._blocks(table)
            return
        looks = [[n == 0 or (table.headed and m == 0) for m in range(len(found))] for n in (0, 1)]
        rows = [
            [self._cell(*each) for each in zip(row, found, looks[n > 0], strict=True)]
            for n, row in enumerate(grid)
        ]
        loose = any(len(c) > 1 for row in rows[1:] for c in row)
        rule = ("-+-" if self.ascii else "─┼─").join(
            ("-" if self.ascii else "─") * w for w in found
        )
        lines: list[str] = []
        for n, row in enumerate(rows):
            if n == 1 or (n and loose):
                lines.append(rule)
            lines += self._beside(row, found)
        yield lines

    def _beside(self, cells: Sequence[Sequence[_Line]], widths: Sequence[int]) -> Iterator[str]:
        """The lines of *cells*, one cell beside the other."""
        bar = " | " if self.ascii else " │ "
        for n in range(max(1, *map(len, cells))):
            parts = []
            for c, w in zip(cells, widths, strict=True):
                line = c[n] if n < len(c) else _Line("", 0)
                parts.append(line.text + " " * (w - line.width))
            yield bar.join(parts).rstrip()

    def _cell(self, cell: Cell, room: int, head: bool) -> list[_Line]:
        """The lines of *cell*; where it has several paragraphs, each is seen to begin."""
        hang = 2 if len(cell.paragraphs) > 1 and room >= _HANGS else 0
        return [
            line
            for p in cell.paragraphs
            for line in self._wrapped(tuple(map(_strong, p)) if head else p, room, hang)
        ]

    def _widest(self, cell: Cell) -> int:
        """How wide *cell* would like to be, and one at least."""
        return max((1, *(self._width(p) for p in cell.paragraphs)))

    def _width(self, said: Words) -> int:
        found = self._words(said)
        return sum(w.width + (not w.glued) for w in found) - 1

    def _blocks(self, table: Table) -> Iterator[list[str]]:
        """*table* with one block for each row: its head, and ``column: words`` for its cells.
        Columns that say the same share a line.
        """
        names = ["; ".join("".join(r.text for r in p) for p in c.paragraphs) for c in table.columns]
        for row in table.rows:
            lines: list[str] = []
            if table.headed:
                for p in row[0].paragraphs:
                    lines += self.lines(tuple(map(_strong, p)))
            rest = list(zip(names, row, strict=True))[table.headed :]
            for said, group in groupby(rest, key=lambda named: named[1]):
                lines += self._named(", ".join(name for name, _ in group if name), said)
            yield lines

    def _named(self, name: str, said: Cell) -> Iterator[str]:
        """The lines of a cell in a block, after the *name* of its column."""
        head = words(Run(f"{name}:", muted=True), " ") if name else ()
        paragraphs = [p for p in said.paragraphs if tidy(p)]
        for n, p in enumerate(paragraphs):
            rest = "    " if len(paragraphs) == 1 else "      "
            yield from self.lines((*(head if not n else ()), *p), "    " if n else "  ", rest)

    # --- words

    def _words(self, said: Words) -> list[_Word]:
        """The words of *said*: what stands between blanks, whatever runs it is made of."""
        found: list[_Word] = []
        glued = True
        for run in tidy(self._plain(said)):
            style = self._style(run)
            text = run.text if not run.marked or self.colour else _starred(run.text)
            for n, word in enumerate(text.split(" ")):
                if n:
                    glued = False
                for part in _WIDE.split(word) if word else ():
                    piece = _Piece(part, style)
                    if glued and found and not _breaks(found[-1], part):
                        last = found[-1]
                        found[-1] = _Word((*last.pieces, piece), last.glued)
                    else:
                        found.append(_Word((piece,), glued and bool(found)))
                    glued = True
        return found

    def _plain(self, said: Words) -> Words:
        if not self.ascii:
            return said
        return tuple(Run(r.text.translate(_ASCII), r.strong, r.muted, r.marked) for r in said)

    def _style(self, run: Run) -> str:
        if not self.colour:
            return ""
        codes = ("1" * run.strong, "2" * run.muted, "1;33" if run.marked else "")
        return ";".join(c for c in codes if c)

    def _wrapped(self, said: Words, room: int, hang: int = 0) -> list[_Line]:
        """*said* in lines of at most *room* columns, all but the first *hang* columns in."""
        lines: list[_Line] = []
        parts: list[_Piece] = []
        used = 0
        for word in self._words(said):
            for n, cut in enumerate(_cut(word, room - hang)):
                blank = bool(parts) and not word.glued and not n
                if parts and used + blank + cut.width > room:
                    lines.append(_Line(_joined(parts), used))
                    parts, used, blank = [_Piece(" " * hang)] if hang else [], hang, False
                if blank:
                    parts.append(_Piece(" "))
                parts += cut.pieces
                used += blank + cut.width
        return [*lines, _Line(_joined(parts), used)] if parts else lines


def shared(natural: Sequence[int], shares: Sequence[int], room: int) -> list[int]:
    """How wide each column is, of *room* in all: no wider than it is by its *natural* width, and
    what it leaves goes to the others by their *shares*.

    >>> shared([3, 100, 100], [1, 1, 1], 43)
    [3, 20, 20]
    """
    found = [0] * len(natural)
    open_ = list(range(len(natural)))
    while open_:
        total = sum(shares[n] for n in open_)
        small = [n for n in open_ if natural[n] * total <= room * shares[n]]
        if not small:
            break
        for n in small:
            found[n] = natural[n]
            room -= natural[n]
        open_ = [n for n in open_ if n not in small]
    total = sum(shares[n] for n in open_)
    for n in open_:
        found[n] = room * shares[n] // total
        room, total = room - found[n], total - shares[n]
    return found


def _strong(run: Run) -> Run:
    return Run(run.text, True, run.muted, run.marked)


def _starred(text: str) -> str:
    """*text* between stars, which say without colour that it is a warning; blanks stay outside."""
    inner = text.strip()
    return text.replace(inner, f"*{inner}*", 1) if inner else text


def _breaks(word: _Word, after: str) -> bool:
    """Whether a line may end between *word* and what follows: two signs of Chinese, say."""
    return bool(_WIDE.search(word.pieces[-1].text[-1:] + after[:1]))


def _cut(word: _Word, room: int) -> list[_Word]:
    """*word* in pieces of at most *room* columns; what a letter carries stays with it."""
    if word.width <= room:
        return [word]
    found: list[list[_Piece]] = [[]]
    used = 0
    for piece in word.pieces:
        start = 0
        for n, c in enumerate(piece.text):
            w = width(c)
            if used + w > room and used:
                found[-1].append(_Piece(piece.text[start:n], piece.style))
                found.append([])
                start, used = n, 0
            used += w
        found[-1].append(_Piece(piece.text[start:], piece.style))
    return [_Word(tuple(p for p in pieces if p.text), word.glued) for pieces in found]


def _joined(pieces: Iterable[_Piece]) -> str:
    """*pieces* with the codes of terminals; blanks between two that look alike look so too."""
    out: list[str] = []
    now = ""
    for p in pieces:
        if p.style != now and not p.text.isspace():
            out.append("\x1b[0m" if now else "")
            out.append(f"\x1b[{p.style}m" if p.style else "")
            now = p.style
        out.append(p.text)
    return "".join(out).replace("\xa0", " ") + ("\x1b[0m" if now else "")
