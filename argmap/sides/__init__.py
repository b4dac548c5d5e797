"""Positions side by side: who agrees, who clashes, who talks past whom, what nobody answers."""

from argmap.sides.compare import compare
from argmap.sides.comparison import Asked, Comparison, Entry, Parting, Said, Sides
from argmap.sides.core import Line, Meeting, Tie, Topic
from argmap.sides.meeting import meeting

__all__ = [
    "Asked",
    "Comparison",
    "Entry",
    "Line",
    "Meeting",
    "Parting",
    "Said",
    "Sides",
    "Tie",
    "Topic",
    "compare",
    "meeting",
]
