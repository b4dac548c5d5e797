"""An Argdown tree to a debate."""

from __future__ import annotations

from typing import NamedTuple

from attrs import define, evolve, field

from argmap.errors import NotADebate, UnknownName, guesses
from argmap.formats.argdown.data import Placed
from argmap.formats.argdown.keys import Defaults, Keys
from argmap.formats.argdown.tree import TOP, Entry, Heading, Line, Row, Structure, Tree
from argmap.formats.reading import Context, NotFetched
from argmap.model import (
    NO_DATA,
    ArgumentRef,
    Builder,
    ClaimRef,
    Data,
    Kind,
    Link,
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
_KINDS = {"+": Kind.SUPPORT, "-": Kind.ATTACK, "_": Kind.UNDERCUT, "><": Kind.CONTRADICTION}


class _Told(NamedTuple):
    """What a row named, and what it said of its relation."""

    ref: ClaimRef | ArgumentRef | None
    link: Link | None


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
        self.texts.append(self.text)

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
                    told = self._rows(block.rows)
                    first = told[0].ref
                    last = first if isinstance(first, ArgumentRef) else None
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
        if heading.data is not None and not heading.data.is_mapping:
            self.problems.say(
                "AM410", "these braces hold no key", heading.data.span, "write {key: value}"
            )
        meant = self._keys.defaults(heading.data, self._defaults)
        self._sections.append((heading.level, meant))
        self.builder.section(
            heading.title,
            heading.level,
            tags=heading.tags,
            data=self._keys.section_data(heading.data),
            span=heading.span,
        )

    def _rows(self, rows: tuple[Row, ...]) -> list[_Told]:
        """What *rows* say, in order."""
        return [self._item(row) for row in rows]

    def _item(self, row: Row) -> _Told:
        item = row.item
        if not item.title and not item.text:
            return _Told(None, None)
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
        if item.text or said.explicit:
            wording = Wording(item.text, said.speaker, said.voice, said.of, said.cited, item.span)
        if item.title and not item.defined:
            self._unplaced.append((item.title, item.argument, item.span))
        word = self.builder.word_argument if item.argument else self.builder.word_claim
        ref = word(item.title, wording, tags=item.tags, data=said.rest, span=item.span)
        return _Told(ref, said.link)

    def _relate(
        self,
        rows: tuple[Row, ...],
        told: list[_Told],
        step: StepRef | None,
    ) -> None:
        """State the relations of *rows*. Undercuts of the first row strike *step*, if given."""
        for row, (child, link) in zip(rows, told, strict=True):
            parent: Ref | None = told[row.parent].ref if row.parent != TOP else step
            if not row.symbol or child is None or parent is None:
                continue
            sign = row.symbol if row.symbol == "><" else row.symbol.strip("<>")
            kind = _KINDS[sign]
            forward = row.symbol.endswith(">") and row.symbol != "><"
            if kind is Kind.UNDERCUT and row.parent == 0 and step is not None and not forward:
                parent = step
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
        lines = [(line, self._rows(line.rows)) for line in structure.lines]
        for n, (_, told) in enumerate(lines, 1):
            if told[0].ref is None:  # a number that no words follow
                name = f"{last.title if last else 'argument'} {n}"
                told[0] = _Told(self.builder.unworded(name), None)
        strikes = [
            self._rows(line.inference.strikes) if line.inference else [] for line in structure.lines
        ]
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
            ref = self.builder.unsketched(final.text or final.title or "argument")
        if steps:
            self.builder.steps(ref, steps)
        for (line, told), struck, number in zip(lines, strikes, numbers, strict=True):
            step = StepRef(ref, number) if number is not None else None
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
