"""``argmap serve``: show a map in a browser while it is written."""

from __future__ import annotations

import contextlib
import threading
from functools import partial
from pathlib import Path
from typing import Any

import click

from argmap.cli import files, following, pictures
from argmap.live import PORT, Board, Server, Shown, Watch, drawn
from argmap.text import quantity


@click.command(
    epilog="""\b
Examples:
  argmap serve debate.argdown --open
  argmap serve debate.argdown --port 0 --theme dark
  argmap serve debate.argdown --focus "Free will"
  argmap serve notes.md"""
)
@click.argument("file", metavar="FILE")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    metavar="PORT",
    show_default=True,
    help="Where on this machine; 0 is any port that is free.",
)
@click.option("--open", "opened", is_flag=True, help="Open the page in your browser.")
@pictures.drawing
def serve(file: str, port: int, opened: bool, **options: Any) -> None:
    """Show the map in FILE in your browser, and every change as soon as it is saved.

    The page stays where it is: zoom, step and focus are kept. Errors are shown on it, below the
    last picture that was without. Files that the map includes or joins are followed as well.

    Only browsers on this machine can see it. Three things are served: the page (/), its picture
    (/map.svg) and word of changes (/events); nothing else of the folder, or of the disk.
    ^C ends it.
    """
    asked = pictures.Asked.of(options)
    watch = following.watched(file)
    board = Board(Path(file).name)
    draw = partial(_draw, board, watch, asked)
    with contextlib.suppress(KeyboardInterrupt), Server(board, port) as server:
        following.follow(watch, draw, partial(_say_where, file, server, opened))


def _say_where(file: str, server: Server, opened: bool) -> None:
    what = "only on this machine; the page and its picture, nothing else of the folder"
    files.say(f"serving {file} at {server.url} ({what}); ^C ends")
    if opened:
        # some browsers are programs for a terminal, and come back when they are left
        threading.Thread(target=_open, args=(server.url,), daemon=True).start()


def _open(url: str) -> None:
    import webbrowser

    if not webbrowser.open(url):
        files.say(f"argmap: no browser was found; open {url} yourself")


def _draw(board: Board, watch: Watch, asked: pictures.Asked, say: following.Say) -> str:
    """Put what the file has become on *board*, and say what that is."""
    try:
        watch.look()
        shown = files.found(
            partial(drawn, look=asked.look, choice=asked.choice, fetch=watch.fetch), watch.name
        )
    except following.WRONG as e:
        board.show(Shown.refused(following.why(e)))
        raise
    board.show(shown)
    for problem in (*shown.errors, *shown.warnings):
        say(f"{problem}\n")
    if shown.failed:
        return f"{quantity(len(shown.errors), 'error')}, shown on the page"
    return "drawn"
