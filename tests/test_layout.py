"""Measured text, and trees: nothing overlaps, nothing leaves its place."""

from __future__ import annotations

import itertools
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import PLAIN, debates

from argmap.formats import read
from argmap.layout import Direction, Drawing, arrange, cards, engine, measure
from argmap.layout.plan import JOINT, Bond, Box, Plan
from argmap.layout.size import SCREEN
from argmap.layout.tree import tree
from argmap.model import Debate
from argmap.text import Text
from argmap.view import forest, view

WIDE = st.sampled_from("aWi .,議論عж€\U0001f600\u0301")


# --- measuring


@given(st.text(PLAIN | WIDE, max_size=120), st.floats(40, 300), st.booleans())
def test_wrapped_lines_fit_and_keep_every_word(text: str, room: float, bold: bool):
    lines = measure.wrap(text, 14, room, bold=bold)
    assert "".join(text.split()) == "".join("".join(lines).split())
    widest = max((measure.width(c, 14, bold=bold) for c in text), default=0)
    marks = sum(measure.width(c, 14, bold=bold) == 0 for c in text)
    for line in lines:
        assert measure.width(line, 14, bold=bold) <= max(room, widest * (1 + marks)) + 0.01


def test_lines_are_as_even_as_their_number_allows():
    lines = measure.wrap("one two three four five six", 14, 140)
    widths = [measure.width(line, 14) for line in lines]
    assert len(lines) == 2
    assert max(widths) < 120


def test_a_word_is_broken_only_if_it_is_wider_than_a_line():
    assert ("short", "w" * 10, "w" * 10) == measure.wrap(
        "short " + "w" * 20, 10, measure.width("w" * 10, 10) + 1
    )


def test_widths_are_those_of_the_font():
    # advance widths of Arial and Arimo, in 2048ths of an em
    assert [1139, 1366, 569, 1024] == [round(measure.width(c, 2048)) for c in ("a", "A", " ", "c")]
    assert 1251 == round(measure.width("b", 2048, bold=True))


# --- cards


@given(debates(PLAIN | WIDE), st.sampled_from([150.0, 216.0]))
def test_no_text_leaves_its_card(debate: Debate, width: float):
    for sheet in cards.sheets(view(debate), width):
        for p in sheet.pieces:
            widest = max((measure.width(c, p.size, bold=p.bold) for c in p.text), default=0)
            assert p.x >= cards.LEFT - 0.01
            assert p.x + p.width <= sheet.width - 2 or p.width <= widest * 2
            assert p.size * 0.7 < p.y < sheet.height - 2


@given(debates())
def test_the_lines_of_a_card_do_not_run_into_each_other(debate: Debate):
    for sheet in cards.sheets(view(debate), 180):
        rows = sorted({p.y for p in sheet.pieces})
        assert all(b - a > 10 for a, b in itertools.pairwise(rows))


# --- plans


def boxes_of(plan: Plan, boxes: list[Box]) -> list[tuple[float, float, float, float]]:
    return [
        (x - b.width / 2, y - b.height / 2, x + b.width / 2, y + b.height / 2)
        for b in boxes
        for x, y in [plan.boxes[b.id]]
    ]


def overlaps(rects: list[tuple[float, float, float, float]]) -> int:
    return sum(
        a[0] < b[2] - 0.01 and b[0] < a[2] - 0.01 and a[1] < b[3] - 0.01 and b[1] < a[3] - 0.01
        for a, b in itertools.combinations(rects, 2)
    )


def on_edge(point, rect) -> bool:
    x, y = point
    left, top, right, bottom = rect
    inside = left - 2 <= x <= right + 2 and top - 2 <= y <= bottom + 2
    return inside and min(abs(x - left), abs(x - right), abs(y - top), abs(y - bottom)) < 2.5


