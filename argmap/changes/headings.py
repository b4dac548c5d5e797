"""Headings before and after: which is which, how they are numbered, what stands under them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeAlias

from attrs import evolve

from argmap.changes.core import Path
from argmap.model import Section
from argmap.model.positions import POSITION

_Names: TypeAlias = "dict[Path, Hashable]"


def matched(
    old: Sequence[Section], new: Sequence[Section], share: Callable[[Path, Path], bool]
) -> dict[Path, Path]:
    """For the path of a heading of *old*, that of the same one in *new*.

    The same have the same words, below the same headings if there are such; or else they follow
    the same heading, and *share* what stands under them.
    """
    found: dict[Path, Path] = {}
    numbers: dict[Hashable, int] = {}
    _by_name(old, new, found, lambda sections: _trails(sections, numbers))
    _by_name(old, new, found, _titles)
    _by_place(old, new, found, share)
    return found


def _by_name(
    old: Sequence[Section],
    new: Sequence[Section],
    found: dict[Path, Path],
    name: Callable[[Sequence[Section]], _Names],
) -> None:
    """Match those that have the same name, in order."""
    taken = set(found.values())
    free: defaultdict[Hashable, deque[Path]] = defaultdict(deque)
    for path, called in name(new).items():
        if path not in taken:
            free[called].append(path)
    for path, called in name(old).items():
        if path not in found and free[called]:
            found[path] = free[called].popleft()


def _trails(sections: Sequence[Section], numbers: dict[Hashable, int]) -> _Names:
    """For each path a number that stands for its title and all those above it."""
    trails: _Names = {}
    for s in sections:
        trail = (trails.get(s.path[:-1]), s.title, s.data.get(POSITION))
        trails[s.path] = numbers.setdefault(trail, len(numbers))
    return trails


def _titles(sections: Sequence[Section]) -> _Names:
    return {s.path: (s.title, s.data.get(POSITION)) for s in sections}


def _by_place(
    old: Sequence[Section],
    new: Sequence[Section],
    found: dict[Path, Path],
    share: Callable[[Path, Path], bool],
) -> None:
    """Match what follows, in both, the same heading, or begins the map."""
    follows = dict(zip([(), *(s.path for s in new)], [s.path for s in new], strict=False))
    taken = set(found.values())
    before: Path = ()
    for s in old:
        after = follows.get(found.get(before, ()))
        free = s.path not in found and after is not None and after not in taken
        if free and after is not None and (not before or before in found) and share(s.path, after):
            found[s.path] = after
            taken.add(after)
        before = s.path


def numbered(sections: Iterable[Section]) -> tuple[Section, ...]:
    """*sections* with the paths that their order and levels give, each position for itself."""
    out: list[Section] = []
    open_: list[tuple[int, Path]] = []
    counts: dict[Path, int] = {}
    whose: object = None
    for s in sections:
        if (owner := s.data.get(POSITION)) != whose:
            open_, whose = [], owner
        while open_ and open_[-1][0] >= s.level:
            open_.pop()
        above = open_[-1][1] if open_ else ()
        counts[above] = counts.get(above, 0) + 1
        path = (*above, counts[above])
        open_.append((s.level, path))
        out.append(evolve(s, path=path))
    return tuple(out)


def homes(old: Sequence[Section], kept: Mapping[Path, Path]) -> dict[Path, Path]:
    """Where what stood under each heading of *old* stands, unless something else is said.

    What a heading leaves behind is below the one before it, as it is in a text.
    """
    found: dict[Path, Path] = {(): ()}
    before: Path = ()
    for s in old:
        before = found[s.path] = kept.get(s.path, before)
    return found
