"""The headings of a debate in the making, and the issues among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import define, evolve, field

from argmap.model.core import (
    NO_DATA,
    ArgumentRef,
    ClaimRef,
    Data,
    Issue,
    Markup,
    Occurrence,
    Section,
)
from argmap.text import Span

_ASKING = ("?", "\uff1f", "\u061f", "\u037e")


@define(eq=False)
class Frame:
    """The sections of a `Builder`; *path* is that of the one which is open, () if none is."""

    path: tuple[int, ...] = ()
    _sections: list[Section] = field(factory=list, init=False)
    _children: dict[tuple[int, ...], int] = field(factory=dict, init=False)
    _levels: dict[tuple[int, ...], int] = field(factory=dict, init=False)
    _issues: dict[tuple[int, ...], dict[ClaimRef | ArgumentRef, None]] = field(
        factory=dict, init=False
    )

    def section(
        self,
        title: str,
        level: int = 1,
        *,
        tags: Iterable[str] = (),
        data: Data = NO_DATA,
        markup: tuple[Markup, ...] = (),
        span: Span | None = None,
        occurrence: Occurrence | None = None,
    ) -> tuple[int, ...]:
        """Begin a section; what follows stands in it. A title that asks is an issue."""
        above = self._above(level)
        number = self._children[above] = self._children.get(above, 0) + 1
        self.path = (*above, number)
        self._levels[self.path] = level
        self._sections.append(
            Section(self.path, title, level, tuple(tags), data, markup, span, occurrence)
        )
        if title.endswith(_ASKING):
            self._issues[self.path] = {}
        return self.path

    def _above(self, level: int) -> tuple[int, ...]:
        """The path of the nearest open section of a lower level."""
        path = self.path
        while path and self._levels[path] >= level:
            path = path[:-1]
        return path

    @property
    def asks(self) -> bool:
        """Whether there is any issue."""
        return bool(self._issues)

    def bear(self, ref: ClaimRef | ArgumentRef) -> None:
        """Note that *ref* is mentioned under the issue that is open."""
        for n in range(len(self.path), 0, -1):
            if self.path[:n] in self._issues:
                self._issues[self.path[:n]][ref] = None
                return

    def include(self, sections: Sequence[Section], issues: Sequence[Issue]) -> int:
        """Add the sections and issues of another debate after those that are here.

        No section is open afterwards. Gives by how much the first numbers of their paths grow.
        """
        shift = self._children.get((), 0)
        for s in sections:
            self._sections.append(evolve(s, path=shifted(s.path, shift)))
            if len(s.path) == 1:
                self._children[()] = max(self._children.get((), 0), s.path[0] + shift)
        for issue in issues:
            self._issues[shifted(issue.section, shift)] = dict.fromkeys(issue.refs)
        self.path = ()
        return shift

    @property
    def sections(self) -> tuple[Section, ...]:
        """All of them, in order."""
        return tuple(self._sections)

    @property
    def issues(self) -> tuple[Issue, ...]:
        """All of them, in order, each with what stands under it."""
        titles = {s.path: s.title for s in self._sections}
        return tuple(Issue(titles[p], p, tuple(refs)) for p, refs in self._issues.items())


def shifted(path: tuple[int, ...], by: int) -> tuple[int, ...]:
    """*path* with its first number grown; () stays."""
    return (path[0] + by, *path[1:]) if path else ()
