"""Which cards belong together: by author, by issue, by section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from argmap.model import ArgumentRef, ClaimRef, Debate, Issue
from argmap.model.positions import asked
from argmap.view.choice import Grouping
from argmap.view.core import Card, Group, View


def groups(view: View, debate: Debate, by: Grouping) -> tuple[Group, ...]:
    """The groups of *view*, which is all of *debate*, in reading order.

    By author, a card is with all others of whoever is shown to hold it. By issue, it is with what
    stands under the same question; a card that stands under none is with the one it hangs below.
    A debate with questions of its own is not grouped by those of the positions that meet in it.
    By section, it is with what stands under the same heading, the nearest above it. A card of
    none is in no group.
    """
    named: Sequence[tuple[Card, object, str]] = []
    match by:
        case "author":
            names = {s.key: s.full for s in debate.speakers}
            named = [(c, c.speaker, names.get(c.speaker, c.speaker)) for c in view.cards]
        case "issue":
            own, theirs = asked(debate)
            questions = {i.section: i.question for i in own or theirs}
            of = issues(view, own or theirs)
            firsts = ((c, next(iter(of[c.id]), ())) for c in view.cards)
            named = [(c, path, questions.get(path, "")) for c, path in firsts]
        case "section":
            titles = {s.path: s.title for s in debate.sections}
            named = [(c, c.section, titles.get(c.section, "")) for c in view.cards]
        case "":
            pass
    return tuple(_gathered(named))


def _gathered(named: Sequence[tuple[Card, object, str]]) -> Iterator[Group]:
    """A group of all cards with the same key, unless its title is empty."""
    found: dict[object, list[str]] = {}
    titles: dict[object, str] = {}
    for card, key, title in named:
        if title:
            found.setdefault(key, []).append(card.id)
            titles[key] = title
    for n, (key, cards) in enumerate(found.items(), 1):
        yield Group(f"g{n}", titles[key], tuple(cards))


def issues(view: View, asked: Iterable[Issue]) -> Mapping[str, tuple[tuple[int, ...], ...]]:
    """The sections of those *asked* that each card bears on: its own, or those of the one above."""
    own: dict[ClaimRef | ArgumentRef, list[tuple[int, ...]]] = {}
    for issue in asked:
        for ref in issue.refs:
            own.setdefault(ref, []).append(issue.section)
    found: dict[str, tuple[tuple[int, ...], ...]] = {}
    for card in view.cards:  # what is above a card comes before it
        above = view.parent.get(card.id)
        inherited = found[view.head_card(view.inference[above])] if above else ()
        found[card.id] = tuple(own.get(card.ref, ())) or inherited
    return found
