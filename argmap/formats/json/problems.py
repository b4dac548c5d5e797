"""What is wrong with a file: gathered by path while it is read, then found in its text."""

from __future__ import annotations

from collections.abc import Collection

from attrs import Factory, define, frozen

from argmap.errors import guesses
from argmap.formats.json.places import Places, Range, Repeat, find
from argmap.formats.json.words import LONGEST, Path, quoted, shown
from argmap.text import Note, Problem, Severity, Span, Text, ordered

_MANY = 1000  # problems that are told one by one
_GUESSED = 50_000  # names looked through, in all, for those that were meant: about a second


@frozen
class _Unplaced:
    """A problem with the value at *path*, or with its key; *first* is the other one, of two."""

    path: Path
    problem: Problem
    of_key: bool
    first: Path | None


@define
class Problems:
    """Every problem so far: the first thousand, and of *more* only how much they matter."""

    found: list[_Unplaced] = Factory(list)
    more: list[Severity] = Factory(list)
    _guessed: int = 0

    def add(
        self,
        code: str,
        path: Path,
        message: str,
        help: str = "",
        *,
        severity: Severity = Severity.ERROR,
        of_key: bool = False,
        first: Path | None = None,
    ) -> None:
        """Tell of the value at *path*; of its key, if *of_key*; and show the *first*, if given."""
        if len(self.found) < _MANY:
            problem = Problem(code, message, severity=severity, help=help)
            self.found.append(_Unplaced(path, problem, of_key, first))
        else:
            self.more.append(severity)

    def hint(self, name: str, known: Collection[str]) -> str:
        """What *name* may have meant, to end a message with, or nothing."""
        self._guessed += len(known)
        if len(name) > LONGEST or self._guessed > _GUESSED:
            return ""
        near = guesses(name, [k for k in known if len(k) <= 2 * len(name)])
        return f"; did you mean {' or '.join(map(quoted, near))}?" if near else ""

    def placed(self, text: Text, *, repeats: bool) -> tuple[Problem, ...]:
        """All of them, in the order of *text*; with those of repeated keys, if it has *repeats*."""
        if not self.found and not repeats:
            return ()
        places = Places()
        for unplaced in self.found:
            places.at(unplaced.path)
            places.at(unplaced.first or ())
        repeated = find(text.body, places)
        room = _MANY - len(self.found)
        problems = [_placed(u, places, text) for u in self.found]
        problems += [_twice(r, text) for r in repeated[:room]]
        more = self.more + [Severity.ERROR] * len(repeated[room:])
        if more:
            worst = Severity.ERROR if Severity.ERROR in more else Severity.WARNING
            message = f"there are {len(more)} more problems in this file"
            problems.append(Problem("AM704", message, problems[-1].span, worst))
        return tuple(ordered(problems, (text,)))


def _placed(unplaced: _Unplaced, places: Places, text: Text) -> Problem:
    problem = unplaced.problem
    place = places.at(unplaced.path)
    start, stop = place.key if unplaced.of_key else place.value
    span = text.span(start, stop if unplaced.path else start + 1)  # of the whole, its beginning
    notes: tuple[Note, ...] = ()
    if unplaced.first is not None:
        notes = (Note("the first is here", _span(places.at(unplaced.first).value, text)),)
    return Problem(problem.code, problem.message, span, problem.severity, notes, problem.help)


def _twice(repeat: Repeat, text: Text) -> Problem:
    return Problem(
        "AM704",
        f"{shown(repeat.holder())} has the key {quoted(repeat.key)} twice",
        _span(repeat.place, text),
        help="keep one of them; the last was read",
    )


def _span(place: Range, text: Text) -> Span:
    return text.span(*place)
