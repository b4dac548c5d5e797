"""Bytes to documents: plain text and Markdown at once, HTML, PDF and Word by their own readers.

What is needed for the latter is the extra ``argmap[texts]``, and is imported when it is met.
"""

from __future__ import annotations

import contextlib
import io
import logging
import re
import warnings
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING

from argmap.provenance.document import Document, Heading
from argmap.text import Text, encoding_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pypdf import PdfReader

_BLOCKS = frozenset(
    "address article aside blockquote body caption dd details div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header html hr li main nav ol option p pre section select"
    " summary table tbody td tfoot th thead title tr ul".split()
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")  # as a browser shows them: lines end at <br> only
_LOOKED_AT = 1_000  # characters among which none may be null
_UNREAD = ("script", "style", "template", "noscript", "head")


class Unreadable(Exception):
    """A text cannot be used. *code* is that of the problem it becomes, *help* what to do."""

    def __init__(self, code: str, message: str, help: str = "") -> None:
        self.code, self.message, self.help = code, message, help
        super().__init__(message)


def document(name: str, data: bytes, *, encoding: str = "") -> Document:
    """The document in *data*, a file called *name*; its suffix says what it is.

    *encoding* is that of plain text, if it is not UTF-8.

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


def _plain(name: str, data: bytes, encoding: str) -> Document:
    return Document(Text(name, _decoded(name, data, encoding)))


def _decoded(name: str, data: bytes, encoding: str) -> str:
    try:
        body = data.decode(encoding or "utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as e:
        looks = encoding_of(data) or _wide(data)
        guess = f"; it looks like {looks}" if looks else ""
        raise Unreadable(
            "AM611",
            f"{name} is not {encoding or 'UTF-8'}: byte 0x{data[e.start]:02x} at offset {e.start}"
            + guess,
            _write_encoding(looks),
        ) from None
    except (LookupError, ValueError):
        raise Unreadable(
            "AM611", f"no encoding is named {encoding!r}", "write, for example,  encoding: cp1252"
        ) from None
    if "\0" in body[:_LOOKED_AT]:
        looks = _wide(data)
        at = data.index(b"\0")
        raise Unreadable(
            "AM611",
            f"{name} is no text in {encoding or 'UTF-8'}: byte 0x00 at offset {at}"
            + (f"; it looks like {looks}" if looks else ""),
            _write_encoding(looks),
        )
    return body


def _wide(data: bytes) -> str:
    """The encoding with two bytes for each sign that *data* seems to be in, or ""."""
    if data[1:2] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if data[:1] == b"\0" else ""


def _write_encoding(looks: str) -> str:
    if looks:
        return f"add  encoding: {looks}  to the source, or save the file as UTF-8"
    return "open it in an editor and save it as UTF-8"


# --- HTML


def _html(name: str, data: bytes, encoding: str) -> Document:
    try:
        import bs4
        from bs4.element import NavigableString
    except ImportError:
        raise _missing(name, "beautifulsoup4") from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        soup = bs4.BeautifulSoup(data, "html.parser", from_encoding=encoding or None)
    for unread in soup.find_all(_UNREAD):
        unread.decompose()
    blocks: list[tuple[str, list[str]]] = []
    owner: bs4.Tag | None = None
    block_of: dict[int, bs4.Tag] = {id(soup): soup}
    for node in soup.descendants:
        if isinstance(node, bs4.Tag):
            above = block_of[id(node.parent)]
            block_of[id(node)] = node if node.name in _BLOCKS else above
            if node.name == "br" and blocks:
                blocks[-1][1].append("\n")
            elif node.name in _BLOCKS:
                owner = None
        elif type(node) is NavigableString:
            parent = block_of[id(node.parent)]
            if parent is not owner:
                owner = parent
                blocks.append((parent.name, []))
            said = str(node)
            blocks[-1][1].append(said if parent.name == "pre" else _BLANKS.sub(" ", said))
    tidy = ((tag, "".join(words)) for tag, words in blocks)
    return _joined(
        name,
        (
            (words, int(tag[1]) if tag[:1] == "h" and tag[1:].isdigit() else 0)
            for tag, words in tidy
        ),
    )


# --- Word


def _docx(name: str, data: bytes, encoding: str) -> Document:  # noqa: ARG001
    try:
        import docx
        from docx.table import Table
    except ImportError:
        raise _missing(name, "python-docx") from None
    try:
        opened = docx.Document(io.BytesIO(data))
    except Exception:  # a broken file fails in many ways
        raise Unreadable(
            "AM614", f"{name} is no Word document", "save it again as .docx, or as .txt"
        ) from None

    def blocks() -> Iterator[tuple[str, int]]:
        for item in opened.iter_inner_content():
            if isinstance(item, Table):
                for row in item.rows:
                    yield "\t".join(dict.fromkeys(cell.text for cell in row.cells)), 0
            else:
                style = item.style.name if item.style is not None else ""
                _, _, level = (style or "").rpartition("Heading ")
                yield item.text, int(level) if level.isdigit() else style == "Title"

    return _joined(name, blocks())


def _joined(name: str, blocks: Iterator[tuple[str, int]]) -> Document:
    """A document of *blocks*: the words of each, and how high a heading it is; 0 for none."""
    parts: list[str] = []
    heads: list[Heading] = []
    at = 0
    for words, level in blocks:
        tidy = "\n".join(line for raw in words.splitlines() if (line := raw.strip()))
        if not tidy:
            continue
        if level:
            heads.append(Heading(at, int(level), tidy))
        parts.append(tidy)
        at += len(tidy) + 2
    return Document(Text(name, "\n\n".join(parts)), heads=tuple(heads))


# --- PDF


def _pdf(name: str, data: bytes, encoding: str) -> Document:  # noqa: ARG001
    try:
        import pypdf
    except ImportError:
        raise _missing(name, "pypdf") from None
    pages: list[str] = []
    with _quiet("pypdf"):
        try:
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not _opened(reader):
                raise Unreadable(
                    "AM614", f"{name} is locked with a password", "save it without one"
                )
            pages = [page.extract_text() for page in reader.pages]
        except Unreadable:
            raise
        except Exception as e:  # pypdf says that broken files may raise anything
            raise Unreadable(
                "AM614",
                f"{name} cannot be read as PDF ({type(e).__name__})",
                "save it again as PDF, or as text",
            ) from None
    if not pages:
        raise Unreadable("AM612", f"{name} has no pages", "name another file")
    if not any(page.strip() for page in pages):
        many = "page" if len(pages) == 1 else f"{len(pages)} pages"
        raise Unreadable(
            "AM613",
            f"{name} holds no text, only pictures of its {many}",
            "run text recognition (OCR) over it, or type the paragraphs that are cited",
        )
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page) + 2
    return Document(Text(name, "\n\n".join(pages)), page_starts=tuple(starts))


def _opened(reader: PdfReader) -> bool:
    """Whether an empty password opens it."""
    try:
        return bool(reader.decrypt(""))
    except Exception:  # some locks need more than pypdf has
        return False


@contextlib.contextmanager
def _quiet(logger: str) -> Iterator[None]:
    """Without the warnings of a library, which are for those who wrote the file."""
    log = logging.getLogger(logger)
    before = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(before)


def _missing(name: str, package: str) -> Unreadable:
    return Unreadable(
        "AM614", f"{name} needs {package} to be read", 'run  pip install "argmap[texts]"'
    )


_Reader = Callable[[str, bytes, str], Document]
_READERS: Mapping[str, _Reader] = MappingProxyType(
    {
        "txt": _plain,
        "md": _plain,
        "markdown": _plain,
        "text": _plain,
        "srt": _plain,
        "vtt": _plain,
        "html": _html,
        "htm": _html,
        "xhtml": _html,
        "pdf": _pdf,
        "docx": _docx,
    }
)

SUFFIXES = tuple(f".{suffix}" for suffix in _READERS)
"""What the names of texts that can be read end with."""
