"""What people call what a change is of: by its title, or by its words if argmap made the title."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from attrs import frozen

from argmap.changes.core import Node, Path
from argmap.model import ArgumentRef, Debate, Ref, StepRef, is_made_up

_LONGEST = 60  # characters of a text that stands for its claim


@frozen(slots=False)
class Called:
    """The names in one of the two maps; what it does not have has that of the *older* one."""

    debate: Debate
    older: Called | None = None

    def ref(self, ref: Ref) -> str:
        """``[Title]``, ``<Title>``, or the first words of what has no title.

        An argument without either is called by its first premise.
        """
        if isinstance(ref, StepRef):
            return f"step {ref.index + 1} of {self.ref(ref.argument)}"
        if not is_made_up(ref.title):
            return str(ref)
        text = self.text(ref)
        if text:
            return f"“{short(text)}”"
        if isinstance(ref, ArgumentRef) and (premises := self._premises.get(ref)):
            return f"the argument from {self.ref(premises[0])}"
        if maker := self._makers.get(ref):
            return f"what follows from {self.ref(maker)}"
        if self.older is not None:
            return self.older.ref(ref)
        return f"<{ref.title[1:]}>" if isinstance(ref, ArgumentRef) else f"[{ref.title[1:]}]"

    def text(self, ref: Ref) -> str:
        """The words of a claim or an argument; "" if it has none."""
        return self._texts.get(ref, "")

    def heading(self, path: Path) -> str:
        """The title of the heading at *path*."""
        return self._headings.get(path, "")

    @cached_property
    def _texts(self) -> Mapping[Ref, str]:
        said = [t for t in self.debate.things if any(w.text for w in t.wordings)]
        return {t.ref: t.text for t in said}

    @cached_property
    def _headings(self) -> Mapping[Path, str]:
        return {s.path: s.title for s in self.debate.sections}

    @cached_property
    def _premises(self) -> Mapping[Node, tuple[Node, ...]]:
        return {a.ref: a.steps[0].premises for a in self.debate.arguments if a.steps}

    @cached_property
    def _makers(self) -> Mapping[Node, Node]:
        """For what nobody put into words, the first premise of the step that concludes it."""
        made: dict[Node, Node] = {}
        for a in self.debate.arguments:
            for s in a.steps:
                first = s.premises[0]
                if s.premises and (first in self._texts or not is_made_up(first.title)):
                    made.setdefault(s.conclusion, first)
        return made


def short(text: str) -> str:
    """The first words of *text*, with an ellipsis if there are more."""
    line = " ".join(text.split())
    if len(line) <= _LONGEST:
        return line
    cut = line[:_LONGEST].rsplit(" ", 1)[0]
    return f"{cut} …"
