"""Read what was written, so that nothing is lost without a word."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.formats.argdown.build import Build
from argmap.formats.argdown.parse import parse
from argmap.formats.reading import Context, Reading, fetch_nothing
from argmap.model import Debate
from argmap.text import Problems, Text


def untold(kept: Debate, body: str) -> Iterator[str]:
    """What of *kept* the text *body* does not say, or says otherwise, in a sentence each."""
    text = Text("", body)
    build = Build(text, Context(fetch_nothing, lambda text, _: Reading(Debate(), (), (text,))))
    build.tree(parse(text, Problems()))
    read = build.builder.build()
    if read.normal() == kept.normal():
        return
    there = {t.ref: t for t in read.things}
    for t in kept.things:
        if t.ref not in there:
            yield f"all of {t.ref}"
        elif t != there[t.ref]:
            yield f"something of {t.ref}"
    said = {(r.kind, r.tail, r.head, r.link) for r in read.normal().relations}
    for r in kept.normal().relations:
        if (r.kind, r.tail, r.head, r.link) not in said:
            yield f"that {r.tail} and {r.head} stand in a relation of {r.kind.value}"
    stated = {(r.kind, r.tail, r.head) for r in kept.normal().relations}
    for r in read.normal().relations:
        if (r.kind, r.tail, r.head) not in stated:
            yield f"that {r.tail} and {r.head} stand in no relation of {r.kind.value}"
