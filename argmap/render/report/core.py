"""What a report is made of: headings, paragraphs, lists and tables, whatever it is printed as.

Comparisons, matrices, flow sheets and lists of changes become reports; `terminal`, `markdown` and
`page` print any of them, so that no two say a thing differently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from attrs import evolve, field, frozen

from argmap.model import Source
from argmap.model.reference import reference
from argmap.text import printable

_TIED = 12  # letters that stay together at the end of a line
_BLANKS = re.compile(r"[^\S\xa0]+")


@frozen
class Run:
    """Some words that look alike. *muted* words are said by the way: places, reasons, notes."""

    text: str
    strong: bool = False
    muted: bool = False
    marked: bool = False
    """Whether they are a warning, or what is missing: not by colour alone."""


Words: TypeAlias = tuple[Run, ...]
"""What stands in one paragraph; no blanks are added between runs."""


def words(*said: str | Run) -> Words:
    """*said*, one after another."""
    return tuple(Run(s) if isinstance(s, str) else s for s in said if s)


def place(source: str) -> Run:
    """Where something stands, as ``Seminar report ¶12``: said by the way, and its last two words
    on one line if they are short.
    """
    *head, last = source.split() or [""]
    tie = "\xa0" if head and len(head[-1]) + len(last) <= _TIED else " "
    return Run(tie.join([" ".join(head), last]) if head else last, muted=True)


def tidy(said: Words) -> Words:
    """*said* as it can be printed: on one line, safe anywhere, with single blanks in it. Blanks
    that do not break stay so.

    >>> "".join(run.text for run in tidy(words(" one\\n", Run(" two ", strong=True))))
    'one two'
    """
    found: list[Run] = []
    blank = True  # whether one stands before
    for run in said:
        text = printable(run.text)
        text = _BLANKS.sub(" ", text)
        if blank:
            text = text.removeprefix(" ")
        if text:
            found.append(evolve(run, text=text))
            blank = text.endswith(" ")
    if found and blank:
        found[-1] = evolve(found[-1], text=found[-1].text.rstrip())
    return tuple(run for run in found if run.text)


@frozen
class Heading:
    """A heading of *level* 2 or 3; the title of the report is level 1."""

    text: str
    level: int = 2


@frozen
class Paragraph:
    """Words that stand by themselves."""

    words: Words


@frozen
class Item:
    """An entry of a list, and what is listed below it."""

    words: Words
    items: tuple[Item, ...] = ()


@frozen
class Items:
    """A list."""

    items: tuple[Item, ...]


def depths(items: Sequence[Item]) -> Iterator[tuple[int, Item]]:
    """*items* and all below them, each with how deep it is listed, from 0."""
    todo = [(0, item) for item in reversed(items)]
    while todo:
        depth, item = todo.pop()
        yield depth, item
        todo += [(depth + 1, inner) for inner in reversed(item.items)]


@frozen
class Cell:
    """What stands in one place of a table: paragraphs, one below the other."""

    paragraphs: tuple[Words, ...] = ()

    @property
    def plain(self) -> str:
        """Its words without their looks, with ``; `` between paragraphs, as for a spreadsheet."""
        return "; ".join("".join(r.text for r in p) for p in self.paragraphs)


def cell(*paragraphs: str | Words) -> Cell:
    """A cell of *paragraphs*."""
    return Cell(tuple(words(p) if isinstance(p, str) else p for p in paragraphs if p))


@frozen
class Table:
    """*columns* are the heads; each row has as many cells. With *headed*, the first cell of a row
    is its head. *caption* says what it shows to those who do not see it; *shares* are how wide the
    columns are beside each other: equally wide, unless given. A *dense* one is printed in smaller
    type, so that what belongs on one sheet has room there.
    """

    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    headed: bool = True
    shares: tuple[int, ...] = ()
    dense: bool = False


@frozen
class Picture:
    """A drawing, as SVG, and what it shows; only pages can hold it."""

    svg: str = field(repr=False)
    caption: str = ""


def sources(cited: Iterable[Source]) -> Iterator[Paragraph]:
    """A paragraph on the works that are *cited*, where anything is known of them."""
    if known := [note for s in cited if (note := reference(s))]:
        yield Paragraph(words(Run("Sources: " + "; ".join(known), muted=True)))


Block: TypeAlias = Heading | Paragraph | Items | Table | Picture


@frozen
class Report:
    """*blocks* under a *title*. *language* is that of its words."""

    title: str
    blocks: tuple[Block, ...] = ()
    language: str = "en"

    @property
    def tables(self) -> Sequence[Table]:
        """Its tables, in order."""
        return tuple(b for b in self.blocks if isinstance(b, Table))
