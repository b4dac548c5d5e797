"""What bears on what once arguments are spelt out: a debate as Argdown's tools understand it."""

from __future__ import annotations

from attrs import evolve, field, frozen

from argmap.model import (
    Argument,
    ArgumentRef,
    Claim,
    ClaimRef,
    Debate,
    Kind,
    Occurrence,
    Part,
    Ref,
    Relation,
    Step,
    StepRef,
    Value,
)
from argmap.settings import Mode, Settings


def meant(debate: Debate, settings: Settings) -> Debate:
    """*debate* with the relations that a map draws."""
    stated = _as_stored(debate.relations)
    model = settings.model
    relations = moved(debate, stated) if model.transform_argument_relations else stated
    if model.mode is Mode.STRICT:
        relations = strict(relations)
    return evolve(debate, relations=not_said_twice(debate, relations))


def _as_stored(relations: tuple[Relation, ...]) -> tuple[Relation, ...]:
    """*relations* as Argdown's tools keep them.

    What a contradiction stands under is its tail. They take a relation of a thing with itself
    for a repetition if something else bears on it in the same way already.
    """
    borne: set[tuple[Kind, Ref]] = set()
    kept = []
    for r in relations:
        if r.tail == r.head and (r.kind, r.head) in borne:
            continue
        both = isinstance(r.tail, ClaimRef) and isinstance(r.head, ClaimRef)
        turned = r.kind is Kind.CONTRADICTION and both
        kept.append(evolve(r, tail=r.head, head=r.tail) if turned else r)
        borne.add((kept[-1].kind, kept[-1].head))
    return tuple(kept)


def moved(debate: Debate, relations: tuple[Relation, ...]) -> tuple[Relation, ...]:
    """*relations*, with those of a spelt-out argument moved to its main conclusion, and undercuts
    of it to its last inference.

    One that is there already then, or would lead from a claim to itself, is left out.
    """
    last = {a.ref: a for a in debate.arguments if a.steps}
    standing = {(r.kind, r.tail, r.head) for r in relations}
    strikes: dict[Ref, dict[Ref, None]] = {}  # what undercuts each inference, in order
    for r in relations:
        if r.kind is Kind.UNDERCUT and isinstance(r.head, StepRef):
            strikes.setdefault(r.head, {})[r.tail] = None
    kept = []
    for r in relations:
        tail, head, stays = r.tail, r.head, True
        if isinstance(tail, ArgumentRef) and tail in last:
            tail = last[tail].steps[-1].conclusion
            stays = tail != head and (r.kind, tail, head) not in standing
            if head in strikes and r.tail in strikes[head]:
                del strikes[head][r.tail]
                strikes[head][tail] = None
        if r.kind is Kind.UNDERCUT and isinstance(head, ArgumentRef) and head in last:
            head = StepRef(head, len(last[head].steps) - 1)
            others = strikes.setdefault(head, {})
            if others:  # the tools forget the last one, and so see no repetition of it
                others.popitem()
            stays = stays and tail not in others
            others[tail] = None
        if not stays:
            continue
        if (tail, head) != (r.tail, r.head):
            standing.discard((r.kind, r.tail, r.head))
            standing.add((r.kind, tail, head))
        kept.append(evolve(r, tail=tail, head=head))
    return tuple(kept)


def strict(relations: tuple[Relation, ...]) -> tuple[Relation, ...]:
    """*relations*, those between claims read as logic: support entails, an attack is contrary.

    Two claims are contrary once, whichever attacks the other.
    """
    contrary: set[tuple[Ref, Ref]] = set()
    kept = []
    for r in relations:
        if not (isinstance(r.tail, ClaimRef) and isinstance(r.head, ClaimRef)):
            kept.append(r)
        elif r.kind is Kind.SUPPORT:
            kept.append(evolve(r, kind=Kind.ENTAILMENT))
        elif r.kind is not Kind.ATTACK:
            kept.append(r)
        elif (r.tail, r.head) not in contrary:
            contrary |= {(r.tail, r.head), (r.head, r.tail)}
            kept.append(evolve(r, kind=Kind.CONTRARY))
    return tuple(kept)


def not_said_twice(debate: Debate, relations: tuple[Relation, ...]) -> tuple[Relation, ...]:
    """*relations* without a claim's attack on an argument one of whose premises it attacks."""
    against: dict[Ref, set[Ref]] = {}
    for r in relations:
        if not (isinstance(r.tail, ClaimRef) and isinstance(r.head, ClaimRef)):
            continue
        if r.kind in (Kind.ATTACK, Kind.CONTRARY, Kind.CONTRADICTION):
            against.setdefault(r.tail, set()).add(r.head)
        if r.kind in (Kind.CONTRARY, Kind.CONTRADICTION):
            against.setdefault(r.head, set()).add(r.tail)
    premises = {a.ref: frozenset(_premises(a)) for a in debate.arguments if a.steps}
    return tuple(
        r
        for r in relations
        if not (
            r.kind is Kind.ATTACK
            and isinstance(r.tail, ClaimRef)
            and isinstance(r.head, ArgumentRef)
            and not premises.get(r.head, frozenset()).isdisjoint(against.get(r.tail, ()))
        )
    )


# --- the parts that claims play in arguments


@frozen
class Parts:
    """For each claim, the arguments in which it is a premise, the main or another conclusion.

    An argument is named as often as the claim plays that part in it.
    """

    premise: dict[Ref, list[ArgumentRef]] = field(factory=dict)
    main: dict[Ref, list[ArgumentRef]] = field(factory=dict)
    between: dict[Ref, list[ArgumentRef]] = field(factory=dict)


