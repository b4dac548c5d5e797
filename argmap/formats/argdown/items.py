"""One item of an Argdown text: its title, words, tags and data, from tokens.

`Items` is the lower half of the parser; `parse` puts what it reads together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from attrs import define, evolve

from argmap.formats.argdown import data
from argmap.formats.argdown.data import Placed
from argmap.formats.argdown.inline import Inline, Piece, inline, words
from argmap.formats.argdown.scan import Sort, Token
from argmap.formats.argdown.shortcodes import SHORTCODES
from argmap.formats.argdown.tree import Item
from argmap.model import Markup, Style
from argmap.text import Problems, Severity, Span, Text

_BREAK = Piece(" ")
_new = tuple.__new__  # half the time of calling Item, of which there are very many
_Said: TypeAlias = tuple[str, int, tuple[str, ...], tuple[Markup, ...]]  # as `Item` has it
_INLINE = frozenset(
    (
        Sort.WORDS,
        Sort.TAG,
        Sort.DATA,
        Sort.BREAK,
        Sort.LINK,
        Sort.MENTION,
        Sort.CODE,
        Sort.MARKS,
    )
)
_SIGN = re.compile(r"(?:<?[-+]|[-+]>|><|<_|_>|_)[ \t]+")


@define
class Items:
    """Goes through *tokens* and reads items."""

    text: Text
    tokens: list[Token]
    problems: Problems
    shortcodes: Mapping[str, str] = SHORTCODES
    _i: int = 0

    # --- small things

    @property
    def _sort(self) -> Sort | None:
        """The sort of the next token; None at the end."""
        return self.tokens[self._i].sort if self._i < len(self.tokens) else None

    @property
    def _bullet(self) -> str:
        """How the item of a list is marked that begins here; "" if none does."""
        if self._sort is not Sort.BULLET:
            return ""
        token = self.tokens[self._i]
        return "*" if "*" in self.text.body[token.start : token.stop] else "1."

    def _margin(self, token: Token) -> int:
        """How many characters stand before *token* on its line."""
        return token.start - self.text.body.rfind("\n", 0, token.start) - 1

    def _next(self) -> Token:
        self._i += 1
        return self.tokens[self._i - 1]

    def _skip(self, *sorts: Sort) -> None:
        while self._sort in sorts:
            self._i += 1

    def _span(self, token: Token) -> Span:
        return self.text.span(token.start, token.stop)

    # --- items

    def _item(self, start: int, *, titled: bool = True) -> Item:
        """A title if there is one, and the text, tags and data up to the next line sign."""
        tokens, size, i = self.tokens, len(self.tokens), self._i
        title: Token | None = None
        if titled and i < size and tokens[i].sort is Sort.TITLE:
            title = tokens[i]
            i += 1
        parts: list[str] = []
        tags: list[Token] = []  # after all words
        data: Token | None = None  # after all tags
        begun = i
        stop = title.stop if title else start
        plain = True  # nothing but words, then tags, then data: most items are so
        while i < size:
            token = tokens[i]
            sort = token.sort
            if sort is Sort.WORDS:
                parts.append(token.value)
                stop = token.stop
                if (tags or data) and token.value.strip():
                    plain = False
            elif sort is Sort.BREAK:
                parts.append(" ")
            elif sort in _INLINE:
                stop = token.stop
                if sort is Sort.TAG and data is None:
                    tags.append(token)
                elif sort is Sort.DATA and data is None:
                    data = token
                else:
                    plain = False
            else:
                break
            i += 1
        self._i = i
        body = self.text.body
        while stop > start and body[stop - 1] in " \t":
            stop -= 1
        span = self.text.span(start, stop)
        placed: Placed | None = None
        said: _Said
        if plain:
            text = words(parts[0] if len(parts) == 1 else "".join(parts))
            worded = text != ""
            said = self._tagged(text, tags) if tags else (text, len(text), (), ())
            if data is not None:
                placed, _ = self._data(data, None, None)
        else:
            found, placed, worded = self._mixed(tokens[begun:i])
            said = found[:4]
        broken = False  # its line was left empty
        if not said[0]:
            kinds = (t.sort for t in tokens[begun:i] if t.value.strip() or t.sort is not Sort.WORDS)
            broken = next(kinds, None) is Sort.BREAK
        if title is None:
            return _new(Item, (False, "", said[0] != "" or broken, *said, placed, span))
        written = body[title.start : title.stop]
        colon = written.endswith(":")
        name = written[1 : -2 if colon else -1]
        is_argument = written.startswith("<")
        if worded and not colon:
            said = self._uncolonned(title, written, said)
        if colon and not said[0] and self._sort is not Sort.SYMBOL:
            self.problems.say(
                "AM133" if broken else "AM113",
                f"{written} is followed by no words",
                self._span(title),
                f"write the text, or {written[:-1]} to mention it",
                Severity.WARNING,
            )
        if not colon and not worded:  # only tags may follow a mention
            self._tags_below(tokens[begun:i])
            said = "", 0, said[2], ()
            return Item(is_argument, name, False, *said, placed, span)
        return _new(Item, (is_argument, name, True, *said, placed, span))

    def _tagged(self, text: str, tags: Sequence[Token]) -> _Said:
        """*text* with *tags* after it, as `inline` would put them together."""
        body = self.text.body
        parts, markup = [text] if text else [], []
        size, end = len(text), len(text)
        for tag in tags:
            written = body[tag.start : tag.stop]
            parted = not end or body[tag.start - 1] in " \t\r\n"
            if end and parted:
                parts.append(" ")
                end += 1
            elif not parted:
                size = end + len(written)  # it is part of a word
            parts.append(written)
            markup.append(Markup(Style.TAG, end, end + len(written), tag.value))
            end += len(written)
        return "".join(parts), size, tuple(dict.fromkeys(t.value for t in tags)), tuple(markup)

    def _tags_below(self, tokens: Sequence[Token]) -> None:
        """Warn of a tag that stands on the line below the mention it belongs to."""
        below = False
        for token in tokens:
            below = below or token.sort is Sort.BREAK
            if below and token.sort is Sort.TAG:
                self.problems.say(
                    "AM136",
                    "this tag stands on a line below what it marks",
                    self._span(token),
                    "put it on the line above",
                    Severity.WARNING,
                )

    def _mixed(self, tokens: Sequence[Token]) -> tuple[Inline, Placed | None, bool]:
        """What inline *tokens* say, the data among them, and whether there is more than tags."""
        pieces: list[Piece] = []
        placed: Placed | None = None
        seen_data: Token | None = None
        worded = False
        for token in tokens:
            if token.sort is Sort.BREAK:
                pieces.append(_BREAK)
                continue
            if token.sort is Sort.DATA:
                placed, seen_data = self._data(token, placed, seen_data)
                continue
            pieces.append(self._piece(token))
            if token.sort is Sort.WORDS and not token.value.strip():
                continue
            if seen_data:
                self.problems.say(
                    "AM112",
                    "text follows the data of this claim",
                    self._span(token),
                    "put {…} after the text, or \\{ for a brace that is meant",
                    Severity.WARNING,
                )
                seen_data = None
            worded = worded or token.sort is not Sort.TAG
        found = inline(pieces)
        self._loose(found)
        return found, placed, worded

    def _loose(self, found: Inline) -> None:
        """Warn of emphasis that begins and never ends."""
        body = self.text.body
        for at, literal in found.loose:
            sign = body[at]
            code, help = "AM118", f"write \\{sign} for one that is meant, or end what it begins"
            message = f"{sign} begins emphasis that never ends, so it is read as text"
            if not literal:
                message = f"{sign} begins emphasis whose end other Argdown tools do not see"
                help = "write a blank or a full stop after its end"
            elif body[at - 1 : at].isalnum() and body[at + 1 : at + 2].isalnum():
                code, help = "AM119", f"write \\{sign} for one that is meant"
                message = f"{sign} stands within a word, so it is read as text"
            span = self.text.span(at, at + 1)
            self.problems.say(code, message, span, help, Severity.WARNING)

    def _piece(self, token: Token) -> Piece:
        """What *token* adds to a text."""
        body = self.text.body
        written = body[token.start : token.stop]
        match token.sort:
            case Sort.TAG:
                return Piece(written, Style.TAG, token.value)
            case Sort.LINK:
                words, _, to = written[1:-1].partition("](")
                return Piece(words, Style.LINK, to)
            case Sort.MENTION:
                return Piece(written, Style.MENTION, written[1:])
            case Sort.CODE:
                return Piece(self.shortcodes.get(written, written))
            case Sort.MARKS:
                run = token.value, body[token.stop : token.stop + 1]
                return Piece(written, run=run, start=token.start)
            case _:
                return Piece(token.value)

    def _uncolonned(self, title: Token, written: str, said: _Said) -> _Said:
        """What a text says that follows the mention *written* without a colon, which is told."""
        body = self.text.body
        at = title.stop
        while at < len(body) - 1 and body[at] in " \t\r\n":
            at += 1
        spaced = body.startswith(":", at)
        signed = _SIGN.match(body, at)
        help = f"write {written}: to define it, or leave the text out to mention it"
        if signed:
            help = f"put {signed[0].strip()} and what follows on the next line, and indent it"
        self.problems.say(
            "AM102",
            f"a space stands between {written} and its colon"
            if spaced
            else f"text follows {written} without a colon",
            self.text.span(at, at + 1),
            help,
            Severity.WARNING,
        )
        text, size, tags, markup = said
        if not (spaced and text.startswith(":")):
            return said
        rest = text[1:].lstrip(" ")
        cut = len(text) - len(rest)
        moved = (evolve(m, start=m.start - cut, stop=m.stop - cut) for m in markup)
        return rest, max(0, size - cut), tags, tuple(m for m in moved if m.start >= 0)

    def _data(
        self, token: Token, old: Placed | None, seen: Token | None
    ) -> tuple[Placed | None, Token]:
        if old is not None and seen is not None:
            self.problems.say(
                "AM112",
                "a second {…} follows the first",
                self._span(token),
                "put all keys into the first one",
            )
            return old, token
        body = self.text.body
        inside = token.start + 1
        if inside < len(body) and body[inside] in "\r\n":  # then it is block YAML, between braces
            placed, problems = data.parse(self.text, inside, token.stop - 1)
        else:
            placed, problems = data.parse(self.text, token.start, token.stop)
        self.problems.found += problems
        return placed, token
