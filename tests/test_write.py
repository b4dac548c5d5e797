"""Argdown written: what is written reads back, and what cannot be written is named."""

from __future__ import annotations

import time

import pytest
from attrs import evolve
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from strategies import PLAIN, TORN, WILD, debates, marked

import argmap
from argmap import formats
from argmap.formats.argdown.escape import collapsed, statement, tag
from argmap.formats.argdown.plan import plan_of
from argmap.formats.argdown.strict import REJECTED
from argmap.formats.argdown.write import write
from argmap.formats.written import Written
from argmap.model import (
    About,
    Argument,
    ArgumentRef,
    Builder,
    Citation,
    Claim,
    ClaimRef,
    Data,
    Debate,
    Issue,
    Kind,
    Link,
    Markup,
    Origin,
    Relation,
    Section,
    Sense,
    Source,
    Step,
    StepRef,
    Style,
    Voice,
    Wording,
)
from argmap.text import Severity, Text, report

MAPS = sorted((ROOT / "maps").glob("*.argdown"))
EMPTY = "AM004"  # there is nothing in a text without claims
HANG = 30  # seconds; every hostile debate here takes a fraction of one


def fetch(name: str, beside: str) -> Text:
    path = ROOT / "maps" / name
    return Text(str(path), path.read_text(encoding="utf-8"))


def read(body: str) -> Debate:
    """The debate in *body*, which Argdown's own tools take as well."""
    text = Text("w", body)
    problems = formats.read(text).problems
    bad = [p for p in problems if p.severity is Severity.ERROR or p.code in REJECTED - {EMPTY}]
    assert not bad, report(bad, [text]) + "\n" + body
    return formats.read(text).debate


def check(debate: Debate) -> Written:
    """What is written of *debate*, once it is sure that it reads back as it is said to."""
    written = write(debate)
    kept = plan_of(debate).kept
    assert kept.normal() == read(written.body).normal(), written.body
    if written.losses:
        assert kept.normal() != tidy(debate).normal(), written.losses
    else:
        assert kept.normal() == tidy(debate).normal()
    return written


def whole(debate: Debate) -> str:
    """The text of *debate*, of which nothing is lost."""
    written = check(debate)
    assert () == written.losses
    return written.body


def tidy(debate: Debate) -> Debate:
    """*debate* with each run of white space in its texts one blank: reading does not keep it."""

    def said(w: Wording) -> Wording:
        text, markup = collapsed(w.text, w.markup)
        return evolve(w, text=text, markup=markup)

    def section(s: Section) -> Section:
        title, markup = collapsed(s.title, s.markup)
        return evolve(s, title=title, markup=markup)

    def step(s: Step) -> Step:
        return evolve(s, rules=tuple(" ".join(r.split()) for r in s.rules))

    def argument(a: Argument) -> Argument:
        return evolve(a, gists=tuple(map(said, a.gists)), steps=tuple(map(step, a.steps)))

    def claim(c: Claim) -> Claim:
        return evolve(c, wordings=tuple(map(said, c.wordings)))

    def issue(i: Issue) -> Issue:
        return evolve(i, question=collapsed(i.question)[0])

    return evolve(
        debate,
        claims=tuple(map(claim, debate.claims)),
        arguments=tuple(map(argument, debate.arguments)),
        sections=tuple(map(section, debate.sections)),
        issues=tuple(map(issue, debate.issues)),
    )


# --- laws


@given(debates(PLAIN))
def test_reading_what_was_written_gives_the_debate_but_for_what_is_named(debate: Debate):
    check(debate)


@given(debates(WILD))
def test_every_character_can_be_written(debate: Debate):
    check(debate)


@given(debates(PLAIN).flatmap(marked))
def test_markup_and_the_words_to_show_are_kept_or_named(debate: Debate):
    check(debate)


@given(debates(WILD, size=2).flatmap(marked))
def test_markup_on_any_characters_is_kept_or_named(debate: Debate):
    check(debate)


@given(debates(TORN, size=2))
def test_half_characters_are_named(debate: Debate):
    written = write(debate)
    written.body.encode()
    read(written.body)


@given(debates(PLAIN))
def test_writing_gives_the_same_bytes_each_time(debate: Debate):
    assert write(debate) == write(debate)


@given(debates(PLAIN))
def test_what_was_read_is_written_without_loss_and_the_same_again(debate: Debate):
    again = read(write(debate).body)
    written = write(again)
    assert () == written.losses
    assert again.normal() == read(written.body).normal()


