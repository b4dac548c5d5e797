"""Named text, places in it, and problems found there.

The lowest layer: it knows nothing of claims, formats or pictures.
"""

from __future__ import annotations

import bisect
import enum
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from attrs import define, field, frozen

_NEWLINE = re.compile(r"\r\n|\n|\r")
_TAB = 4
_LOOKED_AT = 100_000  # bytes from which an encoding is guessed
_FEW_BYTES = 20  # beyond ASCII, from which an encoding can be told
_ENCODINGS = (  # in which people still save texts
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "mac_roman"),
    *("shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
)
_SHOWN = 100  # columns of a source line that a message shows


@frozen(order=True)
class Place:
    """A line and column, both counted from 1; columns count characters, not bytes."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


class Span(NamedTuple):
    """The characters ``text.body[start:stop]`` of the text called *name*.

    A named tuple, because a text has very many.
    """

    name: str
    start: int
    stop: int


_new = tuple.__new__  # half the time of calling Span, of which there are very many


@frozen(slots=False)
class Text:
    """A body of text and the name people know it by: a path, or ``<stdin>``."""

    name: str
    body: str = field(repr=False)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(m.end() for m in _NEWLINE.finditer(self.body))]

    def place(self, offset: int) -> Place:
        """Where the character at *offset* stands.

        >>> Text("m", "ab\\ncd").place(4)
        Place(line=2, column=2)
        """
        line = bisect.bisect_right(self._starts, offset)
        return Place(line, offset - self._starts[line - 1] + 1)

    def ends(self, number: int) -> tuple[int, int]:
        """Where line *number* (from 1) begins, and where it ends before its newline."""
        start = self._starts[number - 1]
        if number == len(self._starts):
            return start, len(self.body)
        stop = self._starts[number] - 1
        return start, stop - (self.body[stop - 1 : stop + 1] == "\r\n" and stop > start)

    def line(self, number: int) -> str:
        """The text of line *number* (from 1), without its newline."""
        start, stop = self.ends(number)
        return self.body[start:stop]

    def span(self, start: int, stop: int) -> Span:
        """``body[start:stop]``, named."""
        return _new(Span, (self.name, start, stop))


def decode(name: str, data: bytes) -> tuple[Text | None, tuple[Problem, ...]]:
    """*data* as a text: UTF-8, a byte order mark left out. None, with the reason, if it is not."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, (_undecodable(name, "it looks like UTF-16", data),)
    marked = data.startswith(b"\xef\xbb\xbf")
    try:
        body = data[3 if marked else 0 :].decode("utf-8")
    except UnicodeDecodeError as e:
        before = data[: e.start + (3 if marked else 0)]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        where = f"at offset {len(before)}, in line {line}, column {column}"
        why = f"byte 0x{e.object[e.start]:02x} {where}"
        return None, (_undecodable(name, why, data),)
    text = Text(name, body)
    if not marked:
        return text, ()
    help = "save the file as UTF-8 without one, so that every Argdown tool can read it"
    mark = "this text begins with a byte order mark, which is left out"
    return text, (Problem("AM002", mark, text.span(0, 0), Severity.WARNING, help=help),)


def _undecodable(name: str, why: str, data: bytes) -> Problem:
    help = "open it in an editor and save it as UTF-8"
    if b"\0" in data[:1000] and not why.endswith("16"):
        help = "it looks like a picture or a program, not like a map"
    elif not why.endswith("16") and (looks := encoding_of(data)):
        help = f"it looks like {looks}: {help}"
    return Problem("AM001", f"this is not UTF-8 text ({why})", Span(name, 0, 0), help=help)


def encoding_of(data: bytes) -> str:
    """The encoding that *data* seems to be in; "" if that cannot be told.

    Guessed by charset-normalizer, where that is installed.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return ""
    if b"\0" in data[:1000]:
        return ""
    best = from_bytes(data[:_LOOKED_AT], cp_isolation=list(_ENCODINGS)).best()
    if best is None:
        return ""
    # a few accents fit many code pages alike: the commonest is likeliest
    few = sum(byte > 0x7F for byte in data[:_LOOKED_AT]) < _FEW_BYTES
    return "cp1252" if few or "cp1252" in best.could_be_from_charset else best.encoding


class Severity(enum.Enum):
    """How much a problem matters: a note is never a reason to fail."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@frozen
class Note:
    """A further remark on a problem, at its own place if it has one."""

    message: str
    span: Span | None = None


