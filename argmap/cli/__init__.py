"""The ``argmap`` command: parse arguments, call the library, print.

Exit status: 0 done, 1 errors or findings in the input, 2 misuse. Results go to stdout or ``-o``,
messages to stderr. A command's code is imported when that command is asked for.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

import argmap

_COMMANDS = {
    "render": "Draw a map, or print its outline.",
    "check": "Say what is wrong in maps, and where.",
    "watch": "Draw a map again whenever it changes.",
    "serve": "Show a map in your browser while you write it.",
    "show": "Show a claim with its citation, in its paragraph; print cards.",
    "compare": "Put two speakers side by side: where they agree, clash, talk past each other.",
    "matrix": "Say what each speaker says to each question.",
    "flow": "Set answers opposite what they answer, speaker by speaker.",
    "query": "Find the claims that fit: by speaker, voice, place, link.",
    "diff": "Say what changed between two maps, also for git.",
    "merge": "Put maps of several people together.",
    "stats": "Count claims, voices and sources, and paragraphs left out.",
    "fmt": "Put maps in good order: indents, blank lines, signs.",
    "convert": "Write a map in another format.",
    "explain": "Say why something is, or is not, in Argdown's map.",
    "new": "Write a small map to begin with.",
    "completion": "Print what makes a shell complete argmap's words.",
}


class Commands(click.Group):
    """A group whose commands live in modules of their own, and whose errors are sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order a newcomer needs them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"argmap.cli.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; suggest the nearest if there is none."""
        name = args[0]
        if name not in _COMMANDS and not name.startswith("-"):
            from argmap.errors import guesses

            near = guesses(name, _COMMANDS)
            more = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(_COMMANDS)}"
            ctx.fail(f"no command is named {name!r}; {more}")
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run as a program; even help can meet a full disk."""
        gc.set_threshold(100_000, 20, 100)  # a large map is a million objects, few of them in rings
        try:
            return super().main(*args, **kwargs)
        except OSError as e:
            _let_go_of_stdout()
            _stop((e.strerror or str(e)).lower(), 2)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what goes wrong on purpose becomes a message and a status."""
        from argmap.errors import (
            ArgmapError,
            BadValue,
            CannotWrite,
            MissingExtra,
            UnknownFormat,
            UnknownName,
        )

        try:
            return super().invoke(ctx)
        except (BadValue, CannotWrite, MissingExtra, UnknownFormat, UnknownName) as e:
            _stop(str(e), 2)
        except ArgmapError as e:
            _stop(str(e), 1)
        except BrokenPipeError:  # the reader of a pipe had enough: not our error
            _let_go_of_stdout()
            ctx.exit(0)
        except OSError as e:
            _let_go_of_stdout()
            what = f"{e.filename}: " if e.filename else ""
            _stop(f"{what}{(e.strerror or str(e)).lower()}", 2)


def _let_go_of_stdout() -> None:
    """What it still holds cannot be written, and Python would complain of that at the end."""
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123


def _stop(message: str, status: int) -> NoReturn:
    click.echo(f"argmap: {message}", err=True)
    raise SystemExit(status)


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
)
@click.version_option(argmap.__version__, prog_name="argmap")
def main() -> None:
    """Argument maps of what your readings argue: plain text in, pictures out.

    \b
    Examples:
      argmap new debate.argdown               begin a map
      argmap render debate.argdown            print its outline
      argmap render debate.argdown -o map.svg draw it
      argmap check *.argdown                  say what is wrong, and where
      argmap compare debate.argdown Ana Tom   put two authors side by side

    FILE may be - for standard input, and -o - is standard output.
    """
