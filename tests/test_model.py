"""The laws of a debate, and the mistakes that a builder refuses."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given
from strategies import debates

from argmap.errors import ArgmapError, NotADebate, UnknownName
from argmap.model import (
    ArgumentRef,
    Builder,
    ClaimRef,
    Debate,
    Kind,
    Origin,
    Reason,
    Relation,
    Source,
    Step,
    StepRef,
    Voice,
    Wording,
    check,
    derive,
    qualified,
    walk,
)
from argmap.model.positions import under_name


def codes(debate: Debate) -> list[str]:
    return [p.code for p in check.problems(debate)]


def chained(n: int) -> Builder:
    """C0 supported by C1, supported by C2 …"""
    b = Builder()
    for i in range(n):
        b.claim(title=f"C{i}", text="x")
    for i in range(1, n):
        b.relate(Kind.SUPPORT, ClaimRef(f"C{i}"), ClaimRef(f"C{i - 1}"))
    return b


# --- joining


def test_a_contrary_and_its_mirror_are_one_relation():
    b = Builder()
    p, q = b.claim("P"), b.claim("Q")
    b.relate(Kind.CONTRARY, p, q)
    b.relate(Kind.CONTRARY, q, p)
    assert 1 == len(b.build().relations)


def test_the_shown_wording_is_the_last_that_has_words():
    b = Builder()
    for text in ("one", "two", ""):
        b.word_claim("T", Wording(text))
    assert "two" == b.build().claim("T").text


def test_a_claim_without_words_is_shown_by_its_title():
    b = Builder()
    b.word_claim("T", None)
    assert "T" == b.build().claim("T").text


def test_made_up_titles_do_not_depend_on_what_follows():
    def titles(*texts: str) -> list[str]:
        b = Builder()
        for t in texts:
            b.claim(t)
        return [c.title for c in b.build().claims]

    assert ["~a", "~a-2", "~b"] == titles("a", "a", "b")
    assert ["~c", "~a", "~a-2", "~b"] == titles("c", "a", "a", "b")


def test_the_key_of_a_speaker_is_the_last_name_unless_that_is_taken():
    b = Builder()
    keys = [b.speaker(n).key for n in ("Ana Keller", "Tom Keller", "Ana Keller")]
    assert ["Keller", "Tom Keller", "Keller"] == keys


def test_an_issue_is_a_heading_that_asks_and_what_is_said_under_it():
    b = Builder()
    b.section("Could the buses cope?")
    p = b.claim("P")
    b.section("More", 2)
    q = b.claim("Q")
    b.section("Else")
    b.claim("R")
    assert [("Could the buses cope?", (p, q))] == [(i.question, i.refs) for i in b.build().issues]


def test_skipped_levels_leave_no_holes_in_section_numbers():
    b = Builder()
    paths = [b.section("t", level) for level in (1, 3, 3, 2, 1)]
    assert [(1,), (1, 1), (1, 2), (1, 3), (2,)] == paths


# --- reasons


def test_one_premise_is_a_bare_relation_until_it_is_struck():
    b = Builder()
    p, q = b.claim("P"), b.claim("Q")
    reason = b.support(p, q)
    assert (Relation(Kind.SUPPORT, q, p),) == b.build().relations
    b.undercut(reason, "U")
    d = b.build()
    assert [Step((q,), p)] == [s for a in d.arguments for s in a.steps]
    assert [Kind.SUPPORT, Kind.UNDERCUT] == [r.kind for r in d.relations]
    assert StepRef(d.arguments[0].ref, 0) == d.relations[-1].head


def test_making_a_reason_an_argument_keeps_its_place_among_the_others():
    b = Builder()
    p = b.claim("P")
    first = b.support(p, "Q")
    b.rebut(p, "R")
    b.undercut(first, "U")
    kinds = [r.kind for r in b.build().relations]
    assert [Kind.SUPPORT, Kind.ATTACK, Kind.UNDERCUT] == kinds


def test_premises_against_a_claim_conclude_what_nobody_put_into_words():
    b = Builder()
    p = b.claim("P")
    b.rebut(p, ["Q", "R"])
    d = b.build()
    conclusion = d.arguments[0].conclusion
    assert conclusion is not None
    assert () == d.claim(conclusion.title).wordings
    assert [(Kind.ATTACK, d.arguments[0].ref, p)] == [(r.kind, r.tail, r.head) for r in d.relations]


def test_premises_without_a_speaker_are_those_of_the_reason():
    b = Builder()
    ana, tom = b.speaker("Ana"), b.speaker("Tom")
    q, r = b.claim("Q"), b.claim("R", by=tom)
    b.support(b.claim("P"), [q, r, "S"], by=ana)
    by = {c.text: c.wordings[0].by for c in b.build().claims}
    assert {"P": "", "Q": "Ana", "R": "Tom", "S": "Ana"} == by


P, Q = ClaimRef("P"), ClaimRef("Q")


def a_builder() -> Builder:
    b = Builder()
    b.speaker("Ana Keller")
    b.claim("p", title="P")
    b.claim("q", title="Quorum")
    b.support(P, ClaimRef("Quorum"), title="T")
    return b


def a_reason() -> Reason:
    """Of another builder."""
    b = Builder()
    return b.support(b.claim("P"), "Q")


@pytest.mark.parametrize(
    ("mistake", "error", "message"),
    [
        (lambda b: b.claim("x", by="Keler"), UnknownName, "did you mean 'Keller' or"),
        (lambda b: b.claim("x", voice="hedgd"), UnknownName, "did you mean 'hedged'?"),
        (lambda b: b.claim("x", voice="sung"), UnknownName, "one of asserted, hedged, asked"),
        (lambda b: b.claim("x", source="R"), UnknownName, "no source is named 'R'"),
        (lambda b: b.claim("x", voice="reported"), NotADebate, "needs its owner; say of="),
        (lambda b: b.claim(), NotADebate, "a claim needs a text or a title"),
        (lambda b: b.claim("  "), NotADebate, "a claim needs a text or a title"),
        (lambda b: b.speaker(" "), NotADebate, "a speaker needs a name"),
        (lambda b: b.speaker("Kim", key="Keller"), NotADebate, "already called 'Keller'"),
        (lambda b: b.support(P, ClaimRef("Quorun")), UnknownName, "did you mean 'Quorum'?"),
        (lambda b: b.support("Quorun", "x"), UnknownName, "did you mean 'Quorum'?"),
        (lambda b: b.support(P, []), NotADebate, "no premise is given"),
        (lambda b: b.support(P, P), NotADebate, "[P] cannot be a reason that bears on itself"),
        (lambda b: b.rebut(P, ["x", P]), NotADebate, "[P] cannot be a reason"),
        (lambda b: b.undercut(P, "x"), NotADebate, "pass what support() gave back"),
        (lambda b: b.undercut(a_reason(), "x"), NotADebate, "belongs to another builder"),
        (lambda b: b.support(P, ["fine", ""]), NotADebate, "a claim needs a text or a title"),
        (lambda b: b.support(P, [ArgumentRef("A")]), NotADebate, "<A> is no premise"),
        (lambda b: b.support(P, None), NotADebate, "None is no premise"),
        (lambda b: b.claim(5), NotADebate, "the text of a claim is text, not 5"),
        (lambda b: b.claim("x", by=5), NotADebate, "a speaker is text, not 5"),
        (lambda b: b.claim("x", voice="hedged", of="Kim"), NotADebate, "a view of Kim is reported"),
        (lambda b: b.relate("support", P, P), NotADebate, "pass Kind.SUPPORT, say"),
        (lambda b: b.rebut(a_reason(), "y"), NotADebate, "with undercut()"),
        (lambda b: b.undercut("TT", "y"), UnknownName, "no argument is named 'TT'"),
        (lambda b: b.support(P, "x", by="Kelller"), UnknownName, "no speaker is named"),
        (lambda b: b.support(P, "x", title="T"), NotADebate, "<T> is reconstructed twice"),
        (lambda b: b.undercut(ArgumentRef("A"), "x"), UnknownName, "no argument is named 'A'"),
        (lambda b: b.relate(Kind.CONTRARY, P, b.word_argument("A")), NotADebate, "only claims can"),
        (lambda b: b.steps(b.word_argument("A"), [Step((), P)]), NotADebate, "has no premise"),
        (
            lambda b: b.steps(b.word_argument("A"), [Step((Q,), P)]),
            UnknownName,
            "claim is named 'Q'",
        ),
    ],
)
def test_a_mistake_is_refused_where_it_is_made(mistake, error, message):
    b = a_builder()
    before = b.build()
    with pytest.raises(error, match=re.escape(message)) as caught:
        mistake(b)
    assert isinstance(caught.value, ArgmapError)
    after = b.build()
    assert (before.claims, before.relations) == (after.claims, after.relations)


def test_a_reason_given_twice_is_one_and_can_be_struck_twice():
    b = Builder()
    p, q = b.claim("P"), b.claim("Q")
    for word in "UV":
        b.undercut(b.support(p, q), word)
    d = b.build()
    assert 1 == len(d.arguments)
    assert [Kind.SUPPORT, Kind.UNDERCUT, Kind.UNDERCUT] == [r.kind for r in d.relations]
    first, second = b.support(p, "R"), b.support(p, ClaimRef("~r"))
    assert len(d.arguments) == len(b.build().arguments)
    b.undercut(first, "W")
    b.undercut(second, "X")
    assert 2 == len(b.build().arguments)


def test_a_refused_undercut_leaves_the_bare_reason_bare():
    b = Builder()
    reason = b.support(b.claim("P"), "Q")
    before = b.build()
    with pytest.raises(NotADebate):
        b.undercut(reason, "")
    assert before == b.build()


def test_one_rule_or_tag_may_be_given_as_a_word():
    b = Builder()
    b.support(b.claim("P", tags="policy"), "Q", rules="Modus ponens")
    d = b.build()
    assert (("policy",), ("Modus ponens",)) == (d.claims[0].tags, d.arguments[0].steps[0].rules)


def test_with_an_owner_a_view_is_reported():
    b = Builder()
    b.claim("x", of="Kim")
    wording = b.build().claims[0].wordings[0]
    assert (Voice.REPORTED, "Kim") == (wording.voice, wording.of)


def test_an_argument_is_reconstructed_once():
    b = a_builder()
    a = b.word_argument("A")
    b.steps(a, [Step((ClaimRef("Quorum"),), P)])
    with pytest.raises(NotADebate, match="<A> is reconstructed twice"):
        b.steps(a, [Step((P,), ClaimRef("Quorum"))])


def test_a_name_that_does_not_exist_is_a_lookup_error_with_the_nearest():
    b = Builder()
    b.claim("x", title="R5c")
    with pytest.raises(LookupError, match=r"no claim is named 'R5d'; did you mean 'R5c'\?"):
        b.build().claim("R5d")


# --- laws


@given(debates())
def test_every_end_of_a_relation_is_there(debate: Debate):
    there = {t.ref for t in debate.things}
    for r in debate.relations:
        assert {walk.whole(r.tail), walk.whole(r.head)} <= there
    for a in debate.arguments:
        for s in a.steps:
            assert {*s.premises, s.conclusion} <= there


@given(debates())
def test_the_normal_form_is_its_own_normal_form(debate: Debate):
    assert debate.normal() == debate.normal().normal()


@given(debates())
def test_including_a_debate_in_an_empty_one_changes_nothing(debate: Debate):
    b = Builder(title=debate.title, data=debate.data, position=debate.position)
    b.include(debate)
    assert debate == b.build()


@given(debates())
def test_a_position_under_its_name_keeps_its_shape(debate: Debate):
    named = under_name(debate, "K")
    assert [qualified(c.title, "K") for c in debate.claims] == [c.title for c in named.claims]
    assert len(debate.relations) == len(set(map(str, named.relations)))
    assert all(named.claim(c.title) for c in named.claims)


@given(debates())
def test_relations_are_found_from_their_heads(debate: Debate):
    for r in debate.relations:
        assert r in debate.relations_to(r.head)
        assert not r.kind.symmetric or r in debate.relations_to(r.tail)


def test_what_follows_is_marked_as_derived_with_its_grounds():
    b = Builder()
    p, q, r, s = (b.claim(t) for t in "pqrs")
    a, c, e = (b.word_argument(t) for t in "ACE")
    b.steps(a, [Step((q,), p)])
    b.steps(c, [Step((p,), r)])
    b.steps(e, [Step((r,), s)])
    b.relate(Kind.CONTRADICTION, s, q)
    assert (
        Relation(Kind.SUPPORT, a, c, Origin.DERIVED, (p, p)),
        Relation(Kind.SUPPORT, c, e, Origin.DERIVED, (r, r)),
        Relation(Kind.ATTACK, e, a, Origin.DERIVED, (s, q)),
    ) == derive.relations(b.build())


# --- what is doubtful


def test_a_claim_that_supports_itself_is_doubtful():
    b = chained(1)
    b.relate(Kind.SUPPORT, ClaimRef("C0"), ClaimRef("C0"))
    assert ["AM303"] == codes(b.build())


def test_a_circle_of_reasons_is_told_once_with_its_way():
    b = chained(3)
    b.relate(Kind.SUPPORT, ClaimRef("C0"), ClaimRef("C2"))
    (problem,) = check.problems(b.build())
    assert "this chain of reasons is a circle: [C0] → [C2] → [C1] → [C0]" == problem.message


def test_contradicting_each_other_is_no_circle():
    b = chained(2)
    b.relate(Kind.CONTRADICTION, ClaimRef("C0"), ClaimRef("C1"))
    assert [] == codes(b.build())


def test_a_chain_of_any_length_is_followed():
    n = 5 * sys.getrecursionlimit()
    b = chained(n)
    assert [] == codes(b.build())
    assert (ClaimRef("C0"),) == walk.roots(b.build())
    b.relate(Kind.SUPPORT, ClaimRef("C0"), ClaimRef(f"C{n - 1}"))
    (problem,) = check.problems(b.build())
    assert f"({n - 6} more)" in problem.message


@pytest.mark.parametrize(
    ("defined", "mentioned", "told"),
    [
        ("R5c", "R5d", True),
        ("Felt choice", "Felt chioce", True),
        ("Buses", "Busses", True),
        ("Buses", "buses", True),
        ("Buses", "Trains", False),
    ],
)
def test_a_mention_one_letter_off_is_a_slip(defined: str, mentioned: str, told: bool):
    from argmap.text import Span

    b = Builder()
    b.word_claim(defined, Wording("x"), span=Span("t", 0, 1))
    b.word_claim(mentioned, None, span=Span("t", 2, 3))
    assert (["AM305"] if told else []) == codes(b.build())


# --- walking


def test_what_would_close_a_circle_does_not_hang_there():
    hangs, below = walk.hang("ab", [(("a",), "b"), (("b",), "a")])
    assert {"a": 0} == hangs
    assert ["a"] == below["b"]


def test_what_strikes_a_step_stands_after_its_premises():
    edges = [(("b", "c"), "a"), (("d",), "a"), (("e",), 0)]
    assert ["b", "c", "e", "d"] == walk.hang("abcde", edges)[1]["a"]


def test_edges_that_strike_each_other_in_a_ring_end_nowhere():
    assert walk.end([(("a",), 1), (("b",), 0)], 0) is None
    assert ({}, {}) == walk.hang("ab", [(("a",), 1), (("b",), 0)])


def test_voices_are_the_five_words_of_the_language():
    assert ["asserted", "hedged", "asked", "reported", "conceded"] == [v.value for v in Voice]


def test_a_source_without_a_title_takes_that_of_the_next_with_its_key():
    b = Builder()
    b.source(Source("K"))
    b.source(Source("K", "A title"))
    b.source(Source("K", "Another"))

    assert "A title" == b.build().sources[0].title
