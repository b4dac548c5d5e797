"""What every comparison of positions speaks of: lines, ties between speakers, and topics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from attrs import field, frozen

from argmap.errors import BadValue, UnknownName
from argmap.model import MAPPER, About, ArgumentRef, ClaimRef, Link, Sense, Source, Speaker, Voice
from argmap.model.between import turned_round
from argmap.model.figures import Figure, apart
from argmap.view import Mark

FEW = 40  # names that a message lists
_MANNER = re.compile(r"(?: \([^()]*\))?")


@frozen
class Line:
    """A claim, or an argument known by its gist only, as one speaker holds or reports it.

    *number* is that of pictures and outlines. *speaker* is the key of the one whose position it
    stands in; *credit* says in words whose it is, as ``Washington (as reported by Rumer)``.
    *source* is where it stands, as ``Seminar report ¶12``, *quotes* what is quoted from there, and
    *dates* those of the sources that have one. *figures* are those it rests on, *works* the
    keys of the sources.
    """

    number: str
    ref: ClaimRef | ArgumentRef
    text: str
    speaker: str = ""
    credit: str = ""
    voice: Voice = Voice.ASSERTED
    source: str = ""
    quotes: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    unstated: bool = False
    figures: tuple[Figure, ...] = ()
    works: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Its title in the map."""
        return self.ref.title

    @property
    def dated(self) -> str:
        """The first of its dates; "" if it has none."""
        return next(iter(self.dates), "")

    @property
    def is_own(self) -> bool:
        """Whether the speaker holds it, rather than reports it of somebody."""
        return self.voice is not Voice.REPORTED

    @property
    def manner(self) -> str:
        """Whose it is, if that is not the speaker's own; else how it is said, if not flatly."""
        if not self.is_own:
            return f"— {self.credit}"
        own, rest = self.credit[: len(self.speaker)], self.credit[len(self.speaker) :]
        # who holds a claim with others is named with them, also who begins like one of them
        is_alone = own == self.speaker and _MANNER.fullmatch(rest)
        return rest.strip() if is_alone else self.credit


@frozen
class Tie:
    """How *tails*, taken together, bear on *head*.

    What undercuts a step strikes the way from *struck*, its premises, to *head*. A *mutual* tie
    has one tail, and no direction.
    """

    mark: Mark
    tails: tuple[Line, ...]
    head: Line
    struck: tuple[Line, ...] = ()
    link: Link | None = None
    mutual: bool = False

    @property
    def sense(self) -> Sense:
        """What it is between two speakers: as the map says, or else as its sign says."""
        if self.link is not None and self.link.sense is not None:
            return self.link.sense
        match self.mark:
            case Mark.SUPPORT | Mark.AGREE:
                return Sense.AGREES
            case Mark.ATTACK | Mark.CONTRADICT:
                return Sense.CLASH
            case Mark.UNDERCUT:
                return Sense.QUALIFIES
            case Mark.TENSION:
                return Sense.TENSION
            case Mark.PAST:
                return Sense.PAST

    @property
    def about(self) -> About | None:
        """What the two differ, or agree, about, if the map says so."""
        return self.link.about if self.link else None

    @property
    def because(self) -> str:
        """Why it is so, in a sentence; "" if the map does not say."""
        return self.link.because if self.link else ""

    @property
    def by(self) -> str:
        """On whose word it is so: ``mapper``, or the key of a source or a speaker."""
        return self.link.by if self.link else MAPPER

    @property
    def inferred(self) -> bool:
        """Whether it is the mapper's reading, and no text's."""
        return self.by == MAPPER

    @cached_property
    def from_(self) -> frozenset[str]:
        """The numbers of its tails."""
        return frozenset(t.number for t in self.tails)

    @cached_property
    def granted(self) -> frozenset[str]:
        """The numbers of what it strikes the step from."""
        return frozenset(s.number for s in self.struck)

    @cached_property
    def doubts(self) -> tuple[str, ...]:
        """What is doubtful about it, in a sentence each: an answer that is older than what it
        answers, a clash over figures that measure different things.
        """
        return tuple(d for d in (self._turned_round, self._apart) if d)

    @property
    def _turned_round(self) -> str:
        answers = self.mark in (Mark.ATTACK, Mark.UNDERCUT) and not self.mutual
        if not (answers and self.sense in (Sense.CLASH, Sense.QUALIFIES)):
            return ""
        dates = turned_round((d for t in self.tails for d in t.dates), self.head.dates)
        return (
            f"the answer, of {dates[0]}, is older than what it answers, of {dates[1]}"
            if dates
            else ""
        )

    @property
    def _apart(self) -> str:
        if self.sense is not Sense.CLASH or self.struck:
            return ""
        why = apart(tuple(f for t in self.tails for f in t.figures), self.head.figures)
        return f"the figures cannot be compared: {why}" if why else ""


