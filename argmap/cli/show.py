"""``argmap show``: a claim with its citation, and the paragraph that it is from."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli import files

if TYPE_CHECKING:
    from argmap.render.cards import Sheet

_KINDS = {"txt": "txt", "text": "txt", "md": "md", "markdown": "md", "html": "html", "htm": "html"}


@click.command(
    epilog="""\b
Examples:
  argmap show rumer.argdown Multiplier
  argmap show rumer.argdown Multiplier --context --texts readings
  argmap show rumer.argdown --texts readings -o cards.html
  argmap show rumer.argdown 1.2 1.3 --format md --texts readings"""
)
@click.argument("file", metavar="FILE")
@click.argument("titles", metavar="[TITLE]...", nargs=-1)
@click.option("--context", is_flag=True, help="Print the whole paragraph, the quotation marked.")
@click.option(
    "--texts",
    "folders",
    metavar="FOLDER",
    multiple=True,
    help="Where the texts are. May be given again. [default: the folder of FILE]",
)
@click.option(
    "-o",
    "--output",
    "outputs",
    metavar="PATH",
    multiple=True,
    help="Write cards there: .md, .html or .txt. They always have the paragraphs. "
    "May be given again.",
)
@click.option("--format", type=click.Choice(["txt", "md", "html"]), help="Whatever the suffix is.")
@files.themed
@click.option("--ascii", is_flag=True, help="Mark the quotation with >> and <<.")
def show(
    file: str,
    titles: tuple[str, ...],
    context: bool,
    folders: tuple[str, ...],
    outputs: tuple[str, ...],
    format: str | None,
    theme: str,
    ascii: bool,
) -> None:
    """Show the claims called TITLE: whose they are, the full citation, and the quotation.

    TITLE is [a claim], <an argument>, either without brackets, or a number in the map. Without
    one, everything in FILE is shown. As Markdown or HTML, each claim is a card: the claim, its
    citation, and the quotation in its paragraph.
    """
    from argmap import api
    from argmap.render import cards

    kinds = [(path, format or _kind(path)) for path in outputs or ("-",)]
    for path, _ in kinds:
        if path != "-":
            api.check_folder(Path(path))
    look = files.theme(theme)
    reading = files.read(file)
    files.show(reading)
    if reading.failed:
        raise SystemExit(1)
    whole = context or any(kind != "txt" for _, kind in kinds)
    beside = str(Path(api.numbered(file)[0]).parent) if file != "-" else "."
    shelf = files.shelf(folders or (beside,)) if whole else None
    made = api.sheets(reading.debate, titles, shelf)
    if whole:
        _tell_troubles(made)
    read = [*(t.name for t in reading.texts), *(shelf.names if shelf else ())]
    for path, _ in kinds:
        if path != "-":
            api.check_apart(Path(path), read)
    for path, kind in kinds:
        to_file = path != "-"
        if kind == "txt":
            columns = 80 if to_file else max(40, shutil.get_terminal_size((80, 24)).columns)
            plain = ascii or not (to_file or files.takes_unicode())
            body = cards.text(made, context=whole, columns=columns, ascii=plain)
        elif kind == "md":
            body = cards.markdown(made, title=reading.debate.title)
        else:
            body = cards.page(made, title=reading.debate.title, theme=look)
        if to_file:
            api.write_whole(Path(path), body)
        else:
            files.put(body, exact=kind != "txt")


def _kind(path: str) -> str:
    """What is written to *path*, by its suffix. Raises UnknownFormat."""
    from argmap.errors import UnknownFormat

    suffix = Path(path).suffix[1:].lower() if path != "-" else "txt"
    if suffix not in _KINDS:
        raise UnknownFormat(f"cards are written as .md, .html and .txt, not as .{suffix}")
    return _KINDS[suffix]


def _tell_troubles(made: list[Sheet]) -> None:
    """Say once for each text why its paragraphs are not there, and which quotations are not."""
    troubles = dict.fromkeys(c.trouble for s in made for c in s.cited if c.trouble)
    for trouble in troubles:
        files.say(f"argmap: warning: {trouble}")
    for s in made:
        for c in s.cited:
            if c.remark:
                files.say(f"argmap: warning: {s.ref} quotes “{c.citation.quote}”: {c.remark}")
