"""``argmap convert``: write a map in another format, and say what that format cannot hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli import files

if TYPE_CHECKING:
    from argmap.formats.written import Written
    from argmap.model import Debate

_SUFFIXES = {"argdown": "argdown", "ad": "argdown", "adown": "argdown", "argdn": "argdown"}
_FORMATS = ("argdown", "json")


@click.command(
    epilog="""\b
Examples:
  argmap convert debate.json -o debate.argdown
  argmap convert debate.argdown -o debate.json
  argmap convert debate.json --format argdown > debate.argdown"""
)
@click.argument("file", metavar="FILE")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="PATH",
    help="Write there; the suffix (.argdown .json) chooses what. May be given again.",
)
@click.option("--format", type=click.Choice(_FORMATS), help="What to write, whatever the suffix.")
@click.option("--strict", is_flag=True, help="Write nothing if anything would be lost.")
def convert(file: str, outputs: tuple[str, ...], format: str | None, strict: bool) -> None:
    """Write the map in FILE in another format.

    What the format cannot hold is told, and nothing is lost without a word. Pictures are drawn by
    `argmap render`.
    """
    from argmap import api

    kinds = {path: _kind(path, format) for path in outputs or ("-",)}
    for path in outputs:
        if path != "-":
            api.check_folder(Path(path))
            if all(Path(p).exists() for p in (file, path)) and Path(path).samefile(file):
                raise click.UsageError(f"{path} is the map itself; write to another file")
    reading = files.read(file)
    files.show(reading)
    if reading.failed:
        raise SystemExit(1)
    made = {path: _written(reading.debate, kind) for path, kind in kinds.items()}
    losses = dict.fromkeys(loss for written in made.values() for loss in written.losses)
    for loss in losses:
        files.say(f"argmap: {'error' if strict else 'warning'}: {loss}")
    if losses and strict:
        raise SystemExit(1)
    for path, written in made.items():
        if path == "-":
            files.put(written.body, exact=True)
        else:
            api.write_whole(Path(path), written.body)


def _kind(path: str, format: str | None) -> str:
    """The format to write to *path*."""
    if format:
        return format
    if path == "-":
        return "argdown"
    suffix = Path(path).suffix.lower()[1:]
    kind = _SUFFIXES.get(suffix, suffix)
    if kind not in _FORMATS:
        known = ", ".join(f".{name}" for name in _FORMATS)
        raise click.UsageError(
            f"a map is converted to {known}, not to {path}; `argmap render` draws pictures"
        )
    return kind


def _written(debate: Debate, kind: str) -> Written:
    from argmap.formats.written import Written

    if kind == "argdown":
        from argmap.formats.argdown.write import write

        return write(debate)
    from argmap.formats import json

    return Written(json.write(debate))
