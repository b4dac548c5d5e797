"""Advice on how a claim is put: one sentence, said as what it is, and said by somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from argmap.advice import sentences
from argmap.advice.languages import Language
from argmap.advice.study import Advice, Study, Thing, advice, name, place, wording
from argmap.model import Voice, Wording

_TITLES = re.compile(r"(?:(?:dr|prof|professor|mr|mrs|ms|mx|sir|herr|frau|the|der|die)\.? )+", re.I)
_LOOK = 300  # letters at the beginning, and at the end, in which it is said who says it


def pairs(study: Study) -> Iterator[Advice]:
    """Two sentences in one box.

    Austhink's *Rationale Exercises* (set 4): a box holds one thought, in one simple and clear
    sentence, so that each can have reasons and objections of its own. A question with its answer
    is two. The gist of an argument is a summary, and may be longer.
    """
    words = study.language
    abbreviations = words.abbreviations if words else frozenset[str]()
    numbered = words.numbered if words else frozenset[str]()
    for thing in study.debate.claims:
        shown = wording(thing)
        if shown is None:
            continue
        ordinals = words is None or words.ordinals
        at = sentences.second(shown.text, abbreviations, numbered, ordinals=ordinals)
        if at is not None:
            begin = " ".join(shown.text[at : at + 40].split()[:3]).rstrip(".,;:!?")
            question = "?" in shown.text[:at].rstrip()[-2:]
            yield advice(
                "AM803",
                f"{name(thing)} holds "
                + ("a question and its answer" if question else "two sentences")
                + f": the second begins “{begin}”",
                place(thing),
                "leave the question out, and write the answer as one full sentence"
                if question
                else "give each sentence a box of its own, the second as a reason or an answer",
                (thing,),
            )


def owners(study: Study) -> Iterator[Advice]:
    """A claim that says who says it.

    Who holds a claim is said beside it, with ``speaker:``, ``voice:`` and ``of:``; its words are
    what is held. "Keller says that it rains" is true whenever Keller says so, and what one wants
    to argue for is that it rains. The rules of MyGoodPoint keep all "believing" and "agreeing"
    out of arguments likewise; Harrell (*Using Argument Diagramming Software in the Classroom*)
    finds that beginners map a text as a story.
    """
    for thing, shown, who in study.once(_credited):
        if who in _OWN:
            reported = shown.voice is Voice.REPORTED
            owner = shown.of if reported else shown.by
            yield advice(
                "AM805",
                f"{name(thing)} says that its speaker thinks so, which every claim says by itself"
                if who == "I"
                else f"{name(thing)} says that {owner} says so, which stands beside it already",
                place(thing),
                "write the claim itself, without “I think that”"
                if who == "I"
                else "write the claim itself; whose it is stands in "
                + ("of:" if reported else "speaker:"),
                (thing,),
            )
        elif who and who != _NOBODY:
            yield advice(
                "AM805",
                f"{name(thing)} tells that {who} says so, as if that were the claim",
                place(thing),
                f"write what {who} says, and add  {{voice: reported, of: {who}}}",
                (thing,),
            )


def nobodys(study: Study) -> Iterator[Advice]:
    """A view that somebody is said to hold, and nobody knows who.

    "Some say", "critics argue", "it is believed": what Wikipedia's editors call weasel words
    (its *Manual of Style*). Who reads the map cannot ask them for their reasons. A claim that is
    marked as reported, without an owner, is told of in the ordinary check.
    """
    for thing, _, who in study.once(_credited):
        if who == _NOBODY:
            yield advice(
                "AM809",
                f"{name(thing)} is somebody's view, but it is not said whose",
                place(thing),
                "write what they say, and add  {voice: reported, of: …}  with a name; "
                "or say it yourself",
                (thing,),
            )


_NOBODY = "nobody"
_OWN = ("I", "speaker")


def _credited(study: Study) -> Iterator[tuple[Thing, Wording, str]]:
    """Every claim and gist that says who says it, and who: ``I``, ``speaker``, ``nobody`` or a
    name.
    """
    if study.language is None:
        return
    names: dict[str, frozenset[str]] = {}
    for thing in study.debate.things:
        shown = wording(thing)
        if shown is None or shown.voice is Voice.ASKED:
            continue
        if shown.by not in names:
            names[shown.by] = _names(study, shown.by)
        own = names[shown.by]
        reported = shown.voice is Voice.REPORTED
        if reported:
            own = frozenset({shown.of.casefold()} if shown.of else ())
        who = _who(study.language, shown.text.strip(), own, bool(shown.by))
        if who and (not reported or who == "speaker"):
            yield thing, shown, who


def _names(study: Study, key: str) -> frozenset[str]:
    """What the speaker of that key may be called, in small letters."""
    if not key:
        return frozenset()
    speaker = study.speakers.get(key)
    full = speaker.full if speaker else key
    return frozenset(n.casefold() for n in (key, full, full.rsplit(maxsplit=1)[-1]) if n)


def _who(language: Language, text: str, own: frozenset[str], known: bool) -> str:
    """Whom *text* names as the one who says it; "" for nobody at all."""
    head = text[:_LOOK]
    if language.mine.match(head):
        return "I"
    if language.nobodys.match(head) and not re.search(r" (?:by|von|durch) ", head):
        return _NOBODY
    openings = (p.match(head) for p in language.credits)
    closings = (p.match(text[-_LOOK:]) for p in language.closings)
    for m in (*openings, *closings):
        if m and (who := _person(language, m["who"], own, known)):
            return who
    m = language.saying.match(head)
    if m is None:
        return ""
    words = m["who"].casefold().split()
    if words[0] in language.articles and (len(words) == 1 or m["verb"] in language.nouns):
        is_nobodys = _person(language, m["who"], own, known) == _NOBODY
        return _NOBODY if is_nobodys else ""  # the claim that, and not: they claim that
    if re.search(r"(?:['’]s|s['’])$", words[-1]):
        return ""
    who = _person(language, m["who"], own, known)
    sure = m["that"] or who == "speaker"
    return who if sure or (who == _NOBODY and _strong(language, m["who"], m["verb"])) else ""


def _person(language: Language, who: str, own: frozenset[str], known: bool) -> str:
    """Who is meant by *who*; "" if nobody in particular says anything."""
    who = " ".join(who.strip(' ,“”"«»„').split())
    plain = _TITLES.sub("", who.casefold())
    words = plain.split()
    if not words:
        return ""
    if plain in own:
        return "speaker"
    if any(w in language.clause for w in words):
        return ""
    if words[-1] in own:
        return "speaker"
    if len(words) == 1 and words[0] in language.speaker:
        return "speaker" if known else _NOBODY
    rest = [w for w in words if w not in language.quantity]
    if (rest or words)[0] in language.somebody:
        return _NOBODY
    if not rest:
        return ""
    return who[0].lower() + who[1:] if who.split()[0] in ("The", "A", "An", "Our", "My") else who


def _strong(language: Language, who: str, verb: str) -> bool:
    """Whether people surely say so, though no "that" follows: critics argue, experts warn."""
    people = language.somebody - language.quantity
    return not people.isdisjoint(who.casefold().split()) and verb.casefold() in language.strong
