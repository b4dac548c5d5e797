"""The words of a claim that carry its content, and whether others say the same.

Words are compared by their stems (Porter's Snowball stemmers, from ``snowballstemmer``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from attrs import define, field, frozen

from argmap.advice.languages import Language

_TOKEN = re.compile(
    r"(?P<skip>https?://\S+|#\(?[\w-]+|(?<!\w)(?:[^\W\d_]\.){2,})|(?P<number>\d+(?:[.,:]\d+)*)(?!\w)"
    r"|(?P<word>[^\W_]+(?:['’‐‑-][^\W_]+)*)"
)
_FOREIGN = re.compile("[^\\W\\d_\u0000-\u024f\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff\ufb00-\ufb06]")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?:\D|$))")
_ENDING = re.compile(r"['’](?:s|re|ve|ll|d|m)?$")
_HYPHEN = re.compile("[‐‑-]")
_LONG = 24  # letters of a word that are looked at
_ROOT = 4  # letters that two words have in common, at least, if one is made from the other


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802


class Term(NamedTuple):
    """A word with content, as it is *written*, and the stems of its parts.

    A hyphenated word has one more stem: that of all its parts together.
    """

    written: str
    stems: tuple[str, ...]
    key: bool


@frozen
class Said:
    """What a text says, as a bag of words; *content* are the stems of all its terms."""

    terms: tuple[Term, ...]
    content: frozenset[str]
    logic: frozenset[str]
    negated: bool

    @property
    def keys(self) -> tuple[Term, ...]:
        """The terms that other claims can be asked to mention."""
        return tuple(t for t in self.terms if t.key)

    def repeats(self, other: Said) -> bool:
        """Whether both say the same in the same words: four of five stems are common to both
        (Jaccard 1901), and neither negations, numbers nor the likes of "all" and "should" differ.
        """
        if self.negated != other.negated or self.logic != other.logic:
            return False
        a, b = self.content, other.content
        return len(a) > 1 and len(b) > 1 and 5 * len(a & b) >= 4 * len(a | b)


class _Look(NamedTuple):
    """What one word or number is to the language."""

    negates: bool
    logic: str
    term: Term | None


@define
class Vocabulary:
    """Takes texts of one language to pieces; every word is looked at once."""

    language: Language
    _stemmer: _Stemmer | None = None
    _stems: dict[str, str] = field(factory=dict)
    _looks: dict[str, _Look] = field(factory=dict)

    def said(self, text: str) -> Said | None:
        """What *text* says; None if it is not written in the letters of the language."""
        text = unicodedata.normalize("NFC", text)
        if _FOREIGN.search(text):
            return None
        terms: dict[tuple[str, ...], Term] = {}
        logic: set[str] = set()
        negations = 0
        for m in _TOKEN.finditer(text):
            if m["skip"]:
                continue
            written = m[0]
            look = self._looks.get(written)
            if look is None:
                look = self._looks[written] = self._look(written, bool(m["number"]))
            negations += look.negates
            if look.logic:
                logic.add(look.logic)
            if look.term:
                terms.setdefault(look.term.stems, look.term)
        content = frozenset(stems[-1] for stems in terms)
        return Said(tuple(terms.values()), content, frozenset(logic), negations % 2 == 1)

    def _look(self, written: str, is_number: bool) -> _Look:
        if is_number:
            number = "#" + _THOUSANDS.sub("", written)
            return _Look(False, number, Term(written, (number,), True))
        word = written.lower()
        if word in self.language.negations or word.endswith(("n't", "n’t")):
            return _Look(True, "", None)
        word = _ENDING.sub("", word)
        if word in self.language.logic:
            return _Look(False, word, None)
        if word in self.language.small:
            return _Look(False, "", None)
        key = word not in self.language.vague
        return _Look(False, "", Term(_ENDING.sub("", written), self._parts(word), key))

    def _parts(self, word: str) -> tuple[str, ...]:
        if "-" not in word and "‐" not in word and "‑" not in word:
            return (self._stem(word),)
        parts = _HYPHEN.split(word)
        few = [p for p in parts[:_LONG] if p not in self.language.small]
        return tuple(self._stem(p) for p in (*few, "".join(parts)))

    def _stem(self, word: str) -> str:
        word = word[:_LONG]
        found = self._stems.get(word)
        if found is None:
            if self._stemmer is None:
                import snowballstemmer

                self._stemmer = snowballstemmer.stemmer(self.language.stemmer)
            plain = self.language.forms.get(word, word)
            found = self._stems[word] = self._stemmer.stemWord(plain) or plain
        return found


@define
class Heard:
    """Which words were heard, and from whom.

    Words are taken for one if their stems are, or if one looks like made from the other: it
    begins with it, or two thirds of the longer are common to both (Russia, Russian; free,
    freedom; decide, decision); where words are written together, also if it ends with it.
    """

    compounds: bool
    _heads: dict[str, list[tuple[int, int]]] = field(factory=dict)

    def add(self, owner: int, said: Said) -> None:
        """Hear what *owner* says."""
        for term in said.terms:
            for stem in term.stems:
                n = len(stem)
                self._note(stem, n, owner)
                if stem[0] == "#":
                    continue
                for k in range(_ROOT, n):
                    self._note(stem[:k], n, owner)
                if self.compounds:
                    for k in range(_ROOT + 1, n):
                        self._note("~" + stem[n - k :], n, owner)

    def _note(self, head: str, length: int, owner: int) -> None:
        """Keep the shortest word with this *head*, of each of the two owners with the shortest."""
        kept = self._heads.setdefault(head, [])
        for i, (n, who) in enumerate(kept):
            if who == owner:
                kept[i] = (min(n, length), who)
                break
        else:
            kept.append((length, owner))
        kept.sort()
        del kept[2:]

    def has(self, term: Term, but: int = -1) -> bool:
        """Whether anybody *but* that one said *term*, or a part of it."""
        return any(self._has(stem, but) for stem in term.stems)

    def _has(self, stem: str, but: int) -> bool:
        n = len(stem)
        same = self._shortest(stem, but)
        if same and (same == n or (n >= _ROOT and stem[0] != "#")):
            return True
        if stem[0] == "#":
            return False
        for k in range(_ROOT, n):
            near = self._shortest(stem[:k], but)
            if near and (near == k or 3 * k >= 2 * max(n, near)):
                return True
        return self.compounds and (
            (n > _ROOT and self._shortest("~" + stem, but) > 0)
            or any(self._shortest(stem[n - k :], but) == k for k in range(_ROOT + 1, n))
        )

    def _shortest(self, head: str, but: int) -> int:
        return next((n for n, who in self._heads.get(head, ()) if who != but), 0)


def listed(terms: Iterable[Term], most: int = 4) -> str:
    """The first *most* of *terms*, as a message names them.

    >>> listed([Term("ban", ("ban",), True), Term("phones", ("phone",), True)])
    '“ban” and “phones”'
    """
    words = [f"“{t.written[:40]}”" for t in terms]
    if len(words) > most:
        words = [*words[: most - 1], f"{len(words) - most + 1} more words"]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
