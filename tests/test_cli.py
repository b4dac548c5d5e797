"""The command: what it prints, where, with which status, and that it never leaves half a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import argmap
from argmap import model
from argmap.cli import main
from argmap.cli.new import EXAMPLE

SMALL = "[A]: a\n  + [B]: b\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "small.argdown").write_text(SMALL, encoding="utf-8")
    yield tmp_path
    assert [] == [p.name for p in tmp_path.rglob("*.part")]


def run(*arguments: str, stdin: str | bytes = "") -> Result:
    result = CliRunner().invoke(main, list(arguments), input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    return result


def process(*arguments: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "argmap", *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, **env},
        timeout=120,
        check=False,
    )


# --- render


def test_without_an_output_the_outline_is_printed():
    result = run("render", "small.argdown")
    assert (0, "1 a\n└─ +  1.1 b\n", "") == (result.exit_code, result.stdout, result.stderr)


def test_the_suffix_chooses_what_is_written(folder: Path):
    names = ["m.svg", "m.dot", "m.gv", "m.json", "m.txt", "M.SVG"]
    options = [part for name in names for part in ("-o", name)]
    assert 0 == run("render", "small.argdown", *options).exit_code
    ET.parse(folder / "m.svg")
    assert (folder / "m.dot").read_text("utf-8").startswith("digraph")
    assert "argmap" == json.loads((folder / "m.json").read_text("utf-8"))["format"]
    assert "1 a\n└─ +  1.1 b\n" == (folder / "m.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("format", "start"), [("svg", "<svg"), ("dot", "digraph"), ("json", "{"), ("txt", "1 a")]
)
def test_a_format_is_written_to_stdout(format: str, start: str):
    result = run("render", "-", "--format", format, "-o", "-", stdin=SMALL)
    assert (0, "") == (result.exit_code, result.stderr)
    assert result.stdout.startswith(start)


def test_a_format_overrules_the_suffix(folder: Path):
    assert 0 == run("render", "small.argdown", "--format", "svg", "-o", "m.txt").exit_code
    ET.parse(folder / "m.txt")


def test_json_is_read_as_well_as_written(folder: Path):
    run("render", "small.argdown", "-o", "m.json")
    result = run("render", "m.json")
    assert "1 a\n└─ +  1.1 b\n" == result.stdout


@pytest.mark.parametrize("layout", ["tree", "dot"])
@pytest.mark.parametrize("direction", ["down", "right"])
@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_every_choice_of_picture_is_drawn(folder: Path, layout: str, direction: str, theme: str):
    options = ["--layout", layout, "--direction", direction, "--theme", theme, "--width", "200"]
    result = run("render", "small.argdown", "-o", "m.svg", *options)
    assert (0, "") == (result.exit_code, result.stderr)
    ET.parse(folder / "m.svg")


def test_warnings_do_not_keep_a_map_from_being_drawn(folder: Path):
    result = run("render", "-", "-o", "m.svg", stdin="[A]: a\n- b")
    assert 0 == result.exit_code
    assert "warning[AM103]" in result.stderr
    assert "<stdin>:2:1" in result.stderr
    assert (folder / "m.svg").exists()


def test_errors_do_and_nothing_is_written(folder: Path):
    (folder / "m.svg").write_text("old", encoding="utf-8")
    result = run("render", "-", "-o", "m.svg", stdin="(1) a")
    assert (1, "") == (result.exit_code, result.stdout)
    assert "error[AM201]" in result.stderr
    assert "old" == (folder / "m.svg").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (
            ["render", "smal.argdown"],
            2,
            "there is no file smal.argdown; did you mean small.argdown?",
        ),
        (["render", "."], 2, ". is a folder; name a file in it"),
        (["render", "small.argdown", "-o", "no/m.svg"], 2, "there is no folder no"),
        (
            ["render", "small.argdown", "-o", "m.svgz"],
            2,
            "does not write .svgz; did you mean .svg?",
        ),
        (
            ["render", "small.argdown", "-o", "m.docx"],
            2,
            "it writes .svg, .png, .pdf, .html, .md, .dot, .mmd, .json",
        ),
        (["render", "small.argdown", "-o", "m"], 2, "m has no suffix to say what to write"),
        (["render", "small.argdown", "-o", "sub.svg"], 2, "sub.svg: it is a folder"),
        (["render", "small.argdown", "--format", "pdx", "-o", "-"], 2, "does not write .pdx"),
        (
            ["render", "latin.argdown"],
            1,
            "this is not UTF-8 text (byte 0xe4 at offset 12, in line 2, column 6)",
        ),
        (["render", "wide.argdown"], 1, "this is not UTF-8 text (it looks like UTF-16)"),
        (["render"], 2, "Missing argument 'FILE'"),
        (["rendr", "x"], 2, "no command is named 'rendr'; did you mean 'render'?"),
        (["zzz"], 2, "there are render, check, watch"),
        (["check", "nix.argdown"], 2, "there is no file nix.argdown"),
        (["render", "small.argdown", "-o", "m.svg", "--width", "nan"], 2, "140 to 600 points"),
        (["new", "x.svg"], 2, "a map is text: name it x.argdown"),
        (["render", "nix.argdown", "-o", "small.svg"], 2, "there is no file nix.argdown"),
        (["new", "small.argdown"], 2, "small.argdown is there already"),
        (["new", "no/x.argdown"], 2, "there is no folder no"),
    ],
)
def test_misuse_is_one_clear_message(folder: Path, arguments, status: int, message: str):
    (folder / "sub.svg").mkdir()
    (folder / "latin.argdown").write_bytes("[A]: a\n[B]: \xe4".encode("latin-1"))
    (folder / "wide.argdown").write_bytes(SMALL.encode("utf-16"))
    before = sorted(p.name for p in folder.iterdir())
    result = run(*arguments)
    assert status == result.exit_code
    assert message in " ".join(result.stderr.split())
    assert before == sorted(p.name for p in folder.iterdir())


def test_a_file_that_may_not_be_read_is_told(monkeypatch):
    def refused(self):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refused)
    result = run("render", "small.argdown")
    assert 2 == result.exit_code
    assert "small.argdown cannot be read: permission denied" in result.stderr


def test_a_full_disk_leaves_no_half_file(folder: Path, monkeypatch):
    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    result = run("render", "small.argdown", "-o", "m.svg")
    assert 2 == result.exit_code
    assert "cannot write m.svg: no space left on device" in result.stderr
    assert not (folder / "m.svg").exists()


def test_an_empty_file_is_a_warning_and_an_empty_picture(folder: Path):
    result = run("render", "-", "-o", "m.svg", stdin="")
    assert 0 == result.exit_code
    assert "warning[AM004]: there is nothing in this text yet" in result.stderr
    assert "This map holds no claims yet." in (folder / "m.svg").read_text("utf-8")


def test_a_byte_order_mark_is_left_out():
    result = run("render", "-", stdin=b"\xef\xbb\xbf" + SMALL.encode())
    assert (0, "1 a\n└─ +  1.1 b\n") == (result.exit_code, result.stdout)
    assert "warning[AM002]" in result.stderr


def test_a_missing_position_is_an_error_in_the_map(folder: Path):
    (folder / "d.argdown").write_text("===\npositions: [smal.argdown]\n===\n\n[A]: a", "utf-8")
    result = run("render", "d.argdown")
    assert 1 == result.exit_code
    assert "error[AM501]: there is no file 'smal.argdown'; did you mean 'small.argdown'?" in (
        result.stderr
    )
    assert "d.argdown:2:13" in result.stderr


# --- what the terminal can show


def test_a_stream_that_cannot_show_lines_gets_ascii():
    done = process("render", "-", stdin="[A]: ä“x”\n  + b ¶".encode(), PYTHONIOENCODING="ascii")
    assert 0 == done.returncode
    assert b'1 ?"x"\n`- +  1.1 b par. \n'.replace(b" \n", b"\n") == done.stdout


def test_colour_is_for_terminals_and_for_those_who_ask():
    plain = process("render", "-", stdin=SMALL.encode())
    forced = process("render", "-", stdin=SMALL.encode(), FORCE_COLOR="1")
    refused = process("render", "-", stdin=SMALL.encode(), FORCE_COLOR="1", NO_COLOR="1")
    assert [False, True, False] == [b"\x1b[" in p.stdout for p in (plain, forced, refused)]


def test_a_reader_that_goes_away_is_no_error():
    body = "\n\n".join(f"claim {i}" for i in range(20000)).encode()
    with subprocess.Popen(
        [sys.executable, "-m", "argmap", "render", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdin.write(body)
        child.stdin.close()
        child.stdout.read(10)
        child.stdout.close()
        assert b"" == child.stderr.read()


def test_the_outline_takes_the_columns_it_is_given():
    body = "[A]: " + "many words that have to be wrapped somewhere " * 4
    result = run("render", "-", "--columns", "40", stdin=body)
    assert max(map(len, result.stdout.splitlines())) <= 40


def test_the_depth_of_the_outline_is_limited():
    result = run("render", "-", "--depth", "1", stdin=SMALL)
    assert "Part of the map: 1 level of 2; 1 of 2 cards\n\n1 a\n… 1 more below\n" == result.stdout


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_what_is_for_programs_is_utf8_whatever_the_terminal_is(encoding: str):
    for format in ("json", "svg", "dot"):
        made = process(
            "render", "-", "--format", format, "-o", "-",
            stdin="[A]: ä 議".encode(), PYTHONIOENCODING=encoding,
        )  # fmt: skip
        assert "ä 議" in made.stdout.decode("utf-8")


def test_a_format_may_be_spelt_in_capitals():
    assert run("render", "-", "--format", "SVG", "-o", "-", stdin=SMALL).stdout.startswith("<svg")


def test_a_map_is_not_written_over(folder: Path):
    result = run("render", "small.argdown", "--format", "txt", "-o", "small.argdown")
    assert 2 == result.exit_code
    assert "small.argdown is the map itself" in " ".join(result.stderr.split())
    assert SMALL == (folder / "small.argdown").read_text("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="closes streams as POSIX shells do")
@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("render - <&-", 2),
        ("render small.argdown >&-", 2),
        ("check small.argdown >&-", 0),
        ("check small.argdown 2>&-", 0),
        ("render small.argdown >/dev/full", 2),
        ("--help >/dev/full", 2),
    ],
)
def test_streams_that_are_closed_or_full_are_no_traceback(command: str, status: int):
    done = subprocess.run(
        f"'{sys.executable}' -m argmap {command}", shell=True, capture_output=True, check=False
    )
    assert b"Traceback" not in done.stderr
    assert status == done.returncode


# --- check


def test_a_sound_map_passes():
    result = run("check", "small.argdown")
    assert (0, "", "no problems in 1 file\n") == (result.exit_code, result.stdout, result.stderr)


def test_problems_are_results_and_their_count_a_message(folder: Path):
    (folder / "bad.argdown").write_text("(1) a\n\n[B]: b\n- c", encoding="utf-8")
    result = run("check", "--brief", "bad.argdown", "small.argdown")
    assert 1 == result.exit_code
    assert [
        "bad.argdown:1:1: error[AM201]: this argument never concludes",
        "bad.argdown:4:1: warning[AM103]: this relation is not indented",
    ] == result.stdout.splitlines()
    assert "1 error, 1 warning in 2 files\n" == result.stderr


def test_a_note_is_no_reason_to_fail():
    result = run("check", "-", stdin="===\nvizJs: {engine: dot}\n===\n\n[A]: a")
    assert 0 == result.exit_code
    assert "note[AM409]" in result.stdout


def test_a_file_that_cannot_be_read_does_not_stop_the_others(folder: Path):
    (folder / "bad.argdown").write_text("(1) a", encoding="utf-8")
    result = run("check", "nix", "bad.argdown")
    assert 2 == result.exit_code
    assert "error[AM201]" in result.stdout


def test_a_problem_of_a_position_is_told_once(folder: Path):
    (folder / "p.argdown").write_text("===\nspeaker: Ana\n===\n\n[P] p", encoding="utf-8")
    (folder / "d.argdown").write_text("===\npositions: p.argdown\n===\n\n[A]: a", "utf-8")
    result = run("check", "--brief", "p.argdown", "d.argdown")
    assert 1 == len(result.stdout.splitlines())


def test_no_file_that_a_map_names_is_written_over(folder: Path):
    (folder / "whole.argdown").write_text("@include(part.argdown)\n@include(gone.argdown)\n")
    (folder / "part.argdown").write_text(SMALL)
    result = run("render", "whole.argdown", "-o", "part.argdown")
    assert 1 == result.exit_code  # one that is missing is an error of the map
    (folder / "gone.argdown").write_text(SMALL.replace("[", "[C"))
    result = run("render", "whole.argdown", "-o", "x.svg", "-o", "./part.argdown")
    assert (2, False) == (result.exit_code, (folder / "x.svg").exists())
    assert "it was read for this" in result.stderr
    assert SMALL == (folder / "part.argdown").read_text()


# --- new, completion, help


def test_the_map_to_begin_with_is_sound_and_draws(folder: Path):
    assert 0 == run("new", "mine.argdown").exit_code
    assert 0 == run("check", "mine.argdown").exit_code
    assert 0 == run("render", "mine.argdown", "-o", "mine.svg").exit_code
    wide = run("render", "mine.argdown", "--columns", "120").stdout
    assert "the bus company (as reported by Keller)" in wide
    assert EXAMPLE == run("new", "-").stdout
    assert 0 == run("new", "--force", "mine.argdown").exit_code


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_are_told_how_to_complete(shell: str):
    result = run("completion", shell)
    assert 0 == result.exit_code
    assert "_ARGMAP_COMPLETE" in result.stdout


def test_a_shell_completes_commands():
    done = process(_ARGMAP_COMPLETE="bash_complete", COMP_WORDS="argmap re", COMP_CWORD="1")
    assert b"render" in done.stdout


@pytest.mark.parametrize("command", ["render", "watch", "serve", "check", "new", "completion"])
def test_every_command_has_help_with_examples(command: str):
    result = run(command, "--help")
    assert 0 == result.exit_code
    assert "Examples:" in result.stdout
    assert f"argmap {command} " in result.stdout
    assert command in run("--help").stdout


def test_the_version_is_said():
    assert argmap.__version__ in run("--version").stdout


# --- explain, convert, check --strict


UNTITLED = "[A]: a\n  + <B>: b\n\n<B>\n\n(1) p\n----\n(2) [A]\n"


def test_explain_says_why_and_what_to_write(folder: Path):
    (folder / "m.argdown").write_text(UNTITLED, encoding="utf-8")
    shown = run("explain", "m.argdown", "A")
    assert (0, "[A] is shown: ") == (shown.exit_code, shown.stdout[:14])
    hidden = run("explain", "m.argdown", "nix")
    assert 2 == hidden.exit_code
    assert "no claim or argument is named 'nix'" in hidden.stderr
    found = run("explain", "m.argdown", "~p")
    assert 0 == found.exit_code
    assert "is not shown" in found.stdout
    assert "statementSelectionMode: all" in found.stdout
    assert (
        "is shown"
        in run("explain", "m.argdown", "~p", "--set", "selection.statementSelectionMode=all").stdout
    )


def test_settings_on_the_command_line_go_before_frontmatter_and_that_before_a_file(folder: Path):
    front = "===\nselection: {excludeStatements: [A]}\n===\n\n"
    (folder / "m.argdown").write_text(front + SMALL, encoding="utf-8")
    assert "is not shown" in run("explain", "m.argdown", "A").stdout
    flag = "selection.excludeStatements=[]"
    assert "is shown" in run("explain", "m.argdown", "A", "--set", flag).stdout
    (folder / "argdown.config.json").write_text('{"selection": {"excludeStatements": ["B"]}}')
    assert "is not shown" in run("explain", "small.argdown", "B").stdout
    assert "is not shown" in run("explain", "m.argdown", "A").stdout
    assert "is shown" in run("explain", "m.argdown", "B").stdout
    (folder / "other.json").write_text("{}")
    assert "is shown" in run("explain", "small.argdown", "B", "--config", "other.json").stdout


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("{", "is not JSON"),
        ("[1]", "holds no settings"),
        ("[" * 100_000, "nested too deeply"),
        ('{"map": {"statementLabels": 1}}', "warning[AM417]"),
    ],
)
def test_a_broken_file_of_settings_is_told(folder: Path, body: str, message: str):
    (folder / "c.json").write_text(body)
    assert message in run("explain", "small.argdown", "A", "--config", "c.json").stderr


def test_a_file_of_settings_that_is_not_there_or_a_program_is_misuse():
    assert 2 == run("explain", "small.argdown", "A", "--config", "none.json").exit_code
    assert 2 == run("explain", "small.argdown", "A", "--config", "c.js").exit_code
    assert 2 == run("explain", "small.argdown", "A", "--set", "nonsense").exit_code


def test_convert_writes_argdown_and_json_and_back(folder: Path):
    assert 0 == run("convert", "small.argdown", "-o", "m.json").exit_code
    assert 0 == run("convert", "m.json", "-o", "again.argdown").exit_code
    assert SMALL == (folder / "again.argdown").read_text(encoding="utf-8")
    assert SMALL == run("convert", "-", stdin=(folder / "m.json").read_bytes()).stdout


def test_what_convert_cannot_keep_is_told_and_refused_when_strict(folder: Path):
    b = argmap.Builder()
    b.relate(model.Kind.EQUIVALENCE, b.claim("a", title="A"), b.claim("b", title="B"))
    b.map().render(folder / "m.json")
    told = run("convert", "m.json", "-o", "m.argdown")
    assert 0 == told.exit_code
    assert "argmap: warning: " in told.stderr
    refused = run("convert", "m.json", "-o", "other.argdown", "--strict")
    assert 1 == refused.exit_code
    assert not (folder / "other.argdown").exists()


def test_convert_does_not_draw_and_does_not_write_over_its_map():
    assert "argmap render" in run("convert", "small.argdown", "-o", "m.svg").stderr
    assert 2 == run("convert", "small.argdown", "-o", "small.argdown").exit_code


def test_strictly_checked_what_other_tools_refuse_is_an_error(folder: Path):
    (folder / "m.argdown").write_text("[A]: a\n[B]: b\n", encoding="utf-8")
    assert "warning[AM127]" in run("check", "m.argdown").stdout
    strict = run("check", "--strict", "m.argdown")
    assert (1, True) == (strict.exit_code, "error[AM127]" in strict.stdout)
    assert 0 == run("check", "--strict", "small.argdown").exit_code


# --- parts of a map

TWO = """\
===
speakers: [Ana, Tom]
===

