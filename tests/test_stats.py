"""Counting what maps hold, and what of a text they leave out."""

from __future__ import annotations

import csv
import io
import json
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from strategies import debates

import argmap
from argmap import api
from argmap.cli import main
from argmap.model import Data, Debate, Source, Voice
from argmap.provenance.cited import CitedText
from argmap.provenance.counts import counts
from argmap.provenance.coverage import (
    Cite,
    Paragraph,
    asides,
    coverage,
    lost_asides,
)
from argmap.render import counts as written
from argmap.text import Text

EXAMPLES = ROOT / "examples"
READINGS = EXAMPLES / "readings"


def stats(*arguments: str | Path):
    return CliRunner().invoke(main, ["stats", *map(str, arguments)])


def of_text(body: str) -> CitedText:
    return CitedText(Text("t.txt", body))


def guessed(body: str) -> list[str]:
    return [p.aside for p in coverage(of_text(body), ())]


def as_json(*maps: str) -> dict:
    return json.loads(written.to_json(counts([argmap.loads(m).debate for m in maps])))


def paragraphs(body: str, *maps: str) -> tuple[Paragraph, ...]:
    """The paragraphs of the one text that *maps* cite."""
    found = counts([argmap.loads(m).debate for m in maps], lambda _: of_text(body))
    (source,) = found.sources
    return source.paragraphs


def said_by(key: str, name: str) -> str:
    """A map of one claim."""
    return (
        f"===\nspeaker: {{key: {key}, name: {name}}}\nsource: {{key: R}}\n===\n\n[P]: p. {{at: ¶1}}"
    )


# --- speakers


def test_claims_are_counted_by_speaker_and_voice_and_reports_are_not_theirs():
    (keller,) = counts([argmap.load(EXAMPLES / "keller.argdown").debate]).speakers
    assert ("Ana Keller", 9, 1) == (keller.name, keller.claims, keller.reports)
    expected = {Voice.ASSERTED: 6, Voice.HEDGED: 1, Voice.REPORTED: 1, Voice.CONCEDED: 2}
    assert expected == keller.voices
    done = stats(EXAMPLES / "keller.argdown").stdout
    assert "speaker     claims  asserted  hedged  conceded  reports\n" in done
    assert "Ana Keller       9         6       1         2        1\n" in done


def test_two_speakers_who_share_a_key_are_two():
    ana, tom = said_by("K", "Ana Keller"), said_by("K", "Tom Kuhn")
    found = as_json(ana, tom, ana)["speakers"]
    assert [("Ana Keller", 2), ("Tom Kuhn", 1)] == [(s["name"], s["claims"]) for s in found]


def test_two_speakers_who_share_a_name_are_told_apart_by_their_keys():
    maps = [said_by(key, "Ana Keller") for key in "AB"]
    found = counts([argmap.loads(m).debate for m in maps])
    assert "Ana Keller (A)" in written.table(found)
    assert "\nspeaker,Ana Keller (B),asserted,1,\n" in written.to_csv(found)


def test_nobody_is_no_speaker():
    assert "1 claim, 0 arguments, 0 relations, 0 speakers" in written.table(
        counts([argmap.loads("[P]: p.").debate])
    )


def test_a_claim_counts_once_for_a_speaker_however_often_they_say_it():
    said = "===\nspeaker: Ana\n===\n\n[P]: p.\n\n[P]: p, in other words.\n\n[P]: p. {voice: hedged}"
    (ana,) = as_json(said)["speakers"]
    assert {"asserted": 1, "hedged": 1, "asked": 0, "conceded": 0} == ana["voices"]


def test_maps_that_are_in_no_file_have_nothing_in_common():
    assert 2 == as_json("[A]: a.", "[B]: b.")["claims"]


# --- sources

_CITES = "===\nspeaker: Ana\nsource: {%s}\n===\n\n"


def test_two_works_that_share_a_key_are_two():
    maps = [_CITES % x + "[P]: p. {at: ¶1}" for x in (
        "key: R, title: One", "key: R, title: Two", "key: R, title: One, authors: [Tom]",
        "key: R, title: One")]  # fmt: skip
    found = as_json(*maps)["sources"]
    assert [("One", 2), ("Two", 1), ("One", 1)] == [(s["title"], s["citations"]) for s in found]
    csv_ = written.to_csv(counts([argmap.loads(m).debate for m in maps]))
    assert "source,R (“Two”),claims,1," in csv_
    assert "source,R (“One”),claims,2," in csv_
    assert 'source,"R (Tom, “One”)",claims,1,' in csv_


