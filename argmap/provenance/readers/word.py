"""Word documents: the words of every paragraph, in the order in which they stand."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from argmap.provenance.cited import CitedText
from argmap.provenance.readers.common import Unreadable, joined, missing

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = frozenset(
    # what was deleted, and what says how a thing looks; ruby stands beside the words
    f"{_W}{name}"
    for name in "del moveFrom rt pPr rPr tblPr tblGrid trPr tcPr sdtPr sectPr".split()
)
_SIGNS = MappingProxyType(
    {f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}
    | {f"{_W}noBreakHyphen": "-"}
)
_HEADING = re.compile(r"heading ([0-9]{1,2})\Z", re.I)


def read(name: str, data: bytes, encoding: str) -> CitedText:  # noqa: ARG001
    """The paragraphs in *data*. Raises Unreadable."""
    try:
        import docx
        from docx.oxml import parse_xml
    except ImportError:
        raise missing(name, "python-docx") from None
    try:
        opened = docx.Document(io.BytesIO(data))
        levels = _levels(opened.styles.element)
        blocks = list(_word_blocks(opened.element.body, levels))
        related = opened.part.rels.values()
        for notes in ("/footnotes", "/endnotes"):
            for rel in related:
                if rel.reltype.endswith(notes) and not rel.is_external:
                    blocks += _word_blocks(parse_xml(rel.target_part.blob), levels)
        return joined(name, blocks)
    except Exception:  # a broken file fails in many ways
        raise Unreadable(
            "AM614", f"{name} is no Word document", "save it again as .docx, or as .txt"
        ) from None


def _levels(styles: Any) -> dict[str, int]:
    """How high a heading each style makes, by what paragraphs call it."""
    levels: dict[str, int] = {}
    for style in styles.iter(f"{_W}style"):
        named = style.find(f"{_W}name")
        called = "" if named is None else named.get(f"{_W}val") or ""
        if m := _HEADING.search(called):
            levels[style.get(f"{_W}styleId") or ""] = int(m[1])
        elif called.lower() == "title":
            levels[style.get(f"{_W}styleId") or ""] = 1
    return levels


def _word_blocks(root: Any, levels: dict[str, int]) -> Iterator[tuple[str, int]]:
    """The paragraphs and the rows of tables under *root* in the order in which they begin, and
    how high a heading each is.

    The XML itself is read, as python-docx passes over what stands in content controls, tracked
    insertions, text boxes and tables in tables.
    """
    blocks: list[tuple[list[str], int]] = []
    inside: list[tuple[str, list[str]]] = []  # rows, paragraphs and text boxes around the place
    todo: list[Any] = [root]  # an element to read, or None where the innermost of *inside* ends
    while todo:
        element = todo.pop()
        if element is None:
            inside.pop()
            continue
        tag = element.tag
        around, words = inside[-1] if inside else ("", [])
        if tag in (f"{_W}t", f"{_M}t"):
            words.append(element.text or "")
        elif tag in _SIGNS:
            words.append(_SIGNS[tag])
        elif tag == f"{_MC}AlternateContent":
            # the same for newer and older programs: once is enough
            choice = element.find(f"{_MC}Choice")
            todo.extend(reversed(element) if choice is None else (choice,))
        elif tag not in _GONE:
            if tag == f"{_W}tc" and words:
                words.append("\t")
            elif tag == f"{_W}p" and around == f"{_W}tr":
                if words and words[-1] != "\t":
                    words.append("\n")
                inside.append((around, words))
                todo.append(None)
            elif tag in (f"{_W}p", f"{_W}tr", f"{_W}txbxContent"):
                inside.append((tag, []))
                todo.append(None)
                if tag != f"{_W}txbxContent":
                    style = element.find(f"{_W}pPr/{_W}pStyle")
                    called = "" if style is None else style.get(f"{_W}val") or ""
                    blocks.append((inside[-1][1], levels.get(called, 0)))
            todo.extend(reversed(element))
    for said, level in blocks:
        yield "".join(said), level
