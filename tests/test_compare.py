"""Two speakers side by side."""

from __future__ import annotations

import csv
import html
import io
import re
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import Opener, needs_browser
from click.testing import CliRunner, Result
from conftest import ROOT
from hypothesis import given, settings
from strategies import disputes

import argmap
from argmap.cli import main
from argmap.errors import BadValue, UnknownName
from argmap.formats import NotFetched, read
from argmap.layout.measure import width
from argmap.model import Builder, Debate, Kind, Link, Sense, Voice
from argmap.render.compare_words import part_of, place_of, works_of
from argmap.sides import meeting
from argmap.sides.comparison import Asked, Comparison, Entry, Said
from argmap.text import Severity, Text

ANA = """\
===
speaker: {name: Ana Keller}
source: Report
===

[Two runs]: Two runs of each bus would do. {at: ¶6}
  + [Cheap]: They cost little. {at: ¶7}
  + [Full]: The buses are full. {at: ¶8}
"""
TOM = """\
===
speaker: {name: Tom Brandt}
source: Minutes
===

[No]: Nothing should change. {at: ¶1}
  + [Cost]: The bus company asks for a second driver. {at: ¶2}
  + [Crowded]: The buses are crowded. {at: ¶3}
"""


def joined(body: str, ana: str = ANA, tom: str = TOM) -> Debate:
    files = {"ana.argdown": ana, "tom.argdown": tom}

    def fetch(name: str, beside: str) -> Text:
        if name not in files:
            raise NotFetched(name)
        return Text(name, files[name])

    body = re.sub(r"\n(?=[\[#])", "\n\n", body)  # a blank line above each block
    text = f"===\ntitle: Buses\npositions: [ana.argdown, tom.argdown]\n===\n\n{body}"
    found = read(Text("debate.argdown", text), fetch)
    assert [] == [p.message for p in found.problems if p.severity is Severity.ERROR]
    return found.debate


def compare(debate: Debate, left: str, right: str) -> Comparison:
    return argmap.compare(debate, left, right)


def compared(body: str, ana: str = ANA, tom: str = TOM) -> Comparison:
    return compare(joined(body, ana, tom), "Keller", "Brandt")


def names(said: tuple[Said, ...]) -> list[str]:
    """The titles of *said*: in full, ``(in brackets)`` as references, ``+`` what is below."""
    found = []
    for s in said:
        found.append(s.line.title if s.full else f"({s.line.title})")
        found += [f"{b.mark.sign if b.mark else ''}{b.line.title}" for b in s.below]
    return [name.replace("Keller: ", "K ").replace("Brandt: ", "B ") for name in found]


def pair(entry: Entry) -> tuple[list[str], list[str]]:
    return names(entry.left), names(entry.right)


def columns(asked: tuple[Asked, ...]) -> list[tuple[str, list[str], list[str]]]:
    return [(a.question, names(a.sides.left), names(a.sides.right)) for a in asked]


# --- what holds for every debate

DEBATES = [
    p
    for p in sorted((ROOT / "maps").glob("*.argdown"))
    if "\npositions:" in p.read_text(encoding="utf-8")
]
each_debate = pytest.mark.parametrize("path", DEBATES, ids=lambda p: p.stem)


def check_once(c: Comparison, debate: Debate) -> None:
    """Every line of both is in full once, and nobody else's is."""
    by_speaker = meeting(debate).by_speaker
    for speaker in (c.left, c.right):
        full = Counter(s.line.number for s in c.said if s.full and s.line.speaker == speaker.key)
        assert dict.fromkeys((x.number for x in by_speaker[speaker.key]), 1) == full
    assert {s.line.speaker for s in c.said} <= {c.left.key, c.right.key}


def check_ties(c: Comparison, debate: Debate) -> None:
    """Every tie between the two is in one section, once, and no other tie is."""
    both = {c.left.key, c.right.key}
    agreed = (p.agreed for p in c.agreed_fact_opposite_verdict)
    shown = [e.tie for e in (*c.common_ground, *agreed, *c.agreements_with_a_report)]
    for section in (c.clashes, c.tensions, c.qualifications, c.past_each_other):
        shown += [e.tie for e in section]
    between = [
        t
        for t in meeting(debate).ties
        if any({x.speaker, y.speaker} == both for x in t.tails for y in (t.head, *t.struck))
    ]
    assert Counter(map(repr, between)) == Counter(repr(t) for t in shown if t)


@settings(max_examples=200)
@given(disputes())
def test_every_line_of_both_is_in_full_once(debate: Debate):
    check_once(compare(debate, "Ana", "Tom"), debate)


@given(disputes())
def test_every_tie_between_the_two_is_in_one_section(debate: Debate):
    check_ties(compare(debate, "Ana", "Tom"), debate)


@given(disputes())
def test_swapping_the_names_swaps_the_sides_and_nothing_else(debate: Debate):
    there, back = compare(debate, "Ana", "Tom"), compare(debate, "Tom", "Ana")
    assert there.mirrored == back
    assert there == back.mirrored


@given(disputes())
def test_a_reference_comes_after_the_line_in_full(debate: Debate):
    met = set()
    for s in compare(debate, "Ana", "Tom").said:
        assert s.full is (s.line.number not in met)
        met.add(s.line.number)


