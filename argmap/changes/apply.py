"""A map with the changes of a diff made to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeGuard, TypeVar

from attrs import define, evolve, field

from argmap.changes import headings
from argmap.changes.core import (
    MAP,
    Added,
    Bearing,
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
from argmap.changes.lists import edited
from argmap.changes.made import made
from argmap.changes.questions import are_named, under, with_added
from argmap.changes.refs import Names
from argmap.errors import UnknownName
from argmap.model import ArgumentRef, ClaimRef, Debate, Issue, Relation, Section

_T = TypeVar("_T", bound=Thing)


def apply(old: Debate, diff: Diff) -> Debate:
    """*old* with all changes of *diff* made; where things stand in a text is forgotten.

    Raises:
        UnknownName: something that was changed is not in *old*.
    """
    if not diff.changes:
        return old
    return _Making.of(old, diff).debate()


@define
class _Making:
    """The changes, by what they are of."""

    old: Debate
    added: dict[What, list[tuple[int, Any]]] = field(factory=dict)
    removed: dict[Subject, Removed] = field(factory=dict)
    moves: dict[What, tuple[tuple[Subject, int], ...]] = field(factory=dict)
    changed: dict[Subject, list[Changed | Reworded]] = field(factory=dict)
    renamed: dict[Node, Node] = field(factory=dict)
    rejoined: dict[Bearing, Bearing] = field(factory=dict)
    under: dict[Path, dict[int, Node]] = field(factory=dict)

    @classmethod
    def of(cls, old: Debate, diff: Diff) -> _Making:
        making = cls(old, under=under(diff.changes))
        for change in diff.changes:
            match change:
                case Added(thing, at):
                    what = what_of(subject_of(thing))
                    making.added.setdefault(what, []).append((at, thing))
                case Removed(thing):
                    making.removed[subject_of(thing)] = change
                case Reordered(what, moves):
                    making.moves[what] = moves
                case Renamed(was, now):
                    making.renamed[was] = now
                case Rejoined(before, after):
                    making.rejoined[before] = after
                case Reworded() | Changed():
                    making.changed.setdefault(change.of, []).append(change)
                    if isinstance(change, Reworded) and change.was:
                        making.renamed[change.was] = change.of
        return making

    def debate(self) -> Debate:
        sections, homes = self._headings()
        names = Names(self.renamed, homes, frozenset(r for r in self.removed if _is_node(r)))
        there = {s.path: s for s in sections}
        was = {s.path: s for s in self.old.sections}
        whole = [c for c in self.changed.pop(MAP, []) if not _is_paths(c)]
        made_debate = evolve(
            self.old,
            sections=sections,
            speakers=self._list(What.SPEAKER, self.old.speakers),
            sources=self._list(What.SOURCE, self.old.sources),
            claims=self._list(What.CLAIM, self.old.claims, names.claim),
            arguments=self._list(What.ARGUMENT, self.old.arguments, names.argument),
            relations=self._list(
                What.RELATION, self.old.relations, lambda r: self._relation(r, names)
            ),
            issues=self._questions(
                lambda i: with_added(names.issue(i, was, there), names.home(i.section), self.under)
            ),
        )
        self._check()
        return made(made_debate, whole)

    def _questions(self, renamed: Callable[[Issue], Issue]) -> tuple[Issue, ...]:
        if not are_named(self.old.issues):  # then what changed is all given at once
            return tuple(map(renamed, self.old.issues))
        return self._list(What.QUESTION, self.old.issues, renamed)

    def _headings(self) -> tuple[tuple[Section, ...], dict[Path, Path]]:
        """The headings, and where what stood under each of them goes."""
        given = [c.new for c in self.changed.get(MAP, ()) if _is_paths(c)]
        touched = {what_of(s) for s in (*self.removed, *self.changed)} | {*self.added, *self.moves}
        fresh = {id(s) for _, s in self.added.get(What.HEADING, ())}
        listed = self._list(What.HEADING, self.old.sections)
        before = [None if id(s) in fresh else s.path for s in listed]
        sections = headings.numbered(listed) if What.HEADING in touched else listed
        for paths in given:
            sections = tuple(evolve(s, path=p) for s, p in zip(sections, paths, strict=False))
        kept = {p: s.path for p, s in zip(before, sections, strict=True) if p is not None}
        return sections, headings.homes(self.old.sections, kept)

    def _list(
        self, what: What, old: Sequence[_T], renamed: Callable[[_T], _T] = lambda thing: thing
    ) -> tuple[_T, ...]:
        """One list of the map, with all that is to be done to it."""
        kept: dict[Subject, _T] = {}
        for thing in old:
            if self.removed.pop(subject_of(thing), None) is None:
                now = renamed(thing)
                of = subject_of(now)
                kept[of] = self._made(now, of)
        moves = self.moves.get(what, ())
        for of, _ in moves:
            if of not in kept:
                raise _unknown(of, self.old)
        return tuple(edited(kept, moves, self.added.get(what, ())))

    def _made(self, thing: _T, of: Subject) -> _T:
        """*thing* with its own changes made."""
        changes = self.changed.pop(of, None)
        if changes is None:
            return thing
        try:
            return made(thing, changes)
        except LookupError:
            raise _unknown(of, self.old, f"{what_of(of).value} with such parts") from None

    def _relation(self, r: Relation, names: Names) -> Relation:
        after = self.rejoined.pop(Bearing(r.kind, r.tail, r.head), None)
        now = names.relation(r)
        return evolve(now, kind=after.kind, tail=after.tail, head=after.head) if after else now

    def _check(self) -> None:
        """Make sure that everything was done."""
        for of in (*self.removed, *self.rejoined, *self.changed):
            raise _unknown(of, self.old)
        there = {t.ref for t in self.old.things}
        for ref in self.renamed:
            if ref not in there:
                raise _unknown(ref, self.old)


def _is_node(of: Subject) -> TypeGuard[Node]:
    return isinstance(of, ClaimRef | ArgumentRef)


def _is_paths(change: Changed | Reworded) -> TypeGuard[Changed]:
    return isinstance(change, Changed) and change.field == "paths"


def _unknown(of: Subject, old: Debate, what: str = "") -> UnknownName:
    """That the map has no such thing, so that the changes are those of another map."""
    match of:
        case ClaimRef(title):
            return UnknownName(what or "claim", title, [c.title for c in old.claims])
        case ArgumentRef(title):
            return UnknownName(what or "argument", title, [a.title for a in old.arguments])
        case Bearing(kind, tail, head):
            name = f"{tail} {kind.value} {head}"
            return UnknownName(what or "relation", name, ())
        case Entry(part, str(key)):
            known = old.speakers if part is What.SPEAKER else old.sources
            return UnknownName(what or part.value, key, [k.key for k in known])
        case Entry(part, path):
            name = ".".join(map(str, path))
            return UnknownName(what or part.value, name, ())
