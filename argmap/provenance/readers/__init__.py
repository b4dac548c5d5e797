"""Bytes to documents: plain text and Markdown at once, HTML, PDF and Word by their own readers.

What is needed for the latter is the extra ``argmap[texts]``, and is imported when it is met.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from argmap.model import Source
from argmap.provenance.cited import CitedText
from argmap.provenance.readers import html, pdf, word
from argmap.provenance.readers.common import Unreadable, decoded
from argmap.text import Text

__all__ = ["SUFFIXES", "Unreadable", "document", "file_of", "is_bare"]


def file_of(source: Source) -> str:
    """The name of the file that the text of *source* lies in; "" if none is named."""
    return source.file or (source.key if source.key.lower().endswith(SUFFIXES) else "")


def is_bare(source: Source) -> bool:
    """Whether nothing is known of *source* but the word by which it is cited."""
    said = (source.authors, source.date, source.place, source.url, file_of(source))
    return source.title in ("", source.key) and not any(said)


def document(name: str, data: bytes, *, encoding: str = "") -> CitedText:
    """The document in *data*, a file called *name*; its suffix says what it is.

    *encoding* is that of plain text and of HTML, if it is not UTF-8 and HTML does not name it.

    Raises:
        Unreadable: with the reason, in a sentence.
    """
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    read = _READERS.get(suffix)
    if read is None:
        known = ", ".join(f".{s}" for s in _READERS)
        raise Unreadable(
            "AM614", f"{name} is of no kind that is read", f"save it as one of {known}"
        )
    if not data.strip():
        raise Unreadable("AM612", f"{name} is empty", "put the text into it, or name another file")
    made = read(name, data, encoding)
    if not made.body.strip():
        raise Unreadable("AM612", f"{name} holds no text", "put the text into it")
    return made


def _plain(name: str, data: bytes, encoding: str) -> CitedText:
    return CitedText(Text(name, decoded(name, data, encoding)))


_Reader = Callable[[str, bytes, str], CitedText]
_READERS: Mapping[str, _Reader] = MappingProxyType(
    {
        "txt": _plain,
        "md": _plain,
        "markdown": _plain,
        "text": _plain,
        "srt": _plain,
        "vtt": _plain,
        "html": html.read,
        "htm": html.read,
        "xhtml": html.read,
        "pdf": pdf.read,
        "docx": word.read,
    }
)

SUFFIXES = tuple(f".{suffix}" for suffix in _READERS)
"""What the names of texts that can be read end with."""
