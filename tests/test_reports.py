"""Reports say the same in every format, and nothing in them becomes markup, code or a formula."""

from __future__ import annotations

import csv
import io
import json
import re
import time
import zipfile

import openpyxl
import pytest
from attrs import evolve
from browsing import Opener, needs_browser
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from strategies import WILD

import argmap
from argmap.api.reports import check_printable
from argmap.errors import BadValue, CannotWrite, UnknownFormat
from argmap.render.pen import clean
from argmap.render.report import (
    Cell,
    Heading,
    Item,
    Items,
    Paragraph,
    Picture,
    Report,
    Run,
    Table,
    cell,
    place,
    words,
    xlsx,
)
from argmap.render.report.core import tidy
from argmap.render.report.json import json_of
from argmap.render.report.terminal import shared
from argmap.text import printable, width

HOSTILE = {
    "pipe": "a | b || c",
    "script": "<script>alert(1)</script>",
    "escape": "\x1b[31mred\x1b[0m \x9b2J",
    "formula": '=1+1 @SUM(A1) +2 -3 =HYPERLINK("http://x")',
    "lines": "one\ntwo\r\nthree\u2028four",
    "Arabic": "سوف تبقى العلاقات \u202eبين البلدين",
    "Chinese": "两国之间的伙伴关系将会长期保持下去，因为双方都从中获得好处。",
    "marks": "e\u0301t\u0301a\u0300 " * 8,
    "Markdown": "**a** _b_ `c` [d](e) 1. - # ![x](y) &amp; $m$ \\",
    "HTML": "</td></tr></table><p style='x'>&lt;",
    "long": "W" * 300,
    "codes": "_x0041_ \x00 \ufffe \ud800",
}

# --- the smallest reports


def of_table(*rows: tuple[str, ...], **more) -> Report:
    head, *rest = (tuple(cell(c) for c in row) for row in rows)
    return Report("T", (Table(head, tuple(rest), **more),))


def text(report: Report, **how) -> str:
    return str(argmap.printed(report, "txt", **how))


def test_a_table_shares_the_width():
    found = text(of_table(("A", "B"), ("one two three", "x" * 4)), columns=24)
    assert "T\n\nA             │ B\n──────────────┼─────\none two three │ xxxx\n" == found


def test_a_table_with_wrapped_cells_has_lines_between_its_rows():
    rows = (("A", "B"), ("a b c d e f g h i j k l", "x"), ("m", "y"))
    lines = text(of_table(*rows), columns=20).splitlines()[2:]
    assert ["A                │ B", "─────────────────┼──"] == lines[:2]
    assert 2 == len([line for line in lines[2:] if "┼" in line]) + 1
    assert max(map(width, lines)) <= 20


def test_a_table_without_room_is_printed_as_blocks():
    rows = (
        ("Question", "Rumer", "Raus"),
        ("Is it so?", "yes, " * 6, "—"),
        ("Why?", "", "so it is"),
    )
    assert (
        "T\n\nIs it so?\n  Rumer: yes, yes, yes,\n    yes, yes, yes,\n  Raus: —\n\n"
        "Why?\n  Raus: so it is\n" == text(of_table(*rows), columns=25)
    )


def test_ascii_draws_with_ascii():
    said = text(of_table(("A", "B"), ("“¶4” → b", "—")), ascii=True)
    assert said.isascii()
    assert "-+-" in said
    assert '"par. 4" -> b' in said


def test_a_warning_is_told_from_other_words_without_colour():
    report = Report("", (Paragraph(words("Here ", Run("nobody answers", marked=True), ".")),))
    assert "Here *nobody answers*.\n" == text(report)
    assert "Here **nobody answers**.\n" == argmap.printed(report, "md")
    assert "<mark>nobody answers</mark>" in argmap.printed(report, "html")
    assert "Here \x1b[1;33mnobody answers\x1b[0m.\n" == text(report, colour=True)


def test_a_word_may_be_of_several_runs():
    report = Report("", (Paragraph(words("a ", Run("bc", strong=True), "d, ", "e")),))
    assert "a\nbcd,\ne\n" == text(report, columns=1).replace(" ", "\n")
    assert "a **bc**d, e\n" == argmap.printed(report, "md")


def test_a_place_stays_together_at_the_end_of_a_line():
    report = Report("", (Paragraph(words("It is so. ", place("Seminar report ¶12"))),))
    assert "It is so. Seminar\nreport ¶12\n" == text(report, columns=24)
    assert "It is so. *Seminar report ¶12*\n" == argmap.printed(report, "md")
    assert "report\xa0¶12" in argmap.printed(report, "html")


