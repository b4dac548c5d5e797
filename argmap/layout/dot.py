"""The layout by Graphviz: boxes in ranks, bonds routed around them.

Graphviz is told sizes and who strikes whom, and nothing else: places are named ``n0``, ``n1``, …
and have no text. Reasons are drawn from head to tail, since the head stands in the first rank.
"""

from __future__ import annotations

import itertools
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from attrs import evolve, frozen

from argmap.layout.engine import LayoutFailed, run_dot
from argmap.layout.plan import JOINT, Bond, Box, Curve, Direction, Plan, Point

Runner: TypeAlias = Callable[[str, float], bytes]
"""DOT and seconds to ``json0``; ``engine`` has them."""

_FAR = 20.0
"""How many points a curve may end from what it meets. Graphviz misses by 1 or 2, and by 10 in
pictures so large that it gives no more digits."""


def dot(
    boxes: Sequence[Box],
    bonds: Sequence[Bond],
    direction: Direction,
    *,
    runner: Runner | None = None,
    seconds: float = 20.0,
) -> Plan:
    """Place *boxes* and route *bonds* with Graphviz, within *seconds*.

    Raises:
        LayoutFailed: there is no Graphviz, it failed, or what it gave is not a whole layout.
    """
    if not boxes:
        return Plan(0.0, 0.0, {}, {}, {})
    lines = _lines(boxes, bonds)
    layout = (runner or run_dot)(_source(boxes, bonds, lines, direction), seconds)
    middles, curves = _read(layout, [p.id for p in _places(boxes, bonds)], lines)
    return _plan(boxes, bonds, lines, middles, curves)


@frozen
class _Line:
    """A curve to route from *start* to *end*, which are boxes or the joints of bonds."""

    key: tuple[str, str]
    start: str
    end: str
    weight: int  # how much it wants to be short and straight
    ranks: bool = True  # whether its start stands below its end, if it can
    level: bool = False  # whether both stand in the first rank
    forward: bool = False  # whether Graphviz draws it from start to end

    @property
    def loops(self) -> bool:
        return self.start == self.end


def _places(boxes: Iterable[Box], bonds: Iterable[Bond]) -> list[Box]:
    """What Graphviz is to place: the boxes, then the joints."""
    return [*boxes, *(Box(b.id, 2 * JOINT, 2 * JOINT) for b in bonds if b.joint)]


def _roots(boxes: Iterable[Box], bonds: Iterable[Bond]) -> dict[str, int]:
    """The boxes that are no reason for or against another, and where they come in the order."""
    reasons = {tail for b in bonds if not b.mutual for tail in b.tails if tail != b.head}
    return {b.id: i for i, b in enumerate(boxes) if b.id not in reasons}


def _lines(boxes: Sequence[Box], bonds: Sequence[Bond]) -> list[_Line]:
    """All curves to route, in the order in which reasons are to stand side by side."""
    roots = _roots(boxes, bonds)
    joints = {b.id for b in bonds if b.joint}
    lines = []
    for bond in bonds:
        level = bond.mutual and bond.head in roots and bond.head not in bond.tails
        level = level and all(tail in roots for tail in bond.tails)
        ranks = not bond.mutual
        # in the first rank, what comes first in the text stands first
        forward = level and roots[bond.tails[0]] < roots[bond.head]
        if bond.joint:
            lines.append(_Line((bond.id, ""), bond.id, bond.head, 5, not level, level, forward))
            for tail in dict.fromkeys(bond.tails):
                lines.append(_Line((bond.id, tail), tail, bond.id, 3, ranks, level, forward))
        else:
            (tail,) = bond.tails
            weight = 1 if bond.head in joints else 2
            lines.append(_Line((bond.id, ""), tail, bond.head, weight, ranks, level, forward))
    return _acyclic([*roots, *(p.id for p in _places(boxes, bonds))], lines)


def _acyclic(places: Iterable[str], lines: Sequence[_Line]) -> list[_Line]:
    """*lines*, with those turned round that close a circle, as met from *places* in their order.

    Graphviz would turn some itself, but would then curl them round a box to reach its top.
    """
    below: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        if line.ranks and not line.loops:
            below.setdefault(line.end, []).append(i)
    turned = set()
    done: dict[str, bool] = {}  # False: on the way down from the first place
    for first in places:
        if first in done:
            continue
        done[first] = False
        way = [(first, iter(below.get(first, ())))]
        while way:
            place, rest = way[-1]
            i = next(rest, -1)
            if i < 0:
                done[place] = True
                way.pop()
            elif (start := lines[i].start) not in done:
                done[start] = False
                way.append((start, iter(below.get(start, ()))))
            elif not done[start]:
                turned.add(i)
    return [evolve(line, forward=True) if i in turned else line for i, line in enumerate(lines)]


