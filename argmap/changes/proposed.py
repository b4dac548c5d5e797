"""Probable duplicates among the claims of several people, and which of them are accepted."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence

from attrs import define, evolve, field

from argmap.changes import similar
from argmap.changes.merged import Clash, Named, Proposal, Side
from argmap.changes.mix import Account
from argmap.changes.same import Gathered, Same
from argmap.errors import BadValue, UnknownName
from argmap.model import ArgumentRef, ClaimRef

LEAST = 0.7
"""How like each other two texts are at least, to be proposed as one."""

ALL = "all"
_FEW = 12  # contributors whose versions of one title are all held against each other
_NEAR = 6  # numbers that a message names


def proposals(found: Gathered, account: Account) -> tuple[Proposal, ...]:
    """What may be one claim: nearly the same words, or one title and words for it.

    Where somebody has the very words, nothing else of theirs is proposed. Never two that one
    contributor has, for whom they are different; never two arguments that each have steps of
    their own; and never texts with different numbers, unless under one title.
    """
    pairs: dict[tuple[int, int], float] = {}
    every = (1 << len(account.names)) - 1
    apart = [n for n, s in enumerate(found.all) if s.files != every and s.text]
    for kind in (ClaimRef, ArgumentRef):
        for n, m, ratio in _alike([n for n in apart if type(found.all[n].ref) is kind], found.all):
            pairs[n, m] = ratio
    for n, m in _of_one_title(found):
        left, right = found.all[n], found.all[m]
        ratio = similar.likeness(left.text, right.text)
        if ratio >= LEAST or not (left.lead.text and right.lead.text):
            pairs[n, m] = ratio
    return tuple(
        Proposal(
            number,
            _side(found.all[n], found.all[m], account),
            _side(found.all[m], found.all[n], account),
            round(ratio, 2),
        )
        for number, ((n, m), ratio) in enumerate(sorted(_nearest(pairs, found.all)), 1)
    )


def _nearest(
    pairs: dict[tuple[int, int], float], all: Sequence[Same]
) -> Iterator[tuple[tuple[int, int], float]]:
    """*pairs* without those of which one has the very words of another of the same contributor."""
    twins = [0] * len(all)
    for (n, m), ratio in pairs.items():
        if ratio == 1:
            twins[n] |= all[m].files
            twins[m] |= all[n].files
    for (n, m), ratio in pairs.items():
        if ratio == 1 or not (twins[n] & all[m].files or twins[m] & all[n].files):
            yield (n, m), ratio


def _alike(numbers: Sequence[int], all: Sequence[Same]) -> Iterator[tuple[int, int, float]]:
    parts: dict[int, list[int]] = {}
    for n in sorted(numbers, key=lambda n: all[n].members[0].file):
        parts.setdefault(all[n].members[0].file, []).append(n)
    order = [n for part in parts.values() for n in part]
    figures: dict[int, tuple[str, ...]] = {}

    def figures_of(n: int) -> tuple[str, ...]:
        if n not in figures:
            figures[n] = similar.figures(all[n].text)
        return figures[n]

    def apart(x: int, y: int) -> bool:
        n, m = order[x], order[y]
        return not _may_be_one(all[n], all[m]) or figures_of(n) != figures_of(m)

    texts = [[all[n].text for n in part] for part in parts.values()]
    for x in similar.across(texts, least=LEAST, apart=apart):
        yield order[x.left], order[x.right], x.ratio


def _may_be_one(a: Same, b: Same) -> bool:
    return not a.files & b.files and not (a.steps and b.steps)


def _of_one_title(found: Gathered) -> Iterator[tuple[int, int]]:
    for split in found.splits:
        firsts = [s.members[0] for s in split.parts if s.text]
        numbers = sorted((found.of[m.file][m.thing.ref] for m in firsts), key=found.rank)
        for x, n in enumerate(numbers[:_FEW]):
            for m in numbers[x + 1 : _FEW]:
                if _may_be_one(found.all[n], found.all[m]):
                    yield n, m


def _side(same: Same, other: Same, account: Account) -> Side:
    theirs = set(similar.words(other.text))
    own = tuple(w for w in dict.fromkeys(similar.words(same.text)) if w not in theirs)
    who = tuple(dict.fromkeys(account.names[m.file] for m in same.members))
    return Side(same.ref, same.text, who, own)


# --- what is accepted


@define(eq=False)
class Fused:
    """Which of what was gathered are one now: each number's first, and what was *refused*."""

    found: Gathered
    account: Account
    first: list[int] = field(init=False)
    _files: list[int] = field(init=False)
    _steps: list[Hashable] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.first = list(range(len(self.found.all)))
        self._files = [s.files for s in self.found.all]
        self._steps = [s.steps for s in self.found.all]

    def of(self, n: int) -> int:
        """The first of those that number *n* is one with."""
        while self.first[n] != n:
            self.first[n] = n = self.first[self.first[n]]
        return n

    def fuse(self, n: int, m: int, *, careful: bool) -> bool:
        """Make them one, unless each has steps of its own, or a *careful* person would not join
        what one contributor has as two.
        """
        a, b = sorted((self.of(n), self.of(m)), key=self.found.rank)
        if a == b:
            return True
        if self._steps[a] and self._steps[b] and self._steps[a] != self._steps[b]:
            self._refuse(a, b, "each has steps of its own")
            return False
        if careful and self._files[a] & self._files[b]:
            self._refuse(a, b, "one contributor has both")
            return False
        self.first[b] = a
        self._files[a] |= self._files[b]
        self._steps[a] = self._steps[a] or self._steps[b]
        return True

    def _refuse(self, n: int, m: int, why: str) -> None:
        sides = [self.found.all[n], self.found.all[m]]
        said = [(s.members[0].file, f"{s.ref} {s.text}") for s in sides]
        self.account.tell(Clash.REFUSED, f"{sides[0].ref} = {sides[1].ref}", said, why)


