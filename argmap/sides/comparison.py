"""What two speakers have to do with each other, as far as a map says: the parts of a comparison.

Each line of the two stands in full at one place; elsewhere it is a reference by its number.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve, frozen

from argmap.model import MAPPER, About, Sense, Source, Speaker
from argmap.sides.core import Line, Tie
from argmap.view import Mark


@frozen
class Said:
    """A line where it stands: in *full*, or as a reference to where it does.

    *mark* is how it bears on the line with the number *on*, which is of the same speaker; in what
    is said about one claim of neither, that claim. *below* are lines that rest on it and stand in
    full here, in reading order; none of these has any below it.
    """

    line: Line
    full: bool = True
    mark: Mark | None = None
    on: str = ""
    below: tuple[Said, ...] = ()


@frozen
class Sides:
    """Some lines of each of the two."""

    left: tuple[Said, ...] = ()
    right: tuple[Said, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.left or self.right)

    @property
    def mirrored(self) -> Sides:
        return Sides(self.right, self.left)


@frozen
class Entry:
    """What joins lines of the two: a *tie* that the map draws between them, or a claim of neither,
    *over*, which lines of both speak for or against.

    *others* are lines of third speakers that take part. *doubts* are reasons to look again before
    one speaks of a clash or of an agreement.
    """

    sense: Sense
    left: tuple[Said, ...]
    right: tuple[Said, ...]
    tie: Tie | None = None
    over: Line | None = None
    others: tuple[Line, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def about(self) -> About | None:
        """What the two differ, or agree, about, if the map says so."""
        return self.tie.about if self.tie else None

    @property
    def because(self) -> str:
        """Why it is so, in a sentence; "" if the map does not say."""
        return self.tie.because if self.tie else ""

    @property
    def by(self) -> str:
        """On whose word it is so: ``mapper``, or the key of a source or a speaker; "" where it
        follows from what each says of one claim.
        """
        return self.tie.by if self.tie else ""

    @property
    def inferred(self) -> bool:
        """Whether it is the mapper's reading, and no text's."""
        return self.by == MAPPER

    @property
    def only_reported(self) -> tuple[str, ...]:
        """The keys of those of the two who only report what they say here."""
        return tuple(
            side[0].line.speaker
            for side in (self.left, self.right)
            if side and not any(said.line.is_own for said in side)
        )

    @property
    def mirrored(self) -> Entry:
        return evolve(self, left=self.right, right=self.left)


@frozen
class Parting:
    """A fact on which the two are *agreed*, and the opposite *verdicts* that they rest on it."""

    agreed: Entry
    verdicts: Entry

    @property
    def mirrored(self) -> Parting:
        return Parting(self.agreed.mirrored, self.verdicts.mirrored)


@frozen
class Asked:
    """A question, and lines of the two on it. *question* is "" where a map asks none."""

    question: str
    sides: Sides

    @property
    def mirrored(self) -> Asked:
        return Asked(self.question, self.sides.mirrored)


@frozen
class Comparison:
    """Two speakers of a debate, side by side; the fields are the sections, in order.

    *thesis* is what each concludes: of what they hold and rest nothing further on, each claim on
    which at least half as much rests as on any other, and the first, if it is no mere reply.
    *common_ground* is on what they agree, and *agreed_fact_opposite_verdict* on what they agree
    only to conclude opposite things. *clashes*, *tensions*, *qualifications* and *past_each_other*
    are the other ties, in the order of the map. *agreements_with_a_report* join a view that one of
    the two only reports: no common ground.

    A line is *unanswered* if its speaker holds it, and neither only reports nor concedes it; if
    the other speaks on the same question; and if no tie joins a line of the other to it, to
    anything that it rests on, or, where the other agrees to that, to what it is a reason for.

    *only_one_speaks* are questions on which just one of the two holds anything. *context* is what
    is left: reported views that no tie touches, and what hangs from nothing else.
    *shared_questions* are those on which both hold something. *rule* says in plain words what
    counts as unanswered. *sources* are those that the two cite.
    """

    title: str
    left: Speaker
    right: Speaker
    shared_questions: tuple[str, ...] = ()
    thesis: Sides = Sides()
    common_ground: tuple[Entry, ...] = ()
    agreed_fact_opposite_verdict: tuple[Parting, ...] = ()
    clashes: tuple[Entry, ...] = ()
    tensions: tuple[Entry, ...] = ()
    qualifications: tuple[Entry, ...] = ()
    past_each_other: tuple[Entry, ...] = ()
    agreements_with_a_report: tuple[Entry, ...] = ()
    unanswered: tuple[Asked, ...] = ()
    only_one_speaks: tuple[Asked, ...] = ()
    context: Sides = Sides()
    rule: str = ""
    sources: tuple[Source, ...] = ()

    @property
    def mirrored(self) -> Comparison:
        """The same with the two changed over; the same as comparing them in that order."""
        return Comparison(
            self.title,
            self.right,
            self.left,
            self.shared_questions,
            self.thesis.mirrored,
            tuple(e.mirrored for e in self.common_ground),
            tuple(p.mirrored for p in self.agreed_fact_opposite_verdict),
            tuple(e.mirrored for e in self.clashes),
            tuple(e.mirrored for e in self.tensions),
            tuple(e.mirrored for e in self.qualifications),
            tuple(e.mirrored for e in self.past_each_other),
            tuple(e.mirrored for e in self.agreements_with_a_report),
            tuple(a.mirrored for a in self.unanswered),
            tuple(a.mirrored for a in self.only_one_speaks),
            self.context.mirrored,
            self.rule,
            self.sources,
        )

    @property
    def entries(self) -> Iterator[Entry]:
        """All that joins the two, in order; of what they agree on and part over, both halves."""
        yield from self.common_ground
        for p in self.agreed_fact_opposite_verdict:
            yield from (p.agreed, p.verdicts)
        yield from self.clashes
        yield from self.tensions
        yield from self.qualifications
        yield from self.past_each_other
        yield from self.agreements_with_a_report

    @property
    def is_linked(self) -> bool:
        """Whether the map says anything of how the two stand to each other."""
        return any(self.entries)

    @property
    def said(self) -> Iterator[Said]:
        """Every appearance of a line of the two, in the order of the sections."""
        for each in self._tops():
            yield each
            yield from each.below

    def _tops(self) -> Iterator[Said]:
        yield from (*self.thesis.left, *self.thesis.right)
        for e in self.entries:
            yield from (*e.left, *e.right)
        for asked in (*self.unanswered, *self.only_one_speaks):
            yield from (*asked.sides.left, *asked.sides.right)
        yield from (*self.context.left, *self.context.right)