def _components(places: Iterable[str], lines: Iterable[_Line]) -> dict[str, str]:
    """For each of *places*, one that stands for all it hangs together with."""
    near: dict[str, list[str]] = {place: [] for place in places}
    for line in lines:
        near[line.start].append(line.end)
        near[line.end].append(line.start)
    found: dict[str, str] = {}
    for first in near:
        if first in found:
            continue
        found[first] = first
        ahead = [first]
        while ahead:
            for place in near[ahead.pop()]:
                if place not in found:
                    found[place] = first
                    ahead.append(place)
    return found


def _source(
    boxes: Sequence[Box], bonds: Sequence[Bond], lines: Sequence[_Line], direction: Direction
) -> str:
    """The DOT for Graphviz, with no word of the author's in it."""
    import graphviz

    down = direction is Direction.DOWN
    places = _places(boxes, bonds)
    name = {place.id: f"n{i}" for i, place in enumerate(places)}
    component = _components(name, lines)
    joints = {bond.id for bond in bonds if bond.joint}
    graph = graphviz.Digraph("argmap")  # without newrank: with pack, Graphviz 2.43 crashes on it
    graph.attr(
        rankdir="TB" if down else "LR",
        nodesep="0.2",
        ranksep="0.6" if down else "0.7",
        ordering="out",
    )
    if len(set(component.values())) > 1:
        graph.attr(pack="18")  # lays out each alone, which takes a tenth of the time
    graph.attr("node", shape="box", label="", fixedsize="true", margin="0", penwidth="0")
    graph.attr("edge", dir="none")
    for i, place in enumerate(places):
        # whole points, as old versions round them, and not always up
        size = {"width": _inches(place.width), "height": _inches(place.height)}
        graph.node(f"n{i}", **size, **({"shape": "circle"} if place.id in joints else {}))

    top = dict.fromkeys(_roots(boxes, bonds))
    top |= dict.fromkeys(end for line in lines if line.level for end in (line.start, line.end))
    ranks: dict[str, list[str]] = {}
    for p in top:
        ranks.setdefault(component[p], []).append(name[p])
    for rank in ranks.values():
        if len(rank) > 1:
            with graph.subgraph() as together:
                together.attr(rank="same")
                for n in rank:
                    together.node(n)

    pairs = Counter((line.start, line.end) for line in lines)
    for i, line in enumerate(lines):
        ends = (line.start, line.end) if line.forward else (line.end, line.start)
        how = {"id": f"e{i}", "weight": str(line.weight)}
        if line.level:  # room for a word on the line, or for the line and its two ends
            how["minlen"] = "8" if down and joints.isdisjoint(ends) else "3"
        elif not line.ranks:
            how["constraint"] = "false"
        elif pairs[line.start, line.end] + pairs[line.end, line.start] == 1:
            how["headport"] = "n" if down else "w"
        graph.edge(name[ends[0]], name[ends[1]], **how)
    return str(graph.source)


def _inches(points: float) -> str:
    return f"{math.ceil(points) / 72:.4f}"


def _read(
    layout: bytes, places: Sequence[str], lines: Sequence[_Line]
) -> tuple[dict[str, Point], list[Curve]]:
    """Where Graphviz puts the middles of *places* and how it routes *lines*; y runs down."""
    found: dict[str, Point] = {}
    ways: dict[str, Curve] = {}
    try:
        read = json.loads(layout)
        for o in read["objects"]:
            if "pos" in o:
                (found[o["name"]],) = _points(o["pos"])
        for e in read.get("edges", ()):
            ways[e["id"]] = _points(e["pos"])
        curves = [ways[f"e{i}"] for i in range(len(lines))]
        middles = {place: found[f"n{i}"] for i, place in enumerate(places)}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as problem:
        raise LayoutFailed("Graphviz left a part of the map out of its layout") from problem
    if any(len(curve) < 4 or len(curve) % 3 != 1 for curve in curves):
        raise LayoutFailed("Graphviz gave a curve that is none")
    return middles, [
        curve if line.forward or line.loops else curve[::-1]
        for line, curve in zip(lines, curves, strict=True)
    ]


def _points(text: str) -> Curve:
    """The points of a ``pos``, with y turned round.

    >>> _points("1,2 3,-4.5")
    ((1.0, -2.0), (3.0, 4.5))
    """
    points = tuple((float(x), -float(y)) for x, y in (p.split(",") for p in text.split()))
    if not all(math.isfinite(x) and math.isfinite(y) for x, y in points):
        raise ValueError(text)
    return points


