"""Texts that say nearly the same, found by the rare words they share and never pair by pair.

A text is looked up by its rarest words and pairs of neighbouring words (characters, where a
script has no blanks); only a bounded number of entries is looked at for each text, so that texts
which all share most of their words take no longer than others. The few that share the most are
then compared letter by letter. Nothing is drawn by lot: the same texts give the same answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial

from attrs import frozen

LEAST = 0.65
"""How like each other two texts are at least, unless somebody asks for another share."""

MOST = 3
"""How many likenesses are given for a text."""

_LOOKED_AT = 120  # entries of the index for one text
_COMPARED = 8  # texts that are then compared with it
_ASKED = 32  # texts that share the most, of which those are
_FAR = 4  # what shares so many times fewer signs than the nearest is not compared
_SHORT = 24  # letters of a text in which a slip of the pen can change every word

# scripts that write no blanks: Thai, Lao, Burmese, Khmer, kana, Chinese characters
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_TOKEN = re.compile(f"[{_UNSPACED}]|[^\\W_{_UNSPACED}]+")
_DIGIT = re.compile(r"\d")


@frozen
class Likeness:
    """The texts number *left* and *right*, counted from 0, share *ratio* of their letters.

    1.0 is that of texts which differ at most in capitals, stops and blanks.
    """

    left: int
    right: int
    ratio: float


def words(text: str) -> tuple[str, ...]:
    """The words of *text* in small letters; a script without blanks is taken by characters.

    >>> words("Begin at 9, not at 8!"), words("Ａ 議論")
    (('begin', 'at', '9', 'not', 'at', '8'), ('a', '議', '論'))
    """
    folded = text.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKC", text).casefold()
    return tuple(_TOKEN.findall(folded)) or tuple(folded.split())


def figures(text: str) -> tuple[str, ...]:
    """The numbers in *text*, in order of size of their signs: what tells claim 17 from claim 18."""
    if not _DIGIT.search(text):
        return ()
    return tuple(sorted(w for w in words(text) if _DIGIT.search(w)))


def likeness(a: str, b: str) -> float:
    """How much of *a* and *b* is the same, from 0.0 to 1.0 (Dice 1945, over runs of three letters).

    >>> likeness("Bells ring at eight.", "bells ring at eight"), likeness("Bells", "Lunch")
    (1.0, 0.0)
    """
    return _Read(a).likeness(_Read(b))


def alike(
    left: Sequence[str],
    right: Sequence[str],
    *,
    least: float = LEAST,
    most: int = MOST,
    apart: Callable[[int, int], bool] | None = None,
) -> tuple[Likeness, ...]:
    """For each text of *left*, at most so many of *right* that are nearly the same.

    In the order of *left*, the best first. *apart* says of two numbers that these are not asked
    about.
    """
    lefts = [_Read(t) for t in left]
    rights = lefts if left is right else [_Read(t) for t in right]
    index = _Index(rights)
    found: list[Likeness] = []
    for n, text in enumerate(lefts):
        near = []
        for m in index.near(text, partial(apart, n) if apart else None):
            ratio = text.likeness(rights[m])
            if ratio >= least:
                near.append(Likeness(n, m, ratio))
        found += sorted(near, key=lambda x: (-x.ratio, x.right))[:most]
    return tuple(found)


def across(
    parts: Sequence[Sequence[str]],
    *,
    least: float = LEAST,
    most: int = MOST,
    apart: Callable[[int, int], bool] | None = None,
) -> tuple[Likeness, ...]:
    """The texts that are nearly the same as one of another part: each pair once, left before
    right, counted through all *parts*.

    *most* are those of earlier parts that are given for a text; *apart* as for `alike`.
    """
    reads: list[_Read] = []
    index = _Index(())
    found: list[Likeness] = []
    for part in parts:
        first = len(reads)
        reads += map(_Read, part)
        for n in range(first, len(reads)) if first else ():
            near = index.near(reads[n], partial(apart, n) if apart else None)
            pairs = (Likeness(m, n, reads[n].likeness(reads[m])) for m in near)
            good = sorted((x for x in pairs if x.ratio >= least), key=lambda x: (-x.ratio, x.left))
            found += good[:most]
        index.add(reads[first:])
    return tuple(sorted(found, key=lambda x: (x.left, x.right)))


def matched(
    left: Sequence[str],
    right: Sequence[str],
    *,
    least: float = LEAST,
    apart: Callable[[int, int], bool] | None = None,
) -> tuple[Likeness, ...]:
    """Texts of *left* and *right* in pairs, each text at most once, the likest pair taken first;
    of texts with the same words, the first is paired with the first.

    In the order of *left*. *apart* as for `alike`.
    """
    near = sorted(
        alike(left, right, least=least, most=_COMPARED, apart=apart),
        key=lambda x: (-x.ratio, abs(x.left - x.right), x.left, x.right),
    )
    taken = _same(left, right, apart) if least <= 1 else []
    lefts = {x.left for x in taken}
    rights = {x.right for x in taken}
    for x in near:
        if x.left not in lefts and x.right not in rights:
            lefts.add(x.left)
            rights.add(x.right)
            taken.append(x)
    return tuple(sorted(taken, key=lambda x: x.left))


def _same(
    left: Sequence[str], right: Sequence[str], apart: Callable[[int, int], bool] | None
) -> list[Likeness]:
    """Texts with the same words, the first with the first, however many there are."""
    waiting: dict[tuple[str, ...], deque[int]] = {}
    for m, text in enumerate(right):
        if said := words(text):
            waiting.setdefault(said, deque()).append(m)
    found = []
    for n, text in enumerate(left):
        others = waiting.get(words(text))
        if others and not (apart and apart(n, others[0])):
            found.append(Likeness(n, others.popleft(), 1.0))
    return found


# --- how it is done


class _Read:
    """A text as it is compared: its words and its runs of three letters."""

    def __init__(self, text: str) -> None:
        self.words = words(text)
        self.line = f" {' '.join(self.words)} "

    @cached_property
    def runs(self) -> frozenset[str]:
        line = self.line
        return frozenset(map("".join, zip(line, line[1:], line[2:], strict=False)))

    def likeness(self, other: _Read) -> float:
        if self.words == other.words:
            return 1.0
        # the same runs in another order are not the same text
        both = 2 * len(self.runs & other.runs) / (len(self.runs) + len(other.runs) or 1)
        return min(both, 0.99)

    @cached_property
    def signs(self) -> frozenset[str]:
        """What it is looked up by."""
        signs = {*self.words, *map(" ".join, zip(self.words, self.words[1:], strict=False))}
        if len(self.line) <= _SHORT:
            signs |= self.runs
        signs.add(self.line)  # the same words are found among any number of others
        return frozenset(signs)


class _Index:
    """Where each sign stands, and which texts have the rare ones of a text."""

    def __init__(self, texts: Sequence[_Read]) -> None:
        self.places: dict[str, list[int]] = {}
        self.count = 0
        self.add(texts)

    def add(self, texts: Sequence[_Read]) -> None:
        """Add *texts* after those that are here."""
        for n, text in enumerate(texts, self.count):
            for sign in text.signs if text.words else ():
                self.places.setdefault(sign, []).append(n)
        self.count += len(texts)

    def near(self, text: _Read, skipped: Callable[[int], bool] | None) -> Iterator[int]:
        """Texts that share the most rare signs with *text*, the nearest first."""
        known = [(len(places), s) for s in text.signs if (places := self.places.get(s))]
        shared: Counter[int] = Counter()
        room = _LOOKED_AT
        for count, sign in sorted(known):
            shared.update(self.places[sign][:room])
            room -= count
            if room <= 0:
                break
        found, enough = 0, 0
        for n in sorted(shared, key=shared.__getitem__, reverse=True)[:_ASKED]:
            if skipped is None or not skipped(n):
                enough = enough or shared[n] // _FAR
                if found == _COMPARED or shared[n] < enough:
                    return
                found += 1
                yield n
