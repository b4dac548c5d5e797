"""Findings as JSON, for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from argmap.model import Source
from argmap.model.reference import reference
from argmap.sides import Line

_HALF = re.compile("[\ud800-\udfff]")


def line_of(line: Line) -> dict[str, Any]:
    """*line* for programs: the same in every finding."""
    return {
        "number": line.number,
        "title": line.title,
        "text": line.text,
        "speaker": line.speaker,
        "credit": line.credit,
        "voice": line.voice.value,
        "source": line.source,
        "quotes": list(line.quotes),
        "dated": line.dated,
        "unstated": line.unstated,
    }


def works(cited: Iterable[Source]) -> list[dict[str, str]]:
    """The works that are *cited*, for programs: their keys, and how readers are told of them."""
    return [{"key": s.key, "reference": reference(s) or s.key} for s in cited]


def json_of(made: object) -> str:
    """*made* as JSON that can be read by people too, and written as UTF-8: half of a surrogate pair
    is an escape.
    """
    text = json.dumps(made, ensure_ascii=False, indent=2)
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text) + "\n"
