"""Put a debate together piece by piece; the only mutable thing in the model.

Every reader uses it, so that wordings are joined, names are made and the rules of a debate are
checked in one place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from attrs import define, evolve, field, frozen

from argmap.errors import NotADebate, UnknownName
from argmap.model.core import (
    MADE_UP,
    NO_DATA,
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
    Ref,
    Relation,
    Section,
    Source,
    Speaker,
    Step,
    StepRef,
    Voice,
    Wording,
)
from argmap.text import Span

_CLAIMS_ONLY = (Kind.ENTAILMENT, Kind.CONTRARY, Kind.CONTRADICTION, Kind.EQUIVALENCE)


@frozen
class Reason:
    """What `Builder.support`, `rebut` and `undercut` give back, to be struck in its turn."""

    number: int


@define
class _Given:
    """A reason as it was given; *step* is set once it has to be an argument."""

    kind: Kind
    premises: tuple[ClaimRef, ...]
    head: Ref
    step: StepRef | None


Premises: TypeAlias = Sequence[ClaimRef | str] | ClaimRef | str


@define
class Builder:
    """A debate in the making.

    >>> b = Builder(title="Should phones be banned at school?")
    >>> ana, tom = b.speaker("Ana Keller"), b.speaker("Tom Brandt")
    >>> ban = b.claim("School should ban phones.", by=ana)
    >>> focus = b.support(ban, ["Phones distract.", "Lessons need attention."], by=ana)
    >>> answer = b.undercut(focus, "The studies looked at adults.", by=tom)
    >>> len(b.build().claims)
    4
    """

    title: str = ""
    data: Data = NO_DATA
    position: str = ""
    _claims: dict[str, Claim] = field(factory=dict, init=False, repr=False)
    _arguments: dict[str, Argument] = field(factory=dict, init=False, repr=False)
    _relations: dict[tuple[Kind, Ref, Ref], Relation] = field(factory=dict, init=False, repr=False)
    _sections: list[Section] = field(factory=list, init=False, repr=False)
    _children: dict[tuple[int, ...], int] = field(factory=dict, init=False, repr=False)
    _path: tuple[int, ...] = field(default=(), init=False, repr=False)
    _levels: dict[tuple[int, ...], int] = field(factory=dict, init=False, repr=False)
    _speakers: dict[str, Speaker] = field(factory=dict, init=False, repr=False)
    _sources: dict[str, Source] = field(factory=dict, init=False, repr=False)
    _issues: dict[tuple[int, ...], dict[ClaimRef | ArgumentRef, None]] = field(
        factory=dict, init=False, repr=False
    )
    _stems: dict[str, int] = field(factory=dict, init=False, repr=False)
    _given: list[_Given] = field(factory=list, init=False, repr=False)

    # --- people and works

    def speaker(self, name: str, *, key: str = "", role: str = "", data: Data = NO_DATA) -> Speaker:
        """Someone who holds claims. The key, if not given, is the last word of the name.

        The same name again is the same speaker. Raises NotADebate if the key is another's.
        """
        if not name.strip():
            raise NotADebate("AM311", "a speaker needs a name")
        known = next((s for s in self._speakers.values() if s.full == name), None)
        if known and not key:
            return known
        chosen = key or name.rsplit(maxsplit=1)[-1]
        if chosen in self._speakers and self._speakers[chosen].full != name:
            if key:
                raise NotADebate(
                    "AM311",
                    f"{self._speakers[key].full!r} is already called {key!r}",
                    f"give {name!r} another key",
                )
            chosen = name
        if chosen in self._speakers and self._speakers[chosen].full != name:
            raise NotADebate("AM311", f"two speakers would be called {chosen!r}", "give a key=")
        speaker = Speaker(chosen, name if name != chosen else "", role, data)
        return self._speakers.setdefault(chosen, speaker)

    def source(self, source: Source) -> Source:
        """A work that citations name. The first with a key is kept."""
        return self._sources.setdefault(source.key, source)

    def key_of(self, by: Speaker | str | None) -> str:
        """The key of a speaker given as a value, by key or by full name."""
        if not by:
            return ""
        if isinstance(by, Speaker):
            by = by.key
        if by in self._speakers:
            return by
        full = {s.full: s.key for s in self._speakers.values()}
        if by in full:
            return full[by]
        raise UnknownName("speaker", by, [*self._speakers, *full])

    # --- claims and arguments

    def claim(
        self,
        text: str = "",
        *,
        title: str = "",
        by: Speaker | str | None = None,
        voice: Voice | str = Voice.ASSERTED,
        of: str = "",
        at: str = "",
        quote: str = "",
        source: Source | str = "",
        tags: Iterable[str] = (),
        data: Data = NO_DATA,
    ) -> ClaimRef:
        """A claim, put in these words. Without *title* one is made from the text.

        A title that is there already gets one more wording. With *of*, it is somebody else's view
        that *by* reports. Raises UnknownName for a speaker,
        source or voice that does not exist, NotADebate if there is neither text nor title.
        """
        said = as_voice(voice)
        if of and said is Voice.ASSERTED:
            said = Voice.REPORTED  # whose else could it be
        if bool(of) != (said is Voice.REPORTED):
            raise NotADebate(
                "AM312",
                f"a view of {of} is reported, not {said.value}"
                if of
                else "a reported claim needs its owner",
                "leave voice= or of= out" if of else "say of='…'",
            )
        cited = self._citations(source, at, quote)
        wording = Wording(text, self.key_of(by), said, of, cited)
        return self.word_claim(title, wording, tags=tags, data=data)

    def _citations(self, source: Source | str, at: str, quote: str) -> tuple[Citation, ...]:
        if isinstance(source, Source):
            source = self.source(source).key
        elif source and source not in self._sources:
            raise UnknownName("source", source, self._sources)
        return (Citation(source, at, quote),) if source or at or quote else ()

    def word_claim(
        self,
        title: str,
        wording: Wording | None,
        *,
        tags: Iterable[str] = (),
        data: Data = NO_DATA,
        span: Span | None = None,
    ) -> ClaimRef:
        """Mention a claim, and add *wording* to it if there is one: what readers call."""
        text = wording.text if wording else ""
        title = title or self._made_up(text, self._claims, "claim")
        old = self._claims.get(title) or Claim(ClaimRef(title), section=self._path, span=span)
        begins = bool(text) and not any(w.text for w in old.wordings)
        self._claims[title] = evolve(
            old,
            wordings=old.wordings + ((wording,) if wording else ()),
            tags=_union(old.tags, tags),
            section=self._path if begins else old.section,
            data=data.over(old.data),
            span=(span or old.span) if begins else old.span,
        )
        self._bear(old.ref)
        return old.ref

    def word_argument(
        self,
        title: str,
        gist: Wording | None = None,
        *,
        tags: Iterable[str] = (),
        data: Data = NO_DATA,
        span: Span | None = None,
    ) -> ArgumentRef:
        """Mention an argument, and add *gist* to it if there is one."""
        text = gist.text if gist else ""
        title = title or self._made_up(text or "argument", self._arguments, "argument")
        new = Argument(ArgumentRef(title), section=self._path, span=span)
        old = self._arguments.get(title) or new
        begins = bool(text) and not any(w.text for w in old.gists)
        self._arguments[title] = evolve(
            old,
            gists=old.gists + ((gist,) if gist else ()),
            tags=_union(old.tags, tags),
            section=self._path if begins else old.section,
            data=data.over(old.data),
            span=(span or old.span) if begins else old.span,
        )
        self._bear(old.ref)
        return old.ref

    def steps(self, ref: ArgumentRef, steps: Sequence[Step]) -> None:
        """Say how *ref* gets from its premises to its conclusion. Raises NotADebate if it has."""
        old = self._known_argument(ref)
        if old.steps:
            raise NotADebate(
                "AM301", f"{ref} is reconstructed twice", "give the second one a title of its own"
            )
        for step in steps:
            if not step.premises:
                raise NotADebate("AM313", f"a step of {ref} has no premise")
            for claim in (*step.premises, step.conclusion):
                self._check(claim)
        once = tuple(evolve(s, premises=tuple(dict.fromkeys(s.premises))) for s in steps)
        self._arguments[ref.title] = evolve(old, steps=once, section=self._path or old.section)

    # --- reasons

    def support(
        self,
        head: ClaimRef | ArgumentRef | str,
        premises: Premises,
        *,
        by: Speaker | str | None = None,
        title: str = "",
        rules: Sequence[str] = (),
    ) -> Reason:
        """Reasons for *head*. Several premises work together: each needs the others."""
        return self._give(Kind.SUPPORT, self._find(head), premises, by, title, rules)

    def rebut(
        self,
        head: ClaimRef | ArgumentRef | str,
        premises: Premises,
        *,
        by: Speaker | str | None = None,
        title: str = "",
        rules: Sequence[str] = (),
    ) -> Reason:
        """Reasons against *head*. Several premises work together: each needs the others."""
        return self._give(Kind.ATTACK, self._find(head), premises, by, title, rules)

    def undercut(
        self,
        struck: Reason | StepRef | ArgumentRef,
        premises: Premises,
        *,
        by: Speaker | str | None = None,
        title: str = "",
        rules: Sequence[str] = (),
    ) -> Reason:
        """Reasons why *struck* does not follow, even if its premises are true."""
        if isinstance(struck, ClaimRef):
            raise NotADebate(
                "AM302",
                f"{struck} is a claim, and an undercut strikes a step",
                "pass what support() gave back, or use rebut()",
            )
        head: Ref = self._step(struck) if isinstance(struck, Reason) else struck
        self._check(head)
        return self._give(Kind.UNDERCUT, head, premises, by, title, rules)

    def _give(
        self,
        kind: Kind,
        head: Ref,
        premises: Premises,
        by: Speaker | str | None,
        title: str,
        rules: Sequence[str],
    ) -> Reason:
        listed = [premises] if isinstance(premises, ClaimRef | str) else list(premises)
        if not listed:
            raise NotADebate("AM313", f"no premise is given for a reason that bears on {head}")
        who = self.key_of(by)
        for ref in listed:
            if not isinstance(ref, str):
                self._check(ref)
            if ref == head:
                raise NotADebate("AM303", f"{ref} cannot be a reason that bears on itself")
        said = tuple(self.claim(p, by=by) if isinstance(p, str) else p for p in listed)
        for ref in said:
            self._credit(ref, who)
        given = _Given(kind, said, head, None)
        self._given.append(given)
        if len(said) > 1 or title or rules:
            given.step = self._argue(given, title, tuple(rules))
        else:
            self.relate(kind, said[0], head)
        return Reason(len(self._given) - 1)

    def _credit(self, ref: ClaimRef, who: str) -> None:
        """Give the wordings of *ref* that have no speaker the speaker *who*."""
        claim = self._claims[ref.title]
        if who:
            said = tuple(w if w.by else evolve(w, by=who) for w in claim.wordings)
            self._claims[ref.title] = evolve(claim, wordings=said)

    def _step(self, reason: Reason) -> StepRef:
        """The step *reason* is, made an argument now if it was a bare relation."""
        if not 0 <= reason.number < len(self._given):
            raise NotADebate("AM310", "this reason belongs to another builder")
        given = self._given[reason.number]
        if given.step is None:
            bare = (given.kind, given.premises[0], given.head)
            stated = self._relations[bare]
            given.step = self._argue(given, "", ())
            self._relations = _replaced(self._relations, bare, stated.link)
        return given.step

    def _argue(self, given: _Given, title: str, rules: tuple[str, ...]) -> StepRef:
        """Make *given* an argument that bears on its head.

        What speaks against something, or for an argument, concludes a claim that nobody put
        into words.
        """
        stem = title or self._made_up(
            self._claims[given.premises[0].title].text, self._arguments, "argument"
        )
        ref = self.word_argument(stem)
        if given.kind is Kind.SUPPORT and isinstance(given.head, ClaimRef):
            conclusion = given.head
        else:
            conclusion = self.unworded(f"so {stem.lstrip(MADE_UP)}")
        self.steps(ref, (Step(given.premises, conclusion, rules),))
        self.relate(given.kind, ref, given.head)
        return StepRef(ref, 0)

    def relate(
        self,
        kind: Kind,
        tail: Ref,
        head: Ref,
        *,
        link: Link | None = None,
        span: Span | None = None,
    ) -> None:
        """State that *tail* bears on *head*. Said twice, it is one relation with two spans.

        Raises UnknownName for an end that does not exist, NotADebate for ends that cannot stand
        in this kind of relation.
        """
        self._check(tail)
        self._check(head)
        both = isinstance(tail, ClaimRef) and isinstance(head, ClaimRef)
        if (kind in _CLAIMS_ONLY and not both) or isinstance(tail, StepRef):
            raise NotADebate(
                "AM302",
                f"{tail} and {head} cannot stand in a relation of {kind.value}",
                "only claims can" if kind in _CLAIMS_ONLY else "a step cannot bear on anything",
            )
        key: tuple[Kind, Ref, Ref] = (kind, tail, head)
        if kind.symmetric and (kind, head, tail) in self._relations:
            key = (kind, head, tail)
        old = self._relations.get(key) or Relation(*key)
        spans = old.spans + ((span,) if span else ())
        self._relations[key] = evolve(old, spans=spans, link=old.link or link)

    # --- the frame

    def section(
        self,
        title: str,
        level: int = 1,
        *,
        tags: Iterable[str] = (),
        data: Data = NO_DATA,
        span: Span | None = None,
    ) -> tuple[int, ...]:
        """Begin a section; what follows stands in it. A title that asks is an issue."""
        above = self._above(level)
        number = self._children[above] = self._children.get(above, 0) + 1
        self._path = (*above, number)
        self._levels[self._path] = level
        self._sections.append(Section(self._path, title, level, tuple(tags), data, span))
        if title.endswith(("?", "\uff1f", "\u061f", "\u037e")):
            self._issues[self._path] = {}
        return self._path

    def _above(self, level: int) -> tuple[int, ...]:
        """The path of the nearest open section of a lower level."""
        path = self._path
        while path and self._levels[path] >= level:
            path = path[:-1]
        return path

    def _bear(self, ref: ClaimRef | ArgumentRef) -> None:
        """Note that *ref* is mentioned under the issue that is open."""
        for n in range(len(self._path), 0, -1):
            if self._path[:n] in self._issues:
                self._issues[self._path[:n]][ref] = None
                return

    def include(self, debate: Debate) -> None:
        """Add all of *debate*, whose titles and keys already say whose they are.

        Its sections follow those that are here, as they were; no section is open afterwards.
        """
        shift = self._children.get((), 0)

        def moved(path: tuple[int, ...]) -> tuple[int, ...]:
            return (path[0] + shift, *path[1:]) if path else ()

        for speaker in debate.speakers:
            self._speakers.setdefault(speaker.key, speaker)
        for source in debate.sources:
            self._sources.setdefault(source.key, source)
        for s in debate.sections:
            self._sections.append(evolve(s, path=moved(s.path)))
            if len(s.path) == 1:
                self._children[()] = max(self._children.get((), 0), s.path[0] + shift)
        for issue in debate.issues:
            self._issues[moved(issue.section)] = dict.fromkeys(issue.refs)
        for c in debate.claims:
            self._claims.setdefault(c.title, evolve(c, section=moved(c.section)))
        for a in debate.arguments:
            self._arguments.setdefault(a.title, evolve(a, section=moved(a.section)))
        for r in debate.relations:
            if not (r.kind.symmetric and (r.kind, r.head, r.tail) in self._relations):
                self._relations.setdefault((r.kind, r.tail, r.head), r)
        self._path = ()

    def build(self) -> Debate:
        """The debate so far. The builder can go on."""
        titles = {s.path: s.title for s in self._sections}
        return Debate(
            self.title,
            tuple(self._claims.values()),
            tuple(self._arguments.values()),
            tuple(self._relations.values()),
            tuple(self._sections),
            tuple(self._speakers.values()),
            tuple(self._sources.values()),
            tuple(Issue(titles[p], p, tuple(refs)) for p, refs in self._issues.items()),
            self.data,
            self.position,
        )

    # --- names

    @property
    def worded_titles(self) -> Iterable[str]:
        """The titles of all claims that have been put into words so far, in order."""
        return (t for t, c in self._claims.items() if any(w.text for w in c.wordings))

    @property
    def sketched(self) -> Iterable[str]:
        """The titles of all arguments that have a gist or steps so far, in order."""
        return (t for t, a in self._arguments.items() if a.gists or a.steps)

    @property
    def speaker_keys(self) -> Iterable[str]:
        """The keys of all speakers so far, in order."""
        return self._speakers.keys()

    @property
    def source_keys(self) -> Iterable[str]:
        """The keys of all sources so far, in order."""
        return self._sources.keys()

    def is_reconstructed(self, ref: ArgumentRef) -> bool:
        """Whether *ref* has its steps."""
        return bool(self._known_argument(ref).steps)

    def unworded(self, name: str) -> ClaimRef:
        """A new claim that nobody put into words, under a title made from *name*."""
        return self.word_claim(self._made_up(name, self._claims, "claim"), None)

    def unsketched(self, text: str) -> ArgumentRef:
        """A new argument that nobody named, called after *text*."""
        return self.word_argument(self._made_up(text, self._arguments, "argument"))

    def _find(self, head: ClaimRef | ArgumentRef | str) -> ClaimRef | ArgumentRef:
        if isinstance(head, str):
            head = ClaimRef(head)
        self._check(head)
        return head

    def _check(self, ref: Ref) -> None:
        """Raise unless *ref* names something that is here."""
        match ref:
            case ClaimRef(title):
                if title not in self._claims:
                    raise UnknownName("claim", title, self._claims)
            case ArgumentRef(title):
                self._known_argument(ref)
            case StepRef(argument, index):
                steps = self._known_argument(argument).steps
                if not 0 <= index < len(steps):
                    raise NotADebate("AM310", f"{argument} has no step {index + 1}")
            case _:
                raise NotADebate("AM310", f"{ref!r} is not a claim, an argument or a step")

    def _known_argument(self, ref: ArgumentRef) -> Argument:
        try:
            return self._arguments[ref.title]
        except KeyError:
            raise UnknownName("argument", ref.title, self._arguments) from None

    def _made_up(self, text: str, taken: dict[str, Claim] | dict[str, Argument], what: str) -> str:
        if not text.strip():
            raise NotADebate("AM310", f"a {what} needs a text or a title")
        stem = slug(text)
        n = self._stems.get(f"{what} {stem}", 0) + 1
        title = stem if n == 1 else f"{stem}-{n}"
        while title in taken:
            n += 1
            title = f"{stem}-{n}"
        self._stems[f"{what} {stem}"] = n
        return title


def _replaced(
    relations: dict[tuple[Kind, Ref, Ref], Relation],
    old: tuple[Kind, Ref, Ref],
    link: Link | None,
) -> dict[tuple[Kind, Ref, Ref], Relation]:
    """*relations* with the last one, under *link*, in the place of *old*."""
    last, new = relations.popitem()
    return {
        (last if k == old else k): (evolve(new, link=link) if k == old else r)
        for k, r in relations.items()
    }


def as_voice(voice: Voice | str) -> Voice:
    """*voice* as a `Voice`. Raises UnknownName, with the nearest word, if it is none."""
    if isinstance(voice, Voice):
        return voice
    try:
        return Voice(voice)
    except ValueError:
        raise UnknownName("voice", voice, [v.value for v in Voice], few=True) from None


def slug(text: str, words: int = 6) -> str:
    """A made-up title: the first *words* words of *text*.

    >>> slug("The role of legislation is to protect society.")
    '~the-role-of-legislation-is-to'
    """
    plain = unicodedata.normalize("NFKC", text[:400]).casefold()
    found = re.findall(r"[^\W_]+", plain)[:words]
    return MADE_UP + ("-".join(found)[:60] or "unnamed")


def _union(a: tuple[str, ...], b: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*a, *b)))
