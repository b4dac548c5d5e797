"""What changed between two maps, and that doing it again gives the newer one."""

from __future__ import annotations

import time

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from strategies import PLAIN, data, debates, links, tags, texts, wordings

import argmap
from argmap.changes.core import (
    Added,
    Diff,
    Rejoined,
    Removed,
    Renamed,
    Reordered,
    Reworded,
    subject_of,
)
from argmap.changes.diff import diff
from argmap.changes.story import story
from argmap.errors import UnknownName
from argmap.model import Claim, ClaimRef, Debate, Issue, Kind, Section, Voice

FEW = st.sampled_from("ab ")
"""Letters so few that claims have the same words, or nearly, again and again."""


@st.composite
def altered(draw: st.DrawFn, debate: Debate) -> Debate:
    """*debate* with some of everything changed, left out, put in or put elsewhere."""
    other = draw(debates(FEW))
    for name in ("claims", "arguments", "relations", "sections", "issues", "speakers", "sources"):
        things = [draw(_part(thing)) for thing in getattr(debate, name)]
        if draw(st.booleans()):
            things = draw(st.permutations(things))
        if things and draw(st.booleans()):
            del things[draw(st.integers(0, len(things) - 1))]
        if draw(st.booleans()):
            things += getattr(other, name)
        debate = evolve(debate, **{name: tuple(_once(things))})
    return evolve(debate, title=draw(texts(PLAIN)), data=draw(data(FEW)))


def _once(things):
    """*things*, of those with one name the first."""
    return {subject_of(t): t for t in reversed(things)}.values()


def _part(thing):
    """*thing* as it is, or with another value in one field."""
    values = {
        "wordings": st.lists(wordings(FEW), max_size=2).map(tuple),
        "gists": st.lists(wordings(FEW), max_size=2).map(tuple),
        "tags": tags(FEW),
        "data": data(FEW),
        "title": texts(FEW),
        "name": texts(FEW),
        "question": texts(FEW),
        "link": st.none() | links(FEW),
        "kind": st.sampled_from(Kind),
        "section": st.sampled_from([(), (1,), (2,), (1, 1)]),
        "head": st.sampled_from([ClaimRef("a"), ClaimRef("b")]),
        "level": st.integers(1, 3),
    }
    fields = {a.name for a in type(thing).__attrs_attrs__}
    there = [name for name in values if name in fields]
    changes = [values[f].map(lambda v, f=f: evolve(thing, **{f: v})) for f in there]
    return st.one_of(st.just(thing), *changes)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Debate, Debate]:
    """A debate, and the same with some of everything altered."""
    debate = draw(debates(FEW))
    return debate, draw(altered(debate))


@given(debates())
def test_a_map_does_not_differ_from_itself(debate: Debate):
    assert () == diff(debate, debate).changes


@given(debates(), debates())
def test_the_changes_from_one_map_to_another_make_the_other(old: Debate, new: Debate):
    assert new == diff(old, new).apply(old)


@given(debates(FEW), debates(FEW))
def test_the_changes_make_the_other_where_the_same_words_come_again(old: Debate, new: Debate):
    assert new == diff(old, new).apply(old)


@given(pairs())
def test_the_changes_make_the_other_where_much_is_the_same(pair: tuple[Debate, Debate]):
    old, new = pair
    assert new == diff(old, new).apply(old)
    assert old == diff(new, old).apply(new)


# --- one change is one change


def told(old: str, new: str) -> list[str]:
    """What changed, in words: the name of each thing, and what is said of it."""
    d = diff(argmap.loads(old).debate, argmap.loads(new).debate)
    assert argmap.loads(new).debate == d.apply(d.old)
    return [
        f"{i.name} {p}".strip()
        for i in story(d).items
        for p in [i.state.value] * bool(i.state.value) + [p.words for p in i.phrases]
    ]


BASE = """\
===
speakers:
  Ito: {name: Hana Ito}
  Berg: {name: Lars Berg}
sources:
  talk: {title: A talk}
  book: {title: A book}
===
# Time

[Nine]: School should begin at nine. {speaker: Ito, source: talk, at: ¶4, quote: "at nine"}
  + Teenagers fall asleep late in the evening.
  - [Work]: Parents have to be at work at eight. {voice: reported}
    - [Home]: Many parents work at home. {link: {as: tension, because: few do}}

# Costs

[Money]: It costs nothing.

(1) Sleep matters.
(2) A late start gives sleep.
----
(3) [Health]: A late start is healthy.
"""


