"""Maps as PDF: sheets and posters, words that can be selected, and what is told."""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sameness import printed
from strategies import debates

import argmap
from argmap.api import Map
from argmap.api.printing import branches
from argmap.cli import main
from argmap.errors import BadValue, MissingExtra, UnknownName
from argmap.layout.size import BODY, size_of
from argmap.model import Debate
from argmap.render.pdf import OVERLAP, Poster, best, pdf, posters, too_small
from argmap.render.picture import Picture

pypdf = pytest.importorskip("pypdf")
pytest.importorskip("typst")

MM = 72 / 25.4
SMALL = '===\ntitle: Buses "& more"\n===\n\n[A]: School begins at nine.\n  + They are tired.\n'
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}">'
    "<desc>d</desc></svg>"
)


def read(made: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made))


def words(made: bytes, page: int | None = None) -> str:
    pages = read(made).pages
    return "\n".join(p.extract_text() for p in ([pages[page]] if page is not None else pages))


def bare(text: str) -> str:
    return "".join(text.split())


def sides(made: bytes) -> list[tuple[int, int]]:
    """The sizes of the pages, in millimetres."""
    boxes = [p.mediabox for p in read(made).pages]
    return [(round(float(b.width) / MM), round(float(b.height) / MM)) for b in boxes]


def picture(wide: float, high: float) -> Picture:
    return Picture(SVG.format(wide, high))


# --- words


@pytest.mark.parametrize("name", ["rumer", "rumer-vs-kaczmarski", "twins"])
def test_every_word_is_there_to_be_selected_in_reading_order(name: str, root: Path):
    m = argmap.load(root / "maps" / f"{name}.argdown")
    found = bare(words(m.to_pdf()))
    at = 0
    for card in m.view().cards:
        at = found.find(bare(card.text), at)
        assert at >= 0, card.text


@pytest.mark.parametrize("tiles", ["2x2", "1x3"])
def test_every_word_is_on_some_sheet_of_a_poster(tiles: str, root: Path):
    m = argmap.load(root / "maps" / "rumer.argdown")
    found = bare(words(m.to_pdf(tiles=tiles)))
    for card in m.view().cards:  # one that stands on two sheets has lines on each
        assert [] == [word for word in card.text.split() if word not in found]


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(debates(st.sampled_from("abc XYZ.,'\"\\#$*_[]()<>&@=éłж")))
def test_what_is_written_is_only_words(debate: Debate):
    m = Map(debate)
    found = bare(words(m.to_pdf()))
    for card in m.view().cards:
        assert bare(card.text) in found


def test_a_title_and_a_language_are_in_the_file():
    made = argmap.loads(SMALL.replace("title:", "lang: de-AT\ntitle:")).to_pdf()
    assert 'Buses "& more"' == read(made).metadata.title
    assert "de" == read(made).root_object["/Lang"]
    assert "/CreationDate" not in read(made).metadata
    assert "Argument map" == read(argmap.loads("[A]: a\n").to_pdf()).metadata.title


def test_what_is_drawn_is_there_in_words_for_those_who_cannot_see_it():
    seen = Picture(argmap.loads(SMALL).to_svg()).words
    assert "Argument map: 2 cards, 1 link." == seen.splitlines()[0]
    assert "They are tired." in seen.splitlines()[2]


def test_the_font_is_ours():
    made = read(argmap.loads(SMALL).to_pdf())
    found = made.pages[0]["/Resources"]["/Font"].values()
    fonts = {str(f.get_object()["/BaseFont"]) for f in found}
    assert fonts
    assert all("Arimo" in name for name in fonts)


def test_characters_without_a_font_are_named_once():
    told: list[str] = []
    argmap.loads("[A]: \u0378 a\n  + \u0378 b\n").to_pdf(tell=told.append, pages="branches")
    assert 1 == len([t for t in told if "no font on this computer has" in t])


# --- sheets


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("", {(297, 210), (210, 297)}),
        ("a3-upright", {(297, 420)}),
        ("letter-landscape", {(279, 216)}),
        ("200x100mm", {(200, 100)}),
        ("960x540", {(254, 143)}),
    ],
)
def test_a_size_chooses_the_sheet(size: str, expected: set[tuple[int, int]]):
    assert set(sides(argmap.loads(SMALL).to_pdf(size=size))) <= expected


def test_a_sheet_is_turned_if_that_gives_the_larger_picture():
    allowed = posters("", size_of("a4"))
    wide, high = best(allowed, picture(2000, 900)), best(allowed, picture(900, 2000))
    assert wide.size.width > wide.size.height
    assert high.size.width < high.size.height


def test_a_small_map_is_not_blown_up():
    assert 1.6 == best(posters("", size_of("a4")), picture(100, 100)).scale(picture(100, 100))


