"""argmap's own JSON: nothing is lost, everything wrong is told, nothing hostile hurts."""

from __future__ import annotations

import functools
import json as stdlib
import math
import time
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import PLAIN, TORN, debates, marked

from argmap import formats, model
from argmap.errors import NotADebate
from argmap.formats import json
from argmap.formats.json import shape
from argmap.formats.reading import Reading
from argmap.model import (
    NO_DATA,
    Argument,
    ArgumentRef,
    Builder,
    Claim,
    ClaimRef,
    Data,
    Debate,
    Kind,
    Link,
    Origin,
    Relation,
    Section,
    Step,
    StepRef,
    Value,
    Voice,
    Wording,
)
from argmap.text import Problem, Severity, Text

some = settings(max_examples=20)  # debates take long to draw

HANG = 30  # seconds; every hostile text here takes a fraction of one
HEAD = '"format": "argmap", "version": 1'
A = '"claims": [{"title": "A"}]'
AB = '"claims": [{"title": "A"}, {"title": "B"}]'
A1 = '"arguments": [{"title": "N", "steps": [{"premises": ["A"], "conclusion": "B"}]}]'


def read(body: str) -> Reading:
    return json.read(Text("m", body))


def read_with(*parts: str) -> Reading:
    """What is read of a file that has *parts* beside its head."""
    return read("{" + ", ".join([HEAD, *parts]) + "}")


def told(reading: Reading) -> list[str]:
    """Each problem as ``code place-in-words message``, with the words its span marks."""
    body = reading.texts[0].body
    return [f"{p.code} {body[p.span.start : p.span.stop]} {p.message}" for p in reading.problems]


def again(debate: Debate) -> Debate:
    reading = read(json.write(debate))
    assert () == reading.problems
    return reading.debate


def only(reading: Reading) -> Problem:
    (problem,) = reading.problems
    return problem


@functools.cache
def validator() -> Any:
    return jsonschema.Draft202012Validator(json.schema())


def with_data(*items: tuple[str, Value]) -> Debate:
    return Debate(data=Data(items))


# --- there and back


@some
@given(debates(TORN).flatmap(marked))
def test_reading_what_was_written_gives_the_same_debate(debate):
    # repr tells 1 from 1.0 and True, and shows no spans
    assert repr(debate) == repr(again(debate))
    assert debate == again(debate)


@some
@given(debates(TORN).flatmap(marked))
def test_what_is_written_fits_the_schema_and_can_be_encoded(debate):
    body = json.write(debate)

    body.encode()
    validator().validate(stdlib.loads(body))


@some
@given(debates())
def test_what_was_read_is_written_the_same(debate):
    body = json.write(debate)

    assert body == json.write(read(body).debate)


def test_spans_are_not_written():
    span = Text("m", "[A]").span(0, 3)
    claim = Claim(ClaimRef("A"), span=span)

    assert json.write(Debate(claims=(claim,))) == json.write(
        Debate(claims=(attrs.evolve(claim, span=None),))
    )


SHAPES = {
    model.Wording: shape.WORDING,
    model.Markup: shape.MARKUP,
    model.Citation: shape.CITATION,
    model.Claim: shape.CLAIM,
    model.Argument: shape.ARGUMENT,
    model.Step: shape.STEP,
    model.Relation: shape.RELATION,
    model.Link: shape.LINK,
    model.Section: shape.SECTION,
    model.Speaker: shape.SPEAKER,
    model.Source: shape.SOURCE,
    model.Issue: shape.ISSUE,
    model.Debate: shape.FILE,
}


