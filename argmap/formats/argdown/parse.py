"""Argdown tokens to a tree, with every problem found on the way.

Nothing here raises or recurses. A block that is broken is kept as far as it makes sense, and no
block costs another.
"""

from __future__ import annotations

import re

from attrs import define, evolve, field

from argmap.formats.argdown import data
from argmap.formats.argdown.data import Placed
from argmap.formats.argdown.inline import words
from argmap.formats.argdown.items import Items
from argmap.formats.argdown.scan import Scanner, Sort, Token
from argmap.formats.argdown.shortcodes import SHORTCODES
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

_new = tuple.__new__  # half the time of calling Row, of which there are very many
_IN_RULE = re.compile(
    r"//[^\r\n]*|/\*.*?\*/|<!--.*?-->|\\.|\.\S+?\.|:\S+?:|,|[^,\\.:/<]+|.", re.DOTALL
)
_UNDERCUTS = ("_", "<_")


def parse(text: Text, problems: Problems) -> Tree:
    """What *text* looks like. What cannot be read as it stands is added to *problems*."""
    parser = _Parser(text, [], problems)
    for tokens in Scanner(text, problems).parts():
        parser.take(tokens)
    return Tree(parser.front, tuple(parser.found))


@define
class _Parser(Items):
    """Reads the blocks of a text."""

    found: list[Block] = field(factory=list)
    front: Placed | None = None
    _least: int = 0  # relations below an item of a list must be indented further

    # --- blocks

    def take(self, tokens: list[Token]) -> None:
        """Read the next *tokens*, which are whole blocks."""
        self.tokens, self._i = tokens, 0
        self.blocks()

    def blocks(self) -> None:
        """Read all blocks into `found`."""
        margin = 0  # of the item of a list
        while (sort := self._sort) is not None:
            listed = self._bullet if sort is Sort.BULLET else ""  # what the block is an item of
            match sort:
                case Sort.BLANK | Sort.BREAK:
                    self._i += 1
                case Sort.FRONT:
                    self._frontmatter()
                case Sort.HEADING:
                    self.found.append(self._heading())
                case Sort.NUMBER | Sort.RULE:
                    self._structure()
                case Sort.BULLET:
                    token = self._next()
                    margin = self._margin(token)
                    self._least = margin + 1
                    self.found.append(evolve(self._entry(), listed=True))
                    self._least = 0
                case Sort.SYMBOL:
                    self._orphan()
                case _:
                    self.found.append(self._entry())
            parted = self.tokens[self._i - 1].sort in (Sort.BLANK, Sort.FRONT)
            if parted or (sort := self._sort) is None:
                continue
            begun = sort in (Sort.HEADING, Sort.NUMBER, Sort.RULE)
            if begun or (sort is Sort.BULLET and self._bullet != listed):
                self._unparted(self.tokens[self._i])
            elif sort is Sort.BULLET and self._margin(self.tokens[self._i]) != margin:
                self.problems.say(
                    "AM139",
                    "this item is indented otherwise than the one above",
                    self._span(self.tokens[self._i]),
                    "indent all items alike: a list cannot stand in a list",
                    Severity.WARNING,
                )

    def _unparted(self, token: Token) -> None:
        """Warn of a block that begins where no blank line is."""
        premises = token.sort in (Sort.NUMBER, Sort.RULE)
        help = "leave one line empty above"
        if token.sort is Sort.BULLET and self._margin(token):
            help = "write + for a reason or - for an objection, or leave one line empty for a list"
        self.problems.say(
            "AM126" if premises else "AM127",
            f"a blank line is missing above {'these premises' if premises else 'this'}",
            self._span(token),
            help,
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
                Severity.WARNING,
            )
            placed = None
        self.front = placed
        model = placed.get("model") if placed else None
        codes = model.get("shortcodes") if model else None
        if codes is not None:
            self.shortcodes = {**SHORTCODES, **_own_shortcodes(codes)}

    def _heading(self) -> Heading:
        sign = self._next()
        item = self._item(sign.start, titled=False)
        level = self.text.body.count("#", sign.start, sign.stop)
        if not item.text:
            self.problems.say(
                "AM113", "this heading has no words", self._span(sign), "write them after #"
            )
        return Heading(level, item)

    def _orphan(self) -> None:
        """A relation that stands under nothing: keep what it says, without the relation."""
        sign = self._next()
        self.problems.say(
            "AM105",
            f"{sign.value.split()[1]} begins a relation, but there is nothing above it to bear on; "
            "what follows stands alone",
            self._span(sign),
            "put it directly below a statement or argument, without a blank line, and indent it",
            Severity.WARNING,
        )
        self.found.append(self._entry())

    def _entry(self) -> Entry:
        start = self.tokens[self._i].start if self._i < len(self.tokens) else len(self.text.body)
        return Entry(tuple(self._rows(start)))

    def _rows(self, start: int) -> list[Row]:
        """An item, and the relations indented under it."""
        top = self._item(start)
        if not top.title and not top.text:
            said = "there is no statement here" + (", only data" if top.data else "")
            self._nothing(said, top.span, top)
        elif not top.title and not top.size and top.tags:
            self._only_tags(top)
        rows = [_new(Row, (top, "", TOP, top.span))]
        self._below(rows, 0)
        return rows

    def _only_tags(self, item: Item) -> None:
        """Tell of a statement that is nothing but tags."""
        self.problems.say(
            "AM140",
            "only tags stand here, and nothing that they mark",
            item.span,
            "write a blank after # for a heading, or put the tags behind what they mark",
            Severity.WARNING,
        )

    def _nothing(self, message: str, span: Span, item: Item) -> None:
        """Tell of a place that nothing was written at. A line of its own may be left empty."""
        self.problems.say(
            "AM133" if item.defined else "AM104",
            message,
            span,
            "write a statement, a [title] or an <argument> there",
            Severity.WARNING if item.defined else Severity.ERROR,
        )

    def _below(self, rows: list[Row], root: int) -> None:
        """Add the relations that follow to *rows*, under row number *root*."""
        body = self.text.body
        levels = [(-1, root)]  # the indents that are open, and the last row at each
        margins, mixed = "", None  # the first indent, and the first one of other characters
        tokens, size = self.tokens, len(self.tokens)
        while self._i < size and tokens[self._i].sort is Sort.SYMBOL:
            token = tokens[self._i]
            self._i += 1
            digits, sign = token.value.split()
            indent = int(digits)
            margin = body[token.start - indent : token.start]
            if mixed is None and margins and margin.strip(margins[0]):
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
            elif indent <= self._least:
                self.problems.say(
                    "AM137",
                    "this relation is not indented further than the mark of its item",
                    self._span(token),
                    f"write {self._least + 1} spaces or more before {sign}",
                    Severity.WARNING,
                )
            closed = False
            while levels[-1][0] > indent:
                levels.pop()
                closed = True
            width = levels[-1][0]
            beside = width == indent or (closed and len(levels) > 1)
            if closed and width != indent:
                self._odd_indent(token, beside=beside)
            item = self._item(token.stop)
            span = self.text.span(token.start, token.start + len(sign))
            if not item.title and not item.text:
                self._nothing(f"nothing follows {sign}", span, item)
                if not item.defined:
                    continue
            if sign == "><" and item.argument:
                self.problems.say(
                    "AM135",
                    f">< stands between statements, and <{item.title}> is an argument",
                    item.span,
                    "write - for an objection, or put a statement here",
                    Severity.WARNING,
                )
            if beside:
                levels.pop()
            parent = levels[-1][1]
            levels.append((width if beside else indent, len(rows)))
            rows.append(_new(Row, (item, sign, parent, span)))
        if mixed is not None:
            self.problems.doubt(
                "AM117",
                "some lines here are indented with tabs, and others with spaces",
                self._span(mixed),
                "use one of them: a tab counts as one space",
            )

    def _odd_indent(self, token: Token, *, beside: bool) -> None:
        """Warn of an indent that no open line has."""
        if beside:
            self.problems.say(
                "AM128",
                "no line above is indented like this one; it is read with those further left",
                self._span(token),
                "indent it like the line that it continues",
                Severity.WARNING,
            )
        else:
            self.problems.say(
                "AM108",
                "this is indented less than the first relation above, and more than what it bears "
                "on",
                self._span(token),
                "indent it like the line that it continues",
                Severity.WARNING,
            )

    # --- premises and conclusions

    def _structure(self) -> None:
        start = self.tokens[self._i].start
        lines: list[Line] = []
        inference: Inference | None = None
        headless = False  # an inference line stood where no premise was: that is said already
        while self._sort not in (None, Sort.BLANK, Sort.HEADING, Sort.BULLET):
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
                        self._keep(token)
                    inference = self._inference(token) if lines else None
                case Sort.BREAK:
                    self._i += 1
                case Sort.SYMBOL:
                    self._orphan()
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
            first = self.text.body[start:].partition("\n")[0].strip()
            self.problems.say(
                "AM201",
                "this argument never concludes",
                self.text.span(start, min(start + len(first), len(self.text.body))),
                "take out the blank lines: premises, hyphens and conclusion stand together"
                if self._goes_on_after_blank()
                else "put a line of four hyphens before its last statement, and the statement "
                "after it",
            )
            if inference is not None and inference.strikes:
                self.found.append(Entry(tuple(r._replace(symbol="") for r in inference.strikes)))
        self.found.append(Structure(tuple(lines), span))

    def _goes_on_after_blank(self) -> bool:
        """Whether hyphens or a number follow the blank line that ends this block."""
        after = self.tokens[self._i + 1 : self._i + 2] if self._sort is Sort.BLANK else ()
        return any(t.sort in (Sort.RULE, Sort.NUMBER) for t in after)

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
        if self.found and isinstance(self.found[-1], Structure):
            help = "take out the blank line above: premises, hyphens and conclusion stand together"
        elif self.text.body[: token.start].strip():
            help = "put a numbered statement above it: (1) …"
        else:
            help = "frontmatter stands between lines of === ; an inference needs a premise above it"
        self.problems.say("AM207", "this inference line has no premise above it", line, help)

    def _keep(self, token: Token) -> None:
        """Keep the words of an inference line that is none, as a statement."""
        if text := words(token.value):
            item = Item(False, "", True, text, len(text), (), (), None, self._span(token))
            self.found.append(Entry((Row(item, "", TOP, item.span),)))

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
        rules = self._rules(written)
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
                strikes[i] = row._replace(symbol="")
        return Inference(rules, placed, tuple(strikes), _one_line(self.text, token))

    def _rules(self, written: str) -> tuple[str, ...]:
        """The names of rules on an inference line, which commas part."""
        parts = [""]
        for m in _IN_RULE.finditer(written):
            said = m[0]
            if said == ",":
                parts.append("")
            elif said[0] == "\\" and len(said) > 1:
                parts[-1] += said[1]
            elif not said.startswith(("//", "/*", "<!--")):
                parts[-1] += self.shortcodes.get(said, said)
        return tuple(r for part in parts if (r := " ".join(part.split())))


def _one_line(text: Text, token: Token) -> Span:
    """The first line of *token*."""
    first = text.body[token.start : token.stop].splitlines()
    return text.span(token.start, token.start + len(first[0]) if first else token.stop)


def _own_shortcodes(placed: Placed) -> dict[str, str]:
    """The shortcodes that frontmatter adds: ``:name: {unicode: …}``, or the symbol itself."""
    found = {}
    for key, value, _ in placed:
        symbol = value.get("unicode") if value.is_mapping else value
        if symbol is not None and isinstance(symbol.value, str | int | float):
            found[key] = symbol.written
    return found
