"""Questions by speakers: every claim in one place, and silence said."""

from __future__ import annotations

import csv
import io
import json
import time
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from browsing import Opener, needs_browser
from click.testing import CliRunner
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from strategies import WILD, debates

import argmap
from argmap.cli import main
from argmap.errors import UnknownName
from argmap.model import Debate
from argmap.sides import meeting
from argmap.sides.matrix import Matrix

MAPS = sorted((ROOT / "maps").glob("*.argdown"))

BUSES = """\
===
title: Should school begin later?
speakers: [Ana Keller, {key: Tom, role: bus driver}, Eva Lind]
source: {key: Minutes}
===

# Would it help?

[Rested]: Pupils would be rested. {speaker: Ana Keller, at: ¶2, quote: "wide awake"}
  + [Asleep]: Many sleep through the first lesson. {speaker: Ana Keller, at: ¶3}
    + [Survey]: A survey says so. {speaker: Ana Keller}

# Could the buses cope?

[No drivers]: There are no drivers for a second round. {speaker: Tom, voice: hedged}
  - [Hire]: One could hire some. {speaker: Tom, voice: reported, of: the council}

[Rested]

[Cost]: Who would pay? {speaker: Eva Lind, voice: asked}

# Who asked them?
"""


def of(text: str, **how) -> Matrix:
    return argmap.matrix(argmap.loads(text), **how)


def titles(m: Matrix) -> list[list[tuple[str, ...]]]:
    """The lines, what is below, and what stands here again, cell by cell."""
    return [
        [
            tuple(" ".join(line.title for line in lines) for lines in (c.lines, c.below, c.again))
            for c in row.cells
        ]
        for row in m.rows
    ]


def txt(text: str, **how) -> str:
    speakers = how.pop("speakers", ())
    return str(argmap.printed(of(text, speakers=speakers), columns=100, **how))


# --- who says what to which question


def test_lines_stand_where_they_are_named_first_and_what_rests_on_them_below():
    m = of(
        "===\nspeakers: [Ana, Tom]\n===\n\n[A]: a {speaker: Ana}\n  + [B]: b {speaker: Ana}\n\n"
        "# Why?\n\n[A]\n\n[C]: c {speaker: Tom}\n\n# How?\n\n[C]\n\n[A]\n\n[D]: d {speaker: Tom}\n"
    )
    assert ["Ana", "Tom"] == [s.key for s in m.speakers]
    assert ["Why?", "How?"] == [row.question for row in m.rows]
    assert [
        [("A", "B", ""), ("C", "", "")],
        [("", "", "A"), ("D", "", "C")],
    ] == titles(m)
    assert not any(c.silent for row in m.rows for c in row.cells)


def test_silence_is_said_in_words():
    said = txt("===\nspeakers: [Ana, Tom]\n===\n\n# Why?\n\n[A]: a {speaker: Ana}\n\n# How?\n\n"
               "[B]: b {speaker: Tom}\n")  # fmt: skip
    assert "— means: says nothing on it." in said
    assert "Q1 Why?  │ 1 a │ —\nQ2 How?  │ —   │ 2 b\n" in said


def test_where_everybody_speaks_no_silence_is_explained():
    assert "means:" not in txt("===\nspeaker: Ana\n===\n\n# Why?\n\n[A]: a")


def test_a_question_that_nobody_answers_has_a_row():
    m = of(BUSES)
    assert ["Would it help?", "Could the buses cope?"] == [row.question for row in m.rows][:2]


def test_what_belongs_to_no_question_is_in_the_last_row():
    m = of("===\nspeakers: [Ana, Tom]\n===\n\n[X]: x {speaker: Tom}\n  + [Y]: y {speaker: Tom}\n\n"
           "# Why?\n\n[A]: a {speaker: Ana}\n")  # fmt: skip
    assert ["Why?", ""] == [row.question for row in m.rows]
    assert [("", "", ""), ("X", "Y", "")] == titles(m)[-1]
    assert "under no question" in str(argmap.printed(m))


def test_what_nobody_says_has_a_column():
    m = of("===\nspeakers: [Ana]\n===\n\n# Why?\n\n[A]: a {speaker: Ana}\n\n[B]: b\n")
    assert ["Ana", ""] == [s.key for s in m.speakers]
    assert [[("A", "", ""), ("B", "", "")]] == titles(m)
    assert "│ nobody named\n" in str(argmap.printed(m))


def test_a_debate_without_questions_says_what_to_write():
    said = txt(
        "===\nspeakers: [Ana, Tom]\n===\n\n[A]: a {speaker: Ana}\n  + [B]: b {speaker: Ana}\n\n"
        "[C]: c {speaker: Tom}\n"
    )
    assert "This debate asks no question" in said
    assert "\n\n# Could the buses cope?\n\n" in said
    assert "no question │ 1 a              │ 2 c\n            │ + 1 reason below │\n" in said