@pytest.mark.parametrize("part", SHAPES)
def test_every_field_of_the_model_is_a_key_of_the_format(part):
    theirs = {"ref": "title", "sense": "as", "start": "first", "stop": "last"}
    fields = {theirs.get(f.name, f.name) for f in attrs.fields(part) if f.eq}

    assert fields == set(SHAPES[part].keys) - {"$schema", "format", "version", "credit"}


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"voice": "reported", "of": "Washington"}, "Washington (as reported by Rumer)"),
        ({"voice": "hedged"}, "Rumer (hedged)"),
        ({"voice": "asked"}, "Rumer (as a question)"),
        ({"voice": "conceded"}, "Rumer (conceded)"),
        ({}, None),
    ],
)
def test_whose_a_claim_is_stands_there_in_words(how, expected):
    b = Builder()
    b.claim("x", by=b.speaker("Eugene Rumer"), **how)
    (wording,) = stdlib.loads(json.write(b.build()))["claims"][0]["wordings"]

    assert expected == wording.get("credit")


def test_a_credit_is_passed_over_by_the_reader():
    said = '{"text": "a", "voice": "hedged", "credit": "somebody else"}'
    reading = read_with(f'"claims": [{{"title": "A", "wordings": [{said}]}}]')

    assert () == reading.problems
    assert '"credit": "hedged"' in json.write(reading.debate)


def test_a_file_is_pleasant_to_read():
    b = Builder("Start times")
    late = b.claim("School should begin at nine.", title="Late", at="¶4", tags=["a", "b"])
    helps, one = b.claim("Sleep helps.", title="Helps"), b.claim("It was one study.", title="One")
    sleep = b.word_argument("Sleep")
    b.steps(sleep, [Step((helps,), late)])
    b.relate(Kind.UNDERCUT, one, StepRef(sleep, 0))
    b.relate(Kind.CONTRARY, helps, one, link=Link())
    written = """\
{
  "format": "argmap",
  "version": 1,
  "title": "Start times",
  "claims": [
    {
      "title": "Late",
      "wordings": [{"text": "School should begin at nine.", "cited": [{"at": "¶4"}]}],
      "tags": ["a", "b"]
    },
    {"title": "Helps", "wordings": [{"text": "Sleep helps."}]},
    {"title": "One", "wordings": [{"text": "It was one study."}]}
  ],
  "arguments": [
    {"title": "Sleep", "steps": [{"premises": ["Helps"], "conclusion": "Late"}]}
  ],
  "relations": [
    {"kind": "undercut", "tail": {"claim": "One"}, "head": {"argument": "Sleep", "step": 1}},
    {"kind": "contrary", "tail": {"claim": "Helps"}, "head": {"claim": "One"}, "link": {}}
  ]
}
"""

    assert written == json.write(b.build())


def test_an_empty_debate_is_two_lines_of_head():
    assert '{\n  "format": "argmap",\n  "version": 1\n}\n' == json.write(Debate())


def test_a_derived_relation_keeps_what_it_follows_from():
    a, b = ClaimRef("A"), ClaimRef("B")
    n = Argument(ArgumentRef("N"), steps=(Step((a,), b),))
    because = (a, n.ref, StepRef(n.ref, 0))
    relation = Relation(Kind.ATTACK, n.ref, b, Origin.DERIVED, because)
    debate = Debate(claims=(Claim(a), Claim(b)), arguments=(n,), relations=(relation,))

    assert relation == again(debate).relations[0]


def test_an_empty_link_is_not_the_same_as_none():
    a, b = ClaimRef("A"), ClaimRef("B")
    links = (None, Link(), Link(by=""))
    heads = (Relation(k, a, b, link=x) for k, x in zip(Kind, links, strict=False))
    debate = Debate(claims=(Claim(a), Claim(b)), relations=tuple(heads))

    assert links == tuple(r.link for r in again(debate).relations)


@pytest.mark.parametrize(
    "value",
    [
        *(1, 1.0, -0.0, True, None, "", "null", 10**639, -(10**639), 1e300, 5e-324),
        *((), NO_DATA, (NO_DATA, ()), Data((("", 1), ("claim", "A"), ("a.b", (1, 1.0))))),
    ],
)
def test_a_value_of_data_keeps_its_type(value):
    assert repr(value) == repr(again(with_data(("k", value))).data.get("k"))


def test_data_keeps_the_order_of_its_keys():
    assert ["b", "a", "data"] == list(again(with_data(("b", 1), ("a", 2), ("data", 3))).data)


