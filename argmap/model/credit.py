"""Whose a claim is, in words: the same phrase in every output."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from argmap.model.core import Voice, Wording


@frozen
class Credit:
    """The *name* to print, and the *manner* that must be added in words.

    >>> Credit("Washington", "as reported by Rumer").whole
    'Washington (as reported by Rumer)'
    """

    name: str = ""
    manner: str = ""

    @property
    def whole(self) -> str:
        """Both in one phrase; "" if nothing is known."""
        if not (self.name and self.manner):
            return self.name or self.manner
        return f"{self.name} ({self.manner})"


def credit(said: Wording) -> Credit:
    """Whose *said* is. A reported view is never the reporter's own."""
    match said.voice:
        case Voice.ASSERTED:
            return Credit(said.by)
        case Voice.HEDGED:
            return Credit(said.by, "hedged")
        case Voice.ASKED:
            return Credit(said.by, "as a question")
        case Voice.CONCEDED:
            return Credit(said.by, "conceded")
        case Voice.REPORTED:
            by = f"as reported by {said.by}" if said.by else "as reported"
            return Credit(said.of or "somebody", by)


def prevailing(wordings: Sequence[Wording]) -> Wording | None:
    """The wording that says whose claim it is: the last with words; of mere mentions, rather one
    that is said in a voice of its own.
    """
    worded = [w for w in wordings if w.text]
    voiced = [w for w in wordings if w.voice is not Voice.ASSERTED]
    return next((of[-1] for of in (worded, voiced, wordings) if of), None)
