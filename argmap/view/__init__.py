"""Debate to view: what is shown, how it hangs together, and what number it has."""

from argmap.view.build import view
from argmap.view.choice import WHOLE, Choice
from argmap.view.core import Card, Group, Inference, Mark, Question, Remark, Role, Sort, View
from argmap.view.forest import forest

__all__ = [
    "WHOLE",
    "Card",
    "Choice",
    "Group",
    "Inference",
    "Mark",
    "Question",
    "Remark",
    "Role",
    "Sort",
    "View",
    "forest",
    "view",
]
