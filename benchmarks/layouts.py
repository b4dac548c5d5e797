"""Times one engine on one generated debate, in a process of its own; prints JSON.

    python benchmarks/layouts.py ENGINE SHAPE COUNT DIRECTION TIMES

With 0 for TIMES it counts instead: the lines of Python that one layout runs.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import generate

from argmap.layout.plan import Bond, Box, Direction, Plan

_SECONDS = 60.0  # what Graphviz may take for one layout

TraceFunction = Callable[[FrameType, str, Any], Any]
Engine = Callable[[list[Box], list[Bond], Direction], Plan]


def engine(name: str) -> Engine:
    """Our own trees, or Graphviz as pip installed it, made ready."""
    if name == "tree":
        from argmap.layout.tree import tree

        return tree
    from argmap.layout.dot import dot
    from argmap.layout.engine import embedded

    dot([Box("a", 9, 9)], [], Direction.DOWN, runner=embedded)  # loads it
    return lambda boxes, bonds, way: dot(boxes, bonds, way, runner=embedded, seconds=_SECONDS)


def sound(plan: Plan, boxes: list[Box], bonds: list[Bond]) -> bool:
    """Whether every box has a place, every bond a curve, and no box lies over another."""
    if set(plan.boxes) != {b.id for b in boxes} or {b for b, _ in plan.curves} != {
        b.id for b in bonds
    }:
        return False
    wide, high = max(b.width for b in boxes), max(b.height for b in boxes)
    cells: dict[tuple[int, int], list[Box]] = {}
    for box in boxes:
        x, y = plan.boxes[box.id]
        if not (math.isfinite(x) and math.isfinite(y)):
            return False
        column, row = int(x // wide), int(y // high)
        for c, r in itertools.product((-1, 0, 1), (-1, 0, 1)):
            for other in cells.get((column + c, row + r), ()):
                x2, y2 = plan.boxes[other.id]
                apart = abs(x - x2) * 2 >= box.width + other.width - 2
                if not apart and abs(y - y2) * 2 < box.height + other.height - 2:
                    return False
        cells.setdefault((column, row), []).append(box)
    return True


def lines_run(work: Callable[[], object]) -> int:
    """How many lines of Python *work* runs: the same on every machine, however busy."""
    count = 0

    def trace(_frame: FrameType, event: str, _arg: object) -> TraceFunction:
        nonlocal count
        count += event == "line"
        return trace

    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(None)
    return count


def main() -> None:
    name, shape, count, way, times = sys.argv[1:]
    lay = engine(name)
    boxes, bonds = generate.boxes_and_bonds(shape, int(count))
    if times == "0":
        print(json.dumps({"lines": lines_run(lambda: lay(boxes, bonds, Direction(way)))}))
        return
    seconds = []
    for _ in range(int(times)):
        begin = time.perf_counter()
        plan = lay(boxes, bonds, Direction(way))
        seconds.append(time.perf_counter() - begin)
    result = {"seconds": seconds, "sound": sound(plan, boxes, bonds), "bonds": len(bonds)}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
