"""What stands around a map, in lines: title and authors above it, legend and sources below it."""

from __future__ import annotations

from collections.abc import Callable

from attrs import field, frozen

from argmap.layout.measure import width, wrap
from argmap.model.reference import reference
from argmap.view import Inference, Mark, Question, View

PAD = 28.0
TITLE_SIZE, KEY_SIZE, NOTE_SIZE, KIND_SIZE, SOURCE_SIZE = 27.0, 13.5, 12.5, 13.0, 11.0
SAMPLE = 54.0  # how wide the sample of a line is in the legend, with the space after it
LEAST = 420.0  # so that a title and a legend have room over a small map
_LEGEND = 26.0  # between the map and the legend


@frozen
class Entry:
    """A piece of a row: what it belongs to, what it says, and how wide it is with what it shows
    beside it and the space after it.
    """

    key: str
    words: str
    across: float


@frozen
class Surround:
    """The lines above and below a map that is *across* points wide."""

    view: View
    across: float
    titles: tuple[str, ...] = field(init=False)
    keys: list[list[Entry]] = field(init=False)
    kinds: list[list[Entry]] = field(init=False)
    notes: list[list[Entry]] = field(init=False)
    sources: list[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        view, room = self.view, self.across
        titles = wrap(view.title, TITLE_SIZE, room, bold=True) if view.title else ()
        names = [
            Entry(s.key if n == 0 else "", line, 11 + width(line, KEY_SIZE) + 24)
            for s in view.speakers
            for n, line in enumerate(
                wrap(s.full + (f", {s.role}" if s.role else ""), KEY_SIZE, room - 11)
            )
        ]
        if view.partial:
            names += [
                _said(w, KEY_SIZE) for w in wrap(f"Part of the map: {view.partial}", KEY_SIZE, room)
            ]
        shown = [
            Entry(name, word, SAMPLE + width(word, KIND_SIZE) + 26) for name, word in _kinds(view)
        ]
        asked = [_asked(q, view) for q in view.questions]
        why = [note for i in view.inferences if (note := _because(i, view))]
        sources = [
            text
            for s in view.sources
            for text in wrap(reference(s), SOURCE_SIZE, room)
            if reference(s)
        ]
        for name, value in (
            ("titles", titles),
            ("keys", _rows(names, room)),
            ("kinds", _rows(shown, room)),
            ("notes", [*_lines(asked, room), *_lines(why, room)]),
            ("sources", sources),
        ):
            object.__setattr__(self, name, value)

    @property
    def head_height(self) -> float:
        """From the top margin to the map."""
        return _head(len(self.titles), len(self.keys))

    @property
    def foot_height(self) -> float:
        """From the map to the bottom margin."""
        kinds, notes, sources = len(self.kinds), len(self.notes), len(self.sources)
        return _foot(kinds, notes, sources, bool(self.view.cards))

    @property
    def legend_gap(self) -> float:
        """From the map to the line above the legend."""
        return _LEGEND if self.view.cards else 0.0

    def size(self, height: float) -> tuple[float, float]:
        """How large the whole picture is, if the map is *height* points high."""
        return self.across + 2 * PAD, height + self.head_height + self.foot_height + 2 * PAD


def _kinds(view: View) -> list[tuple[str, str]]:
    """What the legend explains: only what occurs."""
    marks = {i.mark for i in view.inferences}
    entries = [(m.name, m.value) for m in Mark if m in marks]
    if any(len(i.tails) > 1 for i in view.inferences):
        entries.append(("JOINT", "work together"))
    if any(c.sees for c in view.cards):
        entries.append(("SEE", "in full elsewhere"))
    if any(c.speaker and c.manner.startswith("as reported") for c in view.cards):
        entries.append(("REPORTED", "reported, not held"))
    if any(c.hidden for c in view.cards):
        entries.append(("MORE", "more that is not shown"))
    links = [i.link for i in view.inferences if i.link and i.link.sense]
    if any(not link.inferred for link in links):
        entries.append(("TEXT", "the text’s own contrast"))
    if any(link.inferred for link in links):
        entries.append(("MAPPER", "the mapper’s reading"))
    return entries


def _asked(q: Question, view: View) -> str:
    """An issue, and the numbers of the cards that bear on it."""
    return f"{q.text}  {' · '.join(view.by_id[c].number for c in q.cards)}"


def _because(i: Inference, view: View) -> str:
    """What a link between speakers is, and why: ``3 and 1, past each other: …``."""
    if i.link is None or not (i.bears and i.link.because):
        return ""
    tail, head = view.by_id[i.tails[0]].number, view.by_id[view.head_card(i)].number
    return f"{tail} and {head}, {i.bears}: {i.link.because}"


def _said(words: str, size: float) -> Entry:
    return Entry("", words, width(words, size) + 32)


def _lines(texts: list[str], room: float) -> list[list[Entry]]:
    """*texts* in rows; what is wider than a row is wrapped."""
    return _rows([_said(line, NOTE_SIZE) for t in texts for line in wrap(t, NOTE_SIZE, room)], room)


def _rows(entries: list[Entry], room: float) -> list[list[Entry]]:
    """*entries* in rows no wider than *room*."""
    rows: list[list[Entry]] = []
    used = 0.0
    for e in entries:
        if not rows or used + e.across > room:
            rows.append([])
            used = 0.0
        rows[-1].append(e)
        used += e.across
    return rows


def height_around(view: View) -> Callable[[float], float]:
    """About how high what stands around *view* is, of how wide the map is: what is wider than a
    row counts as so many, without looking where its words break.
    """
    one = Surround(view, 1e9)
    title = width(view.title, TITLE_SIZE, bold=True)
    rows = [[e.across for row in part for e in row] for part in (one.keys, one.kinds, one.notes)]
    sources = [width(words, SOURCE_SIZE) for words in one.sources]

    def count(sizes: list[float], room: float) -> int:
        rows, used = 0, room
        for size in sizes:
            used += size
            if used > room:
                rows += 1 + int(size / room)
                used = size
        return rows

    def height(across: float) -> float:
        keys, kinds, notes = (count(sizes, max(across, LEAST)) for sizes in rows)
        titles = 1 + int(title / max(across, LEAST)) if title else 0
        lines = sum(1 + int(w / max(across, LEAST)) for w in sources)
        return _head(titles, keys) + _foot(kinds, notes, lines, bool(view.cards)) + 2 * PAD

    return height


def _head(titles: int, keys: int) -> float:
    return titles * 32.0 + keys * 22.0 + (22.0 if titles or keys else 0.0)


def _foot(kinds: int, notes: int, sources: int, cards: bool) -> float:
    gap = _LEGEND if cards else 0.0
    said = notes * 18.0 + 8.0 if notes else 0.0
    return gap + said + (kinds * 28.0 + 6.0 if kinds else 0.0) + (sources and sources * 15.0 + 4.0)
