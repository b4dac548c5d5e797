"""Debate to view: what is shown, how it hangs together, and what number it has."""

from argmap.view.build import view
from argmap.view.called import called
from argmap.view.choice import WHOLE, Choice
from argmap.view.core import Card, Group, Inference, Mark, Question, Remark, Role, Sort, View
from argmap.view.fit import values
from argmap.view.forest import forest
from argmap.view.remarks import in_words

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
    "called",
    "forest",
    "in_words",
    "values",
    "view",
]
