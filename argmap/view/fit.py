"""Which cards are by an author, in a voice, of a kind, under a tag, a heading or a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import define, field

from argmap.errors import UnknownName
from argmap.model import Debate, Voice
from argmap.text import listed
from argmap.view.choice import What
from argmap.view.core import Card, Inference, Role, View
from argmap.view.groups import issues

_KINDS: Mapping[str, Role] = {r.name.lower(): r for r in Role}
_WHATS: tuple[What, ...] = ("author", "voice", "kind", "tag", "section", "issue", "links")
_CROSS = "cross"


def values(debate: Debate) -> Mapping[str, tuple[str, ...]]:
    """Everything that can be chosen by, and the values that it has in *debate*."""
    return {
        "author": tuple(s.key for s in debate.speakers),
        "voice": tuple(v.value for v in Voice),
        "kind": tuple(_KINDS),
        "tag": tuple(dict.fromkeys(tag for t in debate.things for tag in t.tags)),
        "section": tuple(dict.fromkeys(s.title for s in debate.sections if s.title)),
        "issue": tuple(dict.fromkeys(i.question for i in debate.issues)),
        "links": (_CROSS,),
    }


@define
class Fit:
    """What cards must fit: one value of every kind that *only* names.

    Making one raises UnknownName for a value that *debate* does not have.
    """

    view: View
    debate: Debate
    only: tuple[tuple[What, str], ...]
    _tests: list[Callable[[Card], bool]] = field(factory=list, init=False)
    _phrases: list[str] = field(factory=list, init=False)
    cross: bool = field(default=False, init=False)

    def __attrs_post_init__(self) -> None:
        asked: dict[str, list[str]] = {}
        for what, value in self.only:
            if what not in _WHATS:
                raise UnknownName("way to choose", what, _WHATS, few=True)
            asked.setdefault(what, []).append(value)
        known = values(self.debate)
        exact: dict[str, list[str]] = {w: [] for w in _WHATS}
        for what in _WHATS:
            for value in asked.get(what, ()):
                exact[what].append(self._known(what, value, known[what]))
        self._sayings(set(exact["author"]), set(exact["voice"]))
        self.cross = bool(exact["links"])
        roles = {_KINDS[k] for k in exact["kind"]}
        tags = set(exact["tag"])
        if roles:
            self._tests.append(lambda c: c.role in roles)
        if tags:
            self._tests.append(lambda c: not tags.isdisjoint(c.tags))
        self._places(exact["section"], exact["issue"])
        self._describe(exact)

    def takes(self, card: Card) -> bool:
        """Whether *card* fits."""
        return all(test(card) for test in self._tests)

    def crossing(self) -> list[Inference]:
        """Each link between authors of whose ends one fits."""
        return [
            i
            for i in self.view.inferences
            if self._is_across(i) and any(self.takes(self.view.by_id[e]) for e in self.ends(i))
        ]

    def ends(self, i: Inference) -> tuple[str, ...]:
        """The cards that *i* joins: premises, what they bear on, and the premises of what that is
        if it is a step.
        """
        return tuple(dict.fromkeys((*i.tails, *self._heads(i), self.view.head_card(i))))

    def _heads(self, i: Inference) -> tuple[str, ...]:
        struck = self.view.inference.get(i.head)
        return struck.tails if struck else (i.head,)

    def _is_across(self, i: Inference) -> bool:
        """Whether the cards that *i* joins are of different authors."""
        whose = {self.view.by_id[h].speaker for h in self._heads(i)} - {""}
        others = {self.view.by_id[t].speaker for t in i.tails} - {""}
        return bool(whose and others and whose != others)

    @property
    def words(self) -> str:
        """What is asked for, in a phrase: ``by Rumer and hedged``."""
        said = listed(self._phrases)
        if not self.cross:
            return f"what is {said}, with what it bears on"
        return f"links between authors{f', one of them {said}' if said else ''}"

    def _sayings(self, authors: set[str], voices: set[str]) -> None:
        """By one of *authors* in one of *voices*, where they are given."""
        if not authors and not voices:
            return
        wordings = {t.ref: t.wordings for t in self.debate.things}
        self._tests.append(
            lambda c: any(
                (not authors or w.by in authors) and (not voices or w.voice.value in voices)
                for w in wordings[c.ref]
            )
        )

    def _places(self, sections: Sequence[str], questions: Sequence[str]) -> None:
        """Under one of *sections*; on one of *questions*."""
        if sections:
            paths = {s.path for s in self.debate.sections if s.title in sections}
            self._tests.append(
                lambda c: any(c.section[:n] in paths for n in range(1, len(c.section) + 1))
            )
        if questions:
            asked = {i.section for i in self.debate.issues if i.question in questions}
            of = issues(self.view, self.debate.issues)
            self._tests.append(lambda c: not asked.isdisjoint(of[c.id]))

    def _known(self, what: str, value: str, known: Iterable[str]) -> str:
        """The one of *known* that *value* means."""
        known = list(known)
        wanted = _plain(what, value)
        for k in known:
            if k == value:
                return k
        for k in known:
            if _plain(what, k) == wanted:
                return k
        if what == "author":
            for s in self.debate.speakers:
                if s.full.casefold() == wanted:
                    return s.key
            known += [s.full for s in self.debate.speakers if s.full not in known]
        if what in ("section", "issue"):
            parts = [k for k in known if wanted and wanted in k.casefold()]
            if len(parts) == 1:
                return parts[0]
        few = what in ("voice", "kind", "links") or 0 < len(known) <= _FEW
        raise UnknownName(_NAMES.get(what, what), value, known, few=few)

    def _describe(self, exact: Mapping[str, Sequence[str]]) -> None:
        told = {
            "author": "by {}",
            "voice": "{}",
            "kind": "{}",
            "tag": "tagged {}",
            "section": "under “{}”",
            "issue": "on “{}”",
        }
        for what, phrase in told.items():
            found = [_with_article(v) if what == "kind" else v for v in exact[what]]
            if found:
                said = [phrase.format(v) if "“" in phrase else v for v in dict.fromkeys(found)]
                whole = listed(said, "or")
                self._phrases.append(whole if "“" in phrase else phrase.format(whole))


_FEW = 12  # values that a message lists
_NAMES = {"section": "heading", "issue": "question", "links": "choice of links"}


def _plain(what: str, value: str) -> str:
    """*value* without what people leave out or put in."""
    value = value.strip().casefold()
    match what:
        case "tag":
            return value.removeprefix("#").removeprefix("(").removesuffix(")")
        case "kind":
            return value.removesuffix("s")
        case "issue":
            return value.rstrip("?\uff1f\u061f\u037e ")
        case _:
            return value


def _with_article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "ou" else f"a {kind}"
