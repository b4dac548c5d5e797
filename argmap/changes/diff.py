"""The changes that lead from one map to another.

What is the same in both is found first; then each list is compared, the older one as it would be
if all that is said so far were done, so that nothing is said twice and nothing is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from attrs import evolve, frozen

from argmap.changes import fields, headings
from argmap.changes.bearings import joined
from argmap.changes.core import (
    MAP,
    Added,
    Bearing,
    Change,
    Changed,
    Diff,
    Entry,
    Node,
    Path,
    Rejoined,
    Removed,
    Renamed,
    Reordered,
    Reworded,
    Subject,
    Thing,
    What,
    subject_of,
    what_of,
)
from argmap.changes.lists import moved
from argmap.changes.match import matched
from argmap.changes.questions import are_named, under, with_added
from argmap.changes.refs import Names
from argmap.model import (
    Argument,
    Claim,
    Debate,
    Issue,
    Relation,
    Source,
    Speaker,
    is_made_up,
)

_T = TypeVar("_T", bound=Thing)
_N = TypeVar("_N", Claim, Argument)
_E = TypeVar("_E", Speaker, Source)
_NOWHERE: Mapping[Subject, tuple[tuple[Path, int], ...]] = MappingProxyType({})


def diff(old: Debate, new: Debate) -> Diff:
    """What changed from *old* to *new*; `Diff.apply` makes the changes again."""
    compared = _Comparison.of(old, new)
    return Diff(tuple(compared.changes()), old, new, compared.sections)


@frozen(slots=False)
class _Comparison:
    """Two maps, what is called what, and where the headings of the older one are."""

    old: Debate
    new: Debate
    kept: Mapping[Node, Node]
    sections: dict[Path, Path]
    names: Names

    @classmethod
    def of(cls, old: Debate, new: Debate) -> _Comparison:
        kept = matched(old, new)
        sections = headings.matched(old.sections, new.sections, _sharing(old, new, kept))
        renamed = {a: b for a, b in kept.items() if a != b}
        gone = frozenset(t.ref for t in old.things if t.ref not in kept)
        homes = headings.homes(old.sections, sections)
        return cls(old, new, kept, sections, Names(renamed, homes, gone))

    def changes(self) -> Iterator[Change]:
        yield from fields.changed(MAP, self.old, self.new, ("title", "position"))
        yield from fields.data(MAP, self.old.data, self.new.data)
        yield from self._headings()
        yield from self._speakers()
        yield from self._sources()
        yield from self._claims()
        yield from self._arguments()
        yield from self._relations()
        yield from self._questions()

    # --- what is not claimed

    def _headings(self) -> Iterator[Change]:
        old, new = self.old.sections, self.new.sections
        found = [*self._listed_headings(), *self._changed_headings()]
        yield from found
        given = headings.numbered(new) if found else old
        paths = tuple(s.path for s in given)
        if paths != tuple(s.path for s in new):
            yield Changed(MAP, "paths", paths, tuple(s.path for s in new))

    def _listed_headings(self) -> Iterator[Change]:
        before = {path: was for was, path in self.sections.items()}
        called = {was: Entry(What.HEADING, path) for was, path in self.sections.items()}
        old, new = self.old.sections, self.new.sections
        for change in _listed(old, new, lambda s: called.get(s.path)):
            if isinstance(change, Reordered):
                moves = ((Entry(What.HEADING, before[_path(e)]), at) for e, at in change.moves)
                yield evolve(change, moves=tuple(moves))
            else:
                yield change

    def _changed_headings(self) -> Iterator[Change]:
        by_path = {s.path: s for s in self.new.sections}
        for s in self.old.sections:
            if s.path in self.sections:
                after = by_path[self.sections[s.path]]
                of = Entry(What.HEADING, s.path)
                yield from fields.changed(of, s, after, ("title", "level", "tags", "markup"))
                yield from fields.data(of, s.data, after.data)

    def _speakers(self) -> Iterator[Change]:
        yield from _entries(self.old.speakers, self.new.speakers, ("name", "role"))

    def _sources(self) -> Iterator[Change]:
        names = ("title", "authors", "date", "place", "url", "file")
        yield from _entries(self.old.sources, self.new.sources, names)

    # --- claims, arguments, and how they bear on each other

    def _claims(self) -> Iterator[Change]:
        yield from self._things(self.old.claims, self.new.claims, self.names.claim)

    def _arguments(self) -> Iterator[Change]:
        yield from self._things(self.old.arguments, self.new.arguments, self.names.argument)

    def _things(
        self, old: Sequence[_N], new: Sequence[_N], named: Callable[[_N], _N]
    ) -> Iterator[Change]:
        yield from _listed(old, new, lambda t: self.kept.get(t.ref), self._under)
        before = {self.kept[t.ref]: t for t in old if t.ref in self.kept}
        for thing in new:
            if thing.ref in before:
                was = before[thing.ref]
                yield from _told(was.ref, thing.ref, fields.thing(named(was), thing))

    @cached_property
    def _under(self) -> Mapping[Subject, tuple[tuple[Path, int], ...]]:
        """For each claim and argument, the questions that it is mentioned under."""
        found: dict[Subject, list[tuple[Path, int]]] = {}
        for issue in self.new.issues if self._are_named else ():
            for n, ref in enumerate(issue.refs):
                found.setdefault(ref, []).append((issue.section, n))
        return {ref: tuple(places) for ref, places in found.items()}

    def _relations(self) -> Iterator[Change]:
        old, new = self.old.relations, self.new.relations
        pairs = joined(old, new, self.names)
        called = {id(old[o]): subject_of(new[n]) for o, n in pairs.items()}
        yield from _listed(old, new, lambda r: called.get(id(r)))
        for o, n in pairs.items():
            before, after = self.names.relation(old[o]), new[n]
            if subject_of(before) != subject_of(after):
                yield Rejoined(_bearing(old[o]), _bearing(after))
            of = subject_of(after)
            yield from fields.changed(of, before, after, ("origin", "because"))
            yield from fields.link(of, before.link, after.link)

    # --- what is asked

    @cached_property
    def _are_named(self) -> bool:
        return are_named(self.old.issues) and are_named(self.new.issues)

    def _questions(self) -> Iterator[Change]:
        new = {i.section: i for i in self.new.issues}
        there = {s.path: s for s in self.new.sections}
        was = {s.path: s for s in self.old.sections}
        if not self._are_named:
            asked = tuple(self.names.issue(i, was, there) for i in self.old.issues)
            yield from fields.changed(MAP, evolve(self.old, issues=asked), self.new, ("issues",))
            return
        kept: dict[Path, Issue] = {}
        for i in self.old.issues:
            if i.section not in was or i.section in self.sections:
                kept.setdefault(self.names.home(i.section), i)

        def called(i: Issue) -> Subject | None:
            path = self.names.home(i.section)
            return Entry(What.QUESTION, path) if kept.get(path) is i and path in new else None

        yield from _listed(self.old.issues, self.new.issues, called)
        for path, after in new.items():
            if path in kept:
                before = with_added(self.names.issue(kept[path], was, there), path, self._fresh)
                yield from fields.changed(
                    Entry(What.QUESTION, path), before, after, ("question", "refs")
                )

    @cached_property
    def _fresh(self) -> Mapping[Path, Mapping[int, Node]]:
        """For the path of each question, what is new below it, and at which place."""
        known = set(self.kept.values())
        fresh = (t for t in self.new.things if t.ref not in known)
        return under(Added(t, 0, self._under.get(t.ref, ())) for t in fresh)


def _sharing(old: Debate, new: Debate, kept: Mapping[Node, Node]) -> Callable[[Path, Path], bool]:
    """Whether two headings have something in common that stands under them, or nothing at all."""
    where = {t.ref: t.section for t in new.things}
    shared = {(t.section, where[kept[t.ref]]) for t in old.things if t.ref in kept}
    filled = {t.section for t in old.things}, set(where.values())

    def share(before: Path, after: Path) -> bool:
        empty = before not in filled[0] and after not in filled[1]
        return empty or (before, after) in shared

    return share


def _told(
    old: Node, new: Node, changes: Iterable[Changed | Reworded]
) -> Iterator[Changed | Reworded | Renamed]:
    """*changes*, and that it is called otherwise: a title that argmap makes follows the words."""
    pending = old != new
    both = is_made_up(old.title) and is_made_up(new.title)
    found = list(changes)
    if pending and not (both and any(isinstance(c, Reworded) for c in found)):
        yield Renamed(old, new)
        pending = False
    for change in found:
        if pending and isinstance(change, Reworded):
            yield evolve(change, was=old)
            pending = False
        else:
            yield change


def _entries(old: Sequence[_E], new: Sequence[_E], names: Sequence[str]) -> Iterator[Change]:
    """What changed in speakers or sources, which are known by their keys."""
    known = {x.key: x for x in old}
    keys = {x.key for x in new}
    yield from _listed(old, new, lambda x: subject_of(x) if x.key in keys else None)
    for after in new:
        if before := known.get(after.key):
            of = subject_of(after)
            yield from fields.changed(of, before, after, names)
            yield from fields.data(of, before.data, after.data)


def _listed(
    old: Sequence[_T],
    new: Sequence[_T],
    called: Callable[[_T], Subject | None],
    under: Mapping[Subject, tuple[tuple[Path, int], ...]] = _NOWHERE,
) -> Iterator[Change]:
    """What was taken out of a list, put into it and stands elsewhere in it.

    *called* gives the name that something of *old* has in *new*; None if it is not there.
    """
    kept: list[Subject] = []
    for thing in old:
        name = called(thing)
        if name is None:
            yield Removed(thing)
        else:
            kept.append(name)
    known = set(kept)
    subjects = [subject_of(thing) for thing in new]
    for at, (thing, subject) in enumerate(zip(new, subjects, strict=True)):
        if subject not in known:
            yield Added(thing, at, under.get(subject, ()))
    if moves := moved(kept, subjects):
        yield Reordered(what_of(moves[0][0]), moves)


def _bearing(r: Relation) -> Bearing:
    return Bearing(r.kind, r.tail, r.head)


def _path(subject: Subject) -> Path:
    return subject.key if isinstance(subject, Entry) and isinstance(subject.key, tuple) else ()
