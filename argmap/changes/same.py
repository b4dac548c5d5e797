"""Which claims of several maps are one claim: those with one title and the same words, held alike.

What has no title of its own is the same where its words are; what has no words either, where its
steps, or else its relations, are. With a base, its titles are followed: what one contributor put
in nearly the same words is still the claim of the base; what is nothing like it is another claim,
and what two put in two ways is kept apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import TypeAlias

from attrs import define, field, frozen

from argmap.changes.merged import Contribution, Named
from argmap.changes.order import woven
from argmap.changes.similar import LEAST, likeness
from argmap.model import (
    Argument,
    Claim,
    Debate,
    Ref,
    StepRef,
    is_made_up,
    prevailing,
    qualified,
)
from argmap.model.walk import whole
from argmap.text import listed

Thing: TypeAlias = Claim | Argument
_MOST_NAMED = 3  # contributors that a title names


@frozen(eq=False)
class Member:
    """A claim or an argument of the contribution number *file*, at its *place* there.

    *sign* is what it says and who says it how. *steps* are those of an argument, by the numbers of
    the claims in the merged map.
    """

    file: int
    place: int
    thing: Thing
    text: str
    sign: Hashable
    steps: Hashable = ()


@define(eq=False)
class Same:
    """What will be one claim or argument; *lead* is the member whose words are shown."""

    members: list[Member]
    lead: Member
    ref: Named
    files: int = 0  # a bit for each contribution that has it

    @property
    def text(self) -> str:
        """What is compared: its words, or its title; "" if it has neither."""
        return self.lead.text or ("" if is_made_up(self.ref.title) else self.ref.title)

    @property
    def steps(self) -> Hashable:
        """The steps of an argument; () if there are none."""
        return next((m.steps for m in self.members if m.steps), ())


@define(eq=False)
class Split:
    """A title with which contributors say several things, or one thing in several ways."""

    parts: list[Same]
    base: Member | None
    argued: bool  # only its steps differ


@define(eq=False)
class Gathered:
    """All that will be one, in order, and which of them everything of each contribution is."""

    all: list[Same] = field(factory=list)
    of: list[dict[Named, int]] = field(factory=list)
    splits: list[Split] = field(factory=list)

    def rank(self, n: int) -> tuple[int, int]:
        """Where number *n* stands among those it may be one with: the base's own come first."""
        return (self.all[n].members[0].file, n)


def gathered(contributions: Sequence[Contribution]) -> Gathered:
    """The claims and arguments of *contributions*, those that are the same together."""
    found = Gathered(of=[{} for _ in contributions])
    ids: _Ids = {}
    contexts = [_Contexts(c.debate, ids) for c in contributions]
    claims: dict[Hashable, list[Member]] = {}
    for n, c in enumerate(contributions):
        members = (_member(n, place, claim) for place, claim in enumerate(c.debate.claims))
        _sort(members, contexts[n], claims)
    _settle(claims.values(), contributions[0].is_base, found)
    arguments: dict[Hashable, list[Member]] = {}
    for n, c in enumerate(contributions):
        numbers = found.of[n]
        members = (
            _member(n, place, a, _steps(a, numbers)) for place, a in enumerate(c.debate.arguments)
        )
        _sort(members, contexts[n], arguments)
    _settle(arguments.values(), contributions[0].is_base, found)
    _name(found.all, [c.name for c in contributions], contributions[0].is_base)
    return found


def _member(file: int, place: int, thing: Thing, steps: Hashable = ()) -> Member:
    worded = any(w.text for w in thing.wordings)
    text = " ".join(thing.text.split()) if worded else ""
    by = prevailing(thing.wordings)
    return Member(
        file, place, thing, text, (text, *((by.by, by.voice, by.of) if by else ())), steps
    )


def _steps(a: Argument, numbers: dict[Named, int]) -> Hashable:
    return tuple(
        (tuple(numbers[p] for p in s.premises), numbers[s.conclusion], s.rules, s.data)
        for s in a.steps
    )


def _sort(
    members: Iterable[Member], contexts: _Contexts, into: dict[Hashable, list[Member]]
) -> None:
    """Put *members* of one file with what they may be the same as."""
    again: Counter[Hashable] = Counter()
    for m in members:
        key: Hashable = m.thing.title
        if is_made_up(m.thing.title):
            alike = (m.sign, None) if m.text else (contexts.of(m.thing), m.steps)
            again[alike] += 1
            key = (alike, again[alike])
        into.setdefault(key, []).append(m)


def _settle(groups: Iterable[list[Member]], based: bool, found: Gathered) -> None:
    """Make one of what is the same in each of *groups*."""
    made: list[Same] = []
    for members in groups:
        first = members[0]
        if len(members) == 1:
            made.append(Same(members, first, first.thing.ref))
            continue
        base = first if based and first.file == 0 else None
        made_up = is_made_up(first.thing.title)
        says = _by_base(members, base) if base and not made_up else _by_sign(members)
        parts = [
            Same(argued, _lead(argued, base), argued[0].thing.ref)
            for said in says
            for argued in _by_steps(said, base)
        ]
        if len(parts) > 1:
            found.splits.append(Split(parts, base, len(says) == 1))
        made += parts
    for same in _in_order(made, len(found.of)):
        for m in same.members:
            found.of[m.file][m.thing.ref] = len(found.all)
            same.files |= 1 << m.file
        found.all.append(same)


