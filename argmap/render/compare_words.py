"""The words in which a table and a picture of two speakers say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from argmap.model import Sense, locator
from argmap.sides import Line, Tie
from argmap.sides.comparison import Comparison, Entry, Said
from argmap.view import Mark

_FEW = 5  # words that say which claim a reference is to

SIGNS = {
    Mark.SUPPORT: "+",
    Mark.ATTACK: "−",
    Mark.UNDERCUT: "×",
    Mark.TENSION: "~",
    Mark.PAST: "~",
}


def toward(mark: Mark | None) -> str:
    """How a claim bears on another of its speaker, in a word before its number."""
    match mark:
        case None:
            return ""
        case Mark.SUPPORT | Mark.AGREE:
            return "for"
        case Mark.ATTACK | Mark.CONTRADICT:
            return "against"
        case Mark.UNDERCUT:
            return "against the step to"
        case Mark.TENSION:
            return "in tension with"
        case Mark.PAST:
            return "past"


def sense_word(sense: Sense) -> str:
    """What two claims are to each other, in a word or two."""
    match sense:
        case Sense.CLASH:
            return "clash"
        case Sense.TENSION:
            return "tension"
        case Sense.QUALIFIES:
            return "qualification"
        case Sense.AGREES:
            return "agreement"
        case Sense.PAST:
            return "past each other"


def reason_of(e: Entry) -> str:
    """Why *e* is so, as a sentence; "" if the map does not say."""
    said = " ".join(e.because.split())
    return f"{said[:1].upper()}{said[1:]}{'' if said[-1:] in '.!?…' else '.'}" if said else ""


def seen(line: Line) -> str:
    """A reference to *line*, with the first of its words: ``see 1.2 Two runs …``; never all."""
    said = line.text.split()
    few = said[: min(_FEW, len(said) // 2)]
    return " ".join([f"see {line.number}", *few, *(["…"] if few else [])])


def whose_link(e: Entry) -> str:
    """On whose word *e* is; "" where it needs nobody's."""
    if not e.by:
        return ""
    return "mapper’s link" if e.inferred else f"link drawn by {e.by}"


def only_reported(e: Entry) -> str:
    """Who of the two only reports what is in *e*, in words; "" if both hold something of it."""
    found = e.only_reported
    return (
        "both only report it" if len(found) > 1 else "".join(f"{k} only reports it" for k in found)
    )


def meant_of(line: Line) -> str:
    """Whose *line* is, if that is not the speaker's own; else how it is said, if not flatly."""
    return line.manner


def place_of(line: Line, works: Mapping[str, str]) -> str:
    """Where *line* stands, without the name of the one work that all of its speaker is in."""
    work = works.get(line.speaker, "")
    return "; ".join(p.removeprefix(work).strip() for p in line.source.split("; "))


def works_of(c: Comparison) -> dict[str, str]:
    """For each of the two whose lines are all in one work, what that is called."""
    places: dict[str, dict[str, None]] = {c.left.key: {}, c.right.key: {}}
    for s in c.said:
        if s.line.source:
            places[s.line.speaker].update(dict.fromkeys(s.line.source.split("; ")))
    found = {key: _work(list(each)) for key, each in places.items()}
    return {key: work for key, work in found.items() if work}


def _work(places: Sequence[str]) -> str:
    """What all *places* begin with, if what follows is a place in it; "" if there is no such."""
    first = places[0].split(" ") if places else []
    for n in range(len(first) - 1, 0, -1):
        work = " ".join(first[:n])
        if all(p.startswith(f"{work} ") and locator(p[len(work) + 1 :]) for p in places):
            return work
    return ""


def about(name: str, e: Entry) -> str:
    """*name*, and what *e* is about."""
    return f"{name} about {e.about.value}" if e.about else name


def part_of(s: Said, e: Entry) -> str:
    """What the line of *s* does in *e*, where the two do not do the same."""
    if e.over:
        return "against it" if s.mark is Mark.ATTACK else "for it"
    if e.tie is None:
        return ""
    tie, number = e.tie, s.line.number
    if number in tie.granted:
        return "granted"
    if number in tie.from_:
        more = ", together" if len(tie.tails) > 1 else ""
        if tie.struck:
            return f"against the step to {tie.head.number}{more}"
        if e.sense is Sense.QUALIFIES:
            return f"qualifies {tie.head.number}{more}"
        return more.removeprefix(", ")
    return "concluded from it" if tie.struck else ""


def sentence_of(tie: Tie) -> str:
    """What a link says, for those who do not see it."""
    tails = " and ".join(t.number for t in tie.tails)
    head = tie.head.number
    if tie.struck:
        head = f"the step from {' + '.join(s.number for s in tie.struck)} to {head}"
    about = f" about {tie.about.value}" if tie.about else ""
    because = f": {tie.because}" if tie.because else ""
    return f"{tails} — {sense_word(tie.sense)}{about} — {head}{because}"
