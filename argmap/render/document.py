"""A Markdown document with its maps drawn: as one page of HTML, or as Markdown with pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from attrs import frozen

from argmap.render.paper import framed, html
from argmap.render.pen import clean, escape
from argmap.render.theme import Theme
from argmap.text import Text

if TYPE_CHECKING:
    from markdown_it.token import Token

_LEAD = " \t>"  # what may stand before a line of a quote, or of a list
_NEWLINE = re.compile(r"\r\n|\n|\r")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!$^])")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)  # an open one is shown: it holds the rest
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


@frozen
class Figure:
    """A map in a document: what it takes the place of, and what is shown there.

    ``body[start:stop]`` is its fence, *line* the number of its first line, *source* what stands
    inside; *shown* says whether the source is to be seen beside the picture.
    """

    start: int
    stop: int
    line: int
    title: str
    cards: int
    picture: str
    source: str = ""
    shown: bool = False

    @property
    def words(self) -> str:
        """What someone who cannot see the picture is told."""
        count = f"{self.cards} card{'' if self.cards == 1 else 's'}"
        return f"{self.title or 'Argument map'} ({count})"


# --- Markdown


def image(figure: Figure, address: str) -> str:
    """The Markdown for *figure*, whose picture lies at *address*."""
    words = _SPECIAL.sub(r"\\\1", " ".join(clean(figure.words).split()))
    return f"![{words}]({address})"


def inline(figure: Figure) -> str:
    """The Markdown for *figure*, its picture in it: one line, as a quote or list may hold it."""
    return f'<figure class="argmap">{"".join(figure.picture.splitlines())}</figure>'


def replaced(text: Text, figures: Sequence[Figure], write: Callable[[Figure], str]) -> str:
    """*text* with what *write* gives in place of each of *figures*; all else is as it was.

    An empty line sets a figure off from text beside it, with which Markdown would join it.
    """
    body = text.body
    found = _NEWLINE.search(body)
    newline = found[0] if found else "\n"
    lines = text.place(len(body)).line
    out: list[str] = []
    done = above = 0
    for f in figures:
        out.append(body[done : f.start])
        lead = body[text.ends(f.line)[0] : f.start]
        if f.line - 1 > above and text.line(f.line - 1).strip(_LEAD) and not lead.strip(_LEAD):
            out.append(newline + lead)
        out.append(write(f))
        done, above = f.stop, text.place(f.stop).line
        if above < lines and text.line(above + 1).strip(_LEAD):
            closing = text.line(above)
            lead = closing[: len(closing) - len(closing.lstrip(_LEAD))]
            out.append(newline + lead.rstrip())
    out.append(body[done:])
    return "".join(out)


# --- HTML


def page(
    body: str, figures: Sequence[Figure], *, title: str, theme: str | Theme, deepest: int
) -> str:
    """*body* as a page that needs nothing from elsewhere, each of *figures* in its place.

    HTML in the document is shown as text, and comments are left out: a page made of somebody
    else's notes runs nothing. A picture that lies elsewhere becomes a link. *title* is what the
    page is called if it has no heading; *deepest* bounds how deep quotes and lists go.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": deepest}).enable(["table", "strikethrough"])
    for name, rule in (("fence", _fence), ("html_block", _html), ("html_inline", _html)):
        parser.add_render_rule(name, rule)
    parser.add_render_rule("image", _image)
    tokens = parser.parse(clean(body))
    env = {"figures": {f.line - 1: f for f in figures}}
    content: str = parser.renderer.render(tokens, parser.options, env)
    return html(content, title=_heading(tokens) or title, theme=theme)


def _heading(tokens: Sequence[Token]) -> str:
    """The words of the first heading; "" if there is none."""
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            return "".join(
                t.content or " " for t in token.children or () if t.type != "html_inline"
            )
    return ""


def _fence(renderer: Any, tokens: Sequence[Token], i: int, options: Any, env: Any) -> str:
    token = tokens[i]
    figure: Figure | None = env["figures"].get(token.map[0]) if token.map else None
    if figure is None:
        code: str = type(renderer).fence(renderer, tokens, i, options, env)
        return code
    caption = f"<figcaption>{escape(figure.title)}</figcaption>\n" if figure.title else ""
    opened = " open" if figure.shown else ""
    return (
        f'<figure class="argmap">\n{caption}{framed(figure.picture)}'
        f"<details{opened}><summary>The map as text</summary>\n"
        f"<pre><code>{escape(figure.source)}</code></pre></details>\n</figure>\n"
    )


def _html(_: Any, tokens: Sequence[Token], i: int, _options: Any, _env: Any) -> str:
    left = _COMMENT.sub("", tokens[i].content)
    if tokens[i].type == "html_inline":
        return escape(left)
    return f"<p>{escape(left.strip())}</p>\n" if left.strip() else ""


def _image(renderer: Any, tokens: Sequence[Token], i: int, options: Any, env: Any) -> str:
    address = str(tokens[i].attrs.get("src", ""))
    if not _ELSEWHERE.match(address):
        shown: str = type(renderer).image(renderer, tokens, i, options, env)
        return shown
    words = renderer.renderInlineAsText(tokens[i].children or [], options, env) or address
    return f'<a href="{escape(address)}">{escape(words)}</a>'
