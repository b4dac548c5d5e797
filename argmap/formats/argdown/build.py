"""An Argdown tree to a debate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from attrs import define, evolve, field

from argmap.errors import NotADebate, UnknownName, guesses
from argmap.formats.argdown.data import Placed
from argmap.formats.argdown.keys import Defaults, Keys
from argmap.formats.argdown.tree import (
    TOP,
    Entry,
    Heading,
    Item,
    Line,
    Row,
    Structure,
    Tree,
)
from argmap.formats.reading import Context, NotFetched
from argmap.model import (
    NO_DATA,
    ArgumentRef,
    Builder,
    ClaimRef,
    Data,
    Kind,
    Link,
    Markup,
    Occurrence,
    Part,
    Ref,
    Step,
    StepRef,
    Wording,
    is_made_up,
    qualified,
)
from argmap.model.positions import under_name
from argmap.text import Problems, Severity, Span, Text

_DEEPEST = 20  # files that name each other in a chain
_FEW = 30  # mentions of what is not there for which near names are sought
_KINDS = {  # the kind, and whether the arrow runs from the row above
    "+": (Kind.SUPPORT, False),
    "<+": (Kind.SUPPORT, False),
    "+>": (Kind.SUPPORT, True),
    "-": (Kind.ATTACK, False),
    "<-": (Kind.ATTACK, False),
    "->": (Kind.ATTACK, True),
    "_": (Kind.UNDERCUT, False),
    "<_": (Kind.UNDERCUT, False),
    "_>": (Kind.UNDERCUT, True),
    "><": (Kind.CONTRADICTION, False),
}


class _Told(NamedTuple):
    """What a row named, what it said of its relation, and where it stands."""

    ref: ClaimRef | ArgumentRef | None
    link: Link | None
    occurrence: Occurrence | None


_new = tuple.__new__  # half the time of calling Occurrence, of which there are very many
_NOBODY = _Told(None, None, None)


@define
class Build:
    """Adds what trees say to `builder`, and gathers `problems` and the `texts` they name."""

    text: Text
    context: Context
    builder: Builder = field(factory=Builder)
    problems: Problems = field(factory=Problems)
    texts: list[Text] = field(factory=list)
    _keys: Keys = field(init=False)
    _file: Defaults = field(factory=Defaults, init=False)
    _sections: list[tuple[int, Defaults]] = field(factory=list, init=False)
    _positions: dict[str, str] = field(factory=dict, init=False)  # speaker key: file
    _unplaced: list[tuple[str, bool, Span]] = field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        self._keys = Keys(self.builder, self.problems)

    def tree(self, tree: Tree) -> None:
        """Add all of *tree*."""
        if tree.front is not None:
            if positions := tree.front.get("positions"):
                self._include(positions)
            self._file = self._keys.front(tree.front)
        last: ArgumentRef | None = None
        for block in tree.blocks:
            match block:
                case Heading():
                    self._heading(block)
                    last = None
                case Entry():
                    told = self._rows(block.rows, Part.ITEM if block.listed else Part.BLOCK)
                    first = told[0].ref
                    last = first if isinstance(first, ArgumentRef) and not block.listed else None
                    self._relate(block.rows, told, None)
                case Structure():
                    self._structure(block, last)
                    last = None
        self._slips()

    # --- sections and items

    @property
    def _defaults(self) -> Defaults:
        return self._sections[-1][1] if self._sections else self._file

    def _heading(self, heading: Heading) -> None:
        while self._sections and self._sections[-1][0] >= heading.level:
            self._sections.pop()
        item = heading.item
        if item.data is not None and not item.data.is_mapping:
            self.problems.say(
                "AM410", "these braces hold no key", item.data.span, "write {key: value}"
            )
        meant = self._keys.defaults(item.data, self._defaults)
        self._sections.append((heading.level, meant))
        self.builder.section(
            item.words,
            heading.level,
            tags=item.tags,
            data=self._keys.section_data(item.data),
            markup=_within(item.markup, item.size),
            span=item.span,
            occurrence=self._occurrence(None, item, Part.HEADING),
        )

    def _occurrence(self, ref: ClaimRef | ArgumentRef | None, item: Item, part: Part) -> Occurrence:
        data = item.data.value if item.data and isinstance(item.data.value, Data) else NO_DATA
        said = ref, part, item.text, item.defined, item.tags, data, self.builder.frame.path
        return _new(Occurrence, (*said, item.markup, item.span))

    def _rows(self, rows: tuple[Row, ...], part: Part = Part.RELATION) -> list[_Told]:
        """What *rows* say, in order; *part* is that of the first.

        Names are made in the order of the text. Words are added when a row closes, after all
        below it: what is put into words twice is then shown as Argdown's own tools show it.
        """
        titles = [row.item.title for row in rows if row.item.title]
        if len(set(titles)) == len(titles):  # then the order does not matter
            told = []
            for row in rows:
                ref = self._name(row.item)
                told.append(_NOBODY if ref is None else self._item(row, ref, part))
                part = Part.RELATION
            return told
        refs = [self._name(row.item) for row in rows]
        told = [_NOBODY] * len(rows)
        for n in _closing(rows):
            ref = refs[n]
            if ref is not None:
                told[n] = self._item(rows[n], ref, part if n == 0 else Part.RELATION)
        return told

    def _name(self, item: Item) -> ClaimRef | ArgumentRef | None:
        """What *item* names, which is there from now on."""
        if not item.title and not item.text and not item.defined:
            return None
        if item.argument:
            return self.builder.name_argument(item.title, item.words, item.span)
        return self.builder.name_claim(item.title, item.words, item.span)

    def _item(self, row: Row, ref: ClaimRef | ArgumentRef, part: Part) -> _Told:
        item = row.item
        said = self._keys.said(item.data, self._defaults)
        if said.link_span and not row.symbol:
            self.problems.say(
                "AM506",
                "link: says what a relation is, and this line begins none",
                said.link_span,
                "put it on a line that begins with a sign such as + or -",
                Severity.WARNING,
            )
        wording: Wording | None = None
        words = item.words
        if words or said.explicit:
            markup = _within(item.markup, item.size) if item.markup else ()
            who = said.speaker, said.voice, said.of
            wording = Wording(words, *who, said.cited, markup, item.span, said.of_span)
        if item.title and not item.defined:
            self._unplaced.append((item.title, item.argument, item.span))
        occurrence = self._occurrence(ref, item, part)
        self.builder.put(
            ref, wording, tags=item.tags, data=said.rest, span=item.span, occurrence=occurrence
        )
        return _new(_Told, (ref, said.link, occurrence))

    def _relate(
        self,
        rows: tuple[Row, ...],
        told: list[_Told],
        step: StepRef | None,
    ) -> None:
        """State the relations of *rows*. Undercuts of the first row strike *step*, if given, and
        so do the first ones where there is no row for them to stand under.
        """
        row_strikes = bool(rows) and rows[0].parent == TOP and rows[0].symbol != ""
        for row, (child, link, _) in zip(rows, told, strict=True):
            if not row.symbol or child is None:
                continue
            parent: Ref | None = told[row.parent].ref if row.parent != TOP else step
            if parent is None:
                continue
            kind, forward = _KINDS[row.symbol]
            forward = forward or (kind.symmetric and isinstance(parent, ArgumentRef))
            if kind is Kind.UNDERCUT and row.parent == 0 and not forward and not row_strikes:
                parent = step or parent
            tail, head = (parent, child) if forward else (child, parent)
            try:
                stated = self.builder.relate(kind, tail, head, link=link, span=row.span)
                if link is not None and stated.link != link:
                    self.problems.doubt(
                        "AM507",
                        "it is said already what this relation is, and otherwise",
                        row.span,
                        "say it once",
                    )
            except NotADebate as e:
                self.problems.say(e.code, e.message, row.span, e.help)

    # --- premises and conclusions

    def _structure(self, structure: Structure, last: ArgumentRef | None) -> None:
        """Add a premise–conclusion structure to *last*, or to an argument of its own."""
        parts = _parts(structure)
        lines: list[tuple[Line, list[_Told]]] = []
        strikes: list[list[_Told]] = []
        for line, part in zip(structure.lines, parts, strict=True):
            strikes.append(self._rows(line.inference.strikes) if line.inference else [])
            lines.append((line, self._rows(line.rows, part)))
        for n, (line, told) in enumerate(lines, 1):
            if told[0].ref is None:  # a number that nothing follows
                claim = self.builder.unworded(f"{last.title if last else 'argument'} {n}")
                item = line.rows[0].item._replace(defined=True)
                empty = self._occurrence(claim, item, parts[n - 1])
                self.builder.put(claim, None, span=item.span, occurrence=empty)
                told[0] = _Told(claim, None, empty)
        steps, numbers = _steps(lines)
        ref = last
        if ref is not None and self.builder.is_reconstructed(ref):
            self.problems.say(
                "AM301",
                f"{ref} has premises and a conclusion already",
                structure.span,
                "give the second one a title of its own",
            )
            ref = None
        if ref is None:
            final = lines[-1][0].rows[0].item
            ref = self.builder.unsketched(final.words or final.title or "argument")
        if steps:
            written = tuple(o for _, told in lines if (o := told[0].occurrence))
            self.builder.steps(ref, steps, lines=written)
        step: StepRef | None = None  # the last inference above
        for (line, told), struck, number in zip(lines, strikes, numbers, strict=True):
            step = StepRef(ref, number) if number is not None else step
            self._relate(line.rows, told, step)
            if line.inference and step:
                self._relate(line.inference.strikes, struck, step)

    # --- positions

    def _include(self, positions: Placed) -> None:
        """Add every file that ``positions:`` names, each under its speaker's name."""
        named = positions.elements or (positions,)
        for placed in named:
            if not isinstance(placed.value, str) or ", " in placed.value:
                self.problems.say(
                    "AM406",
                    "positions: is a list of files",
                    placed.span,
                    "write  positions: [keller.argdown, brandt.argdown]",
                )
                continue
            self._position(placed.value, placed.span)

    def _position(self, name: str, span: Span) -> None:
        try:
            text = self.context.fetch(name, self.text.name)
        except NotFetched as e:
            self.problems.say(
                "AM501", str(e), span, "write the way to it from the folder of this file"
            )
            return
        if text.name in self.context.above or text.name == self.text.name:
            chain = (*self.context.above, self.text.name, text.name)
            names = " → ".join(n.replace("\\", "/").rsplit("/", 1)[-1] for n in chain)
            alone = text.name == self.text.name
            self.problems.say(
                "AM502",
                "this file names itself as a position"
                if alone
                else f"these positions include each other: {names}",
                span,
                "take it out" if alone else "let one of them stand alone",
            )
            return
        if len(self.context.above) >= _DEEPEST:
            message = f"positions name positions more than {_DEEPEST} files deep"
            self.problems.say("AM502", message, span, "name the files in one list")
            return
        reading = self.context.known.get(text.name)
        if reading is None:
            below = evolve(self.context, above=(*self.context.above, self.text.name))
            reading = self.context.known[text.name] = self.context.read(text, below)
        self.problems.found += reading.problems
        self.texts += [t for t in reading.texts if all(t.name != u.name for u in self.texts)]
        debate = reading.debate
        key = debate.position
        if key:
            before = self._positions.get(key)
            if before is not None:
                self.problems.say(
                    "AM505",
                    f"{name!r} is named twice"
                    if name == before
                    else f"{name!r} and {before!r} are both positions of {key!r}",
                    span,
                    "name it once" if name == before else "give one speaker another  key: …",
                )
                return
            self._positions[key] = name
            debate = under_name(debate, key)
        elif not debate.speakers and not reading.failed:
            self.problems.say(
                "AM503",
                f"{name!r} does not say whose position it is",
                span,
                "write  speaker: {name: …}  in its frontmatter",
                Severity.WARNING,
            )
        self.builder.include(debate)

    def _slips(self) -> None:
        """Mentions in a debate of what no position says."""
        if not self._positions:
            return
        both = (dict.fromkeys(self.builder.worded_titles), dict.fromkeys(self.builder.sketched))
        sought = 0
        for title, is_argument, span in self._unplaced:
            claims, what = both[is_argument], "argument" if is_argument else "claim"
            if title in claims:
                continue
            key, colon, rest = title.lstrip("~").partition(": ")
            if colon and key in self._positions:
                sought += 1
                its = [t for t in claims if t.lstrip("~").startswith(f"{key}: ")]
                its = its if sought <= _FEW else []
                near = guesses(title, its) or tuple(
                    qualified(g, key)
                    for g in guesses(rest, [t.partition(": ")[2] for t in its if not is_made_up(t)])
                )
                hint = f"; did you mean {near[0]!r}?" if near else ""
                self.problems.say(
                    "AM504",
                    f"no {what} is named {title!r}{hint}",
                    span,
                    f"the {what}s of {key} are in {self._positions[key]}",
                )
                continue
            owners = [k for k in self._positions if qualified(title, k) in claims]
            if owners:
                meant = qualified(title, owners[0])
                self.problems.say(
                    "AM504",
                    f"no {what} is named {title!r}; did you mean {meant!r}?",
                    span,
                    f"write {meant!r}: in a debate, titles begin with their speaker",
                )
            elif colon and (near := guesses(key, self._positions)):
                self.problems.say(
                    "AM504",
                    str(UnknownName("speaker", key, near)),
                    span,
                    f"write [{near[0]}: {rest}]",
                )