def accepted(
    proposed: Sequence[Proposal], asked: Iterable[str | int], fused: Fused
) -> tuple[Proposal, ...]:
    """*proposed*, with those marked that were *asked* for: by number, ``all``, or ``A=B``.

    Raises:
        UnknownName: there is no such number or title.
        BadValue: it is none of these.
    """
    numbers = {s.ref: n for n, s in enumerate(fused.found.all)}
    done: set[int] = set()
    wanted = tuple(dict.fromkeys(part for each in asked for part in _parts(each)))
    for each in wanted:
        if each == ALL:
            continue
        if each.isdecimal():
            p = _numbered(each, proposed)
            pair = (numbers[p.left.ref], numbers[p.right.ref])
        else:
            pair = _named(each, numbers)
        fused.fuse(*pair, careful=False)
    for p in proposed:
        n, m = numbers[p.left.ref], numbers[p.right.ref]
        one = fused.of(n) == fused.of(m)
        if one or (ALL in wanted and fused.fuse(n, m, careful=True)):
            done.add(p.number)
    return tuple(evolve(p, accepted=True) if p.number in done else p for p in proposed)


def _parts(asked: str | int) -> Iterator[str]:
    text = str(asked).strip()
    if text.casefold() == ALL:
        yield ALL
    elif re.fullmatch(r"[\d\s,]+", text):
        yield from (p.strip() for p in text.split(",") if p.strip())
    elif text:
        yield text


def _numbered(number: str, proposed: Sequence[Proposal]) -> Proposal:
    if not proposed:
        raise BadValue(f"there are no proposals, so that none is accepted as {number}")
    n = int(number[:9])
    if 1 <= n <= len(proposed):
        return proposed[n - 1]
    near = sorted(range(1, len(proposed) + 1), key=lambda p: (abs(p - n), p))[:_NEAR]
    raise UnknownName("proposal", number, map(str, sorted(near)), few=True)


def _named(pair: str, numbers: dict[Named, int]) -> tuple[int, int]:
    """The two that are named in *pair*, as ``Keller: Bells = Two bells`` or with brackets."""
    missing, wrong = "", ""
    for at in (n for n, c in enumerate(pair) if c == "="):
        names = (pair[:at].strip(), pair[at + 1 :].strip())
        unknown = list(names)
        for kind in (ClaimRef, ArgumentRef):
            left, right = (_ref(name, kind) for name in names)
            if left in numbers and right in numbers:
                return numbers[left], numbers[right]
            known = [n for n, r in zip(names, (left, right), strict=True) if r in numbers]
            unknown = [n for n in unknown if n not in known]
        if not unknown:
            wrong = f"a claim and an argument are never one: {pair!r}"
        missing = next(filter(None, unknown), missing)
    if wrong or not missing:
        raise BadValue(
            wrong
            or "a proposal is accepted by its number, as 1 or 1,3, or by two titles, as A=B, or "
            f"all are: not {pair!r}"
        )
    raise UnknownName("claim", missing, [r.title for r in numbers])


def _ref(name: str, kind: type[ClaimRef] | type[ArgumentRef]) -> Named:
    left, right = ("[", "]") if kind is ClaimRef else ("<", ">")
    if name.startswith(left) and name.endswith(right):
        name = name[1:-1]
    return kind(name)
