"""What the keys of frontmatter and ``{…}`` say of speakers, sources, voices and links.

Everything here turns a `Placed` value into a value of the model, or into a problem at its place.
"""

from __future__ import annotations

from attrs import define, evolve, field, frozen

from argmap.errors import NotADebate, UnknownName, guesses
from argmap.formats.argdown.data import Placed
from argmap.formats.argdown.values import Values, kept, listed
from argmap.formats.argdown.works import Works
from argmap.model import (
    MAPPER,
    NO_DATA,
    About,
    Builder,
    Citation,
    Data,
    Link,
    Sense,
    Speaker,
    Voice,
    figures,
)
from argmap.model import remarks as known_of
from argmap.text import Problems, Severity, Span

FRONT = ("title", "speaker", "speakers", "source", "sources", "voice", "of", "positions")
INLINE = ("speaker", "source", "at", "quote", "cite", "voice", "of", "link")
_KNOWN = (*known_of.KEYS, figures.KEY)  # what is known of a claim
_REMARKS = tuple(k for k in _KNOWN if k != "note")  # node and vote are words of their own
_LINK = ("as", "about", "because", "by")
_FEW = 30  # unknown speakers for whom near names are sought
_LINK_ONLY = ("as", "about", "because")
_SPEAKER = ("key", "name", "role")
_HEADING = ("speaker", "source", "voice", "of")


@frozen
class Defaults:
    """What is meant where an item does not say: from the file, then from its section."""

    speaker: str = ""
    source: str = ""
    voice: Voice = Voice.ASSERTED
    of: str = ""
    of_span: Span | None = None


