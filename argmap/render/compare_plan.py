"""Where the cards of a picture of two speakers are, and the ways of the lines between them."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from argmap.layout import Curve, Point
from argmap.layout.surround import PAD
from argmap.render.compare_cards import WIDE, Card

GUTTER = 290.0  # between the columns
BEND = 40.0  # beside each column, where lines bend and badges stand
INNER = GUTTER - 2 * BEND - 12.0  # how wide what stands between the columns is
RIGHT = PAD + WIDE + GUTTER  # where the right column begins
MIDDLE = PAD + WIDE + GUTTER / 2
_GAP, _STEP = 10.0, 38.0  # between cards; where a step from one to the next is drawn


@frozen
class Placed:
    """A card and where its upper left corner is."""

    card: Card
    x: float
    y: float

    @property
    def middle(self) -> float:
        return self.y + self.card.height / 2

    @property
    def bottom(self) -> float:
        return self.y + self.card.height


def stacked(cards: Sequence[Card], x: float, y: float, struck: Sequence[bool] = ()) -> list[Placed]:
    """*cards* one below the other; below what is *struck*, with room for the step from it."""
    placed = []
    for n, c in enumerate(cards):
        placed.append(Placed(c, x, y))
        is_last = bool(struck) and struck[n] and not (n + 1 < len(cards) and struck[n + 1])
        y += c.height + (_STEP if is_last else _GAP)
    return placed


def across(tail: Placed, goal: Placed, at: float, joint: Point | None) -> Curve:
    """From *tail* to *goal*, or to a *joint* in its column; straight on at *at* between."""
    side = 1.0 if goal.x > tail.x else -1.0
    start = (tail.x + WIDE if side > 0 else tail.x, _near(tail, at))
    edge = goal.x if side > 0 else goal.x + WIDE
    end = (edge, joint[1] if joint else _near(goal, at))
    first, last = start[0] + side * BEND, edge - side * BEND
    curve = (*_bent(start, (first, at)), *_bent((first, at), (last, at))[1:])
    curve = (*curve, *_bent((last, at), end)[1:])
    return (*curve, *_bent(end, (joint[0] - side * 10.0, joint[1]))[1:]) if joint else curve


def way(placed: Placed, over: Placed, at: float) -> Curve:
    """From *placed* to the claim between the columns."""
    side = 1.0 if placed.x < over.x else -1.0
    wide = INNER
    start = (placed.x + WIDE if side > 0 else placed.x, _near(placed, at))
    return _bent(start, (over.x if side > 0 else over.x + wide, at))


def _near(placed: Placed, at: float) -> float:
    """How low a line at *at* meets a card."""
    return min(max(at, placed.y + 12.0), placed.bottom - 12.0)


def _bent(start: Point, end: Point) -> Curve:
    """A line that leaves *start* and comes to *end* level."""
    middle = (start[0] + end[0]) / 2
    return (start, (middle, start[1]), (middle, end[1]), end)
