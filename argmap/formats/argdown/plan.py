"""How a debate is written: its blocks in order, which titles go unwritten, what gets lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from attrs import define, evolve, field

from argmap.formats.argdown.arrange import arrange
from argmap.formats.argdown.blocks import Block, Entry, Row, Structure, Thing, rows_of
from argmap.formats.argdown.fit import Fit
from argmap.model import (
    NO_DATA,
    Argument,
    ArgumentRef,
    Builder,
    Claim,
    Debate,
    Section,
    Wording,
    is_made_up,
)
from argmap.model.draft import Titles, slug


@define
class Plan:
    """What is written: `kept` is what will be read of it."""

    kept: Debate
    blocks: list[Block]
    losses: dict[str, None]
    codes: frozenset[str]
    untitled: set[Thing] = field(factory=set)
    headless: set[ArgumentRef] = field(factory=set)


def plan_of(debate: Debate) -> Plan:
    """How *debate* is written, as far as it can be."""
    fit = Fit(debate)
    fitted = fit.fitted()
    blocks = arrange(fitted)
    plan = Plan(fitted, blocks, fit.losses, fit.codes)
    Reader(plan).read()
    return plan


@define
class Reader:
    """Goes through the blocks as a reader does: which titles it makes up, and what each section
    and question gets."""

    plan: Plan
    builder: Builder = field(factory=Builder)
    things: dict[Thing, Claim | Argument] = field(factory=dict)
    times: Counter[Thing] = field(factory=Counter)
    used: dict[str, int] = field(factory=dict)  # beginnings of titles made up so far
    taken: dict[str, None] = field(factory=dict)
    sketched: dict[str, int] = field(factory=dict)
    named: dict[str, None] = field(factory=dict)

    def read(self) -> None:
        plan = self.plan
        self.things = {t.ref: t for t in plan.kept.things}
        for block in plan.blocks:
            self.times.update(row.ref for row in rows_of(block))
        asked = {i.section for i in plan.kept.issues}
        free = True
        last: Block | None = None
        for n, block in enumerate(plan.blocks):
            match block:
                case Section():
                    self.builder.section(block.title, block.level)
                    path = self.builder.frame.path
                    free = not any(path[:k] in asked for k in range(1, len(path) + 1))
                case Entry():
                    after = plan.blocks[n + 1] if n + 1 < len(plan.blocks) else None
                    kept_apart = not (isinstance(last, Entry) and _is_argument(last))
                    bare = free and kept_apart
                    if isinstance(after, Structure) and bare and self._goes_without(block, after):
                        self.plan.headless.add(after.argument)
                        continue
                    self._rows(block.rows)
                case Structure():
                    self._structure(block)
            last = block
        self._compare()

    def _rows(self, rows: Iterable[Row]) -> None:
        listed = list(rows)
        for row in listed:
            self._name(row)
        for row in listed:
            thing = self.things[row.ref]
            said = thing.wordings
            wording = None if row.wording is None else Wording(said[row.wording].text)
            self.builder.put(row.ref, wording, data=thing.data if row.whole else NO_DATA)

    def _name(self, row: Row) -> None:
        ref = row.ref
        if isinstance(ref, ArgumentRef):
            self.builder.name_argument(ref.title)
            self.named[ref.title] = None
            return
        if self.times[ref] == 1 and is_made_up(ref.title) and row.wording is not None:
            text = self.things[ref].wordings[row.wording].text
            if text and _is_made_of(text, ref.title, self.used, self.taken):
                self.plan.untitled.add(ref)
        self.builder.name_claim(ref.title)
        self.taken[ref.title] = None

    def _goes_without(self, entry: Entry, structure: Structure) -> bool:
        """Whether the title of an argument is made up again from its conclusion."""
        ref = structure.argument
        a = self.things[ref]
        final = self.things[structure.lines[-1][1][0].ref]
        row = structure.lines[-1][1][0]
        alone = len(entry.rows) == 1 and entry.rows[0].ref == ref and self.times[ref] == 1
        if not alone or not is_made_up(ref.title) or a.wordings or a.tags or a.data:
            return False
        if any(isinstance(row.ref, ArgumentRef) for row in rows_of(structure)):
            return False
        said = final.wordings[row.wording].text if row.wording is not None else ""
        return _is_made_of(said or final.title, ref.title, self.sketched, self.named)

    def _structure(self, block: Structure) -> None:
        for step, rows in block.lines:
            if step is not None:
                self._rows(block.strikes[step])
            self._rows(rows)
        ref = block.argument
        if ref in self.plan.headless:
            self.builder.name_argument(ref.title)
            self.named[ref.title] = None
        if isinstance(a := self.things[ref], Argument):
            self.builder.steps(ref, a.steps)

    def _compare(self) -> None:
        """Note where sections and questions get other things than they had."""
        plan, read = self.plan, self.builder.build()
        lose = plan.losses.setdefault
        where: dict[Thing, tuple[int, ...]] = {t.ref: t.section for t in read.things}
        for t in plan.kept.things:
            if t.ref in where and where[t.ref] != t.section:
                lose(f"which section {t.ref} stands in")
        before = {i.section: i for i in plan.kept.issues}
        for i in read.issues:
            old = before.pop(i.section, None)
            if old is None:
                lose(f"that {i.question!r} is a heading, and no question")
            elif old.refs != i.refs:
                added = [str(r) for r in i.refs if r not in old.refs]
                lose(
                    f"what bears on {i.question!r}: {', '.join(added)} too"
                    if added
                    else f"the order of what bears on {i.question!r}"
                )
            elif old.question != i.question:
                lose(f"the question {old.question!r}, which is the heading {i.question!r}")
        for i in before.values():
            lose(f"that {i.question!r} is a question")
        plan.kept = evolve(
            plan.kept,
            claims=tuple(evolve(c, section=where.get(c.ref, c.section)) for c in plan.kept.claims),
            arguments=tuple(
                evolve(a, section=where.get(a.ref, a.section)) for a in plan.kept.arguments
            ),
            issues=read.issues,
        )


def _is_made_of(text: str, title: str, used: dict[str, int], taken: dict[str, None]) -> bool:
    """Whether a reader makes *title* up for *text*; if so, it is counted as made."""
    stem = slug(text)
    before = used.get(stem, 0)
    if Titles(used).new(text, taken) == title:
        return True
    used[stem] = before
    return False


def _is_argument(entry: Entry) -> bool:
    return isinstance(entry.rows[0].ref, ArgumentRef)
