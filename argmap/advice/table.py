"""All rules of advice, and what they say of a debate."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePath

from attrs import define, field

from argmap.advice import chains, premises, sayings
from argmap.advice.languages import guessed, named
from argmap.advice.study import Rule, Study, Thing, name, place, wording
from argmap.errors import UnknownName, guesses
from argmap.model import Data, Debate, Step
from argmap.text import Problem, Severity, Span

RULES: tuple[Rule, ...] = (
    Rule(
        "AM801",
        "rabbit",
        "every key term of a conclusion is in a premise",
        premises.rabbits,
        words=True,
    ),
    Rule(
        "AM802",
        "holding-hands",
        "every key term of a premise is in the conclusion or in another premise",
        premises.hands,
        words=True,
    ),
    Rule("AM803", "one-sentence", "one sentence in one box", sayings.pairs),
    Rule("AM804", "question", "a reason is a statement, not a question", premises.questions),
    Rule(
        "AM805",
        "says",
        "a claim says what is so, and not who says so",
        sayings.owners,
        words=True,
    ),
    Rule(
        "AM806",
        "repetition",
        "a reason says something else than its claim",
        premises.repetitions,
        words=True,
    ),
    Rule(
        "AM807",
        "circle",
        "a chain of reasons does not come back in other words",
        chains.circles,
        words=True,
    ),
    Rule("AM808", "orphan", "every claim bears on another, or another on it", chains.orphans),
    Rule("AM809", "whose-view", "a view has an owner", sayings.nobodys, words=True),
)
"""The rules, in the order of their codes. A map, or a claim, can do without any of them."""

_SETTINGS = {"AM810": "tips", "AM811": "language"}  # what may be doubtful about the advice itself
_CODES = {r.code: r.code for r in RULES} | {code: code for code in _SETTINGS}
_NAMES = {r.name: r.code for r in RULES} | {n: code for code, n in _SETTINGS.items()}
_KNOWN = _CODES | _NAMES
_ALL = frozenset(_CODES)
_SAMPLE = 500  # claims, and letters of each, by which a language is known
_FEW = 30  # unknown names for which near ones are sought


def advise(
    debate: Debate, *, off: Collection[str] = (), language: str | None = None
) -> tuple[Problem, ...]:
    """What a teacher would say of *debate*, rule by rule, each in the order of the text.

    Rules in *off* say nothing, nor do those that ``tips:`` puts off in the map or on a claim; a
    rule is called by its code or its name. *language* goes before the map's own ``language:`` or
    ``lang:``; without any, it is guessed among those of which the words are known. Of
    positions that a debate is made of, nothing is said: they have advice, and switches, of their
    own.

    Raises:
        UnknownName: no rule has a name that is in *off*.

    >>> from argmap.model import Builder
    >>> b = Builder()
    >>> why = b.support(b.claim("Phones should go."), "Who needs them?")
    >>> [p.code for p in advise(b.build())]
    ['AM804']
    """
    switches = Switches(frozenset(map(_code, [off] if isinstance(off, str) else off)))
    own = _own(debate)
    top = Span(own, 0, 0) if own else None
    told = [*switches.front(debate.data, top), *switches.inside(debate)]
    wanted = _language(debate, language)
    known = named(wanted) if wanted else guessed(_sample(debate))
    if known is None and not switches.off("AM811"):
        told += _unspoken(wanted, top, switches)
    study = Study(debate, known, switches)
    for rule in RULES:
        if not switches.off(rule.code) and (study.language or not rule.words):
            told += (a.problem for a in rule.find(study) if not switches.off(rule.code, a.about))
    if _is_of_positions(debate):
        return tuple(p for p in told if p.span is None or p.span.name == own)
    return tuple(told)


_ORDINARY = {"AM807": "AM304", "AM809": "AM413"}


def silenced(off: Collection[str]) -> frozenset[str]:
    """The codes of the ordinary check that say the same as the rules in *off*.

    >>> sorted(silenced(["circle", "AM803"]))
    ['AM304']
    """
    return frozenset(_ORDINARY[code] for code in map(_code, off) if code in _ORDINARY)


@define
class Switches:
    """Which rules are off: *always*, and for one claim, argument or step."""

    always: frozenset[str]
    _here: dict[int, frozenset[str]] = field(factory=dict, init=False)  # by the identity of data
    _doubted: dict[str, str] = field(factory=dict, init=False)  # unknown names, and help

    def off(self, code: str, about: Iterable[Thing | Step] = ()) -> bool:
        """Whether the rule is off in the map, or for one of those it is *about*."""
        if code in self.always:
            return True
        return bool(self._here) and any(
            code in self._here.get(id(a.data), ()) for a in about if a.data
        )

    def front(self, data: Data, span: Span | None) -> Iterator[Problem]:
        """Take what a map's own keys put off, and tell what is doubtful about them."""
        found, doubts = _switched(data)
        self.always |= found
        if not self.off("AM810"):
            yield from (self._doubt(d, "this map", span) for d in doubts)

    def inside(self, debate: Debate) -> Iterator[Problem]:
        """Take what single claims, arguments and steps put off, as `front` does."""
        marked: list[tuple[Data, str, Span | None]]
        marked = [(t.data, name(t), place(t)) for t in debate.things if t.data]
        for a in debate.arguments:
            marked += [(s.data, f"a step of {a.ref}", s.span) for s in a.steps if s.data]
        for data, what, span in marked:
            found, doubts = _switched(data)
            if found:
                self._here[id(data)] = found
            if not self.off("AM810") and "AM810" not in found:
                yield from (self._doubt(d, what, span) for d in doubts)

    def _doubt(self, rule: str | None, what: str, span: Span | None) -> Problem:
        """A problem: *rule* is the name of none; None stands for keys of a wrong form."""
        if rule is None:
            message = f"the tips of {what} can be put off, and nothing else"
            help = "write  tips: off  for all, or  tips: {off: [AM803]}  for some"
        else:
            message = f"no rule of advice is named {rule!r}"
            if rule not in self._doubted:
                near = guesses(rule, _KNOWN) if len(self._doubted) < _FEW else ()
                self._doubted[rule] = f"; did you mean {near[0]!r}?" if near else ""
            message += self._doubted[rule]
            first, last = RULES[0], RULES[-1]
            help = f"write a code, {first.code} to {last.code}, or a name such as {first.name}"
        return Problem("AM810", message, span, Severity.WARNING, help=help)


