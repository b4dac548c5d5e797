"""What stands around a map: title and authors above it, legend and sources below it."""

from __future__ import annotations

from attrs import frozen

from argmap.layout import Curve
from argmap.layout.measure import width
from argmap.layout.surround import (
    KEY_SIZE,
    KIND_SIZE,
    NOTE_SIZE,
    PAD,
    SAMPLE,
    SOURCE_SIZE,
    TITLE_SIZE,
    Surround,
)
from argmap.render.marks import badge, headed, line, number
from argmap.render.pen import Pen
from argmap.view import Mark


@frozen
class Frame:
    """Draws the lines of *surround*. *mirrored* ones begin at the right edge."""

    surround: Surround
    pen: Pen
    mirrored: bool = False

    def _text(
        self, words: str, x: float, y: float, size: float, colour: str, *, bold: bool = False
    ) -> str:
        mirrored = self.mirrored
        return self.pen.text(
            words,
            2 * PAD + self.surround.across - x if mirrored else x,
            y,
            size,
            colour,
            bold=bold,
            fit=width(words, size, bold=bold),
            anchor="end" if mirrored else "",
            mirrored=mirrored,
        )

    def _left(self, x: float, across: float) -> float:
        """The left edge of something *across* points wide that begins at *x*."""
        return 2 * PAD + self.surround.across - x - across if self.mirrored else x

    def head(self) -> list[str]:
        """The title and the authors' key."""
        pen, y = self.pen, PAD
        out: list[str] = []
        for text in self.surround.titles:
            out.append(self._text(text, PAD, y + 24, TITLE_SIZE, "ink", bold=True))
            y += 32.0
        for row in self.surround.keys:
            x = PAD
            y += 22.0
            for e in row:
                if mark := pen.key(e.key, self._left(x, 5), y - 11):
                    out.append(mark)
                out.append(self._text(e.words, x + 11, y + 1, KEY_SIZE, "grey"))
                x += e.across
        return out

    def foot(self, top: float) -> list[str]:
        """A sample of every kind of line and frame that occurs, then the notes and sources."""
        pen, y = self.pen, top
        out: list[str] = []
        if self.surround.kinds:
            out.append('<g aria-hidden="true">')
            rule = f"M{number(PAD)},{number(y)}H{number(PAD + self.surround.across)}"
            out.append(f'<path d="{rule}" fill="none" {pen.ink.stroke("hairline")}/>')
            for row in self.surround.kinds:
                x = PAD
                y += 24.0
                for e in row:
                    out.append(self._sample(e.key, self._left(x, 46), y))
                    out.append(self._text(e.words, x + SAMPLE, y + 4.5, KIND_SIZE, "grey"))
                    x += e.across
                y += 4.0
            out.append("</g>")
            y += 6.0
        for row in self.surround.notes:
            x = PAD
            y += 18.0
            for e in row:
                out.append(self._text(e.words, x, y, NOTE_SIZE, "ink"))
                x += e.across
        y += 8.0 if self.surround.notes else 0.0
        for note in self.surround.sources:
            y += 15.0
            out.append(self._text(note, PAD, y, SOURCE_SIZE, "grey"))
        return out

    def _sample(self, name: str, x: float, y: float) -> str:
        ink = self.pen.ink
        frame = f'<rect x="{number(x)}" y="{number(y - 9)}" width="44" height="18" rx="5"'
        match name:
            case "JOINT":
                return badge((x + 23, y), 11.0, Mark.SUPPORT, ink)
            case "SEE":
                grey = ink.fill_stroke("bg", "grey")
                return f'{frame} {grey} stroke-width="1.3" stroke-dasharray="2 3"/>'
            case "REPORTED":
                grey = ink.fill_stroke("bg", "grey")
                dashed = ink.theme.patterns  # an empty bar is an author's
                hollow = self.pen.edge(x + 6, y - 9, 18, "grey", dashed=dashed)
                return f'{frame} {grey} stroke-width="1.5"/>{hollow}'
            case "MORE":
                chip = f'<rect x="{number(x)}" y="{number(y - 9)}" width="44" height="18" rx="9"'
                words = self.pen.text("+n", x + 22, y + 4, 11.0, "grey", bold=True, anchor="middle")
                return f'{chip} {ink.fill_stroke("bg", "grey")} stroke-width="1.3"/>{words}'
            case "MAPPER" | "TEXT":
                dash = ' stroke-dasharray="3 2.5"' if name == "MAPPER" else ""
                grey = ink.fill_stroke("bg", "grey")
                return (
                    f'<rect x="{number(x)}" y="{number(y - 9)}" width="44" height="18" rx="9" '
                    f'{grey} stroke-width="1.3"{dash}/>'
                )
            case _:
                return self._line(Mark[name], x, y)

    def _line(self, mark: Mark, x: float, y: float) -> str:
        ink = self.pen.ink
        curve: Curve = ((x, y), (x + 15, y), (x + 30, y), (x + 46, y))
        cut, head = headed(curve, mark, ink)
        if mark in (Mark.CONTRADICT, Mark.AGREE):
            cut, second = headed(cut[::-1], mark, ink)
            return line(cut, mark, ink) + head + second
        return line(cut, mark, ink) + head + badge((x + 18, y), 8.0, mark, ink)