def check(drawing: Drawing) -> None:
    plan = drawing.plan
    boxes = [s.box for s in drawing.sheets]
    rects = dict(zip((b.id for b in boxes), boxes_of(plan, boxes), strict=True))
    assert 0 == overlaps(list(rects.values()))
    for left, top, right, bottom in rects.values():
        assert left >= -0.01
        assert top >= -0.01
        assert right <= plan.width + 0.01
        assert bottom <= plan.height + 0.01
    for x, y in plan.joints.values():
        for left, top, right, bottom in rects.values():
            assert not (left < x < right and top < y < bottom)
    for i in drawing.view.inferences:
        end = plan.curves[i.id, ""][-1]
        if i.head in rects:
            assert on_edge(end, rects[i.head])
        else:
            x, y = plan.joints[i.head]
            assert abs(((end[0] - x) ** 2 + (end[1] - y) ** 2) ** 0.5 - JOINT) < 3
        for t in i.tails:
            start = plan.curves[i.id, t if i.joint else ""][0]
            assert on_edge(start, rects[t])
    points = [p for c in plan.curves.values() for p in c]
    assert all(-0.01 <= x <= plan.width + 0.01 for x, _ in points)
    assert all(-0.01 <= y <= plan.height + 0.01 for _, y in points)


@given(debates(), st.sampled_from(["down", "right"]))
def test_trees_keep_cards_apart_and_links_on_their_edges(debate: Debate, direction):
    check(arrange(view(debate), layout="tree", direction=direction, card_width=170))


@settings(max_examples=300)
@given(debates(), st.booleans())
def test_columns_keep_cards_apart_and_links_on_their_edges(debate: Debate, beside: bool):
    direction = "right" if beside else "auto"
    drawing = arrange(view(debate), layout="columns", direction=direction, card_width=170)
    check(drawing)
    nothing_is_crossed(drawing)


@settings(max_examples=25)
@given(debates(), st.sampled_from(["down", "right"]))
def test_graphviz_keeps_cards_apart_and_links_on_their_edges(debate: Debate, direction):
    drawing = arrange(view(debate), layout="dot", direction=direction, card_width=170)
    assert () == drawing.warnings
    check(drawing)


@settings(max_examples=15)
@given(debates())
@pytest.mark.skipif(shutil.which("dot") is None, reason="no program dot on the path")
def test_the_embedded_engine_agrees_that_cards_keep_apart(debate: Debate):
    from argmap.layout.arrange import bonds
    from argmap.layout.dot import dot

    seen = view(debate)
    sheets = cards.sheets(seen, 170)
    plan = dot([s.box for s in sheets], bonds(seen), Direction.DOWN, runner=engine.embedded)
    check(Drawing(seen, sheets, plan, Direction.DOWN, SCREEN))


