"""Parts of a map: what a choice leaves, and that it stands as it does in the whole."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from strategies import debates

from argmap.errors import BadValue
from argmap.formats import read
from argmap.model import Debate
from argmap.text import Text
from argmap.view import WHOLE, Choice, View, forest, values, view

GROUPINGS = ["", "author", "issue", "section"]


def debate_of(body: str) -> Debate:
    return read(Text("m", body)).debate


def part(body: str, **choice: object) -> View:
    return view(debate_of(body), Choice(**choice))  # type: ignore[arg-type]


def titles(seen: View) -> list[str]:
    return [c.ref.title for c in seen.cards]


def numbers(seen: View) -> list[str]:
    return [c.number for c in seen.cards]


def only(*pairs: str) -> tuple[tuple[str, str], ...]:
    return tuple((what, value) for what, _, value in (p.partition("=") for p in pairs))


# --- whatever is chosen


@st.composite
def choices(draw: st.DrawFn, debate: Debate) -> Choice:
    """A choice that names only what *debate* has."""
    seen = view(debate)
    known = [(what, v) for what, vs in values(debate).items() for v in vs]
    focus = draw(st.sampled_from(["", *(c.number for c in seen.cards)]))
    pairs = draw(st.lists(st.sampled_from(known), max_size=3))
    depth = draw(st.none() | st.integers(1, 4))
    return Choice(depth, focus, tuple(pairs), draw(st.sampled_from(GROUPINGS)))


@st.composite
def parts(draw: st.DrawFn) -> tuple[Debate, Choice, View]:
    debate = draw(debates(size=6))
    choice = draw(choices(debate))
    try:
        return debate, choice, view(debate, choice)
    except BadValue:  # nothing fits
        return debate, WHOLE, view(debate)


@given(parts())
def test_a_card_keeps_its_number_its_id_and_its_place(made: tuple[Debate, Choice, View]):
    debate, _, seen = made
    whole = view(debate)
    ids = {c.id: (c.number, c.ref, c.text) for c in whole.cards}
    assert all(ids[c.id] == (c.number, c.ref, c.text) for c in seen.cards)
    order = {c.id: n for n, c in enumerate(whole.cards)}
    places = [order[c.id] for c in seen.cards]
    assert sorted(set(places)) == places


@given(parts())
def test_every_inference_is_one_of_the_whole_and_its_ends_are_there(
    made: tuple[Debate, Choice, View],
):
    debate, _, seen = made
    known = view(debate).inference
    for i in seen.inferences:
        assert evolve(known[i.id], joint=i.joint) == i
        assert set(i.tails) <= set(seen.by_id)
        assert i.head in seen.by_id or seen.inference[i.head].joint
        assert seen.head_card(i) in seen.by_id


@given(parts())
def test_a_card_hangs_where_it_does_in_the_whole_or_nowhere(made: tuple[Debate, Choice, View]):
    debate, _, seen = made
    whole = view(debate)
    for c in seen.cards:
        if c.id in seen.parent:
            assert whole.parent[c.id] == seen.parent[c.id]
            assert seen.head_card(seen.inference[seen.parent[c.id]]) in seen.by_id
    hung = [c for below in seen.below.values() for c in below]
    assert sorted(seen.parent) == sorted(hung)


@given(parts())
def test_all_premises_of_a_step_are_there_or_none(made: tuple[Debate, Choice, View]):
    debate, _, seen = made
    whole = view(debate)
    for i in whole.inferences:
        there = [t in seen.by_id for t in i.tails]
        if not i.mutual and whole.head_card(i) in seen.by_id and any(there):
            assert all(there)
            assert i.id in seen.inference
            assert i.head in seen.by_id or i.head in seen.inference


@given(parts())
def test_every_card_is_shown_or_counted_or_has_nothing_above_it(
    made: tuple[Debate, Choice, View],
):
    debate, choice, seen = made
    total = len(view(debate).cards)
    counted = len(seen.cards) + sum(c.hidden for c in seen.cards)
    assert counted <= total
    if not choice.focus and not choice.only:
        assert total == counted
    assert bool(seen.partial) == (len(seen.cards) < total)
    assert all(0 <= c.hidden_objections <= c.hidden for c in seen.cards)


@given(parts())
def test_no_card_is_in_two_groups_and_groups_are_in_order(made: tuple[Debate, Choice, View]):
    _, _, seen = made
    grouped = [c for g in seen.groups for c in g.cards]
    assert len(grouped) == len(set(grouped))
    assert set(grouped) <= set(seen.by_id)
    order = {c.id: n for n, c in enumerate(seen.cards)}
    firsts = [order[g.cards[0]] for g in seen.groups]
    assert sorted(firsts) == firsts
    assert all(g.title for g in seen.groups)


@given(parts())
def test_speakers_sources_and_questions_are_those_of_what_is_shown(
    made: tuple[Debate, Choice, View],
):
    _, _, seen = made
    assert {s.key for s in seen.speakers} == {c.speaker for c in seen.cards} - {""}
    assert all(set(q.cards) <= set(seen.by_id) for q in seen.questions)


@given(parts())
def test_a_part_is_a_forest_too(made: tuple[Debate, Choice, View]):
    _, _, seen = made
    trees = forest(seen)
    assert seen.cards == trees.cards[: len(seen.cards)]
    assert all(c.sees in seen.by_id for c in trees.cards if c.sees)


@given(debates())
def test_a_choice_of_everything_is_the_whole(debate: Debate):
    assert view(debate) == view(debate, Choice(depth=99))
