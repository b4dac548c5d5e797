"""What a debate is: who claims what, for which reasons, and where it was said.

Every class is frozen and holds tuples in the order of the text. Nothing here knows a file
format, a picture or a verdict. Places in texts (*span*) are kept for messages and never take
part in equality.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, TypeAlias, TypeVar

from attrs import evolve, field, frozen

from argmap.errors import UnknownName
from argmap.text import Span

# --- data


@frozen
class Data:
    """Keys and values that a map's author wrote and argmap does not interpret, in order.

    >>> Data((("page", 4),)).get("page")
    4
    """

    items: tuple[tuple[str, Value], ...] = ()

    def get(self, key: str, default: Value = None) -> Value:
        """The value under *key*; *default* if there is none."""
        return next((v for k, v in self.items if k == key), default)

    def __iter__(self) -> Iterator[str]:
        return (k for k, _ in self.items)

    def __bool__(self) -> bool:
        return bool(self.items)

    def without(self, *keys: str) -> Data:
        """The same without *keys*."""
        return Data(tuple((k, v) for k, v in self.items if k not in keys))

    def over(self, other: Data) -> Data:
        """*other*, with each key that is here too taken from here."""
        mine = dict(self.items)
        kept = tuple((k, mine.pop(k, v)) for k, v in other.items)
        return Data(kept + tuple(mine.items()))


Value: TypeAlias = "str | int | float | bool | tuple[Value, ...] | Data | None"
NO_DATA = Data()

# --- names


@frozen(order=True, cache_hash=True)
class ClaimRef:
    """Names a claim, as a map does: ``[Title]``."""

    title: str

    def __str__(self) -> str:
        return f"[{self.title}]"


@frozen(order=True, cache_hash=True)
class ArgumentRef:
    """Names an argument, as a map does: ``<Title>``."""

    title: str

    def __str__(self) -> str:
        return f"<{self.title}>"


@frozen(order=True)
class StepRef:
    """Names one inference of an argument, counted from 0: ``<Title>/1`` is its first."""

    argument: ArgumentRef
    index: int

    def __str__(self) -> str:
        return f"{self.argument}/{self.index + 1}"


Ref: TypeAlias = ClaimRef | ArgumentRef | StepRef

MADE_UP = "~"  # begins a title that argmap made from a text which has none


def is_made_up(title: str) -> bool:
    """Whether argmap made *title* up, so that pictures show the text instead."""
    return title.startswith(MADE_UP)


def qualified(title: str, speaker: str) -> str:
    """*title* as a debate calls it, where several speakers' claims meet.

    >>> qualified("Two runs", "Keller"), qualified("~two-runs", "Keller")
    ('Keller: Two runs', '~Keller: two-runs')
    """
    if is_made_up(title):
        return f"{MADE_UP}{speaker}: {title[len(MADE_UP) :]}"
    return f"{speaker}: {title}"


# --- who says what, and where


class Voice(enum.Enum):
    """How a speaker stands to the words: their own, a guess, a question, or another's."""

    ASSERTED = "asserted"
    HEDGED = "hedged"
    ASKED = "asked"
    REPORTED = "reported"
    CONCEDED = "conceded"


@frozen
class Citation:
    """Where a wording stands: the key of a `Source`, the place in it, a few words found there.

    *at* is kept as written: ``¶4``, ``p. 12``, ``0:40``; `locator` reads it. *span* is where *at*
    stands in the map, and *quote_span* where *quote* does.
    """

    source: str = ""
    at: str = ""
    quote: str = ""
    span: Span | None = field(default=None, eq=False, repr=False)
    quote_span: Span | None = field(default=None, eq=False, repr=False)


class Style(enum.Enum):
    """What a part of a text is, beyond its letters."""

    BOLD = "bold"
    ITALIC = "italic"
    LINK = "link"
    MENTION = "mention"
    TAG = "tag"


@frozen
class Markup:
    """The characters ``text[start:stop]`` of a wording are more than letters.

    *to* is the address of a link, the title that a mention names (with its brackets), the tag.
    """

    style: Style
    start: int
    stop: int
    to: str = ""


