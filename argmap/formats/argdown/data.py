"""YAML, as far as frontmatter and ``{…}`` need it, with the place of every value.

The events come from PyYAML; how a plain word becomes a number or a truth value follows the core
schema of YAML 1.2 (so ``yes``, ``no`` and dates stay text). Anchors, aliases and tags are refused.
Nothing here is recursive.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from attrs import define, frozen

from argmap.model import Data, Value
from argmap.text import Problem, Severity, Span, Text

if TYPE_CHECKING:
    import yaml

_DEEPEST = 50
_CURLY = re.compile("[“”„«»]")
_INT = re.compile(r"[-+]?[0-9]{1,100}\Z")
_BASED = re.compile(r"0o[0-7]{1,100}\Z|0x[0-9a-fA-F]{1,100}\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]{1,100}(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?\Z")
_WORDS: dict[str, Value] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip


@frozen
class Placed:
    """A value and where it stands. *entries* are those of a mapping, *elements* those of a list;
    *written* is how a single value is spelt, without its quotation marks.
    """

    value: Value
    span: Span
    entries: tuple[tuple[str, Placed, Span], ...] = ()
    elements: tuple[Placed, ...] = ()
    written: str = ""

    @property
    def is_mapping(self) -> bool:
        """Whether it is a mapping, even an empty one."""
        return isinstance(self.value, Data)

    def get(self, key: str) -> Placed | None:
        """What stands under *key*."""
        return next((v for k, v, _ in self.entries if k == key), None)

    def __iter__(self) -> Iterator[tuple[str, Placed, Span]]:
        return iter(self.entries)


def parse(text: Text, start: int, stop: int) -> tuple[Placed | None, tuple[Problem, ...]]:
    """The YAML in ``text.body[start:stop]``; None, and a problem, if it cannot be read."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    made = _Maker(text, start, stop, [], [], None)
    body = text.body[start:stop]
    clean = _CONTROL.sub("\ufffd", body)
    try:
        for event in yaml.parse(clean, Loader=loader):
            made.take(event)
    except yaml.YAMLError as e:
        made.problems.append(_broken(text, start, stop, e))
        return None, tuple(made.problems)
    except _Refused as e:
        made.problems.append(e.problem)
        return None, tuple(made.problems)
    return made.root, tuple(made.problems)


# what YAML does not allow in a stream, one character for one, so that places hold
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class _Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


@define
class _Open:
    """A mapping or list that is not closed yet."""

    mapping: bool
    start: int
    entries: list[tuple[str, Placed, Span]]
    elements: list[Placed]
    keys: set[str]
    key: tuple[str, Span] | None = None


@define
class _Maker:
    """Puts events together."""

    text: Text
    start: int
    stop: int
    open: list[_Open]
    problems: list[Problem]
    root: Placed | None
    curly: bool | None = None  # whether curly quotation marks are used, once that is asked

    def _span(self, event: yaml.Event) -> Span:
        begin, end = event.start_mark, event.end_mark
        start = self.start + (begin.index if begin else 0)
        stop = self.start + (end.index if end else 0)
        return self.text.span(min(start, self.stop), min(max(start, stop), self.stop))

    def take(self, event: yaml.Event) -> None:
        import yaml

        if isinstance(event, yaml.AliasEvent) or (
            getattr(event, "anchor", None) or getattr(event, "tag", None)
        ):
            raise _Refused(
                Problem(
                    "AM403",
                    "a value begins with &, * or !, which mean more to YAML than to argmap",
                    self._span(event),
                    help="put text that begins so in quotation marks, or write the value out",
                )
            )
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style in (None, "")
            value = _scalar(event.value, plain)
            self._put(Placed(value, self._span(event), written=event.value), event.value)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(self.open) >= _DEEPEST:
                raise _Refused(
                    Problem(
                        "AM411",
                        f"this is nested more than {_DEEPEST} levels deep",
                        self._span(event),
                        help="close some of the brackets",
                    )
                )
            mapping = isinstance(event, yaml.MappingStartEvent)
            self.open.append(_Open(mapping, self._span(event).start, [], [], set()))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(event)
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise _Refused(
                Problem(
                    "AM401",
                    "these keys and values cannot be read: a line of hyphens ends them",
                    self._span(event),
                    help="take the line out",
                )
            )

    def _close(self, event: yaml.Event) -> None:
        top = self.open.pop()
        span = self.text.span(top.start, max(top.start, self._span(event).stop))
        value: Value
        if top.mapping:
            value = Data(tuple((k, v.value) for k, v, _ in top.entries))
        else:
            value = tuple(e.value for e in top.elements)
        self._put(Placed(value, span, tuple(top.entries), tuple(top.elements)), None)

    def _put(self, placed: Placed, written: str | None) -> None:
        if not self.open:
            self.root = placed
            return
        top = self.open[-1]
        if not top.mapping:
            top.elements.append(placed)
        elif top.key is None:
            if written is None:
                raise _Refused(
                    Problem(
                        "AM410",
                        "a key must be a word, not a list or mapping",
                        placed.span,
                        help="write  key: value",
                    )
                )
            top.key = (written, placed.span)
        else:
            key, span = top.key
            top.key = None
            if key in top.keys:
                self.problems.append(
                    Problem("AM402", f"{key!r} is given twice", span, help="keep one of the two")
                )
                return
            if placed.value is None and placed.span.start == placed.span.stop:
                self._without_value(key, span)
            top.keys.add(key)
            top.entries.append((key, placed, span))

    def _without_value(self, key: str, span: Span) -> None:
        """Warn of a key that nothing follows: a comma or colon was surely meant otherwise."""
        name, colon, rest = key.partition(":")
        if colon and "://" not in key:
            message = f"without a space after the colon, {key!r} is one word"
            help = f"write {name}: {rest}"
        else:
            message = f"{key!r} has no value"
            help = "put text with commas in quotation marks, or write  key: value"
            if self.curly is None:
                self.curly = bool(_CURLY.search(self.text.body, self.start, self.stop))
            if self.curly:
                help = 'use straight quotation marks, "…", around text with commas'
        self.problems.append(Problem("AM404", message, span, Severity.WARNING, help=help))


