"""Findings as JSON, for programs."""

from __future__ import annotations

import json
import re

_HALF = re.compile("[\ud800-\udfff]")


def json_of(made: object) -> str:
    """*made* as JSON that can be read by people too, and written as UTF-8: half of a surrogate pair
    is an escape.
    """
    text = json.dumps(made, ensure_ascii=False, indent=2)
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text) + "\n"
