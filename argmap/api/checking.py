"""Everything that can be said of one file: its problems, and what became of its quotations."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from attrs import frozen

from argmap.api.document import Document
from argmap.api.files import write_whole
from argmap.formats import Reading
from argmap.model import Debate
from argmap.provenance.check import TextOf, provenance
from argmap.provenance.findings import Finding
from argmap.text import Problem, Span, Text, ordered

_PLAIN = re.compile(r"[¶§]?[\w .:-]*\w")  # a place that needs no quotation marks
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
    shelf: TextOf | None = None,
    advise: Advise | None = None,
) -> Checked:
    """All that is wrong with what was *read*.

    With a *shelf* every quotation is held against the text it is from, and *advise* may add more.
    """
    problems = list(read.problems)
    told = {p.span for p in problems if p.code == "AM408"}  # that a source is not declared
    findings: list[Finding] = []
    for debate in debates(read):
        if shelf is not None:
            name = read.texts[0].name if read.texts else ""
            found = provenance(debate, shelf, name)
            problems += [p for p in found.problems if p.code != "AM615" or p.span not in told]
            findings += found.findings
        if advise is not None:
            problems += advise(debate)
    return Checked(tuple(ordered(problems, read.texts)), tuple(findings), read.texts)


def debates(read: Reading | Document) -> list[Debate]:
    """The debate that was *read*, or those of a document."""
    return [m.debate for m in read.maps] if isinstance(read, Document) else [read.debate]


@frozen
class Edit:
    """A place that is put right: ``body[start:stop]`` of a map becomes *new*."""

    start: int
    stop: int
    old: str
    new: str


def edits(text: Text, findings: Iterable[Finding]) -> tuple[Edit, ...]:
    """The places in *text* that are wrong for sure, in its order, and what they become."""
    asked: dict[Span, set[str]] = {}
    old: dict[Span, str] = {}
    for f in findings:
        span = f.citation.span
        if span is not None and span.name == text.name:
            asked.setdefault(span, set()).add(f.mended)
            old[span] = f.citation.at
    found = []
    for span, wanted in sorted(asked.items(), key=lambda each: each[0].start):
        new = next(iter(wanted))
        if len(wanted) == 1 and new:  # all that is quoted from one place must agree
            quoted = new if _PLAIN.fullmatch(new) else json.dumps(new, ensure_ascii=False)
            mark = text.body[span.start : span.start + 1]
            if mark in ("'", '"') and quoted == new:
                quoted = f"{mark}{new}{mark}"
            found.append(Edit(span.start, span.stop, old[span], quoted))
    return tuple(found)


def corrected(body: str, edits: Iterable[Edit]) -> str:
    """*body* with the *edits*, which are in its order, made."""
    for e in reversed(tuple(edits)):
        body = body[: e.start] + e.new + body[e.stop :]
    return body


def mend(path: Path, text: Text, edits: Iterable[Edit]) -> None:
    """Correct the file at *path*, which was read as *text*; every other byte is kept.

    Raises:
        CannotWrite: the file cannot be written.
    """
    marked = path.read_bytes().startswith(codecs.BOM_UTF8)
    write_whole(path, ("\ufeff" if marked else "") + corrected(text.body, edits))


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
