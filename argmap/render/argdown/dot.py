"""The map in the DOT language, as those who know Argdown's own tools expect it.

Arguments are filled boxes, claims white ones with a coloured border; headings are clusters.
Nothing that a map's author writes can leave its label, and nothing names a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from argmap.graph import WORDS, Edge, Graph, Group, Node
from argmap.model import Data, Kind, Markup, Value
from argmap.render.argdown.words import Line, lines, marked, measured, plain_signs
from argmap.render.pen import clean, escape
from argmap.settings import BoxSettings, DotSettings, FontSettings, GroupBoxSettings, is_colour

PLAIN = "#63AEF2"  # a box without a colour
_PLAIN_GROUP = "#CCCCCC"
_INCH = 72.0
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_NO_FACE = re.compile(r"[^\w ,-]")
_KEYWORDS = frozenset(["node", "edge", "graph", "digraph", "subgraph", "strict"])
_RECORD = re.compile(r"([{}|<>])")

# what reads a file, leads elsewhere, or says how the bytes are to be understood
_KEPT_OUT = frozenset(
    ["_background", "charset", "fontpath", "href", "image", "imagepath", "shapefile", "stylesheet",
     "target", "url", "edgehref", "edgeurl", "headhref", "headurl", "labelhref", "labelurl",
     "tailhref", "tailurl"]
)  # fmt: skip


def dot(graph: Graph, settings: DotSettings, *, sized: bool = True) -> str:
    """*graph* in the DOT language. Without *sized*, the default size of the paper is left out."""
    made = [f"digraph {quoted(settings.graphname)} {{\n"]
    graphviz = dict(_attributes(settings.graph_viz_settings))
    if not sized and graphviz.get("size") == _PAPER:
        del graphviz["size"]
    made += [f"{name} = {quoted(value)};" for name, value in graphviz.items()]
    edge = settings.edge
    made.append(f'edge [arrowsize="{edge.arrow_size:g}", penwidth="{edge.pen_width:g}"];')
    made.append(f"graph [bgcolor={quoted(settings.map_bg_color)}];\n")
    made += _boxes(graph, settings, "b" if graphviz.get("rankdir") == "BT" else "t")
    made.append("")
    made += map(_edge, graph.edges)
    made += _ranks(graph, settings)
    made.append("}\n")
    return "\n".join(made)


_PAPER = "10,10"  # the default of Argdown's tools


def quoted(text: str) -> str:
    r"""*text* as a string of the DOT language.

    >>> print(quoted('say "no" \\N'))
    "say \"no\" \\N"
    """
    return '"' + clean(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _attributes(given: Data) -> Iterator[tuple[str, str]]:
    """The attributes of a graph that are *given*, without those that lead out of it."""
    for name, value in given.items:
        written = _written(value)
        if name.lower().endswith("fontname") and written is not None:
            written = _face(written)
        if written is not None and _NAME.match(name) and name.lower() not in _KEPT_OUT | _KEYWORDS:
            yield name, written


def _written(value: Value) -> str | None:
    """A single *value*, or a list of them, as Graphviz takes it; None of what it cannot take."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, tuple):
        parts = [_written(v) for v in value]
        return None if None in parts else ",".join(p for p in parts if p is not None)
    return None


# --- boxes


def _boxes(graph: Graph, settings: DotSettings, location: str) -> Iterator[str]:
    count = 0
    todo: list[Node | Group | str] = list(reversed(graph.children))
    while todo:
        child = todo.pop()
        if isinstance(child, str):
            yield child
        elif isinstance(child, Node):
            yield _node(child, settings)
        elif child.closed:
            count += 1
            yield _closed(child, settings)
        else:
            count += 1
            box, colour = settings.group, child.colour or _PLAIN_GROUP
            yield f"\nsubgraph cluster_{count} {{"
            yield f"  label = {_group_label(child, settings, box)};"
            yield f"  color = {quoted(colour)};"
            yield f"  margin = {quoted(box.margin)};"
            yield "  style = filled;"
            yield f'  labelloc = "{location}";\n'
            todo.append("}\n")
            todo += reversed(child.children)


def _closed(group: Group, settings: DotSettings) -> str:
    box = settings.closed_group
    return _statement(
        group.id,
        label=_group_label(group, settings, box),
        shape=quoted("box"),
        margin=quoted(box.margin),
        style=quoted("filled"),
        penwidth=quoted("0"),
        fillcolor=quoted(group.colour or _PLAIN_GROUP),
        fontcolor=quoted(group.font_colour),
        type=quoted("group-map-node"),
    )


def _group_label(group: Group, settings: DotSettings, box: GroupBoxSettings) -> str:
    title = clean(group.title)
    if settings.measure_line_width:
        cut = measured(title, box.line_width, box.font_size, bold=box.bold)
    else:
        cut = lines(title, box.characters_in_line)
    if not settings.use_html_labels:
        return _plain(title, cut)
    if not cut:
        return quoted("")
    return f"<{_font(title, (), cut, box, group.font_colour)}>"


