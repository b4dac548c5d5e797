"""What the commands share: reading a named file or standard input, and showing problems."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from argmap.api import Document, Shelf
    from argmap.formats import Fetch, Reading
    from argmap.render.theme import Theme

STDIN = "<stdin>"
SUFFIXES = (".argdown", ".ad", ".adown", ".argdn")


def read(name: str, fetch: Fetch | None = None) -> Reading:
    """Read the map called *name*; ``-`` is standard input. *fetch* gives the texts it names.

    Raises:
        click.UsageError: there is no such file, or it cannot be read.
    """
    from argmap import api
    from argmap.errors import UnknownName

    if name == "-":
        if sys.stdin is None:
            raise click.UsageError("there is no standard input to read")
        return api.read_bytes(sys.stdin.buffer.read(), STDIN)
    try:
        return found(partial(api.read, fetch=fetch or api.fetch), name)
    except UnknownName as e:
        raise click.UsageError(str(e)) from None


def document(name: str, fetch: Fetch | None = None) -> Document:
    """The Markdown document called *name*, with all its maps. Raises UsageError as `read` does."""
    from argmap import api

    return found(partial(api.read_document, fetch=fetch or api.fetch), name)


def either(name: str) -> Reading | Document:
    """The map called *name*, or the whole document. Raises UsageError as `read` does."""
    from argmap import api

    return document(name) if api.is_document(name) else read(name)


def shelf(folders: Sequence[str]) -> Shelf | None:
    """The texts in *folders*; None if there are none. Raises UsageError."""
    from argmap import api

    try:
        return api.shelf(folders) if folders else None
    except NotADirectoryError as e:
        raise click.UsageError(f"there is no folder {e.filename}") from None


def theme(name: str) -> str | Theme:
    """The theme that ``--theme`` asks for: a name, or the file of one (``.toml``).

    Raises:
        UnknownName: there is no theme of that name.
        click.UsageError: there is no such file, or it cannot be read.
    """
    from argmap import api
    from argmap.errors import ThemeError

    try:
        return found(lambda path: api.theme_of(str(path)), name)
    except ThemeError as e:
        say(str(e))
        raise SystemExit(1) from None


def themes(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """What a shell offers after ``--theme``: the names, then files."""
    from click.shell_completion import CompletionItem

    names = [n for n in ("auto", "light", "dark", "print") if n.startswith(incomplete)]
    named = [CompletionItem(n) for n in names]
    return named or [CompletionItem(incomplete, type="file")]


themed = click.option(
    "--theme",
    default="auto",
    metavar="NAME",
    shell_complete=themes,
    help="auto (as the reader's screen is set), light, dark, print (black and white), or a file "
    "of colours: school.toml.",
)
"""The option ``--theme``."""


def expanded(names: Iterable[str], refuse: Callable[[str], object]) -> list[str]:
    """The files that are named, and the maps in the folders that are, each once.

    *refuse* hears of a folder without a map.
    """
    listed: dict[str, None] = {}
    for name in names:
        folder = Path(name)
        if name == "-" or not folder.is_dir():
            listed[name] = None
            continue
        below = sorted(
            path
            for path in folder.rglob("*")
            if path.suffix.lower() in SUFFIXES
            and not any(part.startswith(".") for part in path.relative_to(folder).parts)
            and path.is_file()
        )
        if not below:
            refuse(f"there is no map in the folder {name}; maps end in {', '.join(SUFFIXES)}")
        listed.update((str(path), None) for path in below)
    return list(listed)


_Found = TypeVar("_Found")


def found(read: Callable[[Path], _Found], name: str) -> _Found:
    """What *read* gives for *name*; what may be wrong with the file is said."""
    from argmap import api
    from argmap.errors import guesses

    path = Path(api.numbered(name)[0])
    try:
        return read(Path(name))
    except FileNotFoundError:
        there = [str(p) for p in path.parent.glob("*")] if path.parent.is_dir() else []
        near = guesses(str(path), there)
        hint = f"; did you mean {near[0]}?" if near and near[0] != str(path) else ""
        raise click.UsageError(f"there is no file {name}{hint}") from None
    except IsADirectoryError:
        raise click.UsageError(f"{name} is a folder; name a file in it") from None
    except OSError as e:
        if path.is_dir():
            raise click.UsageError(f"{name} is a folder; name a file in it") from None
        why = (e.strerror or str(e)).lower()
        raise click.UsageError(f"{name} cannot be read: {why}") from None


def say(message: str) -> None:
    """Print a message for people to stderr, whatever its encoding can hold."""
    if sys.stderr is None:
        return
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    click.echo(message.encode(encoding, "replace").decode(encoding), err=True)


def show(reading: Reading | Document, say: Callable[[str], object] = say) -> None:
    """Print what is wrong or doubtful in *reading*, but no mere notes, to stderr."""
    from argmap.text import Severity, report

    told = [p for p in reading.problems if p.severity is not Severity.NOTE]
    if told:
        say(report(told, reading.texts))


def put(body: str | bytes, *, exact: bool = False) -> None:
    """Print a result to stdout. What its encoding cannot hold is a question mark; an *exact* result
    is for programs, and is UTF-8 whatever the encoding is.

    Raises:
        CannotWrite: there is no stdout.
    """
    out = sys.stdout
    if out is None:
        from argmap.errors import CannotWrite

        raise CannotWrite("there is no standard output to write to")
    if isinstance(body, bytes) or (exact and hasattr(out, "buffer")):
        out.flush()
        out.buffer.write(body.encode("utf-8") if isinstance(body, str) else body)
    else:
        encoding = getattr(out, "encoding", None) or "utf-8"
        out.write(body.encode(encoding, "replace").decode(encoding))
    out.flush()


def takes_unicode() -> bool:
    """Whether stdout can show the lines and arrows of an outline."""
    try:
        "├│└┌⇄↻⇒→…—¶".encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def takes_colour() -> bool:
    """Whether stdout is to be coloured (https://no-color.org and FORCE_COLOR)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
