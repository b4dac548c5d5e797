"""What changed in one thing, field by field: the older one as it is called now, and the newer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve

from argmap.changes.core import Changed, Reworded, Subject
from argmap.model import (
    Argument,
    ArgumentRef,
    Citation,
    Claim,
    ClaimRef,
    Data,
    Link,
    Step,
    Wording,
)

WORDING = ("by", "voice", "of")
CITATION = ("source", "at", "quote")
STEP = ("premises", "conclusion", "rules")
LINK = ("sense", "about", "because", "by")


def changed(
    of: Subject, old: object, new: object, fields: Sequence[str], number: int = -1
) -> Iterator[Changed]:
    """Those of *fields* that are not the same."""
    for name in fields:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Changed(of, name, before, after, number)


def data(of: Subject, old: Data, new: Data, number: int = -1) -> Iterator[Changed]:
    """The keys whose values are not the same; or all of it, if only that says it."""
    if old is new or (old == new and repr(old) == repr(new)):  # 1 is equal to true
        return
    found = list(values(of, old, new, number))
    merged = with_keys(old, {str(c.place): c.new for c in found})
    if found and [k for k, _ in merged.items] == [k for k, _ in new.items]:
        yield from found
    else:
        yield Changed(of, "data", old, new, number)


def values(of: Subject, old: Data, new: Data, number: int = -1) -> Iterator[Changed]:
    """The keys whose values are not the same, wherever they stand."""
    before, after = dict(old.items), dict(new.items)
    for key in dict.fromkeys([*before, *after]):
        left = (before[key],) if key in before else ()
        right = (after[key],) if key in after else ()
        if repr(left) != repr(right):
            yield Changed(of, "data", left, right, number, key)


def with_keys(old: Data, values: Mapping[str, tuple[Any, ...]]) -> Data:
    """*old* with other *values* at some keys, each in a tuple: an empty one is no value."""
    items = dict(old.items)
    items.update((key, value[0]) for key, value in values.items() if value)
    return Data(tuple((k, v) for k, v in items.items() if values.get(k, True)))


def thing(old: Claim | Argument, new: Claim | Argument) -> Iterator[Changed | Reworded]:
    """What changed in a claim or an argument, but for its name."""
    of = new.ref
    yield from _wordings(of, old.wordings, new.wordings)
    if isinstance(old, Argument) and isinstance(new, Argument):
        yield from _steps(new.ref, old.steps, new.steps)
    yield from changed(of, old, new, ("shown", "tags", "section"))
    yield from data(of, old.data, new.data)


def _wordings(
    of: ClaimRef | ArgumentRef, old: Sequence[Wording], new: Sequence[Wording]
) -> Iterator[Changed | Reworded]:
    if len(old) != len(new):
        yield Changed(of, "wordings", tuple(old), tuple(new))
        return
    for n, (before, after) in enumerate(zip(old, new, strict=True)):
        if before == after:
            continue
        if before.text != after.text:
            words = (before.text, after.text)
            yield Reworded(of, *words, n, None, before.markup, after.markup)
        else:
            yield from changed(of, before, after, ("markup",), n)
        yield from changed(of, before, after, WORDING, n)
        yield from _cited(of, before.cited, after.cited, n)


def _cited(
    of: Subject, old: Sequence[Citation], new: Sequence[Citation], number: int
) -> Iterator[Changed]:
    if len(old) != len(new):
        yield Changed(of, "cited", tuple(old), tuple(new), number)
        return
    for n, (before, after) in enumerate(zip(old, new, strict=True)):
        for change in changed(of, before, after, CITATION, number):
            yield evolve(change, place=n)


def _steps(of: ArgumentRef, old: Sequence[Step], new: Sequence[Step]) -> Iterator[Changed]:
    if len(old) != len(new):
        yield Changed(of, "steps", tuple(old), tuple(new))
        return
    for n, (before, after) in enumerate(zip(old, new, strict=True)):
        if before != after:
            yield from changed(of, before, after, STEP, n)
            yield from data(of, before.data, after.data, n)


def link(of: Subject, old: Link | None, new: Link | None) -> Iterator[Changed]:
    """What changed in a link: all of it, where there was none or is none."""
    if old is None or new is None:
        if old is not new:
            yield Changed(of, "link", old, new)
        return
    for change in changed(of, old, new, LINK):
        yield evolve(change, field=f"link.{change.field}")
