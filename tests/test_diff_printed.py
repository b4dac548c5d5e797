"""What changed between two maps, as it is printed, drawn, and shown by git."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT
from hypothesis import given, settings
from strategies import WILD, debates

import argmap
from argmap.api.reports import printed
from argmap.changes.core import Diff, Removed
from argmap.cli import main
from argmap.model import Claim, Debate
from argmap.render.diff_picture import marked
from argmap.view import Sort, view

OLD = """\
# When?

[Nine]: School should begin at nine.
  + Teenagers fall asleep late in the evening.
  + [Buses]: Buses come late anyway.
  - [Work]: Parents have to be at work at eight.
    - Many parents work at home.
"""
NEW = """\
# When?

[Nine]: School should begin at half past nine.
  + Teenagers fall asleep very late in the evening.
  - [Work]: Parents have to be at work at eight.
    - [Buses]: Buses come late anyway.
  - Clubs train in the afternoon.
"""


@pytest.fixture
def maps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("old.argdown").write_text(OLD, encoding="utf-8")
    Path("new.argdown").write_text(NEW, encoding="utf-8")
    return tmp_path


def run(*arguments: str, stdin: str = "") -> Result:
    result = CliRunner().invoke(main, ["diff", *arguments], input=stdin)
    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    return result


def difference() -> Diff:
    return argmap.diff(argmap.loads(OLD), argmap.loads(NEW))


# --- printed


def test_what_changed_is_printed_thing_by_thing(golden):
    golden("diff.txt", printed(difference()))
    golden("diff.md", printed(difference(), "md"))
    golden("diff.json", printed(difference(), "json"))


@settings(max_examples=30)
@given(debates(WILD), debates(WILD))
def test_whatever_changed_can_be_printed(old: Debate, new: Debate):
    made = argmap.diff(old, new)
    for format in ("txt", "md", "html", "csv"):
        assert printed(made, format)


@settings(max_examples=30)
@given(debates(), debates())
def test_the_json_has_every_change(old: Debate, new: Debate):
    made = argmap.diff(old, new)
    file = json.loads(printed(made, "json"))
    assert ("argmap-diff", 1) == (file["format"], file["version"])
    assert len(made) == len(file["changes"])


@given(debates(), debates())
def test_titles_that_argmap_made_are_never_printed(old: Debate, new: Debate):
    assert "~" not in printed(argmap.diff(old, new))


def test_a_page_has_the_picture_too():
    assert "<svg" in printed(difference(), "html", theme="auto")


# --- drawn


def test_cards_that_are_there_have_the_numbers_they_have_in_the_newer_map():
    made = difference()
    seen = {c.ref: c.number for c in marked(made).cards if not c.sees}
    assert {c.ref: c.number for c in view(made.new).cards} == {r: n for r, n in seen.items() if n}


@settings(max_examples=30)
@given(debates(), debates())
def test_every_removed_claim_is_on_a_card_of_its_own_that_says_so(old: Debate, new: Debate):
    made = argmap.diff(old, new)
    seen = marked(made)
    gone = [c for c in seen.cards if any(r.sort is Sort.REMOVED for r in c.remarks)]
    assert all("removed" == r.words for c in gone for r in c.remarks)
    removed = [c.thing for c in made if isinstance(c, Removed) and isinstance(c.thing, Claim)]
    assert {c.text for c in removed if c.wordings} <= {c.text for c in gone}
    ElementTree.fromstring(printed(made, "svg"))


def test_what_changed_is_said_in_words_on_the_card():
    chips = {c.text: [r.words for r in c.remarks] for c in marked(difference()).cards}
    assert {
        "School should begin at half past nine.": ["reworded"],
        "Teenagers fall asleep very late in the evening.": ["reworded"],
        "Buses come late anyway.": ["link removed", "now objects to"],
        "Clubs train in the afternoon.": ["new"],
        "Many parents work at home.": ["removed"],
    } == {text: said for text, said in chips.items() if said}


# --- the command


def test_the_command_prints_what_changed(maps: Path):
    result = run("old.argdown", "new.argdown")
    assert 0 == result.exit_code
    assert result.stdout.startswith("What changed: old.argdown → new.argdown\n")
    assert "now: School should begin at half past nine." in result.stdout


def test_with_exit_code_it_says_whether_anything_changed(maps: Path):
    assert 1 == run("old.argdown", "new.argdown", "--exit-code").exit_code
    same = run("old.argdown", "old.argdown", "--exit-code")
    assert (0, "What changed: old.argdown\n\nNothing changed.\n") == (same.exit_code, same.stdout)


def test_one_of_the_two_can_be_standard_input(maps: Path):
    assert "[Nine]" in run("-", "new.argdown", stdin=OLD).stdout
    assert "[Nine]" in run("old.argdown", "-", stdin=NEW).stdout
    assert 2 == run("-", "-", stdin=NEW).exit_code


@pytest.mark.parametrize("names", [["old.argdown"], ["old.argdown"] * 3])
def test_two_maps_are_compared_and_no_other_number_of_them(maps: Path, names: list[str]):
    result = run(*names)
    assert 2 == result.exit_code
    assert "argmap diff OLD NEW" in result.stderr


def test_maps_in_other_formats_and_in_a_document_are_compared(maps: Path):
    Path("new.json").write_text(argmap.loads(NEW).to_json(), encoding="utf-8")
    Path("notes.md").write_text(f"```argdown\n{OLD}```\n\n```argdown\n{NEW}```\n", encoding="utf-8")
    assert "Nothing changed." in run("notes.md#2", "new.json").stdout
    assert "[Nine]" in run("notes.md#1", "notes.md#2").stdout


def test_a_map_with_errors_is_not_compared(maps: Path):
    Path("bad.json").write_text('{"format": "argmap", "version": 1, "claims": 3}', "utf-8")
    result = run("old.argdown", "bad.json")
    assert (1, "") == (result.exit_code, result.stdout)
    assert "error[" in result.stderr


def test_every_format_is_written_and_no_map_is_overwritten(maps: Path):
    names = [f"d.{suffix}" for suffix in ("txt", "md", "html", "json", "csv", "svg")]
    outputs = [part for name in names for part in ("-o", name)]
    assert 0 == run("old.argdown", "new.argdown", *outputs).exit_code
    assert names == [n for n in names if Path(n).stat().st_size]
    assert 2 == run("old.argdown", "new.argdown", "--format", "md", "-o", "new.argdown").exit_code


def test_values_that_change_are_told_where_their_keys_change_places_too():
    old, new = (argmap.loads(f"[A]: a {{{d}}}") for d in ("k: 1, m: 2, n: 3", "n: 4, k: 1, o: 5"))
    printed = argmap.printed(argmap.diff(old, new), format="txt")
    assert "- m: 2 is removed\n  - n: from 3 to 4\n  - o: 5 is added\n" in printed
    assert "order" not in printed


def told(old: str, new: str) -> str:
    return argmap.printed(argmap.diff(argmap.loads(old), argmap.loads(new)), format="txt")


def test_what_changed_in_one_of_more_wordings_is_told():
    printed = told("[A]: a {voice: hedged}\n", "[A]: a\n\n[A]: b\n")
    assert "  - voice changed from hedged to asserted\n  - also worded\n    - now: b\n" in printed
    assert "no longer worded so" not in printed


def test_rules_and_conclusions_are_told_where_there_are_more_steps():
    one = "(1) [A]: a\n-- r {u: 1} --\n(2) [B]: b\n"
    printed = told(one, one.replace(" {u: 1}", "") + "-- s --\n(3) [C]: c\n")
    assert "  - steps: 2 instead of 1\n" in printed
    assert "  - concludes [C] instead of [B]\n" in printed
    assert "  - rules changed from [r] to [r, s]\n" in printed
    assert "  - data of its steps changed\n" in printed


# --- git


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
ARGMAP = f"{sys.executable} -m argmap"


class Repository:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("GIT_")},
            **{"PYTHONPATH": str(ROOT), "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(folder)},
            "PYTHONIOENCODING": "utf-8",
        }
        self("init", "-q")
        self("config", "user.email", "a@example.org")
        self("config", "user.name", "A")
        self("config", "diff.argmap.command", f"{ARGMAP} diff")
        self.write(".gitattributes", "*.argdown diff=argmap\n")

    def __call__(self, *arguments: str, **environment: str) -> tuple[str, str]:
        done = subprocess.run(
            ["git", "--no-pager", *arguments],
            cwd=self.folder,
            env=self.environment | environment,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout, done.stderr

    def write(self, name: str, text: str) -> None:
        (self.folder / name).parent.mkdir(exist_ok=True)
        (self.folder / name).write_text(text, encoding="utf-8")

    def commit(self) -> None:
        self("add", "-A")
        self("commit", "-q", "-m", "all")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


@needs_git
def test_git_diff_speaks_of_claims(repository: Repository):
    repository.write("maps/school.argdown", OLD)
    repository.commit()
    repository.write("maps/school.argdown", NEW)
    out, err = repository("diff")
    assert out.startswith("What changed: maps/school.argdown\n")
    assert "now: School should begin at half past nine." in out
    assert "" == err


@needs_git
def test_git_diff_tells_of_new_removed_and_renamed_maps(repository: Repository):
    repository.write("gone.argdown", "[A]: a\n")
    repository.write("old.argdown", OLD)
    repository.commit()
    repository.write("fresh.argdown", "[B]: b\n")
    (repository.folder / "gone.argdown").unlink()
    repository("mv", "old.argdown", "new.argdown")
    repository.write("new.argdown", OLD.replace("Buses come", "Trains come"))
    repository("add", "-A")
    out, _ = repository("diff", "--cached", "-M")
    assert "- new: [B] b" in out
    assert "- *removed:* [A] a" in out
    assert "What changed: old.argdown → new.argdown" in out
    assert "now: Trains come late anyway." in out


@needs_git
def test_positions_are_looked_for_in_the_working_tree(repository: Repository):
    front = "===\npositions: [ito.argdown]\n===\n\n"
    ito = "===\nspeaker: Ito\nspeakers: {Ito: {}}\n===\n\n[S]: strong\n"
    repository.write("maps/all.argdown", front + "[A]: a\n  - [Ito: S]\n")
    repository.write("maps/ito.argdown", ito)
    repository.commit()
    repository.write("maps/all.argdown", front + "[A]: a\n  + [Ito: S]\n")
    out, err = repository("diff")
    assert "[Ito: S] strong\n  - now supports [A]; objected to it before" in out
    assert "" == err
    (repository.folder / "maps/ito.argdown").unlink()
    out, err = repository("diff", "--", "maps/all.argdown")
    assert "AM501" in err
    assert "[Ito: S]\n  - now supports [A]; objected to it before" in out


@needs_git
def test_for_all_files_maps_in_documents_are_told_and_others_line_by_line(
    repository: Repository,
):
    repository.write("notes.md", "One.\n\n```argdown\n[A]: a\n```\n\n```argdown\n[B]: b\n```\n")
    repository.write("plain.txt", "hi\n")
    (repository.folder / "picture.bin").write_bytes(b"\x00\xff\x00")
    repository.write("other.json", '{"a": 1}\n')
    repository.commit()
    repository.write("notes.md", "Two.\n\n```argdown\n[A]: a\n```\n\n```argdown\n[B]: c\n```\n")
    repository.write("plain.txt", "ho\n")
    (repository.folder / "picture.bin").write_bytes(b"\x00\xfe\x00")
    repository.write("other.json", '{"a": 2}\n')
    out, err = repository("diff", GIT_EXTERNAL_DIFF=f"{ARGMAP} diff")
    assert "What changed: notes.md#2\n" in out
    assert "What changed: notes.md#1\n" not in out
    assert "--- a/plain.txt\n+++ b/plain.txt\n@@ -1 +1 @@\n-hi\n+ho\n" in out
    assert "picture.bin changed\n" in out
    assert '+{"a": 2}\n' in out
    assert "" == err


@needs_git
def test_a_map_that_is_not_merged_does_not_stop_git(repository: Repository):
    repository.write("a.argdown", "[A]: a\n")
    repository.commit()
    repository("checkout", "-q", "-b", "other")
    repository.write("a.argdown", "[A]: b\n")
    repository.commit()
    repository("checkout", "-q", "-")
    repository.write("a.argdown", "[A]: c\n")
    repository.commit()
    with pytest.raises(subprocess.CalledProcessError):
        repository("merge", "-q", "other")
    out, _ = repository("diff", "--cached")
    assert "a.argdown is not merged yet" in out


@needs_git
def test_no_name_stops_git(repository: Repository):
    for name in ("-dash.argdown", "--ascii", "two words é.argdown"):
        repository.write(name, "[A]: a\n")
    repository.write(".gitattributes", "* diff=argmap\n")
    repository.commit()
    for name in ("-dash.argdown", "--ascii", "two words é.argdown"):
        repository.write(name, "[A]: b\n")
    out, err = repository("diff")
    assert "What changed: -dash.argdown\n" in out
    assert "+++ b/--ascii\n" in out
    assert "What changed: two words é.argdown\n" in out
    assert "" == err


@needs_git
def test_of_what_is_no_text_git_is_not_told_that_nothing_changed(repository: Repository):
    (repository.folder / "odd.argdown").write_bytes(b"\x00\xff\xfe")
    repository.commit()
    (repository.folder / "odd.argdown").write_bytes(b"\x00\xff\xfd")
    out, err = repository("diff")
    assert "odd.argdown changed\n\n" == out
    assert "AM001" in err


@needs_git
def test_git_is_told_of_another_mode(repository: Repository):
    repository.write("a.argdown", "[A]: a\n")
    repository.commit()
    repository("update-index", "--chmod=+x", "a.argdown")
    out, err = repository("diff", "--cached")
    assert "a.argdown has the mode 100755 instead of 100644\n\n" == out
    assert "" == err


@needs_git
def test_git_can_compare_outlines_instead(repository: Repository):
    repository.write("a.argdown", OLD)
    repository.commit()
    repository.write("a.argdown", NEW)
    repository("config", "--unset", "diff.argmap.command")
    repository("config", "diff.argmap.textconv", f"{ARGMAP} render")
    out, _ = repository("diff")
    assert "-1 School should begin at nine." in out
    assert "+1 School should begin at half past nine." in out
