"""The texts that maps cite, found in folders and read once each."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from attrs import define, field

from argmap.errors import guesses
from argmap.model import Source
from argmap.provenance.cited import CitedText
from argmap.provenance.readers import Unreadable, document, file_of


@define
class Shelf:
    """Folders with the texts of sources; call it with a `Source` to get its `CitedText`.

    A file is sought in each folder under its whole name, then under its last part alone.
    """

    folders: tuple[Path, ...]
    _read: dict[tuple[str, str], CitedText | Unreadable] = field(factory=dict, init=False)

    def __call__(self, source: Source) -> CitedText:
        """The document of *source*.

        Raises:
            Unreadable: it names no file, or that is not there or cannot be read.
        """
        name = file_of(source)
        if not name:
            raise Unreadable(
                "AM618",
                f"no text is named for {source.key!r}",
                "write  file: …  in the source, to have its quotations checked",
            )
        encoding = source.data.get("encoding")
        key = (name, "" if encoding is None else str(encoding))
        if key not in self._read:
            try:
                self._read[key] = self._open(*key)
            except Unreadable as e:
                self._read[key] = e
        found = self._read[key]
        if isinstance(found, Unreadable):
            raise found
        return found

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files that were read."""
        return tuple(d.text.name for d in self._read.values() if isinstance(d, CitedText))

    def _open(self, name: str, encoding: str) -> CitedText:
        path = self._find(name)
        try:
            data = path.read_bytes()
        except OSError as e:
            why = (e.strerror or str(e)).lower()
            raise Unreadable("AM614", f"{name} cannot be read: {why}", "look at the file") from None
        return document(path.as_posix(), data, encoding=encoding)

    def _find(self, name: str) -> Path:
        if "\0" in name:
            raise Unreadable("AM610", f"{name!r} is no name of a file", "write  file: report.txt")
        for folder in self.folders:
            for tried in dict.fromkeys((name, Path(name.replace("\\", "/")).name)):
                path = folder / tried
                if tried and os.path.isfile(path) and _is_inside(path, folder):  # noqa: PTH113 - any name
                    return path
        there = [p.name for f in self.folders for p in sorted(f.glob("*")) if p.is_file()]
        stem = Path(name).stem  # all are alike in their suffix
        near = [n for n in guesses(Path(name).name, there) if guesses(stem, [Path(n).stem])]
        where = " or ".join(f.as_posix() for f in self.folders)
        raise Unreadable(
            "AM610",
            f"there is no text {name!r} in {where}",
            f"did you mean {near[0]!r}?" if near else "put it there, or name another folder",
        )


def _is_inside(path: Path, folder: Path) -> bool:
    """Whether no ``..`` and no link leads out of *folder*."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def shelf(folders: Sequence[str | os.PathLike[str]]) -> Shelf:
    """A `Shelf` of *folders*.

    Raises:
        NotADirectoryError: one of them is no folder.
    """
    paths = tuple(Path(f) for f in folders)
    for path in paths:
        if not path.is_dir():
            raise NotADirectoryError(20, "no such folder", str(path))
    return Shelf(paths)
