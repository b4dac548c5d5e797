"""A matrix of questions and speakers, as a report and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from argmap.render.entries import verb, who_is
from argmap.render.report.core import (
    Block,
    Cell,
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
from argmap.render.report.json import json_of, line_of, works
from argmap.sides import Line, Tie
from argmap.sides import matrix as sides
from argmap.sides.matrix import Matrix
from argmap.text import listed, quantity
from argmap.view import Mark

SILENCE = "—"


def report(
    matrix: Matrix, *, quotes: bool = False, whole: bool = False, transpose: bool = False
) -> Report:
    """*matrix* as a table.

    With *quotes*, each line is followed by what is quoted for it; with *whole*, by what rests on
    it, which is only counted else. To *transpose* is to give each speaker a row, and each question
    a column.
    """
    title = matrix.title or "Questions and speakers"
    return Report(title, tuple(_blocks(matrix, _Say(matrix, quotes, whole), transpose)))


def _blocks(matrix: Matrix, say: _Say, transpose: bool) -> Iterator[Block]:
    people = [who_is(s) for s in matrix.speakers if s.key and (s.role or s.full != s.key)]
    if people:
        yield Paragraph(words("; ".join(people)))
    said = [_counted(matrix)]
    if matrix.chosen:
        said.append(f"Only {listed([s.key for s in matrix.speakers])} can be seen here.")
    if not matrix.asks:
        said.append(
            "This debate asks no question, so all is in one row. A heading that ends in a question "
            "mark asks one, and what is named under it answers it, as under this one:"
        )
    elif len(matrix.speakers) > 1 and not matrix.shares:
        said.append(
            "No two of them speak to one question. Ask in the debate itself what they differ "
            "about, and name under each question what answers it."
        )
    yield Paragraph(words(" ".join(said)))
    if not matrix.asks:
        yield Paragraph(words(Run("# Could the buses cope?", strong=True)))
    heads = [cell(s.key or s.full) for s in matrix.speakers]
    asked = [cell(_label(matrix, n)) for n in range(len(matrix.rows))]
    grid = [[say.cell(c) for c in row.cells] for row in matrix.rows]
    corner, columns, rows = "Question", heads, asked
    if transpose:
        corner, columns, rows = "Speaker", asked, heads
        grid = [[row[n] for row in grid] for n in range(len(heads))]
    yield Table(
        (cell(corner), *columns),
        tuple((head, *cells) for head, cells in zip(rows, grid, strict=True)),
        "What each says on each question."
        + (f" {SILENCE} means: says nothing on it." if matrix.silences else ""),
        shares=(2, *[3] * len(columns)),
    )
    yield from sources(matrix.sources)


def _counted(matrix: Matrix) -> str:
    """How much is said, and how often nothing is."""
    asked = sum(bool(row.question) for row in matrix.rows)
    parts = [
        quantity(matrix.count, "claim"),
        quantity(len(matrix.speakers), "speaker"),
        *([quantity(asked, "question")] if asked else ()),
    ]
    return f"{listed(parts)}."


def _label(matrix: Matrix, n: int) -> str:
    """What the row *n* is called."""
    question = matrix.rows[n].question
    if question:
        return f"Q{n + 1} {question}"
    return "under no question" if matrix.asks else "no question"


@frozen
class _Say:
    """Puts cells of *matrix* in words."""

    matrix: Matrix
    quotes: bool
    whole: bool

    def cell(self, said: sides.Cell) -> Cell:
        """What stands in the place of *said*."""
        if said.silent:
            return cell(SILENCE)
        paragraphs = [p for line in said.lines for p in self.line_of(line)]
        if self.whole:
            paragraphs += [p for line in said.below for p in self.line_of(line, below=True)]
        elif said.below:
            paragraphs.append(words(Run(f"+ {self._counted(said.below)} below", muted=True)))
        for line in said.again:
            counted = f"(counted under Q{self.matrix.homes[line.number] + 1})"
            paragraphs.append(words(*_text(line, "also "), " ", Run(counted, muted=True)))
        return Cell(tuple(paragraphs))

    def line_of(self, line: Line, *, below: bool = False) -> Iterator[Words]:
        """*line* with its place, and what is quoted from there; *below* others, how it bears on
        them.
        """
        said = list(_text(line, "└ " if below else ""))
        if below:
            said += [Run(" "), Run(f"({_bearing(self.matrix.bears[line.number])})", muted=True)]
        yield words(*said, *((" ", place(line.source)) if line.source else ()))
        quoted = [f"“{quote}”" for quote in line.quotes]
        if self.quotes and quoted:
            yield words(Run("; ".join(quoted), muted=True))

    def _counted(self, below: Sequence[Line]) -> str:
        """How many of those *below* support something there, and how many object."""
        marks = [self.matrix.bears[line.number].mark for line in below]
        reasons = sum(mark is Mark.SUPPORT for mark in marks)
        objections = len(marks) - reasons
        parts = [quantity(n, of) for n, of in ((reasons, "reason"), (objections, "objection")) if n]
        return listed(parts)


def _bearing(tie: Tie) -> str:
    """What the tails of *tie* do."""
    struck = "+".join(line.number for line in tie.struck)
    return verb(tie.mark, f"{struck} ⇒ {tie.head.number}" if struck else tie.head.number)


def _text(line: Line, before: str = "") -> Words:
    """The number and the words of *line*, and how they are meant."""
    meant = line.manner
    unstated = " (unstated)" if line.unstated else ""
    return words(
        Run(f"{before}{line.number}", muted=True),
        f" {line.text}",
        unstated,
        f" {meant}" * bool(meant),
    )


def to_json(matrix: Matrix) -> str:
    """*matrix* with all its lines, for programs."""
    made = {
        "format": "argmap-matrix",
        "version": 1,
        "title": matrix.title,
        "speakers": [{"key": s.key, "name": s.full, "role": s.role} for s in matrix.speakers],
        "rows": [
            {
                "question": row.question,
                "cells": [
                    {
                        "speaker": s.key,
                        "lines": list(map(line_of, c.lines)),
                        "below": [
                            line_of(line) | {"bears": _bearing(matrix.bears[line.number])}
                            for line in c.below
                        ],
                        "again": list(map(line_of, c.again)),
                    }
                    for s, c in zip(matrix.speakers, row.cells, strict=True)
                ],
            }
            for row in matrix.rows
        ],
        "sources": works(matrix.sources),
    }
    return json_of(made)