@each_debate
def test_the_maps_are_compared_whole(path: Path):
    debate = argmap.load(path).debate
    speakers = meeting(debate).speakers
    for a in speakers:
        for b in speakers:
            if a != b:
                c = compare(debate, a.key, b.key)
                check_once(c, debate)
                check_ties(c, debate)
                assert c.mirrored == compare(debate, b.key, a.key)


def test_there_are_debates_among_the_maps():
    assert "rumer-vs-kaczmarski" in {p.stem for p in DEBATES}


def parts_slowly(debate: Debate) -> set[str]:
    """The agreed facts over which Ana and Tom part, by the words of the definition."""
    met = meeting(debate)
    contrary = (Sense.CLASH, Sense.TENSION, Sense.QUALIFIES)

    def upward(line):
        spite = [
            t.head
            for t in met.own
            if t.mark.name == "ATTACK"
            and line.voice is Voice.CONCEDED
            and line.number in {x.number for x in t.tails}
        ]
        return [*met.heads.get(line.number, ()), *spite]

    def above(line):
        """What is concluded from *line*, or in spite of it; itself only if it rests on itself."""
        found, todo = {}, upward(line)
        while todo:
            head = todo.pop()
            if head.number not in found:
                found[head.number] = head
                todo += upward(head)
        return set(found)

    def meets(t, a, b):
        """Whether *t* goes from *a*, or what is concluded from it, to what is from *b*."""
        ways = [(x, t.head) for x in t.tails] + [(t.head, t.tails[0])] * t.mutual
        return any(
            (x.speaker, y.speaker) == (a.speaker, b.speaker)
            and y.number in above(b)
            and x.number in {*above(a), a.number}
            for x, y in ways
        )

    found = set()
    for t in met.ties:
        if t.sense is not Sense.AGREES or (t.about and t.about.value != "fact"):
            continue
        ends = {x.number: x for x in (*t.tails, *t.struck, t.head)}.values()
        left = [x for x in ends if x.speaker == "Ana"]
        right = [x for x in ends if x.speaker == "Tom"]
        tails = {x.speaker for x in t.tails}
        heads = {x.speaker for x in (t.head, *t.struck)}
        between = ("Ana" in tails and "Tom" in heads) or ("Tom" in tails and "Ana" in heads)
        if not between or not all(x.is_own for x in (*left, *right)):
            continue
        for other in met.ties:
            if other.sense in contrary and any(
                meets(other, a, b) or meets(other, b, a) for a in left for b in right
            ):
                found.add(repr(t))
    return found


@given(disputes())
def test_agreed_facts_with_opposite_verdicts_are_those_of_the_definition(debate: Debate):
    c = compare(debate, "Ana", "Tom")
    if any(e.over for e in c.entries):
        return  # what both say of a claim of neither has tests of its own
    found = {repr(p.agreed.tie) for p in c.agreed_fact_opposite_verdict}
    assert parts_slowly(debate) == found


@given(disputes())
def test_unanswered_is_what_the_definition_says(debate: Debate):
    met, c = meeting(debate), compare(debate, "Ana", "Tom")
    tied: dict[str, set[Sense]] = {}
    for e in c.entries:
        if e.tie:
            for line in (*e.tie.tails, *e.tie.struck, e.tie.head):
                tied.setdefault(line.number, set()).add(e.tie.sense)
    homes = met.homes
    held = {k: [x for x in met.by_speaker[k] if x.is_own] for k in ("Ana", "Tom")}
    asked = any(x.number in homes for lines in held.values() for x in lines)
    spoken = [{homes.get(x.number) for x in lines} - {None} for lines in held.values()]
    expected = set()
    for lines in held.values():
        for x in lines:
            below = [y for y in met.by_speaker[x.speaker] if x in met.conclusions(y)]
            granted = is_granted(met, x, tied)
            shared = homes.get(x.number) in spoken[0] & spoken[1] if asked else True
            if (
                x.voice is not Voice.CONCEDED
                and shared
                and not granted
                and not any(y.number in tied for y in below)
            ):
                expected.add(x.number)
    tops = [s for a in c.unanswered for s in (*a.sides.left, *a.sides.right)]
    shown = {s.line.number for top in tops for s in (top, *top.below)}
    before = [*c.thesis.left, *c.thesis.right]
    before += [s for e in c.entries if e.over for s in (*e.left, *e.right)]
    assert {s.line.number for s in tops} <= expected
    assert expected <= shown | {s.line.number for s in before}


def is_granted(met, line, tied) -> bool:
    """Whether the other agrees to something that *line* is a reason for, at once or through what
    no tie joins.
    """
    seen, todo = {line.number}, [line]
    for x in todo:
        for head in met.heads.get(x.number, ()):
            if tied.get(head.number) == {Sense.AGREES}:
                return True
            if head.number not in tied and head.number not in seen:
                seen.add(head.number)
                todo.append(head)
    return False


# --- each section

LINK = "{{link: {{as: {}, about: {}, because: so it is}}}}"


def test_what_each_concludes_comes_first_with_what_it_rests_on():
    c = compared("")
    assert ["K Two runs"] == names(c.thesis.left)
    assert ["B No"] == names(c.thesis.right)


