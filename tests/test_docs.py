"""Every block of the README and the docs is run; what they show is what comes of it.

Blocks of one page share a folder, and run in order. A ``text`` block right after an
``argdown`` or ``python`` block is its outline or what it prints. A line ``<!-- file: NAME -->``
above a block writes it to that file; a ``text`` block that is written is not run, and
a ``markdown`` block is always written. ``console``
blocks hold commands after ``$``, each followed by what it prints; a ``mermaid`` block is what they
have written to an ``.mmd`` file. ``docs/problems.md`` has a test
of its own.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest
from attrs import frozen
from click.testing import CliRunner
from conftest import ROOT

import argmap
from argmap.cli import main

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PAGES = [p for p in PAGES if p.name != "problems.md"]
_BLOCK = re.compile(
    r"(?:<!-- file: (?P<file>\S+) -->\n)?^```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.M | re.S
)
RUN = {"python", "console", "argdown", "text", "json", "markdown", "mermaid"}
SHOWN_ONLY = {"sh", "toml", ""}  # set-up commands are run by .ci/run in a fresh environment


@frozen
class Block:
    kind: str
    body: str
    file: str
    line: int


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(m["kind"], m["body"], m["file"] or "", text.count("\n", 0, m.start()) + 1)
        for m in _BLOCK.finditer(text)
    ]


def test_the_pages_are_there_and_hold_blocks():
    names = {p.name for p in PAGES}
    assert {
        "README.md",
        "tutorial.md",
        "formats.md",
        "internals.md",
        "benchmarks.md",
        "python.md",
    } <= names
    assert sum(len(blocks(p)) for p in PAGES) > 15


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_block_is_of_a_kind_that_is_run(page: Path):
    assert {b.kind for b in blocks(page)} <= RUN | SHOWN_ONLY


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_what_a_page_shows_is_what_comes_of_it(page: Path, tmp_path: Path, monkeypatch):
    (tmp_path / "maps").symlink_to(ROOT / "maps")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    printed: str | None = None
    for b in blocks(page):
        where = f"{page.name}:{b.line}"
        if b.file:
            Path(b.file).write_text(b.body, encoding="utf-8")
        match b.kind:
            case "text" if b.file:
                printed = None
            case "markdown":
                assert b.file, f"{where}: nothing is run here"
            case "argdown":
                printed = argmap.loads(b.body, name=b.file or "map.argdown").outline()
            case "python":
                out = io.StringIO()
                with contextlib.redirect_stdout(out):
                    exec(compile(b.body, where, "exec"), names)
                printed = out.getvalue()
            case "json":
                argmap.loads(b.body)
            case "text":
                assert printed is not None, f"{where}: nothing was printed"
                assert b.body == printed, where
                printed = None
            case "mermaid":
                assert b.body in [p.read_text("utf-8") for p in Path().glob("*.mmd")], where
            case "console":
                run_console(b.body, where)


def run_console(body: str, where: str) -> None:
    """Run each line after ``$``, and compare what it prints; ``…`` alone stands for the rest."""
    for chunk in re.split(r"^\$ ", body, flags=re.M)[1:]:
        command, _, expected = chunk.partition("\n")
        program, *arguments = shlex.split(command)
        assert "argmap" == program, where
        expanded = [
            str(p) for a in arguments for p in (sorted(Path().glob(a)) if "*" in a else [a])
        ]
        result = CliRunner().invoke(main, expanded)
        shown = result.stdout + result.stderr
        if expected.endswith("…\n"):
            assert shown.startswith(expected.removesuffix("…\n")), where
        else:
            assert expected == shown, where


def test_links_between_pages_lead_somewhere():
    for page in [*PAGES, ROOT / "docs" / "problems.md", ROOT / "CHANGELOG.md"]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


EXAMPLES = sorted((ROOT / "examples").glob("*.py"))


def test_there_are_examples():
    assert EXAMPLES


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_an_example_runs(path: Path, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), {"__file__": str(path)})
    assert out.getvalue() or any(tmp_path.iterdir())


def test_the_pictures_of_the_docs_are_as_they_would_be_drawn_now(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    script = ROOT / "examples" / "pictures.py"
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(script.read_text("utf-8"), str(script), "exec"), {"__file__": str(script)})
    kept = ROOT / "docs" / "pictures"
    names = {p.name for p in tmp_path.glob("*.svg")}
    assert names == {p.name for p in kept.glob("*.svg")}
    names.remove("graphviz.svg")  # another Graphviz draws it otherwise
    stale = [n for n in names if (tmp_path / n).read_bytes() != (kept / n).read_bytes()]
    assert [] == stale, "draw them again: python examples/pictures.py docs/pictures"


def test_the_readme_has_two_set_up_commands():
    found = [b.body.strip() for b in blocks(ROOT / "README.md") if b.kind == "sh"]
    assert 2 == len(found)
    assert "\n" not in "".join(found)
    assert found[0].endswith(".svg")
    assert found[1].endswith("pytest")
