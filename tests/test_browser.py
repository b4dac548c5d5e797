"""What a real browser makes of a picture: every text lies inside its card, as measured there."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

import argmap
from argmap.view import view

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no program chromium on the path")

SCRIPTS = {
    "Latin": "Ein Vertrag über Rohstoffe wäre für beide Länder äußerst vorteilhaft.",
    "Cyrillic": "Отношения между двумя странами останутся прочными ещё долгое время.",
    "Greek": "Οι σχέσεις των δύο χωρών θα παραμείνουν ισχυρές για πολύ καιρό.",
    "Chinese": "两国之间的伙伴关系将会长期保持下去，因为双方都从中获得好处。",
    "Arabic": "سوف تبقى العلاقات بين البلدين قوية لفترة طويلة من الزمن",
    "long words": "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen " + "W" * 60,
    "emoji": "Works \U0001f44d or not \U0001f44e \U0001f468‍\U0001f469‍\U0001f467",
}

MEASURE = """
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
document.body.innerHTML = '<pre>' + JSON.stringify(found).replace(/</g, '&lt;') + '</pre>';
"""


def measured(svg: str, folder: Path) -> list[list]:
    """For each text: card, words, the card's sides, the text's sides, its asked and own width."""
    rows: list[list] = found_in(
        "<!doctype html><meta charset=utf-8><style>svg{max-width:none!important}</style>"
        f"<body>{svg}<script>{MEASURE}</script></body>",
        folder,
    )
    return rows


def found_in(body: str, folder: Path, *flags: str) -> Any:
    """What a script in the page *body* found, and left as JSON in its place."""
    page = folder / "page.html"
    page.write_text(body, encoding="utf-8")
    done = subprocess.run(
        [
            str(CHROMIUM),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            f"--user-data-dir={folder / 'profile'}",
            *flags,
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        check=True,
        timeout=120,
    )
    found = re.search(r"<pre>(.*)</pre>", done.stdout.decode("utf-8"), re.DOTALL)
    assert found is not None
    return json.loads(html.unescape(found[1]))


def inside(rows: list[list]) -> None:
    assert rows
    for _id, words, left, top, right, bottom, x0, y0, x1, y1, *_ in rows:
        assert left - 0.5 <= x0, words
        assert x1 <= right + 0.5, words
        assert top - 1 <= y0, words
        assert y1 <= bottom + 1, words


@needs_browser
@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("layout", ["tree", "dot"])
def test_no_text_leaves_its_card(script: str, layout: str, tmp_path: Path):
    b = argmap.Builder(title=script)
    text = SCRIPTS[script]
    speaker = b.speaker(text[:30].strip(), key=text[:12].strip())
    claim = b.claim(text, by=speaker, voice="reported", of=text[:40], at="¶4")
    step = b.support(claim, [text, text[::-1]], by=speaker)
    b.undercut(step, text + text, by=speaker)
    inside(measured(b.map().to_svg(layout=layout), tmp_path))


@needs_browser
@pytest.mark.parametrize("path", sorted((ROOT / "maps").glob("*.argdown")), ids=lambda p: p.stem)
@pytest.mark.parametrize("direction", ["down", "right"])
def test_no_text_of_the_maps_leaves_its_card(path: Path, direction: str, tmp_path: Path):
    inside(measured(argmap.load(path).to_svg(direction=direction), tmp_path))


@needs_browser
def test_our_widths_are_the_browsers(tmp_path: Path):
    rows = measured(argmap.load(ROOT / "maps" / "rumer.argdown").to_svg(), tmp_path)
    longer = [(words, asked, own) for _, words, *_, asked, own, _ in rows if len(words) > 8]
    assert len(longer) > 30
    for words, asked, own in longer:
        assert abs(asked - own) < 0.02 * own + 0.5, words


LOOK = """
const items = [...document.querySelectorAll('.claims li')];
const found = {
  wide: document.documentElement.scrollWidth - window.innerWidth,
  within: items.every(li => li.firstElementChild.getBoundingClientRect().width > 100),
  ids: items.filter(li => li.id).map(li => li.id),
  dead: [...document.querySelectorAll('a')].map(a => a.getAttribute('href'))
    .filter(to => !to.startsWith('http') && !document.getElementById(to.slice(1))).length,
  loaded: performance.getEntriesByType('resource').length,
  words: document.querySelector('.claims').innerText,
  size: parseFloat(getComputedStyle(items[0].firstElementChild).fontSize),
};
document.body.innerHTML = '<pre>' + JSON.stringify(found).replace(/</g, '&lt;') + '</pre>';
"""


@needs_browser
@pytest.mark.parametrize("path", sorted((ROOT / "maps").glob("*.argdown")), ids=lambda p: p.stem)
@pytest.mark.parametrize("wide", [500, 1400])
def test_a_page_fits_its_window_and_has_every_card(path: Path, wide: int, tmp_path: Path):
    m = argmap.load(path)
    body = m.to_html().replace("</body>", f"<script>{LOOK}</script></body>")
    found = found_in(body, tmp_path, f"--window-size={wide},900")
    assert found["wide"] <= 0
    assert found["within"]
    assert [f"c-{c.id}" for c in view(m.debate).cards] == found["ids"]
    assert (0, 0) == (found["dead"], found["loaded"])
    assert found["size"] >= 16
    for thing in m.debate.claims:
        assert not thing.wordings or " ".join(thing.text.split()) in found["words"]
