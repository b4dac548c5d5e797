"""Times our painter, or our columns, on one generated forest, in a process of its own; prints JSON.

python benchmarks/painting.py paint|columns COUNT TIMES
"""

from __future__ import annotations

import json
import sys
import time

import generate

from argmap.layout.columns import columns


def main() -> None:
    what, count, times = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    if what == "columns":
        boxes, bonds = generate.boxes_and_bonds("forest", count)

        def work() -> None:
            assert count <= len(columns(boxes, bonds, _fit).boxes)

    else:
        import argmap
        from argmap.layout import arrange
        from argmap.render.svg import svg

        view = argmap.loads(generate.argdown(count)).view()
        drawing = arrange(view, layout="tree", direction="right", card_width=208)

        def work() -> None:
            assert svg(drawing).count('role="group"') >= count

    seconds = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    print(json.dumps({"seconds": seconds}))


def _fit(width: float, height: float) -> float:
    return min(16.0 / width, 9.0 / height)


if __name__ == "__main__":
    main()
