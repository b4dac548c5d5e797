"""The arrows of a map, between the boxes that are shown."""

from __future__ import annotations

from collections.abc import Mapping

from argmap.graph.core import Edge
from argmap.graph.relations import Parts
from argmap.graph.select import Selection
from argmap.model import ArgumentRef, ClaimRef, Debate, Kind, Ref, Relation, StepRef


def edges(
    debate: Debate,
    shown: Selection,
    parts: Parts,
    ids: Mapping[Ref, str],
    colours: Mapping[Kind, str],
) -> list[Edge]:
    """One arrow for each relation, premise and main conclusion between what is *shown*.

    A claim without a box is stood in for by arguments: where something comes from it, by those
    that conclude it; where something goes to it, by those that rest on it.
    """
    found: list[Edge] = []
    for r in debate.relations:
        tails = _standing_for(r.tail, ids, parts.main)
        heads = _standing_for(r.head, ids, parts.premise)
        found += [_edge(r, tail, head, ids, colours) for tail in tails for head in heads]
        if r.kind.symmetric:  # and the other way round, into arguments that rest on the tail
            tails = _standing_for(r.head, ids, parts.main) if _is_claim(r.head) else []
            heads = _standing_for(r.tail, ids, parts.premise) if r.tail not in ids else []
            found += [_edge(r, tail, head, ids, colours) for tail in tails for head in heads]
    return found + _inner(shown, parts, ids, colours[Kind.SUPPORT])


def _is_claim(ref: Ref) -> bool:
    return isinstance(ref, ClaimRef)


def _standing_for(
    end: Ref, ids: Mapping[Ref, str], instead: Mapping[Ref, list[ArgumentRef]]
) -> list[Ref]:
    """The boxes that the *end* of an arrow goes to, of those that have *ids*."""
    if isinstance(end, StepRef):
        end = end.argument
    if end in ids:
        return [end]
    return [a for a in instead.get(end, ()) if a in ids]


def _edge(
    r: Relation, tail: Ref, head: Ref, ids: Mapping[Ref, str], colours: Mapping[Kind, str]
) -> Edge:
    kind = r.kind if _is_claim(tail) and _is_claim(head) else _loose(r.kind)
    return Edge(kind, ids[tail], ids[head], colours[kind], r)


def _loose(kind: Kind) -> Kind:
    """What *kind* is where an argument is one of the ends."""
    match kind:
        case Kind.CONTRARY | Kind.CONTRADICTION:
            return Kind.ATTACK
        case Kind.ENTAILMENT | Kind.EQUIVALENCE:
            return Kind.SUPPORT
        case Kind.SUPPORT | Kind.ATTACK | Kind.UNDERCUT:
            return kind


def _inner(shown: Selection, parts: Parts, ids: Mapping[Ref, str], colour: str) -> list[Edge]:
    """From premises to the arguments that rest on them, and from these to what they conclude."""
    pairs: dict[tuple[Ref, Ref], None] = {}
    for a in shown.arguments.values():
        end = a.conclusion
        if end is not None:
            heads = [end] if end in ids else parts.premise.get(end, ())
            pairs |= {(a.ref, head): None for head in heads if head in ids}
    for claim in shown.claims:
        pairs |= {(claim, a): None for a in parts.premise.get(claim, ()) if a in ids}
    return [Edge(Kind.SUPPORT, ids[tail], ids[head], colour) for tail, head in pairs]
