"""Words to Argdown: what would be read as anything but letters gets a backslash.

`statement` gives one line for a text and its markup; reading that line gives both back.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from attrs import evolve

from argmap.formats.argdown.parse import parse
from argmap.formats.argdown.shortcodes import SHORTCODES
from argmap.formats.argdown.tree import Entry
from argmap.model import Markup, Style
from argmap.text import Problems, Text

_SPACES = re.compile(r"[ \t\r\n]+")
_FIRST = re.compile(
    r"'*(?:[-+#\[<{},\ufeff]|>[<]|_(?=\s|\Z|>)|\*(?=\s|\Z)|\([0-9]+\)|={3}|[0-9]+(?P<dot>\.)(?=\s|\Z))"
)
_INNER = re.compile(
    r"[\\{*_]|\#(?=\S)|@(?=[\[<])|/(?=[/*])|\[|<|=(?===)|(?<===)=|(?<==)=(?==)|(?<=@)i(?=nclude\()"
)
_CODE = re.compile(r"\.[^\s]+?\.|:[^\s]+?:")
_LITERAL = re.compile(r"[^\\#*_\[\]<>{}@/]*\Z")
_WORDS = re.compile(
    "[A-Za-z0-9_\\-\u00a1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff]+\\Z"
)
_MARKS = {Style.BOLD: ("**", "__"), Style.ITALIC: ("_", "*")}
_MANY = 40  # pieces of emphasis in one text that are tried one by one


def statement(
    text: str, markup: Sequence[Markup] = (), *, first: bool = False, codes: Collection[str] = ()
) -> str:
    r"""*text* on one line of Argdown, with the *markup* it can have there.

    *first* says that nothing stands before it on its line, *codes* are further shortcodes.

    >>> print(statement("see #4 and snake_case"))
    see \#4 and snake\_case
    """
    return faithful(text, markup, first=first, codes=codes)[0]


def faithful(
    text: str, markup: Sequence[Markup] = (), *, first: bool = False, codes: Collection[str] = ()
) -> tuple[str, tuple[Markup, ...]]:
    """The line, and the markup that is read back from it."""
    text, wanted = collapsed(text, markup)
    if not wanted:
        return _protected(text, (), first, codes), ()
    line, found = _tried(text, wanted, first, codes)
    if found == (text, wanted):
        return line, wanted
    kept: tuple[Markup, ...] = ()
    for m in wanted[:_MANY]:
        line, found = _tried(text, (*kept, m), first, codes)
        if found == (text, (*kept, m)):
            kept = (*kept, m)
    return _tried(text, kept, first, codes)[0], kept


def collapsed(text: str, markup: Sequence[Markup] = ()) -> tuple[str, tuple[Markup, ...]]:
    """*text* with each run of white space one blank and none at the ends, as it is read."""
    plain = _SPACES.sub(" ", text).strip(" ")
    markup = tuple(m for m in markup if 0 <= m.start < m.stop <= len(text))
    if not markup or plain == text:
        return plain, markup
    places: list[int] = []  # of each character of the text, in the plain one
    size = 0
    for i, c in enumerate(text):
        places.append(size)
        blank = c in " \t\r\n"
        size += not blank or (size > 0 and text[i - 1] not in " \t\r\n")
    places.append(size)
    moved = (
        evolve(m, start=min(places[m.start], len(plain)), stop=min(places[m.stop], len(plain)))
        for m in markup
    )
    return plain, tuple(m for m in moved if m.start < m.stop)


def tag(name: str) -> str:
    """``#name`` or ``#(a name)``.

    >>> tag("pro"), tag("free will")
    ('#pro', '#(free will)')
    """
    return f"#{name}" if _WORDS.match(name) else f"#({name})"


def is_tag(name: str) -> bool:
    """Whether Argdown can hold *name* as a tag, also behind a mention."""
    return bool(name) and not re.search(r"[)\r\n\u2028\u2029]|[\]>]:|@include\(", name)


def rule(name: str) -> str:
    """The name of a rule, on an inference line."""
    escaped = re.sub(
        r"[\\,]|/(?=[/*])|<(?=!--)|(?<=-)-|\A[->]|(?<=@)i(?=nclude\()", r"\\\g<0>", name
    )
    return _without_codes(escaped, (), {})


def _tried(
    text: str, markup: tuple[Markup, ...], first: bool, codes: Collection[str]
) -> tuple[str, tuple[str, tuple[Markup, ...]]]:
    """A line for *text*, and what is read of it without any doubt."""
    line = _protected(text, markup, first, codes)
    problems = Problems()
    blocks = parse(Text("", f"[a]: {line}\n"), problems).blocks
    if (
        problems.found
        or "@include(" in line
        or len(blocks) != 1
        or not isinstance(blocks[0], Entry)
        or len(blocks[0].rows) != 1
    ):
        return line, ("", ())
    item = blocks[0].rows[0].item
    return line, (item.words, tuple(m for m in item.markup if m.stop <= item.size))


def _protected(text: str, markup: tuple[Markup, ...], first: bool, codes: Collection[str]) -> str:
    parts: list[str] = []
    raw: dict[int, int] = {}  # where links, mentions and tags begin in the line, and end
    at = size = 0
    for start, stop, said in _cut(text, markup):
        before = _escaped(text, at, start)
        parts += (before, said)
        size += len(before)
        if stop > start:
            raw[size] = size + len(said)
        size += len(said)
        at = stop
    parts.append(_escaped(text, at, len(text)))
    line = _without_codes("".join(parts), codes, raw)
    marked = any(m.start == 0 for m in markup)
    if first and not marked and (m := _FIRST.match(line)):
        dot = m.start("dot")
        line = f"{line[:dot]}\\{line[dot:]}" if dot > 0 else f"\\{line}"
    return line


def _escaped(text: str, start: int, stop: int) -> str:
    """Part of *text*, with a backslash before each sign that more than letters begins with."""
    parts: list[str] = []
    at = start
    for m in _INNER.finditer(text, start, stop):
        c = m[0]
        if c in "*_" and _stands_alone(text, m.start()):
            continue
        parts += (text[at : m.start()], "\\", c)
        at = m.end()
    parts.append(text[at:stop])
    return "".join(parts)


def _stands_alone(text: str, at: int) -> bool:
    """Whether the sign at *at* is between blanks."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return before in (" ", "") and after == " " and at > 0