def _plan(
    boxes: Sequence[Box],
    bonds: Sequence[Bond],
    lines: Sequence[_Line],
    middles: Mapping[str, Point],
    curves: Iterable[Curve],
) -> Plan:
    """The plan, once it is sure that nothing overlaps and curves end at what they meet."""
    places = {place.id: place for place in _places(boxes, bonds)}
    if _overlap([(*middles[p.id], p.width / 2, p.height / 2) for p in places.values()]):
        raise LayoutFailed("Graphviz put one box over another")
    joints = [bond.id for bond in bonds if bond.joint]
    round_ = set(joints)

    def edge(place: str, point: Point) -> Point:
        if place in round_:
            return _on_circle(middles[place], JOINT, point)
        return _on_box(middles[place], places[place].width / 2, places[place].height / 2, point)

    joined = [
        _moved(curve, edge(line.start, curve[0]), edge(line.end, curve[-1]))
        for line, curve in zip(lines, curves, strict=True)
    ]
    left = min(middles[p.id][0] - p.width / 2 for p in places.values())
    top = min(middles[p.id][1] - p.height / 2 for p in places.values())
    right = max(middles[p.id][0] + p.width / 2 for p in places.values())
    bottom = max(middles[p.id][1] + p.height / 2 for p in places.values())
    for x, y in itertools.chain.from_iterable(joined):
        left, right, top, bottom = min(left, x), max(right, x), min(top, y), max(bottom, y)

    def at(point: Point) -> Point:
        return point[0] - left, point[1] - top

    return Plan(
        right - left,
        bottom - top,
        {box.id: at(middles[box.id]) for box in boxes},
        {joint: at(middles[joint]) for joint in joints},
        {line.key: tuple(map(at, curve)) for line, curve in zip(lines, joined, strict=True)},
    )


def _moved(curve: Curve, start: Point, end: Point) -> Curve:
    """*curve* from *start* to *end*, leaving and coming in as it did."""
    if max(math.dist(curve[0], start), math.dist(curve[-1], end)) > _FAR:
        raise LayoutFailed("Graphviz gave a curve that ends far from what it should meet")
    (ax, ay), (bx, by), *middle, (cx, cy), (dx, dy) = curve
    return (
        start,
        (bx + start[0] - ax, by + start[1] - ay),
        *middle,
        (cx + end[0] - dx, cy + end[1] - dy),
        end,
    )


def _on_circle(middle: Point, radius: float, point: Point) -> Point:
    """What of the circle is nearest to *point*.

    >>> _on_circle((0.0, 0.0), 5.0, (6.0, 8.0))
    (3.0, 4.0)
    """
    dx, dy = point[0] - middle[0], point[1] - middle[1]
    far = math.hypot(dx, dy)
    if far == 0:
        return middle[0], middle[1] - radius
    return middle[0] + dx * radius / far, middle[1] + dy * radius / far


def _on_box(middle: Point, w: float, h: float, point: Point) -> Point:
    """What of the edge of a box, 2 *w* by 2 *h*, is nearest to *point*.

    >>> _on_box((0.0, 0.0), 20.0, 10.0, (7.0, 8.0)), _on_box((0.0, 0.0), 20.0, 10.0, (-25.0, 3.0))
    ((7.0, 10.0), (-20.0, 3.0))
    """
    dx = min(max(point[0] - middle[0], -w), w)
    dy = min(max(point[1] - middle[1], -h), h)
    if w - abs(dx) < h - abs(dy):
        dx = math.copysign(w, dx)
    else:
        dy = math.copysign(h, dy)
    return middle[0] + dx, middle[1] + dy


def _overlap(places: Iterable[tuple[float, float, float, float]]) -> bool:
    """Whether two of *places* (middle, half width, half height) overlap by more than a point."""
    places = list(places)
    # two that overlap are in one cell of this size, or in neighbouring ones
    wide, high = (max(2 * place[i] for place in places) or 1.0 for i in (2, 3))
    cells: dict[tuple[int, int], list[tuple[float, float, float, float]]] = {}
    for x, y, w, h in places:
        column, row = int(x // wide), int(y // high)
        for near in itertools.product((column - 1, column, column + 1), (row - 1, row, row + 1)):
            for x2, y2, w2, h2 in cells.get(near, ()):
                if abs(x - x2) < w + w2 - 1 and abs(y - y2) < h + h2 - 1:
                    return True
        cells.setdefault((column, row), []).append((x, y, w, h))
    return False
