"""What an Argdown text looks like, before it means anything.

A block is flat: its rows are in the order of the text, and each says which row it stands under.
So nothing here is ever deep, however far a map is nested.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from attrs import frozen

from argmap.formats.argdown.data import Placed
from argmap.model import Markup
from argmap.text import Span

TOP = -1  # the parent of a row that stands under nothing in its block


class Item(NamedTuple):
    """A statement or an argument, mentioned or defined: ``[T]``, ``[T]: text``, ``<T>: gist``.

    *title* is "" where there is none. *text* is "" for a mention; its tags are in it, and its first
    *size* characters are what stands before the last of them. *defined* says whether it is more
    than a mention.
    """

    argument: bool
    title: str
    defined: bool
    text: str
    size: int
    tags: tuple[str, ...]
    markup: tuple[Markup, ...]
    data: Placed | None
    span: Span

    @property
    def words(self) -> str:
        """The text without its last tags."""
        return self.text[: self.size]


class Row(NamedTuple):
    """An item and what it says of the row it stands under; *symbol* is "" if nothing."""

    item: Item
    symbol: str
    parent: int
    span: Span


@frozen
class Heading:
    """``# Title``: *level* counts the signs."""

    level: int
    item: Item

    @property
    def data(self) -> Placed | None:
        return self.item.data


@frozen
class Inference:
    """A line of hyphens; *strikes* are the rows under it, whose parent is `TOP`."""

    rules: tuple[str, ...]
    data: Placed | None
    strikes: tuple[Row, ...]
    span: Span


@frozen
class Line:
    """A numbered statement and its rows; *inference* is the line above a conclusion."""

    rows: tuple[Row, ...]
    inference: Inference | None


@frozen
class Entry:
    """A statement or argument and all rows below it; *listed* if it is one of a list."""

    rows: tuple[Row, ...]
    listed: bool = False


@frozen
class Structure:
    """Premises, inferences and conclusions."""

    lines: tuple[Line, ...]
    span: Span


Block: TypeAlias = Heading | Entry | Structure


@frozen
class Tree:
    """A whole text. *front* is its frontmatter."""

    front: Placed | None
    blocks: tuple[Block, ...]
