"""Reading Argdown: what each construct says, and what becomes of texts that are not quite right."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from argmap.formats import Reading, read
from argmap.model import (
    ArgumentRef,
    ClaimRef,
    Data,
    Kind,
    Ref,
    StepRef,
    Style,
    Voice,
)
from argmap.text import Severity, Text, report


def reading(body: str) -> Reading:
    return read(Text("m", body))


def clean(body: str) -> Reading:
    found = reading(body)
    assert () == found.problems
    return found


def codes(body: str) -> list[str]:
    return [p.code for p in reading(body).problems]


def relations(body: str) -> list[tuple[Kind, str, str]]:
    return [(r.kind, str(r.tail), str(r.head)) for r in reading(body).debate.relations]


def texts(body: str) -> dict[str, str]:
    return {c.title: c.text for c in reading(body).debate.claims}


# --- items


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[A]: one", {"A": "one"}),
        ("[A]:one", {"A": "one"}),
        ("[A]", {"A": "A"}),
        ("one two", {"~one-two": "one two"}),
        ("[A]: one\ntwo\r\n  three", {"A": "one two three"}),
        ("[A]: one #t #(u v)", {"A": "one"}),
        ("[A]: one #t two", {"A": "one #t two"}),
        ("[a [b] c]: t", {"a [b] c": "t"}),
        ("[A]: one\n\n[A]: two", {"A": "two"}),
        ("[A]: x {a: 1}", {"A": "x"}),
        ("[A]: x\n{a: 1}", {"A": "x"}),
        ("[A]: a\\[b\\] \\#c", {"A": "a[b] #c"}),
        ("[A]: see [this](http://x.org) and http://y.org/z", None),
        ("* [A]: a\n* b", {"A": "a", "~b": "b"}),
        ("1. [A]: a\n2. b", {"A": "a", "~b": "b"}),
    ],
)
def test_what_a_claim_says(body: str, expected: dict[str, str] | None):
    if expected is None:
        expected = {"A": "see this and http://y.org/z"}
    assert expected == texts(body)


def test_tags_are_those_of_the_claim_wherever_they_stand():
    (claim,) = clean("[A]: one #t two #(u v) #t").debate.claims
    assert ("t", "u v") == claim.tags


def test_an_argument_has_gists_and_a_namespace_of_its_own():
    d = clean("[A]: a\n  + <A>: g").debate
    assert ("a", "g") == (d.claim("A").text, d.argument("A").text)


def test_unknown_keys_survive_in_order():
    (claim,) = clean("[A]: a {z: 1, b: [x, 2.5, {c: null}], yes: no}").debate.claims
    assert Data((("z", 1), ("b", ("x", 2.5, Data((("c", None),)))), ("yes", "no"))) == claim.data


def test_braces_that_begin_a_line_hold_block_data():
    (claim,) = clean("[A]: a {\n  x: 1\n  y: two words\n}").debate.claims
    assert Data((("x", 1), ("y", "two words"))) == claim.data


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_text_says_the_same_with_the_line_ends_of_any_system(newline: str):
    body = f"\n\n===\ntitle: T\n===\n\n[A]: a\n{{\n  x: 3\n}}\n  + b\n\n{PCS}"
    expected = clean(body).debate
    assert expected == clean(body.replace("\n", newline)).debate
    assert Data((("x", 3),)) == expected.claim("A").data


@pytest.mark.parametrize(
    ("written", "kept"), [("1.10", "1.10"), ("007", "007"), ("1e3", "1e3"), ("0x10", "0x10")]
)
def test_places_are_kept_as_they_are_written(written: str, kept: str):
    (claim,) = clean(f"[A]: a {{at: {written}}}").debate.claims
    assert kept == claim.wordings[0].cited[0].at


def test_what_means_nothing_on_a_heading_is_told_and_kept():
    found = read(Text("m", "# H {at: p4, quote: z}\n\n[A]: a"))
    assert ["AM405", "AM405"] == [p.code for p in found.problems]
    (section,) = found.debate.sections
    assert Data((("at", "p4"), ("quote", "z"))) == section.data


@pytest.mark.parametrize(
    ("body", "text", "markup"),
    [
        ("very **bold** words", "very bold words", [(Style.BOLD, "bold", "")]),
        ("__so__ it is", "so it is", [(Style.BOLD, "so", "")]),
        (
            "*one* and _two_.",
            "one and two.",
            [(Style.ITALIC, "one", ""), (Style.ITALIC, "two", "")],
        ),
        ("**a *b* c**", "a b c", [(Style.BOLD, "a b c", ""), (Style.ITALIC, "b", "")]),
        ("over *two\nlines*", "over two lines", [(Style.ITALIC, "two lines", "")]),
        ("a [b](http://c.org) d", "a b d", [(Style.LINK, "b", "http://c.org")]),
        ("as @[B] says", "as @[B] says", [(Style.MENTION, "@[B]", "[B]")]),
        ("as @<B> says", "as @<B> says", [(Style.MENTION, "@<B>", "<B>")]),
        ("a #b c #(d e)", "a #b c", [(Style.TAG, "#b", "b")]),
        ("so a*b* c", "so ab c", [(Style.ITALIC, "b", "")]),
        (r"\*a\* \_b\_ \#c \@\[d]", "*a* _b_ #c @[d]", []),
        ("p .->. q :^: :happy:", "p \u2192 q \u2227 \U0001f600", []),
        ("e.g. and :nothing: .[x]. here", "e.g. and :nothing: .[x]. here", []),
        ("4 * 5 * 6", "4 * 5 * 6", []),
    ],
)
def test_what_words_are_beyond_their_letters(body: str, text: str, markup: list[object]):
    (wording,) = clean(f"[A]: {body}").debate.claim("A").wordings
    assert text == wording.text
    assert markup == [(m.style, text[m.start : m.stop], m.to) for m in wording.markup]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("snake_case_name", "AM119"),
        ("2*3", "AM119"),
        ("a_b and c_d", "AM119"),
        ("a *b", "AM118"),
        ("**never ended", "AM118"),
    ],
)
def test_signs_that_are_no_emphasis_are_text(words: str, code: str):
    found = reading(f"[A]: {words}")
    assert (words, [code]) == (found.debate.claim("A").text, [p.code for p in found.problems])


def test_what_never_ends_does_not_hide_what_does():
    found = reading("[A]: my_name is **bold** and *so on*, _really")
    (wording,) = found.debate.claim("A").wordings
    assert "my_name is bold and so on, _really" == wording.text
    assert [Style.BOLD, Style.ITALIC] == [m.style for m in wording.markup]


def test_a_comment_at_the_very_end_is_text_as_in_other_argdown_tools():
    found = reading("[A]: a\n// c")
    assert ("a // c", ["AM124"]) == (
        found.debate.claim("A").text,
        [p.code for p in found.problems],
    )
    assert {"A": "a"} == texts("[A]: a\n// c\n")


# --- comments


@pytest.mark.parametrize(
    "body",
    [
        "// c\n[A]: a\n  + b",
        "[A]: a // c\n  + b",
        "[A]: a\n// c\n  + b",
        "[A]: a\n  // c\n  + b",
        "[A]: a\n/* c\n\n c */\n  + b",
        "[A]: a<!-- c -->\n  + b",
        "<!-- c -->\n\n[A]: a\n  + b\n// c\n",
        "[A]: a\r\n// c\r\n  + b\r\n",
    ],
)
def test_comments_are_not_there(body: str):
    assert {"A": "a", "~b": "b"} == texts(body)
    assert [(Kind.SUPPORT, "[~b]", "[A]")] == relations(body)


def test_a_comment_between_blank_lines_does_not_join_what_they_part():
    assert [] == relations("[A]: a\n\n// c\n[B]: b")


# --- relations


@pytest.mark.parametrize(
    ("sign", "kind", "forward"),
    [
        ("+", Kind.SUPPORT, False),
        ("<+", Kind.SUPPORT, False),
        ("+>", Kind.SUPPORT, True),
        ("-", Kind.ATTACK, False),
        ("<-", Kind.ATTACK, False),
        ("->", Kind.ATTACK, True),
        ("_", Kind.UNDERCUT, False),
        ("<_", Kind.UNDERCUT, False),
        ("_>", Kind.UNDERCUT, True),
        ("><", Kind.CONTRADICTION, False),
    ],
)
def test_every_sign_in_its_direction(sign: str, kind: Kind, forward: bool):
    ends = ("[A]", "[B]") if forward else ("[B]", "[A]")
    assert [(kind, *ends)] == relations(f"[A]: a\n  {sign} [B]: b")
    if sign != "_":
        assert [(kind, *ends)] == relations(f"[A]: a\n\t{sign}[B]: b")


def test_indentation_says_what_a_relation_is_about():
    body = "[A]: a\n  + [B]: b\n    - [C]: c\n      + [D]: d\n    - [E]: e\n  + [F]: f"
    assert [
        ("[B]", "[A]"),
        ("[C]", "[B]"),
        ("[D]", "[C]"),
        ("[E]", "[B]"),
        ("[F]", "[A]"),
    ] == [(t, h) for _, t, h in relations(body)]


def test_a_relation_said_twice_is_one_with_two_places():
    (relation,) = clean("[A]: a\n  + [B]: b\n\n[A]\n  + [B]").debate.relations
    assert 2 == len(relation.spans)


# --- premises and conclusions

PCS = """\
<A>: gist

