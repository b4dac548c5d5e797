"""What of a debate is shown: cards, and the inferences that join them. No sizes, no colours."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import evolve, field, frozen

from argmap.model import ArgumentRef, ClaimRef, Credit, Link, Source, Speaker, walk


class Role(enum.Enum):
    """The part a card plays where it stands; the word is what pictures print."""

    CLAIM = "claims"
    REASON = "reason"
    OBJECTION = "objection"
    UNDERCUT = "undercut"


class Mark(enum.Enum):
    """How an inference is drawn; the word is what the legend prints."""

    SUPPORT = "supports"
    ATTACK = "objects to"
    UNDERCUT = "undercuts the step"
    CONTRADICT = "contradict"
    AGREE = "say the same"
    TENSION = "in tension"
    PAST = "past each other"

    @property
    def role(self) -> Role:
        """The part of a card that stands at its tail."""
        match self:
            case Mark.SUPPORT | Mark.AGREE:
                return Role.REASON
            case Mark.UNDERCUT:
                return Role.UNDERCUT
            case Mark.ATTACK | Mark.CONTRADICT | Mark.TENSION | Mark.PAST:
                return Role.OBJECTION

    @property
    def is_lateral(self) -> bool:
        """Whether it is neither for nor against its head."""
        return self in (Mark.TENSION, Mark.PAST)

    @property
    def sign(self) -> str:
        """One character for terminals: it carries the meaning where colour does not."""
        match self:
            case Mark.SUPPORT:
                return "+"
            case Mark.ATTACK:
                return "-"
            case Mark.UNDERCUT:
                return "x"
            case Mark.CONTRADICT:
                return "#"
            case Mark.AGREE:
                return "="
            case Mark.TENSION | Mark.PAST:
                return "~"


class Sort(enum.Enum):
    """What a remark on a card is."""

    ACCEPTS = "accepts"
    REJECTS = "rejects"
    UNSURE = "unsure"
    STANDS = "stands"
    FALLS = "falls"
    OPEN = "undecided"
    VOTES = "votes"
    CHANGED = "changed"
    REMOVED = "removed"


@frozen
class Remark:
    """Something known of a claim beside what it says: who accepts it, what became of it, how a
    class voted, what changed in it. *words* are what is printed, such as ``Okafor rejects`` or
    ``12 for, 3 against``; *speaker* is the key of whose it is, if it is somebody's.
    """

    sort: Sort
    words: str
    speaker: str = ""


@frozen
class Card:
    """A claim, or an argument known by its gist only.

    *number* is the same in every view and output. *speaker* is the key of who is shown to hold
    it; *credit* is how that is printed, and *manner* what must be added in words: ``hedged``, or
    ``as reported by Rumer``. *source* is where it stands; *cited* are the places, each with the
    words that are quoted from there. *sees* is the id of the card that stands here in full
    elsewhere; it is "" for a card that is itself in full. *bears* says in words what its link to
    another speaker is, as ``in tension``; *inferred* that this is the mapper's reading, and no
    text's. *hidden* counts the cards that are not shown and hang below it, but below no card
    between; *hidden_objections* those of them that object or undercut. *remarks* are what is
    known of it beside what it says; *note* is for who presents the map, *url* where to read more.
    """

    id: str
    number: str
    ref: ClaimRef | ArgumentRef
    role: Role
    title: str
    text: str
    speaker: str = ""
    credit: str = ""
    manner: str = ""
    source: str = ""
    cited: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    section: tuple[int, ...] = ()
    unstated: bool = False
    sees: str = ""
    bears: str = ""
    inferred: bool = False
    hidden: int = 0
    hidden_objections: int = 0
    remarks: tuple[Remark, ...] = ()
    note: str = ""
    url: str = ""

    @property
    def quotes(self) -> tuple[str, ...]:
        """What is quoted for it."""
        return tuple(quote for _, quote in self.cited if quote)

    @property
    def whole_credit(self) -> str:
        """Who holds it, in one phrase: ``Washington (as reported by Rumer)``."""
        return Credit(self.credit, self.manner).whole


@frozen
class Inference:
    """*tails*, together, bear on *head*: a card's id, or that of another inference.

    It has a *joint* where several tails meet or another inference strikes it. A *mutual* one has
    one tail, and no direction. *title*, *gist* and *credit* are those of the argument it is a
    step of, which is *argument*.
    """

    id: str
    mark: Mark
    tails: tuple[str, ...]
    head: str
    joint: bool = False
    mutual: bool = False
    link: Link | None = None
    title: str = ""
    gist: str = ""
    rules: tuple[str, ...] = ()
    credit: str = ""
    argument: ArgumentRef | None = None

    @property
    def bears(self) -> str:
        """What its link to another speaker is, in words; "" if nothing is said of it."""
        if self.link is None or self.link.sense is None:
            return ""
        return self.mark.value if self.mark.is_lateral else self.link.sense.value

    @property
    def at_tail(self) -> tuple[Role, str, bool]:
        """The part of a card at its tail, what its link is, and whether that is the mapper's."""
        bears = self.bears
        return self.mark.role, bears, bool(bears and self.link and self.link.inferred)


