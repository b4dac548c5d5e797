"""Advice on premises: whether they fit together, and whether they can be premises at all."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from argmap.advice.study import Advice, Study, Thing, advice, backings, name, place, wording
from argmap.advice.words import Heard, Said, Term, listed
from argmap.model import Argument, Claim, Kind, Ref, Step, Voice
from argmap.model.walk import whole
from argmap.text import Note, Span


def rabbits(study: Study) -> Iterator[Advice]:
    """A key term of a conclusion that no premise mentions.

    The Rabbit Rule of Austhink's *Rationale* tutorials (now Critical Thinking Skills BV, tutorial
    2.6; taught as well by ThinkerAnalytix): every significant word of the contention must appear
    in one of the premises, for no rabbit comes out of a hat that was not put in. It is asked of
    premises that are given together, two or more, where the author says to have given the whole
    inference. A single reason leaves its other premises unsaid, as everybody does.
    """
    for j in study.once(_joined):
        missing = _missing(j)
        if missing:
            conclusion = j.claims[-1]
            span = j.step.span or place(conclusion)
            come, them = ("comes", "it") if len(missing) == 1 else ("come", "them")
            yield advice(
                "AM801",
                f"{listed(missing)} {come} out of nowhere in {name(conclusion)}: "
                f"no premise of {name(j.argument)} mentions {them}",
                span,
                "add the premise that leads there, or use the same words above and below the line",
                (j.argument, j.step, conclusion),
                _elsewhere(conclusion, span),
            )


def hands(study: Study) -> Iterator[Advice]:
    """A key term of one premise that is found nowhere else in its inference.

    The Holding Hands Rule of Austhink's *Rationale* tutorials (tutorial 2.8): every significant
    word of a premise that is not in the contention must appear in another premise, so that the
    premises hold hands. As there, it comes second: where the Rabbit Rule has something to say,
    the premises will change first.
    """
    for j in study.once(_joined):
        conclusion = j.claims[-1]
        rabbits_are_told = not study.switches.off("AM801", (j.argument, j.step, conclusion))
        if rabbits_are_told and _missing(j):
            continue
        for number, premise in enumerate(j.claims[:-1]):
            alone = [t for t in j.said[number].keys if not j.heard.has(t, number)]
            if alone:
                hold, them = ("holds", "it") if len(alone) == 1 else ("hold", "them")
                yield advice(
                    "AM802",
                    f"{listed(alone)} in {name(premise)} {hold} hands with nothing: neither the "
                    f"conclusion nor another premise of {name(j.argument)} mentions {them}",
                    place(premise),
                    "say it in the words of the other premises, add the premise that links "
                    f"{them}, or leave {them} out",
                    (premise, j.argument, j.step),
                )


@frozen
class _Joined:
    """An inference from several premises of which all words are known.

    *claims* are the premises and, last, the conclusion; *said* is what each says, and *heard*
    which of them says what.
    """

    argument: Argument
    step: Step
    claims: tuple[Claim, ...]
    said: tuple[Said, ...]
    heard: Heard


def _joined(study: Study) -> Iterator[_Joined]:
    for a, s in study.steps:
        if len(s.premises) < 2 or s.conclusion in s.premises:
            continue
        claims = tuple(study.claims[ref] for ref in (*s.premises, s.conclusion))
        said = tuple(t for c in claims if (t := study.said(c)) is not None)
        if len(said) == len(claims):
            heard = Heard(study.language is not None and study.language.compounds)
            for number, each in enumerate(said):
                heard.add(number, each)
            yield _Joined(a, s, claims, said, heard)


def _missing(j: _Joined) -> list[Term]:
    """The key terms of the conclusion that no premise has."""
    return [t for t in j.said[-1].keys if not j.heard.has(t, len(j.said) - 1)]


def questions(study: Study) -> Iterator[Advice]:
    """A question that is given as a reason.

    Austhink's tutorials for *Reason!Able* (1.5, "Use sentences"): boxes contain full, declarative
    sentences, for a question states nothing that could be true or false. A question that stands
    on its own, for others to answer, is none of these.
    """
    given: dict[Ref, tuple[str, Thing, tuple[Thing | Step, ...]]] = {}
    for r in study.debate.relations:
        if not r.kind.symmetric and r.tail != r.head and r.tail not in given:
            thing = study.thing(whole(r.tail))
            if not (isinstance(thing, Argument) and thing.steps):
                role = "a reason" if r.kind in (Kind.SUPPORT, Kind.ENTAILMENT) else "an objection"
                given[thing.ref] = (role, thing, (thing,))
    for a, s in study.steps:
        for p in s.premises:
            given.setdefault(p, ("a premise", study.claims[p], (study.claims[p], a, s)))
    for role, thing, about in given.values():
        shown = wording(thing)
        if shown is None:
            continue
        if asks(shown.text) or shown.voice is Voice.ASKED:
            how = "is a question" if asks(shown.text) else "is asked, not said"
            yield advice(
                "AM804",
                f"{name(thing)} {how}, and stands as {role}",
                place(thing),
                "write the answer that you have in mind, as a sentence that is true or false",
                about,
            )


def asks(text: str) -> bool:
    """Whether *text* is a question, by its last mark.

    >>> asks("Who pays?"), asks("They ask “who pays?”"), asks("مَن يدفع؟")
    (True, False, True)
    """
    return text.rstrip(" \t\r\n)]*_!").endswith(("?", "؟", "？", "⁇", "⁈", "՞"))


def repetitions(study: Study) -> Iterator[Advice]:
    """A reason that says what it is a reason for.

    Begging the question in its plainest form (*petitio principii*, Aristotle, *Topics* VIII 13:
    when one asks for the very thing that is to be shown).
    """
    told: set[tuple[object, object]] = set()
    for reason, claim, about, span in backings(study):
        if (reason.ref, claim.ref) in told:
            continue
        told.add((reason.ref, claim.ref))
        a, b = study.said(reason), study.said(claim)
        if a is not None and b is not None and a.repeats(b):
            yield advice(
                "AM806",
                f"{name(reason)} says the same as {name(claim)}, for which it is a reason",
                span,
                "give a reason that would move somebody who does not believe the claim yet",
                about,
                _elsewhere(claim, span),
            )


def _elsewhere(claim: Claim, span: Span | None) -> tuple[Note, ...]:
    """A note where the words of *claim* stand, if that is elsewhere."""
    there = place(claim)
    return (Note("this is the claim", there),) if there and span and there != span else ()
