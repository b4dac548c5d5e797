"""The cards of a picture of two speakers: what stands on each, and how high it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from attrs import field, frozen

from argmap.layout.cards import BOTTOM, LEFT, RIGHT, TOP
from argmap.layout.measure import wrap
from argmap.render.compare_words import SIGNS, meant_of, place_of, toward
from argmap.sides import Line
from argmap.sides.comparison import Said

WIDE = 344.0
BODY, MAIN, SMALL = 14.0, 15.5, 12.0
_SHOWN = 8  # words of a claim that stands in full elsewhere


@frozen
class Words:
    """A line of text, from (x, y) of the upper left corner of its card, in a *colour* by name."""

    text: str
    x: float
    y: float
    size: float
    colour: str
    bold: bool = False


@frozen
class Card:
    """A card of *line*, which is its first where it has several. *label* says it in words."""

    look: str  # claim, plain or see
    line: Line
    label: str
    words: tuple[Words, ...]
    height: float
    numbers: tuple[str, ...] = field(default=())

    @property
    def is_reported(self) -> bool:
        return not self.line.is_own


@frozen
class Hand:
    """Writes cards. *works* are those that all of a speaker is in, which need not be named."""

    works: Mapping[str, str]

    def card(self, said: Said, *, main: bool = False, part: str = "") -> Card:
        """*said* on a card of its own; a *main* one is dark."""
        if not said.full:
            return self._reference(said, part)
        return self.of(said.line, main=main, part=part, below=said.below)

    def of(
        self,
        line: Line,
        *,
        main: bool = False,
        part: str = "",
        below: Sequence[Said] = (),
        wide: float = WIDE,
    ) -> Card:
        """*line* in full, and what is *below* it in small letters."""
        ink, grey = ("claim-ink", "claim-grey") if main else ("ink", "grey")
        page = _Page(wide - LEFT - RIGHT)
        head = [line.number, meant_of(line), place_of(line, self.works), part and f"({part})"]
        page.add("  ".join(h for h in head if h), 11.5, grey)
        size = MAIN if main else BODY
        page.add(line.text, size, ink, bold=main)
        if line.unstated:
            page.add("(unstated)", 11.0, grey)
        self._add_below(page, below, ink)
        look = "claim" if main else "plain"
        numbers = (line.number, *(b.line.number for b in below))
        return Card(look, line, _label(line, below), tuple(page.words), page.height, numbers)

    def listed(self, said: Sequence[Said]) -> Iterator[Card]:
        """*said*, with one card for all that bears on the same claim."""
        for (mark, on), group in groupby(said, key=lambda s: (s.mark, s.on)):
            several = list(group)
            if len(several) == 1 or mark is None or not all(s.full for s in several):
                part = f"{toward(mark)} {on}" if mark else ""
                yield from (self.card(s, part=part) for s in several)
                continue
            page = _Page(WIDE - LEFT - RIGHT)
            page.add(f"{toward(mark)} {on}", 11.5, "grey")
            for s in several:
                page.add(self._whole(s.line), SMALL, "ink")
                self._add_below(page, s.below, "ink")
            lines = [line for s in several for line in (s.line, *(b.line for b in s.below))]
            label = " ".join(_label(line) for line in lines)
            numbers = tuple(line.number for line in lines)
            words = tuple(page.words)
            yield Card("plain", several[0].line, label, words, page.height, numbers)

    def _reference(self, said: Said, part: str) -> Card:
        page = _Page(WIDE - LEFT - RIGHT)
        page.add(
            "  ".join(w for w in (f"see {said.line.number}", part and f"({part})") if w),
            SMALL,
            "grey",
        )
        first = said.line.text.split()
        if len(first) > _SHOWN:
            page.add(" ".join(first[:_SHOWN]) + " …", SMALL, "grey")
        self._add_below(page, said.below, "ink")
        numbers = tuple(b.line.number for b in said.below)
        label = f"See {said.line.number}"
        for b in said.below:
            label += f". {_label(b.line)}"
        return Card("see", said.line, label, tuple(page.words), page.height, numbers)

    def _add_below(self, page: _Page, below: Sequence[Said], ink: str) -> None:
        for b in below:
            sign = SIGNS.get(b.mark, "") if b.mark else ""
            page.add(f"{sign} {self._whole(b.line)}", SMALL, ink, indent=12.0)

    def _whole(self, line: Line) -> str:
        unstated = "(unstated)" if line.unstated else ""
        parts = (line.number, line.text, unstated, meant_of(line), place_of(line, self.works))
        return " ".join(p for p in parts if p)


class _Page:
    """A card that is being written, from top to bottom, *room* points wide."""

    def __init__(self, room: float) -> None:
        self.room = room
        self.words: list[Words] = []
        self._y = TOP - 2.0

    def add(
        self, text: str, size: float, colour: str, *, bold: bool = False, indent: float = 0.0
    ) -> None:
        """Add *text* below what is there."""
        leading = size * 1.3
        self._y += 4.0 if self.words else 0.0
        for line in wrap(text, size, self.room - indent, bold=bold):
            self._y += leading
            self.words.append(
                Words(line, LEFT + indent, round(self._y - size * 0.3, 1), size, colour, bold)
            )

    @property
    def height(self) -> float:
        return round(self._y + BOTTOM + 2.0, 1)


def _label(line: Line, below: Sequence[Said] = ()) -> str:
    """Who claims what, in words."""
    said = (
        f"{line.number} {line.credit}: {line.text}" if line.credit else f"{line.number} {line.text}"
    )
    return " ".join([said, *(_label(b.line) for b in below)])
