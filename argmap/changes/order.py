"""Several sequences as one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

_T = TypeVar("_T", bound=Hashable)


def woven(rows: Sequence[Iterable[_T]]) -> Iterator[_T]:
    """All that is in *rows*, once, in the order of the first; what only others have comes after
    what it follows in theirs.

    >>> "".join(woven(["abc", "axbc", "abyc"]))
    'axbyc'
    """
    first: list[_T] = []
    after: dict[_T, list[_T]] = {}
    for row in rows:
        siblings = first
        for each in row:
            if each not in after:
                siblings.append(each)
            siblings = after.setdefault(each, [])
    todo = first[::-1]
    while todo:
        each = todo.pop()
        yield each
        todo += reversed(after[each])
