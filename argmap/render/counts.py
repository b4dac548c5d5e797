"""What maps hold, as a table for people, and as CSV and JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from argmap.model import Voice
from argmap.model.reference import citation, reference
from argmap.provenance.counts import Counts, SourceCount
from argmap.provenance.coverage import Paragraph
from argmap.render.cells import cell
from argmap.text import printable, quantity, width

COLUMNS = ("about", "name", "measure", "value", "note")
"""The columns of the CSV: one row for each number."""

_OWN = tuple(v for v in Voice if v is not Voice.REPORTED)
_LONGEST = 60  # characters of a paragraph's first words


def table(c: Counts) -> str:
    """Claims by speaker and voice, then the sources, and the paragraphs that nothing cites.

    What a speaker reports of others stands after the claims that are their own.
    """
    maps = quantity(c.maps, "map")
    whole = (
        f"{maps}: {quantity(c.claims, 'claim')}, {quantity(c.arguments, 'argument')}, "
        f"{quantity(c.relations, 'relation')}, "
        f"{quantity(sum(bool(s.name) for s in c.speakers), 'speaker')}, "
        f"{quantity(len(c.sources), 'source')}"
    )
    blocks = [whole]
    if c.speakers:
        voices = [v for v in _OWN if any(s.voices.get(v) for s in c.speakers)]
        reports = ["reports"] if any(s.reports for s in c.speakers) else []
        rows = [["speaker", "claims", *(v.value for v in voices), *reports]]
        for s, name in zip(c.speakers, _people(c), strict=True):
            numbers = [*(s.voices.get(v, 0) for v in voices), *(s.reports for _ in reports)]
            rows.append([name or "(nobody)", str(s.claims), *(str(n or "·") for n in numbers)])
        blocks.append(_aligned(rows))
    works = list(zip(c.sources, _works(c), strict=True))
    if works:
        measures = ["claims", "arguments", "citations", "quotations"]
        if not any(s.arguments for s in c.sources):
            measures.remove("arguments")
        rows = [["source", *measures, "paragraphs cited"]]
        rows += [
            [
                name,
                *(str(getattr(s, m)) for m in measures),
                f"{len(s.paragraphs) - len(s.untouched)} of {len(s.paragraphs)}"
                if s.paragraphs
                else "no text",
            ]
            for s, name in works
        ]
        blocks.append(_aligned(rows))
    blocks += [_untouched(s, name) for s, name in works if s.paragraphs and s.untouched]
    return "\n\n".join(blocks) + "\n"


def _untouched(s: SourceCount, name: str) -> str:
    """The paragraphs of a source that nothing cites, each with the reason."""
    rows = [[f"  ¶{p.number}", _note(p) or "not cited", _cut(p.words)] for p in s.untouched]
    head = f"{reference(s.source) or name}: not cited"
    return f"{printable(head)}\n{_aligned(rows, numbers=False)}"


def _people(c: Counts) -> Sequence[str]:
    """The names of the speakers; what several have in common is told apart by their keys."""
    often = Counter(s.name for s in c.speakers)
    return [f"{s.name} ({s.key})" if often[s.name] > 1 else s.name for s in c.speakers]


def _works(c: Counts) -> Sequence[str]:
    """The keys of the sources; what several have in common is told apart by all that names them."""
    often = Counter(s.source.key for s in c.sources)
    return [
        f"{w.key} ({w.file or citation(w)})" if often[w.key] > 1 else w.key
        for w in (s.source for s in c.sources)
    ]


def to_csv(c: Counts) -> str:
    """One row for each number: what it is about, whose it is, what is counted, and how many."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in _rows(c):
        writer.writerow([cell(v) if isinstance(v, str) else v for v in row])
    return out.getvalue()


def _rows(c: Counts) -> Iterator[tuple[str, str, str, int, str]]:
    for measure in ("maps", "claims", "arguments", "relations"):
        yield "all", "", measure, getattr(c, measure), ""
    for s, name in zip(c.speakers, _people(c), strict=True):
        for voice in _OWN:
            yield "speaker", name, voice.value, s.voices.get(voice, 0), ""
        yield "speaker", name, "reports", s.reports, "held by others" if s.reports else ""
    for w, name in zip(c.sources, _works(c), strict=True):
        for measure in ("claims", "arguments", "citations", "quotations"):
            yield "source", name, measure, getattr(w, measure), ""
        for p in w.paragraphs:
            yield "paragraph", f"{name} ¶{p.number}", "claims", p.claims, _note(p)


def _note(p: Paragraph) -> str:
    """Who cites *p*, or why nothing does."""
    if p.is_cited:
        only = "" if p.claims else f"cited by {quantity(p.arguments, 'argument')}"
        return "; ".join((*([only] if only else ()), *p.speakers))
    return f"{p.aside} (guessed)" if p.guessed else p.aside


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
                "voices": {v.value: s.voices.get(v, 0) for v in _OWN},
                "reports": s.reports,
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
        "authors": list(s.source.authors),
        "file": s.source.file,
        "claims": s.claims,
        "arguments": s.arguments,
        "citations": s.citations,
        "quotations": s.quotations,
    }
    if s.paragraphs:
        made["paragraphs"] = [
            {
                "number": p.number,
                "words": p.words,
                "claims": p.claims,
                "arguments": p.arguments,
                "speakers": list(p.speakers),
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
