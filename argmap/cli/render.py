"""``argmap render``: draw a map, or print its outline."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.cli import files, settings

if TYPE_CHECKING:
    pass

_PICTURE = ("layout", "direction", "card_width", "size", "sources", "theme", "tell")
_AS_ARGDOWN = ("argdown-svg", "argdown-dot", "graphml", "argdown-html", "argdown-json")


def _formats(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """What a shell offers after ``--format``."""
    from argmap import api

    return [name for name in api.WRITERS if name.startswith(incomplete)]


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
  argmap render rumer.argdown --format argdown-svg -o rumer.svg
  argmap render - --format svg -o - < rumer.argdown > rumer.svg"""
)
@click.argument("file", metavar="FILE")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    metavar="PATH",
    help="Write there; the suffix (.svg .png .pdf .html .md .mmd .txt .csv .bib .json .dot "
    ".graphml .argdown) chooses what. May be given again.",
)
@click.option(
    "--format",
    metavar="NAME",
    shell_complete=_formats,
    help="What to write, whatever the suffix is; also csl-json. As Argdown's own tools do: "
    "argdown-svg, argdown-dot, argdown-html, argdown-json.",
)
@click.option(
    "--layout",
    type=click.Choice(["auto", "tree", "dot"]),
    default="auto",
    help="Our own trees, or Graphviz with every link drawn.",
)
@click.option(
    "--direction",
    type=click.Choice(["auto", "down", "right"]),
    default="auto",
    help="Where reasons stand: below a claim, or to its right.",
)
@click.option(
    "--width",
    "card_width",
    type=click.FloatRange(140, 600),
    metavar="POINTS",
    help="How wide cards are. [default: what gives the largest type]",
)
@click.option(
    "--size",
    default="",
    metavar="SIZE",
    help="What the picture is read on: a4, a3, letter, 1280x720, 297x210mm; a .png or .pdf is "
    "exactly so large. [default: 1920x1080; of a .pdf, a4]",
)
@click.option(
    "--scale",
    type=click.FloatRange(0.05, 20),
    metavar="FACTOR",
    help="How many pixels of a .png are a point of the picture. [default: 2; with --size, 1]",
)
@click.option(
    "--tiles",
    default="",
    metavar="COLSxROWS",
    help="Spread a .pdf over so many sheets, as in 2x1; auto takes as few as can be read.",
)
@click.option(
    "--pages",
    type=click.Choice(["whole", "branches"]),
    default="whole",
    help="Whether a .pdf has one page, or one for every branch after an overview.",
)
@click.option("--no-sources", is_flag=True, help="Do not print on cards where a claim stands.")
@click.option("--theme", type=click.Choice(["auto", "light", "dark"]), default="auto")
@click.option("--depth", type=click.IntRange(1), help="How many levels are shown.")
@click.option(
    "--focus", default="", metavar="TITLE", help="Show one claim, with what it is joined with."
)
@click.option(
    "--only",
    multiple=True,
    metavar="WHAT=VALUE",
    help="Show what fits: author=Rumer, voice=hedged, kind=objection, tag=trade, section=Trade, "
    "issue=Trade, links=cross. May be given again.",
)
@click.option(
    "--group",
    type=click.Choice(["author", "issue", "section"]),
    default=None,
    help="Frame what belongs together.",
)
@click.option(
    "--columns", type=click.IntRange(20), help="How wide the outline is. [default: the terminal]"
)
@click.option("--ascii", is_flag=True, help="Draw the outline without Unicode lines.")
@settings.options
def render(
    file: str,
    outputs: tuple[str, ...],
    format: str | None,
    layout: str,
    direction: str,
    card_width: float | None,
    size: str,
    scale: float | None,
    tiles: str,
    pages: str,
    no_sources: bool,
    theme: str,
    depth: int | None,
    focus: str,
    only: tuple[str, ...],
    group: str | None,
    columns: int | None,
    ascii: bool,
    config: str | None,
    sets: tuple[str, ...],
) -> None:
    """Draw the map in FILE, or print its outline.

    Without -o the outline is printed. A file is written whole or not at all. FILE may be a
    Markdown document with maps in it: notes.md, or notes.md#2 for its second map.
    """
    from argmap import api

    pictures: dict[str, Any] = {
        "layout": layout,
        "direction": direction,
        "card_width": card_width,
        "size": size,
        "sources": not no_sources,
        "theme": theme,
        "tell": _warn,
        "scale": scale,
        "tiles": tiles,
        "pages": pages,
    }
    choice: dict[str, Any] = {
        "depth": depth,
        "focus": focus,
        "only": _only(only),
        "group": group or "",
    }
    kind_of = api.document_format_of if api.is_document(file) else api.format_of
    kinds = [  # what cannot be written is said before any work is done
        (path, kind_of(Path(path), format or ("txt" if path == "-" else "")))
        for path in outputs or ("-",)
    ]
    for path, kind in kinds:
        api.ready(kind)
        if path == "-" and kind in api.BINARY and sys.stdout is not None and sys.stdout.isatty():
            raise click.UsageError(
                f"{kind.upper()} is not for a terminal: write it with -o map.{kind}, or send it on "
                "with >"
            )
    for given, what in ((scale, "png"), (tiles, "pdf"), (pages != "whole", "pdf")):
        if given and all(kind != what for _, kind in kinds):
            option = "--scale" if what == "png" else "--tiles" if tiles else "--pages"
            _warn(f"{option} counts for .{what} only")
    for path in outputs:
        if path != "-":
            api.check_folder(Path(path))
            if all(Path(p).exists() for p in (file, path)) and Path(path).samefile(file):
                what = "document" if api.is_document(file) else "map"
                raise click.UsageError(f"{path} is the {what} itself; write to another file")
    document = loaded = None
    if api.is_document(file) and any(kind in api.WHOLE for _, kind in kinds):
        document = files.document(file)
        files.show(document)
        if document.failed:
            raise SystemExit(1)
    if document is None or any(kind not in api.WHOLE for _, kind in kinds):
        reading = files.read(file)
        if document is None or reading.failed:
            files.show(reading)
        if reading.failed:
            raise SystemExit(1)
        loaded = api.Map(reading.debate, reading.problems, reading.texts).showing(**choice)
        if any(kind in _AS_ARGDOWN for _, kind in kinds):
            pictures["settings"] = settings.chosen(reading.debate, file, config, sets)
    if (sets or config) and all(kind not in _AS_ARGDOWN for _, kind in kinds):
        _warn(f"--set and --config count for {', '.join(_AS_ARGDOWN)} only")
    for path, kind in kinds:
        options = _options(kind, pictures, depth, columns, ascii, to_file=path != "-")
        if document and kind in api.WHOLE:
            if path != "-":
                document.render(path, format=kind, **options)
            elif kind == "txt":
                files.put(document.outline(**options))
            else:
                made = document.to_html if kind == "html" else document.to_markdown
                files.put(made(**options), exact=True)
        elif loaded and path == "-":
            files.put(api.WRITERS[kind](loaded, options), exact=kind != "txt")
        elif loaded:
            api.write_whole(Path(path), api.WRITERS[kind](loaded, options))


