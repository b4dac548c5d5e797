"""Flow sheets: columns by speaker or by speech, answers opposite what they answer."""

from __future__ import annotations

import time

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from strategies import debates

import argmap
from argmap.errors import UnknownName
from argmap.model import Data, Debate, Kind, Voice
from argmap.sides import Meeting, meeting
from argmap.sides.answers import topics_of
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


@given(rounds(), st.sampled_from(["speaker", "speech"]))
def test_every_line_stands_on_the_sheet_once_in_full(debate: Debate, by: str):
    found = flow(debate, by=by)

    full = [e.number for row in found.rows for e in row.entries if not e.sees]
    assert sorted(line.number for line in meeting(debate).lines) == sorted(full)


@given(rounds(), st.sampled_from(["speaker", "speech"]))
def test_an_answer_is_in_the_row_of_what_it_answers(debate: Debate, by: str):
    met, found = meeting(debate), flow(debate, by=by)
    whose = sides(found, met)
    rows = [{e.number for e in row.entries} for row in found.rows]
    for tie in (*met.ties, *met.own):
        for tail in tie.tails if tie.sense in ANSWERING else ():
            others = [h for h in tie.struck or (tie.head,) if whose[h.number] != whose[tail.number]]
            for other in others[:1]:
                assert any({tail.number, other.number} <= row for row in rows)


@given(rounds(), st.sampled_from(["speaker", "speech"]))
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


@given(rounds(), st.sampled_from(["speaker", "speech"]))
def test_what_stands_in_a_cell_is_said_in_its_column(debate: Debate, by: str):
    met, found = meeting(debate), flow(debate, by=by)
    for row in found.rows:
        for line in row.lines:
            assert [c.column for c in line] == sorted({c.column for c in line})
            for cell in line:
                speaker = found.columns[cell.column].speaker
                assert {e.line.speaker or speaker for e in cell.entries} == {speaker}
    assert {line.number for line in met.lines} == set(sides(found, met))


@given(rounds(), st.data())
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


@given(debates(size=6))
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

    assert found <= open_
    for line in met.lines:
        if line.number in open_ - found:
            assert conclusions(line.number, heads) & found
        if line.number in found:
            above = conclusions(line.number, heads) & found - {line.number}
            assert not above or line.number in answers


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


@given(debates(size=6))
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
        start = time.perf_counter()
        flow(debate, reply="X")
        taken.append(time.perf_counter() - start)
    assert taken[1] < 40 * taken[0]
    assert taken[1] < 15
