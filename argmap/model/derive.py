"""Relations that follow from those stated, each with what it follows from."""

from __future__ import annotations

from argmap.model.core import ArgumentRef, ClaimRef, Debate, Kind, Origin, Relation


def relations(debate: Debate) -> tuple[Relation, ...]:
    """Relations between arguments that their premises and conclusions imply, in order.

    An argument whose main conclusion is a premise of another supports it; one whose main
    conclusion is contrary to, contradicts or attacks a premise of another attacks it (the
    derivations of Argdown's manual, "Relations of reconstructed arguments"). Linear in the
    debate and the relations found.
    """
    users: dict[ClaimRef, list[ArgumentRef]] = {}
    for a in debate.arguments:
        for p in a.premises:
            users.setdefault(p, []).append(a.ref)
    struck: dict[ClaimRef, list[ClaimRef]] = {}
    for r in debate.relations:
        if r.kind not in (Kind.ATTACK, Kind.CONTRARY, Kind.CONTRADICTION):
            continue
        if isinstance(r.tail, ClaimRef) and isinstance(r.head, ClaimRef):
            struck.setdefault(r.tail, []).append(r.head)
            if r.kind.symmetric:
                struck.setdefault(r.head, []).append(r.tail)
    found: dict[Relation, None] = {}
    for a in debate.arguments:
        c = a.conclusion
        if c is None:
            continue
        bearings = [(Kind.SUPPORT, c), *((Kind.ATTACK, p) for p in struck.get(c, ()))]
        for kind, premise in bearings:
            for user in users.get(premise, ()):
                if user != a.ref:
                    found[Relation(kind, a.ref, user, Origin.DERIVED, (c, premise))] = None
    return tuple(found)
