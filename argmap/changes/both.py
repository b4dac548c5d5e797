"""Two maps in one: the newer one, and what was removed from the older one, at the end."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from attrs import evolve

from argmap.changes.core import Diff, Node, Removed, Renamed, Reworded
from argmap.changes.refs import Names
from argmap.model import Argument, ArgumentRef, Claim, ClaimRef, Debate, Ref, Relation, StepRef


def both(diff: Diff) -> tuple[Debate, dict[Node, Node]]:
    """The newer map with all claims and arguments that were removed, and what is called what.

    What was removed bears on what it bore on, as far as that is there; for each, by the name it
    has now, the name that it had.
    """
    there = {t.ref for t in diff.new.things}
    called: dict[Node, Node] = {}
    gone: list[Claim | Argument] = []
    for change in diff.changes:
        match change:
            case Renamed(before, after):
                called[before] = after
            case Reworded(of, was=was) if was is not None:
                called[was] = of
            case Removed(Claim() | Argument() as thing):
                gone.append(thing)
            case _:
                pass
    refs = {thing.ref for thing in gone}
    gone = [t for t in gone if isinstance(t, Claim) or _is_shown(t, refs)]
    for thing in gone:
        called[thing.ref] = _free(thing.ref, there)
        there.add(called[thing.ref])
    names = Names(called, {})
    new = diff.new
    return (
        evolve(
            new,
            claims=(*new.claims, *(names.claim(c) for c in gone if isinstance(c, Claim))),
            arguments=(
                *new.arguments,
                *(names.argument(a) for a in gone if isinstance(a, Argument)),
            ),
            relations=(*new.relations, *_relations(diff, names, there, {t.ref for t in gone})),
        ),
        {called[t.ref]: t.ref for t in gone},
    )


def _free(ref: Node, taken: set[Node]) -> Node:
    """A name like *ref* that is not *taken*."""
    for n in count(1):
        title = ref.title if n == 1 else f"{ref.title} ({n})"
        found = ClaimRef(title) if isinstance(ref, ClaimRef) else ArgumentRef(title)
        if found not in taken:
            return found
    raise AssertionError


def _is_shown(a: Argument, gone: set[Node]) -> bool:
    """Whether it is seen that *a* was removed: by its own card, or that of a premise."""
    return not a.steps or any(p in gone for p in a.premises)


def _relations(diff: Diff, names: Names, there: set[Node], gone: set[Node]) -> Iterator[Relation]:
    """What was removed and joined something that was removed."""
    known = {(r.kind, r.tail, r.head) for r in diff.new.relations}
    steps: dict[Ref, int] = {names.thing(a.ref): len(a.steps) for a in diff.old.arguments}
    steps |= {a.ref: len(a.steps) for a in diff.new.arguments}
    for change in diff.changes:
        if isinstance(change, Removed) and isinstance(change.thing, Relation):
            r = names.relation(change.thing)
            joins = {_owner(change.thing.tail), _owner(change.thing.head)} & gone
            both_there = _owner(r.tail) in there and _owner(r.head) in there
            is_step = isinstance(r.head, StepRef) and r.head.index >= steps[r.head.argument]
            if joins and both_there and not is_step and (r.kind, r.tail, r.head) not in known:
                yield r


def _owner(ref: Ref) -> Node:
    return ref.argument if isinstance(ref, StepRef) else ref
