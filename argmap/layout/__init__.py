"""View to boxes and curves, in points: measuring text, and two engines behind one interface."""

from argmap.layout.arrange import Drawing, Layout, Look, Toward, arrange, says_word, titled
from argmap.layout.cards import Ink, Piece, Sheet
from argmap.layout.plan import JOINT, Curve, Direction, Frame, Plan, Point
from argmap.layout.size import SCREEN, Size, size_of

__all__ = [
    "JOINT",
    "SCREEN",
    "Curve",
    "Direction",
    "Drawing",
    "Frame",
    "Ink",
    "Layout",
    "Look",
    "Piece",
    "Plan",
    "Point",
    "Sheet",
    "Size",
    "Toward",
    "arrange",
    "says_word",
    "size_of",
    "titled",
]