def test_half_a_surrogate_pair_is_written_as_an_escape():
    debate = Debate(title="a\ud83d")

    assert '"a\\ud83d"' in json.write(debate)
    assert debate == again(debate)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (math.inf, "the data of the debate holds inf, which JSON has no number for; make it text"),
        (math.nan, "the data of the debate holds nan, which JSON has no number for; make it text"),
        (
            10**640,
            "the data of the debate holds a number of more than 640 digits; make it text",
        ),
        (
            Data((("a", 1), ("a", 2))),
            "the data of the debate has the key 'a' twice; keep one of them",
        ),
    ],
)
def test_data_that_json_cannot_hold_is_refused(value, message):
    with pytest.raises(NotADebate) as e:
        json.write(with_data(("k", value)))
    assert message == str(e.value)
    assert "AM704" == e.value.code


@pytest.mark.parametrize("wrap", [lambda v: (v,), lambda v: Data((("k", v),))])
def test_data_is_read_as_deep_as_it_is_written_and_no_deeper(wrap):
    value: Value = 1
    for _ in range(99):
        value = wrap(value)
    assert value == again(with_data(("k", value))).data.get("k")

    with pytest.raises(NotADebate, match="nests more than 100 levels deep"):
        json.write(with_data(("k", wrap(value))))


# --- the schema


@pytest.mark.parametrize(
    "part",
    [
        '"claims": {}',
        '"claims": [{}]',
        '"claims": [{"title": ""}]',
        '"claims": [{"title": "A", "titel": "B"}]',
        '"claims": [{"title": "A", "wordings": [{"voice": "loud"}]}]',
        '"arguments": [{"title": "N", "steps": [{"premises": [], "conclusion": "A"}]}]',
        '"relations": [{"kind": "support", "tail": "A", "head": "B"}]',
        '"relations": [{"kind": "support", "tail": {"claim": "A"}, "head": {"step": 1}}]',
        '"sections": [{"path": [0], "title": "S"}]',
        '"claims": [{"title": "A", "wordings": [{"credit": 1}]}]',
        '"data": []',
    ],
)
def test_what_the_schema_refuses_the_reader_tells(part):
    assert not validator().is_valid(stdlib.loads(f"{{{HEAD}, {part}}}"))
    assert () != read_with(part).problems


@pytest.mark.parametrize("part", SHAPES)
def test_the_reader_knows_the_keys_that_the_schema_has(part):
    whole = json.schema()
    described = whole["$defs"].get(part.__name__.lower(), whole)

    assert set(SHAPES[part].keys) == set(described["properties"])
    assert set(SHAPES[part].needs) == set(described.get("required", ())) - {"version"}


def test_the_schema_describes_every_key():
    def keys(schema: Any) -> Any:
        if isinstance(schema, dict):
            yield from schema.get("properties", {}).items()
            for inner in schema.values():
                yield from keys(inner)
        elif isinstance(schema, list):
            for inner in schema:
                yield from keys(inner)

    found = list(keys(json.schema()))
    assert len(found) > 50
    assert [] == [k for k, s in found if not {"description", "$ref"} & s.keys()]


# --- AM701: no JSON


@pytest.mark.parametrize(
    ("body", "at", "message", "help"),
    [
        ("", 0, "the text is empty, and an argmap file begins with {", ""),
        (" \n", 0, "the text is empty, and an argmap file begins with {", ""),
        ('{"a": 1', 6, "the file ends in the middle", ""),
        ('{"a": ', 4, "the file ends in the middle", ""),
        ('{"a": 1,}', 7, "nothing follows this comma", "take it out"),
        ('{"a": [1,]}', 8, "nothing follows this comma", "take it out"),
        ('{"a" 1}', 5, "a colon is missing between this and its key", ""),
        ('{"a": 1 "b": 2}', 8, "a comma is missing before this", ""),
        ("{a: 1}", 1, "this is no key in double quotes", 'write texts in double quotes: "…"'),
        ('{"a": yes}', 6, "this is no JSON value", 'write texts in double quotes: "…"'),
        ('{"a": "b}', 6, "this text has no closing quotation mark", 'end it with "'),
        ('"a\nb"', 2, "a line break or control character stands inside a text", "write \\n"),
        ('"\\d"', 1, "this backslash begins no escape of JSON", "write \\\\"),
        ("{} {}", 3, "something follows the end of the file's value", ""),
        ("\ufeff{}", 0, "this is no JSON value", ""),
    ],
)
def test_what_is_no_json_is_told_with_its_place(body, at, message, help):
    problem = only(read(body))

    assert ("AM701", at, message, help) == (
        problem.code,
        problem.span.start,
        problem.message,
        problem.help,
    )