class Part(enum.Enum):
    """Which part something plays where it stands; the words are those of Argdown's own tools."""

    BLOCK = "top-level-statement"
    RELATION = "relation-statement"
    PREMISE = "premise"
    CONCLUSION = "intermediary-conclusion"
    MAIN = "main-conclusion"
    ITEM = "list-item"
    HEADING = "heading"


class Occurrence(NamedTuple):
    """One place in a text where a claim, an argument or a heading stands, as it is written there.

    *text* has its tags in it, also the last ones, to which *markup* points; it is "" where
    something is only mentioned (not *defined*). *data* are all keys, also those that argmap reads.
    A named tuple, because a text has very many.
    """

    ref: ClaimRef | ArgumentRef | None
    part: Part
    text: str = ""
    defined: bool = False
    tags: tuple[str, ...] = ()
    data: Data = NO_DATA
    section: tuple[int, ...] = ()
    markup: tuple[Markup, ...] = ()
    span: Span | None = None


@frozen
class Wording:
    """One way a claim or an argument is put, at one place.

    *text* is empty where it is only mentioned, but said to stand somewhere. Its last tags are
    not in it.
    *by* is the key of a `Speaker`; *of* is whose view it is, if *voice* is reported, and *of_span*
    where that is said.
    """

    text: str
    by: str = ""
    voice: Voice = Voice.ASSERTED
    of: str = ""
    cited: tuple[Citation, ...] = ()
    markup: tuple[Markup, ...] = ()
    span: Span | None = field(default=None, eq=False, repr=False)
    of_span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Claim:
    """What can be true or false, under one title, in any number of wordings.

    A claim that is mentioned and never worded has no wordings. *shown* is the number of the
    wording to show, counted from 0; -1 is the last that has words.
    *section* is the path of the `Section` it was first defined in. *occurrences* are where it
    stands in the text it was read from; they take no part in equality.
    """

    ref: ClaimRef
    wordings: tuple[Wording, ...] = ()
    tags: tuple[str, ...] = ()
    section: tuple[int, ...] = ()
    data: Data = NO_DATA
    shown: int = -1
    span: Span | None = field(default=None, eq=False, repr=False)
    occurrences: tuple[Occurrence, ...] = field(default=(), eq=False, repr=False)

    @property
    def title(self) -> str:
        return self.ref.title

    @property
    def text(self) -> str:
        """The wording to show: the last, as in Argdown; the title if there is none."""
        return _shown(self.wordings, self.shown) or self.title


@frozen
class Step:
    """One inference: *premises*, taken together, therefore *conclusion*."""

    premises: tuple[ClaimRef, ...]
    conclusion: ClaimRef
    rules: tuple[str, ...] = ()
    data: Data = NO_DATA
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class Argument:
    """Reasons offered together. Without steps it is a sketch: only its gist is known.

    *shown* and *occurrences* are as those of a claim; *lines* are its premises and conclusions
    where they stand.
    """

    ref: ArgumentRef
    gists: tuple[Wording, ...] = ()
    steps: tuple[Step, ...] = ()
    tags: tuple[str, ...] = ()
    section: tuple[int, ...] = ()
    data: Data = NO_DATA
    shown: int = -1
    span: Span | None = field(default=None, eq=False, repr=False)
    occurrences: tuple[Occurrence, ...] = field(default=(), eq=False, repr=False)
    lines: tuple[Occurrence, ...] = field(default=(), eq=False, repr=False)

    @property
    def title(self) -> str:
        return self.ref.title

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """Its gists, under the name that a claim has for them too."""
        return self.gists

    @property
    def text(self) -> str:
        """The gist to show: the last; the title if there is none."""
        return _shown(self.gists, self.shown) or self.title

    @property
    def conclusion(self) -> ClaimRef | None:
        """The main conclusion; None for a sketch."""
        return self.steps[-1].conclusion if self.steps else None

    @property
    def premises(self) -> tuple[ClaimRef, ...]:
        """The premises that no step of this argument concludes, each once, in order."""
        made = {s.conclusion for s in self.steps}
        return tuple(dict.fromkeys(p for s in self.steps for p in s.premises if p not in made))


