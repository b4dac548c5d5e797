"""Claims as cards: the claim, its full citation, and the quotation in its paragraph."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from attrs import frozen

from argmap.model import ClaimRef, Speaker, credit
from argmap.model.core import ArgumentRef
from argmap.model.reference import citation, name_of
from argmap.provenance.passages import Passage, Shown
from argmap.render.markdown import plain
from argmap.render.paper import html
from argmap.render.pen import escape
from argmap.render.theme import Theme
from argmap.text import printable


@frozen
class Sheet:
    """What one card says. *credit* is whose claim it is, in one phrase; *bears* is what it is for
    or against, a phrase for each; *speakers* are those of the map, by their keys.
    """

    number: str
    ref: ClaimRef | ArgumentRef
    text: str
    credit: str
    speakers: Mapping[str, Speaker]
    cited: tuple[Shown, ...]
    bears: tuple[str, ...] = ()


def reference_of(sheet: Sheet, c: Shown) -> str:
    """The full citation of *c*: the speaker of the claim first, where others wrote the source and
    quote them, as far as that is known.
    """
    if c.source is None:
        return c.citation.at
    whole = citation(c.source, c.citation.at)
    who = sheet.speakers.get(c.wording.by)
    manner = credit(c.wording).whole
    if manner != sheet.credit:  # it is held by others, or otherwise, besides
        whole = f"{whole}, {manner}"
    if who is None or who.data.get("unsigned") is True:
        return whole
    wrote = {name_of(a).plain for a in c.source.authors}
    speaks = who.full not in wrote and (c.knows or not wrote)
    return f"{who.full} in: {whole}" if speaks else whole


def _quotation(c: Shown) -> str:
    """What is quoted, and what must be said of it; "" if it is marked in its passage."""
    if not c.citation.quote or (c.passage is not None and c.finding and not c.remark):
        return ""
    return f"“{c.citation.quote}”" + (f" ({c.remark})" if c.remark else "")


# --- plain text


def text(sheets: Sequence[Sheet], *, context: bool, columns: int = 80, ascii: bool = False) -> str:
    """*sheets* for a terminal; with *context*, the whole paragraphs and the quotation in ``»«``."""
    marks = (">>", "<<") if ascii else ("»", "«")
    return "\n".join(_text(s, context, columns, marks) for s in sheets)


def _text(s: Sheet, context: bool, columns: int, marks: tuple[str, str]) -> str:
    lines = _wrapped(f"{s.number} {s.ref} {s.text}", columns, "", "  ")
    if s.credit:
        lines += _wrapped(f"held by: {s.credit}", columns)
    lines += [line for b in s.bears for line in _wrapped(b, columns)]
    for c in s.cited:
        where = reference_of(s, c)
        if c.citation.quote:
            where = f"{where}: “{c.citation.quote}”" if where else f"“{c.citation.quote}”"
            where += f" ({c.remark})" if context and c.remark else ""
        lines += _wrapped(where, columns)
        if context and c.passage is not None:
            lines += ["", *_paragraphs(c.passage, columns, marks)]
        elif context and c.trouble:
            lines += _wrapped(f"({c.trouble})", columns)
    return "\n".join(lines).rstrip() + "\n"


def _paragraphs(passage: Passage, columns: int, marks: tuple[str, str]) -> list[str]:
    lines: list[str] = []
    for n, pieces in passage.paragraphs:
        said = "".join(f"{marks[0]}{p.words}{marks[1]}" if p.marked else p.words for p in pieces)
        lines += [*_wrapped(f"¶{n}  {said}", columns, "    ", "    "), ""]
    return [*lines, "    …", ""] if passage.cut else lines


def _wrapped(words: str, columns: int, first: str = "  ", rest: str = "    ") -> list[str]:
    flat = " ".join(printable(words).split())
    return textwrap.wrap(
        flat, columns, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )


# --- Markdown


def markdown(sheets: Sequence[Sheet], *, title: str = "") -> str:
    """*sheets* as Markdown: a heading for each, the citation, and the paragraph as a quotation."""
    blocks = [f"# {plain(title)}"] if title else []
    for s in sheets:
        blocks.append(f"## {plain(s.number)} {plain(s.text)}")
        who = " · ".join(plain(p) for p in (s.credit, *s.bears) if p)
        if who:
            blocks.append(f"*{who}*")
        for c in s.cited:
            blocks += _cited_markdown(s, c)
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _cited_markdown(s: Sheet, c: Shown) -> list[str]:
    blocks = [f"— {plain(reference_of(s, c))}"]
    if said := _quotation(c):
        blocks.append(plain(said))
    if c.passage is not None:
        paragraphs = [
            f"¶{n} "
            + "".join(f"**{_kept(p.words)}**" if p.marked else _kept(p.words) for p in pieces)
            for n, pieces in c.passage.paragraphs
        ]
        quoted = "\n>\n".join(f"> {each.strip()}" for each in paragraphs)
        blocks.append(f"{quoted}\n>\n> …" if c.passage.cut else quoted)
    return blocks


def _kept(words: str) -> str:
    """*words* as `plain` gives them, with the blanks at their ends."""
    before = " " if words[:1].isspace() else ""
    after = " " if words[-1:].isspace() and words.strip() else ""
    return before + plain(words) + after


# --- HTML


def page(sheets: Sequence[Sheet], *, title: str = "", theme: str | Theme = "auto") -> str:
    """*sheets* as one page, to be read, printed and cut out. It loads nothing and runs nothing."""
    head = f"<h1>{_words(title)}</h1>\n" if title else ""
    return html(
        head + "".join(map(_article, sheets)),
        title=printable(title) or "Cards",
        theme=theme,
        style=_STYLE,
        colours=_colours,
    )


def _article(s: Sheet) -> str:
    who = " · ".join(_words(p) for p in (s.credit, *s.bears) if p)
    said = f'<p class="who">{who}</p>\n' if who else ""
    inner = "".join(_cited_html(s, c) for c in s.cited)
    number = f'<span class="number">{_words(s.number)}</span>'
    return f'<article class="card">\n<h2>{number} {_words(s.text)}</h2>\n{said}{inner}</article>\n'


def _cited_html(s: Sheet, c: Shown) -> str:
    where = f"<p><cite>{_words(reference_of(s, c))}</cite></p>\n"
    if said := _quotation(c):
        where += f"<p>{_words(said)}</p>\n"
    if c.passage is not None:
        paragraphs = "".join(
            f'<p><span class="number">¶{n}</span> '
            + "".join(
                f"<mark>{_spaced(p.words)}</mark>" if p.marked else _spaced(p.words) for p in pieces
            )
            + "</p>\n"
            for n, pieces in c.passage.paragraphs
        )
        more = "<p>…</p>\n" if c.passage.cut else ""
        return f"{where}<blockquote>\n{paragraphs}{more}</blockquote>\n"
    return where


def _words(words: str) -> str:
    return escape(" ".join(printable(words).split()))


def _spaced(words: str) -> str:
    """As `_words`, with the blanks at the ends."""
    before = " " if words[:1].isspace() else ""
    after = " " if words[-1:].isspace() and words.strip() else ""
    return before + _words(words) + after


def _colours(theme: Theme) -> str:
    return (
        f".card {{ border-color: {theme['hairline']}; }}\n"
        f".who, .number {{ color: {theme['grey']}; }}\n"
        f"mark {{ color: {theme['ink']}; background: {theme['other-tint']};"
        f" box-shadow: 0 2px 0 {theme['author-0']}; }}\n"
    )


_STYLE = """\
.card { border: 1px solid; border-radius: 6px; padding: 1rem 1.25rem; margin: 0.75rem 0; }
.card h2 { font-size: 1.125rem; margin: 0 0 0.25rem; }
.card .number { font-weight: 400; }
.card .who { margin: 0; }
.card cite { font-style: normal; font-size: 0.9375rem; }
.card blockquote { margin-bottom: 0; }
mark { font-weight: 700; }
@media print { .card { break-inside: avoid; } }
"""
