"""A debate and its settings to a map."""

from __future__ import annotations

from attrs import field, frozen

from argmap.graph.colour import Palette, tags_in_order
from argmap.graph.core import Graph, Node
from argmap.graph.edges import edges
from argmap.graph.groups import closed, grouped
from argmap.graph.relations import Parts, exploded, meant, parts
from argmap.graph.sections import Sections, sections
from argmap.graph.select import Selection, select
from argmap.graph.wording import Words, canonical, is_untitled, keys_of, section_of
from argmap.model import Argument, ArgumentRef, Claim, Data, Debate, Ref, is_made_up
from argmap.settings import LabelMode, Settings
from argmap.settings import settings as set_in


@frozen
class Stage:
    """A debate as Argdown's tools understand it, and what of it is shown.

    *wholes* are the arguments that others are parts of, where they are taken apart.
    """

    debate: Debate
    parts: Parts
    keys: dict[Ref, Data]
    sections: Sections
    selection: Selection
    wholes: dict[Ref, ArgumentRef] = field(factory=dict)


def staged(debate: Debate, settings: Settings) -> Stage:
    """Everything that is decided before boxes and arrows are made."""
    understood = meant(debate, settings)
    data: dict[Ref, Data] = {t.ref: keys_of(t) for t in understood.things}
    paths: dict[Ref, tuple[int, ...]] = {t.ref: section_of(t) for t in understood.things}
    wholes: dict[Ref, ArgumentRef] = {}
    if settings.model.explode_arguments:
        understood, wholes = exploded(understood)
        data |= {part: data[whole] for part, whole in wholes.items()}
        paths |= {part: paths[whole] for part, whole in wholes.items()}
    played = parts(understood)
    places = sections(understood, settings, paths)
    chosen = select(understood, settings.selection, played, places, data)
    return Stage(understood, played, data, places, chosen, wholes)


def graph(debate: Debate, settings: Settings | None = None) -> Graph:
    """The map of *debate*, as Argdown's own tools make it with these *settings*.

    Without any, those of its own frontmatter count.

    >>> from argmap.model import Builder
    >>> b = Builder()
    >>> [len(g) for g in (graph(b.build()).nodes, graph(b.build()).edges)]
    [0, 0]
    """
    settings = settings or set_in(debate.front)
    return to_graph(staged(debate, settings), settings)


def to_graph(stage: Stage, settings: Settings) -> Graph:
    """Boxes and arrows, of what is chosen."""
    shown, debate = stage.selection, stage.debate
    palette = Palette(settings.color, tags_in_order(debate))
    things: tuple[Claim | Argument, ...] = (*shown.claims.values(), *shown.arguments.values())
    ids: dict[Ref, str] = {t.ref: f"n{n}" for n, t in enumerate(things)}
    nodes = [_node(t, ids[t.ref], stage.keys[t.ref], settings, palette) for t in things]
    drawn = edges(debate, shown, stage.parts, ids, palette.of_edges())
    return closed(Graph(grouped(nodes, stage.sections, palette), tuple(drawn)))


def _node(
    thing: Claim | Argument, id: str, data: Data, settings: Settings, palette: Palette
) -> Node:
    labels = settings.map
    mode = labels.statement_label_mode
    if isinstance(thing, Argument):
        mode = labels.argument_label_mode
    tags = not settings.model.remove_tags_from_text
    words = canonical(thing, tags=tags)
    title = ""
    match mode:
        case LabelMode.HIDE_UNTITLED:
            title = _called(thing) if not is_untitled(thing.title) or not words.text else ""
        case LabelMode.TITLE:
            title = _called(thing)
        case LabelMode.TEXT:
            title = "" if words.text else _called(thing)
        case LabelMode.NONE:
            pass
    if mode in (LabelMode.TITLE, LabelMode.NONE):
        words = Words()
    images = data.get("images")
    return Node(
        id,
        thing.ref,
        title,
        words.text,
        words.markup,
        thing.tags if labels.add_tags else (),
        tuple(i for i in images if isinstance(i, str)) if isinstance(images, tuple) else (),
        data.get("rank"),
        *palette.of(thing, data),
    )


def _called(thing: Claim | Argument) -> str:
    """The title to show; what has none is called by its first words."""
    if not is_made_up(thing.title):
        return thing.title
    return thing.title.lstrip("~").replace("-", " ")
