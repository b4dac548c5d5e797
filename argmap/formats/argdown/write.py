"""A debate to Argdown text that reads back as the same debate, and is pleasant to read.

What Argdown cannot hold is left out or changed first, and named (`fit`); then everything gets its
place (`arrange`), its title if it needs one, and the data that its section does not say already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from attrs import define, evolve, field, frozen

from argmap.formats import is_json
from argmap.formats.argdown import yaml
from argmap.formats.argdown.blocks import Entry, Row, Structure, Thing, rows_of
from argmap.formats.argdown.escape import rule, statement, tag
from argmap.formats.argdown.mend import mended
from argmap.formats.argdown.plan import Plan, plan_of
from argmap.formats.argdown.proof import untold
from argmap.formats.written import Written
from argmap.model import (
    MAPPER,
    Argument,
    Citation,
    Claim,
    Data,
    Debate,
    Link,
    Markup,
    Section,
    Source,
    Speaker,
    Step,
    Style,
    Value,
    Voice,
    Wording,
)

_WORTH = 2  # claims for which a heading says who holds them, or where they stand
_Pairs = list[tuple[str, Value]]


def write(debate: Debate) -> Written:
    """*debate* as Argdown, with a sentence for each thing that Argdown cannot hold."""
    plan = plan_of(debate)
    body = _Writer(plan).body()
    try:
        body.encode()
    except UnicodeEncodeError:
        plan = plan_of(mended(debate))
        plan.losses["half characters, which no text can hold"] = None
        body = _Writer(plan).body()
    plan.losses.update(dict.fromkeys(untold(plan.kept, body)))
    return Written(body, tuple(plan.losses))


@frozen
class _Defaults:
    """Who holds what stands here, and where it stands, unless it says otherwise."""

    speaker: str = ""
    source: str = ""


@define
class _Writer:
    plan: Plan
    things: dict[Thing, Claim | Argument] = field(factory=dict)
    paragraphs: list[str] = field(factory=list)
    meant: _Defaults = field(factory=_Defaults)

    def body(self) -> str:
        """The text."""
        debate, blocks = self.plan.kept, self.plan.blocks
        self.things = {t.ref: t for t in debate.things}
        sections = list(self._sections())
        file = self._file_defaults([w for _, said in sections for w in said])
        front = list(_front(debate, file))
        if front:
            self.paragraphs.append("\n".join(["===", *yaml.block(front), "==="]))
        above: dict[tuple[int, ...], _Defaults] = {(): file}
        said = dict(sections)
        self.meant = file
        for n, block in enumerate(blocks):
            match block:
                case Section():
                    inherited = above[block.path[:-1]]
                    self.meant = above[block.path] = _usual(said.get(n, []), inherited)
                    self.paragraphs.append(self._heading(block, inherited))
                case Entry():
                    after = blocks[n + 1] if n + 1 < len(blocks) else None
                    if not (isinstance(after, Structure) and after.argument in self.plan.headless):
                        self._entry(block)
                case Structure():
                    self._structure(block)
        body = "\n\n".join(self.paragraphs) + "\n" if self.paragraphs else ""
        return f"===\n{{}}\n===\n\n{body}" if is_json(body) else body

    # --- what need not be said of each

    def _sections(self) -> Iterator[tuple[int, list[Wording]]]:
        """The number of each heading among the blocks, and the wordings below it; -1 for those
        above the first."""
        number, said = -1, list[Wording]()
        for n, block in enumerate(self.plan.blocks):
            if isinstance(block, Section):
                yield number, said
                number, said = n, []
            for row in rows_of(block):
                if row.wording is not None:
                    said.append(self.things[row.ref].wordings[row.wording])
        yield number, said

    def _file_defaults(self, said: list[Wording]) -> _Defaults:
        usual = _usual(said, _Defaults())
        return evolve(usual, speaker=self.plan.kept.position)

    # --- blocks

    def _heading(self, s: Section, inherited: _Defaults) -> str:
        pairs: _Pairs = []
        if self.meant.speaker != inherited.speaker:
            pairs.append(("speaker", self.meant.speaker))
        if self.meant.source != inherited.source:
            pairs.append(("source", self.meant.source))
        title = statement(s.title, s.markup, first=True, codes=self.plan.codes)
        tags = _last_tags(s.tags, s.markup)
        return _spaced("#" * s.level, title, tags, _braced([*pairs, *s.data.items]))

    def _entry(self, block: Entry) -> None:
        self.paragraphs.append("\n".join(map(self._row, block.rows)))

    def _structure(self, block: Structure) -> None:
        steps = self.plan.kept.argument(block.argument.title).steps
        lines: list[str] = []
        for number, (step, rows) in enumerate(block.lines, 1):
            if step is not None:
                lines.append(_inference(steps[step]))
                lines += [f"  {self._row(row)}" for row in block.strikes[step]]
            first, *below = rows
            lines.append(f"({number}) {self._row(first)}")
            lines += map(self._row, below)
        self.paragraphs.append("\n".join(lines))

    def _row(self, row: Row) -> str:
        thing = self.things[row.ref]
        said = thing.wordings[row.wording] if row.wording is not None else None
        words, tags = "", ""
        pairs: _Pairs = []
        if said is not None:
            pairs += self._said(said)
            untitled = row.ref in self.plan.untitled
            words = statement(said.text, said.markup, first=untitled, codes=self.plan.codes)
        if row.whole:
            tags = _last_tags(thing.tags, said.markup if said else ())
        if row.link is not None:
            pairs.append(("link", _link(row.link)))
        if row.wording is not None and row.wording == thing.shown:
            pairs.append(("isCanonical", True))
        if row.whole:
            pairs += thing.data.items
        title = "" if row.ref in self.plan.untitled else f"{row.ref}{':' if words else ''}"
        margin = "  " * row.depth + (f"{row.symbol} " if row.symbol else "")
        return margin + _spaced(title, words, tags, _braced(pairs))

    def _said(self, w: Wording) -> _Pairs:
        """What is to be said of *w* here."""
        pairs: _Pairs = []
        if w.by != self.meant.speaker:
            pairs.append(("speaker", w.by))
        plain = _is_plain(w.cited)
        if plain:
            source = w.cited[0].source if w.cited else ""
            if source != self.meant.source:
                pairs.append(("source", source))
            places = tuple(c.at for c in w.cited)
            if any(places):
                pairs.append(("at", places[0] if len(places) == 1 else places))
        if w.voice is not Voice.ASSERTED or w.of:
            pairs.append(("voice", w.voice.value))
        if w.of:
            pairs.append(("of", w.of))
        quotes = tuple(c.quote for c in w.cited if c.quote)
        if plain and quotes:
            pairs.append(("quote", quotes[0] if len(quotes) == 1 else quotes))
        if not plain:
            pairs.append(("cite", tuple(_cite(c, self.meant.source) for c in w.cited)))
        if not pairs and not w.text:
            pairs.append(("voice", w.voice.value))
        return pairs


def _is_plain(cited: tuple[Citation, ...]) -> bool:
    """Whether one source, a list of places and one of quotations say it all."""
    if len(cited) < 2:
        return True
    quoted = [bool(c.quote) for c in cited]
    return (
        len({c.source for c in cited}) == 1
        and all(c.at for c in cited)
        and quoted == sorted(quoted, reverse=True)
    )


def _cite(c: Citation, usual: str) -> Data:
    """One of several citations; *usual* is the source that need not be named."""
    pairs: _Pairs = []
    if c.source != usual or not (c.at or c.quote):
        pairs.append(("source", c.source))
    if c.at:
        pairs.append(("at", c.at))
    if c.quote:
        pairs.append(("quote", c.quote))
    return Data(tuple(pairs))


def _usual(said: Iterable[Wording], above: _Defaults) -> _Defaults:
    """What most of *said* have in common, if saying it once is worth it."""
    listed = list(said)
    speakers = Counter(w.by for w in listed)
    sources = Counter(w.cited[0].source if w.cited else "" for w in listed)
    return _Defaults(_most(speakers, above.speaker), _most(sources, above.source))


def _most(counted: Counter[str], above: str) -> str:
    common = counted.most_common(1)
    if common and common[0][1] - counted[above] >= _WORTH:
        return common[0][0]
    return above


def _front(debate: Debate, file: _Defaults) -> Iterator[tuple[str, Value]]:
    """The keys of the frontmatter."""
    if debate.title:
        yield "title", debate.title
    speakers = tuple(map(_speaker, debate.speakers))
    alone = len(speakers) == 1 and debate.speakers[0].key == debate.position
    if speakers and not alone:
        yield "speakers", speakers
    if debate.position:
        yield "speaker", speakers[0] if alone else debate.position
    sources = tuple(map(_source, debate.sources))
    alone = len(sources) == 1 and debate.sources[0].key == file.source
    if sources and not alone:
        yield "sources", sources
    if file.source:
        yield "source", sources[0] if alone else file.source
    yield from debate.data.items


def _speaker(s: Speaker) -> Value:
    pairs: _Pairs = []
    name = s.name or s.key
    if not s.name or s.key != name.rsplit(maxsplit=1)[-1]:
        pairs.append(("key", s.key))
    if s.name:
        pairs.append(("name", s.name))
    if s.role:
        pairs.append(("role", s.role))
    return Data((*pairs, *s.data.items))


def _source(w: Source) -> Value:
    pairs: _Pairs = []
    if w.key != (w.file or w.title):
        pairs.append(("key", w.key))
    if w.title:
        pairs.append(("title", w.title))
    if w.authors:
        one = len(w.authors) == 1
        pairs.append(("author", w.authors[0]) if one else ("authors", w.authors))
    for key in ("date", "place", "url", "file"):
        if value := getattr(w, key):
            pairs.append((key, value))
    return Data((*pairs, *w.data.items))


def _inference(step: Step) -> str:
    rules = ", ".join(map(rule, step.rules))
    data = yaml.flow(step.data) if step.data else ""
    return _spaced("--", rules, data, "--") if rules or data else "----"


def _link(link: Link) -> Value:
    pairs: _Pairs = []
    if link.sense is not None:
        pairs.append(("as", link.sense.value))
    if link.about is not None:
        pairs.append(("about", link.about.value))
    if link.by != MAPPER:
        pairs.append(("by", link.by))
    if link.because:
        pairs.append(("because", link.because))
    return Data(tuple(pairs))


def _last_tags(tags: Iterable[str], markup: Iterable[Markup]) -> str:
    """Those of *tags* that do not stand in the text."""
    inner = {m.to for m in markup if m.style is Style.TAG}
    return " ".join(tag(t) for t in tags if t not in inner)


def _braced(pairs: _Pairs) -> str:
    return yaml.braced(Data(tuple(pairs))) if pairs else ""


def _spaced(*parts: str) -> str:
    return " ".join(part for part in parts if part)
