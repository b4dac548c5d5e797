"""A map as one page of HTML: its picture, and under it the same in words.

The page needs nothing from elsewhere. Where a browser runs its script (``page.js``), the picture
fills the window and can be shown step by step; without, it is all there, and stands still. No word
of a map becomes markup, and none becomes a script.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from argmap.layout import Drawing
from argmap.model import Source
from argmap.model.reference import reference
from argmap.render.entries import Entry, Mutual, Telling, part_of, telling, who_is
from argmap.render.page.steps import in_order, steps
from argmap.render.paper import framed, html, variables
from argmap.render.pen import clean, escape, seats
from argmap.render.svg import svg
from argmap.render.theme import Theme, of_mark, resolved
from argmap.text import printable
from argmap.view import Card, View

DEEPEST = 8  # levels that a list stands in, so that a small screen has room for words

_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_LINKED = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LTR = re.compile(r"[^\W\d_\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_RTL_LANGUAGES = frozenset("ar arc ckb dv fa he ks ku-arab ps sd ug ur yi".split())
_MARKS = ("support", "attack", "undercut", "contradict", "other")


def page(drawing: Drawing, view: View, *, theme: str | Theme = "auto", language: str = "en") -> str:
    """*view* as a page, with its picture: *drawing*, which need not repeat the title.

    *language* is that of the words, as in ``en`` or ``de-AT``. The same map gives the same bytes.

    Raises:
        UnknownName: there is no theme of that name.
    """
    told = telling(view)
    title = _words(view.title) or "Argument map"
    parts = [f"<h1>{title}</h1>\n"]
    if view.partial:
        parts.append(f'<p class="partial">{_words(part_of(view))}</p>\n')
    if view.speakers:
        parts.append(f'<p class="who">{"; ".join(_words(who_is(s)) for s in view.speakers)}</p>\n')
    caption = "The map as a picture. All of it follows in words." if view.cards else ""
    parts.append(
        f'<figure class="argmap">\n{framed(svg(drawing, theme=theme, links=False))}'
        + (f"<figcaption>{caption}</figcaption>\n" if caption else "")
        + "</figure>\n"
    )
    parts.append('<div id="am-say" aria-live="polite" hidden="hidden"></div>\n')
    parts.append('<section id="am-words" aria-label="In words" tabindex="0">\n')
    if view.cards:
        parts += ["<h2>In words</h2>\n", *_list(told)]
    asked = [f"{_words(q.text)} {_numbers(q.cards, told)}" for q in view.questions]
    groups = [f"{_words(g.title)}: {_numbers(g.cards, told)}" for g in view.groups]
    cited = [_linked(s) for s in view.sources if reference(s)]
    for heading, items in (("Questions", asked), ("Groups", groups), ("Sources", cited)):
        if items:
            inner = "".join(f"<li>{item}</li>\n" for item in items)
            parts.append(f"<h2>{heading}</h2>\n<ul>\n{inner}</ul>\n")
    parts.append("</section>\n")
    parts += _controls(drawing.view, theme)
    wide, high = drawing.plan.width, drawing.plan.height
    sheet = f"@page {{ size: {'landscape' if wide > high else 'portrait'}; margin: 10mm; }}\n"
    return html(
        "".join(parts),
        title=printable(view.title) or "Argument map",
        theme=theme,
        language=language,
        rtl=_reads_leftward(view, language),
        style=_style() + sheet,
        colours=_colours,
        after=f'<script type="application/json" id="am-data">{_data(drawing.view)}</script>\n'
        f"<script>{_script()}</script>\n",
        prose=False,
    )


# --- what only the script shows

_KEYS = (
    ("→ ↓ Space Page Down", "next step"),
    ("← ↑ Page Up", "back"),
    ("Home, End", "the title, the whole map"),
    ("Enter, click", "fold a branch, or open it"),
    ("/ and Enter", "search, next hit"),
    ("+ − 0, wheel, pinch", "zoom in, out, all of it"),
    ("Shift and arrows, drag", "move the picture"),
    ("w n d p", "words, notes, dark, print"),
    ("? and Esc", "this list, close it"),
)


def _controls(view: View, theme: str | Theme) -> Iterator[str]:
    """Buttons, the presenter's notes and the list of keys; hidden until the script shows them.

    A button says which key it stands for.
    """
    yield '<div id="am-bar" class="bar" role="group" aria-label="Controls" lang="en" '
    yield 'hidden="hidden">\n'
    yield _button("PageUp", "Back", "←") + _button("PageDown", "Next", "→")
    yield '<output id="am-at"></output>\n'
    first, _ = resolved(theme)
    seat = seats(view.held, first.authors)
    for n, s in enumerate(view.speakers if len(view.speakers) > 1 else ()):
        colour = f"author-{seat[s.key]}" if s.key in seat else "grey"
        yield (
            f'<button type="button" data-who="{n}" aria-pressed="false">'
            f'<span aria-hidden="true" style="color:var(--{colour})">■</span> '
            f"{_words(s.key)}</button>\n"
        )
    yield (
        '<input type="search" id="am-find" aria-label="Search" placeholder="Search" />'
        '<output id="am-hits"></output>\n'
    )
    yield _button("-", "Zoom out", "−") + _button("+", "Zoom in", "+") + _button("0", "Fit", "Fit")
    for key, panel, word in (
        ("w", "words", "Words"),
        ("n", "notes", "Notes"),
        ("?", "keys", "Keys"),
    ):
        yield _button(key, "", word, f' aria-controls="am-{panel}" aria-expanded="false"')
    both = "" if theme == "auto" else ' hidden="hidden"'
    yield _button("d", "", "Dark", f' id="am-dark" aria-pressed="false"{both}')
    yield _button("p", "", "Print")
    yield "</div>\n"
    yield (
        '<section id="am-notes" aria-label="Notes" lang="en" tabindex="0" hidden="hidden">\n'
        '<h2>Notes</h2>\n<div id="am-note"></div>\n</section>\n'
    )
    keys = "".join(f"<dt>{escape(k)}</dt><dd>{what}</dd>\n" for k, what in _KEYS)
    yield (
        '<section id="am-keys" aria-label="Keys" lang="en" tabindex="0" hidden="hidden">\n'
        f"<h2>Keys</h2>\n<dl>\n{keys}</dl>\n"
        '<p><label><input type="checkbox" id="am-single" checked="checked" /> '
        "Single characters are keys</label></p>\n</section>\n"
    )


def _button(key: str, label: str, word: str, more: str = "") -> str:
    said = f' aria-label="{label}"' if label else ""
    return f'<button type="button" data-key="{key}"{said}{more}>{word}</button>\n'


def _data(view: View) -> str:
    """What the script must know: cards by their places in the list, never their words."""
    order = in_order(view)
    at = {id: n for n, id in enumerate(order)}
    who = {s.key: n for n, s in enumerate(view.speakers)}

    def above(id: str) -> int:
        i = view.inference.get(view.parent.get(id, ""))
        return at[view.head_card(i)] if i else -1

    def ends(id: str) -> list[int]:
        i = view.inference[id]
        struck = view.inference.get(i.head)
        ids = (*i.tails, *(struck.tails if struck else ()), view.head_card(i))
        return list(dict.fromkeys(at[c] for c in ids))

    data = {
        "cards": [[id, above(id), who.get(view.by_id[id].speaker, -1)] for id in order],
        "steps": [[at[id] for id in ids] for ids in steps(view)],
        "links": [[i.id, ends(i.id)] for i in view.inferences],
        "groups": [[f"g-{g.id}", [at[id] for id in g.cards if id in at]] for g in view.groups],
        "notes": {c.id: clean(c.note) for c in view.cards if c.note and not c.sees},
    }
    made = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return made.replace("<", "\\u003c").replace(">", "\\u003e")


@cache
def _script() -> str:
    """``page.js`` without what is for its readers only.

    Comments there have lines of their own, every statement ends with a semicolon or a brace, and
    no string holds a line break. What stands between quotes is left as it is; elsewhere blanks
    around signs go, and so do the ends of lines. ``let`` is shorter than ``const``.
    """
    lines = (line.strip() for line in _read("page.js").splitlines())
    text = "".join(line for line in lines if not line.startswith("//"))
    text = _JS_BLANKS.sub(lambda m: m[1] or m[2], text)
    return re.sub(r"\bconst\b ?(?=([\[{])?)", lambda m: "let" if m[1] else "let ", text).replace(
        ";}", "}"
    )


@cache
def _style() -> str:
    return _CSS_COMMENT.sub("", _read("page.css"))


def _read(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_JS_BLANKS = re.compile(r"""('[^']*'|"[^"]*"|`[^`]*`)|[ ]*([^\w$\s'"`])[ ]*""")


