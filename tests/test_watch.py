"""``argmap watch``: what is noticed, what is written when, and what is said."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from argmap.cli import main
from argmap.live import Watch, watching

SMALL = "[A]: a\n  + [B]: b\n"
OTHER = "[A]: another one\n  + [B]: b\n"
BROKEN = "===\ntitle: [\n===\n\n[A]: a\n"
WHOLE = "[W]: whole\n\n@include(part.argdown)\n"

INTERRUPTIBLE = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
"""A shell that starts a test in the background has its ^C ignored, and that is handed down."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "map.argdown").write_text(SMALL)
    yield tmp_path
    assert [] == [p.name for p in tmp_path.rglob("*.part")]


def replace(name: str, body: str) -> None:
    """As many editors save: a new file, put in the place of the old one."""
    Path(f"{name}~").write_text(body)
    Path(f"{name}~").replace(name)


# --- noticing


def begun(name: str = "map.argdown") -> Watch:
    from argmap import api

    watch = Watch(name)
    watch.begin()
    api.read(name, fetch=watch.fetch)
    return watch


def pauses(watch: Watch, *steps: Callable[[], object]) -> float:
    """For how long a watch has waited, in its own time, if it sees one of *steps* in each pause."""
    waited, left = 0.0, list(steps)

    def pause(seconds: float) -> None:
        nonlocal waited
        waited += seconds
        assert waited < 60, "it never came back"
        if left:
            left.pop(0)()

    watch.wait(pause)
    assert not left
    return waited


@pytest.mark.parametrize(
    "change",
    [
        lambda: Path("map.argdown").write_text(OTHER),
        lambda: replace("map.argdown", OTHER),
        lambda: os.utime("map.argdown", ns=(1, 1)),
        lambda: Path("map.argdown").unlink(),
    ],
    ids=["written", "replaced", "touched", "removed"],
)
def test_a_change_is_noticed(change: Callable[[], object]):
    watch = begun()
    assert not watch.changed()
    change()
    assert watch.changed()
    watch.begin()
    assert not watch.changed()


def test_what_is_included_or_joined_is_watched_also_if_it_is_missing(folder: Path):
    (folder / "map.argdown").write_text(
        "===\npositions:\n  - sub/one.argdown\n  - gone.argdown\n===\n\n@include(part.argdown)\n"
    )
    (folder / "sub").mkdir()
    (folder / "sub" / "one.argdown").write_text("[C]: c\n\n@include(deep.argdown)\n")
    names = {str(Path(n)) for n in begun().names}
    assert {"map.argdown", "part.argdown", "gone.argdown"} < names
    assert {str(Path("sub", n)) for n in ("one.argdown", "deep.argdown")} < names
    for name in ("part.argdown", "gone.argdown", "sub/deep.argdown"):
        watch = begun()
        Path(name).write_text("[Z]: z\n")
        assert watch.changed(), name


def test_a_file_that_changes_while_it_is_read_is_noticed(monkeypatch: pytest.MonkeyPatch):
    Path("map.argdown").write_text(WHOLE)
    Path("part.argdown").write_text(SMALL)
    fetch = watching.api.fetch

    def slow(name: str, beside: str):
        text = fetch(name, beside)
        replace("part.argdown", OTHER)
        return text

    monkeypatch.setattr(watching.api, "fetch", slow)
    assert begun().changed()


def test_a_burst_of_changes_is_one():
    steps = [lambda n=n: replace("map.argdown", SMALL + "#" * n) for n in range(1, 10)]
    assert pauses(begun(), *steps) < 2


def test_what_never_comes_to_rest_is_read_in_the_end():
    steps = [lambda n=n: replace("map.argdown", SMALL + "#" * n) for n in range(1, 33)]
    assert 1.9 < pauses(begun(), *steps) < 2.5


def test_a_file_that_is_put_in_its_place_again_was_never_away():
    away = Path("map.argdown").unlink
    nothing = [lambda: None] * 6
    waited = pauses(begun(), away, *nothing, lambda: Path("map.argdown").write_text(OTHER))
    assert 0.5 < waited < 1
    assert 1 < pauses(begun(), away) < 1.5  # and here it is not


