"""Choose how a view is laid out, lay it out, and give everything a painter needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias, TypedDict, get_args

from attrs import frozen

from argmap.errors import BadValue, UnknownName
from argmap.layout.cards import Sheet, sheets
from argmap.layout.engine import LayoutFailed
from argmap.layout.plan import Bond, Direction, Plan
from argmap.layout.size import size_of
from argmap.layout.tree import tree
from argmap.view import Inference, View, forest

Layout: TypeAlias = Literal["auto", "tree", "dot"]
Toward: TypeAlias = Literal["auto", "down", "right"]


class Look(TypedDict, total=False):
    """How a picture is laid out; what is left out is chosen.

    *layout* is ``tree`` or ``dot`` (Graphviz), *direction* where reasons stand (``down`` or
    ``right``), *card_width* in points, *size* what it is to be read on, as `size_of` knows it;
    without *sources*, cards do not say where a claim stands.
    """

    layout: Layout
    direction: Toward
    card_width: float | None
    size: str
    sources: bool


NARROWEST, WIDEST = 140.0, 600.0
WIDTHS = (168.0, 192.0, 216.0, 232.0)
_MANY = 300  # cards from which on only our own engine is asked
_SCREEN = (1920.0, 1080.0)


@frozen
class Drawing:
    """A view with every card's place and every link's way, in points.

    *view* is a forest with reference cards if our tree engine laid it out. *warnings* say what
    was asked for and could not be had.
    """

    view: View
    sheets: tuple[Sheet, ...]
    plan: Plan
    direction: Direction
    warnings: tuple[str, ...] = ()


def arrange(
    view: View,
    *,
    layout: Layout = "auto",
    direction: Toward = "auto",
    card_width: float | None = None,
    size: str = "",
    sources: bool = True,  # noqa: ARG001
) -> Drawing:
    """Lay out *view*, as `Look` says.

    ``auto`` is the tree: it keeps the author's order, no link crosses a card, and what bears on
    several things is referred to. Of directions and card widths it takes those that give the
    largest type on a screen. If Graphviz fails, the tree is drawn, with a warning.

    Raises:
        UnknownName: there is no such layout or direction.
        BadValue: cards cannot be that wide.
    """
    for what, word, known in (
        ("layout", layout, get_args(Layout)),
        ("direction", direction, get_args(Toward)),
    ):
        if word not in known:
            raise UnknownName(what, word, known, few=True)
    size_of(size)
    if card_width is not None and not NARROWEST <= card_width <= WIDEST:
        raise BadValue(f"cards are {NARROWEST:g} to {WIDEST:g} points wide, not {card_width:g}")
    if layout == "dot":
        try:
            return _best(view, direction, card_width, _by_graphviz)
        except LayoutFailed as e:
            drawn = _best(forest(view), direction, card_width, _by_tree)
            said = f"{e}; the map is drawn as a tree instead"
            return Drawing(drawn.view, drawn.sheets, drawn.plan, drawn.direction, (said,))
    return _best(forest(view), direction, card_width, _by_tree)


_Lay: TypeAlias = Callable[[View, tuple[Sheet, ...], Direction], Plan]


def _by_tree(view: View, cards: tuple[Sheet, ...], direction: Direction) -> Plan:
    return tree([s.box for s in cards], bonds(view), direction)


def _by_graphviz(view: View, cards: tuple[Sheet, ...], direction: Direction) -> Plan:
    from argmap.layout.dot import dot

    return dot([s.box for s in cards], bonds(view), direction)


def _best(view: View, toward: Toward, card_width: float | None, lay: _Lay) -> Drawing:
    """The drawing with the largest type on a screen, of the directions and widths allowed."""
    few = len(view.cards) <= _MANY and lay is _by_tree
    widths = (card_width,) if card_width else WIDTHS if few else (208.0,)
    towards = tuple(Direction) if toward == "auto" else (Direction(toward),)
    best: Drawing | None = None
    for w in widths:
        cards = sheets(view, w)
        for direction in towards:
            drawn = Drawing(view, cards, lay(view, cards, direction), direction)
            if best is None or type_scale(drawn) > type_scale(best) + 1e-9:
                best = drawn
    if best is None:
        raise ValueError("no direction or width was allowed")
    return best


def type_scale(drawn: Drawing) -> float:
    """How much larger than at its own size the type of *drawn* is on a screen of 1920 by 1080.

    Tall cards are hard to read: each line of a card beyond the fourth, on average, costs 4 %.
    """
    wide, high = drawn.plan.width + 60.0, drawn.plan.height + 190.0
    scale = min(_SCREEN[0] / wide, _SCREEN[1] / high, 2.0)
    tall = sum(max(0.0, s.height - 130.0) for s in drawn.sheets) / (18.5 * len(drawn.sheets) or 1)
    return scale * (1.0 - min(0.5, 0.04 * tall))


def bonds(view: View) -> tuple[Bond, ...]:
    """The inferences of *view* as an engine sees them."""
    return tuple(Bond(i.id, i.tails, i.head, i.joint, i.mutual) for i in view.inferences)


def says_word(view: View, inference: Inference) -> bool:
    """Whether a link itself must say what it is, because the card at its tail does not."""
    return bool(inference.bears) and view.parent.get(inference.tails[0]) != inference.id
