"""Themes: what is drawn can be told from what it is drawn on, in every theme and in any file."""

from __future__ import annotations

import re
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from types import MappingProxyType

import pytest
from attrs import evolve, frozen
from click.shell_completion import ShellComplete
from click.testing import CliRunner
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

import argmap
from argmap.cli import main
from argmap.render.contrast import (
    GROUNDS,
    LINE,
    TEXT,
    Pair,
    contrast,
    luminance,
    nearest,
    pairs,
    plain,
)
from argmap.render.hatch import PATTERNS, strokes
from argmap.render.marks import dashes, head_of
from argmap.render.pen import seats
from argmap.render.theme import AUTHORS, DARK, LIGHT, NAMES, PRINT, THEMES, Theme, of_mark
from argmap.render.theme_file import MOST_AUTHORS, read_theme, starting_theme
from argmap.text import Text, report
from argmap.view import Mark

SVG = "{http://www.w3.org/2000/svg}"
NAMED = ["Ana Keller", "Bo Lind", "Cy Moss", "Di Nagy", "Ed Orr", "Flo Park", "Gus Quay"]


def people(count: int) -> argmap.Map:
    """A map in which *count* people hold a main claim and a reason each, and all but the last
    an objection.
    """
    b = argmap.Builder(title="Who holds what")
    by = [b.speaker(name) for name in NAMED[:count]]
    tops = [b.claim(f"A main claim of {s.key}.", by=s) for s in by]
    for n, top in enumerate(tops):
        reason = b.claim(f"A reason for claim {n + 1}.", by=by[(n + 1) % count])
        b.support(top, reason)
        if n != 4:
            b.rebut(reason, b.claim(f"An objection to reason {n + 1}.", by=by[(n + 2) % count]))
    board = [b.claim("It was reported so.", by=by[0], voice="reported", of="the board")]
    b.support(tops[-1], board)
    b.claim("A main claim that is reported.", by=by[-1], voice="reported", of="the board")
    return b.map()


EVERYTHING = """\
===
title: Everything that is drawn
speaker: {name: Ana Keller, role: sleep researcher}
source: {key: Town hall, title: Report of the town hall, date: 2024-03-02}
===

[A]: A main claim. {at: ¶4}
  + [B]: A reason. {at: ¶5}
    - [C]: An objection.
      _ [D]: An undercut.
  + [E]: A reason that is not stated. {unstated: true}
  - [F]: A reported objection. {voice: reported, of: the bus company}
  >< [G]: The contrary.
    + [B]

<Steps>

(1) One premise.
(2) Another premise.
----
(3) [A]
  _ [H]: An undercut of the step.
"""


def maps() -> Iterator[tuple[str, argmap.Map]]:
    yield "everything", argmap.loads(EVERYTHING)
    yield "seven", people(7)
    yield "empty", argmap.loads("")
    for path in sorted((ROOT / "maps").glob("*.argdown")):
        yield path.stem, argmap.load(path)


MAPS = dict(maps())


# --- what is drawn, and on what


@frozen
class Drawn:
    """Something in a picture: its colours, where it is looked at, and what it covers."""

    what: str
    colours: tuple[str, ...]
    at: tuple[tuple[float, float], ...]
    words: bool = False
    covers: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    fill: str = "none"
    way: str = ""


