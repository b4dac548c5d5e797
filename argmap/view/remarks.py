"""What is known of a claim beside what it says, in the few words that a card has room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from argmap.model.remarks import Remarks, Votes
from argmap.text import quantity
from argmap.view.core import Card, Remark, Sort


def worded(known: Remarks, people: Mapping[str, str]) -> tuple[Remark, ...]:
    """*known* in words: stances in their order, the verdict, the votes.

    *people* gives the key of each speaker, by key and by full name.
    """
    found = []
    for name, word in known.stances:
        key = people.get(name, "")
        verb = "is unsure" if word == Sort.UNSURE.value else word
        found.append(Remark(Sort(word), f"{key or name} {verb}", key))
    if known.verdict:
        found.append(Remark(Sort(known.verdict), known.verdict))
    if known.votes:
        found.append(Remark(Sort.VOTES, _votes(known.votes)))
    return tuple(found)


def _votes(votes: Votes) -> str:
    """As ``12 for, 3 against``, or ``3.5 of 4 in 25 votes``, rounded half up."""
    if not votes.scale:
        return ", ".join(
            f"{n} {'abstaining' if word == 'abstain' else word}" for word, n in votes.counts
        )
    total = sum(n for _, n in votes.counts)
    if not total:
        return "no votes"
    tenths = (20 * sum(int(mark) * n for mark, n in votes.counts) + total) // (2 * total)
    return f"{tenths // 10}.{tenths % 10} of 4 in {quantity(total, 'vote')}"


def in_words(card: Card) -> str:
    """All remarks on *card* in one phrase: ``Okafor rejects, Keller accepts; stands``."""
    stances = [r.words for r in card.remarks if r.sort in _STANCES]
    others = [r.words for r in card.remarks if r.sort not in _STANCES]
    return "; ".join(p for p in (", ".join(stances), *others) if p)


_STANCES: Sequence[Sort] = (Sort.ACCEPTS, Sort.REJECTS, Sort.UNSURE)
