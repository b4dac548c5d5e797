"""Our own layout, in linear time: trees in bands, the author's order kept.

Every level of a tree has a band of its own, so links never pass through a card: they cross from
band to band in the free space between. Subtrees are pushed together until their outlines touch
(Reingold and Tilford 1981). An outline is kept from its deepest level up, and joined to the
deeper of two in steps of the shallower, which makes the whole linear in the number of boxes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, field

from argmap.layout.plan import JOINT, Bond, Box, Curve, Direction, Fit, Plan, Point, edges
from argmap.layout.routes import around, aside, rise, straight
from argmap.layout.rows import in_rows, stacked
from argmap.model import walk

_GAP = 18.0  # between siblings
_TREES = 44.0  # between trees
_WORDED = 130.0  # the same where a word stands between them
_BAND = {Direction.DOWN: 70.0, Direction.RIGHT: 84.0}  # between one level and the next
_JOINTED = 94.0  # the same where a joint stands between them
_JOINT_AT = 0.42  # how far up that space, from the premises
_STUB = 24.0  # a link leaves its card straight, so that badges line up in a row
_SLOT = {Direction.DOWN: 26.0, Direction.RIGHT: 16.0}  # between links that end on one card
_MARGIN = 18.0  # no link ends nearer to a corner
_LANE = 24.0  # between mutual links that pass by other trees
_ARC = 46.0


def tree(
    boxes: Sequence[Box], bonds: Sequence[Bond], direction: Direction, fit: Fit | None = None
) -> Plan:
    """Place *boxes* as a forest: each hangs by the first bond it is a tail of.

    A box that is a tail of further bonds is linked, not repeated: callers who want no link
    across the picture give reference cards instead. A few trees stand in one row, or in several
    if that is better by *fit*.
    """
    fit = fit or _on_a_screen
    if not boxes:
        return Plan(0.0, 0.0, {}, {}, {})
    best = _laid(boxes, bonds, direction)
    for rows in in_rows(boxes, bonds, best, direction):
        plan = stacked([_laid(b, i, direction) for b, i in rows], direction)
        if fit(plan.width, plan.height) > fit(best.width, best.height):
            best = plan
    return best


def _on_a_screen(width: float, height: float) -> float:
    return min(16.0 / (width + 60.0), 9.0 / (height + 190.0))


def _laid(boxes: Sequence[Box], bonds: Sequence[Bond], direction: Direction) -> Plan:
    """All trees in one row."""
    sheet = _Sheet(boxes, bonds, direction)
    sheet.place()
    sheet.route()
    return sheet.plan()


@define
class _Outline:
    """How far a subtree reaches to either side on each level, the deepest first."""

    low: list[float]
    high: list[float]
    shift: float = 0.0


@define
class _Sheet:
    """A layout in the making. Internally *across* runs along a band, *along* from the roots."""

    boxes: Sequence[Box]
    bonds: Sequence[Bond]
    direction: Direction
    _size: dict[str, tuple[float, float]] = field(factory=dict, init=False)  # across, along
    _level: dict[str, int] = field(factory=dict, init=False)
    _roots: list[str] = field(factory=list, init=False)
    _order: dict[str, int] = field(factory=dict, init=False)  # of the roots
    _children: dict[str, list[str]] = field(factory=dict, init=False)
    _hangs: dict[str, int] = field(factory=dict, init=False)
    _tops: list[float] = field(factory=list, init=False)  # where each band begins
    _ends: list[float] = field(factory=list, init=False)  # and ends
    _across: dict[str, float] = field(factory=dict, init=False)
    _joints: dict[str, Point] = field(factory=dict, init=False)
    _curves: dict[tuple[str, str], Curve] = field(factory=dict, init=False)

    # --- placing

    def place(self) -> None:
        down = self.direction is Direction.DOWN
        for b in self.boxes:
            self._size[b.id] = (b.width, b.height) if down else (b.height, b.width)
        ids = [b.id for b in self.boxes]
        self._hangs, self._children = walk.hang(ids, edges(self.bonds))
        self._roots = [b.id for b in self.boxes if b.id not in self._hangs]
        order = self._levels()
        offset: dict[str, float] = {}
        outline: dict[str, _Outline] = {}
        for box in reversed(order):
            half = self._size[box][0] / 2
            below = self._children.get(box, ())
            if below:
                joined = _joined([outline.pop(c) for c in below], below, offset, _GAP)
                middle = (offset[below[0]] + offset[below[-1]]) / 2
                for c in below:
                    offset[c] -= middle
                joined.shift -= middle
            else:
                joined = _Outline([], [])
            joined.low.append(-half - joined.shift)
            joined.high.append(half - joined.shift)
            outline[box] = joined
        apart = _TREES
        if self.direction is Direction.DOWN and any(b.mutual for b in self.bonds):
            apart = _WORDED
        _joined([outline.pop(r) for r in self._roots], self._roots, offset, apart)
        self._order = {r: i for i, r in enumerate(self._roots)}
        for box in order:
            above = self._parent(box)
            self._across[box] = offset[box] + (self._across[above] if above else 0.0)

    def _parent(self, box: str) -> str | None:
        if box not in self._hangs:
            return None
        return self._card(self.bonds[self._hangs[box]])

    def _card(self, bond: Bond) -> str:
        """The box that *bond* bears on, through what it strikes."""
        while bond.head not in self._size:
            bond = self._by_id[bond.head]
        return bond.head

    @property
    def _by_id(self) -> Mapping[str, Bond]:
        if not self._named:
            self._named.update((b.id, b) for b in self.bonds)
        return self._named

    _named: dict[str, Bond] = field(factory=dict, init=False)

    def _levels(self) -> list[str]:
        """Give each box its level and each level its band; all boxes, parents first."""
        order: list[str] = []
        row, n = self._roots, 0
        jointed = self._jointed()
        at = 0.0
        while row:
            order += row
            for box in row:
                self._level[box] = n
            self._tops.append(at)
            self._ends.append(at + max(self._size[b][1] for b in row))
            following = [c for b in row for c in self._children.get(b, ())]
            gap = _JOINTED if any(c in jointed for c in following) else _BAND[self.direction]
            at = self._ends[-1] + gap
            row, n = following, n + 1
        return order

    def _jointed(self) -> set[str]:
        """The boxes that hang by a bond with a joint, or by one that strikes."""
        found = set()
        for box, number in self._hangs.items():
            bond = self.bonds[number]
            if bond.joint or bond.head not in self._size:
                found.add(box)
        return found

    # --- routing

    def route(self) -> None:
        slots = self._slots()
        for n, bond in enumerate(self.bonds):
            if bond.joint:
                self._joints[bond.id] = self._joint(n, bond)
        lanes = 0
        for bond in self.bonds:
            if bond.mutual:
                lanes += self._mutual(bond, lanes)
            else:
                self._bond(bond, slots)

    def _slots(self) -> dict[str, float]:
        """How far from the middle of its head each bond ends: side by side, in child order."""
        ends: dict[str, dict[str, None]] = {}
        for bond in self.bonds:
            if not bond.mutual and bond.head in self._size:
                ends.setdefault(bond.head, {})[bond.id] = None
        found: dict[str, float] = {}
        for head, ids in ends.items():
            place = {i: self._reach(self._by_id[i]) for i in ids}
            ordered = sorted(ids, key=place.__getitem__)
            room = self._size[head][0] - 2 * _MARGIN
            step = min(_SLOT[self.direction], room / max(1, len(ordered) - 1))
            for k, i in enumerate(ordered):
                found[i] = (k - (len(ordered) - 1) / 2) * step
        return found

    def _reach(self, bond: Bond) -> float:
        """Where the tails of *bond* stand, on average."""
        return sum(self._across[t] for t in bond.tails) / len(bond.tails)

    def _joint(self, number: int, bond: Bond) -> Point:
        """Over the middle of the premises that hang by it, in the free space above them."""
        own = [t for t in bond.tails if self._hangs.get(t) == number] or list(bond.tails)
        across = sum(self._across[t] for t in own) / len(own)
        level = min(self._level[t] for t in own)
        return across, self._tops[level] - _JOINTED * _JOINT_AT

    def _out(self, box: str) -> Point:
        """Where the link of a box leaves it."""
        return self._across[box], self._tops[self._level[box]]

    def _into(self, bond: Bond, slots: Mapping[str, float]) -> Curve:
        """Where *bond* enters the free space below its head, and where it meets the head."""
        head = bond.head
        across = self._across[head] + slots[bond.id]
        level = self._level[head]
        return (across, self._ends[level]), (across, self._tops[level] + self._size[head][1])

    def _bond(self, bond: Bond, slots: Mapping[str, float]) -> None:
        if bond.joint:
            across, along = self._joints[bond.id]
            for t in bond.tails:
                self._curves[bond.id, t] = rise(self._out(t), (across, along + JOINT), 4.0)
            start, stub = (across, along - JOINT), 2.0
        else:
            start, stub = self._out(bond.tails[0]), _STUB
        if bond.head in self._joints:
            self._curves[bond.id, ""] = aside(start, self._joints[bond.head])
            return
        near, end = self._into(bond, slots)
        if near[1] > start[1] - stub:  # the head is not above: only a bond that none hangs by
            self._curves[bond.id, ""] = around(start, end)
            return
        curve = rise(start, near, stub)
        if near != end:
            curve = (*curve[:-1], *straight(curve[-1], end))
        self._curves[bond.id, ""] = curve

    def _mutual(self, bond: Bond, lanes: int) -> int:
        """Between two roots: side by side if they are neighbours, else around those between."""
        a, b = sorted((bond.tails[0], bond.head), key=self._across.__getitem__)
        sizes = self._size
        gap = abs(self._order.get(a, -9) - self._order.get(b, 9))
        if gap == 1 and a != b:
            along = min(sizes[a][1], sizes[b][1]) / 2
            left = (self._across[a] + sizes[a][0] / 2, along)
            right = (self._across[b] - sizes[b][0] / 2, along)
            self._curves[bond.id, ""] = straight(left, right)
            used = 0
        else:
            high = -_ARC - lanes * _LANE
            left, right = self._out(a), self._out(b)
            self._curves[bond.id, ""] = (left, (left[0], high), (right[0], high), right)
            used = 1
        if bond.tails[0] != a:
            self._curves[bond.id, ""] = self._curves[bond.id, ""][::-1]
        return used

    # --- the result

    def plan(self) -> Plan:
        """Everything moved so that nothing lies left of or above the origin."""
        down = self.direction is Direction.DOWN
        centres = {
            b: (x, self._tops[self._level[b]] + self._size[b][1] / 2)
            for b, x in self._across.items()
        }
        lows = [x - self._size[b][0] / 2 for b, x in self._across.items()]
        highs = [x + self._size[b][0] / 2 for b, x in self._across.items()]
        points = [p for c in self._curves.values() for p in c]
        low = min(lows + [p[0] for p in points])
        high = max(highs + [p[0] for p in points])
        first = min(0.0, min((p[1] for p in points), default=0.0))
        last = max(self._ends[-1], max((p[1] for p in points), default=0.0))

        def moved(p: Point) -> Point:
            across, along = p[0] - low, p[1] - first
            return (across, along) if down else (along, across)

        span = (high - low, last - first)
        width, height = span if down else span[::-1]
        return Plan(
            width,
            height,
            {b.id: moved(centres[b.id]) for b in self.boxes},
            {i: moved(p) for i, p in self._joints.items()},
            {k: self._turned(c, low, first) for k, c in self._curves.items()},
        )

    def _turned(self, curve: Curve, across: float, along: float) -> Curve:
        """*curve* as it lies in the picture; written out, for there are very many points."""
        if self.direction is Direction.DOWN:
            return tuple([(x - across, y - along) for x, y in curve])
        return tuple([(y - along, x - across) for x, y in curve])


def _joined(
    outlines: list[_Outline], names: Sequence[str], offset: dict[str, float], gap: float
) -> _Outline:
    """Push *outlines* together in order, noting where each goes; the outline of all of them."""
    whole = outlines[0]
    offset[names[0]] = 0.0
    for outline, name in zip(outlines[1:], names[1:], strict=True):
        shared = min(len(whole.low), len(outline.low))
        push = max(
            whole.high[-i] + whole.shift - outline.low[-i] - outline.shift
            for i in range(1, shared + 1)
        )
        offset[name] = at = push + gap
        if len(whole.low) >= len(outline.low):
            for i in range(1, shared + 1):
                whole.high[-i] = outline.high[-i] + outline.shift + at - whole.shift
        else:
            outline.shift += at
            for i in range(1, shared + 1):
                outline.low[-i] = whole.low[-i] + whole.shift - outline.shift
            whole = outline
    return whole
