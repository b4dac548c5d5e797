"""What several maps say of one thing, put together: nothing is dropped, and clashes are told."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from attrs import define, field, frozen

from argmap.changes.merged import Clash, Conflict, Version
from argmap.model import Data, Value

CONTRIBUTORS = "contributors"
"""The key in braces that says who contributed a claim."""

_T = TypeVar("_T")


@define(eq=False)
class Account:
    """Who contributes, and the conflicts met so far."""

    names: Sequence[str]
    based: bool
    conflicts: list[Conflict] = field(factory=list)

    def tell(
        self, clash: Clash, what: str, said: Iterable[tuple[int, str]], outcome: str = ""
    ) -> None:
        """Note that contributors, by number, have *what* in several ways."""
        by_text: dict[str, list[str]] = {}
        for file, text in said:
            by_text.setdefault(text, []).append(self.names[file])
        versions = tuple(Version(tuple(who), text) for text, who in by_text.items())
        self.conflicts.append(Conflict(clash, what, versions, outcome))


@frozen
class Settled(Generic[_T]):
    """The value that is kept, and those that clash with it, each with a contributor's number."""

    kept: _T
    rivals: tuple[tuple[int, _T], ...] = ()
    clashing: bool = False


def settled(
    said: Sequence[tuple[int, _T]], based: bool, same: Callable[[_T], Hashable] = lambda v: v
) -> Settled[_T]:
    """Of values that contributors give, the first; what one of them changed against the base goes
    before what the base says.
    """
    ways: dict[Hashable, tuple[int, _T]] = {}
    for file, value in said:
        ways.setdefault(same(value), (file, value))
    if based and said[0][0] == 0 and len(ways) > 1:
        changed = [way for way in ways.values() if way[0] != 0]
        return Settled(changed[0][1], tuple(changed[1:]), len(changed) > 1)
    first, *others = ways.values()
    return Settled(first[1], tuple(others), bool(others))


def mixed(said: Sequence[tuple[int, Data]], account: Account, what: str) -> Data:
    """All keys of the data that contributors give. A value that clashes with another has its key
    with the contributor's name after it: ``strength (Keller)``.
    """
    if len(said) == 1:
        return said[0][1]
    keys: dict[str, list[tuple[int, Value]]] = {}
    for file, data in said:
        for key, value in data.items:
            keys.setdefault(key, []).append((file, value))
    kept: dict[str, Value] = {}
    aside: list[tuple[str, Value]] = []
    for key, values in keys.items():
        found = settled(values, account.based, _typed)
        kept[key] = found.kept
        aside += ((f"{key} ({account.names[file]})", value) for file, value in found.rivals)
        if found.clashing:
            texts = ((file, spoken(value)) for file, value in values)
            account.tell(Clash.DATA, f"{key} of {what}", texts, f"{key}: {spoken(found.kept)}")
    for key, value in aside:
        kept[free(key, keys, kept)] = value
    return Data(tuple(kept.items())) if kept else said[0][1]


def free(key: str, *taken: Data | Mapping[str, object]) -> str:
    """*key*, or a key like it that is not *taken*."""
    while any(key in keys for keys in taken):
        key = f"{key} (again)"
    return key


def _typed(value: Value) -> Hashable:
    """*value*, told from what is equal to it and yet written otherwise, as 1 and true are."""
    return (repr(value), value)


def spoken(value: Value) -> str:
    """*value* in a report."""
    match value:
        case Data(items):
            return "{" + ", ".join(f"{k}: {spoken(v)}" for k, v in items) + "}"
        case tuple():
            return f"[{', '.join(map(spoken, value))}]"
        case bool():
            return str(value).lower()
        case None:
            return "nothing"
        case _:
            return str(value)


def contributors(data: Data, name: str) -> tuple[tuple[str, ...], Data]:
    """Who contributed what has *data*, and the rest of it: whom it names itself, else *name*."""
    named = data.get(CONTRIBUTORS)
    listed = (named,) if isinstance(named, str) else named
    if isinstance(listed, tuple) and listed:
        who = tuple(n for n in listed if isinstance(n, str) and n.strip())
        if len(who) == len(listed):
            return who, data.without(CONTRIBUTORS)
    if CONTRIBUTORS in tuple(data):  # something else is meant by it
        odd = free(f"{CONTRIBUTORS} ({name})", data)
        return (name,), Data(tuple((odd if k == CONTRIBUTORS else k, v) for k, v in data.items))
    return (name,), data
