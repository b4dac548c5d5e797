"""Two speakers as a picture: a column of cards for each, and what joins them between."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from attrs import define, field

from argmap.layout import Curve, Point
from argmap.layout.measure import width, wrap
from argmap.layout.surround import PAD, Surround
from argmap.model import ClaimRef, Link, Speaker
from argmap.model.reference import reference
from argmap.render.compare import joined
from argmap.render.compare_cards import WIDE, Card, Hand
from argmap.render.compare_plan import GUTTER, INNER, MIDDLE, RIGHT, Placed, across, stacked, way
from argmap.render.compare_words import (
    only_reported,
    part_of,
    reason_of,
    sense_word,
    sentence_of,
    whose_link,
    works_of,
)
from argmap.render.frame import Frame
from argmap.render.ink import Ink
from argmap.render.marks import BADGE, along, badge, headed, line, number
from argmap.render.pen import Pen, escape
from argmap.render.theme import FONT, Theme, of_mark, resolved
from argmap.sides import Tie
from argmap.sides.comparison import Asked, Comparison, Entry, Sides
from argmap.view import Card as Seen
from argmap.view import Inference, Mark, Role, View

_ROW, _BAND, _NOTE = 18.0, 28.0, 11.5
_ACROSS = 2 * WIDE + GUTTER
_Row: TypeAlias = Callable[[], None]


def draw(comparison: Comparison, theme: str | Theme = "auto") -> str:
    """*comparison* as one SVG document in *theme*. The same comparison gives the same bytes.

    Raises:
        UnknownName: there is no theme of that name.
    """
    first, dark = resolved(theme)
    pen = Pen(Ink(first, dark), _seats(comparison))
    return _Painter(comparison, pen, Hand(works_of(comparison))).paint()


def _seats(c: Comparison) -> dict[str, int]:
    """Who has which colour: the first whose own the debate begins with, wherever they stand."""
    first: dict[str, tuple[int, ...]] = {}
    for s in c.said:
        number = s.line.number.split(".")
        if all(map(str.isdecimal, number)):  # what is very deep has another number
            at = tuple(map(int, number))
            first[s.line.speaker] = min(at, first.get(s.line.speaker, at))
    keys = sorted((c.left.key, c.right.key))
    keys.sort(key=lambda key: first.get(key, (sys.maxsize,)))
    return {key: seat for seat, key in enumerate(keys)}


@define
class _Painter:
    comparison: Comparison
    pen: Pen
    hand: Hand
    out: list[str] = field(factory=list)
    _y: float = 0.0
    _ids: dict[str, int] = field(factory=dict)

    # --- the whole

    def paint(self) -> str:
        c, ink = self.comparison, self.pen.ink
        surround = Surround(_legend(c), _ACROSS)
        frame = Frame(surround, self.pen)
        self.out += frame.head()
        self._y = PAD + surround.head_height
        self._heads()
        for title, rows in self._sections():
            self._band(title)
            for row in rows:
                row()
        if c.unanswered:
            self._note(self.comparison.rule)
        if known := [note for s in c.sources if (note := reference(s))]:
            self._note("Sources: " + "; ".join(known))
        self.out += frame.foot(self._y + surround.legend_gap)
        _, high = surround.size(0.0)
        h = number(high - surround.head_height + self._y - PAD)
        w = number(_ACROSS + 2 * PAD)
        title = c.title or "Two speakers"
        names = f"{c.left.full} and {c.right.full}"
        links = len(list(joined(c)))
        what = f"{names} side by side: {links} link{'' if links == 1 else 's'} between them."
        begin = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" '
            f'height="{h}" style="max-width:100%;height:auto" role="graphics-document" '
            f'aria-labelledby="am-title am-desc" font-family="{FONT}">'
            f'<title id="am-title">{escape(title)}</title><desc id="am-desc">{escape(what)}</desc>'
            f'{ink.style()}<rect width="100%" height="100%" {ink.fill("bg")}/>'
        )
        return "\n".join([begin, *self.out, "</svg>"]) + "\n"

    def _sections(self) -> Iterator[tuple[str, list[_Row]]]:
        c = self.comparison
        if c.thesis:
            yield "What each concludes", [lambda: self._columns(c.thesis, main=True)]
        partings = [
            row
            for p in c.agreed_fact_opposite_verdict
            for row in (self._row_of(p.agreed), self._row_of(p.verdicts, verdicts=True))
        ]
        for title, rows in (
            ("Common ground", list(map(self._row_of, c.common_ground))),
            ("The same fact, opposite verdicts", partings),
            ("Clashes", list(map(self._row_of, c.clashes))),
            ("Tensions", list(map(self._row_of, c.tensions))),
            (
                "Qualifications: the claim is granted, not all that is made of it",
                list(map(self._row_of, c.qualifications)),
            ),
            ("Past each other", list(map(self._row_of, c.past_each_other))),
            (
                "Agrees with what the other only reports",
                list(map(self._row_of, c.agreements_with_a_report)),
            ),
            ("Left unanswered by the other", [self._asked_row(a, True) for a in c.unanswered]),
            ("Only one speaks", [self._asked_row(a, False) for a in c.only_one_speaks]),
        ):
            if rows:
                yield title, rows
        if c.context:
            yield "Only reported, or joined to nothing", [lambda: self._columns(c.context)]

    def _heads(self) -> None:
        """Who stands in which column."""
        lowest = self._y
        for s, x in ((self.comparison.left, PAD), (self.comparison.right, RIGHT)):
            y = self._y
            self.out.append(self.pen.key(s.key, x, y + 1))
            for n, words in enumerate(wrap(_name(s), 16.0, WIDE - 14, bold=True)):
                y += 14.0 if not n else 20.0
                self.out.append(
                    self._text(words, x + 12, y, 16.0, self.pen.author(s.key), bold=True)
                )
            work = self.hand.works.get(s.key)
            said = "; ".join(p for p in (s.role, f"places are in {work}" if work else "") if p)
            for words in wrap(said, 12.0, WIDE - 14) if said else ():
                y += 16.0
                self.out.append(self._text(words, x + 12, y, 12.0, "grey"))
            lowest = max(lowest, y)
        self._y = lowest + 16.0

    def _band(self, title: str) -> None:
        ink = self.pen.ink
        lines = wrap(title.upper(), 12.0, _ACROSS - 24, bold=True)
        high = _BAND + 16.0 * (len(lines) - 1)
        self.out.append(
            f'<rect x="{number(PAD)}" y="{number(self._y)}" width="{number(_ACROSS)}" '
            f'height="{number(high)}" rx="8" {ink.fill_stroke("group", "group-line")}/>'
        )
        for n, words in enumerate(lines):
            self.out.append(
                self._text(words, PAD + 12, self._y + 18.5 + 16.0 * n, 12.0, "grey", bold=True)
            )
        self._y += high + _ROW - 4.0

    def _note(self, said: str) -> None:
        for words in wrap(said, _NOTE, _ACROSS):
            self._y += 15.0
            self.out.append(self._text(words, PAD, self._y, _NOTE, "grey"))

    def _text(
        self,
        words: str,
        x: float,
        y: float,
        size: float,
        colour: str,
        *,
        bold: bool = False,
        anchor: str = "",
    ) -> str:
        fit = width(words, size, bold=bold)
        return self.pen.text(words, x, y, size, colour, bold=bold, fit=fit, anchor=anchor)

    # --- rows without a link

    def _columns(self, sides: Sides, *, main: bool = False) -> None:
        """*sides* in their columns."""
        if main:
            columns = [
                [self.hand.card(s, main=True) for s in said] for said in (sides.left, sides.right)
            ]
        else:
            columns = [list(self.hand.listed(said)) for said in (sides.left, sides.right)]
        ends = [self._stack(cards, x) for cards, x in zip(columns, (PAD, RIGHT), strict=True)]
        self._y = max(ends) + _ROW

    def _asked_row(self, asked: Asked, waits: bool) -> _Row:
        """A question and what is said on it; if that *waits*, whose answer is missing."""
        c = self.comparison
        missing = [
            silent.key
            for said, silent in ((asked.sides.left, c.right), (asked.sides.right, c.left))
            if said and waits
        ]
        missing.sort(key=lambda key: self.pen.authors.get(key, 0))

        def row() -> None:
            end = self._between(asked.question, self._y + 4.0, size=12.5, colour="ink")
            for key in missing:
                end = self._between(f"unanswered by {key}", end + 2.0)
            self._columns(asked.sides)
            self._y = max(self._y, end + _ROW)

        return row

    def _stack(self, cards: Sequence[Card], x: float) -> float:
        """Draw *cards* one below the other from *x*; where they end."""
        placed = stacked(cards, x, self._y)
        for p in placed:
            self._card(p)
        return placed[-1].bottom if placed else self._y

    def _between(
        self, words: str, y: float, *, size: float = _NOTE, colour: str = "grey", bold: bool = False
    ) -> float:
        """Write *words* in the middle below *y*; where they end."""
        for part in wrap(words, size, INNER, bold=bold) if words else ():
            y += size * 1.3
            self.out.append(self._text(part, MIDDLE, y, size, colour, bold=bold, anchor="middle"))
        return y

    # --- rows with a link

    def _row_of(self, e: Entry, *, verdicts: bool = False) -> _Row:
        return lambda: self._entry(e, verdicts=verdicts)

    def _entry(self, e: Entry, *, verdicts: bool) -> None:
        top = self._y
        struck = {s.number for s in e.tie.struck} if e.tie else set()
        sides = []
        for said, x in ((e.left, PAD), (e.right, RIGHT)):
            cards = [self.hand.card(s, part=part_of(s, e)) for s in said]
            sides.append(stacked(cards, x, top, [s.line.number in struck for s in said]))
        at = top + 20.0  # where even the lowest card can be met
        word = sense_word(e.sense)
        word = f"verdicts: {word}" if verdicts else word
        end = self._words(e, at)
        over = self._over(e, end)
        end = over.bottom if over else end
        if e.tie:
            self._link(e.tie, sides, at)
        elif over:
            for side, said in zip(sides, (e.left, e.right), strict=True):
                for placed, s in zip(side, said, strict=True):
                    self._line(s.mark or Mark.SUPPORT, way(placed, over, over.middle), "")
        for placed in (p for side in sides for p in side):
            self._card(placed)
        self._pill(e, word, at)
        self._y = max([end, *(p.bottom for side in sides for p in side)]) + _ROW

    def _pill_words(self, e: Entry, word: str) -> str:
        return f"{word} · {e.about.value}" if e.about else word

    def _pill(self, e: Entry, word: str, at: float) -> None:
        colour = of_mark(e.tie.mark) if e.tie else "grey"
        words = self._pill_words(e, word)
        self.out.append(self.pen.pill((MIDDLE, at), words, colour, solid=not e.inferred))

    def _words(self, e: Entry, at: float) -> float:
        """The reason under what a link is, and on whose word it is; where they end."""
        y = self._between(reason_of(e), at + 14.0)
        y = self._between(whose_link(e), y + (2.0 if e.because else 0.0))
        for other in e.others:
            y = self._between(f"with {other.number} {other.credit}: {other.text}", y + 2.0)
        if reported := only_reported(e):
            y = self._between(reported, y + 2.0, colour="ink", bold=True)
        for doubt in e.doubts:
            y = self._between(doubt, y + 2.0, colour="ink", bold=True)
        return y

    def _over(self, e: Entry, y: float) -> Placed | None:
        """The claim of neither that *e* is over, between the columns."""
        if e.over is None:
            return None
        wide = INNER
        placed = Placed(self.hand.of(e.over, wide=wide), MIDDLE - wide / 2, y + 12.0)
        self._card(placed, wide)
        return placed

    def _link(self, tie: Tie, sides: Sequence[Sequence[Placed]], at: float) -> None:
        """The line from what bears on the other to what it bears on, past the words at *at*."""
        placed = {p.card.line.number: p for side in sides for p in side}
        head = placed.get(tie.head.number)
        struck = [placed[s.number] for s in tie.struck if s.number in placed]
        struck = [s for s in struck if head and s.x == head.x]
        joint: Point | None = None
        if head and struck:
            joint = self._step(struck, head)
        for t in tie.tails:
            tail = placed.get(t.number)
            if tail is None:
                continue
            goal = head if head and head.x != tail.x else None
            goal = goal or next((s for s in placed.values() if s.x != tail.x), None)
            if goal is None:
                continue
            curve = across(tail, goal, at, joint if goal is head else None)
            self._line(tie.mark, curve, sentence_of(tie), mutual=tie.mutual)
        if joint:
            self.out.append(badge(joint, 10.0, Mark.SUPPORT, self.pen.ink))

    def _step(self, struck: Sequence[Placed], head: Placed) -> Point:
        """Draw the step from *struck* to *head*, which stands below them; where it can be met."""
        x = head.x + WIDE / 2
        top, bottom = struck[-1].bottom, head.y
        curve: Curve = ((x, top), (x, top + 6), (x, bottom - 6), (x, bottom))
        cut, arrow = headed(curve, Mark.SUPPORT, self.pen.ink)
        self.out.append(line(cut, Mark.SUPPORT, self.pen.ink) + arrow)
        return x, (top + bottom) / 2 - 3.0

    def _line(self, mark: Mark, curve: Curve, said: str, *, mutual: bool = False) -> None:
        ink = self.pen.ink
        cut, head = headed(curve, mark, ink)
        if mutual:
            cut, second = headed(cut[::-1], mark, ink)
            head += second
        drawn = line(cut, mark, ink) + head
        if not mutual:
            drawn += badge(along(curve, 18.0), BADGE, mark, ink)
        title = f"<title>{escape(said)}</title>" if said else ""
        self.out.append(f'<g data-kind="{mark.name.lower()}">{title}{drawn}</g>')

    # --- cards

    def _card(self, placed: Placed, wide: float = WIDE) -> None:
        c, x, y = placed.card, placed.x, placed.y
        ink = self.pen.ink
        box = (
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(wide)}" '
            f'height="{number(c.height)}" rx="9"'
        )
        main = c.look == "claim"
        if c.look == "see":
            drawn = (
                f'{box} {ink.fill_stroke("bg", "grey")} stroke-width="1.3" stroke-dasharray="2 3"/>'
            )
        else:
            ground = (
                ink.fill_stroke("claim", "claim-line") if main else ink.fill_stroke("bg", "grey")
            )
            dash = ' stroke-dasharray="5 4"' if c.line.unstated else ""
            border = ink.theme.claim_border if main else 1.3
            drawn = f'{box} {ground} stroke-width="{number(border)}"{dash}/>'
            drawn += self.pen.bar(
                c.line.speaker, x, y, c.height, claim=main, reported=c.is_reported
            )
        for w in c.words:
            drawn += self._text(w.text, x + w.x, y + w.y, w.size, w.colour, bold=w.bold)
        id = self._id(c)
        label = escape(c.label)
        focus = "" if c.look == "see" else ' tabindex="0"'
        begin = f'<g id="{id}" role="group"{focus} aria-label="{label}"><title>{label}</title>'
        self.out.append(f"{begin}{drawn}</g>")

    def _id(self, c: Card) -> str:
        name = f"n-{c.line.number}" if c.look != "see" else f"see-{c.line.number}"
        n = self._ids[name] = self._ids.get(name, 0) + 1
        return name if n == 1 else f"{name}-{n}"


# --- what it says besides


def _name(s: Speaker) -> str:
    return s.full if s.key in s.full.split() else f"{s.key}: {s.full}"


def _legend(c: Comparison) -> View:
    """What the title and the legend are made of: what occurs, each once."""
    marks: dict[tuple[Mark, str], Inference] = {}
    for e in c.entries:
        if e.tie:
            link = Link(e.sense, by=e.by)
            marks[e.tie.mark, e.by] = Inference("", e.tie.mark, ("",), "", link=link)
            if e.tie.struck:
                marks[Mark.SUPPORT, ""] = Inference("", Mark.SUPPORT, ("",), "")
        for s in (*e.left, *e.right) if e.over else ():
            mark = s.mark or Mark.SUPPORT
            marks[mark, ""] = Inference("", mark, ("",), "")
    cards = tuple(
        Seen(
            "",
            s.line.number,
            ClaimRef(s.line.title),
            Role.REASON,
            "",
            "",
            s.line.speaker,
            manner="" if s.line.is_own else "as reported",
            sees="" if s.full else s.line.number,
        )
        for s in c.said
    )
    return View(c.title or "Two speakers", cards, tuple(marks.values()), {})
