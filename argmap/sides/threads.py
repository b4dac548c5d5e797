"""The rows of a flow sheet: which line stands with which, and on which line of the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, frozen

from argmap.model import walk
from argmap.sides.answers import Places, Steps, steps
from argmap.sides.core import Line, Meeting, Tie
from argmap.sides.sheet import ANSWERING, Cell, Column, Entry, Row
from argmap.view import Mark


@frozen
class _Bond:
    """A tie, and the line that its tails stand with: what they answer, or are reasons for."""

    tie: Tie
    above: Line
    other: bool

    @property
    def rank(self) -> int:
        """Answers come before one's own reasons, and those before what grants or talks past."""
        if not self.other:
            return 1
        return 0 if self.tie.sense in ANSWERING else 2


@frozen
class Threads:
    """What is needed to make the rows: *of* is the column of each line, by its number; *shown*
    are the columns that there are to be, *marked* the numbers of what is not answered.
    """

    meeting: Meeting
    of: Mapping[str, Column]
    shown: Sequence[Column]
    ties: Sequence[Tie]
    places: Places
    marked: frozenset[str]

    def rows(self) -> tuple[Row, ...]:
        """The rows, question by question, each in reading order."""
        at = {c: n for n, c in enumerate(self.shown)}
        lines = [line for line in self.meeting.lines if self.of[line.number] in at]
        column = {line.number: at[self.of[line.number]] for line in lines}
        bonds = self._bonds(column)
        edges = [
            (
                [] if b.tie.mutual else [t.number for t in b.tie.tails if t.number in column],
                b.above.number,
            )
            for b in bonds
        ]
        hangs, _ = walk.hang(column, edges)
        below = self._below(bonds, hangs, column)
        roots = [line for line in lines if line.number not in hangs]
        drawn = _Drawn(below, column, _pure(roots, below, column))
        rows = [self._row(drawn, self._full(Entry(root))) for root in roots]
        return tuple(row for _, row in sorted(rows, key=lambda found: found[0]))

    def _bonds(self, column: Mapping[str, int]) -> list[_Bond]:
        step = steps(self.ties)
        found = []
        for tie in self.ties:
            above = self._above(tie, step)
            if above.number in column and any(t.number in column for t in tie.tails):
                other = any(self._crosses(t, above) for t in tie.tails)
                found.append(_Bond(tie, above, other))
        return sorted(found, key=lambda b: b.rank)

    def _crosses(self, a: Line, b: Line) -> bool:
        return self.places[a.number].side != self.places[b.number].side

    def _above(self, tie: Tie, step: Steps) -> Line:
        """What the tails of *tie* stand with. What strikes the step of a reason stands with what
        that is a reason for; what strikes an objection stands with the objection.
        """
        if not tie.struck:
            return tie.head
        over = step.struck_by(tie)
        reason = over >= 0 and self.ties[over].mark is Mark.SUPPORT
        return tie.head if reason and self._crosses(tie.tails[0], tie.head) else tie.struck[0]

    def _below(
        self, bonds: Sequence[_Bond], hangs: Mapping[str, int], column: Mapping[str, int]
    ) -> dict[str, list[Entry]]:
        """What stands with each line: in full by the bond it hangs by, else as a reference."""
        at = {number: n for n, number in enumerate(column)}
        last = len(at)

        def place(n: int) -> tuple[int, int, int]:
            tails = (t.number for t in bonds[n].tie.tails)
            return bonds[n].rank, min((at[t] for t in tails if hangs.get(t) == n), default=last), n

        below: dict[str, list[Entry]] = {}
        for n in sorted(range(len(bonds)), key=place):
            bond = bonds[n]
            ends = [(t, bond.above) for t in bond.tie.tails]
            if bond.tie.mutual:
                ends += [(bond.above, bond.tie.tails[0])]
            for line, above in ends:
                if line.number in column and above.number in column:
                    other = self._crosses(line, above)
                    entry = Entry(line, bond.tie, above.number, other=other, sees=True)
                    if hangs.get(line.number) == n:
                        entry = self._full(entry)
                    below.setdefault(above.number, []).append(entry)
        return below

    def _full(self, entry: Entry) -> Entry:
        return evolve(entry, sees=False, unanswered=entry.number in self.marked)

    def _row(self, drawn: _Drawn, root: Entry) -> tuple[int, Row]:
        """The row that *root* begins, behind the number of its question."""
        row = Row(root.number, "", drawn.lines(root))
        topics, homes = self.meeting.topics, self.meeting.homes
        first = next((homes[e.number] for e in row.entries if e.number in homes), len(topics))
        home = homes.get(root.number, first)
        return home, evolve(row, question=topics[home].question if home < len(topics) else "")


@frozen
class _Drawn:
    """What stands below what, in which column; *pure* are the lines that have nothing below them,
    near or far, in another column.
    """

    below: Mapping[str, Sequence[Entry]]
    column: Mapping[str, int]
    pure: frozenset[str]

    def lines(self, root: Entry) -> tuple[tuple[Cell, ...], ...]:
        """*root* and what hangs below it, with a stack, so that any depth will do.

        A reason that nobody answers stands in the cell of what it is for. The first answer stands
        beside what it answers, if its column is free there, others on lines of their own.
        """
        made: list[dict[int, list[Entry]]] = []
        todo: list[tuple[Entry, int]] = [(root, -1)]
        while todo:
            entry, above = todo.pop()
            column = self.column[entry.number]
            at = above
            if entry.tie is not None and self._joins(entry):
                made[at][column].append(entry)
            elif entry.tie is not None and at == len(made) - 1 and column not in made[at]:
                made[at][column] = [entry]
            else:
                at = len(made)
                made.append({column: [entry]})
            if not entry.sees:
                todo += [(e, at) for e in reversed(self._turns(entry))]
        return tuple(tuple(Cell(n, tuple(line[n])) for n in sorted(line)) for line in made)

    def _joins(self, entry: Entry) -> bool:
        """Whether *entry* stands in the cell of what it stands with."""
        alone = entry.sees or entry.number in self.pure
        return alone and self.column[entry.number] == self.column[entry.above]

    def _turns(self, entry: Entry) -> list[Entry]:
        """What stands with *entry*: what joins its cell, then answers, then the rest."""
        found: list[list[Entry]] = [[], [], []]
        for each in self.below.get(entry.number, ()):
            own = self.column[each.number] == self.column[entry.number]
            depth = entry.depth + 1 if own else 0
            turn = 1 if not own else 0 if self._joins(each) else 2
            found[turn].append(evolve(each, depth=depth))
        return [e for turn in found for e in turn]


def _pure(
    roots: Iterable[Line], below: Mapping[str, Sequence[Entry]], column: Mapping[str, int]
) -> frozenset[str]:
    """The lines that have nothing below them, near or far, in another column."""
    order = [root.number for root in roots]
    for number in order:
        order += [e.number for e in below.get(number, ()) if not e.sees]
    mixed: set[str] = set()
    for number in reversed(order):
        for e in below.get(number, ()):
            if column[e.number] != column[number] or (not e.sees and e.number in mixed):
                mixed.add(number)
    return frozenset(n for n in order if n not in mixed)
