"""The maps of the readings: sound, drawn, and as they were when last looked at."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT

import argmap
from argmap.model import Claim, Voice

MAPS = sorted((ROOT / "maps").glob("*.argdown"))
READINGS = ROOT.parent / "shared" / "readings"
POSITIONS = [p for p in MAPS if "\nspeaker:" in p.read_text(encoding="utf-8")]
named = pytest.mark.parametrize("path", MAPS, ids=lambda p: p.stem)
each_position = pytest.mark.parametrize("path", POSITIONS, ids=lambda p: p.stem)


def test_the_maps_are_there():
    names = {p.stem for p in MAPS}
    assert {"rumer", "kaczmarski", "rumer-vs-kaczmarski"} <= names
    assert {"rumer", "kaczmarski"} <= {p.stem for p in POSITIONS}


@named
def test_a_map_is_without_problems(path: Path):
    assert () == argmap.load(path).problems


@named
def test_a_map_looks_as_it_did(path: Path, golden: Callable[[str, str], None]):
    m = argmap.load(path)
    golden(f"{path.stem}.outline.txt", m.outline())
    golden(f"{path.stem}.ascii.txt", m.outline(ascii=True, columns=64, depth=3))
    golden(f"{path.stem}.dot", m.to_dot())
    golden(f"{path.stem}.md", m.to_markdown())
    golden(f"{path.stem}.csv", m.to_csv())


@named
@pytest.mark.parametrize("layout", ["tree", "dot"])
def test_a_map_is_drawn(path: Path, layout: str):
    ET.fromstring(argmap.load(path).to_svg(layout=layout))


@each_position
def test_every_claim_of_a_position_has_its_speaker_and_paragraph(path: Path):
    debate = argmap.load(path).debate
    assert debate.position
    for thing in debate.things:
        wordings = thing.wordings if isinstance(thing, Claim) else thing.gists
        for w in wordings:
            assert debate.position == w.by
            assert all(re.fullmatch(r"¶\d+", c.at) for c in w.cited)
            assert w.cited
            assert all(c.quote and len(c.quote.split()) <= 6 for c in w.cited)


def test_what_washington_thinks_is_not_rumers_claim():
    m = argmap.load(ROOT / "maps" / "rumer.argdown")
    wording = m.debate.claim("China is the threat").wordings[0]
    assert (Voice.REPORTED, "Washington") == (wording.voice, wording.of)
    assert "Washington (as reported by Rumer)" in m.outline()
    assert "Washington (as reported by Rumer)" in m.to_svg()


def test_what_the_report_contrasts_and_what_the_mapper_infers_are_told_apart():
    debate = argmap.load(ROOT / "maps" / "rumer-vs-kaczmarski.argdown").debate
    across = [
        r.link
        for r in debate.relations
        if r.link and str(r.tail).split(":")[0] != str(r.head).split(":")[0]
    ]
    assert 1 == sum(not link.inferred for link in across)
    assert len(across) > 5
    assert all(link.sense and link.about and link.because for link in across)


# --- against the reading


def paragraphs(path: Path) -> list[str]:
    """The blocks of non-blank lines of a text."""
    return [
        p for p in re.split(r"\n[ \t]*\n", path.read_text(encoding="utf-8").strip()) if p.strip()
    ]


def words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text.casefold().replace("’", "'"))


# The readings are other people's; these tests are there where the readings are.

if READINGS.is_dir():

    @each_position
    def test_every_quotation_stands_in_its_paragraph(path: Path):
        debate = argmap.load(path).debate
        text = paragraphs(READINGS / debate.sources[0].file)
        for thing in debate.claims:
            for w in thing.wordings:
                for c in w.cited:
                    assert c.quote in text[int(c.at[1:]) - 1], thing.title

    @each_position
    def test_no_seven_words_in_a_row_are_the_readings(path: Path):
        debate = argmap.load(path).debate
        text = words((READINGS / debate.sources[0].file).read_text(encoding="utf-8"))
        runs = {tuple(text[i : i + 7]) for i in range(len(text) - 6)}
        for thing in debate.things:
            mine = words(thing.text)
            assert not runs & {tuple(mine[i : i + 7]) for i in range(len(mine) - 6)}, thing.title
