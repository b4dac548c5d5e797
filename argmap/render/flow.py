"""A flow sheet as a report, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from argmap.errors import BadValue
from argmap.render.cells import cell as safe
from argmap.render.entries import first_words
from argmap.render.report.core import (
    Block,
    Cell,
    Heading,
    Item,
    Items,
    Paragraph,
    Report,
    Run,
    Table,
    Words,
    cell,
    place,
    sources,
    words,
)
from argmap.render.report.csv import in_one
from argmap.render.report.json import json_of, line_of, works
from argmap.sides import Line
from argmap.sides.sheet import Column, Entry, Flow, Reply, Row, link_of
from argmap.text import listed, quantity
from argmap.view import Mark

UNANSWERED = "not answered"

_BROADEST = 200  # columns that a table can have
_FEW = 8  # numbers of what works together that are named


def report(flow: Flow) -> Report:
    """*flow* as a table for each question, after what there is to prepare, if that was asked for.

    Raises:
        BadValue: it has more columns than a table can have.
    """
    _check(flow)
    return Report(flow.title or "Flow sheet", tuple(_blocks(flow)))


def to_csv(flow: Flow) -> str:
    """The sheet as one table, whose columns are those of the sheet: a line for each of its lines.

    Raises:
        BadValue: it has more columns than a table can have.
    """
    _check(flow)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in (_heads(flow.columns), *_lines(flow.rows, len(flow.columns))):
        writer.writerow([safe(in_one(c)) for c in row])
    return out.getvalue()


def _check(flow: Flow) -> None:
    if len(flow.columns) > _BROADEST:
        raise BadValue(
            f"no table has room for {len(flow.columns)} columns: choose at most {_BROADEST} of "
            f"them, as with --columns {flow.columns[0].title!r}"
        )


# --- the report


def _blocks(flow: Flow) -> Iterator[Block]:
    yield Paragraph(words(" ".join((_counted(flow), *flow.notes))))
    if signs := _signs(flow):
        yield Paragraph(words(Run(signs, muted=True)))
    if flow.reply_to:
        yield Heading(f"What {flow.reply_to} may prepare a reply to")
        if flow.replies:
            yield Items(_replies(flow.replies))
        else:
            yield Paragraph(words("Nothing: no line of another waits for a reply."))
        yield Heading("Flow sheet")
    asks = any(row.question for row in flow.rows)
    for question, rows in groupby(flow.rows, key=lambda row: row.question):
        if asks:
            yield Heading(question or "Under no question", 3 if flow.reply_to else 2)
        lines = tuple(_lines(rows, len(flow.columns)))
        yield Table(_heads(flow.columns), lines, headed=False)
    if flow.rows:
        yield Heading(f"What “{UNANSWERED}” marks")
        yield Paragraph(words(flow.rule))
    yield from sources(flow.sources)


def _counted(flow: Flow) -> str:
    entries = [e for row in flow.rows for e in row.entries if not e.sees]
    parts = [
        quantity(len(entries), "line"),
        quantity(len(flow.columns), flow.by),
        quantity(len(flow.rows), "row"),
    ]
    return f"{listed(parts)}; {len(flow.unanswered)} {UNANSWERED}."


def _signs(flow: Flow) -> str:
    """What the signs mean that stand on the sheet: ``+ supports, - objects to``."""
    met = {e.mark for row in flow.rows for e in row.entries}
    said: dict[str, list[str]] = {}
    for mark in (mark for mark in Mark if mark in met):
        said.setdefault(mark.sign, []).append(mark.value)
    return ", ".join(f"{sign} {listed(values, 'or')}" for sign, values in said.items())


def _heads(columns: Sequence[Column]) -> tuple[Cell, ...]:
    return tuple(cell(c.title) for c in columns)


def _lines(rows: Iterable[Row], columns: int) -> Iterator[tuple[Cell, ...]]:
    """The lines of *rows*, with an empty cell where nothing stands."""
    empty = cell()
    for line in (line for row in rows for line in row.lines):
        cells = [empty] * columns
        for c in line:
            cells[c.column] = Cell(tuple(map(_entry, c.entries)))
        yield tuple(cells)


def _entry(entry: Entry) -> Words:
    """A line of the debate as it stands in a cell: as ``1.1.3 x The study watched adults.``"""
    sign = f"{entry.mark.sign} " if entry.mark else ""
    aside = _aside(entry)
    if entry.sees:
        said = f"{sign}→ see {entry.number} {first_words(entry.line.text, '…')}"
        return words(Run(said + (f" ({aside})" if aside else ""), muted=True))
    return words(
        Run(f"{entry.number} ", strong=True),
        f"{sign}{entry.line.text}",
        *_where(entry.line),
        *((" ", Run(f"({aside})", muted=True)) if aside else ()),
        *((" — ", Run(UNANSWERED, marked=True)) if entry.unanswered else ()),
    )


def _where(line: Line) -> Iterator[str | Run]:
    """Whose *line* is, if not the speaker's own, or how it is meant; and where it stands."""
    if line.unstated:
        yield " (unstated)"
    if line.manner:
        yield f" {line.manner}"
    if line.source:
        yield " "
        yield place(line.source)


