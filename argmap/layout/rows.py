"""A few trees in several rows instead of one, where that makes them larger on a screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from argmap.layout.plan import Bond, Box, Curve, Direction, Plan, Point, edges
from argmap.model import walk

_FEW, _SMALL = 12, 1500  # trees and boxes up to which several rows are tried
_APART = 66.0  # between rows

_Row: TypeAlias = tuple[list[Box], list[Bond]]


def in_rows(
    boxes: Sequence[Box], bonds: Sequence[Bond], row: Plan, direction: Direction
) -> Iterator[list[_Row]]:
    """The trees of *row*, in their order, in two rows and in three, each about as long.

    Nothing if there are too many trees to try, or if bonds join one tree to another.
    """
    if len(boxes) > _SMALL:
        return
    joined = edges(bonds)
    hangs, children = walk.hang([b.id for b in boxes], joined)
    roots = [b.id for b in boxes if b.id not in hangs]
    if not 1 < len(roots) <= _FEW:
        return
    tree_of: dict[str, int] = {}
    for n, root in enumerate(roots):
        todo = [root]
        while todo:
            box = todo.pop()
            tree_of[box] = n
            todo += children.get(box, ())
    ends = [{tree_of[t] for t in b.tails} for b in bonds]
    for n, b in enumerate(bonds):
        head = walk.end(joined, n)
        ends[n].add(tree_of[head if head is not None else b.tails[0]])
    if any(len(e) > 1 for e in ends):
        return
    starts = _starts(boxes, row, tree_of, len(roots), direction)
    for count in (2, 3):
        parts = [
            min(count - 1, int(count * (starts[n] + starts[n + 1]) / 2 / (starts[-1] or 1)))
            for n in range(len(roots))
        ]
        if len(set(parts)) == count:
            yield [
                (
                    [b for b in boxes if parts[tree_of[b.id]] == part],
                    [b for b, e in zip(bonds, ends, strict=True) if parts[min(e)] == part],
                )
                for part in range(count)
            ]


def _starts(
    boxes: Sequence[Box], row: Plan, tree_of: dict[str, int], count: int, direction: Direction
) -> list[float]:
    """Where each tree begins along its row, and where the last one ends."""
    down = direction is Direction.DOWN
    starts = [row.width if down else row.height] * count
    for b in boxes:
        x, y = row.boxes[b.id]
        starts[tree_of[b.id]] = min(
            starts[tree_of[b.id]], x - b.width / 2 if down else y - b.height / 2
        )
    return [*starts, row.width if down else row.height]


def stacked(plans: Sequence[Plan], direction: Direction) -> Plan:
    """*plans* one below the other, or side by side if their trees grow to the right."""
    down = direction is Direction.DOWN
    boxes: dict[str, Point] = {}
    joints: dict[str, Point] = {}
    curves: dict[tuple[str, str], Curve] = {}
    at = 0.0
    for plan in plans:
        dx, dy = (0.0, at) if down else (at, 0.0)
        boxes |= {k: (x + dx, y + dy) for k, (x, y) in plan.boxes.items()}
        joints |= {k: (x + dx, y + dy) for k, (x, y) in plan.joints.items()}
        curves |= {k: tuple((x + dx, y + dy) for x, y in c) for k, c in plan.curves.items()}
        at += (plan.height if down else plan.width) + _APART
    at -= _APART
    wide, high = max(p.width for p in plans), max(p.height for p in plans)
    return Plan(wide if down else at, at if down else high, boxes, joints, curves)
