"""Counting what maps hold, and what of a text they leave out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT
from hypothesis import given
from strategies import debates

import argmap
from argmap import api
from argmap.cli import main
from argmap.model import Debate, Voice
from argmap.provenance.counts import counts
from argmap.provenance.coverage import coverage
from argmap.provenance.document import Document
from argmap.render import counts as written
from argmap.text import Text

EXAMPLES = ROOT / "examples"
READINGS = EXAMPLES / "readings"


def stats(*arguments: str | Path):
    return CliRunner().invoke(main, ["stats", *map(str, arguments)])


def asides(body: str) -> list[str]:
    return [p.aside for p in coverage(Document(Text("t.txt", body)), ())]


def test_claims_are_counted_by_speaker_and_voice():
    (keller,) = counts([argmap.load(EXAMPLES / "keller.argdown").debate]).speakers
    assert ("Ana Keller", 10) == (keller.name, keller.claims)
    expected = {Voice.ASSERTED: 6, Voice.HEDGED: 1, Voice.REPORTED: 1, Voice.CONCEDED: 2}
    assert expected == keller.voices


def test_a_paragraph_is_cited_by_those_whose_claims_cite_it():
    body = "One.\n\nTwo.\n\nThree."
    cites = [("A", "¶1-2"), ("B", "¶2"), ("B", "p. 9"), ("B", "¶7")]
    found = coverage(Document(Text("t.txt", body)), cites)
    assert [("A",), ("A", "B"), ()] == [p.speakers for p in found]


@pytest.mark.parametrize(
    ("block", "aside"),
    [
        ("# A heading", "heading"),
        ("---", "rule"),
        ("Photo: the hall", "caption"),
        ("The two shake hands. (Photo: Xinhua)", "caption"),
        ("https://example.org/a", "link"),
        ("Bonn, 3 May\nBy a reporter", "details"),
        ("This is argued, and at some length.", ""),
    ],
)
def test_the_looks_of_a_paragraph_say_why_nobody_cites_it(block: str, aside: str):
    assert ["", aside, ""] == asides(f"# T\n\nA claim.\n\n{block}\n\nMore.")[1:]


def test_what_stands_below_the_heading_of_the_notes_is_notes():
    found = asides("# T\n\nA claim.\n\n# Notes\n\n1. A note.\n\n2. Two.\n\n# Afterword\n\nA claim.")
    assert ["heading", "", "heading", "notes", "notes", "heading", ""] == found


def test_a_sentence_that_stands_in_a_longer_paragraph_too_is_a_pull_quote():
    sentence = "What matters here is said twice"
    body = f"{'Words and words. ' * 20}{sentence}, in the end.\n\n“{sentence} …”\n\nOther words."
    assert ["", "pull-quote", ""] == asides(body)


def test_the_map_says_why_itself_and_then_nothing_is_guessed():
    c = api.counted([argmap.load(EXAMPLES / "keller.argdown").debate], api.shelf([READINGS]))
    (source,) = c.sources
    first = source.paragraphs[0]
    assert ("title", False) == (first.aside, first.guessed)
    assert source.paragraphs[7].guessed


def test_a_position_is_not_counted_again_in_its_debate(tmp_path: Path):
    (tmp_path / "a.argdown").write_text("===\nspeaker: Ana\n===\n\n[P]: p.\n  + [Q]: q.\n", "utf-8")
    (tmp_path / "d.argdown").write_text(
        "===\npositions: [a.argdown]\n===\n\n[Ana: P]\n  - [R]: r.\n", "utf-8"
    )
    alone, both = (json.loads(stats(*f, "--format", "json").output) for f in (
        [tmp_path / "a.argdown"], [tmp_path / "a.argdown", tmp_path / "d.argdown"]))  # fmt: skip
    assert (2, 1) == (alone["claims"], alone["relations"])
    assert (3, 2) == (both["claims"], both["relations"])


@given(debates())
def test_table_csv_and_json_say_the_same_numbers(debate: Debate):
    c = counts([debate])
    assert len(debate.claims) == c.claims
    assert written.table(c)
    rows = list(csv.DictReader(io.StringIO(written.to_csv(c))))
    assert tuple(rows[0]) == written.COLUMNS
    in_csv = sum(int(r["value"]) for r in rows if r["about"] == "speaker")
    in_json = sum(s["claims"] for s in json.loads(written.to_json(c))["speakers"])
    stated = sum(bool(w.text) for x in debate.claims for w in x.wordings)
    assert stated == in_csv == in_json


def test_a_cell_is_never_a_formula(tmp_path: Path):
    (tmp_path / "a.argdown").write_text('===\nspeaker: "=1+1"\n===\n\n[P]: p.\n', "utf-8")
    body = stats(tmp_path / "a.argdown", "--format", "csv").output
    assert "\nspeaker,'=1+1,asserted,1,\n" in body


def test_a_folder_is_all_maps_in_it_and_a_missing_text_is_told(tmp_path: Path):
    done = stats(EXAMPLES, "--texts", tmp_path)
    assert 0 == done.exit_code
    assert "there is no text 'town-hall.txt'" in done.stderr
    assert "no text" in done.stdout


def test_a_file_that_is_not_there_is_misuse_and_the_rest_is_counted(tmp_path: Path):
    done = stats(EXAMPLES / "keller.argdown", tmp_path / "no.argdown")
    assert 2 == done.exit_code
    assert "1 map: 10 claims" in done.stdout


def test_a_large_text_is_covered_in_linear_time():
    body = "\n\n".join(f"Paragraph {n} says something." for n in range(20_000))
    found = coverage(Document(Text("t.txt", body)), [("A", f"¶{n}") for n in range(1, 20_001, 2)])
    assert 10_000 == sum(bool(p.speakers) for p in found)
