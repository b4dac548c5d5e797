"""argmap's own format: a debate as JSON, with nothing lost and nothing to guess.

``argmap.schema.json`` beside this module says what a file looks like. Spans are not written:
they are places in a text that the reader of the JSON does not have.
"""

from __future__ import annotations

import enum
import json
import math
import re
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping
from importlib import resources
from typing import Any, TypeAlias, TypeVar

from attrs import Factory, define, frozen

from argmap.errors import NotADebate, guesses
from argmap.formats.reading import Reading
from argmap.model import (
    MAPPER,
    NO_DATA,
    About,
    Argument,
    ArgumentRef,
    Citation,
    Claim,
    ClaimRef,
    Data,
    Debate,
    Issue,
    Kind,
    Link,
    Origin,
    Ref,
    Relation,
    Section,
    Sense,
    Source,
    Speaker,
    Step,
    StepRef,
    Value,
    Voice,
    Wording,
)
from argmap.text import Note, Problem, Severity, Span, Text, ordered

VERSION = 1
FORMAT = "argmap"

Path: TypeAlias = tuple[str | int, ...]
"""The way from the top of a file to a value: ``("claims", 3, "title")``."""

_WIDE = 100  # columns that a list or an object may take and stay on one line
_DEEPEST = 100  # levels of data; comparing and showing deeper ones would exhaust Python's stack
_DIGITS = 640  # of an integer: what every Python converts, whatever its settings
_MANY = 1000  # problems that are told one by one
_GUESSES = 50_000  # names that are looked through for the ones that were meant
_SHOWN = 60  # characters of a name that a message shows
_PARTS = 12  # of a path that a message shows

_SURROGATE = re.compile("[\ud800-\udfff]")
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_START = re.compile(r"\s*(?:\{|\[\s*[\[{\]])")
_WORD = re.compile(r"[\w$~-]+")


