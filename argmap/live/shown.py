"""A map as browsers are shown it, and what is wrong with it."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import Any

from attrs import evolve, frozen

from argmap import api
from argmap.formats import Fetch
from argmap.text import Severity, ordered


@frozen
class Shown:
    """What a browser is shown of a file: a page, a picture, and what is wrong.

    *page* is "" if there are errors. *picture* draws when it is asked for, and gives "" if there is
    no single one. *errors* and *warnings* are worded as `argmap check` does.
    """

    page: str = ""
    picture: Callable[[], str] = str
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether there is nothing to show but what is wrong."""
        return not self.page

    @classmethod
    def refused(cls, message: str) -> Shown:
        """That the file cannot be shown at all: *message* says why."""
        return cls(errors=(f"error: {message}",))


def drawn(
    path: str | os.PathLike[str],
    *,
    look: dict[str, Any],
    choice: dict[str, Any],
    fetch: Fetch = api.fetch,
) -> Shown:
    """The map, or the Markdown document, at *path*.

    *look* is for `Map.to_html`, *choice* for `Map.showing`; *fetch* gives the texts it names.

    Raises:
        OSError: the file cannot be read.
        ArgmapError: *look* or *choice* asks for what there is not.
    """
    told: dict[str, None] = {}
    source: api.Document | api.Map
    if api.is_document(path):
        document = api.read_document(path, fetch=fetch)
        source, failed = document, document.failed
        maps = document.maps
    else:
        reading = api.read(path, fetch=fetch)
        source = api.Map(reading.debate, reading.problems, reading.texts)
        failed = reading.failed
        if not failed:
            source = source.showing(**choice)
        maps = (source,)
    shown = Shown()
    if not failed:
        picture = _later(maps[0], look) if len(maps) == 1 else str
        shown = Shown(source.to_html(tell=told.setdefault, **look), picture)
    said: dict[Severity, list[str]] = {severity: [] for severity in Severity}
    for problem in ordered(source.problems, source.texts):
        said[problem.severity].append(problem.render(source.texts))
    doubts = [*said[Severity.WARNING], *(f"warning: {message}" for message in told)]
    return evolve(shown, errors=tuple(said[Severity.ERROR]), warnings=tuple(doubts))


def _later(whole: api.Map, look: dict[str, Any]) -> Callable[[], str]:
    """What draws *whole*, once, when it is asked for."""

    @functools.cache
    def picture() -> str:
        return whole.to_svg(**look)

    return picture