def test_no_question_is_shared_where_each_answers_their_own():
    alone = "===\nspeakers: [Ana, Tom]\n===\n\n# Why?\n\n[A]: a {speaker: Ana}\n\n# How?\n\n[B]: b"
    assert "No two of them speak to one question." in txt(alone + " {speaker: Tom}\n")
    assert "No two" not in txt(alone + " {speaker: Tom}\n\n[A]\n")


def test_an_empty_map_is_a_matrix_too():
    m = of("")
    assert (0, 1) == (m.count, len(m.rows))
    for format in ("txt", "md", "html", "json", "csv", "xlsx"):
        assert argmap.printed(m, format)
        assert argmap.printed(m, format, transpose=True)


def test_what_goes_round_in_a_circle_is_there():
    m = of("===\nspeaker: Ana\n===\n\n[A]: a\n  + [B]: b\n    + [A]\n\n[C]: c\n  + [C]\n")
    assert [[("A C", "B", "")]] == titles(m)


# --- how it is said


def test_voices_places_and_quotations_are_said_in_words():
    flat = " ".join(str(argmap.printed(of(BUSES), "md", whole=True)).split())
    assert "There are no drivers for a second round. (hedged)" in flat
    assert "Who would pay? (as a question)" in flat
    assert "One could hire some. — the council (as reported by Tom)" in flat
    assert "*Minutes ¶2*" in flat
    assert "wide awake" not in flat
    assert "“wide awake”" in txt(BUSES, quotes=True)


def test_what_rests_on_a_claim_is_counted_or_printed():
    text = "===\nspeaker: Ana\n===\n\n[A]: a\n  + [B]: b\n    + [C]: c\n\n# Why?\n\n[A]\n"
    assert "+ 2 reasons below" in txt(text)
    assert "└ 1.1 b (supports 1)" in txt(text, whole=True)
    assert "└ 1.1.1 c (supports 1.1)" in txt(text, whole=True)
    assert "below" not in txt(text, whole=True)
    assert "` 1.1 b" in txt(text, whole=True, ascii=True)


def test_what_is_said_against_a_claim_is_no_reason_for_it():
    text = (
        "===\nspeaker: Ana\n===\n\n[A]: a\n  - [B]: b\n  + [C]: c\n    _ [D]: d\n\n# Why?\n\n[A]\n"
    )
    assert "+ 1 reason and 2 objections below" in txt(text)
    assert "└ 1.1 b (objects to 1)" in txt(text, whole=True)
    assert "└ 1.3 d (undercuts 1.2 ⇒ 1)" in txt(text, whole=True)
    assert '"bears": "undercuts 1.2 ⇒ 1"' in str(argmap.printed(of(text), "json"))


def test_what_is_named_again_says_where_it_counts():
    assert "also 1 Pupils would be rested. (counted under Q1)" in " ".join(
        str(argmap.printed(of(BUSES), "md")).replace("*", "").split()
    )


def test_a_transposed_matrix_has_a_row_for_each_speaker():
    rows = list(csv.reader(io.StringIO(str(argmap.printed(of(BUSES), "csv", transpose=True)))))
    assert ["Speaker", "Q1 Would it help?", "Q2 Could the buses cope?"] == rows[0][:3]
    assert ["Ana Keller", "Tom", "Eva Lind"] == [
        {"Keller": "Ana Keller", "Lind": "Eva Lind"}.get(row[0], row[0]) for row in rows[1:]
    ]


def test_speakers_can_be_chosen_and_put_in_order():
    m = of(BUSES, speakers=["Tom", "ana keller"])
    assert ["Tom", "Keller"] == [s.key for s in m.speakers]
    assert "Only Tom and Keller can be seen here." in str(argmap.printed(m))
    with pytest.raises(UnknownName, match="did you mean 'Tom'"):
        of(BUSES, speakers=["Tim"])


def test_one_name_alone_is_a_name():
    assert ["Lind"] == [s.key for s in of(BUSES, speakers="Lind").speakers]
    assert ["Lind"] == [c.title for c in argmap.flow(argmap.loads(BUSES), columns="Lind").columns]


def test_python_has_the_same_matrix_of_a_debate_and_of_a_map():
    m = argmap.loads(BUSES)
    assert argmap.matrix(m) == argmap.matrix(m.debate)


