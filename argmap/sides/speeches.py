"""The columns of a flow sheet: who speaks, or which speeches there are, and what stands in which.

The speech of a claim is its key ``speech``, or that of the nearest heading it stands under. The key
``speeches`` of a map gives their order, each as ``Keller, opening`` or as
``{name: opening, speaker: Keller}``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TypeAlias

from attrs import evolve, frozen

from argmap.errors import UnknownName, guesses
from argmap.model import ArgumentRef, ClaimRef, Data, Debate, Value
from argmap.sides.core import FEW, Line, Meeting
from argmap.sides.sheet import Column
from argmap.text import listed, quantity

_PARTS = 3  # between commas, of a name

Node: TypeAlias = ClaimRef | ArgumentRef


@frozen
class Sheet:
    """*columns* in order, and the one that each line stands in, by its number. *notes* say what
    could not be done as the map asks.
    """

    columns: tuple[Column, ...]
    of: Mapping[str, Column]
    notes: tuple[str, ...] = ()


def by_speaker(meeting: Meeting) -> Sheet:
    """A column for each speaker, in the order of the debate; at the end, one for nobody."""
    of = {line.number: Column(line.speaker) for line in meeting.lines}
    used = dict.fromkeys(of.values())
    columns = [Column(s.key) for s in meeting.speakers]
    return Sheet((*columns, *(c for c in used if c not in columns)), of)


def by_speech(meeting: Meeting, debate: Debate) -> Sheet:
    """A column for each speech. What stands in none has a column of its speaker, at the end.

    Without the key ``speeches``, the speeches come as the map first names them.
    """
    silent = tuple(s for s in debate.speakers if s not in meeting.speakers)
    people = evolve(meeting, speakers=(*meeting.speakers, *silent))
    declared, notes = _declared(debate.data.get("speeches"), people)
    named = _named(debate, declared)
    lines = {line.ref: line for line in meeting.lines}
    ordered = [lines[t.ref] for t in debate.things if t.ref in lines]
    of = {line.number: named.column(line) for line in ordered}
    notes += [
        f"What is said to be the speech of {line.number} is no name."
        for line in ordered
        if named.is_unreadable(line)
    ]
    ranks = {c: n for n, c in enumerate(declared)}
    found = dict.fromkeys((*(c for c in declared if c.speaker), *of.values()))
    last = len(declared)

    def rank(column: Column) -> int:
        if not column.speech:
            return last + 1
        return ranks.get(column, ranks.get(Column("", column.speech), last))

    columns = tuple(sorted(found, key=rank))
    spoken = [c for c in columns if c.speech]
    if any(c.speech for c in of.values()):
        if not declared:
            notes.append(
                "The map does not say in which order the speeches were held; "
                "they stand as it first names them."
            )
        if count := sum(not c.speech for c in of.values()):
            stands = "stands" if count == 1 else "stand"
            notes.append(f"{quantity(count, 'line')} {stands} in no speech.")
        if unheld := [c.speech for c in spoken if not c.speaker]:
            notes.append(f"The map does not say who speaks in {listed(unheld)}.")
        names = dict.fromkeys(c.speech for c in of.values())
        notes += [
            f"Nothing stands in the speech “{c.speech}”, and nobody is said to hold it."
            for c in declared
            if not c.speaker and c.speech not in names
        ]
    return Sheet(columns, of, tuple(dict.fromkeys(notes)))


def chosen(sheet: Sheet, names: Iterable[str], meeting: Meeting) -> tuple[Column, ...]:
    """The columns that *names* ask for, in that order: by title, by speech, or by speaker. Several
    may stand in one of them, between commas.

    Raises:
        UnknownName: nothing is called so; near names are suggested.
    """
    found: dict[Column, None] = {}
    for given in names:
        parts = [part for p in given.split(",") if (part := p.strip())]
        with suppress(UnknownName):
            found.update((c, None) for c in _called(sheet, given.strip(), meeting))
            continue
        at = 0
        while at < len(parts):
            size, columns = _longest(sheet, parts[at:], meeting)
            found.update((c, None) for c in columns)
            at += size
    return tuple(found) or sheet.columns


def _longest(sheet: Sheet, parts: Sequence[str], meeting: Meeting) -> tuple[int, Sequence[Column]]:
    """How many of *parts* are one name, which may hold commas itself, and the columns of that."""
    for size in range(min(len(parts), _PARTS), 1, -1):
        with suppress(UnknownName):
            return size, _called(sheet, ", ".join(parts[:size]), meeting)
    return 1, _called(sheet, parts[0], meeting)


def _called(sheet: Sheet, name: str, meeting: Meeting) -> Sequence[Column]:
    folded = name.casefold()
    for names in ([c.title for c in sheet.columns], [c.speech for c in sheet.columns]):
        found = [c for c, n in zip(sheet.columns, names, strict=True) if n.casefold() == folded]
        if found and folded:
            return found
    try:
        key = meeting.find(name).key
    except UnknownName:
        key = ""
    if found := [c for c in sheet.columns if key and c.speaker == key]:
        return found
    known = dict.fromkeys(n for c in sheet.columns for n in (c.title, c.speech, c.speaker) if n)
    others = (*known, *(s.full for s in meeting.speakers if s.full not in known))
    what = "speech or speaker" if any(c.speech for c in sheet.columns) else "speaker"
    raise UnknownName(what, name, others, few=len(others) <= FEW)


# --- what the map says


def _declared(value: Value, meeting: Meeting) -> tuple[list[Column], list[str]]:
    """The speeches of the key ``speeches``, each once, and what of it cannot be understood."""
    if value is None:
        return [], []
    found: dict[Column, None] = {}
    notes = []
    for item in value if isinstance(value, tuple) else (value,):
        speech, who = "", ""
        if isinstance(item, Data):
            speech, who = _word(item.get("name")), _word(item.get("speaker"))
        elif whole := _word(item):
            speech = whole
            first, comma, rest = whole.partition(",")
            if comma and rest.strip() and _speaker(first, meeting):
                speech, who = rest.strip(), first
        key = _speaker(who, meeting)
        if not speech:
            notes.append(
                "A speech under `speeches` has no name: "
                "write `Keller, opening` or `{name: opening, speaker: Keller}`."
            )
            continue
        if who and not key:
            near = guesses(who, [n for s in meeting.speakers for n in (s.key, s.full)])
            hint = f"; is it {listed(near, 'or')}?" if near else ""
            notes.append(f"Nobody here is called {who}, who is to speak in {speech}{hint or '.'}")
        found[Column(key, speech)] = None
    return list(found), notes


def _speaker(name: str, meeting: Meeting) -> str:
    """The key of the speaker of that *name*; "" if there is none."""
    try:
        return meeting.find(name.strip()).key if name.strip() else ""
    except UnknownName:
        return ""


def _word(value: Value) -> str:
    """A name or a number as it is printed; "" if it is neither."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join(str(value).split())


