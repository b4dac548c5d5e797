"""Whether those who are said to hold a claim occur in the text that it is from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from attrs import define, field

from argmap.errors import guesses
from argmap.model import Debate, Speaker, Wording
from argmap.provenance.search import Index
from argmap.text import Problems, Span, listed

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_NAME = re.compile(r"\b[^\W\d_a-zß-ÿ]\w{2,}")  # a word with a capital
_SMALL = frozenset(
    """
    a all an and any are as at be been both but by each few for from had has have he her his in is
    it its like many most much no not of on one or other others our own same several she so some
    such than that the their them then these they this those to two under us was we were which who
    whom whose with
    aus bei das dem den der des die ein eine einem einen einer eines einige im in manche mit und
    viele vom von zu zum zur
    au aux de del della des di du el en et la las le les los un una une y
    """.split()
)
_LONG = 6  # letters from which on a word may end otherwise in the text


@define
class People:
    """Looks for the speakers of a debate, and those whom they report, in its texts."""

    debate: Debate
    indexes: Mapping[str, Index]
    problems: Problems
    somewhere: Span
    _told: set[tuple[str, tuple[str, ...]]] = field(factory=set)

    def check(self) -> None:
        """Tell of everybody whom no text that is cited for them knows."""
        speakers = {s.key: s for s in self.debate.speakers}
        authors = {s.key: s.authors for s in self.debate.sources}
        for t in self.debate.things:
            for w in t.wordings:
                cited = tuple(dict.fromkeys(c.source for c in w.cited if c.source in self.indexes))
                if cited and w.by:
                    wrote = [a for key in cited for a in authors.get(key, ())]
                    self._speaker(speakers.get(w.by, Speaker(w.by)), cited, wrote, w)
                if cited and w.of:
                    self._owner(w, cited)

    def _speaker(
        self, speaker: Speaker, cited: tuple[str, ...], wrote: Sequence[str], w: Wording
    ) -> None:
        if speaker.data.get("unsigned") is True or (speaker.full, cited) in self._told:
            return
        names = names_of(speaker)
        known = any(self.indexes[key].has_word(n) for key in cited for n in names)
        signed = {word.casefold() for a in wrote for word in (a, *_WORD.findall(a))}
        if not known and not any(n.casefold() in signed for n in names):
            help = (
                "name whom the text names; for another name of theirs, write  aliases: […]  in"
                " speaker:, and for a text that nobody signed  unsigned: true"
            )
            self._never(speaker.full, cited, speaker.span or w.span, names, help)

    def _owner(self, w: Wording, cited: tuple[str, ...]) -> None:
        """Names must all be known; of words without a capital, one is enough."""
        words = [x for x in _WORD.findall(w.of) if x.casefold() not in _SMALL]
        names = [x for x in words if x[0].isupper()]
        known = [x for x in names or words if any(_knows(self.indexes[key], x) for key in cited)]
        if words and (len(known) < len(names) if names else not known):
            missing = [x for x in names if x not in known] or words
            place = w.of_span or w.span
            self._never(w.of, cited, place, missing, "name them as the text does")

    def _never(
        self, name: str, cited: tuple[str, ...], span: Span | None, words: Sequence[str], help: str
    ) -> None:
        """Tell that the texts do not know *name*, once."""
        if (name, cited) in self._told:
            return
        self._told.add((name, cited))
        texts = [self.indexes[key].document for key in cited]
        there = dict.fromkeys(x for d in texts for x in _NAME.findall(d.body))
        near = [g for x in words for g in guesses(x, there) if g.casefold() != x.casefold()]
        where = listed([d.text.name for d in texts], "or")
        more = f"did you mean {near[0]!r}? if not, " if near else ""
        self.problems.doubt(
            "AM609", f"{name!r} never occurs in {where}", span or self.somewhere, more + help
        )


def names_of(speaker: Speaker) -> tuple[str, ...]:
    """The names under which a text may know *speaker*: the key, the last name, the aliases."""
    said = speaker.data.get("aliases")
    aliases = said if isinstance(said, tuple) else (said,)
    names = (speaker.key, *speaker.full.split()[-1:], *aliases)
    return tuple(n for n in names if isinstance(n, str) and n)


def _knows(index: Index, word: str) -> bool:
    """Whether a text has *word*, or one that begins like it and ends otherwise."""
    stem = word[: max(_LONG - 2, len(word) - 2)] if len(word) >= _LONG else ""
    return index.has_word(word) or bool(stem and index.has_word(stem, begun=True))
