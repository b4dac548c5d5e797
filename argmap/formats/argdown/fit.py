"""What of a debate Argdown can hold, and a sentence for each thing it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from attrs import define, evolve, field

from argmap.formats.argdown import yaml
from argmap.formats.argdown.escape import collapsed, faithful, is_tag
from argmap.formats.argdown.keys import FRONT, INLINE
from argmap.model import (
    MAPPER,
    Argument,
    ArgumentRef,
    Citation,
    Claim,
    ClaimRef,
    Data,
    Debate,
    Kind,
    Link,
    Markup,
    Origin,
    Ref,
    Relation,
    Section,
    Source,
    Speaker,
    Step,
    StepRef,
    Style,
    Value,
    Wording,
)

_ITEM = (*INLINE, "isCanonical")
_HEADING = ("speaker", "source", "voice", "of")
_SPEAKER = ("key", "name", "role")
_SOURCE = ("key", "title", "author", "authors", "date", "place", "url", "file")
_SHORT = 40
_NO_TITLE = re.compile(r"[\r\n\u2028\u2029]+|(?<=@)(?=include\()")


@define
class Fit:
    """Makes `fitted` of a debate, and gathers `losses`."""

    debate: Debate
    losses: dict[str, None] = field(factory=dict)
    codes: frozenset[str] = frozenset()
    _claims: dict[str, str] = field(factory=dict)
    _arguments: dict[str, str] = field(factory=dict)
    _speakers: dict[str, Speaker] = field(factory=dict)
    _sources: dict[str, Source] = field(factory=dict)
    _paths: dict[tuple[int, ...], tuple[int, ...]] = field(factory=dict)

    def fitted(self) -> Debate:
        """The debate that is written: as much of the one given as Argdown can hold."""
        d = self.debate
        self._claims = self._titles("claim", (c.title for c in d.claims), _claim_title)
        self._arguments = self._titles("argument", (a.title for a in d.arguments), _argument_title)
        data = self._data(d.data, FRONT, "the map", 1)
        self.codes = _own_codes(data)
        self._people(d)
        sections = self._sections(d.sections)
        claims = tuple(map(self._claim, d.claims))
        arguments = tuple(map(self._argument, d.arguments))
        relations = self._relations(claims, arguments)
        return Debate(
            d.title,
            claims,
            arguments,
            relations,
            sections,
            tuple(self._speakers.values()),
            tuple(self._sources.values()),
            tuple(
                evolve(
                    i,
                    question=collapsed(i.question)[0],
                    section=self._paths.get(i.section, ()),
                    refs=tuple(r for ref in i.refs if (r := self._thing(ref)) is not None),
                )
                for i in d.issues
            ),
            data,
            d.position,
        )

    def lose(self, sentence: str) -> None:
        """Note that something is not kept."""
        self.losses[sentence] = None

    # --- names

    def _titles(
        self, what: str, titles: Iterable[str], able: Callable[[str], str]
    ) -> dict[str, str]:
        """A title for each that can be written, and no two the same."""
        given = list(titles)
        taken = set(given)
        found: dict[str, str] = {}
        for title in given:
            new = able(title)
            n = 1
            while new != title and new in taken:
                n += 1
                new = f"{able(title)} {n}"
            taken.add(new)
            if new != title:
                self.lose(f"the {what} titled {title!r} is called {new!r}")
            found[title] = new
        return found

    def _thing(self, ref: ClaimRef | ArgumentRef) -> ClaimRef | ArgumentRef | None:
        if isinstance(ref, ClaimRef):
            return ClaimRef(self._claims[ref.title]) if ref.title in self._claims else None
        return ArgumentRef(self._arguments[ref.title]) if ref.title in self._arguments else None

    # --- people, works and headings

    def _people(self, d: Debate) -> None:
        for s in d.speakers:
            if not (s.name or s.key).strip() or not s.key:
                self.lose(f"the speaker {s.full!r} has no key or no name")
                continue
            self._speakers[s.key] = evolve(
                s,
                name=s.name if s.name != s.key else "",
                data=self._data(s.data, _SPEAKER, f"the speaker {s.key!r}", 3),
            )
        for w in d.sources:
            if not w.key:
                self.lose(f"the source {w.title!r} has no key")
                continue
            authors = tuple(a for a in w.authors if a)
            if authors != w.authors:
                self.lose(f"the source {w.key!r} has an author without a name")
            self._sources[w.key] = evolve(
                w, authors=authors, data=self._data(w.data, _SOURCE, f"the source {w.key!r}", 3)
            )
        self._known_speaker(d.position)

    def _known_speaker(self, key: str) -> str:
        if not key.strip():
            return ""
        if key and key not in self._speakers:
            self.lose(f"{key!r} is added to the speakers")
            self._speakers[key] = Speaker(key)
        return key

    def _known_source(self, key: str) -> str:
        if key and key not in self._sources:
            self.lose(f"{key!r} is added to the sources")
            self._sources[key] = Source(key, key)
        return key

    def _sections(self, sections: Iterable[Section]) -> tuple[Section, ...]:
        """The headings, each of a level that puts it where it belongs."""
        open_: list[Section] = []
        children: dict[tuple[int, ...], int] = {}
        found: list[Section] = []
        for s in sections:
            where = f"the heading {_short(s.title)}"
            above = self._paths.get(s.path[:-1], ()) if s.path[:-1] else ()
            depth = next((n for n, o in enumerate(open_, 1) if o.path == above), 0)
            lowest = open_[depth - 1].level + 1 if depth else 1
            highest = open_[depth].level if depth < len(open_) else max(s.level, lowest)
            level = min(max(s.level, lowest), highest)
            if level != s.level:
                self.lose(f"{where} is of level {level}, not {s.level}")
            parent = open_[depth - 1].path if depth else ()
            number = children[parent] = children.get(parent, 0) + 1
            path = (*parent, number)
            if path != s.path:
                self.lose(f"{where} has another number")
            self._paths.setdefault(s.path, path)
            title, markup = self._words(s.title, s.markup, where)
            if not title:
                title = "Untitled"
                self.lose("a heading without words is called 'Untitled'")
            new = Section(
                path,
                title,
                level,
                self._tags(s.tags, markup, where),
                self._data(s.data, _HEADING, where, 1),
                markup,
            )
            open_[depth:] = [new]
            found.append(new)
        return tuple(found)

    # --- claims and arguments

    def _claim(self, c: Claim) -> Claim:
        ref = ClaimRef(self._claims[c.title])
        said, tags, data, shown = self._said(str(c.ref), c.wordings, c.tags, c.data, c.shown)
        return Claim(ref, said, tags, self._section(c.section, str(c.ref)), data, shown)

    def _argument(self, a: Argument) -> Argument:
        ref = ArgumentRef(self._arguments[a.title])
        said, tags, data, shown = self._said(str(a.ref), a.gists, a.tags, a.data, a.shown)
        section = self._section(a.section, str(a.ref))
        return Argument(ref, said, self._steps(a), tags, section, data, shown)

    def _section(self, path: tuple[int, ...], who: str) -> tuple[int, ...]:
        if path and path not in self._paths:
            self.lose(f"{who} stands in a section that is not there")
        return self._paths.get(path, ())

    def _said(
        self,
        who: str,
        wordings: tuple[Wording, ...],
        tags: tuple[str, ...],
        data: Data,
        shown: int,
    ) -> tuple[tuple[Wording, ...], tuple[str, ...], Data, int]:
        said = tuple(self._wording(w, who) for w in wordings)
        if shown != -1 and not (0 <= shown < len(said) and said[shown].text):
            self.lose(f"the wording of {who} to show, which has no words")
            shown = -1
        home = next((w for w in said if w.text), None)
        inner = [m.to for w in said for m in w.markup if m.style is Style.TAG]
        kept = self._tags((*tags, *inner), home.markup if home else (), who)
        if set(kept) - set(tags):
            self.lose(f"a tag in a text of {who} is added to its tags")
        return said, kept, self._data(data, _ITEM, who, 1), shown

    def _wording(self, w: Wording, who: str) -> Wording:
        text, markup = self._words(w.text, w.markup, who)
        cited = self._cited(w.cited, who)
        by = self._known_speaker(w.by)
        return Wording(text, by, w.voice, w.of, cited, markup)

    def _words(
        self, text: str, markup: tuple[Markup, ...], who: str
    ) -> tuple[str, tuple[Markup, ...]]:
        plain, wanted = collapsed(text, markup)
        _, found = faithful(plain, wanted, codes=self.codes)
        if len(found) < len(markup):
            self.lose(f"some markup in a text of {who}")
        return plain, found

    def _tags(self, tags: tuple[str, ...], markup: tuple[Markup, ...], who: str) -> tuple[str, ...]:
        """*tags* in the order in which they are written: first those in the text."""
        able = tuple(dict.fromkeys(t for t in tags if is_tag(t)))
        for t in dict.fromkeys(tags):
            if not is_tag(t):
                self.lose(f"the tag {t!r} of {who}")
        inner = tuple(m.to for m in markup if m.style is Style.TAG)
        kept = tuple(dict.fromkeys((*inner, *able)))
        if kept != able:
            self.lose(f"the order of the tags of {who}")
        return kept

    def _cited(self, cited: tuple[Citation, ...], who: str) -> tuple[Citation, ...]:
        """The citations that say something."""
        kept: list[Citation] = []
        for c in cited:
            if c == Citation():
                self.lose(f"an empty citation of {who}")
            else:
                kept.append(evolve(c, source=self._known_source(c.source)))
        return tuple(kept)

    def _steps(self, a: Argument) -> tuple[Step, ...]:
        steps: list[Step] = []
        for n, s in enumerate(a.steps, 1):
            where = f"step {n} of {a.ref}"
            premises = tuple(
                ClaimRef(self._claims[p.title]) for p in s.premises if p.title in self._claims
            )
            premises = tuple(dict.fromkeys(premises))
            conclusion = ClaimRef(self._claims[s.conclusion.title])
            if steps:
                before = steps[-1].conclusion
                if before not in premises:
                    self.lose(f"that {where} does not rest on the conclusion before it, {before}")
                elif premises[0] != before:
                    self.lose(f"the order of the premises in {where}")
                premises = tuple(dict.fromkeys((before, *premises)))
            rules = tuple(r for rule in s.rules if (r := self._rule(rule, where)))
            steps.append(Step(premises, conclusion, rules, self._data(s.data, (), where, 1)))
        return tuple(steps)

    def _rule(self, name: str, where: str) -> str:
        plain = " ".join(name.split())
        able = plain.replace("{", "(").replace("}", ")")
        if able != plain or not able:
            self.lose(f"the rule {name!r} in {where} is called {able!r}")
        return able

    # --- relations

    def _relations(
        self, claims: tuple[Claim, ...], arguments: tuple[Argument, ...]
    ) -> tuple[Relation, ...]:
        there: set[Ref] = {c.ref for c in claims}
        there |= {a.ref for a in arguments}
        there |= {StepRef(a.ref, i) for a in arguments for i in range(len(a.steps))}
        found: dict[tuple[Kind, Ref, Ref], Relation] = {}
        for r in self.debate.relations:
            name = f"{r.tail} → {r.head} ({r.kind.value})"
            if r.origin is Origin.DERIVED:
                self.lose(f"a derived relation: {name}")
                continue
            if r.because:
                self.lose(f"what a relation follows from: {name}")
            tail, head = self._ref(r.tail), self._ref(r.head)
            if tail not in there or head not in there or isinstance(tail, StepRef):
                self.lose(f"a relation of what is not there: {name}")
                continue
            kind = self._kind(r.kind, name)
            if isinstance(head, StepRef) and kind is not Kind.UNDERCUT:
                head = head.argument
                self.lose(f"a relation to a step bears on its argument: {name}")
            key: tuple[Kind, Ref, Ref] = (kind, tail, head)
            if kind.symmetric and (kind, head, tail) in found:
                key = (kind, head, tail)
            link = self._link(r.link, name)
            if key in found:
                self.lose(f"a relation that is then said already: {name}")
                link = found[key].link or link
            found[key] = Relation(*key, link=link)
        return tuple(found.values())

    def _ref(self, ref: Ref) -> Ref | None:
        if isinstance(ref, StepRef):
            argument = self._thing(ref.argument)
            return StepRef(argument, ref.index) if isinstance(argument, ArgumentRef) else None
        return self._thing(ref)

    def _kind(self, kind: Kind, name: str) -> Kind:
        match kind:
            case Kind.ENTAILMENT | Kind.EQUIVALENCE:
                self.lose(f"{name} is written as support")
                return Kind.SUPPORT
            case Kind.CONTRARY:
                self.lose(f"{name} is written as attack")
                return Kind.ATTACK
            case Kind.SUPPORT | Kind.ATTACK | Kind.UNDERCUT | Kind.CONTRADICTION:
                return kind

    def _link(self, link: Link | None, name: str) -> Link | None:
        if link is None or link.by:
            return link
        self.lose(f"that nobody says what {name} is")
        return evolve(link, by=MAPPER)

    # --- data

    def _data(self, data: Data, reserved: tuple[str, ...], where: str, level: int) -> Data:
        """*data* as YAML holds it, *level* levels deep already, without the keys of argmap."""
        kept: dict[str, Value] = {}
        for key, value in data.items:
            if key in reserved:
                self.lose(f"the data {key!r} of {where}, which would mean something to argmap")
            elif key in kept:
                self.lose(f"the data {key!r} of {where} is there twice")
            else:
                kept[key] = self._value(value, f"{key!r} of {where}", level)
        return Data(tuple(kept.items()))

    def _value(self, value: Value, where: str, level: int) -> Value:
        match value:
            case bool() | str() | None:
                return value
            case int() | float():
                if yaml.is_readable(value):
                    return value
                self.lose(f"the number {where}, which becomes text")
                return repr(value) if isinstance(value, float) else hex(value)
            case Data() | tuple() if level >= yaml.DEEPEST:
                self.lose(f"data in {where}, nested more than {yaml.DEEPEST} levels deep")
                return None
            case Data():
                return self._data(value, (), where, level + 1)
            case _:
                return tuple(self._value(v, where, level + 1) for v in value)


def _claim_title(title: str) -> str:
    able = _NO_TITLE.sub(" ", title).replace("]", ")") or "Untitled"
    return re.sub(r"\A-", "–", able)


def _argument_title(title: str) -> str:
    able = _NO_TITLE.sub(" ", title).replace(">", ")") or "Untitled"
    return re.sub(r"\A(?=[-+_!])", "·", able)


def _own_codes(data: Data) -> frozenset[str]:
    """The shortcodes that frontmatter adds."""
    model = data.get("model")
    codes = model.get("shortcodes") if isinstance(model, Data) else None
    return frozenset(codes) if isinstance(codes, Data) else frozenset()


def _short(text: str) -> str:
    return repr(text if len(text) <= _SHORT else text[: _SHORT - 1] + "…")
