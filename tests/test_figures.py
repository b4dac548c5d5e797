"""Figures and dates: what cannot be compared, and what is turned round in time."""

from __future__ import annotations

import time

import pytest
from attrs import astuple
from hypothesis import given
from hypothesis import strategies as st

import argmap
from argmap.model import Data
from argmap.model.between import problems, turned_round
from argmap.model.figures import Figure, apart, faults, figures

PUPILS = Figure("4", "per cent", "pupils late on a day")
LESSONS = Figure("4", "per cent", "lessons missed")
_FEW_WORDS = st.sampled_from(["", "a", "A", "b"])
FIGURES = st.builds(Figure, st.just("1"), _FEW_WORDS, _FEW_WORDS, _FEW_WORDS)


def debate(first: str, second: str, sign: str = "-", link: str = "as: clash") -> argmap.Map:
    return argmap.loads(
        f"[A]: a {{speaker: X, {first}}}\n"
        f"  {sign} [B]: b {{speaker: Y, {second}, link: {{{link}}}}}\n"
    )


def codes(m: argmap.Map) -> list[str]:
    return [p.code for p in m.problems]


def source(key: str, date: str) -> str:
    return f"source: {{key: {key}, date: {date}}}"


@pytest.mark.parametrize(
    ("answer", "answered", "found"),
    [
        ("2020-04-10", "2021-08-25", ("2020-04-10", "2021-08-25")),
        ("2020", "2021-08-25", ("2020", "2021-08-25")),
        ("2021", "2021-08-25", None),
        ("2021-08-25", "2021", None),
        ("2024", "2021", None),
        ("spring 2020", "2021", None),
        ("2020", "", None),
        ("", "2020", None),
    ],
)
def test_an_answer_is_turned_round_just_if_it_is_older(
    answer: str, answered: str, found: tuple[str, str] | None
):
    assert found == turned_round([answer], [answered])


def test_of_several_dates_all_must_be_older():
    assert turned_round(["2019", "2024"], ["2021"]) is None
    assert ("2019", "2021") == turned_round(["2018", "2019"], ["2021", "2024"])


def test_an_older_text_that_answers_a_later_one_is_told_with_both_dates():
    m = debate(source("N", "2024-03-02"), source("O", "2019-11"))

    assert ["AM314"] == codes(m)
    assert "[B], of 2019-11," in m.problems[0].message
    assert "[A], of 2024-03-02" in m.problems[0].message


@pytest.mark.parametrize(
    ("sign", "link"),
    [
        ("+", "as: agrees"),
        ("-", "as: tension"),
        ("-", "as: past"),
        ("><", "as: clash"),
    ],
)
def test_what_is_no_answer_has_no_order_in_time(sign: str, link: str):
    assert [] == codes(debate(source("N", "2024"), source("O", "2019"), sign, link))


def test_a_later_text_may_answer_an_older_one():
    assert [] == codes(debate(source("O", "2019"), source("N", "2024")))


def test_figures_of_different_measures_that_clash_are_told():
    m = debate("figure: {value: 4, measures: pupils}", "figure: {value: 9, measures: lessons}")

    assert ["AM315"] == codes(m)
    assert "one measures lessons, the other pupils" in m.problems[0].message


@pytest.mark.parametrize("link", ["as: past", "as: tension", "as: qualifies"])
def test_only_a_clash_needs_one_measure(link: str):
    m = debate("figure: {measures: pupils}", "figure: {measures: lessons}", link=link)

    assert [] == codes(m)


def test_a_clash_where_one_claim_has_no_figure_is_let_pass():
    assert [] == codes(debate("figure: {measures: pupils}", "at: ¶1"))


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (PUPILS, PUPILS, ""),
        (PUPILS, Figure("9", "Per Cent", "Pupils late on a day"), ""),
        (PUPILS, Figure("9"), ""),
        (PUPILS, LESSONS, "one measures pupils late on a day, the other lessons missed"),
        (Figure("4", "per cent"), Figure("4", "buses"), "one is in per cent, the other in buses"),
        (Figure(when="2021"), Figure(when="2024"), "one is of 2021, the other of 2024"),
    ],
)
def test_figures_can_be_compared_if_all_that_both_say_is_the_same(
    one: Figure, other: Figure, why: str
):
    assert why == apart((one,), (other,))


def test_one_figure_of_several_that_can_be_compared_is_enough():
    assert "" == apart((PUPILS, LESSONS), (Figure("7", measures="lessons missed"),))


def test_a_claim_may_rest_on_several_figures():
    data = Data((("figure", (Data((("value", 12.4),)), Data((("when", 2023),)))),))

    assert (Figure("12.4"), Figure(when="2023")) == figures(data)
    assert () == faults(data)


@pytest.mark.parametrize(
    "said", ["12", "[]", "{}", "{values: 3}", "{value: [1]}", "{value: true}", "[1]", "[[a]]"]
)
def test_a_figure_of_another_shape_is_told_and_kept(said: str):
    m = argmap.loads(f"[A]: a {{figure: {said}}}")

    assert set(codes(m)) == ({"AM424"} if said != "[]" else set())
    assert m.debate.claim("A").data.get("figure") is not None


def test_of_a_year_and_a_month_in_it_neither_is_older():
    assert turned_round(["2021", "2021-03"], ["2021-05"]) is None
    assert ("2020-03", "2021-05") == turned_round(["2020", "2020-03"], ["2021-05"])


def test_dates_in_digits_of_other_scripts_are_words():
    assert turned_round(["2019"], ["٢٠٢١"]) is None


@given(st.lists(FIGURES, max_size=3), st.lists(FIGURES, max_size=3))
def test_figures_are_apart_just_if_no_two_of_them_agree_in_all_that_both_say(
    these: list[Figure], those: list[Figure]
):
    meets = any(
        all(
            not (mine and theirs) or mine.casefold() == theirs.casefold()
            for mine, theirs in zip(astuple(a)[1:], astuple(b)[1:], strict=True)
        )
        for a in these
        for b in those
    )
    assert (not meets and bool(these) and bool(those)) == bool(apart((*these,), (*those,)))


def test_very_many_figures_are_compared_in_a_moment():
    one, other = ([Figure("1", measures=f"{c}{n}") for n in range(3000)] for c in "ab")
    begin = time.process_time()
    assert "one measures a0, the other b0" == apart((*one,), (*other,))
    assert time.process_time() - begin < 6


def test_many_objections_to_one_long_argument_are_checked_in_a_moment():
    premises = "\n".join(f"({n}) [P{n}]: p {{speaker: X}}" for n in range(1, 1501))
    undercuts = "\n\n".join(f"<U{n}>: u {{speaker: Y}}\n  _> <J>" for n in range(1500))
    m = argmap.loads(f"<J>\n\n{premises}\n----\n(1501) [C]: c {{speaker: X}}\n\n{undercuts}\n")
    begin = time.process_time()
    assert [] == list(problems(m.debate))
    assert time.process_time() - begin < 6
