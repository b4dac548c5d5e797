"""Maps of several people put together: nothing lost, and nothing joined by accident."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from strategies import PLAIN, Alphabet, debates

import argmap
from argmap import formats
from argmap.changes.merge import merge
from argmap.changes.merged import Clash, Contribution, Merged, Turn, What
from argmap.changes.mix import CONTRIBUTORS
from argmap.cli import main
from argmap.errors import BadValue, UnknownName
from argmap.formats.argdown.plan import plan_of
from argmap.formats.argdown.write import write
from argmap.model import (
    Argument,
    Builder,
    Claim,
    ClaimRef,
    Debate,
    Kind,
    Ref,
    Source,
    StepRef,
    Wording,
)
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
        assert [] == [loss for loss in written.losses if not loss.startswith("the order of")]


# --- what is one, and what is kept apart


def test_the_same_title_with_the_same_words_is_one_claim():
    merged = merge(made(a="[N]: Bells ring.\n", b="[N]: Bells  ring.\n  + [P]: p\n"))

    assert {"N": "Bells ring.", "P": "p"} == texts(merged)
    assert ("a", "b") == merged.debate.claim("N").data.get(CONTRIBUTORS)
    assert [What.SAME, What.SAME, What.KEPT] == [f.what for f in merged.fates]


def test_a_title_with_two_texts_is_kept_twice_under_its_contributors():
    merged = merge(made(ana="[N]: Bells ring.\n", ben="[N]: Buses are late.\n  + [P]: p\n"))

    assert {"ana: N": "Bells ring.", "ben: N": "Buses are late.", "P": "p"} == texts(merged)
    assert ClaimRef("ben: N") == merged.debate.relations[0].head
    assert () == merged.proposals


def test_several_who_use_a_title_alike_are_all_named_in_it():
    merged = merge(made(c="[N]: x\n", a="[N]: y\n", b="[N]: y\n"))

    assert {"a and b: N": "y", "c: N": "x"} == texts(merged)


def test_of_very_many_who_use_a_title_alike_one_is_named():
    maps = dict.fromkeys("abcde", "[N]: y\n")

    assert {"a and 4 others: N", "z: N"} == set(texts(merge(made(**maps, z="[N]: x\n"))))


def test_a_name_that_is_taken_is_qualified_again():
    merged = merge(made(a="[N]: x\n\n[b: N]: z\n", b="[N]: y\n"))

    assert {"a: N": "x", "b: b: N": "y", "b: N": "z"} == texts(merged)


def test_the_same_words_of_two_speakers_are_two_claims():
    maps = made(
        k="===\nspeaker: Keller\n===\n\n[N]: Bells ring.\n",
        b="===\nspeaker: Brandt\n===\n\n[N]: Bells ring.\n",
    )
    merged = merge(maps)

    assert {"k: N", "b: N"} == set(texts(merged))
    assert [1.0] == [p.likeness for p in merged.proposals]
    assert "" == merged.debate.position


def test_a_title_without_words_is_not_taken_for_one_with_words_but_proposed():
    merged = merge(made(a="[N]: Bells ring.\n", b="[P]: p\n  + [N]\n"))

    assert {"a: N", "b: N", "P"} == set(texts(merged))
    assert ["a: N = b: N"] == [p.name for p in merged.proposals]


def test_what_is_untitled_is_the_same_where_its_words_are():
    merged = merge(made(a="Bells ring.\n\nBuses stop.\n", b="Buses stop.\n\nLunch is short.\n"))

    assert ["Bells ring.", "Buses stop.", "Lunch is short."] == [
        c.text for c in merged.debate.claims
    ]


def test_untitled_claims_that_begin_alike_are_kept_apart():
    words = "one two three four five six"
    merged = merge(made(a=f"{words} a\n", b=f"{words} b\n"))

    assert {f"{words} a", f"{words} b"} == set(texts(merged).values())


ARGUED = "<R>: r\n\n(1) [P]: p\n{premise}----\n(9) [C]: c\n"


def test_arguments_in_other_steps_are_kept_apart_and_told():
    two = ARGUED.format(premise="(2) [Q]: q\n")
    merged = merge(made(a=ARGUED.format(premise=""), b=two))

    assert {"a: R", "b: R"} == {a.title for a in merged.debate.arguments}
    assert [Clash.STEPS] == [c.clash for c in merged.conflicts]
    assert () == merged.proposals


def test_a_sketch_takes_the_steps_that_another_gives():
    merged = merge(made(a="<R>: r\n", b=ARGUED.format(premise="")))

    assert 1 == len(merged.debate.argument("R").steps)


def test_another_work_under_a_key_gets_a_key_of_its_own():
    body = "===\nsources:\n  K:\n    title: {0}\n===\n\n[{0}]: x {{source: K, at: p. 1}}\n"
    merged = merge(made(a=body.format("One"), b=body.format("Two")))

    assert [("K", "One"), ("K (b)", "Two")] == [(s.key, s.title) for s in merged.debate.sources]
    assert "K (b)" == merged.debate.claim("Two").wordings[0].cited[0].source
    assert [("b", "K", "K (b)")] == [(k.contributor, k.was, k.now) for k in merged.keys]


def test_a_work_has_the_title_that_anybody_gives_it():
    one, two = Builder(), Builder()
    one.source(Source("K"))
    two.source(Source("K", "Hens"))
    merged = merge([Contribution("a", one.build()), Contribution("b", two.build())])

    assert (Source("K", "Hens"),) == merged.debate.sources


def test_data_that_clashes_is_kept_under_the_name_of_the_contributor():
    merged = merge(made(a="[N]: n {strength: 1, x: 1}\n", b="[N]: n {strength: 2, y: 1}\n"))

    data = merged.debate.claim("N").data
    assert (1, 2, 1, 1) == tuple(data.get(k) for k in ("strength", "strength (b)", "x", "y"))
    assert [("strength of [N]", Clash.DATA)] == [(c.what, c.clash) for c in merged.conflicts]


def test_headings_alike_are_one_and_their_questions_too():
    merged = merge(made(a="# When?\n\n[A]: a\n", b="# When? #x\n\n[B]: b\n\n# Who?\n\n[C]: c\n"))

    assert [("When?", ("x",)), ("Who?", ())] == [(s.title, s.tags) for s in merged.debate.sections]
    assert [2, 1] == [len(i.refs) for i in merged.debate.issues]


def test_a_claim_under_two_headings_is_told():
    merged = merge(made(a="# One\n\n[A]: a\n", b="# Two\n\n[A]: a\n"))

    (conflict,) = merged.conflicts
    assert (Clash.SECTION, "[A]", ["One", "Two"]) == (
        conflict.clash,
        conflict.what,
        [v.text for v in conflict.versions],
    )


def test_a_link_that_two_give_in_two_ways_is_told():
    body = "[A]: a\n  - [B]: b {{link: {0}}}\n"
    merged = merge(made(a=body.format("tension"), b=body.format("clash")))

    assert [Clash.LINK] == [c.clash for c in merged.conflicts]


def test_a_merged_map_merged_again_keeps_its_contributors():
    first = merge(made(a="[N]: n\n", b="[N]: n\n"))
    again = merge([Contribution("both", first.debate), *made(c="[N]: n\n\n[P]: p\n")])

    assert ("a", "b", "c") == again.debate.claim("N").data.get(CONTRIBUTORS)


def test_new_claims_stand_where_their_maps_have_them():
    merged = merge(
        made(a="[A]: a\n\n[B]: b\n\n[C]: c\n", b="[A]: a\n\n[X]: x\n\n[B]: b\n\n[Y]: y\n")
    )

    assert ["A", "X", "B", "Y", "C"] == [c.title for c in merged.debate.claims]


# --- proposals

BELLS = made(a="[A]: Bells wake the street.\n", b="[B]: Bells wake the whole street.\n")


def test_nearly_the_same_words_are_proposed_and_say_how_they_differ():
    (p,) = merge(BELLS).proposals

    assert (1, "A = B", (), ("whole",)) == (p.number, p.name, p.left.own, p.right.own)


@pytest.mark.parametrize("asked", ["1", 1, " 1 , ", "all", "A=B", "[B] = [A]"])
def test_a_proposal_is_accepted_by_number_by_title_or_with_all(asked: str | int):
    merged = merge(BELLS, [asked])

    (claim,) = merged.debate.claims
    assert ("A", "Bells wake the street.") == (claim.title, claim.text)
    assert {"Bells wake the street.", "Bells wake the whole street."} == {
        w.text for w in claim.wordings
    }
    assert [What.FUSED] * 2 == [f.what for f in merged.fates]
    assert () == merged.open


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("2", "no proposal is named '2'; it is one of 1"),
        ("A=C", "no claim is named 'C'"),
    ],
)
def test_what_cannot_be_accepted_is_told(asked: str, told: str):
    with pytest.raises(UnknownName, match=f"^{told}"):
        merge(BELLS, [asked])


def test_titles_may_have_the_sign_that_joins_two():
    merged = merge(made(a="[1+1=2]: x\n", b="[B]: y\n"), ["1+1=2 = B"])

    assert ["1+1=2"] == [c.title for c in merged.debate.claims]


def test_a_title_gets_its_name_back_when_all_its_versions_are_fused():
    maps = made(a="[N]: Bells wake the street.\n", b="[N]: Bells wake the whole street.\n")

    assert ["N"] == [c.title for c in merge(maps, ["all"]).debate.claims]


def test_texts_with_other_numbers_are_no_duplicates():
    assert (
        () == merge(made(a="[A]: School begins at 8.\n", b="[B]: School begins at 9.\n")).proposals
    )


def test_what_one_contributor_has_as_two_is_not_proposed():
    both = "[A]: Bells wake the street.\n\n[B]: Bells wake the whole street.\n"

    assert () == merge(made(a=both, b="[B]: Bells wake the whole street.\n")).proposals


def test_where_somebody_has_the_very_words_nothing_else_of_theirs_is_proposed():
    theirs = "[B]: Bells wake the street.\n\n[C]: Bells wake the whole street.\n"

    assert ["A = B"] == [p.name for p in merge(made(a=BELLS_A, b=theirs)).proposals]


BELLS_A = "[A]: Bells wake the street.\n"


def test_all_does_not_join_what_one_contributor_has_as_two():
    theirs = "[B]: Bells wake the long street.\n\n[C]: Bells wake the whole street.\n"
    merged = merge(made(a=BELLS_A, b=theirs), ["all"])

    assert 2 == len(merged.debate.claims)
    assert [Clash.REFUSED] == [c.clash for c in merged.conflicts]


def test_fused_claims_have_the_relations_of_both():
    merged = merge(
        made(a=BELLS_A + "  + [P]: p\n", b="[B]: Bells wake the whole street.\n  - [Q]: q\n"),
        ["1"],
    )

    assert {"P", "Q"} == {str(r.tail)[1:-1] for r in merged.debate.relations}
    assert {ClaimRef("A")} == {r.head for r in merged.debate.relations}


# --- against a base

BASE = "[T]: Start at nine.\n  + [S]: Teenagers sleep late.\n  - [B]: Buses are few.\n"


def test_what_one_changed_is_the_claim_of_the_base_in_new_words():
    merged = merge(made(base=BASE, a=BASE.replace("late", "long"), b=BASE))

    claim = merged.debate.claim("S")
    assert "Teenagers sleep long." == claim.text
    assert 2 == len(claim.wordings)
    assert [("a", Turn.REWORDED, "Teenagers sleep late.", "Teenagers sleep long.")] == [
        (c.contributor, c.turn, c.before, c.after) for c in merged.changes
    ]
    assert () == merged.conflicts


def test_what_two_changed_in_two_ways_is_a_conflict_and_all_is_kept():
    merged = merge(made(base=BASE, a=BASE.replace("late", "long"), b=BASE.replace("late", "ill")))

    assert {"S", "a: S", "b: S"} <= set(texts(merged))
    (conflict,) = merged.conflicts
    assert (Clash.WORDING, "[S]") == (conflict.clash, conflict.what)
    assert [("base",), ("a",), ("b",)] == [v.contributors for v in conflict.versions]


def test_what_is_fused_with_a_claim_of_the_base_has_its_title_and_new_words():
    a, b = BASE.replace("late", "long"), BASE.replace("late", "ill")
    merged = merge(made(base=BASE, a=a, b=b), ["a: S = S"])

    assert {"T", "S", "B", "b: S"} == set(texts(merged))
    assert "Teenagers sleep long." == texts(merged)["S"]


def test_what_two_changed_in_one_way_is_no_conflict():
    new = BASE.replace("late", "long")

    assert () == merge(made(base=BASE, a=new, b=new)).conflicts


def test_a_title_that_the_base_has_is_the_claim_of_the_base():
    merged = merge(made(base=BASE, a="[X]: x\n  -> [B]\n"))

    assert ClaimRef("B") == merged.debate.relations[-1].head
    assert "Buses are few." == merged.debate.claim("B").text


def test_what_is_left_out_is_kept_and_told():
    merged = merge(made(base=BASE, a="[T]: Start at nine.\n"))

    assert {"T", "S", "B"} == set(texts(merged))
    assert [(Turn.LEFT_OUT, "S"), (Turn.LEFT_OUT, "B")] == [
        (c.turn, c.ref.title) for c in merged.changes
    ]


def test_what_two_moved_to_two_places_is_told_with_both():
    moved = "[T]: Start at nine.\n  - [B]: Buses are few.\n    {} [S]: Teenagers sleep late.\n"
    other = "[T]: Start at nine.\n\n[L]: Lamps\n  + [S]: Teenagers sleep late.\n"
    merged = merge(made(base=BASE, a=moved.format("+"), b=other))

    (conflict,) = merged.conflicts
    assert (Clash.MOVED, "[S]", ["[B]", "[L]"]) == (
        conflict.clash,
        conflict.what,
        [v.text for v in conflict.versions],
    )
    heads = [str(r.head) for r in merged.debate.relations if r.tail == ClaimRef("S")]
    assert {"[T]", "[B]", "[L]"} == set(heads)


def test_data_that_one_changed_goes_before_what_the_base_says():
    merged = merge(made(base="[A]: a {x: 1}\n", a="[A]: a {x: 1}\n", b="[A]: a {x: 2}\n"))

    assert 2 == merged.debate.claim("A").data.get("x")
    assert () == merged.conflicts


# --- many


def _many(texts: Sequence[str], title: str = "{}") -> Debate:
    b = Builder()
    before: list[ClaimRef] = []
    for n, text in enumerate(texts):
        ref = b.claim(text, title=title.format(n) if title else "")
        if before:
            b.relate(Kind.SUPPORT, ref, before[n // 3])
        before.append(ref)
    return b.build()


MANY = 10_000
DRAWN = random.Random(3)
WORDS = ["".join(DRAWN.choices("abcdefghijklmnopqrstuvwxyz", k=6)) for _ in range(3000)]
TEXTS = [" ".join(DRAWN.choices(WORDS, k=14)) for _ in range(2 * MANY)]
NEAR = [text.rpartition(" ")[0] for text in TEXTS[:MANY]]
HERE, THERE = TEXTS[:MANY], TEXTS[MANY:]


@pytest.mark.parametrize(
    ("one", "other", "accept"),
    [
        (_many(HERE), _many(HERE), ()),
        (_many(HERE), _many(THERE, "x{}"), ()),
        (_many(HERE), _many(NEAR, "x{}"), ["all"]),
        (_many(HERE), _many(NEAR), ()),
        (_many(HERE, ""), _many(NEAR, ""), ()),
        (_many(["Bells ring again"] * MANY), _many(["Bells ring"] * MANY, "x{}"), ["all"]),
        (_many(["Bells ring"] * MANY, ""), _many(["Bells ring"] * MANY, ""), ()),
    ],
    ids=["same", "other", "near", "near, one title", "untitled", "all alike", "all the same"],
)
@pytest.mark.parametrize("based", [False, True])
def test_two_maps_of_ten_thousand_claims_take_seconds(one, other, accept, based: bool):
    started = time.process_time()
    merge([Contribution("a", one, based), Contribution("b", other)], accept)

    assert 15 > time.process_time() - started


# --- from Python


def test_maps_are_merged_from_python():
    one, two = (argmap.loads(f"[{n}]: {n}\n") for n in "AB")
    merged = argmap.merge([one, two.debate], names=["ana", "ben"], title="Both")

    assert (("ana", "ben"), "Both") == (merged.contributors, merged.debate.title)


def test_a_contributor_is_called_as_the_speaker_or_as_the_file(folder: Path):
    (folder / "k.argdown").write_text("===\nspeaker: Ana Keller\n===\n\n[A]: a\n")
    (folder / "b[1].argdown").write_text("[A]: a\n")
    merged = argmap.merge([argmap.load("k.argdown"), argmap.load("b[1].argdown")])

    assert ("Keller", "b 1") == merged.contributors


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["a", "a"], "two of these maps are by 'a'"),
        (["a", ""], "whose map is this?"),
        (["a", "b", "c"], "there are 3 names for 2 maps"),
        (["a", "[b]"], "a contributor's name has no brackets"),
    ],
)
def test_names_that_do_not_tell_maps_apart_are_refused(names: list[str], told: str):
    with pytest.raises(BadValue, match=re.escape(told)):
        argmap.merge([Debate(), Debate()], names=names)


def test_nothing_merged_is_nothing():
    assert () == argmap.merge([]).debate.claims


def test_the_report_as_it_is_printed(golden):
    base, a, b = made(
        base=BASE,
        ana="# Health\n\n" + BASE.replace("late", "long") + "\nBells wake the street. {x: 1}\n",
        ben=BASE.replace("late", "ill") + "\n[L]: Bells wake the whole street.\n\n<B>: x\n",
    )
    merged = merge([base, a, b])

    golden("merge/report.md", str(argmap.printed(merged, "md")))
    golden("merge/report.txt", str(argmap.printed(merged, columns=80)))
    golden("merge/report.json", str(argmap.printed(merged, "json")))


# --- from the command line


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, body in {"a": BELLS_A, "b": "[B]: Bells wake the whole street.\n"}.items():
        (tmp_path / f"{name}.argdown").write_text(body, encoding="utf-8")
    return tmp_path


def run(*arguments: str, stdin: str = "") -> Result:
    result = CliRunner().invoke(main, ["merge", *arguments], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def test_the_merged_map_is_printed_and_proposals_are_told(folder: Path):
    result = run("a.argdown", "b.argdown")

    assert 0 == result.exit_code
    assert "[A]: Bells wake the street. {contributors: [a]}" in result.stdout
    assert "proposal 1: [A] “Bells wake the street.” (a) = [B]" in result.stderr


def test_map_and_report_are_written(folder: Path):
    result = run(
        *("ana=a.argdown", "b.argdown", "--as", "", "--as", "ben", "-o", "both.json"),
        *("--report", "r.md", "--report", "r.html", "--report", "r.json", "--accept", "1"),
    )

    assert (0, "") == (result.exit_code, result.stdout)
    claim = argmap.load("both.json").debate.claim("A")
    assert ("ana", "ben") == claim.data.get(CONTRIBUTORS)
    assert "**1**" in (folder / "r.md").read_text(encoding="utf-8")
    told = json.loads((folder / "r.json").read_text(encoding="utf-8"))
    assert ("argmap-merge", 1) == (told["format"], told["version"])


def test_the_base_is_named(folder: Path):
    (folder / "start.argdown").write_text(BELLS_A)

    assert "start" in run("--base", "start.argdown", "a.argdown").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["a.argdown", "./a.argdown"], "./a.argdown is given twice"),
        (["x=a.argdown", "x=b.argdown"], "two of these maps are by 'x'"),
        (["a.argdown", "b.argdown", "-o", "b.argdown"], "cannot write b.argdown"),
        (["a.argdown", "b.argdown", "--report", "b.md", "-o", "b.md"], "not to b.md"),
        (["a.argdown", "b.argdown", "--accept", "3"], "no proposal is named '3'"),
        (["a.argdown", "c.argdown"], "there is no file c.argdown"),
        (["a.argdown", "b.argdown", "-o", "x.svg"], "not to x.svg"),
        (["a.argdown", "b.argdown", "-o", "no/x.argdown"], "there is no folder no"),
        (["a.argdown", "b.argdown", "--report", "x.svg"], "not written as .svg"),
        (["a.argdown", "--as", "a", "--as", "b"], "there are 2 names for 1 files"),
        (["a.argdown", "--report", "-"], "written to different places"),
        (["-", "a.argdown"], "whose map is this?"),
    ],
)
def test_misuse_is_told_and_nothing_is_written(folder: Path, arguments: list[str], told: str):
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    result = run(*arguments, stdin="[C]: c\n")

    assert (2, "") == (result.exit_code, result.stdout)
    assert told in " ".join(result.stderr.split())
    assert before == {p.name: p.read_bytes() for p in folder.iterdir()}


def test_a_file_with_errors_is_told_and_nothing_is_written(folder: Path):
    (folder / "bad.argdown").write_text("===\ntitle: [\n===\n")
    result = run("a.argdown", "bad.argdown", "-o", "out.argdown")

    assert 1 == result.exit_code
    assert "error[" in result.stderr
    assert not (folder / "out.argdown").exists()


def test_a_debate_with_positions_is_merged_with_others(folder: Path):
    (folder / "k.argdown").write_text("===\nspeaker: Keller\n===\n\n[N]: n\n")
    (folder / "d.argdown").write_text(
        "===\npositions: [k.argdown]\n===\n\n[M]: m\n  + [Keller: N]\n"
    )
    result = run("d.argdown", "a.argdown", "-o", "out.argdown")

    assert 0 == result.exit_code
    assert {"Keller: N", "M", "A"} == {c.title for c in argmap.load("out.argdown").debate.claims}


# --- what is said in several ways stands beside


SAID = """===
sources:
  K: {{title: Book, author: [{0}], date: {1}, url: "http://{2}", "date (b)": old}}
