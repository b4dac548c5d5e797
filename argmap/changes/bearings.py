"""Which relation of one map is which of another."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence

from argmap.changes.core import Bearing
from argmap.changes.refs import Names
from argmap.model import Relation


def joined(old: Sequence[Relation], new: Sequence[Relation], names: Names) -> dict[int, int]:
    """For the number of a relation of *old*, that of the same one in *new*.

    It joins the same two in the same way; else the same two in another way; else the same one
    bears in the same way on something else. Of several, the first is the first.
    """
    found: dict[int, int] = {}
    taken: set[int] = set()

    def match(older: Callable[[Relation], Hashable], newer: Callable[[Relation], Hashable]) -> None:
        free: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for n, r in enumerate(new):
            if n not in taken:
                free[newer(r)].append(n)
        for o, r in enumerate(old):
            if free and o not in found and (key := older(r)) and (numbers := free.get(key)):
                found[o] = numbers.popleft()
                taken.add(found[o])

    def ends(r: Relation) -> Bearing | None:
        """The older one by the new names of its ends; None if one of them is gone."""
        if names.is_gone(r.tail) or names.is_gone(r.head):
            return None
        return Bearing(r.kind, names.ref(r.tail), names.ref(r.head))

    match(ends, lambda r: Bearing(r.kind, r.tail, r.head))
    match(
        lambda r: ends(r) if r.kind.symmetric else None,
        lambda r: Bearing(r.kind, r.head, r.tail),
    )
    match(
        lambda r: (b.tail, b.head) if (b := ends(r)) else None,
        lambda r: (r.tail, r.head),
    )
    match(
        lambda r: None if names.is_gone(r.tail) else (r.kind, names.ref(r.tail)),
        lambda r: (r.kind, r.tail),
    )
    return found
