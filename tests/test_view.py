"""Which cards a debate has, how they hang together, and what stands on them."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import debates

from argmap.formats import read
from argmap.model import Builder, ClaimRef, Debate, is_made_up
from argmap.text import Text
from argmap.view import Mark, Role, View, forest, view


def of(body: str) -> View:
    return view(read(Text("m", body)).debate)


def numbers(seen: View) -> dict[str, str]:
    return {c.ref.title: c.number for c in seen.cards if not c.sees}


@given(debates())
def test_every_claim_has_one_card_in_full(debate: Debate):
    seen = view(debate)
    shown = [c.ref for c in seen.cards]
    assert len(shown) == len(set(shown))
    left_out = {c.ref for c in debate.claims} - set(shown)
    assert all(is_made_up(ref.title) for ref in left_out)
    assert all(not debate.claim(ref.title).wordings for ref in left_out)


@given(debates())
def test_the_cards_stand_in_the_order_of_their_numbers(debate: Debate):
    found = [c.number for c in view(debate).cards]
    assert found == sorted(found, key=lambda n: [int(p) for p in n.split(".")])
    assert len(found) == len(set(found))


@given(debates())
def test_every_inference_joins_what_is_there(debate: Debate):
    seen = view(debate)
    for i in seen.inferences:
        assert set(i.tails) <= set(seen.by_id)
        assert i.head in seen.by_id or seen.inference[i.head].joint
        assert seen.head_card(i) in seen.by_id


@given(debates())
def test_in_a_forest_every_tail_hangs_by_its_inference(debate: Debate):
    trees = forest(view(debate))
    for i in trees.inferences:
        for t in i.tails if not i.mutual else ():
            assert i.id == trees.parent[t]
    full = {c.id for c in trees.cards if not c.sees}
    assert all(c.sees in full for c in trees.cards if c.sees)
    assert all(c.id not in trees.below for c in trees.cards if c.sees)


@given(debates())
def test_a_forest_keeps_all_that_the_view_says(debate: Debate):
    seen = view(debate)
    trees = forest(seen)
    full = {c.id: c.sees or c.id for c in trees.cards}
    said = [(i.id, i.mark, i.tails, i.head) for i in seen.inferences]
    kept = [(i.id, i.mark, tuple(full[t] for t in i.tails), i.head) for i in trees.inferences]
    assert said == kept
    assert seen.cards == trees.cards[: len(seen.cards)]


def test_numbers_follow_the_order_of_the_text():
    body = "[A]: a\n  + [B]: b\n    - [C]: c\n  - [D]: d\n\n[E]: e"
    assert {"A": "1", "B": "1.1", "C": "1.1.1", "D": "1.2", "E": "2"} == numbers(of(body))


def test_a_claim_keeps_its_number_whether_read_or_built():
    b = Builder()
    a = b.claim("a", title="A")
    step = b.support(a, [b.claim("p", title="P"), b.claim("q", title="Q")])
    b.rebut(a, b.claim("d", title="D"))
    b.undercut(step, b.claim("u", title="U"))
    assert {"A": "1", "P": "1.1", "Q": "1.2", "U": "1.3", "D": "1.4"} == numbers(view(b.build()))


def test_premises_of_an_argument_meet_in_a_joint():
    seen = of("[T]: t\n  + <A>\n  - [X]: x\n\n<A>\n\n(1) [P]: p\n(2) [Q]: q\n----\n(3) [T]")
    joints = [i for i in seen.inferences if i.joint]
    assert [("1.1", "1.2")] == [tuple(seen.by_id[t].number for t in i.tails) for i in joints]
    assert {"T": "1", "P": "1.1", "Q": "1.2", "X": "1.3"} == numbers(seen)
    assert "A" == joints[0].title


def test_an_argument_that_concludes_otherwise_bears_by_its_conclusion():
    seen = of("[T]: t\n  - <A>\n\n<A>\n\n(1) [P]: p\n----\n(2) [C]: c")
    assert {"T": "1", "C": "1.1", "P": "1.1.1"} == numbers(seen)
    assert [Mark.SUPPORT, Mark.ATTACK] == [i.mark for i in seen.inferences]


def test_a_conclusion_that_nobody_put_into_words_is_left_out():
    b = Builder()
    t = b.claim("t", title="T")
    b.rebut(t, [b.claim("p", title="P"), b.claim("q", title="Q")])
    seen = view(b.build())
    assert {"T": "1", "P": "1.1", "Q": "1.2"} == numbers(seen)
    assert [(Mark.ATTACK, True)] == [(i.mark, i.joint) for i in seen.inferences]


@pytest.mark.parametrize(
    "body",
    [
        "[T]: t\n  + [R]: r\n    _ [U]: u",
        "[T]: t\n  + <R>: r\n    _ [U]: u",
        "<R>\n\n(1) [R]: r\n----\n  _ [U]: u\n(2) [T]: t",
        "[T]: t\n  + <A>\n    _ [U]: u\n\n<A>\n\n(1) [R]: r\n----\n(2) [T]",
    ],
)
def test_an_undercut_strikes_the_step_and_no_card(body: str):
    seen = of(body)
    (undercut,) = [i for i in seen.inferences if i.mark is Mark.UNDERCUT]
    struck = seen.inference[undercut.head]
    assert struck.joint
    assert Mark.SUPPORT is struck.mark
    roles = {c.ref.title: c.role for c in seen.cards}
    assert (Role.CLAIM, Role.REASON, Role.UNDERCUT) == (roles["T"], roles["R"], roles["U"])


def test_a_shared_claim_stands_in_full_once_and_is_referred_to():
    seen = of("[A]: a\n  + [S]: s\n\n[B]: b\n  - [S]")
    trees = forest(seen)
    (reference,) = [c for c in trees.cards if c.sees]
    assert ("1.1", Role.OBJECTION) == (reference.number, reference.role)
    assert "1.1" == trees.by_id[reference.sees].number


def test_a_circle_hangs_from_its_first_claim():
    trees = forest(of("[A]: a\n  + [B]: b\n    + [A]"))
    assert ["1", "1.1", "1"] == [c.number for c in trees.cards]


def test_a_contradiction_of_two_theses_has_no_direction():
    trees = forest(of("[A]: a\n  >< [B]: b"))
    assert [(Mark.CONTRADICT, True)] == [(i.mark, i.mutual) for i in trees.inferences]
    assert ["1", "2"] == [c.number for c in trees.cards]


DEBATE = """\
[A]: a {speaker: Ana}
  + [B]: b {speaker: Ana}
  - [C]: c {speaker: Tom, link: {as: past, because: x}}
  - [D]: d {speaker: Tom, link: {as: qualifies}}

