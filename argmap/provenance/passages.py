"""The whole paragraphs that a claim cites, with its quotations marked in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from attrs import frozen

from argmap.model import ArgumentRef, Citation, ClaimRef, Source, Wording
from argmap.provenance.cited import CitedText
from argmap.provenance.findings import Finding, LookedUp, Standing, looked_up
from argmap.provenance.messages import remark
from argmap.provenance.readers import Unreadable
from argmap.provenance.search import Index

_LONGEST = 6_000  # characters of a passage; a page or section may be far longer


@frozen
class Piece:
    """Some words of a passage; *marked* if they are the quotation."""

    words: str
    marked: bool = False


@frozen
class Passage:
    """The paragraphs of a citation, each with its number; *cut* says that there are more."""

    paragraphs: tuple[tuple[int, tuple[Piece, ...]], ...]
    cut: bool = False


@frozen
class Shown:
    """A citation, the wording it is for, its passage, and what became of its quotation.

    *trouble* says why there is no passage, *knows* whether the text names the one who speaks.
    """

    citation: Citation
    wording: Wording
    source: Source | None
    passage: Passage | None = None
    finding: Finding | None = None
    trouble: str = ""
    knows: bool = False

    @property
    def remark(self) -> str:
        """What must be said of the quotation, if it does not stand where it is said to."""
        return remark(self.finding) if self.finding is not None else ""


def shown(
    ref: ClaimRef | ArgumentRef,
    wordings: Iterable[Wording],
    sources: Iterable[Source],
    index_of: Callable[[Source], Index],
    names_of: Callable[[str], Sequence[str]],
) -> tuple[Shown, ...]:
    """The citations of *wordings*, each with its passage; *index_of* raises Unreadable.

    *names_of* gives the names under which a text may know a speaker.
    """
    known = {s.key: s for s in sources}
    found: list[Shown] = []
    pairs = dict.fromkeys((w, c) for w in wordings for c in w.cited)
    for w, c in pairs:
        source = known.get(c.source)
        if source is None:
            found.append(Shown(c, w, None))
            continue
        try:
            index = index_of(source)
        except Unreadable as e:
            found.append(Shown(c, w, source, trouble=str(e)))
            continue
        there = looked_up(ref, c, index)
        knows = any(index.has_word(n) for n in names_of(w.by))
        passage = _passage(index.document, there)
        found.append(Shown(c, w, source, passage, there.finding, there.lost, knows))
    return tuple(found)


def _passage(document: CitedText, there: LookedUp) -> Passage | None:
    """The paragraphs of what was found, or else of the place that is cited."""
    finding = there.finding
    if finding is not None and finding.found is not None:
        near = finding.standing is Standing.NEAR
        return _whole(document, [finding.span], None if near else finding.span)
    return _whole(document, there.spans)


def _whole(
    document: CitedText, spans: Sequence[tuple[int, int]], hit: tuple[int, int] | None = None
) -> Passage | None:
    """The paragraphs of *spans*, with the words of *hit* marked; None if there are none."""
    numbers = dict.fromkeys(n for span in spans for n in document.within(*span))
    room = _LONGEST
    made: list[tuple[int, tuple[Piece, ...]]] = []
    for n in numbers:
        begin, end = document.paragraphs[n - 1]
        if room <= 0:
            break
        room -= end - begin
        a = min(max(hit[0], begin), end) if hit else end
        b = min(max(hit[1], begin), end) if hit else end
        body = document.body
        pieces = (Piece(body[begin:a]), Piece(body[a:b], marked=True), Piece(body[b:end]))
        made.append((n, tuple(p for p in pieces if p.words)))
    return Passage(tuple(made), len(made) < len(numbers)) if made else None
