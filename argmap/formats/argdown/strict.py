"""Which problems make Argdown's own tools refuse a text that argmap reads."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from argmap.text import Problem, Severity

REJECTED = frozenset(
    "AM002 AM004 AM102 AM103 AM104 AM105 AM107 AM108 AM109 AM111 AM112 AM113 AM118 AM119 "
    "AM125 AM126 AM127 AM132 AM134 AM135 AM136 AM137 AM138 AM139 AM201 AM202 AM203 AM205 "
    "AM206 AM207 AM208 AM301 AM302 AM401 AM402 AM414 AM415".split()
)
"""The codes of such problems."""


def strictly(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """*problems*, each of which makes other tools refuse the text as an error."""
    return tuple(evolve(p, severity=Severity.ERROR) if p.code in REJECTED else p for p in problems)
