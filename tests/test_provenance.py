"""Quotations are held against their texts: what is there is found, and what is not is told."""

from __future__ import annotations

import contextlib
import io
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import frozen
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from argmap import api
from argmap.api.checking import corrected, edits
from argmap.cli import main
from argmap.errors import CannotWrite
from argmap.formats import read
from argmap.model import Source, locator
from argmap.provenance.cited import CitedText, OutOfRange
from argmap.provenance.findings import Finding, Standing
from argmap.provenance.fold import FOLDED, Tolerance, fold
from argmap.provenance.readers import Unreadable, document
from argmap.provenance.search import Change, Index
from argmap.text import Severity, Text

HANG = 20  # seconds; every hostile text takes a few at most

HALL = """\
The hall was built in 1911, and its roof has never been tight.

A dry hall is worth more than a new one. “We dance here,” said Ann – and she was right.

The council counts its money; nobody counts the buckets under the roof.

A dry hall is worth more than a new one, wrote Bob.
"""


def index(body: str) -> Index:
    return Index(CitedText(Text("hall.txt", body)))


def found(quote: str, at: str = "", body: str = HALL) -> Finding:
    """What becomes of *quote*, cited from *at* in *body*."""
    (only,) = checked(
        f"[A]: a {{source: hall, at: {json.dumps(at)}, quote: {json.dumps(quote)}}}", body
    ).findings
    return only


def checked(items: str, body: str = HALL, front: str = "") -> api.Checked:
    """All that is said of a map of *items*, whose source ``hall`` has the text *body*."""
    text = f"===\nsources: {{hall: {{title: The hall, file: hall.txt}}}}\n{front}===\n\n{items}\n"
    return api.checked(
        read(Text("map.argdown", text)), shelf=lambda _: CitedText(Text("hall.txt", body))
    )


def codes(checked: api.Checked) -> list[str]:
    return [p.code for p in checked.problems]


def only(checked: api.Checked, code: str) -> str:
    """What is said under *code*: the message, then the notes."""
    (problem,) = [p for p in checked.problems if p.code == code]
    return "\n".join((problem.message, *(n.message for n in problem.notes)))


# --- how a quotation stands


def test_a_quotation_that_is_there_is_exact():
    f = found("nobody counts the buckets", "¶3")
    assert (Standing.EXACT, "¶3", ()) == (f.standing, str(f.found), f.tolerances)


def test_nothing_is_said_of_a_quotation_that_is_exact():
    assert [] == codes(checked("[A]: a {source: hall, at: ¶3, quote: nobody counts the buckets}"))


@pytest.mark.parametrize(
    ("quote", "tolerances"),
    [
        ("nobody counts  the\u00a0buckets", (Tolerance.SPACES,)),
        ("nobody counts\nthe buckets", (Tolerance.BREAKS,)),
        ('"We dance here," said Ann', (Tolerance.QUOTES,)),
        ("said Ann - and she", (Tolerance.DASHES,)),
        ("said Ann—and she", (Tolerance.DASHES,)),
        ("said Ann--and she", (Tolerance.DASHES,)),
        ("nobody counts the buck\u00adets", (Tolerance.UNSEEN,)),
        ("nobody counts the \u200bbuckets", (Tolerance.UNSEEN,)),
        ("nobody counts the buck-\nets", (Tolerance.HYPHENS,)),
        ("\uff4eobody counts the buckets", (Tolerance.LETTERS,)),
        ("Nobody counts the Buckets", (Tolerance.CASE,)),
        ("nobody *counts* the [buckets](x.md)", (Tolerance.MARKUP,)),
        ("The council … the buckets under the roof", (Tolerance.LEFT_OUT,)),
        ("The council [...] the buckets", (Tolerance.LEFT_OUT,)),
        ("ouncil counts its money", (Tolerance.CUT,)),
        ('"WE DANCE HERE,"  said Ann', (Tolerance.SPACES, Tolerance.QUOTES, Tolerance.CASE)),
    ],
)
def test_what_is_let_pass_is_named(quote: str, tolerances: tuple[Tolerance, ...]):
    f = found(quote, "¶2" if "Ann" in quote else "¶3")
    assert (Standing.NORMALISED, tolerances) == (f.standing, f.tolerances)


def test_a_text_with_hyphens_at_line_ends_is_found_as_one_word():
    f = found("nobody counts the buckets", "¶1", "nobody counts the buck-\n  ets.")
    assert (Standing.NORMALISED, (Tolerance.HYPHENS,)) == (f.standing, f.tolerances)


def test_what_was_let_pass_is_a_note():
    said = checked('[A]: a {source: hall, at: ¶2, quote: "said Ann - and"}')
    assert ["AM605"] == codes(said)
    assert "“said Ann - and” stands in ¶2 but for dashes" == only(said, "AM605")


def test_another_paragraph_is_named():
    said = checked("[A]: a {source: hall, at: ¶2, quote: nobody counts the buckets}")
    assert ["AM601"] == codes(said)
    assert "“nobody counts the buckets” stands in ¶3, not ¶2" == only(said, "AM601")


def test_a_quotation_over_two_paragraphs_is_told():
    said = checked('[A]: a {source: hall, at: ¶1, quote: "been tight. A dry hall"}')
    assert ["AM604"] == codes(said)
    assert "“been tight. A dry hall” runs over ¶1-2, and only ¶1 is cited" == only(said, "AM604")


def test_a_quotation_over_the_paragraphs_that_are_cited_is_there():
    assert Standing.NORMALISED is found("been tight. A dry hall", "¶1-2").standing


def test_words_left_out_between_two_paragraphs_are_found_if_both_are_cited():
    assert Standing.NORMALISED is found("The hall was built … a new one", "¶1-2").standing
    assert Standing.ACROSS is found("The hall was built … wrote Bob", "¶1").standing


def test_a_changed_word_is_told():
    said = checked("[A]: a {source: hall, at: ¶3, quote: nobody counts the barrels under the roof}")
    assert ["AM602"] == codes(said)
    assert (
        "“nobody counts the barrels under the roof” is not in hall.txt word for word; "
        "the nearest is in ¶3\n“barrels” is “buckets” in the text"
    ) == only(said, "AM602")


@pytest.mark.parametrize(
    ("quote", "changes"),
    [
        ("nobody counts buckets under the roof", (Change("", "the"),)),
        ("nobody the buckets under the roof", (Change("", "counts"),)),
        ("nobody ever counts the buckets under", (Change("ever", ""),)),
        ("nobody counts the bucketts under the roof", (Change("bucketts", "buckets"),)),
        ("the hall was built in 1912, and its", (Change("1912", "1911"),)),
        ("The hall was built in 1911 and its roof", (Change("1911", "1911,"),)),
        ("it is worth more than a now one", (Change("it", "hall"), Change("now", "new"))),
    ],
)
def test_the_difference_is_told_word_by_word(quote: str, changes: tuple[Change, ...]):
    f = found(quote)
    assert (Standing.NEAR, changes) == (f.standing, f.changes)


def test_what_is_nearest_at_the_cited_place_is_preferred():
    assert "¶4" == str(found("A dry barn is worth more than a new one", "¶4").found)
    assert "¶2" == str(found("A dry barn is worth more than a new one", "¶2").found)