def looks_like(body: str) -> bool:
    r"""Whether *body* is JSON rather than a map in words.

    It is if it begins with ``{``, or with ``[`` and then another bracket. A ``[`` before anything
    else begins a title in Argdown.

    >>> looks_like(' {"format": "argmap"}'), looks_like("[A]: Text.")
    (True, False)
    """
    return _START.match(body) is not None


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the format."""
    body = resources.files("argmap.formats").joinpath("argmap.schema.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(body)
    return found


# --- writing


def write(debate: Debate) -> str:
    """*debate* as JSON, in the order of the text; what is empty is left out.

    Half a surrogate pair is written as an escape, so that the result can be encoded. (A pair in
    halves reads back as the character it means.)

    Raises NotADebate for data that JSON cannot hold: a number that is not finite or has more
    than 640 digits, a key that is there twice, more than 100 levels.
    """
    about = f"the data of {debate.title!r}" if debate.title else "the data of the debate"
    top = {
        "format": FORMAT,
        "version": VERSION,
        **_given(
            title=debate.title,
            position=debate.position,
            claims=[_claim(c) for c in debate.claims],
            arguments=[_argument(a) for a in debate.arguments],
            relations=[_relation(r) for r in debate.relations],
            sections=[_section(s) for s in debate.sections],
            speakers=[_speaker(s) for s in debate.speakers],
            sources=[_source(s) for s in debate.sources],
            issues=[_issue(i) for i in debate.issues],
            data=_object(debate.data, about),
        ),
    }
    return _SURROGATE.sub(lambda m: f"\\u{ord(m[0]):04x}", _laid(top)) + "\n"


def _given(**keys: Any) -> dict[str, Any]:
    """*keys* without those that say nothing."""
    return {k: v for k, v in keys.items() if v not in ("", [], {}, None)}


def _claim(c: Claim) -> dict[str, Any]:
    return {
        "title": c.title,
        **_given(
            wordings=[_wording(w) for w in c.wordings],
            tags=list(c.tags),
            section=list(c.section),
            data=_object(c.data, f"the data of {c.ref}"),
        ),
    }


def _argument(a: Argument) -> dict[str, Any]:
    return {
        "title": a.title,
        **_given(
            gists=[_wording(w) for w in a.gists],
            steps=[_step(s, StepRef(a.ref, n)) for n, s in enumerate(a.steps)],
            tags=list(a.tags),
            section=list(a.section),
            data=_object(a.data, f"the data of {a.ref}"),
        ),
    }


def _wording(w: Wording) -> dict[str, Any]:
    return _given(
        text=w.text,
        by=w.by,
        voice="" if w.voice is Voice.ASSERTED else w.voice.value,
        of=w.of,
        cited=[_given(source=c.source, at=c.at, quote=c.quote) for c in w.cited],
    )


def _step(s: Step, ref: StepRef) -> dict[str, Any]:
    return {
        "premises": [p.title for p in s.premises],
        "conclusion": s.conclusion.title,
        **_given(rules=list(s.rules), data=_object(s.data, f"the data of {ref}")),
    }


def _relation(r: Relation) -> dict[str, Any]:
    written: dict[str, Any] = {"kind": r.kind.value, "tail": _ref(r.tail), "head": _ref(r.head)}
    if r.origin is not Origin.STATED:
        written["origin"] = r.origin.value
    if r.because:
        written["because"] = [_ref(ref) for ref in r.because]
    if r.link is not None:  # an empty one is not the same as none
        written["link"] = _link(r.link)
    return written


def _link(link: Link) -> dict[str, Any]:
    return {
        **({"as": link.sense.value} if link.sense else {}),
        **({"about": link.about.value} if link.about else {}),
        **({"because": link.because} if link.because else {}),
        **({"by": link.by} if link.by != MAPPER else {}),
    }


def _ref(ref: Ref) -> dict[str, Any]:
    match ref:
        case ClaimRef(title):
            return {"claim": title}
        case ArgumentRef(title):
            return {"argument": title}
        case StepRef(argument, index):
            return {"argument": argument.title, "step": index + 1}


def _section(s: Section) -> dict[str, Any]:
    return {
        "path": list(s.path),
        "title": s.title,
        **_given(
            level=None if s.level == 1 else s.level,
            tags=list(s.tags),
            data=_object(s.data, f"the data of the section {s.title!r}"),
        ),
    }


def _speaker(s: Speaker) -> dict[str, Any]:
    data = _object(s.data, f"the data of the speaker {s.key!r}")
    return {"key": s.key, **_given(name=s.name, role=s.role, data=data)}


def _source(s: Source) -> dict[str, Any]:
    return {
        "key": s.key,
        **_given(
            title=s.title,
            authors=list(s.authors),
            date=s.date,
            place=s.place,
            url=s.url,
            file=s.file,
            data=_object(s.data, f"the data of the source {s.key!r}"),
        ),
    }


def _issue(i: Issue) -> dict[str, Any]:
    return {
        "question": i.question,
        "section": list(i.section),
        **_given(refs=[_ref(ref) for ref in i.refs]),
    }


def _object(data: Data, whose: str, depth: int = 1) -> dict[str, Any]:
    if depth > _DEEPEST:
        raise _cannot(whose, f"nests more than {_DEEPEST} levels deep", "make it flatter")
    found: dict[str, Any] = {}
    for key, value in data.items:
        if key in found:
            raise _cannot(whose, f"has the key {key!r} twice", "keep one of them")
        found[key] = _plain(value, whose, depth)
    return found


def _plain(value: Value, whose: str, depth: int) -> Any:
    match value:
        case Data():
            return _object(value, whose, depth + 1)
        case tuple():
            if depth >= _DEEPEST:
                raise _cannot(whose, f"nests more than {_DEEPEST} levels deep", "make it flatter")
            return [_plain(v, whose, depth + 1) for v in value]
        case float() if not math.isfinite(value):
            raise _cannot(whose, f"holds {value}, which JSON has no number for", "make it text")
        case int() if abs(value) >= 10**_DIGITS:
            raise _cannot(whose, f"holds a number of more than {_DIGITS} digits", "make it text")
        case _:
            return value


def _cannot(whose: str, message: str, help: str) -> NotADebate:
    return NotADebate("AM704", f"{whose} {message}", help)


def _laid(value: Any, indent: int = 0, lead: int = 0) -> str:
    """*value* over several lines, but each list or object that fits on a line on one.

    *indent* is how far its lines are moved in, *lead* how much stands before it on its first.
    The top and its lists are always open: an entry added is a line added.
    """
    inner = indent + 2
    match value:
        case dict():
            keys = [f"{_flat(k)}: " for k in value]
            parts = [k + _laid(v, inner, len(k)) for k, v in zip(keys, value.values(), strict=True)]
            left, right = "{", "}"
        case list():
            parts = [_laid(v, inner) for v in value]
            left, right = "[", "]"
        case _:
            return _flat(value)
    closed = indent > 2 or (indent == 2 and isinstance(value, dict)) or not parts
    length = sum(map(len, parts)) + 2 * len(parts) + 1  # and a comma after it
    if closed and indent + lead + length <= _WIDE and not any("\n" in p for p in parts):
        return left + ", ".join(parts) + right
    lines = ",\n".join(" " * inner + p for p in parts)
    return f"{left}\n{lines}\n{' ' * indent}{right}"


def _flat(value: str | int | float | None) -> str:
    return json.dumps(value, ensure_ascii=False)


# --- reading


def read(text: Text) -> Reading:
    """The debate that *text* holds, and every problem with it; never raises.

    What is wrong is left out, and what is right beside it is kept. Of two claims with one title
    the first is kept, and of two keys of one name the second, as JSON readers do.
    """
    reader = _Reader(text)
    try:
        debate = reader.file()
    except _NotJSON as e:
        return Reading(Debate(), (e.problem,), (text,))
    return Reading(debate, tuple(ordered(reader.placed(), (text,))), (text,))


class _NotJSON(Exception):
    """The text is no JSON, for the reason in *problem*."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def _syntax(text: Text, at: int, message: str, help: str = "") -> _NotJSON:
    stop = min(at + 1, len(text.body))
    return _NotJSON(Problem("AM701", message, text.span(min(at, stop), stop), help=help))


