"""Argdown text to tokens, in one pass from left to right and in linear time.

What may stand where is decided here by two things only: whether a line begins, and whether an
item (a statement or an argument) may begin. Comments are gone from the tokens.
"""

from __future__ import annotations

import enum
import re
from typing import NamedTuple

from attrs import define, field

from argmap.text import Problems, Severity, Text


class Sort(enum.Enum):
    """What a token is."""

    FRONT = enum.auto()  # frontmatter, with its fences
    BLANK = enum.auto()  # one or more blank lines
    BREAK = enum.auto()  # the end of a line that is followed by another of the same block
    HEADING = enum.auto()  # "## "
    SYMBOL = enum.auto()  # "  <+"; value is the indent and the sign: "2 <+"
    NUMBER = enum.auto()  # "(1)"
    BULLET = enum.auto()  # "* " or "1. "
    RULE = enum.auto()  # a whole inference, over one line or several
    TITLE = enum.auto()  # "[T]", "[T]:", "<T>" or "<T>:"
    TAG = enum.auto()  # "#tag" or "#(a tag)"; value is the tag
    DATA = enum.auto()  # "{…}"
    WORDS = enum.auto()  # text to take as value says


class Token(NamedTuple):
    """``body[start:stop]``; *value* is what it says, if that is not what it looks like."""

    sort: Sort
    start: int
    stop: int
    value: str = ""


