"""The maps of the readings: sound, drawn, and as they were when last looked at."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT

import argmap
from argmap import api
from argmap.cli import main
from argmap.model import Claim, Sense, Unit, Voice, locator

MAPS = sorted((ROOT / "maps").glob("*.argdown"))
RUMER = ROOT / "maps" / "rumer.argdown"
READINGS = ROOT.parent / "shared" / "readings"
POSITIONS = [p for p in MAPS if "\nspeaker:" in p.read_text(encoding="utf-8")]
named = pytest.mark.parametrize("path", MAPS, ids=lambda p: p.stem)
each_position = pytest.mark.parametrize("path", POSITIONS, ids=lambda p: p.stem)


def test_the_maps_are_there():
    names = {p.stem for p in MAPS}
    voices = {"raus", "twins", "duggal", "digest", "bruce", "radchenko", "kuhrt", "rumer"}
    voices |= {"kaczmarski", "shagina", "gardiner"}
    assert names == voices | {"rumer-vs-kaczmarski", "will-it-hold"}
    assert voices == {p.stem for p in POSITIONS}


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
            places = [locator(c.at) for c in w.cited]
            assert places
            assert all(p and p.unit is Unit.PARAGRAPH for p in places)
            assert all(c.quote and len(c.quote.split()) <= 6 for c in w.cited)


def test_nobody_is_made_the_author_of_an_unsigned_text():
    for name in ("twins", "digest"):
        debate = argmap.load(ROOT / "maps" / f"{name}.argdown").debate
        assert () == debate.sources[0].authors
        assert debate.speakers[0].data.get("unsigned") is True


def test_a_reported_view_always_has_its_owner():
    for path in POSITIONS:
        for claim in argmap.load(path).debate.claims:
            for w in claim.wordings:
                assert bool(w.of) == (w.voice is Voice.REPORTED), claim.ref


def test_what_washington_thinks_is_not_rumers_claim():
    wording = argmap.load(RUMER).debate.claim("China is the threat").wordings[0]
    assert (Voice.REPORTED, "Washington") == (wording.voice, wording.of)


@pytest.mark.parametrize("kind", ["txt", "svg", "html", "md", "json", "csv", "dot"])
def test_every_output_says_whose_view_it_is_in_words(kind: str):
    written = api.WRITERS[kind](argmap.load(RUMER), {})
    plain = " ".join(re.sub(r"\\l|\\(?=\W)|[│├└]", " ", written).split())
    assert "Washington (as reported by Rumer)" in plain
    assert "hedged" in plain
    assert "conceded" in plain


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


def test_in_the_great_debate_all_voices_meet_and_only_one_contrast_is_the_reports():
    debate = argmap.load(ROOT / "maps" / "will-it-hold.argdown").debate
    across = [
        (r, *({str(t).strip("[]<>").split(":")[0] for t in (r.tail, r.head)}))
        for r in debate.relations
        if r.link and str(r.tail).split(":")[0] != str(r.head).split(":")[0]
    ]
    assert 11 == len({name for _, *both in across for name in both})
    assert 1 == sum(not r.link.inferred for r, *_ in across)
    plain = {Sense.AGREES, Sense.CLASH}
    assert all(r.link.sense in plain or r.link.because for r, *_ in across)
    assert all(r.link.about for r, *_ in across)


# --- against the readings


def words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text.casefold().replace("’", "'"))


def seven_in_common(ours: str, theirs: str) -> list[str]:
    """The lines of *ours* that have seven words in a row as *theirs* have them."""
    known = sevens(theirs)
    return [line for line in ours.splitlines() if known & sevens(line)]


def sevens(text: str) -> set[tuple[str, ...]]:
    """Every seven words in a row."""
    w = words(text)
    return {tuple(w[i : i + 7]) for i in range(len(w) - 6)}


def own_words(path: Path) -> str:
    """The text of a map without its quotations, and without the titles of works."""
    body = path.read_text(encoding="utf-8")
    body = re.sub(r"quote: (?:\[.*?\]|\"[^\"]*\"|[^,}]*)", "", body)
    return re.sub(r"^  (?:key|title|place|file): .*$", "", body, flags=re.M)


def told(maps: Path, texts: Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["check", "--brief", "--texts", str(texts), str(maps)])
    return done.exit_code, done.stdout


def test_seven_words_in_a_row_are_seen():
    ours = "[A]: {of: one two three four five six seven}"
    assert [ours] == seven_in_common(ours, "Zero one two three, four five six seven eight.")
    assert [] == seven_in_common(ours, "one two three four five six eight")


def test_the_small_maps_quote_what_stands_in_our_small_reading():
    status, said = told(ROOT / "examples", ROOT / "examples" / "readings")
    assert 0 == status
    of_no_reading = ("phones.argdown", "arabic.argdown")
    said = "\n".join(n for n in said.splitlines() if not any(m in n for m in of_no_reading))
    assert {"note[AM605]", "note[AM606]"} == set(re.findall(r"\w+\[AM\d+\]", said))


def test_the_small_maps_leave_nothing_out_without_a_reason():
    shelf = api.shelf([ROOT / "examples" / "readings"])
    maps = sorted((ROOT / "examples").glob("*.argdown"))
    (source,) = api.counted([argmap.load(p).debate for p in maps], shelf).sources
    assert [] == [p.number for p in source.untouched if not p.aside]


# The readings are other people's; these tests are there where the readings are.

if READINGS.is_dir():

    def test_every_quotation_stands_where_it_is_said_to_and_no_word_otherwise():
        assert (0, "") == told(ROOT / "maps", READINGS)

    def test_every_paragraph_that_argues_is_cited_and_the_maps_say_why_others_are_not():
        found = api.counted([argmap.load(p).debate for p in MAPS], api.shelf([READINGS]))
        assert 5 == len(found.sources)
        left = [
            (s.source.key, p.number)
            for s in found.sources
            for p in s.untouched
            if p.guessed or not p.aside
        ]
        assert [] == left

    @each_position
    def test_no_seven_words_in_a_row_are_the_readings(path: Path):
        debate = argmap.load(path).debate
        body = (READINGS / debate.sources[0].file).read_text(encoding="utf-8")
        assert [] == seven_in_common(own_words(path), body)

    def test_nor_do_debates_have_seven_words_in_a_row_of_any_reading():
        debates = [own_words(p) for p in MAPS if p not in POSITIONS]
        for reading in sorted(READINGS.glob("*.txt")):
            body = reading.read_text(encoding="utf-8")
            assert [] == [line for ours in debates for line in seven_in_common(ours, body)]
