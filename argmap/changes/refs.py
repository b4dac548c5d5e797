"""Names before and after: what follows when a claim or an argument is called something else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar, cast

from attrs import evolve, frozen

from argmap.changes.core import Bearing, Node, Path
from argmap.model import (
    Argument,
    ArgumentRef,
    Claim,
    ClaimRef,
    Issue,
    Ref,
    Relation,
    Section,
    Step,
    StepRef,
)

_R = TypeVar("_R", bound=ClaimRef | ArgumentRef)


@frozen
class Names:
    """What is called something else, and where each heading of the older map is.

    *gone* are those that were removed.
    """

    renamed: Mapping[Node, Node]
    homes: Mapping[Path, Path]
    gone: frozenset[Node] = frozenset()

    def thing(self, ref: _R) -> _R:
        """What *ref* is called now."""
        return cast("_R", self.renamed.get(ref, ref))

    def ref(self, ref: Ref) -> Ref:
        """What *ref* is called now, also if it is a step."""
        if isinstance(ref, StepRef):
            return StepRef(self.thing(ref.argument), ref.index)
        return self.thing(ref)

    def is_gone(self, ref: Ref) -> bool:
        """Whether it was removed, or is a step of what was."""
        return (ref.argument if isinstance(ref, StepRef) else ref) in self.gone

    def home(self, section: Path) -> Path:
        """Where what stood in *section* stands."""
        return self.homes.get(section, section)

    def claim(self, c: Claim) -> Claim:
        """*c* by its new name, in its new place; where it stood in a text is forgotten."""
        ref, section = self.thing(c.ref), self.home(c.section)
        if ref == c.ref and section == c.section and not c.occurrences:
            return c
        return evolve(c, ref=ref, section=section, occurrences=())

    def argument(self, a: Argument) -> Argument:
        """*a* by its new name, in its new place, its steps too."""
        return evolve(
            a,
            ref=self.thing(a.ref),
            section=self.home(a.section),
            steps=tuple(map(self._step, a.steps)),
            occurrences=(),
            lines=(),
        )

    def _step(self, s: Step) -> Step:
        return evolve(
            s,
            premises=tuple(map(self.thing, s.premises)),
            conclusion=self.thing(s.conclusion),
        )

    def bearing(self, b: Bearing) -> Bearing:
        """*b* by the new names of its ends."""
        return Bearing(b.kind, self.ref(b.tail), self.ref(b.head))

    def relation(self, r: Relation) -> Relation:
        """*r* by the new names of its ends, and of what it follows from."""
        because = tuple(map(self.ref, r.because))
        return evolve(r, tail=self.ref(r.tail), head=self.ref(r.head), because=because)

    def issue(self, i: Issue, old: Mapping[Path, Section], new: Mapping[Path, Section]) -> Issue:
        """*i* below its heading, asking what that asks, without what was removed."""
        section = self.home(i.section)
        asks = i.section in old and old[i.section].title == i.question and section in new
        return Issue(
            new[section].title if asks else i.question,
            section,
            tuple(self.thing(r) for r in i.refs if r not in self.gone),
        )
