"""Places as people write them are read, and written so that they mean the same."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from argmap.formats import read
from argmap.model import Unit, locator
from argmap.text import Text

WAYS = {
    "¶12": (Unit.PARAGRAPH, ((12, 12),)),
    "¶¶ 9-10": (Unit.PARAGRAPH, ((9, 10),)),
    "paragraph 3": (Unit.PARAGRAPH, ((3, 3),)),
    "par. 3": (Unit.PARAGRAPH, ((3, 3),)),
    "Abs. 4": (Unit.PARAGRAPH, ((4, 4),)),
    "p. 3": (Unit.PAGE, ((3, 3),)),
    "p.3": (Unit.PAGE, ((3, 3),)),
    "pp. 3–4; 7": (Unit.PAGE, ((3, 4), (7, 7))),
    "S. 12": (Unit.PAGE, ((12, 12),)),
    "l. 40": (Unit.LINE, ((40, 40),)),
    "lines 40 - 42": (Unit.LINE, ((40, 42),)),
    "0:40": (Unit.MINUTE, ((40, 40),)),
    "min. 1:05:30": (Unit.MINUTE, ((3930, 3930),)),
    "0:40-1:10": (Unit.MINUTE, ((40, 70),)),
    "§3": (Unit.SECTION, ((3, 3),)),
}


@pytest.mark.parametrize("written", WAYS)
def test_a_place_is_read(written: str):
    place = locator(written)
    assert place is not None
    assert WAYS[written] == (place.unit, place.ranges)


@pytest.mark.parametrize("written", ["§ Notes", 'section "Notes"', "sec. Notes"])
def test_a_section_can_have_a_name(written: str):
    place = locator(written)
    assert place is not None
    assert (Unit.SECTION, "Notes") == (place.unit, place.name)


@pytest.mark.parametrize(
    "written",
    ["", " ", "12", "near the end", "passim", "sections", "§", '§ ""', "¶", "p. x", "¶4a", "p.-3"],
)
def test_what_is_no_place_is_none(written: str):
    assert locator(written) is None


numbers = st.integers(0, 999_999_999)
dashes = st.sampled_from(["-", "–", " - ", " — ", "−"])
commas = st.sampled_from([",", ", ", ";", " ; "])


@st.composite
def written_places(draw: st.DrawFn) -> str:
    """A place in one of the ways it can be written."""

    def number() -> str:
        if not timed:
            return str(draw(numbers))
        clock = f"{draw(st.integers(0, 999))}:{draw(st.integers(0, 59)):02}"
        return clock + (f":{draw(st.integers(0, 59)):02}" if draw(st.booleans()) else "")

    def span() -> str:
        return number() + (draw(dashes) + number() if draw(st.booleans()) else "")

    timed = draw(st.booleans())
    words = ["", "min. "] if timed else ["¶", "¶¶ ", "p. ", "pp.", "l. ", "Zeilen ", "§", "Sec. "]
    said = draw(st.sampled_from(words)) + span()
    for _ in range(draw(st.integers(0, 3))):
        said += draw(commas) + span()
    return said


@given(written_places())
def test_a_place_that_is_written_out_means_the_same(written: str):
    place = locator(written)
    assert place is not None
    assert place == locator(str(place))


@given(st.text() | st.text("§¶p.-: 012\"'“aä\n", max_size=12))
@example('§ "5"')
@example("§ ' a '")
@example("sectionx")
def test_any_text_is_a_place_that_means_the_same_when_written_out_or_none(written: str):
    place = locator(written)
    if place is not None:
        assert place == locator(str(place))


@given(written_places())
def test_joined_ranges_are_in_order_and_share_nothing(written: str):
    place = locator(written)
    assert place is not None
    joined = place.joined()
    assert () == joined.reversed
    assert joined.overlapping is None
    assert {n for r in joined.ranges for n in r} <= {n for r in place.ranges for n in r}


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("¶9-7", [("AM307", "the place '¶9-7' of [A] ends before it begins", "¶7-9")]),
        ('"¶7-9, ¶8"', []),
        ('"¶7-9, 8"', [("AM308", "in the place of [A], ¶7-9 and ¶8 overlap", "¶7-9")]),
        (
            '"¶9-7, 8"',
            [
                ("AM307", "the place '¶9-7, 8' of [A] ends before it begins", '"¶7-9, 8"'),
                ("AM308", "in the place of [A], ¶9-7 and ¶8 overlap", "¶7-9"),
            ],
        ),
        (
            "1:10-0:40",
            [("AM307", "the place '1:10-0:40' of [A] ends before it begins", "0:40-1:10")],
        ),
    ],
)
def test_ranges_that_run_backwards_or_overlap_are_told(at: str, said: list[tuple[str, str, str]]):
    found = read(Text("m", f"[A]: a {{source: Hall, at: {at}}}\n")).problems
    assert said == [(p.code, p.message, p.help.removeprefix("write  at: ")) for p in found]