def _scalar(written: str, plain: bool) -> Value:
    """*written* by the core schema of YAML 1.2, section 10.3.2."""
    if not plain:
        return written
    if written in _WORDS:
        return _WORDS[written]
    if _INT.match(written):
        return int(written)
    if _BASED.match(written):
        return int(written, 0)
    if _FLOAT.match(written) and math.isfinite(number := float(written)):
        return number
    return written  # also numbers too large to hold: nothing is lost


def _broken(text: Text, start: int, stop: int, error: yaml.YAMLError) -> Problem:
    """PyYAML's error at its place, in words for the author of a map."""
    said = getattr(error, "problem", None) or "it cannot be read"
    begun = "context_mark" if said == _UNENDED else "problem_mark"  # an open quote: its beginning
    mark = getattr(error, begun, None)
    at = min(start + mark.index, stop) if mark else start
    problem, help = _IN_WORDS.get(said, (said, "put text with special characters in quotes"))
    if re.search(r"'[^'\n]*\w'\w", text.body[start : at + 20]):
        help = "an apostrophe ends a text in single quotes: put it in double quotes"
    # a mark at the very end stands on the closing line: show the last thing written instead
    while at > start and (at >= stop or text.body[at] in " \r\n"):
        at -= 1
    return Problem(
        "AM401",
        f"these keys and values cannot be read: {problem}",
        text.span(at, at + 1),
        help=help,
    )


_UNENDED = "found unexpected end of stream"
_COLON = "text that holds a colon and a space belongs in quotation marks"
_IN_WORDS = {
    "mapping values are not allowed in this context": ("a second colon on one line", _COLON),
    "mapping values are not allowed here": ("a second colon on one line", _COLON),
    "did not find expected ',' or '}'": (
        "the } or a comma is missing",
        "separate entries by commas, and put text with commas or colons in quotes",
    ),
    "did not find expected ',' or ']'": (
        "the ] or a comma is missing",
        "separate elements by commas, and put text with commas or brackets in quotes",
    ),
    "could not find expected ':'": (
        "a key without a colon",
        "write  key: value",
    ),
    "did not find expected key": (
        "a key was expected here",
        "begin each line with  key: , all equally far in",
    ),
    "found character that cannot start any token": (
        "a value cannot begin with this character",
        "put the value in quotation marks, and indent with spaces, not tabs",
    ),
    "did not find expected alphabetic or numeric character": (
        "a value cannot begin with * or &",
        "put text that begins so in quotation marks",
    ),
    "block sequence entries are not allowed in this context": (
        "a list cannot begin on the line of its key",
        "begin it on the next line, or write it as [a, b]",
    ),
    _UNENDED: (
        "a quotation mark is never closed",
        "end the text with the mark it began with",
    ),
}
