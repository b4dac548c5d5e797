"""How much maps hold: claims, voices, sources, and how much of each text they touch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from attrs import define, field, frozen

from argmap.model import Claim, Debate, Source, Voice, Wording
from argmap.provenance.coverage import Paragraph, coverage
from argmap.provenance.document import Document


@frozen
class SpeakerCount:
    """How many claims a speaker holds, by voice. Without a *name*, they are nobody's."""

    key: str
    name: str
    voices: Mapping[Voice, int]

    @property
    def claims(self) -> int:
        """All of them."""
        return sum(self.voices.values())


@frozen
class SourceCount:
    """How often a source is cited, and what of it; *paragraphs* are there where its text is."""

    source: Source
    claims: int
    citations: int
    quotations: int
    paragraphs: tuple[Paragraph, ...] = ()

    @property
    def untouched(self) -> tuple[Paragraph, ...]:
        """The paragraphs that no claim cites."""
        return tuple(p for p in self.paragraphs if not p.speakers)


@frozen
class Counts:
    """What some maps hold together; what several of them share is counted once."""

    maps: int
    claims: int
    arguments: int
    relations: int
    speakers: tuple[SpeakerCount, ...]
    sources: tuple[SourceCount, ...]


def counts(
    debates: Iterable[Debate], document: Callable[[Source], Document | None] | None = None
) -> Counts:
    """What *debates* hold; *document* gives the text of a source, or None if there is none.

    A position that is counted by itself is not counted again in the debates that it is part of.
    """
    tally = _Tally()
    maps = 0
    for debate in debates:
        maps += 1
        tally.debate(debate)
    return Counts(
        maps,
        len(tally.claims),
        len(tally.arguments),
        len(tally.relations),
        tuple(tally.speaker_counts()),
        tuple(tally.source_counts(document)),
    )


@define
class _Work:
    """What is said of one source, in any of the maps."""

    sources: list[Source] = field(factory=list)
    claims: set[object] = field(factory=set)
    cites: list[tuple[str, str]] = field(factory=list)
    citations: int = 0
    quotations: int = 0


@define
class _Tally:
    """What was met so far; things are known by where they stand in their text."""

    claims: set[object] = field(factory=set)
    arguments: set[object] = field(factory=set)
    relations: set[object] = field(factory=set)
    wordings: set[object] = field(factory=set)
    names: dict[str, str] = field(factory=dict)
    voices: dict[str, Counter[Voice]] = field(factory=dict)
    works: dict[str, _Work] = field(factory=dict)

    def debate(self, d: Debate) -> None:
        """Count *d*."""
        for speaker in d.speakers:
            self.names.setdefault(speaker.key, speaker.full)
        files = {s.key: s.file or s.key for s in d.sources}
        for source in d.sources:
            work = self.works.setdefault(files[source.key], _Work())
            if source not in work.sources:
                work.sources.append(source)
        for t in d.things:
            known = self.claims if isinstance(t, Claim) else self.arguments
            known.add(t.span or (id(d), t.ref))
            for w in t.wordings if isinstance(t, Claim) else t.gists:
                place = w.span or (id(d), t.ref, w)
                if place not in self.wordings:
                    self.wordings.add(place)
                    self._wording(w, t.span or (id(d), t.ref), files, isinstance(t, Claim))
        self.relations.update(r.spans[0] if r.spans else (id(d), r) for r in d.relations)

    def _wording(self, w: Wording, claim: object, files: Mapping[str, str], is_claim: bool) -> None:
        if w.text and is_claim:
            self.voices.setdefault(w.by, Counter())[w.voice] += 1
        for c in w.cited:
            if c.source in files:
                work = self.works[files[c.source]]
                work.claims.add(claim)
                work.citations += 1
                work.quotations += bool(c.quote)
                if c.at:
                    work.cites.append((w.by, c.at))

    def speaker_counts(self) -> Iterator[SpeakerCount]:
        """Speakers in the order in which they were met."""
        for key, voices in self.voices.items():
            by = {v: voices[v] for v in Voice if voices[v]}
            yield SpeakerCount(key, self.names.get(key, key), by)

    def source_counts(
        self, document: Callable[[Source], Document | None] | None
    ) -> Iterator[SourceCount]:
        """The sources that are cited, in the order in which they were met."""
        for work in self.works.values():
            if not work.citations:
                continue
            text = document(work.sources[0]) if document else None
            covered = coverage(text, work.cites, work.sources) if text else ()
            yield SourceCount(
                work.sources[0], len(work.claims), work.citations, work.quotations, covered
            )
