"""What maps hold, as a table for people, and as CSV and JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any

from argmap.model import Voice
from argmap.provenance.counts import Counts, SourceCount
from argmap.provenance.coverage import Paragraph
from argmap.render.sources import reference
from argmap.text import printable, width

COLUMNS = ("about", "name", "measure", "value", "note")
"""The columns of the CSV: one row for each number."""

_LONGEST = 60  # characters of a paragraph's first words


def table(c: Counts) -> str:
    """Claims by speaker and voice, then the sources, and the paragraphs that no claim cites."""
    maps = _many(c.maps, "map")
    whole = (
        f"{maps}: {_many(c.claims, 'claim')}, {_many(c.arguments, 'argument')}, "
        f"{_many(c.relations, 'relation')}, {_many(len(c.speakers), 'speaker')}, "
        f"{_many(len(c.sources), 'source')}"
    )
    blocks = [whole]
    if c.speakers:
        voices = [v for v in Voice if any(s.voices.get(v) for s in c.speakers)]
        rows = [["speaker", "claims", *(v.value for v in voices)]]
        rows += [
            [s.name or "(nobody)", str(s.claims), *(str(s.voices.get(v) or "·") for v in voices)]
            for s in c.speakers
        ]
        blocks.append(_aligned(rows))
    if c.sources:
        rows = [["source", "claims", "places", "quotations", "paragraphs cited"]]
        rows += [
            [
                s.source.key,
                str(s.claims),
                str(s.citations),
                str(s.quotations),
                f"{len(s.paragraphs) - len(s.untouched)} of {len(s.paragraphs)}"
                if s.paragraphs
                else "no text",
            ]
            for s in c.sources
        ]
        blocks.append(_aligned(rows))
    blocks += [_untouched(s) for s in c.sources if s.paragraphs and s.untouched]
    return "\n\n".join(blocks) + "\n"


def _untouched(s: SourceCount) -> str:
    """The paragraphs of a source that no claim cites, each with the reason."""
    rows = [[f"  ¶{p.number}", _note(p) or "no reason given", _cut(p.words)] for p in s.untouched]
    head = f"{reference(s.source) or s.source.key}: not cited"
    return f"{printable(head)}\n{_aligned(rows, numbers=False)}"


def to_csv(c: Counts) -> str:
    """One row for each number: what it is about, whose it is, what is counted, and how many."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in _rows(c):
        writer.writerow([_safe(v) if isinstance(v, str) else v for v in row])
    return out.getvalue()


def _rows(c: Counts) -> Iterator[tuple[str, str, str, int, str]]:
    for measure in ("maps", "claims", "arguments", "relations"):
        yield "all", "", measure, getattr(c, measure), ""
    for s in c.speakers:
        for voice in Voice:
            yield "speaker", s.name, voice.value, s.voices.get(voice, 0), ""
    for w in c.sources:
        for measure in ("claims", "citations", "quotations"):
            yield "source", w.source.key, measure, getattr(w, measure), ""
        for p in w.paragraphs:
            yield "paragraph", f"{w.source.key} ¶{p.number}", "claims", len(p.speakers), _note(p)


def _note(p: Paragraph) -> str:
    if p.speakers:
        return "; ".join(dict.fromkeys(p.speakers))
    return f"{p.aside} (guessed)" if p.guessed else p.aside


def _safe(cell: str) -> str:
    """*cell*, and never a formula: a spreadsheet runs what begins like one."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def to_json(c: Counts) -> str:
    """Everything, for programs."""
    whole = {
        "format": "argmap-stats",
        "version": 1,
        "maps": c.maps,
        "claims": c.claims,
        "arguments": c.arguments,
        "relations": c.relations,
        "speakers": [
            {
                "key": s.key,
                "name": s.name,
                "claims": s.claims,
                "voices": {v.value: s.voices.get(v, 0) for v in Voice},
            }
            for s in c.speakers
        ],
        "sources": [_source(s) for s in c.sources],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _source(s: SourceCount) -> dict[str, Any]:
    made: dict[str, Any] = {
        "key": s.source.key,
        "title": s.source.title,
        "claims": s.claims,
        "citations": s.citations,
        "quotations": s.quotations,
    }
    if s.paragraphs:
        made["paragraphs"] = [
            {
                "number": p.number,
                "words": p.words,
                "claims": len(p.speakers),
                "speakers": list(dict.fromkeys(p.speakers)),
                "aside": p.aside,
                "guessed": p.guessed,
            }
            for p in s.paragraphs
        ]
    return made


def _aligned(rows: Sequence[Sequence[str]], *, numbers: bool = True) -> str:
    """*rows* with their columns below each other: numbers to the right, words to the left."""
    clean = [[printable(cell) for cell in row] for row in rows]
    widths = [max(width(row[n]) for row in clean) for n in range(len(clean[0]))]
    lines = []
    for row in clean:
        cells = [
            " " * (w - width(cell)) + cell if numbers and n else cell + " " * (w - width(cell))
            for n, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _many(n: int, word: str) -> str:
    return f"{n} {word}{'' if n == 1 else 's'}"
