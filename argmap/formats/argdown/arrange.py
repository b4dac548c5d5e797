"""The blocks and rows in which a debate is written: what stands below what, each thing once.

Every section has a sequence of what is mentioned first in it. Under a question the order is given
(`Issue.refs`); elsewhere reasons follow what they bear on. A relation is stated at the later of
its two ends: below the other, if that is still open above it, and beside it otherwise.
"""

from __future__ import annotations

import bisect
from collections import Counter, deque

from attrs import define, field

from argmap.formats.argdown.blocks import Block, Thing, lines_of
from argmap.formats.argdown.zone import Zone
from argmap.model import (
    Argument,
    ArgumentRef,
    Claim,
    Debate,
    Relation,
    Section,
    StepRef,
    is_made_up,
    walk,
)


def arrange(debate: Debate) -> list[Block]:
    """All of *debate* in the order in which it is written."""
    return Arranger(debate).blocks()


@define
class Arranger:
    """Decides where each thing belongs and each relation is stated; `Zone` then makes rows."""

    debate: Debate
    things: dict[Thing, Claim | Argument] = field(factory=dict)
    arguments: dict[ArgumentRef, Argument] = field(factory=dict)
    zones: list[Section | None] = field(factory=list)
    issue: list[int | None] = field(factory=list)  # of each zone
    home: dict[Thing, int] = field(factory=dict)  # the zone each belongs to
    early: set[Thing] = field(factory=set)  # may be mentioned before that
    strikes: dict[StepRef, list[Relation]] = field(factory=dict)
    told: dict[tuple[int, Thing], list[Relation]] = field(factory=dict)
    pairs: dict[int, list[Relation]] = field(factory=dict)  # stated at the end of a zone
    sequence: list[list[Thing]] = field(factory=list)
    hung: dict[Thing, ArgumentRef] = field(factory=dict)  # first put as part of this argument
    out: list[Block] = field(factory=list)
    written: set[ArgumentRef] = field(factory=set)  # whose structure is written

    def blocks(self) -> list[Block]:
        self._frame()
        self._place_relations()
        for z, section in enumerate(self.zones):
            if section is not None:
                self.out.append(section)
            Zone(self, z, self.sequence[z], self.issue[z] is not None).write()
        return self.out

    # --- where each thing belongs

    def _frame(self) -> None:
        d = self.debate
        self.things = {t.ref: t for t in d.things}
        self.arguments = {a.ref: a for a in d.arguments}
        self.zones = [None, *d.sections]
        number = {(): 0} | {s.path: n for n, s in enumerate(d.sections, 1)}
        issues = {i.section: n for n, i in enumerate(d.issues)}
        self.issue = [None]
        for s in d.sections:
            above = self.issue[number.get(s.path[:-1], 0)]
            self.issue.append(issues.get(s.path, above))
        for t in d.things:
            self.home[t.ref] = number.get(t.section, 0)
            if self._may_be_early(t):
                self.early.add(t.ref)
        for r in d.relations:
            if isinstance(r.head, StepRef):
                self.strikes.setdefault(r.head, []).append(r)
        for a in d.arguments:
            for ref in self.parts(a):
                if ref not in self.early:
                    self.home[ref] = min(self.home[ref], self.home[a.ref])

    def _may_be_early(self, t: Claim | Argument) -> bool:
        """Whether a mention in an earlier section would leave its section as it is."""
        if isinstance(t, Argument) and t.steps and t.section:
            return True
        where = t.data.get("isInGroup")
        if where is not None:
            return where is True
        return any(w.text for w in t.wordings)

    def reconstructed(self, ref: Thing) -> Argument | None:
        """The argument called *ref*, if it has premises and conclusions."""
        a = self.arguments.get(ref) if isinstance(ref, ArgumentRef) else None
        return a if a is not None and a.steps else None

    def struck(self, a: ArgumentRef, step: int) -> list[Relation]:
        """What strikes a step."""
        return self.strikes.get(StepRef(a, step), [])

    def parts(self, a: Argument) -> list[Thing]:
        """What stands in the structure of *a*, in the order in which it is read."""
        lines: list[Thing] = []
        for claim, step in lines_of(a):
            if step is not None:
                lines += [walk.whole(r.tail) for r in self.struck(a.ref, step)]
            lines.append(claim)
        return list(dict.fromkeys(lines))

    # --- where each relation is stated

    def _place_relations(self) -> None:
        d = self.debate
        bears: dict[Thing, list[int]] = {}
        for n, i in enumerate(d.issues):
            for ref in i.refs:
                bears.setdefault(ref, []).append(n)
        free = [z for z, n in enumerate(self.issue) if n is None]
        within: dict[int, list[Relation]] = {}  # zone: relations whose ends belong there
        asked: dict[int, list[Relation]] = {}  # issue: relations that are stated under it
        for r in d.relations:
            if isinstance(r.head, StepRef):
                continue
            tail, head = walk.whole(r.tail), r.head
            zt, zh = self.home[tail], self.home[head]
            common = [n for n in bears.get(tail, ()) if n in bears.get(head, ())]
            here = self.issue[zt]
            if zt == zh and here is None:
                within.setdefault(zt, []).append(r)
            elif common:
                asked.setdefault(here if here in common else common[0], []).append(r)
            elif (one := self._one_place(tail, head)) is not None:
                self.told.setdefault(one, []).append(r)
            else:
                needed = max((self.home[x] for x in (tail, head) if x not in self.early), default=0)
                at = bisect.bisect_left(free, needed)
                if at < len(free):
                    self.pairs.setdefault(free[at], []).append(r)
                else:
                    self.told.setdefault((max(zt, zh), head if zh > zt else tail), []).append(r)
        self.sequence = [[] for _ in self.zones]
        self._ask(asked)
        homed: list[list[Thing]] = [[] for _ in self.zones]
        for t in d.things:
            homed[self.home[t.ref]].append(t.ref)
        for z in range(len(self.zones)):
            if self.issue[z] is None:
                self._grow(z, homed[z], within.get(z, []))
            else:
                there = set(self.sequence[z])
                self.sequence[z] += [ref for ref in homed[z] if ref not in there]

    def _one_place(self, tail: Thing, head: Thing) -> tuple[int, Thing] | None:
        """The section and the end beside which the other end may be mentioned: the head if both
        may, but what has no title is not mentioned elsewhere if that can be helped."""
        ends = [(head, tail), (tail, head)]
        if is_made_up(tail.title) and not is_made_up(head.title):
            ends.reverse()
        for end, other in ends:
            zone = self.home[end]
            if self.issue[zone] is None and self._may(other, zone):
                return zone, end
        return None

    def _may(self, ref: Thing, zone: int) -> bool:
        return ref in self.early or self.home[ref] <= zone

    def _ask(self, asked: dict[int, list[Relation]]) -> None:
        """Put what bears on each question below it, in the given order."""
        zones: dict[int, list[int]] = {}
        for z, n in enumerate(self.issue):
            if n is not None:
                zones.setdefault(n, []).append(z)
        for n, issue in enumerate(self.debate.issues):
            places = zones.get(n, [])
            if not places:
                continue
            inside = set(places)
            latest: list[int | None] = []
            limit: int | None = None
            for ref in reversed(issue.refs):
                if self.home.get(ref) in inside:
                    limit = self.home[ref] if limit is None else min(limit, self.home[ref])
                latest.append(limit)
            at = places[0]
            stands: dict[Thing, tuple[int, int]] = {}
            for k, (ref, last) in enumerate(zip(issue.refs, reversed(latest), strict=True)):
                if ref not in self.things:
                    continue
                if self.home[ref] in inside and last is not None:
                    at = last
                if self._may(ref, at):
                    self.sequence[at].append(ref)
                    stands[ref] = (at, k)
                elif self.home[ref] in inside:
                    stands[ref] = (self.home[ref], k)
            for r in asked.get(n, ()):
                tail, head = walk.whole(r.tail), walk.whole(r.head)
                if tail in stands and head in stands:
                    zone, _, later = max(
                        (*stands[tail], tail), (*stands[head], head), key=lambda s: s[:2]
                    )
                    self.told.setdefault((zone, later), []).append(r)
                else:
                    self.pairs.setdefault(places[-1], []).append(r)

    def _grow(self, z: int, refs: list[Thing], relations: list[Relation]) -> None:
        """Put what belongs to a section without a question in an order of its own: what bears on
        something follows it, and an argument what it concludes."""
        here = set(refs)
        stated: list[tuple[tuple[Thing, ...], Thing]] = [
            ((walk.whole(r.tail),), walk.whole(r.head)) for r in relations
        ]
        touched = {x for tails, head in stated for x in (*tails, head)}
        arguments = [a for ref in refs if (a := self.reconstructed(ref)) is not None]
        uses = Counter(ref for a in arguments for ref in self.parts(a))
        untitled: list[tuple[tuple[Thing, ...], Thing]] = []
        titled: list[tuple[tuple[Thing, ...], Thing]] = []
        for a in arguments:
            for ref in self.parts(a):
                once = is_made_up(ref.title) and uses[ref] == 1
                other = ref == a.conclusion and (uses[ref] > 1 or ref in touched)
                if ref in here and self.reconstructed(ref) is None and (once or not other):
                    (untitled if once else titled).append(((ref,), a.ref))
        degree = Counter(x for tails, head in stated for x in {*tails, head})
        turned: list[tuple[tuple[Thing, ...], Thing]] = [
            ((head,), tails[0])
            for tails, head in stated
            if is_made_up(head.title) and degree[head] == 1 and not uses[head]
        ]
        edges = [*untitled, *stated, *titled, *turned]
        hangs, children = walk.hang(refs, edges)
        for ref, n in hangs.items():
            head = edges[n][1]
            is_part = n < len(untitled) or 0 <= n - len(untitled) - len(stated) < len(titled)
            if is_part and isinstance(head, ArgumentRef):
                self.hung[ref] = head
        for a in arguments:
            below = [ref for ref in children.get(a.ref, ()) if ref not in self.hung]
            children[a.ref] = below + [ref for ref in self.parts(a) if self.hung.get(ref) == a.ref]
        top: dict[Thing, Thing] = {}

        def root(ref: Thing) -> Thing:
            way = []
            while ref in hangs and ref not in top:
                way.append(ref)
                ref = edges[hangs[ref]][1]
            found = top.get(ref, ref)
            top.update((w, found) for w in way)
            return found

        follow: dict[Thing, list[Thing]] = {}
        roots = [ref for ref in refs if ref not in hangs]
        first: list[Thing] = []
        for ref in roots:
            t = self.things[ref]
            if isinstance(t, Argument) and t.conclusion in here and root(t.conclusion) != ref:
                follow.setdefault(root(t.conclusion), []).append(ref)
            else:
                first.append(ref)
        order: dict[Thing, None] = {}
        todo = [*reversed(roots), *reversed(first)]
        while todo:
            ref = todo.pop()
            if ref in order:
                continue
            todo += reversed(follow.get(ref, ()))
            self._tree(ref, children, order)
        self.sequence[z] = list(order)
        rank = {ref: i for i, ref in enumerate(order)}
        for n, r in enumerate(relations, len(untitled)):
            tail, head = walk.whole(r.tail), walk.whole(r.head)
            later = tail if rank[tail] >= rank[head] else head
            bare = is_made_up(tail.title)
            if hangs.get(tail) != n and bare != is_made_up(head.title):
                later = tail if bare else head  # so that it needs no title
            self.told.setdefault((z, later), []).append(r)

    def _tree(
        self, ref: Thing, children: dict[Thing, list[Thing]], order: dict[Thing, None]
    ) -> None:
        """Add *ref* and all that hangs by it to *order*.

        What belongs to the premises of an argument below it follows when all else is said.
        """
        below = [ref]
        arguments: deque[Thing] = deque()
        top = ref
        while below or arguments:
            if not below:
                a = arguments.popleft()
                below = [x for x in reversed(children.get(a, ())) if self.hung.get(x) == a]
                continue
            ref = below.pop()
            order[ref] = None
            if ref != top and self.reconstructed(ref) is not None:
                arguments.append(ref)
                below += [x for x in reversed(children.get(ref, ())) if x not in self.hung]
            else:
                below += reversed(children.get(ref, ()))
