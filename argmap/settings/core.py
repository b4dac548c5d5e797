"""What a map's author may set about it, as values of the right types.

The names are those of Argdown's settings, written as Python does: ``model.explodeArguments`` is
``settings.model.explode_arguments``.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from typing import Any, TypeVar

from attrs import evolve, fields, frozen, has

from argmap.model import NO_DATA, Data, Value
from argmap.settings.schemes import SCHEMES
from argmap.settings.table import KEY, taken

_RELATION_COLOURS = Data(
    (
        ("attack", "#ff0000"),
        ("support", "#00ff00"),
        ("undercut", "#551A8B"),
        ("entails", "#00ff00"),
        ("contrary", "#ff0000"),
        ("contradictory", "#ff0000"),
    )
)
_GRAPHVIZ = Data(
    (("rankdir", "BT"), ("concentrate", "false"), ("ratio", "auto"), ("size", "10,10"))
)


class Mode(enum.Enum):
    """How a relation between two claims is read: as support and attack, or as logic."""

    LOOSE = "loose"
    STRICT = "strict"


class StatementSelectionMode(enum.Enum):
    """Which claims a map shows, beyond its arguments."""

    ALL = "all"
    TOP_LEVEL = "top-level"
    WITH_TITLE = "with-title"
    WITH_RELATIONS = "with-relations"
    NOT_USED_IN_ARGUMENT = "not-used-in-argument"
    WITH_MORE_THAN_ONE_RELATION = "with-more-than-one-relation"


class LabelMode(enum.Enum):
    """What is written into the box of a claim or an argument."""

    HIDE_UNTITLED = "hide-untitled"
    TITLE = "title"
    TEXT = "text"
    NONE = "none"


class FrontMatterSettingsMode(enum.Enum):
    """Whether a map's own settings win over those beside it, give way, or count for nothing."""

    PRIORITY = "priority"
    DEFAULT = "default"
    IGNORE = "ignore"


@frozen
class FilesSettings:
    """How settings from several places come together: the section ``data``."""

    front_matter_settings_mode: FrontMatterSettingsMode = FrontMatterSettingsMode.PRIORITY


@frozen
class ModelSettings:
    """How a text is understood."""

    mode: Mode = Mode.LOOSE
    remove_tags_from_text: bool = False
    transform_argument_relations: bool = True
    shortcodes: Data = NO_DATA
    explode_arguments: bool = False


@frozen
class SelectionSettings:
    """What is shown. A list that is None selects by nothing; an empty one selects nothing."""

    statement_selection_mode: StatementSelectionMode = StatementSelectionMode.WITH_TITLE
    exclude_disconnected: bool = True
    selected_tags: tuple[str, ...] | None = None
    select_elements_without_tag: bool = False
    selected_sections: tuple[str, ...] | None = None
    select_elements_without_section: bool = False
    include_statements: tuple[str, ...] = ()
    exclude_statements: tuple[str, ...] = ()
    exclude_arguments: tuple[str, ...] = ()
    ignore_is_in_map: bool = False


@frozen
class MapSettings:
    """What the boxes say."""

    statement_label_mode: LabelMode = LabelMode.HIDE_UNTITLED
    argument_label_mode: LabelMode = LabelMode.HIDE_UNTITLED
    add_tags: bool = True


@frozen
class GroupSettings:
    """Which headings are boxes around others. *sections* is None where none is given."""

    group_depth: int = 2
    sections: Data | None = None
    regroup: tuple[Value, ...] = ()
    ignore_is_group: bool = False
    ignore_is_closed: bool = False


@frozen
class ColorSettings:
    """Colours. A colour is ``#rgb``, ``#rrggbb`` or a number: a place in the scheme, from 0."""

    color_scheme: tuple[str, ...] = SCHEMES["default"]
    tag_colors: Data = NO_DATA
    colorize_by_tag: bool = True
    colorize_groups_by_tag: bool = False
    group_color_scheme: tuple[str, ...] = ("#DADADA", "#BABABA", "#AAAAAA")
    relation_colors: Data = _RELATION_COLOURS
    statement_colors: Data = NO_DATA
    argument_colors: Data = NO_DATA
    group_colors: Data = NO_DATA
    statement_font_color: str = "#000000"
    argument_font_color: str = "#000000"
    group_font_color: str = "#000000"
    ignore_color_data: bool = False


