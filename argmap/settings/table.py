"""Every setting that Argdown's tools know: where it stands, what it takes, and its default."""

from __future__ import annotations

import enum
import re
from typing import TypeGuard

from attrs import frozen

from argmap.model import Data, Value
from argmap.settings.schemes import SCHEMES

_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\Z")


class Takes(enum.Enum):
    """What may be written for a setting; the value says it to a map's author."""

    WORD = "one of a few words"
    FLAG = "true or false"
    NUMBER = "a number"
    WHOLE = "a whole number"
    TEXT = "a text"
    MARGIN = "one number or two, as in 0.1,0.05"
    TEXTS = "a list of texts"
    LIST = "a list"
    MAPPING = "keys of its own"
    COLOURS = "keys with colours such as #1b9e77, or numbers of a colour in the scheme"
    RELATIONS = "the keys support, attack, undercut, entails, contrary and contradictory"
    SCHEME = "the name of a colour scheme, or a list of colours such as #1b9e77"
    SECTIONS = "titles of headings with isGroup and isClosed, each true or false"
    ANYTHING = "anything"


@frozen
class Key:
    """A setting. *acts* says whether argmap acts on it; *words* are those it takes, if few.

    *default* is as it would be written, "" where nothing stands for it.
    """

    path: tuple[str, ...]
    takes: Takes
    default: str
    acts: bool = True
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ".".join(self.path)


_LABELS = ("hide-untitled", "title", "text", "none")
_SELECTION = (
    "all",
    "top-level",
    "with-title",
    "with-relations",
    "not-used-in-argument",
    "with-more-than-one-relation",
)

# what no line of this table says is not acted on, whatever its keys: the sections below
_KEYS = """
data.frontMatterSettingsMode               WORD       priority
data.switchToBlockFormatIfMultiline        FLAG       true  kept
model.mode                                 WORD       loose
model.removeTagsFromText                   FLAG       false
model.transformArgumentRelations           FLAG       true
model.shortcodes                           MAPPING
model.explodeArguments                     FLAG       false
selection.statementSelectionMode           WORD       with-title
selection.excludeDisconnected              FLAG       true
selection.selectedTags                     TEXTS
selection.selectElementsWithoutTag         FLAG       false
selection.selectedSections                 TEXTS
selection.selectElementsWithoutSection     FLAG       false
selection.includeStatements                TEXTS      []
selection.excludeStatements                TEXTS      []
selection.excludeArguments                 TEXTS      []
selection.ignoreIsInMap                    FLAG       false
map.statementLabelMode                     WORD       hide-untitled
map.argumentLabelMode                      WORD       hide-untitled
map.addTags                                FLAG       true
group.groupDepth                           WHOLE      2
group.sections                             SECTIONS
group.regroup                              LIST       []
group.ignoreIsGroup                        FLAG       false
group.ignoreIsClosed                       FLAG       false
color.colorScheme                          SCHEME     default
color.tagColors                            COLOURS    {}
color.colorizeByTag                        FLAG       true
color.colorizeGroupsByTag                  FLAG       false
color.groupColorScheme                     SCHEME     ["#DADADA", "#BABABA", "#AAAAAA"]
color.relationColors                       RELATIONS  {support: "#00ff00", …}
color.statementColors                      COLOURS    {}
color.argumentColors                       COLOURS    {}
color.groupColors                          COLOURS    {}
color.statementFontColor                   TEXT       #000000
color.argumentFontColor                    TEXT       #000000
color.groupFontColor                       TEXT       #000000
color.ignoreColorData                      FLAG       false
dot.graphname                              TEXT       Argument Map
dot.useHtmlLabels                          FLAG       true
dot.measureLineWidth                       FLAG       false
dot.mapBgColor                             TEXT       transparent
dot.graphVizSettings                       MAPPING    {rankdir: BT, concentrate: false, …}
dot.sameRank                               LIST       []
dot.edge.arrowSize                         NUMBER     1
dot.edge.penWidth                          NUMBER     1
dot.statement.lineWidth                    NUMBER     180
dot.statement.minWidth                     NUMBER     180
dot.statement.margin                       MARGIN     0.11,0.055
dot.statement.shape                        TEXT       box
dot.statement.style                        TEXT       filled,rounded,bold
dot.statement.title.font                   TEXT       arial
dot.statement.title.fontSize               NUMBER     10
dot.statement.title.bold                   FLAG       true
dot.statement.title.charactersInLine       WHOLE      40
dot.statement.text.font                    TEXT       arial
dot.statement.text.fontSize                NUMBER     10
dot.statement.text.bold                    FLAG       false
dot.statement.text.charactersInLine        WHOLE      40
dot.statement.images                       ANYTHING   {position: top, padding: 0}  kept
dot.argument.lineWidth                     NUMBER     180
dot.argument.minWidth                      NUMBER     180
dot.argument.margin                        MARGIN     0.11,0.055
dot.argument.shape                         TEXT       box
dot.argument.style                         TEXT       filled, rounded
dot.argument.title.font                    TEXT       arial
dot.argument.title.fontSize                NUMBER     10
dot.argument.title.bold                    FLAG       true
dot.argument.title.charactersInLine        WHOLE      40
dot.argument.text.font                     TEXT       arial
dot.argument.text.fontSize                 NUMBER     10
dot.argument.text.bold                     FLAG       false
dot.argument.text.charactersInLine         WHOLE      40
dot.argument.images                        ANYTHING   {position: top, padding: 0}  kept
dot.group.lineWidth                        NUMBER     400
dot.group.charactersInLine                 WHOLE      80
dot.group.font                             TEXT       arial
dot.group.fontSize                         NUMBER     12
dot.group.bold                             FLAG       false
dot.group.margin                           MARGIN     8
dot.closedGroup.lineWidth                  NUMBER     400
dot.closedGroup.charactersInLine           WHOLE      80
dot.closedGroup.font                       TEXT       arial
dot.closedGroup.fontSize                   NUMBER     12
dot.closedGroup.bold                       FLAG       false
dot.closedGroup.margin                     MARGIN     0.2
"""

