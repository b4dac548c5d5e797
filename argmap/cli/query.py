"""``argmap query``: the claims that fit."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.cli import files, reporting

if TYPE_CHECKING:
    from argmap.api import Document, Map

_LONGEST = 60  # characters of a query that a message repeats
_LEFT = "argmap query FILES 'speaker=Rumer and voice!=reported'"


def _print_fields(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Print every field with a sentence, and stop."""
    if not wanted or ctx.resilient_parsing:
        return
    from argmap import api

    rows = []
    for field in api.fields():
        name = "data.KEY" if field.name == "data" else field.name
        names = ", ".join((name, *field.aliases))
        choices = f": {', '.join(field.choices)}" if field.choices else ""
        rows.append((names, " ".join(field.sort.operators), f"{field.sentence}{choices}"))
    wide = [max(len(row[n]) for row in rows) for n in (0, 1)]
    lines = (f"{a:{wide[0]}}  {b:{wide[1]}}  {c}" for a, b, c in rows)
    files.put("\n".join(lines) + "\n")
    ctx.exit()


@click.command(
    epilog="""\b
Examples:
  argmap query debate.argdown 'speaker=Rumer and voice!=reported'
  argmap query debate.argdown 'under:"Free will" and (attacks or undercuts)'
  argmap query maps/ 'unanswered and kind=claim' -o open.csv
  argmap query --count maps/ 'link=clash'"""
)
@click.argument("names", metavar="FILES QUERY", nargs=-1)
@click.option(
    "-q", "--query", "asked", metavar="QUERY", help="The query; then all names are FILES."
)
@click.option("--count", is_flag=True, help="Print how many claims fit, and nothing else.")
@click.option(
    "--fields",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_fields,
    help="Print everything that can be asked for, and stop.",
)
@reporting.options
def query(
    names: tuple[str, ...],
    asked: str | None,
    count: bool,
    outputs: tuple[str, ...],
    format: str | None,
    **look: Any,
) -> None:
    """Find the claims of FILES that fit QUERY, in reading order.

    A query is a word to look for, or tests joined by and, or, not and parentheses, in quotation
    marks for the shell. A test is a field, an operator and a value: = is, != is not, : contains,
    !: does not, < <= > >= for numbers and dates; a field alone asks whether there is anything.
    A folder stands for the maps in it.
    """
    from argmap import api
    from argmap.errors import QueryError

    named, wanted = _apart(names, asked)
    if "" in named:
        raise click.UsageError("the name of a file or folder is empty")
    if count and (outputs or format):
        raise click.UsageError("--count prints a number, and writes no file and no format")
    if not count:
        reporting.check(outputs, format, "Found")
    refused: list[str] = []

    def refuse(message: str) -> None:
        files.say(f"argmap: {message}")
        refused.append(message)

    try:
        api.query((), wanted)  # a query that is none is said before anything is read
        listed = files.expanded(named, refuse)
        maps, failed = _maps(listed, refuse)
        found = api.query(maps, wanted)
    except QueryError as e:
        files.say(str(e))
        raise SystemExit(2) from None
    for doubt in found.doubts:
        files.say(doubt.render([found.text]))
    if count:
        files.put(f"{len(found)}\n")
    elif found.hits or outputs or format:
        read = [api.numbered(name)[0] for name in listed]
        reporting.deliver(found, outputs, format, read=read, **look)
    if maps and not found.hits:
        files.say(f"argmap: nothing fits {_short(found.query)}")
    if refused:
        raise SystemExit(2)
    if failed:
        raise SystemExit(1)


def _apart(names: Sequence[str], asked: str | None) -> tuple[Sequence[str], str]:
    """The names of files, and the query: the last of *names*, unless it is *asked* by option.

    Raises:
        click.UsageError: one of both is missing.
    """
    if asked is not None:
        if not names:
            raise click.UsageError(f"a map is missing: {_LEFT}")
        return names, asked
    if not names:
        raise click.UsageError(f"a map and a query are missing: {_LEFT}")
    *named, last = names
    if _is_there(last):
        raise click.UsageError(
            f"the query comes last, and {_short(last)!r} is a file or a folder: {_LEFT}; "
            "or give the query with -q"
        )
    if not named:
        raise click.UsageError(
            f"a map is missing before the query: argmap query FILES {shlex.quote(_short(last))}"
        )
    stray = next((n for n in named if not _is_there(n) and _looks_asked(n)), None)
    if stray is not None:
        raise click.UsageError(
            f"{_short(stray)!r} is no file: put the whole query in quotation marks, as in {_LEFT}"
        )
    return named, last


def _is_there(name: str) -> bool:
    """Whether *name* is standard input, or a file or folder that is there."""
    from argmap import api

    try:
        return name == "-" or (name != "" and Path(api.numbered(name)[0]).exists())
    except (OSError, ValueError):  # too long for a name, or a zero byte
        return False


def _looks_asked(name: str) -> bool:
    """Whether *name* is a piece of a query that the shell has taken apart."""
    return name.casefold() in ("and", "or", "not") or any(sign in name for sign in "=<>():")


def _short(said: str) -> str:
    """*said* as a message repeats it."""
    from argmap.text import printable

    said = printable(said)
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def _maps(
    names: Sequence[str], refuse: Callable[[str], object]
) -> tuple[list[Map | Document], bool]:
    """The maps and documents called *names*, and whether any of them has errors."""
    from argmap import api
    from argmap.text import Text

    maps: list[Map | Document] = []
    failed = False
    for name in names:
        try:
            read = files.either(name)
        except click.UsageError as e:
            refuse(e.message)
            continue
        files.show(read)
        failed = failed or read.failed
        if isinstance(read, api.Document):
            maps.append(read)
        else:
            numbered = api.numbered(name)[1] is not None  # the map is to be known by all its name
            texts = (Text(name, ""), *read.texts) if numbered else read.texts
            maps.append(api.Map(read.debate, read.problems, texts))
    return maps, failed
