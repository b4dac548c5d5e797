"""``argmap matrix``: what each speaker says to each question of a debate."""

from __future__ import annotations

from typing import Any

import click

from argmap.cli import files, reporting

_PARTS = 3  # between commas, of a name


@click.command(
    epilog="""\b
Examples:
  argmap matrix debate.argdown
  argmap matrix debate.argdown --only Rumer,Shagina --quotes
  argmap matrix debate.argdown -o matrix.html -o matrix.xlsx
  argmap matrix debate.argdown --transpose --size a3 -o matrix.html"""
)
@click.argument("file", metavar="FILE")
@click.option(
    "--only",
    multiple=True,
    metavar="NAMES",
    help="Show these speakers only, in this order: Rumer,Shagina. May be given again.",
)
@click.option("--quotes", is_flag=True, help="Print what is quoted for each claim.")
@click.option(
    "--all", "whole", is_flag=True, help="Print what rests on a claim, not only count it."
)
@click.option("--transpose", is_flag=True, help="Give each speaker a row, each question a column.")
@reporting.options
def matrix(
    file: str,
    only: tuple[str, ...],
    outputs: tuple[str, ...],
    format: str | None,
    **options: Any,
) -> None:
    """Say what each speaker in FILE says to each question, and where they say nothing.

    A claim answers the question that it is named under first; what rests on it belongs there too.
    So every claim counts once. What belongs to no question is in the last row.
    """
    from argmap import api

    reporting.check(outputs, format, "Matrix")
    reading = files.read(file)
    files.show(reading)
    if reading.failed:
        raise SystemExit(1)
    names = {n.casefold() for s in reading.debate.speakers for n in (s.key, s.full)}
    speakers = [n for given in only for n in _names(given, names)]
    made = api.matrix(reading.debate, speakers=speakers)
    reporting.deliver(made, outputs, format, read=[t.name for t in reading.texts], **options)


def _names(given: str, known: set[str]) -> list[str]:
    """The names in *given*, between commas; one of the *known* that has commas itself is one."""
    parts = [name for n in given.split(",") if (name := n.strip())]
    found = []
    while parts:
        sizes = range(min(_PARTS, len(parts)), 1, -1)
        size = next((n for n in sizes if ", ".join(parts[:n]).casefold() in known), 1)
        found.append(", ".join(parts[:size]))
        del parts[:size]
    return found
