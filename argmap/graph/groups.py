"""Boxes in groups, and groups in groups; closed groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, evolve, field

from argmap.graph.colour import Palette
from argmap.graph.core import Edge, Graph, Group, Node
from argmap.graph.sections import Place, Sections


@define
class _Open:
    """A group in the making."""

    place: Place
    nodes: list[Node] = field(factory=list)
    groups: list[_Open] = field(factory=list)
    under: str = ""


def grouped(
    nodes: Sequence[Node], sections: Sections, palette: Palette
) -> tuple[Node | Group, ...]:
    """*nodes* in the groups of their *sections*, then those that are in none.

    There is no group without something in it.
    """
    opened: dict[str, _Open] = {}
    free: list[Node] = []
    for node in nodes:
        id = sections.group_of(sections.of.get(node.ref, ""))
        if not id:
            free.append(node)
            continue
        if id not in opened:
            opened[id] = _Open(sections.places[id])
        opened[id].nodes.append(node)
    for group in list(opened.values()):
        _open_above(group, opened, sections)
    order = {id: n for n, id in enumerate(sections.places)}
    tops: list[_Open] = []
    for id in sorted(opened, key=order.__getitem__):
        under = opened[id].under
        (opened[under].groups if under else tops).append(opened[id])
    return (*_made(tops, palette), *free)


def _open_above(group: _Open, opened: dict[str, _Open], sections: Sections) -> None:
    """Open the groups around *group* that are not open yet."""
    while True:
        above = sections.group_of(group.place.under)
        group.under = above
        if not above or above in opened:
            return
        # a group that holds other groups only is drawn open, whatever it says
        opened[above] = group = _Open(evolve(sections.places[above], closed=False))


def _made(tops: list[_Open], palette: Palette) -> list[Group]:
    """The groups *tops*, made from the innermost outwards."""
    order: list[tuple[_Open, int]] = []
    todo = [(g, 1) for g in reversed(tops)]
    while todo:
        group, level = todo.pop()
        order.append((group, level))
        todo += [(g, level + 1) for g in reversed(group.groups)]
    made: dict[str, Group] = {}
    for group, level in reversed(order):
        p = group.place
        inner = (made[g.place.id] for g in group.groups)
        children: tuple[Node | Group, ...] = (*group.nodes, *inner)
        colours = palette.of_group(p, level)
        made[p.id] = Group(p.id, p.title, level, children, p.closed, p.path, *colours)
    return [made[g.place.id] for g in tops]


def closed(graph: Graph) -> Graph:
    """*graph*, closed groups without what is in them: arrows from and to it are the group's own."""
    if not any(g.closed for g in graph.groups):
        return graph
    inside: dict[str, str] = {}  # what is hidden, and the closed group it is in
    order: list[Node | Group] = []
    todo: list[tuple[Node | Group, str]] = [(c, "") for c in reversed(graph.children)]
    while todo:
        child, hidden = todo.pop()
        if hidden:
            inside[child.id] = hidden
        else:
            order.append(child)
        if isinstance(child, Group):
            within = hidden or (child.id if child.closed else "")
            todo += [(c, within) for c in reversed(child.children)]
    made: dict[str, Node | Group] = {}
    for child in reversed(order):
        made[child.id] = child
        if isinstance(child, Group):
            kept = () if child.closed else tuple(made[c.id] for c in child.children)
            made[child.id] = evolve(child, children=kept)
    edges = (_led(e, inside) for e in graph.edges)
    return Graph(tuple(made[c.id] for c in graph.children), tuple(e for e in edges if e))


def _led(edge: Edge, inside: Mapping[str, str]) -> Edge | None:
    """*edge* from and to what is not hidden; None if all of it is within one closed group."""
    tail, head = inside.get(edge.tail, edge.tail), inside.get(edge.head, edge.head)
    if tail == head and (edge.tail in inside or edge.head in inside):
        return None
    return evolve(edge, tail=tail, head=head)