def test_emphasis_that_markdown_would_not_see_is_left_out():
    shown = words("a", Run("(b)", strong=True), "c ", Run("d", muted=True), Run("e", strong=True))
    made = str(argmap.printed(Report("", (Paragraph(shown),)), "md"))
    html = MarkdownIt().render(made)
    assert "a(b)c de" == re.sub(r"<[^>]*>", "", html).strip()


def test_lists_in_lists_keep_their_depth_up_to_a_limit():
    item = Item(words("end"))
    for n in range(3000):
        item = Item(words(f"i{n}"), (item,))
    report = Report("", (Items((item, Item(words("last")))),))
    for format in ("txt", "md", "html", "xlsx"):
        assert argmap.printed(report, format)
    assert "- i2999\n  - i2998\n" in argmap.printed(report, "md")
    html = str(argmap.printed(report, "html"))
    assert html.count("<ul>") == html.count("</ul>") == 8
    assert html.count("<li") == html.count("</li>") == 3002


def test_pictures_are_shown_in_pages_and_named_elsewhere():
    report = Report("T", (Picture('<svg width="9"><title>x</title></svg>', "Who meets whom"),))
    assert "<svg" in argmap.printed(report, "html")
    for format in ("txt", "md"):
        said = str(argmap.printed(report, format))
        assert "Who meets whom" in said
        assert "<svg" not in said


@pytest.mark.parametrize(
    ("natural", "shares", "room", "expected"),
    [
        ([5, 5], [1, 1], 20, [5, 5]),
        ([3, 100], [1, 1], 20, [3, 17]),
        ([100, 100], [1, 3], 20, [5, 15]),
        ([100, 100, 1], [1, 1, 1], 22, [10, 11, 1]),
        ([4], [1], 2, [2]),
        ([], [], 9, []),
    ],
)
def test_room_is_shared(natural, shares, room, expected):
    assert expected == shared(natural, shares, room)


# --- what any report keeps to

_RUN = st.builds(Run, st.text(WILD, max_size=12), st.booleans(), st.booleans(), st.booleans())
_WORDS = st.lists(_RUN, max_size=3).map(tuple)
_CELL = st.builds(Cell, st.lists(_WORDS, max_size=2).map(tuple))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(_CELL, max_size=4).map(tuple))
    row = st.tuples(*[_CELL] * len(columns))
    shares = draw(st.just(()) | st.tuples(*[st.integers(1, 5)] * len(columns)))
    rows = draw(st.lists(row, max_size=3).map(tuple))
    return Table(columns, rows, draw(st.text(WILD, max_size=9)), draw(st.booleans()), shares)


def reports() -> st.SearchStrategy[Report]:
    item = st.recursive(
        st.builds(Item, _WORDS),
        lambda inner: st.builds(Item, _WORDS, st.lists(inner, max_size=2).map(tuple)),
        max_leaves=5,
    )
    block = st.one_of(
        st.builds(Heading, st.text(WILD, max_size=12), st.sampled_from([2, 3])),
        st.builds(Paragraph, _WORDS),
        st.builds(Items, st.lists(item, max_size=3).map(tuple)),
        tables(),
    )
    return st.builds(Report, st.text(WILD, max_size=12), st.lists(block, max_size=4).map(tuple))


def letters(said: str) -> str:
    """What is left of *said* whatever it is printed as: letters and digits, in order."""
    return "".join(c for c in clean(printable(said)) if c.isalnum())


def paragraphs(report: Report) -> list[str]:
    """All that a report says, part by part; what stands in no row has no column."""
    found = [report.title]

    def item(i: Item) -> None:
        found.append("".join(r.text for r in i.words))
        for inner in i.items:
            item(inner)

    for block in report.blocks:
        match block:
            case Heading():
                found.append(block.text)
            case Paragraph():
                found.append("".join(r.text for r in block.words))
            case Items():
                for i in block.items:
                    item(i)
            case Table():
                found.append(block.caption)
                cells = [c for row in (block.columns, *block.rows) for c in row]
                found += ["".join(r.text for r in p) for c in cells for p in c.paragraphs]
    return [letters(f) for f in found]


def shown_in_page(body: str) -> str:
    import html

    inner = body[body.index("<main>") : body.index("</main>")]
    return html.unescape(re.sub(r"<[^>]*>", "", inner))


