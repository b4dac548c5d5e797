"""The headings of a map, and what stands under which: as they are written, or as settings say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve, field, frozen

from argmap.graph.wording import heading
from argmap.model import NO_DATA, ArgumentRef, ClaimRef, Data, Debate, Ref, Value
from argmap.settings import Settings


@frozen
class Place:
    """A heading that may be drawn as a group. *under* is the id of the one above, "" if none."""

    id: str
    title: str
    level: int
    under: str = ""
    is_group: bool = True
    closed: bool = False
    tags: tuple[str, ...] = ()
    data: Data = NO_DATA
    path: tuple[int, ...] = ()


@frozen
class Sections:
    """Every `Place` under its id, in the order of the text, and the id of each thing's own."""

    places: dict[str, Place] = field(factory=dict)
    of: dict[Ref, str] = field(factory=dict)

    def group_of(self, id: str) -> str:
        """The nearest group at or above the place called *id*; "" if there is none."""
        while id and not self.places[id].is_group:
            id = self.places[id].under
        return id


def sections(debate: Debate, settings: Settings, paths: Mapping[Ref, tuple[int, ...]]) -> Sections:
    """The headings of *debate*, or those that ``group.regroup`` puts in their place.

    *paths* are those of the headings that each thing stands under.
    """
    deepest = max((s.level for s in debate.sections), default=0)
    least = deepest - settings.group.group_depth + 1
    if settings.group.regroup:
        return _regrouped(debate, settings.group.regroup, least)
    tags = not settings.model.remove_tags_from_text
    ids = {s.path: f"s{n}" for n, s in enumerate(debate.sections, 1)}
    listed = None if settings.group.sections is None else dict(settings.group.sections.items)
    places = {}
    for s in debate.sections:
        under = next((ids[s.path[:n]] for n in range(len(s.path) - 1, 0, -1)
                      if s.path[:n] in ids), "")  # fmt: skip
        title = heading(s, tags=tags)
        data = s.occurrence.data if s.occurrence else s.data
        place = Place(ids[s.path], title, s.level, under, tags=s.tags, data=data, path=s.path)
        group, closed = _said(data, settings)
        if listed is not None:
            said = listed.get(title)
            if isinstance(said, Data):
                group, closed = said.get("isGroup"), said.get("isClosed")
            elif group is None:
                group = False
        is_group = s.level >= least if group is None else group is not False
        places[place.id] = evolve(place, is_group=is_group, closed=bool(closed))
    of = {ref: ids[path] for ref, path in paths.items() if path in ids}
    return Sections(places, of)


def _said(data: Data, settings: Settings) -> tuple[Value, Value]:
    """What a heading's *data* say of it as a group; None where nothing, or it is not heard."""
    group = None if settings.group.ignore_is_group else data.get("isGroup")
    closed = None if settings.group.ignore_is_closed else data.get("isClosed")
    return group, closed


def _regrouped(debate: Debate, regroup: tuple[Value, ...], least: int) -> Sections:
    """Places as ``group.regroup`` lists them; *least* is the least level of a group."""
    known: dict[tuple[str, str], ClaimRef | ArgumentRef] = {}
    for t in debate.things:
        known["arguments" if isinstance(t.ref, ArgumentRef) else "statements", t.title] = t.ref
    found = Sections()
    todo = [(g, "", 1) for g in reversed(regroup)]
    while todo:
        given, under, level = todo.pop()
        if not isinstance(given, Data):
            continue
        id = f"s{len(found.places) + 1}"
        title, tags = given.get("title"), given.get("tags")
        found.places[id] = Place(
            id,
            "" if title is None else str(title),
            level,
            under,
            level >= least,
            bool(given.get("isClosed")),
            tuple(str(t) for t in tags) if isinstance(tags, tuple) else (),
        )
        for what in ("statements", "arguments"):
            for name in _listed(given.get(what)):
                ref = known.get((what, str(name)))
                if ref is not None:
                    found.of[ref] = id
        todo += [(g, id, level + 1) for g in reversed(tuple(_listed(given.get("children"))))]
    return found


def _listed(value: Value) -> Iterable[Value]:
    return value if isinstance(value, tuple) else ()