def _shown(wordings: tuple[Wording, ...], shown: int) -> str:
    if 0 <= shown < len(wordings) and wordings[shown].text:
        return wordings[shown].text
    return next((w.text for w in reversed(wordings) if w.text), "")


# --- how one bears on another


class Kind(enum.Enum):
    """How one thing bears on another."""

    SUPPORT = "support"
    ATTACK = "attack"
    UNDERCUT = "undercut"
    ENTAILMENT = "entailment"
    CONTRARY = "contrary"
    CONTRADICTION = "contradiction"
    EQUIVALENCE = "equivalence"

    __hash__ = object.__hash__  # there is one of each: its name need not be hashed again and again

    def __init__(self, word: str) -> None:
        self.symmetric = word in ("contrary", "contradiction", "equivalence")
        """Whether it says the same read from its head to its tail."""
        self.speaks_for = word in ("support", "entailment", "equivalence")
        """Whether it speaks for its head rather than against it."""

    def may_join(self, tail: Ref, head: Ref) -> bool:
        """Whether *tail* can bear on *head* so; `rule` says why not."""
        claims = isinstance(tail, ClaimRef) + isinstance(head, ClaimRef)
        match self:
            case Kind.ENTAILMENT | Kind.CONTRARY | Kind.EQUIVALENCE:
                return claims == 2
            case Kind.CONTRADICTION:
                return (
                    claims > 0 and not isinstance(tail, StepRef) and not isinstance(head, StepRef)
                )
            case Kind.SUPPORT | Kind.ATTACK | Kind.UNDERCUT:
                return not isinstance(tail, StepRef)

    @property
    def rule(self) -> str:
        """What can stand in it, in words."""
        match self:
            case Kind.ENTAILMENT | Kind.CONTRARY | Kind.EQUIVALENCE:
                return "only claims can"
            case Kind.CONTRADICTION:
                return "claims can, and a claim and an argument"
            case Kind.SUPPORT | Kind.ATTACK | Kind.UNDERCUT:
                return "a step cannot bear on anything"


class Origin(enum.Enum):
    """Whether the author wrote a relation, or it follows from what they wrote."""

    STATED = "stated"
    DERIVED = "derived"


class Sense(enum.Enum):
    """What a relation between two speakers is, beyond its sign.

    ``past`` is talking past each other; ``past`` and ``tension`` defeat nothing.
    """

    CLASH = "clash"
    TENSION = "tension"
    QUALIFIES = "qualifies"
    AGREES = "agrees"
    PAST = "past"


class About(enum.Enum):
    """What two speakers differ, or agree, about."""

    FACT = "fact"
    DEFINITION = "definition"
    VALUE = "value"
    POLICY = "policy"
    PREDICTION = "prediction"
    CAUSE = "cause"
    INFERENCE = "inference"
    MEASURE = "measure"
    TIME = "time"
    SCOPE = "scope"


MAPPER = "mapper"


@frozen
class Link:
    """What a relation between speakers is, and on whose word.

    *by* is ``mapper`` unless a text draws the contrast itself; then it names that source or
    speaker.
    """

    sense: Sense | None = None
    about: About | None = None
    because: str = ""
    by: str = MAPPER

    @property
    def inferred(self) -> bool:
        """Whether it is the mapper's reading, and no text's."""
        return self.by == MAPPER


@frozen
class Relation:
    """*tail* bears on *head*: the arrow runs from tail to head.

    *because* names what a derived relation follows from.
    """

    kind: Kind
    tail: Ref
    head: Ref
    origin: Origin = Origin.STATED
    because: tuple[Ref, ...] = ()
    link: Link | None = None
    spans: tuple[Span, ...] = field(default=(), eq=False, repr=False)


# --- the frame


@frozen
class Section:
    """A heading. *path* is its number: ``(2, 1)`` is the first under the second.

    *level* counts the ``#``; levels may be skipped, paths are not.
    """

    path: tuple[int, ...]
    title: str
    level: int = 1
    tags: tuple[str, ...] = ()
    data: Data = NO_DATA
    markup: tuple[Markup, ...] = ()
    span: Span | None = field(default=None, eq=False, repr=False)
    occurrence: Occurrence | None = field(default=None, eq=False, repr=False)


