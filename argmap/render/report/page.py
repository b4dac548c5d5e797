"""A report as one page of HTML, to be read on a screen and printed on as little paper as can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from argmap.errors import BadValue
from argmap.layout.size import Size, size_of
from argmap.render.paper import framed, html
from argmap.render.pen import escape
from argmap.render.report.core import (
    Block,
    Cell,
    Heading,
    Item,
    Items,
    Paragraph,
    Picture,
    Report,
    Table,
    Words,
    depths,
    tidy,
)
from argmap.render.theme import Theme
from argmap.text import printable

_DEEPEST = 8  # levels that a list stands in, so that a small screen has room for words


@frozen
class _Fit:
    """How a table is set on paper: by which *classes* of the style sheet, with how many *letters*
    in a line, and from how many *lines* a row may go over two sheets.
    """

    classes: str
    letters: int
    lines: int


_UPRIGHT = 4  # columns that a sheet has room for upright
_ASIDE = 7  # and on its side, in type of the usual size
_DENSE = _Fit("dense", 155, 32)
_FEW, _SEVERAL, _MANY = _Fit("", 130, 26), _Fit("broad", 180, 22), _Fit("broad many", 215, 33)


def page(report: Report, *, theme: str | Theme = "auto", size: str = "") -> str:
    """*report* as a page that loads nothing and runs nothing.

    It is printed on paper of *size*, which is A4 unless given: on its side where a table has many
    columns, unless *size* says how it lies. The same report gives the same bytes.

    Raises:
        UnknownName: there is no theme of that name.
        BadValue: there is no such paper.
    """
    sheet = _sheet(size, report.tables)
    content = "".join(part for block in report.blocks for part in _block(block))
    title = _plain(report.title)
    return html(
        (f"<h1>{title}</h1>\n" if title else "") + content,
        title=" ".join(printable(report.title).split()) or "Report",
        theme=theme,
        language=report.language,
        style=_STYLE + f"@page {{ size: {_points(sheet)}; margin: 10mm; }}\n",
        colours=_colours,
        prose=False,
    )


def _sheet(name: str, tables: Sequence[Table]) -> Size:
    """The paper called *name*, as it lies for *tables*."""
    size = size_of(name or "a4")
    if not size.paper:
        raise BadValue(f"a page is printed on paper, and {size.name} is none: take a4 or letter")
    broad = any(len(t.columns) > _UPRIGHT for t in tables)
    return size.ways[0 if broad else -1]


def _points(size: Size) -> str:
    return f"{size.width:.2f}pt {size.height:.2f}pt"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            if title := _plain(block.text):
                yield f"<h{block.level}>{title}</h{block.level}>\n"
        case Paragraph():
            if said := _words(block.words):
                yield f'<p dir="auto">{said}</p>\n'
        case Items():
            yield from _list(block.items)
        case Table():
            yield from _table(block)
        case Picture():
            caption = _plain(block.caption)
            told = f"<figcaption>{caption}</figcaption>\n" if caption else ""
            yield f"<figure>\n{framed(block.svg)}{told}</figure>\n"


def _list(items: Sequence[Item]) -> Iterator[str]:
    """*items* as lists in lists."""
    level = -1
    for depth, item in depths(items):
        at = min(depth, _DEEPEST - 1)
        if at > level:
            yield "<ul>\n"
        else:
            yield "</li>\n" + "</ul>\n</li>\n" * (level - at)
        yield f'<li dir="auto">{_words(item.words)}\n'
        level = at
    if items:
        yield "</li>\n</ul>\n" * (level + 1)


def _table(table: Table) -> Iterator[str]:
    caption = _plain(table.caption)
    if not table.columns:
        yield f"<p>{caption}</p>\n" if caption else ""
        return
    said = f' aria-label="{caption}"' if caption else ""
    # who scrolls with keys must be able to get there
    yield f'<div class="scroll" role="group" tabindex="0"{said}>\n'
    many = len(table.columns)
    few = _DENSE if table.dense else _FEW
    fit = few if many <= _UPRIGHT else _SEVERAL if many <= _ASIDE else _MANY
    kind = f' class="{fit.classes}"' if fit.classes else ""
    yield f'<table{kind} style="--columns: {many}">\n'
    yield f"<caption>{caption}</caption>\n" if caption else ""
    if table.shares:
        total = sum(table.shares)
        cols = "".join(f'<col style="width: {100 * s / total:.4g}%">' for s in table.shares)
        yield f"<colgroup>{cols}</colgroup>\n"
    heads = "".join(_cell(c, "col", not n and table.headed) for n, c in enumerate(table.columns))
    yield f"<thead>\n<tr>{heads}</tr>\n</thead>\n<tbody>\n"
    for row in table.rows:
        cells = (_cell(c, "row" if table.headed and not n else "") for n, c in enumerate(row))
        tall = ' class="tall"' if _is_tall(table, row, fit) else ""
        yield f"<tr{tall}>{''.join(cells)}</tr>\n"
    yield "</tbody>\n</table>\n</div>\n"


def _is_tall(table: Table, row: Sequence[Cell], fit: _Fit) -> bool:
    """Whether *row* takes so much of a sheet that it had better begin on one and end on another."""
    total = sum(table.shares) or len(row)
    shares = table.shares or (1,) * len(row)
    for c, share in zip(row, shares, strict=True):
        room = max(1, fit.letters * share // total)
        if sum(1 + sum(len(run.text) for run in p) // room for p in c.paragraphs) > fit.lines:
            return True
    return False


def _cell(cell: Cell, scope: str = "", corner: bool = False) -> str:
    """*cell*; if it is the head of a row or a column, *scope* says of which. The *corner* is the
    head of the heads of rows.
    """
    kind = ' class="corner"' if corner else ""
    said = [words for p in cell.paragraphs if (words := _words(p))]
    inner = said[0] if len(said) == 1 else "".join(f'<p dir="auto">{p}</p>' for p in said)
    if scope and inner:
        return f'<th scope="{scope}"{kind} dir="auto">{inner}</th>'
    return f'<td{kind} dir="auto">{inner}</td>'  # a head without words heads nothing


def _plain(text: str) -> str:
    return escape(" ".join(printable(text).split()))


def _words(said: Words) -> str:
    parts = []
    for run in tidy(said):
        inner = escape(run.text)
        inner = f"<strong>{inner}</strong>" if run.strong else inner
        inner = f'<span class="muted">{inner}</span>' if run.muted else inner
        parts.append(f"<mark>{inner}</mark>" if run.marked else inner)
    return "".join(parts)


def _colours(theme: Theme) -> str:
    return (
        f"th, td {{ border-color: {theme['hairline']}; }}\n"
        f"thead th, thead td {{ background: {theme['other-tint']}; }}\n"
        f'th[scope="row"] {{ background: {theme["bg"]}; }}\n'
        f".muted, caption, figcaption {{ color: {theme['grey']}; }}\n"
        f"mark {{ color: {theme['ink']}; border-color: {theme['attack']}; }}\n"
    )


_STYLE = """\
main { grid-template-columns: minmax(0, 1fr) minmax(0, 84rem) minmax(0, 1fr); }
main > p, main > ul { max-width: 46rem; }
.scroll { overflow-x: auto; margin: .6rem 0; }
h3 { font-size: 1.0625rem; line-height: 1.25; margin: 1.5rem 0 .25rem; }
li { margin: .2rem 0; }
table { border-collapse: collapse; font-size: .9375rem; line-height: 1.4; table-layout: fixed;
  width: min(100%, calc(var(--columns) * 26rem));
  min-width: calc(var(--columns) * 9rem); }