@given(st.text(WILD, min_size=1))
def test_a_statement_is_the_same_text_again(text: str):
    plain, _ = collapsed(text)
    if not plain:
        return
    debate = formats.read(Text("w", f"[A]: {statement(text)}\n\n{statement(text, first=True)}\n"))
    assert [plain, plain] == [c.wordings[0].text for c in debate.debate.claims]


SIGNS = st.text(st.sampled_from("ab1 .:*_#@[]<>(){}\\/+-=,!\"'~"), min_size=1)


@given(SIGNS)
def test_signs_in_any_order_are_the_same_text_again(text: str):
    plain, _ = collapsed(text)
    if not plain:
        return
    b = Builder()
    b.claim(text)
    b.claim(text, title="A")
    b.section(text)
    b.claim(text, title="B", data=Data((("x", text),)))
    assert not [n for n in check(b.build()).losses if "question" not in n]


@pytest.mark.parametrize("path", MAPS, ids=lambda p: p.stem)
def test_a_map_of_the_readings_is_written_without_loss(path):
    debate = formats.read(Text(str(path), path.read_text(encoding="utf-8")), fetch).debate
    written = write(debate)
    assert () == written.losses
    assert debate.normal() == read(written.body).normal()


def test_there_are_maps():
    assert len(MAPS) >= 3


# --- what it looks like


def test_reasons_stand_below_what_they_bear_on():
    b = Builder()
    t = b.claim("T.", title="T")
    a = b.claim("A.", title="A")
    c = b.claim("C.", title="C")
    b.relate(Kind.SUPPORT, a, t)
    b.relate(Kind.ATTACK, c, a)
    b.relate(Kind.CONTRADICTION, b.claim("D.", title="D"), t)

    assert "[T]: T.\n  + [A]: A.\n    - [C]: C.\n  >< [D]: D.\n" == whole(b.build())


def test_each_relation_is_stated_once():
    b = Builder()
    t, u = b.claim("T.", title="T"), b.claim("U.", title="U")
    a = b.claim("A.", title="A")
    b.relate(Kind.SUPPORT, a, t)
    b.relate(Kind.ATTACK, a, u)

    assert "[T]: T.\n  + [A]: A.\n\n[U]: U.\n  - [A]\n" == whole(b.build())


def test_a_claim_without_title_stays_without_one_where_it_stands_once():
    b = Builder()
    t = b.claim("The buses could not cope.")
    b.relate(Kind.SUPPORT, b.claim("One driver."), t)

    assert "The buses could not cope.\n  + One driver.\n" == whole(b.build())


def test_a_made_up_title_is_written_where_a_claim_stands_twice():
    b = Builder()
    b.section("S")
    a = b.claim("A")
    b.section("R")
    b.relate(Kind.SUPPORT, a, b.claim("T"))

    assert "# S\n\n[~a]: A\n\n# R\n\nT\n  + [~a]\n" == whole(b.build())


def test_what_has_no_title_may_stand_below_what_bears_on_it():
    b = Builder()
    t, u, a = b.claim("T"), b.claim("U"), b.claim("A")
    b.relate(Kind.SUPPORT, a, t)
    b.relate(Kind.SUPPORT, a, u)

    assert "T\n  + A\n    +> U\n" == whole(b.build())


def test_a_made_up_title_is_written_where_its_words_do_not_make_it():
    b = Builder()
    b.word_claim("~b", Wording("A"))

    assert "[~b]: A\n" == whole(b.build())


def test_premises_conclusions_and_what_strikes_them():
    b = Builder()
    p, q, c, d = (b.claim(f"{x}.", title=x) for x in "PQCD")
    a = b.word_argument("N", Wording("Gist."))
    steps = (Step((p, q), c, ("Modus ponens", "a, b")), Step((c, p), d, (), Data((("x", 1),))))
    b.steps(a, steps)
    b.relate(Kind.UNDERCUT, b.claim("X.", title="X"), StepRef(a, 0))
    b.relate(Kind.SUPPORT, b.claim("Y.", title="Y"), q)

    body = whole(b.build())
    assert "-- Modus ponens, a\\, b --\n  _ [X]: X.\n(3) [C]" in body
    assert "-- {x: 1} --\n(5) [D]: D.\n" in body
    assert body.startswith("[Q]: Q.\n  + [Y]: Y.\n") or "(2) [Q]: Q.\n  + [Y]: Y.\n" in body


def test_an_argument_without_a_name_stays_without_one():
    body = "(1) A\n(2) B\n----\n(3) C\n"
    assert body == whole(read(body))


