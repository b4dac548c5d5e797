"""Where each line of a speaker stands in a comparison, so that it is in full at one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from attrs import define, field

from argmap.model import Sense, Voice
from argmap.sides.comparison import Said
from argmap.sides.core import Line, Meeting, Tie
from argmap.sides.joints import Joint
from argmap.view import Mark


@define(slots=False)
class Places:
    """The lines of the speaker whose key is *key*, beside those of one other, whom *joints* join
    to them. Lines are named by their numbers.
    """

    met: Meeting
    key: str
    joints: Sequence[Joint]
    _full: set[str] = field(factory=set)  # what was said in full
    _hung: dict[str, list[Said]] = field(factory=dict)  # what hangs below a line wherever it is

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines, in reading order."""
        return self.met.by_speaker.get(self.key, ())

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {line.number: n for n, line in enumerate(self.lines)}

    # --- how they bear on each other

    @cached_property
    def _up(self) -> Mapping[str, Sequence[tuple[Mark, Line]]]:
        """What each line bears on, and how."""
        found: dict[str, list[tuple[Mark, Line]]] = {}
        for tie in self.met.own:
            if tie.head.speaker == self.key and _bears(tie):
                for t in tie.tails:
                    if t.number != tie.head.number:
                        found.setdefault(t.number, []).append((tie.mark, tie.head))
        return found

    @cached_property
    def _down(self) -> Mapping[str, Sequence[tuple[Mark, Line]]]:
        """What bears on each line, and how."""
        found: dict[str, list[tuple[Mark, Line]]] = {}
        for line in self.lines:
            for mark, head in self._up.get(line.number, ()):
                found.setdefault(head.number, []).append((mark, line))
        return found

    # --- what is said of them

    @cached_property
    def joined(self) -> Mapping[str, Sequence[Sense]]:
        """The lines that a tie joins to the other, with what these ties are."""
        found: dict[str, list[Sense]] = {}
        for joint in self.joints:
            if joint.tie is not None:
                for line in joint.lines:
                    found.setdefault(line.number, []).append(joint.sense)
        return found

    @cached_property
    def thesis(self) -> tuple[Line, ...]:
        """What the speaker holds and rests nothing further on: each such claim on which at least
        half as much rests as on any other; and the first, since a position begins with what it is
        for, unless it only speaks to a claim of somebody else.
        """
        own = [line for line in self.lines if line.is_own]
        roots = [line for line in own if not self._up.get(line.number)]
        most = max((self._weight[r.number] for r in roots), default=0)
        replies = {t.number for tie in self.met.ties for t in tie.tails if not tie.mutual}
        first = [r for r in roots if r.number not in replies] if roots else own
        if most:
            first = roots[:1] if roots[0].number not in replies else []
        heavy = (r for r in roots if most and 2 * self._weight[r.number] >= most)
        chosen = {line.number for line in (*first[:1], *heavy)}
        return tuple(line for line in own if line.number in chosen)

    @cached_property
    def _weight(self) -> Mapping[str, int]:
        """How many lines rest on each, by every way, as far as they are in no ring; what rests on
        it by more ways than there are lines counts as so many.
        """
        found = {line.number: 0 for line in self.lines}
        heads = {n: [h.number for m, h in up if m is Mark.SUPPORT] for n, up in self._up.items()}
        waits = Counter(h for each in heads.values() for h in each)
        todo = [n for n in found if not waits[n]]
        for number in todo:
            for head in heads.get(number, ()):
                found[head] = min(found[head] + found[number] + 1, len(found))
                waits[head] -= 1
                if not waits[head]:
                    todo.append(head)
        return found

    @cached_property
    def homes(self) -> Mapping[str, int]:
        """The question that each line the speaker holds belongs to."""
        homes = self.met.homes
        return {
            line.number: homes[line.number]
            for line in self.lines
            if line.is_own and line.number in homes
        }

    def unanswered(self, lines: Iterable[Line]) -> tuple[Line, ...]:
        """What the other leaves unanswered of *lines*, which are on questions that both answer."""
        agreed = [n for n, senses in self.joined.items() if set(senses) == {Sense.AGREES}]
        met = self._spread(self.joined, self._up)
        granted = self._spread(agreed, self._down, but=self.joined)
        return tuple(
            line
            for line in lines
            if line.is_own
            and line.voice is not Voice.CONCEDED
            and line.number not in met
            and line.number not in granted
        )

    @staticmethod
    def _spread(
        start: Iterable[str],
        ways: Mapping[str, Sequence[tuple[Mark, Line]]],
        but: Iterable[str] = (),
    ) -> set[str]:
        """All that is reached from *start* by way of supports, but not through what is in *but*."""
        todo = list(start)
        found = {*todo, *but}
        for number in todo:
            for mark, line in ways.get(number, ()):
                if mark is Mark.SUPPORT and line.number not in found:
                    found.add(line.number)
                    todo.append(line.number)
        return set(todo)

    # --- giving them their places

    def settle(self, placed: Iterable[Line]) -> tuple[Line, ...]:
        """Let what is not among *placed* hang below the nearest of these that it bears on. What
        bears on none of them is given back.
        """
        above = {line.number: line.number for line in placed}
        todo = list(above)
        for number in todo:
            for mark, line in self._down.get(number, ()):
                if line.number not in above:
                    above[line.number] = above[number]
                    self._hung.setdefault(above[number], []).append(Said(line, True, mark, number))
                    todo.append(line.number)
        return tuple(line for line in self.lines if line.number not in above)

    def say(self, line: Line) -> Said:
        """*line*: in full, with what hangs below it, where it is said for the first time."""
        return self._said(line, ())

    def gathered(self, lines: Iterable[Line]) -> tuple[Said, ...]:
        """*lines* in groups: those that bear on no other of them, each with those below it. What
        has its place already can only be the top of a group, as a reference.
        """
        members = {line.number: line for line in lines}
        tops = [line for line in members.values() if not self._is_below(line, members)]
        below: dict[str, list[Said]] = {}
        reached: set[str] = set()
        for top in (*tops, *members.values()):  # these for rings, which have no top
            if top.number not in reached:
                reached.add(top.number)
                below[top.number] = self._reach(top, members, reached)
        done = []
        for number in sorted(below, key=self._order.__getitem__):
            lower = [s for s in below[number] if s.line.number not in self._full]
            done.append((members[number], lower))
            self._full.update(s.line.number for s in lower)
        return tuple(self._said(top, lower) for top, lower in done)

    def _is_below(self, line: Line, members: Mapping[str, Line]) -> bool:
        return any(head.number in members for _, head in self._up.get(line.number, ()))

    def _reach(self, top: Line, members: Mapping[str, Line], reached: set[str]) -> list[Said]:
        """The *members* that bear on *top* and are not yet *reached*, and those below them."""
        found: list[Said] = []
        todo = [top.number]
        for number in todo:
            for mark, line in self._down.get(number, ()):
                if line.number in members and line.number not in reached:
                    reached.add(line.number)
                    found.append(Said(line, True, mark, number))
                    todo.append(line.number)
        return found

    def _said(self, line: Line, below: Sequence[Said]) -> Said:
        full = line.number not in self._full
        self._full.add(line.number)
        lower = [*(self._hung.get(line.number, ()) if full else ()), *below]
        lower += [hung for s in below for hung in self._hung.get(s.line.number, ())]
        lower.sort(key=lambda s: self._order[s.line.number])
        heads = self._up.get(line.number, ())
        mark, on = (heads[0][0], heads[0][1].number) if heads else (None, "")
        return Said(line, full, mark, on, tuple(lower))


def _bears(tie: Tie) -> bool:
    """Whether it has a direction: one of its ends hangs from the other."""
    return not tie.mutual and tie.mark not in (Mark.CONTRADICT, Mark.AGREE)
