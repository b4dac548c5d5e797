"""Queries: what fits, what is said of one that is none, and that none of them takes long."""

from __future__ import annotations

import csv
import io
import json
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from strategies import PLAIN, WILD, debates, texts
from test_layers import loaded_by

import argmap
from argmap import api
from argmap.cli import main
from argmap.errors import MissingExtra, QueryError, UnknownName
from argmap.model import About, Kind, Link, Sense
from argmap.queries import FIELDS, Join, Query, Test, find, parse
from argmap.queries.columns import Claims
from argmap.queries.fields import Sort
from argmap.queries.values import days
from argmap.queries.web import Called, Web
from argmap.render.dataframe import LINKS
from argmap.render.query import report
from argmap.render.report import Items
from argmap.render.table import COLUMNS

PHONES = """\
===
title: Phones at school
speakers: [Mia Lindqvist, Ben Okafor]
sources: {Survey: {title: A survey of pupils, date: 2021-08-25}, Poll: {date: 2023}}
===

# Should they be banned?

[Ban]: Our school should ban phones. {speaker: Lindqvist, stance: {Okafor: rejects}, votes: {for: 12, against: 9}}
  + <Attention>
  + [Talk]: Without phones, pupils talk to each other. #breaks {speaker: Lindqvist, source: Survey, at: ¶9-11, quote: they talk}
    - [Shy]: Shy pupils keep their friends by phone. {speaker: Okafor, voice: hedged, source: Poll, at: p. 3}
  - Nobody can enforce a ban. {speaker: Okafor, of: the teachers’ union}

<Attention>

(1) [Pull]: A phone on the desk draws attention. {speaker: Lindqvist}
(2) [Cost]: Divided attention lowers results. {speaker: Lindqvist, unstated: true}
----
  _ [Adults]: The study watched adults, not pupils. {speaker: Okafor}
(3) [Ban]

# What should be taught?

## At home

[Teach]: Pupils should learn to control themselves. {speaker: Okafor, verdict: stands, topic: self-control, year: 2020, deep: {er: [1, {x: yes}]}}
"""  # noqa: E501


@pytest.fixture(scope="module")
def phones() -> argmap.Map:
    return argmap.loads(PHONES, name="phones.argdown")


def titles(m: argmap.Map, query: str) -> list[str]:
    """The titles of what fits, without those that are made up."""
    found = argmap.query(m, query)
    assert () == found.doubts
    return ["~" if h.title.startswith("~") else h.title for h in found]


ALL = ["Ban", "Pull", "Cost", "Adults", "Talk", "Shy", "~", "Teach"]