def test_a_link_is_watched_where_it_leads():
    Path("link.argdown").symlink_to("map.argdown")
    watch = begun("link.argdown")
    Path("map.argdown").write_text(OTHER)
    assert watch.changed()


def test_strange_names_are_no_trouble():
    watch = Watch("map.argdown", also=("nul\0nul", "x" * 5000, "no/such/folder"))
    watch.begin()
    assert not watch.changed()


# --- what is written, and said


def watch(*arguments: str, steps: list[Callable[[], object]] | None = None) -> Result:
    """Run the command; before each further drawing one of *steps* is done, and then comes ^C."""
    left = list(steps or [])

    def wait(self: Watch) -> None:
        if not left:
            raise KeyboardInterrupt
        left.pop(0)()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Watch, "wait", wait)
        result = CliRunner().invoke(main, ["watch", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert not left
    return result


def lines(result: Result) -> list[str]:
    return [re.sub(r"\d", "0", line) for line in result.stderr.splitlines()]


def test_every_drawing_is_one_line_with_its_time(folder: Path):
    texts = []
    result = watch(
        *("map.argdown", "-o", "m.txt", "-o", "m.svg"),
        steps=[
            lambda: texts.append(Path("m.txt").read_text()),
            lambda: replace("map.argdown", OTHER),
        ],
    )
    assert (0, "") == (result.exit_code, result.stdout)
    assert ["1 a\n└─ +  1.1 b\n"] == texts
    assert (folder / "m.txt").read_text().startswith("1 another one")
    assert "another one" in (folder / "m.svg").read_text()
    drawn = "00:00:00 wrote m.txt and m.svg (0.00 s)"
    assert ["watching map.argdown and what it names; ^C ends", *[drawn] * 3] == lines(result)


def test_the_last_good_output_stays_while_there_are_errors(folder: Path):
    kept = []
    result = watch(
        *("map.argdown", "-o", "m.txt"),
        steps=[
            lambda: replace("map.argdown", BROKEN),
            lambda: kept.append(Path("m.txt").read_text()),
            lambda: replace("map.argdown", OTHER),
        ],
    )
    assert 0 == result.exit_code
    assert ["1 a\n└─ +  1.1 b\n"] == kept
    assert (folder / "m.txt").read_text().startswith("1 another one")
    assert 1 == result.stderr.count("error[")  # it is not said again while it is the same
    assert "^" in result.stderr.partition("error[")[2]
    assert 2 == result.stderr.count("nothing drawn; m.txt stayed as before")


def test_errors_at_first_do_not_end_it(folder: Path):
    (folder / "map.argdown").write_text(BROKEN)
    result = watch("map.argdown", "-o", "m.txt", steps=[lambda: replace("map.argdown", SMALL)])
    assert 0 == result.exit_code
    assert "1 a\n└─ +  1.1 b\n" == (folder / "m.txt").read_text()


def test_what_goes_missing_later_is_told_and_waited_for(folder: Path):
    Path("map.argdown").write_text(WHOLE)
    Path("part.argdown").write_text(SMALL)
    result = watch(
        *("map.argdown", "-o", "m.txt"),
        steps=[
            Path("part.argdown").unlink,
            lambda: replace("part.argdown", "[C]: c\n"),
            Path("map.argdown").unlink,
            lambda: replace("map.argdown", OTHER),
        ],
    )
    assert 0 == result.exit_code
    assert "there is no file 'part.argdown'" in result.stderr
    assert "argmap: there is no file map.argdown" in result.stderr
    assert "another one" in (folder / "m.txt").read_text()


def test_a_disk_that_takes_nothing_is_told(folder: Path):
    (folder / "out").mkdir()

    def gone() -> None:
        Path("out/m.txt").unlink()
        Path("out").rmdir()

    result = watch("map.argdown", "-o", "out/m.txt", steps=[gone, lambda: Path("out").mkdir()])
    assert 0 == result.exit_code
    assert "argmap: cannot write out/m.txt: there is no folder out" in result.stderr
    assert (folder / "out" / "m.txt").exists()


def test_settings_of_argdown_are_watched_where_they_may_be(folder: Path):
    asked = ["map.argdown", "-o", "m.dot", "--format", "argdown-dot"]
    body = '{"dot": {"graphVizSettings": {"rankdir": "LR"}}}'
    result = watch(*asked, steps=[lambda: Path("argdown.config.json").write_text(body)])
    assert 0 == result.exit_code
    assert "LR" in (folder / "m.dot").read_text()
    assert "argdown.config.json" in {Path(n).name for n in following(asked)}


def following(asked: list[str]) -> tuple[str, ...]:
    """What is watched."""
    seen = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Watch, "wait", lambda self: seen.append(self.names) or interrupt())
        CliRunner().invoke(main, ["watch", *asked])
    return seen[0]


def interrupt() -> None:
    raise KeyboardInterrupt


def test_a_document_is_drawn_with_its_maps(folder: Path):
    (folder / "notes.md").write_text(
        f"# Notes\n\n```argdown\n{SMALL}```\n\n```argdown\n{OTHER}```\n"
    )
    assert 0 == watch("notes.md", "-o", "n.html", "-o", "n2.md").exit_code
    assert "another one" in (folder / "n.html").read_text()
    assert (folder / "n2-2.svg").exists()
    told = watch("notes.md", "-o", "n.html", "--group", "author").stderr
    assert "count for a single map, as in notes.md#1" in told
    assert 0 == watch("notes.md#2", "-o", "second.txt").exit_code
    assert (folder / "second.txt").read_text().startswith("1 another one")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name a file to write"),
        (["-o", "-"], "name a file to write"),
        (["-o", "m.doc"], "does not write .doc"),
        (["-o", "no/m.svg"], "there is no folder no"),
        (["-o", "map.argdown"], "it was read for this; write to another file|the map itself"),
        (["-o", "m.svg", "--size", "a17"], "a17"),
    ],
)
def test_what_makes_no_sense_ends_it_at_once(arguments: list[str], said: str):
    result = watch("map.argdown", *arguments)
    assert 2 == result.exit_code
    assert re.search(said, result.stderr)


