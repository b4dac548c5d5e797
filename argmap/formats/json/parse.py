"""Text to JSON values, or the reason why it is no JSON, in words for who wrote it.

The words are the same under every Python, and say what to write instead.
"""

from __future__ import annotations

import json
import math
from typing import Any

from argmap.formats.json.places import TOKEN
from argmap.text import Problem, Text

DEEPEST = 100  # levels of data; comparing and showing deeper ones would exhaust Python's stack
MOST_DIGITS = 640  # of an integer: what every Python converts, whatever its settings

_MEANINGS = {  # how Python's messages begin: what to say, and what would help
    "Unterminated string": ("this text has no closing quotation mark", 'end it with "'),
    "Invalid control": (
        "a line break or control character stands inside a text",
        "write \\n",
    ),
    "Invalid \\": ("this backslash begins no escape of JSON", "write \\\\"),
    "Extra data": ("something follows the end of the file's value", ""),
}


class NotJSON(Exception):
    """The text is no JSON, for the reason in *problem*."""

    def __init__(self, text: Text, at: int, message: str, help: str = "") -> None:
        stop = min(at + 1, len(text.body))
        self.problem = Problem("AM701", message, text.span(min(at, stop), stop), help=help)


def parse(text: Text) -> tuple[Any, bool]:
    """The value that *text* holds, and whether any object in it has a key twice.

    NaN and both infinities are read as NaN, and what has too many digits as infinity: neither
    is JSON, and the reader tells so. Raises NotJSON.
    """
    repeats = False

    def joined(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeats
        found = dict(pairs)
        repeats = repeats or len(found) < len(pairs)
        return found

    try:
        value = json.loads(
            text.body,
            object_pairs_hook=joined,
            parse_int=_integer,
            parse_constant=lambda _: math.nan,
        )
    except json.JSONDecodeError as e:
        raise _no_json(text, e) from None
    except RecursionError:
        at = _too_deep(text.body)
        help = f"{DEEPEST} levels are read"
        raise NotJSON(text, at, "the brackets nest too deeply", help) from None
    return value, repeats


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits.lstrip("-")) <= MOST_DIGITS else math.inf


def _too_deep(body: str) -> int:
    """Where the brackets of *body* nest deeper than is read."""
    depth = 0
    for token in TOKEN.finditer(body):
        depth += (token[0] in ("{", "[")) - (token[0] in ("}", "]"))
        if depth > DEEPEST:
            return token.start()
    return 0


def _no_json(text: Text, error: json.JSONDecodeError) -> NotJSON:
    if not text.body.strip():
        return NotJSON(text, 0, "the text is empty, and an argmap file begins with {")
    for beginning, (message, help) in _MEANINGS.items():
        if error.msg.startswith(beginning):
            return NotJSON(text, error.pos, message, help)
    return _unexpected(text, error)


def _unexpected(text: Text, error: json.JSONDecodeError) -> NotJSON:
    """Something else stands at *error*, or nothing, than a value, key or mark."""
    at = error.pos
    before, rest = text.body[:at].rstrip(), text.body[at:]
    if not rest.strip():
        return NotJSON(text, len(before) - 1, "the file ends in the middle")
    comma, after = at, rest  # newer Pythons stop at a needless comma, older ones after it
    if rest.startswith(","):
        after = rest[1:].lstrip()
    elif before.endswith(","):
        comma = len(before) - 1
    if after.startswith(("}", "]")) and text.body[comma] == ",":
        return NotJSON(text, comma, "nothing follows this comma", "take it out")
    if error.msg.startswith("Expecting ',' "):
        return NotJSON(text, at, "a comma is missing before this")
    if error.msg.startswith("Expecting ':' "):
        return NotJSON(text, at, "a colon is missing between this and its key")
    key = error.msg.startswith("Expecting property")
    bare = after[:1].isalpha() or after.startswith("'")
    return NotJSON(
        text,
        at,
        f"this is no {'key in double quotes' if key else 'JSON value'}",
        'write texts in double quotes: "…"' if bare else "",
    )
