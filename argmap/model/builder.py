"""Put a debate together piece by piece; the only mutable thing in the model.

Every reader uses it, so that wordings are joined, names are made and the rules of a debate are
checked in one place. A mistake is refused before anything of it is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from attrs import define, evolve, field, frozen

from argmap.errors import NotADebate, UnknownName
from argmap.model.core import (
    MADE_UP,
    NO_DATA,
    ArgumentRef,
    ClaimRef,
    Data,
    Debate,
    Kind,
    Link,
    Markup,
    Occurrence,
    Ref,
    Relation,
    Source,
    Speaker,
    Step,
    StepRef,
    Voice,
    Wording,
)
from argmap.model.draft import Draft, Titles
from argmap.model.frame import Frame, shifted
from argmap.model.people import People, as_text
from argmap.model.positions import recited
from argmap.text import Span

_Key: TypeAlias = tuple[Kind, Ref, Ref]


@frozen
class Reason:
    """What `Builder.support`, `rebut` and `undercut` give back, to be struck in its turn."""

    number: int
    builder: object = field(eq=False, repr=False)


@define
class _Given:
    """A reason as it was given; *step* is set once it has to be an argument."""

    kind: Kind
    premises: tuple[ClaimRef, ...]
    head: Ref
    step: StepRef | None


Premises: TypeAlias = Sequence[ClaimRef | str] | ClaimRef | str


@define(eq=False)
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
    front: Data = NO_DATA
    _claims: dict[str, Draft[ClaimRef]] = field(factory=dict, init=False, repr=False)
    _arguments: dict[str, Draft[ArgumentRef]] = field(factory=dict, init=False, repr=False)
    _relations: dict[_Key, Relation | None] = field(factory=dict, init=False, repr=False)
    _again: dict[_Key, list[Span]] = field(factory=dict, init=False, repr=False)  # further places
    _instead: dict[_Key, _Key] = field(factory=dict, init=False, repr=False)  # of bare relations
    people: People = field(factory=People, init=False, repr=False)
    frame: Frame = field(factory=Frame, init=False, repr=False)
    _claim_titles: Titles = field(factory=Titles, init=False, repr=False)
    _argument_titles: Titles = field(factory=Titles, init=False, repr=False)
    _given: list[_Given] = field(factory=list, init=False, repr=False)
    _told: dict[tuple[Kind, tuple[ClaimRef, ...], Ref, str], int] = field(
        factory=dict, init=False, repr=False
    )

    # --- the frame

    def speaker(self, name: str, *, key: str = "", role: str = "", data: Data = NO_DATA) -> Speaker:
        """Someone who holds claims. The key, if not given, is the last word of the name.

        The same name again is the same speaker. Raises NotADebate if the key is another's.
        """
        return self.people.speaker(name, key=key, role=role, data=data)

    def source(self, source: Source) -> Source:
        """A work that citations name. Of two with one key the first is kept, and what only the
        second says is added.
        """
        return self.people.source(source)

    def section(
        self,
        title: str,
        level: int = 1,
        *,
        tags: Iterable[str] = (),
        data: Data = NO_DATA,
        markup: tuple[Markup, ...] = (),
        span: Span | None = None,
        occurrence: Occurrence | None = None,
    ) -> tuple[int, ...]:
        """Begin a section; what follows stands in it. A title that asks is an issue."""
        return self.frame.section(
            title, level, tags=tags, data=data, markup=markup, span=span, occurrence=occurrence
        )

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
        that *by* reports. Raises UnknownName for a speaker, source or voice that does not exist,
        NotADebate if there is neither text nor title.
        """
        for value, what in ((text, "text"), (title, "title"), (of, "owner"), (quote, "quotation")):
            as_text(value, f"the {what} of a claim")
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
        if not (text.strip() or title):
            raise NotADebate("AM310", "a claim needs a text or a title")
        who = self.people.key_of(by)
        cited = self.people.citations(source, str(at), quote)
        marks = (tags,) if isinstance(tags, str) else tuple(tags)
        return self.word_claim(title, Wording(text, who, said, of, cited), tags=marks, data=data)

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
        ref = self.name_claim(title, wording.text if wording else "", span)
        self.put(ref, wording, tags=tags, data=data, span=span)
        return ref

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
        ref = self.name_argument(title, gist.text if gist else "", span)
        self.put(ref, gist, tags=tags, data=data, span=span)
        return ref

    def name_claim(self, title: str, text: str = "", span: Span | None = None) -> ClaimRef:
        """Mention a claim; without *title*, a new one whose title is made from *text*."""
        title = title or self._claim_titles.new(text, self._claims)
        draft = self._claims.get(title)
        if draft is None:
            draft = self._claims[title] = Draft(ClaimRef(title), self.frame.path, span)
        if self.frame.asks:
            self.frame.bear(draft.ref)
        return draft.ref

    def name_argument(self, title: str, text: str = "", span: Span | None = None) -> ArgumentRef:
        """As `name_claim`, for an argument."""
        title = title or self._argument_titles.new(text, self._arguments)
        draft = self._arguments.get(title)
        if draft is None:
            draft = self._arguments[title] = Draft(ArgumentRef(title), self.frame.path, span)
        if self.frame.asks:
            self.frame.bear(draft.ref)
        return draft.ref

    def put(
        self,
        ref: ClaimRef | ArgumentRef,
        wording: Wording | None,
        *,
        tags: Iterable[str] = (),
        data: Data = NO_DATA,
        span: Span | None = None,
        occurrence: Occurrence | None = None,
    ) -> None:
        """Add what is said at one place of what is named already. Raises UnknownName."""
        drafts = self._claims if isinstance(ref, ClaimRef) else self._arguments
        draft = drafts.get(ref.title)
        if draft is None:
            self._check(ref)
        else:
            draft.add(wording, tags, data, self.frame.path, span, occurrence)

    def unworded(self, name: str) -> ClaimRef:
        """A new claim that nobody put into words, under a title made from *name*."""
        return self.word_claim(self._claim_titles.new(name, self._claims), None)

    def unsketched(self, text: str) -> ArgumentRef:
        """A new argument that nobody named, called after *text*."""
        return self.word_argument(self._argument_titles.new(text, self._arguments))

    def steps(
        self, ref: ArgumentRef, steps: Sequence[Step], *, lines: tuple[Occurrence, ...] = ()
    ) -> None:
        """Say how *ref* gets from its premises to its conclusion. Raises NotADebate if it has.

        *lines* are where its premises and conclusions stand in a text.
        """
        draft = self._known_argument(ref)
        if draft.steps:
            raise _twice(ref)
        for step in steps:
            if not step.premises:
                raise NotADebate("AM313", f"a step of {ref} has no premise")
            for claim in (*step.premises, step.conclusion):
                self._check(claim)
        draft.steps = tuple(evolve(s, premises=tuple(dict.fromkeys(s.premises))) for s in steps)
        draft.section = self.frame.path or draft.section
        draft.lines = lines
        for step in steps if self.frame.asks else ():
            for claim in (*step.premises, step.conclusion):
                self.frame.bear(claim)

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
        struck: Reason | StepRef | ArgumentRef | str,
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
        if isinstance(struck, str):
            struck = ArgumentRef(struck)
        if isinstance(struck, Reason):
            if struck.builder is not self:
                raise NotADebate("AM310", "this reason belongs to another builder")
        else:
            self._check(struck)
        return self._give(Kind.UNDERCUT, struck, premises, by, title, rules)

    def _give(
        self,
        kind: Kind,
        head: Ref | Reason,
        premises: Premises,
        by: Speaker | str | None,
        title: str,
        rules: Sequence[str],
    ) -> Reason:
        who = self.people.key_of(by)
        listed = self._premises(head, premises)
        if title and title in self._arguments and self._arguments[title].steps:
            raise _twice(ArgumentRef(title))
        # nothing can be refused from here on
        target = self._step(head) if isinstance(head, Reason) else head
        said = tuple(self.claim(p, by=by) if isinstance(p, str) else p for p in listed)
        for ref in said:
            self._credit(ref, who)
        told = (kind, said, target, title)
        if told in self._told:  # said twice, it is one reason
            return Reason(self._told[told], self)
        self._told[told] = len(self._given)
        given = _Given(kind, said, target, None)
        self._given.append(given)
        if len(said) > 1 or title or rules:
            given.step = self._argue(given, title, (rules,) if isinstance(rules, str) else rules)
        else:
            self.relate(kind, said[0], target)
        return Reason(len(self._given) - 1, self)

    def _premises(self, head: Ref | Reason, premises: Premises) -> list[ClaimRef | str]:
        """*premises* as a list, once it is sure that each of them can be one."""
        name = "it" if isinstance(head, Reason) else str(head)
        if not isinstance(premises, ClaimRef | str | Iterable):
            raise NotADebate("AM313", f"{premises!r} is no premise", "pass a claim or its words")
        listed = [premises] if isinstance(premises, ClaimRef | str) else list(premises)
        if not listed:
            raise NotADebate("AM313", f"no premise is given for a reason that bears on {name}")
        for ref in listed:
            if not isinstance(ref, ClaimRef | str):
                raise NotADebate("AM313", f"{ref} is no premise", "pass a claim or its words")
            if isinstance(ref, ClaimRef):
                self._check(ref)
            elif not ref.strip():
                raise NotADebate("AM310", "a claim needs a text or a title")
            if ref == head:
                raise NotADebate("AM303", f"{ref} cannot be a reason that bears on itself")
        return listed

    def _credit(self, ref: ClaimRef, who: str) -> None:
        """Give the wordings of *ref* that have no speaker the speaker *who*."""
        if who:
            wordings = self._claims[ref.title].wordings
            wordings[:] = [w if w.by else evolve(w, by=who) for w in wordings]

    def _step(self, reason: Reason) -> StepRef:
        """The step *reason* is, made an argument now if it was a bare relation."""
        given = self._given[reason.number]
        if given.step is not None:
            return given.step
        bare = (given.kind, given.premises[0], given.head)
        stated = self._relations[bare]
        step = self._argue(given, "", ())
        new = (given.kind, step.argument, given.head)
        if stated is not None:
            made = Relation(*new, link=stated.link, spans=stated.spans)
            self._relations[bare], self._relations[new] = None, made
            self._instead[bare] = new
        given.step = step
        return step

    def _argue(self, given: _Given, title: str, rules: Sequence[str]) -> StepRef:
        """Make *given* an argument that bears on its head.

        What speaks against something, or for an argument, concludes a claim that nobody put
        into words.
        """
        first = self._claims[given.premises[0].title]
        words = next((w.text for w in first.wordings if w.text), given.premises[0].title)
        ref = self.word_argument(title) if title else self.unsketched(words)
        if given.kind is Kind.SUPPORT and isinstance(given.head, ClaimRef):
            conclusion = given.head
        else:
            conclusion = self.unworded(f"so {ref.title.lstrip(MADE_UP)}")
        self.steps(ref, (Step(given.premises, conclusion, tuple(rules)),))
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
    ) -> Relation:
        """State that *tail* bears on *head*. Said twice, it is one relation with two spans, and
        the first link is kept.

        Raises UnknownName for an end that does not exist, NotADebate for ends that cannot stand
        in this kind of relation.
        """
        if not isinstance(kind, Kind):
            raise NotADebate("AM310", f"{kind!r} is no kind of relation", "pass Kind.SUPPORT, say")
        self._check(tail)
        self._check(head)
        if not kind.may_join(tail, head):
            raise NotADebate(
                "AM302",
                f"{tail} and {head} cannot stand in a relation of {kind.value}",
                kind.rule,
            )
        key: _Key = (kind, tail, head)
        if kind.symmetric and (kind, head, tail) in self._relations:
            key = (kind, head, tail)
        spans = (span,) if span else ()
        new = Relation(*key, link=link, spans=spans)
        stated = self._relations.setdefault(key, new)
        if stated is new:
            return new
        if stated is not None:
            if span:
                self._again.setdefault(key, []).append(span)
            if stated.link is not None or link is None:
                return stated
            new = evolve(stated, link=link)
        self._relations[key] = new
        return new

    def include(self, debate: Debate) -> None:
        """Add all of *debate*, whose titles and keys already say whose they are.

        Its sections follow those that are here, as they were; no section is open afterwards.
        What is here already is kept as it is; another work under a key that is taken gets one of
        its own.
        """
        keys = {s.key: self.people.key_for(s) for s in debate.sources}
        if any(key != new for key, new in keys.items()):
            debate = recited(debate, keys)
        for speaker in debate.speakers:
            self.people.add_speaker(speaker)
        for source in debate.sources:
            self.people.source(source)
        shift = self.frame.include(debate.sections, debate.issues)
        for c in debate.claims:
            if c.title not in self._claims:
                draft = self._claims[c.title] = Draft(c.ref, shifted(c.section, shift), c.span)
                draft.take(c, c.wordings)
        for a in debate.arguments:
            if a.title not in self._arguments:
                argued = self._arguments[a.title] = Draft(a.ref, shifted(a.section, shift), a.span)
                argued.take(a, a.gists)
                argued.steps, argued.lines = a.steps, a.lines
        for r in debate.relations:
            key = (r.kind, r.tail, r.head)
            if not (r.kind.symmetric and (r.kind, r.head, r.tail) in self._relations):
                self._relations.setdefault(key, r)

    def build(self) -> Debate:
        """The debate so far. The builder can go on."""
        return Debate(
            self.title,
            tuple(draft.claim() for draft in self._claims.values()),
            tuple(draft.argument() for draft in self._arguments.values()),
            tuple(self._stated()),
            self.frame.sections,
            self.people.speakers,
            self.people.sources,
            self.frame.issues,
            self.data,
            self.position,
            self.front,
        )

    def _stated(self) -> Iterator[Relation]:
        """The relations in order; what became one of an argument stands where it stood."""
        for key, spans in self._again.items():
            if r := self._relations[key]:
                self._relations[key] = evolve(r, spans=(*r.spans, *spans))
        self._again.clear()
        if not self._instead:
            yield from (r for r in self._relations.values() if r is not None)
            return
        moved = set(self._instead.values())
        for key, r in self._relations.items():
            if key in self._instead and (made := self._relations[self._instead[key]]):
                yield made
            if r is not None and key not in moved:
                yield r

    # --- names

    @property
    def worded_titles(self) -> Iterable[str]:
        """The titles of all claims that have been put into words so far, in order."""
        return (t for t, draft in self._claims.items() if draft.worded)

    @property
    def sketched(self) -> Iterable[str]:
        """The titles of all arguments that have a gist or steps so far, in order."""
        return (t for t, draft in self._arguments.items() if draft.worded or draft.steps)

    def is_reconstructed(self, ref: ArgumentRef) -> bool:
        """Whether *ref* has its steps."""
        return bool(self._known_argument(ref).steps)

    def _find(self, head: ClaimRef | ArgumentRef | str) -> ClaimRef | ArgumentRef:
        if isinstance(head, str):
            head = ClaimRef(head)
        self._check(head)
        return head

    def _check(self, ref: Ref) -> None:
        """Raise unless *ref* names something that is here."""
        if isinstance(ref, ClaimRef) and ref.title in self._claims:
            return  # as most are, and a match takes its time
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
            case Reason():
                help = "a reason is struck with undercut()"
                raise NotADebate("AM310", "this is a reason, and no claim or argument", help)
            case _:
                raise NotADebate("AM310", f"{ref!r} is not a claim, an argument or a step")

    def _known_argument(self, ref: ArgumentRef) -> Draft[ArgumentRef]:
        try:
            return self._arguments[ref.title]
        except KeyError:
            raise UnknownName("argument", ref.title, self._arguments) from None


def as_voice(voice: Voice | str) -> Voice:
    """*voice* as a `Voice`. Raises UnknownName, with the nearest word, if it is none."""
    if isinstance(voice, Voice):
        return voice
    try:
        return Voice(voice)
    except ValueError:
        raise UnknownName("voice", str(voice), [v.value for v in Voice], few=True) from None


def _twice(ref: ArgumentRef) -> NotADebate:
    return NotADebate(
        "AM301", f"{ref} is reconstructed twice", "give the second one a title of its own"
    )