def test_a_bare_reply_is_no_thesis():
    tom = TOM + "\n[Costly]: It costs too much. {at: ¶4}\n"
    c = compared("[Keller: Cheap]\n  - [Brandt: Costly]\n", tom=tom)
    assert ["B No"] == names(c.thesis.right)
    assert [(["K Cheap"], ["B Costly"])] == [pair(e) for e in c.clashes]


def test_a_fact_that_both_grant_to_conclude_opposite_things():
    c = compared(
        "[Keller: Full]\n  + [Brandt: Crowded] {link: {as: agrees, about: fact}}\n"
        "[Keller: Two runs]\n  - [Brandt: No] {link: {as: clash, about: policy}}\n"
    )
    (parting,) = c.agreed_fact_opposite_verdict
    assert (["K Full"], ["B Crowded"]) == pair(parting.agreed)
    assert (["(K Two runs)"], ["(B No)"]) == pair(parting.verdicts)
    assert () == c.common_ground
    assert 1 == len(c.clashes)


@pytest.mark.parametrize("about", ["value", "definition", "prediction"])
def test_what_is_no_fact_is_common_ground_whatever_is_concluded(about: str):
    c = compared(
        f"[Keller: Full]\n  + [Brandt: Crowded] {{link: {{as: agrees, about: {about}}}}}\n"
        "[Keller: Two runs]\n  - [Brandt: No]\n"
    )
    assert (1, ()) == (len(c.common_ground), c.agreed_fact_opposite_verdict)


def test_past_each_other_is_no_opposite_verdict():
    c = compared(
        "[Keller: Full]\n  + [Brandt: Crowded]\n[Keller: Two runs]\n  - [Brandt: No] {link: past}\n"
    )
    assert (1, (), 1) == (
        len(c.common_ground),
        c.agreed_fact_opposite_verdict,
        len(c.past_each_other),
    )


def test_a_fact_that_one_concedes_and_concludes_in_spite_of():
    ana = ANA + "  - [Late]: The second run comes late. {at: ¶9, voice: conceded}\n"
    tom = TOM + "  + [Slow]: Pupils would wait. {at: ¶4}\n"
    c = compared(
        "[Keller: Late]\n  + [Brandt: Slow]\n[Keller: Two runs]\n  - [Brandt: No]\n", ana, tom
    )
    (parting,) = c.agreed_fact_opposite_verdict
    assert (["K Late"], ["B Slow"]) == pair(parting.agreed)


def test_a_fact_that_helps_to_strike_its_own_side_is_no_verdict_of_the_other():
    b = Builder()
    b.speaker("Ana")
    b.speaker("Tom")
    fact = b.claim("Full.", title="Full", by="Ana")
    runs = b.claim("Two runs.", title="Runs", by="Ana")
    crowd = b.claim("Crowded.", title="Crowded", by="Tom")
    plan = b.claim("A plan.", title="Plan", by="Tom")
    b.support(runs, fact)
    b.support(fact, crowd)
    b.rebut(plan, [runs, crowd])
    c = compare(b.build(), "Ana", "Tom")
    assert (1, 1, ()) == (
        len(c.common_ground),
        len(c.clashes),
        c.agreed_fact_opposite_verdict,
    )


def test_one_fact_for_and_against_one_claim():
    c = compared(
        "[Keller: Full]\n  + [Brandt: Crowded]\n[Keller: Two runs]\n  - [Brandt: Crowded]\n"
    )
    (parting,) = c.agreed_fact_opposite_verdict
    assert (["(K Two runs)"], ["(B Crowded)"]) == pair(parting.verdicts)


def test_a_reported_view_that_the_other_holds_is_nobodys_agreed_fact():
    ana = ANA + "  + [Old]: The buses are old. {at: ¶9, of: drivers}\n"
    tom = TOM + "  + [Worn]: The buses are worn. {at: ¶4}\n"
    c = compared(
        "[Keller: Old]\n  + [Brandt: Worn]\n[Keller: Two runs]\n  - [Brandt: No]\n", ana, tom
    )
    assert ((), ()) == (c.common_ground, c.agreed_fact_opposite_verdict)
    assert [(["K Old"], ["B Worn"])] == [pair(e) for e in c.agreements_with_a_report]


def test_an_objection_to_a_step_stands_beside_what_it_grants():
    c = compared("[Keller: Two runs]\n  + [Keller: Full]\n    _ [Brandt: Cost]\n")
    (entry,) = c.qualifications
    assert (["K Full", "(K Two runs)"], ["B Cost"]) == pair(entry)
    assert entry.tie is not None
    assert ["Keller: Full"] == [s.title for s in entry.tie.struck]


@pytest.mark.parametrize(
    ("sense", "section"),
    [
        ("clash", "clashes"),
        ("tension", "tensions"),
        ("qualifies", "qualifications"),
        ("agrees", "common_ground"),
        ("past", "past_each_other"),
    ],
)
def test_each_tie_stands_under_what_it_is(sense: str, section: str):
    sign = "+" if sense == "agrees" else "-"
    body = f"[Keller: Cheap]\n  {sign} [Brandt: Cost] {LINK.format(sense, 'measure')}\n"
    (entry,) = getattr(compared(body), section)
    assert (["K Cheap"], ["B Cost"]) == pair(entry)
    assert ("measure", "so it is", "mapper", True) == (
        entry.about.value,
        entry.because,
        entry.by,
        entry.inferred,
    )


