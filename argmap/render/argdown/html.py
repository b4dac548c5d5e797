"""The text of a map as a page of its own, with an anchor for everything that has a title.

Anchors are named as Argdown's own tools name them: ``#statement-…``, ``#argument-…``,
``#heading-…``. A title that no other letters than theirs would tell from another gets a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from attrs import define, field

from argmap.formats.argdown.tree import Entry, Heading, Item, Line, Row, Structure, Tree
from argmap.graph.colour import tags_in_order
from argmap.model import Data, Debate, Markup, Style, Value
from argmap.render.argdown.json import tag_colour
from argmap.render.argdown.words import anchor, marked, tag_class
from argmap.render.pen import escape
from argmap.settings import Settings
from argmap.text import Text

_SAFE = re.compile(r"(?:https?:|mailto:|[^:]*\Z|[^:]*[/?#])", re.IGNORECASE)
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]")
_DEEPEST_HEADING = 6
_BULLET = 20  # characters before an item in which its number ends
_WORDS = {
    "+": "outgoing support",
    "<+": "outgoing support",
    "-": "outgoing attack",
    "<-": "outgoing attack",
    "_": "outgoing undercut",
    "<_": "outgoing undercut",
    "+>": "incoming support",
    "->": "incoming attack",
    "_>": "incoming undercut",
    "><": "contradiction",
}  # by the sign of a relation
_PLAIN = {"outgoing support": "+", "outgoing attack": "-", "outgoing undercut": "<_"}

_CSS = """\
body { margin: 2rem 1rem; color: #1c1c1c; background: #fff;
  font: 1rem/1.5 "Source Sans 3", "Source Sans Pro", "Helvetica Neue", Arial, sans-serif; }
.argdown { max-width: 38rem; margin: 0 auto; overflow-wrap: break-word; }
header { margin-bottom: 3rem; padding-bottom: 1rem; border-bottom: 1px solid #999;
  text-align: center; }
