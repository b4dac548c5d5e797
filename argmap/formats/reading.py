"""What every reader gives: as much debate as there is, and every problem met on the way."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterator
from typing import TypeAlias

from attrs import field, frozen

from argmap.model import Debate
from argmap.text import Problem, Severity, Text


@frozen
class Reading:
    """A debate as read, what was wrong, and the texts that the problems' spans name.

    The first of *texts* is the one that was asked for.
    """

    debate: Debate
    problems: tuple[Problem, ...] = ()
    texts: tuple[Text, ...] = field(default=(), repr=False)

    @property
    def failed(self) -> bool:
        """Whether any problem is an error."""
        return any(p.severity is Severity.ERROR for p in self.problems)


class NotFetched(Exception):
    """Another text that a map names cannot be had; the message says why."""


Fetch: TypeAlias = Callable[[str, str], Text]
"""``fetch(name, beside)``: the text that the text called *beside* knows as *name*.

Raises `NotFetched`. Readers are given one, so that they never touch a disk.
"""


def fetch_nothing(name: str, beside: str) -> Text:
    """A `Fetch` for texts that stand alone."""
    raise NotFetched(f"{name!r} cannot be read from here: {beside} stands alone")


@frozen
class Context:
    """What a reader may need beside its text.

    *read* reads any other text, in whatever format it is; *above* names the texts that are
    being read, from the outermost, so that a circle is seen; *known* are those that were read.
    """

    fetch: Fetch
    read: Callable[[Text, Context], Reading]
    above: tuple[str, ...] = ()
    known: dict[str, Reading] = field(factory=dict, eq=False, repr=False)


@contextlib.contextmanager
def no_collection() -> Iterator[None]:
    """Nothing made on the way is a circle, and looking for some takes a third of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
