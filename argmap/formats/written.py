"""What every writer gives: a text, and what of the debate it cannot hold."""

from __future__ import annotations

from attrs import field, frozen


@frozen
class Written:
    """A debate as a text. Each of *losses* is a sentence that names something it does not hold."""

    body: str = field(repr=False)
    losses: tuple[str, ...] = ()
