"""Coverage-guided fuzzing of the Argdown reader; not part of the tests, which run its findings.

    python -m pip install atheris
    python benchmarks/fuzz.py -max_total_time=1800 -max_len=4000 FOLDER

An input fails that raises, takes more than a second for 100 kB, or whose problems cannot be shown.
FOLDER keeps the inputs that reach new code. Findings become cases in ``tests/test_hostile.py``.
"""

from __future__ import annotations

import sys
import time

import atheris

with atheris.instrument_imports(include=["argmap"]):
    import argmap.formats.argdown  # what is imported only when it is needed would be left out
    import argmap.settings
    from argmap.formats import read
    from argmap.text import Text, report

assert argmap.formats.argdown
assert argmap.settings

_PIECES = (
    "[A]|[A]:|<B>|<B>:|\n|\n\n|  + |  - | _ |  ->|  >< |  <_ |(1) |----\n|-- r --\n|--|===\n|"
    "{a: 1}|"
    "{|}|# |## |#t|#(a b)|//|/*|*/|<!--|-->|*|_|**|__|\\|@[A]|@<B>|[l](u)|:A:|.->.|* |1. |a|b c|: |"
    "voice: hedged|speaker: x|title: x|&|!|'|\"|\t|\r\n|é|\u00a0|\ufeff|@include(x)|[|]|<|>|.|,"
).split("|")


def one(data: bytes) -> None:
    """Read one input: bytes as text, or, if the first is odd, as numbers of pieces of Argdown."""
    if data[:1] and data[0] % 2:
        body = "".join(_PIECES[b % len(_PIECES)] for b in data[1:])
    else:
        body = data[1:].decode("utf-8", "replace")
    began = time.process_time()
    found = read(Text("fuzz", body))
    took = time.process_time() - began
    if took > max(0.5, len(body) / 100_000):
        raise RuntimeError(f"{took:.2f} s for {len(body)} characters")
    report(found.problems, found.texts)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
