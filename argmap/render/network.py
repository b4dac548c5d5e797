"""A view as a graph of networkx, for those who count paths and centres."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from argmap.errors import MissingExtra
from argmap.model import Debate, is_made_up, prevailing
from argmap.view import Card, Inference, Mark, View

if TYPE_CHECKING:
    import networkx

KINDS = {
    Mark.SUPPORT: "support",
    Mark.ATTACK: "attack",
    Mark.UNDERCUT: "undercut",
    Mark.CONTRADICT: "contradiction",
    Mark.AGREE: "equivalence",
    Mark.TENSION: "tension",
    Mark.PAST: "past",
}
"""What an inference is called in data."""


def network(debate: Debate, view: View) -> networkx.MultiDiGraph[str]:
    """*view*, which is one of *debate*, as a directed graph; every attribute is text, or whether.

    A claim is a node under its number; so is a step in which several premises meet or that is
    undercut, under its id, with ``kind="inference"``: its premises lead to it by edges of kind
    ``premise``, and it leads to what it bears on. What is mutual has an edge either way.

    Raises:
        MissingExtra: networkx is not installed.
    """
    try:
        import networkx
    except ImportError:
        raise MissingExtra(
            'this needs networkx, which is not installed: run  pip install "argmap[networkx]"'
        ) from None
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(title=view.title)
    voices = {
        t.ref: said.voice.value
        for t in debate.things
        if (said := prevailing(t.wordings)) is not None
    }
    for card in view.cards:
        graph.add_node(card.number, **_of_card(card, voices.get(card.ref, "")))
    joints = {i.id for i in view.inferences if i.joint}
    for i in view.inferences:
        if i.joint:
            graph.add_node(i.id, kind="inference", text=i.gist, title=i.title, **_step(i))

    def node(id: str) -> str:
        return id if id in joints else view.by_id[view.head_card(view.inference[id])].number

    for i in view.inferences:
        head = node(i.head) if i.head in view.inference else view.by_id[i.head].number
        tails = [view.by_id[t].number for t in i.tails]
        if i.joint:
            for tail in tails:
                graph.add_edge(tail, i.id, kind="premise")
            graph.add_edge(i.id, head, **_of_inference(i))
            continue
        for tail in tails:
            graph.add_edge(tail, head, **_of_inference(i), **_step(i))
            if i.mutual:
                graph.add_edge(head, tail, **_of_inference(i), **_step(i))
    return graph


def _of_card(card: Card, voice: str) -> dict[str, Any]:
    return {
        "kind": card.role.name.lower(),
        "number": card.number,
        "title": "" if is_made_up(card.ref.title) else card.ref.title,
        "text": card.text,
        "speaker": card.speaker,
        "credit": card.whole_credit,
        "voice": voice,
        "source": card.source,
        "tags": "; ".join(card.tags),
        "unstated": card.unstated,
    }


def _step(i: Inference) -> dict[str, str]:
    """Which argument it is a step of, and its rules."""
    return {"argument": i.title, "rules": "; ".join(i.rules)}


def _of_inference(i: Inference) -> dict[str, Any]:
    link = i.link
    return {
        "kind": KINDS[i.mark],
        "mutual": i.mutual,
        "sense": link.sense.value if link and link.sense else "",
        "about": link.about.value if link and link.about else "",
        "because": link.because if link else "",
        "by": link.by if link else "",
    }
