"""The front door: maps as loaded, and what to do with them. Only this and `cli` touch files."""

from argmap.api.cards import sheets
from argmap.api.checking import Advise, Checked, Edit, checked, debates, edits, mend
from argmap.api.document import WHOLE, Document, document_format_of
from argmap.api.files import check_apart, check_folder, fetch, write_whole
from argmap.api.map import BINARY, WRITERS, Builder, Map, format_of, ready
from argmap.api.reading import (
    is_document,
    load,
    loads,
    numbered,
    read,
    read_bytes,
    read_document,
)
from argmap.api.stats import counted
from argmap.api.texts import Shelf, shelf

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
    "Shelf",
    "check_apart",
    "check_folder",
    "checked",
    "counted",
    "debates",
    "document_format_of",
    "edits",
    "fetch",
    "format_of",
    "is_document",
    "load",
    "loads",
    "mend",
    "numbered",
    "read",
    "read_bytes",
    "read_document",
    "ready",
    "sheets",
    "shelf",
    "write_whole",
]
