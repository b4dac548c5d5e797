"""What may be set about a map: Argdown's settings, their values, and what is wrong with them."""

from argmap.settings.check import Finding, entries, findings
from argmap.settings.core import (
    BoxSettings,
    ColorSettings,
    DotSettings,
    EdgeSettings,
    FilesSettings,
    FontSettings,
    FrontMatterSettingsMode,
    GroupBoxSettings,
    GroupSettings,
    LabelMode,
    MapSettings,
    Mode,
    ModelSettings,
    SelectionSettings,
    Settings,
    StatementSelectionMode,
    merged,
    settings,
)
from argmap.settings.flag import parse_flag
from argmap.settings.schemes import SCHEMES
from argmap.settings.table import KEPT, KEYS, Key, Takes, is_colour

__all__ = [
    "KEPT",
    "KEYS",
    "SCHEMES",
    "BoxSettings",
    "ColorSettings",
    "DotSettings",
    "EdgeSettings",
    "FilesSettings",
    "Finding",
    "FontSettings",
    "FrontMatterSettingsMode",
    "GroupBoxSettings",
    "GroupSettings",
    "Key",
    "LabelMode",
    "MapSettings",
    "Mode",
    "ModelSettings",
    "SelectionSettings",
    "Settings",
    "StatementSelectionMode",
    "Takes",
    "entries",
    "findings",
    "is_colour",
    "merged",
    "parse_flag",
    "settings",
]
