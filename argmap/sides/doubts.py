"""What speaks against taking a tie between two speakers at its word."""

from __future__ import annotations

from argmap.sides.core import Tie


def doubts_of(tie: Tie) -> tuple[str, ...]:  # noqa: ARG001
    """Reasons to look again before one speaks of a clash or an agreement, each in a sentence."""
    return ()
