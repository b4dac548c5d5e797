"""Counting what maps hold, with the texts they cite where those are to be had."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from argmap.api.texts import Shelf
from argmap.model import Debate, Source
from argmap.provenance.cited import CitedText
from argmap.provenance.counts import Counts, counts
from argmap.provenance.readers import Unreadable


def counted(
    debates: Iterable[Debate],
    shelf: Shelf | None = None,
    tell: Callable[[str], object] = lambda _: None,
) -> Counts:
    """What *debates* hold, and how much of the texts on *shelf* they touch.

    *tell* hears of a text that is not there or cannot be read.
    """

    def document(source: Source) -> CitedText | None:
        if shelf is None:
            return None
        try:
            return shelf(source)
        except Unreadable as e:
            tell(f"{e.message}; {e.help}" if e.help else e.message)
            return None

    return counts(debates, document)
