"""A debate as the rules of advice look at it, and what they say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, Protocol, TypeAlias, TypeVar

from attrs import define, field, frozen

from argmap.advice.languages import Language
from argmap.advice.words import Said, Vocabulary
from argmap.model import (
    Argument,
    ArgumentRef,
    Claim,
    ClaimRef,
    Debate,
    Kind,
    Speaker,
    Step,
    Wording,
    is_made_up,
)
from argmap.text import Note, Problem, Severity, Span

Thing: TypeAlias = Claim | Argument

_T = TypeVar("_T")
_LONG = 60  # letters of a claim that a message quotes


class Switches(Protocol):
    """Which rules are off, and for what."""

    def off(self, code: str, about: Iterable[Thing | Step] = ()) -> bool:
        """Whether the rule is off in the map, or for one of those it is *about*."""


@frozen
class Advice:
    """Something to say, and what it is said of: a rule may be off for one of them."""

    problem: Problem
    about: tuple[Thing | Step, ...] = ()


@frozen
class Rule:
    """One piece of a teacher's experience; *tip* is what it asks for, in a few words.

    *find* finds where it is not kept. With *words*, it has to know the language. A rule is called
    by its *code* or its *name*.
    """

    code: str
    name: str
    tip: str
    find: Callable[[Study], Iterator[Advice]]
    words: bool = False


@define(slots=False)
class Study:
    """A debate, and what several rules ask of it, found once."""

    debate: Debate
    language: Language | None
    switches: Switches
    _said: dict[str, Said | None] = field(factory=dict, init=False)
    _found: dict[object, tuple[Any, ...]] = field(factory=dict, init=False)

    @cached_property
    def claims(self) -> dict[ClaimRef, Claim]:
        """Every claim by its name."""
        return {c.ref: c for c in self.debate.claims}

    @cached_property
    def arguments(self) -> dict[ArgumentRef, Argument]:
        """Every argument by its name."""
        return {a.ref: a for a in self.debate.arguments}

    @cached_property
    def speakers(self) -> dict[str, Speaker]:
        """Every speaker by their key."""
        return {s.key: s for s in self.debate.speakers}

    @cached_property
    def vocabulary(self) -> Vocabulary | None:
        """The words of the language, if they are known."""
        return Vocabulary(self.language) if self.language else None

    def thing(self, ref: ClaimRef | ArgumentRef) -> Thing:
        """The claim or argument of that name."""
        return self.claims[ref] if isinstance(ref, ClaimRef) else self.arguments[ref]

    def said(self, thing: Thing) -> Said | None:
        """What is said in the words shown; None if there are none, or in unknown letters."""
        shown = wording(thing)
        if shown is None or self.vocabulary is None:
            return None
        if shown.text not in self._said:
            self._said[shown.text] = self.vocabulary.said(shown.text)
        return self._said[shown.text]

    def once(self, find: Callable[[Study], Iterable[_T]]) -> tuple[_T, ...]:
        """All that *find* finds here, looked for the first time only."""
        if find not in self._found:
            self._found[find] = tuple(find(self))
        return self._found[find]

    @cached_property
    def steps(self) -> tuple[tuple[Argument, Step], ...]:
        """Every inference, with the argument it is part of."""
        return tuple((a, s) for a in self.debate.arguments for s in a.steps)


def wording(thing: Thing) -> Wording | None:
    """The wording that is shown; None if there is none with words."""
    wordings = thing.wordings
    if 0 <= thing.shown < len(wordings) and wordings[thing.shown].text.strip():
        return wordings[thing.shown]
    return next((w for w in reversed(wordings) if w.text.strip()), None)


def place(thing: Thing) -> Span | None:
    """Where the words shown stand; where it is first named, if it has none."""
    shown = wording(thing)
    return (shown.span if shown else None) or thing.span


def name(thing: Thing) -> str:
    """*thing* as its author knows it: by its title, or its words if the title is made up."""
    if not is_made_up(thing.title):
        return str(thing.ref)
    shown = wording(thing)
    if shown is None:
        return "this argument" if isinstance(thing, Argument) else "this claim"
    text = " ".join(shown.text[: 4 * _LONG].split())
    return f"“{text[: _LONG - 3].rstrip()}…”" if len(text) > _LONG else f"“{text}”"


def advice(
    code: str,
    message: str,
    span: Span | None,
    help: str,
    about: Iterable[Thing | Step],
    notes: tuple[Note, ...] = (),
) -> Advice:
    """A warning, as every advice is."""
    problem = Problem(code, message, span, Severity.WARNING, notes, help)
    return Advice(problem, tuple(about))


def backings(study: Study) -> Iterator[tuple[Thing, Claim, tuple[Thing | Step, ...], Span | None]]:
    """Every reason that has words, the claim it speaks for, what it is part of, and its place.

    A reason is a claim, the gist of an argument of which the steps are not known, or a premise.
    """
    for r in study.debate.relations:
        if r.kind not in (Kind.SUPPORT, Kind.ENTAILMENT) or r.tail == r.head:
            continue
        if isinstance(r.head, ClaimRef) and isinstance(r.tail, ClaimRef | ArgumentRef):
            tail, head = study.thing(r.tail), study.claims[r.head]
            if not (isinstance(tail, Argument) and tail.steps):
                yield tail, head, (tail, head), place(tail)
    for a, s in study.steps:
        for p in s.premises:
            if p != s.conclusion:
                premise, conclusion = study.claims[p], study.claims[s.conclusion]
                yield premise, conclusion, (premise, conclusion, a, s), place(premise)