def drawn(root: ET.Element) -> Iterator[Drawn]:
    """What stands in a picture, in the order in which it is painted."""
    for e in root.iter():
        tag = e.tag.removeprefix(SVG)
        fill, stroke = e.get("fill", "none"), e.get("stroke", "none")
        colours = tuple(dict.fromkeys(c for c in (fill, stroke) if c != "none"))
        if not colours:
            continue
        match tag:
            case "text":
                x, y, size = (float(e.get(k, "0")) for k in ("x", "y", "font-size"))
                wide = float(e.get("textLength", "10"))
                if e.get("text-anchor") == "middle":
                    x, wide = x - 4, 8.0
                spots = tuple((x + wide * part, y - size * 0.3) for part in (0.0, 0.5, 1.0))
                yield Drawn(f"text {e.text!r}", colours, spots, words=True)
            case "rect" if e.get("width") == "100%":
                yield Drawn("ground", (), (), covers=(-1e9, -1e9, 1e9, 1e9), fill=fill)
            case "rect":
                x, y, w, h = (float(e.get(k, "0")) for k in ("x", "y", "width", "height"))
                outside = ((x - 2.0, y + h / 2), (x + w / 2, y - 2.0))
                yield Drawn(
                    f"rect {colours}", colours, outside, covers=(x, y, x + w, y + h), fill=fill
                )
            case "circle":
                x, y, r = (float(e.get(k, "0")) for k in ("cx", "cy", "r"))
                corner = ((x - r - 2.0, y),)
                box = (x - r, y - r, x + r, y + r)
                yield Drawn(f"circle {colours}", colours, corner, covers=box, fill=fill)
            case "path":
                dx, dy = map(float, re.findall(r"[-\d.]+", e.get("transform", "0,0")))
                way = e.get("d", "")
                x, y = map(float, re.findall(r"-?[\d.]+", way)[:2])
                # a bar begins where it meets the card
                spots = ((x + dx + (1.0 if fill != "none" else 0.0), y + dy + 1.0),)
                yield Drawn(f"path {colours} {way[:30]}", colours, spots, way=way)


def weak(picture: str, exempt: tuple[str, ...] = ()) -> list[str]:
    """What of *picture* has less contrast to what it stands on than WCAG 2.1 asks for.

    *exempt* are colours of rules that only separate.
    """
    found: list[str] = []
    painted: list[Drawn] = []
    for d in drawn(ET.fromstring(picture)):
        hollow = painted and d.way and d.way == painted[-1].way  # the middle of a double line
        if not hollow and not set(d.colours) <= set(exempt):
            for x, y in d.at:
                ground = next(
                    p.fill
                    for p in reversed(painted)
                    if p.fill != "none"
                    and p.covers[0] <= x <= p.covers[2]
                    and p.covers[1] <= y <= p.covers[3]
                )
                ratio = max(contrast(c, ground) for c in d.colours)
                if ratio < (TEXT if d.words else LINE):
                    found.append(f"{d.what} on {ground}: {ratio:.2f}")
        painted.append(d)
    return found


@pytest.mark.parametrize("name", MAPS)
@pytest.mark.parametrize("theme", THEMES)
def test_what_is_drawn_can_be_told_from_what_it_is_drawn_on(theme: str, name: str):
    picture = MAPS[name].to_svg(theme=theme, direction="down", card_width=200)
    assert [] == weak(picture, (THEMES[theme]["hairline"],))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("group", ["author", "section"])
def test_in_groups_too(theme: str, group: str):
    for name in ("everything", "seven", "rumer-vs-kaczmarski"):
        shown = MAPS[name].showing(group=group)  # type: ignore[arg-type]
        assert [] == weak(shown.to_svg(theme=theme), (THEMES[theme]["hairline"],))


@pytest.mark.parametrize(
    ("name", "colour", "what"),
    [
        ("grey", "#A8B0BC", "text"),
        ("claim-ink", "#445061", "text"),
        ("support", "#A8E6CF", "path"),
        ("sign", "#0B7A5C", "path"),
        ("author-1-claim", "#17202E", "path"),
        ("claim-line", "#FFFFFF", ""),  # the ground of claims is enough
    ],
)
def test_the_check_sees_what_is_weak(name: str, colour: str, what: str):
    changed = evolve(LIGHT, colours=MappingProxyType({**LIGHT.colours, name: colour}))
    found = weak(people(3).to_svg(theme=changed), (LIGHT["hairline"],))
    assert bool(what) == bool(found)
    assert all(what in f for f in found[:1])


