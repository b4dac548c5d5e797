"""A diff as people tell it: thing by thing, what is new, gone, reworded, and bears on what."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterator, Mapping

from attrs import define, field, frozen

from argmap.changes import joints, phrases
from argmap.changes.core import (
    MAP,
    Added,
    Bearing,
    Change,
    Changed,
    Diff,
    Entry,
    Node,
    Path,
    Rejoined,
    Removed,
    Renamed,
    Reordered,
    Reworded,
    Subject,
    Thing,
    What,
    subject_of,
    what_of,
)
from argmap.changes.names import Called
from argmap.changes.phrases import Phrase
from argmap.model import (
    Argument,
    Claim,
    Issue,
    Ref,
    Relation,
    Section,
    Source,
    Speaker,
    StepRef,
    credit,
    is_made_up,
    prevailing,
)
from argmap.text import quantity


class State(enum.Enum):
    """Whether something is in one of the maps only; the word is what is printed."""

    KEPT = ""
    NEW = "new"
    REMOVED = "removed"


@frozen
class Item:
    """One thing that changed: what it is called, its words, and what changed in it.

    What was removed has the name that it had.
    """

    what: What
    subject: Subject
    name: str
    text: str = ""
    state: State = State.KEPT
    phrases: tuple[Phrase, ...] = ()


@frozen
class Story:
    """All that changed, and what stands in another *order* than before."""

    items: tuple[Item, ...] = ()
    order: tuple[str, ...] = ()

    def of(self, *whats: What) -> tuple[Item, ...]:
        """The items that are one of *whats*."""
        return tuple(i for i in self.items if i.what in whats)


def story(diff: Diff) -> Story:
    """*diff* thing by thing, in the order of the newer map; what was removed comes last."""
    older = Called(diff.old)
    teller = _Teller(older, Called(diff.new, older), diff.paths)
    for change in diff.changes:
        teller.see(change)
    for change in diff.changes:
        teller.tell(change)
    return Story(tuple(teller.items()), tuple(teller.order))


@define
class _Teller:
    """Gathers what is said of each thing, by its name in the newer map, or in the older one."""

    old: Called
    new: Called
    paths: Mapping[Path, Path]
    fresh: dict[Subject, Thing] = field(factory=dict)
    gone: dict[Subject, Thing] = field(factory=dict)
    moved: set[Subject] = field(factory=set)
    renamed: dict[Node, Node] = field(factory=dict)
    said: dict[Subject, list[Phrase]] = field(factory=dict)
    said_of_gone: dict[Subject, list[Phrase]] = field(factory=dict)
    order: list[str] = field(factory=list)

    def see(self, change: Change) -> None:
        """Note what the words for other changes depend on."""
        match change:
            case Added(thing):
                self.fresh[subject_of(thing)] = thing
            case Removed(thing):
                self.gone[subject_of(thing)] = thing
            case Renamed(old, new):
                self.renamed[old] = new
            case Reworded(of, was=was) if was is not None:
                self.renamed[was] = of
            case Changed(of, "section"):
                self.moved.add(of)
            case _:
                pass

    def tell(self, change: Change) -> None:
        """Say what *change* is."""
        match change:
            case Added(Relation() as r):
                tail = _owner(r.tail)
                self._say(tail, joints.bears(r, self.new.ref(r.head), new=tail in self.fresh))
            case Removed(Relation() as r):
                self._say_of_gone(r)
            case Added(thing):
                self.said.setdefault(subject_of(thing), [])
                if isinstance(thing, Claim | Argument):
                    said = prevailing(thing.wordings)
                    if said and credit(said).manner:  # not flatly what its speaker holds
                        self._say(thing.ref, Phrase(f"a view of {credit(said).whole}"))
            case Removed(thing):
                self.said_of_gone.setdefault(subject_of(thing), [])
            case Renamed(old, new):
                self._rename(old, new)
            case Reworded():
                self._say(change.of, phrases.reworded(change.old, change.new))
            case Rejoined(old, new):
                was, now = self.old.ref(old.head), self.new.ref(new.head)
                self._say(_owner(new.tail), joints.rejoined(old, new, was, now))
            case Reordered(what, moves):
                self.order.append(quantity(len(moves), what.value))
            case Changed():
                self._change(change)

    def _change(self, change: Changed) -> None:
        of = change.of
        if isinstance(of, Bearing):
            head = self.new.ref(of.head)
            if change.field.startswith("link"):
                self._say(_owner(of.tail), joints.of_link(change, head))
            else:
                self._say(_owner(of.tail), Phrase(f"link to {head}: {change.field} changed"))
            return
        if isinstance(of, Entry) and of.what is What.HEADING and isinstance(of.key, tuple):
            of = Entry(What.HEADING, self.paths.get(of.key, of.key))
            if change.field == "title":
                self._say(of, Phrase(f"renamed from “{change.old}”"))
                return
        if isinstance(of, Entry) and change.field == "refs":
            old, new = change.old, change.new
            stay = self.moved | self.fresh.keys()
            old, new = (tuple(r for r in some if r not in stay) for some in (old, new))
            if Counter(old) == Counter(new):
                asked = self.new.heading(of.key) if isinstance(of.key, tuple) else ""
                self.order += [f"what stands under “{asked}”"] * (old != new)
                return
            change = Changed(of, "refs", old, new)
        for phrase in phrases.of_change(change, self.old, self.new):
            self._say(of, phrase)

    def _rename(self, old: Node, new: Node) -> None:
        if is_made_up(old.title) and is_made_up(new.title):
            return  # nobody wrote either
        if is_made_up(old.title):
            self._say(new, Phrase("has a title now", chip="titled"))
        elif is_made_up(new.title):
            self._say(new, Phrase(f"no longer titled {old}", chip="untitled"))
        else:
            self._say(new, Phrase(f"renamed from {old}", chip="renamed"))

    def _say_of_gone(self, r: Relation) -> None:
        tail = _owner(r.tail)
        if tail in self.gone:
            said = self.said_of_gone.setdefault(tail, [])
            said.append(joints.bore(r, self.old.ref(r.head), gone=True))
        else:
            now = self.renamed.get(tail, tail)
            self._say(now, joints.bore(r, self.old.ref(r.head), gone=False))

    def _say(self, of: Subject, phrase: Phrase) -> None:
        self.said.setdefault(of, []).append(phrase)

    # --- in order

    def items(self) -> Iterator[Item]:
        """What there is to say of everything, the map itself first."""
        if phrases := self.said.get(MAP):
            yield Item(What.MAP, MAP, "the map", phrases=tuple(phrases))
        for what, things in (
            (What.HEADING, self.new.debate.sections),
            (What.QUESTION, self.new.debate.issues),
            (What.SPEAKER, self.new.debate.speakers),
            (What.SOURCE, self.new.debate.sources),
            (What.CLAIM, self.new.debate.claims),
            (What.ARGUMENT, self.new.debate.arguments),
        ):
            for thing in things:
                of = subject_of(thing)
                if of in self.said and self._is_told(what, of):
                    state = State.NEW if of in self.fresh else State.KEPT
                    yield self._item(thing, state, self.said[of], self.new)
            for of, phrases in self.said_of_gone.items():
                if what_of(of) is what and self._is_told(what, of):
                    yield self._item(self.gone[of], State.REMOVED, phrases, self.old)

    def _is_told(self, what: What, of: Subject) -> bool:
        """Whether it is to be said: a question that comes and goes with its heading is not."""
        if what is not What.QUESTION or not isinstance(of, Entry):
            return True
        heading = Entry(What.HEADING, of.key)
        return not any(of in some and heading in some for some in (self.fresh, self.gone))

    def _item(self, thing: Thing, state: State, said: list[Phrase], names: Called) -> Item:
        of = subject_of(thing)
        name, text = _named(thing, names)
        return Item(what_of(of), of, name, text, state, tuple(dict.fromkeys(said)))


def _named(thing: Thing, names: Called) -> tuple[str, str]:
    """What *thing* is called, and its words."""
    match thing:
        case Claim() | Argument():
            return names.ref(thing.ref), names.text(thing.ref)
        case Section(title=title):
            return f"“{title}”", ""
        case Issue(question=question):
            return f"“{question}”", ""
        case Speaker():
            return thing.key, thing.name
        case Source():
            return thing.key, thing.title
        case Relation():
            return names.ref(thing.tail), ""


def _owner(ref: Ref) -> Node:
    return ref.argument if isinstance(ref, StepRef) else ref
