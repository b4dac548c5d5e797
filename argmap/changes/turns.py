"""What contributors changed against the map that they began from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, field

from argmap.changes.merged import Change, Clash, Contribution, Named, Turn
from argmap.changes.mix import Account
from argmap.changes.same import Gathered, Member
from argmap.model import Kind
from argmap.model.walk import whole

_Heads = dict[Named, dict[tuple[Kind, Named], None]]


def changes(
    contributions: Sequence[Contribution],
    found: Gathered,
    refs: Sequence[Named],
    account: Account,
) -> tuple[Change, ...]:
    """What each contributor changed against the base, the base's claims first; nothing without one.

    What two moved to two places is told as a conflict: it stands in both.
    """
    if not account.based:
        return ()
    finding = _Turns(contributions, found, refs, account)
    return tuple(c for file in range(1, len(contributions)) for c in finding.of(file))


@define(eq=False)
class _Turns:
    contributions: Sequence[Contribution]
    found: Gathered
    refs: Sequence[Named]
    account: Account
    base: list[dict[Named, Named]] = field(init=False)  # of each file: what it was in the base
    members: dict[tuple[int, Named], Member] = field(init=False)
    heads: list[_Heads] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.base = [{} for _ in self.contributions]
        self.members = {}
        for same in self.found.all:
            for m in same.members:
                self.members[m.file, m.thing.ref] = m
                if same.files & 1:
                    self.base[m.file][m.thing.ref] = same.members[0].thing.ref
        for split in self.found.splits:
            for m in (m for part in split.parts if split.base for m in part.members):
                self.base[m.file][m.thing.ref] = m.thing.ref
        self.heads = [self._heads(file) for file in range(len(self.contributions))]
        self._tell_moves()

    def of(self, file: int) -> Iterator[Change]:
        """The changes of the contribution number *file*."""
        name = self.contributions[file].name
        mine = {was: ref for ref, was in self.base[file].items()}
        for thing in self.contributions[0].debate.things:
            now = self._now(0, thing.ref)
            if thing.ref not in mine:
                yield Change(name, Turn.LEFT_OUT, now, self.members[0, thing.ref].text)
                continue
            old, new = self.members[0, thing.ref], self.members[file, mine[thing.ref]]
            now = self._now(file, mine[thing.ref])
            if new.text and new.sign != old.sign:
                yield Change(name, Turn.REWORDED, now, old.text, new.text)
            if new.steps and old.steps and new.steps != old.steps:
                yield Change(name, Turn.ARGUED, now)
            if joined := self._joined(file, thing.ref):
                yield Change(name, joined[0], now, *joined[1:])
        for thing in self.contributions[file].debate.things:
            if thing.ref not in self.base[file]:
                text = self.members[file, thing.ref].text
                yield Change(name, Turn.ADDED, self._now(file, thing.ref), "", text)

    def _now(self, file: int, ref: Named) -> Named:
        return self.refs[self.found.of[file][ref]]

    def _heads(self, file: int) -> _Heads:
        """What each thing of the base bears on in one map, all by their names in the base."""
        base = self.base[file]
        heads: _Heads = {}
        for r in self.contributions[file].debate.relations:
            tail, head = whole(r.tail), whole(r.head)
            if tail in base and not r.kind.symmetric:
                old = base.get(head) or self._now(file, head)
                heads.setdefault(base[tail], {})[r.kind, old] = None
        return heads

    def _joined(self, file: int, ref: Named) -> tuple[Turn, str, str] | None:
        """How *ref* bears on other things than in the base: what it bore on there and does no
        longer, and what it bears on instead.
        """
        before, after = self.heads[0].get(ref, {}), self.heads[file].get(ref, {})
        left = [h for h in before if h not in after]
        new = [h for h in after if h not in before]
        if left and not new:  # what it bore on may be left out, which is told
            there = self.base[file].values()
            left = [h for h in left if h[1] in there]
        if not left and not new:
            return None
        if {head for _, head in left} == {head for _, head in new}:
            said = [", ".join(f"{kind.value}: {head}" for kind, head in of) for of in (left, new)]
            return Turn.TURNED, said[0], said[1]
        heads = [", ".join(str(head) for _, head in of) for of in (left, new)]
        turn = Turn.MOVED if left and new else Turn.JOINED if new else Turn.PARTED
        return turn, heads[0], heads[1]

    def _tell_moves(self) -> None:
        for thing in self.contributions[0].debate.things if any(self.heads[1:]) else ():
            moves = (
                (file, joined[2])
                for file in range(1, len(self.contributions))
                if (joined := self._joined(file, thing.ref)) and joined[1] and joined[2]
            )
            said = list(moves)
            if len({to for _, to in said}) > 1:
                what = str(self._now(0, thing.ref))
                self.account.tell(Clash.MOVED, what, said, "it bears on all of them")
