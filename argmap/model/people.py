"""Who speaks in a debate in the making, and which works are cited."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, evolve, field

from argmap.errors import NotADebate, UnknownName
from argmap.model.core import NO_DATA, Citation, Data, Source, Speaker
from argmap.text import Span


@define(eq=False)
class People:
    """The speakers and sources of a `Builder`, each under its key."""

    _speakers: dict[str, Speaker] = field(factory=dict, init=False)
    _full_names: dict[str, str] = field(factory=dict, init=False)
    _sources: dict[str, Source] = field(factory=dict, init=False)

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """All of them, in the order in which they came."""
        return tuple(self._speakers.values())

    @property
    def sources(self) -> tuple[Source, ...]:
        """All of them, in the order in which they came."""
        return tuple(self._sources.values())

    # --- speakers

    def speaker(
        self,
        name: str,
        *,
        key: str = "",
        role: str = "",
        data: Data = NO_DATA,
        span: Span | None = None,
    ) -> Speaker:
        """Someone who holds claims. The key, if not given, is the last word of the name.

        The same name again is the same speaker. Raises NotADebate if the key is another's.
        """
        if not as_text(name, "a speaker's name").strip():
            raise NotADebate("AM311", "a speaker needs a name")
        if name in self._full_names and not key:
            return self._speakers[self._full_names[name]]
        chosen = key or name.rsplit(maxsplit=1)[-1]
        if self._is_anothers(chosen, name) and not key:
            chosen = name
        if self._is_anothers(chosen, name):
            raise NotADebate(
                "AM311",
                f"{self._speakers[chosen].full!r} is already called {chosen!r}",
                f"give {name!r} another key",
            )
        speaker = Speaker(chosen, name if name != chosen else "", role, data, span)
        return self.add_speaker(speaker)

    def _is_anothers(self, key: str, name: str) -> bool:
        return key in self._speakers and self._speakers[key].full != name

    def add_speaker(self, speaker: Speaker) -> Speaker:
        """As `speaker`, with the key it has. The first with a key is kept."""
        self._full_names.setdefault(speaker.full, speaker.key)
        return self._speakers.setdefault(speaker.key, speaker)

    def key_of(self, by: Speaker | str | None) -> str:
        """The key of a speaker given as a value, by key or by full name."""
        if not by:
            return ""
        name = by.key if isinstance(by, Speaker) else as_text(by, "a speaker")
        if name in self._speakers:
            return name
        if name in self._full_names:
            return self._full_names[name]
        raise UnknownName("speaker", name, [*self._speakers, *self._full_names])

    def has_speaker(self, key: str) -> bool:
        """Whether a speaker has this key."""
        return key in self._speakers

    # --- sources

    def source(self, source: Source) -> Source:
        """A work that citations name. Of two with one key the first is kept, and what only the
        second says is added.
        """
        known = self._sources.get(source.key)
        if known is None:
            known = source
        elif known != source:
            known = evolve(
                known,
                title=known.title
                if known.title not in ("", known.key)
                else source.title or known.title,
                authors=known.authors or source.authors,
                date=known.date or source.date,
                place=known.place or source.place,
                url=known.url or source.url,
                file=known.file or source.file,
                data=known.data.over(source.data) if source.data else known.data,
            )
        self._sources[source.key] = known
        return known

    def key_for(self, source: Source) -> str:
        """The key under which *source* can be added: another if its own is that of another work."""
        key, n = source.key, 1
        while (known := self._sources.get(key)) is not None and _are_two(known, source):
            n += 1
            key = f"{source.key} ({n})"
        return key

    def has_source(self, key: str) -> bool:
        """Whether a source has this key."""
        return key in self._sources

    def source_in_file(self, file: str) -> str:
        """The key of the source whose text lies in *file*; "" if none does."""
        return next((s.key for s in self._sources.values() if s.file == file), "")

    @property
    def source_keys(self) -> Iterable[str]:
        """The keys of all sources so far, in order."""
        return self._sources.keys()

    def citations(self, source: Source | str, at: str, quote: str) -> tuple[Citation, ...]:
        """A citation of *source*, a value or a key, if anything is said of it.

        Raises UnknownName if no source has that key.
        """
        if isinstance(source, Source):
            source = self.source(source).key
        elif source and source not in self._sources:
            raise UnknownName("source", source, self._sources)
        return (Citation(source, at, quote),) if source or at or quote else ()


def _are_two(a: Source, b: Source) -> bool:
    """Whether *a* and *b* are different works, whatever their keys are."""
    titles = {s.title for s in (a, b) if s.title not in ("", s.key)}
    return len(titles) > 1 or (bool(a.file and b.file) and a.file != b.file)


def as_text(value: str, what: str) -> str:
    """*value*, once it is sure that it is text, whatever a caller's types say."""
    if not isinstance(value, str):
        raise NotADebate("AM310", f"{what} is text, not {value!r}")
    return value
