"""Our own layout for the largest type: the reasons of a card stand below it, in stacks or rows.

Each subtree fills a rectangle, with its card at the top. What is below the card may stand in one
stack, indented, with links along its left side; in a row; or in several stacks side by side. From
the leaves up, each subtree keeps those of its shapes that no other is both narrower and lower than
(Stockmeyer 1983 does so for the cells of a chip); which shape the whole takes is decided by how
large its type is on what it is read on. `margins` routes the links.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Literal, NamedTuple, TypeAlias, TypeVar

from attrs import define, field

from argmap.layout.margins import BADGED, CORRIDOR, JOINTED, LANE, MARGIN, Placed, routed
from argmap.layout.plan import Bond, Box, Crate, Fit, Frame, Plan, Point, edges
from argmap.model import walk

_FIRST = 26.0  # between a card and the first card of its stack: room for a head
_BESIDE, _BESIDE_JOINTED = 84.0, 112.0  # between a card and a stack to its right
_BELOW = 22.0  # between the last line that comes in at the right side and the stacks below it
_GAP = 16.0  # between cards of a stack
_ROW, _ROW_JOINTED = 74.0, 96.0  # between a card and a row below it
_ASIDE = 22.0  # between neighbours of a row, and between stacks
_TREES = 40.0  # between trees
_WORDED = 130.0  # between two theses that a word joins, side by side
_PAD = 12.0  # between a frame and what is in it
_SHAPES, _TRIED = 24, 16
_FEW = 7  # units that are parted in all ways
_MANY, _LESS = 300, 5  # boxes from which on less is tried
_HUGE = 1500  # boxes from which on a subtree has one shape only

_T = TypeVar("_T")
_Side: TypeAlias = Literal["", "left", "top"]
"""Where the link of a card leaves it; "" of one that has none."""
_Spot: TypeAlias = tuple[int, int, float, float, _Side]
"""A part, the number of its shape, its left top corner, and where its link leaves it."""
_Way: TypeAlias = Literal["alone", "stack", "corner", "beside", "row", "stacks", "shelves"]


class _Shape(NamedTuple):
    """A way to arrange a part. *picks* are the numbers of the shapes of what is in it; *cuts*
    where its stacks or shelves begin, counted in units.
    """

    width: float
    height: float
    way: _Way = "alone"
    picks: tuple[int, ...] = ()
    cuts: tuple[int, ...] = (0,)


@define
class _Part:
    """A card with what hangs below it; a frame (*crate*) around parts; theses that words join
    (*paired*); or, with none of these, everything.

    What stands in one of its *units* may not be parted. *lanes* say how far right of the edge of
    its margin each kind of line runs, *room* is between the last of them and the cards.
    """

    box: Box | None = None
    crate: Crate | None = None
    paired: bool = False
    joined: bool = False  # whether a word joins it to its neighbour: nothing stands beside it
    units: list[list[int]] = field(factory=list)
    lanes: dict[str, float] = field(factory=dict)
    room: float = 0.0
    shapes: list[_Shape] = field(factory=list)

    @property
    def kids(self) -> list[int]:
        return [k for unit in self.units for k in unit]

    @property
    def indent(self) -> float:
        """How far right of the edge of its margin the cards of a stack begin."""
        return LANE * len(self.lanes) + 4.0 + self.room if self.lanes else 0.0


def columns(
    boxes: Sequence[Box],
    bonds: Sequence[Bond],
    fit: Fit,
    crates: Sequence[Crate] = (),
    *,
    beside: bool = False,
) -> Plan:
    """Place *boxes* as a forest, each below the head of the first bond it is a tail of, in the
    way that is best by *fit*. A mutual bond joins neighbouring roots.

    Boxes of a crate that follow each other are framed; below a box of a crate, all are of it.
    With *beside*, what hangs by a card only ever stands to its right.
    """
    if not boxes:
        return Plan(0.0, 0.0, {}, {}, {})
    sheet = _Sheet(boxes, bonds, fit, crates, beside)
    sheet.part()
    sheet.shape()
    sheet.place()
    return routed(sheet.placed())


@define
class _Sheet:
    """A layout in the making."""

    boxes: Sequence[Box]
    bonds: Sequence[Bond]
    fit: Fit
    crates: Sequence[Crate]
    beside: bool
    parts: list[_Part] = field(factory=list)
    _bond: dict[str, Bond] = field(factory=dict)
    _box: dict[str, Box] = field(factory=dict)
    _crate: dict[str, Crate] = field(factory=dict)  # of each box that is in one
    _hangs: dict[str, int] = field(factory=dict)
    # what is in a part and not yet made, and which crate it is of
    _inner: dict[int, tuple[list[list[str]], Crate | None]] = field(factory=dict)
    _tried: int = _TRIED
    _corner: dict[str, Point] = field(factory=dict)
    _lane: dict[str, float] = field(factory=dict)  # left of theses that words join in a stack
    _margin: dict[str, tuple[float, bool]] = field(factory=dict)
    _lanes: dict[str, Mapping[str, float]] = field(factory=dict)
    _frames: list[Frame] = field(factory=list)

    # --- what is in what

    def part(self) -> None:
        """Make the parts, those that hold others first."""
        self._bond = {b.id: b for b in self.bonds}
        self._box = {b.id: b for b in self.boxes}
        self._crate = {m: c for c in self.crates for m in c.boxes}
        count = len(self.boxes)
        self._tried = _TRIED if count <= _MANY else _LESS if count <= _HUGE else 1
        self._hangs, below = walk.hang(self._box, edges(self.bonds))
        roots = [b.id for b in self.boxes if b.id not in self._hangs]
        self.parts.append(_Part())
        self._fill(0, self._theses(roots), None, theses=True)
        n = 0
        while (n := n + 1) < len(self.parts):
            p = self.parts[n]
            if p.box is None:
                units, crate = self._inner.pop(n)
                self._fill(n, units, crate, theses=p.crate is not None and not p.lanes)
                continue
            kids = below.get(p.box.id, [])
            self._rule(p, kids)
            self._fill(n, self._knots(kids), self._crate.get(p.box.id), theses=False)

    def _fill(self, n: int, units: list[list[str]], crate: Crate | None, *, theses: bool) -> None:
        """Make the parts in part *n*, in frames of their own where they are of another crate."""
        p = self.parts[n]
        runs: list[tuple[Crate | None, list[list[str]]]] = []
        for unit in units:
            own = next((self._crate[b] for b in unit if b in self._crate), None)
            own = None if own is crate else own
            if runs and own is not None and runs[-1][0] is own:
                runs[-1][1].append(unit)
            else:
                runs.append((own, [unit]))
        for own, inside in runs:
            if own is not None:
                framed = _Part(crate=own, lanes=p.lanes, room=p.room)
                p.units.append([self._made(framed, (inside, own))])
            elif theses and len(inside[0]) > 1:
                parted = [[b] for b in inside[0]]
                p.units.append([self._made(_Part(paired=True), (parted, crate))])
            else:
                p.units.append(
                    [self._made(_Part(self._box[b], joined=p.paired)) for b in inside[0]]
                )

    def _made(self, part: _Part, inner: tuple[list[list[str]], Crate | None] | None = None) -> int:
        self.parts.append(part)
        if inner is not None:
            self._inner[len(self.parts) - 1] = inner
        return len(self.parts) - 1

    def _theses(self, roots: list[str]) -> list[list[str]]:
        """*roots*, together from the first to the last that words join."""
        at = {r: n for n, r in enumerate(roots)}
        far = list(range(len(roots)))
        for b in self.bonds:
            ends = [at[e] for e in (*b.tails, b.head) if e in at]
            if b.mutual and len(ends) == 2:
                far[min(ends)] = max(far[min(ends)], *ends)
        units: list[list[str]] = []
        last = -1
        for n, r in enumerate(roots):
            if n > last:
                units.append([])
            units[-1].append(r)
            last = max(last, far[n])
        return units

    def _knots(self, kids: Iterable[str]) -> list[list[str]]:
        """*kids*, those together whose bonds meet in one joint or strike it."""
        units: list[list[str]] = []
        before = ""
        for k in kids:
            bond = self.bonds[self._hangs[k]]
            while bond.head in self._bond:
                bond = self._bond[bond.head]
            if bond.id != before:
                units.append([])
            units[-1].append(k)
            before = bond.id
        return units

    def _rule(self, p: _Part, kids: Sequence[str]) -> None:
        """Rule the margin of a stack of *kids*: the lane that goes on longest is the leftmost, so
        that fewest lines cross.
        """
        bonds = [self.bonds[self._hangs[k]] for k in kids]
        last = {b.lane: n for n, b in enumerate(bonds) if b.head in self._box}
        ordered = sorted(last, key=lambda lane: -last[lane])
        p.lanes = {lane: LANE * (n + 1) for n, lane in enumerate(ordered)}
        jointed = any(b.joint or b.head not in self._box for b in bonds)
        p.room = JOINTED if jointed else BADGED
        if p.box is not None:
            self._lanes[p.box.id] = p.lanes

    # --- shapes

    def shape(self) -> None:
        """Give each part its shapes, the narrowest first, those in it before it."""
        most = min(_SHAPES, 2 * self._tried) if self._tried > 1 else 1
        for p in reversed(self.parts[1:]):
            p.shapes = _front(self._shapes(p), most)
        whole = self.parts[0]
        whole.shapes = [max(self._shapes(whole), key=lambda s: self.fit(s.width, s.height))]

    def _shapes(self, p: _Part) -> Iterator[_Shape]:
        if p.box is not None and not p.units:
            yield _Shape(p.box.width, p.box.height)
            return
        if p.box is not None and not p.joined:
            yield from self._beside(p, p.box)
            if self.beside:
                return
        yield from self._in_stacks(p)
        framed = any(self.parts[k].crate for k in p.kids)
        if p.paired or (p.box is not None and not framed and self._tried > 1):
            yield from self._in_a_row(p)
        elif p.box is None and not p.lanes:
            yield from self._on_shelves(p)

    def _across(self, p: _Part, k: int) -> float:
        """How far right of its margin's edge part *k* begins in a stack of *p*."""
        if p.paired:
            return MARGIN
        if p.crate is not None:
            return p.room - 6.0 if p.lanes else _PAD
        return p.indent - (p.room - 6.0 if self.parts[k].crate and p.lanes else 0.0)

    @staticmethod
    def _head(p: _Part) -> tuple[float, float]:
        """How wide what stands above all else in *p* is, and where that begins."""
        if p.box is not None:
            return p.box.width, p.box.height + _FIRST
        if p.crate is not None:
            return p.crate.width + 2 * _PAD, p.crate.height + _PAD
        return 0.0, 0.0

    @staticmethod
    def _gap(p: _Part) -> float:
        return _WORDED / 2 if p.paired else _GAP if p.box or p.lanes else _TREES

    def _in_stacks(self, p: _Part) -> Iterator[_Shape]:
        """One stack, or several; beside a card, all but the first stand to its right."""
        (least, top), foot = self._head(p), _PAD if p.crate else 0.0
        made: dict[tuple[int, int], list[_Shape]] = {}
        count = len(p.units)

        def stack(a: int, b: int) -> list[_Shape]:
            if (a, b) not in made:
                made[a, b] = _front(self._one_stack(p, p.units[a:b]), self._tried)
            return made[a, b]

        for s in stack(0, count):
            yield _Shape(max(least, s.width + foot), top + s.height + foot, "stack", s.picks)
        if p.paired or p.joined or (p.crate is not None and p.lanes):
            return
        apart = _ASIDE if p.box else _TREES
        right = self._corridor(p)
        if p.box is not None and right > p.box.height:
            return
        for cuts in self._partitions([s.width * s.height for s in self._lowest(p)]):
            stacks = [stack(a, b) for a, b in pairwise((*cuts, count))]
            tops = [top] * len(stacks)
            first = [least] + [0.0] * (len(stacks) - 1)
            if p.box is not None:
                tops[1:] = [right] * (len(stacks) - 1)
            lowered = [
                [_Shape(max(w, s.width), t + s.height, "stack", s.picks) for s in found]
                for found, t, w in zip(stacks, tops, first, strict=True)
            ]
            way: _Way = "corner" if p.box else "stacks"
            yield from self._side_by_side(lowered, apart, foot, way, cuts)
            if p.box is not None:
                head = _Shape(p.box.width, p.box.height)
                lowered[0] = [
                    _Shape(s.width, right + s.height, "stack", s.picks) for s in stacks[0]
                ]
                yield from self._side_by_side([[head], *lowered], apart, 0.0, way, (0, *cuts))

    def _side_by_side(
        self,
        stacks: Sequence[list[_Shape]],
        apart: float,
        foot: float,
        way: _Way,
        cuts: tuple[int, ...],
    ) -> Iterator[_Shape]:
        for picks in self._low(stacks):
            chosen = [s[i] for s, i in zip(stacks, picks, strict=True)]
            yield _Shape(
                sum([s.width for s in chosen]) + apart * (len(chosen) - 1) + foot,
                max([s.height for s in chosen]) + foot,
                way,
                tuple([i for s in chosen for i in s.picks]),
                cuts,
            )

    @staticmethod
    def _corridor(p: _Part) -> float:
        """How far below the top of a card the stacks to its right begin."""
        return CORRIDOR + LANE * (len(p.lanes) - 1) + _BELOW

    def _one_stack(self, p: _Part, units: Sequence[Sequence[int]]) -> Iterator[_Shape]:
        """Ways to stack *units* of *p*, without what stands above them."""
        kids, gap = [k for u in units for k in u], self._gap(p)
        for picks in self._narrow([self.parts[k].shapes for k in kids]):
            shapes = [self.parts[k].shapes[i] for k, i in zip(kids, picks, strict=True)]
            wide = max(self._across(p, k) + s.width for k, s in zip(kids, shapes, strict=True))
            high = sum(s.height + gap for s in shapes) - gap
            yield _Shape(wide, high, "stack", picks)

    def _lowest(self, p: _Part) -> Iterator[_Shape]:
        """For each unit of *p*, about how large it is."""
        for unit in p.units:
            shapes = [self.parts[k].shapes[0] for k in unit]
            yield _Shape(max(s.width for s in shapes), sum(s.height for s in shapes))

    def _partitions(self, sizes: Sequence[float]) -> Iterator[tuple[int, ...]]:
        """Where several stacks of units of such *sizes* may begin: in all ways if they are few,
        else so that the stacks are about as large.
        """
        n = len(sizes)
        if self._tried > 1 and n <= (_FEW if self._tried > _LESS else 3):
            for number in range(1, 2 ** (n - 1)):
                yield (0, *(i for i in range(1, n) if number >> (i - 1) & 1))
            return
        counts = [k for k in (2, 3, 4, 6, 8, 12, 16, 24, 32, 48) if k <= n]
        for k in counts if self._tried == 1 else range(2, min(12, n) + 1):
            cuts = _cuts(sizes, k)
            if len(cuts) == k:
                yield cuts

    def _beside(self, p: _Part, box: Box) -> Iterator[_Shape]:
        """One stack to the right of the card."""
        gap = box.width + self._aside(p) - p.indent
        for s in _front(self._one_stack(p, p.units), self._tried):
            yield _Shape(gap + s.width, max(box.height, s.height), "beside", s.picks)

    @staticmethod
    def _aside(p: _Part) -> float:
        return _BESIDE_JOINTED if p.room == JOINTED else _BESIDE

    def _in_a_row(self, p: _Part) -> Iterator[_Shape]:
        kids = p.kids
        apart = _WORDED if p.paired else _ASIDE
        least = p.box.width if p.box else 0.0
        jointed = p.room == JOINTED
        top = p.box.height + (_ROW_JOINTED if jointed else _ROW) if p.box else 0.0
        for picks in self._low([self.parts[k].shapes for k in kids]):
            shapes = [self.parts[k].shapes[i] for k, i in zip(kids, picks, strict=True)]
            wide = sum(s.width for s in shapes) + apart * (len(kids) - 1)
            high = top + max(s.height for s in shapes)
            yield _Shape(max(least, wide), high, "row", picks)

    def _on_shelves(self, p: _Part) -> Iterator[_Shape]:
        """Trees in one row or several."""
        kids = p.kids
        (least, top), foot = self._head(p), _PAD if p.crate else 0.0
        for picks in self._low([self.parts[k].shapes for k in kids]):
            shapes = [self.parts[k].shapes[i] for k, i in zip(kids, picks, strict=True)]
            for cuts in ((0,), *self._partitions([s.width + _TREES for s in shapes])):
                rows = [shapes[a:b] for a, b in pairwise((*cuts, len(shapes)))]
                wide = max(sum(s.width + _TREES for s in row) for row in rows) - _TREES
                high = sum(max(s.height for s in row) + _TREES for row in rows) - _TREES
                yield _Shape(max(least, wide + 2 * foot), top + high + foot, "shelves", picks, cuts)

    def _narrow(self, kids: Sequence[list[_Shape]]) -> Iterator[tuple[int, ...]]:
        """For several widths, the lowest shape of each that is no wider."""
        least = max([k[0].width for k in kids])
        widths = [[s.width for s in k] for k in kids]
        tried = sorted({w for k in widths for w in k if w >= least})
        for w in _some(tried, self._tried):
            yield tuple([bisect_right(k, w) - 1 for k in widths])

    def _low(self, kids: Sequence[list[_Shape]]) -> Iterator[tuple[int, ...]]:
        """For several heights, the narrowest shape of each that is no higher."""
        least = max([k[-1].height for k in kids])
        depths = [[-s.height for s in k] for k in kids]
        tried = sorted({d for k in depths for d in k if -d >= least}, reverse=True)
        for d in _some(tried, self._tried):
            yield tuple([bisect_left(k, d) for k in depths])

    # --- places

    def placed(self) -> Placed:
        """Where everything stands, for links to be routed."""
        return Placed(
            self.boxes,
            self.bonds,
            self._hangs,
            self._corner,
            self._margin,
            self._lanes,
            self._lane,
            self._frames,
        )

    def place(self) -> None:
        """Put every card in its place, from the whole down."""
        todo: list[_Spot] = [(0, 0, 0.0, 0.0, "")]
        while todo:
            n, number, x, y, link = todo.pop()
            p = self.parts[n]
            shape = p.shapes[number]
            if p.crate is not None:
                self._frame(p, shape, x, y)
            before = len(todo)
            match shape.way:
                case "alone":
                    self._stand(p, x, y)
                case "stack" | "corner" | "stacks":
                    todo += self._stacked(p, shape, x, y)
                case "beside":
                    todo += self._besides(p, shape, x, y, link)
                case "row":
                    todo += self._rowed(p, shape, x, y, link)
                case "shelves":
                    todo += self._shelved(p, shape, x, y)
            todo[before:] = todo[before:][::-1]

    def _stand(self, p: _Part, x: float, y: float) -> None:
        if p.box is not None:
            self._corner[p.box.id] = (x, y)

    def _frame(self, p: _Part, shape: _Shape, x: float, y: float) -> None:
        if p.crate is not None:
            self._frames.append(
                Frame(p.crate.id, x, y, x + shape.width, y + shape.height, (x + _PAD, y + _PAD / 2))
            )

    def _stacked(self, p: _Part, shape: _Shape, x: float, y: float) -> Iterator[_Spot]:
        self._stand(p, x, y)
        least, below = self._head(p)
        picks = dict(zip(p.kids, shape.picks, strict=True))
        gap, left = self._gap(p), x
        for n, (a, b) in enumerate(pairwise((*shape.cuts, len(p.units)))):
            beside = n > 0 and p.box is not None
            down = y + (self._corridor(p) if beside else below)
            wide = 0.0 if n else least
            for k in (k for unit in p.units[a:b] for k in unit):
                across, own = self._across(p, k), self.parts[k].shapes[picks[k]]
                if p.box is not None:
                    self._note(k, left, beside=beside)
                elif p.paired and (thesis := self.parts[k].box):
                    self._lane[thesis.id] = x + MARGIN / 2
                yield k, picks[k], left + across, down, "left" if p.lanes else ""
                down += own.height + gap
                wide = max(wide, across + own.width)
            left += wide + (_ASIDE if p.box else _TREES)

    def _besides(self, p: _Part, shape: _Shape, x: float, y: float, link: _Side) -> Iterator[_Spot]:
        if p.box is None:
            return
        high = link == "top"  # from there its link goes up, where others may stand beside it
        self._stand(p, x, y + (shape.height - p.box.height) / 2 * (not high))
        heights = [self.parts[k].shapes[i].height for k, i in zip(p.kids, shape.picks, strict=True)]
        down = y + (shape.height - sum(h + _GAP for h in heights) + _GAP) / 2
        left = x + p.box.width + self._aside(p) - p.indent
        for k, i, h in zip(p.kids, shape.picks, heights, strict=True):
            self._note(k, math.inf)
            yield k, i, left + self._across(p, k), down, "left"
            down += h + _GAP

    def _note(self, part: int, edge: float, *, beside: bool = False) -> None:
        """Remember by which margin the cards come in that are on top in *part*: its left edge,
        which is infinite if there is none, and whether it is *beside* their head.
        """
        todo = [part]
        while todo:
            p = self.parts[todo.pop()]
            if p.box is not None:
                self._margin[p.box.id] = (edge, beside)
            else:
                todo += p.kids

    def _rowed(self, p: _Part, shape: _Shape, x: float, y: float, link: _Side) -> Iterator[_Spot]:
        apart = _WORDED if p.paired else _ASIDE
        shapes = [self.parts[k].shapes[i] for k, i in zip(p.kids, shape.picks, strict=True)]
        used = sum(s.width for s in shapes) + apart * (len(shapes) - 1)
        left = x + (shape.width - used) / 2 * (link != "left")
        top = y + shape.height - max(s.height for s in shapes)
        self._stand(
            p, x if link == "left" or p.box is None else x + (shape.width - p.box.width) / 2, y
        )
        for k, i, s in zip(p.kids, shape.picks, shapes, strict=True):
            yield k, i, left, top, "top" if p.box else ""
            left += s.width + apart

    def _shelved(self, p: _Part, shape: _Shape, x: float, y: float) -> Iterator[_Spot]:
        _, top = self._head(p)
        foot = _PAD if p.crate else 0.0
        kids, down = p.kids, y + top
        for a, b in pairwise((*shape.cuts, len(kids))):
            left, high = x + foot, 0.0
            for k, i in zip(kids[a:b], shape.picks[a:b], strict=True):
                own = self.parts[k].shapes[i]
                yield k, i, left, down, ""
                left += own.width + _TREES
                high = max(high, own.height)
            down += high + _TREES