def test_an_undercut_of_a_conclusion_is_none_of_the_step():
    b = Builder()
    p, c, x = (b.claim(f"{x}.", title=x) for x in "PCX")
    b.steps(b.word_argument("N"), (Step((p,), c),))
    b.relate(Kind.UNDERCUT, x, c)
    b.relate(Kind.UNDERCUT, p, c)

    whole(b.build())


def test_an_undercut_below_what_strikes_a_step_is_none_of_the_step():
    b = Builder()
    p, c, x, y = (b.claim(f"{x}.", title=x) for x in "PCXY")
    a = b.word_argument("N")
    b.steps(a, (Step((p,), c),))
    b.relate(Kind.UNDERCUT, x, StepRef(a, 0))
    b.relate(Kind.UNDERCUT, y, x)

    whole(b.build())


def test_who_says_it_and_where_is_said_once_for_all():
    b = Builder(position="Keller")
    b.speaker("Ana Keller", role="sleep researcher")
    b.source(Source("Report", "Report", date="2021-08-25"))
    b.claim("A.", title="A", by="Keller", source="Report", at="¶4", quote="a, b")
    b.claim("B.", title="B", by="Keller", source="Report", at="¶5", voice="hedged")

    assert whole(b.build()) == (
        "===\nspeaker:\n  name: Ana Keller\n  role: sleep researcher\n"
        "source:\n  title: Report\n  date: 2021-08-25\n===\n\n"
        '[A]: A. {at: ¶4, quote: "a, b"}\n\n[B]: B. {at: ¶5, voice: hedged}\n'
    )


def test_a_heading_says_who_holds_what_stands_below_it():
    b = Builder()
    ana, tom = b.speaker("Ana Keller"), b.speaker("Tom Brandt")
    for who in (ana, tom):
        b.section(f"Case of {who.key}")
        for title in "AB":
            b.claim("x", title=f"{title} {who.key}", by=who)

    body = whole(b.build())
    assert "# Case of Keller {speaker: Keller}\n\n[A Keller]: x\n\n" in body
    assert "# Case of Brandt {speaker: Brandt}\n" in body


def test_several_wordings_keep_their_order_and_the_one_to_show():
    w = (Wording("", cited=(Citation("", "¶1"),)), Wording("One."), Wording("Two."), Wording(""))
    debate = Debate(claims=(Claim(ClaimRef("A"), w, ("t",), (), Data((("k", 1),)), 1),))

    assert whole(debate) == (
        "[A] {at: ¶1}\n\n[A]: One. #t {isCanonical: true, k: 1}\n\n"
        "[A]: Two.\n\n[A] {voice: asserted}\n"
    )


def test_links_say_what_they_are():
    b = Builder()
    t, a = b.claim("T", title="T"), b.claim("A", title="A")
    link = Link(Sense.PAST, About.MEASURE, "he counts, she adds", "Report")
    b.relate(Kind.ATTACK, a, t, link=link)

    line = (
        '  - [A]: A {link: {as: past, about: measure, by: Report, because: "he counts, she adds"}}'
    )
    assert f"[T]: T\n{line}\n" == whole(b.build())


def test_markup_is_written_as_argdown_writes_it():
    body = "[A]: a **bold _it_** [link](http://u.org/x) @[B] #t, and\n\n# *H* #(a b)\n\n[B]: b\n"
    assert body.replace("*H*", "_H_") == whole(read(body))


def test_a_text_may_begin_with_markup():
    for body in ("[a](b)\n", "**a** b\n", "@[B] b\n", "_a_\n", "#t b\n"):
        assert body == whole(read(body))


def test_tags_stand_at_the_end_or_in_the_text():
    b = Builder()
    b.claim("A", title="A", tags=("pro", "free will"))
    assert "[A]: A #pro #(free will)\n" == whole(b.build())
    assert "#a-1" == tag("a-1")


def test_what_bears_on_a_question_is_in_its_order():
    body = (
        "[A]: a\n\n# Q?\n\n[A]\n  - [B]: b\n\n## R?\n\n[C]: c\n  + [B]\n\n## S\n\n[D]: d\n  + [A]\n"
    )
    assert body == whole(read(body))


