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
    UNSEEN = "soft hyphens or signs without width"
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
    Tolerance.UNSEEN,
    Tolerance.LETTERS,
    Tolerance.CASE,
)
"""What `fold` does."""

_SINGLE = dict.fromkeys("‘’‚‛′ʼ`´‹›", "'")
_DOUBLE = dict.fromkeys("“”„‟″«»〝〞", '"')
_QUOTES = {**_SINGLE, **_DOUBLE}
_DASH = "\u2010-\u2015\u2212\uff0d"
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_ON_TOP = "\u0300-\u036f\u3099\u309a"  # accents that are signs of their own
_JAMO = "[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?+"
# what needs a look: runs of blanks, dashes with the blanks around them, whatever is not ASCII;
# possessive, so that no text is slow
_SPECIAL = (
    rf"(?P<dash>\s*+[{_DASH}]++\s*+|\s++-++\s++|-{{2,}}+)"
    r"|(?P<hyphen>-[^\S\n]*+\n\s*+)"
    rf"|(?P<blank>\s[\s{_UNSEEN}]++|[^\S ])"
    rf"|(?P<unseen>\u00ad++[^\S\n]*+\n\s*+|[{_UNSEEN}]++)"
    rf"|(?P<quote>[{''.join(_QUOTES)}])"
    rf"|(?P<letter>[^{_ON_TOP}\s][{_ON_TOP}]++|{_JAMO}|[^\x00-\x7f])"
)
_MARKUP = (
    r"(?P<markup>!?\[(?=[^\[\]\n]{0,300}\]\()|\]\([^()\s]{0,500}\)|\*++|`++|</?su[bp]>"
    r"|(?<!\w)_++|_++(?!\w))"
)
_PATTERN = re.compile(_SPECIAL)
_SIGNS_OF_MARKUP = re.compile(_MARKUP)
_BARE = re.compile(f"{_MARKUP}|{_SPECIAL}")
_SIGNS = {  # where each difference can be
    Tolerance.SPACES: ("blank", "dash"),
    Tolerance.BREAKS: ("blank", "dash"),
    Tolerance.QUOTES: ("quote",),
    Tolerance.DASHES: ("dash",),
    Tolerance.HYPHENS: ("hyphen",),
    Tolerance.UNSEEN: ("unseen", "blank"),
    Tolerance.LETTERS: ("letter",),
}
_AROUND = re.compile(r"(\s*)(\S+)(\s*)")
_IS_UNSEEN = re.compile(f"[{_UNSEEN}]+")


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
            return _dash(piece, but)
        case "hyphen":
            if but is Tolerance.HYPHENS:
                return "- "
            return "" if joined else "-"
        case "blank":
            return _blank(piece, but)
        case "unseen":
            return piece if but is Tolerance.UNSEEN else ""
        case "quote":
            return piece if but is Tolerance.QUOTES else _QUOTES[piece]
        case "letter":
            return _letter(piece, but)
        case _:  # Markdown's signs
            return ""


def _dash(piece: str, but: Tolerance | None) -> str:
    """A dash and the blanks around it; a dash is a dash with or without them."""
    m = _AROUND.fullmatch(piece)
    if m is None or but not in (Tolerance.DASHES, Tolerance.SPACES, Tolerance.BREAKS):
        return "-"
    if but is Tolerance.DASHES:
        return f"{m[1] and ' '}{m[2]}{m[3] and ' '}"
    before, after = (_blank(b, but).strip(" ") and b for b in (m[1], m[3]))
    return f"{before}-{after}"


def _blank(piece: str, but: Tolerance | None) -> str:
    bare = _IS_UNSEEN.sub("", piece)
    if but is Tolerance.UNSEEN and bare != piece:
        return "".join(_IS_UNSEEN.findall(piece)) + " "
    kept = Tolerance.BREAKS if "\n" in bare else Tolerance.SPACES
    return bare if but is kept else " "


def _letter(piece: str, but: Tolerance | None) -> str:
    if but is Tolerance.LETTERS:
        small = piece.casefold()
        return small if len(small) == len(piece) else piece.lower()  # a ligature stays one
    form = piece if is_raised(piece[0]) else unicodedata.normalize("NFKC", piece)
    return form if but is Tolerance.CASE else form.casefold()


def is_raised(c: str) -> bool:
    """Whether *c* is a raised or lowered figure or letter, or a fraction: 10⁵ is not 105."""
    return unicodedata.decomposition(c).startswith(("<super>", "<sub>", "<fraction>"))


def has_markup(text: str) -> bool:
    """Whether *text* has signs of Markdown."""
    return _SIGNS_OF_MARKUP.search(text) is not None


def needed(quote: str, found: str, *, joined: bool = False) -> tuple[Tolerance, ...]:
    """The differences that must be let pass for *quote* to be *found*; *joined* as in `fold`."""
    if quote == found:
        return ()
    signs = {m.lastgroup or "" for text in (quote, found) for m in _PATTERN.finditer(text)}
    named = tuple(
        t
        for t in FOLDED
        if (t is Tolerance.CASE or not signs.isdisjoint(_SIGNS[t]))
        and fold(quote, but=t, joined=joined).text != fold(found, but=t, joined=joined).text
    )
    if named:
        return named
    return (Tolerance.BREAKS if "\n" in quote + found else Tolerance.SPACES,)  # around a hyphen
