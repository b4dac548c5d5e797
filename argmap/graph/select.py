"""What a map shows, and why: the rules by which Argdown's tools choose claims and arguments."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from attrs import define, field, frozen

from argmap.graph.relations import Parts
from argmap.graph.sections import Sections
from argmap.graph.wording import is_untitled
from argmap.model import (
    Argument,
    ArgumentRef,
    Claim,
    ClaimRef,
    Data,
    Debate,
    Occurrence,
    Part,
    Ref,
    Relation,
    StepRef,
)
from argmap.settings import SelectionSettings, StatementSelectionMode


class Why(enum.Enum):
    """The rule by which something is shown or not."""

    # shown
    IN_MAP = "it says isInMap: true"
    LISTED = "it is listed in includeStatements"
    EVERYTHING = "everything is shown"
    TITLED = "it has a title of its own"
    STANDS_ALONE = "it stands in a block of its own"
    RELATED = "it bears on something shown, or the reverse"
    UNUSED = "no argument uses it"
    CONNECTED = "something shown is connected with it"
    # not shown, whatever it is connected with
    NOT_IN_MAP = "its isInMap is not true"
    EXCLUDED = "it is listed in excludeStatements or excludeArguments"
    OTHER_SECTION = "its section is not selected"
    NO_SECTION = "it stands in no section"
    OTHER_TAG = "none of its tags is selected"
    NO_TAG = "it has no tag"
    # not shown for what it is connected with
    DISCONNECTED = "nothing is connected with it"
    UNTITLED = "it has no title and is used inside arguments only"
    UNTITLED_ALONE = "it has no title and bears on nothing"
    NO_BLOCK = "it never stands in a block of its own"
    USED = "arguments use it"
    UNRELATED = "it bears on nothing shown"
    FEW = "it bears on too little"
    # chosen, and yet not to be seen
    CLOSED = "it is inside a closed group"


SHOWN = frozenset(
    (Why.IN_MAP, Why.LISTED, Why.EVERYTHING, Why.TITLED, Why.STANDS_ALONE, Why.RELATED,
     Why.UNUSED, Why.CONNECTED)
)  # fmt: skip


@frozen
class Choice:
    """Whether *ref* is shown, and why. *others* are what it is connected with, if that counts."""

    ref: ClaimRef | ArgumentRef
    why: Why
    others: tuple[Ref, ...] = ()

    @property
    def shown(self) -> bool:
        return self.why in SHOWN


@frozen
class Selection:
    """What is shown, in the order of the debate; *choices* say why, of everything."""

    claims: dict[Ref, Claim]
    arguments: dict[Ref, Argument]
    choices: dict[Ref, Choice]


@define
class _Ends:
    """Whether the ends of relations are among *claims* and *arguments*.

    A claim that is not may still stand for an argument that is: as the tail for one that
    concludes it, as the head for one that rests on it.
    """

    parts: Parts
    claims: dict[Ref, Claim]
    arguments: dict[Ref, Argument]
    premises: frozenset[Ref] = field(init=False)  # of arguments that are there
    mains: frozenset[Ref] = field(init=False)
    others: frozenset[Ref] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.premises = self._used(self.parts.premise)
        self.mains = self._used(self.parts.main)
        self.others = self._used(self.parts.between)

    def _used(self, part: dict[Ref, list[ArgumentRef]]) -> frozenset[Ref]:
        there = self.arguments
        return frozenset(claim for claim, by in part.items() if any(a in there for a in by))

    def there(self, r: Relation, end: Ref) -> bool:
        """Whether the *end* of *r* is there, or an argument in its place."""
        match end:
            case ArgumentRef():
                return end in self.arguments
            case StepRef():
                return end.argument in self.arguments
            case ClaimRef():
                if end in self.claims:
                    return True
                if r.kind.symmetric:
                    return end in self.premises or end in self.mains or end in self.others
                return end in (self.premises if r.head == end else self.mains)

    def count(self, claim: Ref, r: Relation) -> int:
        """How many arguments stand for the end *claim* of *r*."""
        by = self.parts.premise if r.head == claim else self.parts.main
        return sum(a in self.arguments for a in by.get(claim, ()))


def other(r: Relation, ref: Ref) -> Ref:
    """The end of *r* that is not *ref*."""
    return r.head if r.tail == ref else r.tail


def select(
    debate: Debate,
    settings: SelectionSettings,
    parts: Parts,
    sections: Sections,
    keys: dict[Ref, Data],
) -> Selection:
    """What of *debate* is shown.

    First what its own keys, its section and its tags allow; of these the claims; of these, and
    by what of them is shown, the arguments. Each stage looks at what the one before has left.
    """
    choices: dict[Ref, Choice] = {}
    claims: dict[Ref, Claim] = {}
    arguments: dict[Ref, Argument] = {}
    allowed = _Allowed(settings, sections, keys)
    for t in debate.things:
        why = allowed.why_not(t)
        if why is not None:
            choices[t.ref] = Choice(t.ref, why)
        elif isinstance(t, Claim):
            claims[t.ref] = t
        else:
            arguments[t.ref] = t
    touching: dict[Ref, list[Relation]] = {}
    for r in debate.relations:
        for end in dict.fromkeys((r.tail, r.head)):
            touching.setdefault(end.argument if isinstance(end, StepRef) else end, []).append(r)
    ends = _Ends(parts, claims, arguments)
    of_claims = _Claims(settings, ends, touching, keys)
    for c in claims.values():
        choices[c.ref] = of_claims.choice(c)
    kept = {ref: c for ref, c in claims.items() if choices[ref].shown}
    of_arguments = _Arguments(settings, _Ends(parts, kept, arguments), touching, keys)
    for a in arguments.values():
        choices[a.ref] = of_arguments.choice(a)
    return Selection(kept, {r: a for r, a in arguments.items() if choices[r].shown}, choices)


# --- what keys, section and tags allow


@define
class _Allowed:
    settings: SelectionSettings
    sections: Sections
    keys: dict[Ref, Data]

    def why_not(self, thing: Claim | Argument) -> Why | None:
        """Why *thing* cannot be shown, whatever it is connected with; None if it can."""
        s = self.settings
        keys = self.keys[thing.ref]
        if not s.ignore_is_in_map and "isInMap" in keys and keys.get("isInMap") is not True:
            return Why.NOT_IN_MAP
        listed = s.exclude_statements if isinstance(thing, Claim) else s.exclude_arguments
        if thing.title in listed:
            return Why.EXCLUDED
        if s.selected_sections is not None:
            section = self.sections.of.get(thing.ref)
            if section is None:
                if not s.select_elements_without_section:
                    return Why.NO_SECTION
            elif self.sections.places[section].title not in s.selected_sections:
                return Why.OTHER_SECTION
        if s.selected_tags is not None:
            if not thing.tags:
                return None if s.select_elements_without_tag else Why.NO_TAG
            if not any(t in s.selected_tags for t in thing.tags):
                return Why.OTHER_TAG
        return None


# --- claims


@define
class _Claims:
    settings: SelectionSettings
    ends: _Ends
    touching: dict[Ref, list[Relation]]
    keys: dict[Ref, Data]

    def choice(self, c: Claim) -> Choice:
        s = self.settings
        if not s.ignore_is_in_map and self.keys[c.ref].get("isInMap") is True:
            return Choice(c.ref, Why.IN_MAP)
        if c.title in s.include_statements:
            return Choice(c.ref, Why.LISTED)
        relations = self.touching.get(c.ref, ())
        related = any(self.ends.there(r, other(r, c.ref)) for r in relations)
        used = c.ref in self.ends.premises or c.ref in self.ends.mains
        why = self._why(c, related, used)
        if why in SHOWN and s.exclude_disconnected and not (used or related):
            why = Why.DISCONNECTED
        return Choice(c.ref, why, self._others(c, why))

    def _why(self, c: Claim, related: bool, used: bool) -> Why:
        """The rule of the mode that decides of *c*, by whether it is *related* and *used*."""
        match self.settings.statement_selection_mode:
            case StatementSelectionMode.ALL:
                return Why.EVERYTHING
            case StatementSelectionMode.WITH_TITLE:
                if not is_untitled(c.title):
                    return Why.TITLED
                if related and not used:
                    return Why.RELATED
                return Why.UNTITLED if used else Why.UNTITLED_ALONE
            case StatementSelectionMode.TOP_LEVEL:
                if _stands_alone(c, self.touching.get(c.ref, ()), self.ends.parts):
                    return Why.STANDS_ALONE
                return Why.RELATED if related and not used else Why.NO_BLOCK
            case StatementSelectionMode.WITH_RELATIONS:
                return Why.RELATED if related else Why.UNRELATED
            case StatementSelectionMode.NOT_USED_IN_ARGUMENT:
                return Why.USED if used else Why.UNUSED
            case StatementSelectionMode.WITH_MORE_THAN_ONE_RELATION:
                if not related:
                    return Why.UNRELATED
                return Why.RELATED if not used or self._partners(c) > 1 else Why.FEW

    def _partners(self, c: Claim) -> int:
        """How many arguments *c* has to do with by its relations."""
        found = 0
        for r in self.touching.get(c.ref, ()):
            end = other(r, c.ref)
            if isinstance(end, ClaimRef):
                found += self.ends.count(end, r)
            else:
                found += self.ends.there(r, end)
        return found

    def _others(self, c: Claim, why: Why) -> tuple[Ref, ...]:
        """What the reason *why* speaks of: arguments that use it, or what it bears on."""
        if why in (Why.UNTITLED, Why.USED, Why.FEW, Why.NO_BLOCK):
            p = self.ends.parts
            using = (*p.premise.get(c.ref, ()), *p.main.get(c.ref, ()))
            return tuple(dict.fromkeys(a for a in using if a in self.ends.arguments))
        if why is Why.RELATED:
            found = (other(r, c.ref) for r in self.touching.get(c.ref, ())
                     if self.ends.there(r, other(r, c.ref)))  # fmt: skip
            return tuple(dict.fromkeys(found))
        return ()


def _stands_alone(c: Claim, relations: Iterable[Relation], parts: Parts) -> bool:
    """Whether *c* stands in a block of its own; without a text, whether it is no one's part."""
    if c.occurrences:
        return any(_is_block(o) for o in c.occurrences)
    played = any(c.ref in p for p in (parts.premise, parts.main, parts.between))
    return not played and not any(r.tail == c.ref for r in relations)