def test_a_quotation_like_nothing_in_the_text_is_told():
    said = checked("[A]: a {source: hall, at: ¶3, quote: seven purple elephants sang}")
    assert ["AM603"] == codes(said)
    assert "“seven purple elephants sang” is not in hall.txt, nor anything like it" == only(
        said, "AM603"
    )


def test_a_second_place_is_told():
    said = checked("[A]: a {source: hall, at: ¶2, quote: a dry hall is worth more}")
    assert ["AM605", "AM606"] == codes(said)
    assert "“a dry hall is worth more” also stands in ¶4" == only(said, "AM606")


def test_of_two_other_places_none_is_sure():
    f = found("A dry hall is worth more", "¶1")
    assert (Standing.ELSEWHERE, "") == (f.standing, f.mended)
    assert ["¶2", "¶4"] == [str(p) for p in (f.found, *f.also)]


def test_of_several_ranges_none_is_put_right():
    assert "¶3" == found("nobody counts the buckets", "¶1-2").mended
    assert "" == found("nobody counts the buckets", "¶1, 4").mended


def test_a_common_word_is_found_at_the_place_that_is_cited_however_often_it_stands_before():
    body = "\n\n".join(["the hall"] * 60)
    assert (Standing.EXACT, "¶50") == (
        found("the hall", "¶50", body).standing,
        str(found("the hall", "¶50", body).found),
    )


def test_a_quotation_without_a_place_is_given_one():
    said = checked("[A]: a {source: hall, quote: nobody counts the buckets}")
    assert ["AM607"] == codes(said)
    assert "“nobody counts the buckets” has no place; it stands in ¶3" == only(said, "AM607")


# --- what else is told


def test_a_claim_without_a_source_is_noted():
    said = checked("[A]: a\n\n[B]: b {unstated: true}")
    assert ["AM608"] == codes(said)
    assert Severity.NOTE is said.problems[0].severity
    assert "[A] has no source" == only(said, "AM608")


def test_a_speaker_who_never_occurs_in_the_text_is_told_once():
    front = "speakers: {Ann: Ann Bauer, Cyd: Cyd Cole, Staff: {name: The staff, unsigned: true}}\n"
    items = "".join(
        f"[{n}]: a {{speaker: {who}, source: hall, at: ¶1}}\n\n"
        for n, who in enumerate(("Ann", "Cyd", "Cyd", "Staff"))
    )
    said = checked(items, front=front)
    assert ["AM609"] == codes(said)
    assert "'Cyd Cole' never occurs in hall.txt" == only(said, "AM609")


def test_a_view_of_somebody_who_never_occurs_in_the_text_is_told_once():
    council, eve = (f"a {{source: hall, at: ¶1, of: {who}}}" for who in ("the council", "Eve"))
    items = f"[A]: {council}\n\n[B]: {eve}\n\n[C]: {eve}"
    said = checked(items)
    assert ["AM609"] == codes(said)
    assert "'Eve' never occurs in hall.txt" == only(said, "AM609")


@pytest.mark.parametrize(
    ("at", "message"),
    [
        ("¶9", "there is no ¶9: the text has 4 paragraphs"),
        ("¶0", "there is no ¶0: the text has 4 paragraphs"),
        ("l. 99", "there is no l. 99: the text has 8 lines"),
        ("p. 1", "this text is not parted into pages, so p. 1 cannot be found"),
        ("0:40", "this text has no times at its lines, so 0:40 cannot be found"),
        ("§1", "this text has no headings that argmap sees, so §1 is not found"),
    ],
)
def test_a_place_that_is_not_there_is_told(at: str, message: str):
    said = checked(f"[A]: a {{source: hall, at: {at}, quote: nobody counts the buckets}}")
    assert ["AM616"] == codes(said)
    assert message == only(said, "AM616")
    there = "l. 5" if at.startswith("l.") else "¶3"
    help = f"“nobody counts the buckets” stands in {there}: write  at: {there}"
    assert help == said.problems[0].help
    assert [Standing.ELSEWHERE] == [f.standing for f in said.findings]


def test_what_is_quoted_from_a_place_that_is_not_there_is_told_all_the_same():
    said = checked(
        "[A]: a {source: hall, at: ¶9, quote: nobody paints the buckets}\n\n"
        "[B]: b {source: hall, at: ¶9, quote: wholly other words than these}\n"
    )
    assert ["AM602", "AM603", "AM616", "AM616"] == sorted(codes(said))


def test_a_place_that_cannot_be_looked_up_is_told_and_the_quotation_is_sought_everywhere():
    said = checked("[A]: a {source: hall, at: near the end, quote: nobody counts the buckets}")
    assert ["AM617"] == codes(said)
    assert Standing.EXACT is said.findings[0].standing


def test_a_range_that_runs_backwards_or_overlaps_is_looked_up_all_the_same():
    assert Standing.EXACT is found("nobody counts the buckets", "¶4-2").standing
    assert Standing.EXACT is found("nobody counts the buckets", "¶2-3, 3").standing


def test_an_unknown_voice_and_link_list_the_known_ones_and_the_nearest():
    text = "[A]: a {voice: reportet}\n\n[B]: b\n  - [A] {link: {as: clasch}}\n"
    said = {p.code: (p.message, p.help) for p in read(Text("m", text)).problems}
    message, help = said["AM407"]
    assert "did you mean" in message
    assert "clash, tension" in help or "asserted, hedged" in help


# --- sources


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hall.txt").write_text(HALL, "utf-8", newline="\n")
    return tmp_path


def with_source(source: str, at: str = "¶3") -> api.Checked:
    """A map that cites *source*, and a good one, held against the texts of the working folder."""
    text = (
        f"===\nsources: {{x: {source}, hall: {{title: H, file: hall.txt}}}}\n===\n\n"
        f"[A]: a {{source: x, at: {at}, quote: nobody counts}}\n\n"
        "[B]: b {source: hall, at: ¶2, quote: nobody counts the buckets}\n"
    )
    return api.checked(read(Text("map.argdown", text)), shelf=api.shelf(["."]))


@pytest.mark.parametrize(
    ("source", "code", "message"),
    [
        ("{title: X, file: hal.txt}", "AM610", "there is no text 'hal.txt' in ."),
        ('{title: X, file: "a\\0b"}', "AM610", "'a\\x00b' is no name of a file"),
        ("{title: X, file: ../hall.txt}", "", ""),  # its last part is here
        ("{title: X, file: ../secret.txt}", "AM610", "there is no text '../secret.txt' in ."),
        ("{title: X, file: link.txt}", "AM610", "there is no text 'link.txt' in ."),
        (f"{{title: X, file: {'n' * 5000}.txt}}", "AM610", f"there is no text '{'n' * 5000}.txt'"),
        ("{title: X, file: sub}", "AM610", "there is no text 'sub' in ."),
        ("{title: X, file: empty.txt}", "AM612", "empty.txt is empty"),
        ("{title: X, file: blank.txt}", "AM612", "blank.txt is empty"),
        ("{title: X, file: bad.txt}", "AM611", "bad.txt is not UTF-8: byte 0xff at offset 3"),
        ("{title: X, file: hall.xyz}", "AM614", "hall.xyz is of no kind that is read"),
        ("{title: X, file: hall.txt, encoding: klingon}", "AM611", "no encoding is named 'kling"),
        ('{title: X, file: hall.txt, encoding: "a\\0b"}', "AM611", "no encoding is named 'a\\x00"),
        ("{title: X, date: 1911}", "AM618", "no text is named for 'x', so one citation cannot"),
    ],
)  # fmt: skip
def test_a_source_that_cannot_be_read_is_one_message_and_the_rest_is_checked(
    source: str, code: str, message: str, folder: Path
):
    (folder.parent / "secret.txt").write_text("nobody counts", "utf-8")
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "sub").mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_bytes(b" \n\n")
    (folder / "bad.txt").write_bytes(b"abc\xff\xfe\x81\x8d")
    (folder / "hall.xyz").write_bytes(b"abc")
    said = with_source(source)
    mine = [p for p in said.problems if p.code not in ("AM601", "AM615")]
    assert [code] * bool(code) == [p.code for p in mine]
    assert all(p.message.startswith(message) for p in mine)
    assert "AM601" in codes(said)


