"""What is doubtful in a debate as a whole, whatever text it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import evolve

from argmap.model import between, walk
from argmap.model.core import (
    Argument,
    Citation,
    Claim,
    Debate,
    Ref,
    is_made_up,
)
from argmap.model.credit import credit
from argmap.model.figures import faults
from argmap.model.locator import Locator, locator
from argmap.model.remarks import is_address, no_address
from argmap.model.remarks import remarks as known_of
from argmap.text import Note, Problem, Severity, Span, listed

_RANGES = re.compile("[-,;\u2010-\u2015\u2212]")
_WORD = re.compile(r"\w{4,}")  # shorter ones are in every sentence
_SENTENCE = 2  # such words that tell what a sentence is about
_NAMED = 6  # how many members of a circle a message names


def problems(debate: Debate) -> tuple[Problem, ...]:
    """Self-supports, circles of reasons, slips of the pen, claims put into words twice or in
    several mouths, places that run backwards or overlap, remarks that say nothing, and doubtful
    links between speakers.
    """
    found = (
        *(self_reasons, circles, slips, rewordings, mouths, places, remarks),
        between.problems,
    )
    return tuple(p for each in found for p in each(debate))


def self_reasons(debate: Debate) -> Iterable[Problem]:
    """A claim given as a reason that bears on itself."""
    for r in debate.relations:
        if r.tail == r.head:
            yield Problem(
                "AM303",
                f"{_name(debate, r.tail)} is given as a reason "
                + ("for itself" if r.kind.speaks_for else "against itself"),
                r.spans[0] if r.spans else None,
                Severity.WARNING,
                help="name another claim here, or take the line out",
            )
    for a in debate.arguments:
        for s in a.steps:
            if s.conclusion in s.premises:
                yield Problem(
                    "AM303",
                    f"{_name(debate, s.conclusion)} is a premise for itself",
                    s.span,
                    Severity.WARNING,
                    help="a conclusion needs a premise that says something else",
                )


def circles(debate: Debate) -> Iterable[Problem]:
    """A chain of reasons that ends where it began, so that nothing carries it."""
    refs, graph = walk.reasons(debate)
    things = debate.things
    for numbers in walk.circles(walk.core(graph)):
        circle = [refs[n] for n in numbers]
        names = [_name(debate, ref) for ref in circle[:_NAMED]]
        if len(circle) > _NAMED:
            names.append(f"… ({len(circle) - _NAMED} more)")
        arrows = " → ".join([*names, names[0]])
        yield Problem(
            "AM304",
            f"this chain of reasons is a circle: {arrows}",
            _place(debate, circle[0], circle[-1]) or things[numbers[0]].span,
            Severity.WARNING,
            help="take out the reason that is not meant",
        )


def remarks(debate: Debate) -> Iterable[Problem]:
    """What cannot be understood of stances, verdicts, votes, notes and addresses.

    What was read from a text was told of at its place there.
    """
    for t in debate.things:
        told = (*known_of(t.data).faults, *faults(t.data)) if t.span is None and t.data else ()
        for fault in told:
            message = f"{_name(debate, t.ref)}: {fault.message}"
            yield Problem(fault.code, message, None, Severity.WARNING, help=fault.help)
    for s in debate.sources:
        if s.span is None and s.url and not is_address(s.url):
            fault = no_address(s.url)
            message = f"{s.key}: {fault.message}"
            yield Problem(fault.code, message, None, Severity.WARNING, help=fault.help)


def _place(debate: Debate, head: Ref, tail: Ref) -> Span | None:
    """Where it is said that *tail* bears on *head*."""
    for r in debate.relations_to(head):
        if walk.whole(r.tail) == tail and r.spans:
            return r.spans[0]
    return None


def slips(debate: Debate) -> Iterable[Problem]:
    """Titles that are only mentioned, and one letter away from a title that is defined."""
    kinds: tuple[tuple[tuple[Claim | Argument, ...], str], ...]
    kinds = ((debate.claims, "claim"), (debate.arguments, "argument"))
    for things, what in kinds:
        article = "an" if what == "argument" else "a"
        open_ = [
            (t.title, t.span)
            for t in things
            if not _is_defined(t) and t.span and not is_made_up(t.title)
        ]
        defined: dict[str, str] = {}
        for t in things if open_ else ():
            if _is_defined(t) and not is_made_up(t.title):
                for form in _less_one(t.title):
                    defined.setdefault(form, t.title)
        for title, span in open_:
            near = next((defined[f] for f in _less_one(title) if f in defined), None)
            if near is not None:
                yield Problem(
                    "AM305",
                    f"no {what} is named {title!r}; did you mean {near!r}?",
                    span,
                    Severity.WARNING,
                    notes=(
                        Note(
                            f"a title that is only mentioned names {article} {what} without words"
                        ),
                    ),
                    help=f"write {near!r} here, or put {title!r} into words somewhere",
                )


def rewordings(debate: Debate) -> Iterable[Problem]:
    """Claims and arguments that are put into other words later, which are then shown."""
    for t in debate.things:
        wordings = t.wordings
        if len(wordings) < 2:
            continue
        said = [w for w in wordings if w.text]
        if len({w.text for w in said}) > 1:
            earlier = tuple(Note("it was put otherwise here", w.span) for w in said[:1] if w.span)
            two = _are_two(said[0].text, said[-1].text)
            yield Problem(
                "AM306",
                f"{t.ref} is put into words more than once; these are shown"
                + (", which have no word in common with the first" if two else ""),
                said[-1].span,
                Severity.WARNING if two else Severity.NOTE,
                earlier,
                "if they are about different things, give one of them another title",
            )


def _are_two(text: str, other: str) -> bool:
    """Whether two wordings seem to be of different things: sentences without a common word."""
    these, those = (set(_WORD.findall(t.casefold())) for t in (text, other))
    return min(len(these), len(those)) >= _SENTENCE and these.isdisjoint(those)


def mouths(debate: Debate) -> Iterable[Problem]:
    """Claims and arguments that several hold under one title, or one in several voices."""
    for t in debate.things:
        said = [w for w in t.wordings if w.text]
        held = dict.fromkeys(credit(w).whole for w in said) if len(said) > 1 else {}
        if len(held) > 1:
            names = [name or "nobody" for name in held]
            yield Problem(
                "AM309",
                f"{t.ref} is held by {listed(names)}",
                said[-1].span,
                Severity.WARNING,
                tuple(Note("it is held otherwise here", w.span) for w in said[:1] if w.span),
                "give each a claim of its own, and say  link: agrees  if they agree",
            )


def places(debate: Debate) -> Iterable[Problem]:
    """Ranges of paragraphs, pages or minutes that run backwards, or that overlap."""
    for t in debate.things:
        for w in t.wordings:
            for c in w.cited:
                place = locator(c.at) if _RANGES.search(c.at) else None
                if place is not None:
                    yield from _doubtful(place, c, t.ref)


def _doubtful(place: Locator, c: Citation, ref: Ref) -> Iterable[Problem]:
    in_order = evolve(place, ranges=tuple((min(r), max(r)) for r in place.ranges))
    if place.reversed:
        yield Problem(
            "AM307",
            f"the place {c.at!r} of {ref} ends before it begins",
            c.span,
            Severity.WARNING,
            help=f"write  at: {in_order.value}",
        )
    if (two := place.overlapping) is not None:
        a, b = (str(evolve(place, ranges=(r,))) for r in two)
        yield Problem(
            "AM308",
            f"in the place of {ref}, {a} and {b} overlap",
            c.span,
            Severity.WARNING,
            help=f"write  at: {in_order.joined().value}",
        )


def _is_defined(t: Claim | Argument) -> bool:
    if isinstance(t, Claim):
        return any(w.text for w in t.wordings)
    return bool(t.gists or t.steps)


def _less_one(title: str) -> list[str]:
    """*title* in small letters, and with each one letter left out (Garbe's symmetric deletes).

    Two titles share one of these if a letter was added, lost, changed or swapped with the next.
    """
    plain = title.casefold()[:80]
    return [plain, *(plain[:i] + plain[i + 1 :] for i in range(len(plain)))]


def _name(debate: Debate, ref: Ref) -> str:
    """*ref* as a person knows it: its text, if its title is made up."""
    part = walk.whole(ref)
    if is_made_up(part.title):
        text = walk.thing(debate, part).text
        return f"“{text[:57]}…”" if len(text) > 60 else f"“{text}”"
    return str(ref)
