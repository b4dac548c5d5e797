"""The page in a real browser, as a teacher uses it in class, and as it is where no script runs."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from browsing import Opener, needs_browser
from conftest import ROOT
from hypothesis import given
from strategies import debates

import argmap
from argmap.layout import arrange
from argmap.model import Debate
from argmap.render.page import page
from argmap.render.page.steps import in_order, steps
from argmap.view import forest, view

if TYPE_CHECKING:
    from playwright.sync_api import Page

MAIN = ROOT / "maps" / "rumer-vs-kaczmarski.argdown"
SMALL = """\
===
title: Phones at school
===

[Ban]: Schools should ban phones. {speaker: Ana}
  + [Focus]: Phones break concentration. {speaker: Ana}
    + [Study]: A study of five schools found so. {speaker: Tom}
  - [Enforce]: Nobody can enforce a ban. {speaker: Tom}
    - [Pouches]: Lockable pouches would do. {speaker: Ana}

<Costs>

(1) Phones cost lessons.
(2) Lessons are dear.
----
(3) [Ban]
  _ [Adults]: The figures are of adults. {speaker: Tom}
"""


def large(count: int = 300) -> argmap.Map:
    """A debate of two with *count* cards: every sort of link, four levels and more."""
    b = argmap.Builder(title=f"A debate of {count} cards")
    who = [b.speaker("Ana Keller"), b.speaker("Tom Brandt")]
    claims = [b.claim("Card 1 is the thesis.", by=who[0])]
    made, at = 1, 0
    while made < count:
        head, by = claims[at], who[at % 2]
        at += 1
        said = [f"Card {made + n} bears on card {at}, which says so." for n in range(1, 6)]
        step = b.support(head, said[:2], by=by)
        b.undercut(step, said[2], by=by)
        for words in said[3:]:
            claims.append(b.claim(words, by=who[made % 2]))
            b.rebut(head, claims[-1], by=by)
        made += 5
    return b.map()


@pytest.fixture(scope="module")
def small() -> str:
    return argmap.loads(SMALL).to_html()


@pytest.fixture(scope="module")
def main() -> str:
    return argmap.load(MAIN).to_html()


@pytest.fixture(scope="module")
def many() -> str:
    return large().to_html()


def data_of(body: str) -> Any:
    found = re.search(r'id="am-data">(.*?)</script>', body, re.DOTALL)
    assert found
    return json.loads(found[1])


def shown(p: Page) -> list[str]:
    """The ids of the cards that are to be seen."""
    found: list[str] = p.evaluate(
        "[...document.querySelectorAll('.map g[role][aria-label]')]"
        ".filter(g => getComputedStyle(g).visibility === 'visible').map(g => g.id)"
    )
    return found


def boxes(p: Page) -> list[list[float]]:
    """Where every card is in the picture, as parts of its width and height."""
    found: list[list[float]] = p.evaluate(
        """() => {
          const all = document.querySelector('.map svg').getBoundingClientRect();
          return [...document.querySelectorAll('.map g[role][aria-label]')].map(g => {
            const r = g.querySelector('rect').getBoundingClientRect();
            return [(r.x - all.x) / all.width, (r.y - all.y) / all.height,
                    r.width / all.width, r.height / all.height].map(n => +n.toFixed(4));
          });
        }"""
    )
    return found


def step_of(p: Page) -> int:
    found: int = p.evaluate("argmap.state().step")
    return found


def violations(p: Page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(p).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]} ({len(v['nodes'])})" for v in found]


# --- what it is made of


def test_our_script_and_styles_are_small(main: str):
    styles = "".join(re.findall(r"<style>\n(.*?)</style>\n</head>", main, re.DOTALL))
    scripts = re.findall(r"<script>(.*?)</script>", main, re.DOTALL)
    assert 1 == len(scripts)
    code = re.sub(r"--[\w-]+:#\w+;?", "", styles) + scripts[0]  # colours are data
    assert 8_000 < len(code.encode()) < 12_000


def test_the_file_of_a_map_of_twenty_cards_is_small():
    sizes = {}
    for path in sorted((ROOT / "maps").glob("*.argdown")):
        m = argmap.load(path)
        if 15 <= len(m.view().cards) <= 20:
            sizes[path.stem] = len(m.to_html().encode())
    assert sizes
    assert all(size < 80_000 for size in sizes.values()), sizes


@given(debates())
def test_every_card_has_its_step(debate: Debate):
    seen = view(debate)
    for v in (seen, forest(seen)):
        order = in_order(v)
        found = list(steps(v))
        at = {id: n for n, ids in enumerate(found) for id in ids}
        assert sorted(c.id for c in v.cards) == sorted(order)
        assert sorted(order) == sorted(id for ids in found for id in ids)
        for i in v.inferences:
            if all(v.parent.get(t) == i.id for t in i.tails):
                assert 1 == len({at[t] for t in i.tails})
            if i.head in v.inference:
                struck = v.inference[i.head].tails
                # a premise that bears on its own step comes with the other premises
                own = [t for t in i.tails if v.parent.get(t) == i.id and t not in struck]
                assert all(at[t] > at[s] for t in own for s in struck if s not in i.tails)


def test_premises_come_together_and_an_undercut_after_its_step():
    v = argmap.loads(SMALL).view()
    text = {c.id: c.text for c in v.cards}
    assert [
        ["Schools should ban phones."],
        ["Phones break concentration."],
        ["A study of five schools found so."],
        ["Nobody can enforce a ban."],
        ["Lockable pouches would do."],
        ["Phones cost lessons.", "Lessons are dear."],
        ["The figures are of adults."],
    ] == [[text[id] for id in ids] for ids in steps(v)]


def test_no_words_of_a_map_are_in_the_data_but_notes_and_those_cannot_end_it():
    m = argmap.loads("[A]: secret </script><b>")
    v = m.view()
    v = evolve(v, cards=tuple(evolve(c, note="</script><script>alert(1)") for c in v.cards))
    body = page(arrange(v), v)
    assert "</script><script>alert(1)" == data_of(body)["notes"]["n1"]
    assert "secret" not in json.dumps(data_of(body))
    assert 2 == body.count("</script>")


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://a.org/b?c=1&d=2", True),
        ("mailto:ana@a.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ('https://a.org/"onclick=alert(1)', False),
    ],
)
def test_a_card_links_only_to_the_web_and_to_mail(url: str, linked: bool):
    v = argmap.loads("[A]: a").view()
    v = evolve(v, cards=tuple(evolve(c, url=url) for c in v.cards))
    assert linked == ("read more</a>" in page(arrange(v), v))


def test_a_page_says_that_it_shows_a_part():
    v = evolve(argmap.loads("[A]: a").view(), partial="2 levels of <5>")
    assert '<p class="partial">Part of the map: 2 levels of &lt;5&gt;</p>' in page(arrange(v), v)


@pytest.mark.parametrize(
    ("text", "rtl"),
    [
        ("===\nlang: ar\n===\n\n[A]: a", True),
        ("===\nlang: he-IL\n===\n\n[A]: a", True),
        ("[A]: سوف تبقى العلاقات قوية", True),
        ("[A]: They stay قوية", False),
        ("===\nlang: de\n===\n\n[A]: a", False),
    ],
)
def test_a_page_runs_from_right_to_left_where_its_words_do(text: str, rtl: bool):
    assert rtl == (' dir="rtl"' in argmap.loads(text).to_html())


# --- in class


@needs_browser
def test_it_opens_with_the_whole_map_and_its_words_at_hand(opened: Opener, main: str):
    p = opened(main)
    assert len(data_of(main)["cards"]) == len(shown(p))
    assert p.locator("#am-bar").is_visible()
    assert not p.locator("#am-words").is_visible()
    p.keyboard.press("w")
    assert p.locator("#am-words").is_visible()
    p.keyboard.press("Escape")
    assert not p.locator("#am-words").is_visible()


@needs_browser
@pytest.mark.parametrize("which", ["main", "many"])
def test_it_is_shown_step_by_step_and_no_card_moves(
    opened: Opener, which: str, request: pytest.FixtureRequest
):
    body = request.getfixturevalue(which)
    data = data_of(body)
    p = opened(body)
    before = boxes(p)
    assert len(data["cards"]) == len(before)
    p.keyboard.press("Home")
    assert [] == shown(p)
    expected: set[str] = set()
    for n, ids in enumerate(data["steps"], 1):
        p.keyboard.press(["ArrowRight", " ", "PageDown", "ArrowDown"][n % 4])
        expected |= {data["cards"][i][0] for i in ids}
        if n < 12 or n % 40 == 0 or n == len(data["steps"]):
            assert expected == set(shown(p)), n
            assert before == boxes(p), n
    assert len(data["steps"]) == step_of(p)
    p.keyboard.press("PageUp")
    p.keyboard.press("ArrowLeft")
    assert len(data["steps"]) - 2 == step_of(p)
    p.keyboard.press("End")
    assert len(data["cards"]) == len(shown(p))
    assert "" == p.locator(".map svg").evaluate("e => e.style.transform")


@needs_browser
def test_links_and_joints_come_with_their_cards(opened: Opener, main: str):
    data = data_of(main)
    p = opened(main)
    for k in (0, 1, 5, 9, 20, len(data["steps"])):
        p.evaluate("k => argmap.to(k)", k)
        cards = {i for ids in data["steps"][:k] for i in ids}
        there = {id for id, ends in data["links"] if cards >= set(ends)}
        seen = p.evaluate(
            """[...document.querySelectorAll('.map svg [id]')]
              .filter(g => /^[ejw]-/.test(g.id) && getComputedStyle(g).visibility === 'visible')
              .map(g => g.id.slice(2))"""
        )
        assert there == set(seen)


@needs_browser
def test_what_is_new_is_said_with_who_holds_it(opened: Opener, small: str):
    p = opened(small)
    say = p.locator("#am-say")
    assert "polite" == say.get_attribute("aria-live")
    for expected in (
        "1 Schools should ban phones. — Ana",
        "1.1 supports: Phones break concentration. — Ana",
    ):
        p.keyboard.press("ArrowRight")
        assert expected == " ".join(say.inner_text().split())
        assert say.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") >= 24
        card, words = p.locator(".now").bounding_box(), say.bounding_box()
        assert card and words and card["y"] + card["height"] <= words["y"]
    p.evaluate("argmap.to(6)")
    assert ["1.3", "1.4"] == [w.split()[0] for w in say.locator("p").all_inner_texts()]
    p.keyboard.press("Home")
    assert "Phones at school" == say.inner_text()


@needs_browser
@pytest.mark.parametrize("wide", [1280, 400])
def test_a_new_card_is_in_view_and_large(opened: Opener, many: str, wide: int):
    p = opened(many, viewport={"width": wide, "height": 720})
    for k in (1, 7, 33, 120):
        p.evaluate("k => argmap.to(k)", k)
        stage = p.locator(".map").bounding_box()
        assert stage
        for now in p.locator(".now").all():
            box = now.bounding_box()
            assert box and box["x"] >= stage["x"] - 1
            assert box["x"] + box["width"] <= stage["x"] + stage["width"] + 1
            assert box["height"] > 60


@needs_browser
def test_the_address_says_the_step_and_sets_it(opened: Opener, main: str):
    p = opened(main, at="#step=7")
    assert 7 == step_of(p)
    p.keyboard.press("ArrowRight")
    p.wait_for_function("location.hash === '#step=8'")
    p.evaluate("location.hash = '#step=3'")
    p.wait_for_function("argmap.state().step === 3")
    for _ in range(9):  # the address that is behind does not take the page back
        p.keyboard.press("ArrowRight")
        p.evaluate("window.dispatchEvent(new HashChangeEvent('hashchange'))")
    assert 12 == step_of(p)
    p.wait_for_function("location.hash === '#step=12'")
    p.evaluate("location.hash = '#step=3'")
    p.wait_for_function("argmap.state().step === 3")
    p.evaluate("location.hash = '#step=x'")
    assert 3 == step_of(p)


@needs_browser
def test_a_branch_is_folded_by_click_and_by_enter(opened: Opener, small: str):
    p = opened(small)
    focus, study = (
        p.locator('[aria-label*="break concentration"]'),
        p.locator('[aria-label*="five schools"]'),
    )
    assert ("button", "true") == (focus.get_attribute("role"), focus.get_attribute("aria-expanded"))
    assert study.get_attribute("aria-expanded") is None
    before = boxes(p)
    focus.click()
    assert "false" == focus.get_attribute("aria-expanded")
    assert "+1" == focus.locator(".more").text_content()
    assert not study.is_visible()
    assert before == boxes(p)
    focus.focus()
    p.keyboard.press("Enter")
    assert study.is_visible()
    assert 0 == p.locator(".more").count()
    top = p.locator('[aria-label*="should ban"]').first
    top.focus()
    p.keyboard.press("Enter")
    assert "+7" == top.locator(".more").text_content()
    assert 1 == len(shown(p))
    study_id = study.get_attribute("id")
    p.evaluate("id => argmap.toggle(id)", study_id)  # has no branch
    assert 1 == len(shown(p))


@needs_browser
def test_an_author_is_highlighted(opened: Opener, small: str):
    p = opened(small)
    tom = p.get_by_role("button", name="Tom", exact=True)
    tom.click()
    assert "true" == tom.get_attribute("aria-pressed")
    bright = p.evaluate(
        "[...document.querySelectorAll('.map g[aria-label]:not(.dim)')].map(g => g.ariaLabel)"
    )
    assert 3 == len(bright)
    assert all("Tom" in words for words in bright)
    tom.click()
    assert "false" == tom.get_attribute("aria-pressed")
    assert 0 == p.locator(".dim").count()


@needs_browser
def test_it_is_searched(opened: Opener, small: str):
    p = opened(small, at="#step=1")
    p.keyboard.press("/")
    p.keyboard.type("PHÓNES")
    hits = p.locator("#am-hits")
    assert "0 of 3" == hits.inner_text()
    assert 3 == p.locator(".hit").count()
    for expected in ("1 of 3", "2 of 3", "3 of 3", "1 of 3"):
        p.keyboard.press("Enter")
        assert expected == hits.inner_text()
        assert 1 == p.locator(".now.hit").count()
    p.keyboard.press("Shift+Enter")
    assert "3 of 3" == hits.inner_text()
    assert p.locator(".now").is_visible()  # though it comes in a later step
    p.keyboard.press("Escape")
    assert ("", 0) == (hits.inner_text(), p.locator(".hit").count())
    assert 1 == p.evaluate("argmap.find('pouches')")


@needs_browser
def test_it_is_moved_and_zoomed(opened: Opener, small: str):
    p = opened(small)
    card = p.locator('[aria-label*="should ban"]').first

    def wide() -> float:
        box = card.bounding_box()
        assert box
        return box["width"]

    own = wide()
    p.keyboard.press("+")
    assert wide() == pytest.approx(own * 1.25, rel=0.01)
    p.keyboard.press("-")
    assert wide() == pytest.approx(own, rel=0.01)
    box = card.bounding_box()
    assert box
    at = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    p.mouse.move(*at)
    p.mouse.wheel(0, -300)
    p.wait_for_function(
        "w => document.querySelector('g[aria-label]').getBoundingClientRect().width > w",
        arg=own * 1.2,
    )
    zoomed = card.bounding_box()
    assert zoomed
    assert zoomed["x"] < at[0] < zoomed["x"] + zoomed["width"]  # what is pointed at stays
    p.mouse.down()
    p.mouse.move(at[0] + 60, at[1] + 40)
    p.mouse.up()
    moved = card.bounding_box()
    assert moved
    assert (60, 40) == (round(moved["x"] - zoomed["x"]), round(moved["y"] - zoomed["y"]))
    assert "true" == card.get_attribute("aria-expanded")  # a drag is no click
    p.keyboard.press("Shift+ArrowRight")
    box = card.bounding_box()
    assert box
    assert -80 == round(box["x"] - moved["x"])
    p.keyboard.press("0")
    assert wide() == pytest.approx(own, rel=0.01)


@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dark_and_light_can_be_turned(opened: Opener, small: str, scheme: Any):
    p = opened(small, color_scheme=scheme)
    look = """[getComputedStyle(document.body).backgroundColor,
      getComputedStyle(document.querySelector('.map svg > rect')).fill]"""
    light, dark = ["rgb(255, 255, 255)"] * 2, ["rgb(15, 20, 27)"] * 2
    was, other = (light, dark) if scheme == "light" else (dark, light)
    button = p.get_by_role("button", name="Dark")
    assert was == p.evaluate(look)
    assert str(scheme == "dark").lower() == button.get_attribute("aria-pressed")
    p.keyboard.press("d")
    assert other == p.evaluate(look)
    assert str(scheme == "light").lower() == button.get_attribute("aria-pressed")
    button.click()
    assert was == p.evaluate(look)


@needs_browser
def test_a_page_of_one_theme_has_nothing_to_turn(opened: Opener):
    p = opened(argmap.loads(SMALL).to_html(theme="dark"))
    assert not p.locator("#am-dark").is_visible()


@needs_browser
def test_notes_are_for_who_presents(opened: Opener):
    v = argmap.loads(SMALL).view()
    notes = {"1": "Ask the class first.\nWait.", "1.1": "Show the study."}
    v = evolve(v, cards=tuple(evolve(c, note=notes.get(c.number, "")) for c in v.cards))
    p = opened(page(arrange(v), v))
    p.keyboard.press("ArrowRight")
    notes_panel = p.locator("#am-notes")
    assert not notes_panel.is_visible()
    assert "Ask the class" not in p.locator("main").inner_text()
    p.keyboard.press("n")
    assert "Ask the class first.\nWait.\n\nNext: 1.1" in notes_panel.inner_text()
    assert "Next: 1.1 Ana, reason: Phones break concentration." in notes_panel.inner_text()
    p.keyboard.press("ArrowRight")
    assert "Show the study." in notes_panel.inner_text()
    p.keyboard.press("n")
    assert not notes_panel.is_visible()


@needs_browser
def test_single_characters_can_be_given_up_as_keys(opened: Opener, small: str):
    p = opened(small)
    p.keyboard.press("?")
    p.get_by_label("Single characters are keys").uncheck()
    p.keyboard.press("Escape")
    p.keyboard.press("w")
    assert not p.locator("#am-words").is_visible()
    p.keyboard.press("ArrowRight")
    assert 1 == step_of(p)


@needs_browser
def test_everything_is_reached_with_the_tab_key_and_seen_there(opened: Opener, small: str):
    p = opened(small)
    found = []
    for _ in range(60):
        p.keyboard.press("Tab")
        name = p.evaluate(
            "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"
        )
        if name in found or p.evaluate("document.activeElement === document.body"):
            break
        found.append(name)
        if p.evaluate("document.activeElement.matches('.map g')"):
            box = p.evaluate(
                "JSON.parse(JSON.stringify(document.activeElement.getBoundingClientRect()))"
            )
            assert box["left"] >= 0 and box["right"] <= 1280 and box["bottom"] <= 720
    assert {"Back", "Next", "Search", "Zoom in", "Fit", "Words", "Keys", "Dark"} <= set(found)
    assert len(data_of(small)["cards"]) == sum(
        bool(re.match(r"[\d.]+ (Ana|Tom|Phones|Lessons)", str(name))) for name in found
    )


@needs_browser
def test_a_reference_leads_to_its_card(opened: Opener):
    m = argmap.loads("[A]: a\n  + [S]: s\n\n[B]: b\n  + [S]")
    p = opened(m.to_html(layout="tree"))
    p.evaluate("argmap.toggle('n1')")
    p.locator('.map a[href="#n2"]').click()
    assert "n2" == p.locator(".now").get_attribute("id")
    assert p.locator("#n2").is_visible()
    p.evaluate("argmap.to(4)")
    p.locator("#am-say a").click()
    assert "n2" == p.locator(".now").get_attribute("id")


@needs_browser
def test_a_click_leaves_the_keys_to_the_steps(opened: Opener, small: str):
    p = opened(small)
    p.get_by_role("button", name="Next").click()
    p.get_by_role("button", name="Words").click()
    p.get_by_role("button", name="Words").click()
    p.keyboard.press(" ")
    assert 2 == step_of(p)


@needs_browser
def test_motion_is_gentle_unless_it_is_unwanted(opened: Opener, small: str):
    for motion, expected in (("reduce", "0s"), ("no-preference", "0.5s")):
        p = opened(small, reduced_motion=motion)
        p.keyboard.press("ArrowRight")
        got = p.evaluate("getComputedStyle(document.querySelector('.map svg')).transitionDuration")
        assert expected == got


# --- what draws the map anew while it is shown


@needs_browser
def test_where_one_was_is_kept_when_the_map_is_drawn_anew(opened: Opener, small: str):
    longer = SMALL.replace("  - [Enforce]", "  + [New]: Exams come first.\n  - [Enforce]")
    fresh = argmap.loads(longer).to_html()
    p = opened(small, at="#step=4")
    p.keyboard.press("d")
    p.get_by_role("button", name="Ana", exact=True).click()
    p.evaluate("argmap.toggle(document.querySelector('[aria-label*=\"break concentration\"]').id)")
    p.keyboard.press("+")
    was = p.evaluate("argmap.state()")
    p.evaluate(
        """body => {
          const state = argmap.state(), page = new DOMParser().parseFromString(body, 'text/html');
          argmap.stop();
          document.body = page.body;
          for (const old of document.querySelectorAll('script')) {
            const script = document.createElement('script');
            for (const a of old.attributes) script.setAttribute(a.name, a.value);
            script.text = old.text;
            old.replaceWith(script);
          }
          argmap.restore(JSON.parse(JSON.stringify(state)));
        }""",
        fresh,
    )
    now = p.evaluate("argmap.state()")
    assert (4, 5) == (was["step"], now["step"])  # the newest card is the same
    assert was["view"] == now["view"]
    assert "rgb(15, 20, 27)" == p.evaluate("getComputedStyle(document.body).backgroundColor")
    assert "true" == p.get_by_role("button", name="Ana", exact=True).get_attribute("aria-pressed")
    assert not p.locator('[aria-label*="five schools"]').is_visible()
    p.keyboard.press("ArrowRight")
    assert 6 == step_of(p)  # once: the listeners of the old page are gone


# --- on paper, and without the script


def paper(p: Page, **how: Any) -> tuple[int, str]:
    """How many pages are printed, and the words on them."""
    from pypdf import PdfReader

    read = PdfReader(io.BytesIO(p.pdf(**how)))
    return len(read.pages), " ".join(" ".join(q.extract_text() for q in read.pages).split())


@needs_browser
def test_the_whole_map_is_printed_on_one_page_whatever_is_shown(opened: Opener, small: str):
    p = opened(small)
    whole = paper(p, prefer_css_page_size=True)
    assert 1 == whole[0]
    assert "The figures are of adults." in whole[1]
    assert "Search" not in whole[1]
    for key in ("Home", "ArrowRight", "+", "n", "d"):
        p.keyboard.press(key)
        assert whole == paper(p, prefer_css_page_size=True), key
    p.keyboard.press("End")
    p.evaluate("argmap.toggle('n1')")
    for how in (
        {"prefer_css_page_size": True},
        {"format": "A4"},
        {"format": "A4", "landscape": True},
        {"format": "Letter"},
    ):
        assert (1, whole[1]) == paper(p, **how)


@needs_browser
@pytest.mark.parametrize("which", ["main", "many"])
def test_a_large_map_is_printed_on_one_page_too(
    opened: Opener, which: str, request: pytest.FixtureRequest
):
    p = opened(request.getfixturevalue(which), at="#step=7")
    assert 1 == paper(p, format="A4")[0]


@needs_browser
def test_the_words_are_printed_after_the_map_if_they_are_open(opened: Opener, small: str):
    p = opened(small)
    p.keyboard.press("w")
    pages, words = paper(p, format="A4")
    assert 2 == pages
    assert words.index("In words") > words.index("The figures are of adults.")


@needs_browser
def test_without_script_everything_is_there(opened: Opener, main: str):
    p = opened(main, java_script_enabled=False)
    m = argmap.load(MAIN)
    assert p.locator(".map svg").is_visible()
    assert not p.locator("#am-bar").is_visible()
    words = p.locator("#am-words").inner_text()
    for card in m.view().cards:
        assert " ".join(card.text.split()) in words
        assert p.locator(f"#{card.id}").is_visible()


# --- for every reader


@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened: Opener, small: str, main: str, scheme: Any):
    if scheme == "light":
        assert [] == violations(opened(main, at="#step=9"))
    p = opened(small, color_scheme=scheme)
    assert [] == violations(p)
    p.keyboard.press("d")
    assert [] == violations(p)
    p.evaluate("argmap.toggle('n2')")
    p.get_by_role("button", name="Tom", exact=True).click()
    p.keyboard.press("ArrowRight")
    for key in ("w", "n", "?", "Escape", "Home"):
        p.keyboard.press(key)
        assert [] == violations(p), key


@needs_browser
@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_axe_finds_nothing_where_no_script_runs(opened: Opener, theme: str):
    body = argmap.load(ROOT / "maps" / "kuhrt.argdown").to_html(theme=theme)
    still = re.sub(r"<script>.*?</script>", "", body, flags=re.DOTALL)  # axe is a script itself
    assert [] == violations(opened(still, color_scheme="dark"))


@needs_browser
def test_axe_finds_nothing_on_a_small_screen_nor_in_arabic(opened: Opener, small: str):
    assert [] == violations(opened(small, viewport={"width": 400, "height": 800}, at="#step=2"))
    arabic = "[A]: سوف تبقى العلاقات بين البلدين قوية\n  + [B]: لفترة طويلة من الزمن"
    p = opened(argmap.loads(arabic).to_html(), at="#step=1")
    assert [] == violations(p)
    p.keyboard.press("ArrowLeft")  # the way of reading
    assert 2 == step_of(p)


HOSTILE = {
    "end of script": "</script><script>window.hacked = 1</script>",
    "image": "<img src=x onerror=window.hacked=1>",
    "quotes": "\"' onclick='window.hacked=1' x=\"` ${window.hacked=1} \\",
    "comment": "<!-- <script> --> ]]> &lt;b&gt; &amp;",
    "bidi": "a \u202eb\u202c \u2066c\u2069 \u200f d",
    "control": "a\x01b\x7fc\x00d\ufffee",
    "long": "W" * 5_000,
    "regular expression": "$& \\1 (.*)+ [",
}


@needs_browser
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_run_nothing(opened: Opener, name: str):
    text = HOSTILE[name]
    b = argmap.Builder(title=text[:200])
    who, other = b.speaker(text[:40], key="X"), b.speaker("Ana", key=text[:20])
    a = b.claim(text, by=who, title="T")
    step = b.support(a, [text + " 1", text + " 2"], by=other)
    b.undercut(step, text + " 3", by=who)
    v = b.map().view()
    v = evolve(v, partial=text, cards=tuple(evolve(c, note=text, url=text) for c in v.cards))
    p = opened(page(arrange(v), v))
    p.keyboard.press("n")
    for _ in range(4):
        p.keyboard.press("ArrowRight")
    p.evaluate("text => argmap.find(text)", text)
    for button in p.locator("button[data-who]").all():
        button.click()
    p.evaluate("argmap.toggle('n1')")
    assert p.evaluate("window.hacked") is None
    assert 4 == step_of(p)
    assert 0 == p.locator("img").count()
