"""What the keys of frontmatter and ``{…}`` say of speakers, sources, voices and links.

Everything here turns a `Placed` value into a value of the model, or into a problem at its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import define, evolve, field, frozen

from argmap.errors import NotADebate, UnknownName, guesses
from argmap.formats.argdown.data import Placed
from argmap.model import (
    MAPPER,
    NO_DATA,
    About,
    Builder,
    Citation,
    Data,
    Link,
    Sense,
    Source,
    Speaker,
    Voice,
)
from argmap.text import Problems, Severity, Span

FRONT = ("title", "speaker", "speakers", "source", "sources", "voice", "of", "positions")
INLINE = ("speaker", "source", "at", "quote", "voice", "of", "link")
_LINK = ("as", "about", "because", "by")
_FEW = 30  # unknown speakers for whom near names are sought
_LINK_ONLY = ("as", "about", "because")
_SPEAKER = ("key", "name", "role")
_SOURCE = ("key", "title", "author", "authors", "date", "place", "url", "file")
_HEADING = ("speaker", "source", "voice", "of")
_ARGDOWN = ("isInMap", "isCanonical", "isInGroup", "isGroup", "isClosed", "color", "images", "rank")


@frozen
class Defaults:
    """What is meant where an item does not say: from the file, then from its section."""

    speaker: str = ""
    source: str = ""
    voice: Voice = Voice.ASSERTED
    of: str = ""


@frozen
class Said:
    """What an item's data say of who holds it, how, where, and what its relation is."""

    speaker: str
    voice: Voice
    of: str
    cited: tuple[Citation, ...]
    link: Link | None
    link_span: Span | None
    rest: Data
    explicit: bool  # whether anything but the defaults was said


