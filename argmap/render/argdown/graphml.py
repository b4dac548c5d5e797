"""The map as GraphML: with the extensions that the editor yEd draws by, and with plain data for
every program that reads GraphML.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from attrs import frozen

from argmap.graph import Edge, Graph, Group, Node
from argmap.layout.measure import width
from argmap.model import ArgumentRef, ClaimRef, Kind, Markup
from argmap.render.argdown.dot import PLAIN
from argmap.render.argdown.words import marked, measured, plain_signs
from argmap.render.pen import clean, escape

_HEAD = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xmlns:y="http://www.yworks.com/xml/graphml" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd">
  <key for="node" yfiles.type="nodegraphics" id="d0"/>
  <key for="edge" yfiles.type="edgegraphics" id="d1"/>
  <key for="node" attr.name="kind" attr.type="string" id="kind"/>
  <key for="node" attr.name="title" attr.type="string" id="title"/>
  <key for="node" attr.name="text" attr.type="string" id="text"/>
  <key for="node" attr.name="author" attr.type="string" id="author"/>
  <key for="node" attr.name="tags" attr.type="string" id="tags"/>
  <key for="edge" attr.name="kind" attr.type="string" id="relation"/>
  <graph edgedefault="directed" id="G">"""
_TAIL = "  </graph>\n</graphml>\n"

_NOBODY: Mapping[ClaimRef | ArgumentRef, str] = MappingProxyType({})
_FONT = "arial"
_SIZE, _LINE = 13.0, 1.1  # points, and lines as high as so many of them
_WIDE, _SIDE, _ABOVE = 135.0, 10.0, 7.0  # a box, and what is left free in it
_GROUP_SIZE, _GROUP_ROOM = 16.0, 15.0
_GROUP_COLOUR, _BLACK = "#AAAAAA", "#000000"
_DEEPEST = 40  # levels that lines are indented by


def graphml(graph: Graph, authors: Mapping[ClaimRef | ArgumentRef, str] = _NOBODY) -> str:
    """*graph* as GraphML. Where everything stands is left to the program that opens it.

    *authors* say in words whose a claim or argument is.
    """
    return "\n".join([_HEAD, *_boxes(graph, authors), *_edges(graph.edges), _TAIL])


def _boxes(graph: Graph, authors: Mapping[ClaimRef | ArgumentRef, str]) -> Iterator[str]:
    todo: list[tuple[Node | Group | None, int]] = [(c, 2) for c in reversed(graph.children)]
    while todo:
        child, depth = todo.pop()
        margin = "  " * min(depth, _DEEPEST)
        if child is None:
            yield f"{margin}  </graph>\n{margin}</node>"
        elif isinstance(child, Node):
            yield from (margin + line for line in _node(child, authors.get(child.ref, "")))
        else:
            yield from (margin + line for line in _group(child))
            todo.append((None, depth))
            todo += [(c, depth + 2) for c in reversed(child.children)]


def _node(node: Node, author: str) -> Iterator[str]:
    colour = node.colour or PLAIN
    fill, border, line = ("#FFFFFF", colour, "3.0")
    if node.is_argument:
        fill, border, line = colour, _BLACK, "0.3"
    titled = _Words.of(node.title, (), bold=True)
    worded = _Words.of(node.text, node.markup, bold=False)
    between = _ABOVE * (3 if titled.rows and worded.rows else 2)
    high = titled.high + worded.high + between
    yield f'<node id="{node.id}">'
    yield '  <data key="d0">'
    yield "    <y:ShapeNode>"
    yield f'      <y:Geometry width="{_WIDE:g}" height="{high:g}" x="0" y="0"/>'
    yield f'      <y:Fill color="{escape(fill)}" transparent="false"/>'
    yield f'      <y:BorderStyle color="{escape(border)}" type="line" width="{line}"/>'
    if titled.rows:
        yield "      " + _label(node, titled, "t", _ABOVE, 0.0)
    if worded.rows:
        top = 0.0 if titled.rows else _ABOVE
        yield "      " + _label(node, worded, "b", top, _ABOVE * 2 + titled.high)
    yield '      <y:Shape type="roundrectangle"/>'
    yield "    </y:ShapeNode>"
    yield "  </data>"
    kind = "argument" if node.is_argument else "claim"
    tags = " ".join(f"#{tag}" for tag in node.tags)
    for key, value in (
        ("kind", kind),
        ("title", node.title),
        ("text", node.text),
        ("author", author),
        ("tags", tags),
    ):
        if value:
            yield f'  <data key="{key}">{escape(value)}</data>'
    yield "</node>"


@frozen
class _Words:
    """A title or a text as the label of a box: *said* in HTML, on so many *rows*."""

    said: str
    rows: int
    bold: bool

    @staticmethod
    def of(text: str, markup: Sequence[Markup], *, bold: bool) -> _Words:
        text = clean(text)
        cut = measured(text, _WIDE - 2 * _SIDE, _SIZE, bold=bold)
        return _Words(marked(text, markup, plain_signs, cut, "<br/>"), len(cut), bold)

    @property
    def high(self) -> float:
        return self.rows * _SIZE * _LINE


