"""The map drawn by Graphviz from its DOT, as Argdown's own tools draw it."""

from __future__ import annotations

import html
import re

from argmap.graph import WORDS, Graph, Node
from argmap.layout.engine import run_dot
from argmap.render.argdown.dot import dot
from argmap.render.pen import escape
from argmap.settings import DotSettings

SECONDS = 20.0

# the version of the program, and the names of boxes again: they differ where the picture does not
_COMMENT = re.compile(r"<!--.*?-->\n?|<!DOCTYPE[^>]*>\n?", re.DOTALL)
_TITLE = re.compile(r"<title>([^<]*)</title>")
_FONT = 'font-family="arial"'
_FONTS = 'font-family="Arial,Helvetica,Liberation Sans,sans-serif"'


def svg(graph: Graph, settings: DotSettings, *, seconds: float = SECONDS) -> str:
    """*graph* as an SVG picture, within *seconds*.

    Raises:
        LayoutFailed: there is no Graphviz, or it failed or was stopped.
    """
    # the size that Argdown's tools set by default would shrink all but the smallest maps until
    # nobody can read them; a picture is as large as it needs to be, and whoever shows it scales it
    drawn = run_dot(dot(graph, settings, sized=False), seconds, "svg").decode()
    drawn = _COMMENT.sub("", drawn.replace("\r\n", "\n")).replace(_FONT, _FONTS)
    called = dict(_called(graph, settings))
    return _TITLE.sub(
        lambda m: f"<title>{escape(called.get(html.unescape(m[1]), html.unescape(m[1])))}</title>",
        drawn,
    )


def _called(graph: Graph, settings: DotSettings) -> list[tuple[str, str]]:
    """What Graphviz calls everything in its picture, and what a reader is told instead."""
    found = [(settings.graphname, settings.graphname)]
    count = 0
    for child in graph:
        if isinstance(child, Node):
            found.append((child.id, child.title or child.text))
            continue
        count += 1
        found.append((child.id if child.closed else f"cluster_{count}", child.title))
    said = dict(found)
    for e in graph.edges:
        ends = f"{said[e.tail]} – {said[e.head]}"
        found.append((f"{e.tail}->{e.head}", f"{WORDS[e.kind]}: {ends}"))
    return found
