"""A map as one page of HTML: its picture, and under it the same in words.

The page needs nothing from elsewhere and runs nothing. No word of a map becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from argmap.layout import Drawing
from argmap.model import Source
from argmap.model.reference import reference
from argmap.render.entries import Entry, Mutual, Telling, telling, who_is
from argmap.render.paper import framed, html
from argmap.render.pen import escape
from argmap.render.svg import svg
from argmap.render.theme import Theme, of_mark
from argmap.text import printable
from argmap.view import Card, View

DEEPEST = 8  # levels that a list stands in, so that a small screen has room for words

_WEB = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
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
    if view.speakers:
        parts.append(f'<p class="who">{"; ".join(_words(who_is(s)) for s in view.speakers)}</p>\n')
    caption = "The map as a picture. All of it follows in words." if view.cards else ""
    parts.append(
        f'<figure class="argmap">\n{framed(svg(drawing, theme=theme))}'
        + (f"<figcaption>{caption}</figcaption>\n" if caption else "")
        + "</figure>\n"
    )
    if view.cards:
        parts += ["<h2>In words</h2>\n", *_list(told)]
    asked = [f"{_words(q.text)} {_numbers(q.cards, told)}" for q in view.questions]
    cited = [_linked(s) for s in view.sources if reference(s)]
    for heading, items in (("Questions", asked), ("Sources", cited)):
        if items:
            inner = "".join(f"<li>{item}</li>\n" for item in items)
            parts.append(f"<h2>{heading}</h2>\n<ul>\n{inner}</ul>\n")
    return html(
        "".join(parts),
        title=printable(view.title) or "Argument map",
        theme=theme,
        language=language,
        style=_STYLE,
        colours=_colours,
    )


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
    elif e.card.sees:
        pointer = "back to" if e.looped else "see"
        parts = [f"{pointer} {_link(e.card.sees, e.card)}, which {how}:", _words(e.text)]
        parts += [_who(e.who), _aside(e.step, e.aside)]
    else:
        parts = [f"<b>{_words(e.card.number)}</b>", f"{how}:" if how else ""]
        parts += [f"<b>{_words(e.card.title)}:</b>" if e.card.title else "", _words(e.text)]
        parts += ["(unstated)" if e.card.unstated else "", _who(e.who)]
        parts += [_aside(e.step, e.aside)]
        kind += f'" id="c-{e.card.id}'
    return f'<li class="{kind}"><p>{" ".join(p for p in parts if p)}</p>\n'


def _who(who: str) -> str:
    words = _words(who)
    return f'<span class="who">—\xa0{words}</span>' if words else ""


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
    """The colour of each mark; it only repeats what the words say."""
    marks = "".join(
        f".claims li.{mark} {{ border-color: {theme[mark]}; }}\n"
        f".{mark} > p .how {{ color: {theme[mark]}; }}\n"
        for mark in _MARKS
    )
    grey = f".who, .aside, figcaption {{ color: {theme['grey']}; }}\n"
    return f"{grey}.claims li {{ border-color: {theme['claim-line']}; }}\n{marks}"


_STYLE = """\
.argmap figcaption { font-weight: 400; font-size: 0.9375rem; text-align: center; }
.claims, .claims ul { list-style: none; margin: 0; padding: 0; }
.claims ul { margin-top: 0.5rem; }
.claims li { border-left: 3px solid; padding-left: 0.8rem; margin: 0.5rem 0; }
.claims > li { margin: 1.25rem 0; }
.claims p { margin: 0; }
.claims > li > p { font-size: 1.125rem; }
.claims :target > p { outline: 2px solid; outline-offset: 3px; }
.who, .aside { font-size: 0.9375rem; }
.aside { display: block; }
@media (max-width: 40rem) { .claims li { padding-left: 0.5rem; border-left-width: 2px; } }
@media print { .claims p { break-inside: avoid; } }
"""