@frozen
class Topic:
    """A question, and the lines that are named under it."""

    question: str
    lines: tuple[Line, ...] = ()


@frozen(slots=False)
class Meeting:
    """A debate as comparisons see it: *lines* in reading order, who holds them, what ties them.

    *ties* join lines of different speakers, *own* those of one. *topics* are the questions of the
    debate itself; where it has none of its own, those of its positions. *speakers* are those who
    hold or report anything, in the order of the debate; *silent* are the others it knows.
    """

    title: str = ""
    speakers: tuple[Speaker, ...] = ()
    lines: tuple[Line, ...] = ()
    ties: tuple[Tie, ...] = ()
    own: tuple[Tie, ...] = ()
    topics: tuple[Topic, ...] = ()
    sources: tuple[Source, ...] = ()
    homes: Mapping[str, int] = field(factory=dict)
    """For the number of a line, the topic (counted from 0) that it is named under first, or that
    what it bears on is; what belongs to none is not there.
    """
    silent: tuple[Speaker, ...] = ()

    @cached_property
    def by_speaker(self) -> Mapping[str, tuple[Line, ...]]:
        """The lines of each speaker, in reading order; "" is nobody."""
        found: dict[str, list[Line]] = {s.key: [] for s in self.speakers}
        for line in self.lines:
            found.setdefault(line.speaker, []).append(line)
        return {key: tuple(lines) for key, lines in found.items()}

    def cited(self, lines: Iterable[Line]) -> tuple[Source, ...]:
        """The sources that *lines* cite, in the order of the debate."""
        keys = {key for line in lines for key in line.works}
        return tuple(s for s in self.sources if s.key in keys)

    def topic(self, line: Line) -> Topic | None:
        """The topic that *line* belongs to."""
        at = self.homes.get(line.number)
        return None if at is None else self.topics[at]

    @cached_property
    def heads(self) -> Mapping[str, tuple[Line, ...]]:
        """For the number of a line, what its own speaker rests on it, at once."""
        found: dict[str, dict[str, Line]] = {}
        for tie in self.own:
            if tie.mark is Mark.SUPPORT:
                for tail in tie.tails:
                    found.setdefault(tail.number, {})[tie.head.number] = tie.head
        return {number: tuple(heads.values()) for number, heads in found.items()}

    def conclusions(self, line: Line) -> tuple[Line, ...]:
        """*line*, and all that its own speaker rests on it, the nearest first."""
        found = {line.number: line}
        todo = [line]
        for each in todo:
            for head in self.heads.get(each.number, ()):
                if head.number not in found:
                    found[head.number] = head
                    todo.append(head)
        return tuple(found.values())

    def find(self, name: str) -> Speaker:
        """The speaker called *name*: by key or full name, in small or large letters.

        Raises:
            UnknownName: nobody here is called so; near names are suggested.
            BadValue: the one who is called so holds nothing.
        """
        found = _found(name, self.speakers)
        if found is None:
            if silent := _found(name, self.silent):
                raise BadValue(f"{silent.full} is a speaker here, but holds no claim of their own")
            names = dict.fromkeys(n for s in self.speakers for n in (s.key, s.full))
            raise UnknownName("speaker", name, names, few=len(names) <= FEW)
        return found


def _found(name: str, speakers: Sequence[Speaker]) -> Speaker | None:
    as_written = {n: s for s in reversed(speakers) for n in (s.full, s.key)}
    folded = {n.casefold(): s for n, s in as_written.items()}
    return as_written.get(name) or folded.get(name.casefold())