@frozen
class FontSettings:
    """A title or a text in a box of a DOT picture."""

    font: str = "arial"
    font_size: float = 10
    bold: bool = False
    characters_in_line: int = 40


@frozen
class BoxSettings:
    """The boxes of claims, or those of arguments, in a DOT picture."""

    line_width: float = 180
    min_width: float = 180
    margin: str = "0.11,0.055"
    shape: str = "box"
    style: str = "filled,rounded,bold"
    title: FontSettings = FontSettings(bold=True)
    text: FontSettings = FontSettings()


@frozen
class GroupBoxSettings:
    """The boxes around groups in a DOT picture."""

    line_width: float = 400
    characters_in_line: int = 80
    font: str = "arial"
    font_size: float = 12
    bold: bool = False
    margin: str = "8"


@frozen
class EdgeSettings:
    """The arrows of a DOT picture."""

    arrow_size: float = 1
    pen_width: float = 1


@frozen
class DotSettings:
    """A DOT picture. *graph_viz_settings* are attributes of the graph, whatever Graphviz knows."""

    graphname: str = "Argument Map"
    use_html_labels: bool = True
    measure_line_width: bool = False
    map_bg_color: str = "transparent"
    graph_viz_settings: Data = _GRAPHVIZ
    group: GroupBoxSettings = GroupBoxSettings()
    closed_group: GroupBoxSettings = GroupBoxSettings(margin="0.2")
    statement: BoxSettings = BoxSettings()
    argument: BoxSettings = BoxSettings(style="filled, rounded")
    edge: EdgeSettings = EdgeSettings()
    same_rank: tuple[Value, ...] = ()


@frozen
class Settings:
    """Everything that is set about a map."""

    data: FilesSettings = FilesSettings()
    model: ModelSettings = ModelSettings()
    selection: SelectionSettings = SelectionSettings()
    map: MapSettings = MapSettings()
    group: GroupSettings = GroupSettings()
    color: ColorSettings = ColorSettings()
    dot: DotSettings = DotSettings()


def settings(front: Data, config: Data = NO_DATA, flags: Data = NO_DATA) -> Settings:
    """What is set, of three places: *flags* win over *front*, the map's frontmatter, and that over
    *config*, the file beside it, unless ``data.frontMatterSettingsMode`` says otherwise.

    A value that a setting does not take leaves its default; `findings` tells of it.

    >>> settings(Data((("model", Data((("mode", "strict"),))),))).model.mode
    <Mode.STRICT: 'strict'>
    """
    beside = _filled(Settings(), merged(config, flags))
    match beside.data.front_matter_settings_mode:
        case FrontMatterSettingsMode.PRIORITY:
            below = merged(config, front)
        case FrontMatterSettingsMode.DEFAULT:
            below = merged(front, config)
        case FrontMatterSettingsMode.IGNORE:
            below = config
    return _filled(Settings(), merged(below, flags))


def merged(below: Data, above: Data) -> Data:
    """Both, key by key at every depth; where both have a value, that of *above*."""
    kept = dict(below.items)
    for key, value in above.items:
        under = kept.get(key)
        match under, value:
            case Data(), Data():
                kept[key] = merged(under, value)
            case _:
                kept[key] = value
    return Data(tuple(kept.items()))


_T = TypeVar("_T")


def _filled(part: _T, data: Data, path: tuple[str, ...] = ()) -> _T:
    """*part*, with what *data* sets of it. As deep as the classes above, and no deeper."""
    changes = dict(_changes(part, dict(data.items), path))
    whole: Any = part
    filled: _T = evolve(whole, **changes) if changes else part
    return filled


def _changes(
    part: Any, given: dict[str, Value], path: tuple[str, ...]
) -> Iterator[tuple[str, Any]]:
    for attribute in fields(type(part)):
        key = _camel(attribute.name)
        value, default = given.get(key), getattr(part, attribute.name)
        if value is None:
            continue
        if has(type(default)) and (*path, key) not in KEY:
            if isinstance(value, Data):
                yield attribute.name, _filled(default, value, (*path, key))
            continue
        read = taken(KEY[(*path, key)], value)
        if read is None:
            continue
        if isinstance(default, enum.Enum):
            read = type(default)(read)
        elif isinstance(default, Data) and isinstance(read, Data):
            read = merged(default, read)
        yield attribute.name, read


def _camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda m: m[1].upper(), name)
