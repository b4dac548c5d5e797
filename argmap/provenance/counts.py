"""How much maps hold: claims, voices, sources, and how much of each text they touch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import TypeAlias

from attrs import define, field, frozen

from argmap.model import Argument, Claim, Debate, Source, Voice, Wording, credit, prevailing
from argmap.provenance.cited import CitedText
from argmap.provenance.coverage import Cite, Paragraph, coverage
from argmap.provenance.readers import file_of
from argmap.text import Span


@frozen
class SpeakerCount:
    """How many claims a speaker states, by voice. Without a *name*, they are nobody's.

    A claim counts once in each voice in which the speaker puts it, however often they do.
    """

    key: str
    name: str
    voices: Mapping[Voice, int]

    @property
    def claims(self) -> int:
        """Those that are the speaker's own: in all voices but the reported one."""
        return sum(n for voice, n in self.voices.items() if voice is not Voice.REPORTED)

    @property
    def reports(self) -> int:
        """Those that others hold, as the speaker says."""
        return self.voices.get(Voice.REPORTED, 0)


@frozen
class SourceCount:
    """How many claims and arguments cite a source, and how often, and how often with a quotation;
    *paragraphs* are there where its text is.
    """

    source: Source
    claims: int
    arguments: int
    citations: int
    quotations: int
    paragraphs: tuple[Paragraph, ...] = ()

    @property
    def untouched(self) -> tuple[Paragraph, ...]:
        """The paragraphs that nothing cites."""
        return tuple(p for p in self.paragraphs if not p.is_cited)


@frozen
class Counts:
    """What some maps hold together; what several of them share is counted once.

    Speakers are the same if their keys and full names are; sources, if their file is, or without
    one their key, title and authors.
    """

    maps: int
    claims: int
    arguments: int
    relations: int
    speakers: tuple[SpeakerCount, ...]
    sources: tuple[SourceCount, ...]


def counts(
    debates: Iterable[Debate], document: Callable[[Source], CitedText | None] | None = None
) -> Counts:
    """What *debates* hold; *document* gives the text of a source, or None if there is none.

    A position that is counted by itself is not counted again in the debates that it is part of.
    """
    tally = _Tally()
    # positions first: where several meet, one source may stand for another of the same key
    for debate in sorted(debates, key=lambda d: not d.position):
        tally.debate(debate)
    return Counts(
        tally.maps,
        len(tally.claims),
        len(tally.arguments),
        len(tally.relations),
        tuple(tally.speaker_counts()),
        tuple(tally.source_counts(document)),
    )


_Person: TypeAlias = tuple[str, str]  # a speaker's key and full name


@define
class _Work:
    """What is said of one source, in any of the maps."""

    sources: list[Source] = field(factory=list)
    claims: set[Hashable] = field(factory=set)
    arguments: set[Hashable] = field(factory=set)
    cites: list[tuple[Hashable, _Person, Wording, str, bool]] = field(factory=list)
    citations: int = 0
    quotations: int = 0


