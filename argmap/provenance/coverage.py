"""Which paragraphs of a text a map touches, and why it leaves the others out.

A map can say why itself, under ``asides`` of a source: ``asides: {¶1-3: title and date}``. For the
rest a reason is guessed where the looks of a paragraph give it away.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice

from attrs import define, field, frozen

from argmap.model import Data, Locator, Source, Value, locator
from argmap.provenance.cited import CitedText, OutOfRange
from argmap.provenance.fold import fold

_WORDS = 7  # words by which a paragraph is known
_SHORT = 200  # characters up to which a paragraph may be a pull-quote or a title
_FEW = 20  # characters up to which a paragraph stands elsewhere by chance
# all of these are held against the beginning of a block, and are possessive: no text is slow
_NOTES = re.compile(
    r"\W*+(?:(?:foot|end)?notes|references|bibliography|works cited|literature|sources|"
    r"anmerkungen|literatur|quellen|notes de bas de page)\W*+\Z",
    re.I,
)
_CAPTION = re.compile(
    r"\W*+(?:photo|image|picture|figure|fig|illustration|plate|chart|table|map|abb|abbildung|bild"
    r"|tabelle)\b.{0,200}\Z",
    re.I | re.S,
)
_CREDIT = re.compile(r"[(\[](?:photo|image|picture|illustration|bild|foto)\b[^()\[\]]*+[)\]]", re.I)
_LINK = re.compile(
    r"[^\w\[<]*+(?:(?:\[!?+)++[^\[\]\n]*+\]\([^()\s]*+\)(?:\]\([^()\s]*+\))?+|<?+https?://\S++)"
    r"\s*+(?:\([^()]*+\))?+\W*+\Z"
)
_WORD = re.compile(r"[\u2e80-\u9fff]|[^\W_\u2e80-\u9fff]+")  # Chinese has no blanks between words
_TRIED = 1_000  # blocks that are sought, so that no text is slow
_ENDS = ".!?;…”\"'’»)"


@frozen
class Cite:
    """That *thing*, a claim or an argument, cites the place *at*; *whose* it is there, in words."""

    thing: Hashable
    whose: str
    at: str
    is_claim: bool = True


@frozen
class Paragraph:
    """A paragraph: its *number* (from 1), first words, and how many claims and arguments cite it.

    *speakers* are those whose claims these are, in words, each once: what is only reported is said
    to be. *aside* says why nothing cites it, and *guessed* who says so.
    """

    number: int
    words: str
    claims: int = 0
    arguments: int = 0
    speakers: tuple[str, ...] = ()
    aside: str = ""
    guessed: bool = False

    @property
    def is_cited(self) -> bool:
        """Whether anything cites it."""
        return bool(self.claims or self.arguments)


def coverage(
    document: CitedText, cites: Iterable[Cite], sources: Sequence[Source] = ()
) -> tuple[Paragraph, ...]:
    """Every paragraph of *document*, and who cites it; *sources* are what maps say of it."""
    places = _Places(document)
    of_claim: dict[Hashable, list[range]] = {}
    of_argument: dict[Hashable, list[range]] = {}
    of_speaker: dict[str, list[range]] = {}
    for cite in cites:
        found = places.numbers(cite.at)
        (of_claim if cite.is_claim else of_argument).setdefault(cite.thing, []).extend(found)
        if cite.whose:
            of_speaker.setdefault(cite.whose, []).extend(found)
    said = [(place, why) for s in sources for place, why in asides(s)[0]]
    count = len(document.paragraphs)
    claims = _depths(of_claim.values(), count)
    arguments = _depths(of_argument.values(), count)
    speakers = _held(list(of_speaker), list(of_speaker.values()), count)
    reasons = _last([(why, numbers_in(document, place)) for place, why in said], count)
    guesses = _guesses(document)
    made = []
    for n, (start, stop) in enumerate(document.paragraphs, 1):
        words = " ".join(document.body[start:stop].split(None, _WORDS)[:_WORDS])
        cited = bool(claims[n] or arguments[n])
        aside = "" if cited else reasons[n] or guesses.get(n, "")
        guessed = bool(aside) and not reasons[n]
        made.append(Paragraph(n, words, claims[n], arguments[n], speakers[n], aside, guessed))
    return tuple(made)


# --- what is said to be aside


def asides(source: Source) -> tuple[tuple[tuple[Locator, str], ...], tuple[str, ...]]:
    """The places that *source* says are no part of what is argued, each with the reason; and the
    keys there that are no places, or whose value is no reason.
    """
    said = source.data.get("asides")
    if said is None:
        return (), ()
    if not isinstance(said, Data):
        return (), ("asides",)
    good: list[tuple[Locator, str]] = []
    bad: list[str] = []
    for key, value in said.items:
        place, why = locator(f"¶{key}" if key.isdecimal() else key), _reason(value)
        if place is None or not why:
            bad.append(key)
        else:
            good.append((place, why))
    return tuple(good), tuple(bad)


def lost_asides(document: CitedText, source: Source) -> tuple[str, ...]:
    """For each place that *source* says is aside and *document* does not have, what it has."""
    lost = []
    for place, _ in asides(source)[0]:
        try:
            document.spans(place)
        except OutOfRange as e:
            lost.append(f"under asides, {e}")
    return tuple(lost)


def _reason(value: Value) -> str:
    """*value* as a reason: text, or a number, but not what a program would mean by true."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return str(value).strip()


