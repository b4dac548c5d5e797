"""HTML: what a browser shows as blocks, without navigation."""

from __future__ import annotations

import codecs
import contextlib
import re
from types import MappingProxyType
from typing import Any

from argmap.provenance.cited import CitedText
from argmap.provenance.readers.common import Unreadable, codec_of, decoded, joined, missing
from argmap.text import encoding_of

_BLOCKS = frozenset(
    "address article aside blockquote body caption dd details div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header html hr li main ol option p pre section select"
    " summary table tbody td tfoot th thead title tr ul".split()
)
_UNREAD = frozenset("head nav noscript script style template title".split())
_BLANKS = re.compile(r"[ \t\r\n\f]+")  # as a browser shows them: lines end at <br> only
_SAID = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.I)
_LOOKED_AT = 2_048  # bytes in which a page says its encoding
_SHOWN_AS = MappingProxyType(  # what browsers take an encoding for that a page names
    {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}
    | {"shift_jis": "cp932", "euc_kr": "cp949"}
)


def read(name: str, data: bytes, encoding: str) -> CitedText:
    """The page in *data*. Raises Unreadable."""
    try:
        from lxml import etree
    except ImportError:
        raise missing(name, "lxml") from None
    page = _page(name, data, encoding)
    parser = etree.HTMLParser(target=_Blocks(), encoding="utf-8", huge_tree=True)
    try:
        blocks: list[tuple[str, int]] = etree.fromstring(page.encode(), parser)
    except etree.LxmlError as e:
        raise Unreadable(
            "AM614", f"{name} cannot be read as HTML ({e})", "save it again, or as text"
        ) from None
    return joined(name, blocks)


def _page(name: str, data: bytes, encoding: str) -> str:
    """*data* in the encoding that is given, or that it begins with, or says, or looks like."""
    if encoding or data.startswith(codecs.BOM_UTF8):
        return decoded(name, data, encoding)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decoded(name, data, "utf-16")
    said = _SAID.search(data[:_LOOKED_AT])
    return _guessed(name, data, said[1].decode() if said else "")


class _Blocks:
    """Hears of the tags and words of a page, and gives its blocks: their words, and how high a
    heading each is; 0 for none.
    """

    def __init__(self) -> None:
        self.blocks: list[tuple[str, list[str]]] = []
        self.opened: list[str] = []
        self.unread = 0  # how many of those that are open are not read
        self.begun = False  # whether the last block goes on

    def start(self, tag: Any, attributes: Any) -> None:  # noqa: ARG002 - as lxml calls it
        """A tag opens."""
        if tag == "br" and self.blocks and not self.unread:
            self.blocks[-1][1].append("\n")
        elif tag in _UNREAD:
            self.unread += 1
        elif tag in _BLOCKS:
            self.begun = False
            self.opened.append(tag)

    def end(self, tag: Any) -> None:
        """A tag closes."""
        if tag in _UNREAD:
            self.unread -= 1
        elif tag in _BLOCKS:
            self.begun = False
            if self.opened:
                self.opened.pop()

    def data(self, words: str) -> None:
        """Words stand here."""
        if self.unread:
            return
        block = self.opened[-1] if self.opened else ""
        if not self.begun:
            self.blocks.append((block, []))
            self.begun = True
        self.blocks[-1][1].append(words if block == "pre" else _BLANKS.sub(" ", words))

    def comment(self, words: str) -> None:
        """What nobody sees."""

    def close(self) -> list[tuple[str, int]]:
        """All blocks."""
        return [
            ("".join(words), int(tag[1]) if tag[:1] == "h" and tag[1:].isdecimal() else 0)
            for tag, words in self.blocks
        ]


def _guessed(name: str, data: bytes, said: str) -> str:
    """The page in *data*: in the encoding that it *said*, or else in UTF-8, or else in what it
    looks like, as browsers read it.
    """
    codec = codec_of(said)
    for tried in (_SHOWN_AS.get(codec, codec), "utf-8"):
        # what says its encoding letter by letter is not in one with two bytes for each
        if tried and not tried.startswith(("utf-16", "utf-32")):
            with contextlib.suppress(ValueError):
                data.decode(tried)
                return decoded(name, data, "" if tried == "utf-8" else tried)
    return data.decode(encoding_of(data) or "cp1252", "replace")
