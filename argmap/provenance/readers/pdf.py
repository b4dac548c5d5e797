"""PDF: the text of every page."""

from __future__ import annotations

import contextlib
import io
import logging
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from argmap.provenance.cited import CitedText
from argmap.provenance.readers.common import Unreadable, missing
from argmap.text import Text

if TYPE_CHECKING:
    from pypdf import PdfReader


def read(name: str, data: bytes, encoding: str) -> CitedText:  # noqa: ARG001
    """The pages in *data*. Raises Unreadable."""
    try:
        import pypdf
    except ImportError:
        raise missing(name, "pypdf") from None
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
    return CitedText(Text(name, "\n\n".join(pages)), page_starts=tuple(starts))


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
