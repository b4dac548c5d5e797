"""The painter: a laid-out view as an SVG picture."""

from __future__ import annotations

from attrs import define, field

from argmap import layout
from argmap.layout import JOINT, Curve, Drawing, Point, says_word, titled
from argmap.layout import Ink as Text
from argmap.layout.arrange import GROUP_LINE, GROUP_SIZE
from argmap.layout.cards import MARKED, MARKS, Piece, Sheet
from argmap.layout.measure import from_right, width
from argmap.layout.surround import PAD
from argmap.render.frame import Frame
from argmap.render.marks import BADGE, along, badge, headed, length, line, mark_of, number
from argmap.render.pen import Pen, escape, pen
from argmap.render.theme import FONT, Theme, of_mark, of_role, of_sort
from argmap.view import Card, Inference, Mark, Role, Sort

_RIGHT = "\u200f"  # makes a full stop at the end of a line part of what it ends


def svg(drawing: Drawing, *, theme: str | Theme = "auto", prefix: str = "") -> str:
    """*drawing* as one SVG document.

    *theme* is one of `THEMES`, or from a file; ``auto`` is light, and dark where a reader's screen
    is set to dark. *prefix* begins every id, so that several pictures can stand in one page. The
    same drawing gives the same bytes.

    Raises:
        UnknownName: there is no theme of that name.
    """
    return _Painter(drawing, pen(theme, drawing.view), prefix).paint()


@define
class _Painter:
    drawing: Drawing
    pen: Pen
    prefix: str
    out: list[str] = field(factory=list)
    _wide: float = 0.0
    _left: float = 0.0
    _top: float = 0.0
    _words: list[str] = field(factory=list)  # on links, above all cards
    _leaving: dict[str, int] = field(factory=dict)  # links drawn so far from each card

    # --- the whole

    def paint(self) -> str:
        d = self.drawing
        surround = d.surround
        frame = Frame(surround, self.pen, d.mirrored)
        self._wide, high = surround.size(d.plan.height)
        self._left, self._top = PAD, PAD + surround.head_height
        self.out += frame.head()
        if not d.view.cards:
            empty = "This map holds no claims yet."
            self.out.append(self.pen.text(empty, PAD, self._top + 14, 14.0, "grey"))
            high += 18.0
        for f in d.plan.frames:
            self._group(f)
        for i in d.view.inferences:
            self._inference(i)
        for i in d.view.inferences:
            if i.joint:
                self._joint(i)
        for s in self._reading_order():
            self._card(s)
        self.out += self._words
        self.out += frame.foot(self._top + d.plan.height + surround.legend_gap)
        p = self.prefix
        n, w, h = len([c for c in d.view.cards if not c.sees]), number(self._wide), number(high)
        what = f"Argument map: {_count(n, 'card')}, {_count(len(d.view.inferences), 'link')}."
        what += f" {d.view.partial}." if d.view.partial else ""
        ground = f'<rect width="100%" height="100%" {self.pen.ink.fill("bg")}/>'
        begin = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" '
            f'height="{h}" style="max-width:100%;height:auto" role="img" '
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
        self.out.append(f"<g><title>{escape(group.title)}</title>{box}")
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
        if from_right(words):  # letters that join are not to be stretched
            words, fit = f"{_RIGHT}{words}{_RIGHT}", 0.0
        return self.pen.text(words, x, y, size, colour, bold=bold, fit=fit, anchor=anchor)

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
            said = i.bears or i.mark.value
            self._words.append(self.pen.pill(_middle(curve), said, of_mark(i.mark), solid=solid))
        elif not i.joint:
            before = self._leaving.get(i.tails[0], 0)
            self._leaving[i.tails[0]] = before + 1
            drawn.append(badge(along(curve, 18.0 + 20.0 * before), BADGE, i.mark, self.pen.ink))
        if i.link and not i.mutual and says_word(self.drawing.view, i):
            colour = of_mark(i.mark)
            self._words.append(
                self.pen.pill(_middle(curve), i.bears, colour, solid=not i.link.inferred)
            )
        kind = i.mark.name.lower()
        self.out.append(f'<g id="{self.prefix}e-{i.id}" data-kind="{kind}">{"".join(drawn)}</g>')

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
            dash = ' stroke-dasharray="5 4"' if c.unstated else ""
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
        group = (
            f'<g id="{self.prefix}{c.id}" role="group" tabindex="0" aria-label="{label}">'
            f"{''.join(drawn)}</g>"
        )
        if c.sees:
            group = f'<a href="#{self.prefix}{c.sees}">{group}</a>'
        elif c.url:
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