def test_what_no_tie_meets_is_unanswered_on_a_question_of_both():
    c = compared("# Costs?\n\n[Keller: Cheap]\n  - [Brandt: Cost]\n\n[Keller: Full]\n")
    assert [("Costs?", ["K Full"], [])] == columns(c.unanswered)


def test_what_rests_on_something_met_is_not_unanswered():
    ana = ANA.replace("  + [Full]", "    + [Small]: They are small. {at: ¶7}\n  + [Full]")
    c = compared(
        "# Q?\n[Keller: Two runs]\n[Brandt: No]\n[Keller: Small]\n  - [Brandt: Cost]\n", ana
    )
    assert [("Q?", ["K Full"], ["B Crowded"])] == columns(c.unanswered)
    assert ["K Two runs", "+K Cheap"] == names(c.thesis.left)


def test_a_reason_for_what_the_other_grants_is_not_unanswered():
    ana = ANA.replace("  + [Full]", "    + [Small]: They are small. {at: ¶7}\n  + [Full]")
    c = compared(
        "# Q?\n[Keller: Two runs]\n[Brandt: No]\n[Keller: Cheap]\n  + [Brandt: Cost]\n", ana
    )
    assert [("Q?", ["K Full"], ["B Crowded"])] == columns(c.unanswered)
    assert [(["K Cheap", "+K Small"], ["B Cost"])] == [pair(e) for e in c.common_ground]


def test_a_reason_for_what_the_other_denies_is_unanswered_though_it_serves_what_is_granted():
    ana = ANA.replace("  + [Full]", "    + [Small]: They are small. {at: ¶7}\n  + [Full]")
    c = compared(
        "# Q?\n[Keller: Two runs]\n  + [Brandt: No]\n[Keller: Cheap]\n  - [Brandt: Cost]\n", ana
    )
    assert [("Q?", ["K Small"], [])] == columns(c.unanswered)


def test_neither_a_report_nor_a_concession_waits_for_an_answer():
    ana = ANA + (
        "  - [Late]: The second run comes late. {at: ¶9, voice: conceded}\n"
        "  - [Noise]: Buses are loud. {at: ¶9, of: neighbours}\n"
    )
    c = compared(
        "# Q?\n[Keller: Two runs]\n[Brandt: No]\n[Keller: Cheap]\n  - [Brandt: Cost]\n", ana
    )
    assert [("Q?", ["K Full"], ["B Crowded"])] == columns(c.unanswered)
    assert ["K Two runs", "-K Late"] == names(c.thesis.left)
    assert ["K Noise"] == names(c.context.left)


def test_a_debate_that_asks_nothing_is_one_question():
    ana, tom = ANA, TOM
    c = compared("[Keller: Cheap]\n  - [Brandt: Cost]\n", ana, tom)
    assert [("", ["K Full"], ["B Crowded"])] == columns(c.unanswered)
    assert () == c.shared_questions


def test_a_question_on_which_only_one_speaks():
    ana = ANA + "\n[Lanes]: Lanes help. {at: ¶9}\n"
    c = compared("# Costs?\n[Keller: Cheap]\n[Brandt: Cost]\n# Streets?\n[Keller: Lanes]\n", ana)
    assert ("Costs?",) == c.shared_questions
    assert [("Streets?", ["K Lanes"], [])] == columns(c.only_one_speaks)


def test_a_claim_of_neither_is_where_both_clash():
    b = Builder()
    b.speaker("Ana")
    b.speaker("Tom")
    later = b.claim("School should begin later.", title="Later")
    b.support(later, b.claim("Pupils sleep.", title="Sleep", by="Ana"))
    b.rebut(later, b.claim("Parents work.", title="Work", by="Tom"))
    c = compare(b.build(), "Ana", "Tom")
    assert not c.thesis
    (entry,) = c.clashes
    assert entry.over is not None
    assert ("Later", "", None) == (entry.over.title, entry.by, entry.tie)
    assert [("SUPPORT", "1"), ("ATTACK", "1")] == [
        (s.mark.name, s.on) for s in (*entry.left, *entry.right) if s.mark
    ]


def test_what_both_say_for_a_claim_of_neither_is_common_ground():
    b = Builder()
    b.speaker("Ana")
    b.speaker("Tom")
    later = b.claim("School should begin later.", title="Later")
    b.support(later, b.claim("Pupils sleep.", title="Sleep", by="Ana"))
    b.support(later, b.claim("Buses are free.", title="Free", by="Tom"))
    c = compare(b.build(), "Ana", "Tom")
    assert (1, ()) == (len(c.common_ground), c.clashes)


# --- what cannot be compared


def test_names_are_keys_or_full_names_in_any_case():
    debate = joined("")
    assert compare(debate, "Keller", "Brandt") == compare(debate, "ana keller", "BRANDT")


def test_a_speaker_beside_themself_is_refused():
    with pytest.raises(BadValue, match="are one speaker: compare Keller with another \\(Brandt\\)"):
        compare(joined(""), "keller", "Ana Keller")


