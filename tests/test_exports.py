"""What Argdown's own tools write, written by argmap: DOT, SVG, GraphML, HTML and JSON."""

from __future__ import annotations

import html.parser
import json
import re
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

import corpus
import pytest
from hypothesis import given, reject
from hypothesis import settings as tries
from hypothesis import strategies as st
from strategies import WILD, debates, texts

import argmap
from argmap import api
from argmap.errors import NotADebate, UnknownFormat
from argmap.layout import engine
from argmap.model import Data, Debate, Markup, Style
from argmap.render.argdown.html import is_safe
from argmap.render.argdown.words import anchor, lines, marked, measured, plain_signs
from argmap.settings import parse_flag, settings

SMALL = '[A]: a *b* #t\n  + <B>: for < & > "it"\n  - [C]: against\n  >< [D]: not a\n'
FULL = """\
===
title: Buses & more
author: [Ana, Tom]
date: 2024-03-02
===

# Start #x

[A]: School **begins *at* nine** [see](https://x.org/a?b=1&c=2) @<B> #t {k: [1, yes]}
  + <B>: Sleep.
    - nobody sleeps
  _> <E>

## Inside

<B>

(1) They are tired.
  - <F>
(2) [P]: Tired is bad.
-- Modus ponens, Rule {uses: [1, 2]} --
  <_ <U>
(3) Sleep helps.
(4) It is cheap.
----
(5) [A]

* [L]: one #(two words)
* <M>

1. three
"""


def loudly(warning: str) -> None:
    """No engine may fail."""
    assert "as a tree instead" not in warning


@st.composite
def wild(draw: st.DrawFn) -> Debate:
    """A debate with any characters in it; two speakers of one key are no debate."""
    try:
        return draw(debates(WILD))
    except NotADebate:
        reject()


EXPORTS = ("graphml", "argdown-dot", "argdown-svg", "argdown-html", "argdown-json")


def read(body: str) -> api.Map:
    return argmap.loads(body)


def written(kind: str, body: str, *flags: str) -> str:
    m = read(body)
    set_so = {"settings": settings(m.debate.front, flags=merged(*flags))} if flags else {}
    return api.WRITERS[kind](m, set_so)


def merged(*flags: str) -> Any:
    from argmap.settings import merged as both

    made = parse_flag(flags[0])
    for flag in flags[1:]:
        made = both(made, parse_flag(flag))
    return made


# --- the formats


@pytest.mark.parametrize("kind", EXPORTS)
def test_the_same_map_gives_the_same_bytes(kind: str):
    assert written(kind, FULL) == written(kind, FULL)


@pytest.mark.parametrize("kind", EXPORTS)
def test_a_map_of_nothing_is_written(kind: str):
    assert api.WRITERS[kind](api.Map(Debate()), {})


@pytest.mark.parametrize("kind", EXPORTS)
def test_a_map_made_in_python_is_written(kind: str):
    b = argmap.Builder(title="T")
    ban = b.claim("Ban phones.", by=b.speaker("Ana"), title="Ban")
    b.support(ban, [b.claim("Phones distract.", title="Focus"), "Focus counts."])
    assert "Phones distract." in api.WRITERS[kind](b.map(), {})


def test_the_suffix_chooses_graphml_and_a_name_the_others(tmp_path: Path):
    path = read(SMALL).render(tmp_path / "m.graphml")
    assert path.read_text("utf-8").startswith("<?xml")
    path = read(SMALL).render(tmp_path / "m.json", format="argdown-json")
    assert "statements" in json.loads(path.read_text("utf-8"))
    path = read(SMALL).render(tmp_path / "m.json")
    assert "statements" not in json.loads(path.read_text("utf-8"))
    with pytest.raises(UnknownFormat, match="by name it writes argdown-dot, argdown-svg"):
        api.format_of(tmp_path / "m", "argdown-pdf")
    with pytest.raises(UnknownFormat):
        api.format_of(tmp_path / "m.argdown-dot")


# --- words


@given(texts(WILD, 60))
def test_no_line_is_longer_than_asked_and_no_word_is_lost(text: str):
    for room in (1, 7, 40):
        cut = lines(text, room)
        assert all(0 < stop - start <= room for start, stop in cut)
        assert "".join(text.split()) == "".join("".join(text[a:b].split()) for a, b in cut)
    assert text.split() == " ".join(text[a:b] for a, b in measured(text, 50, 10)).split()


