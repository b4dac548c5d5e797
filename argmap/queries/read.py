"""A query from its text: tests, ``and``, ``or``, ``not``, parentheses."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import NoReturn

from attrs import define, field

from argmap.errors import QueryError, guesses
from argmap.queries.core import NAME, Join, Query, Step, Test
from argmap.queries.fields import DATA, DATA_FIELD, KEYWORDS, NAMES, Field, named
from argmap.queries.tokens import Kind, Token, Unclosed, tokens
from argmap.queries.values import canonical, cut, fault
from argmap.text import Problems, Span, Text, listed

_TORN = re.compile("[\ud800-\udfff]")  # what a shell gives for bytes that are no UTF-8
_SAME = {"==": "=", "=>": ">=", "=<": "<="}
_PATTERN = "there are no patterns: write : for what contains a word"
_INSTEAD = {
    **dict.fromkeys(("~", "=~", "!~"), _PATTERN),
    **dict.fromkeys(("&", "&&"), "write and"),
    **dict.fromkeys(("|", "||"), "write or"),
    "!": "write not",
}
_LOOKED_AT = 60  # characters by which a near name is looked for
_QUOTE = 'what has several words is quoted, as in speaker="Ana Keller"'


def parse(body: str) -> Query:
    """The query that *body* is.

    >>> parse("speaker = Rumer and not (voice=reported)").steps[0]
    Test(name='speaker', operator='=', values=('Rumer',))

    Raises:
        QueryError: it is none; all reasons that could be found are in its ``problems``.
    """
    text = Text(NAME, _TORN.sub("\ufffd", body))
    problems = Problems()
    try:
        reader = _Reader(text, list(tokens(text)), problems)
    except Unclosed as e:
        raise QueryError([e.problem], [text]) from None
    with suppress(_Stopped):
        reader.read()
    if problems.found:
        raise QueryError(problems.found, [text])
    return Query(tuple(reader.steps), text)


class _Stopped(Exception):
    """What follows cannot be understood."""


@define
class _Reader:
    """Reads from the left; joins and parentheses wait on a stack, so that any depth will do."""

    text: Text
    tokens: list[Token]
    problems: Problems
    at: int = 0
    steps: list[Step] = field(factory=list)
    waiting: list[Join | Token] = field(factory=list)

    def read(self) -> None:
        """Read it all."""
        if self._is(Kind.END):
            help = 'write a word to look for, or a test such as speaker=Rumer or under:"Free will"'
            self._stop("AM620", "this query is empty", self.now.span, help)
        while True:
            self._operand()
            while self._is(Kind.CLOSE):
                self._close()
            if self._is(Kind.END):
                self._settle(Join.OR)
                if self.waiting and isinstance(opened := self.waiting[-1], Token):
                    self._unclosed(opened)
                return
            self._join()

    # --- what stands between joins

    def _operand(self) -> None:
        """A test, behind any number of ``not`` and ``(``."""
        while self._is(Kind.OPEN) or self._word == "not":
            self.waiting.append(self.now if self._is(Kind.OPEN) else Join.NOT)
            self.at += 1
        if self._is(Kind.QUOTED):
            self._test(self._search(self._take()))
        elif self._is(Kind.WORD) and self._word not in ("and", "or"):
            self._field(self._take())
        else:
            self._missing()

    def _field(self, word: Token) -> None:
        """A test that begins with *word*: of a field, or a search for the word."""
        known = named(word.text)
        if not self._is(Kind.OPERATOR):
            alone = Test(_name(known, word.text), spans=(word.span,)) if known else None
            self._test(alone or self._search(word))
            return
        operator = self._take()
        sign = _SAME.get(operator.text, operator.text)
        if sign in _INSTEAD:
            message = f"a query has no {operator.text}"
            self._stop("AM623", message, operator.span, _INSTEAD[sign])
        values = self._values(word, operator)
        if known is None:
            self._unknown(word)
        elif sign not in known.sort.operators:
            self._unfit(known, operator)
        else:
            wrong = [(f, v) for v in values if (f := fault(known, sign, v.text))]
            for (message, help), value in wrong:
                self.problems.say("AM626", message, value.span, help)
            where = {canonical(known, v.text): v.span for v in reversed(values)}
            said = tuple(dict.fromkeys(canonical(known, v.text) for v in values))
            spans = tuple(where[v] for v in said)
            self._test(Test(_name(known, word.text), sign, said, spans))
            return
        self._test(Test(""))  # read on: there may be more to say

    def _values(self, word: Token, operator: Token) -> list[Token]:
        """What follows *operator*: a value, or several in parentheses."""
        if not self._is(Kind.LIST):
            return [self._value(word, operator)]
        opened = self._take()
        values = [self._value(word, operator)]
        while self._is(Kind.COMMA):
            self.at += 1
            values.append(self._value(word, operator))
        if self._is(Kind.END):
            self._unclosed(opened)
        if not self._is(Kind.CLOSE):
            help = f"write a comma between two; {_QUOTE}"
            message = f"{self._said(self.now.span)} follows a value without a comma"
            self._stop("AM623", message, self.now.span, help)
        self.at += 1
        return values

    def _value(self, word: Token, operator: Token) -> Token:
        is_word = self._is(Kind.WORD) and self._word not in KEYWORDS
        if not is_word and not self._is(Kind.QUOTED):
            said = f"{word.text}{operator.text}"
            help = f"write a value: {said}…; {_QUOTE}"
            where = self.text.span(word.span.start, self.tokens[self.at - 1].span.stop)
            self._stop("AM623", f"a value is missing after {cut(said)}", where, help)
        return self._take()

    def _search(self, word: Token) -> Test:
        if not word.text.strip():
            help = "write the words to look for"
            self.problems.say("AM626", "these words are empty", word.span, help)
        return Test("", "", (word.text,), (word.span,))

    # --- joins

    def _test(self, test: Test) -> None:
        self.steps.append(test)
        self._settle(Join.NOT)

    def _settle(self, least: Join) -> None:
        """Join what waits and binds at least as *least* does."""
        while self.waiting and isinstance(top := self.waiting[-1], Join):
            if top.binds < least.binds:
                return
            self.steps.append(top)
            self.waiting.pop()

    def _close(self) -> None:
        """A closing parenthesis."""
        self._settle(Join.OR)
        if not self.waiting:
            help = "leave it out, or open one before it"
            self._stop("AM622", "this parenthesis was never opened", self.now.span, help)
        self.waiting.pop()
        self.at += 1
        self._settle(Join.NOT)

    def _join(self) -> None:
        """``and`` or ``or``."""
        if self._word not in ("and", "or"):
            self._apart()
        join = Join(self._word)
        self.at += 1
        self._settle(join)
        self.waiting.append(join)

    # --- tokens

    @property
    def now(self) -> Token:
        """The token that comes next."""
        return self.tokens[self.at]

    def _is(self, *kinds: Kind) -> bool:
        """Whether the token that comes next is of one of *kinds*."""
        return self.now.kind in kinds

    @property
    def _word(self) -> str:
        """The word that comes next, in small letters; "" if none does."""
        return self.now.text.casefold() if self._is(Kind.WORD) else ""

    def _take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def _said(self, span: Span) -> str:
        return cut(self.text.body[span.start : span.stop])

    # --- what is wrong

    def _stop(self, code: str, message: str, span: Span, help: str) -> NoReturn:
        self.problems.say(code, message, span, help)
        raise _Stopped

    def _unclosed(self, opened: Token) -> NoReturn:
        help = "write ) where what it holds ends"
        self._stop("AM622", "this parenthesis is not closed", opened.span, help)

    def _missing(self) -> NoReturn:
        """There is no test where one must stand."""
        if self._is(Kind.OPERATOR) and self.now.text in _INSTEAD:
            help = _INSTEAD[self.now.text]
            self._stop("AM623", f"a query has no {self.now.text}", self.now.span, help)
        help = "write a test there, such as speaker=Rumer, or a word to look for"
        if self._is(Kind.END):
            before = self.tokens[self.at - 1]
            message = f"nothing follows {self._said(before.span)}"
            self._stop("AM623", message, before.span, help)
        if self._is(Kind.OPERATOR):
            help = "write a field before it, as in speaker=Rumer"
        message = f"there is no test before {self._said(self.now.span)}"
        self._stop("AM623", message, self.now.span, help)

    def _apart(self) -> NoReturn:
        """Two tests follow each other."""
        now = self.now
        if now.kind is Kind.OPERATOR and now.text in _INSTEAD:
            self._stop("AM623", f"a query has no {now.text}", now.span, _INSTEAD[now.text])
        said = self._said(now.span)
        if now.kind in (Kind.OPERATOR, Kind.COMMA):
            help = "what has such a sign in it is quoted; a list of values stands in parentheses"
            self._stop("AM623", f"{said} has no place here", now.span, help)
        help = f"join the two by and, or by or; {_QUOTE}"
        message = f"{said} follows without 'and' or 'or'"
        self._stop("AM623", message, now.span, help)

    def _unknown(self, word: Token) -> None:
        near = guesses(word.text[:_LOOKED_AT], NAMES)
        help = "argmap query --fields prints all fields; the data of a claim are data.KEY"
        hint = f"; did you mean {listed([repr(n) for n in near], 'or')}?" if near else ""
        said = cut(word.text)
        self.problems.say("AM624", f"no field is named {said}{hint}", word.span, help)

    def _unfit(self, known: Field, operator: Token) -> None:
        takes = known.sort.operators
        message = f"{known.name} does not take {operator.text}"
        help = f"it takes {listed(takes)}" if takes else f"write {known.name}, or not {known.name}"
        self.problems.say("AM625", message, operator.span, help)


def _name(known: Field | None, word: str) -> str:
    """The name of a field as a test has it: the first of those that it has."""
    if known is DATA_FIELD:
        return f"{DATA}.{word.partition('.')[2]}"
    return known.name if known else ""
