"""Words laid beside words: what it takes to turn a quotation into what a text has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

SIDES = ".,;:!?\"'()[]{}<>*_«»-"
"""Marks that stand around a word, and are none of it."""

# what it costs that a word is the same, or differs; whole numbers, so that sums are exact
SAME, MARK, SLIP, OTHER, MISSING = -5, 10, 60, 100, 101

_FAR = 1 << 30
_ALIKE = 0.6  # from which likeness on a word is thought to be a slip for another
_WORD = re.compile(r"[^\s-]+")


class Token(NamedTuple):
    """A word of a folded text; its *stem* is without the marks around it."""

    text: str
    stem: str
    start: int
    stop: int

    @property
    def bare(self) -> tuple[int, int]:
        """Where its stem begins and ends."""
        start = self.start + self.text.index(self.stem)
        return start, start + len(self.stem)


_new = tuple.__new__  # half the time of calling Token, of which there are very many


def tokens(text: str) -> Iterator[Token]:
    """The words of a folded *text*, without the hyphens that part or join them."""
    for m in _WORD.finditer(text):
        word = m[0]
        stem = word if word.isalnum() else word.strip(SIDES) or word
        yield _new(Token, (word, stem, *m.span()))


Pair: TypeAlias = tuple[Token | None, Token | None]


def aligned(
    wanted: list[Token], there: Sequence[Token], offset: int, slack: int, limit: int
) -> tuple[int, list[Pair]]:
    """What it costs to turn *wanted* into some run of *there*, and which word stands for which.

    Wagner and Fischer's edit distance over words, with free ends in the text (Sellers 1980), in a
    band: the first word is thought to stand at about *offset*, and no word is sought further than
    *slack* from where that puts it (Ukkonen 1985). What is sure to cost more than *limit* is given
    up, and has no pairs.
    """
    n, m = len(wanted), len(there)
    rows: list[tuple[int, list[int]]] = [(0, [0] * (m + 1))]  # where each begins, and its costs
    for i, word in enumerate(wanted, 1):
        begun, above = rows[-1]
        low, high = max(0, i + offset - slack), min(m, i + offset + slack)
        row: list[int] = []
        left = _FAR
        edge = i in (1, n)
        for j in range(low, high + 1):
            at = j - begun  # the column in the row above
            cost = above[at] + MISSING if 0 <= at < len(above) else _FAR
            if j and 0 < at <= len(above):
                cost = min(cost, above[at - 1] + _difference(word, there[j - 1], edge))
            left = min(cost, left + MISSING)
            row.append(left)
        if not row or min(row) + SAME * (n - i) > limit:  # the text ends, or is unlike
            return _FAR, []
        rows.append((low, row))
    begun, last = rows[-1]
    total = min(last)  # at most *limit*
    return total, _way_back(wanted, there, rows, begun + last.index(total))


def _way_back(
    wanted: list[Token],
    there: Sequence[Token],
    rows: list[tuple[int, list[int]]],
    j: int,
) -> list[Pair]:
    """Which word stands for which, on the way to the cost in the last row and column *j*."""
    i = n = len(wanted)
    pairs: list[Pair] = []

    def cost(i: int, j: int) -> int:
        begun, row = rows[i]
        return row[j - begun] if begun <= j < begun + len(row) else _FAR

    while i:
        here = cost(i, j)
        if j and here == cost(i - 1, j - 1) + _difference(wanted[i - 1], there[j - 1], i in (1, n)):
            pairs.append((wanted[i - 1], there[j - 1]))
            i, j = i - 1, j - 1
        elif here == cost(i - 1, j) + MISSING:
            pairs.append((wanted[i - 1], None))
            i -= 1
        else:
            pairs.append((None, there[j - 1]))
            j -= 1
    return pairs[::-1]


def _difference(a: Token, b: Token, edge: bool) -> int:
    """What it costs that *b* stands for *a*: nothing, a mark, a slip or a word."""
    if a.text == b.text or (edge and a.stem == b.stem):
        return SAME
    return unlike(a.stem, b.stem)


def unlike(a: str, b: str) -> int:
    """What it costs to read *b* for *a*: less if most of the word is the same at both ends."""
    if a == b:
        return MARK
    if (a[0] != b[0] and a[-1] != b[-1]) or not -4 < len(a) - len(b) < 4:
        return OTHER
    longest = max(len(a), len(b))
    if longest < 3:
        return OTHER
    before = _same(a, b)
    after = _same(a[before:][::-1], b[before:][::-1])
    return SLIP if before + after >= _ALIKE * longest else OTHER


def _same(a: str, b: str) -> int:
    """How many letters *a* and *b* begin with alike."""
    for n, (x, y) in enumerate(zip(a, b, strict=False)):
        if x != y:
            return n
    return min(len(a), len(b))


def runs(pairs: list[Pair]) -> Iterator[tuple[list[Token], list[Token]]]:
    """The words that differ, those that follow each other together."""
    last = max(i for i, (a, _) in enumerate(pairs) if a is not None)
    first = min(i for i, (a, _) in enumerate(pairs) if a is not None)
    ours: list[Token] = []
    theirs: list[Token] = []
    for n, (a, b) in enumerate(pairs):
        edge = n in (first, last)
        if a is not None and b is not None and _difference(a, b, edge) == SAME:
            if ours or theirs:
                yield ours, theirs
            ours, theirs = [], []
            continue
        ours += [a] if a is not None else []
        theirs += [b] if b is not None else []
    if ours or theirs:
        yield ours, theirs
