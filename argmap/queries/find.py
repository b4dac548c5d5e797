"""Which claims fit a query: every test once over all claims, then the joins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import compress
from operator import ge, gt, le, lt

from attrs import field, frozen

from argmap.model import Debate
from argmap.queries.columns import Claims, Words
from argmap.queries.core import Join, Query, Test
from argmap.queries.doubts import doubts
from argmap.queries.fields import DATA, Sort, named
from argmap.queries.found import Found, Hit
from argmap.queries.values import days, decimal, folded, number, plain
from argmap.queries.web import Called, Web

_LINKING = ("link", "about", "with", "by")
_ORDER: dict[str, Callable[[float, float], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


def find(query: Query, debates: Iterable[tuple[str, Debate]]) -> Found:
    """What fits *query* in *debates*, each with the name of its file."""
    asked = [Asked(Claims(name, debate)) for name, debate in debates]
    hits = [hit for each in asked for hit in each.hits(query)]
    return Found(
        str(query),
        tuple(hits),
        sum(len(each.claims.lines) for each in asked),
        len(asked),
        doubts(query, asked, found=bool(hits)),
        query.text,
        any(test.name in _LINKING for test in query.tests),
    )


@frozen(slots=False)
class Asked:
    """One debate that queries are put to. What fits a test is found once."""

    claims: Claims
    _known: dict[Test, int] = field(factory=dict, init=False, eq=False, repr=False)
    _called: dict[tuple[str, bool], Called] = field(factory=dict, init=False, eq=False, repr=False)

    def hits(self, query: Query) -> Iterable[Hit]:
        """The claims that fit *query*, in reading order."""
        claims = self.claims
        rows = zip(claims.seen.cards, claims.lines, claims.depths, strict=True)
        for card, line, depth in compress(rows, self._flags(self._fitting(query))):
            yield Hit(
                claims.name,
                claims.debate.title,
                line,
                card.role,
                depth,
                claims.topics(card, line),
                card.tags,
                claims.headings(card),
                tuple(claims.links(line)),
            )

    def _fitting(self, query: Query) -> int:
        """The claims that fit, as a number with a byte for each: 1 for those that do."""
        stack: list[int] = []
        for step in query.steps:
            match step:
                case Test():
                    if step not in self._known:
                        fits = bytes(map(bool, self._fits(step)))
                        self._known[step] = int.from_bytes(fits, "little")
                    stack.append(self._known[step])
                case Join.NOT:
                    stack.append(stack.pop() ^ self._all)
                case Join.AND:
                    right = stack.pop()
                    stack.append(stack.pop() & right)
                case Join.OR:
                    right = stack.pop()
                    stack.append(stack.pop() | right)
        return stack.pop()

    @cached_property
    def _all(self) -> int:
        return int.from_bytes(b"\1" * len(self.claims.lines), "little")

    def _flags(self, fitting: int) -> bytes:
        return fitting.to_bytes(len(self.claims.lines), "little")

    # --- one test

    @cached_property
    def web(self) -> Web:
        """How the claims bear on each other."""
        return Web(self.claims)

    def called(self, name: str, *, contained: bool) -> Called:
        """What *name* means here."""
        key = name, contained
        if key not in self._called:
            self._called[key] = self.web.called(name, contained=contained)
        return self._called[key]

    def _fits(self, test: Test) -> Iterable[object]:
        """For each claim, whether it fits *test*."""
        if test.operator.startswith("!"):
            return (not fits for fits in self._fits_plainly(test, test.operator[1:]))
        return self._fits_plainly(test, test.operator)

    def _fits_plainly(self, test: Test, operator: str) -> Iterable[object]:
        known = named(test.name)
        if known is None:
            return _holding(self.claims.words(""), ":", [folded(v) for v in test.values])
        match known.sort:
            case Sort.WORDS | Sort.NAME | Sort.CHOICE:
                said = [plain(known, v) for v in test.values]
                return _holding(self.words(known.name), operator, said)
            case Sort.NUMBER:
                return self._numbers(known.name, operator, test.values)
            case Sort.DATE:
                return self._dates(operator, test.values)
            case Sort.CLAIM:
                return self._bearing(known.name, operator, test.values)
            case Sort.ANY:
                return self._data(test.name.removeprefix(f"{DATA}."), operator, test.values)
            case Sort.FLAG:
                return self._flagged(known.name)

    def words(self, name: str) -> Words:
        """What the field called *name* holds for each claim."""
        return self.claims.words(name)

    def _numbers(self, name: str, operator: str, values: Sequence[str]) -> Iterable[object]:
        column = self.claims.numbers(name)
        wanted = [n for v in values if (n := number(v)) is not None]
        match operator:
            case "":
                return column
            case "<" | "<=":
                in_order = _ORDER[operator]
                return (any(in_order(low, n) for low, _ in rs for n in wanted) for rs in column)
            case ">" | ">=":
                in_order = _ORDER[operator]
                return (any(in_order(high, n) for _, high in rs for n in wanted) for rs in column)
            case _:
                return (any(lo <= n <= hi for lo, hi in rs for n in wanted) for rs in column)

    def _dates(self, operator: str, values: Sequence[str]) -> Iterable[object]:
        column = self.claims.dates()
        if operator in ("", ":"):
            said = [tuple(map(folded, dates)) for dates in column]
            return _holding(said, operator, [folded(v) for v in values])
        return (any(_dated(d, operator, v) for d in ds for v in values) for ds in column)

    def _bearing(self, name: str, operator: str, values: Sequence[str]) -> Iterable[object]:
        ids: frozenset[str] = frozenset()
        if not operator:
            ids = self.web.fits(name, None)
        for value in values:
            if called := self.called(value, contained=operator == ":"):
                ids |= self.web.fits(name, called)
        return (card.id in ids for card in self.claims.seen.cards)

    def _data(self, key: str, operator: str, values: Sequence[str]) -> Iterable[object]:
        column = self.claims.data(key)
        if operator not in _ORDER:
            said = [tuple(map(folded, held)) for held in column]
            return column if not operator else _holding(said, operator, [folded(v) for v in values])
        return (any(_ordered(h, operator, v) for h in held for v in values) for held in column)

    def _flagged(self, name: str) -> Iterable[object]:
        if name == "unstated":
            return (line.unstated for line in self.claims.lines)
        answered = self.web.answered
        return ((line.number in answered) is (name == "answered") for line in self.claims.lines)


def _holding(column: Words, operator: str, wanted: Sequence[str]) -> Iterable[object]:
    """For each claim, whether what it holds is one of *wanted*, or has one of them in it."""
    match operator:
        case "":
            return column
        case "=":
            whole = set(wanted)
            return (not whole.isdisjoint(held) for held in column)
        case _:
            return (any(w in h for h in held for w in wanted) for held in column)


def _dated(written: str, operator: str, value: str) -> bool:
    """Whether a date is within that of a test, before or after it."""
    mine, asked = days(written), days(value)
    if mine is None or asked is None:
        return False
    match operator:
        case "<":
            return mine.last < asked.first
        case "<=":
            return mine.last <= asked.last
        case ">":
            return mine.first > asked.last
        case ">=":
            return mine.first >= asked.first
        case _:
            return asked.first <= mine.first and mine.last <= asked.last


def _ordered(written: str, operator: str, value: str) -> bool:
    """Whether a value among data is less or more than that of a test: as numbers, or as dates."""
    mine, asked = decimal(written), decimal(value)
    if mine is not None and asked is not None:
        return _ORDER[operator](mine, asked)
    return _dated(written, operator, value)