def _only(pairs: tuple[str, ...]) -> dict[str, list[str]]:
    """What ``--only`` was given, by what it is about."""
    found: dict[str, list[str]] = {}
    for pair in pairs:
        what, equals, value = pair.partition("=")
        if not (what and equals and value):
            raise click.UsageError(f"--only takes WHAT=VALUE, as in author=Rumer, not {pair!r}")
        found.setdefault(what.strip(), []).append(value.strip())
    return found


def _warn(message: str) -> None:
    files.say(f"argmap: warning: {message}")


def _options(
    kind: str,
    pictures: dict[str, Any],
    depth: int | None,
    columns: int | None,
    ascii: bool,
    *,
    to_file: bool,
) -> dict[str, Any]:
    """What of the command's options the format *kind* takes."""
    match kind:
        case "svg" | "html" | "md":  # .md of a document: that of a map is a list
            return {key: pictures[key] for key in _PICTURE}
        case "png":
            return {key: pictures[key] for key in (*_PICTURE, "scale")}
        case "pdf":
            return {key: pictures[key] for key in (*_PICTURE, "tiles", "pages")}
        case "mmd":
            return {"direction": pictures["direction"], "tell": _warn}
        case "argdown":
            return {"tell": _warn}
        case "argdown-svg":
            return {"settings": pictures["settings"], "tell": _warn}
        case "argdown-dot" | "argdown-html" | "argdown-json" | "graphml":
            return {"settings": pictures["settings"]}
        case "dot":
            return {"direction": pictures["direction"]}
        case "txt":
            terminal = 80
            if sys.stdout is not None and sys.stdout.isatty():
                terminal = max(20, shutil.get_terminal_size((80, 24)).columns)
            return {
                "columns": columns or (80 if to_file else terminal),
                "depth": depth,
                "ascii": ascii or not (to_file or files.takes_unicode()),
                "colour": not to_file and files.takes_colour(),
            }
        case _:
            return {}
