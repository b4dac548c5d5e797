"""Questions by speakers: what each says to each, and where they say nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import field, frozen

from argmap.model import Source, Speaker
from argmap.sides.core import Line, Meeting, Tie, Topic
from argmap.view import Mark

NOBODY = Speaker("", "nobody named")
"""Whose column holds the lines that are credited to no one."""


@frozen
class Cell:
    """What one speaker says to one question.

    *lines* are named under it, and under none before; *below* is what rests on these, or is said
    against them by the same speaker. *again* are named here too, and count under an earlier one.
    """

    lines: tuple[Line, ...] = ()
    below: tuple[Line, ...] = ()
    again: tuple[Line, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether nothing is said."""
        return not (self.lines or self.below or self.again)

    @property
    def count(self) -> int:
        """How many lines count here."""
        return len(self.lines) + len(self.below)


@frozen
class Row:
    """A *question*, which is "" for what belongs to none, and a cell for each speaker."""

    question: str
    cells: tuple[Cell, ...]


@frozen
class Matrix:
    """What each of *speakers* says to each question: a row for every question, then one for what
    belongs to none, if anything does.

    Every line of theirs counts in exactly one cell. *homes* has the row, counted from 0, for the
    number of each line that has a question; *bears* has how each line that is below others bears
    on one of them. *chosen* says whether other speakers are left out; *sources* are
    those that the others cite.
    """

    title: str
    speakers: tuple[Speaker, ...]
    rows: tuple[Row, ...] = ()
    chosen: bool = False
    homes: Mapping[str, int] = field(factory=dict, repr=False)
    bears: Mapping[str, Tie] = field(factory=dict, repr=False)
    sources: tuple[Source, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether there is any question."""
        return any(row.question for row in self.rows)

    @property
    def count(self) -> int:
        """How many lines there are in all."""
        return sum(cell.count for row in self.rows for cell in row.cells)

    @property
    def shares(self) -> bool:
        """Whether two speakers say something to the same question."""
        return any(sum(not c.silent for c in row.cells) > 1 for row in self.rows if row.question)

    @property
    def silences(self) -> int:
        """How many cells hold nothing."""
        return sum(cell.silent for row in self.rows for cell in row.cells)


def matrix(meeting: Meeting, *, speakers: Iterable[str] = ()) -> Matrix:
    """The questions of *meeting* by its speakers, or by those called *speakers*, in that order.

    Raises:
        UnknownName: nobody is called so; near names are suggested.
    """
    chosen = {s.key: s for s in (meeting.find(name) for name in speakers)}
    shown = tuple(chosen.values()) or (
        *meeting.speakers,
        *([NOBODY] if any(not line.speaker for line in meeting.lines) else ()),
    )
    lines: dict[int | None, list[Line]] = {}
    for line in meeting.lines:
        lines.setdefault(meeting.homes.get(line.number), []).append(line)
    rows = [
        _row(topic, n, lines.get(n, ()), meeting.homes, shown)
        for n, topic in enumerate(meeting.topics)
    ]
    left = lines.get(None, ())
    rest = _row(Topic("", _tops(left, meeting)), None, left, {}, shown)
    if not rows or not all(cell.silent for cell in rest.cells):
        rows.append(rest)
    bears = _bears(meeting)
    keys = {s.key for s in shown}
    cited = meeting.cited(line for line in meeting.lines if line.speaker in keys)
    return Matrix(meeting.title, shown, tuple(rows), bool(chosen), meeting.homes, bears, cited)


def _row(
    topic: Topic,
    at: int | None,
    lines: Sequence[Line],
    homes: Mapping[str, int],
    speakers: Sequence[Speaker],
) -> Row:
    """The row of *topic*, the one *at* that place, where *lines* count."""
    named = {line.number: line for line in topic.lines}
    cells: dict[str, tuple[list[Line], list[Line], list[Line]]] = {
        s.key: ([], [], []) for s in speakers
    }
    for line in lines:
        if line.speaker in cells:
            cells[line.speaker][0 if line.number in named else 1].append(line)
    for line in named.values():
        if line.speaker in cells and homes.get(line.number) != at:
            cells[line.speaker][2].append(line)
    return Row(topic.question, tuple(Cell(*map(tuple, cells[s.key])) for s in speakers))


def _bears(meeting: Meeting) -> Mapping[str, Tie]:
    """How each line bears on the first that belongs where it does."""
    found: dict[str, Tie] = {}
    for tie in meeting.own:
        at = meeting.homes.get(tie.head.number)
        for tail in tie.tails if _is_below(tie) else ():
            if meeting.homes.get(tail.number) == at:
                found.setdefault(tail.number, tie)
    return found


def _is_below(tie: Tie) -> bool:
    """Whether the tails of *tie* belong where its head does."""
    return tie.mark not in (Mark.CONTRADICT, Mark.AGREE)


def _tops(lines: Sequence[Line], meeting: Meeting) -> tuple[Line, ...]:
    """Those of *lines* that bear on no other; of what goes round in a circle, the first."""
    ours = {line.number for line in lines}
    below: dict[str, list[str]] = {}
    bears: set[str] = set()
    for tie in meeting.own:
        if tie.head.number in ours and _is_below(tie):
            tails = [t.number for t in tie.tails]
            below.setdefault(tie.head.number, []).extend(tails)
            bears.update(tails)
    seen: set[str] = set()
    found = []
    for line in sorted(lines, key=lambda line: line.number in bears):  # stable: reading order
        if line.number in seen:
            continue
        found.append(line)
        seen.add(line.number)
        todo = [line.number]
        for number in todo:
            for lower in below.get(number, ()):
                if lower not in seen:
                    seen.add(lower)
                    todo.append(lower)
    return tuple(found)
