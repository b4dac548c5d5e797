"""A view in the DOT language, labels and all, for people who go on in their own Graphviz.

It looks good in any version since 2.40: sizes are measured here, and nothing depends on fonts or
on HTML-like labels, which not every build has.
"""

from __future__ import annotations

import graphviz

from argmap.layout.measure import width, wrap
from argmap.render.entries import EMPTY, more_below, part_of
from argmap.render.pen import clean, seats
from argmap.render.theme import LIGHT, of_mark, of_role
from argmap.view import Card, Inference, Mark, Role, View, in_words

_POINTS = 72.0
_BAR = 8.0
_ROOM = 200.0
_INDENT = "\N{EM SPACE}"
_HEADS = {
    Mark.SUPPORT: "normal",
    Mark.ATTACK: "tee",
    Mark.UNDERCUT: "odiamond",
    Mark.CONTRADICT: "tee",
    Mark.AGREE: "tee",
    Mark.TENSION: "odot",
    Mark.PAST: "odot",
}
_STYLES = {
    Mark.ATTACK: "dashed",
    Mark.UNDERCUT: "dotted",
    Mark.TENSION: "dashed",
    Mark.PAST: "dotted",
}


def dot(view: View, *, down: bool = True) -> str:
    """DOT source of *view*. No text of a map is read as markup.

    Links are drawn from head to tail with the arrow at their tail, so that claims come first.
    """
    title = _escape(view.title)
    above = view.title, part_of(view), "" if view.cards else EMPTY
    headline = "".join(f"{_escape(said)}\\l" for said in above if said)
    graph = graphviz.Digraph("argmap")
    graph.attr(
        rankdir="TB" if down else "LR",
        ordering="out",
        outputorder="edgesfirst",
        bgcolor=LIGHT["bg"],
        pad="0.3",
        nodesep="0.2",
        ranksep="0.5",
        fontname="Arial",
        fontsize="22",
        label=headline,
        labelloc="t",
        labeljust="l",
        tooltip=title or " ",
        pack="18",
    )
    graph.attr("node", shape="box", style="rounded,filled", fixedsize="true", margin="0")
    graph.attr("node", fontname="Arial", fontsize="13", penwidth="1.4", gradientangle="0")
    graph.attr("edge", dir="back", penwidth="2", arrowsize="0.75", fontname="Arial", fontsize="11")
    _nodes(graph, view, seats(view.held, LIGHT.authors))
    for i in view.inferences:
        _edges(graph, view, i, "n" if down else "w")
    return str(graph.source)


def _nodes(graph: graphviz.Digraph, view: View, authors: dict[str, int]) -> None:
    """All cards and joints, each in the frame of its group. A joint stands with its premises."""
    frames: dict[str, graphviz.Digraph] = {}
    group: dict[str, str] = {c: g.id for g in view.groups for c in g.cards}
    for g in view.groups:
        frames[g.id] = graphviz.Digraph(f"cluster-{g.id}")
        frames[g.id].attr(
            style="rounded,filled",
            color=LIGHT["hairline"],
            fillcolor=LIGHT["other-tint"],
            fontsize="11",
            fontcolor=LIGHT["grey"],
            labeljust="l",
            margin="14",
            label=f"{_escape(g.title)}\\l",
            tooltip=_escape(g.title) or " ",
        )
    for card in view.cards:
        _node(frames.get(group.get(card.id, ""), graph), card, authors)
    for i in view.inferences:
        if i.joint:
            of = {group.get(t, "") for t in i.tails}
            _joint(frames.get(of.pop(), graph) if len(of) == 1 else graph, i)
    for frame in frames.values():
        graph.subgraph(frame)


def _node(graph: graphviz.Digraph, card: Card, authors: dict[str, int]) -> None:
    main = card.role is Role.CLAIM
    size = 15.0 if main else 13.0
    head = " · ".join(p for p in (card.whole_credit, card.role.value) if p)
    indent = width(_INDENT, size) + 14.0
    lines = [*wrap(f"{card.number}  {head}", size, _ROOM)]
    lines += wrap(f"{card.title}: {card.text}" if card.title else card.text, size, _ROOM)
    if card.unstated:
        lines.append("(unstated)")
    if card.source:
        lines += wrap(card.source, size, _ROOM)
    for beside in (in_words(card), more_below(card)):
        lines += wrap(beside, size, _ROOM) if beside else ()
    across = max(width(line, size) for line in lines) * 1.06 + indent + 12.0
    colour = of_role(card.role)
    tint = LIGHT["claim"] if main else LIGHT[f"{colour}-tint"]
    bar = LIGHT[f"author-{authors[card.speaker]}"] if card.speaker in authors else ""
    if bar and card.manner.startswith("as reported"):
        bar = LIGHT["bg"]
    graph.node(
        card.id,
        label="".join(f"{_INDENT}{_escape(line)}\\l" for line in lines),
        id=card.id,
        width=f"{across / _POINTS:.3f}",
        height=f"{(len(lines) * size * 1.2 + 20.0) / _POINTS:.3f}",
        color=LIGHT[colour],
        fillcolor=f"{bar};{_BAR / across:.3f}:{tint}" if bar else tint,
        tooltip=_escape(card.text) or " ",
        **({"URL": _escape(card.url)} if card.url else {}),
        **{"class": card.role.name.lower()},
        **({"fontcolor": LIGHT["claim-ink"], "fontsize": "15"} if main else {}),
        **({"style": "rounded,filled,dashed"} if card.unstated else {}),
    )


def _joint(graph: graphviz.Digraph, i: Inference) -> None:
    colour = LIGHT[of_mark(i.mark)]
    graph.node(
        i.id,
        label={Mark.SUPPORT: "+", Mark.ATTACK: "−", Mark.UNDERCUT: "×"}.get(i.mark, "~"),
        id=i.id,
        shape="circle",
        style="filled",
        width="0.28",
        height="0.28",
        color=colour,
        fillcolor=colour,
        fontcolor=LIGHT["sign"],
        tooltip=_escape(i.title) or " ",
    )


def _edges(graph: graphviz.Digraph, view: View, i: Inference, side: str) -> None:
    colour = LIGHT[of_mark(i.mark)]
    look = {"color": colour, "arrowtail": _HEADS[i.mark]}
    if i.mark in _STYLES:
        look["style"] = _STYLES[i.mark]
    if i.link and i.link.sense:
        look["label"] = f" {_escape(i.link.sense.value)} "
        look["fontcolor"] = colour
    if i.mutual:
        roots = all(end not in view.parent for end in (i.tails[0], i.head))
        graph.edge(
            i.tails[0],
            i.head,
            dir="both",
            arrowhead="tee",
            arrowtail="tee",
            color=f"{colour}:{colour}",
            label=f" {i.mark.value} ",
            minlen="2",
            constraint="false" if roots else "true",
        )
        return
    if not i.joint:
        graph.edge(i.head, i.tails[0], headport=side, **look)
        return
    graph.edge(i.head, i.id, weight="5", **look)
    for t in i.tails:
        graph.edge(i.id, t, headport=side, weight="3", arrowtail="none", color=colour)


def _escape(text: str) -> str:
    """*text* for a label: no backslash or ``<…>`` in it means anything to Graphviz."""
    said = str(graphviz.escape(clean(text))).replace("\n", " ").replace("\r", " ")
    quoted: str = graphviz.nohtml(said)  # else what stands between < and > goes out without quotes
    return quoted