header h1 { margin: 0; }
header .subtitle { margin: 0.25rem 0 0; color: #555; font-weight: 400; }
.authors, .date { margin-top: 0.5rem; color: #555; }
.abstract { margin-top: 1rem; text-align: left; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; }
a { color: #04578a; text-decoration: none; }
a:hover { text-decoration: underline; }
:target { background: #fff3bf; }
.title { font-weight: 700; }
.statement-definition { color: #04578a; }
.argdown > .statement, .argdown > .argument, .pcs, ul, ol { margin: 1.25rem 0; }
.argument.top-level > .statement-content { font-weight: 600; }
.relations { margin: 0.35rem 0 0.35rem 1.25rem; }
.relation { margin: 0.25rem 0; padding-left: 2rem; }
.relation-symbol { float: left; margin-left: -2rem; min-width: 1.5rem; border-radius: 0.4rem;
  text-align: center; font-weight: 700; line-height: 1.5; }
.support.relation-symbol { color: #0a5c24; background: #d8eedf; }
.attack.relation-symbol, .contradiction.relation-symbol { color: #9c1c00; background: #fbdcd5; }
.undercut.relation-symbol { color: #5b1c8f; background: #ecdff6; }
.pcs { padding: 0.25rem 0 0.25rem 1rem; border-left: 3px solid #b9d3e2; }
.pcs-statement { padding: 0.2rem 0 0.2rem 2.25rem; }
.statement-nr { float: left; margin-left: -2.25rem; color: #04578a; }
.main-conclusion { font-weight: 600; }
.main-conclusion .relations { font-weight: 400; }
.inference { margin: 0.5rem 0; border-top: 1px solid #04578a; color: #04578a; font-size: 0.875rem; }
.inference.with-data { padding: 0.15rem 1rem; border-bottom: 1px solid #04578a; }
.inference-rules { font-style: italic; }
.tag { color: #2b6b1e; }
@media print { body { margin: 0; } .relation, .pcs { break-inside: avoid; } }
"""


def argdown_html(tree: Tree, debate: Debate, settings: Settings, texts: Sequence[Text] = ()) -> str:
    """The page of *tree*, from which *debate* was read; *texts* are those that it stands in."""
    writer = _Writer({t.name: t for t in texts}, dict(_tags(debate)))
    writer.name(tree)
    tags = tags_in_order(debate)
    colours = [(tag, tag_colour(tag, n, settings)) for n, tag in enumerate(tags)]
    css = _CSS
    if settings.color.colorize_by_tag:
        css += "".join(f".tag.{tag_class(t)} {{ color: {c}; }}\n"
                       for t, c in colours if c and tag_class(t) != "tag-")  # fmt: skip
    first = next((b.item.words for b in tree.blocks if isinstance(b, Heading)), "")
    title = _said(debate.front.get("title")) or debate.title or first or "Argdown"
    return "".join(
        [
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>{escape(title)}</title>\n<style>\n{css}</style>\n</head>\n<body>\n",
            '<div class="argdown">\n',
            *_header(debate.front),
            *writer.blocks(tree),
            "</div>\n</body>\n</html>\n",
        ]
    )


def _tags(debate: Debate) -> Iterator[tuple[tuple[bool, str], tuple[str, ...]]]:
    for c in debate.claims:
        yield (False, c.title), c.tags
    for a in debate.arguments:
        yield (True, a.title), a.tags


def _header(front: Data) -> Iterator[str]:
    title = _said(front.get("title"))
    if not title:
        return
    yield f"<header>\n<h1>{escape(title)}</h1>\n"
    if subtitle := _said(front.get("subTitle")):
        yield f'<p class="subtitle">{escape(subtitle)}</p>\n'
    author = front.get("author")
    authors = [_said(a) for a in (author if isinstance(author, tuple) else (author,))]
    named = [f'<span class="author">{escape(a)}</span>' for a in authors if a]
    if named:
        yield f'<div class="authors">{", ".join(named)}</div>\n'
    for key in ("date", "abstract"):
        if said := _said(front.get(key)):
            yield f'<div class="{key}">{escape(said)}</div>\n'
    yield "</header>\n"


def _said(value: Value) -> str:
    """A single *value* of the frontmatter as it is shown; "" if it is none."""
    return "" if value is None or isinstance(value, tuple | Data) else str(value)


class _Name(NamedTuple):
    """What has an anchor: a claim, or else an argument."""

    argument: bool
    title: str


@define
class _Writer:
    texts: Mapping[str, Text]
    tags: Mapping[tuple[bool, str], tuple[str, ...]]
    ids: dict[_Name, str] = field(factory=dict)
    _used: dict[str, int] = field(factory=dict)
    _home: dict[_Name, Item | Structure] = field(factory=dict)  # where its own anchor is
    _structures: dict[int, _Name] = field(factory=dict)
    _again: dict[str, int] = field(factory=dict)

    # --- names

    def name(self, tree: Tree) -> None:
        """Give everything that has a title the name of its anchor, in the order of the text.

        It leads to an argument's premises if they are there, else to the first definition, else
        to the first place.
        """
        defined: dict[_Name, bool] = {}
        for row in _rows(tree):
            item = row.item
            name = _Name(item.argument, item.title)
            if not item.title or (name in self._home and (defined[name] or not item.defined)):
                continue
            if name not in self.ids:
                kind = "argument" if item.argument else "statement"
                self.ids[name] = self._own(anchor(f"{kind}-{item.title}"))
            self._home[name], defined[name] = item, item.defined
        above = ""
        for block in tree.blocks:
            if isinstance(block, Structure) and above:
                name = _Name(True, above)
                if not isinstance(self._home.get(name), Structure):
                    self._home[name] = block
                    self._structures[id(block)] = name
            head = block.rows[0].item if isinstance(block, Entry) else None
            above = head.title if head is not None and head.argument else ""

    def _own(self, name: str) -> str:
        """*name*, or with a number what no other anchor is called yet."""
        number = self._used.get(name, 0) + 1
        while True:
            tried = name if number == 1 else f"{name}-{number}"
            self._used[name] = number
            if number == 1 or tried not in self._used:
                self._used.setdefault(tried, 1)
                return tried
            number += 1

    def _anchor(self, item: Item) -> str:
        """The attribute that names the place of *item*, if it is one to lead to."""
        name = _Name(item.argument, item.title)
        if self._home.get(name) is item:
            return f' id="{self.ids[name]}"'
        if item.defined and not item.argument:
            number = self._again[item.title] = self._again.get(item.title, 1) + 1
            return f' id="{self._own(f"{self.ids[name]}-occurrence-{number}")}"'
        return ""

    # --- blocks

    def blocks(self, tree: Tree) -> Iterator[str]:
        listed = ""
        for block in tree.blocks:
            here = self._list(block) if isinstance(block, Entry) and block.listed else ""
            if listed and here != listed:
                yield f"</{listed}>\n"
            if here and here != listed:
                yield f"<{here}>\n"
            listed = here
            match block:
                case Heading():
                    yield self._heading(block)
                case Entry():
                    if here:
                        yield f"<li{self._line(block.rows[0].item)}>"
                    yield from self._nested(block.rows, top=not here)
                    yield "</li>\n" if here else "\n"
                case Structure():
                    yield from self._structure(block)
        if listed:
            yield f"</{listed}>\n"

    def _list(self, block: Entry) -> str:
        """Which element holds the list that *block* is an item of."""
        span = block.rows[0].item.span
        if span.name not in self.texts:
            return "ul"
        before = self.texts[span.name].body[max(0, span.start - _BULLET) : span.start]
        return "ol" if before.rstrip(" \t").endswith(".") else "ul"

    def _heading(self, heading: Heading) -> str:
        level = min(heading.level, _DEEPEST_HEADING)
        item = heading.item
        name = self._own(anchor(f"heading-{item.text}{self._blank(item)}"))
        said = self._text(item)
        return f'<h{level} id="{name}"{self._line(item)} class="heading">{said}</h{level}>\n'

    def _blank(self, item: Item) -> str:
        """The blank between a heading and its keys: Argdown's tools make it part of the name."""
        text = self.texts.get(item.data.span.name) if item.data else None
        if item.data is None or text is None:
            return ""
        before = item.data.span.start - 1
        return " " if text.body[before : before + 1] in (" ", "\t") else ""

    def _structure(self, structure: Structure) -> Iterator[str]:
        name = self._structures.get(id(structure))
        attribute = f' id="{self.ids[name]}"' if name else ""
        yield f'<div{attribute} class="pcs{self._classes(name) if name else ""}">\n'
        last = len(structure.lines)
        for n, line in enumerate(structure.lines, 1):
            yield from self._inference(line)
            role = "premise"
            if line.inference:
                role = "main-conclusion" if n == last else "intermediary-conclusion"
            yield f'<div class="{role} pcs-statement"><div class="statement-nr">(<span>{n}'
            yield "</span>)</div>"
            yield from self._nested(line.rows, top=False)
            yield "</div>\n"
        yield "</div>\n"

    def _inference(self, line: Line) -> Iterator[str]:
        inference = line.inference
        if inference is None:
            return
        rules = ", ".join(
            f'<span class="inference-rule">{escape(r)}</span>' for r in inference.rules
        )
        more = " with-data" if rules else ""
        yield f'<div class="inference{more}">'
        yield f'<span class="inference-rules">{rules}</span>' if rules else ""
        yield "</div>\n"
        if inference.strikes:
            yield '<div class="relations">'
            yield from self._nested(inference.strikes, top=False)
            yield "</div>\n"

    # --- statements, arguments, and what stands under them

    def _nested(self, rows: Sequence[Row], *, top: bool) -> Iterator[str]:
        """*rows*, each with those that stand under it inside."""
        open_: list[tuple[int, str]] = []  # the rows that are not closed, and how each closes
        parents = {row.parent for row in rows}
        for n, row in enumerate(rows):
            while open_ and open_[-1][0] != row.parent:
                yield open_.pop()[1]
            kind = "argument" if row.item.argument else "statement"
            classes = kind + self._classes(_Name(row.item.argument, row.item.title))
            classes += " top-level" if top and not n else ""
            ending = "</div>"
            if row.symbol:
                word = _WORDS[row.symbol]
                sign = escape(_PLAIN.get(word, row.symbol))
                yield f'<div class="{word} relation"><div class="{word} relation-symbol">'
                yield f"<span>{sign}</span></div>"
                ending += "</div>"
            yield f'<div{self._line(row.item)} class="{classes}">{self._item(row.item)}'
            if n in parents:
                yield '<div class="relations">'
                ending = f"</div>{ending}"
            open_.append((n, ending))
        while open_:
            yield open_.pop()[1]

    def _item(self, item: Item) -> str:
        head = ""
        if item.title:
            name = _Name(item.argument, item.title)
            kind = "argument" if item.argument else "statement"
            before, after = ("&lt;", "&gt;") if item.argument else ("[", "]")
            title = f'<span class="title {kind}-title">{escape(item.title)}</span>'
            said = f"{before}{title}{after}"
            what = "definition" if item.defined else "reference"
            classes = f"{what} {kind}-{what}"
            here = self._anchor(item)
            if item.defined and not item.argument:
                head = f'<span{here} class="{classes}">{said}:</span> '
            else:
                colon = ":" if item.defined else ""
                href = self.ids[name]
                head = f'<a{here} href="#{href}" class="{classes}">{said}{colon}</a> '
        if not item.text:
            tags = " ".join(self._tag(t, f"#{t}") for t in item.tags)
            return head + tags
        return f'{head}<span class="statement-content">{self._text(item)}</span>'

    def _text(self, item: Item) -> str:
        return marked(item.text, item.markup, self._signs)

    def _signs(self, part: Markup) -> tuple[str, str] | None:
        match part.style:
            case Style.BOLD:
                return "<b>", "</b>"
            case Style.ITALIC:
                return "<i>", "</i>"
            case Style.TAG:
                return f'<span class="tag {tag_class(part.to)}">', "</span>"
            case Style.LINK:
                return (f'<a href="{escape(part.to)}">', "</a>") if is_safe(part.to) else None
            case Style.MENTION:
                name = _Name(part.to.startswith("<"), part.to[1:-1])
                kind = "argument" if name.argument else "statement"
                classes = f"mention {kind}-mention{self._classes(name)}"
                if name not in self.ids:
                    return f'<span class="{classes}">', "</span>"
                return f'<a href="#{self.ids[name]}" class="{classes}">', "</a>"

    def _tag(self, tag: str, said: str) -> str:
        return f'<span class="tag {tag_class(tag)}">{escape(said)}</span>'

    def _classes(self, name: _Name) -> str:
        return "".join(f" {tag_class(t)}" for t in self.tags.get(name, ()))

    def _line(self, item: Item) -> str:
        """The attribute that says in which line *item* stands."""
        text = self.texts.get(item.span.name)
        return f' data-line="{text.place(item.span.start).line}"' if text else ""


def _rows(tree: Tree) -> Iterator[Row]:
    for block in tree.blocks:
        match block:
            case Entry():
                yield from block.rows
            case Structure():
                for line in block.lines:
                    if line.inference:
                        yield from line.inference.strikes
                    yield from line.rows
            case Heading():
                pass


def is_safe(address: str) -> bool:
    """Whether *address* may be led to: a page, a mail address, or a place beside this page.

    >>> is_safe("https://argdown.org"), is_safe("notes.html#a"), is_safe(" java\\tscript:alert(1)")
    (True, True, False)
    """
    return _SAFE.match(_IGNORED.sub("", address)) is not None
