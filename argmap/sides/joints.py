"""What joins two speakers in a debate, and over which agreed facts they part."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from attrs import define, field, frozen

from argmap.model import About, Sense, Voice
from argmap.sides.core import Line, Meeting, Tie
from argmap.view import Mark

CONTRARY = (Sense.CLASH, Sense.TENSION, Sense.QUALIFIES)


@frozen
class Joint:
    """A tie between two speakers; or *over* a claim of neither, the lines that speak *on* it, each
    with whether it is for it.
    """

    sense: Sense
    tie: Tie | None = None
    over: Line | None = None
    on: tuple[tuple[Line, bool], ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines that take part, but for the claim of neither: each once, in order."""
        if self.tie is None:
            found = [line for line, _ in self.on]
        else:
            found = [*self.tie.tails, *self.tie.struck, self.tie.head]
        return tuple({line.number: line for line in found}.values())


def joints(met: Meeting, pair: tuple[str, str]) -> tuple[Joint, ...]:
    """What joins the speakers whose keys are in *pair*: ties in the order of the map, then claims
    of neither, in reading order. It does not depend on which of the two is named first.
    """
    drawn = [Joint(t.sense, t) for t in met.ties if _joins(t, pair)]
    return (*drawn, *_over(met, pair))


def _joins(tie: Tie, pair: tuple[str, str]) -> bool:
    tails = {t.speaker for t in tie.tails}
    heads = {tie.head.speaker, *(s.speaker for s in tie.struck)}
    a, b = pair
    return (a in tails and b in heads) or (b in tails and a in heads)


def _over(met: Meeting, pair: tuple[str, str]) -> Iterator[Joint]:
    """Claims of nobody that both speak for or against, on their own behalf."""
    on: dict[str, dict[str, tuple[Line, bool]]] = {}
    claims = {line.number: line for line in met.lines}
    for tie in met.ties:
        if tie.struck or tie.sense not in (Sense.AGREES, Sense.CLASH):
            continue
        ends = [(tie.head, tie.tails)]
        if tie.mutual:
            ends.append((tie.tails[0], (tie.head,)))
        for head, tails in ends:
            if not head.speaker:  # what a third one claims is theirs, and no ground of the two
                for t in tails:
                    if t.speaker in pair and _is_held(t):
                        speaks_for = tie.sense is Sense.AGREES
                        on.setdefault(head.number, {}).setdefault(t.number, (t, speaks_for))
    for number in (line.number for line in met.lines if line.number in on):
        said = tuple(on[number].values())
        stances = [{f for line, f in said if line.speaker == key} for key in pair]
        if all(stances):
            same = stances[0] == stances[1] and len(stances[0]) == 1
            sense = Sense.AGREES if same else Sense.CLASH
            yield Joint(sense, None, claims[number], said)


def _is_held(line: Line) -> bool:
    """Whether its speaker stands by it, so that it shows where they stand."""
    return line.is_own and line.voice is not Voice.CONCEDED


