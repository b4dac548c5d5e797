"""The ways that links take, as curves."""

from __future__ import annotations

import math
from collections.abc import Sequence

from argmap.layout.plan import JOINT, Curve, Point

_ROUND = 0.5523  # of a radius: how far the handles of a quarter circle reach


def straight(a: Point, b: Point) -> Curve:
    """A line from *a* to *b*, as a Bézier curve without its start."""
    return (
        a,
        (a[0] + (b[0] - a[0]) / 3, a[1] + (b[1] - a[1]) / 3),
        (a[0] + (b[0] - a[0]) * 2 / 3, a[1] + (b[1] - a[1]) * 2 / 3),
        b,
    )


def rise(start: Point, end: Point, stub: float) -> Curve:
    """From a box straight out of it for *stub* points, then in one sweep to *end*."""
    (x1, y1), (x2, y2) = start, end
    bend = y1 - min(stub, max(0.0, (y1 - y2) / 2))
    pull = max(6.0, (bend - y2) * 0.55)
    return (
        *straight(start, (x1, bend)),
        (x1, bend - pull),
        (x2, y2 + pull),
        end,
    )


def around(start: Point, end: Point) -> Curve:
    """Out of a box and back to one that is not above it."""
    return (start, (start[0], start[1] - 40), (end[0], end[1] + 40), end)


def aside(start: Point, joint: Point) -> Curve:
    """From a box up, and from the side into a joint above it."""
    across, along = joint
    side = 1.0 if start[0] > across else -1.0
    end = (across + side * (JOINT + 1), along)
    return (
        start,
        (start[0], start[1] - 14),
        (start[0], along),
        (end[0] + side * 22, along),
        (end[0] + side * 15, along),
        (end[0] + side * 8, along),
        end,
    )


def bent(points: Sequence[Point], radius: float = 10.0) -> Curve:
    """Straight through *points*, with every corner between them rounded."""
    curve: list[Point] = [points[0]]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        r = min(radius, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        into, out = _toward(corner, before, r), _toward(corner, after, r)
        curve += straight(curve[-1], into)[1:]
        curve += [_toward(corner, into, r * (1 - _ROUND)), _toward(corner, out, r * (1 - _ROUND))]
        curve.append(out)
    curve += straight(curve[-1], points[-1])[1:]
    return tuple(curve)


def _toward(a: Point, b: Point, far: float) -> Point:
    """The point *far* from *a* on the way to *b*."""
    whole = math.dist(a, b) or 1.0
    return a[0] + (b[0] - a[0]) * far / whole, a[1] + (b[1] - a[1]) * far / whole
