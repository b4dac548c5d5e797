"""Lists before and after: what was put in, what was taken out, what stands elsewhere."""

from __future__ import annotations

import bisect
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")


def moved(kept: Sequence[_K], new: Sequence[_K]) -> tuple[tuple[_K, int], ...]:
    """As few of *kept* as can be, with their places in *new*, so that the others are in order.

    >>> moved("abcd", "bxcda")
    (('a', 4),)
    """
    at = {key: n for n, key in enumerate(new)}
    stay = _rising([at[key] for key in kept])
    moves = ((key, at[key]) for n, key in enumerate(kept) if n not in stay)
    return tuple(sorted(moves, key=lambda move: move[1]))


def _rising(numbers: Sequence[int]) -> set[int]:
    """Where the members of a longest rising row in *numbers* stand (Fredman 1975)."""
    ends: list[int] = []  # the least number in which a row of each length ends
    places: list[int] = []
    before: list[int] = []
    for n, number in enumerate(numbers):
        length = bisect.bisect_left(ends, number)
        before.append(places[length - 1] if length else -1)
        if length == len(ends):
            ends.append(number)
            places.append(n)
        else:
            ends[length], places[length] = number, n
    found: set[int] = set()
    n = places[-1] if places else -1
    while n >= 0:
        found.add(n)
        n = before[n]
    return found


def woven(kept: Iterable[_V], put: Mapping[int, _V]) -> list[_V]:
    """*kept* in its order, with each of *put* at its place; what is put beyond the end ends it.

    >>> woven("bcd", {1: "x", 4: "a"})
    ['b', 'x', 'c', 'd', 'a']
    """
    out: list[_V] = []
    left = dict(sorted(put.items()))
    for value in kept:
        while len(out) in left:
            out.append(left.pop(len(out)))
        out.append(value)
    return [*out, *left.values()]


def edited(
    old: Mapping[_K, _V], moves: Sequence[tuple[_K, int]], added: Sequence[tuple[int, _V]]
) -> list[_V]:
    """The values of *old* with some moved and some added."""
    moving = {key for key, _ in moves}
    put = dict(added)
    put.update((at, old[key]) for key, at in moves)
    return woven((v for k, v in old.items() if k not in moving), put)
