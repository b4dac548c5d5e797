"""What a change between two maps is: few kinds, each with all it takes to make it again.

Claims, arguments and relations are named as the newer map names them; what is removed, and
headings, as the older one does.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from attrs import field, frozen

from argmap.model import (
    Argument,
    ArgumentRef,
    Claim,
    ClaimRef,
    Debate,
    Issue,
    Kind,
    Markup,
    Ref,
    Relation,
    Section,
    Source,
    Speaker,
)

Path: TypeAlias = tuple[int, ...]
Node: TypeAlias = ClaimRef | ArgumentRef
Thing: TypeAlias = Claim | Argument | Relation | Section | Issue | Speaker | Source


class What(enum.Enum):
    """What a map is made of, by the names that messages use."""

    MAP = "map"
    HEADING = "heading"
    QUESTION = "question"
    SPEAKER = "speaker"
    SOURCE = "source"
    CLAIM = "claim"
    ARGUMENT = "argument"
    RELATION = "relation"


@frozen(cache_hash=True)
class Bearing:
    """Names a relation: *tail* bears on *head*."""

    kind: Kind
    tail: Ref
    head: Ref


@frozen
class Entry:
    """Names what is neither claim, argument nor relation: a heading or a question by its path, a
    speaker or a source by its key; the map itself needs no key.
    """

    what: What
    key: str | Path = ""


MAP = Entry(What.MAP)
Subject: TypeAlias = Node | Bearing | Entry


@frozen
class Added:
    """*thing* is new, and stands *at* that place in its list, counted from 0.

    *under* are the questions that a claim or an argument is mentioned under: the paths of their
    headings, and at which place.
    """

    thing: Thing
    at: int
    under: tuple[tuple[Path, int], ...] = ()


@frozen
class Removed:
    """*thing* is not there any more."""

    thing: Thing


@frozen
class Renamed:
    """What was called *old* is called *new*, and its words are the same, or nearly."""

    old: Node
    new: Node


@frozen
class Reworded:
    """The wording of that *number*, counted from 0, has other words.

    *was* is the title that argmap had made from the older words, if it made another of the newer.
    """

    of: Node
    old: str
    new: str
    number: int = 0
    was: Node | None = None
    old_markup: tuple[Markup, ...] = ()
    markup: tuple[Markup, ...] = ()


@frozen
class Changed:
    """One *field* of something has another value.

    *number* counts wordings, or the steps of an argument, from 0; -1 is the thing as a whole.
    *place* is the number of a citation, from 0, or the key of data; values of data are then
    in a tuple, which is empty where the key is not there. Without *place* it is all of the field.
    """

    of: Subject
    field: str
    old: Any
    new: Any
    number: int = -1
    place: str | int | None = None


@frozen
class Rejoined:
    """What bore on one thing bears on another, or bears on it in another way."""

    old: Bearing
    new: Bearing


@frozen
class Reordered:
    """Some of what stays stands elsewhere in its list: *moves* has each with its new place."""

    what: What
    moves: tuple[tuple[Subject, int], ...]


Change: TypeAlias = Added | Removed | Renamed | Reworded | Changed | Rejoined | Reordered


@frozen
class Diff:
    """What changed from one map to another: all *changes*, none if they say the same.

    *old* and *new* are the two maps; *paths* has for the path of each heading of the older one
    that of the same heading in the newer.
    """

    changes: tuple[Change, ...] = ()
    old: Debate = field(factory=Debate, eq=False, repr=False)
    new: Debate = field(factory=Debate, eq=False, repr=False)
    paths: Mapping[Path, Path] = field(factory=dict, eq=False, repr=False)

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def apply(self, old: Debate) -> Debate:
        """*old* with all changes made: of the older map, the newer one.

        Raises:
            UnknownName: something that was changed is not in *old*.
        """
        from argmap.changes.apply import apply

        return apply(old, self)


def subject_of(thing: Thing) -> Subject:
    """What names *thing*."""
    match thing:
        case Claim() | Argument():
            return thing.ref
        case Relation():
            return Bearing(thing.kind, thing.tail, thing.head)
        case Section():
            return Entry(What.HEADING, thing.path)
        case Issue():
            return Entry(What.QUESTION, thing.section)
        case Speaker():
            return Entry(What.SPEAKER, thing.key)
        case Source():
            return Entry(What.SOURCE, thing.key)


def what_of(subject: Subject) -> What:
    """Which list what *subject* names is in."""
    match subject:
        case ClaimRef():
            return What.CLAIM
        case ArgumentRef():
            return What.ARGUMENT
        case Bearing():
            return What.RELATION
        case Entry():
            return subject.what