MOVED = [
    "[Money] moved from “Costs” to “More”",
    "“Sleep matters.” moved from “Costs” to “More”",
    "“A late start gives sleep.” moved from “Costs” to “More”",
    "[Health] moved from “Costs” to “More”",
    "the argument from “Sleep matters.” moved from “Costs” to “More”",
]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("begin at nine. ", "begin at ten. ", ["[Nine] reworded"]),
        (
            "asleep late in",
            "asleep very late in",
            ["“Teenagers fall asleep very late in the evening.” reworded"],
        ),
        ("speaker: Ito, s", "speaker: Berg, s", ["[Nine] speaker changed from Ito to Berg"]),
        ("speaker: Ito, s", "s", ["[Nine] no longer said by Ito"]),
        (
            "{voice: reported}",
            "{voice: hedged}",
            ["[Work] voice changed from reported to hedged"],
        ),
        ("¶4", "¶5", ["[Nine] cited at ¶5 instead of ¶4"]),
        (', quote: "at nine"', "", ["[Nine] quotation removed"]),
        ('quote: "at nine"', 'quote: "nine"', ["[Nine] quotation changed"]),
        ("source: talk", "source: book", ["[Nine] cited from book instead of talk"]),
        ("as: tension", "as: clash", ["[Home] link to [Work]: from tension to clash"]),
        ("because: few do", "because: many do", ["[Home] link to [Work]: its reason changed"]),
        (
            "as: tension,",
            "as: tension, about: value,",
            ["[Home] link to [Work]: about from nothing to value"],
        ),
        ("    - [Home]", "  - [Home]", ["[Home] moved: objects to [Nine] instead of [Work]"]),
        ("    - [Home]", "    + [Home]", ["[Home] now supports [Work]; objected to it before"]),
        ("  - [Work]", "  + [Work]", ["[Work] now supports [Nine]; objected to it before"]),
        ("[Work]:", "[Job]:", ["[Job] renamed from [Work]"]),
        ("[Work]: P", "P", ["“Parents have to be at work at eight.” no longer titled [Work]"]),
        ("  + Teen", "  + [Late]: Teen", ["[Late] has a title now"]),
        ("It costs nothing.", "It costs nothing. #budget", ["[Money] tagged #budget"]),
        ("nothing.", "nothing. {weight: 3}", ["[Money] weight: 3 is added"]),
        (
            "# Costs",
            "# What it costs",
            ["“What it costs” renamed from “Costs”"],
        ),
        ("# Costs\n", "", ["“Costs” removed"]),
        ("# Costs\n", "# Costs\n\n## More\n", ["“More” new", *MOVED]),
        (
            "# Costs\n\n[Money]: It costs nothing.\n",
            "[Money]: It costs nothing.\n\n# Costs\n",
            ["[Money] moved from “Costs” to “Time”"],
        ),
        ("# Time", "# Time?", ["“Time?” renamed from “Time”", "“Time?” new"]),
        (
            "[Money]: It costs nothing.\n",
            "",
            ["[Money] removed"],
        ),
        ("===\nspeakers", "===\ntitle: T\nspeakers", ["the map title added: T"]),
        ("===\nspeakers", "===\ncourse: 4b\nspeakers", ["the map course: 4b is added"]),
        ("name: Lars Berg", "name: Lars Berg, role: cook", ["Berg role added: cook"]),
        (
            "(2) A late start gives sleep.\n",
            "",
            [
                "“A late start gives sleep.” removed",
                "the argument from “Sleep matters.” no longer rests on “A late start gives sleep.”",
            ],
        ),
        (
            "  + Teen",
            "  - Teen",
            [
                "“Teenagers fall asleep late in the evening.” "
                "now objects to [Nine]; supported it before"
            ],
        ),
        (
            "  - [Work]",
            "  - Buses come late.\n  - [Work]",
            ["“Buses come late.” new", "“Buses come late.” objects to [Nine]"],
        ),
        (
            "    - [Home]: Many parents work at home. {link: {as: tension, because: few do}}\n",
            "",
            ["[Home] removed", "[Home] objected to [Work]"],
        ),
    ],
)
def test_one_edit_is_told_as_one(before: str, after: str, expected: list[str]):
    assert before in BASE
    assert expected == told(BASE, BASE.replace(before, after, 1))


