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
    assert "> “might solve this”" in done.stdout


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
