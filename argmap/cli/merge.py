"""``argmap merge``: put maps of several people together."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli import files, reporting

if TYPE_CHECKING:
    from argmap.api import Map, Merged
    from argmap.formats.written import Written

_FORMATS = {".argdown": "argdown", ".ad": "argdown", ".adown": "argdown", ".argdn": "argdown"}
_TOLD = 20  # proposals and conflicts that stand on the terminal


@click.command(
    epilog="""\b
Examples:
  argmap merge anna.argdown ben.argdown -o both.argdown
  argmap merge north=1/map.argdown south=2/map.argdown -o both.argdown --report merge.html
  argmap merge --base start.argdown anna.argdown ben.argdown -o both.argdown
  argmap merge anna.argdown ben.argdown --accept 1,3 -o both.argdown"""
)
@click.argument("names", metavar="FILES", nargs=-1, required=True)
@click.option("--base", metavar="FILE", help="The map that all began from: say what each changed.")
@click.option(
    "-o",
    "--output",
    default="-",
    metavar="PATH",
    help="Write the merged map there: .argdown or .json. [default: print it]",
)
@click.option(
    "--accept",
    multiple=True,
    metavar="WHICH",
    help='Fuse proposals: 1,3 by number, all, or "A=B" by title. May be given again.',
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="PATH",
    help="Write what became of each claim: .md .html .json .txt .csv. May be given again.",
)
@click.option(
    "--as",
    "speakers",
    multiple=True,
    metavar="NAME",
    help="Who contributes the first of FILES; given again, the next. Or write NAME=FILE.",
)
@click.option("--title", default="", help="The title of the merged map.")
@files.themed
def merge(
    names: tuple[str, ...],
    base: str | None,
    output: str,
    accept: tuple[str, ...],
    reports: tuple[str, ...],
    speakers: tuple[str, ...],
    title: str,
    theme: str,
) -> None:
    """Put the maps in FILES together as one map. Nothing is lost, and nothing joined by accident.

    The same title with the same words is one claim. A title that two use for different things is
    kept twice, with the contributor's name before it. What is probably the same is proposed, and
    fused only if you accept it. Every claim says in its braces who contributed it.

    A contributor is called as the speaker of the whole map, else as its file. The order of FILES
    makes no difference.
    """
    from argmap import api

    named = [_named(name) for name in names]
    if len(speakers) > len(named):
        raise click.UsageError(f"there are {len(speakers)} names for {len(named)} files")
    called = [given for given, _ in named]
    for n, speaker in enumerate(speakers):
        called[n] = speaker or called[n]
    paths = [path for _, path in named]
    _once([*paths, *([base] if base is not None else [])])
    _check(output, reports)
    maps = _read([*paths, *([base] if base is not None else [])])
    read = [t.name for m in maps for t in m.texts]
    began = maps.pop() if base is not None else None
    for path in (output, *reports):
        if path != "-":
            api.check_apart(Path(path), read)
    made = api.merge(maps, accept, called, base=began, title=title)
    written = _written(made, output)
    for loss in written.losses:
        files.say(f"argmap: warning: {loss}")
    if reports:
        reporting.deliver(made, reports, read=read, theme=theme)
    _tell(made, told=bool(reports))
    if output == "-":
        files.put(written.body, exact=True)
    else:
        api.write_whole(Path(output), written.body)


def _named(given: str) -> tuple[str, str]:
    """The name and the file in ``NAME=FILE``; a file that is called so is one."""
    name, sign, path = given.partition("=")
    if not sign or not name or not path or Path(given).exists():
        return "", given
    return name, path


def _once(paths: list[str]) -> None:
    seen: dict[str, str] = {}
    for path in paths:
        real = path if path == "-" else os.path.realpath(path)
        if real in seen:
            raise click.UsageError(f"{path} is given twice; each contributor has a file")
        seen[real] = path


def _check(output: str, reports: tuple[str, ...]) -> None:
    """Make sure that everything can be written, before any work is done."""
    from argmap import api

    if output != "-":
        _kind(output)
        api.check_folder(Path(output))
    if reports:
        reporting.check(reports, None, "Merged")
    real = [p if p == "-" else os.path.realpath(p) for p in (output, *reports)]
    if len(set(real)) < len(real):
        raise click.UsageError("the map and its reports are written to different places")


def _kind(output: str) -> str:
    """What is written to *output*."""
    if output == "-":
        return "argdown"
    suffix = Path(output).suffix.lower()
    if suffix == ".json":
        return "json"
    if suffix not in _FORMATS:
        raise click.UsageError(
            f"a merged map is written as .argdown or .json, not to {output}; "
            "`argmap render` draws it then"
        )
    return _FORMATS[suffix]


def _read(paths: list[str]) -> list[Map]:
    from argmap import api

    maps, failed = [], False
    for path in paths:
        reading = files.read(path)
        files.show(reading)
        failed = failed or reading.failed
        maps.append(api.Map(reading.debate, reading.problems, reading.texts))
    if failed:
        raise SystemExit(1)
    return maps


def _written(made: Merged, output: str) -> Written:
    from argmap.formats.written import Written

    if _kind(output) == "json":
        from argmap.formats import json

        return Written(json.write(made.debate))
    from argmap.formats.argdown.write import write

    return write(made.debate)


def _tell(made: Merged, *, told: bool) -> None:
    """Say what came of it, every proposal, and every conflict; only the first of very many."""
    from argmap.render.merge import brief, summary

    files.say(summary(made))
    lines = [*brief(made)]
    for line in lines[:_TOLD]:
        files.say(line)
    if len(lines) > _TOLD:
        where = "the report has all" if told else "--report merge.md lists all"
        files.say(f"… and {len(lines) - _TOLD} more; {where}")
