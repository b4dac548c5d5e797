"""What commands that make Argdown's map share: settings from a file, and from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from argmap.cli import files

if TYPE_CHECKING:
    from argmap.model import Data, Debate, Value
    from argmap.settings import Settings

BESIDE = "argdown.config.json"
_Command = TypeVar("_Command", bound=Callable[..., Any])


def options(command: _Command) -> _Command:
    """Add ``--set`` and ``--config`` to *command*, as ``sets`` and ``config``."""
    command = click.option(
        "--set",
        "sets",
        multiple=True,
        metavar="KEY=VALUE",
        help="One of Argdown's settings, as map.statementLabelMode=text. May be given again.",
    )(command)
    return click.option(
        "--config",
        metavar="FILE",
        help=f"Take Argdown's settings from FILE. [default: {BESIDE} beside the map or here]",
    )(command)


def chosen(debate: Debate, name: str, config: str | None, sets: tuple[str, ...]) -> Settings:
    """The settings that count for *debate*, which is in the file called *name*.

    What is given on the command line goes before the frontmatter, and that before a file.

    Raises:
        BadValue: there is no such setting, or it does not take the value.
        click.UsageError: the file with settings cannot be read.
    """
    from argmap.model import NO_DATA
    from argmap.settings import merged, parse_flag, settings

    flags = NO_DATA
    for written in sets:
        flags = merged(flags, parse_flag(written))
    return settings(debate.front, _read(config, name), flags)


def places(name: str, config: str | None) -> tuple[str, ...]:
    """Where settings for the map in the file called *name* may be."""
    return (config,) if config else tuple(str(path) for path in _possible(name))


def _read(config: str | None, name: str) -> Data:
    """The settings in a file: the one that is named, or the one beside the map."""
    from argmap.model import NO_DATA, Data
    from argmap.settings import entries, findings
    from argmap.text import Severity

    path = Path(config) if config else _beside(name)
    if path is None:
        return NO_DATA
    if path.suffix == ".js":
        raise click.UsageError(f"{path} is a program; write its settings as JSON")
    try:
        said = json.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise click.UsageError(f"there is no file {path}") from None
    except OSError as e:
        raise click.UsageError(f"{path} cannot be read: {(e.strerror or str(e)).lower()}") from None
    except RecursionError:
        raise click.UsageError(f"{path} is nested too deeply") from None
    except ValueError as e:
        raise click.UsageError(f"{path} is not JSON: {e}") from None
    data = _data(said)
    if not isinstance(data, Data):
        raise click.UsageError(f"{path} holds no settings: write them as {{…}}")
    for found in findings(entries(data)):
        if found.severity is not Severity.NOTE:
            more = f"; {found.help}" if found.help else ""
            files.say(
                f"argmap: {path}: {found.severity.value}[{found.code}]: {found.message}{more}"
            )
    return data


def _beside(name: str) -> Path | None:
    """The file with settings in the folder of the map, or in the current one."""
    return next((path for path in _possible(name) if path.is_file()), None)


def _possible(name: str) -> list[Path]:
    folders = [Path(name).parent] if name != "-" else []
    return [folder / BESIDE for folder in (*folders, Path())]


def _data(value: Any) -> Value:
    from argmap.model import Data

    match value:
        case dict():
            return Data(tuple((key, _data(inner)) for key, inner in value.items()))
        case list():
            return tuple(map(_data, value))
        case _:
            plain: Value = value
            return plain
