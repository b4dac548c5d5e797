"""Several sequences as one."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import TypeVar

_T = TypeVar("_T", bound=Hashable)


def woven(rows: Sequence[Sequence[_T]]) -> Iterator[_T]:
    """All that is in *rows*, once, in the order of the first; what only others have comes after
    what it follows in theirs, or at the end. In each row, everything stands once.

    >>> "".join(woven(["abc", "axbc", "abyc"]))
    'axbyc'
    """
    after: dict[_T | None, list[_T]] = {None: []}
    anchors: dict[_T, _T | None] = {}
    for row in rows:
        anchor: _T | None = None
        for each in row:
            if each in anchors:
                anchor = anchors[each]
            elif row is rows[0]:
                anchors[each] = anchor = each
                after[each] = []
            else:
                anchors[each] = anchor
                after[anchor].append(each)
    for each in rows[0] if rows else ():
        yield each
        yield from after.pop(each, ())
    yield from after[None]
