"""Where one sentence ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

_QUOTED = re.compile(
    r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»|»[^«»]*«|„[^„“”]*[“”]|‘[^‘’]*(?:’\w[^‘’]*)*’|「[^「」]*」"
    r"|\([^()]*\)|\[[^\[\]]*\]"
)
_TOKEN = re.compile(r"\S+")
_CLOSING = "\"'”’»)]}*_“«"
_OPENING = "\"'“„«‘([{¿¡*_»–—-"
_ENDS = ".!?؟።।۔"
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_WIDE = re.compile("[。！？｡][」』”’）)。！？｡…]*+(?=\\s*+\\S)")
_LEFT = "。！？｡」』”’）)… \n\t\r"


def second(
    text: str,
    abbreviations: AbstractSet[str] = frozenset(),
    numbered: AbstractSet[str] = frozenset(),
    *,
    ordinals: bool = False,
) -> int | None:
    """Where the second sentence of *text* begins; None if there is only one.

    What is quoted or stands in brackets is not looked into. A point after an abbreviation, an
    initial or three points end no sentence, nor does a question of which the sentence goes on.

    >>> second("Phones distract. Lessons suffer."), second("It costs 3.5 %, as e.g. in the U.S.")
    (17, None)
    """
    masked = _QUOTED.sub(_mask, text)
    wide = _WIDE.search(masked.rstrip(_LEFT))
    before = ""
    for number, m in enumerate(_TOKEN.finditer(masked)):
        if wide and wide.end() <= m.start():
            break
        if before and _ends(before, m[0], number == 1, abbreviations, numbered, ordinals):
            return m.start()
        before = m[0]
    return wide.end() if wide else None


def _mask(m: re.Match[str]) -> str:
    """A quotation without its words, but with the mark that its last sentence ends with."""
    inner = m[0][1:-1]
    end = inner[-1:] if inner[-1:] in ("!", "?", ".", "") else "x"
    return m[0][0] + "x" * (len(inner) - 1) + end + m[0][-1]


def _ends(
    word: str,
    following: str,
    first: bool,
    abbreviations: AbstractSet[str],
    numbered: AbstractSet[str],
    ordinals: bool,
) -> bool:
    """Whether a sentence ends with *word*, given what follows."""
    word = word.rstrip(_CLOSING)
    if not word or word[-1] not in _ENDS:
        return False
    begins = following.lstrip(_OPENING)[:1]
    if not (begins.isdigit() or (begins.isalpha() and not begins.islower())):
        return False
    if word[-1] != ".":
        return True
    core = word[:-1].lstrip(_OPENING)
    if core.endswith((".", "…")):
        return False
    if core.isdigit():
        return not first and not (ordinals and len(core) < 3)
    plain = core.lower()
    if begins.isdigit() and (plain in numbered or len(core) < 4):
        return False
    return not (len(core) < 2 or plain in abbreviations or _DOTTED.fullmatch(core))
