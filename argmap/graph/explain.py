"""Why a claim or an argument is in a map or not, and what to write to change that."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from attrs import evolve, frozen

from argmap.errors import UnknownName
from argmap.graph.build import Stage, staged, to_graph
from argmap.graph.core import Node
from argmap.graph.select import Choice, Why
from argmap.graph.wording import canonical
from argmap.model import Argument, ArgumentRef, Claim, ClaimRef, Debate, Ref, StepRef, is_made_up
from argmap.settings import Settings

_LONGEST = 60  # characters of a text that stands for a title
_MOST = 4  # names in a row


@frozen
class Explanation:
    """Whether *ref* is in the map, by which rule, and how to change it.

    *because* is a sentence without its beginning and full stop, as is each *further* remark;
    *changes* are what to write for the opposite.
    """

    ref: ClaimRef | ArgumentRef
    called: str
    shown: bool
    why: Why
    because: str
    changes: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    others: tuple[Ref, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What to tell: the reason, further remarks, what to write."""
        head = f"{self.called} is {'shown' if self.shown else 'not shown'}: {self.because}."
        rest = [f"{f[:1].upper()}{f[1:]}." for f in self.further]
        if self.changes:
            goal = "leave it out" if self.shown else "show it"
            rest.append(f"To {goal}, {_either(self.changes)}.")
        return (head, *rest)

    def __str__(self) -> str:
        return "\n".join(self.sentences)


def explain(debate: Debate, settings: Settings, title: str) -> Explanation:
    """Why what is called *title* is in the map of *debate* or not.

    *title* is ``[Claim]``, ``<Argument>`` or without brackets: then a claim, if there is one.

    Raises:
        UnknownName: nothing has that title; close ones are suggested.
    """
    stage = staged(debate, settings)
    ref = _asked(debate, title)
    telling = _Telling(debate, settings, stage)
    parts = [part for part, whole in stage.wholes.items() if whole == ref]
    if parts:
        return telling.taken_apart(ref, parts)
    found = telling.told(stage.selection.choices[ref])
    both = ArgumentRef(title) in {a.ref for a in debate.arguments}
    if ref == ClaimRef(title) and both:
        remark = f"there is an argument of that title too: ask for <{title}>"
        found = evolve(found, further=(*found.further, remark))
    return found


def left_out(debate: Debate, settings: Settings) -> tuple[Explanation, ...]:
    """Why each claim and argument is not in the map of *debate* that is not, in order."""
    stage = staged(debate, settings)
    telling = _Telling(debate, settings, stage)
    choices = stage.selection.choices
    found = (telling.told(choices[t.ref]) for t in stage.debate.things if t.ref in choices)
    return tuple(e for e in found if not e.shown)


def _asked(debate: Debate, title: str) -> ClaimRef | ArgumentRef:
    claims = {c.title: c.ref for c in debate.claims}
    arguments = {a.title: a.ref for a in debate.arguments}
    if title in claims:
        return claims[title]
    if title in arguments:
        return arguments[title]
    inner = title[1:-1]
    if title[:1] == "[" and title[-1:] == "]":
        if inner in claims:
            return claims[inner]
        raise UnknownName("claim", inner, claims)
    if title[:1] == "<" and title[-1:] == ">":
        if inner in arguments:
            return arguments[inner]
        raise UnknownName("argument", inner, arguments)
    worded = {canonical(t).text.casefold(): t.ref for t in reversed(debate.things)}
    if title.casefold() in worded:
        return worded[title.casefold()]
    raise UnknownName("claim or argument", title, (*claims, *arguments))


def _either(ways: Iterable[str]) -> str:
    """*ways* joined by "or", the last after a comma if there are several."""
    *first, last = ways
    return f"{', '.join(first)}, or {last}" if first else last


