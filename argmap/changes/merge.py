"""Maps of several people put together: nothing is lost, and nothing is joined by accident."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from attrs import define, evolve, field

from argmap.changes.account import fates, splits
from argmap.changes.frame import Headings, headings, issues
from argmap.changes.merged import Clash, Contribution, Merged, Named
from argmap.changes.mix import CONTRIBUTORS, Account, contributors, mixed, settled
from argmap.changes.order import woven
from argmap.changes.people import Cast, cast
from argmap.changes.proposed import Fused, accepted, proposals
from argmap.changes.same import Member, Same, gathered
from argmap.changes.turns import changes
from argmap.model import (
    Argument,
    ArgumentRef,
    Claim,
    ClaimRef,
    Data,
    Debate,
    Kind,
    Link,
    Ref,
    Relation,
    Step,
    StepRef,
    Wording,
)

_Key: TypeAlias = tuple[Kind, Ref, Ref]
_PARTED = " / "


def merge(
    contributions: Sequence[Contribution], accept: Iterable[str | int] = (), *, title: str = ""
) -> Merged:
    """*contributions* as one debate. Their order makes no difference.

    *accept* fuses proposals: numbers, ``all``, or two titles as ``A=B``. Every contribution has a
    name of its own, and one at most is the base.

    Raises:
        UnknownName: there is no such proposal or title to accept.
        BadValue: what is to be accepted is neither number nor titles.
    """
    ordered = sorted(contributions, key=lambda c: (not c.is_base, c.name))
    if not ordered:
        return Merged(Debate(title), ())
    account = Account([c.name for c in ordered], ordered[0].is_base)
    people = cast(ordered, account)
    found = gathered(people.contributions)
    fused = Fused(found, account)
    proposed = accepted(proposals(found, account), accept, fused)
    splits(found, account)
    making = _Making(people, fused, account, headings(people.contributions))
    debate = making.debate(title)
    told = changes(people.contributions, found, making.refs, account)
    return Merged(
        debate,
        tuple(account.names),
        account.names[0] if account.based else "",
        proposed,
        tuple(account.conflicts),
        told,
        tuple(fates(people.contributions, found, fused, making.refs, proposed)),
        people.keys,
    )


@define(eq=False)
class _Making:
    """Builds the merged debate from what will be one."""

    people: Cast
    fused: Fused
    account: Account
    frame: Headings
    refs: list[Named] = field(init=False)  # of each that was gathered: its name now
    _groups: dict[int, list[Same]] = field(init=False)
    _named: list[Mapping[Named, Named]] = field(init=False)
    _by_path: dict[tuple[int, ...], str] | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        found, of = self.fused.found, self.fused.of
        self._groups = {}
        for n, same in enumerate(found.all):
            self._groups.setdefault(of(n), []).append(same)
        for group in self._groups.values():
            group.sort(key=lambda s: s.members[0].file)  # stable: then as they stand
        titles = _titles(self._groups, found.all)
        self.refs = [titles[of(n)] for n in range(len(found.all))]
        self._named = [{was: self.refs[n] for was, n in mine.items()} for mine in found.of]

    def debate(self, title: str) -> Debate:
        """The merged debate."""
        maps = [c.debate for c in self.people.contributions]
        claims: list[Claim] = []
        arguments: list[Argument] = []
        for n, group in self._groups.items():
            made = self._thing(self.refs[n], group)
            if isinstance(made, Claim):
                claims.append(made)
            else:
                arguments.append(made)
        placed: dict[Named, tuple[int, ...]] = {c.ref: c.section for c in claims}
        placed |= {a.ref: a.section for a in arguments}
        titles = dict.fromkeys(d.title for d in maps if d.title)
        positions = {d.position for d in maps}
        front = self._front([d.data for d in maps])
        return Debate(
            title or _PARTED.join(titles),
            tuple(claims),
            tuple(arguments),
            tuple(self._relations()),
            self.frame.sections,
            self.people.speakers,
            self.people.sources,
            issues(self.people.contributions, self.frame, self._named, placed),
            front,
            positions.pop() if len(positions) == 1 else "",
            front,
        )

    def _front(self, said: Sequence[Data]) -> Data:
        """The frontmatter that argmap does not read."""
        return mixed(list(enumerate(said)), self.account, "the frontmatter")

    # --- claims and arguments

    def _thing(self, ref: Named, group: Sequence[Same]) -> Claim | Argument:
        lead = self._lead(group)
        members = [m for same in group for m in same.members]
        members.sort(key=lambda m: (m.file, m.place))
        wordings, shown = _wordings([m for m in members if m is not lead], lead)
        tags = tuple(dict.fromkeys(t for m in members for t in m.thing.tags))
        section = self._section(ref, members)
        data = self._data(ref, members)
        if isinstance(ref, ClaimRef):
            return Claim(ref, wordings, tags, section, data, shown)
        argued = next((m for m in members if m.steps), None)
        steps = tuple(self._steps(argued)) if argued else ()
        return Argument(ref, wordings, steps, tags, section, data, shown)

    def _lead(self, group: Sequence[Same]) -> Member:
        """Whose words are shown: the first's, or what somebody put in place of the base's."""
        first = group[0]
        if self.account.based and first.files & 1:
            named = first.members[0].thing.ref
            instead = (s for s in group[1:] if s.members[0].thing.ref == named)
            first = next(instead, first)
        return first.lead

    def _data(self, ref: Named, members: Sequence[Member]) -> Data:
        """The data of all, and who they are."""
        who: dict[str, None] = {}
        said = []
        for m in members:
            names, rest = contributors(m.thing.data, self.account.names[m.file])
            who.update(dict.fromkeys(names))
            said.append((m.file, rest))
        both = mixed(said, self.account, str(ref))
        return Data((*both.items, (CONTRIBUTORS, tuple(who))))

    def _section(self, ref: Named, members: Sequence[Member]) -> tuple[int, ...]:
        placed = [(m.file, self.frame.of[m.file].get(m.thing.section, ())) for m in members]
        if len(placed) == 1:
            return placed[0][1]
        worded = [p for p, m in zip(placed, members, strict=True) if m.text or (m.steps and p[1])]
        found = settled(worded or placed, self.account.based)
        if found.clashing:
            said = ((file, self._heading(path)) for file, path in worded or placed)
            outcome = f"under {self._heading(found.kept)}"
            self.account.tell(Clash.SECTION, str(ref), said, outcome)
        return found.kept

    def _heading(self, path: tuple[int, ...]) -> str:
        """The heading at *path*, with its number if others have the same words."""
        if not path:
            return "no heading"
        if self._by_path is None:
            again = Counter(s.title for s in self.frame.sections)
            self._by_path = {
                s.path: f"{s.title} ({'.'.join(map(str, s.path))})"
                if again[s.title] > 1
                else s.title
                for s in self.frame.sections
            }
        return self._by_path[path]

    def _steps(self, m: Member) -> Iterable[Step]:
        named = self._named[m.file]
        for s in m.thing.steps if isinstance(m.thing, Argument) else ():
            premises = dict.fromkeys(ClaimRef(named[p].title) for p in s.premises)
            conclusion = ClaimRef(named[s.conclusion].title)
            yield evolve(s, premises=tuple(premises), conclusion=conclusion, span=None)

    # --- relations

    def _relations(self) -> Iterator[Relation]:
        said: dict[_Key, list[tuple[int, Relation]]] = {}
        rows: list[list[_Key]] = []
        for file, c in enumerate(self.people.contributions):
            rows.append([])
            for r in c.debate.relations:
                tail, head = self._ref(r.tail, file), self._ref(r.head, file)
                key = (r.kind, tail, head)
                if r.kind.symmetric and (r.kind, head, tail) in said:
                    key = (r.kind, head, tail)
                said.setdefault(key, []).append((file, r))
                rows[file].append(key)
        for key in woven(rows):
            _, tail, head = key
            stated = said[key]
            link = self._link(f"{tail} → {head}", stated) if len(stated) > 1 else stated[0][1].link
            yield evolve(stated[0][1], tail=tail, head=head, link=link, spans=())

    def _link(self, what: str, stated: Sequence[tuple[int, Relation]]) -> Link | None:
        links = [(file, r.link) for file, r in stated if r.link is not None]
        if not links:
            return None
        found = settled(links, self.account.based)
        if found.clashing:
            said = ((file, _linked(link)) for file, link in links)
            self.account.tell(Clash.LINK, what, said, _linked(found.kept))
        return found.kept

    def _ref(self, ref: Ref, file: int) -> Ref:
        named = self._named[file]
        if isinstance(ref, StepRef):
            return StepRef(ArgumentRef(named[ref.argument].title), ref.index)
        return named[ref]


def _linked(link: Link) -> str:
    """*link* in a report."""
    sense = link.sense.value if link.sense else "joined"
    about = f" about {link.about.value}" if link.about else ""
    because = f", because {link.because}" if link.because else ""
    return f"{sense}{about}{because} (by {link.by})"


def _titles(groups: Mapping[int, Sequence[Same]], sames: Sequence[Same]) -> dict[int, Named]:
    """What each of *groups* is called: as the first of it; by its bare title, once that means
    nothing else any more.
    """
    users: dict[Named, int] = {}
    for n, group in groups.items():
        for ref in {s.members[0].thing.ref for s in group}:
            users[ref] = -1 if ref in users else n
    taken = {s.ref for s in sames}
    titles = {}
    for n, group in groups.items():
        bare = {s.members[0].thing.ref for s in group}
        ref = group[0].members[0].thing.ref
        free = len(group) > 1 and len(bare) == 1 and users[ref] == n and ref not in taken
        titles[n] = ref if free else group[0].ref
    return titles


def _wordings(others: Sequence[Member], lead: Member) -> tuple[tuple[Wording, ...], int]:
    """The wordings of all, those of *lead* last, and the number of the one to show.

    What several say in the same words, citing the same, is said once.
    """
    kept = [lead.thing.wordings]
    known = set(lead.thing.wordings)
    for m in reversed(others):
        more = tuple(w for w in m.thing.wordings if w not in known)
        known.update(more)
        kept.append(more)
    wordings = tuple(w for more in reversed(kept) for w in more)
    shown = lead.thing.shown
    return wordings, shown + len(wordings) - len(lead.thing.wordings) if shown >= 0 else -1
