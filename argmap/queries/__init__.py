"""A small language to ask for claims: ``speaker=Rumer and voice!=reported``."""

from argmap.queries.core import Join, Query, Test
from argmap.queries.fields import DATA_FIELD, FIELDS, Field
from argmap.queries.find import find
from argmap.queries.found import Found, Hit
from argmap.queries.read import parse

__all__ = [
    "DATA_FIELD",
    "FIELDS",
    "Field",
    "Found",
    "Hit",
    "Join",
    "Query",
    "Test",
    "find",
    "parse",
]