def test_signs_are_closed_where_a_line_ends_and_where_they_would_cross():
    parts = [Markup(Style.BOLD, 0, 4), Markup(Style.ITALIC, 2, 8)]
    said = marked("abcdef ghi", parts, plain_signs, lines("abcdef ghi", 6), "|")
    assert "<b>ab<i>cd</i></b><i>ef</i>|<i>g</i>hi" == said


def test_deep_markup_takes_linear_time():
    parts = [Markup(Style.BOLD, n, 20_000 - n) for n in range(8_000)]
    begun = time.perf_counter()
    marked("a" * 20_000, parts, plain_signs)
    assert time.perf_counter() - begun < 2


# --- DOT


def dot(body: str, *flags: str) -> str:
    return written("argdown-dot", body, *flags)


def test_arguments_are_filled_and_claims_have_a_coloured_border():
    said = dot(SMALL)
    claim, argument = (next(s for s in said.splitlines() if f"<B>{t}</B>" in s) for t in "AB")
    assert 'color="#d95f02", fillcolor="white"' in claim
    assert 'fillcolor="#1b9e77"' in argument
    assert " color=" not in argument


def test_arrows_have_the_colour_and_the_heads_of_their_kind():
    said = dot(SMALL)
    assert 'n3 -> n0 [type="support", color="#00ff00"]' in said
    assert 'n0 -> n2 [type="contradictory", color="#ff0000", dir="both", ' in said
    strict = dot(SMALL, "model.mode=strict")
    assert 'n1 -> n0 [type="contrary", color="#ff0000", dir="both"]' in strict


def test_titles_are_bold_and_texts_keep_their_markup_in_lines():
    said = dot("[A]: one two **three four**\n  + <B>\n", "dot.statement.text.charactersInLine=13")
    assert "<B>A</B>" in said
    assert "one two <b>three</b><BR/><b>four</b>" in said


def test_headings_are_clusters():
    said = dot(FULL)
    assert ["cluster_1", "cluster_2"] == re.findall(r"subgraph (\w+)", said)
    assert 'color = "#DADADA"' in said
    closed = dot(FULL.replace("## Inside", "## Inside {isClosed: true}"))
    assert 's2 [label=<<FONT FACE="arial" POINT-SIZE="12"' in closed
    assert 'penwidth="0"' in closed


def test_settings_of_dot_are_honoured():
    said = dot(
        SMALL,
        "dot.graphname=My map",
        "dot.graphVizSettings.rankdir=LR",
        "dot.graphVizSettings.nodesep=0.4",
        "dot.mapBgColor=#eee",
        "dot.statement.style=dashed",
        "dot.edge.penWidth=2",
        "color.statementFontColor=#123456",
    )
    assert said.startswith('digraph "My map" {')
    for part in (
        'rankdir = "LR";',
        'nodesep = "0.4";',
        'bgcolor="#eee"',
        'style="dashed"',
        'penwidth="2"',
        'COLOR="#123456"',
    ):
        assert part in said


def test_without_html_labels_the_title_is_the_label():
    said = dot(SMALL + '  - no "title" \\\\N\n', "dot.useHtmlLabels=false")
    assert 'label="A"' in said
    assert r'label="no \"title\" \\N"' in said
    record = dot("[a|{b}]: x\n  + [c]\n", "dot.useHtmlLabels=false", "dot.statement.shape=record")
    assert r'label="a\|\{b\}"' in record


def test_attributes_that_lead_out_of_the_graph_are_left_out():
    body = "===\ndot:\n  graphVizSettings: {stylesheet: 'http://x', imagepath: /etc, "
    body += "URL: 'javascript:a', 'a=b;c': 1, fontsize: 9, label: 'x\"]; y'}\n===\n\n" + SMALL
    said = dot(body)
    assert not re.search("stylesheet|imagepath|javascript|a=b", said)
    assert 'fontsize = "9";' in said
    assert r'label = "x\"]; y";' in said


def test_ranks_are_those_of_the_keys_and_of_the_settings():
    body = "[A]: a {rank: 1}\n  + <B> {rank: 1}\n  - [C]: c\n"
    assert "{ rank = same; n0; n2; }" in dot(body)
    flag = 'dot.sameRank=[{"arguments": ["B"], "statements": ["C"]}]'
    assert "{ rank = same; n1; n2; }" in dot(body, flag)


