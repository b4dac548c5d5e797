"""A claim in its paragraph, and cards."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT
from markdown_it import MarkdownIt

import argmap
from argmap import api
from argmap.cli import main
from argmap.errors import UnknownName
from argmap.render import cards

KELLER = ROOT / "examples" / "keller.argdown"
READINGS = ROOT / "examples" / "readings"


@pytest.fixture(scope="module")
def sheets() -> list[cards.Sheet]:
    return api.sheets(argmap.load(KELLER).debate, (), api.shelf([READINGS]))


def show(*arguments: str | Path):
    return CliRunner().invoke(main, ["show", *map(str, arguments)])


def test_a_claim_is_shown_with_its_holder_its_citation_and_its_quotation():
    said = show(KELLER, "Two runs").output
    assert "Keller (hedged)" in said
    assert "Ana Keller in: “Report of the town hall" in said
    assert "¶6: “might solve this”" in " ".join(said.split())
    assert "primary school first" not in said


def test_in_context_the_whole_paragraph_is_there_and_the_quotation_is_marked():
    said = " ".join(show(KELLER, "Two runs", "--context", "--texts", READINGS).output.split())
    assert "¶6 The bus company had written" in said
    assert "two shorter runs »might solve this«, though" in said
    assert said.endswith("somewhere to leave their younger children.")


def test_what_is_only_reported_is_not_the_speakers():
    said = show(KELLER, "Buses").output
    assert "held by: the bus company (as reported by Keller)" in said


@pytest.mark.parametrize("title", ["Two runs", "[Two runs]", "2.1"])
def test_a_claim_is_found_by_its_title_with_and_without_brackets_and_by_number(title: str):
    assert "2.1 [Two runs]" in show(KELLER, title).output


def test_a_title_that_is_not_there_is_told_with_the_nearest():
    done = show(KELLER, "Two rums")
    assert (2, True) == (done.exit_code, "did you mean 'Two runs'?" in done.output)
    with pytest.raises(UnknownName):
        api.sheets(argmap.load(KELLER).debate, ("nothing",))


def test_without_a_title_everything_is_shown(sheets: list[cards.Sheet]):
    debate = argmap.load(KELLER).debate
    assert {c.title for c in debate.claims} == {s.ref.title for s in sheets}


def test_a_card_in_markdown_holds_the_claim_the_citation_and_the_marked_quotation(
    sheets: list[cards.Sheet],
):
    tokens = MarkdownIt("commonmark").parse(cards.markdown(sheets, title="Cards"))
    assert 1 + len(sheets) == sum(t.type == "heading_open" for t in tokens)
    strong = [
        child.content
        for t in tokens
        for a, child in zip(t.children or (), (t.children or ())[1:], strict=False)
        if a.type == "strong_open"
    ]
    assert [s.cited[0].citation.quote for s in sheets] == strong


def test_a_card_in_html_holds_the_same(sheets: list[cards.Sheet]):
    page = cards.page(sheets, title="Cards")
    assert len(sheets) == page.count("<article") == page.count("<mark>")
    assert "<mark>might solve this</mark>" in page
    assert "<script" not in page
    assert "http" not in page


def test_no_word_of_a_text_or_map_becomes_markup(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Some *stars* & <b>bold</b> [x](y) words.", encoding="utf-8")
    (tmp_path / "m.argdown").write_text(
        "===\nsource: {title: <i>S</i>, file: a.txt}\n===\n\n"
        '[A]: a \\<script\\> b. {at: ¶1, quote: "& <b>bold"}\n',
        encoding="utf-8",
    )
    page = show(tmp_path / "m.argdown", "--format", "html").output
    assert "<mark>&amp; &lt;b&gt;bold</mark>" in page
    assert not {"<script", "<i>S", "<b>"} & set(page.replace(">", "> ").split())
    body = show(tmp_path / "m.argdown", "--format", "md").output
    assert "\\*stars\\*" in body
    assert "\\<b\\>" in body


def test_the_text_is_sought_beside_the_map(tmp_path: Path):
    (tmp_path / "a.txt").write_text("One.\n\nTwo words here.\n", encoding="utf-8")
    (tmp_path / "m.argdown").write_text(
        "===\nsource: {title: S, file: a.txt}\n===\n\n[A]: a {at: ¶2, quote: words}\n", "utf-8"
    )
    assert "¶2 Two »words« here." in show(tmp_path / "m.argdown", "A", "--context").output.replace(
        "¶2  ", "¶2 "
    )
    assert ">>words<<" in show(tmp_path / "m.argdown", "A", "--context", "--ascii").output


def test_a_text_that_is_not_there_is_told_once_and_the_card_has_the_quotation(tmp_path: Path):
    done = show(KELLER, "--format", "md", "--texts", tmp_path)
    assert 0 == done.exit_code
    assert 1 == done.stderr.count("there is no text 'town-hall.txt'")
    assert "\n“might solve this”\n" in done.stdout


def test_cards_are_written_whole_or_not_at_all(tmp_path: Path):
    path = tmp_path / "cards.html"
    assert 0 == show(KELLER, "--texts", READINGS, "-o", path).exit_code
    assert path.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert 2 == show(KELLER, "-o", tmp_path / "cards.pdf").exit_code
    assert 2 == show(KELLER, "-o", tmp_path / "no" / "cards.md").exit_code
    assert 2 == show(KELLER, "--context", "--texts", tmp_path / "no").exit_code


def test_a_very_long_passage_is_cut(tmp_path: Path):
    (tmp_path / "a.txt").write_text("\n\n".join(["many words " * 200] * 20), "utf-8")
    (tmp_path / "m.argdown").write_text(
        "===\nsource: {title: S, file: a.txt}\n===\n\n[A]: a {at: ¶1-20}\n", "utf-8"
    )
    said = show(tmp_path / "m.argdown", "A", "--context").output
    assert said.rstrip().endswith("…")
    assert len(said) < 15_000


SLIPS = """\
===
speaker: Ana Keller
source: {title: Report, file: town-hall.txt}
===

