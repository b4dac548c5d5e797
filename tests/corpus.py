"""Real Argdown texts by other people, with what Argdown's own tools make of them, where they are.

They lie beside the repository, and nothing of them is part of it: tests that need them are
skipped, and named, where they are not there.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Hashable
from functools import cache
from pathlib import Path
from typing import Any

from conftest import ROOT

from argmap import api
from argmap.formats import Reading
from argmap.model import (
    Argument,
    Claim,
    Data,
    Debate,
    Occurrence,
    Part,
    Ref,
    StepRef,
    Style,
    Value,
    is_made_up,
)

FOLDER = ROOT.parent / "shared" / "corpus" / "argdown"


def files(tier: str) -> list[Path]:
    """The texts of one tier: A is accepted by Argdown's own tools, B is not, C is no Argdown."""
    manifest = FOLDER / "MANIFEST.tsv"
    if not manifest.is_file():
        return []
    with manifest.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return [FOLDER / r["file"] for r in rows if r["tier"] == tier]


@cache
def answer(path: Path) -> dict[str, Any]:
    """What Argdown's own tools make of the text at *path*."""
    found: dict[str, Any] = json.loads(
        path.with_name(f"{path.name}.oracle.json").read_text("utf-8")
    )
    return found


@cache
def reading(path: Path) -> Reading:
    """What argmap makes of it."""
    return api.read(path)


def plain(text: str | None) -> str:
    """*text* as texts are compared: trimmed, each run of white space one blank."""
    return " ".join((text or "").split())


def frozen(value: Any) -> Hashable:
    """A value of either side's data, so that equal ones are equal."""
    if isinstance(value, Data):
        return frozenset((k, frozen(v)) for k, v in value.items)
    if isinstance(value, dict):
        return frozenset((k, frozen(v)) for k, v in value.items())
    if isinstance(value, list | tuple):
        return tuple(frozen(v) for v in value)
    if isinstance(value, bool):
        return ("truth", value)
    if isinstance(value, str):
        return re.sub(r"^(\d{4}-\d\d-\d\d)T00:00:00\.000Z$", r"\1", value)
    return value


def merged(occurrences: tuple[Occurrence, ...]) -> dict[str, Value]:
    """The data of all *occurrences* together."""
    from argmap.model.draft import merge

    into: dict[str, Value] = {}
    for o in occurrences:
        merge(into, o.data)
    return into


def said(o: Occurrence, debate: Debate) -> str:
    """The text of *o*, without its tags where the frontmatter says so."""
    model = debate.front.get("model")
    if not (isinstance(model, Data) and model.get("removeTagsFromText")):
        return plain(o.text)
    text = o.text
    for m in reversed([m for m in o.markup if m.style is Style.TAG]):
        text = text[: m.start] + text[m.stop :]
    return plain(text)


def role(o: Occurrence) -> str:
    return ("-" if o.part is Part.ITEM else o.part.value) + ("" if o.defined else "*")


def untitled(title: str) -> bool:
    return is_made_up(title) or title.startswith("Untitled")


def canonical(thing: Claim | Argument, debate: Debate) -> str:
    defined = [o for o in thing.occurrences if o.defined]
    flagged = [o for o in defined if o.data.get("isCanonical")]
    shown = (flagged or defined)[-1:]
    return said(shown[0], debate) if shown else ""


def section_ids(debate: Debate) -> dict[tuple[int, ...], str]:
    return {s.path: f"s{i}" for i, s in enumerate(debate.sections, 1)}


def our_statements(debate: Debate) -> Counter[Hashable]:
    ids = section_ids(debate)
    return Counter(
        (
            "" if untitled(c.title) else c.title,
            canonical(c, debate),
            tuple(dict.fromkeys(t for o in c.occurrences for t in o.tags)),
            frozen(merged(c.occurrences)),
            ids.get(c.section),
            tuple(map(role, c.occurrences)),
        )
        for c in debate.claims
        if c.occurrences
    )


def their_statements(found: dict[str, Any]) -> Counter[Hashable]:
    return Counter(
        (
            "" if untitled(s["title"]) else s["title"],
            plain(s.get("text")),
            tuple(s.get("tags", ())),
            frozen(s.get("data", {})),
            s.get("section"),
            tuple(s["roles"]),
        )
        for s in found["statements"]
    )


def our_arguments(debate: Debate) -> Counter[Hashable]:
    ids = section_ids(debate)
    return Counter(
        (
            "" if untitled(a.title) else a.title,
            tuple(said(o, debate) for o in a.occurrences if o.defined),
            sum(not o.defined for o in a.occurrences),
            tuple(dict.fromkeys(t for o in a.occurrences for t in o.tags)),
            frozen(merged(a.occurrences)),
            ids.get(a.section),
            our_lines(a, debate),
        )
        for a in debate.arguments
    )


