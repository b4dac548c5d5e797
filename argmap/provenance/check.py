"""A debate held against the texts it cites: every quotation, every place, everybody named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from attrs import define, field

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
    Unit,
    Wording,
    locator,
)
from argmap.model.locator import EXAMPLES
from argmap.provenance.cited import CitedText
from argmap.provenance.coverage import asides, lost_asides, numbers_in
from argmap.provenance.findings import Finding, Provenance, Standing, but_for, looked_up
from argmap.provenance.messages import tell
from argmap.provenance.people import People
from argmap.provenance.readers import Unreadable, is_bare
from argmap.provenance.search import Index
from argmap.text import Problems, Severity, Span

TextOf: TypeAlias = Callable[[Source], CitedText]
"""Gives the document of a source; raises Unreadable."""


def provenance(debate: Debate, text_of: TextOf, name: str = "") -> Provenance:
    """Every quotation of *debate* held against the texts that *text_of* gives.

    What cannot be read is told once for each source, and all the rest is done. *name* is that of
    the map, for what has no place in it.
    """
    checker = _Checker(debate, text_of, Span(name, 0, 0))
    checker.sources()
    for thing in debate.things:
        checker.thing(thing)
    People(debate, checker.indexes, checker.problems, checker.somewhere).check()
    return Provenance(tuple(checker.findings), tuple(checker.problems.found))


@define
class _Checker:
    debate: Debate
    text_of: TextOf
    somewhere: Span
    problems: Problems = field(factory=Problems)
    findings: list[Finding] = field(factory=list)
    indexes: dict[str, Index] = field(factory=dict)
    aside: dict[str, list[range]] = field(factory=dict)  # paragraphs that argue nothing, by source

    # --- the texts

    def sources(self) -> None:
        """Open what is cited."""
        cited: dict[str, list[Citation]] = {}
        for t in self.debate.things:
            for w in t.wordings:
                for c in w.cited:
                    cited.setdefault(c.source, []).append(c)
        for source in self.debate.sources:
            if source.key in cited:
                self._open(source, cited[source.key])

    def _open(self, source: Source, cites: Sequence[Citation]) -> None:
        first = next((c.span or c.quote_span for c in cites), None)
        here = source.span or first or self.somewhere
        said, bad = asides(source)
        for key in bad:
            message = f"{key!r} under asides is no place with a reason"
            self.problems.doubt("AM617", message, here, "write  ¶1-3: title and date")
        try:
            document = self.text_of(source)
            self.indexes[source.key] = Index(document)
            self.aside[source.key] = [r for p, _ in said for r in numbers_in(document, p)]
            for message in lost_asides(document, source):
                self.problems.say("AM616", message, here, "look the place up")
        except Unreadable as e:
            if is_bare(source):
                known = [s.key for s in self.debate.sources if not is_bare(s)]
                message = str(UnknownName("source", source.key, known))
                help = f"define it:  sources: {{{source.key}: {{title: …, file: …}}}}"
                self.problems.say("AM615", message, here, help)
            elif e.code == "AM618":
                many = f"{len(cites)} citations" if len(cites) > 1 else "one citation"
                message = f"{e.message}, so {many} cannot be checked"
                self.problems.say(e.code, message, here, e.help, Severity.NOTE)
            else:
                self.problems.say(e.code, e.message, here, e.help)

    # --- claims

    def thing(self, thing: Claim | Argument) -> None:
        """Check all that is cited for *thing*."""
        stated = any(w.text for w in thing.wordings)
        sourced = any(c.source for w in thing.wordings for c in w.cited)
        if stated and not sourced and thing.data.get("unstated") is not True:
            self.problems.say(
                "AM608",
                f"{thing.ref} has no source",
                thing.span or self.somewhere,
                "say where it stands:  {source: …, at: ¶1, quote: …}",
                Severity.NOTE,
            )
        for w in thing.wordings:
            places = {(c.source, locator(c.at)) for c in w.cited}
            for c in w.cited:
                if c.source in self.indexes:
                    self._citation(thing.ref, w, c, places)
                elif c.quote.strip():
                    self.findings.append(Finding(thing.ref, c, Standing.UNCHECKED))
                    if not c.source and (sourced or not stated):
                        self._sourceless(thing.ref, c.quote_span or w.span)

    def _sourceless(self, ref: ClaimRef | ArgumentRef, span: Span | None) -> None:
        self.problems.say(
            "AM608",
            f"a quotation of {ref} has no source, so it is not checked",
            span or self.somewhere,
            "say whose words they are:  source: …",
            Severity.NOTE,
        )

    def _citation(
        self,
        ref: ClaimRef | ArgumentRef,
        w: Wording,
        c: Citation,
        places: set[tuple[str, Locator | None]],
    ) -> None:
        """Look *c* up; *places* are all that *w* cites."""
        index = self.indexes[c.source]
        here = c.span or c.quote_span or w.span or self.somewhere
        if c.at and locator(c.at) is None:
            help = f"write  at: ¶{c.at}" if c.at.isdecimal() else f"write one like {EXAMPLES}"
            message = f"{c.at!r} is no place that can be looked up"
            self.problems.doubt("AM617", message, here, help)
        found = looked_up(ref, c, index)
        if found.finding is None:
            if found.lost:
                self.problems.say("AM616", found.lost, here, "look the place up")
            return
        aside = self.aside[c.source]
        finding = but_for(found.finding, lambda p: (c.source, p) in places or _is_in(p, aside))
        self.findings.append(finding)
        name, quote = index.document.text.name, c.quote_span or here
        tell(finding, name, quote, here, self.problems, found.lost)


def _is_in(place: Locator, paragraphs: Sequence[range]) -> bool:
    return place.unit is Unit.PARAGRAPH and all(
        any(first in r and last in r for r in paragraphs) for first, last in place.ranges
    )