===

[P]: p {{source: K}}
"""


def test_of_a_work_every_date_is_kept():
    merged = merge(made(a=SAID.format("Ann", 2001, "x"), b=SAID.format("Ben", 2002, "x")))
    (source,) = merged.debate.sources
    assert ("2001", ("Ann",)) == (source.date, source.authors)
    assert "old" == source.data.get("date (b)")
    assert "2002" == source.data.get("date (b) (again)")
    assert ("Ben",) == source.data.get("authors (b)")
    assert ["the authors of K", "the date of K"] == [c.what for c in merged.conflicts]


def test_a_date_that_one_put_right_goes_before_that_of_the_base():
    old, new = (SAID.format("Ann", year, "x") for year in (2001, 2002))
    merged = merge(made(base=old, a=old, b=new))
    assert ["2002"] == [s.date for s in merged.debate.sources]
    assert () == merged.conflicts


def test_no_odd_contributors_are_lost():
    odd = formats.read(
        Text(
            "x.json",
            """{"format": "argmap", "version": 1, "claims": [{
        "title": "A", "wordings": [{"text": "a"}],
        "data": {"contributors": {"x": 1}, "contributors (a)": 2}}]}""",
        )
    )
    contributions = [Contribution("a", odd.debate), *made(base="[A]: a", b="[A]: a")]
    (claim,) = merge(contributions).debate.claims
    assert 2 == claim.data.get("contributors (a)")
    assert "x" in claim.data.get("contributors (a) (again)")
    assert ("base", "a", "b") == claim.data.get(CONTRIBUTORS)


def test_headings_of_the_same_words_are_told_apart():
    merged = merge(made(a="# H {n: 1}\n\n[A]: a\n", b="# H {n: 2}\n\n[A]: a\n"))
    (conflict,) = merged.conflicts
    assert ["H (1)", "H (2)"] == [v.text for v in conflict.versions]
    assert "under H (1)" == conflict.outcome


ALIKE = {x: f"[{x.upper()}]: The bells ring at eight {x} day.\n" for x in ("each", "every")}


@pytest.mark.parametrize("odd", ["EACH", "-1", "1-3", "1;2", "none", "=", True])
def test_what_accepts_nothing_is_told_what_would(odd: str):
    with pytest.raises(BadValue, match=f"as A=B, or all are: not '{odd}'"):
        merge(made(**ALIKE), [odd])


def test_where_nothing_is_proposed_no_number_is_accepted():
    with pytest.raises(BadValue, match="there are no proposals"):
        merge(made(a="[A]: a\n", b="[B]: something else\n"), ["1"])


@pytest.mark.parametrize("odd", ["0", "3", "99999999999999999999"])
def test_a_proposal_that_is_not_there_is_told_which_are(odd: str):
    with pytest.raises(UnknownName, match="it is one of 1"):
        merge(made(**ALIKE), [odd])


def test_a_claim_is_never_fused_with_an_argument():
    with pytest.raises(BadValue, match="a claim and an argument are never one"):
        merge(made(a="[A]: a\n", b="<B>: a\n"), ["A=B"])


def test_all_are_accepted_in_any_letters():
    assert not merge(made(**ALIKE), ["ALL"]).open


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("[A]: a\n  + [B]: b\n", "[A]: a\n\n[B]: b\n", ("taken off", "[A]", "")),
        ("[A]: a\n\n[B]: b\n", "[A]: a\n  + [B]: b\n", ("joined", "", "[A]")),
        (
            "[A]: a\n  + [B]: b\n",
            "[A]: a\n  - [B]: b\n",
            ("turned", "support: [A]", "attack: [A]"),
        ),
    ],
)
def test_what_bears_otherwise_than_in_the_base_is_told(before: str, after: str, told):
    merged = merge(made(base=before, a=after, b=before))
    assert [(*told[:1], "B", *told[1:])] == [
        (c.turn.value, c.ref.title, c.before, c.after) for c in merged.changes
    ]


def test_what_bore_on_something_left_out_is_not_told_to_be_taken_off():
    merged = merge(made(base="[A]: a\n  + [B]: b\n", a="[B]: b\n"))
    assert [Turn.LEFT_OUT] == [c.turn for c in merged.changes]


def test_groups_that_map_one_speaker_are_called_after_their_files(tmp_path):
    for name in ("red", "green"):
        (tmp_path / f"{name}.argdown").write_text(f"===\nspeaker: Ana\n===\n\n[A]: {name} it is\n")
    maps = [argmap.load(tmp_path / f"{name}.argdown") for name in ("red", "green")]

    assert ("green", "red") == tuple(sorted(argmap.merge(maps).contributors))
    assert ("Ana",) == argmap.merge(maps[:1]).contributors


def test_a_claim_of_the_base_that_was_put_in_quite_other_words_is_another_claim():
    base = argmap.loads("[H]: hens\n  + [Eggs]: The canteen could use the eggs.\n")
    red = argmap.loads("[H]: hens\n  - [Eggs]: Several pupils suffer from allergies.\n")
    near = argmap.loads("[H]: hens\n  + [Eggs]: The canteen could well use the eggs.\n")

    apart = argmap.merge([red], names=["red"], base=base)
    assert {"H", "Eggs", "red: Eggs"} == {c.title for c in apart.debate.claims}
    one = argmap.merge([near], names=["red"], base=base)
    assert {"H", "Eggs"} == {c.title for c in one.debate.claims}
    eggs = [f for f in one.fates if f.was.title == "Eggs"]
    assert ["reworded", "reworded"] == [f.what.value for f in eggs]


@given(st.lists(debates(size=5), min_size=2, max_size=3))
def test_what_is_the_same_has_the_same_words(several):
    merged = argmap.merge(
        several[1:], names=[f"m{n}" for n in range(len(several) - 1)], base=several[0]
    )
    said: dict[object, set[str]] = {}
    for f in merged.fates:
        if f.what.value == "same" and f.text:
            said.setdefault(f.now, set()).add(" ".join(f.text.split()))
    assert all(len(texts) == 1 for texts in said.values())