def _within(markup: tuple[Markup, ...], size: int) -> tuple[Markup, ...]:
    """The markup of the first *size* characters of a text."""
    return tuple(m for m in markup if m.stop <= size)


def _closing(rows: tuple[Row, ...]) -> Iterator[int]:
    """The numbers of *rows* in the order in which they close: each after all below it."""
    open_: list[int] = []
    for n, row in enumerate(rows):
        while open_ and open_[-1] != row.parent:
            yield open_.pop()
        open_.append(n)
    yield from reversed(open_)


def _parts(structure: Structure) -> list[Part]:
    """The part of each line of *structure*: what follows an inference is a conclusion."""
    parts = [Part.CONCLUSION if line.inference else Part.PREMISE for line in structure.lines]
    if parts[-1] is Part.CONCLUSION:
        parts[-1] = Part.MAIN
    return parts


def _steps(
    lines: list[tuple[Line, list[_Told]]],
) -> tuple[list[Step], list[int | None]]:
    """The steps of a structure, and for each line the step it concludes, if any.

    A step rests on the premises since the last conclusion, and on that conclusion.
    """
    steps: list[Step] = []
    numbers: list[int | None] = []
    held: list[ClaimRef] = []
    for line, told in lines:
        claim = told[0].ref
        if not isinstance(claim, ClaimRef):
            numbers.append(None)
            continue
        if line.inference is None or not held:
            held.append(claim)
            numbers.append(None)
            continue
        placed = line.inference.data
        data = placed.value if placed and isinstance(placed.value, Data) else NO_DATA
        inference = line.inference
        steps.append(Step(tuple(held), claim, inference.rules, data, inference.span))
        numbers.append(len(steps) - 1)
        held = [claim]
    return steps, numbers
