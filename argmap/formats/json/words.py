"""Paths, names and values as messages show them: short, whatever the file holds."""

from __future__ import annotations

import json
import re
from typing import Any, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""The way from the top of a file to a value: ``("claims", 3, "title")``."""

LONGEST = 60  # characters of a name that are shown
_PARTS = 12  # of a path that are shown
_WORD = re.compile(r"[\w$~-]+")


def shown(path: Path) -> str:
    """*path* as a programmer writes it.

    >>> shown(("claims", 3, "title")), shown(("data", "two words"))
    ('claims[3].title', 'data["two words"]')
    """
    if not path:
        return "the file"
    parts = "".join(map(_part, path[:_PARTS]))
    return parts.removeprefix(".") + ("…" if len(path) > _PARTS else "")


def _part(part: str | int) -> str:
    if isinstance(part, int):
        return f"[{part}]"
    return f".{cut(part)}" if _WORD.fullmatch(part) else f"[{literal(cut(part))}]"


def cut(name: str) -> str:
    """*name*, or its beginning if it is long."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def quoted(name: str) -> str:
    """*name* in quotation marks, cut if it is long."""
    return repr(cut(name))


def dotted(number: tuple[int, ...]) -> str:
    """The number of a section.

    >>> dotted((2, 1))
    '2.1'
    """
    return cut(".".join(map(str, number[:LONGEST])))


def literal(value: str | int | float | None) -> str:
    """*value* as JSON."""
    return json.dumps(value, ensure_ascii=False)


def sort(value: Any) -> str:
    """What kind of JSON *value* is.

    >>> sort([]), sort(1.5), sort(True)
    ('a list', 'a number', 'true')
    """
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return "text"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case _:
            return "an object"
