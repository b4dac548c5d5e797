"""A view as tables of pandas: one row for each claim, or for each way one bears on another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from argmap.errors import MissingExtra, UnknownName
from argmap.model import Debate
from argmap.render.network import KINDS
from argmap.render.table import COLUMNS, rows
from argmap.view import Inference, View

if TYPE_CHECKING:
    import pandas

TABLES = ("claims", "links")
LINKS = tuple(
    """
    kind premises head struck sense about because by mutual argument rules
    speakers_of_premises speaker_of_head text_of_premises text_of_head
    """.split()
)
"""The columns of the table of links."""


def dataframe(debate: Debate, view: View, table: str) -> pandas.DataFrame:
    """A table of *view*, which is one of *debate*: ``claims``, with the columns of its CSV, or
    ``links``, with those of `LINKS`.

    Raises:
        UnknownName: there is no such table.
        MissingExtra: pandas is not installed.
    """
    if table not in TABLES:
        raise UnknownName("table", str(table), TABLES, few=True)
    try:
        import pandas
    except ImportError:
        raise MissingExtra(
            'this needs pandas, which is not installed: run  pip install "argmap[pandas]"'
        ) from None
    if table == "links":
        return pandas.DataFrame(list(_links(view)), columns=list(LINKS))
    records = [{c: cells.get(c, "") for c in COLUMNS} for cells in rows(debate, view)]
    return pandas.DataFrame(records, columns=list(COLUMNS))


def _links(view: View) -> Iterator[dict[str, Any]]:
    """One for each inference: numbers, texts and speakers with ``; `` between several."""
    for i in view.inferences:
        tails = [view.by_id[t] for t in i.tails]
        head = view.by_id[view.head_card(i)]
        link = i.link
        yield dict(
            zip(
                LINKS,
                (
                    KINDS[i.mark],
                    "; ".join(t.number for t in tails),
                    head.number,
                    "; ".join(_struck(view, i)),
                    link.sense.value if link and link.sense else "",
                    link.about.value if link and link.about else "",
                    link.because if link else "",
                    link.by if link else "",
                    i.mutual,
                    i.title,
                    "; ".join(i.rules),
                    "; ".join(dict.fromkeys(t.speaker for t in tails if t.speaker)),
                    head.speaker,
                    "; ".join(t.text for t in tails),
                    head.text,
                ),
                strict=True,
            )
        )


def _struck(view: View, i: Inference) -> list[str]:
    """The premises of the step that *i* strikes."""
    struck = view.inference.get(i.head)
    return [view.by_id[t].number for t in struck.tails] if struck else []
