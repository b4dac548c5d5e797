"""Reading maps and documents from files and strings."""

from __future__ import annotations

import os
from pathlib import Path

from attrs import evolve

from argmap import formats
from argmap.api.document import Document
from argmap.api.files import bytes_of, fetch
from argmap.api.map import Map
from argmap.errors import MapError, UnknownName
from argmap.formats import Fetch, Reading, markdown
from argmap.model import Debate
from argmap.text import Text, decode

_FEW = 9  # numbers of maps that a message lists


def load(path: str | os.PathLike[str]) -> Map:
    """Read the map at *path*, in any format that argmap reads, recognised by its content.

    Raises:
        MapError: the text has errors; all of them are in its ``problems``.
        OSError: the file cannot be read.
    """
    return _sound(read(path))


def loads(body: str, *, name: str = "<string>") -> Map:
    """Read a map from a string. *name* is what messages call it.

    Raises:
        MapError: as `load` does.
    """
    return _sound(formats.read(Text(name, body.removeprefix("\ufeff")), fetch))


def read(path: str | os.PathLike[str], *, fetch: Fetch = fetch) -> Reading:
    """As much of the map at *path* as can be read, and every problem: never a MapError.

    ``notes.md`` is the map in a Markdown document, ``notes.md#2`` the second of several. *fetch*
    gives the texts that the map names.

    Raises:
        OSError: the file cannot be read.
        UnknownName: there is no map of that number.
    """
    name, number = numbered(path)
    data = bytes_of(Path(name))
    if not markdown.is_markdown(name):
        return read_bytes(data, name, fetch=fetch)
    text, problems = decode(name, data)
    if text is None:
        return Reading(Debate(), problems)
    fences, doubts = markdown.fences(text)
    if number is not None:
        known = [f"#{n}" for n in range(1, len(fences) + 1)]
        if f"#{number}" not in known:
            raise UnknownName(f"map in {name}", f"#{number}", known[:_FEW], few=True)
        fences = fences[number - 1 : number]
    reading = markdown.one(text, fences, fetch)
    here = {f.opening for f in fences}
    doubts = tuple(p for p in doubts if p.code == "AM122" or p.span in here)
    return evolve(reading, problems=(*problems, *doubts, *reading.problems))


def read_document(path: str | os.PathLike[str], *, fetch: Fetch = fetch) -> Document:
    """The Markdown document at *path* and all maps in it, as far as they can be read.

    *fetch* gives the texts that they name.

    Raises:
        OSError: the file cannot be read.
    """
    name = os.fspath(path)
    data = Path(path).read_bytes()
    text, problems = decode(name, data)
    if text is None:
        return Document(Text(name, ""), (), problems)
    fences, doubts = markdown.fences(text)
    if not fences:
        doubts = (*doubts, markdown.none(text))
    readings = [markdown.read(f, fetch) for f in fences]
    maps = tuple(Map(r.debate, r.problems, r.texts) for r in readings)
    told = (p for r in (problems, doubts, *(m.problems for m in maps)) for p in r)
    mark = "\ufeff" if data.startswith(b"\xef\xbb\xbf") else ""
    return Document(text, maps, tuple(dict.fromkeys(told)), fences, mark)


def is_document(path: str | os.PathLike[str]) -> bool:
    """Whether *path* names a whole Markdown document, by its suffix."""
    return markdown.is_markdown(os.fspath(path))


def numbered(path: str | os.PathLike[str]) -> tuple[str, int | None]:
    """``notes.md#2`` as a document and the number of a map in it; any other name as it is.

    >>> numbered("notes.md#2"), numbered("notes.md"), numbered("a#2.argdown")
    (('notes.md', 2), ('notes.md', None), ('a#2.argdown', None))
    """
    name = os.fspath(path)
    document, _, number = name.rpartition("#")
    if number.isascii() and number.isdecimal() and markdown.is_markdown(document):
        return document, int(number[:9])
    return name, None


def read_bytes(data: bytes, name: str, *, fetch: Fetch = fetch) -> Reading:
    """As `read`, from the bytes of a text called *name*."""
    text, problems = decode(name, data)
    if text is None:
        return Reading(Debate(), problems)
    reading = formats.read(text, fetch)
    return Reading(reading.debate, (*problems, *reading.problems), reading.texts)


def _sound(reading: Reading) -> Map:
    """The map, unless there are errors."""
    if reading.failed:
        raise MapError(reading.problems, reading.texts)
    return Map(reading.debate, reading.problems, reading.texts)
