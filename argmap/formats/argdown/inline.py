"""The pieces of a text, as the scanner finds them, to its words and what they are beyond letters.

Emphasis is decided here, because only a whole text shows what a ``*`` or ``_`` belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from attrs import define, field

from argmap.model import Markup, Style

_SPACES = re.compile(r"[\t\r\n][ \t\r\n]*| [ \t\r\n]+")
_ENDS = frozenset("\n\r)}_.,!?;:-*")  # may follow the end of emphasis, as a blank may
_MARKS = ("**", "__", "*", "_")
_STYLES = {"**": Style.BOLD, "__": Style.BOLD, "*": Style.ITALIC, "_": Style.ITALIC}


class Piece(NamedTuple):
    """A part of a text: *said* is what it adds to the words, *style* what it is beyond them.

    A run of ``*`` or ``_`` has *run*: the character before it, which is "" where nothing that
    counts stands there, and the one after it, "" at the end. *start* is its place.
    """

    said: str
    style: Style | None = None
    to: str = ""
    run: tuple[str, str] | None = None
    start: int = 0


class Inline(NamedTuple):
    """A text. *size* is how long it is without its last tags; *loose* are places of ``*`` and ``_``
    whose emphasis other tools see no end of, and whether argmap does not see one either.
    """

    text: str
    size: int
    tags: tuple[str, ...]
    markup: tuple[Markup, ...]
    loose: tuple[tuple[int, bool], ...]


def words(said: str) -> str:
    """*said* with each run of white space as one blank, and none at the ends."""
    if "  " in said or "\n" in said or "\t" in said or "\r" in said:
        said = _SPACES.sub(" ", said)
    return said.strip(" ")


def inline(pieces: Sequence[Piece]) -> Inline:
    """*pieces* put together; each run of white space is one blank, and none is at the ends."""
    runs = [i for i, p in enumerate(pieces) if p.run is not None]
    if not runs and all(p.style is None for p in pieces):
        text = words("".join([p.said for p in pieces]))
        return Inline(text, len(text), (), (), ())
    marks, loose = _emphasis(pieces, runs) if runs else ({}, ())
    text, markup = _joined(pieces, marks)
    tags = tuple(dict.fromkeys(m.to for m in markup if m.style is Style.TAG))
    return Inline(text, _without_last_tags(text, markup), tags, markup, loose)


def _without_last_tags(text: str, markup: Sequence[Markup]) -> int:
    """Where the tags at the end of *text* begin; a tag that is part of a word is no such tag."""
    size = len(text)
    if not markup or markup[-1].stop != size:
        return size
    for m in reversed(markup):
        before = text[: m.start]
        if m.style is not Style.TAG or m.stop != size or not (before == "" or before[-1] == " "):
            break
        size = len(before.rstrip(" "))
    return size


def _joined(
    pieces: Sequence[Piece], marks: dict[int, list[str | tuple[str, int]]]
) -> tuple[str, tuple[Markup, ...]]:
    """The text of *pieces*, and its markup, with *marks* as they were found in the runs."""
    text = _Text()
    found: list[tuple[Style, int, int, str]] = []
    opened: list[int] = []  # numbers of markup that is not closed yet
    for i, p in enumerate(pieces):
        if i in marks:
            for mark in marks[i]:
                if isinstance(mark, str):
                    text.add(mark)
                elif mark[1] > 0:
                    opened.append(len(found))
                    found.append((_STYLES[mark[0]], text.size, text.size, ""))
                else:
                    n = opened.pop()
                    found[n] = (*found[n][:2], text.size, "")
        else:
            start = text.size
            text.add(p.said)
            if p.style is not None:
                found.append((p.style, start, text.size, p.to))
    whole = "".join(text.parts).rstrip(" ")
    size = len(whole)
    ends = ((style, start, min(stop, size), to) for style, start, stop, to in found)
    return whole, tuple(Markup(*m) for m in ends if m[1] < m[2])


@define
class _Text:
    """A text as it grows: each run of white space in it is one blank, and none is before it."""

    parts: list[str] = field(factory=list)
    size: int = 0
    blank: bool = True  # a blank at its end, or nothing at all

    def add(self, said: str) -> None:
        """Add *said*."""
        said = _SPACES.sub(" ", said)
        if self.blank and said[:1] == " ":
            said = said[1:]
        if said:
            self.parts.append(said)
            self.size += len(said)
            self.blank = said[-1] == " "


def _emphasis(
    pieces: Sequence[Piece], runs: Sequence[int]
) -> tuple[dict[int, list[str | tuple[str, int]]], tuple[tuple[int, bool], ...]]:
    """What each run is: literal characters, ``(mark, 1)`` where emphasis begins, ``(mark, -1)``
    where it ends; and the places where it begins in vain.

    First as Argdown's own tools read it, where the innermost must end first. Where that leaves
    anything open, again by rules closer to CommonMark's: none begins or ends within a word, and
    what never ends is literal.
    """
    marks: dict[int, list[str | tuple[str, int]]] = {}
    stack: list[tuple[str, int]] = []
    for i in runs:
        marks[i] = list(_exact(pieces[i], stack))
    if not stack:
        return marks, ()
    first = stack[0][1]
    open_ = dict.fromkeys(_MARKS, 0)  # how many of each are
    places: list[tuple[str, int, int]] = []  # what is open: its mark, its run, its number there
    for i in runs:
        p = pieces[i]
        before, after = p.run or (" ", " ")
        mark = p.said if p.said in _MARKS else ""
        said: list[str | tuple[str, int]] = [p.said]
        within = before.isalnum() and after.isalnum()
        if mark and not within:
            if open_[mark] and before.strip():
                while places[-1][0] != mark:
                    open_[places.pop()[0]] -= 1
                _, run, number = places.pop()
                open_[mark] -= 1
                marks[run][number] = (mark, 1)
                said = [(mark, -1)]
            elif after and not after.isspace():
                places.append((mark, i, 0))
                open_[mark] += 1
        marks[i] = said
    literal = all(isinstance(m, str) for i in runs if pieces[i].start == first for m in marks[i])
    return marks, ((first, literal),)


def _exact(piece: Piece, stack: list[tuple[str, int]]) -> Iterable[str | tuple[str, int]]:
    """What the run *piece* is, with what is open on *stack*."""
    run, at = piece.said, 0
    before, after = piece.run or (" ", "")
    while at < len(run):
        rest = run[at:]
        top = stack[-1][0] if stack else ""
        if top and rest.startswith(top) and not (at == 0 and before == ""):
            follows = rest[len(top) :][:1] or after
            if follows == "" or follows in " \t" or follows in _ENDS:
                stack.pop()
                at += len(top)
                yield top, -1
                continue
        for mark in _MARKS:
            follows = rest[len(mark) :][:1] or after
            if rest.startswith(mark) and not follows.isspace():
                stack.append((mark, piece.start + at))
                at += len(mark)
                yield mark, 1
                break
        else:
            yield rest[0]
            at += 1
