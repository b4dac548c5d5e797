"""``argmap flow``: what each speaker says, and opposite, what others answer."""

from __future__ import annotations

from typing import Any

import click

from argmap.cli import files, reporting

_DIGITS = 9


@click.command(
    epilog="""\b
Examples:
  argmap flow debate.argdown
  argmap flow debate.argdown --columns Bruce,Rumer,Duggal -o panel.html
  argmap flow round.argdown --by speech -o flow.html -o flow.csv
  argmap flow debate.argdown --reply Rumer"""
)
@click.argument("file", metavar="FILE")
@click.option(
    "--columns",
    "named",
    multiple=True,
    metavar="NAMES",
    help="Show these columns only, in this order: Bruce,Rumer. May be given again. A number is "
    "how wide the text is. [default: all; the terminal]",
)
@click.option(
    "--by",
    type=click.Choice(["speaker", "speech"]),
    default="speaker",
    show_default=True,
    help="Give each speaker a column, or each speech.",
)
@click.option("--reply", default="", metavar="SPEAKER", help="List what SPEAKER may reply to.")
@reporting.options_but("columns")
def flow(
    file: str,
    named: tuple[str, ...],
    by: str,
    reply: str,
    outputs: tuple[str, ...],
    format: str | None,
    **options: Any,
) -> None:
    """Set answers in FILE opposite what they answer, and mark what nobody answers.

    Each row begins with a point; what is given for it stands below it, and what others answer
    beside it. The rule for what is marked is printed with the sheet. The speech of a claim is its
    key `speech`, or that of its heading; `speeches` in the frontmatter gives their order.
    """
    from argmap import api
    from argmap.errors import UnknownName

    reporting.check(outputs, format, "Flow")
    reading = files.read(file)
    files.show(reading)
    if reading.failed:
        raise SystemExit(1)
    widths = [n for n in named if _width(n) >= reporting.NARROWEST]
    columns = [n for n in named if n not in widths]
    try:
        made = api.flow(reading.debate, columns=columns, by=by, reply=reply)
    except UnknownName as e:
        if 0 <= _width(e.name) < reporting.NARROWEST:
            raise click.UsageError(
                f"{e}; as a width, --columns is at least {reporting.NARROWEST}"
            ) from None
        raise
    width = _width(widths[-1]) if widths else None
    read = [t.name for t in reading.texts]
    reporting.deliver(made, outputs, format, read=read, columns=width, **options)


def _width(name: str) -> int:
    """How wide text is to be, if *name* is a number; else -1."""
    digits = name.strip()
    # more digits than that are no width, and Python does not read very many of them
    return int(digits[:_DIGITS]) if digits.isdecimal() else -1
