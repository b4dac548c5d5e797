"""``argmap completion``: make a shell complete argmap's words."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from argmap.cli import files


@click.command(
    epilog="""\b
Examples:
  argmap completion bash >> ~/.bashrc
  argmap completion fish > ~/.config/fish/completions/argmap.fish"""
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes SHELL complete argmap's commands and options."""
    from argmap.cli import main

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"argmap cannot complete words in {shell}")
    files.put(kind(main, {}, "argmap", "_ARGMAP_COMPLETE").source() + "\n")
