"""Sources as a reader wants them, the same in every output."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from argmap.model.core import Source
from argmap.text import listed

_SUFFIXES = ("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV")
_BODIES = frozenset(
    """
    academy agency alliance association authority bank board bureau centre center collective
    college commission committee company corporation council court department endowment
    federation forum foundation fund government group inc. institute institution ltd. ministry
    nations network office organisation organization parliament party press project school
    service society trust union university
    """.split()
)


@frozen
class Name:
    """Whose name: a *family* and a *given* one, or the whole of an organisation's in *literal*."""

    family: str = ""
    given: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def plain(self) -> str:
        """As one says it."""
        return self.literal or " ".join(p for p in (self.given, self.family, self.suffix) if p)


def name_of(written: str) -> Name:
    """The name that is *written* as ``Given Family``, ``Family, Given`` or ``{Organisation}``.

    One word, and what looks like an organisation's, is taken as a whole.

    >>> name_of("van Ham, Carolien").plain, name_of("Ludwig van Beethoven").family
    ('Carolien van Ham', 'van Beethoven')
    >>> name_of("Ministry of Health").literal, name_of("{Amnesty International}").literal
    ('Ministry of Health', 'Amnesty International')
    """
    written = " ".join(written.split())
    if written.startswith("{") and written.endswith("}"):
        return Name(literal=written[1:-1].strip() or written)
    if re.search(r"\bet al\b", written):
        return Name(literal=written)
    parts = [p.strip() for p in written.split(",")]
    if len(parts) == 2 and all(parts):
        return Name(parts[0], parts[1])
    if len(parts) == 3 and parts[1] in _SUFFIXES and parts[2]:
        return Name(parts[0], parts[2], parts[1])
    words = written.split()
    if len(parts) > 1 or len(words) < 2 or _is_body(words):
        return Name(literal=written)
    suffix = words.pop() if len(words) > 2 and words[-1] in _SUFFIXES else ""
    inner = range(1, len(words) - 1)
    at = next((i for i in inner if words[i][:1].islower()), len(words) - 1)
    return Name(" ".join(words[at:]), " ".join(words[:at]), suffix)


def _is_body(words: Sequence[str]) -> bool:
    """Whether *words* look like the name of an organisation, and not of a person."""
    folded = [w.casefold() for w in words]
    joined = {"of", "for", "and", "&", "on"} & set(folded)
    return folded[0] == "the" or bool(joined) or not _BODIES.isdisjoint(folded)


def citation(s: Source, at: str = "") -> str:
    """Authors, title, place, date and address, then *at*, the place in it: for any reader.

    >>> citation(Source("R", "A report on sleep", ("Keller, Ana", "Tom Brandt"), "2024"), "¶8")
    'Ana Keller and Tom Brandt, “A report on sleep”, 2024, ¶8'
    """
    title = s.title or ("" if s.key == s.file and s.authors else s.key)
    said = (
        listed([name_of(a).plain for a in s.authors if a.strip()]),
        f"“{title}”" if title and title != s.url else "",
        s.place,
        s.date,
        s.url,
        at,
    )
    return ", ".join(p for p in said if p)


def reference(s: Source) -> str:
    """The citation of a source, after the key that citations use; "" if nothing more is known.

    >>> reference(Source("Report", "A report on sleep", ("Ana Keller",), "2024-03-02"))
    'Report: Ana Keller, “A report on sleep”, 2024-03-02'
    """
    known = s.authors or s.date or s.place or (s.url and s.url != s.key)
    if s.title in ("", s.key) and not known:
        return ""
    whole = citation(s)
    return f"{s.key}: {whole}" if s.key not in (s.title, s.file) and s.title else whole
