"""Every problem has a heading in ``docs/problems.md``, with a text that causes it.

Below a heading, in this order, stand:

- one or more fences that cause the problem. The info string is the language (``argdown``,
  ``json``, ``python``, or ``query``, which is asked of the map beside it), and, where it is
  needed, the name of the file (if none is given, ``map.argdown`` or ``map.json``: the map that is
  checked), ``encoding=…`` (else UTF-8) and ``newline=no``, for a text that does not end with a
  line break.
  Python is run, and raises. A text that a map cites is ``txt`` with its name; what is no text
  is ``base64``. Below AM6 the map is held against such texts.
- a ``text`` fence with all that argmap says. ``pytest --accept`` writes it.
- fences with what to write instead. They take the place of the files of the same name, and
  then nothing is wrong.

A ``console`` fence begins with a command, and has what it prints. It is written as well.
"""

from __future__ import annotations

import re
import shlex
import traceback
from base64 import b64decode
from collections.abc import Iterable
from pathlib import Path

import pytest
from attrs import frozen
from click.testing import CliRunner

from argmap import api
from argmap.advice import advise
from argmap.cli import main
from argmap.errors import ArgmapError, NotADebate, QueryError, ThemeError
from argmap.text import report

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "problems.md"

_CODE = re.compile(r'"(AM\d{3})"')
_PIECE = re.compile(
    r"^```(?P<info>.*)\n(?P<body>(?:.*\n)*?)```$|^(?P<level>#+) (?P<heading>.*)$", re.MULTILINE
)
_PRINTED = ("text", "console")


@frozen
class Fence:
    """A fenced text; ``page[start:stop]`` is its body."""

    info: str
    body: str
    start: int
    stop: int

    @property
    def language(self) -> str:
        return self.info.partition(" ")[0]

    @property
    def encoding(self) -> str:
        m = re.search(r"encoding=(\S+)", self.info)
        return m[1] if m else "utf-8"

    @property
    def file(self) -> str:
        named = [word for word in self.info.split()[1:] if "=" not in word]
        return named[0] if named else f"map.{self.language}"


@frozen
class Section:
    """What stands below a heading, up to the next."""

    heading: str
    fences: tuple[Fence, ...]

    @property
    def code(self) -> str:
        """The code that the heading begins with, or ``""``."""
        m = re.match(r"AM\d{3}(?= )", self.heading)
        return m[0] if m else ""

    @property
    def said(self) -> Fence:
        """The fence with what argmap says."""
        (only,) = [f for f in self.fences if f.language == "text"]
        return only

    @property
    def causes(self) -> tuple[Fence, ...]:
        return tuple(f for f in self.fences if f.start < self.said.start)

    @property
    def repairs(self) -> tuple[Fence, ...]:
        return tuple(f for f in self.fences if f.start > self.said.start)


def sections(page: str) -> list[Section]:
    found: list[tuple[str, list[Fence]]] = []
    for m in _PIECE.finditer(page):
        if m["level"]:
            found.append((m["heading"], []))
        else:
            found[-1][1].append(Fence(m["info"], m["body"], *m.span("body")))
    return [Section(heading, tuple(fences)) for heading, fences in found]


def section(heading: str) -> Section:
    """The section whose heading begins with *heading*, as it stands in the page now."""
    return next(s for s in sections(PAGE.read_text("utf-8")) if s.heading.startswith(heading))


SECTIONS = sections(PAGE.read_text("utf-8"))
CODES = [s.code for s in SECTIONS if s.code]
READ = "How a message reads"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, so that messages name files as the page does."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(fences: Iterable[Fence]) -> None:
    """Write *fences* into the files that they stand for, in the working folder."""
    for fence in fences:
        body = fence.body.rstrip("\n") if "newline=no" in fence.info else fence.body
        data = b64decode(body) if fence.language == "base64" else body.encode(fence.encoding)
        Path(fence.file).write_bytes(data)


def checked(fences: Iterable[Fence], code: str = "") -> tuple[list[str], str]:
    """The codes of what is wrong with *fences*, and all that argmap says of it.

    For a *code* that is about texts, the map is held against those in the working folder; for one
    of advice, that is given besides.
    """
    fences = list(fences)
    assert fences
    if fences[0].language == "python":
        assert 1 == len(fences)
        return run(fences[0])
    put(fences)
    if fences[-1].language == "query":
        return asked(fences[-1])
    if fences[0].language == "toml":
        return themed(fences[0])
    (checked_file,) = Path().glob("map.*")
    shelf = api.shelf(["."]) if code.startswith("AM6") else None
    advice = advise if code.startswith("AM8") else None
    told = api.checked(api.read(checked_file), shelf=shelf, advise=advice)
    return [p.code for p in told.problems], report(told.problems, told.texts)


