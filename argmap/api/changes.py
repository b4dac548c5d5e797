"""What changed between two maps, as loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.api.map import Map
from argmap.model import Debate

if TYPE_CHECKING:
    from argmap.changes.core import Diff


def diff(old: Map | Debate, new: Map | Debate) -> Diff:
    """What changed from *old* to *new*, in the language of claims; false if nothing did.

    `argmap.printed` prints it, and its ``apply`` makes the changes again.
    """
    from argmap.changes.diff import diff as made

    return made(*(m.debate if isinstance(m, Map) else m for m in (old, new)))
