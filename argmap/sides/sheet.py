"""What a flow sheet is made of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from attrs import frozen

from argmap.model import Link, Sense, Source
from argmap.model.core import MADE_UP
from argmap.sides.core import Line, Tie
from argmap.view import Mark

ANSWERING = (Sense.CLASH, Sense.QUALIFIES, Sense.TENSION)
"""What answers. Who agrees grants a point, and who talks past it leaves it where it is."""

NOBODY = "nobody named"

_MOST = 8  # of what works together, as many are named


@frozen(cache_hash=True)
class Column:
    """What one *speaker* says, in one *speech* or at all; "" is nobody, and no speech."""

    speaker: str = ""
    speech: str = ""

    @property
    def title(self) -> str:
        """What stands above it."""
        named = self.speaker.casefold() in self.speech.casefold().split()
        parts = ("" if self.speech and named else self.speaker, self.speech)
        return ", ".join(p for p in parts if p) or NOBODY


@frozen
class Entry:
    """A line of the debate where it stands on the sheet; with *sees*, a mere reference to it.

    *above* is the number of what it stands with: what it answers, or is a reason for; "" for what
    begins a row. *tie* is how it bears on that, *other* whether that is another's. *depth* counts
    the reasons above it in its own column. *unanswered* is as the rule of the sheet says.
    """

    line: Line
    tie: Tie | None = None
    above: str = ""
    depth: int = 0
    other: bool = False
    unanswered: bool = False
    sees: bool = False

    @property
    def number(self) -> str:
        """That of pictures and outlines."""
        return self.line.number

    @property
    def mark(self) -> Mark | None:
        """How it bears on what it stands with."""
        return self.tie.mark if self.tie else None

    @property
    def answers(self) -> str:
        """The number of the line of another that it answers; "" if it answers none."""
        return self.above if self.sense in ANSWERING else ""

    @property
    def beside(self) -> tuple[str, ...]:
        """The numbers of what works together with it; of very many, of some from both ends."""
        tails = self.tie.tails if self.tie else ()
        ends = tails if len(tails) <= 2 * _MOST else (*tails[:_MOST], *tails[-_MOST:])
        return tuple(t.number for t in ends if t.number != self.number) if tails[1:] else ()

    @property
    def sense(self) -> Sense | None:
        """What it is to the line of another that it stands opposite; None if that is no other's."""
        return self.tie.sense if self.tie and self.other else None

    @property
    def bears(self) -> str:
        """What it does to what it stands with, in words, as `bearing`; "" if it begins a row."""
        if self.tie is None:
            return ""
        turned = self.tie.mutual and self.tie.head.number != self.above
        return bearing(self.tie, self.tie.tails[0] if turned else self.tie.head)


@frozen
class Cell:
    """What stands on one line of the sheet, in the column of that number, counted from 0."""

    column: int
    entries: tuple[Entry, ...]


@frozen
class Row:
    """A thread: a *point*, known by its number, and all that stands with it.

    Each of *lines* holds cells in the order of the columns; those that are empty are left out.
    *question* is the one it belongs to, if it belongs to any.
    """

    point: str
    question: str
    lines: tuple[tuple[Cell, ...], ...]

    @property
    def entries(self) -> Iterator[Entry]:
        """All that stands in it, line by line."""
        return (e for line in self.lines for cell in line for e in cell.entries)


@frozen
class Reply:
    """A *line* to prepare a reply to, and *why*; *to* are the numbers of what it answers."""

    line: Line
    question: str
    why: str
    to: tuple[str, ...] = ()


@frozen(slots=False)
class Flow:
    """*rows* of lines, in *columns*.

    *by* is ``speaker`` or ``speech``. *rule* says in plain words what is marked as not answered,
    *notes* what else one must know to read the sheet. *replies* are what *reply_to*, the key of a
    speaker, may prepare a reply to, question by question. *sources* are those that are cited.
    """

    title: str
    by: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    rule: str
    notes: tuple[str, ...] = ()
    reply_to: str = ""
    replies: tuple[Reply, ...] = ()
    sources: tuple[Source, ...] = ()

    @cached_property
    def unanswered(self) -> tuple[Entry, ...]:
        """What nobody answers, by the rule, row by row."""
        return tuple(e for row in self.rows for e in row.entries if e.unanswered)


def bearing(tie: Tie, head: Line) -> str:
    """What *tie* does, to what, and on whose word: ``qualifies 1.2, about scope, the mapper’s
    link: …``.
    """
    over = head.number
    if tie.struck:
        numbers = [s.number for s in tie.struck[:_MOST]]
        over = f"the step from {'+'.join(numbers)}{'+…' if tie.struck[_MOST:] else ''} to {over}"
    said = link_of(tie)
    return f"{_verb(tie)} {over}" + (f", {said}" if said else "")


def link_of(tie: Tie) -> str:
    """What the map says of *tie* as one between speakers: about what, on whose word, why."""
    if tie.link is None or tie.link == Link():
        return "the mapper’s link" if _is_across(tie) else ""
    about = f"about {tie.about.value}" if tie.about else ""
    whose = "the mapper’s link" if tie.inferred else f"so {tie.by}"
    said = ", ".join(p for p in (about, whose) if p)
    return f"{said}: {tie.because}" if tie.because else said


def _is_across(tie: Tie) -> bool:
    """Whether it joins lines from the files of two positions, neither of which can draw it."""
    ends = tie.struck[:1] or (tie.head,)
    return any(
        t.speaker != e.speaker and _is_from_file(t) and _is_from_file(e)
        for e in ends
        for t in tie.tails
    )


def _is_from_file(line: Line) -> bool:
    """Whether its title is as a debate calls what stands in the file of a position."""
    return bool(line.speaker) and line.title.removeprefix(MADE_UP).startswith(f"{line.speaker}: ")


def _verb(tie: Tie) -> str:
    """What *tie* does. What a link between speakers is comes before its sign."""
    match tie.sense:
        case Sense.AGREES:
            return "supports" if tie.link is None or tie.link.sense is None else "grants"
        case Sense.TENSION:
            return "is in tension with"
        case Sense.PAST:
            return "talks past"
        case Sense.CLASH | Sense.QUALIFIES:
            pass
    if tie.mark is Mark.UNDERCUT:
        return "undercuts"
    if tie.sense is Sense.QUALIFIES:
        return "qualifies"
    return "contradicts" if tie.mark is Mark.CONTRADICT else "objects to"
