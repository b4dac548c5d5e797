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
from argmap.model import (
    Claim,
    ClaimRef,
    Debate,
    Ref,
    Relation,
    Sense,
    StepRef,
    Unit,
    Voice,
    Wording,
    locator,
)

MAPS = sorted((ROOT / "maps").glob("*.argdown"))
RUMER = ROOT / "maps" / "rumer.argdown"
READINGS = ROOT.parent / "shared" / "readings"
POSITIONS = [p for p in MAPS if "\nspeaker:" in p.read_text(encoding="utf-8")]
MEETINGS = [p for p in MAPS if "\npositions:" in p.read_text(encoding="utf-8")]
named = pytest.mark.parametrize("path", MAPS, ids=lambda p: p.stem)
each_position = pytest.mark.parametrize("path", POSITIONS, ids=lambda p: p.stem)
each_meeting = pytest.mark.parametrize("path", MEETINGS, ids=lambda p: p.stem)


def test_the_maps_are_there():
    names = {p.stem for p in MAPS}
    voices = {"raus", "twins", "duggal", "digest", "bruce", "radchenko", "kuhrt", "rumer"}
    voices |= {"kaczmarski", "shagina", "gardiner"}
    meetings = {"rumer-vs-kaczmarski", "duggal-vs-twins", "seminar", "will-it-hold"}
    assert voices | meetings == names
    assert voices == {p.stem for p in POSITIONS}
    assert names - voices == {p.stem for p in MEETINGS}


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


# --- where authors meet


def wordings(debate: Debate, ref: Ref) -> list[Wording]:
    """The words of the claim *ref*, or of all claims of the argument it names or is a step of."""
    if isinstance(ref, ClaimRef):
        return list(debate.claim(ref.title).wordings)
    argument = debate.argument((ref.argument if isinstance(ref, StepRef) else ref).title)
    refs = [r for s in argument.steps for r in (*s.premises, s.conclusion)]
    return [*argument.gists, *(w for r in refs for w in debate.claim(r.title).wordings)]


def authors(debate: Debate, ref: Ref) -> set[str]:
    return {w.by for w in wordings(debate, ref) if w.by}


def cited(debate: Debate, ref: Ref) -> set[str]:
    return {c.source for w in wordings(debate, ref) for c in w.cited}


def dates(debate: Debate, ref: Ref) -> list[str]:
    """When the sources of *ref* are from, as far as they say so."""
    return [s.date for s in debate.sources if s.key in cited(debate, ref) and s.date]


def across(debate: Debate) -> list[Relation]:
    """The relations between different authors."""
    ends = [(r, authors(debate, r.tail), authors(debate, r.head)) for r in debate.relations]
    return [r for r, tails, heads in ends if tails and heads and tails.isdisjoint(heads)]


@each_meeting
def test_every_link_between_authors_says_what_it_is_and_what_it_is_about(path: Path):
    relations = across(argmap.load(path).debate)
    assert len(relations) > 5
    assert all(r.link and r.link.sense and r.link.about for r in relations)


@each_meeting
def test_where_authors_do_not_simply_agree_or_clash_a_sentence_says_why(path: Path):
    because = {
        (str(r.tail), str(r.head)): r.link.because
        for r in across(argmap.load(path).debate)
        if r.link and r.link.sense in (Sense.PAST, Sense.TENSION, Sense.QUALIFIES)
    }
    assert {} == {ends: why for ends, why in because.items() if not one_sentence(why)}


def one_sentence(text: str) -> bool:
    """Whether *text* has words, and no mark that ends a sentence."""
    return bool(text) and not re.search(r"[.!?](?:[”’\"')]*)(?:\s|$)", text)


@pytest.mark.parametrize("text", ["one asks. The other tells", "one asks.", "why? It is new", ""])
def test_two_sentences_or_none_are_not_one(text: str):
    assert not one_sentence(text)
    assert one_sentence("one gives 12.4 per cent, “the other” none")


@each_meeting
def test_every_section_of_a_debate_is_a_question(path: Path):
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), flags=re.M)
    assert headings
    assert [] == [h for h in headings if not h.rstrip().endswith("?")]
    assert len(headings) == len(set(headings))
    asked = {i.question for i in argmap.load(path).debate.issues if i.refs}
    assert [] == [h for h in headings if h not in asked]


@each_meeting
def test_no_text_links_itself_to_another_text(path: Path):
    debate = argmap.load(path).debate
    apart = [r for r in across(debate) if cited(debate, r.tail).isdisjoint(cited(debate, r.head))]
    assert [] == [(str(r.tail), str(r.head)) for r in apart if not (r.link and r.link.inferred)]


@each_meeting
def test_nobody_answers_what_was_written_later(path: Path):
    assert [] == too_early(argmap.load(path).debate)


def too_early(debate: Debate) -> list[tuple[str, str]]:
    """Tail and head of each clash and qualification whose tail is from before its head."""
    return [
        (str(r.tail), str(r.head))
        for r in across(debate)
        if r.link and r.link.sense in (Sense.CLASH, Sense.QUALIFIES) and not r.kind.symmetric
        if (tails := dates(debate, r.tail)) and (heads := dates(debate, r.head))
        if max(tails) < min(heads)
    ]


@pytest.mark.parametrize(("year", "expected"), [("2019", [("[Ben: B]", "[Ana: A]")]), ("2024", [])])
def test_an_answer_from_before_the_question_is_seen(
    tmp_path: Path, year: str, expected: list[tuple[str, str]]
):
    for name, when in (("Ana", "2021"), ("Ben", year)):
        front = f"===\nspeaker: {name}\nsource: {{key: {name}, date: {when}-05-01}}\n===\n\n"
        (tmp_path / f"{name}.argdown").write_text(f"{front}[{name[0]}]: a", "utf-8")
    body = "===\npositions: [Ana.argdown, Ben.argdown]\n===\n\n# Who?\n\n[Ana: A]\n  - [Ben: B]"
    path = tmp_path / "both.argdown"
    path.write_text(body + " {link: {as: clash, about: fact}}", "utf-8")
    assert expected == too_early(argmap.load(path).debate)


CONVERSELY = ("[Kaczmarski: Limits]", "[Rumer: Strong]")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("rumer-vs-kaczmarski", {CONVERSELY}),
        ("seminar", {CONVERSELY}),
        ("will-it-hold", {CONVERSELY}),
        ("duggal-vs-twins", set()),
    ],
)
def test_what_the_report_contrasts_and_what_the_mapper_infers_are_told_apart(
    name: str, expected: set[tuple[str, str]]
):
    told = {
        (str(r.tail), str(r.head))
        for r in across(argmap.load(ROOT / "maps" / f"{name}.argdown").debate)
        if r.link and not r.link.inferred
    }
    assert expected == told


def test_in_the_great_debate_all_voices_meet():
    relations = across(debate := argmap.load(ROOT / "maps" / "will-it-hold.argdown").debate)

    assert 11 == len(
        {by for r in relations for end in (r.tail, r.head) for by in authors(debate, end)}
    )


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

    @each_meeting
    def test_no_seven_words_in_a_row_of_a_debate_are_the_readings(path: Path):
        ours = path.read_text(encoding="utf-8")
        readings = {s.file for s in argmap.load(path).debate.sources}
        assert readings
        for name in sorted(readings):
            body = (READINGS / name).read_text(encoding="utf-8")
            assert [] == seven_in_common(ours, body)

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
