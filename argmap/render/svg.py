"""The painter: a laid-out view as an SVG picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import define, field

from argmap.layout import JOINT, Curve, Drawing
from argmap.layout import Ink as Text
from argmap.layout.cards import BAR, TITLE_SIZE, Piece, Sheet
from argmap.layout.measure import width, wrap
from argmap.render.ink import Ink
from argmap.render.marks import BADGE, along, badge, headed, length, line, number
from argmap.render.sources import reference
from argmap.render.theme import AUTHORS, DARK, FONT, LIGHT, THEMES, of_mark, of_role
from argmap.view import Card, Inference, Mark, Role

PAD = 28.0
_KEY = 13.5
_NARROWEST = 420.0  # so that a title and legend have room over a small map


def svg(drawing: Drawing, *, theme: str = "auto") -> str:
    """*drawing* as one SVG document.

    ``light`` and ``dark`` are as they say; ``auto`` is light, and dark where a reader's screen is
    set to dark. The same drawing gives the same bytes.

    Raises:
        KeyError: there is no theme of that name.
    """
    ink = Ink(LIGHT, DARK) if theme == "auto" else Ink(THEMES[theme])
    return _Painter(drawing, ink).paint()


@define
class _Painter:
    drawing: Drawing
    ink: Ink
    out: list[str] = field(factory=list)
    authors: dict[str, int] = field(factory=dict)
    _left: float = 0.0
    _top: float = 0.0
    _leaving: dict[str, int] = field(factory=dict)  # links drawn so far from each card

    # --- the whole

    def paint(self) -> str:
        d = self.drawing
        self.authors = {s.key: i for i, s in enumerate(d.view.speakers)}
        across = max(d.plan.width, _NARROWEST)
        frame = _Frame(self, across)
        body_top = PAD + frame.head_height
        self._left, self._top = PAD + (across - d.plan.width) / 2, body_top
        if d.plan.width < across:
            self._left = PAD
        legend_top = body_top + d.plan.height + (26.0 if d.view.cards else 0.0)
        high = legend_top + frame.foot_height + PAD
        wide = across + 2 * PAD
        frame.title()
        if not d.view.cards:
            frame.nothing(body_top)
        for i in d.view.inferences:
            self._inference(i)
        for i in d.view.inferences:
            if i.joint:
                self._joint(i)
        for s in self._reading_order():
            self._card(s)
        frame.legend(legend_top)
        n, w, h = len([c for c in d.view.cards if not c.sees]), number(wide), number(high)
        what = f"Argument map: {_count(n, 'card')}, {_count(len(d.view.inferences), 'link')}."
        ground = f'<rect width="100%" height="100%" {self.ink.fill("bg")}/>'
        begin = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" '
            f'height="{h}" role="img" aria-labelledby="am-title am-desc" font-family="{FONT}">'
            f'<title id="am-title">{escape(d.view.title or "Argument map")}</title>'
            f'<desc id="am-desc">{escape(what)}</desc>{self.ink.style()}{ground}'
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

    # --- links

    def _moved(self, curve: Curve) -> Curve:
        return tuple((x + self._left, y + self._top) for x, y in curve)

    def _inference(self, i: Inference) -> None:
        curves = self.drawing.plan.curves
        drawn: list[str] = [f"<title>{escape(self._sentence(i))}</title>"]
        into = Mark.SUPPORT if i.mark is Mark.AGREE else i.mark
        for t in i.tails if i.joint else ():
            plain = Mark.SUPPORT if into is Mark.SUPPORT else into
            drawn.append(line(self._moved(curves[i.id, t]), plain, self.ink))
        curve = self._moved(curves[i.id, ""])
        cut, head = headed(curve, i.mark, self.ink)
        if i.mutual:
            cut, second = headed(cut[::-1], i.mark, self.ink)
            head += second
        drawn += [line(cut, i.mark, self.ink), head]
        if i.mutual:
            drawn.append(self._pill(_middle(curve), i.mark.value, of_mark(i.mark), solid=True))
        elif not i.joint:
            before = self._leaving.get(i.tails[0], 0)
            self._leaving[i.tails[0]] = before + 1
            drawn.append(badge(along(curve, 18.0 + 20.0 * before), BADGE, i.mark, self.ink))
        if i.link and i.link.sense and self._room_for_word(i):
            word = i.link.sense.value if i.mark is not Mark.PAST else Mark.PAST.value
            colour = of_mark(i.mark)
            drawn.append(self._pill(_middle(curve), word, colour, solid=not i.link.inferred))
        self.out.append(f'<g id="e-{i.id}" data-kind="{i.mark.name.lower()}">{"".join(drawn)}</g>')

    def _room_for_word(self, i: Inference) -> bool:
        """Whether the link itself must say what it is: the card at its tail does not."""
        return self.drawing.view.parent.get(i.tails[0]) != i.id

    def _pill(self, at: tuple[float, float], word: str, colour: str, *, solid: bool) -> str:
        x, y = at
        w = width(word, 12.0, bold=True)
        dash = "" if solid else ' stroke-dasharray="3 2.5"'
        box = (
            f'<rect x="{number(x - w / 2 - 9)}" y="{number(y - 11)}" width="{number(w + 18)}" '
            f'height="22" rx="11" {self.ink.fill_stroke("bg", colour)} stroke-width="1.6"{dash}/>'
        )
        return box + self.text(word, x, y + 4.2, 12.0, colour, bold=True, anchor="middle")

    def _joint(self, i: Inference) -> None:
        x, y = self.drawing.plan.joints[i.id]
        said = "These reasons work only together." if len(i.tails) > 1 else "This step is disputed."
        note = "; ".join(p for p in (i.title, i.gist, ", ".join(i.rules), said) if p)
        disc = badge((x + self._left, y + self._top), JOINT, i.mark, self.ink)
        self.out.append(f'<g id="j-{i.id}"><title>{escape(note)}</title>{disc}</g>')

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
                f'{box} {self.ink.fill_stroke("bg", "grey")} stroke-width="1.3" '
                'stroke-dasharray="2 3"/>'
            )
        else:
            colour = of_role(c.role)
            ground = "claim" if c.role is Role.CLAIM else f"{colour}-tint"
            dash = ' stroke-dasharray="5 4"' if c.unstated else ""
            fill = self.ink.fill_stroke(ground, colour)
            drawn.append(f'{box} {fill} stroke-width="1.5"{dash}/>')
            if c.speaker:
                drawn.append(self._bar(c, x, y, s.height))
        drawn += [self._piece(p, c, x, y) for p in s.pieces]
        label = escape(f"See {_label(c)}" if c.sees else f"{c.number} {_label(c)}")
        group = (
            f'<g id="{c.id}" role="group" tabindex="0" aria-label="{label}">{"".join(drawn)}</g>'
        )
        if c.sees:
            group = f'<a href="#{c.sees}">{group}</a>'
        self.out.append(group)

    def _bar(self, c: Card, x: float, y: float, height: float) -> str:
        """The author's colour along the left edge; hollow where the view is another's."""
        shape = (
            f"M{number(x + BAR)},{number(y)}v{number(height)}h-0.2"
            f"a{number(BAR)},{number(BAR)} 0 0 1 {number(-BAR + 0.2)},{number(-BAR)}"
            f"v{number(-height + 2 * BAR)}a{number(BAR)},{number(BAR)} 0 0 1 "
            f"{number(BAR - 0.2)},{number(-BAR)}z"
        )
        colour = self.author(c.speaker, claim=False)
        if c.manner.startswith("as reported"):
            fill = self.ink.fill_stroke("bg", colour)
            return f'<path d="{shape}" {fill} stroke-width="1.5"/>'
        return f'<path d="{shape}" {self.ink.fill(colour)}/>'

    def _piece(self, p: Piece, c: Card, x: float, y: float) -> str:
        main = c.role is Role.CLAIM and not c.sees
        match p.ink:
            case Text.CREDIT:
                colour = self.author(c.speaker, claim=main)
                if not c.speaker:
                    colour = "claim-ink" if main else "ink"
            case Text.BODY:
                colour = "claim-ink" if main else "ink"
            case Text.NUMBER | Text.PLAIN:
                colour = "claim-grey" if main else "grey"
        if p.chip:
            colour = "grey"
        words = self.text(p.text, x + p.x, y + p.y, p.size, colour, bold=p.bold, fit=p.width)
        return self._frame(p, x, y) + words if p.chip else words

    def _frame(self, p: Piece, x: float, y: float) -> str:
        dash = ' stroke-dasharray="3 2.5"' if p.chip == "dashed" else ""
        return (
            f'<rect x="{number(x + p.x - 8)}" y="{number(y + p.y - 13)}" '
            f'width="{number(p.width + 16)}" height="18" rx="9" fill="none" '
            f'{self.ink.stroke("grey")} stroke-width="1.3"{dash}/>'
        )


@define
class _Frame:
    """Title and authors above the map; legend and sources below it."""

    painter: _Painter
    across: float
    _titles: tuple[str, ...] = field(init=False)
    _keys: list[list[tuple[str, str]]] = field(init=False)
    _entries: list[list[tuple[str, str]]] = field(init=False)
    _sources: list[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        view = self.painter.drawing.view
        room = self.across
        self._titles = wrap(view.title, TITLE_SIZE, room, bold=True) if view.title else ()
        names = [(s.key, s.full + (f", {s.role}" if s.role else "")) for s in view.speakers]
        self._keys = _rows(names, room, lambda n: 11 + width(n[1], _KEY) + 24)
        self._entries = _rows(self._kinds(), room, lambda e: _SAMPLE + width(e[1], 13) + 26)
        self._sources = [
            text for s in view.sources for text in wrap(reference(s), 11.0, room) if reference(s)
        ]

    def _kinds(self) -> list[tuple[str, str]]:
        """What the legend explains: only what occurs."""
        view = self.painter.drawing.view
        marks = {i.mark for i in view.inferences}
        entries = [(m.name, m.value) for m in Mark if m in marks]
        if any(len(i.tails) > 1 for i in view.inferences):
            entries.append(("JOINT", "work together"))
        if any(c.sees for c in view.cards):
            entries.append(("SEE", "in full elsewhere"))
        if any(c.manner.startswith("as reported") for c in view.cards):
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
        return (rows * 28.0 + 6.0 if rows else 0.0) + (notes * 15.0 + 4.0 if notes else 0.0)

    def title(self) -> None:
        """Write the title and the authors' key."""
        p, y = self.painter, PAD
        for text in self._titles:
            fit = width(text, TITLE_SIZE, bold=True)
            p.out.append(p.text(text, PAD, y + 24, TITLE_SIZE, "ink", bold=True, fit=fit))
            y += 32.0
        for row in self._keys:
            x = PAD
            y += 22.0
            for key, name in row:
                bar = f'<rect x="{number(x)}" y="{number(y - 11)}" width="5" height="15" rx="2"'
                p.out.append(f"{bar} {p.ink.fill(p.author(key))}/>")
                w = width(name, _KEY)
                p.out.append(p.text(name, x + 11, y + 1, _KEY, "grey", fit=w))
                x += 11 + w + 24

    def nothing(self, top: float) -> None:
        """Say that there is nothing to see yet."""
        p = self.painter
        p.out.append(p.text("This map holds no claims yet.", PAD, top + 4, 14.0, "grey"))

    def legend(self, top: float) -> None:
        """Draw a sample of every kind of line and frame that occurs, then name the sources."""
        p, y = self.painter, top
        if self._entries:
            p.out.append('<g aria-hidden="true">')
            rule = f"M{number(PAD)},{number(y)}H{number(PAD + self.across)}"
            p.out.append(f'<path d="{rule}" fill="none" {p.ink.stroke("hairline")}/>')
            for row in self._entries:
                x = PAD
                y += 24.0
                for name, word in row:
                    p.out.append(self._sample(name, x, y))
                    fit = width(word, 13.0)
                    p.out.append(p.text(word, x + _SAMPLE, y + 4.5, 13.0, "grey", fit=fit))
                    x += _SAMPLE + fit + 26
                y += 4.0
            p.out.append("</g>")
            y += 6.0
        for note in self._sources:
            y += 15.0
            p.out.append(p.text(note, PAD, y, 11.0, "grey", fit=width(note, 11.0)))

    def _sample(self, name: str, x: float, y: float) -> str:
        ink = self.painter.ink
        frame = f'<rect x="{number(x)}" y="{number(y - 9)}" width="44" height="18" rx="5"'
        match name:
            case "JOINT":
                return badge((x + 32, y), 11.0, Mark.SUPPORT, ink)
            case "SEE":
                grey = ink.fill_stroke("bg", "grey")
                return f'{frame} {grey} stroke-width="1.3" stroke-dasharray="2 3"/>'
            case "REPORTED":
                grey = ink.fill_stroke("bg", "grey")
                bar = f"M{number(x + 6)},{number(y - 9)}v18"
                hollow = f'<path d="{bar}" fill="none" {ink.stroke("grey")} stroke-width="1.5"/>'
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
        ink = self.painter.ink
        curve: Curve = ((x, y), (x + 15, y), (x + 30, y), (x + 46, y))
        cut, head = headed(curve, mark, ink)
        if mark in (Mark.CONTRADICT, Mark.AGREE):
            cut, second = headed(cut[::-1], mark, ink)
            return line(cut, mark, ink) + head + second
        return line(cut, mark, ink) + head + badge((x + 18, y), 8.0, mark, ink)


_SAMPLE = 54.0


def _rows(entries: list[tuple[str, str]], room: float, size: object) -> list[list[tuple[str, str]]]:
    """*entries* in rows no wider than *room*."""
    rows: list[list[tuple[str, str]]] = []
    used = 0.0
    for e in entries:
        w = size(e) if callable(size) else 0.0
        if not rows or used + w > room:
            rows.append([])
            used = 0.0
        rows[-1].append(e)
        used += w
    return rows


def _middle(curve: Curve) -> tuple[float, float]:
    return along(curve, length(curve) / 2)


def _label(c: Card) -> str:
    """Who claims what, in one sentence."""
    title = f"{c.title}: " if c.title else ""
    who = f"{c.whole_credit}, {c.role.value}: " if c.credit else ""
    return f"{who}{title}{c.text}"


def _tooltip(c: Card) -> str:
    quote = f" “{c.quote}”" if c.quote else ""
    place = f" ({c.source}{':' if quote else ''}{quote})" if c.source else quote
    return f"{_label(c)}{place}"


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


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