def partings(met: Meeting, pair: tuple[str, str], found: Sequence[Joint]) -> Mapping[int, Joint]:
    """For the place in *found* of an agreed fact, the opposite verdicts that the two rest on it.

    Both hold the fact, and it is about facts as far as the map says. Some conclusion of one is
    tied to some conclusion of the other by a clash, a tension or what qualifies; or one's fact
    speaks against what the other rests on it. Where a fact, or what is rested on it, is only
    conceded, what it was conceded against counts as concluded in spite of it. Of several such ties,
    that lowest in the map.
    """
    facts = [
        n
        for n, j in enumerate(found)
        if j.sense is Sense.AGREES and j.tie and j.tie.about in (None, About.FACT)
    ]
    if not facts:
        return {}
    contested = sorted(
        (j for j in found if j.sense in CONTRARY), key=lambda j: -sum(map(_depth, j.lines))
    )
    ways = _Ways(met, pair, contested)
    parted: dict[int, Joint] = {}
    for n in facts:
        both = [[line for line in found[n].lines if line.speaker == key] for key in pair]
        if not all(line.is_own for lines in both for line in lines):
            continue
        (a, a_rests), (b, b_rests) = (ways.of(lines) for lines in both)
        meets = (a_rests & (b_rests | b)) | (b_rests & a)
        if meets:
            parted[n] = contested[((meets & -meets).bit_length() - 1) // 2]
    return parted


def _depth(line: Line) -> int:
    """How far down the outline *line* stands; what is too deep for its path is below all else."""
    return sys.maxsize if line.number.startswith("#") else line.number.count(".")


@define(slots=False)
class _Ways:
    """Which of the ties in *contested* lie above a line, as numbers with a bit for each, two for
    each tie: one for each of the speakers that may stand at its tail. So one look at two numbers
    says whether two lines part, however long the ways above them are.
    """

    met: Meeting
    pair: tuple[str, str]
    contested: Sequence[Joint]
    _at: dict[str, int] = field(factory=dict)  # bits of what a line takes part in
    _tail: dict[str, int] = field(factory=dict)  # of those ties whose tail it is
    _over: dict[str, int] = field(factory=dict)  # of the claims of neither that it speaks on
    _above: dict[str, int] = field(factory=dict)  # of all that it rests on, and of itself

    def __attrs_post_init__(self) -> None:
        for n, joint in enumerate(self.contested):
            for line, speaks_for in joint.on:
                self._put(self._over, line, n, at_tail=speaks_for)
            if joint.tie is None:
                continue
            for line in joint.tie.tails:
                self._put(self._at, line, n, at_tail=True)
                self._put(self._tail, line, n, at_tail=True)
            self._put(self._at, joint.tie.head, n, at_tail=False)
            if joint.tie.mutual:
                self._put(self._tail, joint.tie.head, n, at_tail=False)

    def _put(self, into: dict[str, int], line: Line, joint: int, *, at_tail: bool) -> None:
        if line.speaker in self.pair:
            first = line.speaker == self.pair[0]
            bit = 1 << (2 * joint + (first is not at_tail))
            into[line.number] = into.get(line.number, 0) | bit

    def of(self, lines: Sequence[Line]) -> tuple[int, int]:
        """The ties whose tail *lines* are, and those above what is rested on them."""
        tails = rests = 0
        for line in lines:
            tails |= self._tail.get(line.number, 0)
            rests |= self._over.get(line.number, 0)
            for head in self._heads(line):
                rests |= self._from(head)
        return tails, rests

    def _heads(self, line: Line) -> tuple[Line, ...]:
        """What is rested on *line*, and what is held in spite of it."""
        return (*self.met.heads.get(line.number, ()), *self._in_spite.get(line.number, ()))

    @cached_property
    def _in_spite(self) -> Mapping[str, tuple[Line, ...]]:
        """What each conceded line was conceded against."""
        found: dict[str, tuple[Line, ...]] = {}
        for tie in self.met.own:
            if tie.mark is Mark.ATTACK:
                for t in tie.tails:
                    if t.voice is Voice.CONCEDED:
                        found[t.number] = (*found.get(t.number, ()), tie.head)
        return found

    def _from(self, line: Line) -> int:
        if line.number not in self._above:
            self._climb(line)
        return self._above[line.number]

    def _climb(self, line: Line) -> None:
        """Find what lies above *line* and all it rests on: heads before tails, again for rings."""
        heads = {line.number: self._heads(line)}
        order: list[str] = []
        work = [(line.number, iter(heads[line.number]))]
        while work:
            number, rest = work[-1]
            head = next(rest, None)
            if head is None:
                order.append(number)
                work.pop()
            elif head.number not in heads and head.number not in self._above:
                heads[head.number] = self._heads(head)
                work.append((head.number, iter(heads[head.number])))
        changed = True
        while changed:
            changed = False
            for number in order:
                found = self._at.get(number, 0) | self._over.get(number, 0)
                for head in heads[number]:
                    found |= self._above.get(head.number, 0)
                if found != self._above.get(number):
                    self._above[number], changed = found, True
