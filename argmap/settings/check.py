"""What is doubtful about the settings that a map's author wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from argmap.errors import guesses
from argmap.model import Data, Value
from argmap.settings.schemes import SCHEMES
from argmap.settings.table import KEPT, KEY, KEYS, LEGACY_MODES, Key, Takes, is_colour, taken
from argmap.text import Severity

Path = tuple[str, ...]

ACTED: tuple[str, ...] = tuple(dict.fromkeys(k.path[0] for k in KEYS))
_INNER: frozenset[Path] = frozenset(k.path[:n] for k in KEYS for n in range(1, len(k.path)))
_OTHERWISE = {  # other names that people try, and a setting's own
    "lineLength": "charactersInLine",
    "colorByTags": "colorizeByTag",
    "colorByTag": "colorizeByTag",
    "labelMode": "statementLabelMode",
    "rankDir": "rankdir",
}
_RANKDIR = ("dot", "graphVizSettings", "rankdir")


def _places() -> dict[str, tuple[Path, ...]]:
    """Under which paths a setting's last name stands."""
    found: dict[str, list[Path]] = {"rankdir": [_RANKDIR]}
    for key in KEYS:
        found.setdefault(key.path[-1], []).append(key.path)
    return {name: tuple(paths) for name, paths in found.items()}


_PLACES = _places()
# names that somebody may well give to a key of their own
_COMMON = {"sections", "edge", "font", "bold", "margin", "shape", "style", "images"}
_MODE = KEY["model", "mode"]
_MAPPINGS = (Takes.MAPPING, Takes.COLOURS, Takes.RELATIONS)


@frozen
class Finding:
    """Something to tell about the setting at *path*, for whoever knows its place."""

    code: str
    path: Path
    message: str
    help: str = ""
    severity: Severity = Severity.WARNING


def entries(data: Data) -> Iterator[tuple[Path, Value]]:
    """Every key of *data*, and of the mappings in it, with its value; an outer one comes first."""
    todo: list[tuple[Path, Value]] = [((k,), v) for k, v in reversed(data.items)]
    while todo:
        path, value = todo.pop()
        yield path, value
        if isinstance(value, Data):
            todo += [((*path, k), v) for k, v in reversed(value.items)]


def findings(pairs: Iterable[tuple[Path, Value]]) -> Iterator[Finding]:
    """What is doubtful about the settings among *pairs*, in their order; see `entries`.

    Keys that are no settings are their author's own and are never told of, unless a setting has
    that name on another level.
    """
    told: set[str] = set()  # sections of which it is told that argmap does not act on them
    done: set[Path] = set()  # paths whose inner keys are not looked at
    for path, value in pairs:
        if any(path[:n] in done for n in range(1, len(path))):
            continue
        section = path[0]
        if section in KEPT:
            done.add((section,))
            yield _kept(section)
        elif section not in ACTED:
            done.add((section,))
            yield from _on_top(section, value)
        elif path in KEY:
            done.add(path)
            yield from _value(KEY[path], value)
            if not KEY[path].acts and section not in told:
                told.add(section)
                yield _kept(str(KEY[path]), path)
        elif path in _INNER:
            if value is not None and not isinstance(value, Data):
                done.add(path)
                yield _no_mapping(path, value)
        else:
            done.add(path)
            yield _unknown(path)


def _kept(name: str, path: Path = ()) -> Finding:
    what = f" ({KEPT[name]})" if name in KEPT else ""
    message = f"{name!r}{what} is kept for other Argdown tools; argmap does not act on it"
    return Finding("AM409", path or (name,), message, severity=Severity.NOTE)


def _on_top(name: str, value: Value) -> Iterator[Finding]:
    """A key outside every section: its author's own, or a setting that lost its section."""
    places = _PLACES.get(_OTHERWISE.get(name, name), ())
    if not places or name in _COMMON or len(places[0]) > 3:
        return
    if isinstance(value, Data) and KEY.get(places[0], _MODE).takes not in _MAPPINGS:
        return
    if name == "mode" and value not in _MODE.words:
        return
    yield _elsewhere((name,), places)


def _elsewhere(path: Path, places: tuple[Path, ...]) -> Finding:
    right = " or ".join(".".join(p) for p in places)
    where = "outside every section" if len(path) == 1 else f"in {'.'.join(path[:-1])!r}"
    message = f"{path[-1]!r} {where} has no effect: the setting is {right}"
    return Finding("AM418", path, message, f"write  {_nested(places[0])}")


def _nested(path: Path) -> str:
    """*path* as it is written.

    >>> _nested(("model", "mode"))
    'model: {mode: …}'
    """
    return "".join(f"{k}: {{" for k in path[:-1]) + f"{path[-1]}: …" + "}" * (len(path) - 1)