class _Telling:
    """Puts choices into words."""

    def __init__(self, debate: Debate, settings: Settings, stage: Stage) -> None:
        self.settings, self.stage = settings, stage
        self.things: dict[Ref, Claim | Argument] = {t.ref: t for t in debate.things}
        self.things |= {t.ref: t for t in stage.debate.things}

    def called(self, ref: Ref) -> str:
        """*ref* as its author would name it: by its title, or else by its first words."""
        if isinstance(ref, StepRef):
            return f"the inference of {self.called(ref.argument)}"
        if not is_made_up(ref.title):
            return str(ref)
        text = canonical(self.things[ref]).text
        if not text:
            return "an argument without a title" if isinstance(ref, ArgumentRef) else str(ref)
        return f"“{text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + '…'}”"

    def several(self, refs: Iterable[Ref]) -> str:
        """The names of *refs*, the first few of them."""
        names = [self.called(r) for r in refs]
        if len(names) > _MOST:
            names[_MOST - 1 :] = [f"{len(names) - _MOST + 1} others"]
        return " and ".join([*[", ".join(names[:-1])] * (len(names) > 1), names[-1]])

    def taken_apart(self, ref: ClaimRef | ArgumentRef, parts: list[Ref]) -> Explanation:
        """Of an argument that is drawn as one argument for each of its inferences."""
        choices = [self.stage.selection.choices[p] for p in parts]
        shown = [c for c in choices if c.shown]
        first = self.told((shown or choices)[0])
        remark = f"it is taken apart into {self.several(parts)}, by model.explodeArguments"
        if 0 < len(shown) < len(parts):
            remark += f"; to be seen: {self.several(c.ref for c in shown)}"
        found = evolve(first, ref=ref, called=self.called(ref), further=(remark, *first.further))
        if first.shown and not is_made_up(ref.title):
            listed = ", ".join(_quoted(p.title) for p in parts if not isinstance(p, StepRef))
            ways = (first.changes[0], f"set  selection: {{excludeArguments: [{listed}]}}")
            found = evolve(found, changes=ways)
        return found

    def told(self, choice: Choice) -> Explanation:
        """*choice* with its reason and what to write for the opposite."""
        because = self._because(choice)
        further = self._further(choice)
        changes = self._to_leave_out(choice) if choice.shown else self._to_show(choice)
        called = self.called(choice.ref)
        called = called[:1].upper() + called[1:]
        found = Explanation(
            choice.ref, called, choice.shown, choice.why, because, changes, further, choice.others
        )
        closed = self._closed_around(choice.ref) if choice.shown else ""
        if closed:
            return evolve(
                found,
                shown=False,
                why=Why.CLOSED,
                because=f"it is inside {closed!r}, a closed group, which hides what is in it",
                changes=("take isClosed away from that heading or group",
                         "set  group: {ignoreIsClosed: true}"),
            )  # fmt: skip
        return found

    def _closed_around(self, ref: Ref) -> str:
        """The title of the closed group that hides *ref*; "" if it is to be seen."""
        if ref in {n.ref for n in to_graph(self.stage, self.settings) if isinstance(n, Node)}:
            return ""
        sections = self.stage.sections
        id = sections.group_of(sections.of.get(ref, ""))
        while id and not sections.places[id].closed:
            id = sections.group_of(sections.places[id].under)
        return sections.places[id].title if id else ""

    def _because(self, choice: Choice) -> str:
        """The rule that decided, in words."""
        argument = isinstance(choice.ref, ArgumentRef)
        s = self.settings.selection
        mode = f"selection.statementSelectionMode is {s.statement_selection_mode.value}"
        names = self.several(choice.others) if choice.others else ""
        on_the_way = self.stage.parts.between.get(choice.ref)
        between = self.several(dict.fromkeys(on_the_way)) if on_the_way else ""
        match choice.why:
            case Why.IN_MAP:
                return "it says {isInMap: true}"
            case Why.LISTED:
                return "it is listed in selection.includeStatements"
            case Why.EVERYTHING:
                if argument:
                    return "all arguments are, as selection.excludeDisconnected is false"
                return f"all claims that are connected with something are, as {mode}"
            case Why.TITLED:
                return "it has a title of its own"
            case Why.STANDS_ALONE:
                return f"it stands in a block of its own, and {mode}"
            case Why.RELATED:
                return f"there is a relation between it and {names}"
            case Why.UNUSED:
                return f"no argument has it as a premise or main conclusion, and {mode}"
            case Why.CONNECTED:
                return f"it is connected through {names}"
            case Why.NOT_IN_MAP:
                said = self.stage.keys[choice.ref].get("isInMap")
                if said is False:
                    return "it says {isInMap: false}"
                return f"its isInMap is {said!r}, and only true counts"
            case Why.EXCLUDED:
                return f"it is listed in selection.exclude{'Arg' if argument else 'Stat'}" + (
                    "uments" if argument else "ements"
                )
            case Why.OTHER_SECTION:
                place = self.stage.sections.places[self.stage.sections.of[choice.ref]]
                return f"it belongs to {place.title!r}, which selection.selectedSections omits"
            case Why.NO_SECTION:
                return "it stands under no heading, and selection.selectedSections is set"
            case Why.OTHER_TAG:
                return "it has none of the tags in selection.selectedTags"
            case Why.NO_TAG:
                return "it has no tag, and selection.selectedTags is set"
            case Why.DISCONNECTED:
                if argument:
                    return "nothing in the map is connected with it"
                if between:
                    return f"it is only a conclusion on the way inside {between}"
                return "it has no relation to anything in the map, and no argument uses it"
            case Why.UNTITLED:
                return f"it has no title of its own and is only used inside {names}"
            case Why.UNTITLED_ALONE:
                if between:
                    return f"it is only a conclusion on the way inside {between}"
                return "it has no title of its own, no relations and no part in an argument"
            case Why.NO_BLOCK:
                used = f", and {names} uses it" if names else ""
                return f"{mode}, it never stands in a block of its own{used}"
            case Why.USED:
                return f"{mode}, and it is used inside {names}"
            case Why.UNRELATED:
                return f"{mode}, and it has no relation to anything in the map"
            case Why.FEW:
                return f"{mode}, and besides being used inside {names} it bears on too little"
            case Why.CLOSED:
                return "it is inside a closed group"

    def _further(self, choice: Choice) -> tuple[str, ...]:
        """What becomes of the arrows of a claim that has no box."""
        if choice.shown or not isinstance(choice.ref, ClaimRef):
            return ()
        parts, shown = self.stage.parts, self.stage.selection.arguments
        using = dict.fromkeys((*parts.premise.get(choice.ref, ()), *parts.main.get(choice.ref, ())))
        drawn = [a for a in using if a in shown]
        if not drawn:
            return ()
        return (f"what bears on it is drawn to {self.several(drawn)} instead",)

    def _to_show(self, choice: Choice) -> tuple[str, ...]:
        """What to write so that it is shown."""
        argument = isinstance(choice.ref, ArgumentRef)
        s = self.settings.selection
        say = () if s.ignore_is_in_map else ("write {isInMap: true} after it",)
        everything = "set  selection: {statementSelectionMode: all}"
        alone = "set  selection: {excludeDisconnected: false}"
        match choice.why:
            case Why.NOT_IN_MAP:
                return ("take isInMap out", "set  selection: {ignoreIsInMap: true}")
            case Why.EXCLUDED:
                return ("take it out of that list",)
            case Why.OTHER_SECTION:
                return ("add its heading to selection.selectedSections",)
            case Why.NO_SECTION:
                return ("put it under a selected heading",
                        "set  selection: {selectElementsWithoutSection: true}")  # fmt: skip
            case Why.OTHER_TAG:
                return ("give it one of those tags",)
            case Why.NO_TAG:
                return ("give it one of those tags",
                        "set  selection: {selectElementsWithoutTag: true}")  # fmt: skip
            case Why.DISCONNECTED:
                relate = "relate it to something that is shown"
                return (relate, *say, alone)
            case Why.UNTITLED:
                return ("give it a title", *say, everything)
            case Why.UNTITLED_ALONE:
                return ("relate it to something that is shown", *say)
            case Why.NO_BLOCK:
                return ("write it in a block of its own", *say, everything)
            case Why.UNRELATED | Why.FEW:
                return ("relate it to more that is shown", *say, everything)
            case Why.USED:
                return (*say, everything)
            case _:
                return () if argument else say

    def _to_leave_out(self, choice: Choice) -> tuple[str, ...]:
        """What to write so that it is not shown."""
        if choice.why is Why.IN_MAP:
            return ("write {isInMap: false} instead",)
        if choice.why is Why.LISTED:
            return ("take it out of that list",)
        title = choice.ref.title
        listed = "excludeArguments" if isinstance(choice.ref, ArgumentRef) else "excludeStatements"
        ways = [] if self.settings.selection.ignore_is_in_map else ["write {isInMap: false}"]
        if not is_made_up(title):
            ways.append(f"set  selection: {{{listed}: [{_quoted(title)}]}}")
        return tuple(ways)


def _quoted(title: str) -> str:
    """*title* as YAML has it: in quotation marks where it could be taken for something else."""
    return title if _PLAIN.match(title) else json.dumps(title, ensure_ascii=False)


# begins with a letter and holds nothing that YAML gives a meaning, and is no word of its own
_PLAIN = re.compile(r"(?!(?:true|false|null)\Z)[^\W\d_][\w .'’/()-]*\Z", re.IGNORECASE)
