"""A debate to a view: which cards there are, what joins them, and their numbers.

Reconstructed arguments are not cards: their premises meet in a joint that leads to what they
conclude. A conclusion that nobody put into words is left out, and its premises bear at once on
what it bears on. The order is that of the text wherever the text has one: relations as stated,
each argument where it is first said to bear on something.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from attrs import define, evolve, field, frozen

from argmap.model import (
    Argument,
    ArgumentRef,
    Claim,
    ClaimRef,
    Credit,
    Debate,
    Kind,
    Link,
    Ref,
    Relation,
    Sense,
    StepRef,
    Wording,
    credit,
    is_made_up,
    prevailing,
    walk,
)
from argmap.model.remarks import is_address, remarks
from argmap.text import listed
from argmap.view.choice import WHOLE, Choice
from argmap.view.core import Card, Inference, Mark, Role, View
from argmap.view.questions import questions
from argmap.view.remarks import worded
from argmap.view.select import chosen

Node: TypeAlias = ClaimRef | ArgumentRef
_Key: TypeAlias = int

_LONGEST = 16  # characters of a number


@define
class _Draft:
    """An inference before cards have ids. *target* is what the debate says it bears on; *head*
    is where it is led: a node, or the number of the draft that it strikes.
    """

    kind: Kind
    tails: tuple[Node, ...]
    target: Ref
    link: Link | None = None
    argument: Argument | None = None
    rules: tuple[str, ...] = ()
    head: Node | _Key = -1
    struck: bool = False

    @property
    def edge(self) -> tuple[tuple[Node, ...], Node | _Key]:
        return self.tails, self.head

    @property
    def lateral(self) -> bool:
        """Whether it is neither for nor against its head, or by another who agrees: nothing
        hangs by it, so that each position keeps its own tree.
        """
        agrees = self.link is not None and self.link.sense is Sense.AGREES
        return self.kind.symmetric or agrees or _mark(self).is_lateral

    @property
    def joint(self) -> bool:
        return not self.kind.symmetric and (len(self.tails) > 1 or self.struck)


def view(debate: Debate, choice: Choice = WHOLE) -> View:
    """What *choice* asks for of *debate*.

    Raises:
        UnknownName: it asks for a claim, an author, a tag or a heading that there is none of.
        BadValue: there is no such depth, or nothing fits.
    """
    return chosen(_whole(debate), debate, choice)


def _whole(debate: Debate) -> View:
    drafts = _Drafts(debate, {a.ref: a for a in debate.arguments if a.steps})
    drafts.gather()
    drafts.lead()
    return _numbered(debate, drafts)


@define
class _Drafts:
    """All inferences of a debate, in order."""

    debate: Debate
    rebuilt: dict[ArgumentRef, Argument]
    made: list[_Draft] = field(factory=list)
    steps: dict[StepRef, _Key] = field(factory=dict)
    left_out: dict[ClaimRef, Argument] = field(factory=dict)  # conclusions, and whose they are

    def gather(self) -> None:
        """Make a draft of every relation, with the steps of the argument it comes from, in order;
        then of the steps that no relation led to; then of what links speakers to each other.
        """
        self._leave_out()
        self._relations(r for r in self.debate.relations if not _links_speakers(r.link))
        for a in self.rebuilt.values():
            self._steps_of(a)
        self._relations(r for r in self.debate.relations if _links_speakers(r.link))

    def _relations(self, relations: Iterable[Relation]) -> None:
        for r in relations:
            if r.kind.symmetric and not (
                isinstance(r.tail, ClaimRef) and isinstance(r.head, ClaimRef)
            ):
                r = evolve(r, kind=Kind.ATTACK)  # noqa: PLW2901 - an argument has no contradictory
            if isinstance(r.tail, ClaimRef) and r.tail in self.left_out:
                self._from_argument(self.left_out[r.tail], r.kind, r.head, r.link)
            elif isinstance(r.tail, ArgumentRef) and r.tail in self.rebuilt:
                self._from_argument(self.rebuilt[r.tail], r.kind, r.head, r.link)
            elif not isinstance(r.tail, StepRef):
                self.made.append(_Draft(r.kind, (r.tail,), r.head, r.link))

    def _leave_out(self) -> None:
        """Find conclusions without words or name that only serve to bear on one other thing."""
        used: set[Ref] = {r.head for r in self.debate.relations}
        bears: dict[Ref, int] = {}
        for r in self.debate.relations:
            bears[r.tail] = bears.get(r.tail, 0) + (2 if r.kind.symmetric else 1)
        makers: dict[ClaimRef, list[Argument]] = {}
        for a in self.rebuilt.values():
            used.update(p for s in a.steps for p in s.premises)
            for s in a.steps:
                makers.setdefault(s.conclusion, []).append(a)
        for c in self.debate.claims:
            made_by = makers.get(c.ref, ())
            if c.wordings or not is_made_up(c.title) or c.ref in used or len(made_by) != 1:
                continue
            a = made_by[0]
            if a.conclusion == c.ref and bears.get(c.ref, 0) + bears.get(a.ref, 0) == 1:
                self.left_out[c.ref] = a

    def _from_argument(self, a: Argument, kind: Kind, head: Ref, link: Link | None) -> None:
        """A relation of a reconstructed argument is one of its conclusion.

        Where that is left out, it is one of the premises together; where it is the head itself,
        the last step says the same already.
        """
        last = a.steps[-1]
        if last.conclusion in self.left_out:
            self.steps[StepRef(a.ref, len(a.steps) - 1)] = len(self.made)
            self.made.append(_Draft(kind, last.premises, head, link, a, last.rules))
            self._steps_of(a)
            return
        self._steps_of(a)
        if last.conclusion != head:
            self.made.append(_Draft(kind, (last.conclusion,), head, link))

    def _steps_of(self, a: Argument) -> None:
        """The steps of *a* that are not there yet, the last first."""
        for n in reversed(range(len(a.steps))):
            step, ref = a.steps[n], StepRef(a.ref, n)
            if ref not in self.steps and step.conclusion not in self.left_out:
                self.steps[ref] = len(self.made)
                self.made.append(
                    _Draft(Kind.SUPPORT, step.premises, step.conclusion, None, a, step.rules)
                )

    def lead(self) -> None:
        """Lead every draft to its head, and note which drafts are struck."""
        alone = self._alone()
        for key, d in enumerate(self.made):
            d.head = self._head(d, alone)
            if d.head == key:
                d.head = d.tails[0]
        edges = [d.edge for d in self.made]
        for key, d in enumerate(self.made):
            if walk.end(edges, key) is None:  # they strike each other in a ring
                d.head = d.tails[0]
        for d in self.made:
            if isinstance(d.head, int):
                self.made[d.head].struck = True

    def _head(self, d: _Draft, alone: dict[Node, _Key]) -> Node | _Key:
        match d.target:
            case StepRef():
                return self.steps[d.target]
            case ArgumentRef() if d.target in self.rebuilt:
                return self.steps[StepRef(d.target, len(self.rebuilt[d.target].steps) - 1)]
            case _:
                struck = alone.get(d.target) if d.kind is Kind.UNDERCUT else None
                return d.target if struck is None else struck

    def _alone(self) -> dict[Node, _Key]:
        """For each node that bears on one thing only, and by itself, the draft by which it does.

        An undercut of such a reason strikes that step.
        """
        found: dict[Node, list[_Key]] = {}
        for key, d in enumerate(self.made):
            for t in d.tails:
                found.setdefault(t, []).append(-1 if d.kind.symmetric else key)
        return {
            n: key
            for n, keys in found.items()
            if len(single := [k for k in keys if k >= 0]) == 1
            and len(self.made[key := single[0]].tails) == 1
            and self.made[key].kind is not Kind.UNDERCUT
        }


# --- numbers


def _numbered(debate: Debate, drafts: _Drafts) -> View:
    nodes: list[Node] = [c.ref for c in debate.claims if c.ref not in drafts.left_out]
    nodes += [a.ref for a in debate.arguments if not a.steps]
    made = drafts.made
    hangs, kids = walk.hang(nodes, [((), d.head) if d.lateral else d.edge for d in made])
    order = _ordered(nodes, hangs, kids)
    ids = {node: f"n{i}" for i, (node, _) in enumerate(order, 1)}
    sources = {s.key: s for s in debate.sources}
    known = _Known(
        {name: s.key for s in reversed(debate.speakers) for name in (s.full, s.key)},
        {k: _short(s.key, s.file, s.title) for k, s in sources.items()},
        {k: s.url for k, s in sources.items() if is_address(s.url)},
    )
    inferences = tuple(
        Inference(
            f"i{key + 1}",
            _mark(d),
            tuple(ids[t] for t in d.tails),
            f"i{d.head + 1}" if isinstance(d.head, int) else ids[d.head],
            d.joint,
            d.kind.symmetric,
            d.link,
            d.argument.title if d.argument and not is_made_up(d.argument.title) else "",
            d.argument.text if d.argument and d.argument.gists else "",
            d.rules,
            _credit(d.argument),
            d.argument.ref if d.argument else None,
        )
        for key, d in enumerate(made)
    )
    by = {n: inferences[key] for n, key in hangs.items()}
    cards = tuple(
        _card(debate, node, ids[node], number, known, by.get(node)) for node, number in order
    )
    shown = Counter(c.speaker for c in cards if c.speaker)
    cited = dict.fromkeys(
        cite.source for t in debate.things for w in t.wordings for cite in w.cited if cite.source
    )
    plain = View(
        debate.title,
        cards,
        inferences,
        {ids[n]: f"i{key + 1}" for n, key in hangs.items()},
        tuple(s for s in debate.speakers if s.key in shown),
        tuple(sources[k] for k in cited if k in sources),
        held={s.key: shown[s.key] for s in debate.speakers if s.key in shown},
    )
    return evolve(plain, questions=questions(debate, plain))


def _links_speakers(link: Link | None) -> bool:
    return link is not None and link.sense is not None


def _ordered(
    nodes: list[Node], hangs: Mapping[Node, _Key], kids: Mapping[Node, Sequence[Node]]
) -> list[tuple[Node, str]]:
    """All nodes in reading order, with their numbers.

    A number longer than `_LONGEST` would leave its card: such nodes, and those below them, are
    counted through, as in ``#57``.
    """
    order: list[tuple[Node, str]] = []
    roots = [n for n in nodes if n not in hangs]
    todo = [(n, str(i)) for i, n in reversed(list(enumerate(roots, 1)))]
    while todo:
        node, number = todo.pop()
        short = 0 < len(number) <= _LONGEST
        order.append((node, number if short else f"#{len(order) + 1}"))
        below = list(enumerate(kids.get(node, ()), 1))
        todo += [(k, f"{number}.{i}" if short else "") for i, k in reversed(below)]
    return order


# --- what a card says


def _mark(d: _Draft) -> Mark:
    if d.link and d.link.sense is Sense.PAST:
        return Mark.PAST
    if d.link and d.link.sense is Sense.TENSION:
        return Mark.TENSION
    match d.kind:
        case Kind.SUPPORT | Kind.ENTAILMENT:
            return Mark.SUPPORT
        case Kind.ATTACK:
            return Mark.ATTACK
        case Kind.UNDERCUT:
            return Mark.UNDERCUT
        case Kind.CONTRARY | Kind.CONTRADICTION:
            return Mark.CONTRADICT
        case Kind.EQUIVALENCE:
            return Mark.AGREE


@frozen
class _Known:
    """What is asked of people and sources for every card: the *people* by all their names, what a
    source is called in short, and its address.
    """

    people: Mapping[str, str]
    shorts: Mapping[str, str]
    addresses: Mapping[str, str]


def _card(
    debate: Debate, node: Node, id: str, number: str, known: _Known, by: Inference | None
) -> Card:
    thing: Claim | Argument
    match node:
        case ClaimRef(title):
            thing = debate.claim(title)
            wordings, name = thing.wordings, ""
        case ArgumentRef(title):
            thing = debate.argument(title)
            wordings = thing.gists
            name = "" if is_made_up(title) or not thing.gists else title
    said = prevailing(wordings)
    whose = _held(wordings, said) if said else Credit("")
    cites = [c for w in wordings for c in w.cited]
    placed = [c for c in cites if c.at or c.quote] or cites
    cited = dict.fromkeys(
        (" ".join(p for p in (known.shorts.get(c.source, c.source), c.at) if p), c.quote)
        for c in placed
    )
    there = (known.addresses[c.source] for c in cites if c.source in known.addresses)
    beside = remarks(thing.data) if thing.data else None
    role, bears, inferred = by.at_tail if by else (Role.CLAIM, "", False)
    return Card(
        id,
        number,
        node,
        role,
        name,
        _words(thing),
        speaker=said.by if said else "",
        credit=whose.name,
        manner=whose.manner,
        source="; ".join(n for n in dict.fromkeys(note for note, _ in cited) if n),
        cited=tuple(cited),
        tags=thing.tags,
        section=thing.section,
        unstated=_unstated(thing),
        bears=bears,
        inferred=inferred,
        remarks=worded(beside, known.people) if beside else (),
        note=beside.note if beside else "",
        url=(beside.url if beside else "") or next(there, ""),
    )


def _held(wordings: tuple[Wording, ...], said: Wording) -> Credit:
    """Whose it is, as *said*; where several hold it, or in several voices, all of them."""
    held = dict.fromkeys(credit(w).whole for w in wordings if w.text)
    return Credit(listed(list(held))) if len(held) > 1 else credit(said)


def _words(thing: Claim | Argument) -> str:
    wordings = thing.wordings
    if is_made_up(thing.title) and not any(w.text for w in wordings):
        return "(not put into words)"
    return thing.text


def _unstated(thing: Claim | Argument) -> bool:
    return thing.data.get("unstated") is True or "unstated" in thing.tags


def _credit(argument: Argument | None) -> str:
    """Whose *argument* is, if its gist says so."""
    said = prevailing(argument.gists) if argument else None
    return credit(said).whole if said else ""


def _short(key: str, file: str, title: str) -> str:
    """What a card prints for a source: its key, unless that is only the name of a file."""
    if key != file:
        return key
    return title if title and len(title) <= 40 else title[:38].rstrip() + "…" if title else key