# --- AM702, AM703: not for us


@pytest.mark.parametrize(
    ("body", "message", "help"),
    [
        (
            "null",
            "this is not an argmap file: it is null",
            'begin the file with {"format": "argmap", "version": 1, …',
        ),
        (
            '{"claims": []}',
            'this is not an argmap file: it has no "format"',
            'begin the file with {"format": "argmap", "version": 1, …',
        ),
        ('{"format": "x"}', 'this is not an argmap file: it has another "format"', ""),
        (
            '{"statements": {}, "relations": []}',
            'this is not an argmap file: it has no "format"',
            "it looks like the JSON that Argdown exports",
        ),
        (
            '{"nodes": [], "edges": []}',
            'this is not an argmap file: it has no "format"',
            "it looks like AIF",
        ),
        ('{"AIF": {}}', 'this is not an argmap file: it has no "format"', "it looks like xAIF"),
    ],
)
def test_another_kind_of_json_is_told_by_its_looks(body, message, help):
    problem = only(read(body))

    assert ("AM702", message, help) == (problem.code, problem.message, problem.help)


def test_a_newer_version_is_not_guessed_at():
    reading = read('{"format": "argmap", "version": 2, "claims": [{"title": "A"}]}')

    assert ["AM703 2 the file is of version 2, and this argmap reads version 1"] == told(reading)
    assert Debate() == reading.debate


def test_a_file_without_a_version_is_read_nonetheless():
    reading = read('{"format": "argmap", ' + A + "}")

    assert ['AM704 { the file has no "version"'] == told(reading)
    assert 1 == len(reading.debate.claims)


# --- AM704: wrong values


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ('"title": null', "null title must be text, not null"),
        ('"claims": [{"title": 3}]', "3 claims[0].title must be text, not a number"),
        ('"claims": [{"title": ""}]', '"" claims[0].title must not be empty'),
        ('"claims": [{}]', '{} claims[0] has no "title"'),
        ('"claims": "A"', '"A" claims must be a list, not text'),
        ('"claims": ["A"]', '"A" claims[0] must be an object, not text'),
        (
            '"claims": [{"title": "A", "wordings": [{"voice": "hedgd"}]}]',
            "\"hedgd\" no voice is named 'hedgd'; did you mean 'hedged'?",
        ),
        (
            '"claims": [{"title": "A", "wordings": [{"voice": "loud"}]}]',
            "\"loud\" no voice is named 'loud'; "
            "it is one of asserted, hedged, asked, reported, conceded",
        ),
        (
            '"claims": [{"title": "A", "tags": ["a", true]}]',
            "true claims[0].tags[1] must be text, not true",
        ),
        ('"data": {"a b": NaN}', 'NaN data["a b"] is NaN or Infinity, which JSON does not have'),
        (
            '"data": {"k": [-Infinity]}',
            "-Infinity data.k[0] is NaN or Infinity, which JSON does not have",
        ),
        ('"data": {"k": 1e999}', "1e999 data.k is too large a number"),
        ('"title": "a", "title": "b"', "\"title\" the file has the key 'title' twice"),
        ('"data": {"k": {"a": 1, "\\u0061": 2}}', "\"\\u0061\" data.k has the key 'a' twice"),
        (
            '"claims": [{"title": "A"}, {"title": "A"}]',
            "\"A\" two claims are named 'A'",
        ),
        (
            '"sections": [{"path": [1.5], "title": "S"}]',
            "1.5 sections[0].path[0] must be a whole number, not a number",
        ),
        ('"sections": [{"path": [0], "title": "S"}]', "0 sections[0].path[0] must be 1 or more"),
        (
            A + ', "issues": [{"question": "Q?", "section": []}]',
            "[] issues[0].section must not be empty",
        ),
        (
            AB + ', "relations": [{"kind": "support", "tail": "A", "head": {"claim": "B"}}]',
            '"A" relations[0].tail must be an object, not text',
        ),
        (
            AB + ', "relations": [{"kind": "support", "tail": {"claim": "A"}}]',
            '{"kind": "support", "tail": {"claim": "A"}} relations[0] has no "head"',
        ),
        (
            AB
            + ', "relations": [{"kind": "suport", "tail": {"claim": "A"}, "head": {"claim": "B"}}]',
            "\"suport\" no kind of relation is named 'suport'; did you mean 'support'?",
        ),
        (
            f'{AB}, "relations": [{{"kind": "attack", "tail": {{"claim": "A"}}, "head": {{}}}}]',
            "{} relations[0].head must name a claim or an argument",
        ),
    ],
)
def test_a_wrong_value_is_told_with_its_path(part, message):
    assert [f"AM704 {message}"] == told(read_with(part))


