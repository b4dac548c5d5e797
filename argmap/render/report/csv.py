"""The table of a report as CSV, for spreadsheets."""

from __future__ import annotations

import csv
import io

from argmap.render.cells import cell
from argmap.render.report.core import Cell, Table, tidy


def csv_of(table: Table) -> str:
    """*table* as CSV: a line of names, then its rows. Lines end in ``\\n``.

    A cell that a spreadsheet would take for a formula has ``'`` before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in (table.columns, *table.rows):
        writer.writerow([cell(in_one(c)) for c in row])
    return out.getvalue()


def in_one(cell: Cell) -> str:
    """The words of *cell* without their looks, ``; `` between its paragraphs."""
    said = ("".join(run.text for run in tidy(p)) for p in cell.paragraphs)
    return "; ".join(s for s in said if s)