# --- what fits


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("speaker=Okafor", "Adults Shy ~ Teach"),
        ('speaker="ben okafor"', "Adults Shy ~ Teach"),
        ("author!=Okafor", "Ban Pull Cost Talk"),
        ("speaker:Lind", "Ban Pull Cost Talk"),
        ("speaker=(Okafor, Lindqvist)", " ".join(ALL)),
        ("speaker=Okafor and voice!=reported", "Adults Shy Teach"),
        ("voice=reported", "~"),
        ("of:union", "~"),
        ('of="the teachers\' union"', "~"),
        ('credit:"as reported"', "~"),
        ("attention", "Pull Cost"),
        ('"PUPILS talk"', "Talk"),
        ("text:phone", "Ban Pull Talk Shy"),
        ("text!:phone and kind=claim", "Teach"),
        ("title=shy", "Shy"),
        ("not title", "~"),
        ("tag=breaks", "Talk"),
        ("tag=#breaks", "Talk"),
        ("section:home", "Teach"),
        ("section:taught", "Teach"),
        ('issue="Should they be banned"', "Ban Pull Cost Adults Talk Shy ~"),
        ("kind=objection", "Shy ~"),
        ("role=undercut", "Adults"),
        ("number=1.4.1", "Shy"),
        ("number:1.", "Pull Cost Adults Talk Shy ~"),
        ("depth=3", "Shy"),
        ("depth<2", "Ban Teach"),
        ("depth=(1, 3)", "Ban Shy Teach"),
        ("file:phones", " ".join(ALL)),
        ("under=Ban", "Pull Cost Adults Talk Shy ~"),
        ("under:tal", "Shy"),
        ("under=1.4", "Shy"),
        ("under=[Talk]", "Shy"),
        ("under=Attention", "Pull Cost Adults"),
        ("under", "Pull Cost Adults Talk Shy ~"),
        ("above=Shy", "Ban Talk"),
        ("above", "Ban Talk"),
        ("supports=Ban", "Pull Cost Talk"),
        ("supports=Talk or attacks=Talk", "Shy"),
        ("attacks", "Shy ~"),
        ("undercuts", "Adults"),
        ("undercuts=Pull", "Adults"),
        ("undercuts=Attention", "Adults"),
        ("supported", "Ban"),
        ("supported=Talk", "Ban"),
        ("attacked=Shy", "Talk"),
        ("undercut=Adults", "Ban Pull Cost"),
        ("answered", "Ban Pull Cost Talk"),
        ("unanswered and speaker=Lindqvist", ""),
        ("not answered", "Adults Shy ~ Teach"),
        ("source=survey", "Talk"),
        ("source:pupils", "Talk"),
        ("source", "Talk Shy"),
        ("at:9", "Talk"),
        ("paragraph=10", "Talk"),
        ("paragraph=12", ""),
        ("paragraph>=11", "Talk"),
        ("paragraph>11", ""),
        ("paragraph<10", "Talk"),
        ("paragraph=¶9", "Talk"),
        ("page=3", "Shy"),
        ("paragraph=3", ""),
        ("quote:talk", "Talk"),
        ("date=2021", "Talk"),
        ("date=2021-08", "Talk"),
        ("date<2021-09", "Talk"),
        ("date<=2021", "Talk"),
        ("date>2021", "Shy"),
        ("date>=2021-09", "Shy"),
        ("date:2021", "Talk"),
        ("unstated", "Cost"),
        ("verdict=stands", "Teach"),
        ("stance=rejects", "Ban"),
        ("stance:Okafor", "Ban"),
        ('stance="Okafor rejects"', "Ban"),
        ("stance=accepts", ""),
        ("votes>20", "Ban"),
        ("votes=21", "Ban"),
        ("data.topic", "Teach"),
        ("data.topic:SELF", "Teach"),
        ("data.year>2019", "Teach"),
        ("data.year>=2020.5", ""),
        ("data.deep.er=1", "Teach"),
        ("not (speaker=Okafor or under)", "Ban"),
        ("attention or shy and hedged", "Pull Cost"),
        ("NOT speaker=Okafor AND NOT under", "Ban"),
    ],
)
def test_what_fits_is_found(phones: argmap.Map, query: str, expected: str):
    assert expected.split() == titles(phones, query)


def test_what_links_speakers_can_be_asked_for():
    b = argmap.Builder()
    ana, tom = b.speaker("Ana Keller"), b.speaker("Tom Brandt")
    nine = b.claim("Nine is better.", title="Nine", by=ana)
    bus = b.claim("Buses come at seven.", title="Bus", by=tom)
    calm = b.claim("School is calm.", title="Calm", by=tom)
    b.relate(Kind.ATTACK, bus, nine, link=Link(Sense.TENSION, About.TIME))
    b.relate(Kind.ATTACK, calm, nine, link=Link(Sense.PAST, About.VALUE, "", "Brandt"))
    m = b.map()

    assert ["Nine", "Bus"] == titles(m, "link=tension")
    assert ["Nine", "Bus"] == titles(m, "about=time and with")
    assert ["Bus", "Calm"] == titles(m, 'with="Ana Keller"')
    assert ["Nine", "Calm"] == titles(m, "by=Brandt")
    assert ["Nine"] == titles(m, "answered")
    assert [] == titles(m, "under")  # neither is for or against
    assert [] == titles(m, "attacks")


def test_links_are_printed_where_they_are_asked_for():
    b = argmap.Builder()
    ana, tom = b.speaker("Ana Keller"), b.speaker("Tom Brandt")
    nine = b.claim("Nine is better.", title="Nine", by=ana)
    bus = b.claim("Buses come at seven.", title="Bus", by=tom)
    b.relate(Kind.ATTACK, bus, nine, link=Link(Sense.QUALIFIES, About.TIME, "of timetables"))
    m = b.map()
    active = "  - qualifies 1 Keller, about time, the mapper’s reading: of timetables\n"
    passive = "  - qualified by 1.1 Brandt, about time, the mapper’s reading: of timetables\n"

    assert active in argmap.printed(argmap.query(m, "title=Bus and link"))
    assert passive in argmap.printed(argmap.query(m, "title=Nine and link"))
    assert "qualif" not in str(argmap.printed(argmap.query(m, "depth")))
    (hit,) = json.loads(str(argmap.printed(argmap.query(m, "title=Bus"), "json")))["hits"]
    assert [
        {
            "sense": "qualifies",
            "with": [{"number": "1", "speaker": "Keller"}],
            "about": "time",
            "because": "of timetables",
            "by": "mapper",
        }
    ] == hit["links"]


