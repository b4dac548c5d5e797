"""Values of keys, as far as any key asks: a word, some words, and what is doubtful in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import frozen

from argmap.errors import UnknownName, guesses
from argmap.formats.argdown.data import Placed
from argmap.model import Data
from argmap.text import Problems, Severity, Span

_ARGDOWN = ("isInMap", "isCanonical", "isInGroup", "isGroup", "isClosed", "color", "images", "rank")


@frozen
class Values:
    """Reads values, and tells what is wrong with them."""

    problems: Problems

    def word(self, placed: Placed | None, key: str) -> str:
        """A single value as text, as it is written."""
        if placed is None or placed.value is None:
            return ""
        if isinstance(placed.value, str | int | float):
            return placed.written
        self.problems.doubt(
            "AM406",
            f"{key!r} is one value, not a list or a mapping",
            placed.span,
            "put text with commas or brackets in quotation marks",
        )
        return ""

    def placed_words(self, placed: Placed | None, key: str) -> tuple[tuple[str, Span], ...]:
        """One value or a list of them, as texts with their places."""
        if placed is None:
            return ()
        if placed.elements or placed.value == ():
            return tuple((w, e.span) for e in placed.elements if (w := self.word(e, key)))
        word = self.word(placed, key)
        return ((word, placed.span),) if word else ()

    def words(self, placed: Placed | None, key: str) -> tuple[str, ...]:
        """One value or a list of them, as texts."""
        return tuple(word for word, _ in self.placed_words(placed, key))

    def unknown(self, what: str, word: str, known: Iterable[str], span: Span) -> None:
        """Tell of a *word* that is none of the *known* ones."""
        known = list(known)
        help = f"the words are {', '.join(known)}"
        self.problems.doubt("AM407", str(UnknownName(what, word, known)), span, help)

    def colour(self, placed: Placed) -> None:
        """Warn of a colour that Argdown does not know."""
        value = placed.get("color")
        if value is None or not isinstance(value.value, str):
            return
        from argmap.settings import is_colour

        if not is_colour(value.value):
            self.problems.doubt(
                "AM420",
                f"{value.written!r} is no colour that Argdown knows",
                value.span,
                'write it as "#1b9e77", in quotation marks, or as the number of one in the scheme',
            )

    def near_misses(self, placed: Placed, known: tuple[str, ...]) -> None:
        """Warn of keys that are surely meant to be one of *known*."""
        known = (*known, *_ARGDOWN)
        for key, _, span in placed:
            if key in known or len(key) < 4:
                continue
            near = [g for g in guesses(key, known) if _one_slip(key.casefold(), g.casefold())]
            if near:
                self.problems.say(
                    "AM405",
                    f"{key!r} is not a key that argmap knows; did you mean {near[0]!r}?",
                    span,
                    f"write {near[0]}: …",
                    Severity.WARNING,
                )


def listed(placed: Placed, take: Callable[[Placed, str], str]) -> None:
    """Give each entry of ``{key: …}`` or ``[…]`` to *take*."""
    if placed.elements or placed.value == ():
        for element in placed.elements:
            take(element, "")
    elif placed.is_mapping and not (placed.get("name") or placed.get("title")):
        for key, value, _ in placed:
            take(value, key)
    else:
        take(placed, "")


def kept(placed: Placed, known: Iterable[str]) -> Data:
    """The keys that are not *known*, kept for the way back."""
    return Data(tuple((k, v.value) for k, v, _ in placed if k not in known))


def _one_slip(a: str, b: str) -> bool:
    """Whether one letter was added, lost, changed or swapped with the next between *a* and *b*.

    >>> _one_slip("voise", "voice"), _one_slip("qoute", "quote"), _one_slip("note", "quote")
    (True, True, False)
    """
    if abs(len(a) - len(b)) > 1:
        return False
    i = 0
    while i < min(len(a), len(b)) and a[i] == b[i]:
        i += 1
    if a[i:] == b[i + 1 :] or a[i + 1 :] == b[i:] or a[i + 1 :] == b[i + 1 :]:
        return True
    return a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :]
