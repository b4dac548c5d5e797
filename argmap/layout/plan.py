"""What a layout engine is given, and what it gives back: positions only, in points.

An engine never sees text, roles or colours. The origin is the top left corner and y runs down;
a position is the centre of what stands there.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeAlias

from attrs import frozen

Point: TypeAlias = tuple[float, float]
Curve: TypeAlias = tuple[Point, ...]
"""Cubic Bézier curves joined end to end: one start, then three points for each."""

Fit: TypeAlias = Callable[[float, float], float]
"""How good a drawing is, of its width and height: the more, the better."""

JOINT = 12.0
"""The radius of a joint, where reasons that work together meet."""


class Direction(enum.Enum):
    """Where the reasons of a claim stand: below it, or to its right."""

    DOWN = "down"
    RIGHT = "right"


@frozen
class Box:
    """A rectangle to place, *width* by *height* points."""

    id: str
    width: float
    height: float


@frozen
class Bond:
    """One inference to place and route: from its tails to its head.

    With *joint*, the tails meet in a circle of radius `JOINT`, from which one curve goes on.
    *head* is a box, or a bond that has a joint, which is then where the curve ends.
    A *mutual* bond has no direction: its one tail and its head are roots, or stand anywhere.
    The curves of one *lane* look alike, and may run on top of each other.
    """

    id: str
    tails: tuple[str, ...]
    head: str
    joint: bool = False
    mutual: bool = False
    lane: str = ""


@frozen
class Crate:
    """Boxes to frame, and how wide and high the title is that stands in the frame above them."""

    id: str
    boxes: tuple[str, ...]
    width: float
    height: float


@frozen
class Frame:
    """Where a frame stands that holds boxes of a crate: its sides, and those of its title."""

    crate: str
    left: float
    top: float
    right: float
    bottom: float
    title: Point


def edges(bonds: Sequence[Bond]) -> list[tuple[Sequence[str], str | int]]:
    """*bonds* as `argmap.model.walk.hang` takes them; nothing hangs by a mutual one."""
    number = {b.id: n for n, b in enumerate(bonds)}
    return [((), b.head) if b.mutual else (b.tails, number.get(b.head, b.head)) for b in bonds]


@frozen
class Plan:
    """Where everything stands. *curves* run from tail to head, and end at the edge of what
    they meet. A bond's own curve is under ``(bond, "")``; those into its joint under
    ``(bond, tail)``.
    """

    width: float
    height: float
    boxes: Mapping[str, Point]
    joints: Mapping[str, Point]
    curves: Mapping[tuple[str, str], Curve]
    frames: tuple[Frame, ...] = ()


class Engine(Protocol):
    """A way to lay out boxes. Ids are unique; bonds name only what is there."""

    def __call__(self, boxes: Sequence[Box], bonds: Sequence[Bond], direction: Direction) -> Plan:
        """Place all *boxes* without overlap, and route all *bonds*."""
        ...