@define
class Keys:
    """Reads keys, and adds the speakers and sources they declare to *builder*."""

    builder: Builder
    problems: Problems
    closed: bool = False  # speakers are declared: others are unknown
    _unknown_speakers: set[str] = field(factory=set, init=False)
    _sources_closed: bool = field(default=False, init=False)
    _silent: tuple[Defaults, Said] | None = field(default=None, init=False)

    # --- frontmatter

    def front(self, front: Placed) -> Defaults:
        """Read all keys of frontmatter but ``positions``; what they mean for every item."""
        self._near_misses(front, FRONT)
        self._settings(front)
        if title := front.get("title"):
            self.builder.title = self._word(title, "title")
        if people := front.get("speakers"):
            self._listed(people, self._speaker)
            self.closed = True
        if works := front.get("sources"):
            self._listed(works, self._source)
            self._sources_closed = True
        defaults = self.defaults(front, Defaults())
        self.builder.position = defaults.speaker
        self.builder.data = _kept(front, FRONT)
        self.builder.front = front.value if isinstance(front.value, Data) else NO_DATA
        return defaults

    def _settings(self, front: Placed) -> None:
        """Tell what is doubtful about Argdown's settings."""
        from argmap.settings import entries, findings

        if not isinstance(front.value, Data):
            return
        for found in findings(entries(front.value)):
            span = key_span(front, found.path)
            self.problems.say(found.code, found.message, span, found.help, found.severity)

    def defaults(self, placed: Placed | None, above: Defaults) -> Defaults:
        """*above*, with what a file's or a heading's keys say."""
        if placed is None or not placed.is_mapping:
            return above
        if value := placed.get("speaker"):
            above = evolve(above, speaker=self._speaker(value, ""))
        if value := placed.get("source"):
            above = evolve(above, source=self._source(value))
        if value := placed.get("voice"):
            above = evolve(above, voice=self._voice(value))
        if value := placed.get("of"):
            above = evolve(above, of=self._word(value, "of"))
            if not placed.get("voice"):
                above = evolve(above, voice=Voice.REPORTED)  # whose else could it be
            elif above.voice is not Voice.REPORTED:
                self.problems.doubt(
                    "AM416",
                    f"of: says whose view it is, but the voice is {above.voice.value}",
                    value.span,
                    "write  voice: reported, or take of: out",
                )
        if above.voice is Voice.REPORTED and not above.of and (value := placed.get("voice")):
            self.problems.say(
                "AM413",
                "this view is reported, but it is not said whose it is",
                value.span,
                "add  of:  and a name",
                Severity.WARNING,
            )
        return above

    def section_data(self, placed: Placed | None) -> Data:
        """What a heading's data hold beside defaults."""
        if placed is not None:
            self._near_misses(placed, _HEADING)
            self._colour(placed)
        return _kept(placed, ("speaker", "source", "voice", "of")) if placed else NO_DATA

    def _listed(self, placed: Placed, take: Callable[[Placed, str], str]) -> None:
        """``{key: …}`` or ``[…]``: each entry of it."""
        if placed.elements or placed.value == ():
            for element in placed.elements:
                take(element, "")
        elif placed.is_mapping and not (placed.get("name") or placed.get("title")):
            for key, value, _ in placed:
                take(value, key)
        else:
            take(placed, "")

    def _speaker(self, placed: Placed, key: str) -> str:
        """The key of the speaker that *placed* declares or names."""
        if not placed.is_mapping:
            name = self._word(placed, "speaker")
            if not name or self.builder.has_speaker(name):
                return name
            if key or not self.closed:
                return self._add_speaker(Speaker(key, name), placed.span)
            return self._declared_speaker(name, placed.span)
        self._near_misses(placed, _SPEAKER)
        name = self._word(placed.get("name"), "name")
        key = self._word(placed.get("key"), "key") or key
        if not name and not key:
            self.problems.doubt(
                "AM406", "a speaker needs a name", placed.span, "write  name: Ana Keller"
            )
            return ""
        role = self._word(placed.get("role"), "role")
        return self._add_speaker(
            Speaker(key, name or key, role, _kept(placed, _SPEAKER)), placed.span
        )

    def _declared_speaker(self, name: str, span: Span) -> str:
        """The key of one of the speakers that are declared; near ones are sought a few times."""
        if name in self._unknown_speakers:
            return ""
        try:
            if len(self._unknown_speakers) < _FEW:
                return self.builder.key_of(name)
            message = f"no speaker is named {name!r}"
        except UnknownName as e:
            message = str(e)
        self._unknown_speakers.add(name)
        self.problems.doubt("AM408", message, span, "add it to speakers:")
        return ""

    def _add_speaker(self, s: Speaker, span: Span) -> str:
        if not s.name:
            return ""
        try:
            return self.builder.speaker(s.name, key=s.key, role=s.role, data=s.data).key
        except NotADebate as e:
            self.problems.say(e.code, e.message, span, e.help)
            return s.key

    def _source(self, placed: Placed, key: str = "") -> str:
        """The key of the source that *placed* declares or names."""
        if not placed.is_mapping:
            word = self._word(placed, "source")
            if not word or self.builder.has_source(word):
                return word
            if self._sources_closed and not key:
                self.problems.say(
                    "AM408",
                    str(UnknownName("source", word, self.builder.source_keys)),
                    placed.span,
                    "add it to sources:",
                    Severity.WARNING,
                )
            url = word if word.startswith(("http://", "https://")) else ""
            return self.builder.source(Source(key or word, word, url=url)).key
        self._near_misses(placed, _SOURCE)
        said = {k: self._word(placed.get(k), k) for k in ("title", "date", "place", "url", "file")}
        authors = self._words(placed.get("authors") or placed.get("author"), "authors")
        key = self._word(placed.get("key"), "key") or key or said["file"] or said["title"]
        if not key:
            self.problems.doubt("AM406", "a source needs a title", placed.span, "write  title: …")
            return ""
        source = Source(
            key,
            said["title"],
            authors,
            said["date"],
            said["place"],
            said["url"],
            said["file"],
            _kept(placed, _SOURCE),
        )
        return self.builder.source(source).key

    # --- items

    def said(self, placed: Placed | None, defaults: Defaults) -> Said:
        """What ``{…}`` says of an item."""
        if placed is not None and not placed.is_mapping:
            self.problems.say(
                "AM410", "these braces hold no key", placed.span, "write {key: value}"
            )
            placed = None
        if placed is None:
            if self._silent is None or self._silent[0] is not defaults:
                self._silent = (defaults, _silent(defaults))
            return self._silent[1]
        self._near_misses(placed, INLINE)
        for key, _, span in placed:
            if key in _LINK_ONLY and not placed.get("link"):
                self.problems.doubt(
                    "AM405",
                    f"{key!r} says something of a link, and stands outside one",
                    span,
                    f"write  link: {{{key}: …}}",
                )
        self._colour(placed)
        own = self.defaults(placed, defaults)
        link = placed.get("link")
        return Said(
            own.speaker,
            own.voice,
            own.of,
            self._cited(placed, own.source),
            self._link(link) if link else None,
            link.span if link else None,
            _kept(placed, INLINE),
            any(placed.get(k) for k in ("speaker", "source", "at", "quote", "voice", "of")),
        )

    def _cited(self, placed: Placed, source: str) -> tuple[Citation, ...]:
        """One citation for each place of ``at``, with the quotation that stands there."""
        at = self._words(placed.get("at"), "at")
        quotes = self._words(placed.get("quote"), "quote")
        if len(quotes) > max(1, len(at)):
            self.problems.doubt(
                "AM406",
                f"there are {len(quotes)} quotations for "
                + (f"{len(at)} places" if len(at) > 1 else "one place"),
                (placed.get("quote") or placed).span,
                "give as many places in at: as quotations in quote:",
            )
        found = [
            Citation(source, place, quotes[i] if i < len(quotes) else "")
            for i, place in enumerate(at or ("",))
        ]
        return tuple(c for c in found if c.source or c.at or c.quote)

    def _voice(self, placed: Placed) -> Voice:
        word = self._word(placed, "voice")
        if not word:
            return Voice.ASSERTED
        try:
            return Voice(word)
        except ValueError:
            self._unknown("voice", word, [v.value for v in Voice], placed.span)
            return Voice.ASSERTED

    def _link(self, placed: Placed) -> Link:
        if not placed.is_mapping:
            word = self._word(placed, "link")
            sense = self._sense(word, placed.span) if word else None
            return Link(sense)
        self._near_misses(placed, _LINK)
        for key, _, span in placed:
            if key not in _LINK and not guesses(key, _LINK):
                self.problems.say(
                    "AM405",
                    f"a link has no {key!r}",
                    span,
                    "a link has as, about, because and by",
                    Severity.WARNING,
                )
        as_, about = placed.get("as"), placed.get("about")
        topic: About | None = None
        if about:
            word = self._word(about, "about")
            try:
                topic = About(word)
            except ValueError:
                self._unknown("link topic", word, [a.value for a in About], about.span)
        return Link(
            self._sense(self._word(as_, "as"), as_.span) if as_ else None,
            topic,
            self._word(placed.get("because"), "because"),
            self._word(placed.get("by"), "by") or MAPPER,
        )

    def _sense(self, word: str, span: Span) -> Sense | None:
        try:
            return Sense(word)
        except ValueError:
            self._unknown("link", word, [s.value for s in Sense], span)
            return None

    def _unknown(self, what: str, word: str, known: Iterable[str], span: Span) -> None:
        known = list(known)
        help = f"the words are {', '.join(known)}"
        self.problems.doubt("AM407", str(UnknownName(what, word, known)), span, help)

    # --- values

    def _word(self, placed: Placed | None, key: str) -> str:
        """A single value as text, as it is written."""
        if placed is None or placed.value is None:
            return ""
        if isinstance(placed.value, str | int | float):
            return placed.written
        self.problems.doubt(
            "AM406",
            f"{key!r} is one value, not a list or a mapping",
            placed.span,
            "put text with commas or brackets in quotation marks",
        )
        return ""

    def _words(self, placed: Placed | None, key: str) -> tuple[str, ...]:
        """One value or a list of them, as texts."""
        if placed is None:
            return ()
        if placed.elements or placed.value == ():
            return tuple(w for e in placed.elements if (w := self._word(e, key)))
        word = self._word(placed, key)
        return (word,) if word else ()

    def _colour(self, placed: Placed) -> None:
        """Warn of a colour that Argdown does not know."""
        value = placed.get("color")
        if value is None or not isinstance(value.value, str):
            return
        from argmap.settings import is_colour

        if not is_colour(value.value):
            self.problems.doubt(
                "AM420",
                f"{value.written!r} is no colour that Argdown knows",
                value.span,
                'write it as "#1b9e77", in quotation marks, or as the number of one in the scheme',
            )

    def _near_misses(self, placed: Placed, known: tuple[str, ...]) -> None:
        """Warn of keys that are surely meant to be one of *known*."""
        known = (*known, *_ARGDOWN)
        for key, _, span in placed:
            if key in known or len(key) < 4:
                continue
            near = [g for g in guesses(key, known) if _one_slip(key.casefold(), g.casefold())]
            if near:
                self.problems.say(
                    "AM405",
                    f"{key!r} is not a key that argmap knows; did you mean {near[0]!r}?",
                    span,
                    f"write {near[0]}: …",
                    Severity.WARNING,
                )


