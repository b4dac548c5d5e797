"""A debate as comparisons see it, from its view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from argmap.model import (
    Argument,
    ArgumentRef,
    Claim,
    ClaimRef,
    Debate,
    Speaker,
    Voice,
    prevailing,
)
from argmap.model.figures import figures
from argmap.model.positions import POSITION, asked
from argmap.sides.core import Line, Meeting, Tie, Topic
from argmap.view import Card, Mark, View, view


def meeting(debate: Debate, seen: View | None = None) -> Meeting:
    """*debate* as comparisons see it. *seen* is its whole view, for those who have it already."""
    seen = seen or view(debate)
    dates = {s.key: s.date for s in debate.sources if s.date}
    things = {t.ref: t for t in debate.things}
    lines = {card.id: _line(card, things[card.ref], dates) for card in seen.cards}
    ties = tuple(_ties(seen, lines))
    crossing = tuple(t for t in ties if _crosses(t))
    own = tuple(t for t in ties if not _crosses(t))
    ordered = tuple(lines.values())
    by_ref = {line.ref: line for line in ordered}
    topics = _topics(debate, by_ref)
    speakers = _speakers(debate, ordered)
    heard = {s.key for s in speakers}
    return Meeting(
        debate.title,
        speakers,
        ordered,
        crossing,
        own,
        topics,
        debate.sources,
        _homes(topics, own),
        tuple(s for s in debate.speakers if s.key not in heard),
    )


def _topics(debate: Debate, by_ref: Mapping[ClaimRef | ArgumentRef, Line]) -> tuple[Topic, ...]:
    """The questions of *debate*. One that is asked twice in the same words, in one place or under
    headings that say the same, is one question.
    """
    issues, theirs = asked(debate)
    headings = {s.path: s for s in debate.sections}
    found: dict[tuple[str, ...], tuple[str, dict[str, Line]]] = {}
    for i in issues or theirs:
        above = [i.section[:n] for n in range(1, len(i.section))]
        whose = headings[i.section].data.get(POSITION) if i.section in headings else None
        words = (*(headings[path].title for path in above if path in headings), i.question)
        key = (str(whose or ""), *(" ".join(w.casefold().split()) for w in words))
        _, lines = found.setdefault(key, (i.question, {}))
        lines.update((by_ref[r].number, by_ref[r]) for r in i.refs if r in by_ref)
    return tuple(Topic(question, tuple(lines.values())) for question, lines in found.values())


def _line(card: Card, thing: Claim | Argument, dates: Mapping[str, str]) -> Line:
    wording = prevailing(thing.wordings)
    cited = tuple(dict.fromkeys(c.source for w in thing.wordings for c in w.cited if c.source))
    return Line(
        card.number,
        card.ref,
        card.text,
        card.speaker,
        card.whole_credit,
        wording.voice if wording else Voice.ASSERTED,
        card.source,
        card.quotes,
        tuple(dict.fromkeys(dates[key] for key in cited if key in dates)),
        card.unstated,
        figures(thing.data) if thing.data else (),
        cited,
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
