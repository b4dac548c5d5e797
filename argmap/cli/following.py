"""What commands that follow a file share: drawing it again and again, and saying so."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from argmap.cli import files
from argmap.errors import ArgmapError

if TYPE_CHECKING:
    from argmap.live import Watch

Say = Callable[[str], object]

WRONG = (click.UsageError, ArgmapError, OSError)
"""What may be wrong with a file or an option, and is no fault of ours."""


def watched(file: str, *also: str | None) -> Watch:
    """A watch on *file*, all that it names, and on what is *also* read.

    Raises:
        click.UsageError: it is no file that could change.
    """
    from argmap import api
    from argmap.live import Watch

    if file == "-":
        raise click.UsageError("standard input is read once; name a file")
    path = Path(api.numbered(file)[0])
    if path.exists() and not path.is_file() and not path.is_dir():
        raise click.UsageError(f"{file} is no ordinary file")
    return Watch(file, tuple(name for name in also if name))


def follow(
    watch: Watch, draw: Callable[[Say], str], begun: Callable[[], object] = bool
) -> NoReturn:
    """Draw now, and again whenever what is watched changes, until ^C.

    *draw* is given what takes messages, and gives in a few words what it has done. *begun* is
    called after the first time. Messages that were shown the last time are not shown again. What
    goes wrong at first is raised; later it is told.

    Raises:
        KeyboardInterrupt: that was it.
    """
    last: list[str] | None = None
    while True:
        heard: list[str] = []
        watch.begin()
        began = time.perf_counter()
        try:
            done = draw(heard.append)
        except WRONG as e:
            if last is None:
                raise
            heard.append(f"argmap: {why(e)}")
            done = "nothing drawn"
        took = time.perf_counter() - began
        for message in heard if heard != last else ():
            files.say(message)
        if last is None:
            begun()
        last = heard
        files.say(f"{time.strftime('%H:%M:%S')} {done} ({took:.2f} s)")
        watch.wait()


def why(e: Exception) -> str:
    """*e* in a sentence."""
    if isinstance(e, click.UsageError):
        return e.message
    strerror = getattr(e, "strerror", None)
    return strerror.lower() if strerror else str(e)
