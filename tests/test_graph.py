"""The map as Argdown's own tools make it: boxes, groups, arrows, colours, and the reasons."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

import corpus
import pytest
from hypothesis import given
from strategies import debates

from argmap.errors import UnknownName
from argmap.formats import read
from argmap.graph import WORDS, Graph, Group, Node, Why, canonical, explain, graph
from argmap.graph.build import staged
from argmap.graph.relations import lines
from argmap.model import ArgumentRef, Builder, ClaimRef, Debate, Kind, Style
from argmap.settings import Settings, merged, parse_flag, settings
from argmap.text import Text


def debate(body: str) -> Debate:
    return read(Text("m", body)).debate


def drawn(body: str, *flags: str) -> Graph:
    found = debate(body)
    return graph(found, made(found, *flags))


def made(found: Debate, *flags: str) -> Settings:
    front = found.front
    for flag in flags:
        front = merged(front, parse_flag(flag))
    return settings(front)


def boxes(body: str, *flags: str) -> list[str]:
    return [str(n.ref) for n in drawn(body, *flags).nodes]


def arrows(body: str, *flags: str) -> list[str]:
    found = drawn(body, *flags)
    return [f"{called(found, e.tail)} {WORDS[e.kind]} {called(found, e.head)}" for e in found.edges]


def called(found: Graph, id: str) -> str:
    child = found.by_id[id]
    return str(child.ref) if isinstance(child, Node) else child.title


def nested(body: str, *flags: str) -> list[Any]:
    """The boxes as names, the groups as pairs of their title and what is in them."""

    def shape(child: Node | Group) -> Any:
        if isinstance(child, Node):
            return str(child.ref)
        return (child.title, [shape(c) for c in child.children])

    return [shape(c) for c in drawn(body, *flags).children]


def why(body: str, title: str, *flags: str) -> Why:
    found = debate(body)
    return explain(found, made(found, *flags), title).why


SPELT_OUT = "<A>\n  +> [T]: t\n\n(1) [P]: p\n----\n(2) [C]: c\n"


# --- relations of arguments that are spelt out


def test_what_comes_from_an_argument_comes_from_its_main_conclusion():
    assert ["[C] support [T]", "<A> support [C]", "[P] support <A>"] == arrows(SPELT_OUT)


def test_it_stays_with_the_argument_if_settings_say_so():
    found = arrows(SPELT_OUT, "model.transformArgumentRelations=false")
    assert ["<A> support [T]", "<A> support [C]", "[P] support <A>"] == found


def test_what_goes_to_an_argument_stays_there():
    body = "<A>\n  - [X]: x\n\n(1) [P]: p\n----\n(2) [C]: c\n"
    assert ["[X] attack <A>", "<A> support [C]", "[P] support <A>"] == arrows(body)


def test_an_argument_for_its_own_conclusion_is_drawn_once():
    body = "[T]: t\n  + <A>\n\n<A>\n\n(1) [P]: p\n----\n(2) [T]\n"
    assert ["<A> support [T]", "[P] support <A>"] == arrows(body)


def test_two_arguments_with_one_conclusion_draw_its_relation_once():
    pcs = "(1) {p}\n----\n(2) [C]: c\n"
    body = f"[T]: t\n  + <A>\n  + <B>\n\n<A>\n\n{pcs}\n<B>\n\n{pcs}"
    assert 1 == arrows(body).count("[C] support [T]")


def test_an_attack_on_an_argument_is_not_drawn_beside_one_on_its_premise():
    body = "[X]: x\n  -> [P]: p\n  -> <A>\n\n<A>\n\n(1) [P]\n----\n(2) [C]: c\n"
    assert "[X] attack <A>" not in arrows(body)
    assert "[X] attack [P]" in arrows(body)


def test_undercuts_are_drawn_to_the_argument():
    body = "<A>\n\n(1) [P]: p\n----\n  <_ [U]: u\n(2) [C]: c\n"
    assert "[U] undercut <A>" in arrows(body)


def test_strict_reads_relations_between_claims_as_logic():
    body = "[A]: a\n  + [B]: b\n  - [C]: c\n  >< [D]: d\n  - <E>\n"
    expected = ["[B] entails [A]", "[C] contrary [A]", "[A] contradictory [D]", "<E> attack [A]"]
    assert expected == arrows(body, "model.mode=strict")


def test_strict_draws_an_attack_and_its_return_once():
    body = "[A]: a\n  - [B]: b\n\n[B]\n  - [A]\n"
    assert ["[B] contrary [A]"] == arrows(body, "model.mode=strict")
    assert 2 == len(arrows(body))


# --- arguments taken apart

TWO_STEPS = "<A>\n  - [X]: x\n\n(1) [P]: p\n----\n(2) [M]: m\n(3) [Q]: q\n----\n(4) [C]: c\n"


def test_an_argument_of_two_steps_can_be_drawn_as_two():
    found = arrows(TWO_STEPS, "model.explodeArguments=true")
    assert found == [
        "[X] attack <A - 2>",
        "<A - 1> support [M]",
        "<A - 2> support [C]",
        "[P] support <A - 1>",
        "[M] support <A - 2>",
        "[Q] support <A - 2>",
    ]


def test_an_inference_may_say_what_it_rests_on():
    body = TWO_STEPS.replace("(3) [Q]: q\n----", "(3) [Q]: q\n-- {uses: [1, 3]} --")
    found = arrows(body, "model.explodeArguments=true")
    assert "[P] support <A - 2>" in found
    assert "[M] support <A - 2>" not in found


def test_a_part_keeps_the_keys_and_the_section_of_the_whole():
    body = "# H\n\n" + TWO_STEPS.replace("<A>", "<A> {color: '#123456'}", 1)
    found = drawn(body, "model.explodeArguments=true")
    assert {"#123456"} == {n.colour for n in found.nodes if n.is_argument}
    assert [7] == [len(g.children) for g in found.groups]


# --- what is shown

UNTITLED = "[T]: t\n  - an objection\n\n<A>\n\n(1) a premise\n----\n(2) [T]\n"


def test_claims_with_a_title_are_shown_and_others_if_something_bears_on_them():
    assert ["[T]", "[~an-objection]", "<A>"] == boxes(UNTITLED)
    assert Why.UNTITLED is why(UNTITLED, "~a-premise")


def test_a_title_that_begins_with_untitled_is_none():
    body = "<A>\n\n(1) [Untitled remark]: p\n----\n(2) [C]: c\n"
    assert Why.UNTITLED is why(body, "Untitled remark")


def test_what_is_connected_with_nothing_is_not_shown():
    body = "[A]: a\n\n<B>\n\n[C]: c\n  + [D]: d\n"
    assert ["[C]", "[D]"] == boxes(body)
    assert Why.DISCONNECTED is why(body, "A")
    assert Why.DISCONNECTED is why(body, "<B>")
    assert ["[A]", "[C]", "[D]", "<B>"] == boxes(body, "selection.excludeDisconnected=false")


def test_a_key_keeps_a_thing_in_the_map_or_out():
    assert ["[A]"] == boxes("[A]: a {isInMap: true}")
    assert ["[B]"] == boxes("[A]: a {isInMap: false}\n\n[B]: b {isInMap: true}\n  + [A]\n")
    body = "[A]: a {isInMap: false}\n  + [B]: b\n"
    assert ["[A]", "[B]"] == boxes(body, "selection.ignoreIsInMap=true")


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("all", ["[T]", "[~an-objection]", "[~a-premise]", "<A>"]),
        ("with-title", ["[T]", "[~an-objection]", "<A>"]),
        ("top-level", ["[T]", "[~an-objection]", "<A>"]),
        ("with-relations", ["[T]", "[~an-objection]", "<A>"]),
        ("not-used-in-argument", ["[~an-objection]"]),  # <A> has lost what connected it
        ("with-more-than-one-relation", ["[~an-objection]"]),
    ],
)
def test_the_mode_decides_which_claims_are_shown(mode: str, expected: list[str]):
    assert expected == boxes(UNTITLED, f"selection.statementSelectionMode={mode}")


def test_lists_of_titles_let_in_and_leave_out():
    assert "[~a-premise]" in boxes(UNTITLED, "selection.includeStatements=[~a-premise]")
    assert "[T]" not in boxes(UNTITLED, "selection.excludeStatements=[T]")
    assert "<A>" not in boxes(UNTITLED, "selection.excludeArguments=[A]")


def test_sections_and_tags_select():
    body = "[A]: a #x\n  + [B]: b #y\n\n# H\n\n[C]: c #x\n  + [D]: d\n"
    assert ["[C]", "[D]"] == boxes(body, "selection.selectedSections=[H]")
    flags = ("selection.selectedSections=[H]", "selection.selectElementsWithoutSection=true")
    assert 4 == len(boxes(body, *flags))
    tagged = ("selection.selectedTags=[x]", "selection.excludeDisconnected=false")
    assert ["[C]", "[A]"] == boxes(body, *tagged)
    assert ["[C]", "[D]", "[A]"] == boxes(body, *tagged, "selection.selectElementsWithoutTag=true")
    assert Why.OTHER_TAG is why(body, "B", *tagged)
    assert Why.NO_TAG is why(body, "D", *tagged)
    assert Why.NO_SECTION is why(body, "A", "selection.selectedSections=[H]")


# --- arrows


def test_a_claim_without_a_box_is_stood_in_for_by_arguments():
    body = "<A>\n\n(1) p\n----\n(2) c\n\n<B>\n\n(1) q\n  - [X]: x\n----\n(2) d\n    -> p\n"
    assert "[X] attack <B>" in arrows(body)


def test_arguments_support_those_that_rest_on_their_conclusion():
    body = "<A>\n\n(1) p\n----\n(2) [C]: c\n\n<B>\n\n(1) [C]\n----\n(2) d\n"
    assert ["<A> support [C]", "[C] support <B>"] == arrows(body)
    assert ["<A> support <B>"] == arrows(body, "selection.excludeStatements=[C]")


def test_logic_is_drawn_loosely_where_an_argument_is_an_end():
    body = "[A]: a\n  >< {x}\n\n<B>\n\n(1) {x}\n----\n(2) c\n".replace("{x}", "[X]: x")
    assert "[A] contradictory [X]" in arrows(body)
    assert "[A] attack <B>" in arrows(body, "selection.excludeStatements=[X]")


# --- what boxes say


def label(body: str, *flags: str) -> list[tuple[str, str]]:
    return [(n.title, n.text) for n in drawn(body, *flags).nodes]


def test_boxes_say_title_and_text_but_no_title_that_is_made_up():
    assert [("A", "a"), ("", "b c")] == label("[A]: a\n  + b c\n")
    assert [("A", ""), ("b c", "")] == label("[A]: a\n  + b c\n", "map.statementLabelMode=title")
    assert [("", "a"), ("", "b c")] == label("[A]: a\n  + b c\n", "map.statementLabelMode=text")
    assert [("", ""), ("", "")] == label("[A]: a\n  + b c\n", "map.statementLabelMode=none")
    assert [("A", ""), ("", "b")] == label("[A]\n  + b\n", "map.statementLabelMode=text")


def test_the_last_words_are_shown_or_those_that_say_so():
    assert [("A", "two"), ("B", "")] == label("[A]: one\n  + [B]\n\n[A]: two\n")
    body = "[A]: one {isCanonical: true}\n  + [B]\n\n[A]: two\n"
    assert [("A", "one"), ("B", "")] == label(body)


def test_tags_stand_in_the_text_unless_they_are_removed():
    body = "[A]: a #t *b*\n  + [B]\n"
    assert "a #t b" == label(body)[0][1]
    (first, _) = drawn(body, "model.removeTagsFromText=true").nodes
    assert "a  b" == first.text
    assert [(Style.ITALIC, "b")] == [(m.style, first.text[m.start : m.stop]) for m in first.markup]
    assert ("t",) == first.tags
    assert () == drawn(body, "map.addTags=false").nodes[0].tags


# --- groups

HEADINGS = "# One\n\n[A]: a\n  + [B]\n\n## Two\n\n[C]: c\n  + [A]\n\n### Three\n\n[D]: d\n  + [A]\n"


def test_the_two_deepest_levels_of_headings_are_groups():
    expected = [("Two", ["[C]", ("Three", ["[D]"])]), "[A]", "[B]"]
    assert expected == nested(HEADINGS)
    assert ["[A]", "[B]", "[C]", "[D]"] == nested(HEADINGS, "group.groupDepth=0")
    assert [("One", ["[A]", "[B]", ("Two", ["[C]", ("Three", ["[D]"])])])] == nested(
        HEADINGS, "group.groupDepth=3"
    )


def test_a_heading_may_say_that_it_is_a_group_or_none():
    body = HEADINGS.replace("## Two\n", "## Two {isGroup: false}\n", 1)
    assert [("Three", ["[D]"]), "[A]", "[B]", "[C]"] == nested(body)
    assert nested(HEADINGS) == nested(body, "group.ignoreIsGroup=true")


def test_settings_may_say_which_headings_are_groups():
    found = nested(HEADINGS, 'group.sections={"One": {"isGroup": true}}')
    assert [("One", ["[A]", "[B]", "[C]", "[D]"])] == found


def test_settings_may_group_anew():
    flag = (
        'group.regroup=[{"title": "X", "statements": ["A"],'
        ' "children": [{"title": "Y", "statements": ["B"]}]}]'
    )
    assert [("X", ["[A]", ("Y", ["[B]"])])] == nested("[A]: a\n  + [B]: b\n", flag)


def test_a_closed_group_hides_what_is_in_it_and_takes_over_its_arrows():
    body = "# H {isClosed: true}\n\n[A]: a\n  + [B]: b\n\n# I\n\n[C]: c\n  + [A]\n"
    assert [("H", []), ("I", ["[C]"])] == nested(body)
    assert ["H support [C]"] == arrows(body)
    assert Why.CLOSED is why(body, "A")
    assert 2 == len(arrows(body, "group.ignoreIsClosed=true"))


def test_a_key_takes_a_thing_into_another_section():
    body = "# H\n\n[A]: a\n  + [B]: b\n\n# I\n\n[A] {isInGroup: true}\n"
    assert [("H", ["[B]"]), ("I", ["[A]"])] == nested(body)


# --- colours


def colours(body: str, *flags: str) -> list[str]:
    return [n.colour for n in drawn(body, *flags).nodes]


def test_the_scheme_colours_tags_in_their_order_and_what_has_none_first():
    body = "[A]: a #x\n  + [B]: b #y\n  + [C]: c\n"
    assert ["#d95f02", "#7570b3", "#1b9e77"] == colours(body)
    assert ["#1b9e77"] * 3 == colours(body, "color.colorizeByTag=false")
    scheme = 'color.colorScheme=["#000", "#111"]'
    assert ["#111", "", "#000"] == colours(body, scheme)


def test_a_key_goes_before_a_title_and_a_title_before_a_tag():
    body = "[A]: a #x {color: '#123456'}\n  + [B]: b #x\n  + [C]: c #x\n"
    flags = ("color.statementColors.A=#000", "color.statementColors.B=2", "color.tagColors.x=#fff")
    assert ["#123456", "#7570b3", "#fff"] == colours(body, *flags)
    assert ["#000", "#7570b3", "#fff"] == colours(body, *flags, "color.ignoreColorData=true")


def test_the_tag_of_highest_priority_decides():
    body = "[A]: a #x #y\n  + [B]: b\n"
    flag = 'color.tagColors={"y": {"color": "#0f0", "priority": 1}}'
    assert ["#0f0", "#1b9e77"] == colours(body, flag)


def test_groups_are_coloured_by_level_key_title_or_tag():
    body = "# H #x\n\n## I {color: '#abc'}\n\n[A]: a\n  + [B]: b\n"
    assert ["#DADADA", "#abc"] == [g.colour for g in drawn(body).groups]
    found = drawn(body, 'color.groupColors={"H #x": 1}', "color.ignoreColorData=true").groups
    assert ["#BABABA", "#BABABA"] == [g.colour for g in found]


def test_arrows_have_the_colour_of_their_kind():
    body = "[A]: a\n  + [B]: b\n  - [C]: c\n"
    assert ["#00ff00", "#ff0000"] == [e.colour for e in drawn(body).edges]
    found = drawn(body, "color.relationColors.support=1").edges
    assert ["#d95f02", "#ff0000"] == [e.colour for e in found]


# --- debates that no text was read for


def test_a_debate_without_a_text_is_drawn_by_its_steps_and_relations():
    b = Builder()
    ban = b.claim("Ban.", title="Ban")
    b.support(ban, ["They distract.", "Focus counts."])
    b.relate(Kind.ATTACK, b.claim("Nobody obeys.", title="Nobody"), ban)
    found = graph(b.build())
    assert "Nobody obeys." in {n.text for n in found.nodes}
    assert 1 == sum(n.is_argument for n in found.nodes)
    assert Kind.ATTACK in {e.kind for e in found.edges}


@given(debates())
def test_any_debate_is_drawn_and_every_arrow_ends_on_a_box(found: Debate):
    for flags in ((), ("model.explodeArguments=true", "model.mode=strict")):
        seen = graph(found, made(found, *flags))
        assert all(e.tail in seen.by_id and e.head in seen.by_id for e in seen.edges)
        assert len(seen.by_id) == len(seen.nodes) + len(seen.groups)


@given(debates())
def test_there_is_a_reason_for_everything(found: Debate):
    seen = {n.ref for n in graph(found).nodes}
    for thing in found.things:
        said = explain(found, Settings(), str(thing.ref))
        assert said.shown == (thing.ref in seen)
        assert said.sentences


# --- reasons


def test_a_reason_says_what_to_write():
    found = debate(UNTITLED)
    said = explain(found, Settings(), "~a-premise")
    assert said.sentences == (
        "“a premise” is not shown: it has no title of its own and is only used inside <A>.",
        "What bears on it is drawn to <A> instead.",
        "To show it, give it a title, write {isInMap: true} after it, or set"
        "  selection: {statementSelectionMode: all}.",
    )
    assert (ArgumentRef("A"),) == said.others


def test_what_is_asked_for_may_have_brackets_or_none():
    found = debate("[A]: a\n  + <B>\n\n<A>\n")
    assert ClaimRef("A") == explain(found, Settings(), "[A]").ref
    assert ArgumentRef("A") == explain(found, Settings(), "<A>").ref
    assert ArgumentRef("B") == explain(found, Settings(), "B").ref
    assert "ask for <A>" in str(explain(found, Settings(), "A"))


def test_an_unknown_title_is_answered_with_near_ones():
    with pytest.raises(UnknownName, match="did you mean 'Thesis'"):
        explain(debate("[Thesis]: t"), Settings(), "Thesiss")


def test_an_argument_that_is_taken_apart_is_explained_by_its_parts():
    found = debate(TWO_STEPS)
    said = explain(found, made(found, "model.explodeArguments=true"), "<A>")
    assert said.shown
    assert (
        "It is taken apart into <A - 1> and <A - 2>, by model.explodeArguments." in said.sentences
    )


# --- time


def test_ten_thousand_claims_are_drawn_in_a_moment():
    lines = [f"[C{i}]: c\n  + <A{i}>\n  - [D{i}]: d #t{i % 7}\n" for i in range(4000)]
    hub = "[H]: h\n" + "".join(f"  - [X{i}]: x\n" for i in range(3000))
    found = debate("\n".join([*lines, hub]))
    begun = time.perf_counter()
    assert 15001 == len(graph(found).nodes)
    assert time.perf_counter() - begun < 5


def test_thousands_of_undercuts_and_of_uses_take_no_longer():
    strikes = "<A>\n" + "".join(f"  <_ [X{i}]: x\n" for i in range(4000))
    uses = "".join(f"<B{i}>\n\n(1) [H]\n----\n(2) [H]\n\n" for i in range(2000))
    found = debate(f"{strikes}\n(1) p\n----\n(2) [H]: h\n\n{uses}")
    begun = time.perf_counter()
    assert 6002 == len(graph(found).nodes)
    assert time.perf_counter() - begun < 5


def test_deeply_nested_headings_are_drawn():
    body = "".join(f"{'#' * n} h{n}\n\n[a{n}]: x\n  + [b]\n\n" for n in range(1, 400))
    assert 399 == len(drawn(body, "group.groupDepth=1000").groups)


# --- real texts

DEVIATIONS: dict[str, str] = {}  # file: why its map differs from that of Argdown's own tools


@pytest.mark.skipif(not corpus.files("A"), reason="no corpus beside the repository")
@pytest.mark.parametrize("path", corpus.files("A"), ids=lambda p: p.name)
def test_the_map_of_a_real_text_is_that_of_argdowns_own_tools(path: Path):
    if path.name in DEVIATIONS:
        pytest.skip(DEVIATIONS[path.name])
    answer = corpus.answer(path)
    found = corpus.reading(path).debate
    ours = graph(found, settings(found.front))
    names, theirs = our_names(found), their_names(answer)
    assert theirs_in_groups(answer, theirs) == ours_in_groups(ours, names)
    assert their_edges(answer, theirs) == our_edges(ours, names)


def test_the_deviations_from_argdowns_own_tools_are_few():
    assert len(DEVIATIONS) <= 5


Name = tuple[str, str]  # a kind and a title, or the text of what has none


def their_names(answer: dict[str, Any]) -> dict[tuple[str, str], Name]:
    """Under which name each of their things is compared."""
    found = {}
    for s in answer["statements"]:
        own = corpus.untitled(s["title"])
        found["statement", s["title"]] = (
            "untitled statement" if own else "statement",
            corpus.plain(s.get("text")) if own else corpus.plain(s["title"]),
        )
    for a in answer["arguments"]:
        own = corpus.untitled(a["title"])
        text = corpus.plain(a["descriptions"][-1] if a["descriptions"] else "")
        rows = [found["statement", p["title"]][1] for p in a.get("pcs", ())]
        found["argument", a["title"]] = (
            "untitled argument" if own else "argument",
            (text or " | ".join(rows)) if own else corpus.plain(a["title"]),
        )
    return found


def our_names(found: Debate) -> dict[Hashable, Name]:
    """The same for ours."""
    chosen = settings(found.front)
    tags = not chosen.model.remove_tags_from_text
    seen = staged(found, chosen).debate
    names: dict[Hashable, Name] = {}
    for c in seen.claims:
        own = corpus.untitled(c.title)
        text = corpus.plain(canonical(c, tags=tags).text)
        names[c.ref] = (
            "untitled statement" if own else "statement",
            text if own else corpus.plain(c.title),
        )
    for a in seen.arguments:
        own = corpus.untitled(a.title)
        rows = [names[claim][1] for claim, _ in lines(a)]
        text = corpus.plain(canonical(a, tags=tags).text) or " | ".join(rows)
        names[a.ref] = (
            "untitled argument" if own else "argument",
            text if own else corpus.plain(a.title),
        )
    return names


def theirs_in_groups(
    answer: dict[str, Any], names: dict[tuple[str, str], Name]
) -> Counter[Hashable]:
    def rows() -> Iterator[Hashable]:
        todo: list[tuple[tuple[str, ...], dict[str, Any]]]
        todo = [((), n) for n in answer["map"]["nodes"]]
        while todo:
            around, n = todo.pop()
            if n["kind"] == "group":
                inner = (*around, corpus.plain(n["title"]))
                yield (inner, n["level"], bool(n.get("isClosed")), n.get("color", ""))
                todo += [(inner, c) for c in n["children"]]
                continue
            title = n.get("labelTitle", "")
            yield (
                around,
                names[n["kind"], n["title"]],
                "" if corpus.untitled(title) else corpus.plain(title),
                corpus.plain(n.get("labelText")),
                n.get("color", ""),
                tuple(n.get("tags", ())),
            )

    return Counter(rows())


def ours_in_groups(found: Graph, names: dict[Hashable, Name]) -> Counter[Hashable]:
    def rows() -> Iterator[Hashable]:
        todo: list[tuple[tuple[str, ...], Node | Group]] = [((), c) for c in found.children]
        while todo:
            around, n = todo.pop()
            if isinstance(n, Group):
                inner = (*around, corpus.plain(n.title))
                yield (inner, n.level, n.closed, n.colour)
                todo += [(inner, c) for c in n.children]
                continue
            own = corpus.untitled(n.ref.title)
            yield (
                around,
                names[n.ref],
                "" if own else corpus.plain(n.title),
                corpus.plain(n.text),
                n.colour,
                n.tags,
            )

    return Counter(rows())


def their_edges(answer: dict[str, Any], names: dict[tuple[str, str], Name]) -> Counter[Hashable]:
    def end(e: dict[str, str]) -> Name:
        return names.get((e["kind"], e["title"]), (e["kind"], corpus.plain(e["title"])))

    return Counter(
        _arrow(e["type"], end(e["from"]), end(e["to"]), e.get("color", ""))
        for e in answer["map"]["edges"]
    )


def our_edges(found: Graph, names: dict[Hashable, Name]) -> Counter[Hashable]:
    def end(id: str) -> Name:
        child = found.by_id[id]
        return (
            ("group", corpus.plain(child.title)) if isinstance(child, Group) else names[child.ref]
        )

    return Counter(_arrow(WORDS[e.kind], end(e.tail), end(e.head), e.colour) for e in found.edges)


def _arrow(kind: str, tail: Name, head: Name, colour: str) -> Hashable:
    if kind in ("contrary", "contradictory"):
        return (kind, frozenset((tail, head)), colour)
    return (kind, tail, head, colour)