def test_a_circle_hangs_below_itself():
    m = argmap.loads("[A]: a\n  + [B]: b\n    + [C]: c\n      + [A]\n[D]: d\n")

    assert ["A", "B", "C"] == sorted(titles(m, "under=B"))
    assert ["A", "B", "C"] == sorted(titles(m, "above=B"))


def test_what_bears_on_two_things_hangs_below_both():
    m = argmap.loads("[A]: a\n  + [C]: c\n    + [D]: d\n[B]: b\n  + [C]\n")

    assert ["C", "D"] == titles(m, "under=A")
    assert ["C", "D"] == titles(m, "under=B")


def test_what_contradicts_attacks_both_ways():
    m = argmap.loads("[A]: a\n  >< [B]: b\n")

    assert ["A", "B"] == titles(m, "attacks") == titles(m, "attacked")
    assert ["B"] == titles(m, "attacks=A") == titles(m, "attacked=A")
    assert [] == titles(m, "under")


def test_who_agrees_from_another_position_hangs_below_nothing():
    m = argmap.loads(
        "===\nspeakers: [Ana Keller, Tom Brandt]\n===\n[A]: a {speaker: Keller}\n"
        "  + [B]: b {speaker: Brandt, link: {as: agrees}}\n"
    )

    assert [] == titles(m, "under=A")
    assert ["B"] == titles(m, "supports=A and link=agrees and not answered")


def test_whose_a_claim_is_is_said_by_those_who_word_it():
    m = argmap.loads("[A]: a {speaker: Xu}\n\n[A] {speaker: Roy, source: S, at: ¶4}\n")

    assert ["A"] == titles(m, "speaker=Xu and paragraph=4")
    assert 0 == len(argmap.query(m, "speaker=Roy"))


def test_titles_of_a_debate_are_known_without_the_speaker():
    m = argmap.load(ROOT / "maps" / "rumer-vs-kaczmarski.argdown")

    assert ["Rumer: Endures"] == titles(m, "title=Endures")
    assert titles(m, 'under="Rumer: Endures"') == titles(m, "under=endures") != []


def test_words_are_compared_without_regard_to_how_letters_are_written():
    m = argmap.loads("[A]: Cafe\u0301s “open”.\n[B]: other\n")

    assert ["A"] == titles(m, "CAFÉS")
    assert ["A"] == titles(m, 'text:"\\"OPEN\\""')


def test_a_date_that_is_none_is_neither_before_nor_after():
    m = argmap.loads("===\nsources: {S: {date: in spring}}\n===\n[A]: a {source: S}\n")

    assert [] == titles(m, "date<3000")
    assert ["A"] == titles(m, "date:spring")
    assert None is days("2021-13") is days("2021-02-32") is days("21")


def test_a_hit_knows_where_it_stands(phones: argmap.Map):
    (hit,) = argmap.query(phones, "title=Talk")

    assert ("phones.argdown", "Phones at school") == (hit.file, hit.map)
    assert ("1.4", 2, "reason") == (hit.number, hit.depth, hit.kind.value)
    assert ("Should they be banned?",) == hit.topics == hit.headings
    assert ("breaks",) == hit.tags
    assert ("Lindqvist", ("they talk",)) == (hit.line.credit, hit.line.quotes)


def test_several_maps_and_documents_are_asked_in_turn(phones: argmap.Map, tmp_path: Path):
    path = tmp_path / "notes.md"
    path.write_text("```argdown\n[A]: a\n```\n\n```argdown\n[B]: b\n```\n", encoding="utf-8")
    document = argmap.read_document(path)

    found = argmap.query([phones.debate, document], "depth=1")

    assert ["", "", f"{path}#1", f"{path}#2"] == [h.file for h in found]
    assert (4, 10, 3) == (len(found), found.claims, found.maps)


def test_every_field_is_asked_of_every_map_without_an_error(phones: argmap.Map):
    for field in FIELDS:
        argmap.query(phones, field.name)
        for operator in field.sort.operators:
            value = field.choices[0] if field.choices else "2021"
            argmap.query(phones, f"{field.name}{operator}{value}")


# --- properties

