"""What is known of a claim beside what it says: read from its data, and said in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import WILD, data

import argmap
from argmap.formats import read
from argmap.formats.json import write as write_json
from argmap.model import Data
from argmap.model.remarks import is_address, remarks
from argmap.text import Text
from argmap.view import Card, Remark, Sort, in_words, view

PEOPLE = "===\nspeakers: [Ben Okafor, Mia Lindqvist]\n===\n\n"


def card(braces: str, front: str = PEOPLE) -> Card:
    return view(read(Text("m", f"{front}[A]: a {braces}")).debate).cards[0]


def codes(braces: str, front: str = PEOPLE) -> list[str]:
    return [p.code for p in read(Text("m", f"{front}[A]: a {braces}")).problems]


@pytest.mark.parametrize(
    ("braces", "expected"),
    [
        ("{stance: {Okafor: rejects, Lindqvist: accepts}}", "Okafor rejects, Lindqvist accepts"),
        ("{stance: {Ben Okafor: unsure}}", "Okafor is unsure"),
        ("{verdict: stands}", "stands"),
        ("{verdict: Undecided}", "undecided"),
        ("{votes: {for: 12, against: 3}}", "12 for, 3 against"),
        ("{votes: {for: 12, abstain: 1}}", "12 for, 1 abstaining"),
        ("{votes: {0: 1, 3: 9, 4: 15}}", "3.5 of 4 in 25 votes"),
        ("{votes: {4: 1}}", "4.0 of 4 in 1 vote"),
        ("{votes: {4: 0}}", "no votes"),
        (
            "{votes: {for: 1}, verdict: falls, stance: {Okafor: accepts}}",
            "Okafor accepts; falls; 1 for",
        ),
    ],
)
def test_remarks_are_said_in_few_words(braces: str, expected: str):
    assert expected == in_words(card(braces))
    assert [] == codes(braces)


def test_a_stance_knows_whose_it_is():
    assert (Remark(Sort.REJECTS, "Okafor rejects", "Okafor"),) == (
        card("{stance: {Ben Okafor: rejects}}").remarks
    )


def test_where_no_speakers_are_declared_a_stance_is_by_anybody():
    braces = "{stance: {The class: rejects}}"
    assert "The class rejects" == in_words(card(braces, ""))
    assert [] == codes(braces, "")


@pytest.mark.parametrize(
    ("braces", "code"),
    [
        ("{stance: rejects}", "AM422"),
        ("{stance: {Okafor: [a]}}", "AM422"),
        ("{stance: {Okafor: rejcts}}", "AM407"),
        ("{stance: {Okafr: rejects}}", "AM408"),
        ("{verdict: stnds}", "AM407"),
        ("{verdict: [stands]}", "AM422"),
        ("{votes: 12}", "AM422"),
        ("{votes: {}}", "AM422"),
        ("{votes: {for: many}}", "AM422"),
        ("{votes: {for: -1}}", "AM422"),
        ("{votes: {for: 1.5}}", "AM422"),
        ("{votes: {5: 1}}", "AM422"),
        ("{votes: {for: 1, 4: 1}}", "AM422"),
        ("{note: {a: b}}", "AM422"),
        ("{note: 12}", "AM422"),
        ("{url: javascript:alert(1)}", "AM423"),
        ("{url: 'data:text/html,x'}", "AM423"),
        ("{url: 12}", "AM423"),
        ("{url: 'https://a b'}", "AM423"),
        ("{verdit: stands}", "AM405"),
    ],
)
def test_what_cannot_be_understood_is_told_and_kept(braces: str, code: str):
    assert [code] == codes(braces)
    seen = card(braces)
    known = "AM408" == code
    assert known or ("", "", "") == (in_words(seen), seen.note, seen.url)
    debate = read(Text("m", f"{PEOPLE}[A]: a {braces}")).debate
    assert debate.claims[0].data
    assert debate == argmap.loads(write_json(debate)).debate


def test_a_message_stands_at_the_value_and_says_what_to_write():
    (problem,) = read(Text("m", "[A]: a {votes: {for: 1, fro: 2}}")).problems
    assert problem.span is not None
    assert "2" == "[A]: a {votes: {for: 1, fro: 2}}"[problem.span.start : problem.span.stop]
    assert "votes: {for: 12, against: 3}" in problem.help


def test_a_source_without_a_real_address_is_told_of_and_not_linked():
    front = "===\nsource: {title: T, url: 'javascript:x'}\n===\n\n"
    assert ["AM423"] == codes("{at: ¶1}", front)
    assert "" == card("{at: ¶1}", front).url
    good = front.replace("javascript:x", "https://example.org/t")
    assert "https://example.org/t" == card("{at: ¶1}", good).url
    assert "https://b.org" == card("{at: ¶1, url: 'https://b.org'}", good).url


def test_what_a_program_writes_is_looked_at_too():
    b = argmap.Builder()
    b.claim("a", title="A", data=Data((("votes", "many"), ("url", "ftp://x"))))
    assert ["AM422", "AM423"] == [p.code for p in b.map().problems]
    told = argmap.loads(b.map().to_json()).problems
    assert ["AM422", "AM423"] == [p.code for p in told]
    assert "[A]: 'votes' says how many voted for what" == told[0].message


def test_a_note_has_lines():
    assert "one\ntwo" == card("{note: [one, two]}").note
    assert "one" == card("{note: one}").note


def test_notes_are_for_who_presents_and_in_no_outline():
    m = argmap.loads("[A]: a {note: smile, verdict: stands}")
    assert "1 a {stands}\n" == m.outline()
    assert "smile" not in m.to_markdown() + m.to_dot()
    assert "smile" in m.to_csv()


def test_remarks_are_in_every_list_and_table():
    m = argmap.loads(f"{PEOPLE}[A]: a {{stance: {{Okafor: rejects, Lindqvist: accepts}}}}")
    said = "Okafor rejects, Lindqvist accepts"
    assert f"1 a {{{said}}}\n" in m.outline()
    assert f"\\{{{said}\\}}" in m.to_markdown()
    assert said in m.to_csv()
    assert said in m.to_dot().replace("\\l\N{EM SPACE}", " ")


def test_remarks_survive_writing():
    body = f"{PEOPLE}[A]: a {{stance: {{Okafor: rejects}}, votes: {{0: 1}}, note: [x, y]}}"
    m = argmap.loads(body)
    again = argmap.loads(m.to_argdown())
    assert m.view().cards == again.view().cards
    assert m.view().cards == argmap.loads(m.to_json()).view().cards


@given(data(WILD))
def test_no_data_are_too_wild(known: Data):
    for key in ("stance", "verdict", "votes", "note", "url"):
        for value in (known, *(v for _, v in known.items)):
            said = remarks(Data(((key, value),)))
            assert not said.url or is_address(said.url)


@pytest.mark.parametrize(
    "url", ["https://a.org", "HTTP://A.org/ä", "mailto:a@b.org", "https://a.org/?q=1&r=2#x"]
)
def test_these_are_addresses(url: str):
    assert is_address(url)


@pytest.mark.parametrize(
    "url",
    ["", "https://", "//a.org", "javascript:alert(1)", "https://a\u202eb", "https://a b", "file:x",
     "https://a\n", 'https://a"b', " https://a.org", "vbscript:x", "data:,x", "https://a<b"],
)  # fmt: skip
def test_these_are_none(url: str):
    assert not is_address(url)
