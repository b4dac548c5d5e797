"""One author's case, made ready to meet others in a debate."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from argmap.model.core import (
    Argument,
    ArgumentRef,
    Claim,
    ClaimRef,
    Data,
    Debate,
    Issue,
    Occurrence,
    Ref,
    Step,
    StepRef,
    Wording,
    qualified,
)

POSITION = "position"
"""The key that says of a heading whose position it comes from."""


def asked(debate: Debate) -> tuple[tuple[Issue, ...], tuple[Issue, ...]]:
    """The issues of *debate* itself, and those of the positions that meet in it."""
    of = {s.path: s.data.get(POSITION) for s in debate.sections}
    own = tuple(i for i in debate.issues if not of.get(i.section))
    return own, tuple(i for i in debate.issues if of.get(i.section))


def under_name(debate: Debate, speaker: str) -> Debate:
    """*debate* with every title qualified by the key of the speaker whose position it is.

    ``[Two runs]`` becomes ``[Keller: Two runs]``, so that two files never join claims by accident.
    Its headings say whose they are, so that they are told from those of the debate.
    """

    def claim_ref(r: ClaimRef) -> ClaimRef:
        return ClaimRef(qualified(r.title, speaker))

    def argument_ref(r: ArgumentRef) -> ArgumentRef:
        return ArgumentRef(qualified(r.title, speaker))

    def thing_ref(r: ClaimRef | ArgumentRef) -> ClaimRef | ArgumentRef:
        return claim_ref(r) if isinstance(r, ClaimRef) else argument_ref(r)

    def ref(r: Ref) -> Ref:
        return (
            StepRef(argument_ref(r.argument), r.index) if isinstance(r, StepRef) else thing_ref(r)
        )

    def places(occurrences: tuple[Occurrence, ...]) -> tuple[Occurrence, ...]:
        return tuple(o._replace(ref=thing_ref(o.ref)) if o.ref else o for o in occurrences)

    def claim(c: Claim) -> Claim:
        return evolve(c, ref=claim_ref(c.ref), occurrences=places(c.occurrences))

    def step(s: Step) -> Step:
        return evolve(
            s, premises=tuple(map(claim_ref, s.premises)), conclusion=claim_ref(s.conclusion)
        )

    def argument(a: Argument) -> Argument:
        return evolve(
            a,
            ref=argument_ref(a.ref),
            steps=tuple(map(step, a.steps)),
            occurrences=places(a.occurrences),
            lines=places(a.lines),
        )

    return evolve(
        debate,
        claims=tuple(map(claim, debate.claims)),
        arguments=tuple(map(argument, debate.arguments)),
        relations=tuple(evolve(r, tail=ref(r.tail), head=ref(r.head)) for r in debate.relations),
        issues=tuple(evolve(i, refs=tuple(map(thing_ref, i.refs))) for i in debate.issues),
        sections=tuple(evolve(s, data=_owned(s.data, speaker)) for s in debate.sections),
    )


def _owned(data: Data, speaker: str) -> Data:
    return Data((*data.without(POSITION).items, (POSITION, speaker)))


def recited(debate: Debate, keys: Mapping[str, str]) -> Debate:
    """*debate* with the *keys* of some sources changed, where they are declared and cited."""

    def wording(w: Wording) -> Wording:
        cited = tuple(evolve(c, source=keys.get(c.source, c.source)) for c in w.cited)
        return evolve(w, cited=cited) if cited != w.cited else w

    return evolve(
        debate,
        sources=tuple(evolve(s, key=keys.get(s.key, s.key)) for s in debate.sources),
        claims=tuple(evolve(c, wordings=tuple(map(wording, c.wordings))) for c in debate.claims),
        arguments=tuple(evolve(a, gists=tuple(map(wording, a.gists))) for a in debate.arguments),
    )