def themed(fence: Fence) -> tuple[list[str], str]:
    """The codes of what is wrong with a theme, and all that argmap says of it."""
    try:
        api.load_theme(fence.file)
    except ThemeError as e:
        return [p.code for p in e.problems], str(e)
    return [], ""


def asked(fence: Fence) -> tuple[list[str], str]:
    """The codes of what is wrong with a query, and all that argmap says of it."""
    maps = [api.load(path) for path in Path().glob("map.argdown")]
    try:
        found = api.query(maps, fence.body.rstrip("\n"))
    except QueryError as e:
        return [p.code for p in e.problems], str(e)
    return [p.code for p in found.doubts], report(found.doubts, [found.text])


def run(fence: Fence) -> tuple[list[str], str]:
    """The code of what *fence* raises, and how Python shows it."""
    try:
        exec(compile(fence.body, fence.file, "exec"), {"__name__": "example"})
    except ArgmapError as e:
        shown = "".join(traceback.format_exception_only(e)).rstrip("\n")
        return [e.code] if isinstance(e, NotADebate) else [], shown
    return [], ""


def agree(fence: Fence, printed: str, *, accept: bool) -> None:
    """Hold *fence* against what was *printed*, or write it into the page."""
    if accept:
        page = PAGE.read_text("utf-8")
        assert fence.body == page[fence.start : fence.stop]
        PAGE.write_text(page[: fence.start] + printed + page[fence.stop :], "utf-8", newline="\n")
    else:
        assert fence.body == printed


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--accept", default=False))


def test_every_code_in_the_source_has_a_heading_and_every_heading_a_code_in_the_source():
    source = {
        code
        for path in (ROOT / "argmap").rglob("*.py")
        for code in _CODE.findall(path.read_text("utf-8"))
    }
    assert len(source) > 50
    assert sorted(source) == sorted(set(CODES))


def test_headings_are_in_numeric_order_and_none_is_there_twice():
    assert sorted(set(CODES)) == CODES


def test_a_link_in_the_page_leads_to_a_heading():
    links = re.findall(r"\]\(#([^)]*)\)", PAGE.read_text("utf-8"))
    anchors = {re.sub(r"[^\w -]", "", s.heading.lower()).replace(" ", "-") for s in SECTIONS}
    assert links
    assert set() == set(links) - anchors


@pytest.mark.parametrize("code", CODES)
def test_the_text_causes_the_problem_and_no_other(code: str, folder: Path):
    codes, _ = checked(section(code).causes, code)
    assert [code] == codes


@pytest.mark.parametrize("code", CODES)
def test_the_page_says_what_argmap_says(code: str, folder: Path, accept: bool):
    _, printed = checked(section(code).causes, code)
    agree(section(code).said, printed + "\n", accept=accept)


@pytest.mark.parametrize("code", CODES)
def test_with_what_to_write_instead_nothing_is_wrong(code: str, folder: Path):
    causes, repairs = section(code).causes, section(code).repairs
    put(f for f in causes if f.language != "python")
    assert ([], "") == checked(repairs, code)


def test_the_introduction_shows_a_message_as_argmap_prints_it(folder: Path, accept: bool):
    _, printed = checked(section(READ).causes)
    agree(section(READ).said, printed + "\n", accept=accept)


def test_the_introduction_shows_the_same_message_in_one_line(folder: Path, accept: bool):
    put(section(READ).causes)
    (console,) = section("One line each").fences
    command, _, _ = console.body.partition("\n")
    assert command.startswith("$ argmap ")

    result = CliRunner().invoke(main, shlex.split(command)[2:])

    assert 1 == result.exit_code
    agree(console, f"{command}\n{result.output}", accept=accept)


def test_every_fence_of_the_page_is_run():
    run_ones = [*CODES, READ, "One line each"]
    others = [s.heading for s in SECTIONS if s.fences and not s.heading.startswith(tuple(run_ones))]
    assert [] == others
