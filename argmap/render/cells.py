"""Cells of a table that a spreadsheet reads."""

from __future__ import annotations

from argmap.text import printable

_BEGINS_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def cell(text: str) -> str:
    """*text* on one line, and never a formula: spreadsheets run what begins like one.

    >>> cell("=1+1"), cell("two\\nlines")
    ("'=1+1", 'two lines')
    """
    text = " ".join(printable(text).split())
    return f"'{text}" if text.startswith(_BEGINS_FORMULA) else text
