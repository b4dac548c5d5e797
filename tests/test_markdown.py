"""Maps in Markdown: which fences are maps, whose places they have, and what a document becomes."""

from __future__ import annotations

import re
import time
import xml.etree.ElementTree as ET
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from attrs import fields, has
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from test_layers import loaded_by

import argmap
from argmap import api
from argmap.cli import main
from argmap.formats import fetch_nothing, markdown
from argmap.text import Span, Text, report

SMALL = "[A]: a\n  + [B]: b\n"
TWO = f"# Notes\n\n```argdown\n{SMALL}```\n\nText.\n\n~~~argdown-map\n[C]: c\n~~~\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    return result


def found(body: str) -> tuple[markdown.Fence, ...]:
    return markdown.fences(Text("n.md", body))[0]


def inside(body: str) -> list[str]:
    return [f.text.body for f in found(body)]


def codes(body: str) -> list[str]:
    return [p.code for p in markdown.fences(Text("n.md", body))[1]]


def spans(value: object) -> list[Span]:
    """Every span in *value*, however deep."""
    if isinstance(value, Span):
        return [value]
    if isinstance(value, tuple):
        return [s for v in value for s in spans(v)]
    if has(type(value)):
        return [s for f in fields(type(value)) for s in spans(getattr(value, f.name))]
    return []


# --- which fences are maps


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("```argdown\n[A]: a\n```\n", ["[A]: a\n"]),
        ("~~~~ argdown-map\n[A]: a\n~~~\n~~~~\n", ["[A]: a\n~~~\n"]),
        ("   ```argdown\n   [A]: a\n     - b\n   ```", ["[A]: a\n  - b\n"]),
        ("    ```argdown\n    [A]: a\n    ```\n", []),  # indented four: code
        ("```{.argdown #id}\n[A]: a\n```\n", ["[A]: a\n"]),
        ("```{argdown}\n[A]: a\n```\n", ["[A]: a\n"]),
        ("```Argdown map=1 wide\n[A]: a\n```\n", ["[A]: a\n"]),
        ("```argdowns\n[A]: a\n```\n", []),
        ("```python argdown\n[A]: a\n```\n", []),
        ("````markdown\n```argdown\n[A]: a\n```\n````\n", []),
        ("<pre>\n```argdown\n[A]: a\n```\n</pre>\n", []),
        ("- x\n\n  ```argdown\n  [A]: a\n    - b\n  ```\n", ["[A]: a\n  - b\n"]),
        ("1. ```argdown\n   [A]: a\n   ```\n", ["[A]: a\n"]),
        ("-\t```argdown\n\t[A]: a\n\t```\n", ["[A]: a\n"]),
        ("> > ```argdown\n> > [A]: a\n> >   - b\n> > ```\n", ["[A]: a\n  - b\n"]),
        ("text\n```argdown\n[A]: a\n```\ntext", ["[A]: a\n"]),
        ("```argdown\r\n[A]: a\r\n```\r\n", ["[A]: a\n"]),
        ("---\ntitle: x\n---\n```argdown\n[A]: a\n```\n", ["[A]: a\n"]),
        ("---\n\n```argdown\n[A]: a\n```\n\n---\n", ["[A]: a\n"]),
        ("```argdown\n```\n", [""]),
        ("", []),
    ],
)
def test_a_fence_is_a_map_where_commonmark_and_its_language_say_so(body, expected):
    assert expected == inside(body)


@pytest.mark.parametrize("body", ["```argdown\n[A]: a\n", "> ```argdown\n> [A]: a\n\nafter\n"])
def test_a_fence_that_is_never_closed_goes_to_the_end_and_is_a_warning(body):
    assert ["[A]: a\n"] == inside(body)
    assert ["AM123"] == codes(body)
    assert [False] == [f.closed for f in found(body)]


@given(st.text(alphabet="`~argdown \n\r\t>-1.[]:+x", max_size=120))
def test_any_text_can_be_searched_and_fences_lie_in_order(body):
    end = 0
    for f in found(body):
        assert end <= f.start < f.stop <= len(body)
        assert body[f.start : f.start + 3] in ("```", "~~~")
        end = f.stop


