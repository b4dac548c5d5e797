"""Everything that can be said of one file: its problems, and what became of its quotations."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from attrs import frozen

from argmap.api.document import Document
from argmap.api.files import write_whole
from argmap.formats import Reading
from argmap.model import Debate, Source
from argmap.provenance.document import Document as Cited
from argmap.provenance.findings import Finding, provenance
from argmap.text import Problem, Text, ordered

Advise = Callable[[Debate], Iterable[Problem]]


@frozen
class Checked:
    """What was said of a file: *problems* in the order of the text, and *findings*."""

    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    texts: tuple[Text, ...]

    def to_data(self) -> dict[str, Any]:
        """The same for programs: what ``argmap check --json`` prints of a file."""
        named = {t.name: t for t in self.texts}
        return {
            "problems": [_problem(p, named) for p in self.problems],
            "quotations": [_finding(f, named) for f in self.findings],
        }


def checked(
    read: Reading | Document,
    *,
    shelf: Callable[[Source], Cited] | None = None,
    advise: Advise | None = None,
) -> Checked:
    """All that is wrong with what was *read*.

    With a *shelf* every quotation is held against the text it is from, and *advise* may add more.
    """
    problems = list(read.problems)
    findings: list[Finding] = []
    for debate in debates(read):
        if shelf is not None:
            found = provenance(debate, shelf)
            problems += found.problems
            findings += found.findings
        if advise is not None:
            problems += advise(debate)
    return Checked(tuple(ordered(problems, read.texts)), tuple(findings), read.texts)


def debates(read: Reading | Document) -> list[Debate]:
    """The debate that was *read*, or those of a document."""
    return [m.debate for m in read.maps] if isinstance(read, Document) else [read.debate]


def mended(text: Text, findings: Iterable[Finding]) -> tuple[str, int]:
    """The body of *text* with the places corrected that are sure, and how many there are.

    Nothing but the places themselves is written.
    """
    edits: dict[tuple[int, int], str] = {}
    for f in findings:
        span = f.citation.span
        if not f.mended or span is None or span.name != text.name:
            continue
        start = text.body.find(f.citation.at, span.start, span.stop)
        if start >= 0:
            edits[start, start + len(f.citation.at)] = f.mended
    body = text.body
    for (start, stop), place in sorted(edits.items(), reverse=True):
        body = body[:start] + place + body[stop:]
    return body, len(edits)


def mend(path: Path, text: Text, findings: Iterable[Finding]) -> int:
    """Correct places in the file at *path*, which was read as *text*; gives how many.

    Raises:
        CannotWrite: the file cannot be written.
    """
    body, count = mended(text, findings)
    if count:
        marked = path.read_bytes().startswith(codecs.BOM_UTF8)
        write_whole(path, ("\ufeff" if marked else "") + body)
    return count


def _problem(p: Problem, texts: dict[str, Text]) -> dict[str, Any]:
    text = texts.get(p.span.name) if p.span else None
    place = text.place(p.span.start) if text and p.span else None
    return {
        "code": p.code,
        "severity": p.severity.value,
        "message": p.message,
        "file": p.span.name if p.span else "",
        "line": place.line if place else None,
        "column": place.column if place else None,
        "notes": [n.message for n in p.notes],
        "help": p.help,
    }


def _finding(f: Finding, texts: dict[str, Text]) -> dict[str, Any]:
    c = f.citation
    span = c.quote_span or c.span
    text = texts.get(span.name) if span else None
    return {
        "of": str(f.ref),
        "source": c.source,
        "at": c.at,
        "quote": c.quote,
        "line": text.place(span.start).line if text and span else None,
        "result": f.standing.value,
        "found": str(f.found) if f.found else "",
        "passage": " ".join(f.passage.split()),
        "but_for": [t.value for t in f.tolerances],
        "changes": [{"quoted": x.quoted, "found": x.found} for x in f.changes],
        "also": [str(p) for p in f.also],
    }