def test_a_deep_chain_is_broken_into_blocks():
    b = Builder()
    last = b.claim("c0", title="T0")
    for i in range(1, 60):
        last, before = b.claim(f"c{i}", title=f"T{i}"), last
        b.relate(Kind.SUPPORT, last, before)

    assert 50 > max(len(line) - len(line.lstrip()) for line in whole(b.build()).splitlines())


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("- a", "\\- a"),
        ("12. a", "12\\. a"),
        ("(1) a", "\\(1) a"),
        ("snake_case", "snake\\_case"),
        ("4 * 5", "4 * 5"),
        ("C# and #5", "C# and \\#5"),
        ("see [1]", "see \\[1]"),
        ("http://a.org", "http:\\//a.org"),
        ("so :smile: it", "so \\:smile: it"),
        ("v1.2.3 e.g. x", "v1.2.3 e.g. x"),
        ("a {b} c", "a \\{b} c"),
        ("back\\slash", "back\\\\slash"),
        ("@include(x)", "@\\include(x)"),
        ("=== a", "\\=\\=\\= a"),
    ],
)
def test_only_what_would_be_more_than_letters_is_escaped(text: str, written: str):
    assert written == statement(text, first=True)
    b = Builder()
    b.claim(text)
    assert f"{written}\n" == whole(b.build())


# --- what is lost


def one(title: str = "A", text: str = "a") -> Builder:
    b = Builder()
    b.claim(text, title=title)
    return b


def losses(debate: Debate) -> tuple[str, ...]:
    return check(debate).losses


def test_a_title_that_argdown_cannot_hold_is_changed():
    assert ("the claim titled 'a]b' is called 'a)b'",) == losses(one("a]b").build())
    assert ("the claim titled 'a\\nb' is called 'a b'",) == losses(one("a\nb").build())


def test_two_titles_stay_two():
    b = one("a]")
    b.claim("c", title="a)")
    assert 1 == len(losses(b.build()))
    assert 2 == len(plan_of(b.build()).kept.claims)


def test_derived_relations_are_not_written():
    debate = one().build()
    a = ClaimRef("A")
    derived = Relation(Kind.SUPPORT, a, a, Origin.DERIVED, (a,))
    assert ("a derived relation: [A] → [A] (support)",) == losses(
        evolve(debate, relations=(derived,))
    )


def test_keys_that_mean_something_are_no_data():
    b = Builder()
    b.claim("a", title="A", data=Data((("at", 1), ("k", 2))))
    (loss,) = losses(b.build())
    assert "the data 'at' of [A], which would mean something to argmap" == loss


def test_steps_that_do_not_follow_each_other_are_named():
    b = Builder()
    p, q, c, d = (b.claim(f"{x}.", title=x) for x in "PQCD")
    b.steps(b.word_argument("N"), (Step((p,), c), Step((q,), d)))
    (loss,) = losses(b.build())
    assert "that step 2 of <N> does not rest on the conclusion before it, [C]" == loss


def test_citations_of_several_sources_are_kept():
    b = Builder()
    b.source(Source("S", "S"))
    b.source(Source("T", "T"))
    cited = (Citation("S", "¶1"), Citation("T", "p. 2", "two, words"), Citation("T", quote="x"))
    b.word_claim("A", Wording("a", cited=cited))
    assert () == losses(b.build())
    again = argmap.loads(write(b.build()).body).debate
    assert cited == again.claim("A").wordings[0].cited


@pytest.mark.parametrize("kind", [Kind.ENTAILMENT, Kind.CONTRARY, Kind.EQUIVALENCE])
def test_kinds_that_argdown_cannot_write_are_named(kind: Kind):
    b = one()
    b.relate(kind, ClaimRef("A"), b.claim("b", title="B"))
    assert 1 == len(losses(b.build()))


def test_data_that_is_too_deep_or_too_large_is_named():
    value = ()
    for _ in range(60):
        value = (value,)
    b = Builder()
    b.claim("a", title="A", data=Data((("deep", value), ("large", 10**200))))
    assert 2 == len(losses(b.build()))


def test_long_texts_and_braces_in_data_are_kept():
    long = "x } y { ' \" z ]: >: // === " * 40
    data = Data((("a", long), ("b", Data((("c", long), ("d", "it's"), ("k" * 1200, 1))))))
    b = Builder(data=data)
    b.claim("a", title="A", data=data)
    b.claim("b", title="B", data=Data((("e", data),)))
    whole(b.build())


def test_an_empty_debate_is_an_empty_text():
    assert Written("", ()) == write(Debate())


def test_voices_links_and_citations_that_say_nothing_are_kept():
    b = Builder()
    b.word_claim("A", Wording("", voice=Voice.REPORTED))
    b.word_claim("B", Wording("b", voice=Voice.HEDGED, of="Tom"))
    b.relate(Kind.SUPPORT, ClaimRef("B"), ClaimRef("A"), link=Link())
    assert "{voice: reported}\n  + [B]: b {voice: hedged, of: Tom, link: {}}" in whole(b.build())


