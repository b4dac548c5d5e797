"""One section in the making: its things are taken in order, and each gets its row."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from attrs import define, field

from argmap.formats.argdown.blocks import (
    Block,
    Entry,
    Row,
    Structure,
    Thing,
    lines_of,
    main,
    sign_of,
)
from argmap.model import ArgumentRef, Kind, Link, Relation, is_made_up, walk

if TYPE_CHECKING:
    from argmap.formats.argdown.arrange import Arranger

_AHEAD = 500  # rows that are tried below an argument before it is put off
_TRIES = 3
_DEEPEST = 20  # rows below each other: what follows begins a block of its own


@define
class Open:
    """Rows in the making, and the way from the first to the last of them."""

    rows: list[Row]
    depths: dict[Thing, int]
    path: list[Thing]
    guarded: bool  # an undercut below the first row would strike a step

    def add(self, row: Row) -> None:
        while len(self.path) > row.depth:
            self.depths.pop(self.path.pop(), None)
        if row.ref not in self.depths:
            self.depths[row.ref] = row.depth
            self.path.append(row.ref)
        else:  # it stands below itself
            self.path.append(row.ref)
        self.rows.append(row)

    def takes(self, r: Relation, other: Thing, deepest: int) -> bool:
        """Whether *r* can be stated by a row below the open one of *other*."""
        depth = self.depths.get(other)
        if depth is None or depth >= deepest:
            return False
        return not (self.guarded and depth == 0 and r.kind is Kind.UNDERCUT and r.head == other)


@define
class Zone:
    """Writes one section: takes its sequence thing by thing."""

    all: Arranger
    z: int
    sequence: list[Thing]
    strict: bool  # nothing may be mentioned before its place in the sequence
    open: Open | None = None
    at: int = 0
    place: dict[Thing, int] = field(factory=dict)
    waiting: dict[Thing, list[ArgumentRef]] = field(factory=dict)
    missing: dict[ArgumentRef, int] = field(factory=dict)  # parts that are not there yet
    ready: deque[ArgumentRef] = field(factory=deque)
    tries: dict[ArgumentRef, int] = field(factory=dict)
    counted: int = 0

    def write(self) -> None:
        self.place = {ref: i for i, ref in enumerate(self.sequence)}
        while self.at < len(self.sequence):
            ref = self.sequence[self.at]
            if self.open is not None and self._nest(self.open, ref):
                self.at += 1
                continue
            at = self.at
            self._close()
            if self.at != at or self._structure_waiting(ref):
                continue  # a structure took what was next
            due = self._due(ref)
            if due is not None and self._structure(due, self.at + 1, told=True):
                continue
            told = self._told(ref)
            if told or ref not in self.all.written:
                self.open = Open([], {}, [], False)
                self.open.add(self._row(ref, 0))
                self._beside(self.open, ref, told, 0)
            self.at += 1
        self._close()
        for a in list(self.missing):
            self._structure(a, self.at, told=False, force=True)
        self._pairs()

    # --- rows

    def _told(self, ref: Thing) -> list[Relation]:
        return self.all.told.get((self.z, ref), [])

    def _due(self, ref: Thing) -> ArgumentRef | None:
        """*ref*, if it is an argument whose structure is to be written in this section."""
        due = (
            isinstance(ref, ArgumentRef)
            and self.all.home[ref] == self.z
            and self.all.reconstructed(ref) is not None
            and ref not in self.all.written
        )
        return ref if due and isinstance(ref, ArgumentRef) else None

    def _row(self, ref: Thing, depth: int, symbol: str = "", link: Link | None = None) -> Row:
        apart = self.all.reconstructed(ref) is not None  # it is put where its structure is
        if apart or self.all.home[ref] != self.z:
            return Row(ref, depth, symbol, link)
        return Row(ref, depth, symbol, link, main(self.all.things[ref]), True)

    def _needs_block(self, ref: Thing) -> bool:
        """Whether something has to be said of *ref* just before."""
        here = self.all.home[ref] == self.z
        return here and (main(self.all.things[ref]) or 0) > 0

    def _nest(self, open_: Open, ref: Thing) -> bool:
        """Put *ref* below an open row that it bears on; without a title, also below what bears
        on it."""
        if self._needs_block(ref) and self._due(ref) is None:
            return False
        told = self._told(ref)
        for n, r in enumerate(told):
            other = walk.whole(r.head if r.tail == ref else r.tail)
            bears = r.tail == ref or r.kind.symmetric or is_made_up(ref.title)
            if bears and other != ref and open_.takes(r, other, _DEEPEST):
                depth = open_.depths[other] + 1
                symbol = sign_of(r, below=other)
                open_.add(self._row(ref, depth, symbol, r.link))
                self._beside(open_, ref, told[:n] + told[n + 1 :], depth)
                return True
        return False

    def _beside(
        self, open_: Open, ref: Thing, told: Iterable[Relation], depth: int
    ) -> list[Relation]:
        """State the other relations of *ref* by mentions below it; give those that cannot be."""
        left: list[Relation] = []
        for r in told:
            other = walk.whole(r.head if r.tail == ref else r.tail)
            if open_.guarded and depth == 0 and r.kind is Kind.UNDERCUT and r.head == ref:
                left.append(r)
            else:
                open_.rows.append(Row(other, depth + 1, sign_of(r, below=ref), r.link))
        return left

    def _close(self) -> None:
        if self.open is not None:
            rows, self.open = self.open.rows, None
            self._put(rows, [Entry(rows)])
        self._count()
        while self.ready:
            a = self.ready.popleft()
            if a in self.missing:
                self._structure(a, self.at, told=False, force=True)

    def _put(self, rows: Sequence[Row], blocks: Sequence[Block]) -> None:
        """Write *blocks*, whose rows are *rows*, and around them what else is said of things."""
        before: list[Block] = []
        after: list[Block] = []
        for row in rows:
            if row.whole:
                said, home = self.all.things[row.ref].wordings, row.wording or 0
                before += [Entry([Row(row.ref, wording=i)]) for i in range(home)]
                after += [Entry([Row(row.ref, wording=i)]) for i in range(home + 1, len(said))]
        self.all.out += [*before, *blocks, *after]
        for row in rows:
            due = None if row.whole else self._due(row.ref)
            if due is not None and due not in self.missing:
                self._wait(due)

    # --- premises and conclusions

    def _wait(self, a: ArgumentRef) -> None:
        """Put off the structure of *a* until its parts come."""
        argument = self.all.arguments[a]
        parts = [
            ref
            for ref in self.all.parts(argument)
            if self.place.get(ref, -1) >= self.counted
            and (self.strict or self.all.hung.get(ref) == a)
        ]
        self.missing[a] = len(parts)
        for ref in parts:
            self.waiting.setdefault(ref, []).append(a)
        if not parts:
            self.ready.append(a)

    def _count(self) -> None:
        while self.counted < min(self.at, len(self.sequence)):
            for a in self.waiting.get(self.sequence[self.counted], ()):
                if a in self.missing:
                    self.missing[a] -= 1
                    if not self.missing[a]:
                        self.ready.append(a)
            self.counted += 1

    def _structure_waiting(self, ref: Thing) -> bool:
        for a in self.waiting.get(ref, ())[:_TRIES]:
            if a in self.missing and self.tries.get(a, 0) < _TRIES:
                self.tries[a] = self.tries.get(a, 0) + 1
                if self._structure(a, self.at, told=False):
                    return True
        return False

    def _structure(self, a: ArgumentRef, at: int, *, told: bool, force: bool = False) -> bool:
        """Write *a* with its premises and conclusions, and from the sequence, beginning at number
        *at*, what comes below them; False if something would come before its place.

        *told* says that the relations of *a* are stated with it.
        """
        argument = self.all.arguments[a]
        head = Open([], {}, [], False)
        head.add(Row(a, wording=main(argument), whole=True))
        if told:
            self._beside(head, a, self._told(a), 0)
        left: list[Relation] = []
        start = at
        lines: list[tuple[int | None, list[Row]]] = []
        strikes: list[list[Row]] = [[] for _ in argument.steps]
        slots: list[tuple[Thing, int | None, Relation | None]] = []
        for claim, step in lines_of(argument):
            if step is not None:
                slots += [(walk.whole(r.tail), step, r) for r in self.all.struck(a, step)]
            slots.append((claim, step, None))
        at = self._follow(head, at, start, slots[0][0])
        concluded = False
        for n, (ref, step, strike) in enumerate(slots):
            concluded = concluded or step is not None
            depth, symbol, link = 0, "", None
            first = True
            if strike is not None and step is not None:
                depth, symbol, link = 0, "_", strike.link
                first = not strikes[step]
            open_ = Open([], {}, [], concluded and first)
            comes = at < len(self.sequence) and self.sequence[at] == ref
            if comes and not self._needs_block(ref) and self._due(ref) is None:
                open_.add(self._row(ref, depth, symbol, link))
                left += self._beside(open_, ref, self._told(ref), depth)
                at += 1
                following = slots[n + 1][0] if n + 1 < len(slots) else None
                at = self._follow(open_, at, start, following)
            elif self.strict and self.place.get(ref, -1) >= at and not force:
                return False
            else:
                open_.add(Row(ref, depth, symbol, link))
            if strike is not None and step is not None:
                strikes[step] += open_.rows
            else:
                lines.append((step, open_.rows))
        self.all.written.add(a)
        self.missing.pop(a, None)
        rows = [row for _, line in lines for row in line]
        rows += [row for struck in strikes for row in struck]
        self._put([*head.rows, *rows], [Entry(head.rows), Structure(a, lines, strikes)])
        if left:
            self.all.pairs.setdefault(self.z, []).extend(left)
        self.at = max(at, self.at)
        return True

    def _follow(self, open_: Open, at: int, start: int, until: Thing | None) -> int:
        """Put what comes in the sequence from number *at* on below the rows of *open_*, as far as
        it belongs there and is not *until*; give the number of what comes then."""
        while (
            at < len(self.sequence)
            and at - start < _AHEAD
            and self.sequence[at] != until
            and self._nest(open_, self.sequence[at])
        ):
            at += 1
        return at

    def _pairs(self) -> None:
        """State what could not be stated beside anything, gathered by what it bears on."""
        by_head: dict[Thing, list[Row]] = {}
        for r in self.all.pairs.get(self.z, ()):
            head = walk.whole(r.head)
            rows = by_head.setdefault(head, [Row(head)])
            rows.append(Row(walk.whole(r.tail), 1, sign_of(r, below=head), r.link))
        self.all.out += [Entry(rows) for rows in by_head.values()]
