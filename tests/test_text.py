"""Places, carets and what may be printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.text import (
    Note,
    Place,
    Problem,
    Severity,
    Span,
    Text,
    decode,
    ordered,
    printable,
    report,
    width,
)

lines = st.text(st.sampled_from("a\té議e\u0301\r\n \u200b\U0001f600"), max_size=40)


@given(lines)
def test_the_line_and_column_of_an_offset_lead_back_to_it(body: str):
    text = Text("t", body)
    for offset in range(len(body) + 1):
        place = text.place(offset)
        before = body[: offset - (place.column - 1)]
        assert not before or before[-1] in "\r\n"
        assert text.line(place.line) == "" or text.line(place.line)[: place.column - 1] == (
            body[len(before) : offset].rstrip("\r\n")
        )


@pytest.mark.parametrize(
    ("body", "offset", "expected"),
    [
        ("", 0, Place(1, 1)),
        ("ab\r\ncd", 4, Place(2, 1)),
        ("ab\rcd", 3, Place(2, 1)),
        ("ab\n", 3, Place(2, 1)),
        ("\ta", 1, Place(1, 2)),
    ],
)
def test_lines_end_as_on_any_system(body: str, offset: int, expected: Place):
    assert expected == Text("t", body).place(offset)


@pytest.mark.parametrize(
    ("before", "columns"),
    [("ab", 2), ("議論", 4), ("e\u0301", 1), ("\t", 4), ("\u200b", 0), ("\U0001f600", 2)],
)
def test_the_caret_stands_under_what_it_marks(before: str, columns: int):
    body = f"{before}X"
    shown = Problem("AM000", "m", Span("t", len(before), len(body))).render([Text("t", body)])
    caret = shown.splitlines()[-1]
    assert columns == len(caret.removeprefix("  | ")) - 1
    assert columns == width(before)


def test_a_long_line_is_cut_around_the_caret():
    body = "x" * 80_000 + "HERE" + "y" * 80_000
    shown = Problem("AM000", "m", Span("t", 80_000, 80_004)).render([Text("t", body)])
    assert "HERE" in shown
    assert max(map(len, shown.splitlines())) < 120
    source, marks = shown.splitlines()[-2:]
    assert source.index("HERE") == marks.index("^^^^")


def test_a_problem_in_two_texts_names_both():
    texts = [Text("a", "one"), Text("b", "two\nthree")]
    note = Note("said here first", Span("b", 4, 9))
    shown = Problem("AM000", "m", Span("a", 0, 3), notes=(note,)).render(texts)
    assert "--> a:1:1" in shown
    assert "::: b:2:1" in shown
    assert "----- said here first" in shown


def test_problems_stand_in_the_order_of_their_places():
    texts = [Text("a", "12"), Text("b", "12")]
    late, other, early = (Problem("AM1", "m", s) for s in (Span("a", 1, 2), Span("b", 0, 1), None))
    assert [early, late, other] == ordered([other, late, early], texts)


def test_a_brief_problem_is_one_line_an_editor_can_jump_to():
    p = Problem("AM101", "never closed", Span("m", 3, 4), Severity.WARNING)
    assert "m:2:1: warning[AM101]: never closed" == p.brief([Text("m", "ab\ncd")])
    assert "m: warning[AM101]: never closed" == p.brief()


@given(st.text())
def test_what_is_printed_cannot_steer_a_terminal(body: str):
    shown = printable(body)
    assert not set(shown) & {"\x1b", "\n", "\r", "\x07", "\x9b", "\u202e", "\u2066"}
    assert "\n" not in printable(f"a{body}b")


@given(st.text(max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_any_problem_in_any_text_can_be_shown(body: str, a: int, b: int):
    start, stop = sorted((min(a, len(body)), min(b, len(body))))
    text = Text("t", body)
    shown = report([Problem("AM000", body, Span("t", start, stop), help=body)], [text])
    assert shown.startswith("error[AM000]: ")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"ab\n\xff", "byte 0xff at offset 3, in line 2"),
        ("[A]: a".encode("utf-16"), "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\0\0", "byte 0x89 at offset 0, in line 1"),
        (b"\xef\xbb\xbfa\n\xe4", "byte 0xe4 at offset 5, in line 2"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_the_place(data: bytes, why: str):
    text, problems = decode("f", data)
    assert text is None
    assert ["AM001"] == [p.code for p in problems]
    assert why in problems[0].message


def test_a_byte_order_mark_is_left_out_with_a_warning():
    text, problems = decode("f", b"\xef\xbb\xbf[A]: a")
    assert text == Text("f", "[A]: a")
    assert [("AM002", Severity.WARNING)] == [(p.code, p.severity) for p in problems]
