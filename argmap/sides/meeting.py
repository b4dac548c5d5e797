"""A debate as comparisons see it, from its view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from argmap.model import Debate, Issue, Speaker, Voice, prevailing
from argmap.model.positions import POSITION
from argmap.sides.core import Line, Meeting, Tie, Topic
from argmap.view import Card, Mark, View, view


def meeting(debate: Debate) -> Meeting:
    """*debate* as comparisons see it."""
    seen = view(debate)
    dates = {s.key: s.date for s in debate.sources if s.date}
    said = {t.ref: t.wordings for t in debate.things}
    lines = {}
    for card in seen.cards:
        wording = prevailing(said[card.ref])
        cited = [c for w in said[card.ref] for c in w.cited]
        dated = next((dates[c.source] for c in cited if c.source in dates), "")
        lines[card.id] = _line(card, wording.voice if wording else Voice.ASSERTED, dated)
    ties = tuple(_ties(seen, lines))
    crossing = tuple(t for t in ties if _crosses(t))
    own = tuple(t for t in ties if not _crosses(t))
    ordered = tuple(lines.values())
    by_ref = {line.ref: line for line in ordered}
    topics = tuple(
        Topic(i.question, tuple(by_ref[r] for r in i.refs if r in by_ref)) for i in asked(debate)
    )
    return Meeting(
        debate.title,
        _speakers(debate, ordered),
        ordered,
        crossing,
        own,
        topics,
        _homes(topics, own),
    )


def asked(debate: Debate) -> tuple[Issue, ...]:
    """The issues of *debate* itself; where it has none of its own, those of its positions."""
    of = {s.path: s.data.get(POSITION) for s in debate.sections}
    own = tuple(i for i in debate.issues if not of.get(i.section))
    return own or debate.issues


def _line(card: Card, voice: Voice, dated: str) -> Line:
    return Line(
        card.number,
        card.ref,
        card.text,
        card.speaker,
        card.whole_credit,
        voice,
        card.source,
        card.quotes,
        dated,
        card.unstated,
    )


def _ties(seen: View, lines: Mapping[str, Line]) -> Iterator[Tie]:
    tails = {i.id: tuple(lines[t] for t in i.tails) for i in seen.inferences}
    for i in seen.inferences:
        yield Tie(
            i.mark,
            tails[i.id],
            lines[seen.head_card(i)],
            tails.get(i.head, ()),  # not made again for each that strikes the same step
            i.link,
            i.mutual,
        )


def _crosses(tie: Tie) -> bool:
    """Whether *tie* joins lines of different speakers."""
    return any(t.speaker != tie.head.speaker for t in tie.tails) or any(
        t.speaker != s.speaker for t in tie.tails for s in tie.struck
    )


def _speakers(debate: Debate, lines: tuple[Line, ...]) -> tuple[Speaker, ...]:
    """Those who hold or report anything, as they are declared; then who is not."""
    known = {s.key: s for s in debate.speakers}
    keys = {line.speaker: None for line in lines if line.speaker}
    declared = [s for s in debate.speakers if s.key in keys]
    return (*declared, *(Speaker(k) for k in keys if k not in known))


def _homes(topics: tuple[Topic, ...], own: tuple[Tie, ...]) -> Mapping[str, int]:
    """The topic of each line: that which names it first, or that of what it bears on."""
    found: dict[str, int] = {}
    for n, topic in enumerate(topics):
        for line in topic.lines:
            found.setdefault(line.number, n)
    below: dict[str, list[str]] = {}
    for tie in own:
        if tie.mark is not Mark.CONTRADICT and tie.mark is not Mark.AGREE:
            below.setdefault(tie.head.number, []).extend(t.number for t in tie.tails)
    todo = list(found)
    for number in todo:  # nearest first
        for lower in below.get(number, ()):
            if lower not in found:
                found[lower] = found[number]
                todo.append(lower)
    return found
