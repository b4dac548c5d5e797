"""One spelling for what is the same in print, so that a quotation is found however it was typed.

Every difference that is let pass has a name, a `Tolerance`, so that it can be told.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from array import array

from attrs import frozen


class Tolerance(enum.Enum):
    """A difference between a quotation and its text that is let pass; the value is its name."""

    SPACES = "non-breaking or doubled spaces"
    BREAKS = "line breaks"
    QUOTES = "quotation marks"
    DASHES = "dashes"
    HYPHENS = "hyphens at line ends"
    LETTERS = "ligatures and accents"
    CASE = "capital letters"
    MARKUP = "Markdown signs"
    LEFT_OUT = "words left out"
    CUT = "a word that is cut"


FOLDED = (
    Tolerance.SPACES,
    Tolerance.BREAKS,
    Tolerance.QUOTES,
    Tolerance.DASHES,
    Tolerance.HYPHENS,
    Tolerance.LETTERS,
    Tolerance.CASE,
)
"""What `fold` does."""

_SINGLE = dict.fromkeys("‘’‚‛′ʼ`´‹›", "'")
_DOUBLE = dict.fromkeys("“”„‟″«»〝〞", '"')
_QUOTES = {**_SINGLE, **_DOUBLE}
_DASH = "\u2010-\u2015\u2212\uff0d"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# what needs a look: runs of blanks, dashes with the blanks around them, whatever is not ASCII;
# possessive, so that no text is slow
_SPECIAL = (
    rf"(?P<dash>\s*+[{_DASH}]++\s*+|\s++-++\s++|-{{2,}}+)"
    r"|(?P<hyphen>-[^\S\n]*+\n\s*+)"
    r"|(?P<blank>\s{2,}+|[^\S ])"
    rf"|(?P<unseen>[{_UNSEEN}]++(?:[^\S\n]*+\n\s*+)?)"
    rf"|(?P<quote>[{''.join(_QUOTES)}])"
    r"|(?P<letter>[^\u0300-\u036f\s][\u0300-\u036f]++|[^\x00-\x7f])"
)
_MARKUP = (
    r"(?P<markup>!?\[(?=[^\]\n]{0,300}\]\()|\]\([^()\s]{0,500}\)|\*++|`++|</?su[bp]>"
    r"|(?<!\w)_++|_++(?!\w))"
)
_PATTERN = re.compile(_SPECIAL)
_BARE = re.compile(f"{_MARKUP}|{_SPECIAL}")
_BLANKS = re.compile(r"\s+")


@frozen(slots=False)
class Folded:
    """A folded *text*; for each of its characters, where that begins and ends in the original."""

    text: str
    starts: array[int]
    stops: array[int]

    def original(self, start: int, stop: int) -> tuple[int, int]:
        """Where ``text[start:stop]`` stands in the original."""
        return self.starts[start], self.stops[stop - 1]


def fold(
    body: str, *, but: Tolerance | None = None, joined: bool = False, bare: bool = False
) -> Folded:
    r"""*body* with blanks, quotation marks, dashes, letters and capitals in one spelling.

    One difference can be kept with *but*. What ends a line with a hyphen is one word with what
    follows if *joined*, else it keeps its hyphen. Markdown's signs are left out if *bare*.

    >>> fold("The  “Sino\u2013Russian”\nties").text
    'the "sino-russian" ties'
    """
    out: list[str] = []
    starts, stops = array("I"), array("I")

    def plain(start: int, stop: int) -> None:
        piece = body[start:stop]
        out.append(piece if but is Tolerance.CASE else piece.lower())
        starts.extend(range(start, stop))
        stops.extend(range(start + 1, stop + 1))

    at = 0
    for m in (_BARE if bare else _PATTERN).finditer(body):
        start, stop = m.span()
        if at < start:
            plain(at, start)
        new = _replaced(m, but, joined)
        out.append(new)
        for _ in new:
            starts.append(start)
            stops.append(stop)
        at = stop
    if at < len(body):
        plain(at, len(body))
    return Folded("".join(out), starts, stops)


def _replaced(m: re.Match[str], but: Tolerance | None, joined: bool) -> str:
    """What stands for a special piece of text."""
    piece = m[0]
    match m.lastgroup:
        case "dash":
            return _BLANKS.sub(" ", piece) if but is Tolerance.DASHES else "-"
        case "hyphen":
            if but is Tolerance.HYPHENS:
                return "- "
            return "" if joined else "-"
        case "blank":
            kept = Tolerance.BREAKS if "\n" in piece else Tolerance.SPACES
            return piece if but is kept else " "
        case "unseen":
            return piece if but is Tolerance.HYPHENS else ""
        case "quote":
            return piece if but is Tolerance.QUOTES else _QUOTES[piece]
        case "letter":
            form = piece if but is Tolerance.LETTERS else unicodedata.normalize("NFKC", piece)
            if but is Tolerance.CASE:
                return form
            return form.lower() if but is Tolerance.LETTERS else form.casefold()
        case _:  # Markdown's signs
            return ""


def needed(quote: str, found: str, *, joined: bool = False) -> tuple[Tolerance, ...]:
    """The differences that must be let pass for *quote* to be *found*; *joined* as in `fold`."""
    return tuple(
        t
        for t in FOLDED
        if fold(quote, but=t, joined=joined).text != fold(found, but=t, joined=joined).text
    )
