"""The map as Argdown's own tools make it: which boxes, in which groups, with which arrows."""

from argmap.graph.build import graph
from argmap.graph.core import WORDS, Edge, Graph, Group, Node
from argmap.graph.explain import Explanation, explain, left_out
from argmap.graph.select import Choice, Why
from argmap.graph.wording import Words, canonical, heading, is_untitled

__all__ = [
    "WORDS",
    "Choice",
    "Edge",
    "Explanation",
    "Graph",
    "Group",
    "Node",
    "Why",
    "Words",
    "canonical",
    "explain",
    "graph",
    "heading",
    "is_untitled",
    "left_out",
]
