"""What is known of a claim beside what it says: who accepts it, what became of it, how many voted
for it, what to say when it is shown, where to read more.

It stands among the data of a claim or an argument, and is kept and written as all data are.
"""

from __future__ import annotations

import re

from attrs import define, field, frozen

from argmap.errors import UnknownName
from argmap.model.core import Data, Value
from argmap.text import printable

KEYS = ("stance", "verdict", "votes", "note", "url")
STANCES = ("accepts", "rejects", "unsure")
VERDICTS = ("stands", "falls", "undecided")

_BALLOT = ("for", "against", "abstain")
_SCALE = ("0", "1", "2", "3", "4")
_MOST = 10**9  # votes that anybody counts
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"\\^`{|}]+", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[/?#:]\S*)?")
_SHOWN = 60  # characters of a wrong value that a message shows

_VOTES = "write  votes: {for: 12, against: 3}, or on a scale from 0 to 4  votes: {0: 1, 3: 9}"
_STANCE = "write  stance: {Okafor: rejects, Lindqvist: accepts}"


@frozen
class Fault:
    """What cannot be understood. *path* are the keys that lead to it."""

    path: tuple[str, ...]
    code: str
    message: str
    help: str


@frozen
class Votes:
    """How many voted for what: on a *scale* from 0 to 4, or for, against, abstain."""

    counts: tuple[tuple[str, int], ...]
    scale: bool = False


@frozen
class Remarks:
    """As far as they can be understood. *stances* are by name, as it is written."""

    stances: tuple[tuple[str, str], ...] = ()
    verdict: str = ""
    votes: Votes | None = None
    note: str = ""
    url: str = ""
    faults: tuple[Fault, ...] = ()


NOTHING = Remarks()


def remarks(data: Data) -> Remarks:
    """What *data* say of a claim beside its words."""
    said = {k: v for k, v in data.items if k in KEYS and v is not None}
    if not said:
        return NOTHING
    read = _Reader()
    return Remarks(
        read.stances(said.get("stance")),
        read.verdict(said.get("verdict")),
        read.votes(said.get("votes")),
        read.note(said.get("note")),
        read.url(said.get("url")),
        tuple(read.faults),
    )


def is_address(url: str) -> bool:
    """Whether a link may lead to *url*: a page of the web, or somebody's mailbox.

    >>> is_address("https://example.org/a"), is_address("javascript:alert(1)")
    (True, False)
    """
    return printable(url) == url and _ADDRESS.fullmatch(url) is not None


def no_address(url: str) -> Fault:
    """What is wrong with a *url* that is no address, and what to write."""
    help = "write one that begins with  https://, http://  or  mailto:, and has no blanks"
    if len(url) <= _SHOWN and _HOST.fullmatch(url) and printable(url) == url:
        help = f"write  https://{url}"
    what = _cut(url) if url else "this"
    return Fault(("url",), "AM423", f"no link can lead to {what}", help)


@define
class _Reader:
    faults: list[Fault] = field(factory=list)

    def _doubt(self, path: tuple[str, ...], message: str, help: str) -> None:
        self.faults.append(Fault(path, "AM422", message, help))

    def stances(self, value: Value) -> tuple[tuple[str, str], ...]:
        if value is None:
            return ()
        if not isinstance(value, Data):
            self._doubt(("stance",), "'stance' says of each speaker what they hold of it", _STANCE)
            return ()
        found = []
        for name, how in value.items:
            if not name.strip():
                self._doubt(("stance",), "a stance needs the name of a speaker", _STANCE)
            elif word := self._word(("stance", name), how, "stance", STANCES):
                found.append((name, word))
        return tuple(found)

    def verdict(self, value: Value) -> str:
        return "" if value is None else self._word(("verdict",), value, "verdict", VERDICTS)

    def _word(self, path: tuple[str, ...], value: Value, what: str, known: tuple[str, ...]) -> str:
        """*value*, if it is one of the *known* words."""
        word = value.strip() if isinstance(value, str) else ""
        if word.casefold() in known:
            return word.casefold()
        help = f"the words are {', '.join(known)}"
        if word and len(word) <= _SHOWN:
            self.faults.append(Fault(path, "AM407", str(UnknownName(what, word, known)), help))
        else:
            self._doubt(path, f"a {what} is one word", help)
        return ""

    def votes(self, value: Value) -> Votes | None:
        if value is None:
            return None
        if not isinstance(value, Data) or not value:
            self._doubt(("votes",), "'votes' says how many voted for what", _VOTES)
            return None
        counts = []
        for key, count in value.items:
            if key not in (*_BALLOT, *_SCALE):
                self._doubt(("votes", key), f"nobody votes {_cut(key)}", _VOTES)
            elif isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= _MOST:
                self._doubt(("votes", key), "votes are counted in whole numbers from 0 on", _VOTES)
            else:
                counts.append((key, count))
        scales = {key in _SCALE for key, _ in counts}
        if len(scales) > 1:
            self._doubt(("votes",), "these are votes of two kinds", _VOTES)
        if len(scales) != 1 or len(counts) != len(value.items):
            return None
        return Votes(tuple(counts), scales.pop())

    def note(self, value: Value) -> str:
        lines = value if isinstance(value, tuple) else (value,)
        found = []
        for line in lines:
            if isinstance(line, str):
                found.append(line)
            elif line is not None:
                self._doubt(("note",), "'note' is a text, or a list of texts", 'write  note: "…"')
                return ""
        return "\n".join(found)

    def url(self, value: Value) -> str:
        if value is None:
            return ""
        url = value.strip() if isinstance(value, str) else ""
        if not is_address(url):
            self.faults.append(no_address(url))
            return ""
        return url


def _cut(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
