"""What became of maps that were put together, as a report and as JSON."""

from __future__ import annotations

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
    """How many claims came and went, in a sentence or two. Arguments are counted with them."""
    come, kept = len(merged.fates), len(merged.debate.things)
    fused = sum({f.now: len(f.fused) for f in merged.fates}.values())
    parts = [
        (come - kept - fused, "repeat another\u2019s", "repeats another\u2019s"),
        (fused, "are fused with another", "is fused with another"),
        (
            sum(f.what is What.RENAMED for f in merged.fates),
            "are renamed, as others use their titles otherwise",
            "is renamed, as others use its title otherwise",
        ),
    ]
    said = [f"{n} {one if n == 1 else several}" for n, several, one in parts if n]
    whose = listed(merged.contributors) or "nobody"
    are = "is" if come == 1 else "are"
    told = f"The {quantity(come, 'claim')} of {whose} {are} {kept} in the merged map"
    more = f": {listed(said)}" if said else ""
    proposed, open_ = len(merged.proposals), len(merged.open)
    counts = f"{quantity(proposed, 'proposal')}" if proposed else "no proposals"
    counts += f" ({open_} of them open)" if open_ != proposed else ""
    clashes = quantity(len(merged.conflicts), "conflict") if merged.conflicts else "no conflicts"
    be = "is" if proposed == 1 else "are"
    return f"{told}{more}. There {be} {counts}, and {clashes}."


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
    shown = {t.ref: t.text for t in merged.debate.things}
    for name, fates in groupby(merged.fates, lambda f: f.contributor):
        yield Heading(name, 3)
        yield Table(
            (cell("Claim"), cell("In the merged map"), cell("How")),
            tuple(
                (cell(_called(f.was, f.text)), cell(_now(f, shown[f.now])), cell(fate(f)))
                for f in fates
            ),
            f"What became of the claims of {name}.",
            shares=(3, 3, 4),
        )


def _called(ref: Named, text: str) -> str:
    """*ref* as people know it: by its text, if its title is made up."""
    if is_made_up(ref.title):
        return f"“{text}”" if text else f"{ref} (in no words)"
    return str(ref)


def _now(f: Fate, shown: str) -> str:
    """What it is called now, and its words where they are others."""
    if f.text and " ".join(shown.split()) != f.text:
        return f"“{shown}”" if is_made_up(f.now.title) else f"{f.now} “{shown}”"
    return "as it was" if is_made_up(f.now.title) else str(f.now)


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
        case What.REWORDED:
            said.append(f"one with that of {listed(f.others)}, in other words")
        case What.FUSED:
            said.append(f"fused with {listed([str(r) for r in f.fused])}")
            if f.others:
                said.append(f"the same as of {listed(f.others)}")
    if f.what in (What.SAME, What.REWORDED) and f.was != f.now:
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
