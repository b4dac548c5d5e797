"""``argmap fmt``: what it puts in order, and that it changes nothing else."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import corpus
import pytest
from click.testing import CliRunner, Result
from conftest import ROOT
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from argmap import api, formats
from argmap.cli import main
from argmap.formats import Reading
from argmap.formats.argdown.format import formatted
from argmap.model import Occurrence
from argmap.text import Text

MAPS = sorted((ROOT / "maps").glob("*.argdown"))
REAL = [path for tier in "AB" for path in corpus.files(tier)]
MESSY = [
    *"[A] [A]: <A> <A>: + - -> +> <+ <- <_ _> >< (1) (2) ---- --- -- * # ## #tag #(a-tag)".split(),
    *"_ ** *it* _it_ [l](u) @[A] :x: .~. . : :// / { } = < > /* --> \\ \\[ é ' \" 1.".split(),
    *("[B]: b", "<B>: c", "(3) x", "-- r, s --", "--\n r\n--", "-- {uses: [1]} --", "* ", "1. "),
    *("{a: 1}", "{\n  a: 1\n  b: |\n    x\n}", "{a: [1,\n 2]}", "// c", "/* c */", "/* c\n   d */"),
    *("<!-- e -->", "\n", "\n", "\n\n", "\r\n", "\r", " ", "  ", "\t", "\u00a0", "word", "x y"),
]
LINES = [
    *("[A]: a", "  + [B]: b", "  - <C>", "    -> x y", "(1) p", "(2) q", "----", "---", "<A>: d"),
    *("# H", "* i", "1. j", "", "// c", "  // c", "/* c\n d */", "text", "  more {k: v}", "- z"),
    *("\t+ t", "      + u", "    _ [U]", "[B] #t", "<_ [V]", "-- r  --", "   <+ w", "(3)s", "   "),
]
TEXTS = st.builds(
    lambda front, lines, end: front + "".join(lines) + end,
    st.sampled_from(["", "", "", "\n\n", "===\na: 1  \n===\n", "====\n\ntitle: x\n===\n\n\n"]),
    st.lists(
        st.sampled_from([f"{x}\n" for x in LINES])
        | st.sampled_from([f"{x}\r\n" for x in LINES])
        | st.sampled_from(MESSY),
        max_size=14,
    ),
    st.sampled_from(["", "\n", " ", "\n \n"]),
)


def tidy(body: str) -> str:
    """*body* in good order."""
    found, problems = formatted(Text("m", body))
    assert () == problems
    return found


def _occurrence(o: Occurrence) -> Any:
    return (o.ref, o.part, o.text, o.defined, o.tags, o.data, o.section, o.markup)


def meaning(reading: Reading) -> Any:
    """All that a text says, also what takes no part in the equality of debates."""
    d = reading.debate
    where = [[_occurrence(o) for o in t.occurrences] for t in d.things]
    lines = [[_occurrence(o) for o in a.lines] for a in d.arguments]
    heads = [_occurrence(s.occurrence) for s in d.sections if s.occurrence]
    return d, d.front, where, lines, heads


def letters(body: str) -> str:
    """What must stay: all but white space, and the characters of signs that have two spellings."""
    return re.sub(r"[\s<=-]", "", body)


def keeps_the_laws(body: str, fetch: formats.Fetch = formats.fetch_nothing, name: str = "m") -> str:
    """Format *body*, unless it has errors, and check every law."""
    after, problems = formatted(Text(name, body))
    if problems:
        assert body == after
        return after
    assert (after, ()) == formatted(Text(name, after))
    was, now = (formats.read(Text(name, b), fetch) for b in (body, after))
    assert meaning(was) == meaning(now)
    assert letters(body) == letters(after)
    assert not now.failed or was.failed
    told = [{(p.code, p.span) for p in r.problems} for r in (was, now)]
    assert len(told[0]) >= len(told[1])
    return after


# --- laws


@settings(max_examples=300)
@given(TEXTS)
@example("[A]: a\n  _")
@example("[A]: a // not a comment")
@example("foo *")
@example("# \nx")
@example("#{a: 1}")
@example("[A]: a\\  \n  + b")
@example("[A]: *a*{x: 1}")
@example("[A]: **// c\n")
@example("[A]: //**/")
@example("[A]: a{x: 1}b")
@example("[A]: a\n''+ b\n'''- c")
def test_any_text_keeps_what_it_says_and_formatting_twice_is_formatting_once(body: str):
    assume(not formats.is_json(body))
    assume(not re.match(r"\s*(//|/\*|<!--)", body))  # what frontmatter may follow is read apart
    keeps_the_laws(body)


@pytest.mark.parametrize("path", MAPS, ids=lambda p: p.name)
def test_our_own_maps_are_in_good_order(path: Path):
    body = path.read_text("utf-8")
    assert body == keeps_the_laws(body, api.fetch, str(path))


def test_there_are_maps_of_our_own():
    assert len(MAPS) > 2


@pytest.mark.skipif(not REAL, reason="the texts by other people are not here")
def test_texts_by_other_people_keep_what_they_say():
    formatted_ones = 0
    for path in REAL:
        body = path.read_bytes().decode("utf-8").removeprefix("\ufeff")
        formatted_ones += body != keeps_the_laws(body, api.fetch, str(path))
    assert formatted_ones > 150


def test_a_long_and_deep_text_takes_linear_time():
    lines = [f"{' ' * min(n, 400)}+ [C{n}]:word {{a: {n}}}// c{n}\n" for n in range(20_000)]
    start = time.perf_counter()
    tidy("[A]: a\n" + "".join(lines))
    tidy("\n".join(f"/* {n} */ /* {n} */\n\n\nx{n} #{n}" for n in range(20_000)))
    tidy("[A]: " + "/**/ " * 50_000 + "#" * 50_000 + "\n" * 50_000)
    tidy("[A]: a " + "/**/ " * 50_000 + "b" + "/**/" * 50_000)
    tidy("// " + "=" * 200_000 + "\n" + "=" * 200_000 + "\na: 1\n===\n")
    assert time.perf_counter() - start < 20


# --- what is put in order

UGLY = """\


