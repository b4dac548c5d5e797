"""``argmap stats``: count what maps hold, and see what they leave out of the texts."""

from __future__ import annotations

import click

from argmap.cli import files


@click.command(
    epilog="""\b
Examples:
  argmap stats rumer.argdown
  argmap stats --texts readings maps/
  argmap stats --texts readings --format csv maps/ > counts.csv"""
)
@click.argument("names", metavar="FILES", nargs=-1, required=True)
@click.option(
    "--texts",
    "folders",
    metavar="FOLDER",
    multiple=True,
    help="See which paragraphs of the texts in FOLDER nothing cites. May be given again.",
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    help="For people, for spreadsheets, or for programs.",
)
def stats(names: tuple[str, ...], folders: tuple[str, ...], kind: str) -> None:
    """Count the claims, voices and sources in FILES, all of them together.

    A speaker's claims are those that they assert, hedge, ask or concede; what they report of
    others is counted apart. With --texts, every paragraph that nothing cites is listed with the
    reason: as the map gives it under `asides` of the source, or as its looks suggest. A position
    that is counted by itself is not counted again in a debate.
    """
    from argmap import api
    from argmap.render import counts

    refused: list[str] = []

    def refuse(message: str) -> None:
        files.say(f"argmap: {message}")
        refused.append(message)

    debates, failed = [], False
    for name in files.expanded(names, refuse):
        try:
            read = files.either(name)
        except click.UsageError as e:
            refuse(e.message)
            continue
        files.show(read)
        failed = failed or read.failed
        debates += (
            [m.debate for m in read.maps] if isinstance(read, api.Document) else [read.debate]
        )
    shelf = files.shelf(folders)
    found = api.counted(debates, shelf, lambda said: files.say(f"argmap: warning: {said}"))
    if debates:
        write = {"table": counts.table, "csv": counts.to_csv, "json": counts.to_json}[kind]
        files.put(write(found), exact=kind != "table")
    if refused:
        raise SystemExit(2)
    if failed:
        raise SystemExit(1)
