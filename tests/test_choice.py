"""Parts of a map: what a choice leaves, and that it stands as it does in the whole."""

from __future__ import annotations

import time
from collections.abc import Iterable

import pytest
from attrs import evolve
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from strategies import debates

import argmap
from argmap.errors import BadValue, UnknownName
from argmap.formats import read
from argmap.model import Debate
from argmap.text import Text
from argmap.view import WHOLE, Choice, Role, View, forest, values, view

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
    debate, choice, seen = made
    whole = view(debate)
    for i in whole.inferences if not dict(choice.only).get("links") else seen.inferences:
        there = [t in seen.by_id for t in i.tails]
        if not i.mutual and whole.head_card(i) in seen.by_id and any(there):
            assert all(there)
            assert i.id in seen.inference
            assert i.head in seen.by_id or i.head in seen.inference


@given(debates(size=8), st.none() | st.integers(1, 3))
def test_links_between_authors_are_left_and_no_others(debate: Debate, depth: int | None):
    whole = view(debate)
    try:
        seen = view(debate, Choice(depth, only=(("links", "cross"),)))
    except BadValue:  # there are none
        seen = evolve(whole, cards=(), inferences=())

    def authors(of: Iterable[str]) -> set[str]:
        return {whole.by_id[c].speaker for c in of} - {""}

    across = set()
    for i in whole.inferences:
        struck = whole.inference.get(i.head)
        ends = authors(i.tails), authors(struck.tails if struck else [i.head])
        if all(ends) and ends[0] != ends[1]:
            across.add(i.id)
    left = {i.id for i in seen.inferences}
    assert left >= across or depth
    struck_too = {i.head for i in seen.inferences}
    assert left <= across | struck_too
    ends_of_all = {e for i in seen.inferences for e in (*i.tails, seen.head_card(i))}
    assert ends_of_all == {c.id for c in seen.cards}
    roots = {c.id for c in seen.cards if c.role is Role.CLAIM}
    assert roots >= {c.id for c in seen.cards if c.id not in seen.parent}


def test_what_one_author_says_for_their_own_claim_is_no_link_between_authors():
    body = """\
===
speakers: [Ana Keller, Tom Brandt]
===

[Ban]: ban {speaker: Keller}
  + [Focus]: focus {speaker: Keller}
    - [Small]: small {speaker: Brandt}
  - [Trust]: trust {speaker: Brandt}
"""
    seen = part(body, only=only("links=cross"))
    assert ["1", "1.1", "1.1.1", "1.2"] == numbers(seen)
    assert [("1.1.1", "1.1"), ("1.2", "1")] == [
        (seen.by_id[i.tails[0]].number, seen.by_id[i.head].number) for i in seen.inferences
    ]
    assert ["1", "1.1"] == [c.number for c in seen.cards if c.id not in seen.parent]
    assert "links between authors; 4 of 4 cards" == seen.partial


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
    if not dict(choice.only).get("links"):  # it may leave all cards, and not all links
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


# --- depth, focus, what fits

BODY = """\
===
speakers: [Ana Keller, Tom Brandt]
===

# Should phones be banned?

[Ban]: ban {speaker: Keller}
  + [Focus]: focus #pupils {speaker: Keller}
    + [Study]: study {speaker: Keller, voice: hedged}
      - [Small]: small {speaker: Brandt}
  - [Trust]: trust {speaker: Brandt}
    _ [Pouch]: pouch {speaker: Keller}

# Lessons

## Later

[Lessons]: lessons {speaker: Brandt}
  + [Small]
"""


def test_depth_leaves_levels_and_counts_what_is_below():
    seen = part(BODY, depth=2)
    assert ["1", "1.1", "1.2", "1.3", "2"] == numbers(seen)
    assert {"1.1": (2, 1)} == {
        c.number: (c.hidden, c.hidden_objections) for c in seen.cards if c.hidden
    }
    assert "2 levels of 4; 5 of 7 cards" == seen.partial


