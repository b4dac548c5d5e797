"""Data to YAML: one line for ``{…}``, and lines of their own for frontmatter.

Every text is quoted that could be read as anything but itself, by argmap or by Argdown's own
tools. Characters that end what stands around them, such as a brace, are written by number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from argmap.model import Data, Value

DEEPEST = 50  # levels that the reader follows
LONGEST = 100  # digits of a number

_BITS = 400  # more than such a number can have
_LINE = 72  # columns that a list may take beside its key
_LONG_KEY = 1000  # YAML looks no further for the colon
_LONG_TEXT = 300  # between quotation marks, among braces
_PLAIN = re.compile(r"(?:[^\W_]|¶)(?:[\w ¶/.()+’“”–—…-]*[\w.)’”…])?\Z")
_ALONE = re.compile(r"(?:[^\W_]|¶)(?:[\w ¶/.()+’“”–—…',;?!-]*[\w.)’”…?!])?\Z")  # on its line
_NO_NUMBER = re.compile(r"\A[^0-9]|[^\W\d_a-fA-FxXoO]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_OTHER = frozenset("null true false yes no on off y n".split())  # in one YAML or another
_BY_NUMBER = re.compile(r"[{}]|(?<=[\]>]):|(?<=-)-|(?<===)=|(?<=@)i(?=nclude\()")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


def scalar(value: str | int | float | bool | None, *, alone: bool = False) -> str:
    """A single value; a text is quoted unless it reads as itself.

    *alone* says that nothing follows on its line.

    >>> scalar("free will"), scalar("12"), scalar("a: b"), scalar(12), scalar(None)
    ('free will', '"12"', '"a: b"', '12', 'null')
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if _DATE.match(value):
        return value
    plain = (_ALONE if alone else _PLAIN).match(value) is not None
    plain = plain and _NO_NUMBER.search(value) is not None
    plain = plain and "--" not in value and value.casefold() not in _OTHER
    return value if plain else quoted(value)


def quoted(text: str) -> str:
    """*text* between quotation marks.

    >>> print(quoted("a}b"))
    "a\\x7db"
    """
    return f'"{_BY_NUMBER.sub(_numbered, "".join(map(_escaped, text)))}"'


def _escaped(c: str) -> str:
    if c in _ESCAPES:
        return _ESCAPES[c]
    if c.isprintable() or "\ud800" <= c <= "\udfff":
        return c
    code = ord(c)
    return (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


def _numbered(m: re.Match[str]) -> str:
    return f"\\x{ord(m[0]):02x}"


def flow(value: Value) -> str:
    """*value* on one line.

    >>> flow(Data((("at", "p. 4"), ("list", (1, "b")))))
    '{at: p. 4, list: [1, b]}'
    """
    match value:
        case Data():
            return f"{{{', '.join(f'{_key(k)} {flow(v)}' for k, v in value.items)}}}"
        case tuple():
            return f"[{', '.join(map(flow, value))}]"
        case _:
            return scalar(value)


def _key(key: str) -> str:
    written = scalar(key)
    return f"{written}:" if len(written) < _LONG_KEY else f"? {written} :"


def braced(data: Data) -> str:
    """``{…}`` to stand behind a text; over several lines if readers might miss its end in one."""
    line = flow(data)
    deep = line.count("{") > 1
    if deep and any(len(q) > _LONG_TEXT for q in _QUOTED.findall(line)):
        return "\n".join(["{", *block(data.items), "}"])
    return line


def block(items: Iterable[tuple[str, Value]], indent: int = 0) -> list[str]:
    """*items*, each on a line of its own or several."""
    lines: list[str] = []
    margin = " " * indent
    for key, value in items:
        head = f"{margin}{scalar(key)}:"
        if len(head) > _LONG_KEY:
            lines += [f"{margin}? {scalar(key)}", f"{margin}: {flow(value)}"]
        elif isinstance(value, Data) and value.items:
            lines += [head, *block(value.items, indent + 2)]
        elif isinstance(value, tuple) and len(line := flow(value)) + len(head) > _LINE:
            lines += [head, *_elements(value, indent + 2)] if value else [f"{head} {line}"]
        else:
            lines.append(f"{head} {_at_end(value)}")
    return lines


def _at_end(value: Value) -> str:
    return flow(value) if isinstance(value, Data | tuple) else scalar(value, alone=True)


def _elements(values: tuple[Value, ...], indent: int) -> Iterable[str]:
    margin = " " * indent
    for value in values:
        if isinstance(value, Data) and value.items:
            first, *rest = block(value.items, indent + 2)
            yield f"{margin}- {first[indent + 2 :]}"
            yield from rest
        elif isinstance(value, tuple) and value:
            yield f"{margin}-"
            yield from _elements(value, indent + 2)
        else:
            yield f"{margin}- {_at_end(value)}"


def is_readable(number: float | int) -> bool:
    """Whether *number* is read back as itself."""
    if isinstance(number, float):
        return math.isfinite(number)
    return number.bit_length() < _BITS and len(str(abs(number))) <= LONGEST
