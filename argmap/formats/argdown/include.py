"""``@include(other.argdown)``: texts woven into one, whose places are still those of its files.

A file is included once; what leads out of the folder of the first text is refused, and so is a
circle. Nothing is included from within a comment.
"""

from __future__ import annotations

import bisect
import posixpath
import re
from collections.abc import Sequence

from attrs import define, field, frozen

from argmap.formats.reading import Fetch, NotFetched
from argmap.text import Problems, Severity, Span, Text

_SIGN = "@include("
_INCLUDE = re.compile(
    r"(?<!:)//[^\r\n]*|/\*.*?\*/|<!--.*?-->|@include\((?P<name>[^()\r\n]+)\)", re.DOTALL
)
_FRONT = re.compile(r"\s*(={3,})[ \t]*\r?\n.*?={3,}[ \t]*\r?\n?", re.DOTALL)
_DEEPEST = 20  # files that include each other in a chain


@frozen
class _Piece:
    """A part of a woven text: where it begins there, and what of which text it is."""

    at: int
    text: Text
    start: int
    stop: int


@frozen(slots=False)
class Woven(Text):
    """Several texts as one; a span of it is one of the text that it comes from."""

    pieces: tuple[_Piece, ...] = field(default=(), repr=False)
    _at: tuple[int, ...] = field(default=(), repr=False)

    def span(self, start: int, stop: int) -> Span:
        """``body[start:stop]`` in the text it comes from, as far as that goes."""
        piece = self.pieces[max(0, bisect.bisect_right(self._at, start) - 1)]
        begin = min(piece.start + start - piece.at, piece.stop)
        return piece.text.span(begin, max(begin, min(begin + stop - start, piece.stop)))


def woven(text: Text, fetch: Fetch, problems: Problems) -> tuple[Text, tuple[Text, ...]]:
    """*text* with all that it includes, and the texts that were included, in order.

    What cannot be included is left out, and told.
    """
    if _SIGN not in text.body:
        return text, ()
    weaver = _Weaver(fetch, problems)
    weaver.weave(text, text.name.replace("\\", "/").rsplit("/", 1)[-1], ())
    at = tuple(p.at for p in weaver.pieces)
    body = "".join(p.text.body[p.start : p.stop] for p in weaver.pieces)
    return Woven(text.name, body, tuple(weaver.pieces), at), tuple(weaver.texts)


@define
class _Weaver:
    fetch: Fetch
    problems: Problems
    pieces: list[_Piece] = field(factory=list)
    texts: list[Text] = field(factory=list)
    _size: int = 0
    _seen: set[str] = field(factory=set)  # by their way from the folder of the first text

    def _add(self, text: Text, start: int, stop: int) -> None:
        if start < stop or not self.pieces:
            self.pieces.append(_Piece(self._size, text, start, stop))
            self._size += stop - start

    def weave(self, text: Text, way: str, above: Sequence[str], start: int = 0) -> None:
        """Add *text* from *start* on; *way* leads to it, *above* to those that include it."""
        self._seen.add(way)
        for m in _INCLUDE.finditer(text.body, start):
            name = m["name"]
            if name is None:
                continue
            self._add(text, start, m.start())
            start = m.end()
            self._include(text, name.strip(), text.span(m.start(), m.end()), way, above)
        self._add(text, start, len(text.body))

    def _include(self, text: Text, name: str, span: Span, way: str, above: Sequence[str]) -> None:
        there = posixpath.normpath(posixpath.join(posixpath.dirname(way), name.replace("\\", "/")))
        if there.startswith(("../", "/")) or there == ".." or re.match(r"[A-Za-z]:", there):
            self.problems.say(
                "AM129",
                f"{name!r} lies outside the folder of this map, and is not included",
                span,
                "put it into that folder, or below it",
            )
            return
        chain = (*above, way)
        if there in chain or len(chain) >= _DEEPEST:
            arrows = " → ".join((*chain, there))
            self.problems.say(
                "AM130",
                f"these files include each other: {arrows}"
                if there in chain
                else f"files include files more than {_DEEPEST} deep",
                span,
                "take this line out",
            )
            return
        if there in self._seen:
            self.problems.say(
                "AM131",
                f"{name!r} is included already, and is not included again",
                span,
                severity=Severity.NOTE,
            )
            return
        try:
            found = self.fetch(name, text.name)
        except NotFetched as e:
            help = "write the way to it from the folder of this file"
            if name[:1] in ("'", '"'):
                help = f"write it without quotation marks: @include({name[1:-1]})"
            self.problems.say("AM111", str(e), span, help)
            return
        self.texts.append(found)
        begins = 0
        if front := _FRONT.match(found.body):
            begins = front.end()
            self.problems.doubt(
                "AM132",
                "the frontmatter of an included file is left out",
                found.span(front.start(1), front.end(1)),
                "move what it says to the file that includes this one",
            )
        self.weave(found, there, chain, begins)
