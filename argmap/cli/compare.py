"""``argmap compare``: two speakers of a debate side by side."""

from __future__ import annotations

from typing import Any

import click

from argmap.cli import files, reporting


@click.command(
    epilog="""\b
Examples:
  argmap compare debate.argdown Rumer Kaczmarski
  argmap compare debate.argdown Rumer Kaczmarski --quotes -o page.html
  argmap compare debate.argdown Rumer Kaczmarski --picture -o page.html
  argmap compare debate.argdown Rumer Kaczmarski -o both.svg -o both.json"""
)
@click.argument("file", metavar="DEBATE")
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@click.option("--quotes", is_flag=True, help="Print what is quoted for each claim.")
@click.option("--picture", is_flag=True, help="Begin a page with the picture.")
@reporting.options
def compare(
    file: str,
    left: str,
    right: str,
    outputs: tuple[str, ...],
    format: str | None,
    **options: Any,
) -> None:
    """Put two speakers in DEBATE side by side: A on the left, B on the right.

    What both grant, which facts they grant only to conclude opposite things, where they clash,
    where one grants a claim but not the step from it, where they talk past each other, and what
    each leaves unanswered. Every claim of both is there once, with its place; elsewhere its number
    stands for it. Links that are the mapper's reading are marked so. Nothing is linked that the
    map does not link.

    A and B are keys or full names, in small or large letters.
    """
    from argmap import api

    reporting.check(outputs, format, "Comparison")
    reading = files.read(file)
    files.show(reading)
    if reading.failed:
        raise SystemExit(1)
    made = api.compare(reading.debate, left, right)
    reporting.deliver(made, outputs, format, read=[t.name for t in reading.texts], **options)