VALUES = {Sort.NUMBER: st.integers(0, 99).map(str), Sort.DATE: st.just("2021-08")}


@st.composite
def any_tests(draw: st.DrawFn) -> Test:
    """A test of any field."""
    if draw(st.booleans()):
        return Test("", "", (draw(texts(WILD)),))
    known = draw(st.sampled_from(FIELDS))
    operator = draw(st.sampled_from(["", *known.sort.operators]))
    one = st.sampled_from(known.choices) if known.choices else VALUES.get(known.sort, texts(WILD))
    values = draw(st.lists(one, min_size=1, max_size=3, unique=True)) if operator else []
    return Test(known.name, operator, tuple(values))


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """A query of any shape."""
    steps: list[Test | Join] = [draw(any_tests())]
    for _ in range(draw(st.integers(0, 6))):
        join = draw(st.sampled_from(Join))
        if join is Join.NOT:
            steps.append(join)
        elif draw(st.booleans()):
            steps += [draw(any_tests()), join]
        else:
            steps = [draw(any_tests()), *steps, join]
    return Query(tuple(steps))


@given(queries())
def test_a_query_that_is_printed_reads_back_as_the_same(query: Query):
    try:
        again = parse(str(query))
    except QueryError as e:
        assert {"AM626"} == {p.code for p in e.problems}  # nothing but blanks or controls
    else:
        assert query == again
        assert str(query) == str(again)


def numbers(debate: argmap.Debate, query: Query) -> list[str]:
    return [hit.number for hit in find(query, [("", debate)])]


def joined(join: Join, *queries: Query) -> Query:
    return Query((*(s for q in queries for s in q.steps), join))


@given(debates(), queries(), queries())
def test_joins_are_those_of_sets_in_reading_order(debate: argmap.Debate, a: Query, b: Query):
    everything = numbers(debate, parse("depth"))
    left, right = set(numbers(debate, a)), set(numbers(debate, b))

    def ordered(some: set[str]) -> list[str]:
        return [n for n in everything if n in some]

    assert [line.number for line in api.query(debate, "depth>0")] == everything
    assert ordered(left & right) == numbers(debate, joined(Join.AND, a, b))
    assert ordered(left | right) == numbers(debate, joined(Join.OR, a, b))
    assert ordered(set(everything) - left) == numbers(debate, joined(Join.NOT, a))
    assert ordered(left) == numbers(debate, joined(Join.NOT, joined(Join.NOT, a)))


@given(st.lists(debates(), max_size=3), queries())
def test_what_fits_in_several_maps_is_what_fits_in_each(many: list[argmap.Debate], query: Query):
    named = [(f"m{n}", d) for n, d in enumerate(many)]

    whole = find(query, named)

    assert [h for each in named for h in find(query, [each])] == list(whole)
    assert sum(find(query, [each]).claims for each in named) == whole.claims


@given(debates(), st.sampled_from([f for f in FIELDS if f.sort is Sort.WORDS]), texts(PLAIN))
def test_what_is_equal_is_contained(debate: argmap.Debate, field: object, words: str):
    equal = numbers(debate, Query((Test(field.name, "=", (words,)),)))
    contained = numbers(debate, Query((Test(field.name, ":", (words,)),)))
    unequal = numbers(debate, Query((Test(field.name, "!=", (words,)),)))

    assert set(equal) <= set(contained)
    assert set() == set(equal) & set(unequal)


@given(debates())
def test_what_is_under_is_what_the_other_is_above(debate: argmap.Debate):
    web = Web(Claims("", debate))
    ids = [card.id for card in web.claims.seen.cards]
    for up, down in [("under", "above"), ("supports", "supported"), ("attacks", "attacked")]:
        low = {id: web.fits(up, Called(frozenset([id]))) for id in ids}
        high = {id: web.fits(down, Called(frozenset([id]))) for id in ids}
        assert {(a, b) for a in ids for b in low[a]} == {(a, b) for b in ids for a in high[b]}
        assert {b for a in ids for b in low[a]} == web.fits(up, None)


@given(st.text(max_size=40))
def test_any_text_is_a_query_or_says_why_not(body: str):
    try:
        query = parse(body)
    except QueryError as e:
        assert e.problems
        assert str(e)
    else:
        assert query == parse(str(query))


@given(
    st.lists(st.sampled_from('speaker = != ( ) , and or not "a b" x : < 3 under data.k'.split()))
)
def test_any_pieces_are_a_query_or_say_why_not(pieces: list[str]):
    try:
        query = parse(" ".join(pieces))
    except QueryError as e:
        assert all(p.span and p.help for p in e.problems)
    else:
        assert query == parse(str(query))


