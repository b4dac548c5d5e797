"""The questions of a debate, and what bears on them."""

from __future__ import annotations

from collections.abc import Mapping

from argmap.model import Debate
from argmap.model.positions import asked
from argmap.view.core import Question, View


def questions(debate: Debate, seen: View) -> tuple[Question, ...]:
    """The issues that anything in *seen* bears on, those of a debate before those of its
    positions.
    """
    ids = {c.ref: c.id for c in seen.cards}
    found: list[Question] = []
    own, theirs = asked(debate)
    for issue in (*own, *theirs):
        cards = {ids[r]: None for r in issue.refs if r in ids}
        tops = tuple(c for c in cards if not _hangs_below(c, cards, seen))
        if tops:
            found.append(Question(issue.question, tops))
    return tuple(found)


def _hangs_below(card: str, others: Mapping[str, None], seen: View) -> bool:
    """Whether *card* hangs below one of *others*."""
    while card in seen.parent:
        card = seen.head_card(seen.inference[seen.parent[card]])
        if card in others:
            return True
    return False
