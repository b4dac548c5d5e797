"""Maps in words: as Markdown, as a page, as a table. All hold every card, and whose it is."""

from __future__ import annotations

import csv
import io
import json
import re
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from attrs import evolve, frozen
from click.shell_completion import ShellComplete
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from strategies import WILD, debates
from test_markdown import Page

import argmap
from argmap.cli import main
from argmap.model import Debate, Source, Voice
from argmap.model.remarks import is_address
from argmap.render.markdown import DEEPEST, markdown, plain
from argmap.render.table import COLUMNS, table
from argmap.text import printable
from argmap.view import WHOLE, Card, View, view

NASTY = [
    "<script>alert(1)</script>",
    "[a](javascript:alert(1)) ![b](http://c.d/e.png)",
    "<https://a.bc> https://a.bc www.a.bc a.bc a@b.cd",
    "`code` *stress* __strong__ ~~gone~~ $x$ ^y^ |a|b| ==z==",
    "1. one\n2. two\n\n---\n# heading",
    "- item",
    "+ item",
    "3) item",
    "===",
    "&lt;b&gt; &amp; &#60;",
    "back\\slash \\* at the end \\",
    "</p></li></ul></main>",
    "*/ ]]> --> }",
]
SIGNS = st.sampled_from("*_`[]()<>#!&;~|:/.@\\-+=1a \n")
"""Few characters, all of which mean something in Markdown."""


@frozen
class Item:
    """An item of a list as a reader sees it: how deep, in which others, its words."""

    level: int
    inside: tuple[str, ...]
    number: str
    text: str


def parsed(body: str) -> list[Item]:
    """The items of the Markdown *body*; nothing but headings, lists and stress is in it."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    items: list[Item] = []
    numbers: list[str] = []
    lists = 0
    for token in parser.parse(body):
        kind = token.type.removesuffix("_open").removesuffix("_close")
        assert kind in ("heading", "paragraph", "bullet_list", "list_item", "inline"), token
        lists += token.nesting if kind == "bullet_list" else 0
        if kind == "list_item" and token.nesting < 0:
            numbers.pop()
        if kind != "inline":
            continue
        inner = token.children or []
        assert {t.type for t in inner} <= {"text", "strong_open", "strong_close"} | {
            *("em_open", "em_close", "link_open", "link_close")
        }, token.content
        assert all(is_address(str(t.attrs["href"])) for t in inner if t.type == "link_open")
        if lists:
            bold = [t.type for t in inner if t.content or t.nesting][:1] == ["strong_open"]
            number = next(t.content for t in inner if t.content) if bold else ""
            items.append(Item(lists - 1, tuple(numbers), number, "".join(t.content for t in inner)))
            numbers.append(number)
    return items


def said(text: str) -> str:
    return " ".join(printable(text).split())


def claims(body: str) -> list[Item]:
    """The items of the map itself, those in full and the others."""
    return parsed(re.split(r"^## (?:Questions|Sources)$", body, flags=re.M)[0])


def of(body: str) -> argmap.Map:
    return argmap.loads(body)


def nasty(text: str) -> Debate:
    """A map that says *text* wherever a map can say something."""
    b = argmap.Builder(title=text)
    who = b.speaker("Ana Keller", role=text)
    b.section(text + "?")
    b.source(Source("S", text, (text,), text, text))
    claim = b.claim(text, by=who, voice="reported", of=text, at=text, quote=text, source="S")
    b.support(claim, [text, text + "!"], by=who, rules=[text])
    b.rebut(claim, text)
    return b.build()


# --- Markdown


@given(debates() | debates(SIGNS))
def test_markdown_has_every_card_in_full_once(debate: Debate):
    seen = view(debate)
    full = [i for i in claims(markdown(seen)) if i.number]

    assert [c.number for c in in_order(seen)] == [i.number for i in full]
    for card, item in zip(in_order(seen), full, strict=True):
        for words in (card.title, card.text, card.whole_credit, *card.quotes):
            assert said(words) in item.text


def in_order(seen: View) -> list[Card]:
    return [c for c in seen.cards if not c.sees]


@given(debates())
def test_what_bears_on_a_card_stands_under_it(debate: Debate):
    seen = view(debate)
    by_number = {c.number: c for c in seen.cards}
    for item in claims(markdown(seen)):
        if not item.number:
            continue
        card = by_number[item.number]
        parent = seen.parent.get(card.id)
        head = seen.by_id[seen.head_card(seen.inference[parent])].number if parent else ""
        assert head == (item.inside[-1] if item.inside else "")


@given(debates(WILD) | debates(SIGNS))
def test_no_word_becomes_markdown(debate: Debate):
    parsed(markdown(view(debate)))


@pytest.mark.parametrize("text", NASTY)
def test_markdown_shows_nasty_words_as_they_are(text: str):
    body = markdown(view(nasty(text)))
    items = claims(body)
    assert 4 == len(items)
    assert not re.search(r"(?<!\\)://|www\.|\w@|\w\.bc", body)  # some programs link without < >
    assert all(said(text) in i.text for i in items)


@pytest.mark.parametrize("text", NASTY)
def test_words_for_markdown_come_back(text: str):
    (line,) = [t for t in MarkdownIt().parse("x " + plain(text)) if t.type == "inline"]
    assert "x " + said(text) == "".join(t.content for t in line.children or ())


def test_a_small_map_in_markdown():
    m = of(
        "===\ntitle: Start\nsources: [{key: R, title: A report, date: 2024}]\n===\n\n"
        "# Could it?\n\n"
        "[A]: a {speaker: Ana, voice: hedged, source: R, at: ¶1, quote: of course}\n"
        "  - [B]: b {speaker: Ana, voice: reported, of: Tom}\n"
        "    + [C]: c\n\n"
        "<N>\n\n(1) p\n(2) q\n----\n  _ u\n(3) [A]\n\n"
        "[D]: d\n  + [C]\n  >< [A] {link: {as: clash, about: fact, because: why}}\n"
    )
    expected = """\
