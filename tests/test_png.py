"""Pictures as PNG: how large they are, what they are drawn with, and what is told."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import resvg_py
from click.testing import CliRunner
from sameness import printed

import argmap
from argmap import api
from argmap.cli import main
from argmap.errors import BadValue, MissingExtra, UnknownFormat
from argmap.layout import measure
from argmap.render import fonts, png
from argmap.render.picture import Picture

SMALL = "===\ntitle: Buses\n===\n\n[A]: School should begin at nine.\n  + Teenagers are tired.\n"
SCRIPTS = "The quick brown fox. Ça, où, ñ, ß, Łódź, ő. Съешь ещё этих булок. Ξεσκεπάζω ψυχοφθόρα."


def sides(made: bytes) -> tuple[int, int]:
    assert made.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high = struct.unpack(">II", made[16:24])
    return wide, high


def pixels(made: bytes) -> list[list[bytes]]:
    return [[row[i : i + 3] for i in range(0, len(row), 4)] for row in fonts._rows(made)]


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer on which no font is installed."""
    draw = resvg_py.svg_to_bytes
    fonts.undrawn.cache_clear()
    monkeypatch.setattr(
        resvg_py, "svg_to_bytes", lambda **asked: draw(**{**asked, "skip_system_fonts": True})
    )
    yield
    fonts.undrawn.cache_clear()


# --- sizes


@pytest.mark.parametrize(("scale", "times"), [(None, 2), (1.0, 1), (0.5, 0.5), (3.0, 3)])
def test_a_picture_has_so_many_pixels_for_each_of_its_points(scale: float | None, times: float):
    m = argmap.loads(SMALL)
    own = Picture(m.to_svg())
    wide, high = sides(m.to_png(scale=scale))
    assert abs(wide - own.width * times) <= 1
    assert abs(high - own.height * times) <= 1


@pytest.mark.parametrize(
    ("size", "scale", "expected"),
    [
        ("1920x1080", None, (1920, 1080)),
        ("1280x720", 2.0, (2560, 1440)),
        ("screen", None, (1920, 1080)),
        ("300x900", None, (300, 900)),
        ("a5-landscape", None, (2480, 1748)),
    ],
)
def test_a_size_is_kept_to_the_pixel(
    size: str, scale: float | None, expected: tuple[int, int], root: Path
):
    m = argmap.load(root / "maps" / "rumer.argdown")
    assert expected == sides(m.to_png(size=size, scale=scale))


def test_a_map_stands_in_the_middle_of_a_larger_ground():
    made = argmap.loads("[A]: a\n").to_png(size="1280x720", theme="dark")
    drawn = pixels(made)
    ground = bytes.fromhex("0F141B")
    assert {ground} == {drawn[y][x] for x in (0, -1) for y in (0, -1)}
    rows = [y for y, row in enumerate(drawn) if set(row) != {ground}]
    columns = [x for x in range(1280) if any(row[x] != ground for row in drawn)]
    assert rows[0] > 50
    assert rows[-1] < 670
    assert columns[0] > 50
    assert columns[-1] < 1230


def test_auto_is_the_light_theme():
    m = argmap.loads(SMALL)
    assert m.to_png(theme="light") == m.to_png()
    assert m.to_png(theme="dark") != m.to_png()


@pytest.mark.parametrize("scale", [0.0, -1.0, 21.0, float("nan"), float("inf")])
def test_a_scale_is_possible(scale: float):
    with pytest.raises(BadValue, match=r"0\.05 to 20 times"):
        argmap.loads(SMALL).to_png(scale=scale)