[Elsewhere]: a {at: ¶6, quote: school should begin at nine}

[Changed]: b {at: ¶4, quote: slept more than seven hours}

[Invented]: c {at: ¶4, quote: wholly other words than these}
"""


@pytest.mark.parametrize("kind", ["txt", "md", "html"])
def test_a_card_never_hides_that_a_quotation_is_not_there(tmp_path: Path, kind: str):
    (tmp_path / "m.argdown").write_text(SLIPS, "utf-8")
    done = show(tmp_path / "m.argdown", "--context", "--format", kind, "--texts", READINGS)
    said = " ".join(done.stdout.split())
    for quote, remark in [
        ("school should begin at nine", "it stands in ¶4, not ¶6"),
        ("slept more than seven hours", "not word for word: “more” is “less” in the text"),
        ("wholly other words than these", "it is not in the text"),
    ]:
        assert f"“{quote}” ({remark})" in said
        assert f"“{quote}”: {remark}" in done.stderr


def test_a_speaker_is_not_put_into_a_work_of_others_that_does_not_name_them(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Quite other words.", "utf-8")
    (tmp_path / "m.argdown").write_text(
        "===\nspeaker: Ana Keller\nsources: {B: {title: Bells, author: Ida Roth, file: a.txt}}\n"
        "===\n\n[A]: a {source: B, at: ¶1, quote: other words}\n",
        "utf-8",
    )
    said = show(tmp_path / "m.argdown", "A", "--context").stdout
    assert "Ida Roth, “Bells”, ¶1" in said
    assert "Keller in:" not in said


def test_who_held_it_otherwise_is_named_at_each_place(tmp_path: Path):
    (tmp_path / "m.argdown").write_text(
        "===\nsource: {title: T}\nspeakers: [Ana Keller, Tom Brandt]\n===\n\n"
        "[A]: a {speaker: Keller, voice: hedged, at: ¶2, quote: Perhaps}\n\n"
        "[A]: a {speaker: Brandt, at: ¶3, quote: rings}\n",
        "utf-8",
    )
    said = " ".join(show(tmp_path / "m.argdown", "A").stdout.split())
    assert "held by: Keller (hedged) and Brandt" in said
    assert "Ana Keller in: “T”, ¶2, Keller (hedged): “Perhaps”" in said
    assert "Tom Brandt in: “T”, ¶3, Brandt: “rings”" in said


def test_all_paragraphs_of_several_ranges_are_shown(tmp_path: Path):
    (tmp_path / "a.txt").write_text("One.\n\nTwo.\n\nThree.\n", "utf-8")
    (tmp_path / "m.argdown").write_text(
        '===\nsource: {title: S, file: a.txt}\n===\n\n[A]: a {at: "¶1, 3"}\n', "utf-8"
    )
    said = show(tmp_path / "m.argdown", "A", "--context").stdout
    assert "¶1 One." in said
    assert "¶3 Three." in said
    assert "Two" not in said


def test_several_files_are_written_and_none_that_was_read(tmp_path: Path):
    (tmp_path / "m.argdown").write_bytes(KELLER.read_bytes())
    (tmp_path / "town-hall.txt").write_bytes((READINGS / "town-hall.txt").read_bytes())
    one, two = tmp_path / "c.html", tmp_path / "c.md"
    assert 0 == show(tmp_path / "m.argdown", "-o", one, "-o", two).exit_code
    assert one.exists()
    assert two.exists()
    for name in ("m.argdown", "town-hall.txt"):
        before = (tmp_path / name).read_bytes()
        done = show(tmp_path / "m.argdown", "--format", "md", "-o", tmp_path / name)
        assert 2 == done.exit_code
        assert "it was read for this" in done.stderr
        assert before == (tmp_path / name).read_bytes()