def _switched(data: Data) -> tuple[frozenset[str], list[str | None]]:
    """The codes that ``tips:`` puts off, and the names in it that no rule has; None among them
    if it has a form that says nothing.
    """
    tips = data.get("tips")
    if tips is None or tips is True or tips == "on":
        return frozenset(), []
    if tips is False or tips == "off":
        return _ALL, []
    if isinstance(tips, Data) and not tips:
        return frozenset(), []
    if not isinstance(tips, Data) or any(key != "off" for key in tips):
        return frozenset(), [None]
    listed = tips.get("off")
    names = listed if isinstance(listed, tuple) else (listed,)
    doubts: list[str | None] = [
        None if not isinstance(n, str) else n
        for n in names
        if not (isinstance(n, str) and _folded(n) in _KNOWN)
    ]
    found = frozenset(
        _KNOWN[_folded(n)] for n in names if isinstance(n, str) and _folded(n) in _KNOWN
    )
    return found, list(dict.fromkeys(doubts))


def _folded(rule: str) -> str:
    rule = rule.strip()
    return rule.upper() if rule.upper() in _CODES else rule.casefold().replace(" ", "-")


def _code(rule: str) -> str:
    """The code of the rule that is called so. Raises UnknownName if none is."""
    if _folded(rule) not in _KNOWN:
        raise UnknownName("rule of advice", rule, _KNOWN)
    return _KNOWN[_folded(rule)]


def _language(debate: Debate, language: str | None) -> str:
    """What the language is called; "" if nobody says."""
    if language is not None:
        return language
    said = debate.data.get("language") or debate.data.get("lang")
    return said if isinstance(said, str) else "" if said is None else str(said)


def _sample(debate: Debate) -> Iterator[str]:
    """Some of the words of *debate*, by which its language is known."""
    for thing in debate.things[:_SAMPLE]:
        if shown := wording(thing):
            yield shown.text[:_SAMPLE]


def _unspoken(language: str, span: Span | None, switches: Switches) -> Iterator[Problem]:
    """A note that rules are left out because the words of *language* are not known."""
    left = [r.code for r in RULES if r.words and not switches.off(r.code)]
    if left:
        yield Problem(
            "AM811",
            f"the small words of language {language!r} are not known, so {', '.join(left)} "
            "are left out",
            span,
            Severity.NOTE,
            help="they are known of English (en) and German (de)",
        )


def _is_of_positions(debate: Debate) -> bool:
    return debate.front.get("positions") is not None


def _own(debate: Debate) -> str:
    """The name of the text that *debate* was read from; "" if there is none to be seen.

    The positions that a debate is made of come before everything of its own.
    """
    spans = [s.span for s in debate.sections] + [p for r in debate.relations for p in r.spans]
    spans += [t.span for t in debate.things]
    names = list(dict.fromkeys(s.name for s in spans if s))
    if not _is_of_positions(debate):
        return names[0] if names else ""
    listed = debate.front.get("positions")
    files = listed if isinstance(listed, tuple) else (listed,)
    others = {PurePath(f).name for f in files if isinstance(f, str)}
    return next((n for n in reversed(names) if PurePath(n).name not in others), "")