def test_a_picture_that_is_too_large_is_drawn_smaller_and_that_is_told(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(png, "MOST", 100_000)
    told: list[str] = []
    wide, high = sides(argmap.loads(SMALL).to_png(tell=told.append))
    assert 90_000 < wide * high < 101_000
    assert 1 == len(told)
    assert "is too large: it is drawn at" in told[0]
    assert ".svg or .pdf" in told[0]


def test_a_map_of_nothing_is_a_friendly_picture():
    assert sides(argmap.loads("").to_png(scale=1.0))[0] > 100


# --- fonts


def test_without_fonts_every_character_of_ours_is_drawn(no_fonts: None):
    known = [c for c in measure._table(False) if c.isprintable() and not c.isspace()]
    assert 1500 < len(known)
    blank = [c for c in fonts.undrawn(tuple(known)) if fonts._is_seen(c)]
    assert [] == blank
    assert () == fonts.undrawn(tuple(c for c in SCRIPTS if not c.isspace()))


def test_a_map_in_three_alphabets_needs_no_font_of_the_computer():
    told: list[str] = []
    m = argmap.loads(f"[A]: {SCRIPTS}\n")
    made = m.to_png(tell=told.append, scale=1.0)
    assert [] == told
    assert () == fonts.foreign(m.to_svg())
    assert made != argmap.loads(f"[A]: {'—' * len(SCRIPTS)}\n").to_png(scale=1.0)


def test_without_fonts_the_same_map_gives_the_same_bytes(
    no_fonts: None, monkeypatch: pytest.MonkeyPatch
):
    made = argmap.loads(f"[A]: {SCRIPTS}\n").to_png(scale=1.0)
    monkeypatch.undo()
    assert made == argmap.loads(f"[A]: {SCRIPTS}\n").to_png(scale=1.0)


def test_characters_without_a_font_are_named(no_fonts: None):
    told: list[str] = []
    argmap.loads("[A]: 議論 of 😀 and \u0939\u093f\n").to_png(tell=told.append)
    assert [
        "no font on this computer has 議 (U+8B70), 論 (U+8AD6), 😀 (U+1F600), ह (U+0939), U+093F: "
        "\ufffd stands in their place; install a font that has them, such as one of Noto, or write "
        ".svg or .html, which show them wherever there is one"
    ] == told


def test_many_characters_without_a_font_are_counted(no_fonts: None):
    told: list[str] = []
    many = "".join(chr(0x4E00 + i) for i in range(30))
    argmap.loads(f"[A]: {many}\n").to_png(tell=told.append)
    assert "and 22 more: " in told[0]


def test_what_is_not_seen_needs_no_font(no_fonts: None):
    told: list[str] = []
    argmap.loads("[A]: a\u200db\ufe0f\u00adc\u3164d\n").to_png(tell=told.append)
    assert [] == told


def test_a_character_for_which_nothing_is_drawn_has_no_font():
    assert ("\u2003",) == fonts.undrawn(("\u2003", "a"))  # a blank, which is not asked about


def test_a_character_without_a_font_costs_no_other():
    some = next((c for c in "ع☃漢" if not fonts.undrawn((c,))), "")  # what else is installed here
    if not some:
        pytest.skip("no font here has more than ours")
    alone, beside = ([f"<text>{w}</text>"] for w in (some, f"\u0378{some}"))
    assert (alone, True) == fonts.settled(alone, str)
    assert ([f"<text>\ufffd{some}</text>"], True) == fonts.settled(beside, str)


# --- faults


def test_threads_and_hash_seeds_give_the_same_bytes(root: Path):
    m = argmap.load(root / "maps" / "twins.argdown")
    with ThreadPoolExecutor(8) as pool:
        drawn = set(pool.map(lambda _: m.to_png(scale=1.0), range(8)))
    assert 1 == len(drawn)
    code = (
        "import argmap, hashlib; m = argmap.load('maps/twins.argdown');"
        "print(hashlib.sha256(m.to_png(scale=1.0)).hexdigest())"
    )
    seen = printed(code, "0", "7")
    assert 1 == len(seen)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_a_full_disk_leaves_no_half_picture(tmp_path: Path):
    code = (
        "import resource, sys, argmap\n"
        "m = argmap.loads('[A]: a')\n"
        "made = m.to_png()\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))\n"
        "assert len(made) > 500\n"
        "try:\n    m.render(sys.argv[1])\n"
        "except argmap.ArgmapError as e:\n    print(e)\n"
    )
    path = tmp_path / "m.png"
    for before in (b"", b"the picture of yesterday"):
        if before:
            path.write_bytes(before)
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
        )
        assert done.stdout.startswith(f"cannot write {path}: ")
        assert [path.name] * bool(before) == [p.name for p in tmp_path.iterdir()]
        assert not before or before == path.read_bytes()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
@pytest.mark.parametrize("kind", ["png", "mmd"])
def test_what_cannot_be_written_is_said(kind: str, tmp_path: Path):
    (tmp_path / "m.argdown").write_text(SMALL)
    run = CliRunner().invoke(
        main, ["render", str(tmp_path / "m.argdown"), "--format", kind, "-o", "/dev/full"]
    )
    assert (2, "argmap: cannot write /dev/full: no space left on device\n") == (
        run.exit_code,
        run.stderr,
    )


# --- the command


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "m.argdown"
    path.write_text(SMALL)
    return path


def test_several_outputs_are_written_in_one_go(source: Path):
    pytest.importorskip("typst")
    names = [source.with_suffix(f".{s}") for s in ("png", "pdf", "mmd", "svg", "txt", "graphml")]
    asked = [a for name in names for a in ("-o", str(name))]
    run = CliRunner().invoke(main, ["render", str(source), "--size", "1280x720", *asked])
    assert (0, "") == (run.exit_code, run.output)
    assert all(name.stat().st_size for name in names)
    assert (1280, 720) == sides(names[0].read_bytes())


