"""``python -m argmap`` is the ``argmap`` command."""

from argmap.cli import main

main(prog_name="argmap")
