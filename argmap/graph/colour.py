"""Colours: by a key, by title, by tag, or the first of the scheme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import define, field

from argmap.graph.core import WORDS
from argmap.graph.sections import Place
from argmap.model import Argument, Claim, Data, Debate, Kind, Occurrence, Value
from argmap.settings import ColorSettings, is_colour


def tags_in_order(debate: Debate) -> tuple[str, ...]:
    """All tags, in the order in which they first stand in the text."""
    found: list[tuple[int, int, tuple[str, ...]]] = []
    texts: dict[str, int] = {}
    for place in _places(debate):
        if isinstance(place, Occurrence) and place.span is not None:
            text = texts.setdefault(place.span.name, len(texts))
            if place.tags:
                found.append((text, place.span.start, place.tags))
    if not texts:
        found = [(0, 0, t.tags) for t in (*debate.sections, *debate.things)]
    found.sort(key=lambda f: f[:2])
    return tuple(dict.fromkeys(t for _, _, tags in found for t in tags))


def _places(debate: Debate) -> Iterable[Occurrence | None]:
    yield from (s.occurrence for s in debate.sections)
    for t in debate.things:
        yield from t.occurrences
        if isinstance(t, Argument):
            yield from t.lines


@define
class Palette:
    """The colours that *settings* give; *tags* are all there are, in their order in the text."""

    settings: ColorSettings
    tags: Sequence[str]
    _by_tag: dict[str, str] = field(factory=dict, init=False)
    _by_group_tag: dict[str, str] = field(factory=dict, init=False)
    _priority: dict[str, float] = field(factory=dict, init=False)
    _claims: dict[str, Value] = field(factory=dict, init=False)
    _arguments: dict[str, Value] = field(factory=dict, init=False)
    _groups: dict[str, Value] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        s = self.settings
        self._claims = dict(s.statement_colors.items)
        self._arguments = dict(s.argument_colors.items)
        self._groups = dict(s.group_colors.items)
        given = dict(s.tag_colors.items)
        for n, tag in enumerate(self.tags, 1):
            said = given.get(tag)
            self._by_tag[tag] = colour(said if tag in given else n, s.color_scheme)
            self._by_group_tag[tag] = colour(said if tag in given else n, s.group_color_scheme)
            priority = said.get("priority") if isinstance(said, Data) else None
            if isinstance(priority, int | float):
                self._priority[tag] = priority

    def of(self, thing: Claim | Argument, keys: Data) -> tuple[str, str]:
        """The colour of *thing*, whose keys are *keys*, and that of its letters."""
        s = self.settings
        if isinstance(thing, Argument):
            titles, font = self._arguments, s.argument_font_color
        else:
            titles, font = self._claims, s.statement_font_color
        if keys and not s.ignore_color_data and "color" in keys:
            made = colour(keys.get("color"), s.color_scheme)
        elif thing.title in titles:
            made = colour(titles[thing.title], s.color_scheme)
        elif s.colorize_by_tag and thing.tags:
            made = self._by_tag.get(self._leading(thing.tags), "")
        else:
            made = s.color_scheme[0] if s.color_scheme else ""
        return made, font

    def _leading(self, tags: Sequence[str]) -> str:
        """The tag that decides: the first of those with the highest priority."""
        return max(tags, key=lambda t: self._priority.get(t, 0))

    def of_group(self, place: Place, level: int) -> tuple[str, str]:
        """The colour of the group of *place* at *level*, and that of its letters."""
        s = self.settings
        own = place.data.get("color") if not s.ignore_color_data else None
        titled = self._groups.get(place.title)
        tagged = s.colorize_groups_by_tag and bool(place.tags)
        # 0 is no answer here, though elsewhere it is the first colour
        if not (own or titled or tagged):
            scheme = s.group_color_scheme
            made = scheme[min(len(scheme), level) - 1] if scheme else ""
        elif own is not None:
            made = colour(own, s.group_color_scheme)
        elif titled is not None:
            made = colour(titled, s.group_color_scheme)
        else:
            made = self._by_group_tag.get(self._leading(place.tags), "")
        return made, s.group_font_color

    def of_edges(self) -> dict[Kind, str]:
        """The colour of each kind of arrow."""
        s = self.settings
        return {k: colour(s.relation_colors.get(w), s.color_scheme) for k, w in WORDS.items()}


def colour(said: Value, scheme: Sequence[str]) -> str:
    """The colour that *said* names: itself, or its number in *scheme*; "" if it names none.

    >>> colour("#abc", ()), colour(1, ("#111", "#222")), colour("red", ())
    ('#abc', '#222', '')
    """
    if isinstance(said, Data):
        inner = said.get("color")
        said = None if isinstance(inner, Data) else inner
    if isinstance(said, str):
        return said if is_colour(said) else ""
    if isinstance(said, int) and not isinstance(said, bool) and 0 <= said < len(scheme):
        return scheme[said] if is_colour(scheme[said]) else ""
    return ""
