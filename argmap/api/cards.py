"""Claims with the paragraphs that they cite, as cards."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from argmap.api.texts import Shelf
from argmap.model import Argument, Claim, ClaimRef, Debate, Source, credit
from argmap.provenance.passages import shown
from argmap.provenance.people import names_of
from argmap.provenance.readers import Unreadable
from argmap.provenance.search import Index
from argmap.render.cards import Sheet
from argmap.render.entries import bearings
from argmap.text import listed
from argmap.view import called, view


def sheets(debate: Debate, titles: Sequence[str] = (), shelf: Shelf | None = None) -> list[Sheet]:
    """A card for each of *titles*, or for everything in *debate*, in reading order.

    A title is ``[a claim]``, ``<an argument>``, either without brackets, or a number in the map.

    Raises:
        UnknownName: nothing has that title or number.
    """
    seen = view(debate)
    cards = seen.cards
    if titles:
        cards = tuple(c for title in titles for c in called(seen, debate, title))
    index = _indexes(shelf)
    speakers = {s.key: s for s in debate.speakers}

    def names(key: str) -> tuple[str, ...]:
        return names_of(speakers[key]) if key in speakers else ()

    made = []
    for card in cards:
        thing: Claim | Argument
        match card.ref:
            case ClaimRef(title):
                thing = debate.claim(title)
            case _:
                thing = debate.argument(card.ref.title)
        cited = shown(card.ref, thing.wordings, debate.sources, index, names)
        held = dict.fromkeys(credit(w).whole for w in thing.wordings if w.text) or ("",)
        bears = tuple(bearings(seen, card))
        whose = listed(list(held))
        made.append(Sheet(card.number, card.ref, card.text, whose, speakers, cited, bears))
    return made


def _indexes(shelf: Shelf | None) -> Callable[[Source], Index]:
    """Each text made ready for searching once."""
    ready = functools.cache(Index)

    def index(source: Source) -> Index:
        if shelf is None:
            raise Unreadable("AM610", "no folder with its text is named")
        return ready(shelf(source))

    return index