def _syntax_error(text: Text, e: json.JSONDecodeError) -> _NotJSON:
    """What *e* means, in words that are the same under every Python."""
    body, at = text.body, e.pos
    before = body[:at].rstrip()
    here = body[at : at + 1]
    if not body.strip():
        return _syntax(text, 0, "the text is empty, and an argmap file begins with {")
    if e.msg.startswith("Unterminated string"):
        return _syntax(text, at, "this text has no closing quotation mark", 'end it with "')
    if e.msg.startswith("Invalid control"):
        return _syntax(
            text, at, "a line break or control character stands inside a text", "write \\n"
        )
    if e.msg.startswith("Invalid \\"):
        return _syntax(text, at, "this backslash begins no escape of JSON", "write \\\\")
    if e.msg.startswith("Extra data"):
        return _syntax(text, at, "something follows the end of the file's value")
    if not here or not body[at:].strip():
        return _syntax(text, len(before) - 1, "the file ends in the middle")
    if here == ",":
        here = body[at + 1 :].lstrip()[:1]
    elif before.endswith(","):
        at = len(before) - 1
    if here in ("}", "]") and body[at] == ",":
        return _syntax(text, at, "nothing follows this comma", "take it out")
    if e.msg.startswith("Expecting ',' "):
        return _syntax(text, e.pos, "a comma is missing before this")
    if e.msg.startswith("Expecting ':' "):
        return _syntax(text, e.pos, "a colon is missing between this and its key")
    what = "key in double quotes" if e.msg.startswith("Expecting property") else "JSON value"
    help = 'write texts in double quotes: "…"' if here.isalpha() or here == "'" else ""
    return _syntax(text, e.pos, f"this is no {what}", help)


def _too_deep(text: Text) -> _NotJSON:
    depth = at = 0
    for m in _TOKEN.finditer(text.body):
        token = m[0]
        depth += (token in ("{", "[")) - (token in ("}", "]"))
        if depth > _DEEPEST:
            at = m.start()
            break
    return _syntax(text, at, "the brackets nest too deeply", f"{_DEEPEST} levels are read")


@frozen
class _Found:
    """A problem before its place is looked up: at *path*, or at the key that ends it."""

    code: str
    path: Path
    message: str
    help: str = ""
    severity: Severity = Severity.ERROR
    at_key: bool = False
    first: Path | None = None  # where the other is, of two


_E = TypeVar("_E", bound=enum.Enum)
_K = TypeVar("_K", bound=Hashable)
_Wanted: TypeAlias = "dict[str | int, _Wanted]"
_Places: TypeAlias = dict[tuple[Path, bool], tuple[int, int]]  # of a value, or (True) of its key
_FILE = (
    *("$schema", "format", "version", "title", "position", "claims", "arguments", "relations"),
    *("sections", "speakers", "sources", "issues", "data"),
)
_CLAIM = ("title", "wordings", "tags", "section", "data")
_ARGUMENT = ("title", "gists", "steps", "tags", "section", "data")
_WORDING = ("text", "by", "voice", "of", "cited")
_CITATION = ("source", "at", "quote")
_STEP = ("premises", "conclusion", "rules", "data")
_RELATION = ("kind", "tail", "head", "origin", "because", "link")
_LINK = ("as", "about", "because", "by")
_REF = ("claim", "argument", "step")
_SECTION = ("path", "title", "level", "tags", "data")
_SPEAKER = ("key", "name", "role", "data")
_SOURCE = ("key", "title", "authors", "date", "place", "url", "file", "data")
_ISSUE = ("question", "section", "refs")

_OTHERS = (  # keys that other programs' files have
    (("statements", "relations"), "the JSON that Argdown exports"),
    (("statements", "map"), "the JSON that Argdown exports"),
    (("AIF",), "xAIF"),
    (("nodes", "edges"), "AIF"),
    (("ideas", "formatVersion"), "a mind map of MindMup"),
)