def test_an_unknown_speaker_is_told_the_nearest():
    with pytest.raises(UnknownName, match="did you mean 'Keller'"):
        compare(joined(""), "Kelle", "Brandt")


def test_who_is_declared_and_holds_nothing_is_not_said_to_be_unknown():
    text = "===\nspeakers: [Keller, Brandt, {key: Mute, name: Otto Mute}]\n===\n\n"
    debate = argmap.loads(f"{text}[A]: a {{speaker: Keller}}\n\n[B]: b {{speaker: Brandt}}\n")
    for name in ("mute", "Otto Mute"):
        with pytest.raises(BadValue, match="Otto Mute is a speaker here, but holds no claim"):
            argmap.compare(debate, "Keller", name)


def test_of_very_many_speakers_not_all_are_listed():
    many = "\n\n".join(f"[C{n}]: c {{speaker: S{n}}}" for n in range(2000))
    debate = argmap.loads(f"{many}\n")
    for a, b in (("S1", "zzzzzzzz"), ("S1", "s1")):
        with pytest.raises((UnknownName, BadValue)) as told:
            argmap.compare(debate, a, b)
        assert len(str(told.value)) < 400


def test_a_question_asked_twice_in_one_place_is_one_question():
    text = "# Later?\n\n[A]: a {{speaker: X}}\n\n{}\n\n[B]: b {{speaker: Y}}\n"
    twice = argmap.compare(argmap.loads(text.format("#  later?")), "X", "Y")
    assert ("Later?",) == twice.shared_questions
    assert () == twice.only_one_speaks
    apart = argmap.compare(argmap.loads(text.format("# Buses\n\n## Later?")), "X", "Y")
    assert () == apart.shared_questions
    assert 2 == len(apart.only_one_speaks)


def test_an_objection_to_a_step_from_very_many_premises_is_printed_in_a_moment():
    premises = "\n".join(f"({n}) [P{n}]: p {{speaker: X}}" for n in range(1, 2001))
    undercuts = "\n\n".join(f"<U{n}>: u {{speaker: Y}}\n  _> <J>" for n in range(60))
    m = argmap.loads(f"<J>\n\n{premises}\n----\n(2001) [C]: c {{speaker: X}}\n\n{undercuts}\n")
    begin = time.process_time()
    found = argmap.compare(m, "X", "Y")
    assert {"granted"} == {part_of(s, e) for e in found.qualifications for s in e.left[:-1]}
    assert time.process_time() - begin < 10


def test_who_holds_a_claim_with_others_is_named_with_them():
    debate = argmap.loads(
        "[A]: a {speaker: AB}\n\n[A]: b {speaker: A}\n\n"
        "[C]: c {speaker: A, voice: hedged}\n\n[B]: b {speaker: B}\n"
    )
    assert ["AB and A", "(hedged)", ""] == [line.manner for line in meeting(debate.debate).lines]


def test_of_several_dates_of_an_answer_all_must_be_older_before_it_is_doubted():
    text = (
        "===\nsources:\n  - {key: Old, date: 2001}\n  - {key: New, date: 2009}\n"
        "  - {key: Last, date: 2012}\n===\n\n[A]: a {speaker: X, source: New}\n"
        "  - [B]: b {speaker: Y, source: Old}\n\n"
    )
    again = "[B]: b {speaker: Y, source: Last}\n"
    for more, doubts in (("", 1), (again, 0)):
        debate = argmap.loads(text + more)
        assert doubts == [p.code for p in debate.problems].count("AM314")
        assert doubts == len(argmap.compare(debate, "X", "Y").clashes[0].doubts)


def test_what_strikes_a_step_is_not_held_against_the_figures_of_its_conclusion():
    debate = argmap.loads(
        "[A]: a {speaker: X, figure: {measures: pupils}}\n  + [R]: r {speaker: X}\n"
        "    _ [U]: u {speaker: Y, figure: {measures: lessons}, link: {as: clash}}\n"
    )
    assert [] == [p.code for p in debate.problems]
    assert ((),) == tuple(e.doubts for e in argmap.compare(debate, "X", "Y").clashes)


def test_a_map_of_one_says_who_is_there():
    with pytest.raises(BadValue, match="only Ana Keller speaks in this map"):
        compare(argmap.loads(ANA).debate, "Keller", "Brandt")


def test_a_map_of_nobody_says_how_to_name_somebody():
    with pytest.raises(BadValue, match="nobody speaks in this map: say under “speaker:”"):
        compare(argmap.loads("[A]: a").debate, "Keller", "Brandt")


def test_without_ties_nothing_is_made_up():
    c = compared("# Costs?\n\n[Keller: Cheap]\n\n[Brandt: Cost]\n")
    assert not c.is_linked
    assert ("Costs?",) == c.shared_questions
    assert [("Costs?", ["K Cheap"], ["B Cost"])] == columns(c.unanswered)


# --- large debates


