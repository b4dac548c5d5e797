"""``argmap diff``: what changed between two maps; also as git calls it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.cli import files, reporting

if TYPE_CHECKING:
    from argmap.model import Debate
    from argmap.text import Problem, Text

_BY_GIT = (7, 9)  # path old-file old-hex old-mode new-file new-hex new-mode [new-path message]
_NOWHERE = ("/dev/null", "nul")
_MOST = 5000  # lines of a text that is no map, which are then only counted


class _Command(click.Command):
    """A command that takes a name with a hyphen before it for one where git gives it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        by_git = "GIT_DIFF_PATH_COUNTER" in os.environ and len(args) in (1, *_BY_GIT)
        return super().parse_args(ctx, ["--", *args] if by_git else args)


@click.command(
    cls=_Command,
    epilog="""\b
Examples:
  argmap diff old.argdown new.argdown
  argmap diff old.argdown new.argdown -o changes.svg -o changes.md
  argmap diff "notes.md#1" "notes.md#2" --exit-code
  git show HEAD:debate.argdown | argmap diff - debate.argdown
  git config diff.argmap.command "argmap diff"
  echo "*.argdown diff=argmap" >> .gitattributes""",
)
@click.argument("names", metavar="OLD NEW", nargs=-1, required=True)
@click.option(
    "--exit-code", is_flag=True, help="Exit with 1 if anything changed, as git diff does."
)
@reporting.options
def diff(
    names: tuple[str, ...],
    exit_code: bool,
    outputs: tuple[str, ...],
    format: str | None,
    **options: Any,
) -> None:
    """Say what changed from the map OLD to the map NEW: what is new, gone, reworded, moved, said
    by another or in another voice, cited elsewhere.

    Either may be - for standard input, and a map in a Markdown document. As .svg, NEW is drawn
    with the changes written on its cards. Git can call this for `git diff`.
    """
    from argmap import api

    if _is_by_git(names):
        _for_git(names)
        return
    if len(names) != 2:
        raise click.UsageError("diff compares two maps: argmap diff OLD NEW")
    if names == ("-", "-"):
        raise click.UsageError("only one of the two can be standard input")
    reporting.check(outputs, format, "Diff")
    old, new = (files.read(n) for n in names)
    for reading in (old, new):
        files.show(reading)
    if old.failed or new.failed:
        raise SystemExit(1)
    made = api.diff(old.debate, new.debate)
    read = [t.name for r in (old, new) for t in r.texts]
    reporting.deliver(made, outputs, format, read=read, names=_called(names), **options)
    if exit_code and made:
        raise SystemExit(1)


def _called(names: Sequence[str]) -> tuple[str, str]:
    old, new = (files.STDIN if n == "-" else n for n in names)
    return old, new


# --- for git


def _is_by_git(names: Sequence[str]) -> bool:
    """Whether git calls us; for what is not merged yet, with nothing but its path."""
    return len(names) in _BY_GIT or (len(names) == 1 and "GIT_DIFF_PATH_COUNTER" in os.environ)


def _for_git(names: Sequence[str]) -> None:
    """Print what changed in one file. Git takes any status but 0 for a failure of its own.

    What the file names is looked for beside it in the working tree, since git gives the older text
    from a folder of its own.
    """
    from argmap import api
    from argmap.model import Debate

    path, *rest = names
    if not rest:
        files.put(f"{path} is not merged yet\n\n")
        return
    there = names[7] if len(names) == 9 else path
    try:
        if _is_other_mode(rest[2], rest[5]):
            files.put(f"{there} has the mode {rest[5]} instead of {rest[2]}\n\n")
            if Path(rest[0]).read_bytes() == Path(rest[3]).read_bytes():
                return
        old, new = _maps(rest[0], path), _maps(rest[3], there)
        if old is None or new is None or not (old or new):
            files.put(_lines(rest[0], path, rest[3], there))
            return
    except OSError as e:
        files.say(f"argmap: {path}: {(e.strerror or str(e)).lower()}")
        return
    many = max(len(old), len(new)) > 1
    for n, pair in enumerate(zip_longest(old, new, fillvalue=Debate()), start=1):
        made = api.diff(*pair)
        if made or not many:
            part = f"#{n}" if many else ""
            reporting.deliver(made, names=(f"{path}{part}", f"{there}{part}"))
            files.put("\n")


def _is_other_mode(old: str, new: str) -> bool:
    """Whether a file is run, or not, otherwise than before; what is not there has a dot."""
    return old != new and "." not in (old, new)


def _maps(file: str, path: str) -> list[Debate] | None:
    """The maps in *file*, which git knows as *path*; None if it is something else than a map.

    Their errors are told, and what can be read is taken.
    """
    from argmap import api

    if file in _NOWHERE:
        return []
    beside = partial(_fetch_beside, path)
    if api.is_document(path):
        document = api.read_document(file, fetch=beside)
        _tell_errors(document.problems if document.maps else (), (document.text,))
        return [m.debate for m in document.maps]
    suffix = Path(path).suffix.lower()
    if suffix not in (*files.SUFFIXES, ".json"):
        return None
    reading = api.read_bytes(Path(file).read_bytes(), path, fetch=api.fetch)
    if reading.failed and suffix == ".json":
        return None  # it is that of another program
    _tell_errors(reading.problems, reading.texts)
    if reading.failed and not (reading.debate.things or reading.debate.sections):
        return None
    return [reading.debate]


def _tell_errors(problems: Sequence[Problem], texts: Sequence[Text]) -> None:
    """Say why a map could not be read as a whole; what is only doubtful is for `argmap check`."""
    from argmap.text import Severity, report

    errors = [p for p in problems if p.severity is Severity.ERROR]
    if errors:
        files.say(report(errors, texts))


def _fetch_beside(path: str, name: str, _: str) -> Text:
    """The text that the one at *path* knows as *name*, wherever git has put that."""
    from argmap import api

    return api.fetch(name, path)


def _lines(old_file: str, old: str, new_file: str, new: str) -> str:
    """What changed in two files that are no maps, line by line."""
    import difflib

    before, after = (_text(f) for f in (old_file, new_file))
    if before is None or after is None or max(len(before), len(after)) > _MOST:
        return f"{new} changed\n\n"
    return "".join(
        line if line.endswith("\n") else f"{line}\n"
        for line in difflib.unified_diff(before, after, f"a/{old}", f"b/{new}")
    )


def _text(file: str) -> list[str] | None:
    """The lines of *file*; None if it is no text."""
    if file in _NOWHERE:
        return []
    try:
        return Path(file).read_text(encoding="utf-8").splitlines(keepends=True)
    except UnicodeDecodeError:
        return None
