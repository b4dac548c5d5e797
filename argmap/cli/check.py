"""``argmap check``: say what is wrong in maps, and where."""

from __future__ import annotations

import sys
from collections import Counter

import click

from argmap.cli import files
from argmap.text import Problem, Severity, ordered

_MANY = 8  # files from which on a bar shows how far it got


@click.command(
    epilog="""\b
Examples:
  argmap check rumer.argdown
  argmap check --brief maps/*.argdown
  argmap check --strict debate.argdown
  cat rumer.argdown | argmap check -"""
)
@click.argument("names", metavar="FILES", nargs=-1, required=True)
@click.option("--brief", is_flag=True, help="One line each, as editors read it.")
@click.option("--strict", is_flag=True, help="What other Argdown tools refuse is an error.")
def check(names: tuple[str, ...], brief: bool, strict: bool) -> None:
    """Say what is wrong in FILES, and where.

    The exit status is 0 if nothing is, 1 if there are errors or warnings, 2 if a file cannot be
    read at all. Notes are shown, and are no reason to fail. A file without an error under --strict
    opens in every Argdown tool.
    """
    from argmap.api import is_document
    from argmap.formats.argdown.strict import strictly

    found: Counter[Severity] = Counter()
    shown: set[str] = set()
    bar = len(names) > _MANY and sys.stderr is not None and sys.stderr.isatty()
    unread = 0
    with click.progressbar(names, label="Checking", file=sys.stderr, hidden=not bar) as each:
        for name in each:
            try:
                reading = files.document(name) if is_document(name) else files.read(name)
            except click.UsageError as e:
                files.say(f"argmap: {e.message}")
                unread += 1
                continue
            fresh: list[Problem] = []
            problems = strictly(reading.problems) if strict else reading.problems
            for p in ordered(problems, reading.texts):
                text = p.brief(reading.texts) if brief else p.render(reading.texts)
                if text not in shown:  # a position's problems are those of its debate too
                    shown.add(text)
                    fresh.append(p)
                    files.put(text + ("\n" if brief else "\n\n"))
            found.update(p.severity for p in fresh)
    if unread < len(names):
        files.say(_summary(found, len(names) - unread))
    if unread:
        raise SystemExit(2)
    if found[Severity.ERROR] or found[Severity.WARNING]:
        raise SystemExit(1)


def _summary(found: Counter[Severity], n: int) -> str:
    """What was found, in a few words."""
    counts = [
        f"{found[s]} {s.value}{'' if found[s] == 1 else 's'}" for s in Severity if found[s]
    ] or ["no problems"]
    return f"{', '.join(counts)} in {n} file{'' if n == 1 else 's'}"
