"""Where the values of a file stand in its text, which Python's parser does not tell.

Most files have no problems, and then nobody asks.
"""

from __future__ import annotations

import json
import re
from typing import TypeAlias

from attrs import Factory, define, frozen

from argmap.formats.json.words import Path

Range: TypeAlias = tuple[int, int]
"""Where something starts in the text, and where it stops."""

TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)


@define
class Places:
    """Where a value stands, where its key does, and the same of what is inside it.

    `at` asks for a place, and `find` fills in all that were asked for.
    """

    value: Range = (0, 0)
    key: Range = (0, 0)
    inside: dict[str | int, Places] = Factory(dict)

    def at(self, path: Path) -> Places:
        """The places of what *path* leads to from here."""
        here = self
        for part in path:
            here = here.inside.setdefault(part, Places())
        return here


@frozen
class Repeat:
    """A key that its object has had before."""

    key: str
    place: Range
    _holder: _Open

    def holder(self) -> Path:
        """The way to the object."""
        return self._holder.path()


@define(eq=False)
class _Open:
    """A list or an object whose end has not come yet; the outermost is the text."""

    holder: _Open | None
    name: str | int
    places: Places | None  # None if nothing in it was asked for
    start: int
    is_object: bool
    key: str | None = None
    keys: set[str] = Factory(set)
    count: int = 0

    def path(self) -> Path:
        names = []
        here = self
        while here.holder is not None and here.holder.holder is not None:
            names.append(here.name)
            here = here.holder
        return tuple(reversed(names))

    def next(self) -> tuple[str | int, Places | None]:
        """The name of the value that begins, and its places."""
        name = self.count if self.key is None else self.key
        self.count += 1
        self.key = None
        return name, None if self.places is None else self.places.inside.get(name)


def find(body: str, places: Places) -> list[Repeat]:
    """Fill in *places* from *body*, which is JSON, and give the keys that are there again.

    One pass, without recursion. Of two keys of one name the last has the place.
    """
    scan = _Scan(_Open(None, 0, Places(inside={0: places}), 0, False))
    for token in TOKEN.finditer(body):
        match body[token.start()]:
            case "," | ":":
                pass
            case "{" | "[" as bracket:
                scan.begin(token.start(), bracket == "{")
            case "}" | "]":
                scan.end(token.end())
            case _ if scan.open.is_object and scan.open.key is None:
                scan.key(token[0], token.span())
            case _:
                scan.value(token.span())
    return scan.repeats


@define
class _Scan:
    """How far `find` has come: *open* is the innermost list or object."""

    open: _Open
    repeats: list[Repeat] = Factory(list)

    def begin(self, start: int, is_object: bool) -> None:
        self.open = _Open(self.open, *self.open.next(), start, is_object)

    def end(self, stop: int) -> None:
        if self.open.places is not None:
            self.open.places.value = (self.open.start, stop)
        if self.open.holder is not None:
            self.open = self.open.holder

    def key(self, token: str, place: Range) -> None:
        here = self.open
        here.key = key = json.loads(token) if "\\" in token else token[1:-1]
        if key in here.keys:
            self.repeats.append(Repeat(key, place, here))
        here.keys.add(key)
        if here.places is not None and key in here.places.inside:
            here.places.inside[key].key = place

    def value(self, place: Range) -> None:
        _, places = self.open.next()
        if places is not None:
            places.value = place
