"""The exceptions argmap raises; all of them are ``ArgmapError``."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from argmap.text import Problem, Text, report


class ArgmapError(Exception):
    """Any error argmap raises on purpose. Its text is one sentence for the person using it."""


class TextError(ArgmapError, ValueError):
    """A text could not be read. ``problems`` holds every reason, not the first."""

    def __init__(self, problems: Sequence[Problem], texts: Sequence[Text] = ()) -> None:
        self.problems = tuple(problems)
        self.texts = tuple(texts)
        super().__init__(report(self.problems, self.texts))


class MapError(TextError):
    """A text could not be read as a map."""


class ThemeError(TextError):
    """A text could not be read as a theme."""


class NotADebate(ArgmapError, ValueError):
    """What was asked would break a rule of debates. ``code`` is that of the problem it becomes."""

    def __init__(self, code: str, message: str, help: str = "") -> None:
        self.code, self.message, self.help = code, message, help
        super().__init__(f"{message}; {help}" if help else message)


class UnknownName(ArgmapError, LookupError):
    """Nothing has the name asked for; ``guesses`` are the nearest that something has.

    *few* says that the known names are so few that all are listed where none is near.
    """

    def __init__(self, what: str, name: str, known: Iterable[str], *, few: bool = False) -> None:
        self.what, self.name = what, name
        known = list(known)
        self.guesses = guesses(name, known)
        hint = ""
        if self.guesses:
            hint = f"; did you mean {' or '.join(map(repr, self.guesses))}?"
        elif few and known:
            hint = f"; it is one of {', '.join(known)}"
        super().__init__(f"no {what} is named {name!r}{hint}")


class BadValue(ArgmapError, ValueError):
    """A value lies outside what is possible."""


class CannotWrite(ArgmapError, OSError):
    """The output could not be written where it was asked for."""


class NothingToWrite(ArgmapError, ValueError):
    """A map holds nothing of what was to be written."""


class MissingExtra(ArgmapError, ImportError):
    """What is asked for takes a package that is not installed; the text says what adds it."""


class UnknownFormat(ArgmapError, ValueError):
    """A file name or ``--format`` asks for a format that argmap does not write."""


def guesses(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """At most three of *known* that look like *name*, the nearest first.

    >>> guesses("R5d", ["R5c", "Free will"])
    ('R5c',)
    """
    folded: dict[str, str] = {}
    for k in known:
        folded.setdefault(k.casefold(), k)
    found = difflib.get_close_matches(name.casefold(), folded, n=3)
    if not found and name:  # or a part of a name, as Tom of Tom Brandt
        found = [f for f in folded if name.casefold() in f.split()][:3]
    return tuple(folded[f] for f in found)