def test_a_box_without_words_has_the_width_that_is_set():
    said = dot(SMALL, "map.statementLabelMode=none", "map.argumentLabelMode=none")
    assert 4 == said.count('label="", ')
    assert 'width="2.5"' in said


@tries(max_examples=25)
@given(wild())
def test_whatever_is_written_graphviz_draws_all_boxes_and_arrows(debate: Debate):
    from argmap.graph import graph

    m = api.Map(debate)
    drawn = m.to_argdown_svg(tell=loudly)
    root = ET.fromstring(drawn.encode())
    kinds = Counter(e.get("class") for e in root.iter() if e.get("class"))
    made = graph(debate)
    assert len(made.nodes) + sum(g.closed for g in made.groups) == kinds["node"]
    assert len(made.edges) == kinds["edge"]
    assert not list(root.iter("{http://www.w3.org/2000/svg}a"))


# --- SVG


def test_the_picture_is_as_large_as_it_needs_to_be_and_says_nothing_of_the_program():
    body = "[A]: a\n" + "".join(f"  + [B{n}]: b\n" for n in range(30))
    drawn = written("argdown-svg", body)
    width = float(re.search(r'width="(\d+)pt"', drawn)[1])
    assert width > 5000
    assert "<!--" not in drawn
    assert "raphviz" not in drawn
    assert "<title>support: B0 – A</title>" in drawn


def test_both_engines_draw_it():
    source = dot(FULL)
    for run in (engine.native, engine.embedded):
        try:
            drawn = run(source, 60, "svg")
        except engine.LayoutFailed as e:
            assert "not installed" in str(e)
            continue
        assert 7 == drawn.count(b'class="node"')