def long_debate(claims: int, ties: int) -> Debate:
    """Two chains of *claims*, as deep as they are long, tied here and there."""
    b = Builder()
    refs = {}
    for key in ("Ana", "Tom"):
        b.speaker(key)
        refs[key] = [b.claim(f"{key} says {n}.", title=f"{key} {n}", by=key) for n in range(claims)]
        for n in range(1, claims):
            b.relate(Kind.SUPPORT, refs[key][n], refs[key][n - 1 if n % 7 else n // 2])
    for n in range(ties):
        at, kind = n * claims // ties, Kind.SUPPORT if n % 2 else Kind.ATTACK
        sense = Sense.AGREES if n % 2 else list(Sense)[n // 2 % 3]
        b.relate(kind, refs["Tom"][(at * 7) % claims], refs["Ana"][at], link=Link(sense))
    return b.build()


def test_two_long_positions_are_compared_in_a_moment():
    debate = long_debate(5_000, 2_000)
    begin = time.process_time()
    c = compare(debate, "Ana", "Tom")
    assert time.process_time() - begin < 30
    assert 500 < len(c.agreed_fact_opposite_verdict)


# --- what is printed


def rows(c: Comparison) -> list[list[str]]:
    printed = argmap.printed(c, "csv")
    assert isinstance(printed, str)
    return list(csv.reader(io.StringIO(printed)))


@given(disputes())
def test_every_claim_is_printed_once(debate: Debate):
    c = compare(debate, "Ana", "Tom")
    texts = {s.line.text for s in c.said}
    for format in ("csv", "html", "md"):
        printed = html.unescape(str(argmap.printed(c, format)))
        counts = {t: len(re.findall(rf"{re.escape(t)}(?!\d)", printed)) for t in texts}
        assert dict.fromkeys(texts, 1) == counts


@given(disputes())
def test_the_other_way_round_the_columns_change_over_and_nothing_else(debate: Debate):
    there = rows(compare(debate, "Ana", "Tom"))
    back = rows(compare(debate, "Tom", "Ana"))
    assert [r if len(r) < 3 else [r[0], r[2], r[1]] for r in there] == back


@each_debate
def test_the_maps_are_printed_with_the_place_of_every_claim(path: Path):
    debate = argmap.load(path).debate
    a, b = meeting(debate).speakers[:2]
    c = compare(debate, a.key, b.key)
    works = works_of(c)
    columns = [said for row in rows(c) for said in row]
    for s in c.said:
        if s.full:
            (cell,) = [said for said in columns if s.line.text in said]
            after = cell.split(s.line.text, 1)[1].replace("\xa0", " ")
            credit = f" — {s.line.credit}" if not s.line.is_own else ""
            meant = credit or s.line.credit.removeprefix(s.line.speaker)
            expected = f"{' (unstated)' * s.line.unstated}{meant} {place_of(s.line, works)}"
            assert after.startswith(expected)


def test_a_comparison_looks_as_it_did(golden: Callable[[str, str], None]):
    debate = argmap.load(ROOT / "maps" / "rumer-vs-kaczmarski.argdown").debate
    c = compare(debate, "Rumer", "Kaczmarski")
    golden("compare.txt", str(argmap.printed(c, columns=80)))
    golden("compare.ascii.txt", str(argmap.printed(c, columns=60, ascii=True)))
    golden("compare.md", str(argmap.printed(c, "md")))
    golden("compare.json", str(argmap.printed(c, "json")))


def test_a_link_says_whose_it_is():
    c = compared(
        "[Keller: Cheap]\n  - [Brandt: Cost]\n"
        "[Keller: Full]\n  + [Brandt: Crowded] {link: {as: agrees, by: Minutes}}\n"
    )
    heads = [row[0] for row in rows(c) if row]
    assert "Clash. (mapper’s link)" in heads
    assert "Common ground. (link drawn by Minutes)" in heads


def test_a_view_that_one_only_reports_is_marked():
    ana = ANA + "  + [Old]: The buses are old. {at: ¶9, of: drivers}\n"
    tom = TOM + "  + [Worn]: The buses are worn. {at: ¶4}\n"
    c = compared("[Keller: Old]\n  + [Brandt: Worn]\n", ana, tom)
    assert "Agrees with a report. (mapper’s link); Keller only reports it" in [
        r[0] for r in rows(c) if r
    ]


def test_a_map_without_ties_says_so_and_names_what_both_are_asked():
    c = compared("# Costs?\n\n[Keller: Cheap]\n\n[Brandt: Cost]\n")
    printed = str(argmap.printed(c, columns=400))
    assert "*This map draws no link between the two" in printed
    assert "Both speak on “Costs?”." in printed


def test_quotations_are_printed_where_they_are_asked_for():
    ana = ANA.replace("{at: ¶7}", "{at: ¶7, quote: a small sum}")
    c = compared("", ana)
    assert "“a small sum”" not in str(argmap.printed(c))
    assert "“a small sum”" in str(argmap.printed(c, "md", quotes=True))


@needs_browser
def test_two_positions_of_forty_four_claims_fit_on_one_sheet(opened: Opener):
    import pypdf

    debate = argmap.load(ROOT / "maps" / "rumer-vs-kaczmarski.argdown").debate
    c = compare(debate, "Rumer", "Kaczmarski")
    assert 44 == sum(s.full for s in c.said)
    page = opened(str(argmap.printed(c, "html")))
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert 1 == len(sheets)


def test_places_in_one_work_are_said_without_its_name():
    tom = TOM + "\n[Two works]: It was tried. {at: ¶4, source: Letter}\n"
    printed = rows(compared("", tom=tom))
    assert ["", "Ana Keller; places are in Report", "Tom Brandt"] == printed[0]
    whole = "; ".join(said for row in printed for said in row).replace("\xa0", " ")
    assert "They cost little. ¶7" in whole
    assert "Nothing should change. Minutes ¶1" in whole


# --- the command


def run(tmp_path: Path, *args: str) -> Result:
    (tmp_path / "ana.argdown").write_text(ANA, encoding="utf-8")
    (tmp_path / "tom.argdown").write_text(TOM, encoding="utf-8")
    (tmp_path / "debate.argdown").write_text(
        "===\ntitle: Buses\npositions: [ana.argdown, tom.argdown]\n===\n\n"
        "[Keller: Cheap]\n  - [Brandt: Cost]\n",
        encoding="utf-8",
    )
    return CliRunner().invoke(main, ["compare", str(tmp_path / "debate.argdown"), *args])


def test_the_command_prints_a_table(tmp_path: Path):
    done = run(tmp_path, "keller", "Tom Brandt")
    assert (0, "") == (done.exit_code, done.stderr)
    assert "Between the two: no agreement" in done.stdout


def test_the_command_writes_what_it_is_asked_for(tmp_path: Path):
    names = ["both.txt", "both.md", "both.html", "both.json", "both.csv", "both.svg"]
    names += ["both.png", "both.xlsx"]
    done = run(tmp_path, "Keller", "Brandt", *[f"-o{tmp_path / name}" for name in names])
    assert (0, "") == (done.exit_code, done.stderr)
    assert [True] * 8 == [(tmp_path / name).stat().st_size > 100 for name in names]


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("Keller", "keller"), "'Keller' and 'keller' are one speaker"),
        (("Keller", "Brand"), "did you mean 'Brandt'"),
    ],
)
def test_the_command_refuses_in_a_sentence(tmp_path: Path, names: tuple[str, str], message: str):
    done = run(tmp_path, *names)
    assert (2, "") == (done.exit_code, done.stdout)
    assert message in done.stderr
    assert 1 == done.stderr.count("\n")


