"""What changed between two maps, as a report, as JSON, as a table and as a picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from argmap.changes.core import Diff, What
from argmap.changes.phrases import Phrase
from argmap.changes.story import Item as Told
from argmap.changes.story import State, Story, story
from argmap.render.report.core import (
    Block,
    Heading,
    Item,
    Items,
    Paragraph,
    Picture,
    Report,
    Run,
    Table,
    Words,
    cell,
    words,
)
from argmap.text import listed

if TYPE_CHECKING:
    from argmap.render.theme import Theme

_PARTS = (
    ("The map", (What.MAP,)),
    ("Headings and questions", (What.HEADING, What.QUESTION)),
    ("Speakers and sources", (What.SPEAKER, What.SOURCE)),
    ("Claims", (What.CLAIM,)),
    ("Arguments", (What.ARGUMENT,)),
)
_NOTHING = "Nothing changed."
_ONLY_NAMES = "Nothing changed but names that argmap makes up."


def report(
    diff: Diff, *, names: tuple[str, str] = ("", ""), theme: str | Theme | None = None
) -> Report:
    """*diff* as lists of what changed, thing by thing.

    *names* are those of the two files. With a *theme*, the newer map is drawn first.
    """
    told = story(diff)
    return Report(_title(diff, names), tuple(_blocks(diff, told, theme)))


def _title(diff: Diff, names: tuple[str, str]) -> str:
    old, new = names
    if new and old and old != new:
        return f"What changed: {old} → {new}"
    return f"What changed: {new or diff.new.title or diff.old.title or 'the map'}"


def _blocks(diff: Diff, told: Story, theme: str | Theme | None) -> Iterator[Block]:
    yield Paragraph(words(_counted(diff, told)))
    if theme is not None and diff:
        yield Picture(to_svg(diff, theme=theme), "The newer map, with what changed.")
    for title, whats in _PARTS:
        items = told.of(*whats)
        if items:
            yield Heading(title)
            yield Items(tuple(Item(_head(i), _below(i)) for i in items))
    if told.order:
        yield Heading("Order")
        yield Paragraph(words(f"In another order: {listed(told.order)}."))


def _counted(diff: Diff, told: Story) -> str:
    """How much changed, in a sentence."""
    if not diff:
        return _NOTHING
    items = told.of(What.CLAIM, What.ARGUMENT)
    kept = [i for i in items if i.state is State.KEPT]
    said = [
        (sum(i.state is State.NEW for i in items), "new"),
        (sum(i.state is State.REMOVED for i in items), "removed"),
        (len(kept), "changed"),
    ]
    parts = [f"{n} {word}" for n, word in said if n]
    if parts:
        return f"Claims and arguments: {listed(parts)}."
    if told.items:
        return "No claim or argument changed."
    return "Only the order changed." if told.order else _ONLY_NAMES


def _head(item: Told) -> Words:
    """What an item is called, and whether it is new or removed, in words."""
    gone = item.state is State.REMOVED
    what = "" if item.what in (What.CLAIM, What.ARGUMENT, What.MAP) else f"{item.what.value} "
    state = Run(f"{item.state.value}: ", marked=gone) if item.state.value else ""
    if item.what in (What.CLAIM, What.ARGUMENT):
        return words(state, *_node(item))
    more = f" ({item.text})" if item.text else ""
    return words(state, what, Run(item.name, strong=True), more)


def _node(item: Told) -> Words:
    """A claim or an argument: its title, and its words where these are not below."""
    shown = any(p.now and p.now == item.text for p in item.phrases)
    if item.name.startswith("“"):
        return words(Run(item.name if shown else f"“{item.text}”", strong=True))
    return words(Run(item.name, strong=True), "" if shown or not item.text else f" {item.text}")


def _below(item: Told) -> tuple[Item, ...]:
    return tuple(Item(words(p.words), _texts(p)) for p in item.phrases)


def _texts(p: Phrase) -> tuple[Item, ...]:
    """What was said and what is said."""
    said = [("was: ", p.was), ("now: ", p.now)]
    return tuple(Item(words(Run(label, muted=True), text)) for label, text in said if text)


# --- for spreadsheets, programs and eyes


def sheet(diff: Diff, *, names: tuple[str, str] = ("", "")) -> Report:
    """*diff* as a table: a line for each thing that someone would say."""
    rows = []
    for i in story(diff).items:
        for p in i.phrases or (Phrase(""),):
            was = p.was or (i.text if i.state is State.REMOVED and not p.words else "")
            now = p.now or (i.text if i.state is State.NEW and not p.words else "")
            row = (i.what.value, i.name, i.state.value, p.words, was, now)
            rows.append(tuple(map(cell, row)))
    columns = ("what", "name", "state", "change", "was", "now")
    return Report(_title(diff, names), (Table(tuple(map(cell, columns)), tuple(rows)),))


def to_json(diff: Diff) -> str:
    """*diff* for programs: every change, with all it takes to make it again."""
    from argmap.render.diff_json import written

    return written(diff)


def to_svg(diff: Diff, *, theme: str | Theme = "auto", **_: object) -> str:
    """The newer map with the changes on its cards, and what was removed."""
    from argmap.render.diff_picture import picture

    return picture(diff, theme=theme)
