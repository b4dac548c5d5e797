"""The newer of two maps as a picture, what changed written on its cards, and what was removed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from attrs import evolve

from argmap.changes.both import both
from argmap.changes.core import Diff, Node, What
from argmap.changes.story import Item, State, story
from argmap.model import ArgumentRef
from argmap.view import Card, Remark, Sort, View, view

if TYPE_CHECKING:
    from argmap.render.theme import Theme

_MOST = 4  # chips on a card


def picture(diff: Diff, *, theme: str | Theme = "auto") -> str:
    """*diff* as an SVG picture. No change is told by colour alone: each is a word on its card.

    Cards that were removed come last wherever they stand, in a dashed frame and without a number,
    so that the others have the numbers that they have in the newer map.
    """
    from argmap.layout import arrange
    from argmap.render.svg import svg

    return svg(arrange(marked(diff)), theme=theme)


def marked(diff: Diff) -> View:
    """The view of both maps in one, with remarks on what changed."""
    debate, removed = both(diff)
    seen = view(debate)
    told = story(diff).of(What.CLAIM, What.ARGUMENT)
    chips = _chips(seen, told)
    cards = tuple(_card(c, removed, chips) for c in seen.cards)
    title = f"{seen.title} (what changed)" if seen.title else "What changed"
    return evolve(seen, cards=cards, title=title)


def _card(card: Card, removed: Mapping[Node, Node], chips: Mapping[str, list[str]]) -> Card:
    if card.ref in removed:
        return evolve(card, number="", remarks=(Remark(Sort.REMOVED, "removed"),))
    said = list(dict.fromkeys(chips.get(card.id, ())))
    if len(said) > _MOST:
        said[_MOST - 1 :] = [f"and {len(said) - _MOST + 1} more"]
    remarks = tuple(Remark(Sort.CHANGED, words) for words in said)
    return evolve(card, remarks=(*remarks, *card.remarks))


def _chips(seen: View, told: Iterable[Item]) -> Mapping[str, list[str]]:
    """For each card, the chips of what it shows; an argument has those of its first premise."""
    at: dict[object, str] = {c.ref: c.id for c in seen.cards if not c.sees}
    for i in seen.inferences:
        if i.argument is not None:
            at.setdefault(i.argument, i.tails[0])
    found: dict[str, list[str]] = {}
    for item in told:
        card = at.get(item.subject)
        if card is None or item.state is State.REMOVED:
            continue
        rebuilt = isinstance(item.subject, ArgumentRef) and seen.by_id[card].ref != item.subject
        if item.state is State.NEW:
            said = ["new argument" if rebuilt else "new"]
        else:
            said = [p.chip or p.words for p in item.phrases]
        found.setdefault(card, []).extend(said)
    return found