def _without_codes(line: str, codes: Collection[str], raw: Mapping[int, int]) -> str:
    """*line*, in which no name between colons or full stops is a shortcode or hides a sign."""
    parts: list[str] = []
    at = done = 0
    while at < len(line):
        if at in raw:
            at = raw[at]
            continue
        c = line[at]
        if c == "\\":
            at += 2
            continue
        if c in ".:" and (m := _CODE.match(line, at)):
            if m[0] in SHORTCODES or m[0] in codes or not _LITERAL.match(m[0]):
                parts += (line[done:at], "\\")
                done = at
                at += 1
            else:
                at = m.end()
            continue
        at += 1
    parts.append(line[done:])
    return "".join(parts)


def _cut(text: str, markup: tuple[Markup, ...]) -> Iterator[tuple[int, int, str]]:
    """What stands in place of parts of *text*: where they start and stop, and what is written."""
    open_: list[tuple[int, str]] = []  # where emphasis ends, and its mark
    atoms_end = 0
    for m in (*markup, None):
        start = m.start if m else len(text) + 1
        while open_ and open_[-1][0] <= start:
            stop, mark = open_.pop()
            if stop >= atoms_end:
                yield stop, stop, mark
        if m is None or m.start < atoms_end:
            continue
        said = text[m.start : m.stop]
        match m.style:
            case Style.BOLD | Style.ITALIC:
                if open_ and m.stop > open_[-1][0]:
                    continue  # it crosses another
                one, other = _MARKS[m.style]
                mark = other if any(o == one for _, o in open_) else one
                open_.append((m.stop, mark))
                yield m.start, m.start, mark
            case Style.LINK:
                yield m.start, m.stop, f"[{said}]({m.to})"
                atoms_end = m.stop
            case Style.MENTION | Style.TAG:
                yield m.start, m.stop, said
                atoms_end = m.stop