def shown_in_markdown(body: str) -> str:
    import html

    made = MarkdownIt("commonmark", {"html": False}).enable("table").render(body)
    return html.unescape(re.sub(r"<[^>]*>", "", made)).replace("<br>", " ")


def shown_in_workbook(body: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(body))
    return [
        str(c.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for c in row
        if c.value is not None
    ]


@given(reports())
def test_every_word_of_a_report_is_in_every_output(report: Report):
    in_columns = text(report, columns=100_000)
    shown = {
        "txt": in_columns,
        "html": shown_in_page(str(argmap.printed(report, "html"))),
        "md": shown_in_markdown(str(argmap.printed(report, "md"))),
    }
    # a table without columns has nothing to say but its caption
    for part in paragraphs(report):
        for format, body in shown.items():
            assert part in letters(body), format
    in_cells = letters("".join(shown_in_workbook(argmap.printed(report, "xlsx"))))
    for part in paragraphs(report):
        assert part in in_cells
    in_csv = letters(str(argmap.printed(report, "csv")))
    for table in report.tables:
        for row in (table.columns, *table.rows):
            for c in row:
                assert letters(c.plain) in in_csv


@given(reports(), st.integers(1, 90), st.booleans())
def test_no_line_of_text_is_too_long_and_all_of_it_is_there(report, columns, ascii):
    body = text(report, columns=columns, ascii=ascii)
    room = max(columns, 20)
    assert all(width(line) <= room for line in body.splitlines())
    if not ascii:  # which replaces signs that are letters to nobody
        for part in paragraphs(
            evolve(report, blocks=tuple(b for b in report.blocks if not isinstance(b, Table)))
        ):
            assert part in letters(body)


@given(reports())
def test_a_report_is_printed_alike_each_time_and_holds_no_control_character(report: Report):
    for format in ("txt", "md", "html", "csv", "xlsx"):
        body = argmap.printed(report, format)
        assert body == argmap.printed(report, format)
        if isinstance(body, str):
            body.encode()
            assert "" == "".join(c for c in body if c != "\n" and printable(c) != c)


@given(reports())
def test_colour_adds_codes_and_takes_no_word(report: Report):
    coloured = text(report, columns=72, colour=True)
    assert "\x1b" not in re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    for line in coloured.splitlines():  # no colour runs on into the next line or column
        assert line.count("\x1b[0m") * 2 == line.count("\x1b[")


@given(_WORDS)
def test_tidy_words_are_on_one_line_with_single_blanks(said):
    made = "".join(r.text for r in tidy(said))
    assert made.split() == printable("".join(r.text for r in said)).split()
    assert "  " not in made
    assert made == made.strip(" ")
    assert "\n" not in made
    assert all(r.text for r in tidy(said))


# --- hostile words


@pytest.fixture(params=HOSTILE)
def hostile(request) -> Report:
    said = HOSTILE[request.param]
    return Report(
        said,
        (
            Heading(said),
            Paragraph(words(Run(said, strong=True), Run(said, marked=True))),
            Items((Item(words(said), (Item(words(said)),)),)),
            Table((cell(said), cell("B")), ((cell(said), cell(said, said)),), caption=said),
        ),
    )


def test_nothing_becomes_markup_in_a_page(hostile: Report):
    body = str(argmap.printed(hostile, "html"))
    tags = set(re.findall(r"<\s*/?\s*([^\s>]+)", body[body.index("<main>") :]))
    assert tags <= {
        *("main", "h1", "h2", "p", "strong", "mark", "ul", "li", "div", "table", "caption"),
        *("thead", "tbody", "tr", "th", "td", "body", "html"),
    }
    assert 1 == body.count("<table")


def test_nothing_becomes_markup_in_markdown(hostile: Report):
    body = str(argmap.printed(hostile, "md"))
    made = MarkdownIt("commonmark", {"html": True}).enable("table").render(body)
    tags = set(re.findall(r"<\s*/?\s*([^\s>]+)", made))
    assert tags <= {
        *("h1", "h2", "p", "strong", "em", "ul", "li", "table", "thead", "tbody", "tr"),
        *("th", "td", "br"),
    }
    assert 2 == made.count("<th>")
    assert 2 == made.count("<td>")


def test_nothing_is_a_formula_in_a_spreadsheet(hostile: Report):
    for row in csv.reader(io.StringIO(str(argmap.printed(hostile, "csv")))):
        assert 2 == len(row)
        assert not any(c.startswith(("=", "+", "-", "@")) for c in row)
    made = argmap.printed(hostile, "xlsx")
    assert isinstance(made, bytes)
    for sheet in openpyxl.load_workbook(io.BytesIO(made)).worksheets:
        for row in sheet.iter_rows():
            for c in row:
                assert c.data_type in ("s", "n")
                assert c.value is None or isinstance(c.value, str)
                if str(c.value).startswith("="):
                    assert c.quotePrefix


def test_a_large_table_is_printed_in_time():
    row = (cell("q"), *(cell("word " * 30, "¶4") for _ in range(11)))
    report = Report("T", (Table((cell("Q"), *(cell(f"A{n}") for n in range(11))), (row,) * 200),))
    start = time.process_time()
    for format in ("txt", "md", "html", "csv"):
        argmap.printed(report, format)
    assert time.process_time() - start < 20


# --- workbooks


def test_a_workbook_says_what_the_report_does():
    table = Table((cell("Q"), cell("Ana")), ((cell("Why?"), cell("a", "b")),), caption="All")
    report = Report("T", (Heading("One"), table, Paragraph(words("Told.")), Heading("one"), table))
    book = openpyxl.load_workbook(io.BytesIO(argmap.printed(report, "xlsx")))
    assert ["One", "one 2", "About"] == book.sheetnames
    sheet = book["One"]
    assert [("Q", "Ana"), ("Why?", "a\nb")] == [tuple(c.value for c in r) for r in sheet.rows]
    assert "B2" == sheet.freeze_panes
    assert sheet["B2"].alignment.wrap_text
    assert sheet["A2"].font.bold
    assert sheet.column_dimensions["A"].width >= 10
    said = [row[0].value for row in book["About"].rows]
    assert ["T", "One", "All (sheet “One”)", "Told.", "one", "All (sheet “one 2”)"] == said


def test_a_workbook_holds_no_date_of_its_making():
    made = argmap.printed(Report("T"), "xlsx")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {1980} == {info.date_time[0] for info in archive.infolist()}
        assert {"1980"} == set(re.findall(r">(\d{4})-", archive.read("docProps/core.xml").decode()))


def test_half_of_a_surrogate_pair_is_an_escape_in_json():
    made = json_of({"a": "\ud83d議"})
    assert "\\ud83d議" in made
    assert {"a": "\ud83d議"} == json.loads(made)
    made.encode()


@pytest.mark.parametrize("name", ["History", "a/b:c*d", "'q'", "x" * 80, "", "Ünï 议", "😀" * 40])
def test_any_heading_can_name_sheets(name: str):
    table = Table((cell("Q"),), ((cell("a"),),))
    report = Report("", (Heading(name), table, table, Heading("About"), table))
    book = openpyxl.load_workbook(io.BytesIO(argmap.printed(report, "xlsx")))
    assert 4 == len({n.casefold() for n in book.sheetnames})
    assert all(0 < len(n.encode("utf-16-le")) <= 62 for n in book.sheetnames)


def test_very_many_sheets_with_one_name_are_named_in_a_moment():
    names: dict[str, int] = {}
    begin = time.process_time()
    made = [xlsx._named(f"{'long ' * 9}{n}", names) for n in range(9000)]
    assert time.process_time() - begin < 5
    assert 9000 == len({name.casefold() for name in made})


def test_what_a_cell_cannot_hold_goes_on_below():
    long = "议" * 40_000
    book = openpyxl.load_workbook(io.BytesIO(argmap.printed(of_table(("Q",), (long,)), "xlsx")))
    assert long == "".join(str(r[0].value) for r in list(book.worksheets[0].rows)[1:])


def test_a_workbook_without_the_package_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(argmap.ArgmapError, match=r'pip install "argmap\[xlsx\]"'):
        argmap.printed(Report("T"), "xlsx")


def test_more_rows_or_columns_than_a_sheet_has_are_refused(monkeypatch):
    monkeypatch.setattr(xlsx, "_ROWS", 2)
    with pytest.raises(CannotWrite, match="3 rows is more"):
        argmap.printed(of_table(("Q",), ("a",), ("b",)), "xlsx")
    monkeypatch.setattr(xlsx, "_COLUMNS", 2)
    with pytest.raises(CannotWrite, match="3 columns is more"):
        argmap.printed(of_table(("Q", "R", "S")), "xlsx")


# --- formats


@pytest.mark.parametrize(
    ("format", "expected"), [("TXT", "txt"), ("markdown", "md"), ("htm", "html"), ("csv", "csv")]
)
def test_formats_are_known_by_their_suffixes(format: str, expected: str):
    assert expected == check_printable(format, "Report")


def test_an_unknown_format_suggests_the_nearest():
    with pytest.raises(UnknownFormat, match=r"did you mean \.xlsx"):
        argmap.printed(Report("T"), "xls")
    with pytest.raises(UnknownFormat, match=r"it is \.txt, \.md"):
        argmap.printed(Report("T"), "svg")


def test_only_findings_are_printed():
    with pytest.raises(TypeError, match="int is nothing that is printed"):
        argmap.printed(3)


def test_a_page_is_printed_on_the_paper_asked_for():
    few, many = of_table(("A", "B")), of_table(tuple("ABCDE"))
    upright, aside = "595.28pt 841.89pt", "841.89pt 595.28pt"
    assert upright in argmap.printed(few, "html")
    assert aside in argmap.printed(many, "html")
    assert upright in argmap.printed(many, "html", size="a4-upright")
    assert "1190.55pt 841.89pt" in argmap.printed(many, "html", size="a3")
    with pytest.raises(BadValue, match="printed on paper"):
        argmap.printed(few, "html", size="800x600")


# --- in a browser


def thirty_claims() -> Report:
    """Two authors who say fifteen things each: a full page."""
    said = "The two governments agree that trade between them will grow, whatever else may happen."
    place = Run("Seminar report ¶12", muted=True)
    rows = tuple(
        (cell(f"{n} Will the partnership of the two last?"), *[cell(words(said, " ", place))] * 2)
        for n in range(15)
    )
    head = (cell("Question"), cell("Rumer"), cell("Kaczmarski"))
    table = Table(head, rows, caption="What each says to each question", shares=(1, 2, 2))
    told = Paragraph(words("They agree on five questions, clash on four, and miss each other."))
    return Report("Rumer and Kaczmarski", (told, Heading("Side by side"), table))


@needs_browser
def test_thirty_claims_of_two_authors_fit_on_one_sheet(opened: Opener):
    import pypdf

    page = opened(str(argmap.printed(thirty_claims(), "html")))
    made = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert 1 == len(made.pages)
    assert 596 > made.pages[0].mediabox.width


@needs_browser
def test_the_header_is_repeated_and_no_row_is_split(opened: Opener):
    import pypdf

    rows = [(f"row {n} begins", f"{'word ' * 150} row {n} ends") for n in range(40)]
    page = opened(str(argmap.printed(of_table(("Who", "What"), *rows), "html")))
    sheets = [
        p.extract_text()
        for p in pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    ]
    assert len(sheets) > 1
    for sheet in sheets:
        assert "Who" in sheet
        begun = re.findall(r"row (\d+) begins", " ".join(sheet.split()))
        assert begun == re.findall(r"row (\d+) ends", " ".join(sheet.split()))


@needs_browser
def test_only_a_row_that_is_very_tall_goes_over_two_sheets(opened: Opener):
    import pypdf

    rows = [("short", "word"), ("tall begins", f"{'word ' * 1200} tall ends")]
    page = opened(str(argmap.printed(of_table(("Who", "What"), *rows), "html")))
    sheets = [
        " ".join(p.extract_text().split())
        for p in pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    ]
    assert 2 == len(sheets)
    assert "tall begins" in sheets[0]
    assert "tall ends" in sheets[1]


@needs_browser
def test_the_heads_of_rows_stay_in_sight_of_a_table_that_is_scrolled(opened: Opener):
    row = ("Where?", *["Here, or there."] * 14)
    page = opened(str(argmap.printed(of_table(("Question", *"ABCDEFGHIJKLMN"), row), "html")))
    at = "document.querySelector('tbody th').getBoundingClientRect().left"
    before = page.evaluate(at)
    page.evaluate("document.querySelector('.scroll').scrollLeft = 600")
    assert abs(before - page.evaluate(at)) <= 1


@needs_browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_has_no_barriers(theme: str, opened: Opener):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(str(argmap.printed(thirty_claims(), "html", theme=theme)))
    found = Axe().run(page)
    assert 0 == found.violations_count, found.generate_report()


@needs_browser
def test_a_page_fits_a_small_screen(opened: Opener):
    page = opened(
        str(argmap.printed(thirty_claims(), "html")), viewport={"width": 360, "height": 640}
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_an_empty_paragraph_takes_no_room_from_others():
    empty = Cell(((),))
    heads, row = (cell(), empty, cell(), cell()), (cell(), empty, cell(), cell("0000000000"))
    report = Report("", (Table(heads, (row,), headed=False),))

    assert all(width(line) <= 20 for line in text(report, columns=20).splitlines())
