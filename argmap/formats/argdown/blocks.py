"""What an Argdown text is made of when it is written: blocks, and the rows in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from attrs import define

from argmap.model import (
    Argument,
    ArgumentRef,
    Claim,
    ClaimRef,
    Kind,
    Link,
    Relation,
    Section,
)

Thing: TypeAlias = ClaimRef | ArgumentRef


@define
class Row:
    """One mention. *wording* is the number of the one that is put here; None for none.

    *whole* says that tags and data stand here.
    """

    ref: Thing
    depth: int = 0
    symbol: str = ""
    link: Link | None = None
    wording: int | None = None
    whole: bool = False


@define
class Entry:
    """A row and all rows below it."""

    rows: list[Row]


@define
class Structure:
    """The premises and conclusions of *argument*, each with the rows below it, and under each
    inference what strikes it."""

    argument: ArgumentRef
    lines: list[tuple[int | None, list[Row]]]  # the step that is concluded, if any
    strikes: list[list[Row]]


Block: TypeAlias = Section | Entry | Structure


def rows_of(block: Block) -> Iterator[Row]:
    """All rows of *block*, in the order in which they are read."""
    match block:
        case Entry():
            yield from block.rows
        case Structure():
            for step, rows in block.lines:
                if step is not None:
                    yield from block.strikes[step]
                yield from rows
        case Section():
            pass


def main(t: Claim | Argument) -> int | None:
    """The number of the wording that stands where *t* belongs: the first with words."""
    said = t.wordings
    return next((i for i, w in enumerate(said) if w.text), 0 if said else None)


def lines_of(a: Argument) -> list[tuple[ClaimRef, int | None]]:
    """The numbered lines of *a*: a claim, and the step that it concludes, if it does."""
    found: list[tuple[ClaimRef, int | None]] = []
    for i, s in enumerate(a.steps):
        found += [(p, None) for p in (s.premises if i == 0 else s.premises[1:])]
        found.append((s.conclusion, i))
    return found


def sign_of(r: Relation, below: Thing) -> str:
    """The sign of a row that says *r* below the row of *below*."""
    forward = r.head != below
    match r.kind:
        case Kind.SUPPORT | Kind.ENTAILMENT | Kind.EQUIVALENCE:
            return "+>" if forward else "+"
        case Kind.ATTACK | Kind.CONTRARY:
            return "->" if forward else "-"
        case Kind.UNDERCUT:
            return "_>" if forward else "_"
        case Kind.CONTRADICTION:
            return "><"