def test_where_graphviz_fails_the_map_is_drawn_as_a_tree(monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> bytes:
        raise engine.LayoutFailed("no Graphviz")

    monkeypatch.setattr("argmap.render.argdown.svg.run_dot", fail)
    told: list[str] = []
    m = read(SMALL)
    assert m.to_svg(layout="tree") == m.to_argdown_svg(tell=told.append)
    assert ["no Graphviz; the map is drawn as a tree instead"] == told


# --- GraphML

NS = {"g": "http://graphml.graphdrawing.org/xmlns", "y": "http://www.yworks.com/xml/graphml"}


def graphml(body: str, *flags: str) -> ET.Element:
    return ET.fromstring(written("graphml", body, *flags).encode())


def test_boxes_arrows_and_nested_groups_are_in_the_graphml():
    root = graphml(FULL)
    assert 2 == len(root.findall(".//y:ProxyAutoBoundsNode", NS))
    assert 7 == len(root.findall(".//y:ShapeNode", NS))
    assert root.find("g:graph/g:node/g:graph/g:node/g:graph/g:node", NS) is not None
    labels = [e.text for e in root.findall(".//y:ShapeNode/y:NodeLabel", NS)]
    assert "<html>B</html>" in labels
    assert any("<b>begins <i>at</i>" in str(said).replace("<br/>", " ") for said in labels)


def test_boxes_and_arrows_of_graphml_say_in_data_what_they_are():
    body = "===\nspeaker: Ana Keller\n===\n[A]: a & b #t\n  - <B>: c {voice: reported, of: Tom}\n"
    root = graphml(body)
    keys = {k.get("id"): k.get("attr.name") for k in root.findall("g:key", NS)}
    found = [
        {keys[d.get("key")]: d.text for d in box.findall("g:data", NS) if keys[d.get("key")]}
        for box in (*root.findall(".//g:node", NS), *root.findall(".//g:edge", NS))
    ]
    assert [
        {"kind": "claim", "title": "A", "text": "a & b #t", "author": "Keller", "tags": "#t"},
        {"kind": "argument", "title": "B", "text": "c", "author": "Tom (as reported by Keller)"},
        {"kind": "attack"},
    ] == found


def test_arguments_are_filled_in_graphml_too_and_arrows_have_their_heads():
    root = graphml(SMALL)
    fills = [e.get("color") for e in root.findall(".//y:ShapeNode/y:Fill", NS)]
    assert ["#FFFFFF", "#FFFFFF", "#FFFFFF", "#1b9e77"] == fills
    heads = [(e.get("source"), e.get("target")) for e in root.findall(".//y:Arrows", NS)]
    assert {("none", "standard"), ("diamond", "diamond")} == set(heads)
    assert any("&lt; &amp; &gt;" in str(e.text) for e in root.findall(".//y:NodeLabel", NS))


@given(wild())
def test_graphml_is_xml_whatever_is_written(debate: Debate):
    from argmap.graph import graph

    root = ET.fromstring(api.Map(debate).to_graphml().encode())
    made = graph(debate)
    assert len(made.nodes) == len(root.findall(".//y:ShapeNode", NS))
    assert len(made.edges) == len(root.findall(".//y:PolyLineEdge", NS))
    ids = {e.get("id") for e in root.iter(f"{{{NS['g']}}}node")}
    edges = list(root.iter(f"{{{NS['g']}}}edge"))
    assert all({e.get("source"), e.get("target")} <= ids for e in edges)


# --- HTML


class Page(html.parser.HTMLParser):
    """Checks that elements close in order, and keeps anchors, links and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.tags: Counter[str] = Counter()
        self.feed(page)
        self.close()
        assert [] == self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)
        self.tags[tag] += 1
        self.ids += [v for k, v in attrs if k == "id" and v]
        self.links += [v for k, v in attrs if k == "href" and v]
        assert not [k for k, _ in attrs if k.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text += data


def page(body: str) -> Page:
    return Page(written("argdown-html", body))


def test_the_page_has_a_header_and_everything_of_the_text():
    said = page(FULL)
    assert "Buses & more\nAna, Tom\n2024-03-02" in said.text
    for part in ("<B>: Sleep.", "-nobody sleeps", "_><E>", "Modus ponens, Rule", "(2)[P]: Tired"):
        assert part in said.text
    assert (1, 1) == (said.tags["ul"], said.tags["ol"])
    assert "https://x.org/a?b=1&c=2" in said.links


def test_anchors_are_named_as_argdowns_own_tools_name_them():
    said = page(FULL)
    assert {"heading-start-x", "statement-a", "argument-b", "statement-p"} <= set(said.ids)
    assert ["heading-a-b-"] == page("# A b {isGroup: false}\n\nc\n").ids
    again = page("[A]: a\n\n[A]: b\n\n[A]: c\n")
    assert ["statement-a", "statement-a-occurrence-2", "statement-a-occurrence-3"] == again.ids


def test_titles_that_argdown_cannot_tell_apart_have_different_anchors():
    said = page("[Да]: a\n\n[Нет]: b @[Да] @[Нет] @[nobody]\n")
    assert ["statement-", "statement--2"] == said.ids
    assert ["#statement-", "#statement--2"] == said.links


def test_every_link_within_the_page_leads_somewhere():
    for body in (FULL, SMALL, "[X]\n  + <Y>\n\n<Z>: @<Y> @[X]\n"):
        said = page(body)
        assert len(said.ids) == len(set(said.ids))
        assert {link[1:] for link in said.links if link.startswith("#")} <= set(said.ids)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:x", " java\tscript:x", "data:text/html,x", "vbscript:x",
     "file:///etc/passwd", "\x01javascript:x"],
)  # fmt: skip
def test_an_address_that_is_a_program_is_no_link(address: str):
    assert not is_safe(address)
    assert [] == page(f"a [b]({address}) c\n").links


def test_markup_in_the_text_is_text():
    said = page('<A>: \\<script>alert(1)\\</script> & more\n\n[<b>"x]: y\n')
    assert 0 == said.tags["script"]
    assert "<script>alert(1)</script> & more" in said.text
    assert '[<b>"x]: y' in said.text


def test_ten_thousand_nested_rows_and_as_many_lists_take_a_moment():
    deep = "".join(f"{' ' * n}+ a\n" for n in range(1, 2_000))
    lists = "".join(f"1. item {n}\n" for n in range(8_000))
    m = read(f"[A]: a\n{deep}\n{lists}")
    begun = time.perf_counter()
    assert m.to_argdown_html().count("</li>") == 8_000
    assert time.perf_counter() - begun < 5


@given(wild())
def test_a_page_is_sound_whatever_is_written(debate: Debate):
    said = Page(api.Map(debate).to_argdown_html())
    assert len(said.ids) == len(set(said.ids))
    assert {link[1:] for link in said.links if link.startswith("#")} <= set(said.ids)


def test_anchors_hold_letters_digits_and_hyphens_only():
    assert "statement-gruesse-an-9-b" == anchor("statement-Grüße an 9 <b>")


# --- JSON


def data(body: str, *flags: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written("argdown-json", body, *flags))
    return found


def test_what_has_no_title_is_numbered_in_the_order_of_the_text():
    found = data(FULL)
    texts = {t: s["members"][0]["text"] for t, s in found["statements"].items() if "Unt" in t}
    assert texts == {
        "Untitled 1": "nobody sleeps",
        "Untitled 2": "They are tired.",
        "Untitled 3": "Sleep helps.",
        "Untitled 4": "It is cheap.",
        "Untitled 5": "three",
    }


def test_an_argument_without_a_title_goes_before_its_premises():
    found = data("a\n\n(1) p\n----\n(2) q\n")
    assert ["Untitled 2"] == list(found["arguments"])
    assert ["Untitled 1", "Untitled 3", "Untitled 4"] == list(found["statements"])


def test_a_title_that_is_taken_is_not_given_again():
    assert ["Untitled 1", "Untitled 2"] == sorted(data("[Untitled 1]: a\n\nb\n")["statements"])


def test_a_member_says_where_it_stands_and_what_it_is():
    (member, mention) = data(FULL)["statements"]["A"]["members"]
    assert (9, 1, 9) == tuple(member[k] for k in ("startLine", "startColumn", "endLine"))
    assert "top-level-statement" == member["role"]
    assert {"k": [1, "yes"]} == member["data"]
    text = member["text"]
    assert [
        ("bold", "begins at nine"),
        ("italic", "at"),
        ("link", "see"),
        ("argument-mention", "@<B>"),
        ("tag", "#t"),
    ] == [(r["type"], text[r["start"] : r["stop"] + 1].strip()) for r in member["ranges"]]
    assert "main-conclusion" == mention["role"]
    assert mention["isReference"]


def test_premises_and_conclusions_say_their_part_and_inferences_their_rules():
    b = data(FULL)["arguments"]["B"]
    roles = [s["role"] for s in b["pcs"]]
    assert ["premise"] * 2 + ["intermediary-conclusion", "premise", "main-conclusion"] == roles
    inference = b["pcs"][2]["inference"]
    assert ["Modus ponens", "Rule"] == inference["inferenceRules"]
    assert [("U", 2)] == [(r["from"], r["conclusionIndex"]) for r in inference["relations"]]
    assert {"uses": [1, 2]} == inference["data"]
    assert b["members"][1]["pcs"] == b["pcs"]


def test_relations_are_those_after_the_model_is_understood():
    found = data("[A]: a\n  - [C]: c\n", "model.mode=strict")
    assert ["contrary"] == [r["relationType"] for r in found["relations"]]
    assert found["relations"] == found["statements"]["A"]["relations"]


def test_arguments_taken_apart_have_their_own_structures():
    body = "(1) p\n----\n(2) q\n(3) [R]: r\n----\n(4) s\n"
    found = data(body, "model.explodeArguments=true")
    first, second = found["arguments"].values()
    assert ("Untitled 1 - 1", "Untitled 1 - 2") == (first["title"], second["title"])
    assert ["p", "q"] == [s["text"] for s in first["pcs"]]
    assert ["main-conclusion"] == [s["role"] for s in first["pcs"] if "inference" in s]
    assert second["title"] == second["pcs"][0]["argumentTitle"]


def test_sections_and_groups_nest_however_deep():
    body = "".join(f"{'#' * n} h{n}\n\n[a{n}]: x\n  + [b]\n\n" for n in range(1, 3_000))
    said = written("argdown-json", body, "group.groupDepth=10000")
    assert 2_999 == said.count('"type":"section"') == said.count('"type":"group-map-node"')
    found = data(FULL)
    (first,) = found["sections"]
    assert ("s1", "s2", "s1") == (
        first["id"],
        first["children"][0]["id"],
        first["children"][0]["parent"],
    )
    assert "s1" == found["map"]["nodes"][0]["id"]


def test_numbers_and_letters_that_json_cannot_hold_are_no_trap():
    b = argmap.Builder()
    b.word_claim("A", None, data=Data((("x", float("inf")),)))
    b.claim("half of a sign: \ud83d")
    said = b.map().to_argdown_json()
    assert json.loads(said)["statements"]["A"]["data"] == {"x": None}
    assert "\\ud83d" in said


@given(wild())
def test_json_is_sound_whatever_is_written(debate: Debate):
    said = api.Map(debate).to_argdown_json()
    found = json.loads(said.encode())
    assert len(debate.claims) == len(found["statements"])
    assert len(debate.arguments) == len(found["arguments"])
    titles = {*found["statements"], *found["arguments"]}
    assert all(r["from"] in titles and r["to"] in titles for r in found["relations"])
    for title, thing in [*found["statements"].items(), *found["arguments"].items()]:
        assert title == thing["title"]
    ids = set(all_ids(found["map"]["nodes"]))
    assert all({e["from"], e["to"]} <= ids for e in found["map"]["edges"])


def all_ids(nodes: list[dict[str, Any]]) -> Iterator[str]:
    todo = list(nodes)
    while todo:
        node = todo.pop()
        yield node["id"]
        todo += node.get("children", ())


# --- real texts


@pytest.mark.skipif(not corpus.files("A"), reason="no corpus beside the repository")
@pytest.mark.parametrize("path", corpus.files("A"), ids=lambda p: p.name)
def test_the_json_of_a_real_text_is_that_of_argdowns_own_tools(path: Path):
    theirs = corpus.answer(path)
    reading = corpus.reading(path)
    ours = json.loads(api.Map(reading.debate, reading.problems, reading.texts).to_argdown_json())
    assert named_texts(theirs["statements"]) == named_texts(normal_statements(ours))
    assert counted(theirs["statements"]) == counted(normal_statements(ours))
    assert counted(theirs["arguments"]) == counted(normal_arguments(ours))
    assert counted(their_relations(theirs)) == counted(our_relations(ours))
    assert trees(theirs["sections"]) == trees(ours["sections"])
    assert counted(theirs["tags"]) == counted(
        [{k: t[k] for k in ("tag", "color") if k in t} for t in ours["tags"].values()]
    )
    assert boxes(theirs["map"]["nodes"]) == boxes(ours["map"]["nodes"])
    assert counted(their_edges(theirs)) == counted(our_edges(ours))


@pytest.mark.skipif(not corpus.files("A"), reason="no corpus beside the repository")
@pytest.mark.parametrize("path", corpus.files("A"), ids=lambda p: p.name)
def test_every_real_text_is_written_in_every_way(path: Path):
    reading = corpus.reading(path)
    m = api.Map(reading.debate, reading.problems, reading.texts)
    ET.fromstring(m.to_graphml().encode())
    assert Page(m.to_argdown_html()).ids is not None
    told: list[str] = []
    ET.fromstring(m.to_argdown_svg(tell=told.append).encode())
    assert [] == [t for t in told if "as a tree instead" in t]


def counted(found: list[dict[str, Any]]) -> Counter[Hashable]:
    return Counter(corpus.frozen(tidy(f)) for f in found)


def tidy(value: Any) -> Any:
    """*value* as texts are compared, without what is empty."""
    if isinstance(value, dict):
        made = {k: tidy(v) for k, v in value.items()}
        return {k: v for k, v in made.items() if v not in (None, [], {}, "")}
    if isinstance(value, list):
        return [tidy(v) for v in value]
    return corpus.plain(value) if isinstance(value, str) else value


def named_texts(found: list[dict[str, Any]]) -> dict[str, str]:
    """The texts of what has no title, under the number it was given."""
    return {
        s["title"]: corpus.plain(s.get("text")) for s in found if s["title"].startswith("Untitled ")
    }


def last_text(members: list[dict[str, Any]]) -> str | None:
    defined = [m for m in members if not m.get("isReference")]
    flagged = [m for m in defined if m.get("data", {}).get("isCanonical")]
    shown = (flagged or defined)[-1:]
    return shown[0].get("text") if shown else None


def normal_statements(found: dict[str, Any]) -> list[dict[str, Any]]:
    made = []
    for s in found["statements"].values():
        members = s["members"]
        first = [m["text"] for m in members if not m.get("isReference") and "text" in m]
        kept = {k: s[k] for k in ("title", "tags", "data", "section", "color") if k in s}
        roles = [m.get("role", "-") + ("*" if m.get("isReference") else "") for m in members]
        made.append(
            {**kept, "firstText": first[0] if first else None, "text": last_text(members),
             "roles": roles}
        )  # fmt: skip
    return made


def normal_arguments(found: dict[str, Any]) -> list[dict[str, Any]]:
    made = []
    for a in found["arguments"].values():
        kept = {k: a[k] for k in ("title", "tags", "data", "section", "color") if k in a}
        kept["descriptions"] = [m["text"] for m in a["members"] if not m.get("isReference")]
        kept["references"] = sum(bool(m.get("isReference")) for m in a["members"])
        kept["pcs"] = [
            {
                **{k: s[k] for k in ("role", "title", "text", "isReference", "tags", "data")
                   if k in s},
                "inference": {
                    "rules": s.get("inference", {}).get("inferenceRules"),
                    "data": s.get("inference", {}).get("data"),
                },
            }
            for s in a["pcs"]
        ]  # fmt: skip
        made.append(kept)
    return made


def their_relations(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        relation(r["type"], *((e["kind"], e["title"], e.get("conclusionIndex")) for e in
                              (r["from"], r["to"])))
        for r in found["relations"]
    ]  # fmt: skip


def our_relations(found: dict[str, Any]) -> list[dict[str, Any]]:
    words = {"equivalence-class": "statement"}
    return [
        relation(
            r["relationType"],
            (words.get(r["fromType"], r["fromType"]), r["from"], None),
            (words.get(r["toType"], r["toType"]), r["to"], r.get("conclusionIndex")),
        )
        for r in found["relations"]
    ]


def relation(kind: str, tail: Any, head: Any) -> dict[str, Any]:
    ends = [tuple(str(e) for e in end) for end in (tail, head)]
    if kind in ("contradictory", "contrary"):
        ends.sort()
    return {"kind": kind, "ends": [list(e) for e in ends]}


def trees(sections: list[dict[str, Any]]) -> Hashable:
    keys = ("id", "level", "title", "tags", "data", "isGroup", "isClosed")
    return tuple(
        (corpus.frozen(tidy({k: s[k] for k in keys if k in s})), trees(s.get("children", [])))
        for s in sections
    )


def boxes(nodes: list[dict[str, Any]]) -> Counter[Hashable]:
    keys = ("title", "labelTitle", "labelText", "tags", "color", "level", "isClosed")
    return Counter(
        (
            n.get("kind", "") or n["type"].removesuffix("-map-node"),
            corpus.frozen(tidy({k: n[k] for k in keys if n.get(k)})),
            frozenset(boxes(n.get("children", [])).items()),
        )
        for n in nodes
    )


def their_edges(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        relation(e["type"], *((x["kind"], x["title"]) for x in (e["from"], e["to"])))
        for e in found["map"]["edges"]
    ]


def our_edges(found: dict[str, Any]) -> list[dict[str, Any]]:
    todo, ends = list(found["map"]["nodes"]), {}
    while todo:
        node = todo.pop()
        ends[node["id"]] = (node["type"].removesuffix("-map-node"), node["title"])
        todo += node.get("children", ())
    return [
        relation(e["relationType"], ends[e["from"]], ends[e["to"]]) for e in found["map"]["edges"]
    ]


SLY = [
    'color: {tagColors: {pro: {color: "red} </style><script>alert(1)</script>"}}}',
    'dot: {statement: {title: {font: "a\\"/><script>alert(1)</script>"}}}',
    'dot: {group: {font: "<script>"}}',
    'dot: {useHtmlLabels: false, graphVizSettings: {fontname: "a\\" onload=\\"x", label: x}}',
    "dot: {graphVizSettings: {node: x, image: /etc/passwd}}",
]


@pytest.mark.parametrize("setting", SLY)
def test_no_setting_brings_a_script_into_what_is_written(setting: str):
    body = f"===\n{setting}\n===\n\n# H\n\n## G\n\n[a]: x #pro\n  + [b]: y\n"
    reading = api.read_bytes(body.encode(), "m.argdown")
    m = api.Map(reading.debate, reading.problems, reading.texts)
    for made in (m.to_argdown_svg(), m.to_argdown_html(), m.to_graphml()):
        assert "<script" not in made
        assert " onload=" not in made
        assert "passwd" not in made.replace(body, "") or "html" in made[:200]
    ET.fromstring(m.to_argdown_svg())
