"""Positions side by side, of maps as loaded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from argmap.api.map import Map
from argmap.model import Debate
from argmap.sides import Meeting, meeting

if TYPE_CHECKING:
    from argmap.sides.matrix import Matrix


def matrix(of: Map | Debate, *, speakers: Iterable[str] = ()) -> Matrix:
    """What each speaker says to each question of a debate, and where they say nothing.

    Only those called *speakers*, by key or full name, if any are given. `argmap.printed` prints it.

    Raises:
        UnknownName: nobody is called so; near names are suggested.
    """
    from argmap.sides.matrix import matrix as made

    return made(_meeting(of), speakers=speakers)


def _meeting(of: Map | Debate) -> Meeting:
    return meeting(of.debate if isinstance(of, Map) else of)
