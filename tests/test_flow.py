"""Flow sheets: columns by speaker or by speech, answers opposite what they answer."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve
from browsing import Opener, needs_browser
from click.testing import CliRunner, Result
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from strategies import WILD, debates

import argmap
from argmap.cli import main
from argmap.errors import BadValue, UnknownName
from argmap.model import Builder, Data, Debate, Kind, Link, Reason, Sense, Voice
from argmap.sides import Meeting, meeting
from argmap.sides.answers import topics_of, topmost
from argmap.sides.flow import flow
from argmap.sides.sheet import ANSWERING, Flow
from argmap.view import Mark

SPOKEN = ["opening", "reply", "rebuttal"]


@st.composite
def rounds(draw: st.DrawFn) -> Debate:
    """A debate some of whose claims stand in speeches, some of which are announced."""
    debate = draw(debates(size=6))
    speech = st.sampled_from([None, None, *SPOKEN])
    claims = tuple(
        evolve(c, data=c.data.over(Data((("speech", said),)))) if (said := draw(speech)) else c
        for c in debate.claims
    )
    order = tuple(
        Data((("name", name), ("speaker", draw(st.sampled_from([s.key, ""])))))
        for name in draw(st.permutations(SPOKEN))
        for s in debate.speakers
    )
    said = Data((("speeches", order[: draw(st.integers(0, 4))]),))
    return evolve(debate, claims=claims, data=debate.data.without("speeches").over(said))


@st.composite
def panels(draw: st.DrawFn) -> Debate:
    """A debate of three speakers and nobody, who answer each other and themselves."""
    b = Builder()
    for name in "XYZ":
        b.speaker(name)
    if draw(st.booleans()):
        b.section("Q?", 1)
    said = []
    for n in range(draw(st.integers(2, 7))):
        voice = draw(st.sampled_from([*[Voice.ASSERTED] * 6, Voice.REPORTED, Voice.CONCEDED]))
        by = draw(st.sampled_from(["X", "X", "X", "Y", "Y", "Z", None]))
        voice = voice if by else Voice.ASSERTED
        of = "Q" if voice is Voice.REPORTED else ""
        said.append(b.claim(f"Words {n}.", by=by, voice=voice, of=of))
    claim = st.sampled_from(said)
    given: list[Reason] = []
    for _ in range(draw(st.integers(1, 6))):
        tails = draw(st.lists(claim, min_size=1, max_size=3, unique=True))
        others = [c for c in said if c not in tails]
        if not others:
            continue
        head = draw(st.sampled_from(others))
        match draw(st.integers(0, 5)):
            case 0 | 1:
                given.append(b.support(head, tails))
            case 2:
                given.append(b.rebut(head, tails))
            case 3 if given:
                given.append(b.undercut(draw(st.sampled_from(given)), tails))
            case _:
                kind = draw(st.sampled_from([Kind.ATTACK, Kind.CONTRARY, Kind.EQUIVALENCE]))
                sense = draw(st.sampled_from([None, None, *Sense]))
                b.relate(kind, tails[0], head, link=Link(sense) if sense else None)
    return b.build()


def sheet(text: str, **asked: object) -> Flow:
    return flow(argmap.loads(text).debate, **asked)  # type: ignore[arg-type]


def marked(found: Flow) -> list[str]:
    return [e.number for e in found.unanswered]


def grid(found: Flow) -> list[list[str]]:
    """What stands on each line of the sheet: numbers, in brackets where they are references."""
    rows = []
    for line in (line for row in found.rows for line in row.lines):
        cells = [""] * len(found.columns)
        for cell in line:
            cells[cell.column] = " ".join(
                f"({e.number})" if e.sees else e.number for e in cell.entries
            )
        rows.append(cells)
    return rows


def sides(found: Flow, met: Meeting) -> dict[str, str]:
    """Whose each line that is shown is: the speaker of the column it stands in."""
    return {
        e.number: found.columns[cell.column].speaker
        for row in found.rows
        for line in row.lines
        for cell in line
        for e in cell.entries
    }


# --- what stands where


@given(rounds() | panels(), st.sampled_from(["speaker", "speech"]))
def test_every_line_stands_on_the_sheet_once_in_full(debate: Debate, by: str):
    found = flow(debate, by=by)

    full = [e.number for row in found.rows for e in row.entries if not e.sees]
    assert sorted(line.number for line in meeting(debate).lines) == sorted(full)


@given(rounds() | panels(), st.sampled_from(["speaker", "speech"]))
def test_an_answer_is_in_the_row_of_what_it_answers(debate: Debate, by: str):
    met, found = meeting(debate), flow(debate, by=by)
    whose = sides(found, met)
    rows = [{e.number for e in row.entries} for row in found.rows]
    for tie in (*met.ties, *met.own):
        for tail in tie.tails if tie.sense in ANSWERING else ():
            others = [h for h in tie.struck or (tie.head,) if whose[h.number] != whose[tail.number]]
            for other in others[:1]:
                assert any({tail.number, other.number} <= row for row in rows)


@given(rounds() | panels(), st.sampled_from(["speaker", "speech"]))
def test_an_answer_stands_no_higher_than_what_it_answers(debate: Debate, by: str):
    for row in flow(debate, by=by).rows:
        at = {
            e.number: n
            for n, line in enumerate(row.lines)
            for cell in line
            for e in cell.entries
            if not e.sees
        }
        for n, line in enumerate(row.lines):
            for e in (e for cell in line for e in cell.entries if e.above):
                assert at[e.above] <= n


@given(rounds() | panels(), st.sampled_from(["speaker", "speech"]))
def test_what_stands_in_a_cell_is_said_in_its_column(debate: Debate, by: str):
    met, found = meeting(debate), flow(debate, by=by)
    for row in found.rows:
        for line in row.lines:
            assert [c.column for c in line] == sorted({c.column for c in line})
            for cell in line:
                speaker = found.columns[cell.column].speaker
                assert {e.line.speaker or speaker for e in cell.entries} == {speaker}
    assert {line.number for line in met.lines} == set(sides(found, met))


@given(rounds() | panels(), st.data())
def test_the_columns_that_are_asked_for_are_shown_in_that_order(
    debate: Debate, data: st.DataObject
):
    keys = [s.key for s in meeting(debate).speakers]
    names = data.draw(st.lists(st.sampled_from(keys), unique=True)) if keys else []
    found = flow(debate, columns=names)

    assert (names or [c.speaker for c in found.columns]) == [c.speaker for c in found.columns]
    shown = [e.number for row in found.rows for e in row.entries if not e.sees]
    wanted = [x.number for x in meeting(debate).lines if not names or x.speaker in names]
    assert sorted(wanted) == sorted(shown)
    everything = {e.number for e in flow(debate).unanswered}
    assert {n for n in everything if n in shown} == set(marked(found))


def test_three_answers_to_one_point_take_three_lines_of_its_row():
    found = sheet(
        "[A]: a {speaker: X}\n"
        "  - [B]: b {speaker: Y}\n    - [E]: e {speaker: X}\n"
        "  - [C]: c {speaker: Y}\n  - [D]: d {speaker: Y}\n"
    )

    assert [["1", "1.1"], ["1.1.1", ""], ["", "1.2"], ["", "1.3"]] == grid(found)
    assert ["1"] == [row.point for row in found.rows]


def test_reasons_that_nobody_answers_stand_in_the_cell_of_their_point():
    found = sheet(
        "[A]: a {speaker: X}\n  + [B]: b {speaker: X}\n    + [C]: c {speaker: X}\n"
        "  + [D]: d {speaker: X}\n    - [E]: e {speaker: Y}\n"
    )

    assert [["1 1.1 1.1.1", ""], ["1.2", "1.2.1"]] == grid(found)
    assert [0, 1, 2, 1, 0] == [e.depth for e in found.rows[0].entries]


def test_what_answers_two_lines_stands_in_full_once():
    found = sheet("[A]: a {speaker: X}\n  - [C]: c {speaker: Y}\n[B]: b {speaker: X}\n  - [C]\n")

    assert [["1", "1.1"], ["2", "(1.1)"]] == grid(found)
    assert ["", "1", "", "2"] == [e.answers for row in found.rows for e in row.entries]


def test_what_answers_another_stands_there_and_is_referred_to_where_it_is_a_reason():
    found = sheet("[A]: a {speaker: X}\n  - [C]\n[B]: b {speaker: Y}\n  + [C]: c {speaker: Y}\n")

    assert [["1", "1.1"], ["", "2 (1.1)"]] == grid(found)


def test_what_contradicts_each_other_keeps_its_rows():
    found = sheet("[A]: a {speaker: X}\n  >< [B]\n[B]: b {speaker: Y}\n")

    assert [["1", "(2)"], ["(1)", "2"]] == grid(found)


def test_what_strikes_a_step_stands_opposite_what_the_step_leads_to():
    found = sheet(
        "[A]: a {speaker: X}\n  + <R>\n\n<R>\n\n(1) [B]: b {speaker: X}\n(2) [C]: c {speaker: X}\n"
        "----\n  _ [U]: u {speaker: Y}\n    _ [V]: v {speaker: X}\n(3) [A]\n"
    )

    assert [["1 1.1 1.2", "1.3"], ["1.3.1", ""]] == grid(found)
    assert [] == [n for n in marked(found) if n != "1.3.1"]


# --- what is not answered


def naive(met: Meeting, by: str = "") -> set[str]:
    """The lines that are answered, worked out over and over until nothing is added."""
    whose = {line.number: line.speaker for line in met.lines}
    ties = (*met.ties, *met.own)
    by_step = {}
    for tie in ties:
        by_step.setdefault((tie.tails, tie.head), tie)
    hit, covered = set(), set()
    for tie in (t for t in ties if t.sense in ANSWERING):
        for tail, head in [(t, tie.head) for t in tie.tails] + (
            [(tie.head, tie.tails[0])] if tie.mutual else []
        ):
            if by and whose[tail.number] != by:
                continue
            foes = [x for x in tie.struck or (head,) if whose[x.number] != whose[tail.number]]
            if not tie.struck:
                hit |= {x.number for x in foes}
                continue
            covered |= {x.number for x in foes}
            leads = by_step[tie.struck, tie.head].mark is Mark.SUPPORT
            if leads and any(x.speaker == tie.head.speaker for x in foes):
                hit.add(tie.head.number)
    before = -1
    while before != len(hit):
        before = len(hit)
        for tie in ties:
            same = [t for t in tie.tails if t.speaker == tie.head.speaker]
            if tie.mark is Mark.SUPPORT and any(t.number in hit for t in same):
                hit.add(tie.head.number)
            if tie.mark is Mark.AGREE and same and {tie.head.number, same[0].number} & hit:
                hit |= {tie.head.number, same[0].number}
    for tie in ties:
        for tail in () if tie.mutual else tie.tails:
            if tail.number in hit:
                covered |= {t.number for t in tie.tails if t.speaker == tail.speaker}
    return hit | covered


@given(panels() | debates(size=6))
def test_what_is_marked_is_what_another_could_have_answered_and_nobody_does(debate: Debate):
    met = meeting(debate)
    heads = {
        (t.number, tie.head.number)
        for tie in (*met.ties, *met.own)
        for t in tie.tails
        if tie.mark is Mark.SUPPORT and t.speaker == tie.head.speaker
    }
    answers = {
        tail.number
        for tie in (*met.ties, *met.own)
        if tie.sense in ANSWERING
        for tail, head in [(t, tie.head) for t in tie.tails] + [(tie.head, t) for t in tie.tails]
        if (tail in tie.tails or tie.mutual)
        and any(x.speaker != tail.speaker for x in tie.struck or (head,))
    }
    heard = [x for x in met.lines if x.speaker and x.voice is not Voice.REPORTED]
    held = [x for x in heard if x.voice is not Voice.CONCEDED]
    on = {number: set(topics) for number, topics in topics_of(met).items()}
    if met.topics:
        could = [
            x
            for x in held
            if any(y.speaker != x.speaker and on[y.number] & on[x.number] for y in heard)
        ]
    else:
        several = len({x.speaker for x in heard}) > 1
        could = [x for x in held if several and x.number not in {t for t, _ in heads}]
    done = naive(met)
    open_ = {x.number for x in could if x.number not in done}
    found = set(marked(flow(debate)))

    agreed = {
        x.number
        for tie in (*met.ties, *met.own)
        if tie.sense is Sense.AGREES
        for tail in tie.tails
        if tail.speaker and tie.head.speaker and tail.speaker != tie.head.speaker
        if tail.is_own and tie.head.is_own
        for x in (tail, tie.head)
    }
    assert found <= open_ - agreed
    for line in met.lines:
        if line.number in open_ - found - agreed:
            assert conclusions(line.number, heads) & (found | agreed)
        if line.number in found:
            above = conclusions(line.number, heads) & found - {line.number}
            assert not above or line.number in answers


def test_a_point_that_two_agree_on_is_not_marked_nor_are_reasons_for_it():
    m = argmap.loads(
        "[A]: a {speaker: X}\n  + [R]: r {speaker: X}\n"
        "  + [B]: b {speaker: Y, link: {as: agrees}}\n\n[C]: c {speaker: X}\n"
    )

    assert ["c"] == [e.line.text for e in argmap.flow(m).unanswered]


LINKED = """\
# Q?