def too_near(theme: Theme) -> list[Pair]:
    every = pairs(theme.authors)
    return [p for p in every if contrast(theme[p.figure], theme[p.ground]) < p.least]


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda t: t.name)
def test_a_theme_has_every_colour_with_the_contrast_it_needs(theme: Theme):
    assert set(NAMES) <= set(theme.colours)
    assert all(plain(c) == c for c in theme.colours.values())
    short = [
        p for p in pairs(theme.authors) if contrast(theme[p.figure], theme[p.ground]) < p.least
    ]
    assert [] == short


@given(st.sampled_from(sorted(MAPS)))
@settings(max_examples=5)
def test_a_dark_screen_shows_the_dark_theme(name: str):
    auto, dark, light = (MAPS[name].to_svg(theme=t) for t in ("auto", "dark", "light"))
    style = re.search(r"<style>@media \(prefers-color-scheme:dark\)\{(.*)\}</style>", auto)
    assert style is not None
    rules = dict(re.findall(r"\.([\w-]+)\{(?:fill|stroke):(#\w+)\}", style[1]))
    body = auto.replace(style[0], "")

    def seen_dark(m: re.Match[str]) -> str:
        names = iter(m[2].split())
        return re.sub(r'"#\w+"', lambda _: f'"{rules[next(names)]}"', m[1])

    colours = r'((?:(?:fill|stroke)="#\w+" ?)+) class="([^"]*)"'
    assert dark == re.sub(colours, seen_dark, body)
    assert light == re.sub(r' class="[^"]*"', "", body)


@pytest.mark.parametrize("theme", [*THEMES, "auto"])
def test_a_page_can_be_read_in_every_theme(theme: str):
    page = MAPS["everything"].to_html(theme=theme)
    chosen = THEMES.get(theme, LIGHT)
    sheet = re.search(r"<style>\n(.*?)</style>", page, re.S)
    assert sheet is not None
    light, _, dark = sheet[1].partition("@media screen and (prefers-color-scheme: dark)")
    assert 5 < len(re.findall("color: #", light))
    assert bool(dark) == (theme == "auto")
    for rules, t in [(light, chosen), *([(dark, DARK)] if dark else [])]:
        for rule in re.findall(r"\{([^{}]*)\}", rules):
            ground = re.search(r"background(?:-color)?: (#\w{6})", rule)
            on = ground[1] if ground else t["bg"]
            for what, colour in re.findall(r"(?<![\w])([\w-]*color): (#\w{6})", rule):
                if what == "color":
                    assert contrast(colour, on) >= TEXT, rule
                elif "background" not in what and colour != t["hairline"]:
                    assert contrast(colour, on) >= LINE, rule
    assert f"color-scheme: {'light dark' if theme == 'auto' else chosen.scheme};" in sheet[1]


# --- colours and eyes