(1) [P]: p
(2) q
-- Modus ponens, Transfer {uses: [1, 2]} --
  _ [U]: u
(3) [I]: i
    - [X]: x
----
(4) [C]: c
    _ [V]: v
"""


def test_a_structure_belongs_to_the_argument_above_it():
    d = clean(PCS).debate
    first, second = d.argument("A").steps
    assert (ClaimRef("P"), ClaimRef("~q")) == first.premises
    assert ("Modus ponens", "Transfer") == first.rules
    assert Data((("uses", (1, 2)),)) == first.data
    assert ((ClaimRef("I"),), ClaimRef("C")) == (second.premises, second.conclusion)


def test_undercuts_strike_the_step_they_stand_under():
    heads: dict[Ref, Ref] = {r.tail: r.head for r in clean(PCS).debate.relations}
    a = ArgumentRef("A")
    assert (StepRef(a, 0), StepRef(a, 1)) == (heads[ClaimRef("U")], heads[ClaimRef("V")])
    assert ClaimRef("I") == heads[ClaimRef("X")]


def test_a_structure_after_anything_else_is_an_argument_of_its_own():
    d = clean("[A]: a\n\n(1) p\n----\n(2) q").debate
    assert ["~q"] == [a.title for a in d.arguments]


def test_an_inference_may_stand_on_several_lines():
    d = clean("<A>\n\n(1) p\n--\nSome rule,\nAnother\n--\n(2) q").debate
    assert ("Some rule", "Another") == d.argument("A").steps[0].rules


def test_a_conclusion_can_undercut_another_argument():
    d = clean("<X>\n\n(1) p\n----\n(2) c\n\n<Y>\n\n(1) q\n----\n(2) [D]: d\n  _> <X>").debate
    assert [(ClaimRef("D"), ArgumentRef("X"))] == [(r.tail, r.head) for r in d.relations]


# --- who, where, how

KELLER = """\
===
title: T
speaker: {name: Ana Keller, role: researcher, born: 1970}
source: {key: Report, title: A report, authors: [X, Y], date: 2024-03-02, pages: 9}
mood: grim
===