@pytest.mark.parametrize("tiles", ["2x1", "1x3", "3×2"])
def test_a_poster_has_so_many_sheets_each_with_its_place(tiles: str):
    made = argmap.loads(SMALL).to_pdf(tiles=tiles)
    columns, rows = int(tiles[0]), int(tiles[-1])
    pages = read(made).pages
    assert columns * rows == len(pages)
    for n, page in enumerate(pages):
        place = f"row {n // columns + 1}, column {n % columns + 1} of {columns}×{rows} — Buses"
        assert place in page.extract_text()


def test_the_sheets_of_a_poster_overlap():
    poster = Poster(size_of("a4-upright"), 3, 2)
    wide, high = poster.size.room
    assert (3 * wide - 2 * OVERLAP, 2 * high - OVERLAP) == poster.room
    assert 10 == round(OVERLAP / MM)


def test_what_stands_where_two_sheets_overlap_is_on_both():
    poster = Poster(size_of("a4-upright"), 2, 2)
    wide, high = poster.room
    x, y = (side - OVERLAP / 2 for side in poster.size.room)
    drawn = "".join(
        f'<text x="{at_x:.1f}" y="{at_y:.1f}" font-size="6" textLength="9">{word}</text>'
        for word, at_x, at_y in (("a", 50, 50), ("b", x - 5, 50), ("c", 50, y), ("d", x - 5, y))
    )
    seen = Picture(SVG.format(wide, high).replace("</svg>", f"{drawn}</svg>"))
    made = pdf([(poster, seen)], lambda _: None, title="-")
    found = [set("abcd") & set(words(made, n).split()) for n in range(4)]
    assert [set("abcd"), set("bd"), set("cd"), {"d"}] == found


def test_words_stand_only_on_the_sheets_where_they_are_seen(root: Path):
    m = argmap.load(root / "maps" / "rumer.argdown")
    made = m.to_pdf(tiles="3x1")
    whole = len(words(m.to_pdf()))
    each = [len(words(made, n)) for n in range(3)]
    assert max(each) < whole
    assert sum(each) < 2 * whole


def test_auto_takes_as_few_sheets_as_can_be_read():
    sheet = size_of("a4")
    for wide, high in ((300, 300), (1500, 1000), (3000, 900), (900, 4000), (5000, 5000)):
        seen = picture(wide, high)
        poster = best(posters("auto", sheet), seen)
        assert BODY * poster.scale(seen) >= sheet.readable
        fewer = [p for p in posters("auto", sheet) if p.sheets < poster.sheets]
        assert all(BODY * p.scale(seen) < sheet.readable for p in fewer)
        same = [p for p in posters("auto", sheet) if p.sheets == poster.sheets]
        assert poster.scale(seen) == max(p.scale(seen) for p in same)


def test_auto_takes_what_is_largest_if_nothing_can_be_read():
    seen = picture(90_000, 90_000)
    poster = best(posters("auto", size_of("a5")), seen)
    assert poster.scale(seen) == max(p.scale(seen) for p in posters("auto", size_of("a5")))
    assert "pt on a5" in too_small(poster, seen, "the map")
    assert "--tiles" not in too_small(poster, seen, "the map")


@pytest.mark.parametrize("tiles", ["0x1", "2", "x", "2x", "9x9", "-1x2", "two", "2x1x1"])
def test_a_poster_has_columns_and_rows(tiles: str):
    with pytest.raises(BadValue, match="as in 2x1"):
        argmap.loads(SMALL).to_pdf(tiles=tiles)


def test_a_poster_is_of_paper():
    with pytest.raises(BadValue, match="1280x720 is none"):
        argmap.loads(SMALL).to_pdf(tiles="2x1", size="1280x720")


def test_type_too_small_to_read_is_told_with_what_helps(root: Path):
    m = argmap.load(root / "maps" / "rumer-vs-kaczmarski.argdown")
    told: list[str] = []
    m.to_pdf(tell=told.append, size="a5")
    said = next(t for t in told if "the type of the map is " in t)
    for help_ in ("--tiles ", "--size", "--pages branches", "--depth", "--focus"):
        assert help_ in said
    told.clear()
    m.to_pdf(tell=told.append, tiles="auto", size="a4")
    assert [] == [t for t in told if "the type of" in t]


# --- pages


def focused(m: Map) -> Sequence[tuple[str, int | None]]:
    return [(part.choice.focus, part.choice.depth) for part, _ in branches(m)]


def test_there_is_an_overview_and_a_page_for_each_branch():
    one = argmap.loads("[A]: a\n  + b\n    + c\n  - d\n")
    assert [("", 2), ("1.1", None)] == focused(one)
    two = argmap.loads("[A]: a\n  + b\n    + d\n\n[B]: c\n  + e\n    + f\n")
    assert [("", 2), ("1", None), ("2", None)] == focused(two)
    assert 2 == len(read(one.to_pdf(pages="branches")).pages)
    assert [("", 1)] == focused(one.showing(depth=1))


STEP = "[A]: a\n  + <S>\n    _ u\n\n<S>\n\n(1) p\n{0}(2) q\n{1}-----\n(3) [A]\n"


