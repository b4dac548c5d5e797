"""``argmap explain``: why something is, or is not, in the map that Argdown's own tools make."""

from __future__ import annotations

import click

from argmap.cli import files, settings


@click.command(
    epilog="""\b
Examples:
  argmap explain debate.argdown "Later start"
  argmap explain debate.argdown "<Body clock>"
  argmap explain debate.argdown "Tired" --set selection.statementSelectionMode=all"""
)
@click.argument("file", metavar="FILE")
@click.argument("title", metavar="TITLE")
@settings.options
def explain(file: str, title: str, config: str | None, sets: tuple[str, ...]) -> None:
    """Say why the claim or argument called TITLE is in the map, or is not.

    The map is the one that Argdown's own tools make, which `--format argdown-svg` draws: it leaves
    out claims that have no title, for instance. TITLE is [a claim], <an argument>, or either
    without brackets.
    """
    from argmap.graph import explain as why

    reading = files.read(file)
    files.show(reading)
    if reading.failed:
        raise SystemExit(1)
    chosen = settings.chosen(reading.debate, file, config, sets)
    files.put(f"{why(reading.debate, chosen, title)}\n")
