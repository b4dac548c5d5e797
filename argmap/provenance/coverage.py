"""Which paragraphs of a text a map touches, and why it leaves the others out.

A map can say why itself, under ``asides`` of a source: ``asides: {¶1-3: title and date}``. For the
rest a reason is guessed where the looks of a paragraph give it away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from argmap.model import Data, Locator, Source, Unit, locator
from argmap.provenance.document import Document, OutOfRange
from argmap.provenance.fold import fold

_WORDS = 7  # words by which a paragraph is known
_NOTES = re.compile(
    r"\W*(?:(?:foot|end)?notes|references|bibliography|works cited|literature|sources|"
    r"anmerkungen|literatur|quellen|notes de bas de page)\W*\Z",
    re.I,
)
_CAPTION = re.compile(
    r"\W*(?:photo|image|picture|figure|fig\.|table|map|abb\.|abbildung|bild|tabelle)\b.{0,200}\Z"
    r"|.*\((?:photo|image|picture|bild|foto)\b[^()]*\)\W*\Z",
    re.I | re.S,
)
_LINK = re.compile(r"\W*(?:\[[^\]\n]*\]\([^()\s]*\)|<?https?://\S+)\W*(?:\([^()]*\))?\W*\Z")
_ENDS = ".!?;…”\"'’»)"


@frozen
class Paragraph:
    """A paragraph: its *number* (from 1), first words, and the speakers whose claims cite it, each
    as often as there are such claims; *aside* says why none does, and *guessed* who says so.
    """

    number: int
    words: str
    speakers: tuple[str, ...] = ()
    aside: str = ""
    guessed: bool = False


def coverage(
    document: Document, cites: Iterable[tuple[str, str]], sources: Sequence[Source] = ()
) -> tuple[Paragraph, ...]:
    """Every paragraph of *document*, and who cites it.

    *cites* are (speaker, place) pairs, one for each claim and place; *sources* are what maps say of
    the document.
    """
    held: dict[int, list[str]] = {}
    for speaker, at in cites:
        for number in _numbers(document, locator(at)):
            held.setdefault(number, []).append(speaker)
    said = {
        number: reason
        for source in sources
        for place, reason in asides(source)
        for number in _numbers(document, place)
    }
    guesses = _guesses(document)
    found = []
    for n, (start, stop) in enumerate(document.paragraphs, 1):
        words = " ".join(document.body[start:stop].split()[:_WORDS])
        by = tuple(held.get(n, ()))
        aside = "" if by else said.get(n) or guesses.get(n, "")
        found.append(Paragraph(n, words, by, aside, bool(aside) and n not in said))
    return tuple(found)


def asides(source: Source) -> tuple[tuple[Locator, str], ...]:
    """The places that *source* says are no part of what is argued, each with the reason."""
    said = source.data.get("asides")
    if not isinstance(said, Data):
        return ()
    pairs = ((locator(key), value) for key, value in said.items)
    return tuple((place, str(why)) for place, why in pairs if place is not None and why)


def _numbers(document: Document, place: Locator | None) -> Iterable[int]:
    """The numbers of the paragraphs that *place* lies in."""
    if place is None:
        return ()
    try:
        spans = document.spans(place)
    except OutOfRange:
        return ()
    numbers: dict[int, None] = {}
    for start, stop in spans:
        ((first, last),) = document.at(start, stop, Unit.PARAGRAPH).ranges
        numbers.update(dict.fromkeys(range(first, last + 1)))
    return tuple(numbers)


def _guesses(document: Document) -> Mapping[int, str]:
    """Why a paragraph seems to argue nothing, by its number."""
    blocks = [document.body[start:stop] for start, stop in document.paragraphs]
    heads = {h.start for h in document.headings}
    bodies = "\n\n".join(fold(b).text for b in blocks if len(b) > 200)
    found: dict[int, str] = {}
    in_notes = False
    for n, (block, (start, stop)) in enumerate(zip(blocks, document.paragraphs, strict=True), 1):
        is_head = any(start <= h < stop for h in heads) if "\n" not in block else False
        if is_head:
            in_notes = bool(_NOTES.match(block))
        folded = fold(block).text.strip("\"' .…")
        if not any(c.isalnum() for c in block):
            found[n] = "rule"
        elif _CAPTION.match(block):
            found[n] = "caption"
        elif _LINK.match(block):
            found[n] = "link"
        elif is_head:
            found[n] = "heading"
        elif in_notes:
            found[n] = "notes"
        elif len(block) <= 200 and len(folded) > 20 and folded in bodies:
            found[n] = "pull-quote"
        elif all(_is_label(line) for line in block.splitlines()):
            found[n] = "details"
    return found


def _is_label(line: str) -> bool:
    """Whether *line* is short and no sentence."""
    line = line.strip()
    return not line or (len(line) <= 80 and line[-1] not in _ENDS)
