"""What became of maps that were put together, as a report and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from argmap.changes.merged import Change, Conflict, Fate, Merged, Named, Proposal, Side, What
from argmap.model import ArgumentRef, is_made_up
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
    words,
)
from argmap.render.report.json import json_of
from argmap.text import listed, quantity


def report(merged: Merged) -> Report:
    """The proposals of *merged*, its conflicts, what was changed, and the fate of each claim."""
    title = merged.debate.title
    return Report(f"Merged: {title}" if title else "Merged", tuple(_blocks(merged)))


def summary(merged: Merged) -> str:
    """How many claims came and went, in a sentence or two.

    Arguments are counted with the claims.
    """
    what = Counter(f.what for f in merged.fates)
    come, kept = len(merged.fates), len(merged.debate.things)
    parts = [
        f"{quantity(come, 'claim')} of {listed(merged.contributors)}: {kept} in the merged map"
    ]
    if what[What.SAME]:
        parts.append(f"{what[What.SAME]} the same as another\u2019s")
    if what[What.RENAMED]:
        parts.append(f"{what[What.RENAMED]} renamed, as others use their titles otherwise")
    if what[What.FUSED]:
        parts.append(f"{what[What.FUSED]} fused")
    counts = [quantity(len(merged.open), "open proposal"), _conflicts(len(merged.conflicts))]
    return f"{', '.join(parts)}. There are {listed(counts)}.".replace("There are 1 ", "There is 1 ")


def _conflicts(n: int) -> str:
    return quantity(n, "conflict")


def _blocks(merged: Merged) -> Iterator[Block]:
    yield Paragraph(words(summary(merged)))
    if merged.proposals:
        yield Heading("Probable duplicates")
        yield Paragraph(
            words(
                "Nothing is fused unless you accept it: ",
                Run("--accept 1,3", strong=True),
                " by number, ",
                Run('--accept "A=B"', strong=True),
                " by title, ",
                Run("--accept all", strong=True),
                ".",
            )
        )
        rows = tuple(_proposal(p) for p in merged.proposals)
        heads = ("No.", "This", "and this", "Alike")
        yield Table(tuple(map(cell, heads)), rows, "Claims that may be one.", shares=(1, 5, 5, 2))
    if merged.conflicts:
        yield Heading("Conflicts")
        yield Items(tuple(map(_conflict, merged.conflicts)))
    if merged.base:
        yield Heading(f"Changed against {merged.base}")
        if not merged.changes:
            yield Paragraph(words("Nothing."))
        for name, changes in groupby(merged.changes, lambda c: c.contributor):
            yield Heading(name, 3)
            yield Items(tuple(map(_change, changes)))
    if merged.keys:
        yield Heading("Other keys")
        yield Items(tuple(
            Item(words(f"The {k.of} {k.was} of {k.contributor} is {k.now} now, "
                       "as somebody else means another by it."))
            for k in merged.keys
        ))  # fmt: skip
    yield Heading("What became of each claim")
    for name, fates in groupby(merged.fates, lambda f: f.contributor):
        yield Heading(name, 3)
        yield Table(
            (cell("Claim"), cell("In the merged map"), cell("How")),
            tuple((cell(_called(f.was, f.text)), cell(_now(f)), cell(fate(f))) for f in fates),
            f"What became of the claims of {name}.",
            shares=(3, 3, 4),
        )


def _called(ref: Named, text: str) -> str:
    """*ref* as people know it: by its text, if its title is made up."""
    if is_made_up(ref.title):
        return f"“{text}”" if text else f"{ref} (in no words)"
    return str(ref)


def _now(f: Fate) -> str:
    if f.was == f.now and is_made_up(f.was.title):
        return "as it was"
    return _called(f.now, f.text) if f.was != f.now else str(f.now)


def fate(f: Fate) -> str:
    """What became of it, in words."""
    said = []
    match f.what:
        case What.KEPT:
            said.append("kept")
        case What.RENAMED:
            said.append("renamed: others use this title otherwise")
        case What.SAME:
            said.append(f"the same as of {listed(f.others)}")
        case What.FUSED:
            said.append(f"fused with {listed([str(r) for r in f.fused])}")
            if f.others:
                said.append(f"the same as of {listed(f.others)}")
    if f.what is What.SAME and f.was != f.now:
        said.append("renamed")
    if f.proposed and f.what is not What.FUSED:
        numbers = listed([str(n) for n in f.proposed])
        said.append(f"perhaps a duplicate: No. {numbers}")
    return "; ".join(said)


def _proposal(p: Proposal) -> tuple[Cell, ...]:
    state = "accepted" if p.accepted else ""
    return cell(str(p.number)), _side(p.left), _side(p.right), cell(f"{p.likeness:.0%}", state)


def _side(side: Side) -> Cell:
    """A side of a proposal: whose it is, its words, and those that only this side has."""
    made_up = is_made_up(side.ref.title)
    title: list[Words] = [] if made_up else [words(Run(str(side.ref), strong=True))]
    if made_up or side.text != side.ref.title:
        title.append(words(side.text))
    own = f"; only here: {', '.join(side.own)}" if side.own else ""
    return cell(*title, words(Run(f"{listed(side.contributors)}{own}", muted=True)))


def _conflict(c: Conflict) -> Item:
    versions = tuple(
        Item(words(Run(listed(v.contributors), strong=True), f": {v.text}")) for v in c.versions
    )
    outcome = f": {c.outcome}" if c.outcome else ""
    head = words(Run(c.what, strong=True), f" ({c.clash.value}){outcome}")
    return Item(head, versions)


def _change(c: Change) -> Item:
    named = _called(c.ref, c.after or c.before)
    head = words(c.turn.value, " ", Run(named, strong=True))
    if is_made_up(c.ref.title) or not (c.before or c.after):
        return Item(head)
    return Item(head, tuple(
        Item(words(Run(label, muted=True), text))
        for label, text in (("before: ", c.before), ("now: ", c.after))
        if text
    ))  # fmt: skip


def to_json(merged: Merged) -> str:
    """The whole account of *merged*, for programs; the map itself is written apart."""
    made = {
        "format": "argmap-merge",
        "version": 1,
        "title": merged.debate.title,
        "contributors": list(merged.contributors),
        "base": merged.base,
        "proposals": [
            {
                "number": p.number,
                "name": p.name,
                "left": _side_json(p.left),
                "right": _side_json(p.right),
                "likeness": p.likeness,
                "accepted": p.accepted,
            }
            for p in merged.proposals
        ],
        "conflicts": [
            {
                "clash": c.clash.value,
                "what": c.what,
                "versions": [
                    {"contributors": list(v.contributors), "text": v.text} for v in c.versions
                ],
                "outcome": c.outcome,
            }
            for c in merged.conflicts
        ],
        "changes": [
            {
                "contributor": c.contributor,
                "turn": c.turn.value,
                **_ref(c.ref),
                "before": c.before,
                "after": c.after,
            }
            for c in merged.changes
        ],
        "fates": [
            {
                "contributor": f.contributor,
                **_ref(f.was),
                "text": f.text,
                "now": f.now.title,
                "what": f.what.value,
                "others": list(f.others),
                "fused": [r.title for r in f.fused],
                "proposed": list(f.proposed),
            }
            for f in merged.fates
        ],
        "keys": [
            {"contributor": k.contributor, "of": k.of, "was": k.was, "now": k.now}
            for k in merged.keys
        ],
    }
    return json_of(made)


def _ref(ref: Named) -> dict[str, Any]:
    kind = "argument" if isinstance(ref, ArgumentRef) else "claim"
    return {"kind": kind, "title": ref.title}


def _side_json(side: Side) -> dict[str, Any]:
    return {
        **_ref(side.ref),
        "text": side.text,
        "contributors": list(side.contributors),
        "own": list(side.own),
    }


def brief(merged: Merged) -> Iterator[str]:
    """A line for each proposal that is open, and for each conflict."""
    for p in merged.open:
        yield f"proposal {p.number}: {_in_line(p.left)} = {_in_line(p.right)}"
    for c in merged.conflicts:
        ways = "; ".join(f"{listed(v.contributors)}: {v.text}" for v in c.versions)
        yield f"conflict ({c.clash.value}) {c.what}: {ways}"


def _in_line(side: Side) -> str:
    title = "" if is_made_up(side.ref.title) else f"{side.ref} "
    return f"{title}“{side.text}” ({listed(side.contributors)})"