def test_a_work_is_known_by_its_file_whatever_its_key():
    maps = [_CITES % f"key: {k}, file: r.txt" + "[P]: p. {at: ¶1}" for k in "RS"]
    assert [2] == [s["claims"] for s in as_json(*maps)["sources"]]


def test_two_positions_that_call_two_works_the_same_cite_their_own(tmp_path: Path):
    for who in "ab":
        head = _CITES.replace("Ana", f"Speaker{who}") % f"key: R, file: {who}.txt"
        (tmp_path / f"{who}.argdown").write_text(head + "[P]: p. {at: ¶1}", "utf-8")
    (tmp_path / "1.argdown").write_text("===\npositions: [a.argdown, b.argdown]\n===\n", "utf-8")
    done = json.loads(stats(tmp_path, "--format", "json").stdout)
    assert [("a.txt", 1), ("b.txt", 1)] == [(s["file"], s["claims"]) for s in done["sources"]]


def test_claims_and_arguments_that_cite_a_source_are_counted_apart():
    said = _CITES % "key: R" + "[P]: p. {at: ¶1}\n\n<A>: a. {at: ¶2}\n\n<A>: a. {at: ¶2}"
    (source,) = as_json(said)["sources"]
    assert (1, 1, 3) == (source["claims"], source["arguments"], source["citations"])
    found = paragraphs("One.\n\nTwo.\n\nThree.", said)
    assert [(1, 0), (0, 1), (0, 0)] == [(p.claims, p.arguments) for p in found]
    assert [True, True, False] == [p.is_cited for p in found]


# --- paragraphs


def test_a_paragraph_is_cited_by_those_whose_claims_cite_it():
    cites = [Cite(1, "A", "¶1-2"), Cite(2, "B", "¶2"), Cite(2, "B", "p. 9"), Cite(2, "B", "¶7")]
    found = coverage(of_text("One.\n\nTwo.\n\nThree."), cites)
    assert [("A",), ("A", "B"), ()] == [p.speakers for p in found]
    assert [1, 2, 0] == [p.claims for p in found]


def test_a_claim_counts_once_in_a_paragraph_however_often_it_cites_it():
    said = _CITES % "key: R" + "[P]: p. {at: ¶1-2}\n\n[P]: p. {at: ¶2}\n\n[P] {at: ¶2, quote: x}"
    found = paragraphs("One.\n\nTwo.", said)
    assert [(1, ("Ana",))] * 2 == [(p.claims, p.speakers) for p in found]


def test_a_paragraph_says_who_in_words_and_what_is_reported_is_not_the_reporters():
    said = _CITES % "key: R" + (
        "[P]: p. {at: ¶1, voice: reported, of: the bus company}\n\n[P] {at: ¶2}\n\n"
        "[Q]: q. {at: ¶2, voice: hedged}\n\n[R]: r. {at: ¶3}"
    )
    found = counts([argmap.loads(said).debate], lambda _: of_text("One.\n\nTwo.\n\nThree."))
    company = "the bus company (as reported by Ana)"
    expected = [[company], [company, "Ana (hedged)"], ["Ana"]]
    in_json = json.loads(written.to_json(found))["sources"][0]["paragraphs"]
    assert expected == [p["speakers"] for p in in_json]
    rows = list(csv.DictReader(io.StringIO(written.to_csv(found))))
    assert ["; ".join(e) for e in expected] == [
        r["note"] for r in rows if r["about"] == "paragraph"
    ]
    assert [("0", ""), ("1", "held by others")] == [
        (r["value"], r["note"]) for r in rows if r["measure"] in ("conceded", "reports")
    ]


def test_of_two_speakers_with_one_key_a_paragraph_gives_the_full_names():
    (one,) = paragraphs("One.", said_by("K", "Ana Keller"), said_by("K", "Tom Kuhn"))
    assert ("Ana Keller", "Tom Kuhn") == one.speakers


@pytest.mark.parametrize(("at", "cited"), [
    ("p. 1", [1]), ("p. 2", []), ("p. 3", [2, 3]), ("p. 1-3", [1, 2, 3]),
    ("l. 1", [1]), ("l. 5", []), ("l. 6", [3]),
])  # fmt: skip
def test_what_lies_in_no_paragraph_cites_none(at: str, cited: list[int]):
    found = coverage(of_text("One.\n\f\n\f\nTwo.\n\nThree."), [Cite(1, "A", at)])
    assert cited == [p.number for p in found if p.claims]


def test_a_page_of_a_paper_without_text_cites_no_paragraph():
    document = CitedText(Text("t.pdf", "One.\n\n\n\nThree."), page_starts=(0, 6, 8))
    found = coverage(document, [Cite(1, "A", "p. 2")])
    assert [0, 0] == [p.claims for p in found]