@frozen
class _Named:
    """Which speech each line stands in, as the map says; *known* are those that are declared, by
    title and by name.
    """

    said: Mapping[Node, Value]
    paths: Mapping[Node, tuple[int, ...]]
    headings: Mapping[tuple[int, ...], Value]
    known: Mapping[str, Sequence[Column]]

    def column(self, line: Line) -> Column:
        """The column of *line*. A heading does not lend a speech to whom it is not of."""
        own = self._own(line)
        said, path = own, self.paths[line.ref]
        while said is None and path:
            said, path = self.headings.get(path), path[:-1]
        speech = _word(said)
        known = self.known.get(speech.casefold(), ())
        for column in known:
            if column.speaker in ("", line.speaker) or not line.speaker:
                return Column(column.speaker or line.speaker, column.speech)
        if known and own is None:
            return Column(line.speaker)
        return Column(line.speaker, known[0].speech if known else speech)

    def is_unreadable(self, line: Line) -> bool:
        """Whether the speech of *line* is neither a name nor a number."""
        return self._own(line) is not None and not _word(self._own(line))

    def _own(self, line: Line) -> Value:
        return self.said[line.ref]


def _named(debate: Debate, declared: Sequence[Column]) -> _Named:
    known: dict[str, list[Column]] = {}
    for c in declared:
        for name in dict.fromkeys((c.title.casefold(), c.speech.casefold())):
            known.setdefault(name, []).append(c)
    return _Named(
        {t.ref: t.data.get("speech") for t in debate.things},
        {t.ref: t.section for t in debate.things},
        {s.path: s.data.get("speech") for s in debate.sections},
        known,
    )