def sampled(curve) -> list[tuple[float, float]]:
    found = []
    for k in range((len(curve) - 1) // 3):
        a, b, c, d = curve[3 * k : 3 * k + 4]
        for step in range(21):
            t = step / 20
            u = 1 - t
            found.append(
                tuple(
                    u**3 * a[n] + 3 * u * u * t * b[n] + 3 * u * t * t * c[n] + t**3 * d[n]
                    for n in (0, 1)
                )
            )
    return found


@given(debates(), st.sampled_from(["down", "right"]))
def test_in_a_tree_no_link_runs_through_a_card_it_does_not_join(debate: Debate, direction):
    nothing_is_crossed(arrange(view(debate), layout="tree", direction=direction, card_width=170))


@pytest.mark.parametrize("direction", ["down", "right"])
def test_no_link_runs_through_a_card_that_is_taller_than_its_neighbour(direction):
    long = "many words " * 30
    children = "".join(f"    + c{i}\n" for i in range(8))
    body = f"[A]: a\n  + [T]: {long}\n  + [S]: short\n{children}  + [U]: {long}\n"
    seen = view(read(Text("m", body)).debate)
    nothing_is_crossed(arrange(seen, direction=direction, card_width=150))


def nothing_is_crossed(drawing: Drawing) -> None:
    boxes = [s.box for s in drawing.sheets]
    rects = dict(zip((b.id for b in boxes), boxes_of(drawing.plan, boxes), strict=True))
    for i in drawing.view.inferences:
        own = {*i.tails, i.head}
        for (bond, _), curve in drawing.plan.curves.items():
            if bond != i.id:
                continue
            for x, y in sampled(curve):
                for id, (left, top, right, bottom) in rects.items():
                    inside = left + 1 < x < right - 1 and top + 1 < y < bottom - 1
                    assert not inside or id in own


def test_children_stand_in_the_order_of_the_text():
    drawing = arrange(view(read(Text("m", "[A]: a\n  + b\n  - c\n  + d")).debate), direction="down")
    xs = [drawing.plan.boxes[c.id][0] for c in drawing.view.cards[1:]]
    assert sorted(xs) == xs


def test_neighbouring_theses_that_contradict_are_joined_straight_across():
    plan = tree(
        [Box("a", 100, 50), Box("b", 100, 80)],
        [Bond("i", ("a",), "b", mutual=True)],
        Direction.DOWN,
    )
    curve = plan.curves["i", ""]
    assert {25.0} == {y for _, y in curve}
    assert (100.0, 230.0) == (curve[0][0], curve[-1][0])


def test_theses_with_another_between_them_are_joined_around_it():
    boxes = [Box(n, 100, 50) for n in "abc"]
    plan = tree(boxes, [Bond("i", ("c",), "a", mutual=True)], Direction.DOWN)
    top = min(y for _, y in plan.curves["i", ""])
    assert top < min(y for _, y in plan.boxes.values()) - 25


def test_nothing_gives_an_empty_plan():
    assert Plan(0.0, 0.0, {}, {}, {}) == tree([], [], Direction.DOWN)


def test_a_tree_of_any_depth_and_breadth_is_laid_out():
    for parent in (lambda i: i - 1, lambda _: 0):
        boxes = [Box(f"b{i}", 100, 50) for i in range(3000)]
        bonds = [Bond(f"i{i}", (f"b{i}",), f"b{parent(i)}") for i in range(1, 3000)]
        plan = tree(boxes, bonds, Direction.RIGHT)
        assert 3000 == len(plan.boxes)


def test_a_word_between_two_theses_has_room():
    drawing = arrange(view(read(Text("m", "[A]: a\n  >< [B]: b")).debate), direction="down")
    start, *_, end = drawing.plan.curves["i1", ""]
    assert abs(end[0] - start[0]) > measure.width("contradict", 12, bold=True) + 18 + 2 * 8


@pytest.mark.parametrize("width", [140.0, 168.0, 216.0])
def test_numbers_stay_on_their_cards_however_deep_and_broad_a_map_is(width: float):
    lines = ["[A]: a"]
    for level in range(1, 14):
        lines += [f"{'  ' * level}+ [C{level}x{i}]: c" for i in range(12)]
    body = "\n".join(lines) + "\n\n[Z]: z\n  + [C13x11]"
    for sheet in cards.sheets(forest(view(read(Text("m", body)).debate)), width):
        assert all(p.x + p.width <= sheet.width for p in sheet.pieces)


def test_a_word_of_spacing_marks_is_broken_too():
    lines = measure.wrap("\u0915" + "\u093e" * 300, 14, 150)
    assert max(measure.width(line, 14) for line in lines) <= 150.01


@pytest.mark.parametrize("width", [float("nan"), float("inf"), -5.0, 20.0])
def test_cards_are_as_wide_as_cards_can_be(width: float):
    with pytest.raises(ValueError, match="cards are 140 to 600 points wide"):
        arrange(view(read(Text("m", "[A]: a")).debate), card_width=width)


# --- choosing


def test_an_engine_that_fails_is_replaced_by_the_tree_with_a_warning(monkeypatch):
    def fails(source: str, seconds: float, output: str = "json0") -> bytes:
        raise engine.LayoutFailed("the engine ran out of time")

    monkeypatch.setattr(engine, "native", fails)
    monkeypatch.setattr(engine, "embedded", fails)
    seen = view(read(Text("m", "[A]: a\n  + b")).debate)
    drawing = arrange(seen, layout="dot")
    (warning,) = drawing.warnings
    assert warning.startswith("the engine ran out of time")
    assert warning.endswith("; the map is drawn as a tree instead")
    assert arrange(seen, layout="tree").plan == drawing.plan


@given(debates())
def test_the_same_debate_gives_the_same_plan(debate: Debate):
    assert arrange(view(debate)) == arrange(view(debate))