def test_a_source_that_is_missing_is_told_once_however_often_it_is_cited(folder: Path):
    text = "===\nsources: {x: {title: X, file: no.txt}}\n===\n\n" + "".join(
        f"[A{n}]: a {{source: x, at: ¶{n}, quote: b}}\n\n" for n in range(1, 9)
    )
    said = api.checked(read(Text("map.argdown", text)), shelf=api.shelf(["."]))
    assert ["AM610"] == codes(said)


def test_a_key_that_no_source_has_is_told_with_the_nearest(folder: Path):
    text = (
        "===\nsources: {hall: {title: H, file: hall.txt}}\n===\n\n"
        "[A]: a {source: hal, at: ¶3, quote: nobody counts}\n"
    )
    said = api.checked(read(Text("map.argdown", text)), shelf=api.shelf(["."]))
    assert ["AM408"] == codes(said)
    assert "did you mean 'hall'?" in only(said, "AM408")
    assert [Standing.UNCHECKED] == [f.standing for f in said.findings]


def test_a_key_that_no_source_has_is_told_where_none_is_declared(folder: Path):
    said = api.checked(
        read(Text("map.argdown", "[A]: a {source: hal, at: ¶3, quote: nobody counts}\n")),
        shelf=api.shelf(["."]),
    )
    assert ["AM615"] == codes(said)


def test_a_text_that_is_named_where_sources_are_declared_is_no_unknown_source(folder: Path):
    text = (
        "===\nsources: {other: {title: O}}\n===\n\n"
        "[A]: a {source: hall.txt, at: ¶3, quote: nobody counts}\n"
    )
    said = api.checked(read(Text("map.argdown", text)), shelf=api.shelf(["."]))
    assert [] == codes(said)


@pytest.mark.parametrize(
    "source", ["hall.txt", "{title: H, file: hall.txt}", "{file: hall.txt}", "{file: sub/hall.txt}"]
)
def test_a_source_can_be_named_by_its_file_or_inline(source: str, folder: Path):
    text = f"[A]: a {{source: {source}, at: ¶3, quote: nobody counts the buckets}}\n"
    said = api.checked(read(Text("map.argdown", text)), shelf=api.shelf(["."]))
    assert ([], [Standing.EXACT]) == (codes(said), [f.standing for f in said.findings])


def test_several_sources_of_a_claim_are_all_checked(folder: Path):
    (folder / "b.txt").write_text("Buckets are cheap.", "utf-8")
    text = (
        "[A]: a {cite: [{source: hall.txt, at: ¶3, quote: nobody counts},"
        " {source: b.txt, at: ¶1, quote: Buckets are dear}]}\n"
    )
    said = api.checked(read(Text("map.argdown", text)), shelf=api.shelf(["."]))
    assert [Standing.EXACT, Standing.NEAR] == [f.standing for f in said.findings]


def test_a_folder_that_is_not_there_is_refused(folder: Path):
    with pytest.raises(NotADirectoryError):
        api.shelf(["nowhere"])


def test_a_text_is_sought_in_every_folder_in_order(folder: Path):
    (folder / "one").mkdir()
    (folder / "two").mkdir()
    (folder / "two" / "x.txt").write_text("second", "utf-8")
    shelf = api.shelf(["one", "two"])
    assert "second" == shelf(Source("x", file="x.txt")).body
    (folder / "one" / "x.txt").write_text("first", "utf-8")
    assert "first" == api.shelf(["one", "two"])(Source("x", file="x.txt")).body


# --- kinds of texts


