"""Where a quotation stands in a text: as it is, nearly, or with some words changed."""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice

from attrs import field, frozen

from argmap.provenance.align import OTHER, SAME, SIDES, SLIP, Token, aligned, runs, tokens, unlike
from argmap.provenance.cited import CitedText
from argmap.provenance.fold import Folded, Tolerance, fold, has_markup, is_raised, needed

_MANY = 20  # places of one quotation that are looked at, and in each range that is cited
_MOST = 200  # of all of them
_GAP = re.compile(r"\[[^\[\]\n]{0,80}\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.{3,}")
_RARE = 3  # words of a quotation by which like passages are found
_POSTINGS = 4_000  # places of one word that are tried
_TRIED = 4  # passages that are compared word by word
_LONG = 100  # words of a quotation that no two passages are like
_LONGEST = 200_000  # words of a quotation that are compared
_VOTES = 40_000  # places that are counted to find like passages
_SLACK = 5  # words that a passage may have more or less; of a long quotation, one in twenty
_MOST_SLACK = 20
_VOCABULARY = 2_000  # words among which a slip is sought
# what a passage may cost for each word of the quotation that it is like
_LIKE, _LIKE_THERE, _CLOSE = 40, 55, 20
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
    cost: int


@frozen(slots=False)
class Index:
    """A document made ready for many searches."""

    document: CitedText
    _asked: dict[tuple[str, bool], bool] = field(factory=dict, init=False, eq=False, repr=False)

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
    def _has_markup(self) -> bool:
        return has_markup(self.document.body)

    @cached_property
    def _tokens(self) -> tuple[Token, ...]:
        return tuple(tokens(self._plain.text))

    @cached_property
    def _postings(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for n, token in enumerate(self._tokens):
            found.setdefault(token.stem, []).append(n)
        return found

    @cached_property
    def _by_shape(self) -> dict[tuple[str, int], list[str]]:
        """The words of the text by first letter and length, for slips in a single word."""
        found: dict[tuple[str, int], list[str]] = {}
        for stem in self._postings:
            found.setdefault((stem[0], len(stem)), []).append(stem)
        return found

    def has_word(self, words: str, *, begun: bool = False) -> bool:
        """Whether the text has *words* somewhere, and no longer word that begins or ends so; if
        they are only *begun*, the last may go on.
        """
        asked = (words, begun)
        if asked not in self._asked:
            text, wanted = self._plain.text, fold(words).text.strip()
            self._asked[asked] = bool(wanted) and any(
                not _inside(text, at) and (begun or not _inside(text, at + len(wanted)))
                for at in _each(text, wanted, 0, len(text))
            )
        return self._asked[asked]

    # --- the same words

    def hits(self, quote: str, spans: Sequence[tuple[int, int]] = ()) -> tuple[Hit, ...]:
        """Where *quote* stands, in the order of the text, at most 20 places and 20 in each of
        *spans*.

        All that `fold` does is let pass; if that is not enough, words parted at line ends, then
        Markdown's signs, then words left out at ``…``, then a cut word.
        """
        quote = quote.strip()
        if not quote:
            return ()
        found = self._folded(quote, spans)  # a second place may be spelt otherwise
        found = _merged(self._as_written(quote, spans), found)
        for another in (self._rejoined, self._without_markup, self._with_gaps):
            if not any(map(self._is_whole, found)):
                found = _merged(found, another(quote, spans))
        whole = [h for h in found if self._is_whole(h)]
        cut = (Hit(h.start, h.stop, (*h.tolerances, Tolerance.CUT)) for h in found)
        return tuple(whole or cut)

    def _as_written(self, quote: str, spans: Sequence[tuple[int, int]]) -> list[Hit]:
        at, n = self.document.body, len(quote)
        return [Hit(start, start + n) for start in _finds(at, quote, spans)]

    def _folded(self, quote: str, spans: Sequence[tuple[int, int]]) -> list[Hit]:
        return self._in(self._plain, quote, spans, joined=False)

    def _rejoined(self, quote: str, spans: Sequence[tuple[int, int]]) -> list[Hit]:
        if not (self._has_line_ends or _LINE_END.search(quote)):
            return []
        return self._in(self._joined, quote, spans, joined=True)

    def _without_markup(self, quote: str, spans: Sequence[tuple[int, int]]) -> list[Hit]:
        if not (self._has_markup or has_markup(quote)):
            return []
        wanted = fold(quote, bare=True).text.strip()
        found = []
        for begin, end in self._originals(self._bare, wanted, spans):
            found.append(Hit(begin, end, (Tolerance.MARKUP,)))
        return found

    def _in(
        self, folded: Folded, quote: str, spans: Sequence[tuple[int, int]], *, joined: bool
    ) -> list[Hit]:
        wanted = fold(quote, joined=joined).text.strip()
        found = []
        for begin, end in self._originals(folded, wanted, spans):
            let_pass = needed(quote, self.document.body[begin:end], joined=joined)
            if joined:
                let_pass = tuple(dict.fromkeys((*let_pass, Tolerance.HYPHENS)))
            found.append(Hit(begin, end, let_pass))
        return found

    def _originals(
        self, folded: Folded, wanted: str, spans: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, int]]:
        """Where *wanted*, which is folded, stands in the body."""
        ranges = [tuple(bisect.bisect_left(folded.starts, at) for at in s) for s in spans]
        for start in _finds(folded.text, wanted, [(a, b) for a, b in ranges]) if wanted else ():
            yield folded.original(start, start + len(wanted))

    def _with_gaps(self, quote: str, spans: Sequence[tuple[int, int]]) -> list[Hit]:
        """Where the pieces of *quote* between ``…`` stand one after the other, in one paragraph
        or one of *spans*.
        """
        pieces = [p.strip() for p in _GAP.split(quote) if p.strip()]
        if not pieces or pieces == [quote]:
            return []
        found = []
        for first in self._folded(pieces[0], spans):
            if not self._is_whole(first):
                continue
            chain = [first]
            stop = self._reach(first, spans)
            for piece in pieces[1:]:
                after = self._next(piece, chain[-1].stop, stop)
                if after is None:
                    break
                chain.append(after)
            if len(chain) == len(pieces):
                let_pass = (*(t for h in chain for t in h.tolerances), Tolerance.LEFT_OUT)
                named = tuple(dict.fromkeys(let_pass))
                found.append(Hit(first.start, chain[-1].stop, named))
        return found

    def scattered(self, quote: str, spans: Sequence[tuple[int, int]]) -> tuple[Hit, ...]:
        """The pieces of *quote* between ``…`` where they stand one after the other, the first in
        one of *spans*, and the others wherever they do; () if one is nowhere.
        """
        first, *rest = [p.strip() for p in _GAP.split(quote) if p.strip()] or [""]
        begun = (self._next(first, *span) for span in spans) if rest else ()
        chain = [next((h for h in begun if h is not None), None)]
        for piece in rest:
            last = chain[-1]
            chain.append(self._next(piece, last.stop, len(self.document.body)) if last else None)
        return tuple(h for h in chain if h is not None) if None not in chain else ()

    def _reach(self, hit: Hit, spans: Sequence[tuple[int, int]]) -> int:
        """Where the paragraph ends that *hit* is in, or the one of *spans*."""
        held = [b for a, b in spans if a <= hit.start < b]
        ((number, _),) = self.document.at(hit.start, hit.start + 1).ranges
        return max(self.document.paragraphs[number - 1][1], *held, hit.stop)

    def _next(self, piece: str, start: int, stop: int) -> Hit | None:
        """The first place of *piece* between *start* and *stop* that cuts no word."""
        folded, wanted = self._plain, fold(piece).text.strip()
        low, high = (bisect.bisect_left(folded.starts, at) for at in (start, stop))
        for at in islice(_each(folded.text, wanted, low, high), _MANY) if wanted else ():
            begin, end = folded.original(at, at + len(wanted))
            if self._is_whole(Hit(begin, end)):
                return Hit(begin, end, needed(piece, self.document.body[begin:end]))
        return None

    def _is_whole(self, h: Hit) -> bool:
        """Whether no word is cut at its ends."""
        body = self.document.body
        return not (_inside(body, h.start) or _inside(body, h.stop))

    # --- other words

    def near(self, quote: str, spans: Sequence[tuple[int, int]] = ()) -> Near | None:
        """The passage that is likest to *quote*, rather one within *spans*; None if none is like.

        Word by word, as few words as possible are changed, left out or added.
        """
        quote = quote.strip()
        folded = fold(quote)
        wanted = list(islice(tokens(folded.text), _LONGEST))
        if not wanted:
            return None
        best: Near | None = None
        for within in (*(self._token_range(*span) for span in spans), None):
            if within is None and best and best.cost <= max(OTHER, _CLOSE * len(wanted)):
                break  # what is so like it at the place that is cited is what is meant
            each = _LIKE if within is None else _LIKE_THERE
            limit = max((each if len(wanted) <= _LONG else _CLOSE) * len(wanted), SLIP)
            for start in self._likely(wanted, within):
                made = self._compare(quote, folded, wanted, start, within, limit)
                if made is not None and (best is None or made.cost < best.cost + SAME):
                    best = made
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

    def _likely(self, wanted: list[Token], within: tuple[int, int] | None) -> list[int]:
        """The numbers of the words at which the likeliest passages would begin."""
        votes: Counter[int] = Counter()
        known = [(n, self._places(t.stem, within)) for n, t in enumerate(wanted)]
        known = sorted(((n, at) for n, at in known if at), key=lambda each: len(each[1]))
        if not known:
            known = [(n, self._slips(t.stem, within)) for n, t in enumerate(wanted[:_RARE])]
        counted = 0
        for n, at in known if within else known[:_RARE]:
            counted += len(at)
            if votes and counted > _VOTES:
                break
            votes.update(place - n for place in at)
        likely = votes.most_common(_TRIED if len(wanted) <= _LONG else 1)
        return [start for start, n in likely if 2 * n >= likely[0][1]]

    def _places(self, stem: str, within: tuple[int, int] | None) -> Sequence[int]:
        at = self._postings.get(stem, ())
        if within is None:
            return at if len(at) <= _POSTINGS else ()
        first = bisect.bisect_left(at, within[0])
        return at[first : min(bisect.bisect_left(at, within[1]), first + _POSTINGS)]

    def _slips(self, stem: str, within: tuple[int, int] | None) -> Sequence[int]:
        """Where words stand that *stem* may be a slip for."""
        if within is not None:
            words = list(dict.fromkeys(t.stem for t in self._tokens[within[0] : within[1]]))
        else:
            sizes = sorted(range(len(stem) - 2, len(stem) + 3), key=lambda n: abs(n - len(stem)))
            words = [w for n in sizes for w in self._by_shape.get((stem[0], n), ())]
        alike = [w for w in words[:_VOCABULARY] if unlike(stem, w) < OTHER]
        return [n for w in alike[:_MANY] for n in self._places(w, within)[:_MANY]]

    def _compare(
        self,
        quote: str,
        folded: Folded,
        wanted: list[Token],
        start: int,
        within: tuple[int, int] | None,
        limit: int,
    ) -> Near | None:
        """*wanted* laid beside the words of the text from about number *start*; None if that
        costs more than *limit*.
        """
        low, high = within or (0, len(self._tokens))
        slack = min(max(_SLACK, len(wanted) // 20), _MOST_SLACK)
        first = max(low, start - slack)
        there = self._tokens[first : min(high, start + len(wanted) + slack)]
        if not there:
            return None
        cost, pairs = aligned(wanted, there, start - first, slack, limit)
        met = [b for a, b in pairs if a is not None and b is not None]
        if not met:
            return None
        changes = []
        for a, b in runs(pairs):
            said = _piece(quote, folded, a)
            has = _piece(self.document.body, self._plain, b)
            changes.append(Change(*_without_shared_marks(said, has)))
        start, _ = self._plain.original(*met[0].bare)
        _, stop = self._plain.original(*met[-1].bare)
        if not changes:  # marks at the ends differ, or words are joined or parted otherwise
            changes = [Change(quote, " ".join(self.document.body[start:stop].split()))]
        return Near(start, stop, tuple(changes), cost)


def _piece(body: str, folded: Folded, tokens: list[Token]) -> str:
    """The words *tokens* as the original spells them."""
    if not tokens:
        return ""
    start, _ = folded.original(tokens[0].start, tokens[0].stop)
    _, stop = folded.original(tokens[-1].start, tokens[-1].stop)
    return " ".join(body[start:stop].split())


def _without_shared_marks(a: str, b: str) -> tuple[str, str]:
    """*a* and *b* without the marks that both begin or end with, or that only the text has."""
    bare_a, bare_b = a.strip(SIDES), b.strip(SIDES)
    if bare_a and bare_b and bare_a.casefold() != bare_b.casefold():
        return bare_a, bare_b
    return a, b


def _finds(body: str, wanted: str, ranges: Sequence[tuple[int, int]]) -> list[int]:
    """Where *wanted* stands: the first places, and the first in each of *ranges*."""
    found = dict.fromkeys(islice(_each(body, wanted, 0, len(body)), _MANY))
    if len(found) < _MANY:
        return list(found)
    for start, stop in ranges:
        found |= dict.fromkeys(islice(_each(body, wanted, start, stop), _MANY))
        if len(found) > _MOST:
            break
    return sorted(found)


def _each(body: str, wanted: str, start: int, stop: int) -> Iterator[int]:
    """Where *wanted* begins between *start* and *stop*, overlapping or not."""
    end = stop + len(wanted)
    at = body.find(wanted, start, end)
    while 0 <= at < stop:
        yield at
        at = body.find(wanted, at + 1, end)


def _merged(a: list[Hit], b: list[Hit]) -> list[Hit]:
    """Both, in order; of two at one place the first."""
    places = {(h.start, h.stop) for h in a}
    more = [h for h in b if (h.start, h.stop) not in places]
    return sorted((*a, *more), key=lambda h: h.start)


def _inside(body: str, at: int) -> bool:
    """Whether a word goes on at *at*; scripts without blanks have no such places, and a raised
    figure is none of the word.
    """
    if not 0 < at < len(body):
        return False
    a, b = body[at - 1], body[at]
    return a.isalnum() and b.isalnum() and not any(map(_stands_apart, (a, b)))


def _stands_apart(c: str) -> bool:
    return not c.isascii() and (_is_blankless(c) or is_raised(c))


def _is_blankless(c: str) -> bool:
    """Whether *c* is of a script that is written without blanks (Thai to Khmer, CJK)."""
    return "\u0e00" <= c <= "\u0eff" or "\u1000" <= c <= "\u109f" or c >= "\u2e80"