[A]: a {speaker: Ana}
  - [B]: b #t {speaker: Tom}
    + [C]: c {speaker: Tom}
"""


def test_a_part_is_shown_and_said_to_be_one(folder: Path):
    Path("two.argdown").write_text(TWO, "utf-8")
    result = run("render", "two.argdown", "--only", "tag=t", "--only", "author=tom")
    assert "Part of the map: what is by Tom and tagged t, with what it bears on; 2 of 3" in (
        result.stdout
    )
    for suffix in ("md", "csv", "dot"):
        made = run("render", "two.argdown", "--depth", "2", "--format", suffix, "-o", "-").stdout
        assert "2 levels of 3; 2 of 3 cards" in made
        assert "1 more below" in made or suffix == "csv"


@pytest.mark.parametrize("kind", ["json", "argdown", "graphml", "argdown-json", "argdown-dot"])
def test_what_always_holds_the_whole_map_says_so_once(kind: str):
    result = run("render", "-", "--depth", "1", "--format", kind, "-o", "-", stdin=TWO)
    assert 0 == result.exit_code
    assert f"argmap: warning: {kind} holds the whole map\n" == result.stderr
    assert "C" in result.stdout


def test_without_a_choice_nothing_is_said_of_the_whole_map():
    assert "" == run("render", "-", "--format", "json", "-o", "-", stdin=TWO).stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--only", "tag"], "--only takes WHAT=VALUE, as in author=Rumer, not 'tag'"),
        (["--only", "author=Anna"], "argmap: no author is named 'Anna'; did you mean 'Ana'?"),
        (["--only", "kind=undercut"], "argmap: nothing in this map fits kind=undercut"),
        (["--focus", "D"], "argmap: no claim or argument is named 'D'"),
        (["--depth", "0"], "0 is not in the range"),
    ],
)
def test_a_part_that_is_not_there_is_one_line(options: list[str], said: str):
    result = run("render", "-", *options, stdin=TWO)
    assert 2 == result.exit_code
    assert said in result.stderr
    assert "" == result.stdout


def completed(folder: Path, *words: str) -> list[str]:
    from click.shell_completion import ShellComplete

    *before, last = words
    shell = ShellComplete(main, {}, "argmap", "_ARGMAP_COMPLETE")
    return [item.value for item in shell.get_completions(before, last)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--only", "a"], ["author="]),
        (["--only", "author="], ["author=Ana", "author=Tom"]),
        (["--only", "author=T"], ["author=Tom"]),
        (["--only", "kind=u"], ["kind=undercut"]),
        (["--focus", ""], ["A", "B", "C"]),
        (["--group", "i"], ["issue"]),
    ],
)
def test_a_shell_offers_what_the_map_has(words: list[str], expected: list[str], folder: Path):
    Path("two.argdown").write_text(TWO, "utf-8")
    assert expected == completed(folder, "render", "two.argdown", *words)


def test_a_shell_offers_nothing_of_a_map_that_is_not_there(folder: Path):
    assert [] == completed(folder, "render", "none.argdown", "--focus", "")
    assert "kind=claim" in completed(folder, "render", "none.argdown", "--only", "kind=")


def test_a_part_of_the_maps_of_a_document_is_shown(folder: Path):
    notes = f"# N\n\n```argdown\n{SMALL}```\n\n```argdown\n{TWO}```\n"
    Path("notes.md").write_text(notes, "utf-8")
    result = run("render", "notes.md", "--focus", "C", "-o", "notes.txt")
    assert (0, "") == (result.exit_code, result.stderr)
    said = Path("notes.txt").read_text("utf-8")
    assert "Part of the map" not in said
    assert 0 == run("render", "notes.md", "--depth", "1", "-o", "notes.txt").exit_code
    assert 2 == Path("notes.txt").read_text("utf-8").count("Part of the map")
    result = run("render", "notes.md", "--only", "author=Tim", "-o", "notes.txt")
    assert (2, "argmap: no author is named 'Tim'; did you mean 'Tom'?\n") == (
        result.exit_code,
        result.stderr,
    )
