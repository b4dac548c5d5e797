"""What a query names and no claim has: most often a name that is spelt otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from argmap.errors import guesses
from argmap.queries.core import Query, Test
from argmap.queries.fields import DATA, NAMES, Field, Sort, named
from argmap.queries.values import cut, plain
from argmap.text import Problem, Severity, listed

if TYPE_CHECKING:
    from argmap.queries.find import Asked

_MOST = 10  # doubts that are said
_TESTS = 100  # tests, and values of each, that are looked at: more than anybody writes by hand
_LOOKED_AT = 5_000  # names among which near ones are looked for
_LONGEST = 60  # characters by which a near name is looked for


def doubts(query: Query, asked: Sequence[Asked], *, found: bool) -> tuple[Problem, ...]:
    """A warning for each name in *query* that nothing in the debates has, if there are any.

    Unless anything was *found*, a word that looks like a field is doubted as well.
    """
    if not asked:
        return ()
    told = (p for t in query.tests[:_TESTS] for p in _of(t, asked, found))
    return tuple(islice(told, _MOST))


def _of(test: Test, asked: Sequence[Asked], found: bool) -> Iterator[Problem]:
    known = named(test.name)
    contained = test.operator.endswith(":")
    for n, value in enumerate(test.values[:_TESTS]):
        if known is None and not found:
            near = guesses(value[:_LONGEST], NAMES) if value.isalpha() else ()
            if near and not any(_says(a, value) for a in asked):
                yield _doubt(f"nothing here says {cut(value)}", near, test, n)
        elif known is None:
            continue
        elif known.sort is Sort.NAME:
            said = plain(known, value)
            if not any(_has(a, known, said, contained) for a in asked):
                near = guesses(value[:_LONGEST], _names(asked, known.name))
                yield _doubt(f"no claim here has {known.name} {cut(value)}", near, test, n)
        elif known.sort is Sort.CLAIM and not any(
            a.called(value, contained=contained) for a in asked
        ):
            titles = islice((t for a in asked for t in a.web.names), _LOOKED_AT)
            near = guesses(value[:_LONGEST], titles)
            yield _doubt(f"no claim or argument here is called {cut(value)}", near, test, n)
    if known is not None and known.name == DATA:
        key = test.name.removeprefix(f"{DATA}.")
        if not any(any(a.claims.data(key)) for a in asked):
            keys = (k for a in asked for k in a.claims.keys)
            near = tuple(f"{DATA}.{k}" for k in guesses(key[:_LONGEST], keys))
            yield _doubt(f"no claim here has data under {cut(key)}", near, test)


def _doubt(message: str, near: Sequence[str], test: Test, at: int = 0) -> Problem:
    """A warning about the value at *at*, with the names that are *near*."""
    hint = f"; did you mean {listed([repr(n) for n in near], 'or')}?" if near else ""
    span = test.spans[at] if test.spans else None
    return Problem("AM627", message + hint, span, Severity.WARNING)


def _says(asked: Asked, word: str) -> bool:
    said = word.casefold()
    return any(said in held for row in asked.words("") for held in row)


def _has(asked: Asked, known: Field, said: str, contained: bool) -> bool:
    column = asked.words(known.name)
    if contained:
        return any(said in held for row in column for held in row)
    return any(said in row for row in column)


def _names(asked: Sequence[Asked], name: str) -> Iterable[str]:
    """What the field called *name* holds, as the maps write it."""
    unfolded = (n for a in asked for row in a.claims.written(name) for n in row)
    return islice(dict.fromkeys(unfolded), _LOOKED_AT)
