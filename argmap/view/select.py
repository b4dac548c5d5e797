"""A part of a view: what a choice leaves of it.

What is left keeps its id, its number, and its place in the reading order. A card hangs where it
hangs in the whole, or nowhere: no support is drawn that nobody stated.

- *depth* leaves so many levels of every tree.
- *focus* leaves one card, the chain of those above it, what hangs below it (with *depth*, so many
  levels of it), and the other end of every link that it has.
- *only* leaves what fits, and what stands above that, up to the claim it is about in the end: a
  reason without what it is a reason for says nothing. For ``links=cross`` it leaves every link
  between two authors with both of its ends, and of an undercut the step that it strikes; no other
  link, and no other card.

Else all premises of a step are there if its conclusion and one of them are, and so is a step that
an undercut strikes. A card that is left without the one it hangs below stands for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from attrs import define, evolve, field, frozen

from argmap.errors import BadValue, UnknownName
from argmap.model import Debate
from argmap.text import listed, quantity
from argmap.view.called import called
from argmap.view.choice import Choice
from argmap.view.core import Card, Group, Inference, Mark, Role, View
from argmap.view.fit import Fit
from argmap.view.groups import groups
from argmap.view.questions import questions

_GROUPINGS = ("author", "issue", "section")
_NAME = 60  # characters of a claim's words that a sentence names it by


def chosen(view: View, debate: Debate, choice: Choice) -> View:
    """What *choice* leaves of *view*, which is all of *debate*.

    Raises:
        UnknownName: it names what the debate does not have.
        BadValue: there is no such depth, or nothing fits.
    """
    if choice.depth is not None and (isinstance(choice.depth, bool) or choice.depth < 1):
        raise BadValue("a map has 1 level or more")
    if choice.group not in ("", *_GROUPINGS):
        raise UnknownName("grouping", choice.group, _GROUPINGS, few=True)
    part = view
    if not choice.is_whole:
        web = _Web(view)
        kept, links, said = _kept(web, debate, choice)
        if len(kept) < len(view.cards) or links is not None:
            words = f"{said}; {len(kept)} of {quantity(len(view.cards), 'card')}"
            part = _part(web, debate, kept, links, words)
    if choice.group:
        part = evolve(part, groups=_groups_left(groups(view, debate, choice.group), part))
    return part


def _groups_left(whole: Iterable[Group], part: View) -> tuple[Group, ...]:
    """What *part* has of each group, by the first card that it has of it."""
    at = {c.id: n for n, c in enumerate(part.cards)}
    left = [evolve(g, cards=tuple(c for c in g.cards if c in at)) for g in whole]
    return tuple(sorted((g for g in left if g.cards), key=lambda g: at[g.cards[0]]))


def _kept(
    web: _Web, debate: Debate, choice: Choice
) -> tuple[Mapping[str, None], Mapping[str, None] | None, str]:
    """The cards that *choice* leaves, the inferences if not all between those are left, and a
    phrase that says which they are.
    """
    view, depth = web.view, choice.depth
    said: list[str] = []
    foci: tuple[Card, ...] = ()
    if choice.focus:
        foci = called(view, debate, choice.focus)
        reach = web.around([c.id for c in foci], depth)
        said.append(f"“{_name(foci[0], choice.focus)}” and what it is joined with")
        if depth is not None:
            said.append(f"{quantity(depth, 'level')} below it")
    else:
        reach = {c: None for c, n in web.level.items() if depth is None or n <= depth}
        if depth is not None:
            said.append(f"{quantity(depth, 'level')} of {max(web.level.values(), default=0)}")
    kept = _Kept(web)
    if not choice.only:
        kept.add(reach)
        return kept.whole(), None, "; ".join(said)
    fit = Fit(view, debate, choice.only)
    said.append(fit.words)
    links: dict[str, None] | None = None
    if fit.cross:
        links = {}
        for i in fit.crossing():
            if not reach.keys().isdisjoint(fit.ends(i)):
                kept.add(web.joined(i, links))
    else:
        kept.context = reach
        kept.add(c for c in reach if fit.takes(view.by_id[c]))
    if not kept.cards and view.cards:
        raise BadValue(_nothing(view, debate, choice))
    kept.add(c.id for c in foci)
    return kept.cards if fit.cross else kept.whole(), links, "; ".join(said)


def _name(card: Card, focus: str) -> str:
    """What a reader knows *card* by: the name asked for, or its words where that is a number."""
    name = card.text if focus.strip() == card.number else focus.strip().strip("[]<>")
    return name if len(name) <= _NAME else f"{name[:_NAME].rstrip()}…"


def _nothing(view: View, debate: Debate, choice: Choice) -> str:
    """That nothing fits, and how much fits each thing that was asked for."""
    counts: dict[str, int] = {}
    for what, value in choice.only:
        fit = Fit(view, debate, ((what, value),))
        found = fit.crossing() if fit.cross else [c for c in view.cards if fit.takes(c)]
        counts[f"{what}={value}"] = len(found)
    none = [asked for asked, n in counts.items() if not n]
    if none:
        return f"nothing in this map fits {listed(none, 'or')}"
    near = ", that near" if choice.focus or choice.depth is not None else ""
    each = ", ".join(f"{asked} fits {n}" for asked, n in counts.items())
    return f"nothing in this map fits all that was asked for{near}: {each}"


@frozen(slots=False)
class _Web:
    """How the cards of a view hang together."""

    view: View

    @cached_property
    def above(self) -> Mapping[str, str]:
        """The card that each card hangs below."""
        view = self.view
        return {c: view.head_card(view.inference[i]) for c, i in view.parent.items()}

    @cached_property
    def level(self) -> Mapping[str, int]:
        """How deep each card stands; a root stands at level 1."""
        found: dict[str, int] = {}
        for c in self.view.cards:  # what is above a card comes before it
            found[c.id] = found[self.above[c.id]] + 1 if c.id in self.above else 1
        return found

    @cached_property
    def touching(self) -> Mapping[str, tuple[Inference, ...]]:
        """The inferences that each card is a tail of, or that bear on it in the end."""
        found: dict[str, dict[str, Inference]] = {c.id: {} for c in self.view.cards}
        for i in self.view.inferences:
            for end in (*i.tails, self.view.head_card(i)):
                found[end][i.id] = i
        return {c: tuple(each.values()) for c, each in found.items()}

    @cached_property
    def striking(self) -> Mapping[str, tuple[Inference, ...]]:
        """The inferences that strike each inference."""
        found: dict[str, list[Inference]] = {}
        for i in self.view.inferences:
            if i.head in self.view.inference:
                found.setdefault(i.head, []).append(i)
        return {i: tuple(each) for i, each in found.items()}

    def joined(self, inference: Inference, links: dict[str, None]) -> Iterator[str]:
        """The cards that *inference* joins, at once or through what it strikes. Adds to *links*
        those inferences that were not among them.
        """
        i: Inference | None = inference
        while i is not None and i.id not in links:
            links[i.id] = None
            yield from (*i.tails, self.view.head_card(i))
            i = self.view.inference.get(i.head)

    def around(self, foci: Iterable[str], depth: int | None) -> dict[str, None]:
        """*foci*, all above them, *depth* levels below them, and what they are joined with."""
        found: dict[str, None] = {}
        row = list(foci)
        for c in row:
            for i in self.touching[c]:  # the other ends
                found.update(dict.fromkeys((*i.tails, self.view.head_card(i))))
                if c in i.tails:
                    for k in self.striking.get(i.id, ()):
                        found.update(dict.fromkeys(k.tails))
            head: str | None = c
            while head is not None:
                found[head] = None
                head = self.above.get(head)
        while row and (depth is None or depth > 0):
            row = [c for r in row for c in self.view.below.get(r, ())]
            found.update(dict.fromkeys(row))
            depth = None if depth is None else depth - 1
        return found


@define
class _Kept:
    """Cards that are kept. With each comes what is above it, as far as that is in *context*."""

    web: _Web
    context: Mapping[str, None] = field(factory=dict)
    cards: dict[str, None] = field(factory=dict, init=False)

    def add(self, cards: Iterable[str]) -> list[str]:
        """Keep *cards*. Gives what was not kept before."""
        new: list[str] = []
        for card in cards:
            c: str | None = card
            while c is not None and c not in self.cards:
                self.cards[c] = None
                new.append(c)
                above = self.web.above.get(c)
                c = above if above in self.context else None
        return new

    def whole(self) -> Mapping[str, None]:
        """All that is kept, with what belongs to the same steps."""
        view, todo, done = self.web.view, list(self.cards), set[str]()
        while todo:
            for i in self.web.touching[todo.pop()]:
                if i.mutual or i.id in done or view.head_card(i) not in self.cards:
                    continue
                if not any(t in self.cards for t in i.tails):
                    continue
                step: Inference | None = i
                while step is not None and step.id not in done:
                    done.add(step.id)
                    todo += self.add(step.tails)
                    step = view.inference.get(step.head)
        return self.cards


def _part(
    web: _Web,
    debate: Debate,
    kept: Mapping[str, None],
    links: Mapping[str, None] | None,
    partial: str,
) -> View:
    """What is left of a view if only *kept* cards are, and of inferences only *links*, if given."""
    view = web.view
    inferences = [
        i for i in view.inferences if _is_left(i, view, kept) and (links is None or i.id in links)
    ]
    struck = {i.head for i in inferences}
    left = {
        i.id: evolve(i, joint=not i.mutual and (len(i.tails) > 1 or i.id in struck))
        for i in inferences
    }
    hidden, objections = _hidden(web, kept)
    cards = []
    parent = {c: i for c, i in view.parent.items() if c in kept and i in left}
    for c in view.cards:
        if c.id in kept:
            if c.id in view.parent and c.id not in parent:
                loose = evolve(c, role=Role.CLAIM, bears="", inferred=False)
            else:
                loose = c
            counts = hidden.get(c.id, 0), objections.get(c.id, 0)
            cards.append(evolve(loose, hidden=counts[0], hidden_objections=counts[1]))
    speakers = {c.speaker for c in cards}
    refs = {c.ref for c in cards} | {i.argument for i in inferences}
    things = (t for t in debate.things if t.ref in refs)
    cited = {cite.source for t in things for w in t.wordings for cite in w.cited}
    part = View(
        view.title,
        tuple(cards),
        tuple(left.values()),
        parent,
        tuple(s for s in view.speakers if s.key in speakers),
        tuple(s for s in view.sources if s.key in cited),
        partial=partial,
        held=view.held,
    )
    return evolve(part, questions=questions(debate, part))


def _is_left(i: Inference, view: View, kept: Mapping[str, None]) -> bool:
    """Whether *kept* cards are at both ends of *i*; all of its tails are then, or none."""
    return view.head_card(i) in kept and all(t in kept for t in i.tails)


def _hidden(web: _Web, kept: Mapping[str, None]) -> tuple[dict[str, int], dict[str, int]]:
    """How many cards that are not kept hang below each card that is, and no other between; and
    how many of them object.
    """
    owner: dict[str, str] = {}
    hidden: dict[str, int] = {}
    objections: dict[str, int] = {}
    for c in web.view.cards:
        above = web.above.get(c.id)
        owner[c.id] = c.id if c.id in kept else owner.get(above or "", "")
        if c.id in kept or not owner[c.id]:
            continue
        mark = web.view.inference[web.view.parent[c.id]].mark
        hidden[owner[c.id]] = hidden.get(owner[c.id], 0) + 1
        if mark in (Mark.ATTACK, Mark.UNDERCUT, Mark.CONTRADICT):
            objections[owner[c.id]] = objections.get(owner[c.id], 0) + 1
    return hidden, objections