_FRONT = re.compile(r"(?:[ \t]*(?:\r?\n|\r(?!\n)))*(={3,})[ \t]*(?:\r?\n|\r(?!\n))?")
_OTHER_FRONT = re.compile(
    r"---[ \t]*(?:\r?\n|\r(?!\n))(?=[\w ]+:)(?P<keys>.*?(?:\r?\n|\r(?!\n)))---[ \t]*(?=[\r\n]|\Z)",
    re.DOTALL,
)
_FENCE = re.compile(r"={3,}[ \t]*(?:\r?\n|\r(?!\n))[^\r\n]*:")
_BLANKS = re.compile(r"(?:[ \t]*(?:\r?\n|\r(?!\n)))+")
_DEFINED = re.compile(r"\[[^\r\n]+?\]:|<[^<>\r\n]+>(?::|[ \t]*(?=[\r\n]|\Z))")
_NEWLINE = re.compile(r"[ \t]*(?:\r?\n|\r(?!\n))")
_DASH = re.compile(r"[\u2010-\u2015\u2212\u2022\u00b7](?=[ \t])")
_ODD_SPACE = re.compile(r"[^\S \t\r\n\x0b\x0c]\s*(?=[-+_<>])")
_SPACE = re.compile(r"[ \t]*")
_LINE = re.compile(
    r"""[ \t]*(?:
        (?P<rule>-{4,}[ \t]*(?=[\r\n]|\Z) | --(?![ \t]*[-]*>) )
      | (?P<number>\([0-9]+\))
      | (?P<bullet>(?:\*|[0-9]+\.)[ \t])
      | (?P<heading>\#+[ \t]+)
    ) | (?P<indent>[ \t']*)(?P<symbol><\+|\+>|\+|<-(?!>)|->|-(?!-)|<_|_>|_(?=\s)|><)[ \t]*
    """,
    re.VERBOSE,
)
_RULE = re.compile(
    r"--(?!-)(?P<body>(?:[^-\r\n]|-(?!-)|(?:\r?\n|\r(?!\n))(?![ \t]*[\r\n]))*)"
    r"--+[ \t]*(?=[\r\n]|\Z)"
)
_THREE = re.compile(r"---[ \t]*(?=[\r\n]|\Z)")
_COMMENT = re.compile(r"//[^\r\n]*|/\*.*?\*/|<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"#(?:\(([^()\r\n#]+)\)|((?:[\w-]|[^\x00-\x7f\s])+))")
_LINK = re.compile(r"\[[^\[\]\r\n]*\]\([^()\s]*\)")
_MENTION = re.compile(r"@(?:\[[^\[\]\r\n]+\]|<[^<>\r\n]+>)")
_BRACKET = re.compile(r"\[[^\[\]\r\n]+\]|<(?![-+_])[^<>\r\n]+>")
_INCLUDE = re.compile(r"@include\([^()\r\n]*\)")
_EMPHASIS = re.compile(r"(?<![\w*_])(\*\*|__|\*|_)(?=[^\s*_])[^*_]+(?<!\s)\1(?![\w*_])")
_PLAIN = re.compile(r"[^\r\n\\#@\[<{/]+")


@define
class Scanner:
    """Turns one text into `tokens`, adding to *problems* on the way."""

    text: Text
    problems: Problems
    tokens: list[Token] = field(factory=list)
    _at: int = 0
    _line_start: int = 0
    _item: bool = True  # an item may begin here
    _heading: bool = False  # this block is a heading
    _unclosed: set[str] = field(factory=set)  # comment signs that are never closed from here on
    _braces: dict[int, int] = field(factory=dict)  # behind which character each { is closed
    _braces_end: int = 0  # up to where _braces is known

    def scan(self) -> None:
        """Read all of the text."""
        body, size = self.text.body, len(self.text.body)
        self._frontmatter()
        begins = True
        while self._at < size:
            if begins:
                self._line_start = self._at
                if m := _BLANKS.match(body, self._at):
                    self._blank(m.end())
                    continue
                begins = False
                if self._line() or self._at == size:
                    continue
            if m := _NEWLINE.match(body, self._at):
                self._token(Sort.BREAK, m.start(), m.end())
                begins = True
            elif self._comment():
                begins = self._at > self._line_start and body[self._at - 1] in "\r\n"
            else:
                self._inline()

    def _blank(self, stop: int) -> None:
        if self.tokens and self.tokens[-1].sort is Sort.BREAK:
            self.tokens.pop()
        if self.tokens and self.tokens[-1].sort is not Sort.BLANK:
            self.tokens.append(Token(Sort.BLANK, self._at, stop))
        self._at = stop
        self._item, self._heading = True, False

    def _problem(
        self, code: str, message: str, start: int, stop: int, severity: Severity, help: str = ""
    ) -> None:
        self.problems.say(code, message, self.text.span(start, stop), help, severity)

    def _token(self, sort: Sort, start: int, stop: int, value: str = "") -> None:
        self.tokens.append(Token(sort, start, stop, value))
        self._at = stop

    def _frontmatter(self) -> None:
        body = self.text.body
        while self._at < len(body):
            if m := _FRONT.match(body, self._at):
                self._fenced(m)
                return
            if m := _OTHER_FRONT.match(body, self._at):
                self._problem(
                    "AM414",
                    "hyphens around frontmatter are not Argdown, but it is read",
                    m.start(),
                    m.start() + 3,
                    Severity.WARNING,
                    "write === in place of ---, above and below",
                )
                self._token(Sort.FRONT, m.start("keys"), m.end("keys"))
                self._at = m.end()
                return
            if m := _BLANKS.match(body, self._at):
                self._at = m.end()
            elif not (body.startswith(("//", "/*", "<!--"), self._at) and self._comment()):
                return

    def _fenced(self, fence: re.Match[str]) -> None:
        body = self.text.body
        stop = body.find("===", fence.end())
        if stop < 0:
            eol = _first_line(body, fence.start(1))
            self._problem(
                "AM412",
                "this frontmatter is never closed",
                fence.start(1),
                eol,
                Severity.ERROR,
                "put a line === after it",
            )
            blank = _BLANK_LINE.search(body, fence.end())
            self._token(Sort.FRONT, fence.end(), blank.start() if blank else len(body))
            return
        self.tokens.append(Token(Sort.FRONT, fence.end(), stop))
        while stop < len(body) and body[stop] == "=":
            stop += 1
        self._at = stop
        if m := _NEWLINE.match(body, stop):
            self._at = m.end()
            if _BLANKS.match(body, self._at) or self._at == len(body):
                return
        if body[self._at :].strip():
            self._problem(
                "AM109",
                "a blank line is missing after the frontmatter",
                self._at,
                min(self._at + 1, len(body)),
                Severity.WARNING,
                "leave one line empty",
            )

    def _line(self) -> bool:
        """Take what only a line can begin with; False if there is no such thing here."""
        body = self.text.body
        if self._item and self.tokens and _FENCE.match(body, self._at):
            self._problem(
                "AM415",
                "this looks like frontmatter, but it is not the first thing in the text",
                self._at,
                self._at + 3,
                Severity.WARNING,
                "move it to the top; here it is read as a claim",
            )
        m = _LINE.match(body, self._at)
        if m is None or (m["symbol"] and body.startswith("<!--", m.start("symbol"))):
            self._at = _past_space(body, self._at)
            if not self._item and body.startswith(("[", "<"), self._at):
                self._next_block()
            elif not self._item and (dash := _DASH.match(body, self._at)):
                self._problem(
                    "AM116",
                    f"{dash[0][0]} begins no relation, so it is read as text",
                    self._at,
                    self._at + 1,
                    Severity.WARNING,
                    "write a hyphen, - , for an objection and + for a reason",
                )
            elif not self._item and (odd := _ODD_SPACE.match(body, self._at)):
                self._problem(
                    "AM117",
                    "this line is indented with a no-break space, so it is read as text",
                    self._at,
                    odd.end(),
                    Severity.WARNING,
                    "indent with plain spaces",
                )
            return False
        self._item = True
        self._heading = False
        match m.lastgroup:
            case "symbol":
                indent = m.start("symbol") - m.start()
                self._token(Sort.SYMBOL, m.start("symbol"), m.end(), f"{indent} {m['symbol']}")
            case "rule":
                self._rule(m.start("rule"))
            case "number":
                self._token(Sort.NUMBER, m.start("number"), m.end())
            case "bullet":
                self._token(Sort.BULLET, m.start("bullet"), m.end())
            case "heading":
                self._token(Sort.HEADING, m.start("heading"), m.end())
                self._item = False
                self._heading = True
        self._at = _past_space(body, self._at)
        return True

    def _next_block(self) -> None:
        """A definition on a line of its own can only be meant to begin a block."""
        m = (_BRACKET if self._heading else _DEFINED).match(self.text.body, self._at)
        if m and not _LINK.match(self.text.body, self._at):
            self.missing_blank(self._at, m.end())
            self.tokens.append(Token(Sort.BLANK, self._at, self._at))
            self._item, self._heading = True, False

    def missing_blank(self, start: int, stop: int) -> None:
        """Note that a block begins where no blank line is."""
        self._problem(
            "AM109",
            "a blank line is missing above this",
            start,
            stop,
            Severity.WARNING,
            "leave one line empty above it",
        )

    def _rule(self, start: int) -> None:
        body = self.text.body
        if body.startswith("----", start):
            stop = start
            while stop < len(body) and body[stop] == "-":
                stop += 1
            self._token(Sort.RULE, start, stop)
        elif m := _THREE.match(body, start):
            self._problem(
                "AM203",
                "three hyphens are not an inference line",
                start,
                start + 3,
                Severity.WARNING,
                "write four: ----",
            )
            self._token(Sort.RULE, start, m.end())
        elif m := _RULE.match(body, start):
            self._token(Sort.RULE, start, m.end(), m["body"])
        else:
            stop = _first_line(body, start)
            self._problem(
                "AM205",
                "this inference line is never closed",
                start,
                stop,
                Severity.ERROR,
                "write ---- , or the rule between -- and --",
            )
            self._token(Sort.RULE, start, stop, body[start + 2 : stop])

    def _comment(self) -> bool:
        """Pass over a comment, and over the rest of its line if it stands alone there."""
        body, start = self.text.body, self._at
        if not body.startswith(("//", "/*", "<!--"), start):
            return False
        if body.startswith("//", start) and start and body[start - 1] == ":":
            return False  # http://
        opened = body[start : start + 2]
        if opened in self._unclosed:
            return False
        m = _COMMENT.match(body, start)
        if m is None:
            self._unclosed.add(opened)
            stop = _first_line(body, start)
            self._problem(
                "AM115",
                "this comment is never closed, so it is read as text",
                start,
                stop,
                Severity.WARNING,
                f"end it with {'*/' if opened == '/*' else '-->'}",
            )
            return False
        self._at = m.end()
        alone = _past_space(body, self._line_start) == start
        if alone and (end := _NEWLINE.match(body, self._at)):
            self._at = end.end()
        return True

    def _inline(self) -> None:
        """One piece of a line: a title where an item may begin, else text and what is in it."""
        body, at = self.text.body, self._at
        may_title, self._item = self._item, False
        c = body[at]
        if may_title and c in "[<" and self._title(at):
            return
        if c == "\\" and at + 1 < len(body) and body[at + 1] not in "\r\n":
            self._token(Sort.WORDS, at, at + 2, body[at + 1])
        elif c == "#" and (m := _TAG.match(body, at)):
            self._token(Sort.TAG, at, m.end(), m[1] or m[2])
        elif c == "{":
            self._data(at)
        elif c == "@":
            self._mention(at)
        elif c == "[" and (m := _LINK.match(body, at)):
            self._token(Sort.WORDS, at, m.end(), m[0])
            self._kept(m, "a link")
        elif c in "[<" and (m := _BRACKET.match(body, at)):
            self._token(Sort.WORDS, at, m.end(), m[0])
            self._problem(
                "AM107",
                f"{m[0] if len(m[0]) < 40 else m[0][:39] + '…'} stands inside a text, "
                "so it is read as text",
                at,
                m.end(),
                Severity.WARNING,
                f"write \\{c} for a bracket that is meant, or @{m[0]} to mention a claim",
            )
        elif m := _PLAIN.match(body, at):
            self._token(Sort.WORDS, at, m.end(), m[0])
            for emphasis in _EMPHASIS.finditer(body, at, m.end()):
                self._kept(emphasis, "emphasis")
        else:
            self._token(Sort.WORDS, at, at + 1, c)

    def _kept(self, m: re.Match[str], what: str) -> None:
        self._problem(
            "AM114",
            f"argmap does not read {what} yet, and keeps it as text",
            m.start(),
            m.end(),
            Severity.NOTE,
        )

    def _mention(self, at: int) -> None:
        body = self.text.body
        if m := _INCLUDE.match(body, at):
            self._problem(
                "AM111",
                "argmap does not read @include yet: nothing of that file is in this map",
                at,
                m.end(),
                Severity.ERROR,
                "put the text itself here, or name a position file under positions:",
            )
            self._token(Sort.WORDS, at, m.end(), m[0])
        elif m := _MENTION.match(body, at):
            self._token(Sort.WORDS, at, m.end(), m[0])
        else:
            self._token(Sort.WORDS, at, at + 1, "@")

    def _title(self, at: int) -> bool:
        """Take ``[T]:``, ``[T]``, ``<T>:`` or ``<T>``; False if it is none of them."""
        body = self.text.body
        close = "]" if body[at] == "[" else ">"
        eol = _first_line(body, at)
        if body[at] == "[" and _LINK.match(body, at):
            return False
        if body.startswith("<!--", at):
            return False
        stop = body.find(close + ":", at + 2, eol)
        if stop >= 0:
            self._token(Sort.TITLE, at, stop + 2)
            return True
        stop = body.find(close, at + 1, eol)
        if stop > at + 1 and body[at + 1] != "-":
            self._token(Sort.TITLE, at, stop + 1)
            return True
        if stop < 0:
            self._problem(
                "AM101",
                "this title is never closed",
                at,
                min(eol, at + 1 + len(body[at + 1 : eol].split(" ", 1)[0])),
                Severity.ERROR,
                f"write {body[at]}Title{close}: and then the text, or \\{body[at]} for a bracket "
                "that is meant",
            )
        return False

    def _data(self, at: int) -> None:
        """Take ``{…}`` where data may stand: nothing but the end of a line may follow it."""
        body = self.text.body
        if at >= self._braces_end:
            self._braces_end = _pair_braces(body, at, self._braces)
        stop = self._braces.get(at, -1)
        if stop < 0:
            if -1 not in self._braces:
                self._problem(
                    "AM106",
                    "this { is never closed, so it is read as text",
                    at,
                    at + 1,
                    Severity.WARNING,
                    "end the data with }, or write \\{ for a brace that is meant",
                )
            self._braces[-1] = at  # said once for this block
            self._token(Sort.WORDS, at, at + 1, "{")
            return
        after = _past_space(body, stop)
        ends = after == len(body) or body[after] in "\r\n"
        ends = ends or body.startswith(("//", "/*", "<!--"), after)
        if ends or ":" in body[at:stop]:
            self._token(Sort.DATA, at, stop)
            return
        self._token(Sort.WORDS, at, at + 1, "{")
        self._problem(
            "AM112",
            "text follows these braces, so they are read as text",
            at,
            stop,
            Severity.WARNING,
            "put data at the end, or write \\{ for a brace that is meant",
        )


_END = re.compile(r"[\r\n]|\Z")
_BLANK_LINE = re.compile(r"(?:\r?\n|\r(?!\n))[ \t]*(?=[\r\n])")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTED = re.compile(
    r"""[{}]|"(?:[^"\\\r\n]|\\.){0,400}"|'[^'\r\n]{0,400}'(?=\s*[,}\]])"""
)


def _past_space(body: str, start: int) -> int:
    """Where the spaces and tabs at *start* end."""
    m = _SPACE.match(body, start)
    return m.end() if m else start


def _first_line(body: str, start: int) -> int:
    """Where the line that *start* is on ends."""
    m = _END.search(body, start)
    return m.start() if m else len(body)


def _pair_braces(body: str, start: int, pairs: dict[int, int]) -> int:
    """Note for each ``{`` of the rest of a block where it is closed; give where the block ends.

    Braces between quotation marks inside braces do not count.
    """
    blank = _BLANK_LINE.search(body, start)
    end = blank.start() if blank else len(body)
    pairs.clear()
    open_: list[int] = []
    at = start
    while m := (_BRACE_OR_QUOTED if open_ else _BRACE).search(body, at, end):
        at = m.end()
        if m[0] == "{":
            open_.append(m.start())
        elif m[0] == "}" and open_:
            pairs[open_.pop()] = at
    return end
