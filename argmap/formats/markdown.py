"""Markdown: where maps stand in a document, and what is read there, with the document's places.

A map is a fenced block whose language is ``argdown`` or ``argdown-map``. What is a fence is said
by CommonMark (https://spec.commonmark.org/0.31.2/#fenced-code-blocks).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import evolve, field, fields, frozen, has

from argmap import formats
from argmap.errors import guesses
from argmap.formats.reading import Fetch, Reading
from argmap.model import Data, Debate
from argmap.text import Note, Problem, Severity, Span, Text

if TYPE_CHECKING:
    from markdown_it.token import Token

SUFFIXES = (".md", ".markdown", ".qmd", ".rmd")
LANGUAGES = ("argdown", "argdown-map")
DEEPEST = (
    100  # quotes, lists and items inside each other; Python's own stack ends at ten times that
)
_QUOTE_OR_ITEM = ("blockquote_open", "list_item_open")
_LISTED = 9  # fences that a message shows

_NOT_NEWLINE = re.compile(r"[^\r\n]")
_FRONT = re.compile(
    r"---[ \t]*(?:\r\n|\n|\r)(?=[\w\"'][^\r\n:]*:\s|\#)"
    r"(?P<keys>.*?(?:\r\n|\n|\r))(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)",
    re.DOTALL,
)
_TITLE = re.compile(
    r"^title:[ \t]*(?P<quote>[\"']?)(?P<title>.+?)(?P=quote)[ \t]*\r?$", re.MULTILINE
)
_CLASS = re.compile(r"\.(argdown(?:-map)?)(?![\w-])", re.IGNORECASE)  # Pandoc: {#id .argdown}
_WORD = re.compile(r"\{?\.?([\w-]+)")


@frozen
class Fence:
    """A map in a document: ``document.body[start:stop]``, with its fence lines.

    *text* is what stands inside, without what a list or a quote puts before each line; it has the
    name of the document, and places of its own.
    """

    document: Text = field(repr=False)
    language: str
    start: int
    stop: int
    text: Text = field(repr=False)
    closed: bool = True

    @property
    def line(self) -> int:
        """The number of its first line in the document."""
        return self.document.place(self.start).line

    @property
    def opening(self) -> Span:
        """Its first line."""
        return self.document.span(self.start, self.document.ends(self.line)[1])

    def offset(self, inside: int) -> int:
        """Where in the document the character ``text.body[inside]`` stands."""
        if not self.text.body:
            return self.opening.stop
        row = self.text.place(inside).line
        if row > 1 and inside == len(self.text.body) and self.text.body.endswith("\n"):
            row, inside = row - 1, inside - 1  # the end of the last line, not the line below it
        first, last = self.document.ends(self.line + row)
        # what a list or quote takes away stands before a line: both lines have the same end
        return max(first, last - (self.text.ends(row)[1] - inside))

    def outside(self, span: Span) -> Span:
        """*span*, which the reader of `text` gave, in the document."""
        start = self.offset(span.start)
        if span.stop <= span.start:
            return self.document.span(start, start)
        return self.document.span(start, max(start, self.offset(span.stop - 1) + 1))


def is_markdown(name: str) -> bool:
    """Whether a file called *name* is Markdown.

    >>> is_markdown("notes.md"), is_markdown("Notes.QMD"), is_markdown("map.argdown")
    (True, True, False)
    """
    return PurePath(name).suffix.lower() in SUFFIXES


def without_front(body: str) -> tuple[str, str]:
    """*body* with blanks for the keys between hyphens that it begins with; and their ``title``."""
    m = _FRONT.match(body)
    if m is None or "```" in m["keys"] or "~~~" in m["keys"]:
        return body, ""
    title = _TITLE.search(m["keys"])
    return _NOT_NEWLINE.sub(" ", m[0]) + body[m.end() :], title["title"] if title else ""


def fences(text: Text) -> tuple[tuple[Fence, ...], tuple[Problem, ...]]:
    """The maps in the document *text*, in its order, and what is wrong with their fences."""
    found: list[Fence] = []
    problems: list[Problem] = []
    deep: list[int] = []
    for token in _blocks(text.body):
        if token.type == "fence" and token.map and (language := language_of(token.info)):
            found.append(_fence(text, token, token.map, language))
            if not found[-1].closed:
                problems.append(_unclosed(found[-1], token.markup))
        elif token.map and token.level >= DEEPEST - 1 and token.type in _QUOTE_OR_ITEM:
            deep.append(token.map[0] + 1)
    problems += [_too_deep(text, line) for line in deep[:1]]
    return tuple(found), tuple(problems)


def _blocks(body: str) -> list[Token]:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST})
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser.parse(without_front(body)[0])


def language_of(info: str) -> str:
    """Which of `LANGUAGES` the words after a fence name; "" if none.

    >>> language_of("argdown map=1"), language_of("{#fig .argdown-map}"), language_of("python")
    ('argdown', 'argdown-map', '')
    """
    info = info.strip()
    m = _CLASS.search(info) if info.startswith("{") else None
    m = m or _WORD.match(info)
    name = m[1].lower() if m else ""
    return name if name in LANGUAGES else ""


def _fence(text: Text, token: Token, lines: list[int], language: str) -> Fence:
    first, after = lines
    start, stop = text.ends(first + 1)
    start = max(start, text.body.find(token.markup, start, stop))
    inside = token.content.count("\n") + (token.content[-1:] not in ("", "\n"))
    closed = after - first - 1 > inside
    stop = text.ends(after)[1]
    return Fence(text, language, start, stop, Text(text.name, token.content), closed)


def read(fence: Fence, fetch: Fetch) -> Reading:
    """The debate in *fence*, as far as it can be read, and every problem, in document places."""
    reading = formats.read(fence.text, fetch)
    move = partial(_outside, fence)
    others = tuple(t for t in reading.texts if t.name != fence.text.name)
    return Reading(
        _moved(reading.debate, move), _moved(reading.problems, move), (fence.document, *others)
    )


def _outside(fence: Fence, span: Span) -> Span:
    return fence.outside(span) if span.name == fence.text.name else span


_Value = TypeVar("_Value")


def _moved(value: _Value, move: Callable[[Span], Span]) -> _Value:
    """*value* with every span in it moved; as deep as its types are, not its data."""
    made: Any = value
    if isinstance(value, Span):
        made = move(value)
    elif isinstance(value, tuple):
        moved = [_moved(v, move) for v in value]
        if any(a is not b for a, b in zip(moved, value, strict=True)):
            made = tuple.__new__(type(value), moved)  # it may be a named one
    elif has(kind := type(made)) and kind is not Data:
        changed = {}
        for f in fields(kind):
            old = getattr(value, f.name)
            if old and not isinstance(old, str):
                new = _moved(old, move)
                if new is not old:
                    changed[f.alias] = new
        made = evolve(made, **changed) if changed else value
    return made  # type: ignore[no-any-return]


def one(text: Text, found: tuple[Fence, ...], fetch: Fetch) -> Reading:
    """What is read in the only one of the fences *found*; a problem if it is not the only one."""
    if len(found) == 1:
        return read(found[0], fetch)
    problem = several(text, found) if found else none(text)
    return Reading(Debate(), (problem,), (text,))


def none(text: Text) -> Problem:
    """That there is no map in the document *text*."""
    for token in _blocks(text.body):
        word = _WORD.match(token.info.strip()) if token.type == "fence" else None
        if word and token.map and (near := guesses(word[1], LANGUAGES)):
            start, stop = text.ends(token.map[0] + 1)
            start = max(start, text.body.find(word[1], start, stop))
            message = f"there is no map in this document: {word[1]!r} is no language of maps"
            span = text.span(start, start + len(word[1]))
            return Problem("AM120", message, span, help=f"write {near[0]}")
    return Problem(
        "AM120",
        "there is no map in this document",
        text.span(0, 0),
        help="put one between a line ```argdown and a line ```; "
        "a file of nothing but Argdown has a name that ends in .argdown",
    )


def several(text: Text, found: tuple[Fence, ...]) -> Problem:
    """That there are several maps in the document *text*, where one is asked for."""
    notes = [Note(f"#{n}", f.opening) for n, f in enumerate(found[:_LISTED], 1)]
    if len(found) > _LISTED:
        notes.append(Note(f"and {len(found) - _LISTED} more"))
    return Problem(
        "AM121",
        f"there are {len(found)} maps in this document, and only one can be taken here",
        text.span(0, 0),
        notes=tuple(notes),
        help=f"write its number after the name of the file, as in {PurePath(text.name).name}#2",
    )


def _unclosed(fence: Fence, markup: str) -> Problem:
    return Problem(
        "AM123",
        "this block is never closed, so everything that follows is in the map",
        fence.opening,
        Severity.WARNING,
        help=f"put a line {markup} after the map",
    )


def _too_deep(text: Text, line: int) -> Problem:
    return Problem(
        "AM122",
        f"quotes and lists are more than {DEEPEST} deep here, and nothing in them is read",
        text.span(*text.ends(line)),
        help="take some of them away",
    )