def test_an_unknown_key_is_a_warning_and_marked():
    problem = only(reading := read_with('"claims": [{"title": "A", "tagz": []}]'))

    assert [
        "AM704 \"tagz\" claims[0] has a key 'tagz' that argmap does not know; did you mean 'tags'?"
    ] == told(reading)
    assert Severity.WARNING is problem.severity


def test_an_unknown_key_that_is_like_no_other_belongs_under_data():
    assert 'what is your own goes under "data"' == only(read_with('"xyzzy": 1')).help


def test_a_second_claim_of_one_title_says_where_the_first_is():
    reading = read_with('"claims": [{"title": "A", "tags": ["a"]}, {"title": "A"}]')
    (note,) = only(reading).notes

    assert "the first is here" == note.message
    assert 1 + len(f'{HEAD}, "claims": [{{"title": ') == note.span.start
    assert (("a",),) == tuple(c.tags for c in reading.debate.claims)


def test_each_key_that_is_there_again_is_marked_where_it_is():
    reading = read('{"format": "argmap", "version": 1, "title": "a", "title": "b", "title": "c"}')

    assert "c" == reading.debate.title
    assert [49, 63] == [p.span.start for p in reading.problems]


def test_a_relation_said_twice_is_one_relation_and_a_warning():
    r = '{"kind": "support", "tail": {"claim": "A"}, "head": {"claim": "B"}}'
    reading = read_with(AB, f'"relations": [{r}, {r}]')

    assert [f"AM704 {r} relations[1] says again what relations[0] says"] == told(reading)
    assert not reading.failed
    assert 1 == len(reading.debate.relations)


# --- AM705, AM302: names and ends


def relation(kind: str, tail: str, head: str) -> str:
    return f'"relations": [{{"kind": "{kind}", "tail": {tail}, "head": {head}}}]'


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (
            (
                '"claims": [{"title": "R5c"}]',
                relation("attack", '{"claim":"R5d"}', '{"claim":"R5c"}'),
            ),
            "\"R5d\" no claim is named 'R5d'; did you mean 'R5c'?",
        ),
        (
            (A, relation("support", '{"argument": "N"}', '{"claim": "A"}')),
            "\"N\" no argument is named 'N'",
        ),
        (
            (AB, A1, relation("undercut", '{"claim": "A"}', '{"argument": "N", "step": 2}')),
            "2 <N> has no step 2",
        ),
        (
            (A, '"arguments": [{"title": "N", "steps": [{"premises": ["A"], "conclusion": "C"}]}]'),
            "\"C\" no claim is named 'C'",
        ),
        (('"claims": [{"title": "A", "section": [2, 1]}]',), "[2, 1] no section is numbered 2.1"),
        (
            ('"sections": [{"path": [1, 1], "title": "S"}]',),
            "[1, 1] no section is numbered 1",
        ),
        (
            (
                '"sections": [{"path": [1], "title": "Q?"}]',
                '"issues": [{"question": "Q?", "section": [1], "refs": [{"claim": "A"}]}]',
            ),
            "\"A\" no claim is named 'A'",
        ),
        (
            (
                '"speakers": [{"key": "Keller"}]',
                '"claims": [{"title": "A", "wordings": [{"by": "Kelle"}]}]',
            ),
            "\"Kelle\" no speaker is named 'Kelle'; did you mean 'Keller'?",
        ),
        (
            ('"claims": [{"title": "A", "wordings": [{"cited": [{"source": "X"}]}]}]',),
            "\"X\" no source is named 'X'",
        ),
        (('"position": "Keller"',), "\"Keller\" no speaker is named 'Keller'"),
    ],
)
def test_a_name_that_nothing_has_is_told(parts, message):
    assert [f"AM705 {message}"] == told(read_with(*parts))


