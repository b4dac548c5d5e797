"""Themes in files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from argmap.api.files import bytes_of
from argmap.errors import ThemeError
from argmap.text import Problem, Span, decode

if TYPE_CHECKING:
    from argmap.render.theme import Theme

_MOST = 1_000_000  # bytes of a file with some forty colours


def load_theme(path: str | os.PathLike[str]) -> Theme:
    """The theme in the file at *path*, for whatever takes a ``theme``.

    Raises:
        ThemeError: the text has errors; all of them are in its ``problems``.
        OSError: the file cannot be read.
    """
    from argmap.render.theme_file import read_theme

    name = os.fspath(path)
    data = bytes_of(Path(path), ordinary=True)
    text, problems = decode(str(name), data)
    if len(data) > _MOST:
        span = Span(str(name), 0, 0)
        raise ThemeError([Problem("AM901", "this is too large for a theme", span)])
    if text is None:
        help = "a theme is a text in TOML; `argmap new school.toml` writes one"
        raise ThemeError([evolve(p, help=help) for p in problems])
    theme, problems = read_theme(text)
    if theme is None:
        raise ThemeError(problems, [text])
    return theme


def theme_of(asked: str | Theme) -> str | Theme:
    """*asked*; if it is the name of a file (``.toml``), the theme in it.

    Raises:
        ThemeError, OSError: as `load_theme`.
        UnknownName: there is no theme of that name.
    """
    from argmap.render.theme import resolved

    if isinstance(asked, str) and Path(asked).suffix.lower() == ".toml":
        return load_theme(asked)
    resolved(asked)
    return asked
