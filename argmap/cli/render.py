"""``argmap render``: draw a map, or print its outline."""

from __future__ import annotations

from typing import Any

import click

from argmap.cli import pictures


@click.command(
    epilog="""\b
Examples:
  argmap render rumer.argdown
  argmap render rumer.argdown -o rumer.svg -o rumer.json
  argmap render rumer.argdown --layout dot --direction right -o rumer.svg
  argmap render rumer.argdown -o rumer.html -o rumer.csv -o rumer.bib
  argmap render rumer.argdown --size 1920x1080 -o slide.png
  argmap render rumer.argdown --size a3 --tiles 2x1 -o poster.pdf
  argmap render notes.md -o notes.html
  argmap render rumer.argdown --theme print -o rumer.svg
  argmap render rumer.argdown --depth 2
  argmap render rumer.argdown --focus "China is the threat" -o threat.svg
  argmap render rumer.argdown --only voice=reported --only kind=objection
  argmap render debate.argdown --only links=cross --group author -o links.svg
  argmap render rumer.argdown --format argdown-svg -o rumer.svg
  argmap render - --format svg -o - < rumer.argdown > rumer.svg"""
)
@click.argument("file", metavar="FILE")
@pictures.writing
def render(file: str, **options: Any) -> None:
    """Draw the map in FILE, or print its outline.

    Without -o the outline is printed. A file is written whole or not at all. FILE may be a
    Markdown document with maps in it: notes.md, or notes.md#2 for its second map.
    """
    if not pictures.job(file, options).draw():
        raise SystemExit(1)