def _is_block(o: Occurrence) -> bool:
    return o.part is Part.BLOCK


# --- arguments


@define
class _Arguments:
    settings: SelectionSettings
    ends: _Ends  # of the claims that are shown
    touching: dict[Ref, list[Relation]]
    keys: dict[Ref, Data]
    _reached: dict[tuple[Ref, Part], tuple[Ref, ...]] = field(factory=dict, init=False)

    def choice(self, a: Argument) -> Choice:
        s = self.settings
        if not s.exclude_disconnected:
            return Choice(a.ref, Why.EVERYTHING)
        if not s.ignore_is_in_map and self.keys[a.ref].get("isInMap") is True:
            return Choice(a.ref, Why.IN_MAP)
        others = self._others(a)
        return Choice(a.ref, Why.CONNECTED if others else Why.DISCONNECTED, others)

    def _others(self, a: Argument) -> tuple[Ref, ...]:
        """Something shown that *a* is connected with, if there is anything."""
        for r in self.touching.get(a.ref, ()):
            struck = isinstance(r.head, StepRef) and r.head.argument == a.ref
            end = r.tail if struck else other(r, a.ref)
            if self.ends.there(r, end):
                return (end,)
        claims = dict.fromkeys((*((p, Part.PREMISE) for p in _rests_on(a)), *_main(a)))
        for claim, part in claims:
            reached = self._reach(claim, part)
            if reached:
                return reached
        return ()

    def _reach(self, claim: ClaimRef, part: Part) -> tuple[Ref, ...]:
        """Something shown that an argument reaches by *claim*, which plays *part* in it."""
        key = (claim, part)
        if key not in self._reached:
            self._reached[key] = self._found(claim, part)
        return self._reached[key]

    def _found(self, claim: ClaimRef, part: Part) -> tuple[Ref, ...]:
        premise = part is Part.PREMISE
        for r in self.touching.get(claim, ()):
            away = (r.tail if premise else r.head) == claim
            if (r.kind.symmetric or not away) and self.ends.there(r, other(r, claim)):
                return (other(r, claim),)
        if claim in self.ends.claims:
            return (claim,)
        return (claim,) if claim in (self.ends.mains if premise else self.ends.premises) else ()


def _rests_on(a: Argument) -> tuple[ClaimRef, ...]:
    if a.lines:
        return tuple(o.ref for o in a.lines
                     if o.part is Part.PREMISE and isinstance(o.ref, ClaimRef))  # fmt: skip
    return a.premises


def _main(a: Argument) -> tuple[tuple[ClaimRef, Part], ...]:
    return ((a.conclusion, Part.MAIN),) if a.conclusion else ()
