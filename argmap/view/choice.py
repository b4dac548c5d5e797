"""What of a debate is shown, as it was asked for."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

What: TypeAlias = Literal["author", "voice", "kind", "tag", "section", "issue", "links"]
Grouping: TypeAlias = Literal["", "author", "issue", "section"]


@frozen
class Choice:
    """A part of a debate. Numbers and order stay those of the whole, whatever is left out.

    *depth* levels are shown; of *focus*, a title or a number, only that claim and what it is
    joined with; of *only*, pairs such as ``("author", "Rumer")``, cards that fit one value of
    each kind that is named. *group* puts a frame around what belongs together.
    """

    depth: int | None = None
    focus: str = ""
    only: tuple[tuple[What, str], ...] = ()
    group: Grouping = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self.depth is None and not self.focus and not self.only


WHOLE = Choice()