@define
class _Reader:
    """One reading of *text*: what is known so far, and what was wrong."""

    text: Text
    found: list[_Found] = Factory(list)
    more: int = 0
    worst: Severity = Severity.NOTE
    repeats: bool = False
    looked: int = 0
    claims: dict[str, Path] = Factory(dict)
    arguments: dict[str, Path] = Factory(dict)
    steps: dict[str, list[int | None]] = Factory(dict)  # where each step of the file has come
    sections: dict[tuple[int, ...], Path] = Factory(dict)
    speakers: dict[str, Path] = Factory(dict)
    sources: dict[str, Path] = Factory(dict)

    # --- the file

    def file(self) -> Debate:
        """Everything. Raises _NotJSON."""
        top = self.parse()
        if not self.is_ours(top):
            return Debate()
        self.object(top, (), _FILE)
        self.string(top, "$schema", ())
        return Debate(  # names before what names them
            sections=tuple(self.all_sections(top)),
            speakers=tuple(self.all_speakers(top)),
            sources=tuple(self.all_sources(top)),
            claims=tuple(self.all_claims(top)),
            arguments=tuple(self.all_arguments(top)),
            relations=tuple(self.all_relations(top)),
            issues=tuple(self.all_issues(top)),
            title=self.string(top, "title", ()),
            position=self.speaker(top, "position", ()),
            data=self.data(top, ()),
        )

    def parse(self) -> Any:
        try:
            return json.loads(
                self.text.body,
                object_pairs_hook=self.pairs,
                parse_int=_integer,
                parse_constant=lambda _: math.nan,
            )
        except json.JSONDecodeError as e:
            raise _syntax_error(self.text, e) from None
        except RecursionError:
            raise _too_deep(self.text) from None

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        self.repeats = self.repeats or len(found) < len(pairs)
        return found

    def is_ours(self, top: Any) -> bool:
        begin = f'begin the file with {{"format": "{FORMAT}", "version": {VERSION}, …'
        if not isinstance(top, dict):
            self.add("AM702", (), f"this is not an argmap file: it is {_sort(top)}", begin)
            return False
        if top.get("format") != FORMAT:
            other = next((o for keys, o in _OTHERS if all(k in top for k in keys)), "")
            ours = top.keys() & {"claims", "arguments", "relations"}
            help = f"it looks like {other}" if other else begin if ours else ""
            why = "has another" if "format" in top else "has no"
            path: Path = ("format",) if "format" in top else ()
            message = f'this is not an argmap file: it {why} "format"'
            self.add("AM702", path, message, help)
            return False
        if "version" not in top:
            self.add("AM704", (), 'the file has no "version"', f'write "version": {VERSION}')
            return True
        version = self.whole(top["version"], ("version",))
        if version is not None and version > VERSION:
            self.add(
                "AM703",
                ("version",),
                f"the file is of version {version}, and this argmap reads version {VERSION}",
                "install a newer argmap",
            )
            return False
        return True

    # --- its lists

    def all_sections(self, top: Any) -> Iterator[Section]:
        for at, entry in self.entries(top, "sections", (), _SECTION):
            path = self.numbers(entry, "path", at)
            title = self.needed(entry, "title", at, empty=True)
            level = self.whole(entry.get("level", 1), (*at, "level")) or 1
            if not path:
                if entry.get("path") == []:
                    self.add("AM704", (*at, "path"), f"{_shown((*at, 'path'))} must not be empty")
                elif "path" not in entry:
                    self.missing("path", at)
            elif len(path) > 1 and path[:-1] not in self.sections:
                self.no_section(path[:-1], (*at, "path"))
            elif self.new(self.sections, path, at, "path", f"sections are numbered {_dots(path)}"):
                tags = self.strings(entry, "tags", at)
                yield Section(path, title or "", level, tags, self.data(entry, at))

    def all_speakers(self, top: Any) -> Iterator[Speaker]:
        for at, entry in self.entries(top, "speakers", (), _SPEAKER):
            name, role = (self.string(entry, k, at) for k in ("name", "role"))
            data = self.data(entry, at)
            key = self.needed(entry, "key", at)
            if key and self.new(self.speakers, key, at, "key", f"speakers have the key {_q(key)}"):
                yield Speaker(key, name, role, data)

    def all_sources(self, top: Any) -> Iterator[Source]:
        for at, entry in self.entries(top, "sources", (), _SOURCE):
            title, date, place, url, file = (
                self.string(entry, k, at) for k in ("title", "date", "place", "url", "file")
            )
            authors = self.strings(entry, "authors", at)
            data = self.data(entry, at)
            key = self.needed(entry, "key", at, empty=True)
            if key is not None and self.new(
                self.sources, key, at, "key", f"sources have the key {_q(key)}"
            ):
                yield Source(key, title, authors, date, place, url, file, data)

    def all_claims(self, top: Any) -> Iterator[Claim]:
        for at, entry in self.entries(top, "claims", (), _CLAIM):
            wordings = self.wordings(entry, "wordings", at)
            tags = self.strings(entry, "tags", at)
            section = self.section(entry, at)
            data = self.data(entry, at)
            title = self.needed(entry, "title", at)
            if title and self.new(self.claims, title, at, "title", f"claims are named {_q(title)}"):
                yield Claim(ClaimRef(title), wordings, tags, section, data)

    def all_arguments(self, top: Any) -> Iterator[Argument]:
        for at, entry in self.entries(top, "arguments", (), _ARGUMENT):
            gists = self.wordings(entry, "gists", at)
            steps = [self.step(e, p) for p, e in self.listed(entry, "steps", at)]
            tags = self.strings(entry, "tags", at)
            section = self.section(entry, at)
            data = self.data(entry, at)
            title = self.needed(entry, "title", at)
            if not title or not self.new(
                self.arguments, title, at, "title", f"arguments are named {_q(title)}"
            ):
                continue
            kept = tuple(s for s in steps if s)
            places = iter(range(len(kept)))
            self.steps[title] = [next(places) if s else None for s in steps]
            yield Argument(ArgumentRef(title), gists, kept, tags, section, data)

    def all_relations(self, top: Any) -> Iterator[Relation]:
        said: dict[tuple[Kind, Ref, Ref, Origin], Path] = {}
        for at, entry in self.entries(top, "relations", (), _RELATION):
            kind = self.choice(Kind, entry, "kind", at, "kind of relation")
            if "kind" not in entry:
                self.missing("kind", at)
            tail, head = (self.end(entry, k, at) for k in ("tail", "head"))
            origin = self.choice(Origin, entry, "origin", at, "origin") or Origin.STATED
            because = [self.ref(r, p) for p, r in self.listed(entry, "because", at)]
            link = self.link(entry["link"], (*at, "link")) if "link" in entry else None
            if kind is None or tail is None or head is None:
                continue
            if not self.lawful(kind, tail, head, at):
                continue
            first = said.setdefault((kind, tail, head, origin), at)
            if first is not at:
                self.add(
                    "AM704",
                    at,
                    f"{_shown(at)} says again what {_shown(first)} says",
                    "take one of them out",
                    severity=Severity.WARNING,
                )
                continue
            yield Relation(kind, tail, head, origin, tuple(r for r in because if r), link)

    def all_issues(self, top: Any) -> Iterator[Issue]:
        for at, entry in self.entries(top, "issues", (), _ISSUE):
            question = self.needed(entry, "question", at, empty=True)
            refs: list[ClaimRef | ArgumentRef] = []
            for path, value in self.listed(entry, "refs", at):
                ref = self.ref(value, path)
                if isinstance(ref, StepRef):
                    self.add(
                        "AM704",
                        path,
                        f"{_shown(path)} must name a claim or an argument, not a step",
                    )
                elif ref:
                    refs.append(ref)
            if "section" not in entry:
                self.missing("section", at)
            section = self.section(entry, at)
            if entry.get("section") == []:
                self.add("AM704", (*at, "section"), f"{_shown((*at, 'section'))} must not be empty")
            if section and question is not None:
                yield Issue(question, section, tuple(refs))

    # --- their parts

    def wordings(self, obj: Mapping[str, Any], key: str, path: Path) -> tuple[Wording, ...]:
        found = []
        for at, entry in self.entries(obj, key, path, _WORDING):
            by = self.speaker(entry, "by", at)
            cited = []
            for place, citation in self.entries(entry, "cited", at, _CITATION):
                source, where, quote = (self.string(citation, k, place) for k in _CITATION)
                if source and source not in self.sources:
                    spot = (*place, "source")
                    self.unknown("source", source, self.sources, spot, Severity.WARNING)
                cited.append(Citation(source, where, quote))
            voice = self.choice(Voice, entry, "voice", at, "voice") or Voice.ASSERTED
            text, of = self.string(entry, "text", at), self.string(entry, "of", at)
            found.append(Wording(text, by, voice, of, tuple(cited)))
        return tuple(found)

    def speaker(self, obj: Mapping[str, Any], key: str, path: Path) -> str:
        """A speaker's key, kept even if nobody has it."""
        by = self.string(obj, key, path)
        if by and by not in self.speakers:
            self.unknown("speaker", by, self.speakers, (*path, key), Severity.WARNING)
        return by

    def step(self, value: Any, path: Path) -> Step | None:
        """None if any part of it is wrong: without a premise, it would say something else."""
        obj = self.object(value, path, _STEP)
        if obj is None:
            return None
        titles = list(self.listed(obj, "premises", path))
        if "premises" not in obj:
            self.missing("premises", path)
        elif obj["premises"] == []:
            at = (*path, "premises")
            self.add("AM704", at, f"{_shown(at)} must name a claim at least")
        premises = [self.claim_ref(title, at) for at, title in titles]
        conclusion = None
        if "conclusion" in obj:
            conclusion = self.claim_ref(obj["conclusion"], (*path, "conclusion"))
        else:
            self.missing("conclusion", path)
        rules, data = self.strings(obj, "rules", path), self.data(obj, path)
        kept = tuple(p for p in premises if p)
        if not kept or len(kept) < len(premises) or conclusion is None:
            return None
        return Step(kept, conclusion, rules, data)

    def claim_ref(self, value: Any, path: Path) -> ClaimRef | None:
        if not isinstance(value, str):
            self.wrong("text", value, path, "name the claim by its title")
        elif value in self.claims:
            return ClaimRef(value)
        else:
            self.unknown("claim", value, self.claims, path)
        return None

    def end(self, obj: Mapping[str, Any], key: str, path: Path) -> Ref | None:
        if key in obj:
            return self.ref(obj[key], (*path, key))
        self.missing(key, path)
        return None

    def ref(self, value: Any, path: Path) -> Ref | None:
        if isinstance(value, str):
            self.wrong("an object", value, path, f'write {{"claim": {_flat(_cut(value))}}}')
            return None
        obj = self.object(value, path, _REF)
        if obj is None:
            return None
        ends = [k for k in ("claim", "argument") if k in obj]
        if len(ends) != 1 or (ends == ["claim"] and "step" in obj):
            if len(ends) == 2:
                instead = ", not both"
            else:
                instead = ", and only an argument has steps" if ends else ""
            self.add("AM704", path, f"{_shown(path)} must name a claim or an argument{instead}")
            return None
        what = ends[0]
        title, at = obj[what], (*path, what)
        if not isinstance(title, str):
            self.wrong("text", title, at)
        elif what == "claim":
            if title in self.claims:
                return ClaimRef(title)
            self.unknown("claim", title, self.claims, at, others=self.arguments)
        elif title not in self.arguments:
            self.unknown("argument", title, self.arguments, at, others=self.claims)
        elif "step" not in obj:
            return ArgumentRef(title)
        else:
            return self.step_ref(ArgumentRef(title), obj["step"], (*path, "step"))
        return None

    def step_ref(self, argument: ArgumentRef, value: Any, path: Path) -> StepRef | None:
        """None, with nothing said, for a step that was wrong itself."""
        number = self.whole(value, path)
        if number is None:
            return None
        places = self.steps[argument.title]
        if number > len(places):
            help = f"it has {len(places)}" if places else "it has no steps"
            name = f"<{_cut(argument.title)}>"
            self.add("AM705", path, f"{name} has no step {_cut(str(number))}", help)
            return None
        index = places[number - 1]
        return None if index is None else StepRef(argument, index)

    def link(self, value: Any, path: Path) -> Link | None:
        obj = self.object(value, path, _LINK)
        if obj is None:
            return None
        sense = self.choice(Sense, obj, "as", path, "sense of a link")
        about = self.choice(About, obj, "about", path, "subject of a link")
        because = self.string(obj, "because", path)
        return Link(sense, about, because, self.string(obj, "by", path, MAPPER))

    def lawful(self, kind: Kind, tail: Ref, head: Ref, path: Path) -> bool:
        """The rule of `Builder.relate`."""
        match kind:
            case Kind.ENTAILMENT | Kind.CONTRARY | Kind.CONTRADICTION | Kind.EQUIVALENCE:
                good = isinstance(tail, ClaimRef) and isinstance(head, ClaimRef)
                help = "only claims can"
            case Kind.SUPPORT | Kind.ATTACK | Kind.UNDERCUT:
                good = not isinstance(tail, StepRef)
                help = "a step cannot bear on anything"
        if not good:
            ends = f"{_cut(str(tail))} and {_cut(str(head))}"
            message = f"{ends} cannot stand in a relation of {kind.value}"
            self.add("AM302", path, message, help)
        return good

    def section(self, obj: Mapping[str, Any], path: Path) -> tuple[int, ...]:
        section = self.numbers(obj, "section", path)
        if not section or section in self.sections:
            return section
        self.no_section(section, (*path, "section"))
        return ()

    def no_section(self, number: tuple[int, ...], path: Path) -> None:
        help = 'list every heading under "sections", a higher one before those in it'
        self.add("AM705", path, f"no section is numbered {_dots(number)}", help)

    def data(self, obj: Mapping[str, Any], path: Path) -> Data:
        value, at = obj.get("data", {}), (*path, "data")
        if not isinstance(value, dict):
            self.wrong("an object", value, at)
            return NO_DATA
        return self.mapping(value, at, 1) if value else NO_DATA

    def mapping(self, value: dict[str, Any], path: Path, depth: int) -> Data:
        return Data(tuple((k, self.value(v, (*path, k), depth)) for k, v in value.items()))

    def value(self, value: Any, path: Path, depth: int) -> Value:
        """None for what is wrong."""
        match value:
            case dict() | list() if depth >= _DEEPEST:
                self.add("AM704", path, f"the data nests more than {_DEEPEST} levels deep")
                return None
            case dict():
                return self.mapping(value, path, depth + 1)
            case list():
                return tuple(self.value(v, (*path, i), depth + 1) for i, v in enumerate(value))
            case float() if math.isnan(value):
                message = f"{_shown(path)} is NaN or Infinity, which JSON does not have"
                self.add("AM704", path, message, "write it as text, in double quotes")
                return None
            case float() if math.isinf(value):
                message = f"{_shown(path)} is too large a number"
                self.add("AM704", path, message, "write it as text, in double quotes")
                return None
            case str() | int() | float():
                return value
            case _:
                return None

    # --- values of one type

    def object(self, value: Any, path: Path, keys: tuple[str, ...]) -> dict[str, Any] | None:
        if not isinstance(value, dict):
            self.wrong("an object", value, path)
            return None
        for key in value:
            if key not in keys:
                hint = self.hint(key, keys)
                where = f"{_shown(path)} has" if path else "the file has"
                self.add(
                    "AM704",
                    (*path, key),
                    f"{where} a key {_q(key)} that argmap does not know{hint}",
                    'what is your own goes under "data"' if "data" in keys and not hint else "",
                    severity=Severity.WARNING,
                    at_key=True,
                )
        return value

    def listed(self, obj: Mapping[str, Any], key: str, path: Path) -> Iterator[tuple[Path, Any]]:
        value = obj.get(key, [])
        if isinstance(value, list):
            return (((*path, key, n), v) for n, v in enumerate(value))
        self.wrong("a list", value, (*path, key))
        return iter(())

    def entries(
        self, obj: Mapping[str, Any], key: str, path: Path, keys: tuple[str, ...]
    ) -> Iterator[tuple[Path, dict[str, Any]]]:
        for at, value in self.listed(obj, key, path):
            entry = self.object(value, at, keys)
            if entry is not None:
                yield at, entry

    def string(self, obj: Mapping[str, Any], key: str, path: Path, default: str = "") -> str:
        value = obj.get(key, default)
        if isinstance(value, str):
            return value
        self.wrong("text", value, (*path, key))
        return default

    def strings(self, obj: Mapping[str, Any], key: str, path: Path) -> tuple[str, ...]:
        found = []
        for at, value in self.listed(obj, key, path):
            if isinstance(value, str):
                found.append(value)
            else:
                self.wrong("text", value, at)
        return tuple(found)

    def needed(
        self, obj: Mapping[str, Any], key: str, path: Path, *, empty: bool = False
    ) -> str | None:
        if key not in obj:
            self.missing(key, path)
            return None
        value, at = obj[key], (*path, key)
        if not isinstance(value, str):
            self.wrong("text", value, at)
            return None
        if not value and not empty:
            self.add("AM704", at, f"{_shown(at)} must not be empty")
        return str(value)

    def whole(self, value: Any, path: Path) -> int | None:
        """A number from 1; ``1.0`` is one, as in JSON Schema."""
        number = _whole(value)
        if number is None:
            self.wrong("a whole number", value, path)
        elif number < 1:
            self.add("AM704", path, f"{_shown(path)} must be 1 or more")
            return None
        return number

    def numbers(self, obj: Mapping[str, Any], key: str, path: Path) -> tuple[int, ...]:
        """() if any is wrong."""
        found = [self.whole(v, at) for at, v in self.listed(obj, key, path)]
        return () if None in found else tuple(n for n in found if n is not None)

    def choice(
        self, words: type[_E], obj: Mapping[str, Any], key: str, path: Path, what: str
    ) -> _E | None:
        if key not in obj:
            return None
        value, at = obj[key], (*path, key)
        if not isinstance(value, str):
            self.wrong("text", value, at)
            return None
        try:
            return words(value)
        except ValueError:
            known = [str(w.value) for w in words]
            hint = self.hint(value, known) or f"; it is one of {', '.join(known)}"
            self.add("AM704", at, f"no {what} is named {_q(value)}{hint}")
            return None

    # --- problems

    def add(
        self,
        code: str,
        path: Path,
        message: str,
        help: str = "",
        *,
        severity: Severity = Severity.ERROR,
        at_key: bool = False,
        first: Path | None = None,
    ) -> None:
        if len(self.found) < _MANY:
            self.found.append(_Found(code, path, message, help, severity, at_key, first))
            return
        self.more += 1
        if self.worst is not Severity.ERROR:
            self.worst = severity

    def wrong(self, wanted: str, value: Any, path: Path, help: str = "") -> None:
        self.add("AM704", path, f"{_shown(path)} must be {wanted}, not {_sort(value)}", help)

    def missing(self, key: str, path: Path) -> None:
        self.add("AM704", path, f'{_shown(path)} has no "{key}"')

    def new(self, known: dict[_K, Path], name: _K, path: Path, key: str, two: str) -> bool:
        """Whether nothing is called *name* yet; from now on something is."""
        first = known.setdefault(name, path)
        if first is not path:
            at = (*path, key)
            self.add("AM704", at, f"two {two}", "keep one of them", first=(*first, key))
        return first is path

    def unknown(
        self,
        what: str,
        name: str,
        known: Iterable[str],
        path: Path,
        severity: Severity = Severity.ERROR,
        others: Container[str] = (),
    ) -> None:
        help = ""
        if name in others:
            other = "argument" if what == "claim" else "claim"
            help = f'{_q(name)} is a title of the other sort: write "{other}" for "{what}"'
        self.add(
            "AM705",
            path,
            f"no {what} is named {_q(name)}{self.hint(name, known)}",
            help,
            severity=severity,
        )

    def hint(self, name: str, known: Iterable[str]) -> str:
        """What *name* may have meant, as long as looking does not take too long."""
        if len(name) > _SHOWN or len(self.found) >= _MANY or self.looked > _GUESSES:
            return ""
        listed = [k for k in known if len(k) <= 2 * len(name)]
        self.looked += len(listed)
        near = guesses(name, listed) if self.looked <= _GUESSES else ()
        return f"; did you mean {' or '.join(map(_q, near))}?" if near else ""

    def placed(self) -> list[Problem]:
        """All problems, at their places, which are looked up now that they are needed."""
        if not self.found and not self.repeats:
            return []
        wanted: _Wanted = {}
        for f in self.found:
            for path in (f.path, f.first or ()):
                inner = wanted
                for part in path:
                    inner = inner.setdefault(part, {})
        places, repeated = _places(self.text.body, wanted)
        for path, spot in repeated:
            where = _shown(path[:-1]) if len(path) > 1 else "the file"
            places[path, True] = spot
            self.add(
                "AM704",
                path,
                f"{where} has the key {_q(str(path[-1]))} twice",
                "keep one of them; the last was read",
                at_key=True,
            )
        found = [self.problem(f, places) for f in self.found]
        if self.more:
            message = f"there are {self.more} more problems in this file"
            found.append(Problem("AM704", message, found[-1].span, self.worst))
        return found

    def problem(self, f: _Found, places: _Places) -> Problem:
        def span(path: Path, at_key: bool = False) -> Span:
            start, stop = places[path, at_key]
            return self.text.span(start, start + 1 if not path else stop)

        notes = (Note("the first is here", span(f.first)),) if f.first else ()
        return Problem(f.code, f.message, span(f.path, f.at_key), f.severity, notes, f.help)


