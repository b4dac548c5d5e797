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
    Changed,
    Diff,
    Rejoined,
    Removed,
    Renamed,
    Reordered,
    Reworded,
)
from argmap.changes.diff import diff
from argmap.errors import UnknownName
from argmap.model import ClaimRef, Debate, Kind, Voice

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
    names = {}
    for t in things:
        names.setdefault(
            next(
                getattr(t, field)
                for field in ("ref", "path", "section", "key", "kind")
                if hasattr(t, field)
            )
            if not hasattr(t, "tail")
            else (t.kind, t.tail, t.head),
            t,
        )
    return names.values()


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
    there = [f for f in values if f in thing.__attrs_attrs__.__class__.__dict__ or _has(thing, f)]
    changes = [values[f].map(lambda v, f=f: evolve(thing, **{f: v})) for f in there]
    return st.one_of(st.just(thing), *changes)


def _has(thing, name: str) -> bool:
    return name in {a.name for a in type(thing).__attrs_attrs__}


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
