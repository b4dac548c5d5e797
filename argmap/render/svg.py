"""The painter: a laid-out view as an SVG picture."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import TypeAlias

from attrs import define, field

from argmap import layout
from argmap.layout import JOINT, Curve, Drawing, Point, says_word, titled
from argmap.layout import Ink as Text
from argmap.layout.arrange import GROUP_LINE, GROUP_SIZE
from argmap.layout.cards import MARKED, MARKS, Piece, Sheet
from argmap.layout.measure import width
from argmap.layout.surround import PAD
from argmap.render.entries import EMPTY
from argmap.render.frame import Frame
from argmap.render.marks import BADGE, along, badge, headed, length, line, mark_of, number
from argmap.render.pen import Pen, escape, pen
from argmap.render.theme import FONT, Theme, of_mark, of_role, of_sort
from argmap.view import Card, Inference, Mark, Role, Sort

_CELL = 24.0  # no badge reaches further than a joint beside it


def svg(
    drawing: Drawing, *, theme: str | Theme = "auto", prefix: str = "", links: bool = True
) -> str:
    """*drawing* as one SVG document.

    *theme* is one of `THEMES`, or from a file; ``auto`` is light, and dark where a reader's screen
    is set to dark. *prefix* begins every id, so that several pictures can stand in one page.
    Without *links*, cards do not lead to where more is to be read. The same drawing gives the same
    bytes.

    Raises:
        UnknownName: there is no theme of that name.
    """
    return _Painter(drawing, pen(theme, drawing.view), prefix, links).paint()


@define
class _Painter:
    drawing: Drawing
    pen: Pen
    prefix: str
    links: bool
    out: list[str] = field(factory=list)
    _wide: float = 0.0
    _left: float = 0.0
    _top: float = 0.0
    _pills: list[tuple[Inference, Curve, str, bool]] = field(factory=list)
    _framed: dict[str, int] = field(factory=dict)  # frames drawn so far of each group
    _discs: dict[tuple[int, int], list[tuple[Point, float]]] = field(factory=dict)

    # --- the whole

    def paint(self) -> str:
        d = self.drawing
        surround = d.surround
        frame = Frame(surround, self.pen, d.mirrored)
        self._wide, high = surround.size(d.plan.height)
        self._left, self._top = PAD, PAD + surround.head_height
        self.out += frame.head()
        if not d.view.cards:
            self.out.append(self.pen.text(EMPTY, PAD, self._top + 14, 14.0, "grey"))
            high += 18.0
        for f in d.plan.frames:
            self._group(f)
        for at in d.plan.joints.values():
            self._taken(self._at(at), JOINT)
        for i in d.view.inferences:
            self._inference(i)
        for i in d.view.inferences:
            if i.joint:
                self._joint(i)
        for s in self._reading_order():
            self._card(s)
        self._words()
        self.out += frame.foot(self._top + d.plan.height + surround.legend_gap)
        p = self.prefix
        n, w, h = len([c for c in d.view.cards if not c.sees]), number(self._wide), number(high)
        what = f"Argument map: {_count(n, 'card')}, {_count(len(d.view.inferences), 'link')}."
        what += f" {d.view.partial}." if d.view.partial else ""
        ground = f'<rect width="100%" height="100%" {self.pen.ink.fill("bg")}/>'
        begin = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" '
            f'height="{h}" style="max-width:100%;height:auto" role="graphics-document" '
            f'aria-labelledby="{p}am-title {p}am-desc" font-family="{FONT}">'
            f'<title id="{p}am-title">{escape(d.view.title or "Argument map")}</title>'
            f'<desc id="{p}am-desc">{escape(what)}</desc>{self.pen.ink.style()}{ground}'
        )
        return "\n".join([begin, *self.out, "</svg>"]) + "\n"

    def _reading_order(self) -> list[Sheet]:
        """The cards in the order of their numbers; a reference where it hangs."""
        view = self.drawing.view
        order: dict[str, tuple[int, int]] = {}
        for n, s in enumerate(self.drawing.sheets):
            at = s.card.id
            if s.card.sees:
                at = view.head_card(view.inference[view.parent[s.card.id]])
            # ids count in reading order
            order[s.card.id] = (int(at[1:].partition("-")[0]), n if s.card.sees else -1)
        return sorted(self.drawing.sheets, key=lambda s: order[s.card.id])

    def _group(self, f: layout.Frame) -> None:
        """The box around a group, and its title."""
        group = next(g for g in self.drawing.view.groups if g.id == f.crate)
        x, y = self._at((f.right if self.drawing.mirrored else f.left, f.top))
        box = (
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(f.right - f.left)}" '
            f'height="{number(f.bottom - f.top)}" rx="14" '
            f"{self.pen.ink.fill_stroke('group', 'group-line')}/>"
        )
        before = self._framed.get(group.id, 0)
        self._framed[group.id] = before + 1
        id = f"{self.prefix}g-{group.id}" + (f"-{before + 1}" if before else "")
        self.out.append(f'<g id="{id}"><title>{escape(group.title)}</title>{box}')
        for n, words in enumerate(titled(group)):
            at = (f.title[0], f.title[1] + GROUP_LINE * n + 12.0)
            self.out.append(self._text(words, at, GROUP_SIZE, "grey", bold=True))
        self.out.append("</g>")

    def _at(self, p: Point) -> Point:
        """Where what the plan has at *p* stands in the picture."""
        x = self._wide - p[0] - self._left if self.drawing.mirrored else p[0] + self._left
        return x, p[1] + self._top

    def _text(
        self, words: str, at: Point, size: float, colour: str, *, bold: bool = False, fit: float = 0
    ) -> str:
        """*words* from where the plan has *at*, in the direction of reading."""
        x, y = self._at(at)
        anchor = "end" if self.drawing.mirrored else ""
        fit = fit or width(words, size, bold=bold)
        return self.pen.text(
            words,
            x,
            y,
            size,
            colour,
            bold=bold,
            fit=fit,
            anchor=anchor,
            mirrored=self.drawing.mirrored,
        )

    # --- links

    def _moved(self, curve: Curve) -> Curve:
        if self.drawing.mirrored:
            return tuple(map(self._at, curve))
        left, top = self._left, self._top
        return tuple([(x + left, y + top) for x, y in curve])

    def _inference(self, i: Inference) -> None:
        curves = self.drawing.plan.curves
        drawn: list[str] = [f"<title>{escape(self._sentence(i))}</title>"]
        for t in i.tails if i.joint else ():
            drawn.append(line(self._moved(curves[i.id, t]), i.mark, self.pen.ink))
        curve = self._moved(curves[i.id, ""])
        cut, head = headed(curve, i.mark, self.pen.ink)
        if i.mutual:
            cut, second = headed(cut[::-1], i.mark, self.pen.ink)
            head += second
        drawn += [line(cut, i.mark, self.pen.ink), head]
        if i.mutual:
            solid = i.link is None or not i.link.inferred
            self._pills.append((i, curve, i.bears or i.mark.value, solid))
        elif not i.joint:
            drawn.append(badge(self._free(curve), BADGE, i.mark, self.pen.ink))
        if i.link and not i.mutual and says_word(self.drawing.view, i):
            self._pills.append((i, curve, i.bears, not i.link.inferred))
        kind = i.mark.name.lower()
        self.out.append(f'<g id="{self.prefix}e-{i.id}" data-kind="{kind}">{"".join(drawn)}</g>')

    def _free(self, curve: Curve) -> Point:
        """Where on *curve*, from its start, there is room for a badge."""
        best, most = along(curve, 18.0), -1.0
        for n in range(12):
            point = along(curve, 18.0 + 8.0 * n)
            gap = min(
                (
                    math.dist(point, at) - radius - BADGE
                    for cell in _cells(point)
                    for at, radius in self._discs.get(cell, ())
                ),
                default=_CELL,
            )
            if gap > most:
                best, most = point, gap
            if gap >= 0.0 or point == curve[-1]:
                break
        self._taken(best, BADGE)
        return best

    def _taken(self, at: Point, radius: float) -> None:
        cell = (int(at[0] // _CELL), int(at[1] // _CELL))
        self._discs.setdefault(cell, []).append((at, radius))

    def _words(self) -> None:
        """The words on links, above all cards: each where it hides least."""
        if not self._pills:
            return
        taken = _Taken()
        for s in self.drawing.sheets:
            x, y = self._at(self.drawing.plan.boxes[s.card.id])
            taken.add((x - s.width / 2, y - s.height / 2, s.width, s.height))
        for discs in self._discs.values():
            for (x, y), r in discs:
                taken.add((x - r, y - r, 2 * r, 2 * r))
        for i, curve, words, solid in self._pills:
            wide, whole = self.pen.pill_width(words), length(curve)
            at, least = _middle(curve), math.inf
            for n in range(21):  # from the middle outwards
                x, y = along(curve, whole * (0.5 + (n + 1) // 2 * 0.04 * (-1) ** n))
                hidden = taken.hidden((x - wide / 2, y - 11.0, wide, 22.0))
                if hidden < least - 1e-6:
                    at, least = (x, y), hidden
                if not hidden:
                    break
            taken.add((at[0] - wide / 2, at[1] - 11.0, wide, 22.0))
            pill = self.pen.pill(at, words, of_mark(i.mark), solid=solid)
            self.out.append(f'<g id="{self.prefix}w-{i.id}">{pill}</g>')

    def _joint(self, i: Inference) -> None:
        said = "These reasons work only together." if len(i.tails) > 1 else "This step is disputed."
        note = "; ".join(p for p in (i.title, i.gist, i.credit, ", ".join(i.rules), said) if p)
        disc = badge(self._at(self.drawing.plan.joints[i.id]), JOINT, i.mark, self.pen.ink)
        self.out.append(f'<g id="{self.prefix}j-{i.id}"><title>{escape(note)}</title>{disc}</g>')

    def _sentence(self, i: Inference) -> str:
        view = self.drawing.view
        tails = " and ".join(_label(view.by_id[t]) for t in i.tails)
        struck = view.inference.get(i.head)
        head = _label(view.by_id[view.head_card(i)])
        if struck:
            head = (
                f"the step from {' + '.join(view.by_id[t].number for t in struck.tails)} to {head}"
            )
        word = "undercuts" if i.mark is Mark.UNDERCUT else i.mark.value
        said = f"{tails} — {word} — {head}"
        if i.link:
            parts = [
                i.link.sense.value if i.link.sense else "",
                f"about {i.link.about.value}" if i.link.about else "",
                i.link.because,
                "the mapper’s reading" if i.link.inferred else f"so {i.link.by}",
            ]
            said += f" ({'; '.join(p for p in parts if p)})"
        return said

    # --- cards

    def _card(self, s: Sheet) -> None:
        c = s.card
        cx, cy = self.drawing.plan.boxes[c.id]
        corner = cx - s.width / 2, cy - s.height / 2
        x, y = self._at(corner)
        x -= s.width if self.drawing.mirrored else 0.0
        drawn = [f"<title>{escape(_tooltip(c))}</title>"]
        box = (
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(s.width)}" '
            f'height="{number(s.height)}" rx="9"'
        )
        if c.sees:
            drawn.append(
                f'{box} {self.pen.ink.fill_stroke("bg", "grey")} stroke-width="1.3" '
                'stroke-dasharray="2 3"/>'
            )
        else:
            colour = of_role(c.role)
            ground = "claim" if c.role is Role.CLAIM else f"{colour}-tint"
            gone = any(r.sort is Sort.REMOVED for r in c.remarks)
            dash = ' stroke-dasharray="5 4"' if c.unstated or gone else ""
            fill = self.pen.ink.fill_stroke(ground, colour)
            drawn.append(f'{box} {fill} stroke-width="{number(self.pen.border(c.role))}"{dash}/>')
            if c.speaker:
                main, reported = c.role is Role.CLAIM, c.manner.startswith("as reported")
                bar = self.pen.bar(c.speaker, x, y, s.height, claim=main, reported=reported)
                if bar and self.drawing.mirrored:
                    turn = f"matrix(-1 0 0 1 {number(2 * x + s.width)} 0)"
                    bar = f'<g transform="{turn}">{bar}</g>'
                drawn.append(bar)
        drawn += [self._piece(p, c, corner) for p in s.pieces]
        label = escape(f"See {_label(c)}" if c.sees else f"{c.number} {_label(c)}")
        focus = "" if c.sees else ' tabindex="0"'  # there the link around it can be reached
        group = (
            f'<g id="{self.prefix}{c.id}" role="group"{focus} aria-label="{label}">'
            f"{''.join(drawn)}</g>"
        )
        if c.sees:
            group = f'<a href="#{self.prefix}{c.sees}">{group}</a>'
        elif c.url and self.links:
            group = f'<a href="{escape(c.url)}" target="_blank" rel="noopener">{group}</a>'
        self.out.append(group)

    def _piece(self, p: Piece, c: Card, corner: Point) -> str:
        main = c.role is Role.CLAIM and not c.sees
        match p.ink:
            case Text.CREDIT:
                colour = self.pen.author(c.speaker, claim=main)
                if not c.speaker:
                    colour = "claim-ink" if main else "ink"
            case Text.CHIP:
                colour = "claim-grey" if main else "grey"
                if p.speaker:
                    colour = self.pen.author(p.speaker, claim=main)
                elif p.sort in (Sort.STANDS, Sort.FALLS, Sort.OPEN):
                    colour = of_sort(p.sort) + ("-claim" if main else "")
            case Text.BODY:
                colour = "claim-ink" if main else "ink"
            case Text.NUMBER | Text.PLAIN:
                colour = "claim-grey" if main else "grey"
        at = corner[0] + p.x, corner[1] + p.y
        words = self._text(p.text, at, p.size, colour, bold=p.bold, fit=p.width)
        return self._chip(p, at, colour) + words if p.chip else words

    def _chip(self, p: Piece, at: Point, colour: str) -> str:
        """The frame around some words, and the mark in front of them."""
        marked = MARKED if p.sort in MARKS else 0.0
        x, y = self._at((at[0] - 8 - marked, at[1]))
        across = p.width + 16 + marked
        x -= across if self.drawing.mirrored else 0.0
        dash = ' stroke-dasharray="3 2.5"' if p.chip == "dashed" else ""
        framed = (
            f'<rect x="{number(x)}" y="{number(y - 13)}" width="{number(across)}" height="18" '
            f'rx="9" fill="none" {self.pen.ink.stroke(colour)} stroke-width="1.3"{dash}/>'
        )
        if p.sort is None or not marked:
            return framed
        middle = self._at((at[0] - marked + 3, at[1] - 4))
        return framed + mark_of(p.sort, middle, self.pen.ink, colour)


_Rect: TypeAlias = tuple[float, float, float, float]  # left, top, width, height


@define
class _Taken:
    """Where something stands already."""

    _rects: dict[tuple[int, int], list[_Rect]] = field(factory=dict)

    def add(self, rect: _Rect) -> None:
        for cell in self._cells(rect):
            self._rects.setdefault(cell, []).append(rect)

    def hidden(self, rect: _Rect) -> float:
        """How much of what stands there *rect* would hide."""
        found = 0.0
        left, top, wide, high = rect
        for x, y, w, h in {r for cell in self._cells(rect) for r in self._rects.get(cell, ())}:
            across = min(left + wide, x + w) - max(left, x)
            along = min(top + high, y + h) - max(top, y)
            found += max(0.0, across) * max(0.0, along)
        return found

    @staticmethod
    def _cells(rect: _Rect) -> Iterator[tuple[int, int]]:
        x, y, w, h = (int(v // 128.0) for v in (*rect[:2], rect[0] + rect[2], rect[1] + rect[3]))
        return itertools.product(range(x, w + 1), range(y, h + 1))


def _cells(at: Point) -> Iterator[tuple[int, int]]:
    """The cells of a grid in which something may touch a badge at *at*."""
    x, y = int(at[0] // _CELL), int(at[1] // _CELL)
    return itertools.product((x - 1, x, x + 1), (y - 1, y, y + 1))


def _middle(curve: Curve) -> tuple[float, float]:
    return along(curve, length(curve) / 2)


def _label(c: Card) -> str:
    """Who claims what, in one sentence."""
    title = f"{c.title}: " if c.title else ""
    who = f"{c.whole_credit}, {c.bears or c.role.value}: " if c.credit else ""
    return f"{who}{title}{c.text}"


def _tooltip(c: Card) -> str:
    places = [
        ": ".join(p for p in (note, f"“{quote}”" if quote else "") if p) for note, quote in c.cited
    ]
    place = f" ({'; '.join(places)})" if any(places) else ""
    return f"{_label(c)}{place}"


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
