"""Pictures, outlines and DOT: what they hold, and that no text of a map gets out of hand."""

from __future__ import annotations

import itertools
import math
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest
from conftest import ROOT
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import WILD, debates

import argmap
from argmap.formats import read
from argmap.layout import arrange, engine
from argmap.model import Builder, Debate, Voice
from argmap.render.dot import dot
from argmap.render.outline import outline
from argmap.render.svg import svg
from argmap.render.theme import DARK, LIGHT, Theme
from argmap.text import Text, printable, width
from argmap.view import WHOLE, Choice, Mark, View, forest, view

SVG = "{http://www.w3.org/2000/svg}"
NASTY = [
    "<script>alert(1)</script>",
    "\"quotes\" & 'ampersands' ]]>",
    "control \x00\x1b[2J\x07 characters",
    "bidi \u202e override \u2066",
    "\U0001f600 emoji \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "back\\slash \\N \\l and <html>",
    "w" * 5000,
    "你好世界" * 40,
    "مرحبا بالعالم",
]


def of(body: str, choice: Choice = WHOLE) -> View:
    return view(read(Text("m", body)).debate, choice)


def one(text: str, title: str = "") -> View:
    b = Builder(title=title)
    b.claim(text, by=b.speaker(text[:40].strip() or "x"))
    return view(b.build())


def words(root: ET.Element) -> str:
    return " ".join("".join(t.itertext()) for t in root.iter(f"{SVG}text"))


# --- svg


@pytest.mark.parametrize("text", NASTY)
def test_no_text_gets_out_of_the_picture(text: str):
    root = ET.fromstring(svg(arrange(one(text, text))))
    assert [] == [e.tag for e in root.iter() if e.tag == f"{SVG}script"]
    assert not re.search("[\u202e\u2066\x1b]", "".join(root.itertext()))


@given(debates(WILD))
def test_a_picture_is_well_formed_whatever_a_map_says(debate: Debate):
    ET.fromstring(svg(arrange(view(debate), card_width=180, direction="down")))


@given(debates())
def test_a_picture_holds_the_words_of_every_card(debate: Debate):
    drawing = arrange(view(debate))
    shown = "".join(words(ET.fromstring(svg(drawing))).split())
    for c in drawing.view.cards:
        if not c.sees:
            assert "".join(c.text.split()) in shown
            for said in (c.credit, c.manner, *c.source.split(), c.bears):
                assert "".join(said.split()) in shown


@given(debates())
def test_a_picture_names_every_card_and_link_for_those_who_do_not_see_it(debate: Debate):
    drawing = arrange(view(debate))
    root = ET.fromstring(svg(drawing))
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert {c.id for c in drawing.view.cards} <= set(ids)
    assert {f"e-{i.id}" for i in drawing.view.inferences} <= set(ids)
    labels = {e.get("id"): e.get("aria-label") for e in root.iter() if e.get("aria-label")}
    assert all(labels[c.id] for c in drawing.view.cards)
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None


def test_a_reader_meets_the_cards_in_the_order_of_their_numbers():
    drawing = arrange(of("[A]: a\n  + [B]: b\n    + [C]: c\n  - [D]: d"))
    found = re.findall(r'<g id="(n\d+)"', svg(drawing))
    assert [c.id for c in drawing.view.cards] == found


def test_a_picture_uses_nothing_that_other_programs_do_not_show():
    drawn = svg(arrange(of("[A]: a\n  + b\n  - c\n    _ d\n  >< e")))
    for missing in ("<marker", "var(", "<filter", "foreignObject", "@import", "@font-face", "url("):
        assert missing not in drawn


def test_the_legend_explains_only_what_occurs():
    plain = words(ET.fromstring(svg(arrange(of("[A]: a\n  + b")))))
    assert "supports" in plain
    assert "objects to" not in plain
    assert "undercuts" not in plain
    both = words(ET.fromstring(svg(arrange(of("[A]: a\n  - b\n    _ c")))))
    assert "objects to" in both
    assert "undercuts the step" in both


def test_a_reported_view_is_never_shown_as_the_reporters_own():
    b = Builder()
    b.claim("x", by=b.speaker("Eugene Rumer"), voice="reported", of="Washington")
    drawn = svg(arrange(view(b.build())))
    assert "Washington (as reported by Rumer)" in drawn
    assert "as reported by Rumer" in words(ET.fromstring(drawn))
    assert "reported, not held" in words(ET.fromstring(drawn))


@pytest.mark.parametrize("voice", [v for v in Voice if v not in (Voice.ASSERTED, Voice.REPORTED)])
def test_every_voice_but_the_plain_one_is_there_in_words(voice: Voice):
    b = Builder()
    b.claim("x", by=b.speaker("Ana"), voice=voice)
    seen = view(b.build())
    (card,) = seen.cards
    assert card.manner
    assert card.manner in words(ET.fromstring(svg(arrange(seen))))
    assert f"({card.manner})" in outline(seen)
    assert f"({card.manner})" in dot(seen).replace("\n", "")