[A]: a {speaker: X}
  + <R>

[D]: d {speaker: X}
  + [C]

<R>

(1) [B]: b {speaker: X}
(2) [C]: c {speaker: X}
----
(3) [A]

[E]: e {speaker: Y}

"""


def test_what_answers_one_of_several_reasons_answers_all_but_not_what_else_they_serve_for():
    titles = {e.line.title for e in sheet(LINKED + "[B]\n  - [E]\n").unanswered}
    assert {"D", "E"} == titles
    titles = {e.line.title for e in sheet(LINKED + "[C]\n  - [E]\n").unanswered}
    assert {"E"} == titles


def conclusions(number: str, heads: set[tuple[str, str]]) -> set[str]:
    """The numbers of what a line is a reason for, near or far."""
    found: set[str] = set()
    todo = [number]
    while todo:
        above = {head for tail, head in heads if tail == todo[-1]} - found
        todo[-1:] = above
        found |= above
    return found


MAIN = "# Q?\n\n[A]: a {speaker: X}\n  + [R]: r {speaker: X}\n[B]: b {speaker: Y}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MAIN, ["1", "2"]),
        (MAIN + "  -> [A]\n", ["1.1", "1.2"]),
        (MAIN + "  -> [R]\n", ["1.1.1"]),
        (MAIN + "  -> [A] {link: {as: tension}}\n", ["1.1", "2"]),
        (MAIN + "  -> [A] {link: {as: past}}\n", ["1", "2"]),
        (MAIN.replace("b {speaker: Y}", "b {speaker: Y, voice: conceded}"), ["1"]),
        ("# P?\n\n[A]: a {speaker: X}\n\n# Q?\n\n[B]: b {speaker: Y}\n", []),
        ("[A]: a {speaker: X}\n  + [R]: r {speaker: X}\n[B]: b {speaker: Y}\n", ["1", "2"]),
        ("[A]: a {speaker: X}\n  - [R]: r {speaker: X}\n", []),
        ("[A]: a\n  - [R]: r\n", []),
    ],
)
def test_in_a_panel_what_nobody_else_answers_is_marked(text: str, expected: list[str]):
    assert expected == marked(sheet(text))


ROUND = """\
===
title: Phones at school
speakers: [Mia Lindqvist, Ben Okafor]
speeches: ["Lindqvist, opening", {name: reply, speaker: Okafor}, "Lindqvist, rebuttal"]
===