# For people who see no red, no green, no blue: matrices for linear RGB at full severity.
# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (6), 2009, table 1.
EYES = {
    "all colours": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def lab(colour: str, eye: str) -> tuple[float, float, float]:
    """*colour* as *eye* sees it, in CIE L*a*b* under D65."""
    raw = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in raw]
    r, g, b = (
        min(1.0, max(0.0, sum(m * c for m, c in zip(row, linear, strict=True))))
        for row in EYES[eye]
    )
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    fx, fy, fz = (
        c ** (1 / 3) if c > 216 / 24389 else (24389 / 27 * c + 16) / 116 for c in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def apart(a: str, b: str, eye: str) -> float:
    """How far *eye* sees two colours apart: CIE 1976; about 2.3 can just be seen."""
    return sum((p - q) ** 2 for p, q in zip(lab(a, eye), lab(b, eye), strict=True)) ** 0.5


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize(("theme", "least"), [("light", 30), ("dark", 20)])
def test_support_attack_and_undercut_look_different_to_all_eyes(theme: str, least: int, eye: str):
    colours = THEMES[theme]
    for a, b in combinations(("support", "attack", "undercut"), 2):
        assert apart(colours[a], colours[b], eye) > least, (a, b)


def test_links_are_told_apart_without_any_colour():
    looks = [(dashes(m), head_of(m), m is Mark.AGREE) for m in Mark]
    assert len(looks) == len(set(looks))
    assert len(Mark) == len({m.sign + m.value for m in Mark})


def test_in_print_everything_is_grey():
    assert all(len({c[1:3], c[3:5], c[5:7]}) == 1 for c in PRINT.colours.values())
    drawn_with = set(re.findall(r"#[0-9A-Fa-f]{6}", MAPS["seven"].to_svg(theme="print")))
    assert drawn_with <= set(PRINT.colours.values())


# --- authors


def bars(picture: str) -> dict[str, str]:
    """What stands on the left edge of the card of each claim in *picture*, whatever its height:
    the colour or the pattern.
    """
    found: dict[str, str] = {}
    for group in ET.fromstring(picture).iter(f"{SVG}g"):
        if group.get("role") != "group":
            continue
        marks = []
        for p in group.iter(f"{SVG}path"):
            thick = p.get("stroke-width", "")
            rises = re.findall(r"M[-\d.]+,([-\d.]+)L[-\d.]+,([-\d.]+)", p.get("d", ""))
            slopes = {(float(a) < float(b)) - (float(a) > float(b)) for a, b in rises}
            marks.append(f"{p.get('fill')} {p.get('stroke')} {thick} {sorted(slopes)}")
        found[group.get("aria-label", "")] = "; ".join(marks)
    return found


def by_person(picture: str) -> dict[str, set[str]]:
    """The bars of each of `NAMED` on plain cards."""
    found: dict[str, set[str]] = {}
    for label, bar in bars(picture).items():
        for name in NAMED:
            if f" {name.split()[1]}, " in label and "claims" not in label and "See" not in label:
                found.setdefault(name, set()).add(bar)
    return found


@pytest.mark.parametrize("theme", THEMES)
def test_each_of_six_people_has_a_mark_of_their_own(theme: str):
    marks = by_person(people(6).to_svg(theme=theme))
    assert 6 == len(marks)
    assert all(len(m) == 1 for m in marks.values())
    assert 6 == len({min(m) for m in marks.values()})
    assert "" not in {min(m) for m in marks.values()}


@pytest.mark.parametrize("theme", THEMES)
def test_of_seven_people_those_who_hold_most_have_a_mark_and_the_other_has_none(theme: str):
    marks = by_person(people(7).to_svg(theme=theme))
    assert ["Gus Quay"] == [name for name, m in marks.items() if m == {""}]
    assert 7 == len({min(m) for m in marks.values()})


def test_marks_go_to_those_who_hold_most_in_the_order_of_the_speakers():
    assert {"b": 0, "c": 1} == seats({"a": 1, "b": 3, "c": 2}, 2)
    assert {"a": 0, "b": 1} == seats({"a": 2, "b": 2, "c": 2}, 2)
    assert {} == seats({}, 6)


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 9), max_size=12), st.integers(1, 12))
def test_no_mark_is_given_twice(held: dict[str, int], room: int):
    given = seats(held, room)
    assert list(range(min(room, len(held)))) == list(given.values())
    assert all(held[a] >= held[b] for a in given for b in held if b not in given)


def test_a_part_of_a_map_does_not_repaint_people():
    whole = people(7)
    for who in ("Moss", "Quay"):
        part = by_person(whole.showing(only={"author": who}).to_svg(theme="light"))
        every = by_person(whole.to_svg(theme="light"))
        assert part
        assert all(every[name] == mark for name, mark in part.items())
    assert whole.view().held == whole.showing(only={"author": "Moss"}).view().held


def test_what_is_reported_has_no_pattern_of_the_one_who_reports():
    for label, bar in bars(people(6).to_svg(theme="print")).items():
        if "as reported" in label:
            assert "none #111111 1.5 []" == bar


