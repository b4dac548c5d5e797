"""Asking maps for claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias, cast

from argmap.api.document import Document
from argmap.api.map import Map, debate_of
from argmap.model import Debate
from argmap.queries import DATA_FIELD, FIELDS, Field, Found, find, parse

Asked: TypeAlias = Map | Document | Debate


def query(maps: Asked | Iterable[Asked], query: str) -> Found:
    """The claims of *maps*, one or several, that fit *query*, in reading order.

    ``docs/query.md`` says what a query is.

    Raises:
        QueryError: it is none; all that is wrong with it is in its ``problems``.
        BadValue: what is given are no maps.
    """
    wanted = parse(query)
    one = isinstance(maps, Map | Document | Debate | str) or not isinstance(maps, Iterable)
    several = cast("Iterable[Asked]", [maps] if one else maps)
    return find(wanted, (each for m in several for each in _named(m)))


def fields() -> tuple[Field, ...]:
    """Every field that a query can ask for, with a sentence that says what it is."""
    return (*FIELDS, DATA_FIELD)


def _named(asked: Asked) -> Iterator[tuple[str, Debate]]:
    """The debates in *asked*, each with the name of its file: that of a document is numbered."""
    match asked:
        case Debate():
            yield "", asked
        case Map():
            yield asked.texts[0].name if asked.texts else "", asked.debate
        case Document():
            name, several = asked.text.name, len(asked.maps) > 1
            for n, m in enumerate(asked.maps, 1):
                yield f"{name}#{n}" if several else name, m.debate
        case _:
            debate_of(asked)
