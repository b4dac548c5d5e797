"""The front door: maps as loaded, and what to do with them. Only this and `cli` touch files.

What not every command needs is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from argmap.api.files import beside_of, check_apart, check_folder, fetch, write_whole
from argmap.api.map import BINARY, WRITERS, Builder, Map, format_of, ready
from argmap.api.reading import is_document, load, loads, numbered, read, read_bytes, read_document

if TYPE_CHECKING:
    from argmap.api.cards import sheets
    from argmap.api.changes import diff, merge
    from argmap.api.checking import Advise, Checked, Edit, checked, debates, edits, mend
    from argmap.api.document import WHOLE, Document, document_format_of
    from argmap.api.queries import fields, query
    from argmap.api.reports import check_printable, printed
    from argmap.api.sides import compare, flow, matrix
    from argmap.api.stats import counted
    from argmap.api.texts import Shelf, shelf
    from argmap.api.themes import load_theme, theme_of
    from argmap.changes.merged import Merged
    from argmap.view import values

_HOMES = {
    "argmap.api.cards": ("sheets",),
    "argmap.api.changes": ("diff", "merge"),
    "argmap.api.checking": (
        "Advise",
        "Checked",
        "Edit",
        "checked",
        "debates",
        "edits",
        "mend",
    ),
    "argmap.api.document": (
        "WHOLE",
        "Document",
        "document_format_of",
    ),
    "argmap.api.queries": ("fields", "query"),
    "argmap.api.reports": ("check_printable", "printed"),
    "argmap.api.sides": ("compare", "flow", "matrix"),
    "argmap.api.stats": ("counted",),
    "argmap.api.texts": (
        "Shelf",
        "shelf",
    ),
    "argmap.api.themes": ("load_theme", "theme_of"),
    "argmap.changes.merged": ("Merged",),
    "argmap.view": ("values",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "BINARY",
    "WHOLE",
    "WRITERS",
    "Advise",
    "Builder",
    "Checked",
    "Document",
    "Edit",
    "Map",
    "Merged",
    "Shelf",
    "beside_of",
    "check_apart",
    "check_folder",
    "check_printable",
    "checked",
    "compare",
    "counted",
    "debates",
    "diff",
    "document_format_of",
    "edits",
    "fetch",
    "fields",
    "flow",
    "format_of",
    "is_document",
    "load",
    "load_theme",
    "loads",
    "matrix",
    "mend",
    "merge",
    "numbered",
    "printed",
    "query",
    "read",
    "read_bytes",
    "read_document",
    "ready",
    "sheets",
    "shelf",
    "theme_of",
    "values",
    "write_whole",
]


def __getattr__(name: str) -> object:
    """Import a name when it is first used."""
    if name not in _HOME:
        raise AttributeError(f"module 'argmap.api' has no attribute {name!r}")
    value: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value
