"""Text to debate and back: each format has a module or package of its own."""

from __future__ import annotations

import re

from argmap.formats.reading import Context, Fetch, NotFetched, Reading, fetch_nothing
from argmap.text import Text

_OBJECT = re.compile(r"\s*\{\s*[\"}]")

__all__ = ["Context", "Fetch", "NotFetched", "Reading", "fetch_nothing", "read"]


def read(text: Text, fetch: Fetch = fetch_nothing) -> Reading:
    """The debate in *text*, in whatever format it is, and every problem found. Never raises.

    A text that begins as a JSON object does is JSON; any other is Argdown.
    """
    return _read(text, Context(fetch, _read))


def _read(text: Text, context: Context) -> Reading:
    if _OBJECT.match(text.body):
        from argmap.formats import json

        return json.read(text)
    from argmap.formats import argdown

    return argdown.read(text, context)
