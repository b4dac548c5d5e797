"""Reports, and how they are printed."""

from argmap.render.report.core import (
    Block,
    Cell,
    Heading,
    Item,
    Items,
    Paragraph,
    Picture,
    Report,
    Run,
    Table,
    Words,
    cell,
    place,
    sources,
    words,
)

__all__ = [
    "Block",
    "Cell",
    "Heading",
    "Item",
    "Items",
    "Paragraph",
    "Picture",
    "Report",
    "Run",
    "Table",
    "Words",
    "cell",
    "place",
    "sources",
    "words",
]
