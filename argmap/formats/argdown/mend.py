"""A debate without half characters, which no file can hold."""

from __future__ import annotations

import re
from typing import Any

import attrs

from argmap.formats.argdown import yaml
from argmap.model import Debate

_HALVES = re.compile("[\ud800-\udfff]")
_DEEPEST = 3 * yaml.DEEPEST + 10  # a level of data is a Data, its items and one of them


def mended(debate: Debate) -> Debate:
    """*debate* with U+FFFD for each half of a surrogate pair in its texts."""
    found: Debate = _mended(debate, 0)
    return found


def _mended(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        return value
    if isinstance(value, str):
        return _HALVES.sub("\ufffd", value)
    if isinstance(value, tuple):
        return tuple(_mended(v, depth + 1) for v in value)
    if not attrs.has(type(value)):
        return value
    parts = {
        a.alias: _mended(getattr(value, a.name), depth + 1)
        for a in attrs.fields(type(value))
        if a.init and a.eq
    }
    return attrs.evolve(value, **parts)
