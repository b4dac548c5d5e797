"""``argmap watch``: draw a map again whenever it changes."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import Any

import click

from argmap.cli import files, following, pictures, settings
from argmap.live import Watch
from argmap.text import listed


@click.command(
    epilog="""\b
Examples:
  argmap watch debate.argdown -o debate.svg
  argmap watch debate.argdown -o debate.html -o debate.txt --depth 2
  argmap watch notes.md -o notes.html"""
)
@click.argument("file", metavar="FILE")
@pictures.writing
def watch(file: str, **options: Any) -> None:
    """Draw the map in FILE, and again whenever it changes.

    It takes the options of `argmap render`, and at least one -o. Files that the map includes or
    joins are watched as well, also those that are missing. While there are errors, they are told,
    and what was written last stays. ^C ends it.
    """
    if not options["outputs"] or "-" in options["outputs"]:
        raise click.UsageError("name a file to write, as in -o map.svg")
    job = pictures.job(file, options)
    watch = following.watched(file, *settings.places(file, options["config"]))
    with contextlib.suppress(KeyboardInterrupt):
        files.say(f"watching {file} and what it names; ^C ends")
        following.follow(watch, partial(_draw, job, watch))


def _draw(job: pictures.Job, watch: Watch, say: following.Say) -> str:
    """Write everything, and say so; or say that all is as it was."""
    watch.look()
    paths = listed(list(dict.fromkeys(job.paths)))
    if job.draw(say=say, fetch=watch.fetch, apart=lambda: watch.names):
        return f"wrote {paths}"
    return f"nothing drawn; {paths} stayed as before"
