"""What a query found: as a list for people, as a table and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from attrs import define, field

from argmap.model import Sense, is_made_up
from argmap.queries import Found, Hit
from argmap.render.report import (
    Block,
    Heading,
    Item,
    Items,
    Paragraph,
    Report,
    Run,
    Table,
    cell,
    words,
)
from argmap.sides import Line, Tie
from argmap.text import listed, quantity

COLUMNS = tuple(
    """
    file map number title text unstated credit speaker voice source quotes date kind depth topics
    headings tags links
    """.split()
)
"""The columns of the table, and the keys of a hit in JSON."""


def report(found: Found) -> Report:
    """The claims as an outline under the names of their files, each with its number, whose it is,
    and where; below the nearest above it that was found, too.
    """
    maps = f" in {quantity(found.maps, 'map')}" if found.maps != 1 else ""
    said = f"{len(found.hits)} of {quantity(found.claims, 'claim')}{maps}"
    blocks: list[Block] = [Paragraph(words(said))]
    for place, hits in groupby(found.hits, key=lambda h: (h.file, h.map)):
        if head := _place(*place):
            blocks.append(Heading(head))
        blocks.append(Items(_outline(hits, found.linking)))
    return Report(f"Claims that fit {found.query}", tuple(blocks))


def sheet(found: Found) -> Report:
    """The same as one table, for spreadsheets: one row for each claim."""
    rows = [tuple(cell(*_cells(value)) for value in _record(h).values()) for h in found.hits]
    table = Table(tuple(cell(c) for c in COLUMNS), tuple(rows), headed=False)
    return Report(f"Claims that fit {found.query}", (table,))


def to_json(found: Found) -> str:
    """Everything, for programs."""
    whole = {
        "format": "argmap-query",
        "version": 1,
        "query": found.query,
        "maps": found.maps,
        "claims": found.claims,
        "hits": [
            {**_record(hit), "links": [_link(tie, hit) for tie in hit.links]} for hit in found.hits
        ],
        "doubts": [p.message for p in found.doubts],
    }
    made = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    return made.encode("utf-8", "backslashreplace").decode("utf-8")  # half a pair: as an escape


def _place(file: str, title: str) -> str:
    """Which map it is: its title and its file."""
    return f"{title} ({file})" if title and file else title or file


@define
class _Branch:
    """A hit, and those that hang below it: at most eight deep, as far as a number goes."""

    hit: Hit
    below: list[_Branch] = field(factory=list)

    def item(self, linking: bool) -> Item:
        return _item(self.hit, linking, tuple(b.item(linking) for b in self.below))


def _outline(hits: Iterable[Hit], linking: bool) -> tuple[Item, ...]:
    tops: list[_Branch] = []
    way: list[_Branch] = []
    for hit in hits:
        while way and not hit.number.startswith(f"{way[-1].hit.number}."):
            way.pop()
        branch = _Branch(hit)
        (way[-1].below if way else tops).append(branch)
        way.append(branch)
    return tuple(top.item(linking) for top in tops)


def _item(hit: Hit, linking: bool, below: tuple[Item, ...]) -> Item:
    line = hit.line
    links = tuple(Item(words(link)) for link in _links(hit)) if linking else ()
    who = ", ".join(p for p in (line.credit, line.source) if p)
    return Item(
        words(
            Run(line.number, strong=True),
            f" {line.text}",
            Run(" (unstated)", muted=True) if line.unstated else "",
            Run(f" — {who}", muted=True) if who else "",
        ),
        (*links, *below),
    )


def _links(hit: Hit) -> Iterator[str]:
    """What links *hit* to others, each in a phrase: ``in tension with 3.1 Keller, about time``."""
    for tie in hit.links:
        ends = [" ".join(p for p in (x.number, x.speaker) if p) for x in _others(tie, hit)]
        about = f"about {tie.about.value}" if tie.about else ""
        whose = "the mapper’s reading" if tie.inferred else f"so {tie.by}"
        how = _how(tie.sense, listed(ends), active=hit.line in tie.tails)
        said = ", ".join(p for p in (how, about, whose if tie.link else "") if p)
        yield f"{said}: {tie.because}" if tie.because else said


def _how(sense: Sense, others: str, *, active: bool) -> str:
    match sense:
        case Sense.CLASH:
            return f"clashes with {others}"
        case Sense.TENSION:
            return f"in tension with {others}"
        case Sense.QUALIFIES:
            return f"qualifies {others}" if active else f"qualified by {others}"
        case Sense.AGREES:
            return f"agrees with {others}"
        case Sense.PAST:
            return f"past each other with {others}"


def _others(tie: Tie, hit: Hit) -> tuple[Line, ...]:
    """The other end of *tie*: of the step that an undercut strikes, the premises."""
    if hit.line not in tie.tails:
        return tie.tails
    return tie.struck or (tie.head,)


def _link(tie: Tie, hit: Hit) -> dict[str, Any]:
    return {
        "sense": tie.sense.value,
        "with": [{"number": x.number, "speaker": x.speaker} for x in _others(tie, hit)],
        "about": tie.about.value if tie.about else "",
        "because": tie.because,
        "by": tie.by if tie.link else "",
    }


def _record(hit: Hit) -> dict[str, Any]:
    """What is known of *hit*, under `COLUMNS`."""
    line = hit.line
    said = (
        *(hit.file, hit.map, line.number),
        *("" if is_made_up(line.title) else line.title, line.text, line.unstated),
        *(line.credit, line.speaker, line.voice.value, line.source, list(line.quotes), line.dated),
        *(hit.kind.name.lower(), hit.depth, list(hit.topics), list(hit.headings), list(hit.tags)),
        list(_links(hit)),
    )
    return dict(zip(COLUMNS, said, strict=True))


def _cells(value: object) -> Iterator[str]:
    """*value* as the paragraphs of a cell."""
    match value:
        case bool():
            yield "yes" if value else ""
        case list():
            yield from map(str, value)
        case _:
            yield str(value)
