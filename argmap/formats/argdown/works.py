"""What keys say of sources, and of the places in them where something stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import define, field

from argmap.errors import UnknownName
from argmap.formats.argdown.data import Placed
from argmap.formats.argdown.values import Values, kept, listed
from argmap.model import Builder, Citation, Source, remarks
from argmap.text import Severity, Span

_SOURCE = ("key", "title", "author", "authors", "date", "place", "url", "file")
_FILE = re.compile(r"\.[A-Za-z]\w{1,7}\Z")  # what the name of a file ends with
_CITE = ("source", "at", "quote")


@define
class Works:
    """Reads sources and citations, and adds the sources to *builder*."""

    builder: Builder
    values: Values
    _closed: bool = field(default=False, init=False)  # sources are declared: others are unknown

    def declare(self, placed: Placed) -> None:
        """Read ``sources:``."""
        listed(placed, self.source)
        self._closed = True

    def source(self, placed: Placed, key: str = "") -> str:
        """The key of the source that *placed* declares or names: by key, by file, or inline."""
        if not placed.is_mapping:
            return self._named(placed, key)
        self.values.near_misses(placed, _SOURCE)
        word, words = self.values.word, self.values.words
        said = {k: word(placed.get(k), k) for k in ("title", "date", "place", "url", "file")}
        authors = words(placed.get("authors") or placed.get("author"), "authors")
        key = word(placed.get("key"), "key") or key or said["file"] or said["title"]
        if not key:
            self.values.problems.doubt(
                "AM406", "a source needs a title", placed.span, "write  title: …"
            )
            return ""
        if said["url"] and not remarks.is_address(said["url"]):
            fault = remarks.no_address(said["url"])
            place = placed.get("url") or placed
            self.values.problems.doubt(fault.code, fault.message, place.span, fault.help)
        source = Source(
            key,
            said["title"],
            authors,
            said["date"],
            said["place"],
            said["url"],
            said["file"],
            kept(placed, _SOURCE),
            placed.span,
        )
        return self.builder.source(source).key

    def _named(self, placed: Placed, key: str) -> str:
        word = self.values.word(placed, "source")
        if not word or self.builder.people.has_source(word):
            return word
        if not key and (of_file := self.builder.people.source_in_file(word)):
            return of_file
        url = word if word.startswith(("http://", "https://")) else ""
        if self._closed and not (key or url or _FILE.search(word)):
            self.values.problems.say(
                "AM408",
                str(UnknownName("source", word, self.builder.people.source_keys)),
                placed.span,
                "add it to sources:",
                Severity.WARNING,
            )
        return self.builder.source(Source(key or word, word, url=url, span=placed.span)).key

    # --- where something stands

    def cited(self, placed: Placed, source: str) -> tuple[Citation, ...]:
        """The citations of an item: of ``at`` and ``quote`` in *source*, then those of ``cite``."""
        more = placed.get("cite")
        if more is None:
            return tuple(self._places(placed, source, named=True))
        found = list(self._places(placed, source, named=bool(placed.get("source"))))
        for each in more.elements or (more,):
            if each.is_mapping:
                self.values.near_misses(each, _CITE)
                own = each.get("source")
                found += self._places(each, self.source(own) if own else source, named=True)
            else:
                self.values.problems.doubt(
                    "AM406",
                    "'cite' holds one mapping for each source",
                    each.span,
                    "write  cite: [{source: …, at: ¶4, quote: …}]",
                )
        return tuple(found)

    def _places(self, placed: Placed, source: str, *, named: bool) -> Iterator[Citation]:
        """One citation for each place of ``at``, with the quotation that stands there; one place
        may have several.

        Where no place is given, *source* alone is cited if it is *named*.
        """
        at = self.values.placed_words(placed.get("at"), "at")
        quotes = self.values.placed_words(placed.get("quote"), "quote")
        if len(quotes) > len(at) > 1:
            self.values.problems.doubt(
                "AM406",
                f"there are {len(quotes)} quotations for {len(at)} places",
                (placed.get("quote") or placed).span,
                "give as many places in at: as quotations in quote:",
            )
        if not at and not quotes and not (named and source):
            return
        nowhere: tuple[str, Span | None] = ("", None)
        rest = at[0] if len(at) == 1 else nowhere
        for i in range(max(1, len(at), len(quotes))):
            place, span = at[i] if i < len(at) else rest
            quote, quote_span = quotes[i] if i < len(quotes) else nowhere
            yield Citation(source, place, quote, span, quote_span)
