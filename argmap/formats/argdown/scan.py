"""Argdown text to tokens, in one pass from left to right and in linear time.

What may stand where is decided here by two things only: whether a line begins, and whether an
item (a statement or an argument) may begin. Comments are gone from the tokens.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from typing import NamedTuple

from attrs import define, field

from argmap.text import Problems, Severity, Text


class Sort(enum.IntEnum):
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
    LINK = enum.auto()  # "[words](address)"
    MENTION = enum.auto()  # "@[T]" or "@<T>"
    CODE = enum.auto()  # ":name:" or ".name."
    MARKS = enum.auto()  # a run of "*" and "_"; value is the character before it, if that counts
    DATA = enum.auto()  # "{…}"
    WORDS = enum.auto()  # text to take as value says


class Token(NamedTuple):
    """``body[start:stop]``; *value* is what it says, if that is not what it looks like."""

    sort: Sort
    start: int
    stop: int
    value: str = ""


_PART = 4000  # tokens that are given away together
_new = tuple.__new__  # half the time of calling Token, of which there are very many

_FRONT = re.compile(r"(?:[ \t]*(?:\r?\n|\r(?!\n)))*[ \t]*(={3,})[ \t]*(?:\r?\n|\r(?!\n))?")
_OTHER_FRONT = re.compile(
    r"---[ \t]*(?:\r?\n|\r(?!\n))(?=[\w ]+:)(?P<keys>.*?(?:\r?\n|\r(?!\n)))---[ \t]*(?=[\r\n]|\Z)",
    re.DOTALL,
)
_FENCE = re.compile(r"={3,}[ \t]*(?:\r?\n|\r(?!\n))[^\r\n]*:")
_BLANKS = re.compile(r"(?:[ \t]*(?:\r?\n|\r(?!\n)))+")
_DEFINED = re.compile(r"\[[^\r\n]+?\]:|<[^<>\r\n]+>(?::|[ \t]*(?=[\r\n]|\Z))")
# a definition ends with the first such sign on its line, whatever brackets are in it
_CLAIM = re.compile(r"\[[^\r\n]+?\]:"), re.compile(r"\[[^-\]\r\n][^\]\r\n]*\]")
_ARGUMENT = re.compile(r"<[^\r\n]+?>:"), re.compile(r"<[^->\r\n][^>\r\n]*>")
_TITLED = re.compile(r"\[[^\[\]\r\n]+\]|<(?![-+_])[^<>\r\n]+>")
_NEWLINE = re.compile(r"[ \t]*(?:\r?\n|\r(?!\n))")
_DASH = re.compile(
    r"[\u2010-\u2015\u2212\u2022\u00b7](?=[ \t])"
    r"|[\u2190-\u21ff]|-->|<--?>|<?=+>|<=+|<>|~>|_(?=[\[<])"
)
_ODD_SPACE = re.compile(r"[^\S \t\r\n\x0b\x0c][^\S\r\n]*(?=[-+_<>])")
_SPACE = re.compile(r"[ \t]*")
_LINE = re.compile(
    r"""[ \t]*(?:
        (?P<rule>-{4,}[ \t]*(?=[\r\n]|\Z) | --(?![ \t]*[-]*>) )
      | (?P<number>\([0-9]+\))
      | (?P<bullet>(?:\*|[0-9]+\.)(?=\s))
      | (?P<heading>\#+[ \t]+)
    ) | (?P<indent>[ \t']*)(?P<symbol><\+|\+>|\+|<-(?!>)|->|-(?!-)|<_|_>|_(?=\s)|><)[ \t]*
    """,
    re.VERBOSE,
)
_RULE = re.compile(
    r"--(?!-)(?P<body>(?:[^-\r\n]|-(?!-)|(?:\r?\n|\r(?!\n))(?![ \t]*[\r\n]))*)"
    r"--+[ \t]*(?=[\r\n]|\Z)"
)
_SCHEME = re.compile(r"[A-Za-z]:\Z")  # http://
_THREE = re.compile(r"---[ \t]*(?=[\r\n]|\Z)")
_COMMENT = re.compile(r"//[^\r\n]*|/\*.*?\*/|<!--.*?-->", re.DOTALL)
# the characters of a tag are those that Argdown's own tools take, some of them by a slip (A-z)
_TAG = re.compile("#[A-z0-9\\-\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]+")
_CODE = re.compile(r"\.[^\s]+?\.|:[^\s]+?:")
_MARKS = re.compile(r"[*_]+")
_PLAIN = re.compile(r"[^\\@#*_\[.:<{/\r\n]+(?:(?:[.:](?=\s|\Z)|/(?![/*]))[^\\@#*_\[.:<{/\r\n]*)*")


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
    _block_end: int = 0  # of the block in which braces were last paired
    _retries: int = 0  # how often a brace that seemed quoted is looked at again, in that block
    _unclosed_told: bool = False  # said once for each block
    _next: dict[str, int] = field(factory=dict)  # where signs that were looked for stand next
    _begun: bool = False  # a part of the tokens was given away already
    _bare_line: bool = False  # nothing but a comment stands before on this line
    _bare: bool = True  # nothing that counts stands just before: blanks, a comment or a title

    def scan(self) -> None:
        """Read all of the text into `tokens`."""
        every: list[Token] = []
        for tokens in self.parts():
            every += tokens
        self.tokens = every

    def parts(self) -> Iterator[list[Token]]:
        """All tokens in some parts, each of which ends with whole blocks.

        A text of any size is then taken through in pieces that a processor's cache can hold.
        """
        body, size = self.text.body, len(self.text.body)
        self._frontmatter()
        tokens = self.tokens
        begins = True
        while (at := self._at) < size:
            if begins:
                self._line_start = at
                self._bare = True
                if m := _BLANKS.match(body, at):
                    self._blank(m.end())
                    if len(tokens) > _PART:
                        yield tokens
                        self._begun = True
                        self.tokens = tokens = []
                    continue
                begins = False
                if self._line() or self._at == size:
                    continue
                at = self._at
            if m := _PLAIN.match(body, at):
                if self._bare and body.startswith("==", _past_space(body, at)):
                    self._equals(_past_space(body, at))
                self._at = m.end()
                self._bare = self._item = False
                tokens.append(_new(Token, (Sort.WORDS, at, self._at, m[0])))
            elif body[at] in "\r\n":
                self._at = at + 2 if body.startswith("\r\n", at) else at + 1
                tokens.append(_new(Token, (Sort.BREAK, at, self._at, "")))
                begins = True
            elif body[at] in "/<" and self._comment():
                begins = self._bare_line
            else:
                self._inline()
        yield tokens

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
        self.tokens.append(_new(Token, (sort, start, stop, value)))
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
                continue
            indent, self._line_start = self._at, self._at
            self._at = _past_space(body, self._at)
            if not (body.startswith(("//", "/*", "<!--"), self._at) and self._comment()):
                self._at = indent
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
                Severity.WARNING,
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
        begun = self.tokens or self._begun
        fence = _FENCE.match(body, self._at) if self._item and begun else None
        if fence and self._find("===", fence.end()) >= 0:
            self._problem(
                "AM415",
                "this looks like frontmatter, but it is not the first thing in the text",
                self._at,
                self._at + 3,
                Severity.WARNING,
                "move it to the top; here it is read as a claim",
            )
            self._bare = False  # that is all there is to say of it
        m = _LINE.match(body, self._at)
        if m is None or (m["symbol"] and body.startswith("<!--", m.start("symbol"))):
            self._at = _past_space(body, self._at)
            if not self._item:
                self._goes_on()
            return False
        self._item = True
        self._heading = False
        match m.lastgroup:
            case "symbol":
                start, self._at = m.start("symbol"), m.end()
                indent = start - m.start()
                said = f"{indent} {m['symbol']}"
                self.tokens.append(_new(Token, (Sort.SYMBOL, start, self._at, said)))
                return True
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

    def _equals(self, at: int) -> None:
        """Look at words that begin with signs that could be those of frontmatter."""
        fence = _FRONT.match(self.text.body, at)
        begun = self.tokens or self._begun
        if fence and begun and self._find("===", fence.end(1)) >= 0:
            self._problem(
                "AM138",
                "other Argdown tools take this for frontmatter",
                at,
                fence.end(1),
                Severity.WARNING,
                "write \\=== for signs that are meant",
            )

    def _goes_on(self) -> None:
        """Look at a line that goes on with a text, and may not be meant to."""
        body, at = self.text.body, self._at
        if body.startswith(("[", "<"), at) and not _DASH.match(body, at):
            self._next_block()
        elif dash := _DASH.match(body, at):
            help = "the signs are + for a reason, - for an objection, _ for an undercut, and ><"
            if dash[0] == "_":
                help = "write a blank after it for an undercut"
            elif len(dash[0]) == 1:
                help = "write a hyphen, - , for an objection and + for a reason"
            self._problem(
                "AM116",
                f"{dash[0]} begins no relation, so it is read as text",
                at,
                at + len(dash[0]),
                Severity.WARNING,
                help,
            )
        elif odd := _ODD_SPACE.match(body, at):
            self._problem(
                "AM117",
                "this line is indented with a no-break space, so it is read as text",
                at,
                odd.end(),
                Severity.WARNING,
                "indent with plain spaces",
            )

    def _next_block(self) -> None:
        """A definition on a line of its own can only be meant to begin a block."""
        if self.text.body.startswith("<!--", self._at):
            return
        m = (_TITLED if self._heading else _DEFINED).match(self.text.body, self._at)
        if m and not self._link(self._at):
            self._problem(
                "AM127",
                "a blank line is missing above this",
                self._at,
                m.end(),
                Severity.WARNING,
                "leave one line empty above",
            )
            self.tokens.append(Token(Sort.BLANK, self._at, self._at))
            self._item, self._heading = True, False

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
        """Pass over a comment, and over the rest of its line if it stands alone there.

        What follows one at the beginning of a line is at the beginning of that line.
        """
        body, start = self.text.body, self._at
        if not body.startswith(("//", "/*", "<!--"), start):
            return False
        if body.startswith("//", start) and _SCHEME.search(body, max(0, start - 12), start):
            return False
        if body.startswith("//", start) and "//" in self._unclosed:
            return False
        if body.startswith("//", start) and _first_line(body, start) == len(body):
            self._unclosed.add("//")
            self._problem(
                "AM124",
                "this comment is the end of the text, so it is read as text",
                start,
                len(body),
                Severity.WARNING,
                "end the text with a line break",
            )
            return False
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
        self._bare = True
        self._bare_line = _past_space(body, self._line_start) == start
        if not self._bare_line:
            self._at = _past_space(body, self._at)
        elif end := _NEWLINE.match(body, self._at):
            self._at = end.end()
        return True

    def _inline(self) -> None:
        """One piece of a line: a title where an item may begin, else text and what is in it."""
        body, at = self.text.body, self._at
        may_title, self._item = self._item, False
        bare, self._bare = self._bare, False
        c = body[at]
        if may_title and c in "[<" and self._title(at):
            self._bare = True
            return
        match c:
            case "\\" if at + 1 < len(body) and body[at + 1] not in "\r\n":
                self._token(Sort.WORDS, at, at + 2, body[at + 1])
            case "\\":
                self._problem(
                    "AM125",
                    "this backslash has no character to protect, so it is read as text",
                    at,
                    at + 1,
                    Severity.WARNING,
                    "take it out, or write two of them for one that is meant",
                )
                self._token(Sort.WORDS, at, at + 1, c)
            case "." | ":" if m := _CODE.match(body, at):
                self._token(Sort.CODE, at, m.end(), m[0])
            case "*" | "_" if m := _MARKS.match(body, at):
                self._token(Sort.MARKS, at, m.end(), "" if bare else body[at - 1])
            case "#" if body.startswith("(", at + 1):
                self._long_tag(at)
            case "#" if m := _TAG.match(body, at):
                self._token(Sort.TAG, at, m.end(), m[0][1:])
            case "{":
                self._data(at)
            case "@":
                self._mention(at)
            case "[" | "<":
                self._bracket(at)
            case _:
                self._token(Sort.WORDS, at, at + 1, c)

    def _long_tag(self, at: int) -> None:
        """``#(a tag)``, or a sign that only looks like one."""
        stop = self._find(")", at + 3)
        if stop < 0 or self._line_ends(at, stop):
            self._token(Sort.WORDS, at, at + 1, "#")
        else:
            self._token(Sort.TAG, at, stop + 1, self.text.body[at + 2 : stop])

    def _line_ends(self, start: int, stop: int) -> bool:
        """Whether a line ends between *start* and *stop*."""
        ends = (self._find(sign, start) for sign in "\r\n")
        return any(0 <= end < stop for end in ends)

    def _bracket(self, at: int) -> None:
        """A link, or a bracket that only looks like a title."""
        body = self.text.body
        if body[at] == "[" and (m := self._link(at)):
            self._token(Sort.LINK, at, m)
            return
        close = "]" if body[at] == "[" else ">"
        stop = self._find(close, at + 2)
        if stop < 0 or body[at + 1] in "-\r\n" or self._line_ends(at, stop):
            self._token(Sort.WORDS, at, at + 1, body[at])
            return
        stop += 1
        if body.startswith(close + ":", stop - 1):
            stop += 1
        said = body[at:stop]
        self._token(Sort.WORDS, at, stop, said)
        meant = (
            f"write \\{body[at]} for a bracket that is meant, or @{said.rstrip(':')} to mention it"
        )
        self._problem(
            "AM107",
            f"{said if len(said) < 40 else said[:39] + '…'} stands inside a text, "
            "so it is read as text",
            at,
            stop,
            Severity.WARNING,
            _NO_SIGN if self._before(at) == "~" else meant,
        )

    def _before(self, at: int) -> str:
        """What stands before *at* on its line, as far as it is near."""
        near = self.text.body[max(0, at - _NEAR) : at]
        return near[max(near.rfind("\n"), near.rfind("\r")) + 1 :].strip()

    def _find(self, sign: str, start: int) -> int:
        """Where *sign* stands next from *start* on; -1 if nowhere. Linear over a whole text."""
        known = self._next.get(sign)
        if known is None or -1 < known < start:
            known = self._next[sign] = self.text.body.find(sign, start)
        return known

    def _link(self, at: int) -> int:
        """Where the link that begins at *at* ends; 0 if there is none."""
        body = self.text.body
        close = self._find("]", at + 2)
        if close < 0 or not body.startswith("](", close):
            return 0
        stop = self._find(")", close + 3)
        if stop < 0 or self._line_ends(at, stop):
            return 0
        return stop + 1

    def _mention(self, at: int) -> None:
        body = self.text.body
        close = {"[": "]", "<": ">"}.get(body[at + 1 : at + 2], "")
        stop = self._find(close, at + 3) if close else -1
        if stop >= 0 and not self._line_ends(at, stop):
            self._token(Sort.MENTION, at, stop + 1)
        else:
            self._token(Sort.WORDS, at, at + 1, "@")

    def _title(self, at: int) -> bool:
        """Take ``[T]:``, ``[T]``, ``<T>:`` or ``<T>``; False if it is none of them."""
        body = self.text.body
        is_claim = body[at] == "["
        if is_claim and self._link(at):
            return False
        if body.startswith("<!--", at):
            return False
        defined, mentioned = _CLAIM if is_claim else _ARGUMENT
        if m := defined.match(body, at) or mentioned.match(body, at):
            self._token(Sort.TITLE, at, m.end())
            return True
        close = "]" if is_claim else ">"
        eol = _first_line(body, at)
        if body.find(close, at + 1, eol) < 0:
            self._problem(
                "AM101",
                "this title is never closed, so it is read as text",
                at,
                min(eol, at + 1 + len(body[at + 1 : eol].split(" ", 1)[0])),
                Severity.WARNING,
                f"write {body[at]}Title{close}: and then the text, or \\{body[at]} for a bracket "
                "that is meant",
            )
        return False

    def _data(self, at: int) -> None:
        """Take ``{…}`` where data may stand: nothing but the end of a line may follow it."""
        body = self.text.body
        swallowed = at < self._braces_end and at not in self._braces and self._retries > 0
        if at >= self._braces_end or swallowed:
            if at >= self._block_end:
                self._block_end, self._retries = _end_of_block(body, at), _RETRIES
                self._unclosed_told = False
            self._retries -= swallowed
            self._braces_end = _pair_braces(body, at, self._block_end, self._braces)
        stop = self._braces.get(at, -1)
        if stop < 0:
            if not self._unclosed_told:
                self._problem(
                    "AM106" if self._find("}", at) < 0 else "AM134",
                    "this { is never closed, so it is read as text"
                    if self._find("}", at) < 0
                    else "this { is not closed in its block, so it is read as text",
                    at,
                    at + 1,
                    Severity.WARNING,
                    "end the data with }, or write \\{ for a brace that is meant",
                )
            self._unclosed_told = True
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


_NEAR = 80  # characters before a bracket that are looked at
_NO_SIGN = (
    "no line begins with ~, which outlines print for a tension: "
    "write  -  before it, and  {link: {as: tension}}  or  as: past  behind it"
)
_RETRIES = 50  # a bound, so that no text is slow
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


def _end_of_block(body: str, start: int) -> int:
    blank = _BLANK_LINE.search(body, start)
    return blank.start() if blank else len(body)


def _pair_braces(body: str, start: int, end: int, pairs: dict[int, int]) -> int:
    """Note where the ``{`` at *start* is closed, and each one inside it; give where that is.

    Braces between quotation marks inside braces do not count. If it is not closed before *end*,
    all up to there are inside it.
    """
    pairs.clear()
    open_: list[int] = []
    at = start
    while m := (_BRACE_OR_QUOTED if open_ else _BRACE).search(body, at, end):
        at = m.end()
        if m[0] == "{":
            open_.append(m.start())
        elif m[0] == "}" and open_:
            pairs[open_.pop()] = at
            if not open_:
                return at
    return end
