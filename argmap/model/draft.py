"""A claim or an argument in the making, and the titles that are made up for those without one.

Kept apart from the builder so that what is said of one thing a thousand times is gathered in a
thousand small steps, and frozen once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable
from typing import Generic, TypeVar

from attrs import define, field

from argmap.model.core import (
    MADE_UP,
    NO_DATA,
    Argument,
    ArgumentRef,
    Claim,
    ClaimRef,
    Data,
    Occurrence,
    Step,
    Value,
    Wording,
)
from argmap.text import Span

_FIRST = re.compile(r"[\W_]*" + 6 * r"([^\W_]+)?[\W_]*")  # the first six words


_Ref = TypeVar("_Ref", ClaimRef, ArgumentRef)


@define
class Draft(Generic[_Ref]):
    """Everything said so far of what has one title."""

    ref: _Ref
    first: tuple[int, ...]  # the section that it is mentioned in first
    span: Span | None
    wordings: list[Wording] = field(factory=list)
    tags: dict[str, None] = field(factory=dict)
    data: dict[str, Value] = field(factory=dict)
    steps: tuple[Step, ...] = ()
    lines: tuple[Occurrence, ...] = ()
    occurrences: list[Occurrence] = field(factory=list)
    worded: bool = False
    shown: int = -1
    section: tuple[int, ...] = ()  # the one that it is put into
    closed: bool = False  # something was added

    def add(
        self,
        wording: Wording | None,
        tags: Iterable[str],
        data: Data,
        section: tuple[int, ...],
        span: Span | None,
        occurrence: Occurrence | None = None,
    ) -> None:
        """Add what is said at one place. Its first words below a heading decide which section it
        stands in, unless ``isInGroup`` says otherwise; ``isCanonical`` marks the words to show.
        """
        if not self.closed:
            self.first, self.closed = section, True
        where = data.get("isInGroup") if data is not NO_DATA else None
        if wording:
            if data is not NO_DATA and wording.text and data.get("isCanonical"):
                self.shown = len(self.wordings)
            self.wordings.append(wording)
        if wording and wording.text and not self.worded:
            self.worded = True
            self.span = span or self.span
        if where is True or (where is None and not self.section and wording and wording.text):
            self.section = section
        if tags:
            self.tags.update(dict.fromkeys(tags))
        if data is not NO_DATA:
            merge(self.data, data.without("isCanonical"))
        if occurrence:
            self.occurrences.append(occurrence)

    def take(self, thing: Claim | Argument, wordings: Iterable[Wording]) -> None:
        """Take over what is said of it elsewhere."""
        self.wordings += wordings
        self.shown = thing.shown
        self.worded = any(w.text for w in self.wordings)
        self.tags.update(dict.fromkeys(thing.tags))
        self.data.update(thing.data.items)
        self.occurrences += thing.occurrences

    def claim(self: Draft[ClaimRef]) -> Claim:
        """All of it as a claim."""
        return Claim(
            self.ref,
            tuple(self.wordings),
            tuple(self.tags),
            self.section or self.first,
            Data(tuple(self.data.items())) if self.data else NO_DATA,
            self.shown,
            self.span,
            tuple(self.occurrences),
        )

    def argument(self: Draft[ArgumentRef]) -> Argument:
        """All of it as an argument."""
        return Argument(
            self.ref,
            tuple(self.wordings),
            self.steps,
            tuple(self.tags),
            self.section or self.first,
            Data(tuple(self.data.items())) if self.data else NO_DATA,
            self.shown,
            self.span,
            tuple(self.occurrences),
            self.lines,
        )


def merge(into: dict[str, Value], data: Data) -> None:
    """Add *data* to *into*: mappings key by key, lists element by element, as Argdown does.

    >>> into = {"a": (1, 2)}
    >>> merge(into, Data((("a", (3,)), ("b", 4))))
    >>> into
    {'a': (3, 2), 'b': 4}
    """
    for key, value in data.items:
        into[key] = _merged(into[key], value) if key in into else value


def _merged(old: Value, new: Value) -> Value:
    if isinstance(old, Data) and isinstance(new, Data):
        both = dict(old.items)
        merge(both, new)
        return Data(tuple(both.items()))
    if isinstance(old, tuple) and isinstance(new, tuple):
        pairs = tuple(_merged(o, n) for o, n in zip(old, new, strict=False))
        return pairs + (old if len(old) > len(new) else new)[len(pairs) :]
    return new


@define
class Titles:
    """Makes titles up, each once, and none that is taken."""

    _used: dict[str, int] = field(factory=dict)

    def new(self, text: str, taken: Container[str]) -> str:
        """A title made from *text*: its first words, and a number if that is taken."""
        stem = slug(text)
        n = self._used.get(stem, 0) + 1
        title = stem if n == 1 else f"{stem}-{n}"
        while title in taken:
            n += 1
            title = f"{stem}-{n}"
        self._used[stem] = n
        return title


def slug(text: str) -> str:
    """A made-up title: the first six words of *text*.

    >>> slug("The first bell of the day rings at eight.")
    '~the-first-bell-of-the-day'
    """
    parts = text[:120].split(None, 6)
    if len(parts) == 7 and text[:120].isascii() and all(map(str.isalnum, parts[:6])):
        return MADE_UP + "-".join(parts[:6]).lower()[:60]  # as what follows, in less time
    plain = text[:400]
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain)
    found = _FIRST.match(plain.casefold())
    said = [w for w in found.groups() if w] if found else ()
    return MADE_UP + ("-".join(said)[:60] or "unnamed")
