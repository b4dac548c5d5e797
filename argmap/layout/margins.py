"""The links of the layout in columns: they run in the margin of a stack, or in the gap below a card
or beside it, where no card stands.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from attrs import define, evolve, field, frozen

from argmap.layout.plan import JOINT, Bond, Box, Curve, Frame, Plan, Point
from argmap.layout.routes import around, aside, bent, rise, straight

LANE = 16.0
"""Between lines of different kinds in the margin of a stack."""
BADGED, JOINTED = 36.0, 58.0
"""Between the last lane and the cards: room for a badge, or for a joint."""
CORRIDOR = 18.0
"""Between the top of a card and the first line that comes in at its right side."""
MARGIN = 124.0
"""Left of theses that words join, if they stand one below the other: room for the word."""

_JOINT_AT = 34.0  # how far left of its premises a joint stands in a stack
_BUS = 13.0  # how far left of them their lines meet
_SLOT, _SLOT_BESIDE = 24.0, 16.0  # between links that end on one card, below it and beside it
_EDGE = 20.0  # no link ends nearer to a corner


@frozen
class Placed:
    """Where everything stands: the left top *corner* of each box, and by which bond it *hangs*.

    *margin* says of each box in a stack where the margin begins that its link runs in, infinite if
    there is none, and whether that stack stands to the right of its head; *lanes* of each head how
    far from there each kind of line runs; *words* where the line runs that joins a thesis to the
    next in a stack.
    """

    boxes: Sequence[Box]
    bonds: Sequence[Bond]
    hangs: Mapping[str, int]
    corner: Mapping[str, Point]
    margin: Mapping[str, tuple[float, bool]]
    lanes: Mapping[str, Mapping[str, float]]
    words: Mapping[str, float]
    frames: Sequence[Frame]


def routed(placed: Placed) -> Plan:
    """The plan, with all links."""
    router = _Router(placed)
    router.route()
    return router.plan()


@define
class _Router:
    at: Placed
    _box: dict[str, Box] = field(factory=dict)
    _joints: dict[str, Point] = field(factory=dict)
    _curves: dict[tuple[str, str], Curve] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self._box = {b.id: b for b in self.at.boxes}

    def route(self) -> None:
        for b in self.at.bonds:
            if b.joint:
                self._joints[b.id] = self._joint(b)
        slots = self._slots()
        struck: dict[str, int] = {}
        for b in self.at.bonds:
            if b.mutual:
                self._mutual(b)
                continue
            start, stub = self._out(b), 22.0
            if b.joint:
                self._meet(b)
                x, y = self._joints[b.id]
                stub = 2.0
                start = (x - JOINT, y) if self._is_stacked(b) else (x, y - JOINT)
            if b.head in self._joints:
                struck[b.head] = struck.get(b.head, 0) + 1
                self._curves[b.id, ""] = self._strike(b, start, struck[b.head] - 1)
            else:
                self._curves[b.id, ""] = self._rise(b, start, stub, slots)

    def _hangs_by(self, box: str, b: Bond) -> bool:
        return box in self.at.hangs and self.at.bonds[self.at.hangs[box]] is b

    def _is_stacked(self, b: Bond) -> bool:
        return b.tails[0] in self.at.margin

    def _size(self, box: str) -> tuple[float, float]:
        return self._box[box].width, self._box[box].height

    def _out(self, b: Bond) -> Point:
        """Where the link of a bond with one tail leaves it: at its left side, or its top."""
        (x, y), (w, h) = self.at.corner[b.tails[0]], self._size(b.tails[0])
        return (x, y + h / 2) if self._is_stacked(b) else (x + w / 2, y)

    def _joint(self, b: Bond) -> Point:
        own = [t for t in b.tails if self._hangs_by(t, b)] or list(b.tails)
        corners = [self.at.corner[t] for t in own]
        if self._is_stacked(b):
            middles = [self.at.corner[t][1] + self._size(t)[1] / 2 for t in own]
            return min(x for x, _ in corners) - _JOINT_AT, (min(middles) + max(middles)) / 2
        middles = [self.at.corner[t][0] + self._size(t)[0] / 2 for t in own]
        return sum(middles) / len(own), min(y for _, y in corners) - 40.0

    def _meet(self, b: Bond) -> None:
        """From each tail of *b* into its joint."""
        x, y = self._joints[b.id]
        for t in b.tails:
            (left, top), (w, h) = self.at.corner[t], self._size(t)
            if t not in self.at.margin:
                self._curves[b.id, t] = rise((left + w / 2, top), (x, y + JOINT), 4.0)
            elif abs(top + h / 2 - y) < 1.0:
                self._curves[b.id, t] = straight((left, y), (x + JOINT, y))
            else:
                bus = left - _BUS
                way = [(left, top + h / 2), (bus, top + h / 2), (bus, y), (x + JOINT, y)]
                self._curves[b.id, t] = bent(way, 9.0)

    def _strike(self, b: Bond, start: Point, before: int) -> Curve:
        """Into a joint: from below in a stack, from the side in a row."""
        x, y = self._joints[b.head]
        if not self._is_stacked(b):
            return aside(start, (x, y))
        x += -5.0 * min(before, 2)
        end = (x, y + (JOINT * JOINT - 25.0 * min(before, 2) ** 2) ** 0.5 + 1.0)
        if b.joint:  # its own joint stands right below
            x0, y0 = self._joints[b.id]
            return straight((x0, y0 - JOINT), end) if x0 == x else around((x0, y0 - JOINT), end)
        return bent([start, (x, start[1]), end], 9.0)

    def _rise(self, b: Bond, start: Point, stub: float, slots: Mapping[str, float]) -> Curve:
        """To the card that *b* bears on."""
        (x, y), (_, h) = self.at.corner[b.head], self._size(b.head)
        tail = b.tails[0]
        if not self._hangs_by(tail, b):
            return around(start, (x + slots.get(b.id, _EDGE), y + h))
        if not self._is_stacked(b):
            return rise(start, (x + slots[b.id], y + h), stub)
        (edge, beside), (w, _) = self.at.margin[tail], self._size(b.head)
        if edge == math.inf:
            turned = rise(start[::-1], (y + slots[b.id], x + w), stub)
            return tuple((across, along) for along, across in turned)
        lanes = self.at.lanes[b.head]
        lane = edge + lanes[b.lane]
        if not beside:
            return bent([start, (lane, start[1]), (lane, y + h)])
        along = y + CORRIDOR + LANE * len(lanes) - lanes[b.lane]
        return bent([start, (lane, start[1]), (lane, along), (x + w, along)])

    def _slots(self) -> dict[str, float]:
        """How far from the left side of its head, or from its top, each bond ends that comes from
        below, or from beside it.
        """
        ends: dict[str, dict[tuple[float, str], list[Bond]]] = {}
        beside: dict[str, None] = {}
        for b in self.at.bonds:
            if b.mutual or b.head not in self._box:
                continue
            tail = b.tails[0]
            if tail in self.at.margin and self.at.margin[tail][0] < math.inf:
                continue  # lanes are its slots
            if tail in self.at.margin:
                key = (self._joints.get(b.id, self._out(b))[1], b.id)
                beside[b.head] = None
            else:
                across = [self.at.corner[t][0] + self._size(t)[0] / 2 for t in b.tails]
                key = (sum(across) / len(across), b.id)
            ends.setdefault(b.head, {}).setdefault(key, []).append(b)
        found: dict[str, float] = {}
        for head, keyed in ends.items():
            w, h = self._size(head)
            step, w = (_SLOT_BESIDE, h) if head in beside else (_SLOT, w)
            step = min(step, (w - 2 * _EDGE) / max(1, len(keyed) - 1))
            for n, key in enumerate(sorted(keyed)):
                for b in keyed[key]:
                    found[b.id] = w / 2 + (n - (len(keyed) - 1) / 2) * step
        return found

    def _mutual(self, b: Bond) -> None:
        """Straight across to the neighbour in a row; around the left side in a stack."""
        ends = sorted((b.tails[0], b.head), key=lambda e: self.at.corner[e])
        (x, y), (w, h) = self.at.corner[ends[0]], self._size(ends[0])
        (x2, y2), (_, h2) = self.at.corner[ends[1]], self._size(ends[1])
        between = [c for c in self.at.corner.values() if x < c[0] < x2 and c[1] == y]
        if y == y2 and not between:
            along = y + min(h, h2) / 2
            curve = straight((x + w, along), (x2, along))
        elif y == y2:
            a, c = (x + w / 2, y), (x2 + self._size(ends[1])[0] / 2, y)
            curve = (a, (a[0], y - 46.0), (c[0], y - 46.0), c)
        else:
            lane = self.at.words.get(ends[0], min(x, x2) - MARGIN / 2)
            curve = bent(
                [(x, y + h / 2), (lane, y + h / 2), (lane, y2 + h2 / 2), (x2, y2 + h2 / 2)]
            )
        self._curves[b.id, ""] = curve if ends[0] == b.tails[0] else curve[::-1]

    # --- the result

    def plan(self) -> Plan:
        """Everything moved so that nothing lies left of or above the origin."""
        points = [p for c in self._curves.values() for p in c]
        points += self.at.corner.values()
        points += [(f.left, f.top) for f in self.at.frames]
        points += [(x - MARGIN / 2, self.at.corner[b][1]) for b, x in self.at.words.items()]
        left, top = min(x for x, _ in points), min(y for _, y in points)
        points += [
            (x + self._size(b)[0], y + self._size(b)[1]) for b, (x, y) in self.at.corner.items()
        ]
        points += [(f.right, f.bottom) for f in self.at.frames]

        def moved(p: Point) -> Point:
            return p[0] - left, p[1] - top

        return Plan(
            max(x for x, _ in points) - left,
            max(y for _, y in points) - top,
            {
                b.id: moved(
                    (self.at.corner[b.id][0] + b.width / 2, self.at.corner[b.id][1] + b.height / 2)
                )
                for b in self.at.boxes
            },
            {i: moved(p) for i, p in self._joints.items()},
            {k: tuple(map(moved, c)) for k, c in self._curves.items()},
            tuple(
                evolve(
                    f,
                    left=f.left - left,
                    right=f.right - left,
                    top=f.top - top,
                    bottom=f.bottom - top,
                    title=moved(f.title),
                )
                for f in self.at.frames
            ),
        )