def only_change(old: Debate, new: Debate):
    """The one change from *old* to *new*, which makes *new* again."""
    found = diff(old, new)
    assert new == found.apply(old)
    (change,) = found
    return change


def with_wording(debate: Debate, **fields: object) -> Debate:
    first, *rest = debate.claims
    (said,) = first.wordings
    return evolve(debate, claims=(evolve(first, wordings=(evolve(said, **fields),)), *rest))


def debate() -> Debate:
    b = argmap.Builder()
    p, q, r = (b.claim(f"{t} is so.", title=t) for t in "PQR")
    b.relate(Kind.SUPPORT, q, p)
    b.relate(Kind.ATTACK, r, q)
    return b.build()


def test_other_words_are_one_rewording():
    d = debate()
    assert Reworded(ClaimRef("P"), "P is so.", "P is not.") == only_change(
        d, with_wording(d, text="P is not.")
    )


def test_another_voice_is_one_change_of_voice():
    d = debate()
    change = only_change(d, with_wording(d, voice=Voice.HEDGED))
    assert ("voice", Voice.ASSERTED, Voice.HEDGED) == (change.field, change.old, change.new)


def test_another_parent_is_one_change_of_what_it_bears_on():
    d = debate()
    r = d.relations[1]
    change = only_change(d, evolve(d, relations=(d.relations[0], evolve(r, head=ClaimRef("P")))))
    assert isinstance(change, Rejoined)
    assert (ClaimRef("Q"), ClaimRef("P")) == (change.old.head, change.new.head)


def test_a_claim_more_or_less_is_one_change():
    d = debate()
    b = argmap.Builder()
    b.include(d)
    b.claim("S is so.", title="S")
    more = b.build()
    assert Added(more.claims[-1], 3) == only_change(d, more)
    assert Removed(more.claims[-1]) == only_change(more, d)


def test_a_question_mentions_what_is_new_below_it_without_a_word():
    old = argmap.loads("# Why?\n[A]: a\n").debate
    new = argmap.loads("# Why?\n[A]: a\n\n[B]: b\n").debate
    assert (((1,), 1),) == only_change(old, new).under


def test_another_title_is_one_renaming_wherever_it_is_named():
    old = argmap.loads("[A]: a\n  + [B]: some words\n\n(1) [B]\n----\n(2) [A]\n").debate
    new = argmap.loads("[A]: a\n  + [C]: some words\n\n(1) [C]\n----\n(2) [A]\n").debate
    renamed = [c for c in diff(old, new) if isinstance(c, Renamed)]
    assert Renamed(ClaimRef("B"), ClaimRef("C")) == renamed[0]
    assert ["renamed from [B]"] == [p.words for i in story(diff(old, new)).items for p in i.phrases]


def test_the_same_title_is_the_same_claim_whatever_it_says():
    old, new = (argmap.loads(f"[A]: {t}\n").debate for t in ("Bells ring.", "Lunch is late."))
    assert isinstance(only_change(old, new), Reworded)


def test_of_two_that_say_the_same_the_one_is_removed_that_is_not_there():
    old = "[A]: a\n  + Yes.\n\n[B]: b\n  + Yes.\n"
    assert ["“Yes.” removed", "“Yes.” supported [A]"] == told(old, old.replace("  + Yes.\n", "", 1))


def test_what_another_speaker_says_in_nearly_the_same_words_is_another_claim():
    people = "===\nspeakers:\n  Ito: {}\n  Berg: {}\n===\n"
    old = argmap.loads(people + "[A]: Bells ring at eight every day. {speaker: Ito}\n").debate
    new = argmap.loads(people + "[B]: Bells ring at eight every day! {speaker: Berg}\n").debate
    assert [Removed, Added] == [type(c) for c in diff(old, new)]


def test_a_claim_elsewhere_in_the_text_is_one_change_of_order():
    d = debate()
    p, q, r = d.claims
    change = only_change(d, evolve(d, claims=(q, r, p)))
    assert ((ClaimRef("P"), 2),) == change.moves
    assert isinstance(change, Reordered)


