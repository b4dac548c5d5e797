"""A setting as it is given on the command line: ``map.statementLabelMode=text``."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from argmap.errors import BadValue, guesses
from argmap.model import Data, Value
from argmap.settings.check import entries, findings
from argmap.settings.table import KEY, KEYS

_WORDS: dict[str, Value] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INT = re.compile(r"[-+]?[0-9]{1,100}\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]{1,100}(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?\Z")
_INNER = re.compile(r'"(?:[^"\\]|\\.)*"|[^,\[\]]+')
_DEEPEST = 50


def parse_flag(written: str) -> Data:
    """What *written* sets, as frontmatter would: to be given to `settings` as a flag.

    The value is read as YAML reads a word or number; a list is ``[a, b]``, and JSON is understood.

    >>> parse_flag("group.groupDepth=1")
    Data(items=(('group', Data(items=(('groupDepth', 1),))),))

    Raises:
        BadValue: there is no such setting, or it takes no such value.
    """
    name, equals, said = written.partition("=")
    if not equals:
        raise BadValue(f"{written!r} sets nothing; write it as in map.statementLabelMode=text")
    path = tuple(name.strip().split("."))
    value = _read(said.strip())
    _must_be_known(path)
    data = Data(((path[-1], value),))
    for key in reversed(path[:-1]):
        data = Data(((key, data),))
    for found in findings(entries(data)):
        if found.code in ("AM417", "AM419"):
            hint = f"; {found.help}" if found.help else ""
            raise BadValue(found.message.removesuffix("; its default stands") + hint)
    return data


def _must_be_known(path: tuple[str, ...]) -> None:
    """Open settings, such as color.tagColors.pro, are known by what they begin with."""
    for n in range(1, len(path) + 1):
        key = KEY.get(path[:n])
        if key is not None and (n == len(path) or key.default.startswith("{") or not key.default):
            return
    name = ".".join(path)
    known = [str(k) for k in KEYS]
    near = [k for k in known if k.rpartition(".")[2] == path[-1]] or list(guesses(name, known))
    hint = f"; did you mean {' or '.join(near[:3])}?" if near else ""
    raise BadValue(f"no setting is called {name!r}{hint}")


def _read(said: str) -> Value:
    if said[:1] in ("[", "{", '"'):
        try:
            return _value(json.loads(said))
        except (ValueError, RecursionError):
            pass
    if said[:1] == "[" and said[-1:] == "]":
        return tuple(_scalar(m.strip()) for m in _INNER.findall(said[1:-1]) if m.strip())
    return _scalar(said)


def _value(read: Any, depth: int = 0) -> Value:
    if depth > _DEEPEST:
        raise ValueError
    if isinstance(read, dict):
        return Data(tuple((k, _value(v, depth + 1)) for k, v in read.items()))
    if isinstance(read, list):
        return tuple(_value(v, depth + 1) for v in read)
    made: Value = read
    return made


def _scalar(said: str) -> Value:
    """*said* by the core schema of YAML 1.2."""
    if len(said) > 1 and said[0] == said[-1] and said[0] in "\"'":
        return said[1:-1]
    if said in _WORDS:
        return _WORDS[said]
    if _INT.match(said):
        return int(said)
    if _FLOAT.match(said) and math.isfinite(number := float(said)):
        return number
    return said
