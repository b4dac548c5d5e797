"""How one bears on another, in words: ``now supports [X]``, ``no longer objects to [Y]``."""

from __future__ import annotations

import enum
from types import MappingProxyType
from typing import Any

from argmap.changes.core import Bearing, Changed
from argmap.changes.phrases import Phrase
from argmap.model import MAPPER, Kind, Link, Relation

_VERBS = MappingProxyType(
    {
        Kind.SUPPORT: ("supports", "supported"),
        Kind.ATTACK: ("objects to", "objected to"),
        Kind.UNDERCUT: ("undercuts", "undercut"),
        Kind.ENTAILMENT: ("entails", "entailed"),
        Kind.CONTRARY: ("is contrary to", "was contrary to"),
        Kind.CONTRADICTION: ("contradicts", "contradicted"),
        Kind.EQUIVALENCE: ("says the same as", "said the same as"),
    }
)


def bears(r: Relation, head: str, *, new: bool) -> Phrase:
    """That *r* is there now; its tail may be *new* itself."""
    verb, _ = _VERBS[r.kind]
    said = f"{verb} {head}{_linked(r.link)}"
    return Phrase(said if new else f"now {said}", chip="" if new else f"now {verb}")


def bore(r: Relation, head: str, *, gone: bool) -> Phrase:
    """That *r* is not there any more; its tail may be *gone* itself."""
    verb, past = _VERBS[r.kind]
    return Phrase(f"{past} {head}" if gone else f"no longer {verb} {head}", chip="link removed")


def rejoined(old: Bearing, new: Bearing, was: str, now: str) -> Phrase:
    """That what bore on *was* bears on *now*, or bears on it otherwise."""
    verb, before = _VERBS[new.kind][0], _VERBS[old.kind][1]
    if old.kind is not new.kind:
        return Phrase(f"now {verb} {now}; {before} it before", chip=f"now {verb}")
    if was == now or (new.kind.symmetric and old.tail != new.tail):
        return Phrase(f"{verb} {now}: said the other way round", chip="turned round")
    return Phrase(f"moved: {verb} {now} instead of {was}", chip="moved")


def _linked(link: Link | None) -> str:
    if link is None:
        return ""
    parts = [
        link.sense.value if link.sense else "",
        f"about {link.about.value}" if link.about else "",
        "" if link.by == MAPPER else f"as {link.by or 'nobody'} says",
    ]
    said = ", ".join(p for p in parts if p)
    because = f": {link.because}" if link.because else ""
    return f" ({said}{because})" if said or because else ""


def of_link(change: Changed, head: str) -> Phrase:
    """What changed in a link to *head*."""
    field = change.field.partition(".")[2]
    link = f"link to {head}"
    chip = "link changed"
    if not field:
        if change.old is None:
            return Phrase(f"{link} has a reading now{_linked(change.new)}", chip=chip)
        return Phrase(f"{link} has no reading any more{_linked(change.old)}", chip=chip)
    if field == "because":
        return Phrase(f"{link}: its reason changed", change.old, change.new, chip)
    if field == "by":
        words = f"on the word of {_whose(change.new)} instead of {_whose(change.old)}"
        return Phrase(f"{link}: {words}", chip=chip)
    about = "about " if field == "about" else ""
    return Phrase(
        f"{link}: {about}from {_word(change.old)} to {_word(change.new)}",
        chip=f"was {_word(change.old)}",
    )


def _whose(by: str) -> str:
    return "the mapper" if by == MAPPER else by or "nobody"


def _word(value: Any) -> str:
    return value.value if isinstance(value, enum.Enum) else str(value or "nothing")