[A]: a {at: ¶4, quote: "some words", note: mine}
  - [B]: b {voice: reported, of: the company}
  - [C]: c {at: [¶6, ¶9], quote: [x, "y z"]}

# Guesses {voice: hedged}

[D]: d
  + [A] {at: ¶7}
"""


def test_the_speaker_and_source_of_a_file_are_those_of_all_it_says():
    d = clean(KELLER).debate
    assert "Keller" == d.position
    assert [("Keller", "Ana Keller", "researcher", Data((("born", 1970),)))] == [
        (s.key, s.name, s.role, s.data) for s in d.speakers
    ]
    assert [("Report", ("X", "Y"), "2024-03-02")] == [(s.key, s.authors, s.date) for s in d.sources]
    assert {"Keller"} == {w.by for c in d.claims for w in c.wordings}
    assert Data((("mood", "grim"),)) == d.data


def test_a_claim_says_where_it_stands_and_in_which_voice():
    d = clean(KELLER).debate
    a, b, c = (d.claim(t).wordings for t in "ABC")
    assert ["¶4", "¶7"] == [cite.at for w in a for cite in w.cited]
    assert "some words" == a[0].cited[0].quote
    assert (Voice.REPORTED, "the company") == (b[0].voice, b[0].of)
    assert [("¶6", "x"), ("¶9", "y z")] == [(cite.at, cite.quote) for cite in c[0].cited]
    assert Data((("note", "mine"),)) == d.claim("A").data


def test_a_section_may_set_the_voice_of_what_stands_in_it():
    assert Voice.HEDGED is clean(KELLER).debate.claim("D").wordings[0].voice


def test_a_link_says_what_a_relation_is():
    body = "[A]: a\n  - [B]: b {link: {as: past, about: scope, because: c, by: text}}"
    (r,) = clean(body).debate.relations
    assert r.link is not None
    assert ("past", "scope", "c", "text") == (
        r.link.sense and r.link.sense.value,
        r.link.about and r.link.about.value,
        r.link.because,
        r.link.by,
    )


def test_headings_nest_and_those_that_ask_are_issues():
    d = clean("# One\n\n[A]: a\n\n### Two?\n\n[B]: b\n\n## Three #t {x: 1}\n\n[A]").debate
    assert [((1,), "One"), ((1, 1), "Two?"), ((1, 2), "Three")] == [
        (s.path, s.title) for s in d.sections
    ]
    assert [("Two?", (ClaimRef("B"),))] == [(i.question, i.refs) for i in d.issues]
    assert ((1,), (1, 1)) == (d.claim("A").section, d.claim("B").section)
    assert (("t",), Data((("x", 1),))) == (d.sections[2].tags, d.sections[2].data)


# --- recovery

GOOD = "[Good]: this block is whole\n  + [Reason]: and so is its reason"
BROKEN = [
    "[never closed",
    "[A] text without a colon",
    "- a list that begins nowhere",
    "  + too far in",
    "(1) only a premise",
    "----",
    "---",
    "-- a rule that never ends",
    "[A]: a {x: [1",
    "[A]: a {x: 'y}",
    "[A]: a {x: 1, x: 2}",
    "[A]: a {x: 1} {y: 2}",
    "{x: 1}",
    "<A>: g\n(1) p\n---\n(2) q",
    "(1) <A>\n----\n(2) q",
    "[A]: a\n  >< <B>",
    "[A]: a {voice: sung}",
    "[A]: a /* never closed",
    "@include(other.argdown)",
    "# ",
    "[A]: a\n  +",
    "(1) p\n----\nno number",
    "----\n<B>\n----\n(1) c",
    "[A]: a {voice: !reported}",
]


@pytest.mark.parametrize("bad", BROKEN)
@pytest.mark.parametrize("place", ["before", "after", "between"])
def test_a_broken_block_costs_no_other(bad: str, place: str):
    other = GOOD.replace("Good", "Also").replace("Reason", "Because")
    body = {
        "before": f"{bad}\n\n{GOOD}",
        "after": f"{GOOD}\n\n{bad}",
        "between": f"{other}\n\n{bad}\n\n{GOOD}",
    }[place]
    found = reading(body)
    assert found.problems, "what is broken is said"
    assert "this block is whole" == found.debate.claim("Good").text
    assert "and so is its reason" == found.debate.claim("Reason").text
    assert (Kind.SUPPORT, "[Reason]", "[Good]") in relations(body)


@pytest.mark.parametrize("bad", BROKEN)
def test_the_words_of_a_broken_block_are_not_lost_without_a_word(bad: str):
    found = reading(bad)
    kept = " ".join(t.text + t.title for t in found.debate.things) + repr(found.debate)
    told = report(found.problems, found.texts)
    for word in re.findall(r"[a-z]{3,}", bad):
        assert word in kept or word in told


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("===\ntitle: T\n===\n[A]: a", "AM109"),
        ("<A>: g\n(1) p\n----\n(2) q", "AM126"),
        ("[A]: a\n[B]: b", "AM127"),
        ("[A]: a\n# H\n\n[B]: b", "AM127"),
        ("<A>\n\n(1) p\n---\n(2) q", "AM203"),
        ("[A]: a\n- [B]: b", "AM103"),
        ("[A]: a\n    + [B]: b\n  + [C]: c", "AM108"),
        ("[A]: a [b] c", "AM107"),
        ("[A]: x < 5 and y > 3", "AM107"),
        ("[A]: the set {x, y} of", "AM112"),
        ("", "AM004"),
        ("// only a comment\n", "AM004"),
    ],
)
def test_what_is_meant_is_read_with_a_warning(body: str, code: str):
    found = reading(body)
    assert [(code, Severity.WARNING)] == [(p.code, p.severity) for p in found.problems]


def test_lenient_reading_says_the_same_as_the_proper_text():
    proper = "===\ntitle: T\n===\n\n[A]: a\n  - [B]: b\n\n<C>: c\n\n(1) p\n----\n(2) q"
    sloppy = "===\ntitle: T\n===\n[A]: a\n- [B]: b\n<C>: c\n(1) p\n---\n(2) q"
    assert reading(proper).debate == reading(sloppy).debate


def test_frontmatter_that_is_never_closed_is_told_and_read():
    found = reading("===\ntitle: T\n\n[A]: a")
    assert ["AM412"] == [p.code for p in found.problems]
    assert ("T", "a") == (found.debate.title, found.debate.claim("A").text)


def test_a_problem_in_yaml_is_told_at_its_place():
    found = reading("===\ntitle: T\nspeaker: {name: Ana\n===\n\n[A]: a")
    (problem,) = found.problems
    assert problem.span is not None
    assert 3 == found.texts[0].place(problem.span.start).line
    assert "a" == found.debate.claim("A").text


# --- any text

SIGNS = st.text(st.sampled_from("[]<>:+-_()#12 \n\tab/*{}=\\@\"'!.é議\r"), max_size=80)
PIECES = st.lists(
    st.sampled_from(
        ["[A]", "[A]:", "<B>", "<B>:", "\n", "\n\n", "  + ", " - ", "_ ", "(1) ", "----", "--",
         "===\n", "{a: 1}", "{", "}", "# ", "#t", "//", "/*", "*/", "a: b", "voice: ", "x", "&"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(max_examples=400)
@given(SIGNS | PIECES | st.text(max_size=60))
@example("===\n- a\n===")
@example("{\n")
@example("[A]: a {\n}")
@example("(1)")
@example("\ufeff")
def test_any_text_is_read_and_every_span_lies_inside_it(body: str):
    found = reading(body)
    for p in found.problems:
        assert p.span is not None
        assert 0 <= p.span.start <= p.span.stop <= len(body)
    report(found.problems, found.texts)
    for thing in found.debate.things:
        assert thing.span is None or thing.span.stop <= len(body)


@given(SIGNS | PIECES)
def test_reading_a_text_twice_gives_the_same(body: str):
    assert reading(body) == reading(body)


@pytest.mark.parametrize("line", ["  ~ [B]", "  ~ [B]: b {speaker: L}", "~ [B]"])
def test_the_sign_that_outlines_print_for_a_tension_is_no_sign_of_a_line(line: str):
    found = read(Text("t", f"[A]: a\n{line}\n"))
    (said,) = [p for p in found.problems if p.code == "AM107"]

    assert "no line begins with ~" in said.help
    assert "as: tension" in said.help