# Start

Ana

- **1** a — Ana (hedged), ¶1, “of course”
  - *contradicts 2* (clash, about fact, the mapper’s reading: why)
  - **1.1** *objects:* b — Tom (as reported by Ana)
    - **1.1.1** *supports:* c
  - **1.2** *supports, together with 1.3:* p (argument N)
  - **1.3** *supports, together with 1.2:* q
  - **1.4** *undercuts 1.2+1.3 ⇒ 1:* u
- **2** d
  - *contradicts 1* (clash, about fact, the mapper’s reading: why)
  - see **1.1.1**, which *supports:* c

## Questions

- Could it? **1**, **2**

## Sources

- R: “A report”, 2024
"""
    assert expected == m.to_markdown()


def test_a_circle_is_said_in_markdown_and_not_followed():
    assert "back to **1**, which *supports:* a" in of("[A]: a\n  + [B]: b\n    + [A]").to_markdown()


def test_what_lies_too_deep_says_what_it_bears_on():
    chain = "".join("  " * i + f"+ [C{i}]: c{i}\n" for i in range(1, 14))
    items = parsed(of(f"[C0]: c0\n{chain}").to_markdown())
    assert [*range(DEEPEST + 1), *[DEEPEST] * (13 - DEEPEST)] == [i.level for i in items]
    deep = items[DEEPEST + 1]
    assert f"{deep.number} supports {items[DEEPEST].number}: c{DEEPEST + 1}" == deep.text


def test_depth_costs_no_more_than_length():
    sizes = []
    for levels in (500, 2000):
        chain = "\n\n".join(f"[C{i}]: c\n  + [C{i + 1}]" for i in range(levels))
        m = of(chain)
        began = time.monotonic()
        sizes.append([len(m.to_markdown()), len(m.to_csv()), len(m.to_html())])
        assert time.monotonic() - began < 20
    assert all(long < 5 * short for short, long in zip(*sizes, strict=True))


def test_of_very_many_premises_the_first_and_the_last_are_named():
    premises = "".join(f"({n}) p{n}\n" for n in range(1, 3001))
    m = of(f"<A>\n\n{premises}----\n  _ u\n(9) c")
    assert "*supports, together with 1.1, … and 1.3000:* p2\n" in m.to_markdown()
    assert "*undercuts 1.1+…+1.3000 ⇒ 1:* u" in m.to_markdown()
    assert len(m.to_markdown()) < 300_000
    assert len(m.to_csv()) < 300_000


def test_a_map_without_claims_is_still_written():
    m = argmap.Map(Debate(title="Soon"))
    assert "# Soon\n\nThis map holds no claims yet.\n" == m.to_markdown()
    assert r'label="Soon\lThis map holds no claims yet.\l"' in m.to_dot()
    assert ",".join(COLUMNS) + "\n" == m.to_csv()
    assert "This map holds no claims yet." in m.to_html()
    assert "This map holds no claims yet.\n" == argmap.Map(Debate()).to_markdown()


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://a.org/b_c*d?e=1&f=[2]#g", True),
        ("HTTP://a.org/", True),
        ("mailto:ana@a.org", True),
        ("javascript:alert(1)", False),
        ("https://a.org/<b>", False),
        ("https://a.org/ b", False),
        ("https://a.org/`b", False),
        ("https://a.org/$b$", False),
    ],
)
def test_the_address_of_a_claim_can_be_followed_in_markdown(url: str, linked: bool):
    v = of("[A]: a\n").view()
    body = markdown(evolve(v, cards=tuple(evolve(c, url=url) for c in v.cards)))
    assert linked == (f" <{url}>\n" in body)
    found = [t for token in MarkdownIt().parse(body) for t in token.children or ()]
    assert linked == ("link_open" in [t.type for t in found])
    if not linked:
        assert url in "".join(t.content for t in found)


def test_groups_are_listed_in_every_list():
    m = of("[A]: a {speaker: Ana}\n  - [B]: b {speaker: Tom & Co}\n").showing(group="author")
    assert "## Groups\n\n- Ana: **1**\n- Tom \\& Co: **1.1**\n" in m.to_markdown()
    words = re.sub(r"<[^>]*>", "", m.to_html().split("<h2>Groups</h2>")[1])
    assert ["Ana: 1", "Tom &amp; Co: 1.1"] == words.split("\n")[2:4]
    assert "Groups" not in evolve(m, choice=WHOLE).to_html()


# --- CSV


def rows(body: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body, newline=""), strict=True))


def bare(cell: str) -> str:
    """What a cell says, without what keeps a spreadsheet from reckoning."""
    return cell[1:] if re.match(r"'[=+\-@＝＋－＠]", cell) else cell


@given(debates(WILD))
def test_a_table_has_a_line_for_every_card_in_order(debate: Debate):
    seen = view(debate)
    found = rows(table(debate, seen))

    assert [c.number for c in seen.cards] == [r["number"] for r in found]
    assert [said(c.text) for c in seen.cards] == [bare(r["text"]) for r in found]
    assert [said(c.whole_credit) for c in seen.cards] == [bare(r["credit"]) for r in found]
    assert all(set(COLUMNS) == set(r) for r in found)


@given(debates(WILD))
def test_no_cell_of_a_table_is_a_formula(debate: Debate):
    for row in csv.reader(io.StringIO(table(debate, view(debate)), newline="")):
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_a_formula_is_only_words(text: str):
    b = argmap.Builder()
    b.claim(text, title="T")
    assert f"'{text.strip()}" == rows(b.map().to_csv())[0]["text"]


def test_a_table_says_what_nobody_states():
    m = of("[A]: a\n  + [P]: p {unstated: true}\n")
    assert [("1", ""), ("1.1", "yes")] == [(r["number"], r["unstated"]) for r in rows(m.to_csv())]


def test_a_table_says_what_bears_on_what():
    m = of(
        "# H\n\n[A]: a #t {speaker: Ana, at: [¶1, ¶2], quote: [q, r], source: S}\n"
        "  - [B]: b {speaker: Tom, voice: reported, of: Eva, link: {as: clash, because: why}}\n\n"
        "<N>: g\n\n(1) p\n(2) q\n-- r --\n  _ u\n(3) [A]\n\n[D]: d\n  + [B]\n  >< [A]\n"
    )
    a, p, q, u, d, b = rows(m.to_csv())
    assert ("1", "claim", "A", "a") == (a["number"], a["part"], a["title"], a["text"])
    assert ("¶1; ¶2", "q; r", "S", "t", "H") == (
        *(a["at"], a["quote"], a["source"], a["tags"], a["section"]),
    )
    assert "contradicts 2" == a["bears_on"]
    assert ("Eva (as reported by Tom)", "Tom", "reported", "Eva") == (
        *(b["credit"], b["speaker"], b["voice"], b["of"]),
    )
    assert ("supports 2; objects to 1", "; clash", "; why", "; mapper") == (
        *(b["bears_on"], b["link"], b["because"], b["by"]),
    )
    assert ("supports 1", "1.2", "N; g", "r") == (
        *(p["bears_on"], p["together_with"], p["argument"], p["rules"]),
    )
    assert "1.1" == q["together_with"]
    assert ("undercut", "undercuts 1.1+1.2 => 1") == (u["part"], u["bears_on"])
    assert "contradicts 1" == d["bears_on"]


def test_a_table_cites_each_source_with_the_place():
    m = of(
        "===\nsource: {key: R, title: A report, author: Ana Keller, date: 2024}\n===\n\n"
        "[A]: a {at: [¶1, ¶8]}"
    )
    (row,) = rows(m.to_csv())
    assert "Ana Keller, “A report”, 2024, ¶1; Ana Keller, “A report”, 2024, ¶8" == row["citation"]


# --- HTML


def main_of(page: str) -> ET.Element:
    found = re.search(r"<main>.*</main>", page, re.DOTALL)
    assert found
    return ET.fromstring(found[0])


def listed(page: str) -> list[tuple[str, str]]:
    """The id and the words of each item of the map in words."""
    top = main_of(page).find(".//ul[@class='claims']")
    if top is None:
        return []
    return [(li.get("id", ""), "".join(li.find("p").itertext())) for li in top.iter("li")]


@given(debates())
def test_a_page_has_every_card_in_full_once(debate: Debate):
    seen = view(debate)
    found = listed(argmap.Map(debate).to_html())
    full = [(id, words) for id, words in found if id.count("-") == 1]  # c-3-2 refers to c-3

    assert [f"c-{c.id}" for c in seen.cards] == [id for id, _ in full]
    for card, (_, item) in zip(seen.cards, full, strict=True):
        assert item.startswith(card.number)
        for words in (card.title, card.text, card.whole_credit, *card.quotes):
            assert said(words) in item


@given(debates(WILD))
def test_a_page_is_well_formed_and_runs_nothing(debate: Debate):
    sound(argmap.Map(debate).to_html())


def sound(body: str) -> None:
    """A page of our own elements only, whose links lead to places in it, or to the web; of its two
    scripts, one is the same for all maps, and the other is data.
    """
    page = Page(body)
    allowed = {*"html head meta title style body main h1 h2 p figure figcaption div".split()}
    allowed |= {*"script section button input output label dl dt dd bdi".split()}
    allowed |= {*"ul li b span a svg desc g rect path text circle ellipse polygon".split()}
    assert set(page.tags) <= allowed
    assert len(page.ids) == len(set(page.ids))
    for target in page.targets:
        assert target[1:] in page.ids if "#" == target[0] else target.startswith("http")
    main_of(body)
    scripts = re.findall(r"<script[^>]*>.*?</script>", body, re.DOTALL)
    assert [2, SCRIPT] == [page.tags["script"], scripts[1]]
    json.loads(re.sub("<[^>]*>", "", scripts[0]))


SCRIPT = re.findall(r"<script>.*?</script>", argmap.loads("").to_html(), re.DOTALL)[0]


@pytest.mark.parametrize("text", NASTY)
def test_a_page_shows_nasty_words_as_they_are(text: str):
    body = argmap.Map(nasty(text)).to_html()
    sound(body)
    assert 1 == body.count("<main>") == body.count("</main>") == body.count("</body>")
    assert said(text) in "".join(main_of(body).find("h1").itertext())
    assert [said(text) in words for _, words in listed(body)] == [True] * 4


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://a.org/b?c=1&d=2", True),
        ("javascript:alert(1)", False),
        ('https://a.org/"onclick=alert(1)', False),
        ("data:text/html,x", False),
    ],
)
def test_only_an_address_of_the_web_can_be_followed(url: str, linked: bool):
    b = argmap.Builder()
    b.source(Source("R", "A report", url=url))
    b.claim("a", source="R")
    body = b.map().to_html()
    sound(body)
    assert linked == any(t.startswith("http") for t in Page(body).targets)
    assert url in "".join(main_of(body).itertext())


def test_a_page_has_the_theme_and_the_language_that_were_asked_for():
    m = of("===\ntitle: T\nlang: de-AT\n===\n\n[A]: a")
    assert '<html lang="de-AT">' in m.to_html()
    assert '<html lang="en">' in of('===\nlang: "x\\" y"\n===\n\n[A]: a').to_html()
    assert "prefers-color-scheme" in m.to_html()
    assert "prefers-color-scheme" not in m.to_html(theme="dark").replace(SCRIPT, "")
    assert "color-scheme:dark" in m.to_html(theme="dark")
    assert m.to_html() == m.to_html()
    with pytest.raises(argmap.UnknownName, match="no theme is named 'dim'"):
        m.to_html(theme="dim")


def test_the_title_of_a_page_stands_there_once():
    body = of("===\ntitle: Later\n===\n\n[A]: a").to_html()
    assert "<title>Later</title>" in body
    assert 1 == "".join(main_of(body).itertext()).count("Later")


# --- whose it is, in every output


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"voice": "reported", "of": "Washington"}, "Washington (as reported by Rumer)"),
        *[
            ({"voice": v.value}, f"Rumer ({w})")
            for v, w in (
                (Voice.HEDGED, "hedged"),
                (Voice.ASKED, "as a question"),
                (Voice.CONCEDED, "conceded"),
            )
        ],
    ],
)
def test_whose_a_claim_is_is_said_in_words_in_every_output(how: dict[str, str], expected: str):
    b = argmap.Builder()
    b.claim("x", by=b.speaker("Eugene Rumer"), **how)
    m = b.map()
    outputs = (m.outline(), m.to_svg(), m.to_markdown(), m.to_html(), m.to_csv(), m.to_json())
    assert [True] * 6 == [expected in made for made in outputs]


def test_an_argument_that_is_only_reported_is_not_the_reporters():
    m = of("<N>: g {speaker: Rumer, voice: reported, of: Washington}\n\n(1) p\n(2) q\n----\n(3) c")
    expected = "Washington (as reported by Rumer)"
    assert f"(argument N: g — {expected})" in m.to_markdown()
    assert f"(argument N: g — {expected})" in m.to_html()
    assert f"N; g; {expected}" == rows(m.to_csv())[1]["argument"]
    assert f"N; g; {expected}; " in m.to_svg()


def test_a_reference_to_a_hedge_says_that_it_is_one():
    m = of("[A]: a\n  + [S]: s {voice: hedged}\n\n[B]: b\n  + [S]")
    assert 2 == m.outline().count("— hedged")
    assert 2 == m.to_markdown().count("— hedged")
    assert 2 == "".join(main_of(m.to_html()).find("section").itertext()).count("—\xa0hedged")


# --- the command


def test_every_output_is_written_by_its_suffix_and_to_a_pipe(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("m.argdown").write_text(
        "===\ntitle: T\nsource: {key: R, title: A report, date: 2024}\n===\n\n[A]: ä {at: ¶1}\n",
        encoding="utf-8",
    )
    made = {"md": "# T\n", "csv": "number,", "html": "<!DOCTYPE html>", "bib": "@misc{"}
    for suffix, begins in made.items():
        written = CliRunner().invoke(main, ["render", "m.argdown", "-o", f"m.{suffix}"])
        assert (0, "") == (written.exit_code, written.output)
        body = Path(f"m.{suffix}").read_text(encoding="utf-8")
        assert body.startswith(begins)
        piped = CliRunner().invoke(main, ["render", "m.argdown", "--format", suffix, "-o", "-"])
        assert body.encode() == piped.stdout_bytes
    piped = CliRunner().invoke(main, ["render", "m.argdown", "--format", "csl-json"])
    assert piped.stdout.startswith('[\n  {\n    "id": "report2024"')


def test_the_options_of_pictures_count_for_a_page(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("m.argdown").write_text("[A]: a\n  + b\n", encoding="utf-8")
    ran = CliRunner().invoke(
        main, "render m.argdown -o d.html -o d.md --theme dark --width 300".split()
    )
    assert 0 == ran.exit_code
    m = argmap.load("m.argdown")
    assert m.to_html(theme="dark", card_width=300) == Path("d.html").read_text(encoding="utf-8")
    assert m.to_markdown() == Path("d.md").read_text(encoding="utf-8")


def test_a_shell_offers_the_formats():
    complete = ShellComplete(main, {}, "argmap", "_ARGMAP_COMPLETE")
    offered = complete.get_completions(["render", "--format"], "c")
    assert ["csv", "csl-json"] == [c.value for c in offered]


def test_a_spreadsheet_is_written_as_csv(tmp_path: Path):
    with pytest.raises(argmap.UnknownFormat, match=r"write \.csv, which every spreadsheet imports"):
        of("[A]: a").render(tmp_path / "m.xlsx")