def _reads_leftward(view: View, language: str) -> bool:
    """Whether the page runs from right to left: by its language, else by most of its letters."""
    known = language.lower()
    if known.split("-")[0] in _RTL_LANGUAGES or known in _RTL_LANGUAGES:
        return True
    words = " ".join((view.title, *(c.text for c in view.cards)))
    return 2 * len(_RTL.findall(words)) > len(_LTR.findall(words)) + len(_RTL.findall(words))


# --- words


def _words(text: str) -> str:
    return escape(" ".join(printable(text).split()))


def _list(told: Telling) -> Iterator[str]:
    """All entries, one list in the other."""
    above = -1
    for e in told.entries(DEEPEST):
        if e.level > above:
            top = "" if e.level else ' class="claims"'
            yield f'<ul{top} role="list">\n'
        else:
            yield "</li>\n" + "</ul>\n</li>\n" * (above - e.level)
        above = e.level
        yield _item(e)
    yield "</li>\n</ul>\n" * (above + 1)


def _item(e: Entry | Mutual) -> str:
    """An entry, without the end of its element: there may be more in it."""
    kind = of_mark(e.mark) if e.mark else "claim"
    how = f'<b class="how">{_words(e.how)}</b>' if e.how else ""
    if isinstance(e, Mutual):
        parts = [f'<a href="#c-{e.card.id}">{how}</a>', _aside(e.aside)]
        return f'<li class="{kind}"><p>{" ".join(p for p in parts if p)}</p>\n'
    who = _who(e.who, e.card.whole_credit)
    if e.card.sees:
        pointer = "back to" if e.looped else "see"
        parts = [f"{pointer} {_link(e.card.sees, e.card)}, which {how}:", _said(e.text), who]
    else:
        parts = [f"<b>{_words(e.card.number)}</b>", f"{how}:" if how else ""]
        parts += [f"<b>{_words(e.card.title)}:</b>" if e.card.title else "", _said(e.text)]
        parts += [
            "(unstated)" if e.card.unstated else "",
            who,
            _aside(e.remarks),
            _more(e.card.url),
        ]
    parts.append(_aside(e.step, e.aside, e.more))
    inner = " ".join(p for p in parts if p)
    return f'<li class="{kind}" id="c-{e.card.id}"><p>{inner}</p>\n'


