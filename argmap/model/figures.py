"""The figures that a claim rests on: how much of what, and when.

They stand among the data of a claim, under ``figure``, and are kept and written as all data are.
Two authors who give different figures need not disagree: they may have measured different things.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import fields, frozen

from argmap.errors import UnknownName
from argmap.model.core import Data, Value
from argmap.model.remarks import Fault
from argmap.text import listed

KEY = "figure"

_HELP = "write  figure: {value: 12, unit: per cent, measures: share of pupils, when: 2023}"


@frozen
class Figure:
    """How much (*value*, in *unit*) of what it *measures*, and *when*; "" is not said."""

    value: str = ""
    unit: str = ""
    measures: str = ""
    when: str = ""

    def __str__(self) -> str:
        amount = " ".join(p for p in (self.value, self.unit) if p)
        return ", ".join(p for p in (amount, self.measures, self.when) if p)


_KEYS = tuple(f.name for f in fields(Figure))
_COMPARED = (
    ("measures", "one measures {}, the other {}"),
    ("unit", "one is in {}, the other in {}"),
    ("when", "one is of {}, the other of {}"),
)


def figures(data: Data) -> tuple[Figure, ...]:
    """The figures among *data*, as far as they can be understood."""
    return tuple(f for f in _read(data) if isinstance(f, Figure))


def faults(data: Data) -> tuple[Fault, ...]:
    """What cannot be understood of them."""
    return tuple(f for f in _read(data) if isinstance(f, Fault))


def _read(data: Data) -> Iterator[Figure | Fault]:
    said = data.get(KEY)
    if said is None:
        return
    for one in said if isinstance(said, tuple) else (said,):
        if not isinstance(one, Data) or not one:
            yield _doubt((KEY,), "'figure' says how much of what, and when")
            continue
        parts = {}
        for key, value in one.items:
            if key not in _KEYS:
                known = str(UnknownName("part of a figure", key, _KEYS, few=True))
                yield _doubt((KEY, key), known)
            elif isinstance(value, Data | tuple | bool):
                yield _doubt((KEY, key), f"'{key}' of a figure is a number or a few words")
            else:
                parts[key] = _plain(value)
        if parts:
            yield Figure(**parts)


def _doubt(path: tuple[str, ...], message: str) -> Fault:
    return Fault(path, "AM424", message, _HELP)


def _plain(value: Value) -> str:
    return "" if value is None else " ".join(str(value).split())


def apart(these: tuple[Figure, ...], those: tuple[Figure, ...]) -> str:
    """In words, how figures differ that two claims rest on; "" if some can be held against each
    other, or if one claim has none.

    Two figures can be compared if they agree in all of measure, unit and time that both state.

    >>> apart((Figure("5", measures="exports"),), (Figure("9", measures="trade both ways"),))
    'one measures exports, the other trade both ways'
    """
    if not these or not those:
        return ""
    return "" if _meet(these, those) else _difference(these[0], those[0])


def _meet(these: tuple[Figure, ...], those: tuple[Figure, ...]) -> bool:
    """Whether one of *these* can be compared with one of *those*. They are sorted by what they
    state first, so that not every two of very many need be held side by side.
    """
    one, other = _by_stated(these), _by_stated(those)
    for stated, mine in one.items():
        for said, theirs in other.items():
            both = [key for key in stated if key in said]
            if not _on(both, mine).isdisjoint(_on(both, theirs)):
                return True
    return False


def _by_stated(found: tuple[Figure, ...]) -> dict[tuple[str, ...], list[Figure]]:
    sorted_: dict[tuple[str, ...], list[Figure]] = {}
    for f in found:
        sorted_.setdefault(tuple(k for k, _ in _COMPARED if getattr(f, k)), []).append(f)
    return sorted_


def _on(keys: list[str], found: list[Figure]) -> set[tuple[str, ...]]:
    return {tuple(getattr(f, key).casefold() for key in keys) for f in found}


def _difference(a: Figure, b: Figure) -> str:
    said = []
    for key, words in _COMPARED:
        mine, theirs = getattr(a, key), getattr(b, key)
        if mine and theirs and mine.casefold() != theirs.casefold():
            said.append(words.format(mine, theirs))
    return listed(said)
