"""What every part of a picture is written with: text, authors' colours, words in a frame."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import frozen

from argmap.layout.measure import width
from argmap.render.ink import Ink
from argmap.render.marks import number
from argmap.render.theme import AUTHORS


@frozen
class Pen:
    """Writes text in *ink*; *authors* are the speakers by key, numbered from 0."""

    ink: Ink
    authors: Mapping[str, int]

    def text(
        self,
        words: str,
        x: float,
        y: float,
        size: float,
        colour: str,
        *,
        bold: bool = False,
        fit: float = 0.0,
        anchor: str = "",
    ) -> str:
        """A line of text. With *fit* it is made exactly that wide, whatever font is found."""
        weight = ' font-weight="700"' if bold else ""
        exact = f' textLength="{number(fit)}" lengthAdjust="spacingAndGlyphs"' if fit > 8 else ""
        where = f' text-anchor="{anchor}"' if anchor else ""
        return (
            f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}"{weight}{where}'
            f"{exact} {self.ink.fill(colour)}>{escape(words)}</text>"
        )

    def author(self, key: str, *, claim: bool = False) -> str:
        """The name of a speaker's colour; grey for the seventh and later ones."""
        i = self.authors.get(key, AUTHORS)
        if i >= AUTHORS or len(self.authors) > AUTHORS:
            return "claim-grey" if claim else "grey"
        return f"author-{i}-claim" if claim else f"author-{i}"

    def pill(self, at: tuple[float, float], word: str, colour: str, *, solid: bool) -> str:
        """*word* in a frame around *at*; a dashed one says that it is the mapper's."""
        x, y = at
        w = width(word, 12.0, bold=True)
        dash = "" if solid else ' stroke-dasharray="3 2.5"'
        box = (
            f'<rect x="{number(x - w / 2 - 9)}" y="{number(y - 11)}" width="{number(w + 18)}" '
            f'height="22" rx="11" {self.ink.fill_stroke("bg", colour)} stroke-width="1.6"{dash}/>'
        )
        return box + self.text(word, x, y + 4.2, 12.0, colour, bold=True, anchor="middle")


_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)


def clean(text: str) -> str:
    """*text* without what XML forbids, and without characters that turn the order of others."""
    return _UNWANTED.sub("\ufffd", text)


def escape(text: str) -> str:
    """*text* for the inside of an element or of an attribute in double quotes."""
    text = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")