# --- what is said of a query


def said(query: str) -> list[tuple[str, str]]:
    """The code of each problem of *query*, and what is marked."""
    with pytest.raises(QueryError) as e:
        parse(query)
    return [(p.code, query[p.span.start : p.span.stop]) for p in e.value.problems]


@pytest.mark.parametrize(
    ("query", "code", "marked"),
    [
        ("", "AM620", ""),
        ('a and "b', "AM621", '"'),
        ("(a", "AM622", "("),
        ("a)", "AM622", ")"),
        ("speaker=(a, b", "AM622", "("),
        ("speaker=Ana Keller", "AM623", "Keller"),
        ("speaker=", "AM623", "speaker="),
        ("speaker=()", "AM623", "speaker=("),
        ("speaker=(a b)", "AM623", "b"),
        ("a and", "AM623", "and"),
        ("or a", "AM623", "or"),
        ("not", "AM623", "not"),
        ("()", "AM623", ")"),
        ("=a", "AM623", "="),
        ("a, b", "AM623", ","),
        ("text~x", "AM623", "~"),
        ("a && b", "AM623", "&&"),
        ("!a", "AM623", "!"),
        ("speeker=a", "AM624", "speeker"),
        ("quote>3", "AM625", ">"),
        ("unstated=yes", "AM625", "="),
        ("voice=reprted", "AM626", "reprted"),
        ("depth=two", "AM626", "two"),
        ("date>spring", "AM626", "spring"),
        ("data.x<y", "AM626", "y"),
        ('speaker=" "', "AM626", '" "'),
        ('""', "AM626", '""'),
    ],
)
def test_what_is_wrong_is_marked(query: str, code: str, marked: str):
    assert [(code, marked)] == said(query)


def test_an_apostrophe_in_a_word_closes_nothing():
    assert ["don't"] == [v for t in parse("don't").tests for v in t.values]
    assert ["a b", "it’s"] == [v for t in parse("'a b' or it’s").tests for v in t.values]


def test_all_that_is_wrong_with_fields_is_said_at_once():
    assert ["AM624", "AM626", "AM625"] == [
        code for code, _ in said("speeker=a and (voice=reprted or not text<3)")
    ]


def test_a_field_that_is_misspelt_is_suggested():
    with pytest.raises(QueryError, match="did you mean 'voice'"):
        parse("voise=reported")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "speaker=Okafr",
            "no claim here has speaker 'Okafr'; did you mean 'Okafor' or 'Ben Okafor'?",
        ),
        (
            "speaker!=Okafr",
            "no claim here has speaker 'Okafr'; did you mean 'Okafor' or 'Ben Okafor'?",
        ),
        ("under=Tolk", "no claim or argument here is called 'Tolk'; did you mean 'Talk'?"),
        ("under:Zebra", "no claim or argument here is called 'Zebra'"),
        ("data.topc", "no claim here has data under 'topc'; did you mean 'data.topic'?"),
        ("tag=(breaks, brakes)", "no claim here has tag 'brakes'; did you mean 'breaks'?"),
        ("unstatd", "nothing here says 'unstatd'; did you mean 'unstated'?"),
    ],
)
def test_a_name_that_nothing_has_is_doubted(phones: argmap.Map, query: str, expected: str):
    found = argmap.query(phones, query)

    (doubt,) = found.doubts
    assert doubt.message == expected
    assert "^" in doubt.render([found.text])


def test_of_several_values_the_one_that_nothing_has_is_marked(phones: argmap.Map):
    found = argmap.query(phones, "speaker=(Okafor, Okafr, Lindqvist)")

    (doubt,) = found.doubts
    assert "Okafr" == found.text.body[doubt.span.start : doubt.span.stop]


def test_a_name_that_another_map_has_is_not_doubted(phones: argmap.Map):
    other = argmap.loads("[A]: a {speaker: Xu}")

    assert () == argmap.query([phones, other], "speaker=Xu").doubts


def test_a_word_alone_that_names_a_field_is_quoted_to_be_looked_for():
    m = argmap.loads("[A]: The speaker left.\n[B]: b {speaker: Xu}\n")

    assert ["B"] == titles(m, "speaker")
    assert ["A"] == titles(m, '"speaker"')


