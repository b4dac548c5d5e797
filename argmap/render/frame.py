"""What stands around a map: title and authors above it, legend and sources below it."""

from __future__ import annotations

from collections.abc import Callable

from attrs import define, field

from argmap.layout import Curve
from argmap.layout.cards import TITLE_SIZE
from argmap.layout.measure import width, wrap
from argmap.render.marks import badge, headed, line, number
from argmap.render.pen import Pen
from argmap.render.sources import reference
from argmap.view import Inference, Mark, Question, View

PAD = 28.0
_KEY, _NOTE = 13.5, 12.5
_SAMPLE = 54.0


@define
class Frame:
    """Title and authors above the map; legend and sources below it."""

    view: View
    pen: Pen
    across: float
    _titles: tuple[str, ...] = field(init=False)
    _keys: list[list[tuple[str, str]]] = field(init=False)
    _entries: list[list[tuple[str, str]]] = field(init=False)
    _sources: list[str] = field(init=False)
    _notes: list[list[tuple[str, str]]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        view = self.view
        room = self.across
        self._titles = wrap(view.title, TITLE_SIZE, room, bold=True) if view.title else ()
        names = [
            (s.key if n == 0 else "", line)
            for s in view.speakers
            for n, line in enumerate(
                wrap(s.full + (f", {s.role}" if s.role else ""), _KEY, room - 11)
            )
        ]
        self._keys = _rows(names, room, lambda n: 11 + width(n[1], _KEY) + 24)
        self._entries = _rows(self._kinds(), room, lambda e: _SAMPLE + width(e[1], 13) + 26)
        asked = [_asked(q, view) for q in view.questions]
        why = [note for i in view.inferences if (note := _because(i, view))]
        self._notes = [*_lines(asked, room), *_lines(why, room)]
        self._sources = [
            text for s in view.sources for text in wrap(reference(s), 11.0, room) if reference(s)
        ]

    def _kinds(self) -> list[tuple[str, str]]:
        """What the legend explains: only what occurs."""
        view = self.view
        marks = {i.mark for i in view.inferences}
        entries = [(m.name, m.value) for m in Mark if m in marks]
        if any(len(i.tails) > 1 for i in view.inferences):
            entries.append(("JOINT", "work together"))
        if any(c.sees for c in view.cards):
            entries.append(("SEE", "in full elsewhere"))
        if any(c.speaker and c.manner.startswith("as reported") for c in view.cards):
            entries.append(("REPORTED", "reported, not held"))
        links = [i.link for i in view.inferences if i.link and i.link.sense]
        if any(not link.inferred for link in links):
            entries.append(("TEXT", "the text’s own contrast"))
        if any(link.inferred for link in links):
            entries.append(("MAPPER", "the mapper’s reading"))
        return entries

    @property
    def head_height(self) -> float:
        """From the top margin to the map."""
        titles, keys = len(self._titles), len(self._keys)
        return titles * 32.0 + keys * 22.0 + (22.0 if titles or keys else 0.0)

    @property
    def foot_height(self) -> float:
        """From the map to the bottom margin."""
        rows, notes = len(self._entries), len(self._sources)
        said = len(self._notes) * 18.0 + 8.0 if self._notes else 0.0
        return said + (rows * 28.0 + 6.0 if rows else 0.0) + (notes * 15.0 + 4.0 if notes else 0.0)

    def head(self) -> list[str]:
        """The title and the authors' key."""
        pen, y = self.pen, PAD
        out: list[str] = []
        for text in self._titles:
            fit = width(text, TITLE_SIZE, bold=True)
            out.append(pen.text(text, PAD, y + 24, TITLE_SIZE, "ink", bold=True, fit=fit))
            y += 32.0
        for row in self._keys:
            x = PAD
            y += 22.0
            for key, name in row:
                if mark := pen.key(key, x, y - 11):
                    out.append(mark)
                w = width(name, _KEY)
                out.append(pen.text(name, x + 11, y + 1, _KEY, "grey", fit=w))
                x += 11 + w + 24
        return out

    def foot(self, top: float) -> list[str]:
        """A sample of every kind of line and frame that occurs, then the sources."""
        pen, y = self.pen, top
        out: list[str] = []
        if self._entries:
            out.append('<g aria-hidden="true">')
            rule = f"M{number(PAD)},{number(y)}H{number(PAD + self.across)}"
            out.append(f'<path d="{rule}" fill="none" {pen.ink.stroke("hairline")}/>')
            for row in self._entries:
                x = PAD
                y += 24.0
                for name, word in row:
                    out.append(self._sample(name, x, y))
                    fit = width(word, 13.0)
                    out.append(pen.text(word, x + _SAMPLE, y + 4.5, 13.0, "grey", fit=fit))
                    x += _SAMPLE + fit + 26
                y += 4.0
            out.append("</g>")
            y += 6.0
        for notes in self._notes:
            x = PAD
            y += 18.0
            for _, said in notes:
                fit = width(said, _NOTE)
                out.append(pen.text(said, x, y, _NOTE, "ink", fit=fit))
                x += fit + 32
        y += 8.0 if self._notes else 0.0
        for note in self._sources:
            y += 15.0
            out.append(pen.text(note, PAD, y, 11.0, "grey", fit=width(note, 11.0)))
        return out

    def _sample(self, name: str, x: float, y: float) -> str:
        ink = self.pen.ink
        frame = f'<rect x="{number(x)}" y="{number(y - 9)}" width="44" height="18" rx="5"'
        match name:
            case "JOINT":
                return badge((x + 32, y), 11.0, Mark.SUPPORT, ink)
            case "SEE":
                grey = ink.fill_stroke("bg", "grey")
                return f'{frame} {grey} stroke-width="1.3" stroke-dasharray="2 3"/>'
            case "REPORTED":
                grey = ink.fill_stroke("bg", "grey")
                dashed = ink.theme.patterns  # an empty bar is an author's
                hollow = self.pen.edge(x + 6, y - 9, 18, "grey", dashed=dashed)
                return f'{frame} {grey} stroke-width="1.5"/>{hollow}'
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


def _asked(q: Question, view: View) -> str:
    """An issue, and the numbers of the cards that bear on it."""
    return f"{q.text}  {' · '.join(view.by_id[c].number for c in q.cards)}"


def _because(i: Inference, view: View) -> str:
    """What a link between speakers is, and why: ``3 and 1, past each other: …``."""
    if i.link is None or not (i.bears and i.link.because):
        return ""
    tail, head = view.by_id[i.tails[0]].number, view.by_id[view.head_card(i)].number
    return f"{tail} and {head}, {i.bears}: {i.link.because}"


def _lines(texts: list[str], room: float) -> list[list[tuple[str, str]]]:
    """*texts* in rows; what is wider than a row is wrapped."""
    pieces = [("", line) for text in texts for line in wrap(text, _NOTE, room)]
    return _rows(pieces, room, lambda n: width(n[1], _NOTE) + 32)


def _rows(
    entries: list[tuple[str, str]], room: float, size: Callable[[tuple[str, str]], float]
) -> list[list[tuple[str, str]]]:
    """*entries* in rows no wider than *room*."""
    rows: list[list[tuple[str, str]]] = []
    used = 0.0
    for e in entries:
        w = size(e)
        if not rows or used + w > room:
            rows.append([])
            used = 0.0
        rows[-1].append(e)
        used += w
    return rows
