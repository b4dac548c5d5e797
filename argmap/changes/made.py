"""A thing with changes made to it, whatever it is: the other way round than `fields`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from attrs import evolve

from argmap.changes.core import Changed, Reworded, Thing
from argmap.changes.fields import STEP, with_keys
from argmap.model import Argument, Data, Debate, Link

_T = TypeVar("_T", bound=Thing | Debate)


def made(thing: _T, changes: Iterable[Changed | Reworded]) -> _T:
    """*thing*, which may be anything that a map is made of, with *changes* made.

    Raises:
        LookupError: it has no such wording, citation or step.
    """
    whole: list[Changed] = []
    wordings: dict[int, list[Changed | Reworded]] = {}
    steps: dict[int, list[Changed | Reworded]] = {}
    for change in changes:
        if isinstance(change, Changed) and change.number < 0:
            whole.append(change)
        elif isinstance(change, Changed) and change.field in (*STEP, "data"):
            steps.setdefault(change.number, []).append(change)
        else:
            wordings.setdefault(change.number, []).append(change)
    fields = _fields(thing, whole)
    worded = "gists" if isinstance(thing, Argument) else "wordings"
    if "wordings" in fields:
        fields[worded] = fields.pop("wordings")
    if wordings:
        fields[worded] = _within(getattr(thing, worded), wordings)
    if steps:
        if not isinstance(thing, Argument):
            raise LookupError
        fields["steps"] = _within(thing.steps, steps)
    return evolve(thing, **fields)


def _within(parts: tuple[Any, ...], changes: dict[int, list[Changed | Reworded]]) -> Any:
    out = list(parts)
    for number, some in changes.items():
        out[number] = evolve(out[number], **_fields(out[number], some))
    return tuple(out)


def _fields(part: Any, changes: Iterable[Changed | Reworded]) -> dict[str, Any]:
    """The fields of *part* that *changes* give other values."""
    found: dict[str, Any] = {}
    keys: dict[str, tuple[Any, ...]] = {}
    link: dict[str, Any] = {}
    cited: dict[int, dict[str, Any]] = {}
    for change in changes:
        match change:
            case Reworded():
                found.update(text=change.new, markup=change.markup)
            case Changed(place=int(place)):
                cited.setdefault(place, {})[change.field] = change.new
            case Changed(place=str(place)):
                keys[place] = change.new
            case Changed():
                owner, _, name = change.field.partition(".")
                if name and owner == "link":
                    link[name] = change.new
                else:
                    found[owner] = change.new
    if keys:
        data: Data = part.data
        found["data"] = with_keys(data, keys)
    if link:
        found["link"] = evolve(part.link or Link(), **link)
    if cited:
        places = list(part.cited)
        for place, values in cited.items():
            places[place] = evolve(places[place], **values)
        found["cited"] = tuple(places)
    return found