def test_a_matrix_as_json_has_all_of_it():
    made = json.loads(str(argmap.printed(of(BUSES), "json")))
    assert ("argmap-matrix", 1) == (made["format"], made["version"])
    assert ["Keller", "Tom", "Lind"] == [s["key"] for s in made["speakers"]]
    first = made["rows"][0]["cells"][0]["lines"][0]
    assert ("1", "Rested", "Minutes ¶2", ["wide awake"]) == (
        first["number"], first["title"], first["source"], first["quotes"])  # fmt: skip


# --- every claim in one place


def placed(m: Matrix) -> Counter[str]:
    return Counter(
        line.number for row in m.rows for c in row.cells for line in (*c.lines, *c.below)
    )


def sums(debate: Debate) -> None:
    """The cells of the matrix of *debate* sum to its claims, each in its speaker's column."""
    m = argmap.matrix(debate)
    expected = meeting(debate).lines
    assert Counter(line.number for line in expected) == placed(m)
    assert len(expected) == m.count
    for row in m.rows:
        for speaker, c in zip(m.speakers, row.cells, strict=True):
            assert {speaker.key} >= {line.speaker for line in (*c.lines, *c.below, *c.again)}
            assert c.lines or not c.below  # what is below something is below a line
            for line in c.again:
                assert m.rows[m.homes[line.number]] is not row
                assert row.question


@given(debates(size=6))
def test_the_cells_of_a_matrix_sum_to_the_stated_claims(debate: Debate):
    sums(debate)


@pytest.mark.parametrize("path", MAPS, ids=lambda p: p.stem)
def test_the_cells_of_the_maps_sum_to_their_claims(path: Path):
    sums(argmap.load(path).debate)


def test_there_are_maps():
    assert len(MAPS) > 10


@given(debates(size=6), st.booleans())
def test_all_lines_are_printed_whichever_way_it_lies(debate: Debate, transpose: bool):
    m = argmap.matrix(debate)
    body = str(argmap.printed(m, columns=9999, whole=True, transpose=transpose))
    flat = " ".join(body.split())
    for line in meeting(debate).lines:
        assert f"{line.number} {' '.join(line.text.split())}" in flat


@given(debates(WILD, size=4))
def test_any_matrix_is_printed_in_any_format(debate: Debate):
    m = argmap.matrix(debate)
    for format in ("txt", "md", "html", "json", "csv", "xlsx"):
        made = argmap.printed(m, format)
        assert made == argmap.printed(m, format)
        if isinstance(made, str):
            made.encode()
    json.loads(str(argmap.printed(m, "json")))


@given(debates(size=4), st.data())
def test_chosen_speakers_keep_what_is_theirs(debate: Debate, data: st.DataObject):
    whole = argmap.matrix(debate)
    keys = [s.key for s in whole.speakers if s.key]
    if not keys:
        return
    chosen = data.draw(st.lists(st.sampled_from(keys), min_size=1, unique=True))
    some = argmap.matrix(debate, speakers=chosen)
    names = [s.key for s in whole.speakers]
    assert chosen == [s.key for s in some.speakers]
    for n, key in enumerate(chosen):
        column = [row.cells[n] for row in some.rows if not row.cells[n].silent]
        before = [row.cells[names.index(key)] for row in whole.rows]
        assert [c for c in before if not c.silent] == column


# --- the maps


def test_the_debate_of_two_as_it_is_printed(golden):
    m = argmap.matrix(argmap.load(ROOT / "maps" / "rumer-vs-kaczmarski.argdown"))
    golden("matrix/rumer-vs-kaczmarski.txt", str(argmap.printed(m, columns=100)))


ELEVEN = ROOT / "maps" / "will-it-hold.argdown"


def test_eleven_voices_and_a_dozen_questions_are_there_in_no_time():
    start = time.process_time()
    m = argmap.matrix(argmap.load(ELEVEN))
    for format in ("txt", "html", "csv", "json"):
        argmap.printed(m, format)
    assert time.process_time() - start < 12
    assert (11, 14) == (len(m.speakers), len([r for r in m.rows if r.question]))
    assert 400 < m.count == sum(placed(m).values())


# --- the command


def run(*arguments: str | Path, **how):
    return CliRunner().invoke(main, ["matrix", *map(str, arguments)], **how)


@pytest.fixture
def buses(tmp_path: Path) -> Path:
    path = tmp_path / "buses.argdown"
    path.write_text(BUSES, encoding="utf-8")
    return path


def test_the_command_prints_what_python_does(buses: Path):
    done = run(buses, "--columns", "90")
    assert 0 == done.exit_code
    assert argmap.printed(of(BUSES), columns=90) == done.stdout
    assert "" == done.stderr