@define
class _Tally:
    """What was met so far; things are known by where they stand in their file."""

    maps: int = 0
    claims: set[Hashable] = field(factory=set)
    arguments: set[Hashable] = field(factory=set)
    relations: set[Hashable] = field(factory=set)
    wordings: set[Hashable] = field(factory=set)
    voices: dict[_Person, Counter[Voice]] = field(factory=dict)
    works: dict[Hashable, _Work] = field(factory=dict)
    _stated: set[Hashable] = field(factory=set)
    _names: dict[str, dict[str, None]] = field(factory=dict)
    _people: Mapping[str, _Person] = field(factory=dict)
    _cited: Mapping[str, _Work] = field(factory=dict)

    def debate(self, d: Debate) -> None:
        """Count *d*."""
        self.maps += 1
        self._people = {s.key: (s.key, s.full) for s in d.speakers}
        for key, name in self._people.values():
            self._names.setdefault(key, {})[name] = None
        cited: dict[str, _Work] = {}
        for source in d.sources:
            work = self.works.setdefault(_identity(source), _Work())
            cited[source.key] = work
            if source not in work.sources:
                work.sources.append(source)
        self._cited = cited
        for t in d.things:
            self._thing(t)
        self.relations.update(
            self._place(r.spans[0] if r.spans else None, n) for n, r in enumerate(d.relations)
        )

    def _place(self, span: Span | None, otherwise: Hashable) -> Hashable:
        """What tells *span* from all others; what stands in no file is in this map alone."""
        if span is None:
            return self.maps, otherwise
        return (self.maps, span) if span.name.startswith("<") else span

    def _thing(self, t: Claim | Argument) -> None:
        place = self._place(t.span, t.ref)
        (self.claims if isinstance(t, Claim) else self.arguments).add(place)
        has_mentions = any(w.cited and _is_plain(w) for w in t.wordings)
        owners = _prevailing(t) if has_mentions else {}
        for n, w in enumerate(t.wordings):
            known = self._place(w.span, (t.ref, n))
            if known in self.wordings:
                continue
            self.wordings.add(known)
            if w.text and isinstance(t, Claim):
                self._state(place, w)
            if w.cited:
                whose = owners.get(w.by) if _is_plain(w) else w
                self._cite(t, place, w, whose or w)

    def _state(self, claim: Hashable, w: Wording) -> None:
        person = self._person(w)
        if (claim, person, w.voice) not in self._stated:
            self._stated.add((claim, person, w.voice))
            self.voices.setdefault(person, Counter())[w.voice] += 1

    def _cite(self, t: Claim | Argument, place: Hashable, w: Wording, whose: Wording) -> None:
        is_claim = isinstance(t, Claim)
        for c in w.cited:
            work = self._cited.get(c.source)
            if work is not None:
                (work.claims if is_claim else work.arguments).add(place)
                work.citations += 1
                work.quotations += bool(c.quote.strip())
                if c.at:
                    work.cites.append((place, self._person(whose), whose, c.at, is_claim))

    def _person(self, w: Wording) -> _Person:
        return self._people.get(w.by, (w.by, w.by))

    def speaker_counts(self) -> Iterator[SpeakerCount]:
        """Speakers in the order in which they were met."""
        for (key, name), voices in self.voices.items():
            yield SpeakerCount(key, name, {v: voices[v] for v in Voice if voices[v]})

    def source_counts(
        self, document: Callable[[Source], CitedText | None] | None
    ) -> Iterator[SourceCount]:
        """The sources that are cited, in the order in which they were met."""
        for work in self.works.values():
            if not work.citations:
                continue
            source, claims, arguments = work.sources[0], len(work.claims), len(work.arguments)
            text = document(source) if document else None
            covered: tuple[Paragraph, ...] = ()
            if text:
                cites = (
                    Cite(place, self._whose(person, w), at, is_claim)
                    for place, person, w, at, is_claim in work.cites
                )
                covered = coverage(text, cites, work.sources)
            yield SourceCount(source, claims, arguments, work.citations, work.quotations, covered)

    def _whose(self, person: _Person, w: Wording) -> str:
        """Whose *w* is, in words; by the full name where several have the same key."""
        key, name = person
        by = name if len(self._names.get(key, ())) > 1 else key
        return credit(Wording("", by, w.voice, w.of)).whole


def _identity(source: Source) -> Hashable:
    """What tells a work from others: its file, or all that names it."""
    return file_of(source) or (source.key, source.title, source.authors)


def _prevailing(t: Claim | Argument) -> Mapping[str, Wording | None]:
    """What says whose *t* is, for each speaker who puts it or mentions it; "" is all of them."""
    theirs: dict[str, list[Wording]] = {}
    for w in t.wordings:
        theirs.setdefault(w.by, []).append(w)
    return {by: prevailing(ws if by else t.wordings) for by, ws in theirs.items()}


def _is_plain(w: Wording) -> bool:
    """Whether *w* is a mere mention: then whose it is, the speaker's words say elsewhere."""
    return not w.text and w.voice is Voice.ASSERTED
