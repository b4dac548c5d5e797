"""Which claim of one map is which of another: by title, by words, by nearly the same words."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from attrs import define, field

from argmap.changes import similar
from argmap.changes.core import Node
from argmap.model import Argument, Claim, Debate, Ref, is_made_up, prevailing

_T = TypeVar("_T", Claim, Argument)


def matched(old: Debate, new: Debate) -> dict[Node, Node]:
    """For each claim and argument of *old* that is in *new*, what it is called there."""
    claims = _Pairs(old.claims, new.claims)
    claims.by(_title)
    before, after = _bearings(old), _bearings(new)
    claims.by(lambda c: (*_said(c), before.get(c.ref)), lambda c: (*_said(c), after.get(c.ref)))
    claims.by(lambda c: (c.title, *_said(c)))
    claims.by(_said)
    claims.by(lambda c: c.title)
    claims.by_likeness()
    arguments = _Pairs(old.arguments, new.arguments)
    arguments.by(_title)
    arguments.by(lambda a: (a.title, *_said(a)) if a.gists else None)
    arguments.by(lambda a: _said(a) if a.gists else None)
    names = {claims.old[o].ref: claims.new[n].ref for o, n in claims.found.items()}
    arguments.by(
        lambda a: tuple(names.get(p) for s in a.steps for p in s.premises) or None,
        lambda a: tuple(p for s in a.steps for p in s.premises) or None,
    )
    arguments.by(lambda a: a.title)
    arguments.by_likeness()
    arguments.by(
        lambda a: names.get(a.steps[0].premises[0]) if a.steps else None,
        lambda a: a.steps[0].premises[0] if a.steps else None,
    )
    _conclusions(claims, arguments)
    return {
        **{claims.old[o].ref: claims.new[n].ref for o, n in claims.found.items()},
        **{arguments.old[o].ref: arguments.new[n].ref for o, n in arguments.found.items()},
    }


def _bearings(debate: Debate) -> dict[Ref, Hashable]:
    """For each claim that bears on something, on what first: of two that say the same, which."""
    names: dict[Ref, Hashable] = {
        t.ref: similar.words(t.text) if is_made_up(t.title) else t.title for t in debate.things
    }
    found: dict[Ref, Hashable] = {}
    for r in debate.relations:
        found.setdefault(r.tail, (r.kind, names.get(r.head)))
    return found


def _title(thing: Claim | Argument) -> Hashable:
    """Its title, if its author gave it one."""
    return None if is_made_up(thing.title) else thing.title


def _said(thing: Claim | Argument) -> tuple[Hashable, ...]:
    """Its words, and who says them; the title where it has no words."""
    words = similar.words(thing.text) or (thing.text,)
    return (_speaker(thing), bool(thing.wordings), words)


def _speaker(thing: Claim | Argument) -> str:
    wording = prevailing(thing.wordings)
    return wording.by if wording else ""


@define
class _Pairs(Generic[_T]):
    """Things of two maps, and the numbers of those that were *found* to be the same."""

    old: Sequence[_T]
    new: Sequence[_T]
    found: dict[int, int] = field(factory=dict)
    taken: set[int] = field(factory=set)

    def by(
        self, name: Callable[[_T], Hashable], newer: Callable[[_T], Hashable] | None = None
    ) -> None:
        """Pair those left that have the same name, in order; None is no name."""
        free: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for n, thing in enumerate(self.new):
            if n not in self.taken and (called := (newer or name)(thing)) is not None:
                free[called].append(n)
        for o, thing in enumerate(self.old):
            if free and o not in self.found:
                numbers = free.get(name(thing))
                if numbers:
                    self.pair(o, numbers.popleft())

    def pair(self, o: int, n: int) -> None:
        self.found[o] = n
        self.taken.add(n)

    def by_likeness(self) -> None:
        """Pair those left whose words are nearly the same, and whose speakers are the same."""
        old = [o for o in range(len(self.old)) if o not in self.found]
        new = [n for n in range(len(self.new)) if n not in self.taken]
        if not old or not new:
            return
        left = [_said(self.old[o])[:2] for o in old]
        right = [_said(self.new[n])[:2] for n in new]
        for pair in similar.matched(
            [self.old[o].text for o in old],
            [self.new[n].text for n in new],
            apart=lambda i, j: left[i] != right[j],
        ):
            self.pair(old[pair.left], new[pair.right])


def _conclusions(claims: _Pairs[Claim], arguments: _Pairs[Argument]) -> None:
    """Pair the conclusions that nobody put into words, as the arguments that have them are."""
    old = {c.ref: o for o, c in enumerate(claims.old) if o not in claims.found}
    new = {c.ref: n for n, c in enumerate(claims.new) if n not in claims.taken}
    for o, n in arguments.found.items():
        a, b = arguments.old[o], arguments.new[n]
        for s, t in zip(a.steps, b.steps, strict=False):
            left, right = old.get(s.conclusion), new.get(t.conclusion)
            if left is None or right is None:
                continue
            if _unworded(claims.old[left]) and _unworded(claims.new[right]):
                claims.pair(left, right)
                del old[s.conclusion], new[t.conclusion]


def _unworded(c: Claim) -> bool:
    return is_made_up(c.title) and not c.wordings
