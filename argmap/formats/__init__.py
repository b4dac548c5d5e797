"""Text to debate and back: each format has a module or package of its own."""

from __future__ import annotations

import re

from attrs import evolve

from argmap.formats.reading import (
    Context,
    Fetch,
    NotFetched,
    Reading,
    fetch_nothing,
    no_collection,
)
from argmap.model import check
from argmap.text import Text

_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]])")

__all__ = ["Context", "Fetch", "NotFetched", "Reading", "fetch_nothing", "is_json", "read"]


def read(text: Text, fetch: Fetch = fetch_nothing) -> Reading:
    """The debate in *text*, in whatever format it is, and every problem found. Never raises.

    A text that begins as a JSON object does is JSON; any other is Argdown.
    """
    with no_collection():
        reading = _read(text, Context(fetch, _read))
        told = {p.span for p in reading.problems if p.code == "AM504"}
        whole = (
            p if p.span else evolve(p, span=text.span(0, 0)) for p in check.problems(reading.debate)
        )
        doubts = tuple(p for p in whole if p.span not in told)
        return evolve(reading, problems=reading.problems + doubts)


def is_json(body: str) -> bool:
    r"""Whether *body* begins as a JSON file does, and no Argdown text with any sense.

    >>> is_json(' {"format": "argmap"}'), is_json("[A]: text"), is_json("{at: 3}")
    (True, False, False)
    """
    m = _JSON.match(body)
    if m is None or not m[0].lstrip().startswith("["):
        return m is not None
    import json

    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False  # [[a] b]: is a title
    return True


def _read(text: Text, context: Context) -> Reading:
    if is_json(text.body):
        from argmap.formats import json

        return json.read(text)
    from argmap.formats import argdown

    return argdown.read(text, context)
