"""What is answered, by whom: worked out from ties, and from who speaks when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from attrs import frozen

from argmap.model import Sense, Voice
from argmap.sides.core import Line, Meeting, Tie
from argmap.sides.sheet import ANSWERING, Column
from argmap.view import Mark


@frozen(cache_hash=True)
class Place:
    """Whose a line is, and in which speech it stands: *time* counts speeches from 0; None if it
    stands in none.
    """

    side: str = ""
    time: int | None = None

    def can_answer(self, other: Place) -> bool:
        """Whether what is said here is said by another, and not before that."""
        untimed = self.time is None or other.time is None
        return self.side != other.side and (untimed or (self.time or 0) > (other.time or 0))


Places: TypeAlias = Mapping[str, Place]
"""Where each line stands, by its number."""


@frozen
class Steps:
    """Finds the tie that another strikes. Many may strike one that has many tails, so they are
    known by their ends first.
    """

    ties: Sequence[Tie]
    _by_ends: Mapping[_Ends, Sequence[int]]

    def struck_by(self, tie: Tie) -> int:
        """Which of the ties *tie* strikes, counted from 0; -1 if it bears on a line."""
        found = self._by_ends.get(_ends(tie.struck, tie.head), ()) if tie.struck else ()
        if len(found) > 1:
            return next((n for n in found if self.ties[n].tails == tie.struck), -1)
        return found[0] if found else -1


_Ends: TypeAlias = tuple[str, str, int, str]


def _ends(tails: Sequence[Line], head: Line) -> _Ends:
    return tails[0].number, tails[-1].number, len(tails), head.number


def steps(ties: Sequence[Tie]) -> Steps:
    """What finds those of *ties* that others of them strike; of two the same, the first."""
    found: dict[_Ends, list[int]] = {}
    for n, tie in enumerate(ties):
        found.setdefault(_ends(tie.tails, tie.head), []).append(n)
    return Steps(ties, found)


def answered(
    ties: Sequence[Tie], places: Places, by: Callable[[Place], bool] = lambda _: True
) -> frozenset[str]:
    """The numbers of the lines that another side answers; *by* says whose answers count.

    A line is answered by what bears on it, and by what answers a reason that its own side gives
    for it, or the same in its own side's other words. What answers one of several reasons that
    work together, or strikes their step, answers all of them, but not what else they serve for.
    """
    step = steps(ties)
    hit: dict[str, None] = {}
    covered: dict[str, None] = {}
    done: set[tuple[int, Place]] = set()
    for tie in ties:
        if tie.sense not in ANSWERING:
            continue
        n = step.struck_by(tie)
        for place in dict.fromkeys(places[t.number] for t in tie.tails):
            if not by(place) or (n, place) in done:
                continue
            if not tie.struck:
                if place.can_answer(places[tie.head.number]):
                    hit[tie.head.number] = None
                continue
            done.add((n, place))
            met = [s for s in tie.struck if place.can_answer(places[s.number])]
            covered.update((s.number, None) for s in met)
            if n >= 0 and ties[n].mark is Mark.SUPPORT:
                hit.update(_own_head(met, tie.head, places))
        if tie.mutual:
            place, tail = places[tie.head.number], tie.tails[0].number
            if by(place) and place.can_answer(places[tail]):
                hit[tail] = None
    _carry(hit, covered, ties, places)
    return frozenset((*hit, *covered))


def _own_head(tails: Iterable[Line], head: Line, places: Places) -> dict[str, None]:
    side = places[head.number].side
    return {head.number: None} if any(places[t.number].side == side for t in tails) else {}


def _carry(
    hit: dict[str, None], covered: dict[str, None], ties: Sequence[Tie], places: Places
) -> None:
    """From each line that is *hit* on to what it is a reason for, and beside it to its partners."""
    leads: dict[str, list[int]] = {}
    for n, tie in enumerate(ties):
        ends = (*tie.tails, tie.head) if tie.mark is Mark.AGREE else tie.tails
        for end in ends if not tie.mutual or tie.mark is Mark.AGREE else ():
            leads.setdefault(end.number, []).append(n)
    todo = list(hit)
    followed: set[tuple[int, str]] = set()
    for number in todo:
        side = places[number].side
        for n in leads.get(number, ()):
            if (n, side) in followed:
                continue
            followed.add((n, side))
            tie = ties[n]
            covered.update((t.number, None) for t in tie.tails if places[t.number].side == side)
            ends = (*tie.tails, tie.head) if tie.mutual else (tie.head,)
            for end in ends if tie.mark in (Mark.SUPPORT, Mark.AGREE) else ():
                if end.number not in hit and places[end.number].side == side:
                    hit[end.number] = None
                    todo.append(end.number)


def answerable(
    met: Meeting, columns: Sequence[Column], places: Places, by: str, given: frozenset[str]
) -> tuple[str, ...]:
    """The numbers of what somebody stands for, and another could have answered, in reading order:
    as there is a later speech of another; or as another speaks on the same question; or, where no
    questions are asked, as it is a point, and not one of the reasons that are *given* for one.
    """
    heard = [line for line in met.lines if line.is_own and places[line.number].side]
    own = [line.number for line in heard if line.voice is not Voice.CONCEDED]
    if by == "speech":
        last = {c.speaker: n for n, c in enumerate(columns) if c.speaker and c.speech}
        late = {s: max((n for o, n in last.items() if o != s), default=-1) for s in last}
        times = ((n, places[n]) for n in own)
        return tuple(n for n, p in times if p.time is not None and late[p.side] > p.time)
    if not met.topics:
        several = len({places[line.number].side for line in heard}) > 1
        return tuple(n for n in own if several and n not in given)
    on = topics_of(met)
    sides: dict[int, dict[str, None]] = {}
    for line in heard:
        for topic in on[line.number]:
            sides.setdefault(topic, {})[places[line.number].side] = None
    return tuple(n for n in own if any(len(sides[topic]) > 1 for topic in on[n]))


def topics_of(met: Meeting) -> Mapping[str, tuple[int, ...]]:
    """For the number of each line, the topics that name it, and that of what it bears on.

    What belongs to none so, but bears on a line of another, belongs to the first topic of that.
    """
    found: dict[str, dict[int, None]] = {line.number: {} for line in met.lines}
    for n, topic in enumerate(met.topics):
        for line in topic.lines:
            found[line.number][n] = None
    for number, home in met.homes.items():
        found[number][home] = None
    below: dict[str, list[str]] = {}
    for tie in (*met.own, *met.ties):
        if not tie.mutual:
            below.setdefault(tie.head.number, []).extend(t.number for t in tie.tails)
    todo = [number for number, topics in found.items() if topics]
    for number in todo:  # nearest first
        for lower in below.get(number, ()):
            if not found[lower]:
                found[lower][next(iter(found[number]))] = None
                todo.append(lower)
    return {number: tuple(topics) for number, topics in found.items()}


def reasons(ties: Iterable[Tie], places: Places) -> dict[str, list[str]]:
    """For the number of a line, those of the reasons that its own side gives for it at once."""
    found: dict[str, list[str]] = {}
    for tie in ties:
        if tie.mark is Mark.SUPPORT:
            side = places[tie.head.number].side
            own = [t.number for t in tie.tails if places[t.number].side == side]
            found.setdefault(tie.head.number, []).extend(own)
    return found


def granted(ties: Iterable[Tie], places: Places) -> frozenset[str]:
    """The numbers of the lines on which two sides agree, both on their own behalf."""
    found: set[str] = set()
    for tie in ties:
        if tie.sense is Sense.AGREES and tie.head.is_own:
            side = places[tie.head.number].side
            for tail in tie.tails:
                if tail.is_own and "" != places[tail.number].side != side != "":
                    found |= {tail.number, tie.head.number}
    return frozenset(found)


def topmost(
    marked: Iterable[str], below: Mapping[str, Sequence[str]], alone: frozenset[str]
) -> frozenset[str]:
    """Of the *marked* lines, given in reading order, those that are no reasons for others of them,
    near or far, and those that stand *alone*; of those in a circle, the first. *below* are the
    `reasons`.
    """
    marked = tuple(marked)
    first = _unreached(marked, below)
    # a later one of them may still reach an earlier one, but not the other way round
    kept = dict.fromkeys(_unreached(first[::-1], below))
    return frozenset((*kept, *(m for m in marked if m in alone)))


def _unreached(starts: Iterable[str], below: Mapping[str, Sequence[str]]) -> list[str]:
    """Those of *starts* that nothing before them leads down to."""
    reached: set[str] = set()
    found = []
    for start in starts:
        if start not in reached:
            found.append(start)
            todo = list(below.get(start, ()))
            while todo:
                number = todo.pop()
                if number not in reached:
                    reached.add(number)
                    todo += below.get(number, ())
    return found


def answering(ties: Sequence[Tie], places: Places) -> frozenset[str]:
    """The numbers of what answers a line of another side."""
    step = steps(ties)
    sides: dict[int, dict[str, None]] = {}
    found: dict[str, None] = {}
    for tie in ties:
        if tie.sense in ANSWERING:
            met = {places[tie.head.number].side: None}
            if tie.struck:
                n = step.struck_by(tie)
                if n not in sides:
                    sides[n] = dict.fromkeys(places[s.number].side for s in tie.struck)
                met = sides[n]
            foes = (t for t in tie.tails if len(met) > 1 or places[t.number].side not in met)
            found.update((t.number, None) for t in foes)
            if tie.mutual and places[tie.tails[0].number].side not in met:
                found[tie.head.number] = None
    return frozenset(found)
