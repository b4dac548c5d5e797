"""Argdown texts in good order: indents, blank lines, and one spelling for each sign.

This works on the tokens of a text and on what stands between them, never on what they mean: so
comments, the order of the text and the author's line breaks are kept, and nothing can be lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from attrs import define, field

from argmap.formats.argdown import data
from argmap.formats.argdown.parse import parse
from argmap.formats.argdown.scan import Scanner, Sort, Token
from argmap.formats.argdown.tree import Structure
from argmap.text import Problem, Problems, Severity, Text

_STEP = 2  # columns of one level
_NEWLINE = re.compile(r"\r\n|\n|\r")
_BETWEEN = re.compile(
    r"(?P<newline>\r\n|\n|\r)|(?P<blanks>[ \t']+)|//[^\r\n]*|/\*.*?\*/|<!--.*?-->", re.DOTALL
)
_SPELT = {"<+": "+", "<-": "-", "<_": "_"}
_COMMENT = re.compile(r"//|/\*|<!--")
_INCLUDED = re.compile(r"[^\s][ \t]*\r?\n[ \t]*@include\(|[^\s@][ \t]*@include\(")
_UNCERTAIN = ("AM105",)  # what stands alone was meant to stand under something


def formatted(text: Text) -> tuple[str, tuple[Problem, ...]]:
    r"""*text* in good order, which says the same; and what keeps it from being put in order.

    A text with errors stays as it is, for what it says is not certain. One that is in good order
    is given back unchanged.

    >>> print(formatted(Text("m", "[A]:a\n- <B>:b\n[C]: c"))[0], end="")
    [A]: a
      - <B>: b
    <BLANKLINE>
    [C]: c
    """
    text = Text(text.name, text.body.removeprefix("\ufeff"))
    problems = Problems()
    parse(text, problems)
    errors = tuple(
        p for p in problems.found if p.severity is Severity.ERROR or p.code in _UNCERTAIN
    )
    if errors:
        return text.body, errors
    if _INCLUDED.search(text.body):
        return text.body, ()  # what is included there may depend on every blank before it
    lines = _lines(text)
    body = "\n".join(_Writer(lines).written())
    newline = "\r\n" if 2 * text.body.count("\r\n") > text.body.count("\n") else "\n"
    if body:
        body += _end(text.body, body, problems.found)
    if body.startswith("\ufeff"):
        return text.body, ()  # at the beginning, it would be a mark and no character
    return body.replace("\n", newline), ()


def _end(old: str, body: str, problems: Sequence[Problem]) -> str:
    """What ends *body*: a line break, unless it would make a comment of ``//`` or a sign of a ``*``
    or ``_`` with which the *old* body ends.
    """
    if any(p.code == "AM124" for p in problems):
        return " " if old[-1] in " \t" and body[-1] in "*_" else ""
    if old[-1] in " \t\r\n":
        return "\n"
    return "\n" if _blocks(body) == _blocks(body + "\n") else ""


def _blocks(body: str) -> list[object]:
    """What *body* says, so that it can be compared: a structure reaches to its last line break."""
    tree = parse(Text("", body), Problems())
    return [b.lines if isinstance(b, Structure) else b for b in tree.blocks]


# --- what stands on each line


class _Piece(NamedTuple):
    """A token as it is written, a comment (*sort* is None), or blanks between them (BLANK)."""

    sort: Sort | None
    said: str
    value: str = ""


@define
class _Line:
    """What stands between two line breaks; a piece may have line breaks within it.

    *parted* says that a blank line is missing above.
    """

    pieces: list[_Piece] = field(factory=list)
    parted: bool = False

    def margin(self) -> str:
        """Take away the blanks at the beginning."""
        if self.pieces and self.pieces[0].sort is Sort.BLANK:
            return self.pieces.pop(0).said
        return ""


def _lines(text: Text) -> list[_Line]:
    scanner = Scanner(text, Problems())
    scanner.scan()
    tokens = scanner.tokens
    body, at = text.body, 0
    lines = [_Line()]
    if tokens and tokens[0].sort is Sort.FRONT:
        start, at, said = _front(text, tokens[0])
        _between(lines, body[:start])
        lines[-1].margin()
        lines[-1].pieces.append(_Piece(Sort.FRONT, said))
        lines.append(_Line())
        tokens = tokens[1:]
    for token in tokens:
        _between(lines, body[at : token.start])
        said = body[token.start : token.stop]
        if token.sort is Sort.BREAK or token.sort is Sort.BLANK:
            _between(lines, said)
            lines[-1].parted = not said
        else:
            lines[-1].pieces.append(_Piece(token.sort, said, token.value))
        at = token.stop
    _between(lines, body[at:])
    return [part for line in lines for part in _apart_from_comments(line)]


def _apart_from_comments(line: _Line) -> tuple[_Line, ...]:
    """*line*, or its comments and what stands behind them, if that is a relation: the blanks
    between them are its indent.
    """
    at = next((i for i, p in enumerate(line.pieces) if p.sort not in _LOOSE), 0)
    if not at or line.pieces[at].sort is not Sort.SYMBOL:
        return (line,)
    if all(p.sort is not None for p in line.pieces[:at]):
        return (line,)
    indent = at - 1 if line.pieces[at - 1].sort is Sort.BLANK else at
    return _Line(line.pieces[:indent], line.parted), _Line(line.pieces[indent:])


def _between(lines: list[_Line], said: str) -> None:
    """Add what stands between tokens, which is white space and comments."""
    for m in _BETWEEN.finditer(said):
        if m.lastgroup == "newline":
            lines.append(_Line())
        else:
            lines[-1].pieces.append(_Piece(Sort.BLANK if m["blanks"] else None, m[0]))


def _front(text: Text, token: Token) -> tuple[int, int, str]:
    """Where the frontmatter in *token* begins and ends with its fences, and how it is written."""
    body, inside = text.body, text.body[token.start : token.stop]
    above = body[: token.start].rstrip(" \t\r\n")
    hyphens = above.endswith("-")
    start = len(above) - 3 if hyphens else len(above.rstrip("="))
    stop = token.stop + (3 if hyphens else 0)
    while body[stop : stop + 1] == "=":
        stop += 1
    value = data.parse(text, token.start, token.stop)[0]
    lines = _NEWLINE.split(inside)
    for each in ([line.rstrip(" \t") for line in lines], lines):
        tidy = "".join(f"{line}\n" for line in each).strip("\n")
        tidy = f"{tidy}\n" if tidy else ""
        again = data.parse(Text("", tidy), 0, len(tidy))[0]
        if "===" not in tidy and (value and value.value) == (again and again.value):
            return start, stop, f"===\n{tidy}==="
    return start, stop, "\n".join(_NEWLINE.split(body[start:stop]))


# --- how it is written


@define
class _Writer:
    """Puts *lines* in order, one after the other."""

    lines: list[_Line]
    _odd: bool = field(init=False)  # apostrophes stand in indents; Argdown takes them for blanks
    _open: bool = False  # a block has begun, and no blank line has ended it
    _block: Sort | None = None  # NUMBER: it is premises and conclusions; BULLET: a list
    _levels: list[int] = field(factory=lambda: [-1])  # the indents, as they were, of what is open
    _worded: bool = False  # the last item has a title or words
    _margin: str = ""  # of the line that began it, as it is now
    _hanging: str = ""  # of further lines of that item

    def __attrs_post_init__(self) -> None:
        firsts = (line.pieces[0] for line in self.lines if line.pieces)
        self._odd = any(p.sort is Sort.BLANK and "'" in p.said for p in firsts)

    def written(self) -> Iterator[str]:
        """The lines in good order; one may have line breaks of its own."""
        begun = False
        blank = False  # a blank line is due before what comes next
        comments: list[tuple[_Line, str]] = []  # on lines of their own, and their margins
        for line in (*self.lines, _Line()):
            old = line.margin()
            if line.pieces and all(p.sort in _LOOSE for p in line.pieces):
                comments.append((line, old))
                continue
            missing, margin = self._enter(line, old) if line.pieces else (False, "")
            if begun and (blank or missing) and (comments or line.pieces):
                yield ""
            begun = begun or bool(comments or line.pieces)
            for comment, where in comments:
                last = self._margin if self._open and where else ""
                place = " " * len(margin if line.pieces else last)  # without apostrophes
                yield _written(comment.pieces, where, place)
            comments.clear()
            blank = not line.pieces or line.pieces[-1].sort is Sort.FRONT
            if line.pieces:
                yield _written(line.pieces, old, margin)
            else:
                self._open = False

    def _enter(self, line: _Line, old: str) -> tuple[bool, str]:
        """Whether a blank line is missing above *line*, and its margin in place of *old*."""
        first = next(p for p in line.pieces if p.sort not in _LOOSE)
        block = Sort.NUMBER if first.sort is Sort.RULE else first.sort
        within, worded = self._open, self._worded
        self._open = block is not Sort.FRONT
        self._worded = any(_words(p) for p in line.pieces)
        if block is Sort.SYMBOL:
            depth = self._depth(int(first.value.split()[0]))
            self._margin = old if self._odd else " " * (_STEP * depth)
        elif block in _BEGINS or line.parted or not within:
            one = block is self._block and block in _SEVERAL
            self._block, self._levels, self._margin = block, [-1], ""
            self._hanging = " " * len(_head(first))
            # what a line was left empty for would be missing, were the next one blank
            return within and worded and not one, ""
        else:
            self._worded = self._worded or worded
            return False, self._hanging
        self._hanging = " " * (len(self._margin) + len(_head(first)))
        return False, self._margin

    def _depth(self, indent: int) -> int:
        """How deep a relation stands that is indented by *indent*, by the reader's own rule."""
        levels = self._levels
        closed = False
        while levels[-1] > indent:
            levels.pop()
            closed = True
        if levels[-1] != indent and not (closed and len(levels) > 1):
            levels.append(indent)
        return len(levels) - 1


