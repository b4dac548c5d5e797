"""What fits a query."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from argmap.model import Voice
from argmap.sides import Line, Tie
from argmap.text import Problem, Text
from argmap.view import Role


@frozen
class Hit:
    """A claim that fits: its *line*, and where it stands.

    *file* is the name of the file, *map* the title of the map; *kind* is its part in the outline,
    *depth* its level there, from 1. *topics* are the questions that it is named under or belongs
    to, *headings* those that it stands under, the outermost first; *links* what links it to other
    speakers.
    """

    file: str
    map: str
    line: Line
    kind: Role = Role.CLAIM
    depth: int = 1
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    links: tuple[Tie, ...] = field(default=(), repr=False)

    @property
    def number(self) -> str:
        return self.line.number

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def title(self) -> str:
        return self.line.title

    @property
    def speaker(self) -> str:
        return self.line.speaker

    @property
    def voice(self) -> Voice:
        return self.line.voice


@frozen
class Found:
    """The *hits* of a *query*, in reading order, among so many *claims* of so many *maps*.

    *doubts* say what nothing here is called; their places are in *text*, the query as written.
    """

    query: str
    hits: tuple[Hit, ...] = ()
    claims: int = 0
    maps: int = 0
    doubts: tuple[Problem, ...] = ()
    text: Text = field(default=Text("", ""), eq=False, repr=False)
    linking: bool = False
    """Whether the query asks for links between speakers, so that they are worth printing."""

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)
