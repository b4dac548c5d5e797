"""View to boxes and curves, in points: measuring text, and two engines behind one interface."""

from argmap.layout.arrange import Drawing, Layout, Toward, arrange, says_word
from argmap.layout.cards import Ink, Piece, Sheet
from argmap.layout.plan import JOINT, Curve, Direction, Plan, Point

__all__ = [
    "JOINT",
    "Curve",
    "Direction",
    "Drawing",
    "Ink",
    "Layout",
    "Piece",
    "Plan",
    "Point",
    "Sheet",
    "Toward",
    "arrange",
    "says_word",
]