def _in_order(made: Sequence[Same], files: int) -> Iterator[Same]:
    rows: list[list[tuple[int, int]]] = [[] for _ in range(files)]
    for n, same in enumerate(made):
        for m in same.members:
            rows[m.file].append((m.place, n))
    for n in woven([[n for _, n in sorted(row)] for row in rows]):
        yield made[n]


def _by_sign(members: Iterable[Member]) -> list[list[Member]]:
    parts: dict[Hashable, list[Member]] = {}
    for m in members:
        parts.setdefault(m.sign, []).append(m)
    return list(parts.values())


def _by_base(members: Sequence[Member], base: Member) -> list[list[Member]]:
    """All of *members*, unless one changed the words of *base* to others that are not like them, or
    several did in several ways.
    """
    kept: list[Member] = []
    changed: dict[Hashable, list[Member]] = {}
    for m in members:
        if not m.text or m.sign == base.sign:
            kept.append(m)
        else:
            changed.setdefault(m.sign, []).append(m)
    if len(changed) > 1 or any(_is_another(said[0], base) for said in changed.values()):
        return [kept, *changed.values()]
    return [list(members)]


def _is_another(member: Member, base: Member) -> bool:
    """Whether *member* says something else than *base* under its title."""
    if not base.text or base.text == member.text:
        return False
    return likeness(base.text, member.text) < LEAST


def _by_steps(members: Sequence[Member], base: Member | None) -> list[list[Member]]:
    """All of *members*, unless they argue in different steps; who gives none goes with *base*."""
    if len({m.steps for m in members if m.steps}) < 2:
        return [list(members)]
    usual = base.steps if base in members and base else ()
    parts: dict[Hashable, list[Member]] = {}
    for m in members:
        parts.setdefault(m.steps or usual, []).append(m)
    return list(parts.values())


def _lead(members: Sequence[Member], base: Member | None) -> Member:
    """The last that says what is shown: what changed the base, else what has words at all."""
    worded = [m for m in members if m.text]
    changed = [m for m in worded if base is not None and m.sign != base.sign]
    return next((of[-1] for of in (changed, worded) if of), members[-1])


# --- names


def _name(sames: Sequence[Same], names: Sequence[str], based: bool) -> None:
    """Qualify titles that stand for several things by those who use them; the base keeps its own.

    No name depends on the order in which the contributions came.
    """
    by_title: dict[Named, list[Same]] = {}
    for same in sames:
        by_title.setdefault(same.ref, []).append(same)
    taken: set[Named] = set()
    apart: list[Same] = []
    for ref, those in by_title.items():
        keeps = [s for s in those if len(those) == 1 or (based and s.files & 1)][:1]
        apart += [s for s in those if s not in keeps]
        if keeps:
            taken.add(ref)
    for same in sorted(apart, key=lambda s: (s.ref.title, _label(s, names))):
        title, label = same.ref.title, _label(same, names)
        title = qualified(title, label)
        while type(same.ref)(title) in taken:
            title = qualified(title, label)
        same.ref = type(same.ref)(title)
        taken.add(same.ref)


def _label(same: Same, names: Sequence[str]) -> str:
    """Those who have it, in a few words."""
    held = sorted({names[m.file] for m in same.members})
    if len(held) > _MOST_NAMED:
        return f"{held[0]} and {len(held) - 1} others"
    return listed(held)


# --- what is nowhere put into words

_Ids: TypeAlias = dict[Hashable, int]


class _Contexts:
    """What stands around things without title and words, in terms of what has them.

    *ids* number what was met, in all maps alike.
    """

    def __init__(self, debate: Debate, ids: _Ids) -> None:
        self._debate = debate
        self._ids = ids
        self._found: dict[Named, list[int]] | None = None

    def of(self, thing: Thing) -> Hashable:
        """How it is used: in steps; in relations, if in none."""
        if isinstance(thing, Argument) and thing.steps:
            return ()  # they say it all
        if self._found is None:
            self._found = self._read()
        return tuple(sorted(self._found.get(thing.ref, ())))

    def _read(self) -> dict[Named, list[int]]:
        said = {t.ref: _said(t) for t in self._debate.things}
        found: dict[Named, list[int]] = {ref: [] for ref, words in said.items() if not words}
        for a in self._debate.arguments if found else ():
            for s in a.steps:
                step = self._id((*(said[p] for p in s.premises), said[s.conclusion], s.rules))
                for claim in s.premises:
                    if claim in found:
                        found[claim].append(self._id(("premise", step)))
                if s.conclusion in found:
                    found[s.conclusion].append(self._id(("conclusion", step)))
        stepped = {ref for ref, uses in found.items() if uses}
        for r in self._debate.relations if found else ():
            for here, there, end in ((r.tail, r.head, "tail"), (r.head, r.tail, "head")):
                ref = whole(here)
                if ref in found and ref not in stepped:
                    side = "" if r.kind.symmetric else end
                    use = (r.kind, side, _step(here), said[whole(there)], _step(there))
                    found[ref].append(self._id(use))
        return found

    def _id(self, of: Hashable) -> int:
        return self._ids.setdefault(of, len(self._ids))


def _said(thing: Thing) -> str:
    """Its title or its words; "" if it has neither."""
    if not is_made_up(thing.title):
        return str(thing.ref)
    return thing.text if any(w.text for w in thing.wordings) else ""


def _step(ref: Ref) -> int:
    return ref.index if isinstance(ref, StepRef) else -1
