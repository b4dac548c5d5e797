"""From a file to a debate. What is wrong is left out, and what is right beside it is kept."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.formats.json.data import read_data
from argmap.formats.json.entry import Entry, Spot
from argmap.formats.json.head import is_ours
from argmap.formats.json.names import Names, is_new, numbers
from argmap.formats.json.parse import NotJSON, parse
from argmap.formats.json.problems import Problems
from argmap.formats.json.shape import (
    ARGUMENT,
    CITATION,
    CLAIM,
    FILE,
    ISSUE,
    LINK,
    MARKUP,
    RELATION,
    SECTION,
    SOURCE,
    SPEAKER,
    STEP,
    WORDING,
)
from argmap.formats.json.words import Path, cut, dotted, quoted, shown
from argmap.formats.reading import Reading
from argmap.model import (
    MAPPER,
    About,
    Argument,
    ArgumentRef,
    Citation,
    Claim,
    ClaimRef,
    Debate,
    Issue,
    Kind,
    Link,
    Markup,
    Origin,
    Ref,
    Relation,
    Section,
    Sense,
    Source,
    Speaker,
    Step,
    StepRef,
    Style,
    Voice,
    Wording,
)
from argmap.text import Severity, Text


def read(text: Text) -> Reading:
    """The debate that *text* holds, and every problem with it; never raises.

    What is wrong is left out, and what is right beside it is kept. Of two claims with one title
    the first is kept, and of two keys of one name the second, as JSON readers do.
    """
    problems = Problems()
    try:
        value, repeats = parse(text)
    except NotJSON as e:
        return Reading(Debate(), (e.problem,), (text,))
    debate = _debate(Spot(value, (), problems))
    return Reading(debate, problems.placed(text, repeats=repeats), (text,))


def _debate(spot: Spot) -> Debate:
    top = spot.entry(FILE) if is_ours(spot) else None
    if top is None:
        return Debate()
    top.text("$schema")
    names = Names()
    return Debate(  # names before what names them
        sections=tuple(_sections(top, names)),
        speakers=tuple(_speakers(top, names)),
        sources=tuple(_sources(top, names)),
        claims=tuple(_claims(top, names)),
        arguments=tuple(_arguments(top, names)),
        relations=tuple(_relations(top, names)),
        issues=tuple(_issues(top, names)),
        title=top.text("title"),
        position=names.speaker(top, "position"),
        data=read_data(top),
    )


# --- the frame


def _sections(top: Entry, names: Names) -> Iterator[Section]:
    for entry in top.entries("sections", SECTION):
        path = numbers(entry, "path", full=True)
        section = Section(
            path,
            entry.text("title"),
            entry.whole("level") or 1,
            entry.texts("tags"),
            read_data(entry),
            tuple(_markup(entry, entry.text("title"))),
        )
        if path and _is_in_order(path, entry.spot.inside("path"), names):
            yield section


def _is_in_order(path: tuple[int, ...], spot: Spot, names: Names) -> bool:
    """Whether the section above *path* was listed before it, and none like it."""
    if len(path) > 1 and not names.has_section(path[:-1], spot):
        return False
    return is_new(names.sections, path, spot, f"sections are numbered {dotted(path)}")


def _speakers(top: Entry, names: Names) -> Iterator[Speaker]:
    for entry in top.entries("speakers", SPEAKER):
        key = entry.name("key")
        speaker = Speaker(key, entry.text("name"), entry.text("role"), read_data(entry))
        two = f"speakers have the key {quoted(key)}"
        if key and is_new(names.speakers, key, entry.spot.inside("key"), two):
            yield speaker


def _sources(top: Entry, names: Names) -> Iterator[Source]:
    for entry in top.entries("sources", SOURCE):
        key = entry.any_text("key")
        source = Source(
            key or "",
            entry.text("title"),
            entry.texts("authors"),
            entry.text("date"),
            entry.text("place"),
            entry.text("url"),
            entry.text("file"),
            read_data(entry),
        )
        if key is None:
            continue
        two = f"sources have the key {quoted(key)}"
        if is_new(names.sources, key, entry.spot.inside("key"), two):
            yield source


def _issues(top: Entry, names: Names) -> Iterator[Issue]:
    for entry in top.entries("issues", ISSUE):
        question = entry.any_text("question")
        refs = [_answer(spot, names) for spot in entry.spots("refs")]
        section = names.section(entry, full=True)
        if section and question is not None:
            yield Issue(question, section, tuple(r for r in refs if r))


def _answer(spot: Spot, names: Names) -> ClaimRef | ArgumentRef | None:
    ref = names.ref(spot)
    if isinstance(ref, StepRef):
        spot.must("name a claim or an argument, not a step")
        return None
    return ref


# --- claims and arguments


def _claims(top: Entry, names: Names) -> Iterator[Claim]:
    for entry in top.entries("claims", CLAIM):
        title = entry.name("title")
        claim = Claim(
            ClaimRef(title),
            tuple(_wordings(entry, "wordings", names)),
            entry.texts("tags"),
            names.section(entry),
            read_data(entry),
            _shown(entry, "wordings"),
        )
        two = f"claims are named {quoted(title)}"
        if title and is_new(names.claims, title, entry.spot.inside("title"), two):
            yield claim


def _arguments(top: Entry, names: Names) -> Iterator[Argument]:
    for entry in top.entries("arguments", ARGUMENT):
        title = entry.name("title")
        steps = [_step(spot, names) for spot in entry.spots("steps")]
        argument = Argument(
            ArgumentRef(title),
            tuple(_wordings(entry, "gists", names)),
            tuple(s for s in steps if s),
            entry.texts("tags"),
            names.section(entry),
            read_data(entry),
            _shown(entry, "gists"),
        )
        two = f"arguments are named {quoted(title)}"
        if title and is_new(names.arguments, title, entry.spot.inside("title"), two):
            places = iter(range(len(argument.steps)))
            names.steps[title] = [next(places) if s else None for s in steps]
            yield argument


def _step(spot: Spot, names: Names) -> Step | None:
    """None if any part of it is wrong: without a premise, it would say something else."""
    entry = spot.entry(STEP)
    if entry is None:
        return None
    premises = [names.claim(premise) for premise in entry.spots("premises", full=True)]
    last = entry.at("conclusion")
    conclusion = None if last is None else names.claim(last)
    rules, data = entry.texts("rules"), read_data(entry)
    known = tuple(p for p in premises if p)
    if not known or len(known) < len(premises) or conclusion is None:
        return None
    return Step(known, conclusion, rules, data)


def _wordings(of: Entry, key: str, names: Names) -> Iterator[Wording]:
    for entry in of.entries(key, WORDING):
        entry.text("credit")  # computed from the others: only looked at
        cited = (
            Citation(names.source(e, "source"), e.text("at"), e.text("quote"))
            for e in entry.entries("cited", CITATION)
        )
        yield Wording(
            entry.text("text"),
            names.speaker(entry, "by"),
            entry.word("voice", Voice, "voice") or Voice.ASSERTED,
            entry.text("of"),
            tuple(cited),
            tuple(_markup(entry, entry.text("text"))),
        )


def _shown(of: Entry, key: str) -> int:
    """The number of the wording to show, counted from 0; -1 if the last is."""
    number = of.whole("shown")
    if number is None:
        return -1
    spot = of.at(key)
    size = len(spot.value) if spot and isinstance(spot.value, list) else 0
    if number > size:
        of.spot.inside("shown").must(f"be one of its {size} {key}")
        return -1
    return number - 1


def _markup(of: Entry, text: str) -> Iterator[Markup]:
    """What the characters of *text* are, beyond letters."""
    for entry in of.entries("markup", MARKUP):
        style = entry.word("style", Style, "style")
        first, last = entry.whole("first"), entry.whole("last")
        if style is None or first is None or last is None:
            continue
        if first <= last <= len(text):
            yield Markup(style, first - 1, last, entry.text("to"))
        else:
            entry.spot.must(f"be within the {len(text)} characters of its text")


# --- relations


def _relations(top: Entry, names: Names) -> Iterator[Relation]:
    said: dict[tuple[Kind, Ref, Ref, Origin], Path] = {}
    for entry in top.entries("relations", RELATION):
        relation = _relation(entry, names)
        if relation is None:
            continue
        path = entry.spot.path
        key = (relation.kind, relation.tail, relation.head, relation.origin)
        first = said.setdefault(key, path)
        if first is path:
            yield relation
        else:
            message = f"{shown(path)} says again what {shown(first)} says"
            entry.spot.tell("AM704", message, "take one of them out", Severity.WARNING)


def _relation(entry: Entry, names: Names) -> Relation | None:
    kind = entry.word("kind", Kind, "kind of relation")
    ends = [names.ref(spot) for key in ("tail", "head") if (spot := entry.at(key))]
    origin = entry.word("origin", Origin, "origin") or Origin.STATED
    because = [names.ref(spot) for spot in entry.spots("because")]
    link = _link(entry)
    match ends:
        case [tail, head] if kind and tail and head and _is_lawful(kind, tail, head, entry.spot):
            return Relation(kind, tail, head, origin, tuple(r for r in because if r), link)
    return None


def _link(of: Entry) -> Link | None:
    spot = of.at("link")
    entry = None if spot is None else spot.entry(LINK)
    if entry is None:
        return None
    return Link(
        entry.word("as", Sense, "sense of a link"),
        entry.word("about", About, "subject of a link"),
        entry.text("because"),
        entry.text("by", MAPPER),
    )


def _is_lawful(kind: Kind, tail: Ref, head: Ref, spot: Spot) -> bool:
    """Whether *tail* and *head* can stand in this relation: the rule of `Builder.relate`."""
    lawful = kind.may_join(tail, head)
    if not lawful:
        ends = f"{cut(str(tail))} and {cut(str(head))}"
        spot.tell("AM302", f"{ends} cannot stand in a relation of {kind.value}", kind.rule)
    return lawful