def test_what_stood_under_a_removed_heading_stands_under_the_one_before():
    old = argmap.loads("# A\n[P]: p\n\n# B\n[Q]: q\n\n# C\n[R]: r\n").debate
    new = argmap.loads("# A\n[P]: p\n\n[Q]: q\n\n# C\n[R]: r\n").debate
    assert isinstance(only_change(old, new), Removed)


def test_a_value_that_is_equal_but_not_the_same_is_told():
    old, new = (Debate(data=argmap.loads(f"===\na: {v}\n===\n[P]: p").debate.data) for v in "1 ")
    new = evolve(old, data=type(old.data)((("a", True),)))
    assert ["a: from 1 to true"] == [
        p.words for i in story(diff(old, new)).items for p in i.phrases
    ]


def test_several_questions_below_one_heading_are_told_apart():
    a, b = (ClaimRef(t) for t in "ab")
    heading = Section((1,), "S")
    why = Issue("Why?", (1,), (a,))
    one = Debate("", (Claim(a), Claim(b)), sections=(heading,), issues=(why,))
    two = evolve(one, issues=(why, Issue("Why not?", (1,), (b,))))
    other = evolve(two, issues=two.issues[::-1], claims=(Claim(a), Claim(ClaimRef("c")), Claim(b)))
    assert not diff(two, two)
    for old, new in ((one, two), (two, one), (two, other), (one, other), (other, one)):
        made = diff(old, new)
        assert new == made.apply(old)
        assert "issues" in argmap.printed(made, format="json")
    assert "now asks “Why not?”" in argmap.printed(diff(one, two), format="txt")
    turned = evolve(two, issues=two.issues[::-1])
    assert "questions in another order" in argmap.printed(diff(two, turned), format="txt")
    moved = evolve(two, issues=(why, Issue("Why not?", (1,), (a,))))
    assert "other claims or arguments stand" in argmap.printed(diff(two, moved), format="txt")


@given(debates())
def test_a_diff_of_nothing_changes_nothing(debate: Debate):
    assert debate is Diff().apply(debate)
    assert not Diff()


def test_changes_are_not_made_to_a_map_that_lacks_what_they_change():
    d = debate()
    changes = diff(d, with_wording(d, text="No."))
    with pytest.raises(UnknownName, match="no claim is named 'P'"):
        changes.apply(Debate())
    gone = diff(d, evolve(d, relations=d.relations[:1]))
    with pytest.raises(UnknownName, match="no relation is named"):
        gone.apply(evolve(d, relations=()))


# --- large maps

HANG = 20  # seconds; every one of these takes a fraction of that


def many(said: str, size: int = 10_000) -> Debate:
    lines = (f"[T{n}]: head {n}" if n % 10 == 0 else f"  + {said.format(n)}" for n in range(size))
    return argmap.loads("\n".join(lines)).debate


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Claim number {} is about bells.", "Claim number {} is about the bells."),
        ("The same words again and again.", "The same words, and again the same."),
        ("a", "b"),
        ("Numbers {}", "Quite other things, {} of them"),
    ],
)
def test_ten_thousand_claims_are_compared_in_a_few_seconds(old: str, new: str):
    before, after = many(old), many(new)
    begun = time.process_time()
    found = diff(before, after)
    assert after == found.apply(before)
    story(found)
    assert HANG > time.process_time() - begun


def test_deep_and_wide_maps_are_compared_in_time():
    deep = argmap.loads("".join("#" * min(n, 900) + f" H{n}\n[C{n}]: c\n" for n in range(1, 901)))
    wide = Debate(data=type(Debate().data)(tuple((f"k{n}", n) for n in range(20_000))))
    begun = time.process_time()
    diff(deep.debate, Debate()).apply(deep.debate)
    diff(wide, Debate()).apply(wide)
    assert HANG > time.process_time() - begun


def test_whose_view_a_new_claim_is_stands_with_it():
    old = argmap.loads("[A]: a {speaker: Ana}\n")
    new = argmap.loads(
        "[A]: a {speaker: Ana}\n  - [B]: it takes time {speaker: Ana, of: colleagues}\n"
    )
    told = str(argmap.printed(argmap.diff(old, new)))

    assert "a view of colleagues (as reported by Ana)" in told