def test_a_speaker_that_nobody_listed_is_kept_with_a_warning():
    reading = read_with('"claims": [{"title": "A", "wordings": [{"by": "K"}]}]')

    assert not reading.failed
    assert "K" == reading.debate.claims[0].wordings[0].by


def test_a_title_of_the_other_sort_is_recognised():
    problem = only(read_with(A, relation("support", '{"argument": "A"}', '{"claim": "A"}')))

    assert '\'A\' is a title of the other sort: write "claim" for "argument"' == problem.help


@pytest.mark.parametrize(
    ("kind", "tail", "message", "help"),
    [
        (
            "contrary",
            '{"argument": "N"}',
            "<N> and [A] cannot stand in a relation of contrary",
            "only claims can",
        ),
        (
            "attack",
            '{"argument": "N", "step": 1}',
            "<N>/1 and [A] cannot stand in a relation of attack",
            "a step cannot bear on anything",
        ),
    ],
)
def test_ends_that_cannot_stand_in_a_relation_are_told_as_the_builder_does(
    kind, tail, message, help
):
    reading = read_with(AB, A1, relation(kind, tail, '{"claim": "A"}'))
    problem = only(reading)

    assert ("AM302", message, help) == (problem.code, problem.message, problem.help)
    assert () == reading.debate.relations


@some
@given(debates(), st.sampled_from(Kind), st.data())
def test_the_reader_allows_the_relations_that_the_builder_allows(debate, kind, data):
    steps = [StepRef(a.ref, i) for a in debate.arguments for i in range(len(a.steps))]
    refs = [*(t.ref for t in debate.things), *steps]
    if not refs:
        return
    tail, head = data.draw(st.sampled_from(refs)), data.draw(st.sampled_from(refs))
    b = Builder()
    b.include(debate)
    try:
        b.relate(kind, tail, head)
        allowed = True
    except NotADebate:
        allowed = False
    lone = attrs.evolve(debate, relations=(Relation(kind, tail, head),))

    assert allowed is not read(json.write(lone)).failed


# --- one bad thing costs no other


def test_a_bad_claim_does_not_cost_the_others():
    reading = read_with('"claims": [{"title": "A"}, 7, {"title": "B"}]')

    assert ["A", "B"] == [c.title for c in reading.debate.claims]


def test_a_wrong_field_does_not_cost_its_claim():
    reading = read_with('"claims": [{"title": "A", "tags": 1, "wordings": [{"text": "T"}, 2]}]')

    assert (Claim(ClaimRef("A"), (Wording("T"),)),) == reading.debate.claims


def test_a_step_that_lacks_a_premise_is_left_out_whole():
    reading = read_with(AB, A1.replace('["A"]', '["A", "X"]'))

    assert (Argument(ArgumentRef("N")),) == reading.debate.arguments