def _aside(entry: Entry) -> str:
    """How *entry* bears on what it stands with, where its number and its sign do not say so."""
    if entry.tie is None:
        return ""
    evident = entry.number.startswith(f"{entry.above}.") and not entry.sees
    evident = evident and not entry.tie.struck and entry.tie.link is None
    evident = evident and not (entry.other and link_of(entry.tie))
    evident = evident and bool(entry.answers or not entry.other)
    numbers = list(entry.beside)
    if len(numbers) > _FEW:
        numbers = [numbers[0], "…", numbers[-1]]
    together = f"together with {listed(numbers)}" if numbers else ""
    doubts = "; ".join(entry.tie.doubts) if entry.answers else ""
    how = ", ".join(p for p in ("" if evident else entry.bears, together) if p)
    return "; ".join(p for p in (how, doubts) if p)


def _replies(replies: Sequence[Reply]) -> tuple[Item, ...]:
    """An item for each question; where none is asked, for each reply."""
    if not any(r.question for r in replies):
        return tuple(map(_reply, replies))
    found = groupby(replies, key=lambda r: r.question)
    return tuple(
        Item(words(Run(q or "Under no question", strong=True)), tuple(map(_reply, of)))
        for q, of in found
    )


def _reply(reply: Reply) -> Item:
    line = reply.line
    who = line.credit or "nobody named"
    return Item(
        words(
            Run(f"{line.number} ", strong=True),
            f"{who}: {line.text}",
            *((" ", place(line.source)) if line.source else ()),
            Run(f" — {reply.why}", muted=True),
        )
    )


# --- JSON


def to_json(flow: Flow) -> str:
    """*flow* for programs."""
    made = {
        "format": "argmap-flow",
        "version": 1,
        "title": flow.title,
        "by": flow.by,
        "columns": [
            {"title": c.title, "speaker": c.speaker, "speech": c.speech} for c in flow.columns
        ],
        "rows": [
            {
                "point": row.point,
                "question": row.question,
                "lines": [
                    [
                        {"column": c.column, "entries": [_as_json(e) for e in c.entries]}
                        for c in line
                    ]
                    for line in row.lines
                ],
            }
            for row in flow.rows
        ],
        "rule": flow.rule,
        "notes": list(flow.notes),
        "reply_to": flow.reply_to,
        "replies": [
            {
                "number": r.line.number,
                "question": r.question,
                "why": r.why,
                "to": list(r.to),
                **line_of(r.line),
            }
            for r in flow.replies
        ],
        "sources": works(flow.sources),
    }
    return json_of(made)


def _as_json(entry: Entry) -> dict[str, Any]:
    """An entry; of a reference, no more than its number and how it bears on what."""
    tie = entry.tie
    said: dict[str, Any] = {
        "number": entry.number,
        "sees": entry.sees,
        "above": entry.above,
        "answers": entry.answers,
        "mark": tie.mark.sign if tie else "",
        "sense": entry.sense.value if entry.sense else "",
        "bears": entry.bears,
        "doubts": list(tie.doubts) if tie and entry.answers else [],
    }
    if tie is not None and tie.link is not None:
        said["about"] = tie.about.value if tie.about else ""
        said["because"], said["by"] = tie.because, tie.by
    if not entry.sees:
        said |= {"unanswered": entry.unanswered, **line_of(entry.line)}
    return said
