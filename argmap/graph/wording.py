"""Claims, arguments and headings as a map words them: texts, keys, sections."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen

from argmap.model import (
    NO_DATA,
    Argument,
    Claim,
    Data,
    Markup,
    Occurrence,
    Section,
    Style,
    Value,
    Wording,
    is_made_up,
)

UNTITLED = "Untitled"  # begins the titles that Argdown's tools make up


def is_untitled(title: str) -> bool:
    """Whether a map treats *title* as none: Argdown's tools know made-up ones by how they begin."""
    return is_made_up(title) or title.startswith(UNTITLED)


@frozen
class Words:
    """A text with its markup."""

    text: str = ""
    markup: tuple[Markup, ...] = ()


def canonical(thing: Claim | Argument, *, tags: bool = True) -> Words:
    """The words to show: the last that define it, or the last of those with ``isCanonical``.

    Of a thing that no text was read for, the wording it shows itself; no words if it has none.
    Without *tags*, what is a tag in the text is left out.
    """
    defined = [o for o in thing.occurrences if o.defined]
    if defined:
        flagged = [o for o in defined if o.data and o.data.get("isCanonical")]
        shown = (flagged or defined)[-1]
        return _trimmed(Words(shown.text, shown.markup), tags)
    wordings = thing.wordings
    worded = next((w for w in reversed(wordings) if w.text == thing.text), Wording(""))
    return _trimmed(Words(worded.text, worded.markup), tags)


def heading(section: Section, *, tags: bool = True) -> str:
    """What *section* is called in a map: its heading as it stands."""
    o = section.occurrence
    return _trimmed(Words(o.text, o.markup), tags).text if o else section.title


def _trimmed(words: Words, tags: bool) -> Words:
    if not tags and any(m.style is Style.TAG for m in words.markup):
        words = _without_tags(words)
    start = len(words.text) - len(words.text.lstrip())
    text = words.text.strip()
    if text == words.text:
        return words
    moved = (evolve(m, start=max(m.start - start, 0), stop=min(m.stop - start, len(text)))
             for m in words.markup)  # fmt: skip
    return Words(text, tuple(m for m in moved if m.start < m.stop))


def _without_tags(words: Words) -> Words:
    """*words* without the characters that are tags."""
    cuts = [(m.start, m.stop) for m in words.markup if m.style is Style.TAG]
    kept: list[str] = []
    shift = [0] * (len(words.text) + 1)  # how far left each place moves
    at = gone = 0
    for start, stop in sorted(cuts):
        kept.append(words.text[at:start])
        for n in range(at, start):
            shift[n] = gone
        for n in range(max(at, start), stop):
            shift[n] = gone + n - start
        gone += max(stop - max(at, start), 0)
        at = max(at, stop)
    kept.append(words.text[at:])
    for n in range(at, len(shift)):
        shift[n] = gone
    markup = (evolve(m, start=m.start - shift[m.start], stop=m.stop - shift[m.stop])
              for m in words.markup if m.style is not Style.TAG)  # fmt: skip
    return Words("".join(kept), tuple(m for m in markup if m.start < m.stop))


def keys_of(thing: Claim | Argument) -> Data:
    """All keys of *thing*: those of its places, one over the other, lists element by element."""
    if not thing.occurrences:
        return thing.data
    return merged(o.data for o in thing.occurrences)


def merged(many: Iterable[Data]) -> Data:
    """One mapping of *many*, later over earlier at every depth, as Argdown's tools do it.

    Lists are merged place by place: ``[1, 2]`` and ``[3]`` give ``[3, 2]``. As deep as keys are
    read, and no deeper.
    """
    given = [d for d in many if d]
    if len(given) < 2:
        return given[0] if given else NO_DATA
    found: dict[str, Value] = {}
    for data in given:
        for key, value in data.items:
            found[key] = _over(found.get(key), value)
    return Data(tuple(found.items()))


def _over(below: Value, above: Value) -> Value:
    if isinstance(below, Data) and isinstance(above, Data):
        return merged((below, above)) if below and above else below or above
    if isinstance(below, tuple) and isinstance(above, tuple):
        both = tuple(_over(b, a) for b, a in zip(below, above, strict=False))
        return (*both, *below[len(above) :], *above[len(below) :])
    return above


def section_of(thing: Claim | Argument) -> tuple[int, ...]:
    """The path of the section that *thing* belongs to, () if none.

    That of its first words, of what says ``isInGroup``, or of an argument's premises and
    conclusions, whichever comes last; failing these, that of the place where it is closed first.
    """
    if not thing.occurrences:
        return thing.section
    section: tuple[int, ...] = ()
    lines = thing.lines[0] if isinstance(thing, Argument) and thing.lines else None
    for o in thing.occurrences:
        if lines is not None and _stands_before(lines, o):
            section, lines = lines.section or section, None
        in_group = o.data.get("isInGroup") if o.data else None
        undecided = "isInGroup" not in o.data
        if in_group is True or (o.defined and undecided and not section):
            section = o.section
    if lines is not None:
        section = lines.section or section
    return section or thing.occurrences[0].section


def _stands_before(one: Occurrence, other: Occurrence) -> bool:
    a, b = one.span, other.span
    return a is not None and b is not None and a.name == b.name and a.start < b.start
