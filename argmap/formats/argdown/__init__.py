"""Argdown, the native format: text to tokens (`scan`), to a tree (`parse`), to a debate (`build`).

The language is described at https://argdown.org/syntax/.
"""

from __future__ import annotations

from argmap.formats.argdown.build import Build
from argmap.formats.argdown.include import woven
from argmap.formats.argdown.named import check_names
from argmap.formats.argdown.parse import parse
from argmap.formats.reading import Context, Reading
from argmap.text import Problems, Text

__all__ = ["parse", "read"]


def read(text: Text, context: Context) -> Reading:
    """The debate in *text*, as far as it can be read, and every problem found."""
    problems = Problems()
    whole, included = woven(text, context.fetch, problems)
    tree = parse(whole, problems)
    if not tree.blocks and not problems.found and not (tree.front and tree.front.get("positions")):
        help = "write a claim, for example  [Thesis]: School should begin at nine."
        at = len(text.body.rstrip()) if tree.front else 0
        problems.doubt("AM004", "there is nothing in this text yet", text.span(at, at), help)
    build = Build(text, context, problems=problems, texts=[text, *included])
    build.tree(tree)
    debate = build.builder.build()
    if tree.front is not None:
        check_names(tree.front, debate, problems)
    return Reading(debate, tuple(problems.found), tuple(build.texts))
