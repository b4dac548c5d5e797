"""Two speakers of a debate side by side: what they grant each other, and where they part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve

from argmap.errors import BadValue
from argmap.model import Sense, Speaker
from argmap.sides.comparison import Asked, Comparison, Entry, Parting, Said, Sides
from argmap.sides.core import FEW, Line, Meeting
from argmap.sides.joints import Joint, joints, partings
from argmap.sides.places import Places
from argmap.view import Mark


def compare(met: Meeting, left: str, right: str) -> Comparison:
    """What two speakers of a debate, called *left* and *right*, have to do with each other.

    Names are keys or full names, in small or large letters. The other way round gives the same
    with left and right changed over.

    Raises:
        UnknownName: nobody in the debate is called so.
        BadValue: the two are one, one holds nothing, or the debate has no two speakers.
    """
    _check_two(met.speakers)
    pair = met.find(left), met.find(right)
    if pair[0] == pair[1]:
        others = ", ".join([*(s.key for s in met.speakers if s != pair[0])][:FEW])
        raise BadValue(
            f"{left!r} and {right!r} are one speaker: compare {pair[0].key} with another ({others})"
        )
    return _Comparing(met, pair).comparison()


def _check_two(speakers: Sequence[Speaker]) -> None:
    if len(speakers) == 1:
        raise BadValue(f"only {speakers[0].full} speaks in this map: a comparison takes two")
    if not speakers:
        raise BadValue(
            "nobody speaks in this map: say under “speaker:” whose position it is, "
            "or name several files under “positions:”"
        )


class _Comparing:
    """Fills the sections in their order, so that every line is in full where it is met first."""

    def __init__(self, met: Meeting, pair: tuple[Speaker, Speaker]) -> None:
        self.met = met
        self.pair = pair
        self.keys = (pair[0].key, pair[1].key)
        self.joints = joints(met, self.keys)
        self.left, self.right = (Places(met, key, self.joints) for key in self.keys)
        self.places = {self.left.key: self.left, self.right.key: self.right}
        homes = [set(p.homes.values()) for p in (self.left, self.right)]
        self.shared = homes[0] & homes[1]
        self.single = homes[0] ^ homes[1]
        self.is_asked = bool(homes[0] or homes[1])  # whether any question has to do with them

    def comparison(self) -> Comparison:
        unanswered = {p.key: self._unanswered(p) for p in self.places.values()}
        alone = {p.key: self._alone(p, unanswered[p.key]) for p in self.places.values()}
        loose = {
            p.key: self._settled(p, [*unanswered[p.key], *alone[p.key]])
            for p in self.places.values()
        }
        parted = partings(self.met, self.keys, self.joints)
        thesis = Sides(*(tuple(map(p.say, p.thesis)) for p in self.places.values()))
        agreed = [
            j for n, j in enumerate(self.joints) if j.sense is Sense.AGREES and n not in parted
        ]
        ground = [j for j in agreed if not self._is_reported(j)]
        reported = [j for j in agreed if self._is_reported(j)]
        return Comparison(
            self.met.title,
            *self.pair,
            self._questions(),
            thesis,
            tuple(map(self._entry, ground)),
            tuple(
                Parting(self._entry(self.joints[n]), self._entry(verdicts))
                for n, verdicts in parted.items()
            ),
            self._of(Sense.CLASH),
            self._of(Sense.TENSION),
            self._of(Sense.QUALIFIES),
            self._of(Sense.PAST),
            tuple(map(self._entry, reported)),
            self._asked(self.shared, unanswered),
            self._asked(self.single, {p.key: self._held_alone(p) for p in self.places.values()}),
            self._sides(loose),
            self._rule(),
            self.met.cited(line for line in self.met.lines if line.speaker in self.keys),
        )

    def _rule(self) -> str:
        asked = ", on a question on which the other speaks too" if self.is_asked else ""
        return (
            f"A claim is unanswered if its speaker holds it, and neither only reports nor concedes "
            f"it{asked}, and no link joins a claim of the other to it, to what it rests on, or, "
            "where the other agrees, to what it is a reason for."
        )

    # --- which lines

    def _unanswered(self, places: Places) -> tuple[Line, ...]:
        if not self.is_asked:
            return places.unanswered(places.lines)
        homes = places.homes
        return places.unanswered(
            [line for line in places.lines if homes.get(line.number) in self.shared]
        )

    def _held_alone(self, places: Places) -> tuple[Line, ...]:
        """What the speaker holds where the other holds nothing."""
        homes = places.homes
        return tuple(line for line in places.lines if homes.get(line.number) in self.single)

    def _alone(self, places: Places, but: Sequence[Line]) -> tuple[Line, ...]:
        taken = {line.number for line in but}
        return tuple(line for line in self._held_alone(places) if line.number not in taken)

    def _settled(self, places: Places, lines: Sequence[Line]) -> tuple[Line, ...]:
        """What is left for the context, once all that bears on something hangs below it."""
        drawn = [line for j in self.joints for line in j.lines if line.speaker == places.key]
        reported = [line for line in places.lines if not line.is_own]
        others = places.settle([*places.thesis, *drawn, *lines, *reported])
        joined = {line.number for line in drawn}
        loose = {line.number for line in (*reported, *others)} - joined
        return tuple(line for line in places.lines if line.number in loose)

    # --- sections

    def _is_reported(self, joint: Joint) -> bool:
        """Whether one of the two only reports what *joint* joins."""
        sides = ([line for line in joint.lines if line.speaker == key] for key in self.keys)
        return any(lines and not any(line.is_own for line in lines) for lines in sides)

    def _questions(self) -> tuple[str, ...]:
        topics = self.met.topics
        return tuple(topics[n].question for n in sorted(self.shared))

    def _of(self, sense: Sense) -> tuple[Entry, ...]:
        return tuple(self._entry(j) for j in self.joints if j.sense is sense)

    def _entry(self, joint: Joint) -> Entry:
        sides: dict[str, list[Said]] = {key: [] for key in self.keys}
        others = []
        in_favour = {line.number for line, speaks_for in joint.on if speaks_for}
        for line in joint.lines:
            if line.speaker in sides:
                said = self.places[line.speaker].say(line)
                if joint.over:
                    mark = Mark.SUPPORT if line.number in in_favour else Mark.ATTACK
                    said = evolve(said, mark=mark, on=joint.over.number)
                sides[line.speaker].append(said)
            else:
                others.append(line)
        left, right = (tuple(sides[key]) for key in self.keys)
        doubts = joint.tie.doubts if joint.tie else ()
        return Entry(joint.sense, left, right, joint.tie, joint.over, tuple(others), doubts)

    def _asked(self, questions: set[int], lines: Mapping[str, Sequence[Line]]) -> tuple[Asked, ...]:
        """*lines* under the *questions* they belong to; all under none if nothing is asked."""
        if not self.is_asked:
            sides = self._sides(lines)
            return (Asked("", sides),) if sides else ()
        by_home: dict[int, dict[str, list[Line]]] = {
            n: {key: [] for key in self.keys} for n in sorted(questions)
        }
        for key, held in lines.items():
            for line in held:
                by_home[self.places[key].homes[line.number]][key].append(line)
        found = (
            Asked(self.met.topics[n].question, self._sides(held)) for n, held in by_home.items()
        )
        return tuple(asked for asked in found if asked.sides)

    def _sides(self, lines: Mapping[str, Sequence[Line]]) -> Sides:
        left, right = (self.places[key].gathered(lines[key]) for key in self.keys)
        return Sides(left, right)