def test_what_works_together_has_one_page():
    assert [("", 2)] == focused(argmap.loads(STEP.format("", "")))
    below = argmap.loads(STEP.format("  + r\n", ""))
    assert [("", 2), ("1.1", None)] == focused(below)
    below = argmap.loads(STEP.format("  + r\n", "  + s\n"))
    assert [("", 2), ("1.1", None), ("1.2", None)] == focused(below)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(debates(size=8))
def test_every_page_shows_what_no_page_before_it_does(debate: Debate):
    m = Map(debate)
    pages = [{c.id for c in part.view().cards} for part, _ in branches(m)]
    assert not any(page <= before for n, page in enumerate(pages) for before in pages[:n])
    assert {c.id for c in m.view().cards} == set().union(*pages)


@pytest.mark.parametrize("choice", [{"focus": "C"}, {"only": {"kind": "objection"}}])
def test_a_part_that_was_asked_for_is_not_taken_apart(choice: dict[str, object]):
    m = argmap.loads("[A]: alpha\n  + [B]: bravo\n    - [C]: charlie\n  + [D]: delta\n")
    told: list[str] = []
    made = read(m.showing(**choice).to_pdf(pages="branches", tell=told.append))  # type: ignore[arg-type]
    (page,) = made.pages
    assert "charlie" in page.extract_text()
    assert "delta" not in page.extract_text()
    said = "pages for branches are made of the whole map only; this part of it is on one page"
    assert [said] == told


def test_type_too_small_for_a_screen_is_told_too(root: Path):
    m = argmap.load(root / "maps" / "rumer-vs-kaczmarski.argdown")
    told: list[str] = []
    m.to_pdf(tell=told.append, size="640x480")
    (said,) = (t for t in told if "the type of the map is " in t)
    assert " px on 640x480, and 12 is the least that can be read: take a larger" in said
    told.clear()
    argmap.loads(SMALL).to_pdf(tell=told.append, size="1920x1080")
    assert [] == told


def test_a_page_for_a_branch_holds_nothing_of_the_others():
    m = argmap.loads(
        "[A]: alpha\n  + [B]: bravo\n    + [C]: charlie\n  - [D]: delta\n    + [E]: echo\n"
    )
    words = [page.extract_text() for page in read(m.to_pdf(pages="branches")).pages]
    assert 3 == len(words)
    assert ["bravo" in words[0], "charlie" in words[0], "delta" in words[0]] == [True, False, True]
    assert ["alpha" in words[1], "charlie" in words[1], "delta" in words[1]] == [True, True, False]
    assert ["alpha" in words[2], "bravo" in words[2], "delta" in words[2]] == [True, False, True]


def test_a_lonely_claim_has_a_page():
    assert 1 == len(read(argmap.loads("[A]: a\n").to_pdf(pages="branches")).pages)
    assert 1 == len(read(argmap.loads("").to_pdf(pages="branches")).pages)


def test_there_are_two_ways_to_make_pages():
    with pytest.raises(UnknownName, match="did you mean 'branches'"):
        argmap.loads(SMALL).to_pdf(pages="branch")  # type: ignore[arg-type]


# --- faults


def test_a_missing_package_is_named_with_what_adds_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setitem(sys.modules, "typst", None)
    said = 'PDF needs typst, which is not installed: run  pip install "argmap[pdf]"'
    with pytest.raises(MissingExtra) as met:
        argmap.loads(SMALL).to_pdf()
    assert said == str(met.value)
    source = tmp_path / "m.argdown"
    source.write_text(SMALL)
    first, second = (str(tmp_path / name) for name in ("m.svg", "m.pdf"))
    run = CliRunner().invoke(main, ["render", str(source), "-o", first, "-o", second])
    assert (2, f"argmap: {said}\n") == (run.exit_code, run.stderr)
    assert [source] == list(tmp_path.iterdir())


def test_threads_and_hash_seeds_give_the_same_bytes(root: Path):
    m = argmap.load(root / "maps" / "twins.argdown")
    with ThreadPoolExecutor(8) as pool:
        drawn = set(pool.map(lambda _: m.to_pdf(tiles="2x1"), range(8)))
    assert 1 == len(drawn)
    code = (
        "import argmap, hashlib; m = argmap.load('maps/twins.argdown');"
        "print(hashlib.sha256(m.to_pdf(tiles='2x1')).hexdigest())"
    )
    seen = printed(code, "0", "7")
    assert {hashlib.sha256(drawn.pop()).hexdigest() + "\n"} == seen


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("TMPDIR", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    argmap.loads(SMALL).to_pdf(tiles="2x1")
    assert [] == list(tmp_path.iterdir())


def test_a_page_that_cannot_be_set_is_an_error_of_ours():
    poster = posters("", size_of("a4"))[0]
    from argmap.errors import CannotWrite

    with pytest.raises(CannotWrite, match="could not be made"):
        pdf([(poster, Picture(SVG.format(10, 10) + "<"))], lambda _: None, title="")