def parts(debate: Debate) -> Parts:
    """The parts that the claims of *debate* play."""
    found = Parts()
    for a in debate.arguments:
        for claim, part in lines(a):
            match part:
                case Part.PREMISE:
                    found.premise.setdefault(claim, []).append(a.ref)
                case Part.MAIN:
                    found.main.setdefault(claim, []).append(a.ref)
                case _:
                    found.between.setdefault(claim, []).append(a.ref)
    return found


def lines(a: Argument) -> tuple[tuple[ClaimRef, Part], ...]:
    """The premises and conclusions of *a*, in order, with their parts."""
    if a.lines:
        return tuple((o.ref, o.part) for o in a.lines if isinstance(o.ref, ClaimRef))
    found: list[tuple[ClaimRef, Part]] = []
    made: set[ClaimRef] = set()
    for n, step in enumerate(a.steps, 1):
        found += [(p, Part.PREMISE) for p in step.premises if p not in made]
        found.append((step.conclusion, Part.MAIN if n == len(a.steps) else Part.CONCLUSION))
        made.add(step.conclusion)
    return tuple(found)


def _premises(a: Argument) -> list[ClaimRef]:
    return [claim for claim, part in lines(a) if part is Part.PREMISE]


# --- arguments taken apart


def exploded(debate: Debate) -> tuple[Debate, dict[Ref, ArgumentRef]]:
    """*debate*, each argument of several steps replaced by one for each; and what each comes from.

    They are called ``A - 1``, ``A - 2``…; what bears on the whole bears on the last. Which
    premises a step rests on, its inference may say with ``uses`` or ``from``.
    """
    taken = {a.title for a in debate.arguments}
    made: dict[Ref, tuple[Argument, ...]] = {}
    moved_lines: list[tuple[ClaimRef, Occurrence | None]] = []
    for a in debate.arguments:
        titles = [f"{a.title} - {n}" for n in range(1, len(a.steps) + 1)]
        apart = _taken_apart(a, titles, moved_lines)
        if len(apart) > 1 and taken.isdisjoint(titles):
            taken.update(titles)
            made[a.ref] = apart

    def now(ref: Ref) -> Ref:
        if isinstance(ref, StepRef) and ref.argument in made:
            return StepRef(made[ref.argument][ref.index].ref, 0)
        return made[ref][-1].ref if ref in made else ref

    apart_from: dict[Ref, ArgumentRef] = {
        b.ref: a.ref for a in debate.arguments for b in made.get(a.ref, ())
    }
    whole = evolve(
        debate,
        claims=_reordered(debate.claims, moved_lines),
        arguments=tuple(b for a in debate.arguments for b in made.get(a.ref, (a,))),
        relations=tuple(evolve(r, tail=now(r.tail), head=now(r.head)) for r in debate.relations),
    )
    return whole, apart_from


def _taken_apart(
    a: Argument, titles: list[str], moved_lines: list[tuple[ClaimRef, Occurrence | None]]
) -> tuple[Argument, ...]:
    written = lines(a)
    places: list[Occurrence | None] = [*a.lines] if len(a.lines) == len(written) else []
    places = places or [None] * len(written)
    ends = [n for n, (_, part) in enumerate(written) if part is not Part.PREMISE]
    found = []
    for step, title, end in zip(a.steps, titles, ends, strict=False):
        before = max((e for e in ends if e < end), default=0)
        used = _used(step, places[end], len(written))
        rests = list(range(before, end)) if used is None else used
        last_first = rests if used is not None else rests[::-1]
        now = {n: _playing(places[n], Part.PREMISE) for n in rests}
        now[end] = _playing(places[end], Part.MAIN)
        moved_lines += [(written[n][0], now[n]) for n in (*last_first, end)]
        premises = tuple(written[n][0] for n in rests)
        alone = Step(premises, step.conclusion, step.rules, step.data, step.span)
        stand = tuple(o for n in (*rests, end) if (o := now[n]))
        found.append(evolve(a, ref=ArgumentRef(title), steps=(alone,), lines=stand))
    return tuple(found)


def _playing(o: Occurrence | None, part: Part) -> Occurrence | None:
    return o and o._replace(part=part)


def _used(step: Step, conclusion: Occurrence | None, count: int) -> list[int] | None:
    """The numbers, from 0, of the lines that *step* says it rests on; None if it does not say."""
    said: Value = step.data.get("uses")
    if not isinstance(said, tuple) and conclusion is not None:
        said = conclusion.data.get("uses")
    if not isinstance(said, tuple):
        said = step.data.get("from")
    if not isinstance(said, tuple):
        return None
    numbers = [n - 1 for n in said if isinstance(n, int) and 1 <= n <= count]
    return numbers if numbers and len(numbers) == len(said) else None


def _reordered(
    claims: tuple[Claim, ...], moved_lines: list[tuple[ClaimRef, Occurrence | None]]
) -> tuple[Claim, ...]:
    """*claims*, their places in arguments last: where these are taken apart, they count so."""
    places: dict[Ref, list[Occurrence]] = {}
    for claim, o in moved_lines:
        if o is not None:
            places.setdefault(claim, []).append(o)
    found = []
    for c in claims:
        moved = places.get(c.ref, ())
        spans = {o.span for o in moved}
        kept = (o for o in c.occurrences if o.span not in spans)
        found.append(evolve(c, occurrences=(*kept, *moved)) if moved else c)
    return tuple(found)