# --- hostile queries


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("(" * 1000 + "a" + ")" * 1000, 1),
        ("not " * 1001 + "a", 0),
        ("not (" * 10_000 + "a" + ")" * 10_000, 1),
        ("a and (b or (" * 3000 + "a" + "))" * 3000, 1),
        (" or ".join(f"w{n}" for n in range(20_000)), 0),
        ("a and " * 20_000 + "a", 1),
        (" or ".join(f"voic{'abcdefghij'[n % 10] * (n % 50)}" for n in range(3_000)), 0),
        (f"text=({', '.join(f'w{n}' for n in range(15_000))}, a)", 1),
        ('"' + "x" * 100_000 + '"', 0),
        ("x" * 100_000, 0),
        (f"speaker={'x' * 100_000}", 0),
        (f"under={'x' * 100_000}", 0),
    ],
)
def test_deep_and_long_queries_are_answered(query: str, hits: int):
    m = argmap.loads("[A]: a")
    start = time.process_time()

    found = argmap.query(m, query)

    assert time.process_time() - start < 5
    assert hits == len(found)
    assert parse(found.query) == parse(query)


@pytest.mark.parametrize(
    "query",
    [
        "(" * 100_000,
        ")" * 100_000,
        "a " * 50_000,
        '"' * 99_999,
        "'" * 99_999,
        '"' + "\\" * 100_000,
        "“" * 50_000,
        "data." * 20_000 + "=",
        "x" * 100_000 + "=1",
        "voice=" + "x" * 100_000,
        " " * 100_000,
        "=" * 100_000,
        "speaker=(" + "," * 100_000,
        "speeker=a and " * 5_000 + "a",
    ],
)
def test_long_queries_that_are_none_are_refused_in_short(query: str):
    start = time.process_time()

    with pytest.raises(QueryError) as e:
        parse(query)

    assert len(e.value.problems[0].message) < 500
    assert time.process_time() - start < 5


def test_a_large_map_is_asked_in_linear_time():
    def chain(size: int) -> argmap.Debate:
        b = argmap.Builder()
        ana = b.speaker("Ana")
        above = b.claim("c0", title="T0", by=ana)
        for n in range(1, size):
            claim = b.claim(f"c{n}", title=f"T{n}", by=ana)
            b.support(above, [claim])
            above = claim if n % 50 else above
        return b.build()

    def taken(debate: argmap.Debate) -> float:
        start = time.process_time()
        found = argmap.query(debate, "under=T1 and not above:T9 and speaker=Ana and unanswered")
        assert found.hits
        return time.process_time() - start

    small, large = chain(2_500), chain(10_000)
    assert min(taken(large) for _ in range(3)) < 12 * min(taken(small) for _ in range(3)) + 0.5


# --- the command


def run(*arguments: str | Path, input: str | None = None):
    return CliRunner().invoke(main, ["query", *map(str, arguments)], input=input)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("phones.argdown")
    path.write_text(PHONES, encoding="utf-8")
    return path


def test_the_command_prints_what_fits(file: Path, golden):
    golden("query.txt", run(file, "speaker=Okafor or unstated").stdout)
    golden("query.md", run(file, "speaker=Okafor or unstated", "--format", "md").stdout)
    golden("query.csv", run(file, "speaker=Okafor or unstated", "--format", "csv").stdout)
    golden("query.json", run(file, "speaker=Okafor or unstated", "--format", "json").stdout)
    golden("query-fields.txt", run("--fields").stdout)


def test_the_query_comes_last_or_by_option(file: Path):
    first, second = run(file, "under=Ban"), run("-q", "under=Ban", file)

    assert 0 == first.exit_code
    assert first.stdout == second.stdout


def test_standard_input_is_a_file(file: Path):
    result = run("-", "under=Ban", "--count", input=PHONES)

    assert (0, "6\n") == (result.exit_code, result.stdout)


def test_a_folder_stands_for_its_maps(file: Path):
    Path("sub").mkdir()
    Path("sub", "more.argdown").write_text("[A]: Phones.", encoding="utf-8")

    record = json.loads(run(".", "phones", "--format", "json").stdout)

    assert ["phones.argdown"] * 2 + [str(Path("sub", "more.argdown"))] == [
        h["file"] for h in record["hits"]
    ]
    assert 2 == record["maps"]


def test_a_map_of_a_document_is_known_by_its_number(file: Path):
    Path("notes.md").write_text("```argdown\n[A]: a\n```\n\n```argdown\n[B]: b\n```\n", "utf-8")

    one, whole = run("notes.md#2", "b").stdout, run("notes.md", "b").stdout

    assert "notes.md#2\n\n- 1 b\n" in one
    assert "notes.md#2\n\n- 1 b\n" in whole


