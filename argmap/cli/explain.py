"""``argmap explain``: why something is, or is not, in the map that Argdown's own tools make."""

from __future__ import annotations

import click

from argmap.cli import files, settings


@click.command(
    epilog="""\b
Examples:
  argmap explain debate.argdown
  argmap explain debate.argdown "Later start"
  argmap explain debate.argdown "<Body clock>"
  argmap explain debate.argdown "Tired" --set selection.statementSelectionMode=all"""
)
@click.argument("file", metavar="FILE")
@click.argument("title", metavar="[TITLE]", required=False)
@settings.options
def explain(file: str, title: str | None, config: str | None, sets: tuple[str, ...]) -> None:
    """Say why the claim or argument called TITLE is in the map, or is not.

    The map is the one that Argdown's own tools make, which `--format argdown-svg` draws: it leaves
    out premises that have no title, for instance. TITLE is [a claim], <an argument>, either
    without brackets, or the words of a claim. Without TITLE, all that is left out is listed.
    """
    from argmap.graph import explain as why
    from argmap.graph import left_out

    reading = files.read(file)
    files.show(reading)
    if reading.failed:
        raise SystemExit(1)
    chosen = settings.chosen(reading.debate, file, config, sets)
    if title is not None:
        files.put(f"{why(reading.debate, chosen, title)}\n")
        return
    found = left_out(reading.debate, chosen)
    for explanation in found:
        files.put(f"{explanation.sentences[0]}\n")
    if not found:
        files.say("nothing is left out of the map")
