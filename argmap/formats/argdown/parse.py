"""Argdown tokens to a tree, with every problem found on the way.

Nothing here raises or recurses. A block that is broken is kept as far as it makes sense, and no
block costs another.
"""

from __future__ import annotations

from attrs import define, evolve, field

from argmap.formats.argdown import data
from argmap.formats.argdown.data import Placed
from argmap.formats.argdown.scan import Scanner, Sort, Token
from argmap.formats.argdown.tree import (
    TOP,
    Block,
    Entry,
    Heading,
    Inference,
    Item,
    Line,
    Row,
    Structure,
    Tree,
)
from argmap.text import Problems, Severity, Span, Text

_INLINE = (Sort.WORDS, Sort.TAG, Sort.DATA, Sort.BREAK)
_UNDERCUTS = ("_", "<_")


def parse(text: Text, problems: Problems) -> Tree:
    """What *text* looks like. What cannot be read as it stands is added to *problems*."""
    scanner = Scanner(text, problems)
    scanner.scan()
    parser = _Parser(text, scanner.tokens, problems)
    parser.blocks()
    return Tree(parser.front, tuple(parser.found))


@define
class _Parser:
    text: Text
    tokens: list[Token]
    problems: Problems
    found: list[Block] = field(factory=list)
    front: Placed | None = None
    _i: int = 0

    # --- small things

    @property
    def _sort(self) -> Sort | None:
        """The sort of the next token; None at the end."""
        return self.tokens[self._i].sort if self._i < len(self.tokens) else None

    def _next(self) -> Token:
        self._i += 1
        return self.tokens[self._i - 1]

    def _skip(self, *sorts: Sort) -> None:
        while self._sort in sorts:
            self._i += 1

    def _span(self, token: Token) -> Span:
        return self.text.span(token.start, token.stop)

    # --- blocks

    def blocks(self) -> None:
        """Read all blocks into `found`."""
        listed = False  # the block before was an item of a list
        while self._sort is not None:
            listed = self._sort is Sort.BULLET
            match self._sort:
                case Sort.BLANK | Sort.BREAK:
                    self._i += 1
                case Sort.FRONT:
                    self._frontmatter()
                case Sort.HEADING:
                    self.found.append(self._heading())
                case Sort.NUMBER | Sort.RULE:
                    self._structure()
                case Sort.BULLET:
                    self._i += 1
                    self.found.append(self._entry())
                case Sort.SYMBOL:
                    self._orphan()
                case Sort.TITLE | Sort.WORDS | Sort.TAG | Sort.DATA:
                    self.found.append(self._entry())
            parted = self.tokens[self._i - 1].sort in (Sort.BLANK, Sort.FRONT)
            begun = (Sort.HEADING, Sort.NUMBER, Sort.RULE)
            if not parted and (self._sort in begun or (self._sort is Sort.BULLET and not listed)):
                token = self.tokens[self._i]
                self.problems.say(
                    "AM109",
                    "a blank line is missing above this",
                    self._span(token),
                    "leave one line empty above it",
                    Severity.WARNING,
                )

    def _frontmatter(self) -> None:
        token = self._next()
        placed, problems = data.parse(self.text, token.start, token.stop)
        self.problems.found += problems
        if placed is not None and not placed.is_mapping:
            self.problems.say(
                "AM410",
                "this frontmatter has no keys",
                placed.span,
                "write for example  title: My map",
            )
            placed = None
        self.front = placed

    def _heading(self) -> Heading:
        sign = self._next()
        item = self._item(sign.start, titled=False)
        level = self.text.body.count("#", sign.start, sign.stop)
        if not item.text:
            self.problems.say(
                "AM113", "this heading has no words", self._span(sign), "write them after #"
            )
        return Heading(level, item.text, item.tags, item.data, item.span)

    def _orphan(self) -> None:
        """A relation that stands under nothing: keep what it says, without the relation."""
        sign = self._next()
        self.problems.say(
            "AM105",
            f"{sign.value.split()[1]} begins a relation, but there is nothing above it to bear on",
            self._span(sign),
            "put it directly below a statement or argument, without a blank line, and indent it",
        )
        self.found.append(self._entry())

    def _entry(self) -> Entry:
        start = self.tokens[self._i].start if self._i < len(self.tokens) else len(self.text.body)
        return Entry(tuple(self._rows(start)))

    def _rows(self, start: int) -> list[Row]:
        """An item, and the relations indented under it."""
        top = self._item(start)
        if not top.title and not top.text:
            self.problems.say(
                "AM104",
                "there is no statement here" + (", only data" if top.data else ""),
                top.span,
                "write a statement or a title",
                Severity.WARNING,
            )
        rows = [Row(top, "", TOP, top.span)]
        self._below(rows, 0)
        return rows

    def _below(self, rows: list[Row], root: int) -> None:
        """Add the relations that follow to *rows*, under row number *root*."""
        levels = [(0, root)]  # the indents that are open, and the row each belongs to
        margins, mixed = "", None  # the first indent, and the first one of other characters
        while self._sort is Sort.SYMBOL:
            token = self._next()
            digits, sign = token.value.split()
            indent = int(digits)
            margin = self.text.body[token.start - indent : token.start]
            if mixed is None and set(margin) != set(margins) and margin and margins:
                mixed = token
            margins = margins or margin
            if indent == 0:
                self.problems.say(
                    "AM103",
                    "this relation is not indented",
                    self._span(token),
                    f"write two spaces before {sign}",
                    Severity.WARNING,
                )
            popped = 0
            while len(levels) > 1 and levels[-1][0] >= indent:
                popped = levels.pop()[0]
            if popped > indent > 0:
                self.problems.say(
                    "AM108",
                    "no line above is indented like this one",
                    self._span(token),
                    "indent it like the line that it continues",
                    Severity.WARNING,
                )
            item = self._item(token.stop)
            span = self.text.span(token.start, token.start + len(sign))
            if not item.title and not item.text:
                self.problems.say(
                    "AM104",
                    f"nothing follows {sign}",
                    span,
                    "write a statement, a [title] or an <argument> after it",
                )
                continue
            levels.append((indent, len(rows)))
            rows.append(Row(item, sign, levels[-2][1], span))
        if mixed is not None:
            self.problems.doubt(
                "AM117",
                "some lines here are indented with tabs, and others with spaces",
                self._span(mixed),
                "use one of them: a tab counts as one space",
            )

    # --- items

    def _item(self, start: int, *, titled: bool = True) -> Item:
        """A title if there is one, and the text, tags and data up to the next line sign."""
        title = self._next() if titled and self._sort is Sort.TITLE else None
        parts: list[tuple[bool, str]] = []  # whether it is a tag, and the text
        tags: list[str] = []
        placed: Placed | None = None
        seen_data: Token | None = None
        stop = title.stop if title else start
        first_words: Token | None = None
        while self._sort in _INLINE:
            token = self._next()
            match token.sort:
                case Sort.BREAK:
                    parts.append((False, " "))
                    continue
                case Sort.TAG:
                    tags.append(token.value)
                    parts.append((True, self.text.body[token.start : token.stop]))
                case Sort.DATA:
                    placed, seen_data = self._data(token, placed, seen_data)
                case _:
                    parts.append((False, token.value))
                    if token.value.strip():
                        first_words = first_words or token
                        if seen_data:
                            self.problems.say(
                                "AM112",
                                "text follows the data of this claim",
                                self._span(token),
                                "put {…} after the text, or \\{ for a brace that is meant",
                                Severity.WARNING,
                            )
                            seen_data = None
            stop = token.stop
        body = self.text.body
        while stop > start and body[stop - 1] in " \t":
            stop -= 1
        span = self.text.span(start, stop)
        text = _joined(parts)
        if title is None:
            return Item(False, "", bool(text), text, tuple(dict.fromkeys(tags)), placed, span)
        written = body[title.start : title.stop]
        defined = written.endswith(":")
        name = written[1 : -2 if defined else -1]
        if first_words and not defined:
            at = first_words.start + len(first_words.value) - len(first_words.value.lstrip())
            spaced = first_words.value.lstrip().startswith(":")
            self.problems.say(
                "AM102",
                f"a space stands between {written} and its colon"
                if spaced
                else f"text follows {written} without a colon",
                self.text.span(at, at + 1),
                f"write {written}: to define it, or leave the text out to mention it",
            )
            text = text.removeprefix(":").lstrip() if spaced else text
        if defined and not text and self._sort is not Sort.SYMBOL:
            self.problems.say(
                "AM113",
                f"{written} is followed by no words",
                self._span(title),
                f"write the text, or {written[:-1]} to mention it",
                Severity.WARNING,
            )
        is_argument = written.startswith("<")
        return Item(is_argument, name, bool(text), text, tuple(dict.fromkeys(tags)), placed, span)

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

    # --- premises and conclusions

    def _structure(self) -> None:
        start = self.tokens[self._i].start
        lines: list[Line] = []
        inference: Inference | None = None
        headless = False  # an inference line stood where no premise was: that is said already
        while self._sort not in (None, Sort.BLANK, Sort.HEADING):
            match self._sort:
                case Sort.NUMBER:
                    number = self._next()
                    rows = self._rows(number.stop)
                    if self._states(rows):
                        lines.append(Line(tuple(rows), inference))
                        inference = None
                case Sort.RULE:
                    token = self._next()
                    if not lines or inference is not None:
                        self._rule_without_premise(token)
                        headless = True
                    inference = self._inference(token) if lines else None
                case Sort.BREAK:
                    self._i += 1
                case Sort.FRONT | Sort.BULLET | Sort.SYMBOL:
                    self._orphan() if self._sort is Sort.SYMBOL else self._next()
                case _:
                    token = self.tokens[self._i]
                    self.problems.say(
                        "AM206",
                        "a number is missing here",
                        self.text.span(token.start, token.start + 1),
                        "number each premise and conclusion: (1), (2) …",
                    )
                    rows = self._rows(token.start)
                    if self._states(rows):
                        lines.append(Line(tuple(rows), inference))
                        inference = None
        stop = self.tokens[self._i - 1].stop
        if not lines:
            return
        span = self.text.span(start, max(start, stop))
        concludes = inference is None and lines[-1].inference is not None
        if not concludes and not headless:
            first = self.text.line(self.text.place(start).line).strip()
            self.problems.say(
                "AM201",
                "this argument never concludes",
                self.text.span(start, min(start + len(first), len(self.text.body))),
                "put a line of four hyphens before its last statement, and the statement after it",
            )
            if inference is not None and inference.strikes:
                self.found.append(Entry(tuple(evolve(r, symbol="") for r in inference.strikes)))
        self.found.append(Structure(tuple(lines), span))

    def _states(self, rows: list[Row]) -> bool:
        """Whether *rows* can be a premise or conclusion; an argument stands for itself instead."""
        item = rows[0].item
        if item.argument:
            self.problems.say(
                "AM202",
                f"<{item.title}> is an argument, and a premise is a statement",
                item.span,
                f"write [{item.title}], or the statement itself",
            )
            self.found.append(Entry(tuple(rows)))
        return not item.argument

    def _rule_without_premise(self, token: Token) -> None:
        line = _one_line(self.text, token)
        if self.text.body[: token.start].strip():
            help = "put a numbered statement above it: (1) …"
        else:
            help = "frontmatter stands between lines of === ; an inference needs a premise above it"
        self.problems.say("AM207", "this inference line has no premise above it", line, help)

    def _inference(self, token: Token) -> Inference:
        """What an inference line says, and the undercuts indented below it."""
        written = token.value
        placed: Placed | None = None
        brace = written.find("{")
        if brace >= 0:
            at = self.text.body.index("{", token.start)
            end = self.text.body.rfind("}", at, token.stop)
            if end > at:
                placed, problems = data.parse(self.text, at, end + 1)
                self.problems.found += problems
                written = written[:brace] + written[brace + end + 1 - at :]
        rules = tuple(r for part in written.split(",") if (r := " ".join(part.split())))
        strikes: list[Row] = []
        while self._sort is Sort.BREAK:
            self._i += 1
        if self._sort is Sort.SYMBOL:
            self._below(strikes, TOP)
        for i, row in enumerate(strikes):
            if row.parent == TOP and row.symbol not in _UNDERCUTS:
                self.problems.say(
                    "AM208",
                    f"{row.symbol} cannot stand under an inference line",
                    row.span,
                    "write _ for an objection to the inference, or put this under a statement",
                )
                strikes[i] = evolve(row, symbol="")
        return Inference(rules, placed, tuple(strikes), _one_line(self.text, token))


def _one_line(text: Text, token: Token) -> Span:
    """The first line of *token*."""
    first = text.body[token.start : token.stop].splitlines()
    return text.span(token.start, token.start + len(first[0]) if first else token.stop)


def _joined(parts: list[tuple[bool, str]]) -> str:
    """The text of an item: without its last tags, each run of white space one space."""
    while parts and (parts[-1][0] or not parts[-1][1].strip()):
        parts.pop()
    return " ".join("".join(p for _, p in parts).split())