def test_a_map_is_not_written_over(file: Path):
    Path("maps").mkdir()
    Path("maps", "a.argdown").write_text(PHONES, encoding="utf-8")

    result = run("maps", "under", "-o", "maps/a.argdown", "--format", "csv")

    assert 2 == result.exit_code
    assert PHONES == Path("maps", "a.argdown").read_text("utf-8")


def test_nothing_that_fits_is_said_and_no_failure(file: Path):
    result = run(file, "zebra")

    assert (0, "", "argmap: nothing fits zebra\n") == (
        result.exit_code,
        result.stdout,
        result.stderr,
    )
    assert "0\n" == run(file, "zebra", "--count").stdout


def test_json_and_csv_are_whole_also_where_nothing_fits(file: Path):
    assert [] == json.loads(run(file, "zebra", "--format", "json").stdout)["hits"]
    assert 1 == len(run(file, "zebra", "--format", "csv").stdout.splitlines())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "a map and a query are missing"),
        (("speaker=Xu",), "a map is missing before the query: argmap query FILES speaker=Xu"),
        (("phones.argdown",), "the query comes last, and 'phones.argdown' is a file"),
        (("speaker=Xu", "phones.argdown"), "the query comes last"),
        (("-q", "speaker=Xu"), "a map is missing"),
        (("phones.argdown", "speaker=Xu", "and", "x"), "put the whole query in quotation marks"),
        (("phone.argdown", "x"), "there is no file phone.argdown; did you mean phones.argdown?"),
        (("phones.argdown", "speeker=Xu"), "error[AM624]"),
        (("phones.argdown", ""), "error[AM620]"),
        (("phones.argdown", "x", "--format", "svg"), "this is not written as .svg"),
        (("phones.argdown", "phones", "-o", "phones.argdown"), "not written as .argdown"),
        (("", "phones"), "the name of a file or folder is empty"),
        (("phones.argdown", "x", "--count", "-o", "x.csv"), "--count prints a number"),
        (("phones.argdown", "x", "--count", "--format", "csv"), "--count prints a number"),
    ],
)
def test_misuse_is_said(file: Path, arguments: tuple[str, ...], message: str):
    result = run(*arguments)

    assert 2 == result.exit_code
    assert message in " ".join(result.stderr.split())
    assert "" == result.stdout


def test_errors_in_a_map_are_shown_and_what_can_be_read_is_asked(file: Path):
    Path("bad.argdown").write_text("[A]: a {speaker: [}\n[B]: b\n", encoding="utf-8")

    result = run("bad.argdown", "b")

    assert 1 == result.exit_code
    assert "error[" in result.stderr
    assert "1 of 2 claims" in result.stdout


@pytest.mark.parametrize("query", ["\udcff", "text:\udcff or phones", "\x1b[2J or phones", "\0"])
@pytest.mark.parametrize("format", ["txt", "md", "html", "json", "csv", "xlsx"])
def test_what_no_terminal_or_file_can_hold_is_printed_all_the_same(
    file: Path, query: str, format: str
):
    result = run(file, query, "-o", f"out.{format}")
    shown = run(file, query)

    assert (0, 0) == (result.exit_code, shown.exit_code)
    assert "\x1b" not in shown.output
    assert Path(f"out.{format}").read_bytes()


def test_half_a_pair_of_a_map_is_an_escape_in_json():
    b = argmap.Builder()
    b.claim("half \ud800")

    whole = str(argmap.printed(argmap.query(b.map(), "half"), "json"))

    assert "half \ud800" == json.loads(whole.encode("utf-8"))["hits"][0]["text"]


def test_files_are_written_by_suffix(file: Path):
    outputs = [part for s in ("html", "csv", "json", "md", "txt") for part in ("-o", f"out.{s}")]
    result = run(file, "under", *outputs)

    assert (0, "") == (result.exit_code, result.stdout)
    assert 6 == len(json.loads(Path("out.json").read_text("utf-8"))["hits"])
    rows = list(csv.DictReader(io.StringIO(Path("out.csv").read_text("utf-8"))))
    assert ["1.1", "1.2", "1.3", "1.4", "1.4.1", "1.5"] == [r["number"] for r in rows]


