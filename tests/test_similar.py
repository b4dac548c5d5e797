"""Texts that say nearly the same, found among very many."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import WILD

from argmap.changes.similar import Likeness, alike, figures, likeness, matched

TEXTS = st.lists(st.text(WILD, max_size=8), max_size=6)


def pairs(found: tuple[Likeness, ...]) -> list[tuple[int, int]]:
    return [(x.left, x.right) for x in found]


def test_a_text_finds_its_rewording_and_no_other():
    left = ["School should begin at nine.", "Buses run on the hour."]
    right = ["The buses run on the hour", "Lunch is short.", "School should begin at nine or so."]

    assert [(0, 2), (1, 0)] == pairs(alike(left, right))


def test_capitals_stops_and_blanks_make_no_difference():
    assert 1.0 == likeness("Bells ring  at eight!", "bells ring at EIGHT")


def test_the_same_words_in_another_order_are_not_the_same():
    assert 1.0 > likeness("a a b", "b a a")


def test_scripts_without_blanks_are_taken_by_characters():
    assert [(0, 1)] == pairs(
        alike(["学校は遅く始まるべきだ"], ["議論", "学校はもっと遅く始まるべきだ"])
    )


def test_a_short_text_with_a_slip_is_found():
    assert [(0, 0)] == pairs(alike(["Phones distract"], ["Phone distracts"]))


def test_what_stands_apart_is_not_asked_about():
    texts = ["Bells ring early."] * 2

    assert [(0, 1), (1, 0)] == pairs(alike(texts, texts, apart=lambda n, m: n == m))


def test_texts_are_matched_one_to_one_and_the_likest_first():
    left = ["Bells ring early here.", "Bells ring early."]
    right = ["Bells ring early!", "Bells ring early now."]

    assert [(0, 1), (1, 0)] == pairs(matched(left, right))


def test_a_hundred_equal_texts_are_matched_in_order():
    same = ["Bells ring early."] * 300

    assert [(n, n) for n in range(300)] == pairs(matched(same, list(same)))


def test_figures_tell_numbered_claims_apart():
    assert figures("Claim 17 of 2") != figures("Claim 18 of 2")
    assert figures("At 8, not 9") == figures("Not at 9 but 8")


@given(TEXTS)
def test_every_text_with_words_has_its_like_in_its_own_list(texts: list[str]):
    found = [x.left for x in alike(texts, list(texts)) if x.ratio == 1.0]

    assert [n for n, text in enumerate(texts) if text.strip()] == list(dict.fromkeys(found))


@given(TEXTS, TEXTS)
def test_likeness_has_no_direction(left: list[str], right: list[str]):
    for x in alike(left, right):
        assert x.ratio == likeness(left[x.left], right[x.right])
        assert x.ratio == likeness(right[x.right], left[x.left])


MANY = 10_000


def _drawn(seed: int) -> list[str]:
    by_lot = random.Random(seed)
    return [" ".join(f"w{by_lot.randrange(3000)}" for _ in range(14)) for _ in range(MANY)]


def _numbered(first: int) -> list[str]:
    return [
        f"This is claim number {n} of the school and its bells" for n in range(first, first + MANY)
    ]


def _few_words(seed: int) -> list[str]:
    by_lot = random.Random(seed)
    return [" ".join(by_lot.choice("abcd") for _ in range(12)) for _ in range(MANY)]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (_drawn(1), _drawn(1)),
        (_drawn(1), _drawn(2)),
        (_numbered(0), _numbered(0)),
        (_numbered(0), _numbered(MANY)),
        (_few_words(1), _few_words(2)),
        (["the same words"] * MANY, ["the same words"] * MANY),
        (["字" * 40] * MANY, ["字" * 41] * MANY),
    ],
    ids=["same", "other", "numbered", "numbered otherwise", "few words", "equal", "characters"],
)
def test_many_texts_are_compared_in_a_few_seconds(left: list[str], right: list[str]):
    started = time.process_time()
    matched(left, right)

    assert 20 > time.process_time() - started