_WORDS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("data", "frontMatterSettingsMode"): ("priority", "default", "ignore"),
    ("model", "mode"): ("loose", "strict"),
    ("selection", "statementSelectionMode"): _SELECTION,
    ("map", "statementLabelMode"): _LABELS,
    ("map", "argumentLabelMode"): _LABELS,
}


def _key(line: str) -> Key:
    name, takes, *rest = line.split(maxsplit=2)
    default = rest[0] if rest else ""
    kept = default.endswith("  kept")
    path = tuple(name.split("."))
    default = default.removesuffix("kept").rstrip()
    return Key(path, Takes[takes], default, not kept, _WORDS.get(path, ()))


KEYS: tuple[Key, ...] = tuple(_key(line) for line in _KEYS.strip().splitlines())
KEY: dict[tuple[str, ...], Key] = {k.path: k for k in KEYS}

# sections of other programs' settings: kept in the text, and nothing of them is acted on
KEPT: dict[str, str] = {
    "parser": "how errors are raised",
    "images": "the pictures in boxes",
    "dagre": "a way of drawing in the browser",
    "vizJs": "how Graphviz is run",
    "graphml": "GraphML",
    "html": "web pages",
    "json": "JSON",
    "webComponent": "a component of web pages",
    "sourceHighlighter": "how the source is shown on web pages",
    "svgToPdf": "PDF",
    "saveAs": "where files are written",
    "include": "how files are included",
    "inputPath": "which file is read",
    "outputPath": "where files are written",
    "outputSuffix": "how files are named",
    "process": "the steps of a program",
    "processes": "the steps of a program",
    "plugins": "the parts of a program",
}

LEGACY_MODES = {"titled": "with-title", "roots": "top-level", "statement-trees": "with-relations"}


def taken(key: Key, value: Value) -> object:
    """*value* as the setting *key* has it; None if that takes no such value."""
    match key.takes:
        case Takes.WORD:
            return value if value in key.words else None
        case Takes.FLAG:
            return value if isinstance(value, bool) else None
        case Takes.NUMBER:
            return value if _is_number(value) else None
        case Takes.WHOLE:
            return int(value) if _is_number(value) and value % 1 == 0 else None  # also no NaN
        case Takes.TEXT:
            return value if isinstance(value, str) else None
        case Takes.MARGIN:
            return _margin(value)
        case Takes.TEXTS:
            if isinstance(value, tuple):  # what is no text in it can match nothing
                return tuple(v for v in value if isinstance(v, str))
            return (value,) if isinstance(value, str) else None
        case Takes.LIST:
            return value if isinstance(value, tuple) else None
        case Takes.MAPPING | Takes.COLOURS | Takes.RELATIONS | Takes.SECTIONS:
            return value if isinstance(value, Data) else None
        case Takes.SCHEME:
            if isinstance(value, str):
                return SCHEMES.get(value)
            return value if isinstance(value, tuple) and _all_text(value) else None
        case Takes.ANYTHING:
            return value


def _is_number(value: Value) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _all_text(values: tuple[Value, ...]) -> bool:
    return all(isinstance(v, str) for v in values)


def _margin(value: Value) -> str | None:
    if isinstance(value, str):
        parts = value.split(",")
        return value if len(parts) <= 2 and all(_NUMBER.match(p) for p in parts) else None
    return str(value) if _is_number(value) else None


_NUMBER = re.compile(r"\s*\d*\.?\d+\s*\Z")


def is_colour(value: Value) -> bool:
    """Whether *value* is a colour as it is written.

    >>> is_colour("#1b9e77"), is_colour("red")
    (True, False)
    """
    return isinstance(value, str) and _COLOUR.match(value) is not None
