"""The words and signs of a query, and where each stands."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator

from attrs import frozen

from argmap.queries.fields import DATA
from argmap.text import Problem, Span, Text


class Kind(enum.Enum):
    """What a token is."""

    WORD = "a word"
    QUOTED = "words in quotation marks"
    OPERATOR = "an operator"
    OPEN = "("
    LIST = "a ( that begins a list of values"
    CLOSE = ")"
    COMMA = ","
    END = "the end"


@frozen
class Token:
    """A word or sign. *text* is without quotation marks."""

    kind: Kind
    text: str
    span: Span


_BLANK = re.compile(r"\s*")
_OPERATOR = re.compile(r"!=|!:|!~|<=|>=|==|=~|=>|=<|&&|\|\||[=:<>~!&|]")
_WORD = re.compile(r"[^\s()\"“”„,=!:<>~&|]+")
_VALUE = re.compile(r"[^\s(),\"“”„]+")
_QUOTED = re.compile(r"\"((?:[^\"\\]|\\.)*+)\"|[“„]([^”“]*+)[”“]|'([^']*+)'", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_QUOTES = '"“„”'
_SIGNS = {"(": Kind.OPEN, ")": Kind.CLOSE, ",": Kind.COMMA}


class Unclosed(Exception):
    """A quotation mark is not closed."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def tokens(text: Text) -> Iterator[Token]:
    """The tokens of *text*, the end last.

    What follows an operator is a value, in which most signs stand for themselves: ``at=0:40``.

    Raises:
        Unclosed: a quotation mark is.
    """
    body, at, before, listing = text.body, 0, Kind.END, False
    while True:
        at = _skip(body, at)
        valued = listing or before is Kind.OPERATOR
        if at == len(body):
            yield Token(Kind.END, "", text.span(at, at))
            return
        made = _token(text, at, valued)
        if made.kind is Kind.OPEN and before is Kind.OPERATOR:
            made, listing = Token(Kind.LIST, "(", made.span), True
        listing = listing and made.kind is not Kind.CLOSE
        before, at = made.kind, made.span.stop
        yield made


def _token(text: Text, at: int, valued: bool) -> Token:
    body = text.body
    if body[at] in _SIGNS:
        return Token(_SIGNS[body[at]], body[at], text.span(at, at + 1))
    if body[at] in _QUOTES or (body[at] == "'" and body.find("'", at + 1) > 0):
        return _quoted(text, at)
    if not valued and (found := _OPERATOR.match(body, at)):
        return Token(Kind.OPERATOR, found[0], text.span(at, found.end()))
    found = (_VALUE if valued else _WORD).match(body, at)
    stop = found.end() if found else at + 1
    word = body[at:stop]
    if not valued and word.casefold() == f"{DATA}." and body[stop : stop + 1] in tuple(_QUOTES):
        key = _quoted(text, stop)  # data."a key of several words"
        return Token(Kind.WORD, word + key.text, text.span(at, key.span.stop))
    return Token(Kind.WORD, word, text.span(at, stop))


def _quoted(text: Text, at: int) -> Token:
    found = _QUOTED.match(text.body, at)
    if found is None:
        help = 'close it with another one; inside such words, write \\" for a mark of theirs'
        what = "this quotation mark is not closed"
        raise Unclosed(Problem("AM621", what, text.span(at, at + 1), help=help))
    said = next(g for g in found.groups() if g is not None)
    said = said if found[1] is None else _ESCAPE.sub(r"\1", said)
    return Token(Kind.QUOTED, said, text.span(at, found.end()))


def _skip(body: str, at: int) -> int:
    found = _BLANK.match(body, at)
    return found.end() if found else at
