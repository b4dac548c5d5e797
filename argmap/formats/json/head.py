"""Whether a file is for us: what its first keys say, and what else it looks like."""

from __future__ import annotations

from typing import Any

from argmap.formats.json.entry import Spot
from argmap.formats.json.shape import FORMAT, VERSION
from argmap.formats.json.words import sort

_BEGIN = f'begin the file with {{"format": "{FORMAT}", "version": {VERSION}, …'

_OTHERS = (  # keys that other programs' files have
    ({"statements", "relations"}, "the JSON that Argdown exports"),
    ({"statements", "map"}, "the JSON that Argdown exports"),
    ({"AIF"}, "xAIF"),
    ({"nodes", "edges"}, "AIF"),
    ({"ideas", "formatVersion"}, "a mind map of MindMup"),
)


def is_ours(top: Spot) -> bool:
    """Whether *top* is a file that this version reads; why not, or why nearly not, is told."""
    if not isinstance(top.value, dict):
        top.tell("AM702", f"this is not an argmap file: it is {sort(top.value)}", _BEGIN)
        return False
    if top.value.get("format") != FORMAT:
        _tell_other(top, top.value)
        return False
    if "version" not in top.value:
        top.tell("AM704", 'the file has no "version"', f'write "version": {VERSION}')
        return True
    return _is_old_enough(top.inside("version"))


def _tell_other(top: Spot, file: dict[str, Any]) -> None:
    other = next((name for keys, name in _OTHERS if keys <= file.keys()), "")
    if other:
        help = f"it looks like {other}"
    else:
        help = _BEGIN if file.keys() & {"claims", "arguments", "relations"} else ""
    if "format" in file:
        spot, has = top.inside("format"), "has another"
    else:
        spot, has = top, "has no"
    spot.tell("AM702", f'this is not an argmap file: it {has} "format"', help)


def _is_old_enough(version: Spot) -> bool:
    """Whether *version* is one that we know. One that is no number is told, and no reason."""
    number = version.whole()
    if number is None or number <= VERSION:
        return True
    message = f"the file is of version {number}, and this argmap reads version {VERSION}"
    version.tell("AM703", message, "install a newer argmap")
    return False
