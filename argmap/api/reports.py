"""What comparisons, matrices, lists of changes and other findings are printed as."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from inspect import signature
from types import MappingProxyType
from typing import Any

from argmap.errors import UnknownFormat, guesses
from argmap.render.report.core import Report

RENDERERS: Mapping[str, str] = MappingProxyType(
    {
        "Comparison": "argmap.render.compare",
        "Diff": "argmap.render.diff",
        "Flow": "argmap.render.flow",
        "Found": "argmap.render.query",
        "Matrix": "argmap.render.matrix",
        "Merged": "argmap.render.merge",
    }
)
"""The module that prints values of a class, by its name. It has ``report(value, **options)`` and
``to_json(value)``, and may have ``to_csv`` and ``to_svg``, which take the same options as
``report``; or ``sheet``, which gives the report for spreadsheets, where that is another. A
``report`` that draws takes ``theme`` too.
"""

FORMATS = ("txt", "md", "html", "json", "csv", "xlsx", "svg", "png")
"""What is printed; a value of some kinds has no pictures, and a bare report no ``json``."""
PICTURES = ("svg", "png")

_SUFFIXES = MappingProxyType({"text": "txt", "markdown": "md", "htm": "html"})
_OURS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "txt": ("columns", "ascii", "colour"),
        "html": ("theme", "size"),
        "svg": ("theme",),
        "png": ("theme",),
    }
)
"""The options that printing itself takes, by format; all others are the value's own."""
_ALL = frozenset(name for names in _OURS.values() for name in names)


def printed(value: object, format: str = "txt", **options: Any) -> str | bytes:
    """*value*, as `argmap.compare` and the like give it, as text; as ``xlsx`` or ``png``,
    bytes.

    *format* is ``txt``, ``md``, ``html``, ``json``, ``csv``, ``xlsx``, ``svg`` or ``png``.
    *options* are those of the format: ``columns``, ``ascii`` and ``colour`` of ``txt``, ``theme``
    of ``html`` and pictures, and ``size`` (of the paper) of ``html``; and those of the value, such
    as ``quotes`` of a matrix.

    Raises:
        UnknownFormat: it is not printed so.
        MissingExtra: a package is not installed.
        TypeError: it is nothing that is printed, or has no such option.
    """
    kind = _kind_of(value, format)
    own = {name: given for name, given in options.items() if name not in _ALL}
    ours = {name: options[name] for name in _OURS.get(kind, ()) if name in options}
    if isinstance(value, Report):
        return _of_report(value, kind, ours)
    module = import_module(RENDERERS[type(value).__name__])
    made: str | bytes
    if kind == "json":
        made = module.to_json(value)
    elif kind == "svg":
        made = module.to_svg(value, **own, **ours)
    elif kind == "png":
        from argmap.render.png import png

        if ours.get("theme", "auto") == "auto":
            ours["theme"] = "light"  # pixels do not change with a screen
        made = png(module.to_svg(value, **own, **ours), lambda _: None)
    elif kind == "csv" and hasattr(module, "to_csv"):
        made = module.to_csv(value, **own)
    else:
        if kind == "html" and "theme" in ours and _takes(module.report, "theme"):
            own["theme"] = ours["theme"]  # of its pictures
        sheet = getattr(module, "sheet", None) if kind in ("csv", "xlsx") else None
        made = _of_report((sheet or module.report)(value, **own), kind, ours)
    return made


def check_printable(format: str, of: str = "") -> str:
    """The format that *format*, or a suffix of a file, stands for, if a value *of* that class is
    printed so; whatever it takes is there.

    Raises:
        UnknownFormat: it is not; the nearest is suggested.
        MissingExtra: a package is not installed.
    """
    asked = format.lower()
    kind = _SUFFIXES.get(asked, asked)
    known = formats(of) if of else FORMATS
    if kind not in known:
        near = () if kind in FORMATS else guesses(kind, known)
        more = f"did you mean .{near[0]}?" if near else f"it is {_or(known)}"
        raise UnknownFormat(f"this is not written as .{kind}; {more}")
    if kind == "xlsx":
        from argmap.render.report import xlsx

        xlsx.ready()
    elif kind == "png":
        from argmap.render import png

        png.ready()
    return kind


def formats(of: str) -> tuple[str, ...]:
    """The formats that values *of* a class, by its name, are printed in."""
    if of == Report.__name__:
        return tuple(f for f in FORMATS if f not in ("json", *PICTURES))
    draws = hasattr(import_module(RENDERERS[of]), "to_svg")
    return tuple(f for f in FORMATS if draws or f not in PICTURES)


def _or(known: tuple[str, ...]) -> str:
    from argmap.text import listed

    return listed([f".{name}" for name in known], "or")


def _kind_of(value: object, format: str) -> str:
    name = type(value).__name__
    if name not in RENDERERS and not isinstance(value, Report):
        raise TypeError(f"{name} is nothing that is printed")
    return check_printable(format, name)


def _takes(function: Callable[..., object], option: str) -> bool:
    return option in signature(function).parameters


def _of_report(report: Report, kind: str, ours: Mapping[str, Any]) -> str | bytes:
    """*report* in the format *kind*."""
    if kind == "txt":
        from argmap.render.report.terminal import terminal

        return terminal(report, **ours)
    if kind == "md":
        from argmap.render.report.markdown import markdown

        return markdown(report)
    if kind == "html":
        from argmap.render.report.page import page

        return page(report, **ours)
    if kind == "csv":
        from argmap.render.report.csv import csv_of

        return "\n".join(csv_of(table) for table in report.tables)
    from argmap.render.report.xlsx import xlsx

    return xlsx(report)
