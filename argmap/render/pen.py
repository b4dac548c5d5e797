"""What every part of a picture is written with: text, authors' colours, words in a frame."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import frozen

from argmap.layout.cards import BAR
from argmap.layout.measure import from_right, width
from argmap.render.hatch import PATTERNS, strokes
from argmap.render.ink import Ink
from argmap.render.marks import number
from argmap.render.theme import Theme, resolved
from argmap.view import Role, View

_KEY = 15.0  # how high the mark of an author is in a list of them


def seats(held: Mapping[str, int], room: int) -> dict[str, int]:
    """Which of *room* colours each speaker has, from 0, where *held* counts the cards of each.

    They are given in the order of the speakers. If there are too many, those who hold most get
    them, and the others none: a colour that two people share would say that they are one.
    """
    most = set(sorted(held, key=lambda key: -held[key])[:room])
    return {key: seat for seat, key in enumerate(key for key in held if key in most)}


def pen(theme: str | Theme, view: View) -> Pen:
    """A pen for *view* in *theme*: the name of one, or one from a file.

    Raises:
        UnknownName: there is no theme of that name.
    """
    first, dark = resolved(theme)
    return Pen(Ink(first, dark), seats(view.held, first.authors))


@frozen
class Pen:
    """Writes text in *ink*; *authors* are the speakers who have a colour, by key, from 0."""

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
        mirrored: bool = False,
    ) -> str:
        """A line of text. With *fit* it is made exactly that wide, whatever font is found, but for
        letters that join, which are not to be stretched.

        What is written from right to left, or partly so in a picture that is *mirrored*, is set
        apart (U+2067), so that what ends it stands at its left end in every program.
        """
        said = escape(words)
        if from_right(words, partly=mirrored):
            said, fit = f"\u2067{said}\u2069", 0.0
        weight = ' font-weight="700"' if bold else ""
        exact = f' textLength="{number(fit)}" lengthAdjust="spacingAndGlyphs"' if fit > 8 else ""
        where = f' text-anchor="{anchor}"' if anchor else ""
        return (
            f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}"{weight}{where}'
            f"{exact} {self.ink.fill(colour)}>{said}</text>"
        )

    def author(self, key: str, *, claim: bool = False) -> str:
        """The name of a speaker's colour, or that of other text if the speaker has none."""
        seat = self.authors.get(key)
        if seat is None:
            return "claim-ink" if claim else "ink"
        return f"author-{seat}-claim" if claim else f"author-{seat}"

    def border(self, role: Role) -> float:
        """How wide the border of a card is."""
        return self.ink.theme.claim_border if role is Role.CLAIM else 1.5

    def bar(
        self,
        key: str,
        x: float,
        y: float,
        height: float,
        *,
        claim: bool = False,
        reported: bool = False,
    ) -> str:
        """The colour or pattern of a speaker along the left edge of a card at (x, y).

        It is "" for a speaker who has none, and hollow where the view is *reported*, another's.
        On a main *claim* it stands within the border.
        """
        seat = self.authors.get(key)
        if seat is None:
            return ""
        inset = self.border(Role.CLAIM) / 2 if claim else 0.0
        x, y, height, wide = x + inset, y + inset, height - 2 * inset, BAR - inset
        colour, w = self.author(key, claim=claim), number(wide)
        shape = (
            f"M{number(x + wide)},{number(y)}v{number(height)}a{w},{w} 0 0 1 {number(-wide)},"
            f"{number(-wide)}v{number(2 * wide - height)}a{w},{w} 0 0 1 {w},{number(-wide)}z"
        )
        if self.ink.theme.patterns:
            end = self.edge(x + wide, y, height, colour, dashed=reported)
            return end if reported else self._patterned(seat, shape, x, y, height, wide) + end
        if reported:
            ground = "claim" if claim else "bg"
            fill = self.ink.fill_stroke(ground, colour)
            return f'<path d="{shape}" {fill} stroke-width="1.5"/>'
        return f'<path d="{shape}" {self.ink.fill(colour)}/>'

    def edge(self, x: float, y: float, height: float, colour: str, *, dashed: bool = False) -> str:
        """A line down from (x, y): what is left of a bar that is hollow."""
        dash = ' stroke-dasharray="3 2.5"' if dashed else ""
        return (
            f'<path d="M{number(x)},{number(y)}v{number(height)}" fill="none" '
            f'{self.ink.stroke(colour)} stroke-width="1.5"{dash}/>'
        )

    def key(self, key: str, x: float, y: float) -> str:
        """The colour or pattern of a speaker, before the name in a list: a box at (x, y), no wider
        than 7 points and 15 high. It is "" for a speaker who has none.
        """
        seat = self.authors.get(key)
        if seat is None:
            return ""
        box = f'<rect x="{number(x)}" y="{number(y)}" height="{number(_KEY)}"'
        if not self.ink.theme.patterns:
            return f'{box} width="5" rx="2" {self.ink.fill(self.author(key))}/>'
        frame = f'{box} width="7" {self.ink.fill_stroke("bg", "ink")} stroke-width="1"/>'
        whole = f"M{number(x)},{number(y)}h7v{number(_KEY)}h-7z"
        return frame + self._patterned(seat, whole, x, y, _KEY, 7.0, rounded=False)

    def _patterned(
        self,
        seat: int,
        shape: str,
        x: float,
        y: float,
        height: float,
        wide: float,
        *,
        rounded: bool = True,
    ) -> str:
        """The pattern of the author at *seat*, in a *shape* whose upper left corner is (x, y)."""
        pattern, ink = PATTERNS[seat % len(PATTERNS)], self.ink
        if pattern == "solid":
            return f'<path d="{shape}" {ink.fill("author-0")}/>'
        lines = strokes(pattern, round(wide, 2), round(height, 1), wide if rounded else 0.0)
        if not lines:
            return ""
        ends = ' stroke-linecap="round"' if pattern == "dotted" else ""
        thick = "2.2" if pattern == "dotted" else "1.1"
        return (
            f'<path transform="translate({number(x)},{number(y)})" d="{lines}" fill="none" '
            f'{ink.stroke("author-0")} stroke-width="{thick}"{ends}/>'
        )

    @staticmethod
    def pill_width(word: str) -> float:
        """How wide the frame is that `pill` draws around *word*."""
        return width(word, 12.0, bold=True) + 18.0

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
