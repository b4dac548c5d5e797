"""Cards by what people call them."""

from __future__ import annotations

from collections.abc import Callable

from argmap.errors import BadValue, UnknownName
from argmap.model import Debate, is_made_up, qualified
from argmap.text import listed
from argmap.view.core import Card, View

_FEW = 3  # claims of one name that a message lists


def called(view: View, debate: Debate, name: str) -> tuple[Card, ...]:
    """The card of *view* that *name* means; for a reconstructed argument, its premises.

    A name is ``[a claim]`` or ``<an argument>``, either without brackets, a number, or all the
    words. Where several speakers meet, ``Rumer: Complementarity`` is a title; the name of the
    speaker can be left out if no other has a claim of that title. Case matters only where two
    differ in nothing else.

    Raises:
        UnknownName: nothing is called so.
        BadValue: several are.
    """
    name = name.strip()
    for fold in (str, str.casefold):
        wanted = fold(name)
        for card in view.cards:
            if wanted in map(fold, (str(card.ref), card.ref.title, card.number, card.text)):
                return (card,)
        if found := _premises(view, wanted, fold):
            return found
        if found := _unqualified(view, debate, wanted, fold):
            return found
    known = [c.ref.title for c in view.cards if not is_made_up(c.ref.title)]
    speakers = {s.key for s in debate.speakers}
    bare = [rest for who, _, rest in (t.partition(": ") for t in known) if who in speakers]
    raise UnknownName("claim or argument", name, [*known, *bare])


def _premises(view: View, wanted: str, fold: Callable[[str], str]) -> tuple[Card, ...]:
    """The premises of the last step of the argument that is called so."""
    for i in view.inferences:
        if i.argument and wanted in (fold(str(i.argument)), fold(i.argument.title)):
            return tuple(view.by_id[t] for t in i.tails)
    return ()


def _unqualified(
    view: View, debate: Debate, wanted: str, fold: Callable[[str], str]
) -> tuple[Card, ...]:
    """The card whose title is *wanted* behind the name of a speaker."""
    bare = wanted[1:-1] if wanted[:1] + wanted[-1:] in ("[]", "<>") else wanted
    titles = {fold(qualified(bare, s.key)) for s in debate.speakers}
    found = [c for c in view.cards if fold(c.ref.title) in titles]
    if len(found) > 1:
        names = [str(c.ref) for c in found]
        some = [*names[:_FEW], "…"] if len(names) > _FEW else names
        raise BadValue(f"several are called {bare!r}: {listed(some, 'or')}?")
    return tuple(found)
