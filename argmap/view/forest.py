"""A view as a forest: what bears on several things stands in full once, and elsewhere as a card
that refers to it.
"""

from __future__ import annotations

from attrs import evolve

from argmap.view.core import Card, Inference, View


def forest(view: View) -> View:
    """*view* with a reference card for every card that would hang in a second place.

    A mutual inference stays one only between two roots; else its tail becomes a reference too.
    """
    if not view.crossing and not any(i.mutual for i in view.inferences):
        return view
    cards: list[Card] = []
    parent = dict(view.parent)
    inferences: list[Inference] = []
    made: dict[str, int] = {}

    def refer(tail: str, inference: Inference) -> str:
        made[tail] = made.get(tail, 0) + 1
        seen = view.linked(view.by_id[tail], inference)
        card = evolve(seen, id=f"{tail}-{made[tail] + 1}", sees=tail, cited=())
        cards.append(card)
        parent[card.id] = inference.id
        return card.id

    for i in view.inferences:
        if i.mutual:
            ends = (i.tails[0], i.head)
            if all(e not in view.parent for e in ends) and ends[0] != ends[1]:
                inferences.append(i)
            else:
                inferences.append(evolve(i, mutual=False, tails=(refer(i.tails[0], i),)))
            continue
        tails = tuple(t if view.parent.get(t) == i.id else refer(t, i) for t in i.tails)
        inferences.append(evolve(i, tails=tails))
    return evolve(view, cards=(*view.cards, *cards), inferences=tuple(inferences), parent=parent)