@frozen
class Said:
    """What an item's data say of who holds it, how, where, and what its relation is."""

    speaker: str
    voice: Voice
    of: str
    of_span: Span | None
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
    _values: Values = field(init=False)
    _works: Works = field(init=False)
    _silent: tuple[Defaults, Said] | None = field(default=None, init=False)

    def __attrs_post_init__(self) -> None:
        self._values = Values(self.problems)
        self._works = Works(self.builder, self._values)

    # --- frontmatter

    def front(self, front: Placed) -> Defaults:
        """Read all keys of frontmatter but ``positions``; what they mean for every item."""
        self._values.near_misses(front, FRONT)
        self._misplaced(front, "the frontmatter")
        self._settings(front)
        if title := front.get("title"):
            self.builder.title = self._values.word(title, "title")
        if people := front.get("speakers"):
            listed(people, self._speaker)
            self.closed = True
        if works := front.get("sources"):
            self._works.declare(works)
        defaults = self.defaults(front, Defaults())
        self.builder.position = defaults.speaker
        self.builder.data = kept(front, FRONT)
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
            above = evolve(above, source=self._works.source(value))
        if value := placed.get("voice"):
            above = evolve(above, voice=self._voice(value))
            if above.voice is not Voice.REPORTED:  # whose view others report is not said of this
                above = evolve(above, of="", of_span=None)
        if value := placed.get("of"):
            above = evolve(above, of=self._values.word(value, "of"), of_span=value.span)
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

    def _misplaced(self, placed: Placed, where: str) -> None:
        """Warn of keys that only a claim or an argument can have."""
        for key, _, span in placed:
            if key in ("at", "quote", "cite"):
                self.problems.doubt(
                    "AM405",
                    f"{key!r} says something of a claim, and stands in {where}",
                    span,
                    f"write  {{{key}: …}}  behind the claim",
                )

    def section_data(self, placed: Placed | None) -> Data:
        """What a heading's data hold beside defaults."""
        if placed is not None:
            self._values.near_misses(placed, _HEADING)
            self._misplaced(placed, "a heading")
            self._values.colour(placed)
        return kept(placed, ("speaker", "source", "voice", "of")) if placed else NO_DATA

    def _speaker(self, placed: Placed, key: str) -> str:
        """The key of the speaker that *placed* declares or names."""
        if not placed.is_mapping:
            name = self._values.word(placed, "speaker")
            if not name or self.builder.people.has_speaker(name):
                return name
            if key or not self.closed:
                return self._add_speaker(Speaker(key, name), placed.span)
            return self._declared_speaker(name, placed.span)
        self._values.near_misses(placed, _SPEAKER)
        name = self._values.word(placed.get("name"), "name")
        key = self._values.word(placed.get("key"), "key") or key
        if not name and not key:
            self.problems.doubt(
                "AM406", "a speaker needs a name", placed.span, "write  name: Ana Keller"
            )
            return ""
        role = self._values.word(placed.get("role"), "role")
        return self._add_speaker(
            Speaker(key, name or key, role, kept(placed, _SPEAKER)), placed.span
        )

    def _declared_speaker(self, name: str, span: Span) -> str:
        """The key of one of the speakers that are declared; near ones are sought a few times."""
        if name in self._unknown_speakers:
            return ""
        try:
            if len(self._unknown_speakers) < _FEW:
                return self.builder.people.key_of(name)
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
            return self.builder.people.speaker(
                s.name, key=s.key, role=s.role, data=s.data, span=span
            ).key
        except NotADebate as e:
            self.problems.say(e.code, e.message, span, e.help)
            return s.key

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
        self._values.near_misses(placed, (*INLINE, *_REMARKS))
        self._remarks(placed)
        for key, _, span in placed:
            if key in _LINK_ONLY and not placed.get("link"):
                self.problems.doubt(
                    "AM405",
                    f"{key!r} says something of a link, and stands outside one",
                    span,
                    f"write  link: {{{key}: …}}",
                )
        self._values.colour(placed)
        own = self.defaults(placed, defaults)
        link = placed.get("link")
        return Said(
            own.speaker,
            own.voice,
            own.of,
            own.of_span,
            self._works.cited(placed, own.source),
            self._link(link) if link else None,
            link.span if link else None,
            kept(placed, INLINE),
            any(placed.get(k) for k in ("speaker", "source", "at", "quote", "cite", "voice", "of")),
        )

    def _remarks(self, placed: Placed) -> None:
        """Tell what cannot be understood of what is known of a claim; it is kept as it is."""
        if not isinstance(placed.value, Data) or not any(k in placed.value for k in _KNOWN):
            return
        for fault in (*known_of.remarks(placed.value).faults, *figures.faults(placed.value)):
            value = placed
            for key in fault.path:
                value = value.get(key) or value
            self.problems.doubt(fault.code, fault.message, value.span, fault.help)
        stances = placed.get("stance")
        for name, _, span in stances or () if self.closed else ():
            if name.strip() and not self.builder.people.has_speaker(name):
                self._declared_speaker(name, span)

    def _voice(self, placed: Placed) -> Voice:
        word = self._values.word(placed, "voice")
        if not word:
            return Voice.ASSERTED
        try:
            return Voice(word)
        except ValueError:
            self._values.unknown("voice", word, [v.value for v in Voice], placed.span)
            return Voice.ASSERTED

    def _link(self, placed: Placed) -> Link:
        if not placed.is_mapping:
            word = self._values.word(placed, "link")
            sense = self._sense(word, placed.span) if word else None
            return Link(sense)
        self._values.near_misses(placed, _LINK)
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
            word = self._values.word(about, "about")
            try:
                topic = About(word)
            except ValueError:
                self._values.unknown("link topic", word, [a.value for a in About], about.span)
        return Link(
            self._sense(self._values.word(as_, "as"), as_.span) if as_ else None,
            topic,
            self._values.word(placed.get("because"), "because"),
            self._values.word(placed.get("by"), "by") or MAPPER,
        )

    def _sense(self, word: str, span: Span) -> Sense | None:
        try:
            return Sense(word)
        except ValueError:
            self._values.unknown("link", word, [s.value for s in Sense], span)
            return None


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
    said = defaults.speaker, defaults.voice, defaults.of, defaults.of_span
    return Said(*said, cited, None, None, NO_DATA, False)