@pytest.mark.parametrize(
    "name", ["Study", "[Study]", " [study] ", "1.1.1", "study", "<Study>", "STUDY"]
)
def test_a_claim_is_found_by_any_of_its_names(name: str):
    if name == "<Study>":
        with pytest.raises(UnknownName, match="no claim or argument is named '<Study>'"):
            part(BODY, focus=name)
        return
    assert ["1", "1.1", "1.1.1", "1.1.1.1"] == numbers(part(BODY, focus=name))


def test_a_focus_is_shown_with_all_that_it_is_joined_with():
    seen = part(BODY, focus="Small")
    assert ["1", "1.1", "1.1.1", "1.1.1.1", "2"] == numbers(seen)
    assert "“Small” and what it is joined with; 5 of 7 cards" == seen.partial


def test_a_focus_has_so_many_levels_below_it():
    seen = part(BODY, focus="Focus", depth=1)
    assert ["1", "1.1", "1.1.1"] == numbers(seen)
    assert (1, 1) == (seen.cards[2].hidden, seen.cards[2].hidden_objections)


def test_what_strikes_the_step_of_a_focus_is_joined_with_it():
    assert ["1", "1.2", "1.3"] == numbers(part(BODY, focus="Trust"))


def test_a_name_may_leave_its_speaker_out_where_no_other_has_one_like_it():
    path = ROOT / "maps" / "rumer-vs-kaczmarski.argdown"
    m = argmap.load(path)
    title = next(c.ref.title for c in m.view().cards if c.ref.title.startswith("Rumer: "))
    assert m.showing(focus=title).view().cards == (
        m.showing(focus=title.removeprefix("Rumer: ")).view().cards
    )


def test_a_name_that_several_have_is_asked_back():
    body = "===\nspeakers: [Ana, Tom]\n===\n\n[Ana: Costs]: a {speaker: Ana}\n\n[Tom: Costs]: b"
    with pytest.raises(BadValue, match=r"called 'Costs': \[Ana: Costs\] or \[Tom: Costs\]\?"):
        part(body, focus="Costs")


def test_an_argument_is_shown_by_its_premises():
    body = "<A>\n\n(1) [P]: p\n(2) [Q]: q\n----\n(3) [C]: c\n  - [D]: d\n\n[E]: e"
    assert ["C", "P", "Q"] == titles(part(body, focus="<A>"))


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (["author=Brandt"], ["1", "1.1", "1.1.1", "1.1.1.1", "1.2", "2"]),
        (["author=tom brandt"], ["1", "1.1", "1.1.1", "1.1.1.1", "1.2", "2"]),
        (["voice=hedged"], ["1", "1.1", "1.1.1"]),
        (["voice=Hedged", "author=Brandt"], None),
        (["kind=undercut"], ["1", "1.2", "1.3"]),
        (["kind=claims"], ["1", "2"]),
        (["tag=#Pupils"], ["1", "1.1"]),
        (["tag=pupils", "kind=reason"], ["1", "1.1"]),
        (["tag=pupils", "kind=objection"], None),
        (["kind=undercut", "kind=claim"], ["1", "1.2", "1.3", "2"]),
        (["section=Lessons"], ["2"]),
        (["section=later"], ["2"]),
        (["issue=should phones be banned"], ["1", "1.1", "1.1.1", "1.1.1.1", "1.2", "1.3"]),
        (["issue=phones"], ["1", "1.1", "1.1.1", "1.1.1.1", "1.2", "1.3"]),
        (["links=cross"], ["1", "1.1.1", "1.1.1.1", "1.2", "1.3"]),
        (["links=cross", "voice=hedged"], ["1.1.1", "1.1.1.1"]),
    ],
)
def test_what_fits_is_left_with_what_it_bears_on(pairs: list[str], expected: list[str] | None):
    if expected is None:
        with pytest.raises(BadValue, match="nothing in this map fits"):
            part(BODY, only=only(*pairs))
    else:
        assert expected == numbers(part(BODY, only=only(*pairs)))