@frozen
class Issue:
    """A question that positions answer: a heading that asks, and what stands under it."""

    question: str
    section: tuple[int, ...]
    refs: tuple[ClaimRef | ArgumentRef, ...] = ()


@frozen
class Speaker:
    """Someone who holds claims. *key* is the short name that titles and pictures use."""

    key: str
    name: str = ""
    role: str = ""
    data: Data = NO_DATA
    span: Span | None = field(default=None, eq=False, repr=False)

    @property
    def full(self) -> str:
        """The name to print once: the full one if there is one."""
        return self.name or self.key


@frozen
class Source:
    """A work that is cited, under the *key* that citations use. *file* is where its text lies."""

    key: str
    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    place: str = ""
    url: str = ""
    file: str = ""
    data: Data = NO_DATA
    span: Span | None = field(default=None, eq=False, repr=False)


_T = TypeVar("_T")


@frozen(slots=False)
class Debate:
    """Everything stated, in the order of the text.

    *position* is the key of the speaker whose case this is; "" where several meet. *front* is the
    frontmatter as it was written, also what argmap reads of it, and takes no part in equality.
    Only what an
    author wrote is stored; what follows from it is computed (see ``argmap.model.derive``).
    """

    title: str = ""
    claims: tuple[Claim, ...] = ()
    arguments: tuple[Argument, ...] = ()
    relations: tuple[Relation, ...] = ()
    sections: tuple[Section, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    sources: tuple[Source, ...] = ()
    issues: tuple[Issue, ...] = ()
    data: Data = NO_DATA
    position: str = ""
    front: Data = field(default=NO_DATA, eq=False, repr=False)

    @property
    def things(self) -> tuple[Claim | Argument, ...]:
        """The claims, then the arguments."""
        return (*self.claims, *self.arguments)

    def normal(self) -> Debate:
        """The same debate in an order that depends on nothing but names.

        Two debates that say the same have equal normal forms, however their texts are ordered.
        """
        return evolve(
            self,
            claims=tuple(sorted(self.claims, key=lambda c: c.ref)),
            arguments=tuple(sorted(self.arguments, key=lambda a: a.ref)),
            relations=tuple(
                sorted(
                    (_ends_in_order(r) for r in self.relations),
                    key=lambda r: (r.kind.value, str(r.tail), str(r.head)),
                )
            ),
        )

    @cached_property
    def _claims(self) -> Mapping[str, Claim]:
        return {c.title: c for c in self.claims}

    @cached_property
    def _arguments(self) -> Mapping[str, Argument]:
        return {a.title: a for a in self.arguments}

    @cached_property
    def _to(self) -> Mapping[Ref, tuple[Relation, ...]]:
        found: dict[Ref, list[Relation]] = {}
        for r in self.relations:
            found.setdefault(r.head, []).append(r)
            if r.kind.symmetric and r.tail != r.head:
                found.setdefault(r.tail, []).append(r)
        return {ref: tuple(rs) for ref, rs in found.items()}

    def claim(self, title: str) -> Claim:
        """The claim called *title*.

        Raises:
            UnknownName: no claim has that title; close ones are suggested.
        """
        return _named("claim", title, self._claims)

    def argument(self, title: str) -> Argument:
        """The argument called *title*. Raises UnknownName as `claim` does."""
        return _named("argument", title, self._arguments)

    def speaker(self, key: str) -> Speaker:
        """The speaker whose key is *key*. Raises UnknownName as `claim` does."""
        return _named("speaker", key, {s.key: s for s in self.speakers})

    def source(self, key: str) -> Source:
        """The source whose key is *key*. Raises UnknownName as `claim` does."""
        return _named("source", key, {s.key: s for s in self.sources})

    def relations_to(self, ref: Ref) -> tuple[Relation, ...]:
        """The relations whose head is *ref* (either end, if symmetric), in order."""
        return self._to.get(ref, ())


def _ends_in_order(r: Relation) -> Relation:
    turned = r.kind.symmetric and str(r.head) < str(r.tail)
    return evolve(r, tail=r.head, head=r.tail) if turned else r


def _named(what: str, name: str, known: Mapping[str, _T]) -> _T:
    try:
        return known[name]
    except KeyError:
        raise UnknownName(what, name, known) from None
