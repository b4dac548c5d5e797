"""Data that authors add, to JSON and from it: all that JSON can hold, as deep as is safe."""

from __future__ import annotations

import math
from typing import Any

from argmap.errors import NotADebate
from argmap.formats.json.entry import Entry, Spot
from argmap.formats.json.parse import DEEPEST, MOST_DIGITS
from argmap.model import NO_DATA, Data, Value

_TOO_LARGE = 10**MOST_DIGITS


def write_data(data: Data, owner: str) -> dict[str, Any]:
    """*data* as JSON values. Raises NotADebate for what JSON cannot hold, naming its *owner*."""
    return _object(data, f"the data of {owner}", 1)


def _object(data: Data, whose: str, level: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in data.items:
        if key in found:
            raise _cannot(whose, f"has the key {key!r} twice", "keep one of them")
        found[key] = _plain(value, whose, level)
    return found


def _plain(value: Value, whose: str, level: int) -> Any:
    match value:
        case Data() | tuple() if level >= DEEPEST:
            raise _cannot(whose, f"nests more than {DEEPEST} levels deep", "make it flatter")
        case Data():
            return _object(value, whose, level + 1)
        case tuple():
            return [_plain(v, whose, level + 1) for v in value]
        case float() if not math.isfinite(value):
            raise _cannot(whose, f"holds {value}, which JSON has no number for", "make it text")
        case int() if abs(value) >= _TOO_LARGE:
            message = f"holds a number of more than {MOST_DIGITS} digits"
            raise _cannot(whose, message, "make it text")
        case _:
            return value


def _cannot(whose: str, message: str, help: str) -> NotADebate:
    return NotADebate("AM704", f"{whose} {message}", help)


def read_data(entry: Entry) -> Data:
    """The data of *entry*; what is wrong in it is null."""
    spot = entry.at("data")
    if spot is None or spot.value == {}:
        return NO_DATA
    if not isinstance(spot.value, dict):
        spot.must_be("an object")
        return NO_DATA
    return _data(spot, 1)


def _data(spot: Spot, level: int) -> Data:
    return Data(tuple((key, _value(spot.inside(key), level)) for key in spot.value))


def _value(spot: Spot, level: int) -> Value:
    match spot.value:
        case dict() | list() if level >= DEEPEST:
            spot.tell("AM704", f"the data nests more than {DEEPEST} levels deep")
            return None
        case dict():
            return _data(spot, level + 1)
        case list():
            return tuple(_value(inner, level + 1) for inner in spot.spots())
        case float() if not math.isfinite(spot.value):
            nan = math.isnan(spot.value)
            what = "NaN or Infinity, which JSON does not have" if nan else "too large a number"
            spot.tell("AM704", f"{spot.shown} is {what}", "write it as text, in double quotes")
            return None
        case _:
            value: Value = spot.value
            return value