# The case {speech: opening, speaker: Lindqvist}

[Ban]: Our school should ban phones.
  + [Focus]: Phones break concentration.
    - [Adults]: The study watched adults. {speaker: Okafor, speech: reply}
      - [Pupils]: A later study watched pupils. {speaker: Lindqvist, speech: rebuttal}
  + [Bullies]: Bullying stops.
    - [Evening]: It moves to the evening. {speaker: Okafor, speech: reply}
  + [Talk]: Pupils talk at break.

# The reply {speech: reply, speaker: Okafor}

[Teach]: Pupils should learn to control themselves.
  - [Apps]: Apps are built to defeat that. {speaker: Lindqvist, speech: rebuttal}
"""


def test_with_speeches_each_has_a_column_and_the_last_word_is_not_marked():
    found = sheet(ROUND, by="speech")

    assert ["Lindqvist, opening", "Okafor, reply", "Lindqvist, rebuttal"] == [
        c.title for c in found.columns
    ]
    assert [
        ["1 1.3", "", ""],
        ["1.1", "1.1.1", "1.1.1.1"],
        ["1.2", "1.2.1", ""],
        ["", "2", "2.1"],
    ] == grid(found)
    assert ["1.3", "1.2.1"] == marked(found)
    assert () == found.notes
    assert "later" in found.rule


def test_what_was_said_before_is_no_answer():
    text = (
        '===\nspeeches: ["X, first", "Y, second", "X, third", "Y, fourth"]\n===\n\n'
        "[A]: a {speaker: X, speech: third}\n  - [B]: b {speaker: Y, speech: second}\n"
    )
    assert ["1.1", "1"] == marked(sheet(text, by="speech"))
    assert [] == marked(sheet(text.replace("second}", "fourth}"), by="speech"))
    assert ["1.1"] == marked(sheet(text))


def test_without_an_order_speeches_stand_as_they_are_first_named():
    text = ROUND.replace('speeches: ["Lindqvist, opening"', 'xs: ["Lindqvist, opening"')
    found = sheet(text, by="speech")

    assert ["Lindqvist, opening", "Okafor, reply", "Lindqvist, rebuttal"] == [
        c.title for c in found.columns
    ]
    assert any("order" in note for note in found.notes)


def test_a_speech_in_which_nothing_answers_is_still_a_chance_to_answer():
    text = (
        '===\nspeakers: [X, Y]\nspeeches: ["X, one"%s]\n===\n\n[A]: a {speaker: X, speech: one}\n'
    )
    assert [] == marked(sheet(text % "", by="speech"))
    found = sheet(text % ', "Y, two"', by="speech")
    assert ["X, one", "Y, two"] == [c.title for c in found.columns]
    assert ["1"] == marked(found)


def test_a_heading_lends_its_speech_only_to_whom_it_is_of():
    found = sheet(
        ROUND.replace("{speaker: Okafor, speech: reply}", "{speaker: Okafor}"), by="speech"
    )

    assert "Okafor" == found.columns[-1].title
    assert "2 lines stand in no speech." in found.notes
    assert "1.1.1" not in marked(found)


@pytest.mark.parametrize(
    ("speeches", "note"),
    [
        ('["Lindqvst, opening"]', "Nothing stands in the speech “Lindqvst, opening”"),
        ("[{name: opening, speaker: Lindqvst}]", "Nobody here is called Lindqvst"),
        ("[{speaker: Lindqvist}]", "has no name"),
        ("[[1, 2], true]", "has no name"),
        ("opening", None),
        ("[3, 4.5]", None),
    ],
)
def test_speeches_that_cannot_be_understood_are_told_of(speeches: str, note: str | None):
    start, _, rest = ROUND.partition("speeches: ")
    found = sheet(f"{start}speeches: {speeches}\n" + rest.partition("\n")[2], by="speech")

    full = [e.number for row in found.rows for e in row.entries if not e.sees]
    assert 9 == len(full)
    assert note is None or any(note in said for said in found.notes)


def test_without_speeches_the_columns_are_by_speaker_and_it_says_so():
    found = sheet(MAIN, by="speech")

    assert ("speaker", ["X", "Y"]) == (found.by, [c.title for c in found.columns])
    assert any("names its speech" in note for note in found.notes)


# --- columns and notes


def test_a_column_is_called_by_title_by_speech_or_by_speaker():
    for names, expected in [
        (["reply"], ["Okafor, reply"]),
        (["lindqvist"], ["Lindqvist, opening", "Lindqvist, rebuttal"]),
        (["Okafor, Reply", "Mia Lindqvist"], ["Okafor, reply", "Lindqvist, opening"]),
    ]:
        found = sheet(ROUND, by="speech", columns=names)
        assert expected == [c.title for c in found.columns][: len(expected)]
    with pytest.raises(UnknownName, match="did you mean 'Okafor'"):
        sheet(ROUND, columns=["Okofor"])
    with pytest.raises(UnknownName, match="'rebuttal'"):
        sheet(ROUND, by="speech", columns=["rebutal"])
    with pytest.raises(UnknownName, match="did you mean 'Okafor'"):
        sheet(ROUND, reply="Okofor")


def test_what_stands_in_a_column_that_is_not_shown_still_answers():
    found = sheet(MAIN + "[C]: c {speaker: Z}\n  -> [A]\n", columns=["X", "Y"])

    assert ["1.1", "2"] == marked(found)
    assert "1 line of Z is not shown, but may answer others." in found.notes


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("[A]: a {speaker: X}\n", "Only X speaks here"),
        ("[A]: a\n", "No line of this map has a speaker"),
        ("", "no claims yet"),
        (MAIN, "Nothing in this map links"),
    ],
)
def test_what_there_is_to_know_is_said(text: str, note: str):
    assert any(note in said for said in sheet(text).notes)


# --- replies


def test_nobody_needs_a_reply_to_what_they_agree_on():
    debate = argmap.loads("[A]: a {speaker: X}\n  + [B]: b {speaker: Y, link: {as: agrees}}")

    assert () == argmap.flow(debate, reply="X").replies
    assert () == argmap.flow(debate, reply="Y").replies


def test_a_speaker_may_prepare_a_reply_to_what_was_not_answered():
    found = sheet(
        "# Q?\n\n[A]: a {speaker: X}\n  - [B]: b {speaker: Y}\n    - [C]: c {speaker: X}\n"
        "  - [D]: d {speaker: Y}\n    - [E]: e {speaker: Z}\n\n[F]: f {speaker: Y}\n\n"
        "# P?\n\n[G]: g {speaker: Y}\n\n[H]: h {speaker: Z}\n",
        reply="X",
    )

    assert [("1.2", "Q?", "objects to 1", ("1",)), ("2", "Q?", "nobody answers it", ())] == [
        (r.line.number, r.question, r.why, r.to) for r in found.replies if r.line.number != "1.2.1"
    ]
    assert "X" == found.reply_to


@given(panels() | debates(size=6))
def test_replies_are_prepared_to_what_others_say_and_one_does_not_answer(debate: Debate):
    met = meeting(debate)
    for key in [s.key for s in met.speakers][:1]:
        found = flow(debate, reply=key)
        numbers = [r.line.number for r in found.replies]
        assert len(set(numbers)) == len(numbers)
        assert not {line.number for line in met.by_speaker[key]} & set(numbers)
        assert not naive(met, key) & set(numbers)


# --- hostile maps


def chain(length: int) -> Debate:
    b = argmap.Builder()
    for name in ("X", "Y"):
        b.speaker(name)
    said = [b.claim(f"Words {n}.", by="XY"[n % 2]) for n in range(length)]
    for tail, head in zip(said[1:], said[:-1], strict=True):
        b.relate(Kind.ATTACK, tail, head)
    return b.build()


def test_of_what_goes_in_a_circle_the_first_is_marked():
    below = {"2": ["3", "1"], "3": ["2"], "4": ["4"]}

    assert frozenset("24") == topmost("1234", below, frozenset())
    assert frozenset("124") == topmost("1234", below, frozenset("1"))


def test_a_circle_of_answers_stands_in_one_row():
    found = sheet("[A]: a {speaker: X}\n  - [B]: b {speaker: Y}\n    - [A]\n")

    assert 1 == len(found.rows)
    assert [] == marked(found)
    assert sorted(["1", "1.1", "(1)"]) == sorted(" ".join(" ".join(r) for r in grid(found)).split())


def test_answers_a_thousand_deep_are_one_row_of_as_many_lines():
    found = flow(chain(1000))

    assert (1, 500) == (len(found.rows), len(found.rows[0].lines))
    assert 1 == len(found.unanswered)


def test_ten_times_the_claims_take_about_ten_times_as_long():
    taken = []
    for length in (1000, 10_000):
        debate = chain(length)
        start = time.process_time()
        flow(debate, reply="X")
        taken.append(time.process_time() - start)
    assert taken[1] < 40 * taken[0]
    assert taken[1] < 15


# --- printed, and the command


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    Path("round.argdown").write_text(ROUND, encoding="utf-8")
    return lambda *words: CliRunner().invoke(main, ["flow", *map(str, words)])


def test_a_flow_sheet_of_speeches_looks_so(golden: Callable[[str, str], None]):
    found = sheet(ROUND, by="speech", reply="Lindqvist")

    golden("flow/round.txt", str(argmap.printed(found)))
    golden("flow/round.md", str(argmap.printed(found, "md")))
    golden("flow/round.csv", str(argmap.printed(found, "csv")))
    golden("flow/round.json", str(argmap.printed(found, "json")))


@pytest.mark.parametrize("name", ["rumer-vs-kaczmarski", "town-hall"])
def test_a_flow_sheet_of_speakers_looks_so(name: str, golden: Callable[[str, str], None]):
    folder = "examples" if name == "town-hall" else "maps"
    found = argmap.flow(argmap.load(ROOT / folder / f"{name}.argdown"))

    golden(f"flow/{name}.txt", str(argmap.printed(found, columns=100)))


@pytest.mark.parametrize("format", ["txt", "md", "html", "csv", "json"])
def test_the_words_of_every_line_and_whose_a_link_is_are_in_every_output(format: str):
    debate = argmap.load(ROOT / "maps" / "rumer-vs-kaczmarski.argdown").debate
    said = str(argmap.printed(argmap.flow(debate, reply="Rumer"), format, **WIDE.get(format, {})))

    for line in meeting(debate).lines:
        assert line.text in said
    assert "not answered" in said or '"unanswered": true' in said
    if format != "json":
        assert "the mapper’s link" in said
        assert "so Seminar report" in said


WIDE = {"txt": {"columns": 100_000}}


def test_the_columns_of_the_csv_are_the_speeches():
    rows = list(csv.reader(io.StringIO(str(argmap.printed(sheet(ROUND, by="speech"), "csv")))))

    assert ["Lindqvist, opening", "Okafor, reply", "Lindqvist, rebuttal"] == rows[0]
    assert "1.1.1 - The study watched adults." == rows[2][1]
    assert {3} == {len(row) for row in rows}


def test_an_answer_that_is_older_than_what_it_answers_is_doubted():
    text = (
        "===\nsources:\n  - {key: Old, date: 2001-01-01}\n  - {key: New, date: 2009-01-01}\n===\n\n"
        "[A]: a {speaker: X, source: New}\n  - [B]: b {speaker: Y, source: Old}\n"
    )
    found = sheet(text)

    assert "is older than what it answers" in str(argmap.printed(found, "csv"))
    assert "is older than what it answers" in str(argmap.printed(found, "json"))


@pytest.mark.parametrize("format", ["txt", "md", "html", "csv", "json"])
def test_a_link_between_two_files_is_the_mappers_also_where_nothing_is_said_of_it(
    tmp_path: Path, format: str
):
    for name, speaker in (("a", "X"), ("b", "Y")):
        text = f"===\nspeaker: {speaker}\n===\n\n[A]: a\n  - [B]: b\n"
        (tmp_path / f"{name}.argdown").write_text(text, "utf-8")
    path = tmp_path / "both.argdown"
    path.write_text("===\npositions: [a.argdown, b.argdown]\n===\n\n[X: A]\n  - [Y: A]\n", "utf-8")
    made = argmap.flow(argmap.load(path))
    assert 1 == str(argmap.printed(made, format)).count("the mapper’s link")


def test_no_cell_of_the_csv_is_a_formula():
    text = '[A]: "=1+1" {speaker: =x}\n  - [B]: =2 {speaker: +y}\n'
    for row in csv.reader(io.StringIO(str(argmap.printed(sheet(text), "csv")))):
        assert not [c for c in row if c[:1] in ("=", "+", "-", "@")]


@given(debates(WILD, size=6))
def test_what_is_printed_is_safe_and_can_be_read(debate: Debate):
    found = flow(debate)
    made = json.loads(str(argmap.printed(found, "json")))
    assert [row.point for row in found.rows] == [row["point"] for row in made["rows"]]
    rows = list(csv.reader(io.StringIO(str(argmap.printed(found, "csv")))))
    assert {len(found.columns)} == {len(row) for row in rows if row} or not found.columns
    for format in ("txt", "md", "html"):
        assert "\x1b" not in str(argmap.printed(found, format))


def test_the_command_prints_the_sheet_with_its_rule(run: Callable[..., Result]):
    done = run("round.argdown", "--by", "speech")

    assert 0 == done.exit_code
    assert "Lindqvist, opening" in done.stdout
    assert "“Not answered” marks what no later speech" in " ".join(done.stdout.split())
    assert "" == done.stderr


def test_the_command_writes_several_files_at_once(run: Callable[..., Result]):
    done = run("round.argdown", "-o", "a.html", "-o", "a.csv", "-o", "a.md", "-o", "a.json")

    assert 0 == done.exit_code
    assert 4 == len(list(Path().glob("a.*")))
    assert '<th scope="col"' in Path("a.html").read_text("utf-8")
    assert "argmap-flow" == json.loads(Path("a.json").read_text("utf-8"))["format"]


def test_columns_are_names_or_how_wide_the_text_is(run: Callable[..., Result]):
    done = run("round.argdown", "--columns", "Okafor,Lindqvist", "--columns", "60")

    assert 0 == done.exit_code
    assert any(
        line.startswith("Okafor") and "│ Lindqvist" in line for line in done.stdout.split("\n")
    )
    assert max(len(line) for line in done.stdout.split("\n")) <= 60
    speeches = run(
        "round.argdown", "--by", "speech", "--columns", "Okafor, reply,opening", "--ascii"
    )
    assert "Okafor, reply" in speeches.stdout
    assert "Lindqvist, rebuttal is not shown" in " ".join(speeches.stdout.split()) or (
        "of Lindqvist, rebuttal are not shown" in " ".join(speeches.stdout.split())
    )


def test_a_width_of_very_many_digits_is_as_wide_as_can_be(run: Callable[..., Result]):
    done = run("round.argdown", "--columns", "9" * 5000)
    assert (0, "") == (done.exit_code, done.stderr)
    assert run("round.argdown", "--columns", "9" * 9).stdout == done.stdout


@pytest.mark.parametrize(
    ("asked", "status", "message"),
    [
        (["--columns", "Okofor"], 2, "did you mean 'Okafor'"),
        (["--reply", "Lindqist"], 2, "did you mean 'Lindqvist'"),
        (["--columns", "5"], 2, "as a width, --columns is at least 20"),
        (["--columns", "0" * 5000], 2, "as a width, --columns is at least 20"),
        (["--by", "turn"], 2, "speech"),
        (["-o", "a.svg"], 2, "not written as .svg"),
        (["-o", "round.argdown", "--format", "txt"], 2, "round.argdown"),
    ],
)
def test_wrong_use_is_told_of(
    run: Callable[..., Result], asked: list[str], status: int, message: str
):
    done = run("round.argdown", *asked)

    assert status == done.exit_code
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert ROUND == Path("round.argdown").read_text("utf-8")


def test_a_map_with_errors_is_not_laid_out(run: Callable[..., Result]):
    Path("bad.argdown").write_text("===\npositions: [none.argdown]\n===\n", encoding="utf-8")
    done = run("bad.argdown")

    assert 1 == done.exit_code
    assert "" == done.stdout


def test_more_columns_than_a_table_holds_are_refused():
    text = "".join(f"[A{n}]: a {{speaker: S{n}}}\n\n" for n in range(201))
    with pytest.raises(BadValue, match="--columns"):
        argmap.printed(sheet(text))


def test_columns_by_anything_else_are_refused():
    with pytest.raises(BadValue, match="'turn'"):
        argmap.flow(argmap.loads(MAIN), by="turn")


def test_eleven_voices_are_laid_out_in_two_seconds(tmp_path: Path):
    voices = [f"Voice{n}" for n in range(11)]
    text = "".join(
        f"# Question {q}?\n\n[{v} {q}]: Words. {{speaker: {v}}}\n"
        f"  + Reason. {{speaker: {v}}}\n  - Other. {{speaker: {voices[(n + 1) % 11]}}}\n"
        f"    - Back. {{speaker: {v}}}\n\n"
        for q in range(9)
        for n, v in enumerate(voices)
    )
    path = tmp_path / "panel.argdown"
    path.write_text(text, encoding="utf-8")
    start = time.process_time()
    command = [sys.executable, "-m", "argmap", "flow", str(path), "-o", str(tmp_path / "p.html")]
    subprocess.run(command, check=True, capture_output=True)
    assert time.process_time() - start < 12


@needs_browser
def test_in_a_browser_an_answer_is_level_with_what_it_answers(opened: Opener):
    page = opened(str(argmap.printed(sheet(ROUND, by="speech"), "html")))
    point, answer = (
        page.locator("td", has_text=text).bounding_box()
        for text in ("Phones break", "watched adults")
    )

    assert point is not None
    assert answer is not None
    assert point["y"] == answer["y"]
    assert point["x"] + point["width"] <= answer["x"] + 1
    assert ["col", "col", "col"] == page.locator("th").evaluate_all(
        "heads => heads.map(head => head.scope)"
    )