def _unknown(path: Path) -> Finding:
    name = _OTHERWISE.get(path[-1], path[-1])
    beside = path[:-1]
    if (*beside, name) in KEY:
        help = f"did you mean {name}?"
    elif places := _near(_PLACES.get(name, ()), beside):
        return _elsewhere(path, places)
    else:
        inner = dict.fromkeys(k.path[len(beside)] for k in KEYS if k.path[: len(beside)] == beside)
        near = guesses(name, inner) or guesses(name, _PLACES)
        if near and near[0] in inner:
            help = f"did you mean {near[0]}?"
        elif near:
            help = f"did you mean {' or '.join('.'.join(p) for p in _PLACES[near[0]])}?"
        else:
            help = f"its keys are {', '.join(inner)}"
    message = f"{'.'.join(beside)!r} has no setting called {path[-1]!r}, so it has no effect"
    return Finding("AM417", path, message, help)


def _near(places: tuple[Path, ...], beside: Path) -> tuple[Path, ...]:
    """Those of *places* that share the most with *beside*, at most three."""

    def shared(place: Path) -> int:
        return next((n for n, (a, b) in enumerate(zip(place, beside, strict=False)) if a != b),
                    min(len(place), len(beside)))  # fmt: skip

    most = max(map(shared, places), default=0)
    return tuple(p for p in places if shared(p) == most)[:3]


def _no_mapping(path: Path, value: Value) -> Finding:
    inner = next(k.path[len(path)] for k in KEYS if k.path[: len(path)] == path)
    message = f"{'.'.join(path)!r} takes keys of its own, not {_told(value)}, so it has no effect"
    return Finding("AM419", path, message, f"write  {path[-1]}: {{{inner}: …}}")


def _told(value: Value) -> str:
    if isinstance(value, str):
        return repr(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "a list"
    return "keys of its own" if isinstance(value, Data) else str(value)


def _value(key: Key, value: Value) -> Iterator[Finding]:
    """What is wrong with *value* as that of *key*."""
    if value is None:
        return
    if taken(key, value) is None:
        message = f"{str(key)!r} takes {_choice(key)}, not {_told(value)}; its default stands"
        yield Finding("AM419", key.path, message, _instead(key, value))
    elif isinstance(value, tuple) and key.takes is Takes.TEXTS:
        for v in value:
            if not isinstance(v, str):
                message = f"{str(key)!r} takes a list of texts, and {_told(v)} in it is none"
                help = f'put it in quotation marks: "{_told(v)}"'
                yield Finding("AM419", key.path, message, help)
    elif isinstance(value, Data) and key.takes in (Takes.COLOURS, Takes.RELATIONS, Takes.SECTIONS):
        yield from _inside(key, value)


def _choice(key: Key) -> str:
    return ", ".join(key.words[:-1]) + f" or {key.words[-1]}" if key.words else key.takes.value


def _instead(key: Key, value: Value) -> str:
    """What to write instead of *value*."""
    match key.takes:
        case Takes.WORD:
            known = [*key.words, *LEGACY_MODES]
            near = next(iter(guesses(str(value), known)), "")
            word = LEGACY_MODES.get(str(value), LEGACY_MODES.get(near, near))
            return f"write {word}" if word in key.words else ""
        case Takes.SCHEME if isinstance(value, str):
            near = next(iter(guesses(value, SCHEMES)), "")
            return f"write {near}" if near else f"the schemes are {', '.join(SCHEMES)}"
        case Takes.FLAG if isinstance(value, str):
            off = value.casefold().strip(" ,;") in ("no", "off", "false", "n")
            return f"write {'false' if off else 'true'}, without quotation marks"
        case Takes.NUMBER | Takes.WHOLE if isinstance(value, str):
            return "write the number alone, without quotation marks and unit"
        case _:
            return f"the default is {key.default}" if key.default else ""


_RELATIONS = ("support", "attack", "undercut", "entails", "contrary", "contradictory")


def _inside(key: Key, value: Data) -> Iterator[Finding]:
    """What is wrong with the keys and values of a setting that has keys of its author's choice."""
    for name, v in value.items:
        path = (*key.path, name)
        if key.takes is Takes.RELATIONS and name not in _RELATIONS:
            near = guesses(name, _RELATIONS)
            help = f"did you mean {near[0]}?" if near else f"they are {', '.join(_RELATIONS)}"
            yield Finding("AM417", path, f"{name!r} is no relation that {str(key)!r} knows", help)
        elif key.takes is Takes.SECTIONS:
            if v is not None and not isinstance(v, Data):
                message = f"{str(key)!r} takes isGroup and isClosed for each heading"
                yield Finding("AM419", path, message, f"write  {name}: {{isGroup: true}}")
        elif not _colours(v):
            message = f"{_told(v)} is no colour, so {name!r} gets none"
            help = 'write a colour in quotation marks, as in "#1b9e77", or its number in the scheme'
            yield Finding("AM419", path, message, help)


def _colours(value: Value) -> bool:
    if isinstance(value, Data):
        value = value.get("color")
    number = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return number or is_colour(value)