caption { text-align: start; padding: .25rem 0; }
th, td { border: 1px solid; padding: .4rem .6rem; text-align: start; vertical-align: top; }
th p, td p { margin: .35rem 0 0; }
th p:first-child, td p:first-child { margin: 0; }
tbody th { font-weight: 700; }
tbody th .muted { font-weight: 400; }
.broad :is(th, td) { hyphens: auto; }
@media screen {
  .broad { border-collapse: separate; border-spacing: 0; }
  .broad :is(th, td) { border-width: 0 1px 1px 0; }
  .broad thead :is(th, td) { border-top-width: 1px; }
  .broad tr > :first-child { border-left-width: 1px; }
}
@media screen and (min-width: 40rem) {
  .broad th[scope="row"], .broad .corner { position: sticky; left: 0; z-index: 1; }
}
@media screen and (max-width: 40rem) {
  table { min-width: calc(var(--columns) * 7rem); }
  th, td { padding: .3rem .4rem; }
}
mark { background: none; font-weight: 700; border-bottom: 2px solid; }
@media print {
  body { font-size: 8.5pt; line-height: 1.25; }
  h1 { font-size: 13pt; margin: 0 0 1.5mm; }
  h2 { font-size: 10pt; margin: 2.5mm 0 1mm; }
  h3 { font-size: 8.5pt; margin: 2mm 0 .5mm; }
  h1, h2, h3, caption { break-after: avoid; }
  p, ul, figure, .scroll { margin: 1mm 0; }
  main > p, main > ul { max-width: none; }
  ul { padding-left: 4mm; }
  li { margin: 0; }
  p, li { orphans: 2; widows: 2; }
  .scroll { overflow: visible; padding: 0 1px; }
  table { font-size: 8.5pt; line-height: 1.2; width: 100%; min-width: 0; }
  .many { font-size: 7pt; }
  .dense { font-size: 7.25pt; line-height: 1.12; }
  .dense :is(th, td) { padding: .3mm 1mm; }
  .dense p { margin: .2mm 0 0; }
  caption { padding: 0 0 .5mm; }
  th, td { padding: .6mm 1.2mm; }
  th p, td p { margin: .6mm 0 0; }
  tr { break-inside: avoid; }
  tr.tall { break-inside: auto; }
  td p { break-inside: avoid; }
  thead { display: table-header-group; }
  thead th, thead td { background: none; }
  .map svg { max-height: 60vh; }
}
"""