def test_what_is_left_without_its_head_stands_for_itself():
    seen = part(BODY, only=only("links=cross"))
    roots = [c for c in seen.cards if c.id not in seen.parent]
    assert [("1", Role.CLAIM), ("1.1.1", Role.CLAIM)] == [(c.number, c.role) for c in roots]


def test_a_part_says_which_it_is():
    said = part(BODY, only=only("author=Brandt", "kind=undercut", "kind=objection"), depth=3)
    assert (
        "3 levels of 4; what is by Brandt and an undercut or an objection, with what it bears on; "
        "2 of 7 cards"
    ) == said.partial
    assert "links between authors; 5 of 7 cards" == part(BODY, only=only("links=cross")).partial


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"only": (("author", "Kellr"),)}, "no author is named 'Kellr'; did you mean 'Keller' or"),
        ({"only": (("tag", "pupil"),)}, "no tag is named 'pupil'; did you mean 'pupils'?"),
        ({"only": (("kind", "rebuttal"),)}, "it is one of claim, reason, objection, undercut"),
        ({"only": (("links", "x"),)}, "it is one of cross"),
        ({"only": (("colour", "x"),)}, "no way to choose is named 'colour'; it is one of author"),
        ({"only": (("section", "Latr"),)}, "no heading is named 'Latr'; did you mean 'Later'?"),
        ({"focus": "Studdy"}, "no claim or argument is named 'Studdy'; did you mean 'Study'"),
        ({"group": "tag"}, "no grouping is named 'tag'; it is one of author, issue, section"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(choice: dict[str, object], said: str):
    with pytest.raises(UnknownName) as e:
        part(BODY, **choice)
    assert said in str(e.value)


@pytest.mark.parametrize("depth", [0, -1, True])
def test_a_depth_that_cannot_be_is_refused(depth: int):
    with pytest.raises(BadValue, match="a map has 1 level or more"):
        part(BODY, depth=depth)


def test_what_fits_nowhere_together_is_told_each_by_itself():
    with pytest.raises(BadValue) as e:
        part(BODY, only=only("tag=pupils", "kind=objection"))
    assert "nothing in this map fits all that was asked for: tag=pupils fits 1, " in str(e.value)
    assert "kind=objection fits 2" in str(e.value)


# --- groups


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("author", {"Ana Keller": "1 1.1 1.1.1 1.3", "Tom Brandt": "1.1.1.1 1.2 2"}),
        ("issue", {"Should phones be banned?": "1 1.1 1.1.1 1.1.1.1 1.2 1.3"}),
        (
            "section",
            {"Should phones be banned?": "1 1.1 1.1.1 1.1.1.1 1.2 1.3", "Later": "2"},
        ),
    ],
)
def test_cards_are_grouped(by: str, expected: dict[str, str]):
    seen = part(BODY, group=by)
    found = {g.title: " ".join(seen.by_id[c].number for c in g.cards) for g in seen.groups}
    assert expected == found


def test_a_card_of_no_issue_is_with_what_it_hangs_below():
    seen = part("[B]: b\n  + [C]: c\n\n# Why?\n\n[A]: a\n  + [B]", group="issue")
    assert [("A", "B", "C")] == [
        tuple(seen.by_id[c].ref.title for c in g.cards) for g in seen.groups
    ]


# --- whatever the size


def test_a_part_of_a_very_deep_or_wide_map_takes_little_time():
    deep = "[A]: a\n" + "".join(f"{' ' * (n + 1)}+ c{n}\n" for n in range(2000))
    wide = "[A]: a\n" + "".join(f"  + [C{n}]: c{n}\n    - [D{n}]: d{n}\n" for n in range(4000))
    hub = "".join(f"({n}) [P{n}]: p{n}\n" for n in range(1, 2000))
    joint = f"<X>\n\n{hub}----\n(2000) [C]: c\n"
    for body in (deep, wide, joint):
        debate = debate_of(body)
        begun = time.perf_counter()
        for choice in (
            Choice(depth=2),
            Choice(focus="1.1"),
            Choice(only=(("kind", "reason"),)),
            Choice(group="issue"),
        ):
            view(debate, choice)
        assert time.perf_counter() - begun < 8
