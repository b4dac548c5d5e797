"""Text to debate and back: each format has a module or package of its own."""

from __future__ import annotations

from argmap.formats.reading import Context, Fetch, NotFetched, Reading, fetch_nothing
from argmap.text import Text

__all__ = ["Context", "Fetch", "NotFetched", "Reading", "fetch_nothing", "read"]


def read(text: Text, fetch: Fetch = fetch_nothing) -> Reading:
    """The debate in *text*, in whatever format it is, and every problem found. Never raises.

    A text that begins with ``{`` is JSON; any other is Argdown.
    """
    return _read(text, Context(fetch, _read))


def _read(text: Text, context: Context) -> Reading:
    if text.body.lstrip()[:1] == "{":
        from argmap.formats import json

        return json.read(text)
    from argmap.formats import argdown

    return argdown.read(text, context)
