"""The speakers and sources of several maps under keys that mean one thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import define, evolve, field

from argmap.changes.merged import Clash, Contribution, Key
from argmap.changes.mix import Account, Settled, free, mixed, settled, spoken
from argmap.model import Data, Debate, Relation, Source, Speaker, Wording
from argmap.model.people import People
from argmap.model.positions import POSITION, recited


@define(eq=False)
class Cast:
    """All *speakers* and *sources*, and the maps with the keys that these have now.

    *keys* are those that changed.
    """

    contributions: list[Contribution] = field(factory=list)
    speakers: tuple[Speaker, ...] = ()
    sources: tuple[Source, ...] = ()
    keys: tuple[Key, ...] = ()


def cast(contributions: Sequence[Contribution], account: Account) -> Cast:
    """The people of *contributions*. Another person, or another work, under a key that is taken
    gets the contributor's name added to it.
    """
    if len(contributions) == 1:
        only = contributions[0].debate
        return Cast(list(contributions), only.speakers, only.sources)
    found = Cast()
    said: dict[str, list[tuple[int, Speaker]]] = {}
    works = People()
    cited: dict[str, list[tuple[int, Source]]] = {}
    for n, c in enumerate(contributions):
        speakers = _speaker_keys(c, said)
        for s in c.debate.speakers:
            said.setdefault(speakers[s.key], []).append((n, s))
        sources = _source_keys(c, works)
        for source in c.debate.sources:
            works.source(evolve(source, key=sources[source.key], span=None))
            cited.setdefault(sources[source.key], []).append((n, source))
        debate = c.debate
        if any(old != new for old, new in sources.items()):
            debate = recited(debate, sources)
        if any(old != new for old, new in (*speakers.items(), *sources.items())):
            debate = _recast(debate, speakers, sources)
        found.keys += _changed(c.name, "speaker", speakers) + _changed(c.name, "source", sources)
        found.contributions.append(evolve(c, debate=debate))
    found.speakers = tuple(_speaker(key, of, account) for key, of in said.items())
    found.sources = tuple(_source(s, cited[s.key], account) for s in works.sources)
    return found


def _changed(name: str, of: str, keys: Mapping[str, str]) -> tuple[Key, ...]:
    return tuple(Key(name, of, old, new) for old, new in keys.items() if old != new)


def _speaker_keys(
    c: Contribution, said: Mapping[str, Sequence[tuple[int, Speaker]]]
) -> dict[str, str]:
    """What the speakers of *c* are called now."""
    keys: dict[str, str] = {}
    own = {s.key for s in c.debate.speakers}
    for s in c.debate.speakers:
        key = s.key
        while _is_another(s, [other for _, other in said.get(key, ())]):
            key = f"{key} ({c.name})"
            while key in own:
                key = f"{key} ({c.name})"
        keys[s.key] = key
    return keys


def _is_another(s: Speaker, known: Sequence[Speaker]) -> bool:
    names = {k.name for k in known if k.name}
    return bool(s.name and names and s.name not in names)


def _speaker(key: str, said: Sequence[tuple[int, Speaker]], account: Account) -> Speaker:
    name = next((s.name for _, s in said if s.name), "")
    roles = [(n, s.role) for n, s in said if s.role]
    data = mixed([(n, s.data) for n, s in said], account, key)
    if not roles:
        return Speaker(key, name, "", data)
    role = settled(roles, account.based)
    if role.clashing:
        account.tell(Clash.SPEAKER, f"the role of {key}", roles, f"role: {role.kept}")
        data = _beside("role", role, account, data)
    return Speaker(key, name, role.kept, data)


def _source_keys(c: Contribution, works: People) -> dict[str, str]:
    """What the sources of *c* are called now."""
    keys: dict[str, str] = {}
    own = {s.key for s in c.debate.sources}
    for s in c.debate.sources:
        key = s.key
        while works.key_for(evolve(s, key=key)) != key:
            key = f"{key} ({c.name})"
            while key in own:
                key = f"{key} ({c.name})"
        keys[s.key] = key
    return keys


_FIELDS = ("title", "authors", "date", "place", "url", "file")


def _source(source: Source, copies: Sequence[tuple[int, Source]], account: Account) -> Source:
    """*source* with the data of all *copies*; what is said of it in several ways is told."""
    if len(copies) == 1:
        return source
    data = mixed([(n, s.data) for n, s in copies], account, source.key)
    found: dict[str, Any] = {}
    for name in _FIELDS:
        said = [(n, v) for n, s in copies if (v := getattr(s, name))]
        if name == "title":  # a key says no more
            said = [(n, v) for n, v in said if v != source.key] or said[:1]
        if not said:
            continue
        field = settled(said, account.based)
        found[name] = field.kept
        if field.clashing:
            texts = [(n, spoken(v)) for n, v in said]
            outcome = f"{name}: {spoken(field.kept)}"
            account.tell(Clash.SOURCE, f"the {name} of {source.key}", texts, outcome)
            data = _beside(name, field, account, data)
    return evolve(source, **found, data=data)


def _beside(name: str, field: Settled[Any], account: Account, data: Data) -> Data:
    """*data* with what else is said of the field called *name*, under keys that say who does."""
    rest = dict(data.items)
    for n, value in field.rivals:
        rest[free(f"{name} ({account.names[n]})", rest)] = value
    return Data(tuple(rest.items()))


def _recast(debate: Debate, speakers: Mapping[str, str], sources: Mapping[str, str]) -> Debate:
    """*debate* with the keys of speakers changed wherever they stand."""

    def wording(w: Wording) -> Wording:
        return evolve(w, by=speakers.get(w.by, w.by))

    def relation(r: Relation) -> Relation:
        if r.link is None:
            return r
        by = sources.get(r.link.by, speakers.get(r.link.by, r.link.by))
        return evolve(r, link=evolve(r.link, by=by))

    def data(d: Data) -> Data:
        return Data(
            tuple(
                (k, speakers.get(v, v) if k == POSITION and isinstance(v, str) else v)
                for k, v in d.items
            )
        )

    return evolve(
        debate,
        claims=tuple(evolve(c, wordings=tuple(map(wording, c.wordings))) for c in debate.claims),
        arguments=tuple(evolve(a, gists=tuple(map(wording, a.gists))) for a in debate.arguments),
        relations=tuple(map(relation, debate.relations)),
        sections=tuple(evolve(s, data=data(s.data)) for s in debate.sections),
        position=speakers.get(debate.position, debate.position),
    )
