"""What is said of a quotation, in words."""

from __future__ import annotations

from collections.abc import Sequence

from argmap.model import Locator, locator
from argmap.provenance.findings import Finding, Standing
from argmap.provenance.fold import Tolerance
from argmap.provenance.search import Change
from argmap.text import Note, Problems, Severity, Span, listed

_SHOWN = 8  # words of a quotation that a message shows
_LISTED = 4  # places that a message lists


def tell(
    f: Finding, name: str, quote: Span, here: Span, problems: Problems, lost: str = ""
) -> None:
    """Add what is to be said of *f* to *problems*; *lost* says that its place is not there."""
    if lost:
        _tell_lost(f, lost, here, problems)
    said, at = _quoted(f.citation.quote), f.citation.at
    match f.standing:
        case Standing.EXACT | Standing.NORMALISED:
            _tell_found(f, quote, problems)
        case Standing.UNCHECKED:
            pass  # why is said of the source
        case Standing.ELSEWHERE if lost:
            pass
        case Standing.ELSEWHERE:
            where = _listed([p for p in (f.found, *f.also) if p is not None])
            cut = ", within a word" if Tolerance.CUT in f.tolerances else ""
            problems.doubt("AM601", f"{said} stands in {where}{cut}, not {at}", here, _write_at(f))
        case Standing.ACROSS:
            problems.doubt(
                "AM604",
                f"{said} runs over {f.found}, and only {at} is cited",
                here,
                f"write  at: {f.found.value}" if f.found else "",
            )
        case Standing.NEAR:
            place = f"{f.found}" if not at or _covers(at, f.found) else f"{f.found}, not {at}"
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
    if Tolerance.CUT in f.tolerances:
        message = f"{said} cuts a word: in {f.found} the text has {_quoted(f.passage, 2 * _SHOWN)}"
        problems.doubt("AM619", message, quote, "quote whole words")
    elif f.tolerances:
        but = listed([t.value for t in f.tolerances])
        message = f"{said} stands in {f.found} but for {but}"
        seen = set(f.tolerances) - {Tolerance.SPACES, Tolerance.BREAKS}
        help = f"the text has {_quoted(f.passage, 2 * _SHOWN)}" if seen else ""
        problems.say("AM605", message, quote, help, Severity.NOTE)
    if f.also and f.citation.at:
        message = f"{said} also stands in {_listed(f.also)}"
        help = "if you mean that place, cite it; a pull-quote repeats what is argued elsewhere"
        problems.say("AM606", message, quote, help, Severity.NOTE)
    if not f.citation.at:
        where = _listed([p for p in (f.found, *f.also) if p is not None])
        message = f"{said} has no place; it stands in {where}"
        problems.say("AM607", message, quote, f"add  at: {f.found}", Severity.NOTE)


def remark(f: Finding) -> str:
    """What a reader of a card must know of a quotation; "" if it stands where it is said to."""
    at = f.citation.at
    match f.standing:
        case Standing.EXACT | Standing.NORMALISED:
            return "it cuts a word" if Tolerance.CUT in f.tolerances else ""
        case Standing.ELSEWHERE:
            return f"it stands in {_listed([p for p in (f.found, *f.also) if p])}, not {at}"
        case Standing.ACROSS:
            return f"it runs over {f.found}"
        case Standing.NEAR:
            return f"not word for word: {listed([_difference(c) for c in f.changes])}"
        case Standing.ABSENT:
            return "it is not in the text"
        case Standing.UNCHECKED:
            return "it was not checked"


def _tell_lost(f: Finding, lost: str, here: Span, problems: Problems) -> None:
    help = "look the place up"
    if f.mended:
        help = f"{_quoted(f.citation.quote)} stands in {f.found}: write  at: {f.mended}"
    elif f.standing is Standing.ELSEWHERE:
        where = _listed([p for p in (f.found, *f.also) if p is not None])
        help = f"{_quoted(f.citation.quote)} stands in {where}"
    problems.say("AM616", lost, here, help)


def _covers(at: str, found: Locator | None) -> bool:
    """Whether *found* lies in the place *at*."""
    place = locator(at)
    if place is None or found is None or place.unit is not found.unit or place.name:
        return str(found) == at
    return all(
        any(min(r) <= first and last <= max(r) for r in place.ranges)
        for first, last in found.ranges
    )


def _write_at(f: Finding) -> str:
    return f"write  at: {f.mended}" if f.mended else "cite the place that you mean"


def _difference(c: Change) -> str:
    if not c.found:
        return f"{_quoted(c.quoted)} is not in the text"
    if not c.quoted:
        return f"the text has {_quoted(c.found)} too, which is left out here"
    return f"{_quoted(c.quoted)} is {_quoted(c.found)} in the text"


def _quoted(words: str, most: int = _SHOWN) -> str:
    """*words* in quotation marks, at most so many of them."""
    parts = words.split()
    return f"“{' '.join(parts[:most])}{' …' if len(parts) > most else ''}”"


def _listed(places: Sequence[Locator]) -> str:
    shown = [str(p) for p in places[:_LISTED]]
    if len(places) > _LISTED:
        shown.append(f"{len(places) - _LISTED} more")
    return listed(shown)
