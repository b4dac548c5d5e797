"""Real texts by other people: argmap makes of them what Argdown's own tools make of them, or more.

Maps are compared in ``test_graph.py``.
"""

from __future__ import annotations

import pytest
from conftest import ROOT
from corpus import (
    answer,
    canonical,
    files,
    our_arguments,
    our_relations,
    our_sections,
    our_statements,
    our_tags,
    plain,
    reading,
    said,
    their_arguments,
    their_relations,
    their_sections,
    their_statements,
    understood,
    untitled,
)

from argmap.formats.argdown.strict import REJECTED
from argmap.text import Severity

ACCEPTED, REFUSED, OTHER = files("A"), files("B"), files("C")
MISTAKEN = {  # what other tools recover there stands under another argument than it was written
    "ggbetz__argumentationsanalyse.online__posts__tafel_01-25__fence1.argdown"
}
DEVIATIONS: dict[str, str] = {}  # file: why argmap reads it otherwise, on purpose

pytestmark = pytest.mark.skipif(not ACCEPTED, reason="the corpus is not here")


def names(path):
    return path.name


def test_there_are_texts_of_every_tier():
    assert (240, 50, 39) == (len(ACCEPTED), len(REFUSED), len(OTHER))
    assert not (ROOT / "corpus").exists()


def test_the_deviations_are_few_and_of_files_that_there_are():
    assert len(DEVIATIONS) <= 5
    assert set(DEVIATIONS) <= {p.name for p in ACCEPTED}


@pytest.mark.parametrize("path", [p for p in ACCEPTED if p.name not in DEVIATIONS], ids=names)
def test_an_accepted_text_says_the_same(path):
    found, theirs = reading(path), answer(path)
    debate = understood(found.debate)
    assert their_statements(theirs) == our_statements(debate)
    assert their_arguments(theirs) == our_arguments(debate)
    assert their_relations(theirs) == our_relations(debate)
    assert their_sections(theirs) == our_sections(debate)
    assert {t["tag"] for t in theirs["tags"]} == our_tags(debate)


@pytest.mark.parametrize("path", ACCEPTED, ids=names)
def test_an_accepted_text_has_no_error_and_nothing_that_other_tools_refuse(path):
    problems = reading(path).problems
    assert [] == [p for p in problems if p.severity is Severity.ERROR]
    assert [] == [p for p in problems if p.code in REJECTED]


@pytest.mark.parametrize("path", REFUSED, ids=names)
def test_a_refused_text_is_told_where_a_person_would_look(path):
    found, theirs = reading(path), answer(path)
    (text, *_) = found.texts
    told = [text.place(p.span.start).line for p in found.problems if p.code in REJECTED and p.span]
    assert told
    lines = [e["line"] for e in theirs["parserErrors"] if e.get("line")]
    if lines:
        assert min(abs(line - lines[0]) for line in told) <= 2


@pytest.mark.parametrize("path", REFUSED, ids=names)
def test_of_a_refused_text_there_is_at_least_what_other_tools_recover(path):
    debate, theirs = reading(path).debate, answer(path)
    words = {canonical(c, debate) for c in debate.claims}
    words |= {said(o, debate) for c in debate.claims for o in c.occurrences}
    titles = {c.title for c in debate.claims}
    for s in theirs["statements"]:
        assert untitled(s["title"]) or s["title"] in titles
        assert plain(s.get("text")) in words | {""}
    named = {a.title for a in debate.arguments}
    assert {a["title"] for a in theirs["arguments"] if not untitled(a["title"])} <= named
    meant = understood(debate)
    missing = [] if path.name in MISTAKEN else their_relations(theirs) - our_relations(meant)
    assert not missing
    assert len(theirs["relations"]) <= len(debate.relations)
    rebuilt = sum(bool(a.get("pcs")) for a in theirs["arguments"])
    assert rebuilt <= sum(bool(a.steps) for a in debate.arguments)


@pytest.mark.parametrize("path", OTHER, ids=names)
def test_any_other_text_is_read_without_a_crash(path):
    found = reading(path)
    assert found.debate.things or found.problems
