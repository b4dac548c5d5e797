"""Choose how a view is laid out, lay it out, and give everything a painter needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal, TypeAlias, TypedDict, get_args

from attrs import evolve, frozen

from argmap.errors import BadValue, UnknownName
from argmap.layout.cards import Sheet, sheets
from argmap.layout.engine import LayoutFailed
from argmap.layout.measure import from_right, width, wrap
from argmap.layout.plan import Bond, Crate, Direction, Plan
from argmap.layout.size import BODY, Size, size_of
from argmap.layout.surround import LEAST, PAD, Surround, height_around
from argmap.layout.tree import tree
from argmap.text import listed
from argmap.view import Group, Inference, View, forest

Layout: TypeAlias = Literal["auto", "tree", "columns", "dot"]
Toward: TypeAlias = Literal["auto", "down", "right"]


class Look(TypedDict, total=False):
    """How a picture is laid out; what is left out is chosen.

    *layout* is ``tree``, ``columns`` or ``dot`` (Graphviz), *direction* where reasons stand in a
    tree (``down`` or ``right``), *card_width* in points, *size* what the picture is to be read on,
    as `size_of` knows it; without *sources*, cards do not say where a claim stands.
    """

    layout: Layout
    direction: Toward
    card_width: float | None
    size: str
    sources: bool


NARROWEST, WIDEST = 140.0, 600.0
WIDTHS = (168.0, 192.0, 216.0, 232.0)
GROUP_SIZE, GROUP_LINE = 12.0, 15.0
"""The type of the title of a group, and from one of its lines to the next, in points."""

_USUAL = 208.0  # how wide cards are where other widths are not tried
_MANY = 300  # cards from which on only one way is tried: reasons to the right
_HUGE = 600  # cards from which on only a tree is tried
_LIKED = {"tree": 1.0, "columns": 0.94, "dot": 0.9}  # by how much another must be larger
_ENOUGH = 1.5  # of the readable type: larger is not better


@frozen(slots=False)
class Drawing:
    """A view with every card's place and every link's way, in points.

    *view* is a forest with reference cards if one of our own engines laid it out. *size* is what
    it is read on, and *type_size* how large the type of its cards is there, in pixels or points.
    *crates* are the groups of the view with the lines of their titles. *mirrored* says that it
    reads from right to left: x runs from the right edge. *warnings* say what was asked for and
    could not be had.
    """

    view: View
    sheets: tuple[Sheet, ...]
    plan: Plan
    direction: Direction
    size: Size
    layout: str = "tree"
    mirrored: bool = False
    warnings: tuple[str, ...] = ()

    @cached_property
    def surround(self) -> Surround:
        """What stands around the map."""
        return Surround(self.view, max(self.plan.width, LEAST))

    @property
    def scale(self) -> float:
        """By how much the picture is enlarged or reduced to fill what it is read on."""
        return _scale(self.surround.size(self.plan.height), self.size)

    @property
    def type_size(self) -> float:
        """How large the type of the cards is there, in pixels or points."""
        return BODY * self.scale

    @property
    def advice(self) -> str:
        """What helps if the type is too small to be read; "" if it is not."""
        size, type_size = self.size, self.type_size
        if type_size >= size.readable - 0.05 or not self.view.cards:
            return ""
        less = ["--focus TITLE"]
        if depth := self._readable_depth(type_size / size.readable):
            less.insert(0, f"--depth {depth}")
        if self.view.questions and not self.view.partial:
            less.append("--only issue=QUESTION")
        if len(self.view.speakers) > 1 and not self.view.partial:
            less.append("--only author=NAME")
        return (
            f"on {size.name} the type of the cards is {type_size:.1f} {size.unit}, and is hard to "
            f"read below {size.readable:g} {size.unit}: show less of the map, with "
            f"{listed(less, 'or')}; or print it on several sheets (.pdf with --tiles auto), or "
            "write the page (.html), which shows it step by step"
        )

    def _readable_depth(self, share: float) -> int:
        """How many levels could be read if the type of all is that *share* of what can be; 0 if
        not even the first could. The area of a picture goes with how many cards it has.
        """
        levels: dict[str, int] = {}
        for card in self.view.cards:
            above = self.view.parent.get(card.id)
            head = self.view.head_card(self.view.inference[above]) if above else ""
            levels[card.id] = levels.get(head, 0) + 1
        room = len(levels) * share * share
        counts = Counter(levels.values())
        fits = [n for n in sorted(counts) if sum(counts[k] for k in counts if k <= n) <= room]
        return max(fits, default=0)


def arrange(
    view: View,
    *,
    layout: Layout = "auto",
    direction: Toward = "auto",
    card_width: float | None = None,
    size: str = "",
    sources: bool = True,
) -> Drawing:
    """Lay out *view*, as `Look` says.

    ``auto`` takes the layout, direction and card width that give the largest type on *size*, and
    of those that give enough, the tree: it is what one knows. It never asks Graphviz, which was
    no better for any map we have, and is not the same program everywhere. If Graphviz fails, one
    of ours is drawn, with a warning.

    Raises:
        UnknownName: there is no such layout or direction.
        BadValue: there is no such size, or cards cannot be that wide.
    """
    for what, word, known in (
        ("layout", layout, get_args(Layout)),
        ("direction", direction, get_args(Toward)),
    ):
        if word not in known:
            raise UnknownName(what, word, known, few=True)
    if card_width is not None and not NARROWEST <= card_width <= WIDEST:
        raise BadValue(f"cards are {NARROWEST:g} to {WIDEST:g} points wide, not {card_width:g}")
    desk = _Desk(view, size_of(size), direction, card_width, sources)
    if layout == "dot":
        try:
            drawn = desk.best(desk.by_graphviz())
            said = ("Graphviz frames no groups; leave out --layout dot to see them",)
            return evolve(drawn, warnings=said) if view.groups else drawn
        except LayoutFailed as e:
            drawn = desk.best(desk.ours("tree"))
            return evolve(drawn, warnings=(f"{e}; the map is drawn as a tree instead",))
    return desk.best(desk.ours(layout))


@frozen
class _Desk:
    """What is to be drawn, and for what."""

    view: View
    size: Size
    toward: Toward
    card_width: float | None
    sources: bool

    def best(self, drawn: Iterable[Drawing]) -> Drawing:
        """The drawing with the largest type; of those that have enough, the first."""
        best = max(drawn, key=self._score)
        return evolve(best, mirrored=is_mirrored(self.view))

    def _score(self, drawn: Drawing) -> float:
        """How readable it is. Tall cards are hard to read: each line of a card beyond the fourth,
        on average, costs 4 %.
        """
        tall = sum(max(0.0, s.height - 130.0) for s in drawn.sheets)
        tall /= 18.5 * len(drawn.sheets) or 1
        most = min(drawn.type_size, _ENOUGH * drawn.size.readable)
        return round(most * _LIKED[drawn.layout] * (1.0 - min(0.5, 0.04 * tall)), 6)

    def ours(self, layout: Layout) -> Iterator[Drawing]:
        """Drawings by our own engines."""
        many = len(self.view.cards) > _MANY
        if layout != "columns" and not self.view.groups:
            trees = list(self._trees(forest(self.view), many=many))
            yield from trees
            enough = max(t.type_size for t in trees) >= _ENOUGH * trees[0].size.readable
            huge = len(self.view.cards) > _HUGE
            if layout == "tree" or self.toward != "auto" or huge or enough:
                return
        yield from self._columns(forest(self.view, packed=True), layout, many=many)

    def _trees(self, seen: View, *, many: bool) -> Iterator[Drawing]:
        fits = [(way, _fit(seen, way)) for way in self.size.ways]
        for cards in self._cards(seen, (_USUAL,) if many else WIDTHS):
            for direction in self._directions():
                for way, fit in fits:
                    plan = tree([s.box for s in cards], bonds(seen), direction, fit)
                    yield Drawing(seen, cards, plan, direction, way, "tree")

    def _columns(self, seen: View, layout: Layout, *, many: bool) -> Iterator[Drawing]:
        """In columns; where groups want a tree, their cards stand beside each other as in one."""
        from argmap.layout.columns import columns

        beside = self.toward == "right" or (layout == "tree" and self.toward == "auto")
        fits = [(way, _fit(seen, way)) for way in self.size.ways]
        for cards in self._cards(seen, (_USUAL,) if many else WIDTHS[::2]):
            boxes, joined = [s.box for s in cards], bonds(seen)
            for way, fit in fits:
                plan = columns(boxes, joined, fit, crates(seen), beside=beside)
                yield Drawing(seen, cards, plan, Direction.DOWN, way, "columns")

    def by_graphviz(self) -> Iterator[Drawing]:
        """Drawings by Graphviz, of which the first may fail."""
        from argmap.layout.dot import dot

        for cards in self._cards(self.view, (_USUAL,)):
            for direction in self._directions():
                plan = dot([s.box for s in cards], bonds(self.view), direction)
                for way in self.size.ways:
                    yield Drawing(self.view, cards, plan, direction, way, "dot")

    def _cards(self, seen: View, widths: Sequence[float]) -> Iterator[tuple[Sheet, ...]]:
        for w in (self.card_width,) if self.card_width else widths:
            yield sheets(seen, w, sources=self.sources)

    def _directions(self) -> tuple[Direction, ...]:
        if self.toward != "auto":
            return (Direction(self.toward),)
        # a page can scroll down for long, but not to the side
        return (Direction.RIGHT,) if len(self.view.cards) > _MANY else tuple(Direction)


def _scale(picture: tuple[float, float], size: Size) -> float:
    room = size.room
    return min(room[0] / picture[0], room[1] / picture[1])


def _fit(view: View, size: Size) -> Callable[[float, float], float]:
    """How much the picture of a map that is so wide and so high is enlarged on *size*."""
    around = height_around(view)

    def fit(across: float, height: float) -> float:
        whole = max(across, LEAST) + 2 * PAD, height + around(across)
        return _scale(whole, size)

    return fit


def bonds(view: View) -> tuple[Bond, ...]:
    """The inferences of *view* as an engine sees them."""
    return tuple(
        Bond(i.id, i.tails, i.head, i.joint, i.mutual, i.mark.name) for i in view.inferences
    )


def crates(view: View) -> tuple[Crate, ...]:
    """The groups of *view* as an engine sees them."""
    return tuple(
        Crate(
            g.id,
            g.cards,
            max(width(line, GROUP_SIZE, bold=True) for line in titled(g)),
            GROUP_LINE * len(titled(g)) + 8.0,
        )
        for g in view.groups
    )


def titled(group: Group) -> tuple[str, ...]:
    """The title of *group* in lines, as wide as a narrow card."""
    return wrap(group.title, GROUP_SIZE, WIDTHS[1], bold=True)


def says_word(view: View, inference: Inference) -> bool:
    """Whether a link itself must say what it is, because the card at its tail does not."""
    return bool(inference.bears) and view.parent.get(inference.tails[0]) != inference.id


def is_mirrored(view: View) -> bool:
    """Whether most of what the cards say is written from right to left."""
    return from_right("".join(c.text[:200] for c in view.cards))
