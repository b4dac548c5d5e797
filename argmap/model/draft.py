"""A claim or an argument in the making, and the titles that are made up for those without one.

Kept apart from the builder so that what is said of one thing a thousand times is gathered in a
thousand small steps, and frozen once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable

from attrs import define, field

from argmap.model.core import (
    MADE_UP,
    Argument,
    ArgumentRef,
    Claim,
    ClaimRef,
    Data,
    Step,
    Value,
    Wording,
)
from argmap.text import Span


@define
class Draft:
    """Everything said so far of what has one title."""

    section: tuple[int, ...]
    span: Span | None
    wordings: list[Wording] = field(factory=list)
    tags: dict[str, None] = field(factory=dict)
    data: dict[str, Value] = field(factory=dict)
    steps: tuple[Step, ...] = ()
    worded: bool = False

    def add(
        self,
        wording: Wording | None,
        tags: Iterable[str],
        data: Data,
        section: tuple[int, ...],
        span: Span | None,
    ) -> None:
        """Add what is said at one place. Its first words decide which section it stands in."""
        if wording:
            self.wordings.append(wording)
        if wording and wording.text and not self.worded:
            self.worded = True
            self.section, self.span = section, span or self.span
        self.tags.update(dict.fromkeys(tags))
        self.data.update(data.items)

    def take(self, wordings: Iterable[Wording], tags: Iterable[str], data: Data) -> None:
        """Take over what is said of it elsewhere."""
        self.wordings += wordings
        self.worded = any(w.text for w in self.wordings)
        self.tags.update(dict.fromkeys(tags))
        self.data.update(data.items)

    def claim(self, title: str) -> Claim:
        """All of it as a claim."""
        return Claim(
            ClaimRef(title),
            tuple(self.wordings),
            tuple(self.tags),
            self.section,
            Data(tuple(self.data.items())),
            self.span,
        )

    def argument(self, title: str) -> Argument:
        """All of it as an argument."""
        return Argument(
            ArgumentRef(title),
            tuple(self.wordings),
            self.steps,
            tuple(self.tags),
            self.section,
            Data(tuple(self.data.items())),
            self.span,
        )


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


def slug(text: str, words: int = 6) -> str:
    """A made-up title: the first *words* words of *text*.

    >>> slug("The role of legislation is to protect society.")
    '~the-role-of-legislation-is-to'
    """
    plain = unicodedata.normalize("NFKC", text[:400]).casefold()
    found = re.findall(r"[^\W_]+", plain)[:words]
    return MADE_UP + ("-".join(found)[:60] or "unnamed")