def _said(text: str) -> str:
    """A statement; where scripts of both directions could mix, it keeps its own."""
    words = _words(text)
    return f"<bdi>{words}</bdi>" if _RTL.search(words) else words


def _who(who: str, credit: str) -> str:
    """Whose it is, and after that where it stands, which is not said aloud in class."""
    words = _words(who)
    if not words:
        return ""
    holder = _words(credit)
    holder = holder if words.startswith(holder) else ""
    where = f'<span class="at">{words[len(holder) :]}</span>' if words != holder else ""
    dash = "—\xa0"
    if not holder:
        return f'<span class="who at">{dash}{words}</span>'
    return f'<span class="who">{dash}{holder}{where}</span>'


def _more(url: str) -> str:
    """A link to where more is to be read; "" if that is no address of the web or of mail."""
    address = _words(url)
    if not _LINKED.fullmatch(printable(url)):
        return ""
    return f'<a href="{address}" rel="noreferrer">read more</a>'


def _aside(*said: str) -> str:
    words = "; ".join(p for s in said if (p := _words(s)))
    return f'<span class="aside">({words})</span>' if words else ""


def _link(id: str, card: Card) -> str:
    return f'<a href="#c-{id}">{_words(card.number)}</a>'


def _numbers(cards: Iterable[str], told: Telling) -> str:
    return ", ".join(_link(c, told.view.by_id[c]) for c in cards)


def _linked(s: Source) -> str:
    """The citation of a source; its address can be followed if it is one of the web."""
    words, address = _words(reference(s)), _words(s.url)
    if not _WEB.fullmatch(printable(s.url)):
        return words
    before, found, after = words.rpartition(address)
    return f'{before}<a href="{address}">{address}</a>{after}' if found else words


def _colours(theme: Theme) -> str:
    """The colours by name, for the rules of ``page.css``."""
    named = {
        **{name: name for name in ("grey", "claim", *_MARKS)},
        **{f"author-{n}": f"author-{n}" for n in range(theme.authors)},
        **{"claim": "claim-line", "line": "hairline", "mark": "hit"},
    }
    return f":root {{ {variables(theme, named)} }}\n"