def _front(shapes: Iterable[_Shape], most: int) -> list[_Shape]:
    """Those of *shapes* that no other is both narrower and lower than, the narrowest first."""
    front: list[_Shape] = []
    for s in sorted(shapes, key=itemgetter(0, 1)):
        if not front or s.height < front[-1].height - 0.5:
            front.append(s)
    return _some(front, most) if most > 1 else [min(front, key=lambda s: s.width * s.height)]


def _some(found: list[_T], most: int) -> list[_T]:
    """At most *most* of *found*, the first and the last among them."""
    if len(found) <= most:
        return found
    if most == 1:
        return found[-1:]
    return [found[round(i * (len(found) - 1) / (most - 1))] for i in range(most)]


def _cuts(sizes: Sequence[float], count: int) -> tuple[int, ...]:
    """Where each of at most *count* parts of *sizes* begins, the longest as short as can be."""
    low, high = max(sizes), sum(sizes)
    best: tuple[int, ...] = (0,)
    for _ in range(16):
        bound = (low + high) / 2
        cuts, used = [0], 0.0
        for n, size in enumerate(sizes):
            if used + size > bound and n:
                cuts.append(n)
                used = 0.0
            used += size
        if len(cuts) <= count:
            best, high = tuple(cuts), bound
        else:
            low = bound
    return best