def _node(node: Node, settings: DotSettings) -> str:
    box = settings.argument if node.is_argument else settings.statement
    colour = node.colour if is_colour(node.colour) else PLAIN
    label = _label(node, settings, box)
    empty = label == quoted("")
    width = {"width": quoted(f"{box.min_width / _INCH:g}")} if empty else {}
    if node.is_argument:
        colours = {"fillcolor": quoted(colour)}
    else:
        colours = {"color": quoted(colour), "fillcolor": quoted("white")}
    return _statement(
        node.id,
        label=label,
        shape=quoted(box.shape),
        margin=quoted(box.margin),
        style=quoted(box.style),
        **colours,
        fontcolor=quoted(node.font_colour),
        type=quoted("argument-map-node" if node.is_argument else "statement-map-node"),
        **width,
    )


def _label(node: Node, settings: DotSettings, box: BoxSettings) -> str:
    title, text = clean(node.title), clean(node.text)
    if not settings.use_html_labels:
        words, font = (title, box.title) if title else (text, box.text)
        label = _plain(words, _cut(words, settings, box, font))
        return _RECORD.sub(r"\\\1", label) if "record" in box.shape.lower() else label
    rows = []
    for words, markup, font in ((title, (), box.title), (text, node.markup, box.text)):
        cut = _cut(words, settings, box, font)
        if cut:
            rows.append(
                f'<TR><TD WIDTH="{box.min_width:.0f}" ALIGN="TEXT" BALIGN="CENTER">'
                f"{_font(words, markup, cut, font, node.font_colour)}</TD></TR>"
            )
    if not rows:
        return quoted("")
    table = f'<TABLE WIDTH="{box.min_width:.0f}" ALIGN="CENTER" BORDER="0" CELLSPACING="0">'
    return f"<{table}{''.join(rows)}</TABLE>>"


def _cut(words: str, settings: DotSettings, box: BoxSettings, font: FontSettings) -> list[Line]:
    if settings.measure_line_width:
        return measured(words, box.line_width, font.font_size, bold=font.bold)
    return lines(words, font.characters_in_line)


def _font(
    words: str,
    markup: tuple[Markup, ...],
    cut: list[Line],
    font: FontSettings | GroupBoxSettings,
    colour: str,
) -> str:
    """*words* in the letters of HTML-like labels."""
    said = marked(words, markup, plain_signs, cut, "<BR/>")
    said = f"<B>{said}</B>" if font.bold else said
    return (
        f'<FONT FACE="{_face(font.font)}" POINT-SIZE="{font.font_size:g}"'
        f' COLOR="{escape(colour or "#000000")}">{said}</FONT>'
    )


def _face(font: str) -> str:
    """A font's name, of which Graphviz leaves nothing out where it writes SVG."""
    return _NO_FACE.sub("", font) or "arial"


def _plain(words: str, cut: list[Line]) -> str:
    return '"' + "\\n".join(quoted(words[start:stop])[1:-1] for start, stop in cut) + '"'


def _statement(name: str, **attributes: str) -> str:
    said = ", ".join(f"{key}={value}" for key, value in attributes.items() if value != '""'
                     or key == "label")  # fmt: skip
    return f"  {name} [{said}];"


# --- arrows and ranks


def _edge(edge: Edge) -> str:
    more = {}
    match edge.kind:
        case Kind.CONTRARY:
            more = {"dir": quoted("both")}
        case Kind.CONTRADICTION:
            more = {
                "dir": quoted("both"),
                "arrowtail": quoted("diamond"),
                "arrowhead": quoted("diamond"),
            }
        case Kind.SUPPORT | Kind.ATTACK | Kind.UNDERCUT | Kind.ENTAILMENT | Kind.EQUIVALENCE:
            pass
    word = quoted(WORDS[edge.kind])
    return _statement(f"{edge.tail} -> {edge.head}", type=word, color=quoted(edge.colour), **more)


def _ranks(graph: Graph, settings: DotSettings) -> Iterator[str]:
    """What stands beside each other: as settings say, then as keys of the things do."""
    nodes = graph.nodes
    for entry in settings.same_rank:
        if isinstance(entry, Data):
            arguments, claims = _titles(entry.get("arguments")), _titles(entry.get("statements"))
            yield from _rank(
                n.id for n in nodes if n.ref.title in (arguments if n.is_argument else claims)
            )
    ranked: dict[str, list[str]] = {}
    for n in nodes:
        if n.rank and isinstance(n.rank, str | int | float):
            ranked.setdefault(str(n.rank), []).append(n.id)
    for ids in ranked.values():
        yield from _rank(ids)


def _titles(value: Value) -> frozenset[str]:
    return frozenset(str(v) for v in value) if isinstance(value, tuple) else frozenset()


def _rank(ids: Iterable[str]) -> Iterator[str]:
    said = " ".join(f"{id};" for id in ids)
    if said:
        yield f"{{ rank = same; {said} }}"