# --- reasons


@pytest.mark.parametrize(
    ("block", "aside"),
    [
        ("# A heading", "heading"),
        ("---", "rule"),
        ("Photo: the hall", "caption"),
        ("The two shake hands. (Photo: Xinhua)", "caption"),
        ("Fig. 1. A card with the hours of one week.", "caption"),
        ("Figure 2: the buses", "caption"),
        ("[Illustration: a loaf]", "caption"),
        ("The two of them shake hands. [Illustration: a hall.]", "caption"),
        ("https://example.org/a", "link"),
        ("<https://example.org/a> (seen in May)", "link"),
        ("- [a shop](https://example.org/a)", "link"),
        ("[![a shop](a.png)](https://example.org/a)", "link"),
        ("https://example.org/a says so, and at some length.", ""),
        ("Should school begin later? Many say so.", ""),
        ("Bonn, 3 May\nBy a reporter", "details"),
        ("This is argued, and at some length.", ""),
    ],
)
def test_the_looks_of_a_paragraph_say_why_nobody_cites_it(block: str, aside: str):
    assert ["", aside, ""] == guessed(f"# T\n\nA claim.\n\n{block}\n\nMore.")[1:]


def test_what_stands_below_the_heading_of_the_notes_is_notes():
    found = guessed(
        "# T\n\nA claim.\n\n# Notes\n\n1. A note.\n\n2. Two.\n\n# Afterword\n\nA claim."
    )
    assert ["heading", "", "heading", "notes", "notes", "heading", ""] == found


def test_a_sentence_that_stands_in_a_longer_paragraph_too_is_a_pull_quote():
    sentence = "What matters here is said twice"
    body = f"{'Words and words. ' * 20}{sentence}, in the end.\n\n“{sentence} …”\n\nOther words."
    assert ["", "pull-quote", ""] == guessed(body)


def test_a_sentence_is_no_pull_quote_if_only_parts_of_it_stand_elsewhere():
    body = "Words and words about it. " * 20
    assert ["", ""] == guessed(f"{body}\n\n“And words about it, words and sleep.”")
    assert ["", "pull-quote"] == guessed(f"{body}\n\n“About it. Words and words about …”")


@given(st.lists(st.sampled_from("ab"), min_size=101), st.data())
def test_a_pull_quote_is_what_stands_word_for_word_in_a_longer_paragraph(
    long: list[str], data: st.DataObject
):
    words, sought = " ".join(x * 3 for x in long), []
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(long) - 9))
        short = long[start : start + data.draw(st.integers(9, 40))]
        changed = data.draw(st.integers(0, 2 * len(short)))
        short[changed : changed + 1] = "b" * (changed < len(short))
        sought.append(" ".join(x * 3 for x in short))
    found = guessed("\n\n".join([f"{words}.", *(f"“{x}.”" for x in sought)]))
    assert ["pull-quote" if x in words else "" for x in sought] == found[1:]


def test_a_pull_quote_that_ends_within_a_longer_sought_one_is_found():
    long, other = "one two three four five six seven " * 8, "two three four five six"
    found = guessed(f"{long}\n\nZero one {other} and more.\n\n“{other} …”\n\none {other} nine.")
    assert ["", "", "pull-quote", ""] == found


def test_a_text_that_begins_with_a_question_begins_with_its_title():
    assert ["heading", ""] == guessed("Should school begin later?\n\nMany say so.")
    assert ["", ""] == guessed("Should school begin later?\nMany do ask.\n\nMany say so.")
    assert ["", ""] == guessed("Many say so.\n\nShould school begin later?")


def test_the_map_says_why_itself_and_then_nothing_is_guessed():
    c = api.counted([argmap.load(EXAMPLES / "keller.argdown").debate], api.shelf([READINGS]))
    (source,) = c.sources
    first = source.paragraphs[0]
    assert ("title", False) == (first.aside, first.guessed)
    assert source.paragraphs[7].guessed


def source_with(aside: object) -> Source:
    return Source("T", data=Data((("asides", aside),)))


def test_only_text_and_numbers_are_reasons():
    said = (("¶1", "title"), ("2", 3), ("¶3", Data((("a", "b"),))), ("¶4", ("a",)), ("¶5", True),
            ("¶6", None), ("¶7", " "), ("near the end", "notes"))  # fmt: skip
    found, bad = asides(source_with(Data(said)))
    assert [("¶1", "title"), ("¶2", "3")] == [(str(place), why) for place, why in found]
    assert ("¶3", "¶4", "¶5", "¶6", "¶7", "near the end") == bad