_LOOSE = (None, Sort.BLANK)  # what stands between tokens
_BEGINS = (Sort.TITLE, Sort.HEADING, Sort.NUMBER, Sort.BULLET)
_SEVERAL = (Sort.NUMBER, Sort.BULLET)  # several lines of a block begin so


def _words(piece: _Piece) -> bool:
    """Whether *piece* is more than a sign and data."""
    match piece.sort:
        case Sort.TITLE | Sort.TAG | Sort.LINK | Sort.MENTION | Sort.CODE | Sort.RULE:
            return True
        case _:
            return piece.sort is Sort.WORDS and bool(piece.said.strip(" \t\\"))


def _head(piece: _Piece) -> str:
    """The sign that *piece* is, and one blank; "" if it is none."""
    said = piece.said.rstrip(" \t")
    match piece.sort:
        case Sort.SYMBOL:
            return f"{_SPELT.get(said, said)} "
        case Sort.NUMBER | Sort.BULLET | Sort.HEADING:
            return f"{said} "
        case _:
            return ""


def _written(pieces: Sequence[_Piece], old: str, margin: str) -> str:
    """A line of *pieces*, indented by *margin* where it was by *old*."""
    head = _head(pieces[0])
    parts = [margin, head] if head else [margin]
    last = max((i for i, p in enumerate(pieces) if p.sort not in _LOOSE), default=0)
    numeric = not head  # with a blank, what is there so far could begin a heading or a list
    for i, piece in enumerate(pieces):
        said = piece.said
        match piece.sort:
            case _ if head and i == 0:
                continue
            case None | Sort.DATA:
                said = _moved(piece, len(margin) - len(old))
                if i and not numeric and _apart(pieces, i, last):
                    _trim(parts)
                    parts.append(" ")
            case Sort.RULE:
                said = _rule(said)
            case Sort.WORDS | Sort.BLANK if (head and i == 1) or (i and _titled(pieces, i - 1)):
                said = said.lstrip(" \t")
        numeric = numeric and (piece.sort is None or not said.strip("#.0123456789"))
        parts.append(said)
        if _titled(pieces, i):
            parts.append(" ")
    if pieces[-1].sort is not Sort.HEADING:  # without a blank, # is none
        _trim(parts)
    return "".join(parts)


