"""The painter: a laid-out view as an SVG picture."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, field

from argmap.errors import UnknownName
from argmap.layout import JOINT, Curve, Drawing, says_word
from argmap.layout import Ink as Text
from argmap.layout.cards import BAR, Piece, Sheet
from argmap.render.frame import PAD, Frame
from argmap.render.ink import Ink
from argmap.render.marks import BADGE, along, badge, headed, length, line, number
from argmap.render.pen import Pen, escape
from argmap.render.theme import DARK, FONT, LIGHT, THEMES, of_mark, of_role
from argmap.view import Card, Inference, Mark, Role

_NARROWEST = 420.0  # so that a title and legend have room over a small map


def svg(drawing: Drawing, *, theme: str = "auto", prefix: str = "") -> str:
    """*drawing* as one SVG document.

    ``light`` and ``dark`` are as they say; ``auto`` is light, and dark where a reader's screen is
    set to dark. *prefix* begins every id, so that several pictures can stand in one page. The same
    drawing gives the same bytes.

    Raises:
        UnknownName: there is no theme of that name.
    """
    if theme != "auto" and theme not in THEMES:
        raise UnknownName("theme", theme, ["auto", *THEMES], few=True)
    ink = Ink(LIGHT, DARK) if theme == "auto" else Ink(THEMES[theme])
    pen = Pen(ink, {s.key: i for i, s in enumerate(drawing.view.speakers)})
    return _Painter(drawing, pen, prefix).paint()


@define
class _Painter:
    drawing: Drawing
    pen: Pen
    prefix: str
    out: list[str] = field(factory=list)
    _left: float = 0.0
    _top: float = 0.0
    _words: list[str] = field(factory=list)  # on links, above all cards
    _leaving: dict[str, int] = field(factory=dict)  # links drawn so far from each card

    # --- the whole

    def paint(self) -> str:
        d = self.drawing
        across = max(d.plan.width, _NARROWEST)
        frame = Frame(d.view, self.pen, across)
        body_top = PAD + frame.head_height
        self._left, self._top = PAD, body_top
        legend_top = body_top + d.plan.height + (26.0 if d.view.cards else 0.0)
        high = legend_top + frame.foot_height + PAD
        wide = across + 2 * PAD
        self.out += frame.head()
        if not d.view.cards:
            empty = "This map holds no claims yet."
            self.out.append(self.pen.text(empty, PAD, body_top + 4, 14.0, "grey"))
        for i in d.view.inferences:
            self._inference(i)
        for i in d.view.inferences:
            if i.joint:
                self._joint(i)
        for s in self._reading_order():
            self._card(s)
        self.out += self._words
        self.out += frame.foot(legend_top)
        p = self.prefix
        n, w, h = len([c for c in d.view.cards if not c.sees]), number(wide), number(high)
        what = f"Argument map: {_count(n, 'card')}, {_count(len(d.view.inferences), 'link')}."
        ground = f'<rect width="100%" height="100%" {self.pen.ink.fill("bg")}/>'
        begin = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" '
            f'height="{h}" style="max-width:100%;height:auto" role="graphics-document" '
            f'aria-labelledby="{p}am-title {p}am-desc" font-family="{FONT}">'
            f'<title id="{p}am-title">{escape(d.view.title or "Argument map")}</title>'
            f'<desc id="{p}am-desc">{escape(what)}</desc>{self.pen.ink.style()}{ground}'
        )
        return "\n".join([begin, *self.out, "</svg>"]) + "\n"

    def _reading_order(self) -> Iterator[Sheet]:
        """The cards in the order of their numbers; a reference where it hangs."""
        hung: dict[str, list[Sheet]] = {}
        view = self.drawing.view
        for s in self.drawing.sheets:
            if s.card.sees:
                head = view.head_card(view.inference[view.parent[s.card.id]])
                hung.setdefault(head, []).append(s)
        for s in self.drawing.sheets:
            if not s.card.sees:
                yield s
                yield from hung.get(s.card.id, ())

    # --- links

    def _moved(self, curve: Curve) -> Curve:
        return tuple((x + self._left, y + self._top) for x, y in curve)

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
            self._word(i, self.pen.pill(_middle(curve), said, of_mark(i.mark), solid=solid))
        elif not i.joint:
            before = self._leaving.get(i.tails[0], 0)
            self._leaving[i.tails[0]] = before + 1
            drawn.append(badge(along(curve, 18.0 + 20.0 * before), BADGE, i.mark, self.pen.ink))
        if i.link and not i.mutual and says_word(self.drawing.view, i):
            colour = of_mark(i.mark)
            pill = self.pen.pill(_middle(curve), i.bears, colour, solid=not i.link.inferred)
            self._word(i, pill)
        kind = i.mark.name.lower()
        self.out.append(f'<g id="{self.prefix}e-{i.id}" data-kind="{kind}">{"".join(drawn)}</g>')

    def _word(self, i: Inference, pill: str) -> None:
        self._words.append(f'<g id="{self.prefix}w-{i.id}">{pill}</g>')

    def _joint(self, i: Inference) -> None:
        x, y = self.drawing.plan.joints[i.id]
        said = "These reasons work only together." if len(i.tails) > 1 else "This step is disputed."
        note = "; ".join(p for p in (i.title, i.gist, i.credit, ", ".join(i.rules), said) if p)
        disc = badge((x + self._left, y + self._top), JOINT, i.mark, self.pen.ink)
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
        x, y = cx - s.width / 2 + self._left, cy - s.height / 2 + self._top
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
            drawn.append(f'{box} {fill} stroke-width="1.5"{dash}/>')
            if c.speaker:
                drawn.append(self._bar(c, x, y, s.height))
        drawn += [self._piece(p, c, x, y) for p in s.pieces]
        label = escape(f"See {_label(c)}" if c.sees else f"{c.number} {_label(c)}")
        focus = "" if c.sees else ' tabindex="0"'  # there the link around it can be reached
        group = (
            f'<g id="{self.prefix}{c.id}" role="group"{focus} aria-label="{label}">'
            f"{''.join(drawn)}</g>"
        )
        if c.sees:
            group = f'<a href="#{self.prefix}{c.sees}">{group}</a>'
        self.out.append(group)

    def _bar(self, c: Card, x: float, y: float, height: float) -> str:
        """The author's colour along the left edge; hollow where the view is another's."""
        shape = (
            f"M{number(x + BAR)},{number(y)}v{number(height)}h-0.2"
            f"a{number(BAR)},{number(BAR)} 0 0 1 {number(-BAR + 0.2)},{number(-BAR)}"
            f"v{number(-height + 2 * BAR)}a{number(BAR)},{number(BAR)} 0 0 1 "
            f"{number(BAR - 0.2)},{number(-BAR)}z"
        )
        colour = self.pen.author(c.speaker, claim=False)
        if c.manner.startswith("as reported"):
            fill = self.pen.ink.fill_stroke("bg", colour)
            return f'<path d="{shape}" {fill} stroke-width="1.5"/>'
        return f'<path d="{shape}" {self.pen.ink.fill(colour)}/>'

    def _piece(self, p: Piece, c: Card, x: float, y: float) -> str:
        main = c.role is Role.CLAIM and not c.sees
        match p.ink:
            case Text.CREDIT:
                colour = self.pen.author(c.speaker, claim=main)
                if not c.speaker:
                    colour = "claim-ink" if main else "ink"
            case Text.BODY:
                colour = "claim-ink" if main else "ink"
            case Text.NUMBER | Text.PLAIN:
                colour = "claim-grey" if main else "grey"
        if p.chip:
            colour = "grey"
        words = self.pen.text(p.text, x + p.x, y + p.y, p.size, colour, bold=p.bold, fit=p.width)
        return self._frame(p, x, y) + words if p.chip else words

    def _frame(self, p: Piece, x: float, y: float) -> str:
        dash = ' stroke-dasharray="3 2.5"' if p.chip == "dashed" else ""
        return (
            f'<rect x="{number(x + p.x - 8)}" y="{number(y + p.y - 13)}" '
            f'width="{number(p.width + 16)}" height="18" rx="9" fill="none" '
            f'{self.pen.ink.stroke("grey")} stroke-width="1.3"{dash}/>'
        )


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