def test_a_formula_in_a_map_is_none_in_a_spreadsheet(tmp_path: Path):
    m = argmap.loads("[A]: =1+1")

    (row,) = csv.DictReader(io.StringIO(str(argmap.printed(argmap.query(m, "depth"), "csv"))))

    assert "'=1+1" == row["text"]


# --- other programs


def test_networkx_has_claims_and_the_steps_that_join_them(phones: argmap.Map):
    graph = phones.to_networkx()

    claims = [n for n, kind in graph.nodes(data="kind") if kind != "inference"]
    assert [h.number for h in argmap.query(phones, "depth")] == claims
    (step,) = (n for n, kind in graph.nodes(data="kind") if kind == "inference")
    assert {"1.1": "premise", "1.2": "premise", "1.3": "undercut"} == {
        tail: kind for tail, _, kind in graph.in_edges(step, data="kind")
    }
    assert [("1", "support")] == [(h, k) for _, h, k in graph.out_edges(step, data="kind")]
    assert "Attention" == graph.nodes[step]["argument"]
    assert ("Talk", "Lindqvist", "asserted", "reason") == tuple(
        graph.nodes["1.4"][k] for k in ("title", "speaker", "voice", "kind")
    )


def test_networkx_knows_what_contradicts_both_ways():
    graph = argmap.loads("[A]: a\n  >< [B]: b\n").to_networkx()

    assert {("1", "2"), ("2", "1")} == set(graph.edges())
    assert [True, True] == [m for _, _, m in graph.edges(data="mutual")]


@given(debates())
def test_networkx_takes_every_map_and_writes_it_as_graphml(debate: argmap.Debate):
    import networkx

    m = argmap.Map(debate)
    graph = m.to_networkx()

    assert len(m.view().cards) == len([n for n, k in graph.nodes(data="kind") if k != "inference"])
    again = networkx.parse_graphml("\n".join(networkx.generate_graphml(graph)))
    assert set(graph.nodes) == set(again.nodes)


def test_pandas_has_the_rows_of_the_csv(phones: argmap.Map):
    frame = phones.to_pandas()

    rows = list(csv.DictReader(io.StringIO(phones.to_csv())))
    assert list(COLUMNS) == list(frame.columns)
    assert rows == frame.to_dict("records")
    assert 4 == len(frame[frame.speaker == "Okafor"])


def test_pandas_has_a_row_for_each_link(phones: argmap.Map):
    frame = phones.to_pandas("links")

    assert list(LINKS) == list(frame.columns)
    assert len(phones.view().inferences) == len(frame)
    (undercut,) = frame[frame.kind == "undercut"].to_dict("records")
    assert ("1.3", "1", "1.1; 1.2") == (undercut["premises"], undercut["head"], undercut["struck"])


def test_the_sense_of_a_link_is_a_word_for_it_too():
    assert parse("link=clash") == parse("sense=clash")


def test_pandas_has_the_columns_of_an_empty_map_as_well():
    empty = argmap.loads("")

    assert (list(COLUMNS), 0) == (list(empty.to_pandas().columns), len(empty.to_pandas()))
    assert list(LINKS) == list(empty.to_pandas("links").columns)
    with pytest.raises(UnknownName, match="no table is named 'link'; did you mean 'links'"):
        empty.to_pandas("link")
    with pytest.raises(UnknownName, match="it is one of claims, links"):
        empty.to_pandas(None)


def test_neither_is_loaded_before_it_is_needed():
    asked = "import argmap; argmap.query(argmap.loads('[A]: a'), 'a').hits"

    assert set() == loaded_by(asked) & {"pandas", "networkx", "numpy", "click", "wasmtime", "yaml"}


@pytest.mark.parametrize(
    ("package", "method"), [("networkx", "to_networkx"), ("pandas", "to_pandas")]
)
def test_what_is_not_installed_is_named(
    package: str, method: str, phones: argmap.Map, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(MissingExtra, match=rf'pip install "argmap\[{package}\]"'):
        getattr(phones, method)()


def test_what_hangs_below_another_that_fits_stands_below_it():
    m = argmap.loads("[A]: a cat\n  + b dog\n    - c cat\n  + d cat\n\n[E]: e cat\n")
    (items,) = [b.items for b in report(argmap.query(m, "text:cat")).blocks if isinstance(b, Items)]

    def shape(items):
        return [("".join(r.text for r in i.words), shape(i.items)) for i in items]

    assert [("1 a cat", [("1.1.1 c cat", []), ("1.2 d cat", [])]), ("2 e cat", [])] == shape(items)