@pytest.mark.parametrize("name", ["-", "map.argdwn", "."])
def test_only_files_are_watched(name: str):
    result = watch(name, "-o", "m.svg")
    assert 2 == result.exit_code
    assert "watching -" not in result.stderr


def test_it_never_draws_into_what_it_reads(folder: Path):
    (folder / "map.argdown").write_text(WHOLE)
    for missing in (True, False):
        result = watch("map.argdown", "-o", "part.argdown")
        assert missing == (not Path("part.argdown").exists())
        assert "wrote" not in result.stderr
        (folder / "part.argdown").write_text(SMALL)
    assert SMALL == (folder / "part.argdown").read_text()


def test_it_does_not_react_to_what_it_writes():
    asked = ["map.argdown", "-o", "m.svg", "-o", "m.html"]
    assert not {"m.svg", "m.html"} & {Path(n).name for n in following(asked)}


# --- as a program


@pytest.fixture
def program() -> Iterator[Callable[..., tuple[subprocess.Popen[str], Callable[[str], str]]]]:
    """Start the command; the second of what it gives reads on until a line has something."""
    started = []

    def start(*arguments: str) -> tuple[subprocess.Popen[str], Callable[[str], str]]:
        code = f"{INTERRUPTIBLE}from argmap.cli import main; main()"
        p = subprocess.Popen(
            [sys.executable, "-c", code, *arguments], stderr=subprocess.PIPE, text=True
        )
        started.append((p, threading.Timer(20, p.kill)))
        started[-1][1].start()

        def until(part: str) -> str:
            assert p.stderr is not None
            for line in p.stderr:
                if part in line:
                    return line
            raise AssertionError(f"it ended without {part!r}")

        return p, until

    yield start
    for p, timer in started:
        timer.cancel()
        p.kill()
        p.wait()
        assert p.stderr is not None
        p.stderr.close()


@pytest.mark.skipif(os.name != "posix", reason="^C is a signal there")
def test_a_program_draws_again_and_ends_with_status_0(folder: Path, program):
    p, until = program("watch", "map.argdown", "-o", "m.txt")
    until("wrote")
    replace("map.argdown", BROKEN)
    until("error[")
    until("nothing drawn")
    Path("map.argdown").unlink()
    Path("map.argdown").write_text(OTHER)
    until("wrote")
    assert (folder / "m.txt").read_text().startswith("1 another one")
    p.send_signal(signal.SIGINT)
    assert 0 == p.wait(10)
