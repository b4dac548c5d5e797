"""What touches a disk: fetching the texts that maps name, and writing what comes of them."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from argmap.errors import CannotWrite, guesses
from argmap.formats import NotFetched
from argmap.text import Text, decode


def check_folder(path: Path) -> None:
    """Make sure that *path* names a file in a folder that exists. Raises CannotWrite."""
    if "\0" in str(path):
        raise CannotWrite(f"cannot write {str(path)!r}: a file name holds no null character")
    if not os.path.isdir(path.parent):  # noqa: PTH112 - it takes any name
        raise CannotWrite(f"cannot write {path}: there is no folder {path.parent}")
    if os.path.isdir(path):  # noqa: PTH112
        raise CannotWrite(f"cannot write {path}: it is a folder")


def check_apart(path: Path, read: Iterable[str]) -> None:
    """Make sure that *path* is none of the files that were *read*, or that were looked for.

    Raises:
        CannotWrite: it is one.
    """
    there = path.exists()
    for name in read:
        same = there and Path(name).exists() and path.samefile(name)
        if same or os.path.realpath(path) == os.path.realpath(name):
            raise CannotWrite(f"cannot write {path}: it was read for this; write to another file")


def write_whole(path: Path, body: str | bytes) -> None:
    """Write *body* to *path* beside it first, then put it in its place: whole or not at all.

    Raises:
        CannotWrite: with the reason, in a sentence.
    """
    check_folder(path)
    data = body.encode() if isinstance(body, str) else body
    linked = os.path.islink(path)  # noqa: PTH114 - it takes any name
    target = Path(os.path.realpath(path)) if linked else path  # a link stays a link
    beside = target.parent / f".{target.name[:80]}.{os.getpid()}.part"
    try:
        if target.exists() and not os.access(target, os.W_OK):
            raise CannotWrite(f"cannot write {path}: it is read-only")
        if target.exists() and not target.is_file():  # a device or a pipe has no place of its own
            target.write_bytes(data)
            return
        with beside.open("wb") as f:
            f.write(data)
        if target.exists():
            beside.chmod(stat.S_IMODE(target.stat().st_mode))
        beside.replace(target)
    except OSError as e:
        raise CannotWrite(f"cannot write {path}: {_why(e)}") from None
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _why(e: OSError) -> str:
    return (e.strerror or str(e)).lower()


def bytes_of(path: Path, *, ordinary: bool = False) -> bytes:
    """What is in the file at *path*, which may be a pipe unless it must be *ordinary*.

    Raises:
        OSError: it cannot be read, or is a device that may never end.
    """
    mode = path.stat().st_mode
    endless = stat.S_ISBLK(mode) or (stat.S_ISCHR(mode) and str(path) not in _ENDING)
    if endless or (ordinary and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
    return path.read_bytes()


_ENDING = ("/dev/stdin", "/dev/tty", "/dev/null")


def fetch(name: str, beside: str) -> Text:
    """The text of the file that the text called *beside* knows as *name*.

    Raises:
        NotFetched: it is not there, or is no text.
    """
    if Path(name).is_absolute():
        raise NotFetched(f"{name!r} is an absolute path, and would not be found elsewhere")
    path = beside_of(name, beside)
    try:
        _must_be_inside(path, name, beside)
        data = path.read_bytes()
    except ValueError:
        raise NotFetched(f"{name!r} is no name of a file") from None
    except FileNotFoundError:
        there = sorted(p.name for p in path.parent.glob("*")) if path.parent.is_dir() else []
        near = guesses(path.name, there)
        hint = f"; did you mean {near[0]!r}?" if near and near[0] != path.name else ""
        raise NotFetched(f"there is no file {name!r}{hint}") from None
    except OSError as e:
        why = "is a folder" if e.errno == errno.EISDIR else f"cannot be read: {_why(e)}"
        raise NotFetched(f"{name!r} {why}") from None
    text, problems = decode(str(path), data)
    if text is None:
        raise NotFetched(f"{name!r}: {problems[0].message}")
    return text


def _must_be_inside(path: Path, name: str, beside: str) -> None:
    """Make sure that *path* is an ordinary file, and that no link on the way leads out of the
    folder of *beside*. Raises NotFetched.
    """
    folder = os.path.realpath(beside_of(".", beside))
    there = os.path.realpath(path)
    plain = os.path.normpath(Path(folder) / name)
    if there != plain and os.path.commonpath([folder, there]) != folder:
        raise NotFetched(f"{name!r} leads out of its folder through a link")
    if path.exists() and not path.is_file() and not path.is_dir():
        raise NotFetched(f"{name!r} is no ordinary file")


def beside_of(name: str, beside: str) -> Path:
    """The way to the file that the text called *beside* knows as *name*."""
    path = Path(name) if beside in ("<stdin>", "<string>") else Path(beside).parent / name
    return Path(os.path.normpath(path))
