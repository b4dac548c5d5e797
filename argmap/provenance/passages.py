"""The whole paragraphs that a claim cites, with its quotations marked in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import frozen

from argmap.model import Citation, Locator, Source, Unit, Wording, locator
from argmap.provenance.document import Document, OutOfRange
from argmap.provenance.readers import Unreadable
from argmap.provenance.search import Hit, Index

_LONGEST = 6_000  # characters of a passage; a page or section may be far longer


@frozen
class Piece:
    """Some words of a passage; *marked* if they are the quotation."""

    words: str
    marked: bool = False


@frozen
class Passage:
    """The paragraphs of a citation: where they stand, and each as a row of pieces."""

    at: Locator
    paragraphs: tuple[tuple[Piece, ...], ...]
    cut: bool = False


@frozen
class Cited:
    """A citation and its passage; *trouble* says why there is none."""

    citation: Citation
    source: Source | None
    passage: Passage | None = None
    trouble: str = ""


def cited_by(
    wordings: Iterable[Wording], sources: Iterable[Source], index: Callable[[Source], Index]
) -> tuple[Cited, ...]:
    """The citations of *wordings*, each with its passage; *index* raises Unreadable."""
    known = {s.key: s for s in sources}
    found: list[Cited] = []
    for c in dict.fromkeys(c for w in wordings for c in w.cited):
        source = known.get(c.source)
        if source is None:
            found.append(Cited(c, None))
            continue
        try:
            found.append(Cited(c, source, passage(index(source), c)))
        except (Unreadable, OutOfRange) as e:
            found.append(Cited(c, source, None, str(e)))
    return tuple(found)


def passage(index: Index, c: Citation) -> Passage | None:
    """The paragraphs in which the quotation of *c* stands, or else those of its place.

    None if it has neither. Raises OutOfRange if there is no such place.
    """
    document = index.document
    place = locator(c.at) if c.at else None
    spans = document.spans(place) if place else ()
    hits = index.hits(c.quote) if c.quote else ()
    inside = [h for h in hits if any(a <= h.start < b for a, b in spans)] or list(hits)
    if inside:
        hit = min(inside, key=lambda h: len(h.tolerances))
        return _whole(document, hit.start, hit.stop, hit)
    if spans:
        return _whole(document, *spans[0])
    return None


def _whole(document: Document, start: int, stop: int, hit: Hit | None = None) -> Passage:
    """The paragraphs from *start* to *stop*, with the words of *hit* marked."""
    at = document.at(start, stop, Unit.PARAGRAPH)
    ((first, last),) = at.ranges
    room, cut = _LONGEST, False
    made: list[tuple[Piece, ...]] = []
    for begin, end in document.paragraphs[first - 1 : last]:
        if room <= 0:
            cut = True
            break
        room -= end - begin
        a = min(max(hit.start, begin), end) if hit else end
        b = min(max(hit.stop, begin), end) if hit else end
        body = document.body
        pieces = (Piece(body[begin:a]), Piece(body[a:b], marked=True), Piece(body[b:end]))
        made.append(tuple(p for p in pieces if p.words))
    return Passage(at, tuple(made), cut)
