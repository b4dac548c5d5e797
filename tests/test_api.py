"""The front door: load, loads, Map and Builder."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sameness import others, printed

import argmap
from argmap.errors import BadValue


def test_errors_raise_with_all_that_is_wrong():
    with pytest.raises(argmap.MapError) as caught:
        argmap.loads("(1) a\n\nx\n\n(1) b", name="m")
    assert ["AM201", "AM201"] == [p.code for p in caught.value.problems]
    assert "--> m:5:1" in str(caught.value)
    assert isinstance(caught.value, ValueError)


def test_warnings_do_not_raise():
    m = argmap.loads("[A]: a\n- b")
    assert ["AM103"] == [p.code for p in m.problems]


def test_reading_without_raising_gives_what_there_is(tmp_path: Path):
    path = tmp_path / "m.argdown"
    path.write_text("[A]: a\n\n(1) b", encoding="utf-8")
    reading = argmap.read(path)
    assert reading.failed
    assert "a" == reading.debate.claim("A").text


def test_a_file_that_is_not_there_is_an_oserror():
    with pytest.raises(FileNotFoundError):
        argmap.load("no/such/file.argdown")


def test_a_map_writes_what_its_suffix_says(tmp_path: Path):
    m = argmap.loads("[A]: a")
    for suffix in ("svg", "dot", "json", "txt"):
        assert m.render(tmp_path / f"m.{suffix}").stat().st_size >= 4
    assert "1 a\n" == (tmp_path / "m.txt").read_text("utf-8")
    with pytest.raises(argmap.UnknownFormat):
        m.render(tmp_path / "m.bmp")
    with pytest.raises(argmap.CannotWrite):
        m.render(tmp_path / "no" / "m.svg")


def test_a_notebook_shows_the_picture():
    m = argmap.loads("[A]: a")
    assert m.to_svg() == m._repr_svg_()
    assert m._repr_svg_().startswith("<svg")


def test_json_leads_back_to_the_same_debate():
    m = argmap.loads("[A]: a\n  + b {x: 1}")
    assert m.debate == argmap.loads(m.to_json()).debate


def test_a_built_debate_is_a_map_with_its_doubts():
    b = argmap.Builder(title="T")
    p, q = b.claim("p"), b.claim("q")
    b.support(p, q)
    b.support(q, p)
    m = b.map()
    assert ["AM304"] == [x.code for x in m.problems]
    assert m.outline().startswith("T\n\n1 p\n")


def test_an_absolute_position_is_refused(tmp_path: Path):
    (tmp_path / "p.argdown").write_text("===\nspeaker: Ana\n===\n\n[P]: p", encoding="utf-8")
    body = f"===\npositions: ['{(tmp_path / 'p.argdown').as_posix()}']\n===\n\n[A]: a"
    with pytest.raises(argmap.MapError, match="is an absolute path"):
        argmap.loads(body)


def test_positions_are_found_beside_the_debate_whatever_folder_one_is_in(
    tmp_path: Path, monkeypatch
):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "p.argdown").write_text("===\nspeaker: Ana\n===\n\n[P]: p", "utf-8")
    (tmp_path / "in" / "d.argdown").write_text(
        "===\npositions: p.argdown\n===\n\n[Ana: P]", "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    assert "p" == argmap.load("in/d.argdown").debate.claim("Ana: P").text
    monkeypatch.chdir(tmp_path / "in")
    assert "p" == argmap.load("d.argdown").debate.claim("Ana: P").text


@pytest.mark.parametrize("name", ["\\0.argdown", "x" * 300 + ".argdown", "."])
def test_a_position_with_an_impossible_name_is_told(name: str):
    with pytest.raises(argmap.MapError) as caught:
        argmap.loads(f'===\npositions: ["{name}"]\n===\n\n[A]: a')
    assert ["AM501"] == [p.code for p in caught.value.problems]


def test_a_link_stays_a_link_and_a_file_keeps_its_mode(tmp_path: Path):
    target, link = tmp_path / "real.txt", tmp_path / "link.txt"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o600)
    link.symlink_to(target)
    argmap.loads("[A]: a").render(link)
    assert link.is_symlink()
    assert ("1 a\n", 0o600) == (target.read_text("utf-8"), target.stat().st_mode & 0o777)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path):
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        heard = pool.submit(pipe.read_text, "utf-8")
        argmap.loads("[A]: a").render(pipe)
        assert "1 a\n" == heard.result()
    assert pipe.is_fifo()


@pytest.mark.parametrize("name", ["x" * 252 + ".svg", "a\0b.svg"])
def test_a_name_that_cannot_be_is_an_error_of_ours(tmp_path: Path, name: str):
    with pytest.raises(argmap.CannotWrite):
        argmap.loads("[A]: a").render(tmp_path / name)


@pytest.mark.parametrize(
    "options", [{"theme": "pink"}, {"direction": "up"}, {"layout": "doot"}, {"card_width": 1}]
)
def test_a_wrong_option_is_an_error_with_advice(options):
    with pytest.raises(argmap.ArgmapError, match=r"did you mean|it is one of|points wide"):
        argmap.loads("[A]: a").to_svg(**options)


def test_a_map_read_from_json_is_checked_as_one_from_words(tmp_path: Path):
    b = argmap.Builder()
    p, q = b.claim("p"), b.claim("q")
    b.support(p, q)
    b.support(q, p)
    again = argmap.loads(b.map().to_json())
    assert ["AM304"] == [x.code for x in again.problems]


def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed(root: Path):
    code = (
        "import argmap, hashlib\n"
        "m = argmap.load('maps/rumer-vs-kaczmarski.argdown')\n"
        "for made in (m.to_svg(), m.to_dot(), m.to_json(), m.outline(), m.to_svg(layout='dot')):\n"
        "    print(hashlib.sha256(made.encode()).hexdigest())\n"
    )
    seen = printed(code, "0", "1", "2")
    assert 1 == len(seen)


def test_several_threads_draw_the_same(root: Path):
    m = argmap.load(root / "maps" / "rumer.argdown")

    def drawn(layout: str) -> str:
        return hashlib.sha256(m.to_svg(layout=layout).encode()).hexdigest()

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(drawn, ["tree", "dot"] * 6))
    assert 2 == len(set(found))


# --- files that are named in a text


@pytest.mark.parametrize("name", ["link.argdown", "folder/secret.argdown"])
def test_a_link_does_not_lead_out_of_the_folder(tmp_path: Path, name: str):
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "secret.argdown").write_text("[S]: secret\n")
    (inside / "link.argdown").symlink_to(outside / "secret.argdown")
    (inside / "folder").symlink_to(outside)
    (inside / "m.argdown").write_text(f"[A]: a\n\n@include({name})\n")
    reading = argmap.read(inside / "m.argdown")
    assert ["AM111"] == [p.code for p in reading.problems]
    assert ["A"] == [c.title for c in reading.debate.claims]


def test_a_link_within_the_folder_is_followed(tmp_path: Path):
    (tmp_path / "b.argdown").write_text("[B]: b\n")
    (tmp_path / "link.argdown").symlink_to("b.argdown")
    (tmp_path / "m.argdown").write_text("[A]: a\n\n@include(link.argdown)\n")
    assert ["A", "B"] == [c.title for c in argmap.load(tmp_path / "m.argdown").debate.claims]


def test_what_is_no_ordinary_file_is_not_read(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.argdown")
    (tmp_path / "m.argdown").write_text("[A]: a\n\n@include(pipe.argdown)\n")
    (problem,) = argmap.read(tmp_path / "m.argdown").problems
    assert "is no ordinary file" in problem.message


@pytest.mark.parametrize("body", ["[[x] y]: z", "[{k}]: v", '[{"a": 1}]: x'])
def test_a_title_that_looks_like_json_is_a_title(body: str):
    assert 1 == len(argmap.loads(body).debate.claims)


@pytest.mark.parametrize("python", [*others()] or [None], ids=lambda p: p and Path(p).name)
def test_other_versions_of_python_draw_the_same(python: str | None):
    if python is None:
        pytest.skip("no other Python that argmap runs on")
    code = (
        "import argmap, hashlib\n"
        "m = argmap.load('maps/rumer-vs-kaczmarski.argdown')\n"
        "made = (m.to_svg(), m.to_svg(layout='columns'), m.to_html(), m.to_mermaid(), m.to_csv())\n"
        "print([hashlib.sha256(body.encode()).hexdigest() for body in made])\n"
    )
    assert printed(code, "0") == printed(code, "1", python=python)


@pytest.mark.parametrize(
    "ask",
    [
        lambda x: argmap.compare(x, "A", "B"),
        argmap.matrix,
        argmap.flow,
        lambda x: argmap.diff(x, x),
        lambda x: argmap.merge([x]),
        lambda x: argmap.query(x, "text:a"),
        lambda x: argmap.query([x], "text:a"),
    ],
)
def test_what_is_no_map_is_refused_with_what_to_write(ask):
    with pytest.raises(BadValue, match=r"argmap\.load\('a\.argdown'\)"):
        ask("a.argdown")
    with pytest.raises(BadValue, match="not int"):
        ask(3)