@pytest.mark.parametrize(
    ("encoding", "looks"), [("latin-1", "cp1252"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le")]
)
def test_a_text_that_is_not_utf_8_is_told_with_its_encoding_and_read_with_it(
    encoding: str, looks: str
):
    pytest.importorskip("charset_normalizer")
    body = "Das Dach ist undicht.\n\nDie Bühne ist für alle größer und schöner geworden.\n" * 5
    data = body.encode(encoding)
    with pytest.raises(Unreadable) as refused:
        document("a.txt", data)
    assert "AM611" == refused.value.code
    assert f"it looks like {looks}" in refused.value.message
    assert re.search(r"byte 0x[0-9a-f]{2} at offset \d+", refused.value.message)
    assert f"encoding: {looks} " in refused.value.help
    assert body == document("a.txt", data, encoding=looks).body


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_text_of_two_bytes_for_each_letter_is_no_utf_8(encoding: str):
    with pytest.raises(Unreadable) as refused:
        document("a.txt", "The roof leaks.".encode(encoding))
    assert f"it looks like {encoding}" in refused.value.message


def test_a_byte_order_mark_is_no_part_of_a_text():
    assert "abc" == document("a.txt", b"\xef\xbb\xbfabc").body


def test_a_page_of_html_is_its_blocks():
    pytest.importorskip("lxml")
    page = """<!doctype html><html><head><title>T</title><style>p {}</style></head><body>
    <!-- a comment --><h1>The &ldquo;hall&rdquo;</h1><script>var x = "<p>no</p>";</script>
    <p>It <b>leaks</b>,\n      they say.<br>Every day&nbsp;since.</p>
    <div>Before<p>inside</p>after</div><ul><li>one<li>two</ul>
    <h2>Notes</h2><pre>a\n b</pre><template>no</template></body></html>"""
    read_page = document("hall.html", page.encode())
    blocks = [read_page.body[a:b] for a, b in read_page.paragraphs]
    expected = ["The “hall”", "It leaks, they say.\nEvery day\u00a0since.", "Before", "inside"]
    assert [*expected, "after", "one", "two", "Notes", "a\nb"] == blocks
    assert [("The “hall”", 1), ("Notes", 2)] == [(h.title, h.level) for h in read_page.headings]
    assert read_page.body[slice(*read_page.spans(place("§ Notes"))[0])].endswith("a\nb")


def place(at: str):
    found = locator(at)
    assert found is not None
    return found


def test_html_says_its_own_encoding():
    pytest.importorskip("lxml")
    page = '<meta charset="iso-8859-1"><p>schöner</p>'.encode("latin-1")
    assert "schöner" == document("a.html", page).body


def test_a_word_document_is_its_paragraphs_and_tables():
    docx = pytest.importorskip("docx")
    made = docx.Document()
    made.add_heading("The hall", 1)
    made.add_paragraph("It leaks.")
    made.add_paragraph("")
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "1911", "built"
    data = io.BytesIO()
    made.save(data)
    d = document("a.docx", data.getvalue())
    assert ["The hall", "It leaks.", "1911\tbuilt"] == [d.body[a:b] for a, b in d.paragraphs]
    assert ["The hall"] == [h.title for h in d.headings]


def pdf(*pages: str) -> bytes:
    """A PDF with one line of text on each page."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for n, words in enumerate(pages):
        drawn = f"BT /F 12 Tf 72 700 Td ({words}) Tj ET" if words else ""
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
            f"/Resources<</Font<</F 3 0 R>>>>/Contents {5 + 2 * n} 0 R>>"
        )
        objects.append(f"<</Length {len(drawn)}>>\nstream\n{drawn}\nendstream")
    body, starts = "%PDF-1.4\n", []
    for n, each in enumerate(objects, 1):
        starts.append(len(body))
        body += f"{n} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{at:010} 00000 n \n" for at in starts)
    count = len(objects) + 1
    body += f"xref\n0 {count}\n0000000000 65535 f \n{table}"
    body += f"trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{body.rindex('xref')}\n%%EOF\n"
    return body.encode("latin-1")


def test_a_pdf_has_pages():
    pytest.importorskip("pypdf")
    d = document("a.pdf", pdf("The roof leaks", "and nobody counts"))
    assert 2 == len(d.pages)
    assert "p. 2" == str(d.at(d.body.index("nobody"), d.body.index("counts"), place("p. 1").unit))
    hits = Index(d).hits("leaks and nobody")
    assert "pp. 1-2" == str(d.at(hits[0].start, hits[0].stop, place("p. 1").unit))


def locked_pdf() -> bytes:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(pdf("secret")))
    writer.encrypt("a password", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "code", "message"),
    [
        (
            "a.pdf",
            lambda: pdf("", ""),
            "AM613",
            "a.pdf holds no text, only pictures of its 2 pages",
        ),
        ("a.pdf", lambda: pdf(""), "AM613", "a.pdf holds no text, only pictures of its page"),
        ("a.pdf", pdf, "AM612", "a.pdf has no pages"),
        ("a.pdf", lambda: pdf("x")[:60], "AM614", "a.pdf cannot be read as PDF ("),
        ("a.pdf", lambda: b"no such thing", "AM614", "a.pdf cannot be read as PDF ("),
        ("a.pdf", locked_pdf, "AM614", "a.pdf is locked with a password"),
        ("a.docx", lambda: b"PK\x03\x04 broken", "AM614", "a.docx is no Word document"),
        ("a.html", lambda: b"<script>1</script>", "AM612", "a.html holds no text"),
        ("a", lambda: b"x", "AM614", "a is of no kind that is read"),
    ],
)
def test_what_cannot_be_read_says_why(
    name: str, make: Callable[[], bytes], code: str, message: str
):
    for module in {"pdf": ["pypdf"], "html": ["lxml"], "docx": ["docx"]}.get(name[2:], []):
        pytest.importorskip(module)
    with pytest.raises(Unreadable) as refused:
        document(name, make())
    assert code == refused.value.code
    assert refused.value.message.startswith(message)
    assert refused.value.help


@pytest.mark.parametrize(
    ("name", "module"), [("a.pdf", "pypdf"), ("a.html", "lxml"), ("a.docx", "docx")]
)
def test_a_reader_that_is_missing_is_named(name: str, module: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(Unreadable) as refused:
        document(name, b"x")
    assert ("AM614", 'run  pip install "argmap[texts]"') == (refused.value.code, refused.value.help)


# --- places in a text


TALK = """\
# Opening

[0:00] Ann: The roof leaks.
0:40 Bob: Which roof?
1:10 Ann: The roof of the hall.

## 2. Money

2:00 Bob: Nobody counts.

# Closing

3:00 Ann: Goodbye.\fA second page.
"""


@pytest.mark.parametrize(
    ("at", "begins", "ends"),
    [
        ("0:40", "0:40", "Which roof?\n"),
        ("0:50-2:00", "0:40", "Closing\n\n"),
        ("§ opening", "# Opening", "counts.\n\n"),
        ("§2", "## 2. Money", "counts.\n\n"),
        ("l. 4", "0:40", "Which roof?"),
        ("p. 2", "A second", "page.\n"),
        ("¶2", "[0:00]", "hall."),
    ],
)
def test_a_place_is_found_in_a_text(at: str, begins: str, ends: str):
    d = CitedText(Text("talk.md", TALK))
    ((start, stop),) = d.spans(place(at))
    assert d.body[start:stop].startswith(begins)
    assert d.body[start:stop].endswith(ends)


@pytest.mark.parametrize(
    ("at", "message"),
    [
        ("§ Openin", "no section is named 'Openin'; did you mean 'Opening'?"),
        ("§9", "there is no §9: the text has 3 sections"),
        ("p. 3", "there is no p. 3: the text has 2 pages"),
    ],
)
def test_a_place_that_a_text_does_not_have_says_what_it_has(at: str, message: str):
    with pytest.raises(OutOfRange) as refused:
        CitedText(Text("talk.md", TALK)).spans(place(at))
    assert message in str(refused.value)


@given(st.text("ab \n\r\t\f\u2028", max_size=60))
def test_paragraphs_are_the_blocks_without_blank_lines(body: str):
    d = CitedText(Text("a.txt", body))
    blocks = [body[a:b] for a, b in d.paragraphs]
    assert "".join(body.split()) == "".join("".join(b.split()) for b in blocks)
    assert all(line.strip() for b in blocks for line in b.splitlines())
    for a, b in d.paragraphs:
        assert d.spans(d.at(a, b)) == ((a, b),)


# --- who is named, and how


@pytest.mark.parametrize(
    ("of", "known"),
    [
        ("the council", True),
        ("Romans", False),
        ("the Romans and the council", False),
        ("somebody in the Roman council", False),
        ("one of the visitors", False),
        ("members of a council", True),
    ],
)
def test_small_words_make_nobody_known(of: str, known: bool):
    body = "The council met the mayor.\n\nThe end of it."
    said = checked(f'[A]: a {{source: hall, at: ¶1, quote: The council, of: "{of}"}}', body)
    assert known == ("AM609" not in codes(said))


def test_a_speaker_needs_to_be_in_one_of_the_texts_only():
    front = "===\nspeaker: Ana Keller\nsources: {a: {file: a.txt}, b: {file: b.txt}}\n===\n\n"
    body = "[A]: a {cite: [{source: a, at: ¶1, quote: Keller}, {source: b, at: ¶1, quote: other}]}"
    texts = {"a": "Keller spoke.", "b": "Quite other words."}
    said = api.checked(
        read(Text("map.argdown", front + body + "\n")),
        shelf=lambda s: CitedText(Text(s.file, texts[s.key])),
    )
    assert [] == codes(said)


def test_a_name_within_another_is_not_that_name():
    front = "===\nspeaker: {name: Al, key: Al}\n"
    front += "source: {title: T, author: Alan Smith, file: a.txt}\n===\n\n"
    said = api.checked(
        read(Text("map.argdown", front + "[A]: a {at: ¶1, quote: Some words}\n")),
        shelf=lambda _: CitedText(Text("a.txt", "Some words of Alan.")),
    )
    assert ["AM609"] == codes(said)
    assert "did you mean 'Alan'" in said.problems[0].help


def test_a_voice_of_its_own_takes_the_owner_of_the_heading_away():
    body = "# Q {voice: reported, of: the mayor}\n\n[A]: a {voice: hedged}\n"
    said = read(Text("map.argdown", body)).debate.claim("A").wordings[0]
    assert ("hedged", "") == (said.voice.value, said.of)


def test_places_at_a_heading_are_told_to_be_out_of_place():
    assert ["AM405"] == [p.code for p in read(Text("m", "# Q {at: ¶1}\n\n[A]: a\n")).problems]


def test_one_place_may_have_several_quotations_and_all_are_checked():
    said = checked("[A]: a {source: hall, at: ¶3, quote: [nobody counts, no such words at all]}")
    assert [Standing.EXACT, Standing.ABSENT] == [f.standing for f in said.findings]
    assert {"¶3"} == {f.citation.at for f in said.findings}


def test_of_two_quotations_from_one_place_both_must_be_wrong_to_put_it_right():
    text = Text(
        "map.argdown",
        "===\nsources: {hall: {file: hall.txt}}\n===\n\n"
        "[A]: a {source: hall, at: ¶3, quote: [nobody counts, its roof has never been]}\n",
    )
    said = api.checked(read(text), shelf=lambda _: CitedText(Text("hall.txt", HALL)))
    assert 1 == sum(bool(f.mended) for f in said.findings)
    assert () == edits(text, said.findings)


def test_a_second_place_that_is_cited_too_is_not_told():
    body = "The bell rings.\n\nThe bell rings."
    said = checked("[A]: a {source: hall, at: [¶1, ¶2], quote: [The bell, The bell]}", body)
    assert [] == codes(said)


def test_a_second_place_that_the_map_says_is_aside_is_not_told():
    body = "The bell rings at nine.\n\n“The bell rings”"
    front = "===\nsource: {title: T, file: t.txt, asides: {¶2: pull-quote}}\n===\n\n"
    said = api.checked(
        read(Text("m", front + "[A]: a {at: ¶1, quote: The bell rings}\n")),
        shelf=lambda _: CitedText(Text("t.txt", body)),
    )
    assert [] == codes(said)


def test_a_quotation_that_cuts_a_word_is_told_and_moves_nothing():
    body = "It was unlikely that they came.\n\nNothing else."
    said = checked("[A]: a {source: hall, at: ¶1, quote: likely that they}", body)
    assert ["AM619"] == codes(said)
    assert "“unlikely that they”" in only(said, "AM619")
    assert "" == found("likely that they", "¶2", body).mended


def test_words_in_brackets_are_the_quoters_own():
    f = found("nobody [ever] counts the buckets", "¶3")
    assert (Standing.NORMALISED, (Tolerance.LEFT_OUT,)) == (f.standing, f.tolerances)


def test_pieces_in_two_paragraphs_need_both_of_them():
    quote = "The hall was built … nobody counts the buckets"
    f = found(quote, "¶1")
    assert (Standing.ACROSS, "¶1, 3") == (f.standing, f.mended)
    said = checked(f'[A]: a {{source: hall, at: ¶1, quote: "{quote}"}}')
    assert 'write  at: "¶1, 3"' == said.problems[0].help
    assert (Standing.NORMALISED, (Tolerance.LEFT_OUT,)) == (
        (g := found(quote, "¶1, 3")).standing,
        g.tolerances,
    )


@pytest.mark.parametrize("at", ["", "¶2"])
def test_pieces_from_anywhere_make_no_quotation(at: str):
    assert not found("The hall was built … counts the buckets", at).is_there


def test_what_begins_with_a_dash_is_found_as_it_stands():
    body = "He rose.\n- No, said Keller, never again - or so."
    assert Standing.EXACT is found("- No, said Keller", "", body).standing
    assert Standing.EXACT is found("never again -", "", body).standing


def test_a_raised_figure_is_another_figure():
    assert Standing.EXACT is not found("105 units", "", "There are 10⁵ units.").standing
    assert Standing.EXACT is found("in 2019", "", "It was in 2019³ that they met.").standing


def test_a_place_in_a_recording_or_section_comes_back_as_one():
    body = "# One\n\n0:00 Good evening.\n\n# Two\n\n1:30 The bell rings."
    assert "1:30" == str(found("The bell rings", "0:00", body).found)
    assert "§ Two" == str(found("The bell rings", "§ One", body).found)
    said = checked("[A]: a {source: hall, at: 59:00, quote: The bell rings}", body)
    assert "the last time in this text is 1:30" in only(said, "AM616")


def test_a_paragraph_of_a_pdf_is_told_as_a_page():
    document = CitedText(Text("hall.pdf", "One line.\n\nAnother page."), page_starts=(0, 11))
    body = "===\nsource: {title: T, file: hall.pdf}\n===\n\n[A]: a {at: ¶8, quote: Another}\n"
    said = api.checked(read(Text("m", body)), shelf=lambda _: document)
    assert "“Another” stands in p. 2: write  at: p. 2" == said.problems[0].help


def test_a_claim_that_several_hold_is_told_and_shows_all_of_them():
    body = "[A]: a {speaker: Ana, voice: hedged}\n\n[A]: a {speaker: Tom}\n"
    reading = read(Text("m", body))
    assert ["AM309"] == [p.code for p in reading.problems]
    assert "— Ana (hedged) and Tom" in api.Map(reading.debate).outline()


def test_asides_that_are_no_places_of_the_text_are_told():
    front = (
        "===\nsource: {title: T, file: t.txt, asides: {¶1: title, ¶9: end, nonsense: x}}\n===\n\n"
    )
    said = api.checked(
        read(Text("m", front + "[A]: a {at: ¶2, quote: Two}\n")),
        shelf=lambda _: CitedText(Text("t.txt", "One.\n\nTwo.")),
    )
    assert ["AM616", "AM617"] == sorted(codes(said))
    assert "under asides, there is no ¶9: the text has 2 paragraphs" == only(said, "AM616")
    assert "'nonsense' under asides is no place with a reason" in only(said, "AM617")


def test_many_names_and_many_places_take_no_time():
    body = "\n\n".join(f"# Part {n}\n\nSome words of part {n}." for n in range(2_000))
    items = [f"[C{n}]: c {{at: § Part {n}, quote: words of part {n}}}" for n in range(2_000)]
    many = ", ".join(f"¶{n}" for n in range(1, 2_001))
    items.append(f'[Many]: m {{at: "{many}", quote: words}}')
    each = ", ".join(f"¶{2 * n + 2}" for n in range(2_000))
    quotes = ", ".join(f"words of part {n}" for n in range(2_000))
    items.append(f"[Each]: e {{at: [{each}], quote: [{quotes}]}}")
    front = "===\nspeaker: Part\nsource: {title: T, file: t.txt}\n===\n\n"
    begun = time.monotonic()
    said = api.checked(
        read(Text("m", front + "\n\n".join(items) + "\n")),
        shelf=lambda _: CitedText(Text("t.txt", body)),
    )
    assert 4_001 == len(said.findings)
    assert time.monotonic() - begun < HANG


# --- laws

ALPHABETS = ("abdeghmnoprstuvw", "äöüéèñçåø", "αβγδεζηθκλμσς", "абвгдежзийклмн", "議論屋根水滴金銭")
words = st.sampled_from(ALPHABETS).flatmap(lambda a: st.text(a, min_size=1, max_size=9))
marks = st.sampled_from(
    ["", "", "", "", ",", ".", ";", ":", "?", "!", "…", "”", "’", ")", " –", "—"]
)
opens = st.sampled_from(["", "", "", "", "“", "(", "‘", "«"])
printed = st.builds(lambda a, w, b: a + w + b, opens, words, marks)
paragraph = st.lists(printed, min_size=1, max_size=12)


@given(st.lists(paragraph, min_size=1, max_size=8), st.data())
def test_whatever_is_cut_from_a_text_is_found_at_its_place(
    text: list[list[str]], data: st.DataObject
):
    body = "\n\n".join(" ".join(p) for p in text)
    n = data.draw(st.integers(0, len(text) - 1))
    first = data.draw(st.integers(0, len(text[n]) - 1))
    stop = data.draw(st.integers(first + 1, len(text[n])))
    quote = " ".join(text[n][first:stop])

    f = found(quote, f"¶{n + 1}", body)

    assert (Standing.EXACT, f"¶{n + 1}") == (f.standing, str(f.found))
    assert quote == f.passage


@frozen
class Typed:
    """A piece of a text, and how it may be typed otherwise, with what must be let pass then."""

    printed: str
    typed: str
    tolerance: Tolerance | None


def pieces() -> st.SearchStrategy[list[Typed]]:
    """A word with what is before and after it, in print and typed otherwise."""
    plain = words.filter(lambda w: len(w) > 1)

    def same(s: str) -> st.SearchStrategy[Typed]:
        return st.just(Typed(s, s, None))

    def other(printed: str, typed: str, t: Tolerance) -> st.SearchStrategy[Typed]:
        return same(printed) | st.just(Typed(printed, typed, t))

    word = plain.flatmap(
        lambda w: st.one_of(
            same(w),
            st.just(Typed(w, w.upper(), Tolerance.CASE)) if w.upper() != w else same(w),
            st.just(Typed(w, f"{w[:1]}\u00ad{w[1:]}", Tolerance.UNSEEN)),
            st.just(Typed(w + "fi", w + "ﬁ", Tolerance.LETTERS)),
            st.just(Typed(w + "é", w + "e\u0301", Tolerance.LETTERS)),
            st.just(Typed(f"“{w}”", f'"{w}"', Tolerance.QUOTES)),
            st.just(Typed(f"{w}’s", f"{w}'s", Tolerance.QUOTES)),
            st.just(Typed(f"{w}-a", f"{w}-\na", Tolerance.HYPHENS)),
        )
    )
    between = st.one_of(
        same(" "),
        other(" ", "\u00a0", Tolerance.SPACES),
        other(" ", "  ", Tolerance.SPACES),
        other(" ", "\n", Tolerance.BREAKS),
        other(" ", " \r\n ", Tolerance.BREAKS),
        other(" – ", " - ", Tolerance.DASHES),
        other("—", " -- ", Tolerance.DASHES),
        other("–", "—", Tolerance.DASHES),
        other(" – ", " –\n", Tolerance.BREAKS),
        other(" – ", "\u00a0– ", Tolerance.SPACES),
    )
    return st.lists(st.tuples(word, between), min_size=1, max_size=8).flatmap(
        lambda pairs: st.just([piece for pair in pairs for piece in pair][:-1])
    )


@given(pieces(), st.lists(printed, max_size=5), st.lists(printed, max_size=5), st.booleans())
def test_what_is_typed_otherwise_is_found_and_exactly_that_is_named(
    quoted: list[Typed], before: list[str], after: list[str], swapped: bool
):
    said = "".join(p.typed for p in quoted)
    has = "".join(p.printed for p in quoted)
    if swapped:  # the text may be the careless one
        said, has = has, said
    body = "\n\n".join(["a first one", " ".join([*before, has, *after]), "a last one"])
    expected = {p.tolerance for p in quoted if p.tolerance}

    f = found(said, "¶2", body)

    assert "¶2" == str(f.found)
    if said in body:
        return  # the same words stand there as they are typed
    assert Standing.NORMALISED is f.standing
    assert expected == set(f.tolerances)
    assert [t for t in FOLDED if t in expected] == list(f.tolerances)


unique = st.lists(
    words.filter(lambda w: len(w) > 1), min_size=6, max_size=40, unique_by=lambda w: fold(w).text
)


@given(unique, st.data())
def test_one_changed_word_is_told_as_that_word(text: list[str], data: st.DataObject):
    cut = data.draw(st.integers(0, len(text) - 4))
    paragraphs = [text[:cut], text[cut:]] if cut else [text]
    body = "\n\n".join(" ".join(p) for p in paragraphs)
    there = paragraphs[-1]
    first = data.draw(st.integers(0, len(there) - 4))
    stop = data.draw(st.integers(first + 4, len(there)))
    changed = data.draw(st.integers(first, stop - 1))
    quote = [*there[first:changed], "quux", *there[changed + 1 : stop]]

    f = found(" ".join(quote), f"¶{len(paragraphs)}", body)

    assert (Standing.NEAR, f"¶{len(paragraphs)}") == (f.standing, str(f.found))
    assert (Change("quux", there[changed]),) == f.changes
    assert " ".join(there[first:stop]) == f.passage


@given(st.text() | st.text("a “”'\"-–\u00ad\u200b\n\t\u00a0ﬁé[](_*`", max_size=30))
def test_folding_keeps_track_of_where_everything_was(body: str):
    for joined, bare in ((False, False), (True, False), (False, True)):
        folded = fold(body, joined=joined, bare=bare)
        assert len(folded.text) == len(folded.starts) == len(folded.stops)
        assert sorted(folded.starts) == list(folded.starts)
        assert all(a < b <= len(body) for a, b in zip(folded.starts, folded.stops, strict=True))


@given(st.text(max_size=40), st.text(max_size=200))
def test_any_quotation_can_be_held_against_any_text(quote: str, body: str):
    i = index(body)
    for hit in i.hits(quote):
        assert 0 <= hit.start < hit.stop <= len(body)
    near = i.near(quote, i.document.paragraphs[:1])
    assert near is None or near.changes


# --- places put right


@st.composite
def maps_with_wrong_places(draw: st.DrawFn) -> tuple[str, str]:
    """A map whose places are wrong, some of them, and the text that it cites."""
    known = draw(unique)
    size = draw(st.integers(2, 6))
    text = [known[n : n + size] for n in range(0, len(known), size)]
    items = []
    for n in range(draw(st.integers(1, 5))):
        at = draw(st.integers(1, len(text)))
        quote = draw(st.sampled_from(text))
        over = [w for p in text for w in p][: size + 1] if draw(st.booleans()) else quote
        sign = draw(st.sampled_from(["¶{}", '"¶{}"', "[¶{}]", "¶ {}", "paragraph {}"]))
        said = json.dumps(" ".join(over), ensure_ascii=False)
        items.append(f"[C{n}]: c ¶{at} {{source: hall, at: {sign.format(at)}, quote: {said}}}")
    return "\n\n".join(items) + "\n", "\n\n".join(" ".join(p) for p in text)


AT = re.compile(r'at: \[?"?((?:¶|paragraph) ?[\d-]+)')


@given(
    made=maps_with_wrong_places(),
    newline=st.sampled_from(["\n", "\r\n"]),
    marked=st.booleans(),
    in_markdown=st.booleans(),
)
def test_after_places_are_put_right_none_is_wrong_and_nothing_else_is_changed(
    made: tuple[str, str],
    newline: str,
    marked: bool,
    in_markdown: bool,
    tmp_path_factory: pytest.TempPathFactory,
):
    folder = tmp_path_factory.mktemp("fix")
    (folder / "hall.txt").write_text(made[1], "utf-8", newline="\n")
    front = "===\nsources: {hall: {title: H, file: hall.txt}}\n===\n\n"
    body = (front + made[0]).replace("\n", newline)
    if in_markdown:
        body = f"# A page{newline}{newline}```argdown{newline}{body}```{newline}at: ¶1"
    path = folder / ("page.md" if in_markdown else "map.argdown")
    before = (b"\xef\xbb\xbf" if marked else b"") + body.encode()
    path.write_bytes(before)

    run("--texts", str(folder), "--fix", str(path))
    after = path.read_bytes()
    again = json.loads(run("--texts", str(folder), "--json", str(path)).stdout)

    wrong = {"elsewhere", "across"}
    assert not wrong & {q["result"] for each in again["files"] for q in each["quotations"]}
    told = {p["code"] for each in again["files"] for p in each["problems"]}
    assert not {"AM601", "AM604"} & told
    places = AT.sub("at:", before.decode()), AT.sub("at:", after.decode())
    assert places[0] == places[1]


def run(*words: str, **more: object) -> Result:
    return CliRunner().invoke(main, ["check", *words], **more)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("¶1", "¶3"),
        ('"¶1"', '"¶3"'),
        ("'¶1'", "'¶3'"),
        ("[¶1]", "[¶3]"),
        ("paragraph 1", "¶3"),
        ("¶1 # a remark, ¶1", "¶3 # a remark, ¶1"),
        ("¶1-2", "¶3"),
        ("§ Money", "¶3"),
        (r'"\u00b61"', '"¶3"'),
    ],
)
def test_nothing_but_the_place_itself_is_written(wrong: str, right: str):
    item = "[A]: ¶1 {\n  source: hall.txt\n  quote: nobody counts\n  at: %s\n}\n"
    text = Text("map.argdown", item % wrong)
    said = api.checked(read(text), shelf=lambda _: CitedText(Text("hall.txt", HALL)))
    assert item % right == corrected(text.body, edits(text, said.findings))


def test_a_place_that_is_right_is_not_touched():
    text = Text(
        "map.argdown", '[A]: a {source: hall.txt, at: "paragraph 3", quote: nobody counts}\n'
    )
    said = api.checked(read(text), shelf=lambda _: CitedText(Text("hall.txt", HALL)))
    assert () == edits(text, said.findings)


# --- the command

MAP = """\
===
sources: {hall: {title: The hall, file: hall.txt}}
===

[Roof]: The roof leaks. {source: hall, at: ¶9, quote: its roof has never been tight}
  + [Buckets]: There are buckets. {source: hall, at: ¶2, quote: nobody counts the buckets}
  - [Dance]: They dance. {source: hall, at: ¶2, quote: "\\"We dance here,\\" said Ann"}
"""


@pytest.fixture
def maps(folder: Path) -> Path:
    (folder / "texts").mkdir()
    (folder / "hall.txt").rename(folder / "texts" / "hall.txt")
    (folder / "map.argdown").write_text(MAP, "utf-8", newline="\n")
    return folder


def test_the_command_fails_over_findings_and_counts_them(maps: Path):
    result = run("--texts", "texts", "map.argdown")
    assert 1 == result.exit_code
    assert "error[AM616]: there is no ¶9: the text has 4 paragraphs" in result.stdout
    assert "1 error, 1 warning, 1 note in 1 file; 3 quotations: 2 elsewhere, 1 normalised" in (
        result.stderr
    )


def test_without_texts_quotations_are_not_looked_at(maps: Path):
    assert 0 == run("map.argdown").exit_code


def test_notes_alone_are_no_reason_to_fail(maps: Path):
    good = MAP.replace("¶9", "¶1").replace("at: ¶2, quote: nobody", "at: ¶3, quote: nobody")
    Path("map.argdown").write_text(good, "utf-8")
    result = run("--texts", "texts", "map.argdown")
    assert (0, "1 note in 1 file; 3 quotations: 2 exact, 1 normalised\n") == (
        result.exit_code,
        result.stderr,
    )


def test_standard_input_is_checked_too(maps: Path):
    result = run("--texts", "texts", "-", input=MAP)
    assert 1 == result.exit_code
    assert "<stdin>:5:" in result.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--fix", "map.argdown"], "--fix needs --texts"),
        (["--fix", "--texts", "texts", "-"], "--fix corrects files, and standard input is none"),
        (["--texts", "nowhere", "map.argdown"], "there is no folder nowhere"),
        (["--texts", "map.argdown", "map.argdown"], "there is no folder map.argdown"),
    ],
)
def test_what_cannot_be_done_is_refused(words: list[str], message: str, maps: Path):
    result = run(*words)
    assert 2 == result.exit_code
    assert message in result.stderr


def test_a_file_that_cannot_be_written_is_told(maps: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(path: Path, body: str) -> None:
        raise CannotWrite(f"cannot write {path}: the disk is full")

    monkeypatch.setattr("argmap.api.checking.write_whole", refuse)
    result = run("--texts", "texts", "--fix", "map.argdown")
    assert (2, MAP) == (result.exit_code, Path("map.argdown").read_text("utf-8"))
    assert "cannot write map.argdown: the disk is full" in result.stderr


def test_places_are_put_right_and_what_is_left_is_told(maps: Path):
    more = "\n[Sky]: It is blue. {source: hall, at: ¶1, quote: wholly other words than these}\n"
    Path("map.argdown").write_text(MAP + more, "utf-8", newline="\n")
    result = run("--texts", "texts", "--fix", "map.argdown")
    assert 1 == result.exit_code
    assert "map.argdown:5:44: corrected ¶9 to ¶1\n" in result.stderr
    assert "map.argdown:6:54: corrected ¶2 to ¶3\n" in result.stderr
    right = MAP.replace("¶9", "¶1").replace("at: ¶2, quote: nobody", "at: ¶3, quote: nobody")
    assert right + more == Path("map.argdown").read_text("utf-8")
    assert {"AM603", "AM605"} == set(re.findall(r"AM6\d\d", result.stdout))


def test_all_maps_of_a_folder_are_checked_and_put_right(maps: Path):
    (maps / "more").mkdir()
    for name in ("a", "b"):
        (maps / "more" / f"{name}.argdown").write_text(MAP, "utf-8")
    result = run("--texts", "texts", "--fix", "more")
    for name in ("a", "b"):
        assert f"{Path('more', name)}.argdown:5:44: corrected ¶9 to ¶1" in result.stderr
    assert "in 2 files; 6 quotations: 4 exact, 2 normalised" in result.stderr


WORDS = ("of", "source", "at", "quote", "found", "passage")
SHAPE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["format", "version", "files"],
    "properties": {
        "format": {"const": "argmap-check"},
        "version": {"const": 1},
        "files": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["file", "problems", "quotations"],
                "properties": {
                    "file": {"type": "string"},
                    "problems": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": [
                                *("code", "severity", "message", "file", "line", "column"),
                                *("notes", "help"),
                            ],
                            "properties": {
                                "code": {"type": "string", "pattern": r"^AM\d{3}$"},
                                "severity": {"enum": ["error", "warning", "note"]},
                                "message": {"type": "string"},
                                "file": {"type": "string"},
                                "line": {"type": ["integer", "null"], "minimum": 1},
                                "column": {"type": ["integer", "null"], "minimum": 1},
                                "notes": {"type": "array", "items": {"type": "string"}},
                                "help": {"type": "string"},
                            },
                        },
                    },
                    "quotations": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": [
                                *("of", "source", "at", "quote", "line", "result", "found"),
                                *("passage", "but_for", "changes", "also"),
                            ],
                            "properties": {
                                **{k: {"type": "string"} for k in WORDS},
                                "line": {"type": ["integer", "null"], "minimum": 1},
                                "result": {"enum": [s.value for s in Standing]},
                                "but_for": {"items": {"enum": [t.value for t in Tolerance]}},
                                "changes": {
                                    "items": {
                                        "type": "object",
                                        "required": ["quoted", "found"],
                                        "additionalProperties": {"type": "string"},
                                    }
                                },
                                "also": {"type": "array", "items": {"type": "string"}},
                            },
                        },
                    },
                },
            },
        },
    },
}


def test_json_has_its_shape_and_says_the_same(maps: Path):
    jsonschema = pytest.importorskip("jsonschema")
    result = run("--texts", "texts", "--json", "map.argdown")
    made = json.loads(result.stdout)
    jsonschema.validate(made, SHAPE)
    (of_map,) = made["files"]
    assert (1, "map.argdown") == (result.exit_code, of_map["file"])
    assert [("AM616", 5), ("AM601", 6), ("AM605", 7)] == [
        (p["code"], p["line"]) for p in of_map["problems"]
    ]
    assert [
        ("[Roof]", "elsewhere", "¶1", 5),
        ("[Buckets]", "elsewhere", "¶3", 6),
        ("[Dance]", "normalised", "¶2", 7),
    ] == [(q["of"], q["result"], q["found"], q["line"]) for q in of_map["quotations"]]
    assert ["quotation marks"] == of_map["quotations"][2]["but_for"]


def test_a_quotation_of_a_text_that_is_not_there_is_counted_as_unchecked(maps: Path):
    Path("texts/hall.txt").unlink()
    result = run("--texts", "texts", "map.argdown")
    assert "3 quotations: 3 unchecked" in result.stderr


def test_problems_of_two_maps_that_are_alike_are_told_of_both(maps: Path):
    body = json.dumps(
        {
            "format": "argmap",
            "version": 1,
            "sources": [{"key": "hall", "title": "The hall", "file": "hall.txt"}],
            "claims": [
                {
                    "title": "A",
                    "wordings": [
                        {
                            "text": "a",
                            "cited": [{"source": "hall", "at": "¶1", "quote": "nobody counts"}],
                        }
                    ],
                }
            ],
        }
    )
    for name in ("a.json", "b.json"):
        Path(name).write_text(body, "utf-8")
    result = run("--texts", "texts", "--brief", "--fix", "a.json", "b.json")
    assert {"a.json:1:1", "b.json:1:1"} == set(re.findall(r"^\w\.json:1:1", result.stdout, re.M))
    assert "places in a.json are not corrected" in result.stderr


# --- texts that kill naive readers, by name

M = 1_000_000
K = 1_000
HOSTILE = {
    "spaces": " " * M + "x",
    "hyphens": "-" * M,
    "spaced hyphens": "- " * (M // 2),
    "brackets": "[" * M,
    "links": "[a](" * (M // 4),
    "closing brackets": "](" * (M // 2),
    "soft hyphens": "\u00ad" * M + "x",
    "soft hyphens and blanks": "\u00ad \u200b " * (M // 4) + "x",
    "one word": "word " * (M // 5),
    "one letter": "a" * M,
    "accents": "a" + "\u0301" * M,
    "empty paragraphs": "\n\n" * 100 * K + "x",
    "paragraphs of a letter": "x\n\n" * 100 * K,
    "headings": "# x\n" * 100 * K,
    "hashes": "# " * (M // 2) + "x",
    "time stamps": "0:40 x\n" * 100 * K,
    "form feeds": "\f" * M + "x",
    "full stops": "." * M,
    "asterisks": "*_`" * (M // 3),
    "line ends with hyphens": "a-\n" * (M // 3),
    "different words": " ".join(f"w{n}" for n in range(150 * K)),
}
QUOTES = {
    "a few words": "one word that is not there",
    "the same word": "word word word word",
    "a place with a gap": "x … x [...] word",
    "blanks": "a" + " " * 100 * K + "b",
    "50 000 words": "word " * 50 * K,
    "50 000 other words": " ".join(f"w{n + n // 40 * 3}" for n in range(50 * K)),
    "one long word": "ab" * 100 * K,
}
LONG = ("50 000 words", "50 000 other words")


@pytest.mark.parametrize("body", HOSTILE)
def test_quotations_are_held_against_it_in_time(body: str):
    began = time.monotonic()
    d = CitedText(Text("hostile.txt", HOSTILE[body]))
    i = Index(d)
    spans = d.paragraphs[:1]
    for name, quote in QUOTES.items():
        if name in LONG and "word" not in body:
            continue
        i.hits(quote, spans)
        i.near(quote, spans)
    for at in ("¶1", "l. 1", "p. 1", "0:40", "§1", "§ x"):
        with contextlib.suppress(OutOfRange):
            d.spans(place(at))
    assert time.monotonic() - began < HANG


PAGES = {
    "nested blocks": "<div>" * 100 * K + "x" + "</div>" * 100 * K,
    "nested blocks with text": "<div>x" * 100 * K,
    "nested signs with text": "<b>x" * 100 * K,
    "nested quotations": "<blockquote><p>x" * 50 * K,
    "line breaks": "x<br>" * 100 * K,
    "comments": "<!-- x -->" * 50 * K + "x",
    "entities": "&amp;" * 100 * K,
    "a tag that never ends": "x<p" + " a" * 100 * K,
    "scripts": "<script>x</script>" * 20 * K + "x",
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_html_is_read_in_time(page: str):
    pytest.importorskip("lxml")
    began = time.monotonic()
    d = document("a.html", PAGES[page].encode())
    assert d.body.strip()
    assert d.paragraphs
    assert time.monotonic() - began < HANG


@given(st.binary(max_size=200), st.sampled_from(["txt", "md", "html", "pdf", "docx"]))
def test_any_bytes_are_a_document_or_say_why_not(data: bytes, kind: str):
    for extra in ("lxml", "pypdf", "docx"):
        pytest.importorskip(extra)
    try:
        assert document(f"a.{kind}", data).body.strip()
    except Unreadable as e:
        assert e.code in ("AM611", "AM612", "AM613", "AM614")
        assert e.help


def test_many_near_misses_take_a_moment():
    text = [[f"w{n}x{m * 7919 % K}" for m in range(50)] for n in range(2 * K)]
    body = "\n\n".join(" ".join(words) for words in text)
    items = "".join(
        f"[C{n}]: c {{source: hall, at: ¶{n + 1}, quote: {' '.join([*text[n][:3], 'other'])}}}\n\n"
        for n in range(300)
    )
    began = time.monotonic()
    said = checked(items, body)
    assert {Standing.NEAR} == {f.standing for f in said.findings}
    assert time.monotonic() - began < HANG
