"""What comes of holding a debate against the texts it cites: findings, and problems from them."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from typing import TypeAlias

from attrs import define, field, frozen

from argmap.errors import UnknownName
from argmap.model import (
    Argument,
    ArgumentRef,
    Citation,
    Claim,
    ClaimRef,
    Debate,
    Locator,
    Source,
    Speaker,
    Unit,
    Wording,
    locator,
)
from argmap.model.locator import EXAMPLES
from argmap.provenance.document import Document, OutOfRange
from argmap.provenance.fold import Tolerance, fold
from argmap.provenance.readers import SUFFIXES, Unreadable
from argmap.provenance.search import Change, Hit, Index, Near
from argmap.text import Note, Problem, Problems, Severity, Span

_SHOWN = 8  # words of a quotation that a message shows
_LISTED = 4  # places that a message lists


class Standing(enum.Enum):
    """How a quotation stands in the text it is from."""

    EXACT = "exact"
    NORMALISED = "normalised"
    ELSEWHERE = "elsewhere"
    ACROSS = "across"
    NEAR = "near"
    ABSENT = "absent"


@frozen
class Finding:
    """What became of one quotation.

    *found* is where it stands, or what is nearest to it, and *passage* the words there;
    *tolerances* are what was let pass, *changes* what is different, *also* where it stands
    besides.
    """

    ref: ClaimRef | ArgumentRef
    citation: Citation
    standing: Standing
    found: Locator | None = None
    passage: str = ""
    tolerances: tuple[Tolerance, ...] = ()
    changes: tuple[Change, ...] = ()
    also: tuple[Locator, ...] = ()

    @property
    def mended(self) -> str:
        """What to write after ``at:`` in place of what stands there; "" if nothing is sure."""
        sure = self.standing in (Standing.ELSEWHERE, Standing.ACROSS) and not self.also
        place = locator(self.citation.at) if sure else None
        one = place is not None and len(place.ranges) <= 1  # of several, others may be meant
        return str(self.found) if one else ""


@frozen
class Provenance:
    """All that was found, quotation by quotation, and the problems among it."""

    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()


Shelf: TypeAlias = Callable[[Source], Document]
"""Gives the document of a source; raises Unreadable."""


def provenance(debate: Debate, shelf: Shelf) -> Provenance:
    """Every quotation of *debate* held against the texts that *shelf* has.

    What cannot be read is told once for each source, and all the rest is done.
    """
    checker = _Checker(debate, shelf)
    checker.sources()
    for thing in debate.things:
        checker.thing(thing)
    checker.people()
    return Provenance(tuple(checker.findings), tuple(checker.problems.found))


@define
class _Checker:
    debate: Debate
    shelf: Shelf
    problems: Problems = field(factory=Problems)
    findings: list[Finding] = field(factory=list)
    indexes: dict[str, Index] = field(factory=dict)
    heard: dict[tuple[str, str], Span | None] = field(factory=dict)  # speakers, by source
    missed: set[tuple[str, str]] = field(factory=set)  # names, by text

    # --- the texts

    def sources(self) -> None:
        """Open what is cited."""
        cited = _cited(self.debate)
        for source in self.debate.sources:
            if source.key in cited:
                self._open(source, cited[source.key])

    def _open(self, source: Source, cites: Sequence[Citation]) -> None:
        known = [s.key for s in self.debate.sources if not _is_bare(s)]
        try:
            self.indexes[source.key] = Index(self.shelf(source))
        except Unreadable as e:
            first = next((c.span or c.quote_span for c in cites), None)
            here = source.span or first or Span("", 0, 0)
            if e.code == "AM610" and _is_bare(source):
                message = str(UnknownName("source", source.key, known))
                help = f"define it:  sources: {{{source.key}: {{title: …, file: …}}}}"
                self.problems.say("AM615", message, here, help)
            elif e.code == "AM618":
                many = f"{len(cites)} citations" if len(cites) > 1 else "one citation"
                self.problems.say(
                    e.code,
                    f"{e.message}, so {many} cannot be checked",
                    here,
                    e.help,
                    Severity.NOTE,
                )
            else:
                self.problems.say(e.code, e.message, here, e.help)

    # --- claims

    def thing(self, thing: Claim | Argument) -> None:
        """Check all that is cited for *thing*."""
        wordings = thing.wordings if isinstance(thing, Claim) else thing.gists
        stated = any(w.text for w in wordings)
        sourced = any(c.source for w in wordings for c in w.cited)
        if stated and not sourced and thing.data.get("unstated") is not True:
            span = thing.span or Span("", 0, 0)
            self.problems.say(
                "AM608",
                f"{thing.ref} has no source",
                span,
                "say where it stands:  {source: …, at: ¶1, quote: …}",
                Severity.NOTE,
            )
        for w in wordings:
            for c in w.cited:
                if c.source in self.indexes:
                    if w.by:
                        self.heard.setdefault((w.by, c.source), c.span or w.span)
                    if w.of:
                        self._owner(w, c)
                    self._citation(thing.ref, w, c)

    def _citation(self, ref: ClaimRef | ArgumentRef, w: Wording, c: Citation) -> None:
        index = self.indexes[c.source]
        here = c.span or c.quote_span or w.span or Span("", 0, 0)
        place = locator(c.at) if c.at else None
        spans: tuple[tuple[int, int], ...] = ()
        if c.at and place is None:
            message = f"{c.at!r} is no place that can be looked up"
            self.problems.doubt("AM617", message, here, f"write one like {EXAMPLES}")
        elif place is not None:
            try:
                spans = index.document.spans(place)
            except OutOfRange as e:
                self._out_of_range(str(e), index, c, here)
                return
        if not c.quote.strip():
            return
        finding = _standing(ref, c, index, place, spans)
        self.findings.append(finding)
        _tell(finding, index.document.text.name, c.quote_span or here, here, self.problems)

    def _out_of_range(self, message: str, index: Index, c: Citation, here: Span) -> None:
        at = [index.document.at(h.start, h.stop) for h in index.hits(c.quote)[:_LISTED]]
        help = f"{_quoted(c.quote)} stands in {_listed(at)}" if at else "look the place up"
        self.problems.say("AM616", message, here, help)

    # --- people

    def _owner(self, w: Wording, c: Citation) -> None:
        """That the view of somebody is reported in a text which knows them."""
        words = [x for x in fold(w.of).text.split() if len(x.strip(".,“”\"'")) > 2]
        index = self.indexes[c.source]
        if words and not any(index.has_word(x.strip(".,“”\"'")) for x in words):
            self._never(w.of, index, c.span or w.span)

    def people(self) -> None:
        """That speakers occur in the texts from which their claims are cited."""
        speakers = {s.key: s for s in self.debate.speakers}
        sources = {s.key: s for s in self.debate.sources}
        for (by, source), span in self.heard.items():
            speaker = speakers.get(by, Speaker(by))
            if speaker.data.get("unsigned") is True:
                continue
            index = self.indexes[source]
            names = [speaker.key, *speaker.full.split()[-1:], *_also_called(speaker)]
            wrote = " ".join(sources[source].authors)
            if not any(index.has_word(n) or n in wrote for n in names):
                self._never(speaker.full, index, speaker.span or span)

    def _never(self, name: str, index: Index, span: Span | None) -> None:
        """Tell that a text does not know *name*, once."""
        if (name, index.document.text.name) in self.missed:
            return
        self.missed.add((name, index.document.text.name))
        self.problems.doubt(
            "AM609",
            f"{name!r} never occurs in {index.document.text.name}",
            span or Span("", 0, 0),
            "name whom the text names; for a text that nobody signed, write"
            "  speaker: {name: …, unsigned: true}",
        )


def _cited(debate: Debate) -> dict[str, list[Citation]]:
    """The citations by their sources."""
    found: dict[str, list[Citation]] = {}
    for t in debate.things:
        for w in t.wordings if isinstance(t, Claim) else t.gists:
            for c in w.cited:
                if c.source:
                    found.setdefault(c.source, []).append(c)
    return found


def _is_bare(source: Source) -> bool:
    """Whether nothing is known of *source* but the word by which it is cited."""
    said = (source.authors, source.date, source.place, source.url, source.file, source.data)
    file_like = source.key.lower().endswith(SUFFIXES)
    return source.title in ("", source.key) and not any(said) and not file_like


def _also_called(speaker: Speaker) -> tuple[str, ...]:
    """Other names under which a text may know *speaker*: the key ``aliases``."""
    said = speaker.data.get("aliases")
    names = said if isinstance(said, tuple) else (said,)
    return tuple(n for n in names if isinstance(n, str) and n)


# --- how a quotation stands


def _standing(
    ref: ClaimRef | ArgumentRef,
    c: Citation,
    index: Index,
    place: Locator | None,
    spans: Sequence[tuple[int, int]],
) -> Finding:
    """What became of the quotation of *c*; *spans* are where it should stand."""
    document = index.document
    unit = place.unit if place else Unit.PARAGRAPH
    hits = index.hits(c.quote, spans)
    if not hits:
        near = index.near(c.quote, spans)
        return _unfound(ref, c, document, near, unit)
    inside = [h for h in hits if not spans or any(_within(h, s) for s in spans)]
    begun = [h for h in hits if any(a <= h.start < b for a, b in spans)]
    touched = [h for h in hits if any(h.start < b and a < h.stop for a, b in spans)]
    if not inside and unit is not Unit.PARAGRAPH:
        inside = begun  # lines, pages and minutes part sentences
    chosen = min(inside or touched or hits, key=lambda h: len(h.tolerances))
    others = tuple(
        dict.fromkeys(
            at
            for h in (hits if inside else touched or hits)
            if h != chosen
            and (at := document.at(h.start, h.stop, unit))
            != document.at(chosen.start, chosen.stop, unit)
        )
    )
    if inside:
        standing = Standing.NORMALISED if chosen.tolerances else Standing.EXACT
    else:
        standing = Standing.ACROSS if touched else Standing.ELSEWHERE
    return Finding(
        ref,
        c,
        standing,
        document.at(chosen.start, chosen.stop, unit),
        document.body[chosen.start : chosen.stop],
        chosen.tolerances,
        (),
        others,
    )


def _within(h: Hit, span: tuple[int, int]) -> bool:
    return span[0] <= h.start and h.stop <= span[1]


def _unfound(
    ref: ClaimRef | ArgumentRef, c: Citation, document: Document, near: Near | None, unit: Unit
) -> Finding:
    if near is None:
        return Finding(ref, c, Standing.ABSENT)
    return Finding(
        ref,
        c,
        Standing.NEAR,
        document.at(near.start, near.stop, unit),
        document.body[near.start : near.stop],
        (),
        near.changes,
    )


# --- in words


def _tell(f: Finding, name: str, quote: Span, here: Span, problems: Problems) -> None:
    """Add what is to be said of *f* to *problems*."""
    said, at = _quoted(f.citation.quote), f.citation.at
    match f.standing:
        case Standing.EXACT | Standing.NORMALISED:
            _tell_found(f, quote, problems)
        case Standing.ELSEWHERE:
            where = _listed([p for p in (f.found, *f.also) if p is not None])
            problems.doubt("AM601", f"{said} stands in {where}, not {at}", here, _write_at(f))
        case Standing.ACROSS:
            problems.doubt(
                "AM604",
                f"{said} runs over {f.found}, and only {at} is cited",
                here,
                f"write  at: {f.found}",
            )
        case Standing.NEAR:
            place = f"{f.found}" if not at or str(f.found) == at else f"{f.found}, not {at}"
            notes = tuple(Note(_difference(c)) for c in f.changes)
            problems.say(
                "AM602",
                f"{said} is not in {name} word for word; the nearest is in {place}",
                quote,
                f"the text has {_quoted(f.passage, 2 * _SHOWN)}: quote what stands there",
                Severity.WARNING,
                notes,
            )
        case Standing.ABSENT:
            problems.doubt(
                "AM603",
                f"{said} is not in {name}, nor anything like it",
                quote,
                "quote what stands there, or leave quote: out",
            )


def _tell_found(f: Finding, quote: Span, problems: Problems) -> None:
    """What is only good to know of a quotation that is there."""
    said = _quoted(f.citation.quote)
    if f.tolerances:
        but = _in_words([t.value for t in f.tolerances])
        message = f"{said} stands in {f.found} but for {but}"
        help = f"the text has {_quoted(f.passage, 2 * _SHOWN)}"
        problems.say("AM605", message, quote, help, Severity.NOTE)
    if f.also and f.citation.at:
        message = f"{said} also stands in {_listed(f.also)}"
        help = "if you mean that place, cite it; a pull-quote repeats what is argued elsewhere"
        problems.say("AM606", message, quote, help, Severity.NOTE)
    if not f.citation.at:
        where = _listed([p for p in (f.found, *f.also) if p is not None])
        message = f"{said} has no place; it stands in {where}"
        problems.say("AM607", message, quote, f"add  at: {f.found}", Severity.NOTE)


def _write_at(f: Finding) -> str:
    return f"write  at: {f.mended}" if f.mended else "cite the place that you mean"


def _difference(c: Change) -> str:
    if not c.found:
        return f"{_quoted(c.quoted)} is not in the text"
    if not c.quoted:
        return f"the text has {_quoted(c.found)} besides"
    return f"{_quoted(c.quoted)} is {_quoted(c.found)} in the text"


def _quoted(words: str, most: int = _SHOWN) -> str:
    """*words* in quotation marks, at most so many of them."""
    parts = words.split()
    return f"“{' '.join(parts[:most])}{' …' if len(parts) > most else ''}”"


def _listed(places: Sequence[Locator]) -> str:
    shown = [str(p) for p in places[:_LISTED]]
    if len(places) > _LISTED:
        shown.append(f"{len(places) - _LISTED} more")
    return _in_words(shown)


def _in_words(items: Sequence[str]) -> str:
    """``a, b and c``."""
    return " and ".join(p for p in (", ".join(items[:-1]), items[-1]) if p)