def test_markup_that_cannot_be_written_is_named():
    markup = (Markup(Style.BOLD, 1, 3),)
    debate = Debate(claims=(Claim(ClaimRef("A"), (Wording("snake", markup=markup),)),))
    assert ("some markup in a text of [A]",) == losses(debate)


# --- size


def test_a_large_debate_takes_no_time():
    b = Builder()
    b.section("Q?")
    last = b.claim("c", title="T")
    for i in range(3000):
        x = b.claim(f"c{i}", title=f"T{i}")
        b.relate(Kind.SUPPORT, x, last)
        b.relate(Kind.ATTACK, x, ClaimRef(f"T{i // 2}"))
        last = x
    wide = b.word_argument("N")
    b.steps(wide, (Step(tuple(c.ref for c in b.build().claims), last),))
    start = time.perf_counter()
    write(b.build())
    assert HANG > time.perf_counter() - start


def test_an_argument_is_written_where_its_premises_are():
    body = "[T]: t\n  + <N>\n\n<N>: Gist.\n\n(1) [P]: p\n  + [R]: r\n(2) [Q]: q\n----\n(3) [T]\n"
    assert body == whole(read(body))
    asked = f"# Q?\n\n{body}"
    assert asked == whole(read(asked))
    assert ArgumentRef("N") in read(asked).issues[0].refs


def test_what_has_no_title_is_not_mentioned_in_another_section():
    body = "# S\n\nA\n  +> [T]\n\n# R\n\n[T]: t\n"
    assert body == whole(read(body))


def test_what_has_no_title_gets_none_for_its_relations():
    body = "[B]: b\n\n<N>\n\n(1) p\n  -> [B]\n----\n(2) q\n  +> t\n"
    assert body == whole(read(body))


def test_what_is_below_an_argument_comes_before_its_premises():
    body = "<N>: Gist.\n  - [X]: x\n\n(1) [P]: p\n----\n(2) [Q]: q\n"
    assert body == whole(read(body))


# --- texts of others

CORPUS = sorted((ROOT.parent / "shared" / "corpus" / "argdown").glob("*.argdown"))


@pytest.mark.skipif(not CORPUS, reason="there are no texts of others here")
def test_texts_of_others_are_written_without_loss():
    lost = []
    for path in CORPUS:
        text = Text(path.name, path.read_text(encoding="utf-8", errors="replace"))
        debate = formats.read(text).debate
        written = write(debate)
        again = formats.read(Text("w", written.body)).debate
        if debate.normal() != again.normal():
            assert written.losses, path.name
            lost.append(path.name)
    assert len(lost) <= 1, lost


@pytest.mark.parametrize(
    "body",
    [
        "[Q]\n    _ <Q>\n<Q>\n(1)[Q]\n--\n[x]\n    -x\n",
        "<Q>\n    _>\n      -\n    <Q> \n      ><[P]\n  _><P>\n    _ [C]\n(1)[C]\n--\n[P]\n",
    ],
)
def test_what_strikes_itself_in_a_ring_is_written_or_named(body: str):
    debate = formats.read(Text("m", body)).debate
    written = write(debate)
    again = formats.read(Text("m", written.body)).debate
    assert again.normal() == debate.normal() or written.losses


def test_what_goes_wrong_in_writing_is_named(monkeypatch):
    debate = formats.read(Text("m", "[A]: a\n  + [B]: b\n")).debate
    at = "argmap.formats.argdown.write._Writer.body"
    monkeypatch.setattr(at, lambda _: "[A]: a\n")
    assert (
        "all of [B]",
        "that [B] and [A] stand in a relation of support",
    ) == write(debate).losses


def test_a_title_with_an_open_brace_and_a_quotation_mark_swallows_no_data():
    body = '[{"]: a {voice: hedged}\n  + [{"x]: b {k: "0"}\n'
    reading = formats.read(Text("w", body))
    assert [] == [p.code for p in reading.problems]
    assert "0" == reading.debate.claim('{"x').data.get("k")


def test_what_a_waiting_structure_takes_is_not_written_again_in_place_of_the_next():
    b = Builder()
    p, q = b.name_claim("P"), b.claim("q", title="Q")
    r = b.claim("q", title="R")
    first, second = b.word_argument("A"), b.word_argument("B")
    b.steps(first, (Step((p,), q),))
    b.steps(second, (Step((r,), q),))
    b.relate(Kind.SUPPORT, second, q)
    b.relate(Kind.SUPPORT, first, p)
    whole(b.build())
