"""A flow sheet: what each speaker says in a column of their own, answers opposite what they answer.

A row, which may take several lines, holds one point that is no reason for another and no answer,
what is given for it, what others answer, and what is answered to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from argmap.model import Debate
from argmap.sides.answers import (
    Place,
    Places,
    answerable,
    answered,
    answering,
    granted,
    reasons,
    topmost,
)
from argmap.sides.core import Meeting, Tie
from argmap.sides.meeting import meeting
from argmap.sides.replies import replies
from argmap.sides.sheet import Column, Flow
from argmap.sides.speeches import Sheet, by_speaker, by_speech, chosen
from argmap.sides.threads import Threads
from argmap.text import listed, quantity

_ANSWERED = (
    "A line is answered by {which} that objects to it, contradicts it, qualifies it, stands in "
    "tension with it or undercuts the step from it; and by what so answers a reason that its own "
    "speaker gives for it, or the same in that speaker’s other words. What answers one of several "
    "reasons that work together answers all of them. To talk past each other is no answer. What "
    "two speakers agree on, what is only reported of others, or conceded, needs none. A reason for "
    "what is so marked, or agreed on, is not marked again, unless it answers another itself."
)
_BY_SPEECH = (
    "“Not answered” marks what no later speech of another speaker answers, though there is one. "
    "What stands in a last speech, or in none, is not marked. "
)
_BY_QUESTION = (
    "“Not answered” marks what a speaker says on a question on which another speaks too, if nobody "
    "else answers it. "
)
_BY_POINT = (
    "“Not answered” marks what a speaker says, if nobody else answers it; as this map asks no "
    "questions, that is each point, but no reason for one. "
)


def flow(
    debate: Debate, *, columns: Iterable[str] = (), by: str = "speaker", reply: str = ""
) -> Flow:
    """The flow sheet of *debate*, with the *columns* of these names, or all.

    *by* is ``speaker`` or ``speech``; where no line names its speech, it is by speakers. What
    stands in no column that is asked for still counts as an answer. With *reply*, the name of a
    speaker, the sheet lists what that one may prepare a reply to.

    Raises:
        UnknownName: there is no such column, or nobody is called *reply*.
    """
    met = meeting(debate)
    notes: list[str] = []
    sheet = by_speech(met, debate) if by == "speech" else by_speaker(met)
    if by == "speech" and not any(c.speech for c in sheet.of.values()):
        notes = ["No line of this map names its speech: the columns are by speaker."]
        by, sheet = "speaker", by_speaker(met)
    shown = chosen(sheet, columns, met)
    ties = (*met.ties, *met.own)
    times = {c: n for n, c in enumerate(sheet.columns) if c.speech}
    places = {number: Place(c.speaker, times.get(c)) for number, c in sheet.of.items()}
    has_answer = answered(ties, places)
    below = reasons(ties, places)
    given = frozenset(n for numbers in below.values() for n in numbers)
    could = answerable(met, sheet.columns, places, by, given)
    open_ = (n for n in could if n not in has_answer)
    marked = topmost(open_, below, answering(ties, places)) - granted(ties, places)
    reply_to = met.find(reply).key if reply else ""
    return Flow(
        met.title,
        by,
        shown,
        Threads(met, sheet.of, shown, ties, places, marked).rows(),
        _rule(met, by),
        (*notes, *sheet.notes, *_notes(met, sheet, shown, ties, places)),
        reply_to,
        replies(met, reply_to, ties, places, has_answer | given) if reply_to else (),
        met.cited(line for line in met.lines if sheet.of[line.number] in shown),
    )


def _rule(met: Meeting, by: str) -> str:
    if by == "speech":
        return _BY_SPEECH + _ANSWERED.format(which="another speaker’s later line")
    first = _BY_QUESTION if met.topics else _BY_POINT
    return first + _ANSWERED.format(which="another speaker’s line")


def _notes(
    met: Meeting,
    sheet: Sheet,
    shown: Sequence[Column],
    ties: Iterable[Tie],
    places: Places,
) -> list[str]:
    """What else one must know to read the sheet."""
    notes = []
    sides = dict.fromkeys(places[line.number].side for line in met.lines)
    named = [s for s in sides if s]
    if not met.lines:
        notes.append("This map holds no claims yet.")
    elif not named:
        notes.append("No line of this map has a speaker: nothing can be marked.")
    elif len(sides) == 1:
        notes.append(f"Only {named[0]} speaks here: nobody could answer, and nothing is marked.")
    elif not any(_crosses(t, places) for t in ties):
        notes.append("Nothing in this map links what one says to what another says.")
    if len(shown) < len(sheet.columns):
        kept = dict.fromkeys(shown)
        left = [c for c in sheet.columns if c not in kept]
        count = sum(c not in kept for c in sheet.of.values())
        notes.append(
            f"{quantity(count, 'line')} of {listed([c.title for c in left])} "
            f"{'is' if count == 1 else 'are'} not shown, but may answer others."
        )
    return notes


def _crosses(tie: Tie, places: Places) -> bool:
    met = {places[line.number].side for line in (*(tie.struck or (tie.head,)), *tie.tails)}
    return len(met) > 1