# --- places, and the paragraphs in them


@define
class _Places:
    """The paragraphs of places in a document, each looked up once."""

    document: CitedText
    _known: dict[str, tuple[range, ...]] = field(factory=dict, init=False)

    def numbers(self, at: str) -> tuple[range, ...]:
        if at not in self._known:
            self._known[at] = numbers_in(self.document, locator(at))
        return self._known[at]


def numbers_in(document: CitedText, place: Locator | None) -> tuple[range, ...]:
    """The numbers of the paragraphs of which something lies in *place*: a blank page has none."""
    if place is None:
        return ()
    try:
        spans = document.spans(place)
    except OutOfRange:
        return ()
    return tuple(_joined(document.within(start, stop) for start, stop in spans))


def _joined(ranges: Iterable[range]) -> Iterator[range]:
    """The same numbers in order, each once."""
    first, last = 0, 0
    for r in sorted((r for r in ranges if r), key=lambda r: r.start):
        if r.start > last:
            if last:
                yield range(first, last)
            first = r.start
        last = max(last, r.stop)
    if last:
        yield range(first, last)


def _depths(held: Iterable[Sequence[range]], count: int) -> Sequence[int]:
    """How many of *held* have each number up to *count*; the first is that of 0."""
    steps = [0] * (count + 2)
    for ranges in held:
        for r in _joined(ranges):
            steps[r.start] += 1
            steps[r.stop] -= 1
    return list(accumulate(steps))


def _held(
    names: Sequence[str], held: Sequence[Sequence[range]], count: int
) -> Sequence[tuple[str, ...]]:
    """Which of *names* have each number up to *count*, in order; equal neighbours are one value."""
    begin: dict[int, list[int]] = {}
    end: dict[int, list[int]] = {}
    for n, ranges in enumerate(held):
        for r in _joined(ranges):
            begin.setdefault(r.start, []).append(n)
            end.setdefault(r.stop, []).append(n)
    now: list[int] = []
    last: tuple[str, ...] = ()
    found = []
    for number in range(count + 1):
        for n in end.get(number, ()):
            del now[bisect.bisect_left(now, n)]
        for n in begin.get(number, ()):
            bisect.insort(now, n)
        if number in begin or number in end:
            last = tuple(names[n] for n in now)
        found.append(last)
    return found


def _last(said: Sequence[tuple[str, Sequence[range]]], count: int) -> Sequence[str]:
    """The last that is said of each number up to *count*, or ""."""
    found = [""] * (count + 1)
    for why, ranges in said:
        for r in ranges:
            found[r.start : r.stop] = [why] * len(r)
    return found


# --- guesses


def _guesses(document: CitedText) -> Mapping[int, str]:
    """Why a paragraph seems to argue nothing, by its number."""
    blocks = [document.body[start:stop] for start, stop in document.paragraphs]
    heads = sorted(h.start for h in document.headings)
    quoted = _quoted(blocks)
    found: dict[int, str] = {}
    in_notes = False
    for n, (block, (start, stop)) in enumerate(zip(blocks, document.paragraphs, strict=True), 1):
        at = bisect.bisect_left(heads, start)
        is_head = "\n" not in block and at < len(heads) and heads[at] < stop
        if is_head:
            in_notes = bool(_NOTES.match(block))
        if not any(c.isalnum() for c in block):
            found[n] = "rule"
        elif _CAPTION.match(block) or _is_credited(block):
            found[n] = "caption"
        elif _LINK.match(block):
            found[n] = "link"
        elif is_head or (n == 1 and _asks(block)):
            found[n] = "heading"
        elif in_notes:
            found[n] = "notes"
        elif n in quoted:
            found[n] = "pull-quote"
        elif all(_is_label(line) for line in block.splitlines()):
            found[n] = "details"
    return found


def _is_credited(block: str) -> bool:
    """Whether *block* ends with whose picture it describes, in brackets."""
    at = max(block.rfind("("), block.rfind("["))
    m = _CREDIT.match(block, at) if at >= 0 else None
    return m is not None and not any(c.isalnum() for c in block[m.end() :])


def _asks(block: str) -> bool:
    """Whether *block* is one short line that asks, as titles do."""
    return len(block) <= _SHORT and "\n" not in block and block.rstrip("\"'”’»*_ ").endswith("?")


def _is_label(line: str) -> bool:
    """Whether *line* is short and no sentence."""
    line = line.strip()
    return not line or (len(line) <= 80 and line[-1] not in _ENDS)


def _quoted(blocks: Sequence[str]) -> frozenset[int]:
    """The numbers of the short *blocks* whose words stand in a long one too."""
    long = [word for b in blocks if len(b) > _SHORT for word in (*_words(b), "\n")]
    text = f" {' '.join(long)} "
    begun = set(zip(long, long[1:], long[2:], strict=False))
    short = ((n, list(_words(b))) for n, b in enumerate(blocks, 1) if _FEW < len(b) <= _SHORT)
    likely = ((n, words) for n, words in short if tuple(words[:3]) in begun)
    return frozenset(n for n, w in islice(likely, _TRIED) if f" {' '.join(w)} " in text)


def _words(block: str) -> Sequence[str]:
    plain = block.lower() if block.isascii() else fold(block).text  # has the same words, sooner
    return _WORD.findall(plain)