@given(
    st.sampled_from(PATTERNS),
    st.floats(4, 40).map(lambda n: round(n, 1)),
    st.floats(8, 900).map(lambda n: round(n, 1)),
    st.booleans(),
)
def test_a_pattern_stays_in_its_shape(pattern: str, width: float, height: float, rounded: bool):
    radius = min(width, height / 2) if rounded else 0.0
    ways = re.findall(r"[ML]([-\d.]+),([-\d.]+)", strokes(pattern, width, height, radius))
    assert bool(ways) == (pattern not in ("solid", "empty") and height >= 8)
    for x, y in ((float(x), float(y)) for x, y in ways):
        assert -0.1 <= x <= width + 0.1
        assert -0.1 <= y <= height + 0.1
        deep = min(y, height - y)
        if pattern != "dotted" and x < radius and deep < radius:
            assert (radius - x) ** 2 + (radius - deep) ** 2 <= (radius + 0.2) ** 2


def test_patterns_are_drawn_without_what_other_programs_do_not_show():
    picture = MAPS["seven"].to_svg(theme="print")
    for missing in ("<pattern", "clip", "<mask", "url(", "<use", "<style"):
        assert missing not in picture


def test_several_threads_draw_in_their_own_themes():
    expected = {t: MAPS["seven"].to_svg(theme=t) for t in THEMES}
    found: list[tuple[str, str]] = []
    threads = [
        threading.Thread(target=lambda t=t: found.append((t, people(7).to_svg(theme=t))))
        for t in [*THEMES] * 2
    ]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert 6 == len(found)
    assert all(expected[theme] == picture for theme, picture in found)


# --- files


def read(body: str) -> Theme:
    theme, problems = read_theme(Text("school.toml", body))
    assert theme is not None, report(problems, [Text("school.toml", body)])
    return theme


def refused(body: str) -> list[tuple[str, str, str]]:
    """The codes, messages and advice for a file that is refused."""
    text = Text("school.toml", body)
    theme, problems = read_theme(text)
    assert theme is None
    assert all(p.span and 0 <= p.span.start <= p.span.stop <= len(body) for p in problems)
    assert report(problems, [text])
    return [(p.code, p.message, p.help) for p in problems]


def test_an_empty_file_is_the_light_theme():
    assert evolve(LIGHT, name="school") == read("")
    assert evolve(PRINT, name="school") == read('base = "print"')


def test_colours_are_taken_as_they_are_written():
    theme = read('base = "dark"\nauthors = ["#fff", "#9fc"]\n[colours]\nsupport = "#8Ef0c0"')
    assert ("#8EF0C0", "#FFFFFF", "#99FFCC") == tuple(
        theme[n] for n in ("support", "author-0", "author-1")
    )
    assert 2 == theme.authors
    assert "#8EF0C0" in people(3).to_svg(theme=theme)
    assert "#8EF0C0" in people(3).to_html(theme=theme)


def test_what_a_file_leaves_out_follows_what_it_sets():
    theme = read('[colours]\nclaim = "#FFE9A8"')
    assert contrast(theme["claim-ink"], "#FFE9A8") >= TEXT
    assert contrast(theme["author-0-claim"], "#FFE9A8") >= TEXT
    assert contrast(theme["claim-line"], theme["bg"]) >= LINE
    assert LIGHT["support"] == theme["support"]


