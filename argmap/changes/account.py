"""The account of a merge: what became of each claim, and what is told in several ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from argmap.changes.merged import Clash, Contribution, Fate, Named, Proposal, What
from argmap.changes.mix import Account
from argmap.changes.proposed import Fused
from argmap.changes.same import Gathered, Member
from argmap.model import Argument


def splits(found: Gathered, account: Account) -> None:
    """Tell of titles that several put in several ways against the base, or argue in several."""
    for split in found.splits:
        if not (split.base or split.argued):
            continue
        clash = Clash.STEPS if split.argued else Clash.WORDING
        said = [
            (m.file, f"{same.ref} {_reasons(m) if split.argued else m.text}".strip())
            for same in split.parts
            for m in same.members
        ]
        account.tell(clash, str(split.parts[0].members[0].thing.ref), said, "all are kept")


def _reasons(m: Member) -> str:
    steps = m.thing.steps if isinstance(m.thing, Argument) else ()
    return "; ".join(f"{', '.join(map(str, s.premises))} → {s.conclusion}" for s in steps)


def fates(
    contributions: Sequence[Contribution],
    found: Gathered,
    fused: Fused,
    refs: Sequence[Named],
    proposed: Iterable[Proposal],
) -> Iterator[Fate]:
    """What became of everything of every contribution, in order."""
    names = [c.name for c in contributions]
    numbers: dict[Named, list[int]] = {}
    for p in proposed:
        for side in (p.left, p.right):
            numbers.setdefault(side.ref, []).append(p.number)
    groups: dict[int, list[int]] = {}
    for n in range(len(found.all)):
        groups.setdefault(fused.of(n), []).append(n)
    for file, c in enumerate(contributions):
        for thing in c.debate.things:
            n = found.of[file][thing.ref]
            same = found.all[n]
            text = next(m.text for m in same.members if m.file == file)
            others = tuple(names[m.file] for m in same.members if m.file != file)
            group = groups[fused.of(n)]
            joined = tuple(found.all[o].ref for o in group if o != n)
            what = What.KEPT
            if joined:
                what = What.FUSED
            elif others:
                said = {" ".join(m.text.split()) for m in same.members if m.text}
                what = What.REWORDED if text and len(said) > 1 else What.SAME
            elif refs[n] != thing.ref:
                what = What.RENAMED
            told = tuple(numbers.get(same.ref, ()))
            yield Fate(c.name, thing.ref, refs[n], what, text, others, joined, told)
