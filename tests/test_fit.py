"""Pictures fit what they are read on: layout, direction, size, groups, and the way of reading."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from attrs import evolve
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import debates
from test_layout import boxes_of, nothing_is_crossed, overlaps, sampled

import argmap
from argmap.errors import BadValue
from argmap.layout import Drawing, arrange, measure, size_of
from argmap.layout.columns import columns
from argmap.layout.plan import Bond, Box
from argmap.layout.surround import Surround, height_around
from argmap.model import Debate
from argmap.render.svg import svg
from argmap.view import Group, Remark, Sort, View, forest, view

MAPS = sorted((ROOT / "maps").glob("*.argdown"))
DEBATE = argmap.load(ROOT / "maps" / "rumer-vs-kaczmarski.argdown")


def of(body: str) -> View:
    return argmap.loads(body).view()


# --- sizes


def test_a_paper_may_be_turned_unless_it_is_said_how_it_lies():
    assert 2 == len(size_of("a4").ways)
    (upright,) = size_of("A4-upright").ways
    (across,) = size_of("a4-landscape").ways
    assert (upright.width, upright.height) == (across.height, across.width)
    assert upright.width < upright.height
    assert (595, 842) == (round(upright.width), round(upright.height))


@pytest.mark.parametrize(
    ("name", "width", "height", "unit"),
    [
        ("1280x720", 1280, 720, "px"),
        ("screen", 1920, 1080, "px"),
        ("", 1920, 1080, "px"),
        ("297 x 210mm", 842, 595, "pt"),
        ("11×17in", 792, 1224, "pt"),
        ("Letter-landscape", 792, 612, "pt"),
    ],
)
def test_a_size_is_a_paper_or_two_measures(name: str, width: int, height: int, unit: str):
    size = size_of(name)
    assert (width, height, unit) == (round(size.width), round(size.height), size.unit)


@pytest.mark.parametrize("name", ["a9", "0x0", "1x1mm", "a4-sideways", "nan", "1e9x3", "x", "12"])
def test_another_size_is_an_error_that_says_what_to_write(name: str):
    with pytest.raises(BadValue, match=r"write a0|its sides are"):
        size_of(name)


# --- the choice


@pytest.mark.parametrize("path", MAPS, ids=lambda p: p.stem)
def test_no_other_layout_has_much_larger_type_than_the_one_that_is_chosen(path):
    seen = argmap.load(path).view()
    chosen = arrange(seen)
    enough = 1.5 * chosen.size.readable
    for layout in ("tree", "columns"):
        other = arrange(seen, layout=layout)
        assert min(other.type_size, enough) * 0.85 <= chosen.type_size


@pytest.mark.parametrize("size", ["a4", "a3", "letter", "1280x720", "1080x1920"])
def test_the_direction_is_that_which_has_the_larger_type(size: str):
    down, right = (
        arrange(DEBATE.view(), layout="tree", direction=way, size=size, card_width=200).type_size
        for way in ("down", "right")
    )
    chosen = arrange(DEBATE.view(), layout="tree", size=size, card_width=200)
    assert max(down, right) == pytest.approx(chosen.type_size, rel=0.2)
    assert min(down, right) <= chosen.type_size + 1e-9


def test_what_was_asked_for_is_done():
    drawing = arrange(DEBATE.view(), layout="columns", card_width=300)
    assert "columns" == drawing.layout
    assert {300.0, 328.0} == {s.width for s in drawing.sheets}
    assert "right" == arrange(DEBATE.view(), direction="right").direction.value


def test_many_cards_are_laid_out_in_columns_more_than_twice_as_large_as_in_a_tree():
    seen = argmap.load(ROOT / "maps" / "digest.argdown").view()
    assert "columns" == arrange(seen).layout
    assert 2 * arrange(seen, layout="tree").type_size < arrange(seen).type_size


def test_type_that_is_too_small_is_told_with_what_helps():
    assert "hard to read below 12 px" in arrange(DEBATE.view()).advice
    assert "--only author=NAME" in arrange(DEBATE.view(), size="a5").advice
    alone = argmap.load(ROOT / "maps" / "twins.argdown").view()
    assert "--only author" not in arrange(alone).advice
    small = of("[A]: a\n  + b")
    assert "" == arrange(small).advice
    assert "" == arrange(of("")).advice
    told: list[str] = []
    DEBATE.to_svg(tell=told.append)
    argmap.loads("[A]: a").to_svg(tell=told.append)
    assert 1 == len(told)


def test_the_depth_that_is_advised_depends_on_how_much_is_too_much():
    assert re.search(r"--depth [23],", arrange(DEBATE.view()).advice)
    voices = argmap.load(ROOT / "maps" / "will-it-hold.argdown").view()
    advice = arrange(voices, size="a3").advice
    assert "--depth" not in advice  # not even the first level of eleven voices could be read
    assert "--only issue=QUESTION" in advice
    part = argmap.load(ROOT / "maps" / "will-it-hold.argdown").showing(only={"author": "Duggal"})
    assert "--depth" in arrange(part.view(), size="a3").advice
    assert "--only" not in arrange(part.view(), size="a3").advice  # it was chosen already


def test_cards_without_their_sources_are_lower():
    seen = of("[A]: a {at: ¶3, source: X}\n\n[B]: b {at: ¶3, source: Y}")
    assert "X ¶3" in svg(arrange(seen))
    assert "X ¶3" not in "".join(re.findall(r"<text.*?</text>", svg(arrange(seen, sources=False))))


def test_the_only_source_is_named_once_below_the_map():
    body = "===\nsource: {title: Report, date: 2024}\n===\n\n[A]: a {at: ¶3}\n  + b {at: ¶4}"
    words = re.findall(r"<text[^>]*>([^<]*)</text>", svg(arrange(of(body))))
    assert ["¶3", "¶4"] == [w for w in words if "¶" in w]
    assert 1 == len([w for w in words if "Report" in w])


@given(debates())
@settings(max_examples=30)
def test_what_stands_around_a_map_is_about_as_high_as_it_was_taken_to_be(debate: Debate):
    seen = view(debate)
    for across in (420.0, 900.0, 2000.0):
        _, whole = Surround(seen, across).size(0.0)
        assert whole == pytest.approx(height_around(seen)(across), rel=0.5, abs=60.0)


# --- columns


@given(st.integers(2, 40), st.integers(1, 5))
def test_boxes_in_columns_keep_apart_however_they_hang(count: int, broad: int):
    boxes = [Box(f"b{n}", 100 + 7 * (n % 5), 40 + 11 * (n % 7)) for n in range(count)]
    bonds = [Bond(f"i{n}", (f"b{n}",), f"b{(n - 1) // broad}") for n in range(1, count)]
    plan = columns(boxes, bonds, lambda w, h: min(16 / w, 9 / h))
    assert 0 == overlaps(boxes_of(plan, boxes))


def test_links_of_one_kind_run_together_and_those_of_another_beside_them():
    boxes = [Box(f"b{n}", 100, 50) for n in range(5)]
    bonds = [
        Bond(f"i{n}", (f"b{n}",), "b0", lane="for" if n < 3 else "against") for n in range(1, 5)
    ]
    plan = columns(boxes, bonds, lambda w, _: -w)  # as narrow as can be: one stack
    ends = [plan.curves[b.id, ""][-1] for b in bonds]
    assert ends[0] == ends[1] != ends[2] == ends[3]
    assert ends[2][0] < ends[0][0]  # what goes on longest is outermost


def test_a_chain_and_a_star_of_many_cards_are_laid_out():
    for parent in (lambda n: n - 1, lambda _: 0):
        boxes = [Box(f"b{n}", 100, 50) for n in range(3000)]
        bonds = [Bond(f"i{n}", (f"b{n}",), f"b{parent(n)}") for n in range(1, 3000)]
        assert 3000 == len(columns(boxes, bonds, lambda w, h: -w * h).boxes)


def test_words_between_theses_in_a_stack_are_whole():
    body = "\n\n".join(f"[T{n}]: Thesis {n}.\n  >< [T{n + 1}]" for n in range(30))
    drawn = svg(arrange(of(body), layout="columns"))
    lefts = re.findall(r'<g id="w-i\d+"><rect x="(-?[\d.]+)"', drawn)
    assert 20 < len(lefts)
    assert all(float(x) > 0 for x in lefts)


def test_few_theses_stand_together_and_the_next_is_referred_to():
    body = "\n\n".join(f"[T{n}]: Thesis {n}.\n  >< [T{n + 1}]" for n in range(9))
    seen = forest(of(body), packed=True)
    joined = [sorted((i.tails[0], i.head)) for i in seen.inferences if i.mutual]
    assert ["n4", "n5"] not in joined
    assert ["n3", "n4"] in joined


def test_theses_that_all_contradict_each_other_are_laid_out():
    count = 9
    body = "\n\n".join(
        f"[T{n}]: Thesis {n}." + "".join(f"\n  >< [T{m}]" for m in range(n)) for n in range(count)
    )
    for width in (140, 600):
        nothing_is_crossed(arrange(of(body), layout="columns", card_width=width))


# --- groups


def framed(seen: View, **look) -> Drawing:
    """*seen* with groups, laid out; every frame holds its cards, and nothing else."""
    drawing = arrange(seen, **look)
    nothing_is_crossed(drawing)
    boxes = [s.box for s in drawing.sheets]
    rects = dict(zip((b.id for b in boxes), boxes_of(drawing.plan, boxes), strict=True))
    members = {g.id: set(g.cards) for g in drawing.view.groups}
    held = set()
    for f in drawing.plan.frames:
        for s in drawing.sheets:
            left, top, right, bottom = rects[s.card.id]
            inside = f.left < left and f.top < top and right < f.right and bottom < f.bottom
            apart = right < f.left or f.right < left or bottom < f.top or f.bottom < top
            assert inside or apart
            if inside and not s.card.sees:
                assert s.card.id in members[f.crate]
                held.add(s.card.id)
    assert held == {c for cards in members.values() for c in cards}
    for a, b in ((a, b) for a in drawing.plan.frames for b in drawing.plan.frames if a is not b):
        assert a.right < b.left or b.right < a.left or a.bottom < b.top or b.bottom < a.top
    return drawing


@st.composite
def grouped(draw) -> View:
    seen = view(draw(debates()))
    groups: dict[str, list[str]] = {}
    for c in seen.cards:
        groups.setdefault(draw(st.sampled_from(["", "", "g1", "g2", "g3"])), []).append(c.id)
    groups.pop("", None)
    made = (Group(id, f"The group called {id}", tuple(cards)) for id, cards in groups.items())
    return evolve(seen, groups=tuple(made))


@given(grouped(), st.sampled_from([{}, {"direction": "right"}, {"layout": "tree"}]))
def test_frames_hold_their_groups_and_no_link_runs_through_a_title(seen: View, look):
    drawing = framed(seen, **look)

    from argmap.layout.arrange import crates

    heads = {c.id: c for c in crates(drawing.view)}
    for f in drawing.plan.frames:
        title = heads[f.crate]
        x, y = f.title
        for curve in drawing.plan.curves.values():
            for px, py in sampled(curve):
                inside = x < px < x + title.width and y + 2 < py < y + title.height - 8
                assert not inside


def test_graphviz_says_that_it_frames_no_groups():
    seen = evolve(of("[A]: a"), groups=(Group("g1", "One", ("n1",)),))
    (told,) = arrange(seen, layout="dot").warnings
    assert "frames no groups" in told


def test_a_card_below_one_of_a_group_belongs_to_it_and_one_of_another_stands_there():
    seen = of("[A]: a\n  + [B]: b\n    - [C]: c\n      + [D]: d")
    groups = (Group("g1", "One", ("n1",)), Group("g2", "Two", ("n3",)))
    drawing = framed(evolve(seen, groups=groups))
    assert [("n1", "n2"), ("n3", "n4")] == [g.cards for g in drawing.view.groups]
    assert "n3" not in drawing.view.parent
    assert ["n3"] == [c.sees for c in drawing.view.cards if c.sees]


def test_what_works_together_stands_in_its_own_group_and_is_referred_to_at_the_joint():
    seen = of("[A]: a\n\n<X>\n\n(1) [P]: p\n(2) [Q]: q\n----\n(3) [A]")
    ids = {c.text: c.id for c in seen.cards}
    groups = (Group("g1", "One", (ids["p"],)), Group("g2", "Two", (ids["q"],)))
    drawing = framed(evolve(seen, groups=groups))
    assert 2 == len(drawing.plan.frames)
    assert [ids["p"], ids["q"]] == [c.sees for c in drawing.view.cards if c.sees]


@given(grouped())
def test_a_card_of_a_group_stands_in_no_other(seen: View):
    own = {c: g.id for g in seen.groups for c in g.cards}
    for g in framed(seen).view.groups:
        assert all(own.get(c, g.id) == g.id for c in g.cards)


@pytest.mark.parametrize("group", ["author", "issue", "section"])
@pytest.mark.parametrize("path", MAPS, ids=lambda p: p.stem)
def test_the_frames_of_our_maps_hold_their_groups(path, group):
    framed(argmap.load(path).showing(group=group).view())


def test_cards_are_read_in_the_order_of_their_numbers_also_in_groups():
    drawn = DEBATE.showing(group="author").to_svg()
    numbers = [
        tuple(int(n) for n in number.split("."))
        for number in re.findall(r'role="group"[^>]*aria-label="([\d.]+) ', drawn)
    ]
    assert sorted(numbers) == numbers
    assert len(DEBATE.view().cards) == len(numbers)


# --- what a card shows


def test_what_is_remarked_of_a_claim_is_shown_by_words_and_marks():
    sorts = {Sort.ACCEPTS: "Ana accepts", Sort.REJECTS: "Tom rejects", Sort.STANDS: "stands"}
    sorts |= {Sort.FALLS: "falls", Sort.OPEN: "undecided", Sort.VOTES: "12 for, 3 against"}
    seen = of("[A]: a\n  + b")
    remarks = tuple(Remark(sort, words) for sort, words in sorts.items())
    cards = tuple(evolve(c, remarks=remarks) for c in seen.cards)
    drawn = svg(arrange(evolve(seen, cards=cards)))
    for words in sorts.values():
        assert 2 == len(re.findall(f">{words}</text>", drawn))
    plain = svg(arrange(seen))
    assert drawn.count("<path") - plain.count("<path") == 2 * 4  # a mark for all but stances


def test_words_too_many_for_a_frame_are_all_there():
    said = "12 for, 90 against, 3 abstained, 4 absent"
    seen = of("[A]: a\n  + b")
    cards = tuple(evolve(c, remarks=(Remark(Sort.VOTES, said),)) for c in seen.cards)
    drawing = arrange(evolve(seen, cards=cards), card_width=140)
    words = re.findall(r"<text[^>]*>([^<]*)</text>", svg(drawing))
    assert 2 == " ".join(words).count(said)
    assert all(p.x + p.width <= s.width for s in drawing.sheets for p in s.pieces)


def test_a_picture_says_how_much_below_a_card_is_not_shown():
    part = argmap.loads("[A]: a\n  + b\n    + c\n    - d").showing(depth=2)
    drawn = part.to_svg()
    assert "+2 below</text>" in drawn
    assert "more that is not shown</text>" in drawn
    assert part.view().partial in re.sub(r"</text>\n?<text[^>]*>", " ", drawn)


def test_a_card_leads_to_where_more_is_to_be_read():
    drawn = argmap.loads('[A]: a {url: "https://example.org/?a=1&b=2"}').to_svg()
    assert '<a href="https://example.org/?a=1&amp;b=2"' in drawn
    assert "javascript" not in argmap.loads('[A]: a {url: "javascript:x"}').to_svg()


# --- scripts


@given(
    st.lists(
        st.sampled_from(["两国", "之间", "的（贸", "易）", "关系、", "好。", "ab", "「伙", "伴」"])
    )
)
def test_no_line_begins_or_ends_with_a_mark_that_may_not(words: list[str]):
    text = "".join(words)
    lines = measure.wrap(text, 14, 150)
    assert text == "".join(lines)
    assert all(line[0] not in "、。！」）" and line[-1] not in "（「" for line in lines if line)


def test_chinese_fills_its_lines():
    lines = measure.wrap("两国之间的伙伴关系将会长期保持下去因为双方都从中获得好处" * 2, 14, 180)
    widths = [measure.width(line, 14) for line in lines]
    assert max(widths) <= 180
    assert min(widths) > 0.6 * max(widths)


def test_a_map_written_from_right_to_left_is_mirrored():
    body = (
        "[A]: يجب أن تبدأ المدرسة\n  + [B]: المراهقون لا يستطيعون النوم\n  - [C]: الحافلات لا تكفي"
    )
    drawing = arrange(of(body), direction="down")
    assert drawing.mirrored
    root = ET.fromstring(svg(drawing))
    groups = [g for g in root.iter() if g.get("role") == "group"]
    lefts = [float(next(e for e in g if e.tag.endswith("rect")).get("x")) for g in groups]
    assert lefts[1] > lefts[2]  # the first reason stands to the right of the second
    for g in groups:
        box = next(e for e in g if e.tag.endswith("rect"))
        right = float(box.get("x")) + float(box.get("width"))
        for text in (e for e in g.iter() if e.tag.endswith("text")):
            assert "end" == text.get("text-anchor")
            assert float(text.get("x")) < right
    assert not arrange(of("[A]: a says قوية")).mirrored


def test_a_line_in_two_directions_is_set_apart():
    drawn = svg(arrange(of("[A]: الانتباه (PISA 2022).\n  + b"), card_width=400))
    assert "\u2067الانتباه (PISA 2022).\u2069</text>" in drawn
    assert not re.search("\u2067[^\u2069]*</text>", drawn)
    assert "\u2067" not in svg(arrange(of("[A]: a \u2067 b\n  + b")))


def test_in_columns_theses_contradict_only_their_neighbours():
    body = "[A]: a\n\n[B]: b\n  >< [A]\n\n[C]: c\n\n[D]: d\n  >< [A]"
    seen = forest(of(body), packed=True)
    assert 1 == len([i for i in seen.inferences if i.mutual])
    assert 1 == len([c for c in seen.cards if c.sees])


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(40, 200)), min_size=3, max_size=14),
    st.floats(0.2, 6.0),
)
@settings(max_examples=400)
def test_in_columns_of_any_shape_no_link_runs_through_a_box(grown, aspect):
    boxes = [Box(f"b{n}", 100, high) for n, (_, high) in enumerate(grown)]
    bonds = [Bond(f"i{n}", (f"b{n}",), f"b{at % n}") for n, (at, _) in enumerate(grown) if n]
    plan = columns(boxes, bonds, lambda w, h: min(aspect / w, 1 / h))
    rects = dict(zip((b.id for b in boxes), boxes_of(plan, boxes), strict=True))
    for b in bonds:
        for x, y in sampled(plan.curves[b.id, ""]):
            for id, (left, top, right, bottom) in rects.items():
                inside = left + 1 < x < right - 1 and top + 1 < y < bottom - 1
                assert not inside or id in (b.head, b.tails[0])
