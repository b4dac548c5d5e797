"""``argmap new``: write a small map to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from argmap.cli import files

EXAMPLE = """\
===
title: Should the school day start later?
speaker: {name: Ana Keller, role: sleep researcher}
source: {key: Town hall, title: Report of the town hall on start times, date: 2024-03-02}
===

// Lines that begin with two slashes are for you: argmap does not read them.

// A claim has a [title] and, after a colon, its words. In braces stands where it was said (at),
// and a few words that can be found there (quote).

[Later start]: School should begin at nine. {at: ¶4, quote: "begin at nine"}
  // Directly below it, indented: + is a reason for it, - an objection.
  + [Tired]: Teenagers come to the first lesson tired. {at: ¶5}
  - [Buses]: The buses could not cope. {at: ¶6, voice: reported, of: the bus company}
    - [Two runs]: Two shorter runs would do. {at: ¶6, voice: hedged}

// Reasons that work only together are numbered, with a line of hyphens before what follows.

<Body clock>

(1) In the teens, the body clock runs late. {at: ¶5}
(2) Whoever falls asleep late and gets up early is tired. {at: ¶5, unstated: true}
----
(3) [Tired]
"""


@click.command(
    epilog="""\b
Examples:
  argmap new debate.argdown
  argmap render debate.argdown -o debate.svg
  argmap new school.toml"""
)
@click.argument("file", metavar="FILE")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def new(file: str, force: bool) -> None:
    """Write a small map with comments to FILE, to begin with.

    If FILE ends in .toml, write a theme: colours for maps, with comments.
    """
    from argmap import api

    if file == "-":
        files.put(EXAMPLE)
        return
    path = Path(file)
    if path.suffix.lower() in (".svg", ".dot", ".gv", ".json", ".png", ".pdf"):
        raise click.UsageError(f"a map is text: name it {path.with_suffix('.argdown')}")
    if path.exists() and not force:
        raise click.UsageError(f"{file} is there already; choose another name, or --force")
    if path.suffix.lower() == ".toml":
        from argmap.render.theme_file import starting_theme

        api.write_whole(path, starting_theme())
        files.say(f"wrote {file}; draw with it: argmap render MAP --theme {file} -o map.svg")
        return
    api.write_whole(path, EXAMPLE)
    files.say(f"wrote {file}; draw it with: argmap render {file} -o {path.with_suffix('.svg')}")
