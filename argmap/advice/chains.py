"""Advice on how claims hang together: chains that come back, and claims that hang on nothing."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.advice.study import Advice, Study, Thing, advice, name, place, wording
from argmap.advice.words import Said
from argmap.model import Argument, Claim, Markup, Style, Voice, walk

_NAMED = 6  # how many members of a chain a message names
_NEAR = range(5, 13)  # of so many words, one may be left out and four of five are still the same


def circles(study: Study) -> Iterator[Advice]:
    """A chain of reasons that comes back, in other words, to where it began.

    Circular reasoning, as in every textbook of logic (*circulus in probando*). The ordinary check
    tells of chains that end at the very claim they began with (AM304), and while there is one,
    what leads into it is left out here. A reason that repeats its own claim is AM806's.
    """
    _, graph = walk.reasons(study.debate)
    for looped in walk.core(graph):
        graph[looped] = []
    things = study.debate.things
    groups = _groups(study, things)
    merged: dict[int, list[int]] = {}
    ways: dict[tuple[int, int], tuple[int, int]] = {}  # between groups: between which of them
    for tail, heads in graph.items():
        out = merged.setdefault(groups[tail], [])
        for head in heads:
            way = (groups[tail], groups[head])
            if way[0] != way[1] and way not in ways:
                ways[way] = (tail, head)
                out.append(way[1])
    for n, thing in enumerate(things):
        if isinstance(thing, Argument):  # whose conclusion repeats a premise
            merged[n] = [head for head in merged[n] if (head, n) not in ways]
    for circle in walk.circles(walk.core(merged)):
        steps = [ways[a, b] for a, b in zip(circle, [*circle[1:], circle[0]], strict=True)]
        joints = [
            (i, steps[i - 1][1], tail)
            for i, (tail, _) in enumerate(steps)
            if steps[i - 1][1] != tail
        ]
        if joints and all(_same(study, things[up], things[low]) for _, up, low in joints):
            i, up, low = joints[0]
            yield _circle(study, things[up], things[low], [*steps[i:], *steps[:i]])


def _circle(study: Study, up: Thing, low: Thing, steps: list[tuple[int, int]]) -> Advice:
    things = study.debate.things
    names = [name(things[head]) for _, head in steps[: _NAMED - 1]]
    if len(steps) >= _NAMED:
        names = [*names, f"… ({len(steps) - _NAMED + 1} more)"]
    return advice(
        "AM807",
        f"{name(low)} says the same as {name(up)}, for which it is a reason in the end: "
        + " → ".join([name(low), *names]),
        place(low),
        "end the chain with a reason that would stand without the claim",
        (low, up),
    )


def _same(study: Study, a: Thing, b: Thing) -> bool:
    x, y = study.said(a), study.said(b)
    return x is not None and y is not None and x.repeats(y)


def _groups(study: Study, things: tuple[Thing, ...]) -> list[int]:
    """For each thing, the number of the first that says the same; its own number if none does.

    Claims with the same words, or all but one, are found by looking them up, not by comparing
    all with all.
    """
    above = list(range(len(things)))

    def top(n: int) -> int:
        while above[n] != n:
            above[n] = above[above[n]]
            n = above[n]
        return n

    first: dict[tuple[frozenset[str], frozenset[str], bool], int] = {}
    distinct: list[tuple[int, Said]] = []
    for n, thing in enumerate(things):
        said = study.said(thing) if isinstance(thing, Claim) else None
        if said is not None and len(said.content) > 1:
            key = (said.content, said.logic, said.negated)
            if key in first:
                above[n] = first[key]
            else:
                first[key] = n
                distinct.append((n, said))
    for n, said in distinct:
        if len(said.content) in _NEAR:
            for stem in said.content:
                near = first.get((said.content - {stem}, said.logic, said.negated))
                if near is not None:
                    a, b = top(n), top(near)
                    above[max(a, b)] = min(a, b)
    return [top(n) for n in range(len(things))]


def orphans(study: Study) -> Iterator[Advice]:
    """A claim that bears on nothing, and nothing on it.

    A map is one structure (Davies, Barnett and van Gelder, *Using Computer-Aided Argument Mapping
    to Teach Reasoning*): what hangs on nothing says nothing for or against anything. A claim under
    a heading that asks is an answer, and no orphan; nor is one that another claim mentions, one
    that is only asked, or the only one of a map. Where no claim bears on any other, that is said
    once.
    """
    debate = study.debate
    things = [t for t in debate.things if wording(t) or isinstance(t, Argument)]
    if len(things) < 2:
        return
    tied: set[object] = {ref for i in debate.issues for ref in i.refs}
    linked = bool(debate.relations)
    for r in debate.relations:
        if r.tail != r.head:
            tied |= {walk.whole(r.tail), walk.whole(r.head)}
    for a in debate.arguments:
        if a.steps:
            linked = True
            tied |= {a.ref, *(p for s in a.steps for p in (*s.premises, s.conclusion))}
    mentioned = {m.to for t in things for m in _mentions(t)}
    lone = [
        t for t in things if t.ref not in tied and str(t.ref) not in mentioned and not _is_asked(t)
    ]
    if len(lone) == len(things) and not linked:
        yield advice(
            "AM808",
            f"none of these {len(lone)} bears on another: the map has boxes, and no reasons",
            place(lone[0]),
            "put a reason below its claim, indented, after + (for) or - (against)",
            lone,
        )
        return
    for thing in lone:
        what = "argument" if isinstance(thing, Argument) else "claim"
        yield advice(
            "AM808",
            f"nothing speaks for or against {name(thing)}, nor does this {what} for or against "
            "anything",
            place(thing),
            "put it below the claim that it is about, after + or -, give a reason for it, "
            "or leave it out",
            (thing,),
        )


def _is_asked(thing: Claim | Argument) -> bool:
    said = wording(thing)
    return said is not None and said.voice is Voice.ASKED


def _mentions(thing: Thing) -> list[Markup]:
    wordings = thing.wordings
    return [m for w in wordings for m in w.markup if m.style is Style.MENTION]
