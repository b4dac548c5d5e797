"""Maps of several people put together: nothing lost, and nothing joined by accident."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from strategies import PLAIN, Alphabet, debates

import argmap
from argmap import formats
from argmap.changes.merge import merge
from argmap.changes.merged import Contribution, Merged, What
from argmap.changes.mix import CONTRIBUTORS
from argmap.formats.argdown.plan import plan_of
from argmap.formats.argdown.write import write
from argmap.model import Argument, Claim, Debate, Ref, StepRef, Wording
from argmap.text import Text

FEW: Alphabet = st.sampled_from("ab")
"""So few letters that titles of different maps often meet."""


def made(**bodies: str) -> list[Contribution]:
    return [Contribution(n, argmap.loads(body).debate, n == "base") for n, body in bodies.items()]


def texts(merged: Merged) -> dict[str, str]:
    return {t.title: t.text for t in merged.debate.things}


# --- laws


@st.composite
def several(draw: st.DrawFn) -> list[Contribution]:
    """Up to three maps that have much in common, with or without a base."""
    first = draw(debates(FEW) | debates(PLAIN))
    found = [first]
    for _ in range(draw(st.integers(0, 2))):
        other = draw(st.sampled_from(["same", "changed", "fresh"]))
        if other == "fresh":
            found.append(draw(debates(FEW)))
        else:
            found.append(draw(_changed(first)) if other == "changed" else first)
    based = draw(st.booleans())
    names = draw(st.permutations("cab"))
    return [Contribution(names[n], d, based and n == 0) for n, d in enumerate(found)]


@st.composite
def _changed(draw: st.DrawFn, debate: Debate) -> Debate:
    """*debate*, some of whose claims have other words."""

    def claim(c: Claim) -> Claim:
        if not c.wordings or not draw(st.booleans()):
            return c
        last = evolve(c.wordings[-1], text=draw(st.sampled_from(["a", "b", "a b"])))
        return evolve(c, wordings=(*c.wordings[:-1], last))

    return evolve(debate, claims=tuple(map(claim, debate.claims)))


def names_of(merged: Merged) -> dict[tuple[str, Ref], Ref]:
    return {(f.contributor, f.was): f.now for f in merged.fates}


def assert_nothing_is_lost(maps: Sequence[Contribution], merged: Merged) -> None:
    now = names_of(merged)
    keys = {(k.contributor, k.of, k.was): k.now for k in merged.keys}
    things = {t.ref: t for t in merged.debate.things}
    relations = {(r.kind, r.tail, r.head) for r in merged.debate.relations}
    asked = merged.debate.issues
    for c in maps:

        def called(ref: Ref, name: str = c.name) -> Ref:
            if isinstance(ref, StepRef):
                return StepRef(now[name, ref.argument], ref.index)
            return now[name, ref]

        def said(w: Wording, name: str = c.name) -> Wording:
            cited = tuple(
                evolve(x, source=keys.get((name, "source", x.source), x.source)) for x in w.cited
            )
            return evolve(w, by=keys.get((name, "speaker", w.by), w.by), cited=cited)

        for t in c.debate.things:
            there = things[now[c.name, t.ref]]
            assert set(map(said, t.wordings)) <= set(there.wordings)
            assert set(t.tags) <= set(there.tags)
            assert set(t.data) <= set(there.data) | {CONTRIBUTORS}
            assert c.name in there.data.get(CONTRIBUTORS)
            if isinstance(t, Argument) and t.steps:
                assert [
                    (tuple(dict.fromkeys(map(called, s.premises))), called(s.conclusion), s.rules)
                    for s in t.steps
                ] == [(s.premises, s.conclusion, s.rules) for s in there.steps]
        for r in c.debate.relations:
            ends = (called(r.tail), called(r.head))
            assert (r.kind, *ends) in relations or (
                r.kind.symmetric and (r.kind, *ends[::-1]) in relations
            )
        for i in c.debate.issues:
            assert any(
                i.question == q.question and set(map(called, i.refs)) <= set(q.refs) for q in asked
            )
        for s in c.debate.sections:
            assert any(
                s.title == x.title and s.level == x.level and set(s.tags) <= set(x.tags)
                for x in merged.debate.sections
            )
        for s in c.debate.speakers:
            there = merged.debate.speaker(keys.get((c.name, "speaker", s.key), s.key))
            assert s.name in ("", there.name)
            assert set(s.data) <= set(there.data)
        for s in c.debate.sources:
            there = merged.debate.source(keys.get((c.name, "source", s.key), s.key))
            assert s.title in ("", s.key, there.title)
            assert set(s.data) <= set(there.data)
        assert set(c.debate.data) <= set(merged.debate.data)


@given(several())
def test_nothing_is_lost(maps: list[Contribution]):
    merged = merge(maps)

    assert_nothing_is_lost(maps, merged)
    come = sum(len(c.debate.things) for c in maps)
    joined = sum(f.what is What.SAME for f in merged.fates)
    assert come == len(merged.fates)
    assert come - joined <= len(merged.debate.things) <= come


@given(several())
def test_nothing_is_lost_when_all_is_accepted(maps: list[Contribution]):
    assert_nothing_is_lost(maps, merge(maps, ["all"]))


@given(several(), st.randoms())
def test_the_order_of_the_maps_makes_no_difference(maps: list[Contribution], by_lot):
    other = list(maps)
    by_lot.shuffle(other)

    assert merge(maps) == merge(other)


@given(debates())
def test_one_map_merged_is_that_map(debate: Debate):
    merged = merge([Contribution("a", debate)])

    def plain(t):
        return evolve(t, data=t.data.without(CONTRIBUTORS))

    again = evolve(
        merged.debate,
        claims=tuple(map(plain, merged.debate.claims)),
        arguments=tuple(map(plain, merged.debate.arguments)),
    )
    assert debate == again
    assert () == merged.proposals == merged.conflicts


@given(debates())
def test_a_map_twice_is_that_map_once(debate: Debate):
    merged = merge([Contribution("a", debate), Contribution("b", debate)])

    assert len(debate.things) == len(merged.debate.things)
    assert {t.ref for t in debate.things} == {t.ref for t in merged.debate.things}
    assert len(debate.relations) == len(merged.debate.relations)
    assert debate.sections == merged.debate.sections
    assert debate.sources == merged.debate.sources
    assert () == merged.proposals == merged.conflicts


@given(several(), st.data())
def test_to_accept_a_proposal_takes_one_away(maps: list[Contribution], data: st.DataObject):
    before = merge(maps)
    for p in before.proposals[:3]:
        after = merge(maps, [data.draw(st.sampled_from([p.number, str(p.number), p.name]))])

        assert len(before.debate.things) - 1 == len(after.debate.things)
        assert p.number in [q.number for q in after.proposals if q.accepted]
        assert [(q.number, q.name) for q in before.proposals] == [
            (q.number, q.name) for q in after.proposals
        ]


@given(several())
def test_what_is_merged_reads_back_from_argdown(maps: list[Contribution]):
    merged = merge(maps).debate
    written = write(merged)

    assert plan_of(merged).kept.normal() == formats.read(Text("w", written.body)).debate.normal()
    if not any(write(c.debate).losses for c in maps):
        assert () == written.losses
