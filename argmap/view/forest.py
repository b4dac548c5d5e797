"""A view as a forest: what bears on several things stands in full once, and elsewhere as a card
that refers to it.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from argmap.view.core import Card, Inference, View

_TOGETHER = 4  # theses that words join, in a row or a stack; others are referred to


def forest(view: View, *, packed: bool = False) -> View:
    """*view* with a reference card for every card that would hang in a second place.

    A mutual inference stays one only between two roots; else its tail becomes a reference too.

    *packed* is for a layout that frames groups and packs trees: a mutual inference joins only a few
    roots that follow each other. A card below one of a group is of that group; one of another
    becomes a root there, with a reference in its place; and the roots of a group follow each other.
    """
    view = _parted(view) if packed and view.groups else view
    if not view.crossing and not any(i.mutual for i in view.inferences):
        return view
    cards: list[Card] = []
    parent = dict(view.parent)
    inferences: list[Inference] = []
    made: dict[str, int] = {}
    roots = {c.id: n for n, c in enumerate(c for c in view.cards if c.id not in parent)}
    joined: dict[int, None] = {}  # roots that are joined to the next
    group = {c: g.id for g in view.groups for c in g.cards} if packed else {}

    def refer(tail: str, inference: Inference) -> str:
        made[tail] = made.get(tail, 0) + 1
        seen = view.linked(view.by_id[tail], inference)
        id = f"{tail}-{made[tail] + 1}"
        card = evolve(seen, id=id, sees=tail, cited=(), remarks=(), hidden=0, note="")
        cards.append(card)
        parent[card.id] = inference.id
        return card.id

    for i in view.inferences:
        if i.mutual:
            tail, head = i.tails[0], i.head
            ends = [roots.get(e, -9) for e in (tail, head)]
            apart = abs(ends[0] - ends[1])
            near = apart == 1 and group.get(tail) == group.get(head)
            if min(ends) >= 0 and apart and (not packed or (near and _short(joined, min(ends)))):
                joined[min(ends)] = None
                inferences.append(i)
            else:
                inferences.append(evolve(i, mutual=False, tails=(refer(i.tails[0], i),)))
            continue
        tails = tuple(t if view.parent.get(t) == i.id else refer(t, i) for t in i.tails)
        inferences.append(evolve(i, tails=tails))
    return evolve(view, cards=(*view.cards, *cards), inferences=tuple(inferences), parent=parent)


def _parted(view: View) -> View:
    """*view* with its groups apart: nothing hangs across from one to another."""
    own = {c: g.id for g in view.groups for c in g.cards}
    parent = dict(view.parent)
    knots: dict[str, dict[str, None]] = {}  # the groups of what works together, or strikes that
    for id, hung in view.parent.items():
        knots.setdefault(_knot(view, hung), {})[own.get(id, "")] = None
    of: dict[str, str] = {}
    groups: dict[str, list[str]] = {g.id: [] for g in view.groups}
    for id in (c.id for c in view.cards):  # a head comes before what hangs by it
        above, mixed = "", False
        if id in parent:
            inference = view.inference[parent[id]]
            above = of.get(view.head_card(inference), "")
            mixed = len(knots[_knot(view, inference.id)]) > 1
        of[id] = own.get(id) or above
        if of[id] != above and (above or mixed):
            del parent[id]
        if of[id]:
            groups[of[id]].append(id)
    roots = [c for c in view.cards if c.id not in parent]
    first: dict[str, int] = {}
    for n, root in enumerate(roots):
        first.setdefault(of[root.id] or root.id, n)
    ordered = sorted(roots, key=lambda c: first[of[c.id] or c.id])
    rest = [c for c in view.cards if c.id in parent]
    return evolve(
        view,
        cards=(*ordered, *rest),
        parent=parent,
        groups=tuple(evolve(g, cards=tuple(groups[g.id])) for g in view.groups if groups[g.id]),
    )


def _short(joined: Mapping[int, None], root: int) -> bool:
    """Whether few roots stand together if *root* is joined to the next as well."""
    first, last = root, root + 1
    while first - 1 in joined:
        first -= 1
    while last in joined:
        last += 1
    return last - first < _TOGETHER


def _knot(view: View, inference: str) -> str:
    """The inference that *inference* strikes in the end, or it itself."""
    seen: dict[str, None] = {}
    while inference not in seen and view.inference[inference].head in view.inference:
        seen[inference] = None
        inference = view.inference[inference].head
    return inference
