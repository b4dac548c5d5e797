"""What a real browser makes of a picture: every text lies inside its card, as measured there."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import Opener, needs_browser
from conftest import ROOT

import argmap
from argmap.view import view

SCRIPTS = {
    "Latin": "Ein Vertrag über Rohstoffe wäre für beide Länder äußerst vorteilhaft.",
    "Cyrillic": "Отношения между двумя странами останутся прочными ещё долгое время.",
    "Greek": "Οι σχέσεις των δύο χωρών θα παραμείνουν ισχυρές για πολύ καιρό.",
    "Chinese": "两国之间的伙伴关系将会长期保持下去，因为双方都从中获得好处。",
    "Arabic": "سوف تبقى العلاقات بين البلدين قوية لفترة طويلة من الزمن",
    "long words": "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen " + "W" * 60,
    "emoji": "Works \U0001f44d or not \U0001f44e \U0001f468‍\U0001f469‍\U0001f467",
}

MEASURE = """() => {
const found = [];
for (const g of document.querySelectorAll('svg g[role=group]')) {
  const box = g.querySelector('rect').getBBox();
  for (const t of g.querySelectorAll('text')) {
    const b = t.getBBox();
    const asked = t.getAttribute('textLength');
    t.removeAttribute('textLength');
    found.push([g.id, t.textContent, box.x, box.y, box.x + box.width, box.y + box.height,
                b.x, b.y, b.x + b.width, b.y + b.height, +asked, t.getBBox().width,
                +t.getAttribute('font-size')]);
  }
}
return found;
}"""


def measured(svg: str, opened: Opener) -> list[list]:
    """For each text: card, words, the card's sides, the text's sides, its asked and own width."""
    body = (
        "<!doctype html><meta charset=utf-8><style>svg{max-width:none!important}</style>"
        f"<body>{svg}</body>"
    )
    rows: list[list] = opened(body).evaluate(MEASURE)
    return rows


def inside(rows: list[list]) -> None:
    assert rows
    for _id, words, left, top, right, bottom, x0, y0, x1, y1, *_ in rows:
        assert left - 0.5 <= x0, words
        assert x1 <= right + 0.5, words
        assert top - 1 <= y0, words
        assert y1 <= bottom + 1, words


@needs_browser
@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("layout", ["tree", "columns", "dot"])
def test_no_text_leaves_its_card(script: str, layout: str, opened: Opener):
    b = argmap.Builder(title=script)
    text = SCRIPTS[script]
    speaker = b.speaker(text[:30].strip(), key=text[:12].strip())
    claim = b.claim(text, by=speaker, voice="reported", of=text[:40], at="¶4")
    step = b.support(claim, [text, text[::-1]], by=speaker)
    b.undercut(step, text + text, by=speaker)
    inside(measured(b.map().to_svg(layout=layout), opened))


@needs_browser
@pytest.mark.parametrize("layout", ["tree", "columns", "dot"])
def test_what_is_known_and_what_is_hidden_stay_in_the_card(layout: str, opened: Opener):
    known = (
        "{stance: {Ana: accepts, Tom: rejects, Eva: unsure}, verdict: undecided, "
        "votes: {for: 12, against: 90, abstain: 3}, speaker: Ana}"
    )
    body = "===\nspeakers: [Ana Keller, Tom Brandt, Eva Lind]\n===\n\n"
    m = argmap.loads(
        f"{body}[A]: school {known}\n  + [B]: tired {known}\n    - [C]: c {known}\n"
        f"      - d\n    - e\n  - [F]: f {known}\n    + g\n    - h\n"
    ).showing(depth=2)
    drawn = m.to_svg(layout=layout)
    rows = measured(drawn, opened)
    inside(rows)
    words = " ".join(row[1] for row in rows)
    for said in ("Tom rejects", "undecided", "12 for", "+3 below", "+2 below"):
        assert said.replace(" ", "") in words.replace(" ", "")


@needs_browser
@pytest.mark.parametrize("path", sorted((ROOT / "maps").glob("*.argdown")), ids=lambda p: p.stem)
@pytest.mark.parametrize("direction", ["down", "right"])
def test_no_text_of_the_maps_leaves_its_card(path: Path, direction: str, opened: Opener):
    inside(measured(argmap.load(path).to_svg(direction=direction), opened))


@needs_browser
def test_our_widths_are_the_browsers(opened: Opener):
    rows = measured(argmap.load(ROOT / "maps" / "rumer.argdown").to_svg(), opened)
    longer = [(words, asked, own) for _, words, *_, asked, own, _ in rows if len(words) > 8]
    assert len(longer) > 30
    for words, asked, own in longer:
        assert abs(asked - own) < 0.02 * own + 0.5, words


LOOK = """() => {
const items = [...document.querySelectorAll('.claims li')];
return {
  wide: document.documentElement.scrollWidth - window.innerWidth,
  within: items.every(li => li.firstElementChild.getBoundingClientRect().width > 100),
  ids: items.filter(li => li.id).map(li => li.id),
  dead: [...document.querySelectorAll('a')].map(a => a.getAttribute('href'))
    .filter(to => !to.startsWith('http') && !document.getElementById(to.slice(1))).length,
  loaded: performance.getEntriesByType('resource').length,
  words: document.querySelector('.claims').innerText,
  size: parseFloat(getComputedStyle(items[0].firstElementChild).fontSize),
};
}"""


@needs_browser
@pytest.mark.parametrize("path", sorted((ROOT / "maps").glob("*.argdown")), ids=lambda p: p.stem)
@pytest.mark.parametrize("wide", [500, 1400])
def test_a_page_fits_its_window_and_has_every_card(path: Path, wide: int, opened: Opener):
    m = argmap.load(path)
    p = opened(m.to_html(), java_script_enabled=False, viewport={"width": wide, "height": 900})
    found = p.evaluate(LOOK)
    assert found["wide"] <= 0
    assert found["within"]
    assert [f"c-{c.id}" for c in view(m.debate).cards] == [
        i for i in found["ids"] if i.count("-") < 2
    ]
    assert (0, 0) == (found["dead"], found["loaded"])
    assert found["size"] >= 16
    for thing in m.debate.claims:
        assert not thing.wordings or " ".join(thing.text.split()) in found["words"]
