"""A map on paper: which pictures of it go on which sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from attrs import evolve

from argmap.errors import UnknownName
from argmap.layout.size import size_of
from argmap.render.pdf import Pages, Poster, best, pdf, posters, ready, too_small
from argmap.render.picture import Picture
from argmap.render.svg import svg

if TYPE_CHECKING:
    from argmap.api.map import Map, Tell
    from argmap.layout import Look
    from argmap.render.theme import Theme


def printed(m: Map, tiles: str, pages: Pages, theme: str | Theme, tell: Tell, look: Look) -> bytes:
    """*m* as PDF, as `Map.to_pdf` says, in a *theme* that is not ``auto``."""
    ready()
    if pages not in get_args(Pages):
        raise UnknownName("way to make pages", pages, get_args(Pages), few=True)
    allowed = posters(tiles, size_of(look.get("size") or "a4"))
    parts = [(m, "the map")]
    part_only = bool(m.choice.focus or m.choice.only)
    if pages == "branches" and part_only:
        tell("pages for branches are made of the whole map only; this part of it is on one page")
    elif pages == "branches":
        parts = branches(m)
    made = []
    for part, named in parts:
        poster, picture = _laid_out(part, allowed, theme, tell, look)
        made.append((poster, picture))
        apart = pages == "whole" and not part_only
        if warning := too_small(poster, picture, named, apart=apart):
            tell(warning)
    return pdf(made, tell, title=m.debate.title, language=m.language)


def branches(m: Map) -> list[tuple[Map, str]]:
    """What is two levels deep in *m*, then each branch, with what they are called.

    A branch begins with a claim that hangs below nothing; where there is one such claim only, with
    each that hangs at once below it. It is left out if all its cards are on one that comes before,
    as those of premises are that work together.
    """
    view = m.view()
    tops = [c for c in view.cards if c.id not in view.parent]
    if len(tops) == 1:
        tops = [view.by_id[id] for id in view.below.get(tops[0].id, ())]
    shallow = evolve(m, choice=evolve(m.choice, depth=min(2, m.choice.depth or 2)))
    found = [(shallow, "the overview")]
    pages = {c.id: {0} for c in shallow.view().cards}  # that each card is on
    for c in tops:
        branch = evolve(m, choice=evolve(m.choice, focus=c.number))
        on = [pages.setdefault(card.id, set()) for card in branch.view().cards]
        if not set.intersection(*on):
            for each in on:
                each.add(len(found))
            found.append((branch, f"branch {c.number}"))
    return found


def _laid_out(
    m: Map, allowed: tuple[Poster, ...], theme: str | Theme, tell: Tell, look: Look
) -> tuple[Poster, Picture]:
    """Of the posters *allowed* that on which *m* is best seen, and its picture laid out for it."""
    tried: list[tuple[Poster, Picture, tuple[str, ...]]] = []
    for shape in dict.fromkeys(p.whole for p in allowed if p.sheets == allowed[0].sheets):
        sized: Look = {**look, "size": shape}
        drawing = m.draw(**sized)
        picture = Picture(svg(drawing, theme=theme))
        tried.append((best(allowed, picture), picture, drawing.warnings))
    poster, picture, told = min(tried, key=lambda t: (t[0].sheets, -t[0].scale(t[1])))
    for warning in told:
        tell(warning)
    return poster, picture
