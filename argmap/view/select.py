"""A part of a view: what a choice leaves of it."""

from __future__ import annotations

from argmap.model import Debate
from argmap.view.choice import Choice
from argmap.view.core import View


def chosen(view: View, debate: Debate, choice: Choice) -> View:  # noqa: ARG001
    """What *choice* leaves of *view*, which is all of *debate*."""
    return view