# --- the picture

SVG = "{http://www.w3.org/2000/svg}"
Rect = tuple[float, float, float, float]


def picture(c: Comparison, theme: str = "light") -> ET.Element:
    return ET.fromstring(str(argmap.printed(c, "svg", theme=theme)))


def cards_of(root: ET.Element) -> list[tuple[ET.Element, Rect]]:
    found = []
    for g in root.iter(f"{SVG}g"):
        if g.get("role") == "group":
            rect = g.find(f"{SVG}rect")
            assert rect is not None
            x, y, w, h = (float(rect.get(name, "")) for name in ("x", "y", "width", "height"))
            found.append((g, (x, y, x + w, y + h)))
    return found


def text_box(t: ET.Element) -> Rect:
    x, y, size = (float(t.get(name, "")) for name in ("x", "y", "font-size"))
    wide = width("".join(t.itertext()), size, bold=t.get("font-weight") == "700")
    left = x - wide / 2 if t.get("text-anchor") == "middle" else x
    return left, y - size * 0.75, left + wide, y + size * 0.2


def apart(a: Rect, b: Rect) -> bool:
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def check_picture(c: Comparison) -> None:
    root = picture(c)
    cards = cards_of(root)
    inside = set()
    for g, box in cards:
        for t in g.iter(f"{SVG}text"):
            inside.add(t)
            left, top, right, bottom = text_box(t)
            assert box[0] <= left and box[1] <= top and right <= box[2] + 0.1 and bottom <= box[3]
    boxes = [box for _, box in cards]
    others = [text_box(t) for t in root.iter(f"{SVG}text") if t not in inside]
    for n, box in enumerate(sorted(boxes, key=lambda b: (b[0], b[1]))[:-1]):
        after = sorted(boxes, key=lambda b: (b[0], b[1]))[n + 1]
        assert apart(box, after)
    for n, box in enumerate(others):
        assert all(apart(box, other) for other in others[n + 1 :])
        assert all(apart(box, other) for other in boxes)
    wide, high = (float(v) for v in root.get("viewBox", "").split()[2:])
    assert all(b[0] >= 0 and b[1] >= 0 and b[2] <= wide and b[3] <= high for b in boxes + others)


@settings(max_examples=40)
@given(disputes())
def test_in_the_picture_text_is_inside_its_card_and_nothing_overlaps(debate: Debate):
    check_picture(compare(debate, "Ana", "Tom"))


@each_debate
def test_the_pictures_of_the_maps_have_room_for_all_words(path: Path):
    debate = argmap.load(path).debate
    a, b = meeting(debate).speakers[:2]
    check_picture(compare(debate, a.key, b.key))


@settings(max_examples=40)
@given(disputes())
def test_every_claim_is_on_one_card(debate: Debate):
    c = compare(debate, "Ana", "Tom")
    labels = [g.get("aria-label", "") for g, _ in cards_of(picture(c))]
    for text in {s.line.text for s in c.said}:
        assert 1 == sum(len(re.findall(rf"{re.escape(text)}(?!\d)", said)) for said in labels)


