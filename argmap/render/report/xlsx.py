"""A report as a workbook: a sheet for each of its tables, and one for all else it says."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from argmap.errors import CannotWrite, MissingExtra
from argmap.render.pen import clean
from argmap.render.report.core import (
    Cell,
    Heading,
    Items,
    Paragraph,
    Picture,
    Report,
    Table,
    Words,
    depths,
    tidy,
)
from argmap.render.report.terminal import shared
from argmap.text import printable, width

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_MOST = 16_000  # characters in a cell: Excel takes 32767 units of UTF-16
_ROWS, _COLUMNS = 1_048_576, 16_384  # on a sheet
_NAME = 31  # units of UTF-16 in the name of a sheet
_ROOM = 150  # characters that a sheet is wide
_UNNAMED = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FORMULA = ("=", "+", "-", "@")
_MADE = datetime(1980, 1, 1)  # the same report gives the same bytes


def ready() -> None:
    """Make sure that workbooks can be written here.

    Raises:
        MissingExtra: a package is missing.
    """
    try:
        import xlsxwriter  # noqa: F401
    except ImportError:
        raise MissingExtra(
            'workbooks need XlsxWriter, which is not installed: run  pip install "argmap[xlsx]"'
        ) from None


def xlsx(report: Report) -> bytes:
    """*report* as a workbook for Excel and LibreOffice. The same report gives the same bytes.

    All cells are text, and none is ever a formula. What a cell cannot hold goes on in the next row.

    Raises:
        MissingExtra: XlsxWriter is not installed.
        CannotWrite: a table has more rows or columns than a sheet.
    """
    ready()
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    title = _plain(report.title)
    book.set_properties({"title": title[:255], "created": _MADE})
    names: dict[str, int] = {}
    told: list[tuple[str, bool]] = [(title, True)] if title else []
    heading = ""
    for block in report.blocks:
        match block:
            case Heading():
                heading = _plain(block.text)
                told.append((heading, True))
            case Paragraph():
                told.append((_said(block.words), False))
            case Items():
                told += [(f"{'    ' * d}• {_said(i.words)}", False) for d, i in depths(block.items)]
            case Picture():
                told.append((f"(a picture, in .html only: {_plain(block.caption)})", False))
            case Table():
                name = _named(heading or title or "Table", names)
                told.append((f"{_plain(block.caption)} (sheet “{name}”)".strip(), False))
                _sheet(book, name, [block.columns, *block.rows], block)
    _words(book, _named("About", names), told)
    book.close()
    return out.getvalue()


def _sheet(book: Workbook, name: str, grid: Sequence[Sequence[Cell]], table: Table) -> None:
    """The sheet of *table*, its first row and the heads of its rows always in sight."""
    if len(table.columns) > _COLUMNS:
        raise CannotWrite(
            f"a table of {len(table.columns)} columns is more than a workbook can hold"
        )
    sheet = book.add_worksheet(name)
    looks = _Looks(book)
    cells = [[_paragraphs(c) for c in row] for row in grid]
    at = 0
    for n, row in enumerate(cells):
        for part in _continued(row):
            if at >= _ROWS:
                raise CannotWrite(f"a table of {len(grid)} rows is more than a workbook can hold")
            for column, text in enumerate(part):
                head = n == 0 or (table.headed and column == 0)
                sheet.write_string(at, column, text, looks(text, bold=head))
            at += 1
    natural = [
        max(width(line) for row in cells for line in row[n].split("\n")) + 2
        for n in range(len(table.columns))
    ]
    shares = table.shares or (1,) * len(natural)
    for n, wide in enumerate(shared(natural, shares, _ROOM)):
        sheet.set_column(n, n, max(wide, 10))
    sheet.freeze_panes(1, 1 if table.headed else 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _words(book: Workbook, name: str, told: Sequence[tuple[str, bool]]) -> None:
    """The sheet of all that stands in no table: a line for each, and whether it is a heading."""
    sheet = book.add_worksheet(name)
    looks = _Looks(book)
    sheet.set_column(0, 0, 100)
    lines = [(part, bold) for text, bold in told for (part,) in _continued([text])]
    for n, (text, bold) in enumerate(lines[:_ROWS]):
        sheet.write_string(n, 0, text, looks(text, bold=bold))


class _Looks:
    """How cells look: wrapped, at the top; and kept from becoming formulas when they are edited."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[bool, bool], Any] = {}

    def __call__(self, text: str, *, bold: bool) -> Any:
        key = bold, text.startswith(_FORMULA)
        if key not in self._made:
            look = {"text_wrap": True, "valign": "top", "bold": bold, "quote_prefix": key[1]}
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def _continued(row: Sequence[str]) -> Iterator[list[str]]:
    """*row*, and below it what of its texts is too long for a cell."""
    for start in range(0, max([1, *map(len, row)]), _MOST):
        yield [text[start : start + _MOST] for text in row]


def _paragraphs(cell: Cell) -> str:
    return "\n".join(said for p in cell.paragraphs if (said := _said(p)))


def _said(said: Words) -> str:
    return clean("".join(run.text for run in tidy(said))).replace("\xa0", " ")


def _plain(text: str) -> str:
    return clean(" ".join(printable(text).split()))


def _named(wanted: str, names: dict[str, int]) -> str:
    """A name for a sheet that none of *names* is, as like *wanted* as can be; it is added. With
    each goes the number that was last put behind it.
    """
    base = " ".join(_UNNAMED.sub(" ", wanted).split()).strip("' ") or "Table"
    name = begun = _cut(base, _NAME).strip("' ") or "Table"
    n = names.get(begun.casefold(), 1)
    while name.casefold() in names or name.casefold() == "history":
        n += 1
        name = f"{_cut(base, _NAME - len(str(n)) - 1).strip()} {n}"
    names[name.casefold()] = 1
    names[begun.casefold()] = n
    return name


def _cut(text: str, most: int) -> str:
    """The first letters of *text* that take at most so many units of UTF-16."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")
