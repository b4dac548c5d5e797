"""The headings of several maps as those of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeAlias

from attrs import define, evolve, field

from argmap.changes.merged import Contribution, Named
from argmap.changes.order import woven
from argmap.model import Issue, Section

Path: TypeAlias = tuple[int, ...]


@define(eq=False)
class _Heading:
    section: Section
    tags: dict[str, None]
    children: list[_Heading] = field(factory=list)
    known: dict[Hashable, _Heading] = field(factory=dict)
    path: Path = ()


@define(eq=False)
class Headings:
    """The *sections* of all maps in order, and where each map's own stand among them (*of*)."""

    sections: tuple[Section, ...] = ()
    of: list[dict[Path, Path]] = field(factory=list)


def headings(contributions: Sequence[Contribution]) -> Headings:
    """One heading for those of the same title, level and data that stand in the same place.

    Of several alike in one map, the first is that of the first in another.
    """
    top = _Heading(Section((), ""), {})
    placed: list[dict[Path, _Heading]] = []
    for c in contributions:
        mine: dict[Path, _Heading] = {(): top}
        again: Counter[Hashable] = Counter()
        for s in c.debate.sections:
            above = mine.get(s.path[:-1], top)
            alike = (s.title, s.level, s.markup, repr(s.data))
            again[id(above), alike] += 1
            key = (alike, again[id(above), alike])
            here = above.known.get(key)
            if here is None:
                here = above.known[key] = _Heading(s, {})
                above.children.append(here)
            here.tags.update(dict.fromkeys(s.tags))
            mine[s.path] = here
        placed.append(mine)
    sections = []
    todo = [top]
    while todo:
        heading = todo.pop()
        if heading is not top:
            s = heading.section
            sections.append(
                evolve(s, path=heading.path, tags=tuple(heading.tags), span=None, occurrence=None)
            )
        # a deeper one after a higher one would stand under it
        heading.children.sort(key=lambda h: -h.section.level)
        for n, child in enumerate(heading.children, 1):
            child.path = (*heading.path, n)
        todo += reversed(heading.children)
    return Headings(
        tuple(sections),
        [{path: heading.path for path, heading in mine.items()} for mine in placed],
    )


def issues(
    contributions: Sequence[Contribution],
    frame: Headings,
    named: Sequence[Mapping[Named, Named]],
    placed: Mapping[Named, Path],
) -> tuple[Issue, ...]:
    """The questions of all, each with everything that stands under it in one of them.

    *named* says what everything of each map is called now, and *placed* where it stands.
    """
    found: dict[tuple[Path, str], list[list[Named]]] = {}
    for n, c in enumerate(contributions):
        for issue in c.debate.issues:
            key = (frame.of[n].get(issue.section, ()), issue.question)
            found.setdefault(key, []).append([named[n][r] for r in issue.refs])
    if len(contributions) == 1:
        return tuple(Issue(question, path, tuple(*of)) for (path, question), of in found.items())
    issues = []
    for (path, question), rows in sorted(found.items(), key=lambda item: item[0]):

        def below(ref: Named, path: Path = path) -> Path:
            here = placed[ref]
            return here if here[: len(path)] == path else path

        refs = sorted(woven(rows), key=below)  # as the headings below the question stand
        issues.append(Issue(question, path, tuple(refs)))
    return tuple(issues)