# --- places


@define
class _Open:
    """A list or an object whose end has not come yet."""

    is_object: bool
    wanted: _Wanted | None
    start: int = 0
    key: str | None = None
    count: int = 0
    keys: set[str] = Factory(set)


def _places(body: str, wanted: _Wanted) -> tuple[_Places, list[tuple[Path, tuple[int, int]]]]:
    """Where the values of *wanted* stand in *body*, which is JSON; and keys that are there again.

    One pass, without recursion. Of two keys of one name the second is the one.
    """
    places: _Places = {}
    repeated: list[tuple[Path, tuple[int, int]]] = []
    open_ = [_Open(False, {0: wanted})]  # as if the file stood in a list
    path: list[str | int] = []
    for m in _TOKEN.finditer(body):
        here, mark = open_[-1], body[m.start()]
        if mark in ",:":
            continue
        if mark in "}]":
            if here.wanted is not None:
                places[tuple(path[1:]), False] = (here.start, m.end())
            open_.pop()
            path.pop()
        elif here.is_object and here.key is None:
            here.key = key = json.loads(m[0]) if "\\" in m[0] else m[0][1:-1]
            if key in here.keys:
                repeated.append(((*path[1:], key), m.span()))
            here.keys.add(key)
            if here.wanted is not None and key in here.wanted:
                places[(*path[1:], key), True] = m.span()
        else:
            name = here.count if here.key is None else here.key
            inner = None if here.wanted is None else here.wanted.get(name)
            here.key = None
            here.count += 1
            if mark in "{[":
                open_.append(_Open(mark == "{", inner, m.start()))
                path.append(name)
            elif inner is not None:
                places[(*path, name)[1:], False] = m.span()
    return places, repeated


# --- values in words


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits.lstrip("-")) <= _DIGITS else math.inf


def _whole(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if isinstance(value, int) or value.is_integer() else None


def _sort(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return "text"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case _:
            return "an object"


def _cut(name: str) -> str:
    return name if len(name) <= _SHOWN else f"{name[: _SHOWN - 1]}…"


def _q(name: str) -> str:
    return repr(_cut(name))


def _dots(number: tuple[int, ...]) -> str:
    return _cut(".".join(map(str, number[:_SHOWN])))


def _shown(path: Path) -> str:
    """*path* as a programmer writes it: ``claims[3].title``."""
    if not path:
        return "the file"
    out = ""
    for part in path[:_PARTS]:
        if isinstance(part, int):
            out += f"[{part}]"
        elif _WORD.fullmatch(part):
            out += f".{_cut(part)}"
        else:
            out += f"[{_flat(_cut(part))}]"
    return out.removeprefix(".") + ("…" if len(path) > _PARTS else "")