@settings(max_examples=40)
@given(disputes())
def test_in_the_picture_too_the_columns_change_over(debate: Debate):
    def placed(c: Comparison, other: bool) -> Counter[tuple[str, int, float]]:
        found = Counter()
        for g, (x, y, right, _) in cards_of(picture(c)):
            column = 0 if right < 400 else 2 if x > 600 else 1
            found[g.get("aria-label", ""), 2 - column if other else column, y] += 1
        return found

    there, back = compare(debate, "Ana", "Tom"), compare(debate, "Tom", "Ana")
    assert placed(there, other=False) == placed(back, other=True)


@pytest.mark.parametrize("theme", ["auto", "light", "dark", "print"])
def test_the_picture_says_what_it_is_in_every_theme(theme: str):
    root = picture(compared("[Keller: Cheap]\n  - [Brandt: Cost] {link: clash}\n"), theme)
    assert "Buses" == root.findtext(f"{SVG}title")
    said = "Ana Keller and Tom Brandt side by side: 1 link between them."
    assert said == root.findtext(f"{SVG}desc")
    assert "graphics-document" == root.get("role")
    words = ["".join(t.itertext()) for t in root.iter(f"{SVG}text")]
    assert {"clash", "mapper’s link", "CLASHES"} <= set(words)


def test_a_link_in_the_picture_is_a_sentence():
    link = "{link: {as: past, about: scope, because: they speak of other buses}}"
    root = picture(compared(f"[Keller: Cheap]\n  - [Brandt: Cost] {link}\n"))
    (title,) = [
        g.findtext(f"{SVG}title") for g in root.iter(f"{SVG}g") if g.get("data-kind") == "past"
    ]
    assert "2.1 — past each other about scope — 1.1: they speak of other buses" == title


@pytest.mark.parametrize(
    "text", ["<b>&amp; ]]>", "w" * 3000, "你好世界" * 40, "مرحبا بالعالم", "\u202e turned"]
)
def test_no_text_gets_out_of_hand(text: str):
    b = Builder(title=text)
    b.speaker("Ana")
    b.speaker("Tom")
    a, t = (b.claim(text, title=k, by=k) for k in ("Ana", "Tom"))
    b.relate(Kind.ATTACK, t, a, link=Link(Sense.CLASH, because=text))
    c = compare(b.build(), "Ana", "Tom")
    for format in ("txt", "md", "html", "json", "csv"):
        assert argmap.printed(c, format)
    cards_of(picture(c))


def test_a_page_has_the_picture_where_it_is_asked_for():
    c = compared("")
    assert "<svg" not in str(argmap.printed(c, "html"))
    assert 1 == str(argmap.printed(c, "html", picture=True)).count("<svg")


@pytest.mark.parametrize(
    ("first", "second", "doubt"),
    [
        (
            "source: {key: N, date: 2024}",
            "source: {key: O, date: 2019}",
            "the answer, of 2019, is older than what it answers, of 2024",
        ),
        (
            "figure: {value: 4, measures: pupils}",
            "figure: {value: 9, measures: lessons}",
            "the figures cannot be compared: one measures lessons, the other pupils",
        ),
    ],
)
def test_what_is_doubtful_about_a_clash_is_said_with_it(first: str, second: str, doubt: str):
    m = argmap.loads(
        f"[A]: a {{speaker: X, {first}}}\n"
        f"  - [B]: b {{speaker: Y, {second}, link: {{as: clash}}}}\n"
    )
    found = argmap.compare(m, "X", "Y")

    assert ((doubt,),) == tuple(e.doubts for e in found.clashes)
    assert doubt in " ".join(str(argmap.printed(found)).casefold().replace("│", "").split())
    assert found.mirrored == argmap.compare(m, "Y", "X")


def test_what_both_have_to_do_with_a_third_joins_the_two_by_no_link():
    m = argmap.loads(
        "[T]: t {speaker: T}\n"
        "  + [K]: k {speaker: K, link: {as: agrees}}\n"
        "  - [B]: b {speaker: B, link: {as: clash}}\n"
    )
    c = argmap.compare(m, "K", "B")

    assert not c.is_linked
    assert "draws no link between the two" in " ".join(str(argmap.printed(c)).split())


def test_an_answer_with_a_later_source_too_is_not_turned_round():
    m = argmap.loads(
        "[A]: a {speaker: X, source: {key: N, date: 2021}}\n"
        "  - [B]: b {speaker: Y, cite: [{source: {key: O, date: 2020}}, "
        "{source: {key: P, date: 2024}}], link: {as: clash}}\n"
    )

    assert () == m.problems
    assert [()] == [e.doubts for e in argmap.compare(m, "X", "Y").clashes]


def test_the_rule_speaks_of_questions_only_where_there_are_any():
    one = "[Keller: Cheap]\n  - [Brandt: Cost]\n"

    assert "on a question" not in compared(one).rule
    assert "on a question" in compared(f"# Costs?\n\n{one}").rule


def test_two_maps_in_place_of_two_names_are_told_what_to_write():
    done = CliRunner().invoke(main, ["compare", "ana.argdown", "tom.argdown"])
    assert 2 == done.exit_code
    assert "positions: [ana.argdown, tom.argdown]" in " ".join(done.stderr.split())
    done = CliRunner().invoke(main, ["compare", "debate.argdown", "Ana"])
    assert "whom is Ana to be compared with" in done.stderr
