"""Settings that name tags, headings, claims or arguments which the map does not have."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.errors import UnknownName
from argmap.formats.argdown.data import Placed
from argmap.formats.argdown.keys import key_span
from argmap.model import Debate
from argmap.text import Problems, Span

# where names stand, whether as keys, and what they name
_NAMES = (
    (("selection", "selectedTags"), "tag"),
    (("selection", "selectedSections"), "heading"),
    (("selection", "includeStatements"), "claim"),
    (("selection", "excludeStatements"), "claim"),
    (("selection", "excludeArguments"), "argument"),
    (("group", "sections"), "heading"),
    (("color", "tagColors"), "tag"),
    (("color", "statementColors"), "claim"),
    (("color", "argumentColors"), "argument"),
)


def check_names(front: Placed, debate: Debate, problems: Problems) -> None:
    """Tell of every name in the settings of *front* that nothing in *debate* has."""
    if not any(front.get(path[0]) for path, _ in _NAMES):
        return
    tags = (o.tags for t in debate.things for o in t.occurrences)
    heads = [s.occurrence.text for s in debate.sections if s.occurrence]
    known = {
        "tag": list(dict.fromkeys(t for many in tags for t in many)),
        "heading": heads,
        "claim": [c.title for c in debate.claims],
        "argument": [a.title for a in debate.arguments],
    }
    known["tag"] += [t for s in debate.sections for t in s.tags]
    for path, what in _NAMES:
        there = set(known[what])
        for name, span in _named(front, path):
            if name not in there:
                message = str(UnknownName(what, name, known[what]))
                problems.doubt("AM421", message, span, f"write the name of a {what} in this map")


def _named(front: Placed, path: tuple[str, ...]) -> Iterator[tuple[str, Span]]:
    """The names at *path*, and where each stands."""
    found: Placed | None = front
    for key in path:
        found = found.get(key) if found else None
    if found is None:
        return
    if found.is_mapping:
        yield from ((key, key_span(found, (key,))) for key, _, _ in found)
    for element in found.elements:
        if isinstance(element.value, str | int | float):
            yield element.written, element.span
