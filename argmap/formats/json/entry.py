"""The values of a file, each with the way to it: taken as what they should be, or told as wrong.

What is wrong is read as if it were not there, so that one bad value costs no other.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Any, TypeVar

from attrs import frozen

from argmap.formats.json.problems import Problems
from argmap.formats.json.shape import Shape
from argmap.formats.json.words import Path, quoted, shown, sort
from argmap.text import Severity

_Word = TypeVar("_Word", bound=enum.Enum)


@frozen
class Spot:
    """A value, the way to it, and where problems with it are gathered."""

    value: Any
    path: Path
    problems: Problems

    @property
    def shown(self) -> str:
        """The way here, for a message."""
        return shown(self.path)

    def inside(self, name: str | int) -> Spot:
        """What this list or object has at *name*."""
        return Spot(self.value[name], (*self.path, name), self.problems)

    def tell(
        self, code: str, message: str, help: str = "", severity: Severity = Severity.ERROR
    ) -> None:
        """Say that something is wrong with this value."""
        self.problems.add(code, self.path, message, help, severity=severity)

    def must(self, be: str, help: str = "") -> None:
        """Say what this value must be or do, and is or does not."""
        self.tell("AM704", f"{self.shown} must {be}", help)

    def must_be(self, sort_wanted: str, help: str = "") -> None:
        """Say which sort of value must be here."""
        self.must(f"be {sort_wanted}, not {sort(self.value)}", help)

    def text(self, help: str = "") -> str | None:
        """This value, if it is text."""
        if isinstance(self.value, str):
            return self.value
        self.must_be("text", help)
        return None

    def whole(self) -> int | None:
        """This value, if it is a whole number from 1; ``1.0`` is one, as in JSON Schema."""
        number = self.value
        if isinstance(number, bool) or not isinstance(number, int | float) or number % 1 != 0:
            self.must_be("a whole number")
            return None
        if number < 1:
            self.must("be 1 or more")
            return None
        return int(number)

    def word(self, words: type[_Word], what: str) -> _Word | None:
        """This value, if it is one of *words*; *what* says what they are."""
        name = self.text()
        if name is None:
            return None
        known = {str(word.value): word for word in words}
        if name in known:
            return known[name]
        hint = self.problems.hint(name, known) or f"; it is one of {', '.join(known)}"
        self.tell("AM704", f"no {what} is named {quoted(name)}{hint}")
        return None

    def spots(self) -> Iterator[Spot]:
        """What is in this value, if it is a list."""
        if isinstance(self.value, list):
            return map(self.inside, range(len(self.value)))
        self.must_be("a list")
        return iter(())

    def entry(self, shape: Shape) -> Entry | None:
        """This value, if it is an object; keys it lacks and keys too many are told."""
        if not isinstance(self.value, dict):
            self.must_be("an object")
            return None
        for key in self.value:
            if key not in shape.keys:
                self._unknown(key, shape)
        for key in shape.needs:
            if key not in self.value:
                self.tell("AM704", f'{self.shown} has no "{key}"')
        return Entry(self)

    def _unknown(self, key: str, shape: Shape) -> None:
        hint = self.problems.hint(key, shape.keys)
        name = quoted(key)
        self.problems.add(
            "AM704",
            (*self.path, key),
            f"{self.shown} has a key {name} that argmap does not know{hint}",
            'what is your own goes under "data"' if "data" in shape.keys and not hint else "",
            severity=Severity.WARNING,
            of_key=True,
        )


@frozen
class Entry:
    """An object, whose values are asked for by their keys."""

    spot: Spot

    def at(self, key: str) -> Spot | None:
        """What is at *key*, if anything is."""
        return self.spot.inside(key) if key in self.spot.value else None

    def text(self, key: str, default: str = "") -> str:
        """The text at *key*."""
        found = self.any_text(key)
        return default if found is None else found

    def any_text(self, key: str) -> str | None:
        """The text at *key*, which may be empty; None if there is none."""
        spot = self.at(key)
        return None if spot is None else spot.text()

    def name(self, key: str) -> str:
        """The text at *key*; that it is empty is told."""
        spot = self.at(key)
        if spot is None:
            return ""
        if spot.value == "":
            spot.must("not be empty")
        return spot.text() or ""

    def whole(self, key: str) -> int | None:
        """The number at *key*."""
        spot = self.at(key)
        return None if spot is None else spot.whole()

    def word(self, key: str, words: type[_Word], what: str) -> _Word | None:
        """The one of *words* at *key*."""
        spot = self.at(key)
        return None if spot is None else spot.word(words, what)

    def spots(self, key: str, *, full: bool = False) -> Iterator[Spot]:
        """What is in the list at *key*; that it is empty is told if it should be *full*."""
        spot = self.at(key)
        if spot is None:
            return iter(())
        if full and spot.value == []:
            spot.must("not be empty")
        return spot.spots()

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts in the list at *key*."""
        return tuple(t for spot in self.spots(key) if (t := spot.text()) is not None)

    def entries(self, key: str, shape: Shape) -> Iterator[Entry]:
        """The objects in the list at *key*."""
        return (e for spot in self.spots(key) if (e := spot.entry(shape)) is not None)
