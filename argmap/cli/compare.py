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
@click.argument("right", metavar="B", required=False)
@click.option("--quotes", is_flag=True, help="Print what is quoted for each claim.")
@click.option("--picture", is_flag=True, help="Begin a page with the picture.")
@reporting.options
def compare(
    file: str,
    left: str,
    right: str | None,
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

    A and B are keys or full names, in small or large letters. With -o, the suffix chooses what is
    written: .txt .md .html .csv .xlsx .json, and .svg .png for the picture.
    """
    from argmap import api

    if right is None:
        raise click.UsageError(_two_names(file, left))
    reporting.check(outputs, format, "Comparison")
    reading = files.read(file)
    files.show(reading)
    if reading.failed:
        raise SystemExit(1)
    made = api.compare(reading.debate, left, right)
    reporting.deliver(made, outputs, format, read=[t.name for t in reading.texts], **options)


def _two_names(file: str, other: str) -> str:
    """What is missing, and what to write."""
    if other.endswith(files.SUFFIXES):
        return (
            f"one map and two names are wanted, not two maps: write a debate with  "
            f"positions: [{file}, {other}]  in its frontmatter, and compare who speaks in it"
        )
    return f"whom is {other} to be compared with? argmap compare DEBATE A B"
