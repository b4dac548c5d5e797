"""The map as Argdown's own tools make it: boxes in groups, and arrows between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from attrs import field, frozen

from argmap.model import ArgumentRef, ClaimRef, Kind, Markup, Relation, Value

WORDS: dict[Kind, str] = {
    Kind.SUPPORT: "support",
    Kind.ATTACK: "attack",
    Kind.UNDERCUT: "undercut",
    Kind.ENTAILMENT: "entails",
    Kind.CONTRARY: "contrary",
    Kind.CONTRADICTION: "contradictory",
    Kind.EQUIVALENCE: "support",
}  # what Argdown's tools call a kind of relation; they know no equivalence


@frozen
class Node:
    """The box of a claim or an argument.

    *title* and *text* are what it says, each "" if it says none; *markup* is that of *text*.
    *colour* is "" where none is set. *rank* is that of its ``{rank: …}``.
    """

    id: str
    ref: ClaimRef | ArgumentRef
    title: str = ""
    text: str = ""
    markup: tuple[Markup, ...] = ()
    tags: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    rank: Value = None
    colour: str = ""
    font_colour: str = ""

    @property
    def is_argument(self) -> bool:
        return isinstance(self.ref, ArgumentRef)


@frozen
class Group:
    """A box around others. *level* counts from 1, the outermost; a closed one shows no children.

    *section* is the path of the heading it comes from, () where settings group anew.
    """

    id: str
    title: str
    level: int = 1
    children: tuple[Node | Group, ...] = ()
    closed: bool = False
    section: tuple[int, ...] = ()
    colour: str = ""
    font_colour: str = ""


@frozen
class Edge:
    """An arrow from the box or closed group *tail* to *head*, both named by their ids.

    *relation* is what it draws; None where a premise or a conclusion is drawn.
    """

    kind: Kind
    tail: str
    head: str
    colour: str = ""
    relation: Relation | None = field(default=None, repr=False)


@frozen(slots=False)
class Graph:
    """A map: *children* are its outermost groups, then the boxes that are in none."""

    children: tuple[Node | Group, ...] = ()
    edges: tuple[Edge, ...] = ()

    def __iter__(self) -> Iterator[Node | Group]:
        """Every box and group, each before what is in it."""
        todo = list(reversed(self.children))
        while todo:
            child = todo.pop()
            yield child
            if isinstance(child, Group):
                todo += reversed(child.children)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The boxes that are shown, in the order of the picture."""
        return tuple(c for c in self if isinstance(c, Node))

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups, outer ones first."""
        return tuple(c for c in self if isinstance(c, Group))

    @cached_property
    def by_id(self) -> Mapping[str, Node | Group]:
        """Every box and group under its id."""
        return {c.id: c for c in self}