def test_the_command_writes_every_format(buses: Path, tmp_path: Path):
    names = [tmp_path / f"m.{s}" for s in ("txt", "md", "html", "json", "csv", "xlsx")]
    done = run(buses, *(a for name in names for a in ("-o", name)), "--transpose", "--all")
    assert (0, "") == (done.exit_code, done.output)
    for name in names:
        expected = argmap.printed(
            of(BUSES), name.suffix[1:], transpose=True, whole=True, theme="auto", size=""
        )
        assert (expected if isinstance(expected, bytes) else expected.encode()) == name.read_bytes()
    sheet = openpyxl.load_workbook(names[-1]).worksheets[0]
    assert "Speaker" == sheet["A1"].value


@pytest.mark.parametrize("given", [["--only", "Tom,Lind"], ["--only", "Tom", "--only", "Eva Lind"]])
def test_the_command_takes_names_between_commas_and_one_by_one(buses: Path, given: list[str]):
    done = run(buses, *given, "--format", "csv")
    assert ["Question", "Tom", "Lind"] == done.stdout.splitlines()[0].split(",")


@pytest.mark.parametrize("given", ["Ana,smith, jr.", "ANA , Bob Smith,Jr."])
def test_the_command_takes_names_that_hold_commas(tmp_path: Path, given: str):
    path = tmp_path / "a.argdown"
    who = '[Ana, {key: "Smith, Jr.", name: "Bob Smith, Jr."}]'
    path.write_text(
        f"===\nspeakers: {who}\n===\n\n[A]: a {{speaker: Ana}}\n\n"
        '[B]: b {speaker: "Smith, Jr."}\n',
        encoding="utf-8",
    )
    done = run(path, "--only", given, "--format", "csv")
    assert (0, 'Question,Ana,"Smith, Jr."') == (done.exit_code, done.stdout.splitlines()[0])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--only", "Tim"], "no speaker is named 'Tim'; did you mean 'Tom'?"),
        (["-o", "m.xls"], "this is not written as .xls; did you mean .xlsx?"),
        (["-o", "m"], "m has no suffix to say what to write: try m.html"),
        (["-o", "no/m.md"], "there is no folder no"),
        (["-o", ""], "-o takes the name of a file"),
        (["--theme", "drak", "--format", "html"], "'drak'"),
        (["--size", "800x600", "--format", "html"], "a page is printed on paper"),
        (["-o", "buses.argdown", "--format", "txt"], "it was read for this"),
    ],
)
def test_misuse_is_said_and_nothing_is_written(buses: Path, monkeypatch, arguments, said):
    monkeypatch.chdir(buses.parent)
    done = run("buses.argdown", *arguments)
    assert 2 == done.exit_code
    assert said in done.stderr
    assert ["buses.argdown"] == [p.name for p in buses.parent.iterdir()]
    assert BUSES == buses.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--size", "a3"], "--size counts for .html only"),
        (["--theme", "dark"], "--theme counts for .html, .svg and .png only"),
        (["--columns", "70", "--format", "md"], "--columns counts for .txt only"),
        (["--ascii", "--format", "csv"], "--ascii counts for .txt only"),
        (["-o", "m.html", "--format", "md"], "m.html is written as md, whatever its name says"),
    ],
)
def test_options_that_count_for_nothing_are_named(buses: Path, monkeypatch, arguments, said):
    monkeypatch.chdir(buses.parent)
    done = run("buses.argdown", *arguments)
    assert (0, f"argmap: warning: {said}\n") == (done.exit_code, done.stderr)


def test_none_of_several_files_is_written_if_one_cannot_be_made(buses: Path, tmp_path: Path):
    done = run(buses, "-o", tmp_path / "m.md", "-o", tmp_path / "m.html", "--theme", "drak")
    assert 2 == done.exit_code
    assert not (tmp_path / "m.md").exists()


def test_a_map_with_errors_has_no_matrix(tmp_path: Path):
    path = tmp_path / "bad.argdown"
    path.write_text("===\ntitle: [\n===\n\n[A]: a\n", encoding="utf-8")
    done = run(path)
    assert (1, "") == (done.exit_code, done.stdout)
    assert "error[" in done.stderr


def test_standard_input_is_read(buses: Path):
    assert "Q1 Would it help?" in run("-", "--format", "csv", input=BUSES).stdout


# --- in a browser


@needs_browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("transpose", [False, True])
def test_a_wide_matrix_has_no_barriers(theme: str, transpose: bool, opened: Opener):
    from axe_playwright_python.sync_playwright import Axe

    m = argmap.matrix(argmap.load(ELEVEN))
    page = opened(str(argmap.printed(m, "html", theme=theme, transpose=transpose)))
    found = Axe().run(page)
    assert 0 == found.violations_count, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