def test_a_map_without_claims_is_a_friendly_picture():
    drawn = svg(arrange(view(Debate(title="Soon"))))
    assert "This map holds no claims yet." in drawn
    assert "Soon" in drawn


def test_dark_values_stand_only_where_the_screen_is_dark():
    drawing = arrange(of("[A]: a\n  + b"))
    auto, light, dark = (svg(drawing, theme=t) for t in ("auto", "light", "dark"))
    style = re.search(r"<style>(.*?)</style>", auto)
    assert style is not None
    assert style[1].startswith("@media (prefers-color-scheme:dark)")
    assert "<style>" not in light + dark
    assert DARK["bg"] not in light
    assert LIGHT["support-tint"] not in dark


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    """Of two colours, by WCAG 2.1."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_all_text_has_a_contrast_of_four_and_a_half(theme: Theme):
    tints = ["bg", "support-tint", "attack-tint", "undercut-tint", "other-tint"]
    pairs = [(t, g) for g in tints for t in ("ink", "grey", *(f"author-{i}" for i in range(6)))]
    pairs += [("claim-ink", "claim"), ("claim-grey", "claim")]
    pairs += [(f"author-{i}-claim", "claim") for i in range(6)]
    pairs += [("sign", c) for c in ("support", "attack", "undercut", "other", "contradict")]
    pairs += [(c, "bg") for c in ("support", "attack", "undercut", "other", "contradict")]
    weak = [(a, b, round(contrast(theme[a], theme[b]), 2)) for a, b in pairs]
    assert [] == [p for p in weak if p[2] < 4.5]


# --- outline


@given(debates(), st.booleans(), st.integers(40, 120))
def test_the_outline_shows_every_claim(debate: Debate, ascii: bool, columns: int):
    seen = view(debate)
    text = outline(seen, columns=columns, ascii=ascii)
    flat = "".join(re.sub(r"[│├└─|`]", "", text).split())
    for c in seen.cards:
        if not ascii:
            assert "".join(re.sub(r"[│├└─|`]", "", printable(c.text)).split()) in flat
        assert c.number in text


@given(debates(WILD))
def test_an_outline_cannot_steer_a_terminal(debate: Debate):
    text = outline(view(debate))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


@given(debates(), st.integers(30, 100))
def test_an_outline_is_as_wide_as_it_may_be(debate: Debate, columns: int):
    deepest = max((c.number.count(".") for c in view(debate).cards), default=0)
    allowed = max(columns, 3 * deepest + 8 + 24)
    assert all(
        width(line) <= allowed for line in outline(view(debate), columns=columns).split("\n")
    )


@given(debates())
def test_nothing_is_drawn_out_twice(debate: Debate):
    trees = forest(view(debate))
    entries = outline(trees).count("\n")
    assert entries >= len(trees.cards) - 1


def test_an_outline_in_ascii_is_ascii_but_for_the_words_of_the_map():
    text = outline(
        of("===\ntitle: T\n===\n\n[A]: a {source: R, at: ¶4}\n  + b\n\n[B]\n  + b"), ascii=True
    )
    assert text.isascii()


def test_what_lies_deeper_is_counted():
    text = outline(of("[A]: a\n  + b\n    - c\n      + d\n  + e", Choice(2)))
    assert "Part of the map: 2 levels of 4; 3 of 5 cards\n\n" in text
    assert "   … 2 more below (1 objection)" in text.replace("│", " ")
    assert "c" not in text.replace("objection", "").replace("cards", "")


def test_a_circle_is_said_and_not_followed():
    text = outline(of("[A]: a\n  + [B]: b\n    + [A]"))
    assert "↻ back to 1 a" in text
    assert "(loop) back to 1 a" in outline(of("[A]: a\n  + [B]: b\n    + [A]"), ascii=True)


def test_colour_only_repeats_what_the_signs_say():
    seen = of("[A]: a\n  + b\n  - c\n    _ d")
    coloured = outline(seen, colour=True)
    assert "\x1b[" in coloured
    assert outline(seen) == re.sub(r"\x1b\[\d+m", "", coloured)


def test_words_that_are_wide_take_two_columns():
    lines = outline(of("[A]: " + "議論 " * 30), columns=40).splitlines()
    assert max(map(width, lines)) <= 40
    assert max(map(len, lines)) < 32


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[A]: a\n  + b", "1 a\n└─ +  1.1 b\n"),
        ("[A]: a\n  >< [B]: b", "1 a\n⇄ contradicts 2\n\n2 b\n⇄ contradicts 1\n"),
        (
            "<A>\n\n(1) p\n(2) q\n(3) r\n----\n  _ u\n(4) c",
            "1 c\n├─ +┌ 1.1 p (argument A)\n├─ +│ 1.2 q\n├─ +└ 1.3 r\n"
            "└─ x  1.4 u (undercuts 1.1+1.2+1.3 ⇒ 1)\n",
        ),
        ("[A]: a\n  + [S]: s\n\n[B]: b\n  + [S]", "1 a\n└─ +  1.1 s\n\n2 b\n└─ +  → see 1.1 s\n"),
        ("", ""),
    ],
)
def test_small_outlines(body: str, expected: str):
    assert expected == outline(of(body))


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("tension", "⇄ is in tension with 2 (in tension, the mapper’s reading)"),
        (
            "{as: past, because: why not}",
            "⇄ talks past 2 (past each other, the mapper’s reading: why not)",
        ),
        ("clash", "⇄ contradicts 2 (clash, the mapper’s reading)"),
    ],
)
def test_what_is_mutual_is_said_as_it_is(link: str, said: str):
    assert said in outline(of(f"[A]: a\n  >< [B]: b {{link: {link}}}"), columns=100)


def test_a_source_of_a_name_only_is_named():
    assert "1 a — Town hall ¶4" in outline(of("===\nsource: Town hall\n===\n\n[A]: a {at: ¶4}"))


# --- dot


@settings(max_examples=30)
@given(debates(WILD))
def test_the_dot_of_any_map_is_understood_by_graphviz(debate: Debate):
    assert engine.embedded(dot(view(debate)), 60).startswith(b"{")


@pytest.mark.parametrize("text", [t for t in NASTY[:6] if not t.startswith("<")])
@pytest.mark.skipif(shutil.which("dot") is None, reason="no program dot on the path")
def test_native_graphviz_shows_the_words_as_they_are(text: str):
    source = dot(one(text, text))
    done = subprocess.run(
        ["dot", "-Tsvg"], input=source.encode(), capture_output=True, check=True, timeout=60
    )
    shown = "".join("".join(ET.fromstring(done.stdout).itertext()).split())
    for word in re.findall(r"[a-z]{4,}", text):
        assert word in shown


def test_every_mark_has_a_colour_a_head_and_a_word():
    from argmap.render.dot import _HEADS
    from argmap.render.marks import head_of
    from argmap.render.theme import of_mark

    assert set(Mark) == set(_HEADS)
    assert all(LIGHT[of_mark(m)] and head_of(m) and m.value and m.sign for m in Mark)


def discs(drawn: str) -> list[tuple[float, float, float]]:
    """The badges and joints of a picture: where they are, and their radius."""
    found = re.findall(r'<circle cx="([-0-9.]+)" cy="([-0-9.]+)" r="(9|12)"', drawn)
    return [(float(x), float(y), float(r)) for x, y, r in found]


@given(debates(), st.sampled_from(["tree", "columns"]), st.sampled_from(["auto", "down", "right"]))
def test_badges_never_collide(debate: Debate, layout, direction):
    found = discs(svg(arrange(view(debate), layout=layout, direction=direction)))
    for (x, y, r), (x2, y2, r2) in itertools.combinations(found, 2):
        assert math.dist((x, y), (x2, y2)) >= r + r2 - 1


@settings(max_examples=20)
@given(debates(), st.sampled_from(["down", "right"]))
def test_badges_never_collide_where_graphviz_lays_out(debate: Debate, direction):
    seen = view(debate)
    assume(not any(i.head in i.tails for i in seen.inferences))  # there is no room on a loop
    found = discs(svg(arrange(seen, layout="dot", direction=direction)))
    for (x, y, r), (x2, y2, r2) in itertools.combinations(found, 2):
        assert math.dist((x, y), (x2, y2)) >= r + r2 - 1


def test_words_on_links_lie_on_no_card_if_there_is_room():
    drawn = svg(
        arrange(argmap.load(ROOT / "maps" / "rumer-vs-kaczmarski.argdown").view(), layout="dot")
    )
    pills = re.findall(r'<g id="w-i\d+"><rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)"', drawn)
    cards = re.findall(
        r'role="group"[^>]*><title>[^<]*</title>'
        r'<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)"',
        drawn,
    )
    assert 5 < len(pills)
    hidden = 0
    for x, y, w in (map(float, p) for p in pills):
        for left, top, wide, high in (map(float, c) for c in cards):
            across = min(x + w, left + wide) - max(x, left)
            along = min(y + 22, top + high) - max(y, top)
            hidden += max(0.0, across) * max(0.0, along) > 22 * w / 4
    assert hidden <= len(pills) / 4


def test_a_title_between_brackets_is_no_markup_in_dot():
    made = dot(of('===\ntitle: "<b>"\n===\n\n[<u>]: <script\\>x</script\\>\n  + <i>\n\n<i>: <p\\>'))
    assert 'tooltip="<b>"' in made
    assert not re.search(r"=<[^<]*>", made)