def test_bytes_go_to_standard_output_as_they_are(source: Path):
    run = CliRunner().invoke(
        main, ["render", str(source), "--format", "png", "--scale", "1", "-o", "-"]
    )
    assert argmap.load(source).to_png(scale=1.0) == run.stdout_bytes


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_a_terminal_is_spared_them(source: Path):
    import pty

    ours, theirs = pty.openpty()
    code = "from argmap.cli import main; main()"
    asked = [sys.executable, "-c", code, "render", str(source), "--format", "png", "-o", "-"]
    done = subprocess.run(asked, stdout=theirs, stderr=subprocess.PIPE, text=True, check=False)
    os.close(theirs)
    os.close(ours)
    assert 2 == done.returncode
    assert "PNG is not for a terminal: write it with -o map.png, or send it on" in done.stderr


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (["--scale", "3"], "--scale counts for .png only"),
        (["--tiles", "2x1"], "--tiles counts for .pdf only"),
        (["--pages", "branches"], "--pages counts for .pdf only"),
        (["--ascii"], "--ascii counts for .txt only"),
        (["--columns", "60"], "--columns counts for .txt only"),
        (["--layout", "auto", "--pages", "whole", "--direction", "down"], ""),
    ],
)
def test_what_counts_for_nothing_is_told(source: Path, flags: list[str], told: str):
    svg = source.with_suffix(".svg")
    run = CliRunner().invoke(main, ["render", str(source), *flags, "-o", str(svg)])
    assert (0, f"argmap: warning: {told}\n" if told else "") == (run.exit_code, run.stderr)


@pytest.mark.parametrize(
    ("flags", "name"),
    [
        (["--theme", "dark"], "m.md"),
        (["--no-sources"], "m.csv"),
        (["--width", "200"], "m.dot"),
        (["--layout", "tree"], "-"),
        (["--size", "a4"], "m.json"),
        (["--direction", "right"], "m.txt"),
    ],
)
def test_a_look_counts_for_pictures(source: Path, flags: list[str], name: str):
    path = name if name == "-" else str(source.with_name(name))
    run = CliRunner().invoke(main, ["render", str(source), *flags, "-o", path])
    more = " .dot .mmd" if "--direction" in flags else ""
    said = f"{flags[0]} counts for pictures only: .svg .png .pdf .html{more}"
    assert (0, f"argmap: warning: {said}\n") == (run.exit_code, run.stderr)
    html = str(source.with_suffix(".html"))
    run = CliRunner().invoke(main, ["render", str(source), *flags, "-o", path, "-o", html])
    assert (0, "") == (run.exit_code, run.stderr)


def test_a_look_counts_for_the_pictures_of_a_document(source: Path):
    document = source.with_name("n.md")
    document.write_text(f"```argdown\n{source.read_text()}```\n")
    for name, said in (
        ("o.md", ""),
        ("o.txt", "--theme counts for pictures only: .svg .png .pdf .html .md"),
    ):
        asked = ["render", str(document), "--theme", "dark", "-o", str(source.with_name(name))]
        run = CliRunner().invoke(main, asked)
        assert (0, f"argmap: warning: {said}\n" if said else "") == (run.exit_code, run.stderr)


def test_a_name_that_says_something_else_than_what_is_written_is_told(source: Path):
    asked = ["render", str(source), "--format"]
    run = CliRunner().invoke(main, [*asked, "png", "-o", str(path := source.with_name("m.pdf"))])
    said = f"argmap: warning: {path} is written as png, whatever its name says\n"
    assert (0, said) == (run.exit_code, run.stderr)
    for format, name in (("argdown-svg", "m.svg"), ("csl-json", "m.json"), ("md", "m.what")):
        run = CliRunner().invoke(main, [*asked, format, "-o", str(source.with_name(name))])
        assert (0, "") == (run.exit_code, run.stderr)


def test_what_is_told_of_several_outputs_is_told_once(source: Path):
    source.write_text("[A]: a\n" + "".join(f"  + reason {n}\n" for n in range(99)))
    paths = [str(source.with_name(name)) for name in ("a.svg", "b.svg", "c.png", "a.svg")]
    outputs = [word for path in paths for word in ("-o", path)]
    run = CliRunner().invoke(main, ["render", str(source), "--layout", "tree", *outputs])
    assert 0 == run.exit_code
    assert 1 == run.stderr.count("the type of the cards is"), run.stderr


def test_what_is_asked_for_twice_is_written_once(source: Path):
    run = CliRunner().invoke(main, ["render", str(source), "-o", "-", "-o", "-"])
    assert 1 == run.stdout.count("School should")


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("m.jpg", "write .png"),
        ("m.webp", "write .png"),
        ("m.eps", "write .svg or .pdf"),
        ("m.pgn", "did you mean .png"),
    ],
)
def test_what_is_not_written_is_refused_with_what_is(name: str, advice: str):
    with pytest.raises(UnknownFormat, match=advice):
        api.format_of(Path(name))


def test_what_draws_pixels_is_asked_for_in_a_line_where_it_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(MissingExtra, match="pip install resvg-py"):
        argmap.loads("[A]: a").to_png()