def _label(node: Node, words: _Words, where: str, top: float, y: float) -> str:
    high = words.high + _ABOVE * (2 if where == "t" or not top else 1)
    return (
        f'<y:NodeLabel alignment="center" autoSizePolicy="content" fontFamily="{_FONT}"'
        f' fontSize="{_SIZE:g}" fontStyle="{"bold" if words.bold else "plain"}"'
        ' hasBackgroundColor="false" hasLineColor="false" modelName="internal"'
        f' modelPosition="{where}" topInset="{top:g}" bottomInset="{_ABOVE:g}" borderDistance="0"'
        f' textColor="{escape(node.font_colour or _BLACK)}" visible="true"'
        f' width="{_WIDE - 2 * _SIDE:g}" height="{high:g}" x="{_SIDE:g}" y="{y:g}">'
        f"{escape(f'<html>{words.said}</html>')}</y:NodeLabel>"
    )


def _group(group: Group) -> Iterator[str]:
    yield f'<node id="{group.id}" yfiles.foldertype="group">'
    yield '  <data key="d0">'
    yield "    <y:ProxyAutoBoundsNode>"
    yield f'      <y:Realizers active="{int(group.closed)}">'
    for closed in (False, True):
        yield from _realizer(group, closed=closed)
    yield "      </y:Realizers>"
    yield "    </y:ProxyAutoBoundsNode>"
    yield "  </data>"
    yield f'  <graph id="{group.id}:" edgedefault="directed">'


def _realizer(group: Group, *, closed: bool) -> Iterator[str]:
    """How *group* looks while it is open, or closed: yEd keeps both."""
    title, colour = clean(group.title), escape(group.colour or _GROUP_COLOUR)
    wide, high = width(title, _GROUP_SIZE), _GROUP_SIZE * _LINE
    room = f"{_GROUP_ROOM:g}"
    outer = f"{wide + 2 * _GROUP_ROOM:.2f}"
    around = f"{high + 2 * _GROUP_ROOM:g}"
    inset = " ".join(f'{side}="{room}" {side}F="{room}"' for side in _SIDES)
    none = " ".join(f'{side}="0" {side}F="0.0"' for side in _SIDES)
    yield "        <y:GroupNode>"
    tall = f"{high:g}" if closed else around
    yield f'          <y:Geometry width="{outer}" height="{tall}" x="0" y="0"/>'
    yield f'          <y:Fill color="{colour}" transparent="false"/>'
    yield f'          <y:BorderStyle color="{colour}" type="line" width="0"/>'
    yield (
        f'          <y:NodeLabel alignment="center" autoSizePolicy="node_width"'
        f' fontFamily="{_FONT}" fontSize="{_GROUP_SIZE:g}" fontStyle="plain"'
        ' hasBackgroundColor="false" hasLineColor="false" horizontalTextPosition="center"'
        ' iconTextGap="4" modelName="internal" modelPosition="t"'
        f' textColor="{escape(group.font_colour or _BLACK)}" verticalTextPosition="bottom"'
        f' visible="true" width="{wide:.2f}" height="{high:g}" x="0.0" y="0"'
        f' xml:space="preserve">{escape(title)}</y:NodeLabel>'
    )
    yield '          <y:Shape type="rectangle"/>'
    yield (
        f'          <y:State closed="{str(closed).lower()}" closedHeight="{around}"'
        f' closedWidth="{outer}" innerGraphDisplayEnabled="false"/>'
    )
    yield f"          <y:Insets {inset}/>"
    yield f"          <y:BorderInsets {none}/>"
    yield "        </y:GroupNode>"


_SIDES = ("bottom", "left", "right", "top")


def _edges(edges: Sequence[Edge]) -> Iterator[str]:
    for n, edge in enumerate(edges, 1):
        tail, head = _heads(edge.kind)
        yield f'    <edge id="e{n}" directed="true" source="{edge.tail}" target="{edge.head}">'
        yield '      <data key="d1">'
        yield "        <y:PolyLineEdge>"
        yield '          <y:Path sx="0.0" sy="0.0" tx="0.0" ty="0.0"/>'
        colour = escape(edge.colour or _BLACK)
        yield f'          <y:LineStyle color="{colour}" type="line" width="0.3"/>'
        yield f'          <y:Arrows source="{tail}" target="{head}"/>'
        yield '          <y:BendStyle smoothed="false"/>'
        yield "        </y:PolyLineEdge>"
        yield "      </data>"
        yield f'      <data key="relation">{edge.kind.name.lower()}</data>'
        yield "    </edge>"


def _heads(kind: Kind) -> tuple[str, str]:
    """How an arrow of *kind* begins and ends."""
    match kind:
        case Kind.CONTRARY:
            return "standard", "standard"
        case Kind.CONTRADICTION:
            return "diamond", "diamond"
        case Kind.SUPPORT | Kind.ATTACK | Kind.UNDERCUT | Kind.ENTAILMENT | Kind.EQUIVALENCE:
            return "none", "standard"
