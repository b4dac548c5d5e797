"""What a speaker may prepare a reply to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from argmap.model import Sense, Voice
from argmap.sides.answers import Places, answered, steps, topics_of
from argmap.sides.core import Line, Meeting, Tie
from argmap.sides.sheet import ANSWERING, Reply, bearing

_FEW = 3  # reasons why a reply is needed that are given


@frozen
class _Objection:
    """That *line* bears on *to*, a line of the speaker who is to reply; and how, in words."""

    line: Line
    to: Line
    how: str


def replies(
    met: Meeting, key: str, ties: Sequence[Tie], places: Places, settled: frozenset[str]
) -> tuple[Reply, ...]:
    """What the speaker *key* may prepare a reply to, question by question, in reading order.

    That is what others say against this speaker's lines and this speaker does not answer; and the
    points of others that nobody answers, on questions on which this speaker speaks, unless the two
    agree on them. What is *settled* is answered, or no point, but a reason for one.
    """
    shared_ground = _agreed(key, ties, places)
    answers = answered(ties, places, by=lambda place: place.side == key)
    against: dict[str, list[_Objection]] = {}
    for found in _objections(key, ties, places):
        if found.line.number not in answers:
            against.setdefault(found.line.number, []).append(found)
    on = topics_of(met)
    spoken: dict[int, None] = {}
    for line in met.lines:
        if places[line.number].side == key and line.is_own:
            spoken.update(dict.fromkeys(on[line.number]))
    made: list[tuple[int, Reply]] = []
    for line in met.lines:
        shared = [t for t in on[line.number] if t in spoken]
        if line.number in against:
            made.append(_to_objection(met, on, line, against[line.number]))
        elif (
            places[line.number].side not in ("", key)
            and _is_held(line)
            and line.number not in settled
            and line.number not in shared_ground
            and (shared or not met.topics)
        ):
            at, question = _question(met, shared)
            made.append((at, Reply(line, question, "nobody answers it")))
    return tuple(reply for _, reply in sorted(made, key=lambda found: found[0]))


def _to_objection(
    met: Meeting, on: Mapping[str, Sequence[int]], line: Line, found: Sequence[_Objection]
) -> tuple[int, Reply]:
    about = [t for n in (*(o.to.number for o in found), line.number) for t in on[n][:1]]
    how = list(dict.fromkeys(o.how for o in found))
    how[_FEW:] = ["…"] if how[_FEW:] else []
    at, question = _question(met, about)
    to = dict.fromkeys(o.to.number for o in found)
    return at, Reply(line, question, "; ".join(how), tuple(to))


def _question(met: Meeting, topics: Sequence[int]) -> tuple[int, str]:
    """The first of *topics*, and its question; behind all others if there is none."""
    return (topics[0], met.topics[topics[0]].question) if topics else (len(met.topics), "")


def _agreed(key: str, ties: Sequence[Tie], places: Places) -> frozenset[str]:
    """The numbers of lines of others on which the speaker *key* agrees with them."""
    pairs = ((tail, tie.head) for tie in ties if tie.sense is Sense.AGREES for tail in tie.tails)
    both = (two for a, b in pairs for two in ((a, b), (b, a)))
    return frozenset(
        other.number
        for own, other in both
        if places[own.number].side == key and places[other.number].side != key and own.is_own
    )


def _is_held(line: Line) -> bool:
    """Whether somebody stands for *line*."""
    return line.is_own and line.voice is not Voice.CONCEDED


def _objections(key: str, ties: Sequence[Tie], places: Places) -> Iterator[_Objection]:
    """What answers what the speaker *key* stands for."""

    def is_defended(line: Line) -> bool:
        return _is_held(line) and places[line.number].side == key

    step = steps(ties)
    first: dict[int, Line | None] = {}  # of the premises of a step, what this speaker stands for
    for tie in ties:
        if tie.sense not in ANSWERING:
            continue
        to = tie.head if is_defended(tie.head) else None
        if tie.struck:
            n = step.struck_by(tie)
            if n not in first:
                first[n] = next((s for s in tie.struck if is_defended(s)), None)
            to = first[n]
        for tail in tie.tails:
            if to is not None and places[tail.number].side != key:
                yield _Objection(tail, to, bearing(tie, tie.head))
        if tie.mutual and is_defended(tie.tails[0]) and places[tie.head.number].side != key:
            yield _Objection(tie.head, tie.tails[0], bearing(tie, tie.tails[0]))
