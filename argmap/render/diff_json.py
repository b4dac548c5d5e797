"""The changes between two maps as JSON: what a program needs to make them again.

Everything is written as argmap's own JSON writes it, and counted from 1.
"""

from __future__ import annotations

from typing import Any

from argmap.changes.core import (
    Added,
    Bearing,
    Change,
    Changed,
    Diff,
    Entry,
    Rejoined,
    Removed,
    Renamed,
    Reordered,
    Reworded,
    Subject,
    Thing,
    subject_of,
    what_of,
)
from argmap.formats.json.write import laid, plain
from argmap.model import ArgumentRef, ClaimRef


def written(diff: Diff) -> str:
    """All changes of *diff*, in order."""
    changes = [_change(c) for c in diff.changes]
    return laid({"format": "argmap-diff", "version": 1, "changes": changes})


def _change(change: Change) -> dict[str, Any]:
    match change:
        case Added(thing, at, under):
            made: dict[str, Any] = {"change": "added", **_thing(thing), "at": at + 1}
            if under:
                made["under"] = [{"section": list(path), "at": n + 1} for path, n in under]
            return made
        case Removed(thing):
            return {"change": "removed", **_thing(thing)}
        case Renamed(old, new):
            return {"change": "renamed", "old": plain(old), "new": plain(new)}
        case Reworded():
            return _reworded(change)
        case Changed():
            return _changed(change)
        case Rejoined(old, new):
            return {"change": "rejoined", "old": _bearing(old), "new": _bearing(new)}
        case Reordered(what, moves):
            moved = [{"of": _subject(of), "at": at + 1} for of, at in moves]
            return {"change": "reordered", "what": what.value, "moves": moved}


def _thing(thing: Thing) -> dict[str, Any]:
    what = what_of(subject_of(thing)).value
    return {"what": what, what: plain(thing)}


def _reworded(change: Reworded) -> dict[str, Any]:
    made = {
        "change": "reworded",
        "of": plain(change.of),
        "wording": change.number + 1,
        "old": change.old,
        "new": change.new,
    }
    if change.was:
        made["was"] = plain(change.was)
    if change.old_markup:
        made["old_markup"] = plain(change.old_markup)
    if change.markup:
        made["markup"] = plain(change.markup)
    return made


def _changed(change: Changed) -> dict[str, Any]:
    made: dict[str, Any] = {"change": "changed", "of": _subject(change.of), "field": change.field}
    if change.number >= 0:
        made["number"] = change.number + 1
    if isinstance(change.place, int):
        made["citation"] = change.place + 1
    if not isinstance(change.place, str):
        return made | {"old": plain(change.old), "new": plain(change.new)}
    made["key"] = change.place
    made.update((name, plain(v[0])) for name, v in (("old", change.old), ("new", change.new)) if v)
    return made


def _subject(of: Subject) -> dict[str, Any]:
    match of:
        case ClaimRef() | ArgumentRef():
            named: dict[str, Any] = plain(of)
            return named
        case Bearing():
            return _bearing(of)
        case Entry(what, key):
            return {what.value: list(key) if isinstance(key, tuple) else key}


def _bearing(b: Bearing) -> dict[str, Any]:
    return {"kind": b.kind.value, "tail": plain(b.tail), "head": plain(b.head)}