def test_a_relation_keeps_to_its_step_when_one_before_it_is_left_out():
    steps = '[{"premises": ["X"], "conclusion": "A"}, {"premises": ["A"], "conclusion": "B"}]'
    reading = read_with(
        AB,
        f'"arguments": [{{"title": "N", "steps": {steps}}}]',
        relation("undercut", '{"claim": "A"}', '{"argument": "N", "step": 2}'),
    )

    assert StepRef(ArgumentRef("N"), 0) == reading.debate.relations[0].head
    assert ["AM705 \"X\" no claim is named 'X'"] == told(reading)


def test_what_strikes_a_step_that_is_left_out_is_left_out_without_a_word_more():
    reading = read_with(
        AB,
        A1.replace('["A"]', '["X"]'),
        relation("undercut", '{"claim": "A"}', '{"argument": "N", "step": 1}'),
    )

    assert () == reading.debate.relations
    assert ["AM705 \"X\" no claim is named 'X'"] == told(reading)


def test_an_unknown_voice_is_read_as_asserted():
    reading = read_with('"claims": [{"title": "A", "wordings": [{"voice": "loud"}]}]')

    assert Voice.ASSERTED is reading.debate.claims[0].wordings[0].voice


def test_a_reference_to_a_schema_is_passed_over():
    assert () == read_with('"$schema": "argmap.schema.json"').problems


def test_one_point_nought_is_the_number_one():
    reading = read_with('"sections": [{"path": [1.0], "title": "S"}]')

    assert (Section((1,), "S"),) == reading.debate.sections


# --- hostile