@frozen
class Problem:
    """Something wrong or doubtful in a text.

    A problem is a value, not an exception: a reader returns all it found.
    *code* is stable and has a heading in ``docs/problems.md``.
    """

    code: str
    message: str
    span: Span | None = None
    severity: Severity = Severity.ERROR
    notes: tuple[Note, ...] = ()
    help: str = ""

    def brief(self, texts: Iterable[Text] = ()) -> str:
        """One line, as editors read it: ``file:line:column: error[AM101]: message``."""
        head = f"{self.severity.value}[{self.code}]: {printable(self.message)}"
        if self.span is None:
            return head
        text = _named(self.span.name, texts)
        if text is None:
            return f"{self.span.name}: {head}"
        return f"{text.name}:{text.place(self.span.start)}: {head}"

    def render(self, texts: Iterable[Text] = ()) -> str:
        """Several lines, as people read it: the message, the line, a caret, the help.

        *texts* are those that the spans name; a span of any other text is shown by its name.
        """
        texts = tuple(texts)
        out = [f"{self.severity.value}[{self.code}]: {printable(self.message)}"]
        spots = [(self.span, "")] if self.span else []
        spots += [(n.span, n.message) for n in self.notes if n.span]
        placed = [(s, label, t) for s, label in spots if (t := _named(s.name, texts))]
        pad = max((len(str(t.place(s.start).line)) for s, _, t in placed), default=1)
        shown = ""
        for span, label, text in placed:
            if text.name != shown or span is self.span:
                arrow = "-->" if not shown else ":::"
                out.append(f"{'':{pad}}{arrow} {text.name}:{text.place(span.start)}")
                out.append(f"{'':{pad}} |")
                shown = text.name
            out += _marked(text, span, "^" if span is self.span else "-", label, pad)
        if self.span and not placed:
            out.append(f"{'':{pad}}--> {self.span.name}")
        out += [f"{'':{pad}} = note: {printable(n.message)}" for n in self.notes if not n.span]
        if self.help:
            out.append(f"{'':{pad}} = help: {printable(self.help)}")
        return "\n".join(out)


def _named(name: str, texts: Iterable[Text]) -> Text | None:
    return next((t for t in texts if t.name == name), None)


def _marked(text: Text, span: Span, mark: str, label: str, pad: int) -> list[str]:
    """The line *span* begins on, and under it the marks; a long line is cut around them."""
    place = text.place(span.start)
    first, last = text.ends(place.line)
    at = min(span.start, last)
    stop = max(at, min(span.stop, last))
    cut = max(first, at - _SHOWN // 2) if last - first > _SHOWN else first
    end = min(last, cut + _SHOWN)
    left, right = "…" if cut > first else "", "…" if end < last else ""
    body = text.body
    before = left + printable(body[cut:at])
    marks = mark * max(1, width(printable(body[at : min(stop, end)])))
    return [
        f"{place.line:>{pad}} | {left}{printable(body[cut:end])}{right}".rstrip(),
        f"{'':{pad}} | {' ' * width(before)}{marks} {printable(label)}".rstrip(),
    ]


def report(problems: Iterable[Problem], texts: Iterable[Text] = ()) -> str:
    """All *problems*, text by text in the order of *texts*, then by place."""
    texts = tuple(texts)
    return "\n\n".join(p.render(texts) for p in ordered(problems, texts))


def ordered(problems: Iterable[Problem], texts: Sequence[Text] = ()) -> list[Problem]:
    """*problems* by text (those of *texts* first, in that order), then by place, then by code."""
    rank = {t.name: i for i, t in enumerate(texts)}

    def key(p: Problem) -> tuple[int, str, int, str]:
        if p.span is None:
            return (-1, "", 0, p.code)
        return (rank.get(p.span.name, len(rank)), p.span.name, p.span.start, p.code)

    return sorted(problems, key=key)


@define
class Problems:
    """Problems as they are met: every stage of a reader adds to the same ones."""

    found: list[Problem] = field(factory=list)

    def say(
        self,
        code: str,
        message: str,
        span: Span,
        help: str = "",
        severity: Severity = Severity.ERROR,
        notes: tuple[Note, ...] = (),
    ) -> None:
        """Add one."""
        self.found.append(Problem(code, message, span, severity, notes, help))

    def doubt(self, code: str, message: str, span: Span, help: str = "") -> None:
        """Add a warning."""
        self.say(code, message, span, help, Severity.WARNING)


_UNSHOWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff]"
)


def printable(s: str) -> str:
    """*s* on one line, safe in a terminal: no control character or direction override is left.

    A tab is four spaces; what cannot be shown is U+FFFD.

    >>> printable("a\\tb\\x1b[2J")
    'a    b\ufffd[2J'
    """
    if s.isascii() and s.isprintable():
        return s
    s = s.replace("\t", " " * _TAB).replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
    return _UNSHOWN.sub("\ufffd", s)


def listed(items: Sequence[str], last: str = "and") -> str:
    """*items* in one phrase.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"], "or")
    ('a', 'a and b', 'a, b or c')
    """
    return f" {last} ".join(p for p in (", ".join(items[:-1]), *items[-1:]) if p)


def quantity(n: int, word: str) -> str:
    """So many of what *word* names.

    >>> quantity(1, "claim"), quantity(2, "claim"), quantity(2, "speech")
    ('1 claim', '2 claims', '2 speeches')
    """
    ending = "es" if word.endswith(("ch", "sh", "s", "x")) else "s"
    return f"{n} {word}{'' if n == 1 else ending}"


def width(s: str) -> int:
    """Terminal columns *s* takes: 2 for wide characters, 0 for combining ones, 4 for a tab.

    >>> width("ab"), width("\u8b70\u8ad6"), width("e\u0301"), width("\\t")
    (2, 4, 1, 4)
    """
    if s.isascii():
        return len(s) + (_TAB - 1) * s.count("\t")
    return sum(_columns(c) for c in s)


def _columns(c: str) -> int:
    if c == "\t":
        return _TAB
    if unicodedata.category(c) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1