@pytest.mark.parametrize(
    ("body", "code", "message", "help"),
    [
        ("a", "AM901", "this is not TOML", "write a name, ="),
        ("[colours]\nbg = '#fff'\nbg = '#fff'", "AM901", "this name is set twice", "write"),
        ("[colours]\nbg = #fff", "AM901", "a colour stands in quotation marks", "as in"),
        ('[colours]\nbg = "#fff\n', "AM901", "a quotation mark is missing", "as in"),
        ("[colours]\nbg #fff", "AM901", "there is no = after this name", "as in"),
        ("a = " + "[" * 50_000, "AM901", "nested too deeply", "write"),
        ('base = "drak"', "AM903", "'base' is light, dark or print, not", 'base = "dark"'),
        ("base = 3", "AM903", "not 3", 'base = "light"'),
        ('colors = {bg = "#fff"}', "AM902", "no 'colors'", "did you mean colours?"),
        ('bg = "#fff"', "AM902", "no 'bg'", 'below a line that says [colours]: bg = "#fff"'),
        ("x = 1", "AM902", "a theme has no 'x'", "base, authors, authors-on-claims and colours"),
        ('[colours]\nsuport = "#000"', "AM902", "named 'suport'", "did you mean support?"),
        ('[colours]\nzzz = "#000"', "AM902", "named 'zzz'", "the colours are bg, ink"),
        ('[colours]\nbg = "white"', "AM903", "'bg' is \"white\", which is no colour", "#0B5CAD"),
        ('[colours]\nbg = "#ffff"', "AM903", "which is no colour", "three or six digits"),
        ('[colours]\nbg = "#fff "', "AM903", "which is no colour", "three or six digits"),
        ("[colours]\nbg = 0xffffff", "AM903", "'bg' is 16777215", "three or six"),
        ("[colours]\nbg = 1979-05-27", "AM903", "no colour", "three or six"),
        ("[colours.bg]\nr = 1", "AM903", "'bg' is a table", "three or six"),
        ("colours = true", "AM903", "'colours' takes names", "[colours]"),
        ('authors = "#000"', "AM903", "list of 1 to 12", "authors = ["),
        ("authors = []", "AM903", "list of 1 to 12", "authors = ["),
        (f"authors = {['#000'] * 13}", "AM903", "list of 1 to 12", "authors = ["),
        ('authors = ["#000", 7]', "AM903", "one of 'authors' is 7", "three or six"),
        ('authors-on-claims = ["#fff"]', "AM903", "as long as 'authors'", "leave it out"),
        ('base = "print"\nauthors = ["#000"]', "AM903", "has patterns", 'base = "light"'),
        ('[colours]\ngrey = "#999"', "AM904", "contrast of 2.53 to 1, and text needs 4.5", "use #"),
        ('[colours]\nfocus = "#ddd"', "AM904", "a line needs 3", "use #"),
        ('authors = ["#0B5CAD", "#FFD700"]', "AM904", "author 2 #FFD700 on", "use #"),
        ('[colours]\nbg = "#000"', "AM904", "can be read on both bg #000000 and", 'base = "dark"'),
        ('[colours]\nsupport-tint = "#707070"', "AM904", "on both support-tint", "use #757575 for"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_is_told_what_to_write(body: str, code: str, message: str, help: str):
    ((found, said, advice),) = refused(body)
    assert code == found
    assert message in said
    assert help in advice


def test_everything_that_is_wrong_is_told_at_its_place():
    body = 'base = "lihgt"\nauthors = ["#000", "red"]\n[colours]\nbg = "white"\nsuport = "#000"\n'
    text = Text("school.toml", body)
    _, problems = read_theme(text)
    assert [(1, 1), (2, 21), (4, 1), (5, 1)] == [
        (place.line, place.column)
        for p in problems
        if p.span and (place := text.place(p.span.start))
    ]


COLOUR = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")
DARKISH = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n & 0x3F3F3F:06x}")
FILES = st.tuples(
    st.sampled_from(["light", "dark"]),
    st.dictionaries(st.sampled_from(sorted(NAMES)), st.one_of(COLOUR, DARKISH), max_size=6),
    st.lists(st.one_of(COLOUR, DARKISH), max_size=4),
)


def written(base: str, colours: dict[str, str], authors: list[str]) -> str:
    lines = [f'base = "{base}"']
    if authors:
        lines.append(f"authors = {authors}".replace("'", '"'))
    lines += ["[colours]", *(f'{name} = "{c}"' for name, c in colours.items())]
    return "\n".join(lines)


@given(FILES)
@settings(max_examples=150)
def test_a_file_that_is_accepted_is_drawn_with_contrast(file):
    base, colours, authors = file
    for _ in range(12):  # take the advice until the file is accepted
        body = written(base, colours, authors)
        theme, problems = read_theme(Text("s.toml", body))
        if theme is not None:
            break
        for p in problems:
            better = re.search(r"use (#\w{6})(?: for ([\w-]+))?", p.help)
            name = re.match(r"([\w-]+)(?: (\d+))? #", p.message)
            if better is None:
                colours.pop("bg")
            elif better[2]:
                colours[better[2]] = better[1]
            elif name and name[1] == "author":
                authors[int(name[2]) - 1] = better[1]
            else:
                assert name is not None, p
                colours[name[1]] = better[1]
    assert theme is not None, (body, problems)
    assert [] == [
        p for p in pairs(theme.authors) if contrast(theme[p.figure], theme[p.ground]) < p.least
    ]
    for name in ("everything", "seven"):
        picture = MAPS[name].to_svg(theme=theme, direction="down", card_width=200)
        assert [] == weak(picture, (theme["hairline"],))


@given(COLOUR, COLOUR)
def test_the_nearest_colour_that_can_be_read_is_of_the_same_hue_and_no_farther_than_black(a, b):
    a, b = plain(a), plain(b)
    found = nearest(a, lambda c: contrast(c, b) >= TEXT)
    assert contrast(found, b) >= TEXT
    if contrast(a, b) >= TEXT:
        assert abs(luminance(found) - luminance(a)) < 0.02


@given(st.text(alphabet='[]{}=."#\n abcolursgth01', max_size=60))
def test_no_text_breaks_the_reader(body: str):
    theme, problems = read_theme(Text("s.toml", body))
    assert (theme is None) == bool(problems)
    report(problems, [Text("s.toml", body)])


def test_the_theme_to_begin_with_says_everything_and_changes_nothing():
    body = starting_theme()
    assert evolve(LIGHT, name="school") != evolve(read(body), name="x")
    for uncommented in (body, re.sub(r'^# (?=[\w-]+ *= ["\[])', "", body, flags=re.M)):
        theme = read(uncommented)
        assert all(theme[name] == LIGHT[name] for name in NAMES)
        assert all(theme[f"author-{i}"] == LIGHT[f"author-{i}"] for i in range(AUTHORS))
    assert all(re.search(rf"^# {name} *=", body, re.M) for name in NAMES)
    assert f"1 to {MOST_AUTHORS}" in body


def test_every_colour_and_mark_has_a_name():
    assert {of_mark(m) for m in Mark} | set(GROUNDS) <= set(NAMES)


# --- from Python, and from the command line


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("m.argdown").write_text(EVERYTHING, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.stderr


def test_a_theme_file_is_loaded_and_drawn_with(folder: Path):
    Path("school.toml").write_text('[colours]\nclaim = "#7A0019"\n', encoding="utf-8")
    theme = argmap.load_theme("school.toml")
    assert "school" == theme.name
    m = argmap.load("m.argdown")
    m.render("m.svg", theme=theme)
    assert "#7A0019" in Path("m.svg").read_text("utf-8")
    assert (0, "") == run(
        "render", "m.argdown", "-o", "n.svg", "-o", "n.html", "--theme", "school.toml"
    )
    assert Path("m.svg").read_bytes() == Path("n.svg").read_bytes()
    assert m.to_html(theme=theme) == Path("n.html").read_text("utf-8")
    assert 0 == run("show", "m.argdown", "-o", "c.html", "--theme", "school.toml")[0]
    assert theme["grey"] in Path("c.html").read_text("utf-8")


@pytest.mark.parametrize("theme", THEMES)
def test_the_command_takes_every_theme(folder: Path, theme: str):
    assert (0, "") == run("render", "m.argdown", "-o", "m.svg", "--theme", theme)
    assert argmap.load("m.argdown").to_svg(theme=theme) == Path("m.svg").read_text("utf-8")


@pytest.mark.parametrize(
    ("theme", "status", "message"),
    [
        ("prnit", 2, "no theme is named 'prnit'; did you mean 'print'?"),
        ("school", 2, "no theme is named 'school'; it is one of auto, light, dark, print"),
        ("missing.toml", 2, "there is no file missing.toml"),
        ("folder.toml", 2, "folder.toml is a folder; name a file in it"),
        ("broken.toml", 1, "error[AM901]"),
        ("binary.toml", 1, "a theme is a text in TOML; `argmap new school.toml` writes one"),
        ("large.toml", 1, "this is too large for a theme"),
        ("weak.toml", 1, "weak.toml:2:1"),
    ],
)
def test_a_theme_that_cannot_be_had_is_a_sentence(
    folder: Path, theme: str, status: int, message: str
):
    Path("folder.toml").mkdir()
    Path("broken.toml").write_text("[[[[")
    Path("binary.toml").write_bytes(bytes(range(256)) * 9)
    Path("large.toml").write_bytes(b"#" * 2_000_000)
    Path("weak.toml").write_text('[colours]\ngrey = "#BBBBBB"\n')
    code, said = run("render", "m.argdown", "-o", "m.svg", "--theme", theme)
    assert status == code
    assert message in said
    assert "Traceback" not in said
    assert not Path("m.svg").exists()


def test_a_document_is_drawn_with_a_theme_from_a_file(folder: Path):
    Path("school.toml").write_text('[colours]\nclaim = "#7A0019"\n', encoding="utf-8")
    Path("n.md").write_text("# Notes\n\n```argdown-map\n[A]: a\n  + b\n```\n", encoding="utf-8")
    assert (0, "") == run("render", "n.md", "-o", "n.html", "--theme", "school.toml")
    assert "#7A0019" in Path("n.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("begun", "offered"), [("", ["auto", *THEMES]), ("pr", ["print"]), ("scho", ["scho"])]
)
def test_a_shell_offers_the_names_and_then_files(begun: str, offered: list[str]):
    complete = ShellComplete(main, {}, "argmap", "_ARGMAP_COMPLETE")
    found = complete.get_completions(["render", "m.argdown", "--theme"], begun)
    assert offered == [item.value for item in found]
    assert (begun == "scho") == (found[0].type == "file")


def test_a_file_is_loaded_before_it_is_drawn_with():
    with pytest.raises(argmap.ArgmapError, match="load_theme"):
        argmap.loads("[A]: a").to_svg(theme="school.toml")


def test_a_theme_with_errors_holds_all_of_them(folder: Path):
    Path("s.toml").write_text('x = 1\n[colours]\nbg = "white"\n')
    with pytest.raises(argmap.ThemeError) as raised:
        argmap.load_theme("s.toml")
    assert ["AM902", "AM903"] == [p.code for p in raised.value.problems]


def test_a_theme_to_begin_with_is_written_and_not_over_another(folder: Path):
    status, said = run("new", "school.toml")
    assert 0 == status
    assert "--theme school.toml" in said
    assert starting_theme() == Path("school.toml").read_text("utf-8")
    assert 2 == run("new", "school.toml")[0]
    assert (0, "") == run("render", "m.argdown", "-o", "m.svg", "--theme", "school.toml")


def test_the_file_in_the_docs_is_a_theme():
    page = (ROOT / "docs" / "themes.md").read_text("utf-8")
    bodies = re.findall(r"^```toml\n(.*?)^```", page, re.S | re.M)
    assert bodies
    assert all(read(body) for body in bodies)
    named = re.findall(r"^\| `([a-z-]+)`", page, re.M)
    assert [n for n in NAMES if n not in named] == []
    order = [list(NAMES).index(n) for n in named if n in NAMES]
    assert all(a < b for a, b in pairwise(order))
