"""How long one Argdown text takes to read, model and check; prints it as JSON.

    python benchmarks/reading.py TEXT

Imports do not count, and neither does reading the file.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import yaml  # as a text with data makes argmap do

from argmap import formats
from argmap.formats import argdown
from argmap.settings import settings
from argmap.text import Text


def main() -> None:
    """Time one text; what was found is printed too, so that it can be checked."""
    body = Path(sys.argv[1]).read_text("utf-8")
    assert argdown
    assert settings
    assert yaml
    begin = time.perf_counter()
    found = formats.read(Text(sys.argv[1], body))
    seconds = time.perf_counter() - begin
    debate = found.debate
    counts = {
        "claims": len(debate.claims),
        "arguments": len(debate.arguments),
        "relations": len(debate.relations),
        "problems": len(found.problems),
    }
    print(json.dumps({"seconds": seconds, **counts}))


if __name__ == "__main__":
    main()