[C]
  + [B] {link: {as: agrees}}
"""


def test_what_only_talks_past_a_claim_does_not_hang_below_it():
    seen = of(DEBATE)
    assert {"A": "1", "B": "1.1", "D": "1.2", "C": "2"} == numbers(seen)


def test_a_card_says_in_words_what_its_link_is_and_on_whose_word():
    trees = forest(of(DEBATE))
    said = {(c.ref.title, c.bears, c.inferred) for c in trees.cards if c.bears}
    expected = {("C", "past each other", True), ("D", "qualifies", True), ("B", "agrees", True)}
    assert expected == said


@pytest.mark.parametrize(
    ("data", "credit", "manner"),
    [
        ("speaker: Ana Rumer", "Rumer", ""),
        ("speaker: Rumer, voice: reported, of: Washington", "Washington", "as reported by Rumer"),
        ("speaker: Rumer, voice: hedged", "Rumer", "hedged"),
        ("speaker: Rumer, voice: asked", "Rumer", "as a question"),
        ("speaker: Rumer, voice: conceded", "Rumer", "conceded"),
        ("at: ¶1", "", ""),
    ],
)
def test_a_view_is_credited_to_who_holds_it(data: str, credit: str, manner: str):
    (card,) = of(f"[A]: a {{{data}}}").cards
    assert (credit, manner) == (card.credit, card.manner)
    assert not manner.startswith("as reported") or f"{credit} ({manner})" == card.whole_credit


def test_every_place_of_a_claim_is_named_once():
    (card,) = of("[A]: a {source: R, at: [¶1, ¶2]}\n\n[A] {source: R, at: ¶2}").cards
    assert "R ¶1; R ¶2" == card.source


def test_an_unstated_premise_is_marked():
    body = "a {unstated: true}\n\nb #unstated\n\nc\n\nd {unstated: no}"
    assert [True, True, False, False] == [c.unstated for c in of(body).cards]


def test_a_later_mention_does_not_make_a_reported_view_the_reporters():
    body = "[T] {speaker: Rumer, of: Washington}\n\n[T] {speaker: Rumer, at: ¶9}"
    (card,) = of(body).cards
    assert "Washington (as reported by Rumer)" == card.whole_credit


def test_numbers_stay_short_however_deep_a_map_is():
    body = "\n\n".join(f"[C{i}]: c\n  + [C{i + 1}]" for i in range(60))
    found = [c.number for c in of(body).cards]
    assert max(map(len, found)) < 45
    assert len(found) == len(set(found))
    assert ClaimRef("C60") == of(body).cards[-1].ref
