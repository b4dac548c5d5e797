"""Positions side by side: who agrees, who clashes, who talks past whom, what nobody answers."""

from argmap.sides.core import Line, Meeting, Tie, Topic
from argmap.sides.meeting import meeting

__all__ = ["Line", "Meeting", "Tie", "Topic", "meeting"]
