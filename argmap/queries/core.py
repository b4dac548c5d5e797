"""What a query is: tests, and how they are joined."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from typing import TypeAlias

from attrs import field, frozen

from argmap.queries.fields import KEYWORDS, named
from argmap.text import Span, Text

NAME = "<query>"
"""What messages call the text of a query."""

_PLAIN = re.compile(r"[^\s()\"'“”„‘’,=!:<>~&|\\]+")


@frozen
class Test:
    """A thing to fit: the *name* of a field, an *operator*, and *values* of which one will do.

    Without a field it searches texts and titles; without an operator it asks whether there is
    anything in the field at all. *spans* are where the values stand, or else the field.
    """

    __test__ = False  # for pytest, which takes every Test for its own

    name: str
    operator: str = ""
    values: tuple[str, ...] = ()
    spans: tuple[Span, ...] = field(default=(), eq=False, repr=False)

    def __str__(self) -> str:
        said = [_quoted(v, bare=not self.operator) for v in self.values]
        values = f"({', '.join(said)})" if len(said) > 1 else "".join(said)
        return f"{_name(self.name)}{self.operator}{values}"


class Join(enum.Enum):
    """What joins tests; ``not`` takes one."""

    AND = "and"
    OR = "or"
    NOT = "not"

    @property
    def binds(self) -> int:
        """How tightly: what binds more is joined first."""
        return ("or", "and", "not").index(self.value)


Step: TypeAlias = Test | Join


@frozen
class Query:
    """Tests and joins, each join after what it joins (reverse Polish): any depth is flat.

    Printed, it reads back as the same query. *text* is what it was read from.
    """

    steps: tuple[Step, ...]
    text: Text = field(default=Text(NAME, ""), eq=False, repr=False)

    @property
    def tests(self) -> tuple[Test, ...]:
        """Its tests, in order."""
        return tuple(s for s in self.steps if isinstance(s, Test))

    def __str__(self) -> str:
        return "".join(self._pieces()).strip()

    def _pieces(self) -> Iterator[str]:
        """What it prints as, from the left, with a stack, so that any depth will do."""
        begins = self._begins()
        todo: list[str | int] = [len(self.steps) - 1]
        while todo:
            at = todo.pop()
            if isinstance(at, str):
                yield at
                continue
            step = self.steps[at]
            if isinstance(step, Test):
                yield str(step)
                continue
            right = self._inner(at - 1, step.binds + (step is not Join.NOT))
            if step is Join.NOT:
                todo += [*reversed(right), "not "]
            else:
                left = self._inner(begins[at - 1] - 1, step.binds)
                todo += [*reversed(right), f" {step.value} ", *reversed(left)]

    def _inner(self, at: int, least: int) -> list[str | int]:
        """The step at *at*, in parentheses if it binds less than *least*."""
        step = self.steps[at]
        loose = isinstance(step, Join) and step.binds < least
        return ["(", at, ")"] if loose else [at]

    def _begins(self) -> list[int]:
        """For each step, the first of those that it is made of."""
        begins: list[int] = []
        for n, step in enumerate(self.steps):
            match step:
                case Test():
                    begins.append(n)
                case Join.NOT:
                    begins.append(begins[n - 1])
                case Join.AND | Join.OR:
                    begins.append(begins[begins[n - 1] - 1])
        return begins


def _name(field: str) -> str:
    head, dot, key = field.partition(".")
    return f"{head}.{_quoted(key)}" if dot else field


def _quoted(value: str, *, bare: bool = False) -> str:
    """*value* as it is written; a *bare* one must not be taken for a field."""
    if _PLAIN.fullmatch(value) and value.casefold() not in KEYWORDS and not (bare and named(value)):
        return value
    inner = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'