def key_span(placed: Placed, path: tuple[str, ...]) -> Span:
    """Where the key stands that *path* leads to."""
    span = placed.span
    for part in path:
        found = next(((v, s) for k, v, s in placed if k == part), None)
        if found is None:
            break
        placed, span = found
    return span


def _silent(defaults: Defaults) -> Said:
    """What is meant where an item has no data."""
    cited = (Citation(defaults.source),) if defaults.source else ()
    return Said(defaults.speaker, defaults.voice, defaults.of, cited, None, None, NO_DATA, False)


def _kept(placed: Placed, known: Iterable[str]) -> Data:
    """The keys that are not *known*, kept for the way back."""
    return Data(tuple((k, v.value) for k, v, _ in placed if k not in known))


def _one_slip(a: str, b: str) -> bool:
    """Whether one letter was added, lost, changed or swapped with the next between *a* and *b*.

    >>> _one_slip("voise", "voice"), _one_slip("qoute", "quote"), _one_slip("note", "quote")
    (True, True, False)
    """
    if abs(len(a) - len(b)) > 1:
        return False
    i = 0
    while i < min(len(a), len(b)) and a[i] == b[i]:
        i += 1
    if a[i:] == b[i + 1 :] or a[i + 1 :] == b[i:] or a[i + 1 :] == b[i + 1 :]:
        return True
    return a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :]
