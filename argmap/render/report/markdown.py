"""A report as Markdown; no word of it becomes markup."""

from __future__ import annotations

from collections.abc import Sequence

from argmap.render.markdown import DEEPEST, begun, plain
from argmap.render.report.core import (
    Block,
    Cell,
    Heading,
    Items,
    Paragraph,
    Picture,
    Report,
    Table,
    Words,
    depths,
    tidy,
)


def markdown(report: Report) -> str:
    """*report* as headings, paragraphs, lists and tables. Tables are those of GitHub."""
    blocks = [f"# {plain(report.title)}"] if plain(report.title) else []
    blocks += [text for block in report.blocks if (text := _block(block))]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {plain(block.text)}" if plain(block.text) else ""
        case Paragraph():
            return _words(block.words)
        case Items():
            return "\n".join(
                f"{'  ' * min(depth, DEEPEST - 1)}- {_words(item.words)}".rstrip()
                for depth, item in depths(block.items)
            )
        case Table():
            caption = f"*{plain(block.caption)}*" if plain(block.caption) else ""
            return "\n\n".join(part for part in (caption, _table(block)) if part)
        case Picture():
            return f"*(a picture, in .html only: {plain(block.caption) or 'untitled'})*"


def _table(table: Table) -> str:
    if not table.columns:
        return ""
    rule = f"|{'---|' * len(table.columns)}"
    rows = [_row(row, strong=table.headed) for row in table.rows]
    return "\n".join([_row(table.columns), rule, *rows])


def _row(cells: Sequence[Cell], *, strong: bool = False) -> str:
    """A line of a table; the first of its *cells* is bold if that is its head."""
    said = []
    for n, c in enumerate(cells):
        paragraphs = [_words(p, strong=strong and not n) for p in c.paragraphs]
        said.append("<br>".join(p for p in paragraphs if p))
    return f"| {' | '.join(said)} |"


def _words(said: Words, *, strong: bool = False) -> str:
    """*said* on one line, as it looks: bold or in italics, blanks outside."""
    runs = tidy(said)
    out = ""
    for n, run in enumerate(runs):
        inner = plain(run.text) if n else begun(run.text)
        sign = "**" if run.strong or run.marked or strong else "*" if run.muted else ""
        before = " " if run.text[0].isspace() else ""
        after = " " if run.text[-1].isspace() and inner else ""
        last = out[-1:] if not before else " "
        following = " " if after or n + 1 == len(runs) else runs[n + 1].text[0]
        if not inner or not _opens(last, inner[0]) or not _opens(following, inner[-1]):
            sign = ""
        out += f"{before}{sign}{inner}{sign}{after}"
    return out


def _opens(outer: str, inner: str) -> bool:
    """Whether stars between *outer* and *inner*, a character each, are stars of emphasis."""
    return outer != "*" and (inner.isalnum() or not outer.isalnum())
