"""Debate to view: what is shown, how it hangs together, and what number it has."""

from argmap.view.build import view
from argmap.view.core import Card, Inference, Mark, Question, Role, View
from argmap.view.forest import forest

__all__ = ["Card", "Inference", "Mark", "Question", "Role", "View", "forest", "view"]