@frozen
class Question:
    """An issue, and the cards that bear on it: those that hang below no other of them."""

    text: str
    cards: tuple[str, ...]


@frozen
class Group:
    """Cards that belong together, under the title of a heading, an issue, or an author's name."""

    id: str
    title: str
    cards: tuple[str, ...]


@frozen(slots=False)
class View:
    """Cards in reading order, and inferences.

    *parent* says for each card that has one by which inference it hangs in the outline; what
    bears on several things hangs where it does so first. No card is in two of *groups*. *partial*
    says in words what part of the whole is shown; it is "" for all of it. *held* counts for each
    speaker, in order, the cards of the whole, so that people look the same in every part.
    """

    title: str
    cards: tuple[Card, ...]
    inferences: tuple[Inference, ...]
    parent: Mapping[str, str]
    speakers: tuple[Speaker, ...] = ()
    sources: tuple[Source, ...] = ()
    questions: tuple[Question, ...] = ()
    groups: tuple[Group, ...] = ()
    partial: str = ""
    held: Mapping[str, int] = field(factory=dict)

    @cached_property
    def by_id(self) -> Mapping[str, Card]:
        """The cards by their ids."""
        return {c.id: c for c in self.cards}

    @cached_property
    def inference(self) -> Mapping[str, Inference]:
        """The inferences by their ids."""
        return {i.id: i for i in self.inferences}

    @cached_property
    def below(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the cards that hang below each card, in order; what strikes a step follows
        the premises of that step.
        """
        at = {i.id: n for n, i in enumerate(self.inferences)}
        edges: list[tuple[Sequence[str], str | int]] = [
            (
                [t for t in i.tails if self.parent.get(t) == i.id],
                at.get(i.head, i.head),
            )
            for i in self.inferences
        ]
        _, children = walk.hang([c.id for c in self.cards], edges)
        return {head: tuple(ids) for head, ids in children.items()}

    def linked(self, card: Card, inference: Inference) -> Card:
        """*card* as it stands at the tail of *inference*: its part, and what its link is."""
        role, bears, inferred = inference.at_tail
        return evolve(card, role=role, bears=bears, inferred=inferred)

    def head_card(self, inference: Inference) -> str:
        """The id of the card that *inference* bears on, at once or through what it strikes."""
        return self._heads.get(inference.head, inference.head)

    @cached_property
    def _heads(self) -> Mapping[str, str]:
        """The card that each inference bears on in the end, each found once."""
        heads: dict[str, str] = {}
        for i in self.inferences:
            way: dict[str, None] = {}
            id = i.id
            while id in self.inference and id not in heads and id not in way:
                way[id] = None
                id = self.inference[id].head
            heads.update(dict.fromkeys(way, heads.get(id, id)))
        return heads

    @cached_property
    def crossing(self) -> tuple[tuple[str, str], ...]:
        """The (inference, tail) pairs by which no card hangs."""
        return tuple(
            (i.id, t)
            for i in self.inferences
            if not i.mutual
            for t in i.tails
            if self.parent.get(t) != i.id
        )
