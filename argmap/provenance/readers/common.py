"""What all readers of texts need: to refuse one, to decode it, to make a document of blocks."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterable

from argmap.provenance.cited import CitedText, Heading
from argmap.text import Text, encoding_of

_LOOKED_AT = 1_000  # characters among which none may be null
_UNSEEN = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")  # besides what formats and controls
_HIDDEN = frozenset(("Cc", "Cf"))
_NO_TEXT = frozenset(("idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"))
_NO_TEXT |= {"utf-7", "charmap", "mbcs", "oem"}  # or another one on each computer


class Unreadable(Exception):
    """A text cannot be used. *code* is that of the problem it becomes, *help* what to do."""

    def __init__(self, code: str, message: str, help: str = "") -> None:
        self.code, self.message, self.help = code, message, help
        super().__init__(message)


def missing(name: str, package: str) -> Unreadable:
    """That *package* has to be there to read the file called *name*."""
    return Unreadable(
        "AM614", f"{name} needs {package} to be read", 'run  pip install "argmap[texts]"'
    )


def decoded(name: str, data: bytes, encoding: str) -> str:
    """The text in *data*, in *encoding* or else in UTF-8. Raises Unreadable."""
    codec = codec_of(encoding or "utf-8")
    if not codec:
        raise Unreadable(
            "AM611", f"no encoding is named {encoding!r}", "write, for example,  encoding: cp1252"
        )
    called = encoding or "UTF-8"
    try:
        body = data.decode(codec).removeprefix("\ufeff")
    except UnicodeDecodeError as e:
        looks = encoding_of(data) or _wide(data)
        guess = f"; it looks like {looks}" if looks else ""
        raise Unreadable(
            "AM611",
            f"{name} is not {called}: byte 0x{data[e.start]:02x} at offset {e.start}" + guess,
            _write_encoding(looks),
        ) from None
    except ValueError:
        raise Unreadable("AM611", f"{name} is not {called}", _write_encoding("")) from None
    if "\0" in body[:_LOOKED_AT]:
        looks = _wide(data)
        at = data.index(b"\0")
        raise Unreadable(
            "AM611",
            f"{name} is no text in {called}: byte 0x00 at offset {at}"
            + (f"; it looks like {looks}" if looks else ""),
            _write_encoding(looks),
        )
    return body


def codec_of(encoding: str) -> str:
    """What Python calls *encoding*, which may be the number of a code page; "" if it has none
    that is for texts.
    """
    for called in (encoding, f"cp{encoding}", encoding.replace("-", "")):
        try:
            found = codecs.lookup(called).name
            "a".encode(found)  # refused if it is for other things than texts
        except (LookupError, ValueError):
            continue
        return "" if found in _NO_TEXT else found
    return ""


def _wide(data: bytes) -> str:
    """The encoding with two bytes for each sign that *data* seems to be in, or ""."""
    if data[1:2] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if data[:1] == b"\0" else ""


def _write_encoding(looks: str) -> str:
    if looks:
        return f"add  encoding: {looks}  to the source, or save the file as UTF-8"
    return "open it in an editor and save it as UTF-8"


def joined(name: str, blocks: Iterable[tuple[str, int]]) -> CitedText:
    """A document of *blocks*: the words of each, and how high a heading it is; 0 for none."""
    parts: list[str] = []
    heads: list[Heading] = []
    at = 0
    for words, level in blocks:
        tidy = "\n".join(line for raw in words.splitlines() if _is_seen(line := raw.strip()))
        if not tidy:
            continue
        if level:
            heads.append(Heading(at, int(level), tidy))
        parts.append(tidy)
        at += len(tidy) + 2
    return CitedText(Text(name, "\n\n".join(parts)), heads=tuple(heads))


def _is_seen(line: str) -> bool:
    """Whether *line* has a sign that readers see, and not only soft hyphens and the like."""
    return any(
        not sign.isspace() and sign not in _UNSEEN and unicodedata.category(sign) not in _HIDDEN
        for sign in line
    )
