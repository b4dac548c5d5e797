"""Argument maps of what your readings argue: read them, check them, draw them.

>>> import argmap
>>> m = argmap.loads("[Later start]: School should begin at nine.\\n  + Teenagers sleep late.\\n")
>>> print(m.outline(), end="")
1 School should begin at nine.
└─ +  1.1 Teenagers sleep late.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argmap.api import (
        Builder,
        Document,
        Map,
        compare,
        diff,
        flow,
        load,
        load_theme,
        loads,
        matrix,
        merge,
        printed,
        query,
        read,
        read_document,
    )
    from argmap.errors import (
        ArgmapError,
        CannotWrite,
        MapError,
        NotADebate,
        QueryError,
        ThemeError,
        UnknownFormat,
        UnknownName,
    )
    from argmap.model import Debate
    from argmap.text import Problem

__version__ = "0.1.0"

_HOMES = {
    "argmap.api": (
        "Builder",
        "Document",
        "Map",
        "compare",
        "diff",
        "flow",
        "load",
        "load_theme",
        "loads",
        "matrix",
        "merge",
        "printed",
        "query",
        "read",
        "read_document",
    ),
    "argmap.errors": (
        "ArgmapError",
        "CannotWrite",
        "MapError",
        "NotADebate",
        "QueryError",
        "ThemeError",
        "UnknownFormat",
        "UnknownName",
    ),
    "argmap.model": ("Debate",),
    "argmap.text": ("Problem",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "ArgmapError",
    "Builder",
    "CannotWrite",
    "Debate",
    "Document",
    "Map",
    "MapError",
    "NotADebate",
    "Problem",
    "QueryError",
    "ThemeError",
    "UnknownFormat",
    "UnknownName",
    "__version__",
    "compare",
    "diff",
    "flow",
    "load",
    "load_theme",
    "loads",
    "matrix",
    "merge",
    "printed",
    "query",
    "read",
    "read_document",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that ``import argmap`` costs nothing."""
    if name not in _HOME:
        raise AttributeError(f"module 'argmap' has no attribute {name!r}")
    value: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
