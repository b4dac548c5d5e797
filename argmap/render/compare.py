"""Two speakers side by side, as a report and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from attrs import frozen

from argmap.model import MAPPER, Speaker, Voice
from argmap.render.compare_words import (
    SIGNS,
    about,
    meant_of,
    only_reported,
    part_of,
    place_of,
    reason_of,
    seen,
    sense_word,
    toward,
    whose_link,
    works_of,
)
from argmap.render.entries import who_is
from argmap.render.report.core import (
    Block,
    Cell,
    Paragraph,
    Picture,
    Report,
    Run,
    Table,
    Words,
    cell,
    place,
    sources,
    words,
)
from argmap.render.report.json import json_of, line_of, works
from argmap.render.theme import Theme
from argmap.sides import Line
from argmap.sides.comparison import Asked, Comparison, Entry, Parting, Said, Sides
from argmap.text import listed


def report(
    comparison: Comparison,
    *,
    quotes: bool = False,
    picture: bool = False,
    theme: str | Theme = "auto",
) -> Report:
    """*comparison* as a table with a column for each of the two.

    With *quotes*, each claim is followed by what is quoted for it; with *picture*, a page begins
    with a picture in the colours of *theme*.
    """
    return Report(
        comparison.title or "Two speakers", tuple(_blocks(comparison, quotes, picture, theme))
    )


_EVEN, _NARROW = (1, 1, 1), (3, 8, 8)  # how wide columns are beside each other
_FEW = 24  # claims that one sheet has room for in type of the usual size


def _blocks(c: Comparison, quotes: bool, picture: bool, theme: str | Theme) -> Iterator[Block]:
    say = _Say(c, quotes, works_of(c))
    yield Paragraph(words(*_summary(c)))
    if picture:
        yield Picture(to_svg(c, theme=theme), f"{c.left.full} and {c.right.full}.")
    rows = tuple(_rows(c, say))
    dense = sum(s.full for s in c.said) > _FEW
    if rows:
        heads = (cell(""), say.who(c.left), say.who(c.right))
        yield Table(heads, rows, shares=_EVEN, dense=dense)
    keys = c.left.key, c.right.key
    if c.unanswered:
        whose = (f"{a}’s, unanswered by {b}" for a, b in (keys, keys[::-1]))
        yield Table(
            (cell("Left unanswered"), *map(cell, whose)),
            tuple(
                (cell(a.question or "no question"), *say.sides(a.sides, run_in=True))
                for a in c.unanswered
            ),
            shares=_NARROW,
            dense=dense,
        )
    if alone := tuple(_alone(c, say)):
        yield Table((cell("Besides"), *map(cell, keys)), alone, shares=_NARROW, dense=dense)
    if c.unanswered:
        yield Paragraph(words(Run(c.rule, muted=True)))
    yield from sources(c.sources)


def _summary(c: Comparison) -> Iterator[str | Run]:
    """How they stand to each other, in numbers."""
    if not c.is_linked:
        yield Run(
            "This map draws no link between the two, so it says of no claim how it stands "
            "to the other’s.",
            marked=True,
        )
        if c.shared_questions:
            asked = listed([f"“{q}”" for q in c.shared_questions])
            yield f" Both speak on {asked}."
        return
    counted = [
        _times(len(c.common_ground), "agreement"),
        _times(
            len(c.agreed_fact_opposite_verdict),
            "agreed fact with opposite verdicts",
            "agreed facts with opposite verdicts",
        ),
        _times(len(c.clashes), "clash", "clashes"),
        _times(len(c.tensions), "tension"),
        _times(len(c.qualifications), "qualification"),
        _times(len(c.past_each_other), "link past each other", "links past each other"),
    ]
    if n := len(c.agreements_with_a_report):
        counted.append(_times(n, "agreement with a report", "agreements with a report"))
    yield f"Between the two: {listed(counted)}."
    by = [e.by for e in joined(c) if e.by]
    texts = dict.fromkeys(b for b in by if b != MAPPER)
    drawn = [f"{by.count(name)} by {name} itself" for name in texts]
    drawn += [f"{by.count(MAPPER)} by the mapper"] if MAPPER in by else []
    if drawn:
        yield f" Links drawn: {listed(drawn)}."


def _times(n: int, one: str, several: str = "") -> str:
    """*n* of what is called *one*, or *several*, in words."""
    return f"no {one}" if not n else f"1 {one}" if n == 1 else f"{n} {several or one + 's'}"


def joined(c: Comparison) -> Iterator[Entry]:
    """All that joins the two, each once."""
    yield from c.common_ground
    yield from (p.agreed for p in c.agreed_fact_opposite_verdict)
    yield from (*c.clashes, *c.tensions, *c.qualifications, *c.past_each_other)
    yield from c.agreements_with_a_report


# --- rows


def _rows(c: Comparison, say: _Say) -> Iterator[tuple[Cell, ...]]:
    if c.thesis:
        yield (cell("What each concludes"), *say.sides(c.thesis))
    for e in c.common_ground:
        yield (say.head("Common ground", e), *say.entry(e))
    for p in c.agreed_fact_opposite_verdict:
        yield say.parting(p)
    for name, section in (
        ("Clash", c.clashes),
        ("Tension", c.tensions),
        ("Qualification", c.qualifications),
        ("Past each other", c.past_each_other),
        ("Agrees with a report", c.agreements_with_a_report),
    ):
        for e in section:
            yield (say.head(name, e), *say.entry(e))


def _alone(c: Comparison, say: _Say) -> Iterator[tuple[Cell, ...]]:
    for a in c.only_one_speaks:
        head = cell("Only one speaks", words(Run(a.question, muted=True)))
        yield (head, *say.sides(a.sides, run_in=True))
    if c.context:
        yield (cell("Only reported, or joined to nothing"), *say.sides(c.context, run_in=True))


@frozen
class _Say:
    """Puts cells of *comparison* in words. *works* are those that all of a speaker is in."""

    comparison: Comparison
    quotes: bool
    works: Mapping[str, str]

    def who(self, s: Speaker) -> Cell:
        """Whose column it is, and where what is in it stands."""
        work = self.works.get(s.key)
        return cell(words(who_is(s), Run(f"; places are in {work}" if work else "", muted=True)))

    def head(self, name: str, e: Entry) -> Cell:
        """What the two are to each other in *e*, and on whose word."""
        return Cell(tuple(self._why(e, about(name, e))))

    def _why(self, e: Entry, name: str) -> Iterator[Words]:
        """The *name* of what *e* is and its reason; then who else takes part, and doubts."""
        whose = whose_link(e)
        parts = [reason_of(e), f"({whose})" if whose else ""]
        why = " ".join(part for part in parts if part)
        yield words(f"{name}. " if why else name, Run(why, muted=True))
        if e.over:
            said = "Over a claim of neither: " if not e.over.speaker else "Over: "
            yield words(said, *self.line(e.over))
        for line in e.others:
            yield words("With ", *self.line(line))
        if reported := only_reported(e):
            yield words(Run(reported, marked=True))
        for doubt in e.doubts:
            yield words(Run(doubt, marked=True))

    def parting(self, p: Parting) -> tuple[Cell, Cell, Cell]:
        """A fact that both grant, and what each concludes."""
        verdicts = about(f"verdicts: {sense_word(p.verdicts.sense)}", p.verdicts)
        head = Cell(  # why the verdicts differ is said in a row of theirs
            (*self._why(p.agreed, "The same fact, opposite verdicts"), words(verdicts))
        )
        facts = {s.line.number for s in (*p.agreed.left, *p.agreed.right)}
        cells = []
        for agreed, concluded in (
            (p.agreed.left, p.verdicts.left),
            (p.agreed.right, p.verdicts.right),
        ):
            paragraphs = [w for s in agreed for w in self.said(s)]
            drawn = [s for s in concluded if s.line.number not in facts]
            how = "still holds: " if _is_conceded(agreed) else "holds: "
            for s in drawn:
                first, *rest = self.said(s, part_of(s, p.verdicts))
                paragraphs += [words(Run(how, muted=True), *first), *rest]
            if not drawn and p.verdicts.tie:
                against = p.verdicts.tie.head.number
                paragraphs.append(words(Run(f"holds this against {against}", muted=True)))
            cells.append(Cell(tuple(paragraphs)))
        return head, cells[0], cells[1]

    def entry(self, e: Entry) -> tuple[Cell, Cell]:
        """What each says in *e*."""
        cells = [
            Cell(tuple(w for s in said for w in self.said(s, part_of(s, e))))
            for said in (e.left, e.right)
        ]
        return cells[0], cells[1]

    def sides(self, sides: Sides, *, run_in: bool = False) -> tuple[Cell, Cell]:
        """What each says; if *run_in*, reasons for one claim in one paragraph."""
        left, right = (
            self._run_in(said) if run_in else Cell(tuple(w for s in said for w in self.said(s)))
            for said in (sides.left, sides.right)
        )
        return left, right

    def _run_in(self, said: Sequence[Said]) -> Cell:
        paragraphs = []
        for (mark, on), group in groupby(said, key=lambda s: (s.mark, s.on)):
            runs: list[str | Run] = [Run(f"{toward(mark)} {on}: ", muted=True)] if mark else []
            for n, s in enumerate(group):
                runs += [*([Run("; ", muted=True)] if n and not s.full else []), *self._top(s)]
                runs += [" ", *self._below(s)] if s.full or s.below else []
            paragraphs.append(words(*runs))
        return Cell(tuple(paragraphs))

    def said(self, s: Said, part: str = "") -> list[Words]:
        """*s*, and what is below it."""
        top = words(*self._top(s), Run(f" ({part})" if part else "", muted=True))
        below = self._below(s)
        return [top, words(*below)] if below else [top]

    def _top(self, s: Said) -> Words:
        return self.line(s.line) if s.full else words(Run(seen(s.line), muted=True))

    def _below(self, s: Said) -> list[str | Run]:
        runs: list[str | Run] = []
        for b in s.below:
            sign = SIGNS.get(b.mark, "") if b.mark else ""
            runs += [Run(f"{sign} ", muted=True), *self.line(b.line), " "]
        return runs

    def line(self, line: Line) -> Words:
        """*line* with its number, whose it is if that must be said, and its place."""
        meant = meant_of(line)
        where = place_of(line, self.works)
        quoted = "; ".join(f"“{q}”" for q in line.quotes) if self.quotes else ""
        return words(
            Run(f"{line.number} ", muted=True),
            line.text,
            " (unstated)" if line.unstated else "",
            f" {meant}" if meant else "",
            " " if where else "",
            *([place(where)] if where else []),
            Run(f" {quoted}" if quoted else "", muted=True),
        )


def _is_conceded(said: Sequence[Said]) -> bool:
    return any(s.line.voice is Voice.CONCEDED for s in said)


# --- JSON


def to_json(comparison: Comparison) -> str:
    """*comparison* with all its lines, for programs."""
    c = comparison
    made = {
        "format": "argmap-compare",
        "version": 1,
        "title": c.title,
        "left": _speaker(c.left),
        "right": _speaker(c.right),
        "shared_questions": list(c.shared_questions),
        "thesis": _sides(c.thesis),
        "common_ground": list(map(_entry, c.common_ground)),
        "agreed_fact_opposite_verdict": [
            {"agreed": _entry(p.agreed), "verdicts": _entry(p.verdicts)}
            for p in c.agreed_fact_opposite_verdict
        ],
        "clashes": list(map(_entry, c.clashes)),
        "tensions": list(map(_entry, c.tensions)),
        "qualifications": list(map(_entry, c.qualifications)),
        "past_each_other": list(map(_entry, c.past_each_other)),
        "agreements_with_a_report": list(map(_entry, c.agreements_with_a_report)),
        "unanswered": list(map(_asked, c.unanswered)),
        "only_one_speaks": list(map(_asked, c.only_one_speaks)),
        "context": _sides(c.context),
        "rule": c.rule,
        "sources": works(c.sources),
    }
    return json_of(made)


def _speaker(s: Speaker) -> dict[str, str]:
    return {"key": s.key, "name": s.full, "role": s.role}


def _asked(a: Asked) -> dict[str, Any]:
    return {"question": a.question, **_sides(a.sides)}


def _sides(sides: Sides) -> dict[str, Any]:
    return {"left": list(map(_said, sides.left)), "right": list(map(_said, sides.right))}


def _entry(e: Entry) -> dict[str, Any]:
    found: dict[str, Any] = {
        "sense": e.sense.value,
        "about": e.about.value if e.about else None,
        "because": e.because,
        "by": e.by,
        **_sides(Sides(e.left, e.right)),
        "tails": [t.number for t in e.tie.tails] if e.tie else [],
        "struck": [s.number for s in e.tie.struck] if e.tie else [],
        "head": e.tie.head.number if e.tie else None,
        "over": line_of(e.over) if e.over else None,
        "others": list(map(line_of, e.others)),
        "doubts": list(e.doubts),
    }
    return found


def _said(s: Said) -> dict[str, Any]:
    """*s*; a reference has its number only."""
    bears = {"mark": s.mark.value if s.mark else None, "on": s.on}
    if not s.full:
        return {"number": s.line.number, "full": False, **bears, "below": list(map(_said, s.below))}
    return {**line_of(s.line), "full": True, **bears, "below": list(map(_said, s.below))}


def to_svg(
    comparison: Comparison,
    *,
    quotes: bool = False,  # noqa: ARG001 — a picture has no room for them
    picture: bool = False,  # noqa: ARG001 — it is one
    theme: str | Theme = "auto",
) -> str:
    """*comparison* as a picture: a column of cards for each, and the links between them."""
    from argmap.render.compare_picture import draw

    return draw(comparison, theme)
