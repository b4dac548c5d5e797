"""What a query found: as a list for people, as a table and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from argmap.model import is_made_up
from argmap.queries import Found, Hit
from argmap.render.report import (
    Block,
    Heading,
    Item,
    Items,
    Paragraph,
    Report,
    Run,
    Table,
    cell,
    words,
)
from argmap.text import quantity

COLUMNS = tuple(
    """
    file map number title text unstated credit speaker voice source quotes date kind depth topics
    headings tags
    """.split()
)
"""The columns of the table, and the keys of a hit in JSON."""


def report(found: Found) -> Report:
    """The claims under the names of their files, each with its number, whose it is, and where."""
    maps = f" in {quantity(found.maps, 'map')}" if found.maps != 1 else ""
    said = f"{len(found.hits)} of {quantity(found.claims, 'claim')}{maps}"
    blocks: list[Block] = [Paragraph(words(said))]
    for place, hits in groupby(found.hits, key=lambda h: (h.file, h.map)):
        if head := _place(*place):
            blocks.append(Heading(head))
        blocks.append(Items(tuple(_item(hit) for hit in hits)))
    return Report(f"Claims that fit {found.query}", tuple(blocks))


def sheet(found: Found) -> Report:
    """The same as one table, for spreadsheets: one row for each claim."""
    rows = [tuple(cell(*_cells(value)) for value in _record(h).values()) for h in found.hits]
    table = Table(tuple(cell(c) for c in COLUMNS), tuple(rows), headed=False)
    return Report(f"Claims that fit {found.query}", (table,))


def to_json(found: Found) -> str:
    """Everything, for programs."""
    whole = {
        "format": "argmap-query",
        "version": 1,
        "query": found.query,
        "maps": found.maps,
        "claims": found.claims,
        "hits": [_record(hit) for hit in found.hits],
        "doubts": [p.message for p in found.doubts],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _place(file: str, title: str) -> str:
    """Which map it is: its title and its file."""
    return f"{title} ({file})" if title and file else title or file


def _item(hit: Hit) -> Item:
    line = hit.line
    who = ", ".join(p for p in (line.credit, line.source) if p)
    return Item(
        words(
            Run(line.number, strong=True),
            f" {line.text}",
            Run(" (unstated)", muted=True) if line.unstated else "",
            Run(f" — {who}", muted=True) if who else "",
        )
    )


def _record(hit: Hit) -> dict[str, Any]:
    """What is known of *hit*, under `COLUMNS`."""
    line = hit.line
    said = (
        *(hit.file, hit.map, line.number),
        *("" if is_made_up(line.title) else line.title, line.text, line.unstated),
        *(line.credit, line.speaker, line.voice.value, line.source, list(line.quotes), line.dated),
        *(hit.kind.name.lower(), hit.depth, list(hit.topics), list(hit.headings), list(hit.tags)),
    )
    return dict(zip(COLUMNS, said, strict=True))


def _cells(value: object) -> Iterator[str]:
    """*value* as the paragraphs of a cell."""
    match value:
        case bool():
            yield "yes" if value else ""
        case list():
            yield from map(str, value)
        case _:
            yield str(value)
