"""Which question is meant, and what is new below it: that is said where it is said to be new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve

from argmap.changes.core import Added, Node, Path
from argmap.changes.lists import woven
from argmap.model import Argument, Claim, Issue


def are_named(issues: Iterable[Issue]) -> bool:
    """Whether the heading says which of *issues* is meant: no two stand below the same one."""
    paths = [i.section for i in issues]
    return len(set(paths)) == len(paths)


def under(changes: Iterable[object]) -> dict[Path, dict[int, Node]]:
    """For the path of each question, what *changes* add below it, and at which place."""
    found: dict[Path, dict[int, Node]] = {}
    for change in changes:
        if isinstance(change, Added) and isinstance(change.thing, Claim | Argument):
            for path, at in change.under:
                found.setdefault(path, {})[at] = change.thing.ref
    return found


def with_added(issue: Issue, path: Path, added: Mapping[Path, Mapping[int, Node]]) -> Issue:
    """*issue* with what is *added* below the question at *path*."""
    if path not in added:
        return issue
    return evolve(issue, refs=tuple(woven(issue.refs, added[path])))
