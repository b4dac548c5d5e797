"""What is doubtful in links between speakers: turned round in time, or over different measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from attrs import field, frozen

from argmap.model import walk
from argmap.model.core import Argument, ArgumentRef, Claim, ClaimRef, Debate, Kind, Ref, Sense
from argmap.model.figures import Figure, apart, figures
from argmap.text import Problem, Severity

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_ANSWERS = (Kind.ATTACK, Kind.UNDERCUT)
_DENIES = (Kind.ATTACK, Kind.CONTRARY, Kind.CONTRADICTION)


def turned_round(answer: Iterable[str], answered: Iterable[str]) -> tuple[str, str] | None:
    """The dates of an answer that is earlier than what it answers; None if it is not.

    Dates are as in ``2021``, ``2021-08`` or ``2021-08-25``, and are compared as far as both go;
    all dates of the answer must be earlier. Other words are no dates.

    >>> turned_round(["2020-04-10"], ["2021"]), turned_round(["2021"], ["2021-08"])
    (('2020-04-10', '2021'), None)
    """
    dates = [d for d in answer if _DATE.fullmatch(d)]
    first = min((d for d in answered if _DATE.fullmatch(d)), default="")
    older = bool(dates) and all(d[: len(first)] < first[: len(d)] for d in dates)
    return (max(dates), first) if older else None


def problems(debate: Debate) -> Iterator[Problem]:
    """Answers that are older than what they answer, and clashes over different measures."""
    if len(debate.speakers) < 2:
        return
    known = _Known(debate, {s.key: s.date for s in debate.sources if s.date})
    for r in debate.relations:
        if not known.speakers(r.tail).isdisjoint(known.speakers(r.head)):
            continue
        span = r.spans[0] if r.spans else None
        sense = r.link.sense if r.link else None
        if (
            r.kind in _ANSWERS
            and sense in (None, Sense.CLASH, Sense.QUALIFIES)
            and (dates := turned_round(known.dates(r.tail), known.dates(r.head)))
        ):
            yield Problem(
                "AM314",
                f"{r.tail}, of {dates[0]}, is put as an answer to {r.head}, of {dates[1]}",
                span,
                Severity.WARNING,
                help="let the later text answer the earlier one, or say  as: tension  or  "
                "as: past  with  about: time",
            )
        if (
            r.kind in _DENIES
            and sense in (None, Sense.CLASH)
            and (why := apart(known.figures(r.tail), known.figures(r.head)))
        ):
            yield Problem(
                "AM315",
                f"{r.tail} and {r.head} clash over figures that cannot be compared: {why}",
                span,
                Severity.WARNING,
                help="say  link: {as: past, about: measure}, or give both figures one measure",
            )


@frozen
class _Known:
    """What is asked of the two ends of a relation."""

    debate: Debate
    when: dict[str, str]
    _ends: dict[ClaimRef | ArgumentRef, _End] = field(factory=dict)

    def speakers(self, ref: Ref) -> frozenset[str]:
        return self._end(ref).speakers

    def dates(self, ref: Ref) -> tuple[str, ...]:
        return self._end(ref).dates

    def figures(self, ref: Ref) -> tuple[Figure, ...]:
        return self._end(ref).figures

    def _end(self, ref: Ref) -> _End:
        """Found once for each: many relations may have one long argument as their end."""
        whole = walk.whole(ref)
        if whole not in self._ends:
            parts = self._parts(whole)
            cited = (c for t in parts for w in t.wordings for c in w.cited)
            self._ends[whole] = _End(
                frozenset(w.by for t in parts for w in t.wordings),
                tuple(dict.fromkeys(self.when[c.source] for c in cited if c.source in self.when)),
                tuple(dict.fromkeys(f for t in parts for f in figures(t.data))),
            )
        return self._ends[whole]

    def _parts(self, ref: ClaimRef | ArgumentRef) -> list[Claim | Argument]:
        """The claim, or the argument with its premises."""
        found = walk.thing(self.debate, ref)
        if isinstance(found, Claim):
            return [found]
        return [found, *(walk.thing(self.debate, p) for p in found.premises)]


@frozen
class _End:
    """Who speaks in an end of a relation, when, and with which figures."""

    speakers: frozenset[str]
    dates: tuple[str, ...]
    figures: tuple[Figure, ...]