@pytest.mark.parametrize("aside", [(1,), "¶1", True, 3])
def test_asides_that_name_no_places_are_told(aside: object):
    assert ((), ("asides",)) == asides(source_with(aside))


def test_a_source_without_asides_has_none():
    assert ((), ()) == asides(Source("T")) == asides(source_with(None))


def test_an_aside_that_the_text_does_not_have_is_lost():
    said = Data((("¶1-2", "title"), ("¶3", "notes"), ("p. 2", "x"), ("?", "x")))
    assert (
        "under asides, there is no ¶3: the text has 2 paragraphs",
        "under asides, this text is not parted into pages, so p. 2 cannot be found",
    ) == lost_asides(of_text("One.\n\nTwo."), source_with(said))


def test_the_last_reason_that_is_given_for_a_paragraph_holds():
    said = Data((("¶1-3", "first"), ("¶2", "second"), ("¶3-4", "third"), ("¶3", "fourth")))
    found = coverage(of_text("A.\n\nB.\n\nC.\n\nD."), (), [source_with(said)])
    assert ["first", "second", "fourth", "third"] == [p.aside for p in found]
    assert not any(p.guessed for p in found)


# --- all of it


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
    in_json = sum(s["claims"] + s["reports"] for s in json.loads(written.to_json(c))["speakers"])
    stated = {(x.ref, w.by, w.voice) for x in debate.claims for w in x.wordings if w.text}
    assert len(stated) == in_csv == in_json


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


# --- texts and maps that are made to be slow


def within(seconds: float, work: Callable[[], object]) -> object:
    """What *work* gives, if it takes no longer than it should on a slow machine."""
    begun = time.process_time()
    found = work()
    assert time.process_time() - begun < seconds
    return found


def test_a_large_text_is_covered_in_linear_time():
    body = "\n\n".join(f"Paragraph {n} says something." for n in range(20_000))
    cites = [Cite(n, "A", f"¶{n}") for n in range(1, 20_001, 2)]
    found = coverage(of_text(body), cites)
    assert 10_000 == sum(bool(p.speakers) for p in found)


@pytest.mark.parametrize("block", [
    "http://" + "!" * 100_000 + " a",
    "http://" + "!" * 100_000 + "(" * 100_000,
    "http://x" + " !" * 100_000 + " a",
    "[" * 100_000,
    "[!" * 100_000,
    "[a](" * 50_000,
    "[a](b)" * 50_000,
    "(photo " * 50_000,
    "[photo]" + "!" * 100_000 + " a",
    "!" * 200_000 + "a",
    "photo" + " x" * 100_000,
], ids=lambda b: b[:9])  # fmt: skip
def test_no_paragraph_is_slow_to_guess_at(block: str):
    within(2, lambda: guessed(f"One.\n\n{block}\n\nMore."))


@pytest.mark.parametrize("line", ["# Heading {}", "Paragraph {} says something.", "A title {}",
    "a a a a a a a a a a a a b{}"])  # fmt: skip
def test_many_short_paragraphs_are_not_slow(line: str):
    long = "a " * 20_000 + "\n\n" + "Words and more words. " * 20_000
    body = "\n\n".join([long, *(line.format(n) for n in range(40_000))])
    document = of_text(body)
    assert 40_002 == len(document.paragraphs)
    assert document.headings is not None
    within(4, lambda: coverage(document, ()))


def test_many_claims_that_cite_all_of_a_long_text_are_not_slow_and_not_large():
    count = 20_000
    document = of_text("\n\n".join(["One."] * count))
    ranges = "¶" + ", ".join(f"{n}-{count}" for n in range(1, 2_000))
    cites = [Cite(n, f"S{n % 5}", f"¶1-{count - n % 7}") for n in range(5_000)]
    cites += [Cite("all", "S0", ranges), Cite("all", "S0", ranges)]
    said = Data(tuple((f"¶1-{count - n}", "x") for n in range(2_000)))
    tracemalloc.start()
    found = within(8, lambda: coverage(document, cites, [source_with(said)]))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 60_000_000
    assert 5_001 == found[0].claims
    assert ("S0", "S1", "S2", "S3", "S4") == found[0].speakers


def test_many_mentions_of_a_claim_are_not_slow():
    body = _CITES % "key: R" + "[P]: p.\n\n" + "[P] {at: ¶1}\n\n" * 4_000
    debate = argmap.loads(body).debate
    found = within(2, lambda: counts([debate], lambda _: of_text("One.")))
    assert [1] == [p.claims for p in found.sources[0].paragraphs]
