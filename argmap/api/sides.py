"""Positions side by side, of maps as loaded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from argmap.api.map import Map, debate_of
from argmap.errors import BadValue
from argmap.model import Debate
from argmap.sides import Meeting, meeting

if TYPE_CHECKING:
    from argmap.sides.comparison import Comparison
    from argmap.sides.matrix import Matrix
    from argmap.sides.sheet import Flow


def flow(
    of: Map | Debate, *, columns: str | Iterable[str] = (), by: str = "speaker", reply: str = ""
) -> Flow:
    """The flow sheet of a debate: who says what, and opposite, what others answer; what nobody
    answers is marked by a rule that stands on the sheet. `argmap.printed` prints it.

    *by* is ``speaker`` or ``speech``: what its columns are. *columns* chooses among them, and
    orders them. *reply* names who is to prepare replies, which are then listed.

    Raises:
        BadValue: there are no columns by that.
        UnknownName: nothing is called so; near names are suggested.
    """
    from argmap.sides.flow import flow as made

    if by not in ("speaker", "speech"):
        raise BadValue(f"columns are by 'speaker' or by 'speech', not by {by!r}")
    return made(debate_of(of), columns=_names(columns), by=by, reply=reply)


def matrix(of: Map | Debate, *, speakers: str | Iterable[str] = ()) -> Matrix:
    """What each speaker says to each question of a debate, and where they say nothing.

    Only those called *speakers*, by key or full name, if any are given. `argmap.printed` prints it.

    Raises:
        UnknownName: nobody is called so; near names are suggested.
    """
    from argmap.sides.matrix import matrix as made

    return made(_meeting(of), speakers=_names(speakers))


def compare(of: Map | Debate, left: str, right: str) -> Comparison:
    """Two speakers of a debate side by side: what they grant each other, where they clash, where
    they talk past each other, and what each leaves unanswered.

    Names are keys or full names, in small or large letters. `argmap.printed` prints it.

    Raises:
        UnknownName: nobody is called so; near names are suggested.
        BadValue: the two are one, or fewer than two speak.
    """
    from argmap.sides.compare import compare as made

    return made(_meeting(of), left, right)


def _names(given: str | Iterable[str]) -> Iterable[str]:
    """One name alone is no series of letters."""
    return (given,) if isinstance(given, str) else given


def _meeting(of: Map | Debate) -> Meeting:
    return meeting(debate_of(of))