def _trim(parts: list[str]) -> None:
    """Take blanks from the end of *parts*, but not one that a backslash protects."""
    while parts and parts[-1][:1] != "\\" and parts[-1][-1:] in ("", " ", "\t"):
        parts[-1] = parts[-1].rstrip(" \t")
        if not parts[-1]:
            parts.pop()


def _titled(pieces: Sequence[_Piece], i: int) -> bool:
    """Whether piece *i* is a title and its colon."""
    return pieces[i].sort is Sort.TITLE and pieces[i].said.endswith(":")


def _apart(pieces: Sequence[_Piece], i: int, last: int) -> bool:
    """Whether a blank may be put before piece *i*, data or a comment, without a change of sense;
    nothing but comments stands behind piece *last*.

    It would end emphasis that stands right before it, and part a word that goes on behind it. A
    slash before it was one of two.
    """
    before = pieces[i - 1]
    if before.sort is Sort.MARKS or before.said.endswith("/"):
        return False
    if i >= last:
        return True
    after = pieces[i + 1]
    return pieces[i].sort is Sort.DATA and after.sort is Sort.WORDS and after.said[0] in " \t"


def _moved(piece: _Piece, columns: int) -> str:
    """*piece*, data or a comment, its further lines moved with its first by *columns* if all can
    be, so that they keep their places to each other.
    """
    first, *lines = _NEWLINE.split(piece.said)
    if not lines:
        return first
    if piece.sort is None:
        first, *lines = (line.rstrip(" \t") for line in (first, *lines))
    margins = [line[: -len(line.lstrip(" \t"))] for line in lines if line.strip(" \t")]
    if all("\t" not in m and len(m) + columns >= 0 for m in margins):
        lines = [" " * columns + line[max(0, -columns) :] if line else line for line in lines]
    return "\n".join((first, *lines))


def _rule(said: str) -> str:
    """An inference line, or several."""
    said = _NEWLINE.sub("\n", said.rstrip(" \t"))
    written = said[2:].rstrip("-")
    if not written.strip(" \t"):
        return "----"
    brace = written.find("{")
    if (
        written.endswith("\\")
        or _COMMENT.search(written)
        or (brace >= 0 and "\n" in written[brace : written.rfind("}")])
    ):
        return said
    lines = [line.strip(" \t") for line in written.split("\n")]
    lines[0] = f"-- {lines[0]}".rstrip(" ")
    lines[-1] = f"{lines[-1]} --".lstrip(" ")
    return "\n".join(lines)