def our_lines(a: Argument, debate: Debate) -> Hashable:
    steps = iter(a.steps)
    found = []
    for o in a.lines:
        assert o.ref is not None
        rules: Hashable = ()
        data: Hashable = frozenset()
        if o.part is not Part.PREMISE:
            step = next(steps)
            rules, data = step.rules, frozen(step.data)
        title = "" if untitled(o.ref.title) else o.ref.title
        found.append(
            (o.part.value, title, said(o, debate), o.defined, o.tags, frozen(o.data), rules, data)
        )
    return tuple(found)


def their_arguments(found: dict[str, Any]) -> Counter[Hashable]:
    return Counter(
        (
            "" if untitled(a["title"]) else a["title"],
            tuple(plain(d) for d in a["descriptions"]),
            a["references"],
            tuple(a.get("tags", ())),
            frozen(a.get("data", {})),
            a.get("section"),
            their_lines(a),
        )
        for a in found["arguments"]
    )


def their_lines(a: dict[str, Any]) -> Hashable:
    """Where arguments are taken apart, a premise may have the inference it had as a conclusion:
    that is none of this argument.
    """
    return tuple(
        (
            s["role"],
            "" if untitled(s["title"]) else s["title"],
            plain(s.get("text")),
            not s.get("isReference", False),
            tuple(s.get("tags", ())),
            frozen(s.get("data", {})),
            tuple(inference.get("rules", ())),
            frozen(inference.get("data", {})),
        )
        for s in a.get("pcs", ())
        for inference in [s.get("inference", {}) if s["role"] != "premise" else {}]
    )


def our_sections(debate: Debate) -> list[Hashable]:
    return [
        (
            f"s{i}",
            s.level,
            plain(s.occurrence.text) if s.occurrence else "",
            s.tags,
            frozen(s.occurrence.data) if s.occurrence else None,
        )
        for i, s in enumerate(debate.sections, 1)
    ]


def their_sections(found: dict[str, Any]) -> list[Hashable]:
    todo, rows = list(reversed(found["sections"])), []
    while todo:
        s = todo.pop()
        rows.append(
            (
                s["id"],
                s["level"],
                plain(s["title"]),
                tuple(s.get("tags", ())),
                frozen(s.get("data", {})),
            )
        )
        todo += reversed(s.get("children", []))
    return rows


def our_tags(debate: Debate) -> set[str]:
    said = [s.tags for s in debate.sections]
    said += [o.tags for t in debate.things for o in t.occurrences]
    return {tag for tags in said for tag in tags}


def understood(debate: Debate) -> Debate:
    """*debate* as its own settings say it is to be understood."""
    from argmap.graph.build import staged
    from argmap.settings import settings

    return staged(debate, settings(debate.front)).debate


_KINDS = {"entailment": "entails", "contradiction": "contradictory"}


def our_relations(debate: Debate) -> Counter[Hashable]:
    things = {t.ref: t for t in debate.things}

    def end(ref: Ref) -> Hashable:
        if isinstance(ref, StepRef):
            return ("inference", end(ref.argument), _conclusion_index(things[ref.argument], ref))
        t = things[ref]
        name = t.title
        if untitled(t.title):
            name = canonical(t, debate) or str(
                our_lines(t, debate) if t in debate.arguments else ""
            )
        return ("claim" if isinstance(t, Claim) else "argument", untitled(t.title), name)

    return Counter(
        _relation(_KINDS.get(r.kind.value, r.kind.value), end(r.tail), end(r.head))
        for r in debate.relations
    )


def _conclusion_index(a: Claim | Argument, ref: StepRef) -> int:
    assert isinstance(a, Argument)
    if a.lines:
        return [n for n, o in enumerate(a.lines) if o.part is not Part.PREMISE][ref.index]
    return -1


def _relation(kind: str, tail: Hashable, head: Hashable) -> Hashable:
    ends = (tail, head)
    if kind in ("contradictory", "contrary"):
        ends = tuple(sorted(ends, key=str))  # type: ignore[assignment]
    return (kind, *ends)


def their_relations(found: dict[str, Any]) -> Counter[Hashable]:
    statements = {s["title"]: s for s in found["statements"]}
    arguments = {a["title"]: a for a in found["arguments"]}

    def end(e: dict[str, Any]) -> Hashable:
        title = e["title"]
        if e["kind"] == "inference":
            return ("inference", end({"kind": "argument", "title": title}), e["conclusionIndex"])
        if e["kind"] == "statement":
            name = plain(statements[title].get("text")) if untitled(title) else title
            return ("claim", untitled(title), name)
        name = title
        if untitled(title):
            a = arguments[title]
            name = plain(a["descriptions"][-1]) if a["descriptions"] else str(their_lines(a))
        return ("argument", untitled(title), name)

    return Counter(_relation(r["type"], end(r["from"]), end(r["to"])) for r in found["relations"])
