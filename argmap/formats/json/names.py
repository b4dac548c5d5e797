"""The names a file gives to things, and what is meant where it names one of them."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from typing import TypeVar

from attrs import Factory, define

from argmap.formats.json.entry import Entry, Spot
from argmap.formats.json.shape import REF
from argmap.formats.json.words import Path, cut, dotted, literal, quoted
from argmap.model import ArgumentRef, ClaimRef, Ref, StepRef
from argmap.text import Severity

_Name = TypeVar("_Name", bound=Hashable)


@define
class Names:
    """What has a name so far, and where it got it. Things are read before what names them."""

    claims: dict[str, Path] = Factory(dict)
    arguments: dict[str, Path] = Factory(dict)
    steps: dict[str, list[int | None]] = Factory(dict)  # by argument; None for one left out
    sections: dict[tuple[int, ...], Path] = Factory(dict)
    speakers: dict[str, Path] = Factory(dict)
    sources: dict[str, Path] = Factory(dict)

    def ref(self, spot: Spot) -> Ref | None:
        """The claim, argument or step that the object at *spot* names."""
        if isinstance(spot.value, str):
            spot.must_be("an object", f'write {{"claim": {literal(cut(spot.value))}}}')
            return None
        entry = spot.entry(REF)
        if entry is None:
            return None
        claim, argument, step = (entry.at(key) for key in ("claim", "argument", "step"))
        if claim and not argument and not step:
            return self.claim(claim, _other_sort(claim, "argument", self.arguments))
        if argument and not claim:
            ref = self._argument(argument)
            return self._step(ref, step) if ref and step else ref
        if claim and argument:
            spot.must("name a claim or an argument, not both")
        elif claim:
            spot.must("name a claim or an argument, and only an argument has steps")
        else:
            spot.must("name a claim or an argument")
        return None

    def claim(self, spot: Spot, help: str = "") -> ClaimRef | None:
        """The claim that the text at *spot* names; *help* if there is none."""
        title = spot.text("name the claim by its title")
        if title is None:
            return None
        if title in self.claims:
            return ClaimRef(title)
        _tell_unknown(spot, "claim", title, self.claims, help)
        return None

    def _argument(self, spot: Spot) -> ArgumentRef | None:
        title = spot.text("name the argument by its title")
        if title is None:
            return None
        if title in self.arguments:
            return ArgumentRef(title)
        help = _other_sort(spot, "claim", self.claims)
        _tell_unknown(spot, "argument", title, self.arguments, help)
        return None

    def _step(self, argument: ArgumentRef, spot: Spot) -> StepRef | None:
        """None, with nothing said, for a step that was wrong itself."""
        number = spot.whole()
        if number is None:
            return None
        steps = self.steps[argument.title]
        if number > len(steps):
            name, which = f"<{cut(argument.title)}>", cut(str(number))
            help = f"it has {len(steps)}" if steps else "it has no steps"
            spot.tell("AM705", f"{name} has no step {which}", help)
            return None
        index = steps[number - 1]
        return None if index is None else StepRef(argument, index)

    def speaker(self, entry: Entry, key: str) -> str:
        """The key of a speaker, kept even if nobody has it."""
        return _known(entry, key, "speaker", self.speakers)

    def source(self, entry: Entry, key: str) -> str:
        """The key of a source, kept even if none has it."""
        return _known(entry, key, "source", self.sources)

    def section(self, entry: Entry, *, full: bool = False) -> tuple[int, ...]:
        """The section that *entry* stands in, or (), which is told if it should be *full*."""
        path = numbers(entry, "section", full=full)
        return path if not path or self.has_section(path, entry.spot.inside("section")) else ()

    def has_section(self, path: tuple[int, ...], spot: Spot) -> bool:
        """Whether *path*, which *spot* names, is the number of a section; if not, this is told."""
        if path not in self.sections:
            help = 'list every heading under "sections", a higher one before those in it'
            spot.tell("AM705", f"no section is numbered {dotted(path)}", help)
        return path in self.sections


def is_new(known: dict[_Name, Path], name: _Name, spot: Spot, two: str) -> bool:
    """Whether nothing had the *name* at *spot* yet; from now on something has."""
    first = known.setdefault(name, spot.path)
    if first is not spot.path:
        spot.problems.add("AM704", spot.path, f"two {two}", "keep one of them", first=first)
    return first is spot.path


def numbers(entry: Entry, key: str, *, full: bool = False) -> tuple[int, ...]:
    """The numbers in the list at *key*, or () if any is wrong.

    That there are none is told if it should be *full*.
    """
    found = [spot.whole() for spot in entry.spots(key, full=full)]
    return tuple(n for n in found if n is not None) if None not in found else ()


def _known(entry: Entry, key: str, what: str, known: Collection[str]) -> str:
    name = entry.text(key)
    if name and name not in known:
        _tell_unknown(entry.spot.inside(key), what, name, known, severity=Severity.WARNING)
    return name


def _tell_unknown(
    spot: Spot,
    what: str,
    name: str,
    known: Collection[str],
    help: str = "",
    severity: Severity = Severity.ERROR,
) -> None:
    hint = spot.problems.hint(name, known)
    spot.tell("AM705", f"no {what} is named {quoted(name)}{hint}", help, severity)


def _other_sort(spot: Spot, other: str, others: Collection[str]) -> str:
    """Help for a title that something of the *other* sort has."""
    title = spot.value
    if not isinstance(title, str) or title not in others:
        return ""
    this = spot.path[-1]
    return f'{quoted(title)} is a title of the other sort: write "{other}" for "{this}"'
