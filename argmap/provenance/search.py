"""Where a quotation stands in a text: as it is, nearly, or with some words changed."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cached_property
from typing import NamedTuple, TypeAlias

from attrs import frozen

from argmap.provenance.document import Document
from argmap.provenance.fold import Folded, Tolerance, fold, needed

_MANY = 20  # places of one quotation that are looked at
_WORD = re.compile(r"[^\s-]+")
_GAP = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.{3,})\s*")
_SIDES = ".,;:!?\"'()[]{}<>*_«»-"
_RARE = 3  # words of a quotation by which like passages are found
_POSTINGS = 4_000  # places of one word that are tried
_TRIED = 4  # passages that are compared word by word
_LONGEST = 200  # words of a quotation that are compared
_SLACK = 3  # words around a passage that are looked at too
_VOCABULARY = 2_000  # words among which a slip is sought
_LONG_WORD = 60  # characters
_ALIKE = 0.6  # from which likeness on a word is thought to be a slip for another
# what it costs that a word is the same, or differs; another word costs 1
_SAME, _MARK, _SLIP, _MISSING = -0.05, 0.1, 0.6, 1.01
_LINE_END = re.compile(r"-[^\S\n]*+\n|\u00ad")


@frozen
class Change:
    """Words of a quotation, and those that the text has in their place; either may be ""."""

    quoted: str
    found: str


@frozen
class Hit:
    """``body[start:stop]`` is the quotation, but for what was let pass."""

    start: int
    stop: int
    tolerances: tuple[Tolerance, ...] = ()


@frozen
class Near:
    """``body[start:stop]`` is nearest to a quotation; *changes* are what is different."""

    start: int
    stop: int
    changes: tuple[Change, ...]
    cost: float


class _Token(NamedTuple):
    """A word of a folded text; its *stem* is without the marks around it."""

    text: str
    stem: str
    start: int
    stop: int


@frozen(slots=False)
class Index:
    """A document made ready for many searches."""

    document: Document

    @cached_property
    def _plain(self) -> Folded:
        return fold(self.document.body)

    @cached_property
    def _joined(self) -> Folded:
        return fold(self.document.body, joined=True)

    @cached_property
    def _bare(self) -> Folded:
        return fold(self.document.body, bare=True)

    @cached_property
    def _has_line_ends(self) -> bool:
        return _LINE_END.search(self.document.body) is not None

    @cached_property
    def _tokens(self) -> tuple[_Token, ...]:
        return tuple(_tokens(self._plain.text))

    @cached_property
    def _postings(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for n, token in enumerate(self._tokens):
            found.setdefault(token.stem, []).append(n)
        return found

    @cached_property
    def _by_letter(self) -> dict[str, list[str]]:
        """The words of the text by their first letters, for slips in a single word."""
        found: dict[str, list[str]] = {}
        for stem in self._postings:
            found.setdefault(stem[:1], []).append(stem)
        return found

    def has_word(self, words: str) -> bool:
        """Whether the text has *words* somewhere, and no longer word that begins or ends so."""
        wanted = re.escape(fold(words).text.strip())
        return bool(wanted) and bool(re.search(rf"(?<!\w){wanted}(?!\w)", self._plain.text))

    # --- the same words

    def hits(self, quote: str) -> tuple[Hit, ...]:
        """Where *quote* stands, in the order of the text, at most 20 places.

        All that `fold` does is let pass; if that is not enough, words parted at line ends, then
        Markdown's signs, then words left out at ``…``, then a cut word.
        """
        quote = quote.strip()
        if not quote:
            return ()
        found = self._as_written(quote)
        for another in (self._folded, self._rejoined, self._without_markup, self._with_gaps):
            # a second place may be spelt otherwise
            if another == self._folded or not any(map(self._is_whole, found)):
                found = _merged(found, another(quote))
        whole = [h for h in found if self._is_whole(h)]
        cut = (Hit(h.start, h.stop, (*h.tolerances, Tolerance.CUT)) for h in found)
        return tuple(whole or cut)

    def _as_written(self, quote: str) -> list[Hit]:
        at, n = self.document.body, len(quote)
        return [Hit(start, start + n) for start in _finds(at, quote)]

    def _folded(self, quote: str) -> list[Hit]:
        return self._in(self._plain, quote, joined=False)

    def _rejoined(self, quote: str) -> list[Hit]:
        if not (self._has_line_ends or _LINE_END.search(quote)):
            return []
        return self._in(self._joined, quote, joined=True)

    def _without_markup(self, quote: str) -> list[Hit]:
        wanted = fold(quote, bare=True).text.strip()
        found = []
        for start in _finds(self._bare.text, wanted) if wanted else ():
            begin, end = self._bare.original(start, start + len(wanted))
            found.append(Hit(begin, end, (Tolerance.MARKUP,)))
        return found

    def _in(self, folded: Folded, quote: str, *, joined: bool) -> list[Hit]:
        wanted = fold(quote, joined=joined).text.strip()
        found = []
        for start in _finds(folded.text, wanted) if wanted else ():
            begin, end = folded.original(start, start + len(wanted))
            here = self.document.body[begin:end]
            let_pass = needed(quote, here, joined=joined) if here != quote else ()
            if joined:
                let_pass = tuple(dict.fromkeys((*let_pass, Tolerance.HYPHENS)))
            found.append(Hit(begin, end, let_pass))
        return found

    def _with_gaps(self, quote: str) -> list[Hit]:
        """Where the pieces of *quote* between ``…`` stand one after the other, in one paragraph."""
        pieces = [p for p in _GAP.split(quote) if p.strip()]
        if not pieces or pieces == [quote]:
            return []
        places = [[h for h in self._folded(p) if self._is_whole(h)] for p in pieces]
        found = []
        for first in places[0]:
            chain = [first]
            for hits in places[1:]:
                after = (h for h in hits if h.start >= chain[-1].stop)
                chain += [h for h in (next(after, None),) if h is not None]
            if len(chain) == len(pieces) and self._in_one(first.start, chain[-1].stop):
                let_pass = (t for h in chain for t in h.tolerances)
                found.append(
                    Hit(
                        first.start,
                        chain[-1].stop,
                        tuple(dict.fromkeys((*let_pass, Tolerance.LEFT_OUT))),
                    )
                )
        return found

    def _in_one(self, start: int, stop: int) -> bool:
        ((first, last),) = self.document.at(start, stop).ranges
        return first == last

    def _is_whole(self, h: Hit) -> bool:
        """Whether no word is cut at its ends."""
        body = self.document.body
        return not (_inside(body, h.start) or _inside(body, h.stop))

    # --- other words

    def near(self, quote: str, spans: Sequence[tuple[int, int]] = ()) -> Near | None:
        """The passage that is likest to *quote*, rather one within *spans*; None if none is like.

        Word by word, as few words as possible are changed, left out or added.
        """
        folded = fold(quote.strip())
        wanted = list(_tokens(folded.text))[:_LONGEST]
        if not wanted:
            return None
        best: Near | None = None
        ranges = [self._token_range(*span) for span in spans]
        for within in (*ranges, None):
            for start in self._likely(wanted, within):
                made = self._compare(quote.strip(), folded, wanted, start, within)
                limit = len(wanted) * (0.5 if within else 0.4)
                if made is not None and made.cost <= max(limit, _SLIP):
                    best = made if best is None or made.cost < best.cost - 0.05 else best
        return best

    def _token_range(self, start: int, stop: int) -> tuple[int, int]:
        """The numbers of the words from *start* to *stop* of the body."""
        plain, tokens = self._plain, self._tokens
        first = bisect.bisect_left(plain.starts, start)
        last = bisect.bisect_left(plain.starts, stop)
        return (
            bisect.bisect_left(tokens, first, key=lambda t: t.start),
            bisect.bisect_left(tokens, last, key=lambda t: t.start),
        )

    def _likely(self, wanted: list[_Token], within: tuple[int, int] | None) -> list[int]:
        """The numbers of the words at which the likeliest passages would begin."""
        votes: Counter[int] = Counter()
        known = [(n, self._places(t.stem, within)) for n, t in enumerate(wanted)]
        known = sorted(((n, at) for n, at in known if at), key=lambda each: len(each[1]))
        if not known:
            known = [(n, self._slips(t.stem, within)) for n, t in enumerate(wanted[:_RARE])]
        for n, at in known if within else known[:_RARE]:
            for place in at:
                votes[place - n] += 1
        return [start for start, _ in votes.most_common(_TRIED)]

    def _places(self, stem: str, within: tuple[int, int] | None) -> Sequence[int]:
        at = self._postings.get(stem, ())
        if within is None:
            return at if len(at) <= _POSTINGS else ()
        return at[bisect.bisect_left(at, within[0]) : bisect.bisect_left(at, within[1])]

    def _slips(self, stem: str, within: tuple[int, int] | None) -> Sequence[int]:
        """Where words stand that *stem* may be a slip for."""
        if within is not None:
            words = list(dict.fromkeys(t.stem for t in self._tokens[within[0] : within[1]]))
        else:
            words = self._by_letter.get(stem[:1], [])
            words = [w for w in words if abs(len(w) - len(stem)) <= 2]
        alike = get_close_matches(stem[:_LONG_WORD], words[:_VOCABULARY], 2, _ALIKE)
        return [n for word in alike for n in self._places(word, within)[:_MANY]]

    def _compare(
        self,
        quote: str,
        folded: Folded,
        wanted: list[_Token],
        start: int,
        within: tuple[int, int] | None,
    ) -> Near | None:
        """*wanted* laid beside the words of the text from about number *start*."""
        low, high = within or (0, len(self._tokens))
        first = max(low, start - _SLACK)
        there = self._tokens[first : min(high, start + len(wanted) + _SLACK)]
        if not there:
            return None
        cost, pairs = _aligned(wanted, there)
        met = [b for a, b in pairs if a is not None and b is not None]
        if not met:
            return None
        changes = []
        for a, b in _runs(pairs):
            said = _piece(quote, folded, a)
            has = _piece(self.document.body, self._plain, b)
            changes.append(Change(*_without_shared_marks(said, has)))
        start, _ = self._plain.original(met[0].start, met[0].stop)
        _, stop = self._plain.original(met[-1].start, met[-1].stop)
        if not changes:  # words are joined or parted otherwise
            changes = [Change(quote, " ".join(self.document.body[start:stop].split()))]
        return Near(start, stop, tuple(changes), cost)


_Pair: TypeAlias = tuple[_Token | None, _Token | None]


def _aligned(wanted: list[_Token], there: Sequence[_Token]) -> tuple[float, list[_Pair]]:
    """What it costs to turn *wanted* into some run of *there*, and which word stands for which.

    Wagner and Fischer's edit distance over words, with free ends in the text (Sellers 1980).
    """
    n, m = len(wanted), len(there)
    costs = [[0.0] * (m + 1)]
    for i in range(1, n + 1):
        above, row = costs[-1], [i * _MISSING]
        edge = i in (1, n)
        for j in range(1, m + 1):
            changed = above[j - 1] + _difference(wanted[i - 1], there[j - 1], edge=edge)
            row.append(min(changed, above[j] + _MISSING, row[j - 1] + _MISSING))
        costs.append(row)
    j = min(range(m + 1), key=lambda j: costs[n][j])
    total, i = costs[n][j], n
    pairs: list[_Pair] = []
    while i:
        if j and costs[i][j] == costs[i - 1][j - 1] + _difference(
            wanted[i - 1], there[j - 1], edge=i in (1, n)
        ):
            pairs.append((wanted[i - 1], there[j - 1]))
            i, j = i - 1, j - 1
        elif costs[i][j] == costs[i - 1][j] + _MISSING:
            pairs.append((wanted[i - 1], None))
            i -= 1
        else:
            pairs.append((None, there[j - 1]))
            j -= 1
    return total, pairs[::-1]


def _difference(a: _Token, b: _Token, *, edge: bool) -> float:
    """What it costs that *b* stands for *a*: nothing, a mark, a slip or a word."""
    if a.text == b.text or (edge and a.stem == b.stem):
        return _SAME
    return _unlike(a.stem, b.stem)


def _unlike(a: str, b: str) -> float:
    """What it costs to read *b* for *a*: less if most of the word is the same at both ends."""
    if a == b:
        return _MARK
    longest = max(len(a), len(b))
    if abs(len(a) - len(b)) > 3 or longest < 3:
        return 1.0
    before = _same(a, b)
    after = _same(a[before:][::-1], b[before:][::-1])
    return _SLIP if before + after >= _ALIKE * longest else 1.0


def _same(a: str, b: str) -> int:
    """How many letters *a* and *b* begin with alike."""
    pairs = zip(a, b, strict=False)
    return next((n for n, (x, y) in enumerate(pairs) if x != y), min(len(a), len(b)))


def _runs(pairs: list[_Pair]) -> Iterator[tuple[list[_Token], list[_Token]]]:
    """The words that differ, those that follow each other together."""
    last = max(i for i, (a, _) in enumerate(pairs) if a is not None)
    first = min(i for i, (a, _) in enumerate(pairs) if a is not None)
    ours: list[_Token] = []
    theirs: list[_Token] = []
    for n, (a, b) in enumerate(pairs):
        edge = n in (first, last)
        if a is not None and b is not None and _difference(a, b, edge=edge) == _SAME:
            if ours or theirs:
                yield ours, theirs
            ours, theirs = [], []
            continue
        ours += [a] if a is not None else []
        theirs += [b] if b is not None else []
    if ours or theirs:
        yield ours, theirs


def _piece(body: str, folded: Folded, tokens: list[_Token]) -> str:
    """The words *tokens* as the original spells them."""
    if not tokens:
        return ""
    start, _ = folded.original(tokens[0].start, tokens[0].stop)
    _, stop = folded.original(tokens[-1].start, tokens[-1].stop)
    return " ".join(body[start:stop].split())


def _without_shared_marks(a: str, b: str) -> tuple[str, str]:
    """*a* and *b* without the marks that both begin or end with, or that only the text has."""
    bare_a, bare_b = a.strip(_SIDES), b.strip(_SIDES)
    if bare_a and bare_b and bare_a.casefold() != bare_b.casefold():
        return bare_a, bare_b
    return a, b


def _tokens(text: str) -> Iterator[_Token]:
    for m in _WORD.finditer(text):
        yield _Token(m[0], m[0].strip(_SIDES) or m[0], m.start(), m.end())


def _finds(body: str, wanted: str) -> Iterator[int]:
    at = body.find(wanted)
    for _ in range(_MANY):
        if at < 0:
            return
        yield at
        at = body.find(wanted, at + 1)


def _merged(a: list[Hit], b: list[Hit]) -> list[Hit]:
    """Both, in order; of two at one place the first."""
    places = {(h.start, h.stop) for h in a}
    more = [h for h in b if (h.start, h.stop) not in places]
    return sorted((*a, *more), key=lambda h: h.start)


def _inside(body: str, at: int) -> bool:
    """Whether a word goes on at *at*; scripts without blanks have no such places."""
    if not 0 < at < len(body):
        return False
    a, b = body[at - 1], body[at]
    return a.isalnum() and b.isalnum() and not (_is_blankless(a) or _is_blankless(b))


def _is_blankless(c: str) -> bool:
    """Whether *c* is of a script that is written without blanks (Thai to Khmer, CJK)."""
    return "\u0e00" <= c <= "\u0eff" or "\u1000" <= c <= "\u109f" or c >= "\u2e80"