// A map in disorder
======
title:  Start times  \n\
speaker: {name: Ana Keller}
=====
#   Could the buses cope?
[Later start]:School should begin at nine,   \n\
    says the report.   {at: ¶4}
- [Buses]:The buses could not cope.{at: ¶6}    // she reports it
       +<Drivers>
    // nobody counted them
   <-  Two runs would do,
which costs more.
\t+> [Other]
<Body clock>:  a gist
(1)In the teens, the body clock runs late.
   /* a box
      of words */
(2)   Who gets up early is tired.  It  shows.
---
      <_ [Naps]
(3) [Tired]: They are tired.
--   Modus ponens ---
(4) So:
  *what*   follows
-----
(5)[Later start]{
  at: ¶9
  }



*   one
*  two"""


def test_a_map_in_disorder_is_put_in_order(golden):
    golden("format/ugly.argdown", keeps_the_laws(UGLY))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        (" \n\t\n", ""),
        ("\ufeff[A]", "[A]\n"),
        ("\n\n[A]: a\n\n \n\n[B]: b\n\n", "[A]: a\n\n[B]: b\n"),
        ("[A]:a  b", "[A]: a  b\n"),
        ("[A]:   a\t", "[A]: a\n"),
        ("[A]: a\n- b\n   + c\n- d", "[A]: a\n  - b\n    + c\n  - d\n"),
        ("[A]\n\t<+ b\n\t\t<- c\n\t<_ d", "[A]\n  + b\n    - c\n  _ d\n"),
        ("[A]\n +>b\n ->c\n _>d\n ><e", "[A]\n  +> b\n  -> c\n  _> d\n  >< e\n"),
        ("[A]\n    + b\n  + c", "[A]\n  + b\n  + c\n"),
        ("[A]\n  + b\n      + c\n    + d", "[A]\n  + b\n    + c\n  + d\n"),
        ("[A]: a\n   b\n  -> c\nd", "[A]: a\nb\n  -> c\n     d\n"),
        ("(10)a\nb\n----\n(11)c", "(10) a\n     b\n----\n(11) c\n"),
        ("(3) a\n----\n(1) b", "(3) a\n----\n(1) b\n"),
        ("(1) a\n------\n(2) b", "(1) a\n----\n(2) b\n"),
        ("(1) a\n---\n(2) b", "(1) a\n----\n(2) b\n"),
        ("(1) a\n --mp,  mt {uses: [1]}----\n(2) b", "(1) a\n-- mp,  mt {uses: [1]} --\n(2) b\n"),
        ("(1) a\n--\n  mp\n  {uses: [1]}\n ---\n(2) b", "(1) a\n--\nmp\n{uses: [1]}\n--\n(2) b\n"),
        ("<A>: a\n(1) b\n----\n(2) c\n# D", "<A>: a\n\n(1) b\n----\n(2) c\n\n# D\n"),
        ("[A]: a\n{x: 1}\n(1) b\n----\n(2) c", "[A]: a\n{x: 1}\n\n(1) b\n----\n(2) c\n"),
        ("##   a\n[B]: b\n[C]: c", "## a\n\n[B]: b\n\n[C]: c\n"),
        ("*   a\n*  b\n10.  c", "* a\n* b\n10. c\n"),
        ("===\na: 1\n===\n[B]", "===\na: 1\n===\n\n[B]\n"),
        ("=====\na: |\n  x  \n=====\n\n\n[B]", "===\na: |\n  x  \n===\n\n[B]\n"),
        ("---\na: 1\n---\n[B]", "===\na: 1\n===\n\n[B]\n"),
        ("// c\n/* d */ ====\na: 1\n====\n[B]", "// c\n/* d */ ===\na: 1\n===\n\n[B]\n"),
        ("[A]: a{x: 1}", "[A]: a {x: 1}\n"),
        ("[A]: a\n      {x: 1,\n       y: 2}", "[A]: a\n{x: 1,\n y: 2}\n"),
        ("[A]: a// c\n+ b    /* d */", "[A]: a // c\n  + b /* d */\n"),
        ("[A]: a\n// b\n  + c\n// d\n    - e", "[A]: a\n  // b\n  + c\n    // d\n    - e\n"),
        ("[A]: a\n // b\n\n // c\n\n\n// d\n[E]", "[A]: a\n// b\n\n// c\n\n// d\n[E]\n"),
        ("[A]: a\n- b\n // c\n// d", "[A]: a\n  - b\n    // c\n    // d"),
        ("[A]: a\n// c\n[B]: b", "[A]: a\n\n// c\n[B]: b\n"),
        ("[A]: a\r\n\r\n\r\n[B]: b\r\n- c", "[A]: a\r\n\r\n[B]: b\r\n  - c\r\n"),
        ("[A]: a // b", "[A]: a // b"),
        ("[A]: a\n// b", "[A]: a\n// b"),
        ("[A]: \\#a #b *c* [d](e) @[A] :f:\n", "[A]: \\#a #b *c* [d](e) @[A] :f:\n"),
    ],
)
def test_each_thing_is_put_in_order(before: str, after: str):
    assert after == tidy(before)
    assert after == tidy(after)
    if not before.startswith("\ufeff"):
        keeps_the_laws(before)


def test_a_comment_keeps_its_lines_and_moves_with_its_first():
    before = "[A]: a\n+ b\n      /* c\n         d\n\n       e */\n  - f\n"
    assert "[A]: a\n  + b\n    /* c\n       d\n\n     e */\n    - f\n" == tidy(
        before.replace("  - f", "   - f")
    )


def test_a_text_with_errors_stays_as_it_is():
    body, problems = formatted(Text("m", "(1) a\n\n\n- b"))
    assert "(1) a\n\n\n- b" == body
    assert ["AM201", "AM105"] == [p.code for p in problems]


def test_what_is_mended_is_no_longer_warned_of():
    body = "===\na: 1\n===\n[A]: a\n- b\n<B>\n(1) c\n---\n(2) d\n# E\n\n[F]\n\t+ g\n    + h\n  + i"
    codes = {p.code for p in formats.read(Text("m", body)).problems}
    assert {"AM103", "AM109", "AM117", "AM126", "AM127", "AM128", "AM203"} <= codes
    left = {p.code for p in formats.read(Text("m", tidy(body))).problems}
    assert set() == {code for code in left if code < "AM300"}


# --- the command

BAD = "(1) a\n"
GOOD = "[A]: a\n  + b\n"
OFF = "[A]:a\n+ b"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(**bodies: str) -> None:
    for name, body in bodies.items():
        Path(f"{name}.argdown").write_bytes(body.encode())


def body_of(name: str) -> str:
    return Path(f"{name}.argdown").read_bytes().decode()


def run(*arguments: str, stdin: str | bytes = "") -> Result:
    result = CliRunner().invoke(main, ["fmt", *arguments], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def told(result: Result) -> tuple[int, str, str]:
    return result.exit_code, result.stdout, result.stderr


def test_files_are_rewritten_in_place_and_only_if_they_change():
    write(a=OFF, b=GOOD)
    untouched = Path("b.argdown").stat().st_mtime_ns
    assert (
        0,
        "",
        "changed a.argdown\n1 file changed, 1 file in good order\n",
    ) == told(run("a.argdown", "b.argdown"))
    assert (GOOD, GOOD) == (body_of("a"), body_of("b"))
    assert untouched == Path("b.argdown").stat().st_mtime_ns


def test_check_names_what_would_change_and_changes_nothing():
    write(a=OFF, b=GOOD)
    said = "1 file would change, 1 file in good order\n"
    assert (1, "a.argdown\n", said) == told(run("--check", "a.argdown", "b.argdown"))
    assert OFF == body_of("a")
    assert (0, "", "1 file in good order\n") == told(run("--check", "b.argdown"))


DIFF = """\
--- a.argdown
+++ a.argdown
@@ -1,2 +1,2 @@
-[A]:a
-+ b
\\ No newline at end of file
+[A]: a
+  + b
"""


def test_diff_shows_what_would_change_and_changes_nothing():
    write(a=OFF, b=GOOD)
    said = "1 file would change, 1 file in good order\n"
    assert (0, DIFF, said) == told(run("--diff", "a.argdown", "b.argdown"))
    assert (1, DIFF, said) == told(run("--diff", "--check", "a.argdown", "b.argdown"))
    assert OFF == body_of("a")


def test_standard_input_is_put_in_order_on_standard_output():
    assert (0, GOOD, "") == told(run("-", stdin=OFF))
    assert (1, "<stdin>\n", "1 file would change\n") == told(run("--check", "-", stdin=OFF))
    code, out, err = told(run("-", stdin=BAD))
    assert (1, "") == (code, out)
    assert "error[AM201]" in err


def test_a_file_with_errors_is_left_and_the_others_are_done():
    write(a=OFF, b=BAD)
    code, out, err = told(run("b.argdown", "a.argdown"))
    assert (1, "") == (code, out)
    assert "--> b.argdown:1:1" in err
    assert err.endswith("1 file changed, 1 file with errors left as it was\n")
    assert (GOOD, BAD) == (body_of("a"), body_of("b"))


def test_a_folder_stands_for_the_maps_in_it_and_below():
    Path("x/y").mkdir(parents=True)
    Path("x/.git").mkdir()
    for name in ("x/b.argdown", "x/a.ad", "x/y/c.AdOwn", "x/y/d.argdn", "x/n.txt", "x/.git/e.ad"):
        Path(name).write_text(OFF, "utf-8")
    named = "x/a.ad\nx/b.argdown\nx/y/c.AdOwn\nx/y/d.argdn\n"
    assert (1, named, "4 files would change\n") == told(run("--check", "x"))
    assert (1, named) == told(run("--check", "x", "x/y", "x/a.ad"))[:2]


def test_a_byte_order_mark_goes_and_line_ends_stay():
    Path("a.argdown").write_bytes(b"\xef\xbb\xbf[A]: a\r\n\r\n\r\n[B]: \xc3\xa9\r\n")
    assert 0 == run("a.argdown").exit_code
    assert b"[A]: a\r\n\r\n[B]: \xc3\xa9\r\n" == Path("a.argdown").read_bytes()


def test_a_link_stays_a_link_and_rights_stay():
    write(a=OFF)
    Path("a.argdown").chmod(0o640)
    Path("l.argdown").symlink_to("a.argdown")
    assert 0 == run("l.argdown").exit_code
    assert Path("l.argdown").is_symlink()
    assert (GOOD, 0o640) == (body_of("a"), Path("a.argdown").stat().st_mode & 0o777)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("aa.argdown", "there is no file aa.argdown; did you mean a.argdown?"),
        ("n.md", "n.md is a Markdown document, and maps within one are left as they are"),
        ("n.md#1", "n.md is a Markdown document"),
        ("j.argdown", "j.argdown is JSON, and this puts only Argdown in order"),
        ("empty", "there is no map in the folder empty"),
    ],
)
def test_what_cannot_be_done_is_told_and_the_others_are_done(name: str, message: str):
    write(a=OFF, j='{"a": 1}')
    Path("n.md").write_text("text", "utf-8")
    Path("empty").mkdir()
    result = run(name, "a.argdown")
    assert 2 == result.exit_code
    assert f"argmap: {message}" in result.stderr
    assert GOOD == body_of("a")


def test_a_file_that_is_not_utf_8_is_left():
    Path("a.argdown").write_bytes("[A]:\xe4".encode("latin-1"))
    result = run("a.argdown")
    assert 1 == result.exit_code
    assert "error[AM001]" in result.stderr
    assert "[A]:\xe4".encode("latin-1") == Path("a.argdown").read_bytes()


@pytest.mark.parametrize(
    "body",
    [
        "[a]:x\n  + [b]:y\n  @include(rel.argdown)\n",  # what is included depends on its indent
        "\n\ufeff[a]: x\n",  # at the beginning, it would be a mark
    ],
)
def test_what_order_would_change_stays_as_it_is(body: str):
    assert (body, ()) == formatted(Text("m", body))
