"""What comes of maps put together: one debate, and what happened to each claim on the way."""

from __future__ import annotations

import enum
from typing import TypeAlias

from attrs import field, frozen

from argmap.model import ArgumentRef, ClaimRef, Debate

Named: TypeAlias = ClaimRef | ArgumentRef


@frozen
class Contribution:
    """A map, and the *name* of whoever made it. The base is what the others began from."""

    name: str
    debate: Debate = field(repr=False)
    is_base: bool = False


class What(enum.Enum):
    """What became of a claim in the merged map."""

    KEPT = "kept"
    RENAMED = "renamed"
    SAME = "same"
    REWORDED = "reworded"
    FUSED = "fused"


@frozen
class Fate:
    """What became of one claim, or argument, of one contributor.

    It was *was* there, said *text* ("" if it was only named), and is *now* here. *others* have the
    same, title and words, or nearly those words, if it is *reworded*; *fused* are what was made
    one with it because somebody accepted that; *proposed* are the numbers of the proposals that
    name it.
    """

    contributor: str
    was: Named
    now: Named
    what: What
    text: str = ""
    others: tuple[str, ...] = ()
    fused: tuple[Named, ...] = ()
    proposed: tuple[int, ...] = ()


@frozen
class Side:
    """A claim or argument as a proposal names it: its title before anything is fused."""

    ref: Named
    text: str
    contributors: tuple[str, ...]
    own: tuple[str, ...] = ()
    """The words that only this side has."""


@frozen
class Proposal:
    """Two that may be one. *likeness* is from 0 to 1."""

    number: int
    left: Side
    right: Side
    likeness: float
    accepted: bool = False

    @property
    def name(self) -> str:
        """What accepts it whatever its number is: ``Keller: Bells = Two bells``."""
        return f"{self.left.ref.title} = {self.right.ref.title}"


class Clash(enum.Enum):
    """What contributors have in two ways."""

    WORDING = "wording"
    STEPS = "steps"
    MOVED = "moved"
    SECTION = "section"
    DATA = "data"
    LINK = "link"
    SPEAKER = "speaker"
    SOURCE = "source"
    REFUSED = "refused"


@frozen
class Version:
    """One of the ways, and who has it."""

    contributors: tuple[str, ...]
    text: str


@frozen
class Conflict:
    """*what* is given in several *versions*; *outcome* says what the merged map has."""

    clash: Clash
    what: str
    versions: tuple[Version, ...]
    outcome: str


class Turn(enum.Enum):
    """What somebody changed against the base."""

    REWORDED = "reworded"
    ARGUED = "argued otherwise"
    MOVED = "moved"
    TURNED = "turned"
    JOINED = "joined"
    PARTED = "taken off"
    ADDED = "added"
    LEFT_OUT = "left out"


@frozen
class Change:
    """One change of *contributor* against the base, of what is called *ref* in the merged map."""

    contributor: str
    turn: Turn
    ref: Named
    before: str = ""
    after: str = ""


@frozen
class Key:
    """The key of a ``speaker`` or a ``source`` of *contributor*, which meant another's as well."""

    contributor: str
    of: str
    was: str
    now: str


@frozen
class Merged:
    """Several maps as one *debate*, and the account of it.

    *base* is the name of the map that the others began from; "" if none did.
    """

    debate: Debate
    contributors: tuple[str, ...]
    base: str = ""
    proposals: tuple[Proposal, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    changes: tuple[Change, ...] = ()
    fates: tuple[Fate, ...] = ()
    keys: tuple[Key, ...] = ()

    @property
    def open(self) -> tuple[Proposal, ...]:
        """The proposals that nobody accepted."""
        return tuple(p for p in self.proposals if not p.accepted)
