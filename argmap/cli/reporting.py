"""What commands that print findings share: options for where and how, and writing them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import click

from argmap.cli import files

_Command = TypeVar("_Command", bound=Callable[..., Any])
NARROWEST = 20  # columns of text
_FORMATS = ("txt", "md", "html", "json", "csv", "xlsx", "svg", "png")
_SUFFIXES = MappingProxyType({"text": "txt", "markdown": "md", "htm": "html"})
_COUNTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"columns": ("txt",), "ascii": ("txt",), "theme": ("html", "svg", "png"), "size": ("html",)}
)
"""For which formats an option counts, where not for all."""

_OPTIONS = (
    (
        "--output",
        click.option(
            "-o",
            "--output",
            "outputs",
            multiple=True,
            metavar="PATH",
            help="Write there; the suffix (.txt .md .html .json .csv .xlsx) chooses what. "
            "May be given again.",
        ),
    ),
    (
        "--format",
        click.option(
            "--format",
            metavar="NAME",
            shell_complete=lambda _, __, begun: [f for f in _FORMATS if f.startswith(begun)],
            help="What to write, whatever the suffix is.",
        ),
    ),
    (
        "--columns",
        click.option(
            "--columns",
            type=click.IntRange(NARROWEST),
            help="How wide the text is. [default: the terminal]",
        ),
    ),
    (
        "--ascii",
        click.option("--ascii", is_flag=True, help="Print the text without Unicode lines."),
    ),
    ("--theme", files.themed),
    (
        "--size",
        click.option(
            "--size",
            default="",
            metavar="PAPER",
            help="What a page is printed on: a4, a3, letter, a4-landscape. [default: a4]",
        ),
    ),
)


def options(command: _Command) -> _Command:
    """Add what `deliver` takes: ``outputs``, ``format``, ``columns``, ``ascii``, ``theme`` and
    ``size``.
    """
    return options_but()(command)


def options_but(*names: str) -> Callable[[_Command], _Command]:
    """As `options`, without those called *names*, such as ``columns``, that a command has its own
    of.
    """
    left_out = {f"--{name}" for name in names}

    def add(command: _Command) -> _Command:
        for flag, option in reversed(_OPTIONS):
            command = command if flag in left_out else option(command)
        return command

    return add


def check(outputs: Sequence[str], format: str | None, of: str) -> None:
    """Make sure that values *of* a class can be written to *outputs*, before any work is done.

    Raises:
        UnknownFormat, CannotWrite, MissingExtra: with the reason.
    """
    from argmap import api

    for path, kind in _kinds(outputs, format, of):
        if path != "-":
            api.check_folder(Path(path))
        elif kind in ("xlsx", "png") and sys.stdout is not None and sys.stdout.isatty():
            raise click.UsageError(f"a terminal does not show .{kind}: write it to a file with -o")


def deliver(
    value: object,
    outputs: Sequence[str] = (),
    format: str | None = None,
    *,
    read: Iterable[str] = (),
    columns: int | None = None,
    ascii: bool = False,
    theme: str = "auto",
    size: str = "",
    **options: Any,
) -> None:
    """Write *value* to each of *outputs*, as its suffix or *format* says; to none or ``-``, print
    it as text.

    *read* are the files that it was made of, which are not written to. *options* are those of the
    value. Every file is written whole, and none if any of what is asked cannot be made.

    Raises:
        UnknownFormat, CannotWrite, MissingExtra, UnknownName, BadValue: with the reason.
    """
    from argmap import api

    name = type(value).__name__
    check(outputs, format, name)
    read = [n for n in read if n != "-"]
    kinds = _kinds(outputs, format, name)
    given = {"columns": columns, "ascii": ascii, "theme": theme != "auto", "size": size}
    for said in _in_vain({n for n, v in given.items() if v}, kinds):
        files.say(f"argmap: warning: {said}")
    made = []
    for path, kind in kinds:
        to_file = path != "-"
        if to_file:
            api.check_apart(Path(path), read)
        how: dict[str, Any] = {"theme": files.theme(theme), "size": size}
        if kind == "txt":
            terminal = max(40, shutil.get_terminal_size((80, 24)).columns)
            how["columns"] = columns or (80 if to_file else terminal)
            how["ascii"] = ascii or not (to_file or files.takes_unicode())
            how["colour"] = not to_file and files.takes_colour()
        made.append((path, kind, api.printed(value, kind, **how, **options)))
    for path, kind, body in made:
        if path == "-":
            files.put(body, exact=kind != "txt")
        else:
            api.write_whole(Path(path), body)


def _in_vain(given: set[str], kinds: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Which of the options *given* count for nothing that is written; and names that mislead."""
    from argmap.text import listed

    written = {kind for _, kind in kinds}
    for option, formats in _COUNTS.items():
        if option in given and written.isdisjoint(formats):
            yield f"--{option} counts for {listed([f'.{f}' for f in formats])} only"
    for path, kind in kinds:
        suffix = Path(path).suffix[1:].lower()
        if path != "-" and _SUFFIXES.get(suffix, suffix) != kind:
            yield f"{path} is written as {kind}, whatever its name says"


def _kinds(outputs: Sequence[str], format: str | None, of: str) -> list[tuple[str, str]]:
    """Each of *outputs* with the format that is written there. Raises UnknownFormat."""
    from argmap import api
    from argmap.errors import UnknownFormat

    found = []
    for path in outputs or ("-",):
        if not path:
            raise click.UsageError("-o takes the name of a file, or - for standard output")
        suffix = Path(path).suffix[1:] if path != "-" else "txt"
        if not (format or suffix):
            raise UnknownFormat(f"{path} has no suffix to say what to write: try {path}.html")
        found.append((path, api.check_printable(format or suffix, of)))
    return found
