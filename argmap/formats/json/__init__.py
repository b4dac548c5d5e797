"""argmap's own format: a debate as JSON, with nothing lost and nothing to guess.

What `write` writes, `read` reads back as the same debate. Only spans are not written: they are
places in a text that the reader of the JSON does not have. ``argmap.schema.json`` says what a
file looks like.

A file is parsed (`parse`), its values are checked one by one (`entry`, `data`, `names`) and
make a debate (`read`); what is wrong is gathered (`problems`) and then found in the text
(`places`). `shape` has the keys of each object.
"""

from __future__ import annotations

from typing import Any

from argmap.formats.json.read import read
from argmap.formats.json.shape import VERSION
from argmap.formats.json.write import write

__all__ = ["VERSION", "read", "schema", "write"]


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the format."""
    import json
    from importlib import resources

    body = resources.files(__name__).joinpath("argmap.schema.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(body)
    return found