@functools.cache
def hostile() -> dict[str, str]:
    """Bodies made to hurt, by name."""
    head = f"{{{HEAD}, "
    n = 100_000
    return {
        "deep lists": "[" * n,
        "deep objects": '{"a":' * n,
        "deep and closed": "[" * n + "]" * n,
        "deep data": head + '"data": {"k": ' + "[" * 500 + "]" * 500 + "}}",
        "deep claims": head + '"claims": ' + "[" * 500 + "]" * 500 + "}",
        "junk": "x" * 5_000_000,
        "blanks": " " * 5_000_000,
        "commas": "," * 5_000_000,
        "an endless text": '"' + "a" * 5_000_000,
        "backslashes": '"' + "\\" * 5_000_001,
        "a huge integer": head + '"data": {"k": ' + "9" * 5_000_000 + "}}",
        "a huge version": '{"format": "argmap", "version": ' + "9" * 5000 + "}",
        "a huge step": head
        + f"{AB}, {A1}, "
        + relation("undercut", '{"claim": "A"}', '{"argument": "N", "step": 1e300}')
        + "}",
        "a huge title": head + f'"claims": [{{"title": "{"a" * n}"}}], '
        f'"issues": [{{"question": "Q", "section": [1], "refs": [{{"claim": "{"b" * n}"}}]}}]}}',
        "a huge key": head + f'"{"k" * n}": 1}}',
        "halves of pairs": head + '"title": "\\ud800", "\\udc00": "\ud800"}',
        "wrong claims": head + '"claims": [' + "1," * n + "1]}",
        "unknown names": head
        + '"claims": ['
        + ",".join(f'{{"title": "claim number {i}"}}' for i in range(n // 10))
        + '], "issues": [{"question": "Q", "section": [1], "refs": ['
        + ",".join(f'{{"claim": "claim numbr {i}"}}' for i in range(n // 10))
        + "]}]}",
        "unknown keys": head + ",".join(f'"k{i}": 1' for i in range(n)) + "}",
        "one key again and again": head + ",".join('"title": "a"' for _ in range(n)) + "}",
        "one key again and again, deep inside": head
        + '"data": '
        + '{"k": ' * 90
        + "{"
        + ",".join('"a": 1' for _ in range(n))
        + "}" * 92,
        "null": "null",
        "a byte order mark": "\ufeff{}",
    }


@pytest.mark.parametrize("name", hostile())
def test_hostile_text_is_told_about_in_time(name):
    text = Text("m", hostile()[name])
    began = time.perf_counter()
    reading = json.read(text)

    assert time.perf_counter() - began < HANG
    assert 0 < len(reading.problems) <= 1001
    assert all(len(p.message) < 1000 for p in reading.problems)
    for p in reading.problems:
        assert 0 <= p.span.start <= p.span.stop <= len(text.body)


def test_deep_nesting_is_marked_where_it_gets_too_deep():
    problem = only(read("[" * 100_000))

    assert ("AM701", 100, "the brackets nest too deeply") == (
        problem.code,
        problem.span.start,
        problem.message,
    )


def test_data_that_nests_too_deeply_is_told_and_cut_off():
    reading = read_with('"data": {"k": ' + "[" * 100 + "]" * 100 + "}")

    assert ["AM704 [] the data nests more than 100 levels deep"] == told(reading)


def test_more_problems_than_anybody_reads_are_counted():
    last = read_with('"claims": [' + "1," * 1999 + "1]").problems[-1]

    assert "there are 1000 more problems in this file" == last.message
    assert Severity.ERROR is last.severity


def test_ten_thousand_claims_are_read_in_time():
    b = Builder()
    head = b.claim("H")
    for i in range(10_000):
        b.relate(Kind.SUPPORT, b.claim(f"Claim number {i}.", title=f"C{i}"), head)
    body = json.write(b.build())
    began = time.perf_counter()

    assert () == read(body).problems
    assert time.perf_counter() - began < HANG


# --- anything at all


def holds_together(reading: Reading) -> None:
    """Spans lie in the text, and what was read can be written and read again."""
    for p in reading.problems:
        assert p.code.startswith("AM")
        assert 0 <= p.span.start <= p.span.stop <= len(reading.texts[0].body)
        p.render(reading.texts)
    repeated = again_or_warned(reading.debate)
    assert repr(reading.debate) == repr(repeated)


def again_or_warned(debate: Debate) -> Debate:
    reading = read(json.write(debate))
    assert not reading.failed
    return reading.debate


@given(st.text() | st.text('{}[]",:\\ \n1eE.-truefalsnN'))
def test_any_text_is_read(body):
    holds_together(read(body))


any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(any_json, st.sampled_from(shape.FILE.may))
def test_any_json_is_read(value, key):
    holds_together(read(stdlib.dumps(value)))
    holds_together(read(stdlib.dumps({"format": "argmap", "version": 1, key: value})))


def inside(value: Any) -> list[tuple[Any, Any]]:
    """Every list or object in *value*, with each of its keys."""
    found: list[tuple[Any, Any]] = []
    rest = [value]
    while rest:
        here = rest.pop()
        if isinstance(here, dict | list):
            keys = here if isinstance(here, dict) else range(len(here))
            found += ((here, k) for k in keys)
            rest += (here[k] for k in keys)
    return found


@some
@given(debates(PLAIN), st.data())
def test_a_file_with_something_deleted_or_replaced_is_read(debate, data):
    top = stdlib.loads(json.write(debate))
    for _ in range(data.draw(st.integers(1, 3))):
        spots = inside(top)
        if not spots:
            break
        here, key = data.draw(st.sampled_from(spots))
        match data.draw(st.sampled_from(["delete", "replace", "rename", "copy"])):
            case "delete":
                del here[key]
            case "replace":
                here[key] = data.draw(any_json)
            case "rename":
                value = here.pop(key)
                if isinstance(here, dict):
                    here["x"] = value
                else:
                    here.append(value)
            case "copy":
                here[key] = stdlib.loads(stdlib.dumps(data.draw(st.sampled_from(spots))[0]))
    reading = read(stdlib.dumps(top))

    holds_together(reading)
    if not validator().is_valid(top):
        assert () != reading.problems


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{}", True),
        ('\n\t{ "a"', True),
        ("{at: 3}", False),
        ('[{"a": 1}]', True),
        ("[ [1] ]", True),
        ("[]", True),
        ("[A]: Text.", False),
        ('["A"]: Text.', False),
        ("===\ntitle: T\n===", False),
        ("", False),
    ],
)
def test_json_is_told_from_a_map_in_words_by_how_it_begins(body, expected):
    assert expected is formats.is_json(body)