_PLAIN = st.sampled_from(
    ["", "word", "# Head", "- item", "> quote", "| a |", "---", "\ttab", "é議"]
)
_LEADS = st.sampled_from(["", " ", "   ", "> ", "> > ", ">"])
_ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A document with maps called C0, C1 …, each with a remark on ``odd``."""
    lines: list[str] = []
    for n in range(draw(st.integers(1, 4))):
        lead = draw(_LEADS)
        mark = draw(st.sampled_from(["```", "~~~~"]))
        lines += [*draw(st.lists(_PLAIN, max_size=3)), "", lead + mark + "argdown"]
        lines += [lead + line for line in (f"[C{n}]: c", "  + [D]", "  + because {odd}")]
        lines += [lead + mark, ""]
    return draw(_ENDS).join(lines)


@given(documents())
def test_every_place_is_that_of_the_document(body):
    text = Text("n.md", body)
    for n, f in enumerate(found(body)):
        reading = markdown.read(f, fetch_nothing)
        everywhere = spans((reading.debate, reading.problems))
        assert everywhere
        assert {"n.md"} == {s.name for s in everywhere}
        assert all(f.start < s.start <= s.stop <= f.stop for s in everywhere)
        claim = reading.debate.claim(f"C{n}")
        assert body[claim.span.start : claim.span.stop].startswith(f"[C{n}]")
        (told,) = [p for p in reading.problems if p.code == "AM404"]
        assert "odd" == body[told.span.start : told.span.stop]
        shown = report([told], (text,))
        assert f"n.md:{text.place(told.span.start)}" in shown


@given(documents())
def test_what_stands_around_the_maps_is_kept_byte_for_byte(body):
    fences, _ = markdown.fences(Text("n.md", body))
    document = _document(body)
    mark = "\0"
    written = document.to_markdown()
    cut = re.sub(r"<figure class=\"argmap\">.*?</figure>", mark, written)
    kept = cut.split(mark)
    assert len(fences) + 1 == len(kept)
    rest, at = [], 0
    for f in fences:
        rest.append(body[at : f.start])
        at = f.stop
    for now, before in zip(kept, [*rest, body[at:]], strict=True):
        # only lines that hold nothing but what begins a quote may have come in
        assert before in now
        added = now.replace(before, "", 1)
        assert not added.strip(" >\t\r\n")


def _document(body: str) -> api.Document:
    text = Text("n.md", body)
    fences, problems = markdown.fences(text)
    readings = [markdown.read(f, fetch_nothing) for f in fences]
    maps = tuple(api.Map(r.debate, r.problems, r.texts) for r in readings)
    return api.Document(text, maps, problems, fences)


def test_the_place_of_what_ends_too_soon_is_on_the_last_line_of_the_map():
    body = "x\n\n> ```argdown\n> ===\n> title: t\n> ```\n"
    (fence,) = found(body)
    reading = markdown.read(fence, fetch_nothing)
    (told,) = [p for p in reading.problems if p.code == "AM412"]
    assert "===" == body[told.span.start : told.span.stop]


def test_an_empty_map_is_a_problem_of_its_fence():
    (fence,) = found("x\n\n```argdown\n```\n")
    (told,) = markdown.read(fence, fetch_nothing).problems
    assert ("AM004", 3) == (
        told.code,
        Text("", "x\n\n```argdown\n```\n").place(told.span.start).line,
    )


def test_a_tab_that_a_list_takes_in_part_keeps_the_place_on_its_line():
    body = "- ```argdown\n\t[A]: a {odd}\n  ```\n"
    (fence,) = found(body)
    (told,) = [p for p in markdown.read(fence, fetch_nothing).problems if p.code == "AM404"]
    assert "odd" == body[told.span.start : told.span.stop]


# --- hostile documents


@pytest.mark.parametrize(
    "body",
    [
        "".join(
            f"Some text.\n\n```argdown\n[C{n}]: c {{odd}}\n  + d\n```\n\n" for n in range(1000)
        ),
        "```argdown\n" * 20_000,
        "> " * 20_000 + "```argdown\n[A]: a\n",
        "- " * 20_000 + "```argdown\n[A]: a\n",
        "```argdown\n" + "[A]: a\n\n" * 20_000,
        "[" * 50_000,
        "`" * 100_000,
        "---\na: b\n" * 20_000,
        "---\ntitle: " + "x" * 100_000,
    ],
    ids=["1000 maps", "opened", "quotes", "items", "long", "brackets", "ticks", "front", "keys"],
)
def test_a_hostile_document_is_read_in_a_bounded_time(body):
    began = time.perf_counter()
    fences, _ = markdown.fences(Text("n.md", body))
    for f in fences:
        markdown.read(f, fetch_nothing)
    assert time.perf_counter() - began < 20


def test_a_document_with_four_times_the_maps_takes_some_four_times_as_long():
    def seconds(n: int) -> float:
        body = "".join(f"Text of its own.\n\n```argdown\n[C{i}]: c\n```\n\n" for i in range(n))
        best = 1e9
        for _ in range(3):
            began = time.perf_counter()
            for f in found(body):
                markdown.read(f, fetch_nothing)
            best = min(best, time.perf_counter() - began)
        return best

    assert seconds(1000) < 8 * seconds(250)


def test_what_is_nested_too_deep_to_be_read_is_an_error_and_not_lost():
    assert ["AM122"] == codes("> " * 150 + "text\n")
    assert ["[A]: a\n"] == inside(
        "> " * 90 + "```argdown\n" + "> " * 90 + "[A]: a\n" + "> " * 90 + "```"
    )


def test_images_inside_images_do_not_end_the_page():
    body = "![" * 3000 + "x" + "](y)" * 3000 + f"\n\n```argdown\n{SMALL}```\n"
    assert "<svg" in _document(body).to_html()


# --- from Python


def test_the_only_map_of_a_document_is_loaded_by_the_name_of_the_document(folder: Path):
    Path("n.md").write_text(f"x\n\n```argdown\n{SMALL}```\n", encoding="utf-8")
    m = argmap.load("n.md")
    assert ["A", "B"] == [c.title for c in m.debate.claims]
    assert ["n.md"] == [t.name for t in m.texts]


def test_one_of_several_maps_is_chosen_by_its_number(folder: Path):
    Path("n.md").write_text(TWO, encoding="utf-8")
    assert ["C"] == [c.title for c in argmap.load("n.md#2").debate.claims]
    with pytest.raises(argmap.MapError, match="AM121") as e:
        argmap.load("n.md")
    assert 1 == len(e.value.problems)
    for wrong in ("n.md#3", "n.md#0"):
        with pytest.raises(argmap.UnknownName, match=r"#1, #2|did you mean"):
            argmap.load(wrong)


def test_a_document_without_a_map_is_an_error_that_says_how_to_write_one(folder: Path):
    Path("n.md").write_text("Only words.\n", encoding="utf-8")
    with pytest.raises(argmap.MapError, match=r"AM120.*\n.*\n.*\n.*\n.*\n.*```argdown"):
        argmap.load("n.md")
    assert argmap.read_document("n.md").failed


def test_a_misspelt_language_is_pointed_at(folder: Path):
    Path("n.md").write_text("```argdwon\n[A]: a\n```\n", encoding="utf-8")
    with pytest.raises(argmap.MapError, match=r"n.md:1:4(?s:.*)write argdown"):
        argmap.load("n.md")


def test_a_document_gives_its_maps_and_all_that_is_wrong_in_them(folder: Path):
    Path("n.md").write_text(TWO.replace("[C]: c", "[C]: c {odd}"), encoding="utf-8")
    document = argmap.read_document("n.md")
    assert [2, 1] == [len(m.debate.claims) for m in document.maps]
    assert ["n.md:11:9"] == [p.brief(document.texts).partition(": ")[0] for p in document.problems]
    assert not document.failed
    assert "<Document 'n.md': 2 maps>" == repr(document)


def test_a_map_in_a_document_finds_positions_beside_the_document(folder: Path):
    Path("k.argdown").write_text("===\nspeaker: Keller\n===\n\n[P]: p\n", encoding="utf-8")
    body = "===\npositions: [k.argdown]\n===\n\n[Keller: P]\n  - [Q]: q\n"
    Path("n.md").write_text(f"```argdown\n{body}```\n", encoding="utf-8")
    document = argmap.read_document("n.md")
    assert ["n.md", "k.argdown"] == [t.name for t in document.texts]
    assert not document.failed


def test_a_document_is_not_written_over_itself(folder: Path):
    Path("n.md").write_text(TWO, encoding="utf-8")
    with pytest.raises(argmap.CannotWrite, match="itself"):
        argmap.read_document("n.md").render("n.md")
    assert TWO == Path("n.md").read_text(encoding="utf-8")


# --- Markdown with pictures


def test_pictures_lie_beside_the_new_document_and_all_else_is_kept(folder: Path):
    Path("n.md").write_bytes(b"\xef\xbb\xbf" + TWO.replace("\n", "\r\n").encode())
    written = argmap.read_document("n.md").render("my out.md")
    assert ["my out-1.svg", "my out-2.svg", "my out.md"] == [p.name for p in written]
    expected = (
        "\ufeff# Notes\n\n![Argument map (2 cards)](my%20out-1.svg)\n\nText.\n\n"
        "![Argument map (1 card)](my%20out-2.svg)\n"
    )
    assert expected.replace("\n", "\r\n").encode() == Path("my out.md").read_bytes()
    for p in written[:2]:
        ET.parse(p)


def test_a_title_cannot_break_out_of_the_words_of_its_picture(folder: Path):
    body = '===\ntitle: "a](x) <b> `c` *d* [e"\n===\n\n[A]: a\n'
    Path("n.md").write_text(f"```argdown\n{body}```\n", encoding="utf-8")
    argmap.read_document("n.md").render("o.md")
    from markdown_it import MarkdownIt

    html = MarkdownIt("commonmark").render(Path("o.md").read_text(encoding="utf-8"))
    assert 'alt="a](x) &lt;b&gt; `c` *d* [e (1 card)"' in html


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("t\n```argdown\n[A]: a\n```\nu\n", "t\n\nM\n\nu\n"),
        ("> t\n> ```argdown\n> [A]: a\n> ```\n> u\n", "> t\n> \n> M\n>\n> u\n"),
        ("```argdown\n[A]: a\n```\n---\n", "M\n\n---\n"),
        ("- ```argdown\n  [A]: a\n  ```\n\n- u\n", "- M\n\n- u\n"),
        ("```argdown\n[A]: a", "M"),
    ],
)
def test_a_picture_is_set_off_from_the_text_beside_it(body, expected):
    made = re.sub(r"<figure.*?</figure>", "M", _document(body).to_markdown())
    assert expected == made


# --- the page


class Page(HTMLParser):
    """What a page is made of; its elements are closed in order."""

    VOID = ("meta", "br", "hr", "img")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.tags: Counter[str] = Counter()
        self.targets: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert [] == self._open

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        given = dict(attrs)
        assert len(given) == len(attrs)
        assert not [name for name in given if name.startswith("on")]
        if "id" in given:
            self.ids.append(given["id"])
        self.targets += [given[k] for k in ("href", "src") if k in given]
        self.targets += [f"#{i}" for i in given.get("aria-labelledby", "").split()]
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self._open.pop()

    def handle_endtag(self, tag):
        assert tag == self._open.pop()


def test_a_page_has_every_map_in_its_place_and_no_id_twice():
    shared = "[A]: a\n  + [S]: s\n    + deep\n  - [B]: b\n    + [S]\n"
    body = f"# T\n\n```argdown\n{shared}```\n\nbetween\n\n```argdown-map\n{shared}```\n\nafter\n"
    html = _document(body).to_html()
    page = Page(html)
    assert page.ids
    assert sorted(set(page.ids)) == sorted(page.ids)
    assert (2, 2, 2) == (page.tags["svg"], page.tags["figure"], page.tags["details"])
    assert [] == [t for t in page.targets if t.startswith("#") and t[1:] not in page.ids]
    places = [html.index(s) for s in ('id="m1-', "<p>between", 'id="m2-', "<p>after")]
    assert sorted(places) == places
    assert (1, 1) == (html.count("<details open>"), html.count("<details>"))
    assert "<title>T</title>" in html


def test_a_page_loads_and_runs_nothing():
    body = (
        "<script>alert(1)</script>\n\nx <b onclick='y'>z</b> <!-- gone -->\n\n"
        "<!-- gone\n\ntoo -->\n\n"
        "![p](https://example.org/p.png) ![q](q.png) [j](javascript:alert(1))\n\n"
        f"```argdown\n===\ntitle: <script>\n===\n\n{SMALL}```\n\n```html\n<script>\n```\n"
    )
    html = _document(body).to_html()
    page = Page(html)
    assert 0 == page.tags["script"] + page.tags["link"] + page.tags["b"]
    assert "gone" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert ["https://example.org/p.png", "q.png"] == [t for t in page.targets if t[0] != "#"]
    assert 1 == page.tags["img"]


def test_the_keys_above_a_document_are_not_shown_but_name_the_page_without_a_heading():
    body = f'---\ntitle: "Week 3"\nauthor: me\n---\n\n```argdown\n{SMALL}```\n'
    html = _document(body).to_html()
    assert "<title>Week 3</title>" in html
    assert "author" not in html
    assert body.startswith(_document(body).to_markdown().partition("<figure")[0])


def test_type_too_small_in_a_document_is_told_once_for_maps_that_are_alike(tmp_path: Path):
    wide = "[A]: a\n" + "".join(f"  + [B{n}]: reason number {n}\n" for n in range(60))
    document = _document(f"```argdown\n{wide}```\n\n```argdown\n{wide}```\n")
    look = {"layout": "tree", "direction": "right"}
    said = document.maps[0].draw(**look).advice
    assert said
    for made in (
        document.to_html,
        document.to_markdown,
        lambda **options: document.render(tmp_path / "o.md", **options),
    ):
        told: list[str] = []
        made(tell=told.append, **look)
        assert [said] == told
    one = _document(f"```argdown\n{wide}```\n")
    told.clear()
    one.render(tmp_path / "o.svg", tell=told.append, **look)
    assert [said] == told
    one.render(tmp_path / "o.dot", tell=told.append)


def test_a_page_in_one_theme_has_no_other():
    html = _document(TWO).to_html(theme="dark")
    assert "prefers-color-scheme" not in html
    assert "color-scheme:dark" in html


def test_the_same_document_gives_the_same_bytes():
    assert _document(TWO).to_html() == _document(TWO).to_html()
    assert _document(TWO).to_markdown() == _document(TWO).to_markdown()


@given(documents())
def test_every_map_is_in_the_page(body):
    page = Page(_document(body).to_html())
    assert len(found(body)) == page.tags["svg"]
    assert len(set(page.ids)) == len(page.ids)


# --- the command


def test_without_an_output_the_outlines_of_all_maps_are_printed(folder: Path):
    titled = TWO.replace("[C]: c", "===\ntitle: Second\n===\n\n[C]: c")
    Path("n.md").write_text(titled, encoding="utf-8")
    result = run("render", "n.md")
    expected = "map 1 (line 3)\n\n1 a\n└─ +  1.1 b\n\nSecond\n\n1 c\n"
    assert (0, expected, "") == (result.exit_code, result.stdout, result.stderr)


def test_the_suffix_chooses_what_a_document_becomes(folder: Path):
    Path("n.md").write_text(TWO, encoding="utf-8")
    result = run("render", "n.md", "-o", "n.html", "-o", "o.md", "-o", "n.txt")
    assert (0, "") == (result.exit_code, result.output)
    assert ["n.html", "n.md", "n.txt", "o-1.svg", "o-2.svg", "o.md"] == sorted(
        p.name for p in folder.iterdir()
    )
    assert run("render", "n.md", "-o", "-", "--format", "html").stdout == Path("n.html").read_text(
        encoding="utf-8"
    )
    assert 2 == run("render", "n.md", "-o", "-", "--format", "md").stdout.count("<svg")
    assert str(folder) not in Path("n.html").read_text("utf-8") + Path("o.md").read_text("utf-8")


def test_a_format_for_one_map_takes_a_number_where_there_are_several(folder: Path):
    Path("n.md").write_text(TWO, encoding="utf-8")
    result = run("render", "n.md", "-o", "n.svg", "-o", "n.html")
    assert 1 == result.exit_code
    assert "AM121" in result.stderr
    assert "n.md#2" in result.stderr
    assert ["n.md"] == [p.name for p in folder.iterdir()]
    assert 0 == run("render", "n.md#2", "-o", "n.svg").exit_code
    assert "1 c\n" == run("render", "n.md#2").stdout
    assert 2 == run("render", "n.md#3").exit_code
    Path("one.md").write_text(f"```argdown\n{SMALL}```\n", encoding="utf-8")
    assert 0 == run("render", "one.md", "-o", "one.json", "-o", "one.html").exit_code


def test_with_an_error_in_one_map_nothing_is_written(folder: Path):
    Path("n.md").write_text(TWO.replace("[C]: c", "[C]: c {k: 1, k: 2}"), encoding="utf-8")
    result = run("render", "n.md", "-o", "n.html", "-o", "o.md")
    assert 1 == result.exit_code
    assert "n.md:11:15" in result.stderr
    assert "11 | [C]: c {k: 1, k: 2}" in result.stderr
    assert ["n.md"] == [p.name for p in folder.iterdir()]


def test_the_document_itself_is_not_written_over(folder: Path):
    Path("n.md").write_text(TWO, encoding="utf-8")
    result = run("render", "n.md", "-o", "n.md")
    assert (2, TWO) == (result.exit_code, Path("n.md").read_text(encoding="utf-8"))


def test_check_looks_at_every_map_in_a_document(folder: Path):
    Path("n.md").write_text(
        TWO.replace("[B]: b", "[B]: b {k: 1, k: 2}").replace("c\n", "c {odd}\n"), encoding="utf-8"
    )
    result = run("check", "--brief", "n.md")
    assert 1 == result.exit_code
    assert ["n.md:5:19", "n.md:11:9"] == [
        line.partition(": ")[0] for line in result.stdout.splitlines()[:2]
    ]
    assert 1 == run("check", "n.md#2").exit_code


def test_a_document_that_is_not_there_is_misuse(folder: Path):
    Path("n.md").write_text(TWO, encoding="utf-8")
    for name in ("m.md", "m.md#1"):
        result = run("render", name)
        assert 2 == result.exit_code
        assert "did you mean n.md?" in result.stderr or "there is no file" in result.stderr


def test_a_document_in_no_known_encoding_is_a_problem_like_any(folder: Path):
    Path("n.md").write_bytes(b"\xff\xfe# \x00")
    assert 1 == run("render", "n.md").exit_code
    assert 1 == run("check", "n.md").exit_code
    assert 1 == run("render", "n.md#1").exit_code


def test_a_rare_suffix_is_markdown_too_and_a_map_stays_a_map(folder: Path):
    for name in ("n.qmd", "n.Rmd", "n.markdown"):
        Path(name).write_text(TWO, encoding="utf-8")
        assert 0 == run("check", name).exit_code
    Path("m.argdown").write_text(SMALL, encoding="utf-8")
    assert 0 == run("render", "m.argdown", "-o", "m.md").exit_code
    assert "- **1** a\n  - **1.1** *supports:* b\n" == Path("m.md").read_text(encoding="utf-8")


def test_what_reads_markdown_is_loaded_only_for_markdown():
    assert "markdown_it" not in loaded_by("import argmap; argmap.loads('[A]: a').to_svg()")


def test_a_comment_that_is_never_closed_hides_nothing_from_the_page():
    html = _document(f"```argdown\n{SMALL}```\n\n<!-- open\n\nthe rest\n").to_html()
    assert "the rest" in html
