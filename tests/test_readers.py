"""What Word, HTML and old encodings hold is read in order, in time, and with no word lost."""

from __future__ import annotations

import html as web
import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap import api
from argmap.model import Source
from argmap.provenance.cited import CitedText
from argmap.provenance.readers import Unreadable, document

HANG = 8  # seconds; every page takes less than one
K = 1_000


def blocks(d: CitedText) -> list[str]:
    return [d.body[a:b] for a, b in d.paragraphs]


def html(page: str, encoding: str = "utf-8") -> list[str]:
    pytest.importorskip("lxml")
    return blocks(document("a.html", page.encode(encoding)))


def refused(name: str, data: bytes, encoding: str = "") -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        document(name, data, encoding=encoding)
    assert caught.value.help
    return caught.value


# --- Word

SPACES = " ".join(
    f'xmlns:{short}="http://schemas.openxmlformats.org/{long}"'
    for short, long in {
        "w": "wordprocessingml/2006/main",
        "mc": "markup-compatibility/2006",
        "m": "officeDocument/2006/math",
    }.items()
)


def p(*runs: str, style: str = "") -> str:
    """A paragraph of *runs*, each words or XML."""
    marked = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    inner = (run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{marked}{''.join(inner)}</w:p>"


def r(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def box(*paragraphs: str) -> str:
    return f"<w:pict><w:txbxContent>{''.join(paragraphs)}</w:txbxContent></w:pict>"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def word(*body: str, styles: str = "", footnotes: str = "") -> CitedText:
    return document("a.docx", word_data(*body, styles=styles, footnotes=footnotes))


def word_data(*body: str, styles: str = "", footnotes: str = "") -> bytes:
    """A Word document with *body*, as its XML."""
    docx = pytest.importorskip("docx")
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    made = docx.Document()
    if footnotes:
        content = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        notes = f"<w:footnotes {SPACES}><w:footnote>{footnotes}</w:footnote></w:footnotes>"
        part = Part(PackURI("/word/footnotes.xml"), content, notes.encode(), made.part.package)
        made.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    plain = io.BytesIO()
    made.save(plain)
    out = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                inner = f"<w:body>{''.join(body)}</w:body>"
                data = f"<w:document {SPACES}>{inner}</w:document>".encode()
            elif name == "word/styles.xml" and styles:
                data = data.replace(b"</w:styles>", f"{styles}</w:styles>".encode())
            new.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "around",
    [
        "<w:sdt><w:sdtPr><w:alias w:val='no'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:customXml>{}</w:customXml>",
        "<w:ins>{}</w:ins>",
        "<w:sdt><w:sdtContent><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>",
    ],
)
def test_a_paragraph_within_something_counts(around: str):
    d = word(p("one"), around.format(p("two")), p("three"))
    assert ["one", "two", "three"] == blocks(d)


@pytest.mark.parametrize(
    "run",
    [
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:ins>{}</w:ins>",
        "<w:moveTo>{}</w:moveTo>",
        "<w:smartTag>{}</w:smartTag>",
        "<w:hyperlink>{}</w:hyperlink>",
        "<w:fldSimple>{}</w:fldSimple>",
        "<w:ins><w:smartTag><w:hyperlink>{}</w:hyperlink></w:smartTag></w:ins>",
    ],
)
def test_words_within_something_are_read(run: str):
    d = word(p("The roof ", run.format(r("never")), " was tight."))
    assert "The roof never was tight." == d.body


@pytest.mark.parametrize("gone", ["del", "moveFrom"])
def test_what_was_deleted_is_not_read(gone: str):
    d = word(p("The roof ", f"<w:{gone}>{r('always')}</w:{gone}>", "leaks."))
    assert "The roof leaks." == d.body


def test_signs_of_their_own_are_read():
    run = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t>"
    tabs = "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>"
    assert "a\tb\nc-de" == word(f"{tabs}{run}<w:softHyphen/><w:t>e</w:t></w:r></w:p>").body


def test_words_in_a_formula_are_read():
    formula = "<m:oMath><m:r><m:t>E=m</m:t></m:r></m:oMath>"
    assert "So E=m holds" == word(p("So ", formula, " holds")).body


def test_a_row_is_a_block_and_so_is_each_row_of_a_table_in_it():
    inner = f"<w:tbl>{row(p('c'), p('d'))}{row(p('e'), p('f'))}</w:tbl>"
    d = word(p("one"), f"<w:tbl>{row(p('a') + inner, p('b') + p('bb'))}</w:tbl>", p("two"))
    assert ["one", "a\tb\nbb", "c\td", "e\tf", "two"] == blocks(d)


def test_cells_with_the_same_words_are_both_read():
    assert ["yes\tyes"] == blocks(word(f"<w:tbl>{row(p('yes'), p('yes'))}</w:tbl>"))


def test_a_row_or_cell_in_a_content_control_is_read():
    def sdt(xml: str) -> str:
        return f"<w:sdt><w:sdtContent>{xml}</w:sdtContent></w:sdt>"

    cells = f"<w:tr>{sdt('<w:tc>' + p('c') + '</w:tc>')}<w:tc>{p('d')}</w:tc></w:tr>"
    assert ["a\tb", "c\td"] == blocks(word(f"<w:tbl>{sdt(row(p('a'), p('b')))}{cells}</w:tbl>"))


def test_a_text_box_is_read_once_after_the_paragraph_that_it_hangs_on():
    both = f"<mc:Choice>{box(p('x'), p('y'))}</mc:Choice>"
    both += f"<mc:Fallback>{box(p('x'), p('y'))}</mc:Fallback>"
    d = word(p("one", f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>", " more"))
    assert ["one more", "x", "y"] == blocks(d)


def test_a_fallback_is_read_where_there_is_no_choice():
    only = f"<mc:Fallback>{box(p('x'))}</mc:Fallback>"
    d = word(p("one", f"<w:r><mc:AlternateContent>{only}</mc:AlternateContent></w:r>"))
    assert ["one", "x"] == blocks(d)


def test_the_paragraphs_of_a_text_box_in_a_table_are_no_part_of_the_row():
    cell = p("a", f"<w:r>{box(p('x'), p('y'))}</w:r>")
    assert ["a\tb", "x", "y"] == blocks(word(f"<w:tbl>{row(cell, p('b'))}</w:tbl>"))


def style(key: str, name: str) -> str:
    return f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'


def test_headings_are_known_by_the_name_of_their_style():
    styles = style("berschrift7", "heading 7") + style("Odd", "Heading ²") + style("Z", "Heading 0")
    styles += "<w:style/><w:style><w:name/></w:style>"
    d = word(
        *(p("T", style="Title"), p("a", style="Heading1"), p("b", style="berschrift7")),
        *(p("c", style="Odd"), p("d", style="NoSuchStyle"), p("e", style="Z"), p("f")),
        "<w:p><w:pPr><w:pStyle/></w:pPr><w:r><w:t>g</w:t></w:r></w:p>",
        styles=styles,
    )
    assert [("T", 1), ("a", 1), ("b", 7)] == [(h.title, h.level) for h in d.headings]
    assert list("Tabcdefg") == blocks(d)


@pytest.mark.parametrize(
    "properties", ['<w:gridSpan w:val="x"/>', "<w:vMerge/>", '<w:gridSpan w:val="2000000000"/>']
)
def test_a_table_with_odd_cells_is_read(properties: str):
    cell = f"<w:tcPr>{properties}</w:tcPr>{p('a')}"
    assert ["a\tb"] == blocks(word(f"<w:tbl>{row(cell, p('b'))}</w:tbl>"))


def test_footnotes_stand_at_the_end():
    assert ["one", "two", "a note"] == blocks(word(p("one"), p("two"), footnotes=p("a note")))


def test_a_broken_part_is_a_reason_not_to_read_it():
    data = word_data(p("one"), footnotes="<w:p>")
    assert ("AM614", "a.docx is no Word document") == (
        (why := refused("a.docx", data)).code,
        why.message,
    )


def test_a_long_document_with_many_things_in_things_is_read_in_time():
    began = time.monotonic()
    nested = "<w:smartTag>" * 150 + r("deep") + "</w:smartTag>" * 150
    d = word(*[p(f"w{n}", nested) for n in range(300)], *[p("x")] * 20 * K)
    assert 20_300 == len(d.paragraphs)
    assert time.monotonic() - began < HANG


# --- HTML


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>Keller says</p><![foo[ bar", ["Keller says"]),
        ("<p>a</p><![foo[ bar ]]><p>b</p>", ["a", "b"]),
        ("<p>a</p><![CDATA[ <p>x</p> ]]><p>b</p>", ["a", "x ]]>", "b"]),
        ("<p>a</p><?php x ?><p>b</p><!x><p>c</p></ x>d", ["a", "b", "c", "d"]),
        ("<p>a</p><!--><p>b</p><!---><p>c</p><!-- <p>x --!><p>d</p>", ["a", "b", "c", "d"]),
        ("<p>1 < 2 and 3<4 <</p>", ["1 < 2 and 3<4 <"]),
        ("<p title='a > b' data-x=\"<p>\">a</p>", ["a"]),
        ("<p>a<a href=foo/>b</a></p>", ["ab"]),
        ('<p>a</p><a href="b>c</a><p>d</p>', ["a"]),
        ("<script>if (a<b) '<p>x</p></scripted>'</script ><p>a</p>", ["a"]),
        ("<script src=x /><p>a</p>", ["a"]),
        ("<HEAD><TITLE>x <p></TITLE><BODY><P>a<P>b", ["a", "b"]),
        ("<p>AT&T &amp; &copy; &lt;b&gt; &#65;&#x42;&#0000000067; Q&A", ["AT&T & © <b> ABC Q&A"]),
        ("<p>a&#" + "9" * 5000 + ";b&#" + "0" * 5000 + "65;c&#xD800;", ["a\ufffdbAc\ufffd"]),
        ("<p>a<nav><p>x</p></nav>b<template><div>x</div></template>c</p>", ["a", "b", "c"]),
        ("<p>a<hr>b</p></div>c", ["a", "bc"]),
        ("<h2>a</h2><pre>b\n  c</pre>", ["a", "b\nc"]),
        ("<svg><title>x</title></svg><p>a", ["a"]),
    ],
)  # fmt: skip
def test_a_page_is_read_as_a_browser_shows_it(page: str, expected: list[str]):
    assert expected == html(page)


@pytest.mark.parametrize("unseen", ["&#8203;", "&shy;&#8203; &nbsp;", "&#xfeff;", "\u2060\u200d"])
def test_a_paragraph_in_which_nothing_is_seen_is_no_block(unseen: str):
    assert ["a", "b"] == html(f"<p>a</p><p>{unseen}</p><h2>{unseen}</h2><p>b</p>")


def test_a_paragraph_of_word_in_which_nothing_is_seen_is_no_block():
    assert ["a", "b"] == blocks(word(p("a"), p("\u200b"), p("b")))


def test_a_sign_without_width_within_words_stays():
    assert ["a\u200bb", "c"] == html("<p>a&#8203;b</p><p>c</p>")


UNCLOSED = [
    *('<a "', "<!--", "<![CDATA[", "<![foo[", "<?", "<!", "</", "<a", "<a ", "<a='", '<a x="'),
    *("<a x='\"", "<a x=\"'", "<a b=c", "</a ", "</script", "<script>", "<script></script ", "&"),
    *("<title>", "<title></title ", "<style>", "<!-", "<!-->", "--", "<", "=", "&#", "&#x", "&lt"),
    *("<textarea>", "<p/", "<p / ", "<nav>", "<nav></p>", "<b></i>", "<p></div>", "<!-- -", "</p>"),
    *("<a =", "<a x==", "<meta ", "<meta charset=", "<?xml encoding=", "&#0", "&#9", "<!--<a x='"),
]


@pytest.mark.parametrize("piece", UNCLOSED)
def test_what_never_ends_is_read_in_time(piece: str):
    pytest.importorskip("lxml")
    many = piece * 30 * K
    for page in ("Keller says" + many, many + "<p>Keller says</p>"):
        began = time.monotonic()
        try:
            document("a.html", page.encode())
        except Unreadable as e:
            assert "AM612" == e.code
        assert time.monotonic() - began < HANG


MARKUP = st.lists(
    st.sampled_from(
        [*UNCLOSED, ">", "-->", "]]>", "/>", '"', "'", " ", "x", "<p>", "</p>", "<br>", "</script>"]
    )
)


@given(MARKUP.map("".join))
def test_any_markup_is_a_page_or_holds_no_text(page: str):
    pytest.importorskip("lxml")
    try:
        assert document("a.html", page.encode()).paragraphs
    except Unreadable as e:
        assert "AM612" == e.code


WORDS = st.text("ab <>&\"'=/-!;#\u00e9\u200b", min_size=1)
TAGS = st.sampled_from(["p", "div", "h2", "li", "b", "DIV", "section", "td"])


Page = tuple[str, str]  # and the words in it


def nested(inner: st.SearchStrategy[Page]) -> st.SearchStrategy[Page]:
    attributes = st.sampled_from(["", ' a="<p>"', " a='>'", " a=b/c", " a", " a = 'b' c"])
    one = st.builds(lambda t, a, x: (f"<{t}{a}>{x[0]}</{t}>", x[1]), TAGS, attributes, inner)
    return st.lists(one).map(
        lambda all_: ("".join(p for p, _ in all_), "".join(w for _, w in all_))
    )


@given(st.recursive(WORDS.map(lambda w: (web.escape(w), w)), nested))
def test_the_words_of_a_good_page_are_all_read(page: Page):
    pytest.importorskip("lxml")
    try:
        got = document("a.html", page[0].encode()).body
    except Unreadable:
        got = ""
    said = page[1].replace("\u200b", "")
    assert "".join(said.split()) == "".join(got.replace("\u200b", "").split())


# --- encodings

GROSS = "Die Bühne ist größer – „schöner“."


@pytest.mark.parametrize("encoding", ["1252", "cp1252", "windows-1252", "CP-1252", "Windows_1252"])
@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_an_encoding_may_be_named_in_many_ways(name: str, encoding: str):
    pytest.importorskip("lxml")
    assert GROSS == document(name, GROSS.encode("cp1252"), encoding=encoding).body


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
@pytest.mark.parametrize(
    "encoding",
    [
        *("klingon", "utf-7", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "rot13"),
        *("hex", "base64", "zip", "undefined", "aliases", "charmap", "99999999"),
        *(" ", "a\0b", "\ud800", "é"),
    ],
)
def test_what_is_no_encoding_of_texts_is_told(encoding: str, name: str):
    pytest.importorskip("lxml")
    why = refused(name, b"\\ud800 +AGE- abc", encoding)
    assert ("AM611", f"no encoding is named {encoding!r}") == (why.code, why.message)


def test_a_page_that_is_not_in_the_encoding_that_is_named_is_told():
    pytest.importorskip("lxml")
    assert "AM611" == refused("a.html", GROSS.encode("cp1252"), "utf-8").code


@pytest.mark.parametrize(
    ("said", "encoding"),
    [
        *(("iso-8859-1", "cp1252"), ("us-ascii", "cp1252"), ("windows-1251", "cp1251")),
        *(("utf-8", "utf-8"), ("utf-16", "utf-8"), ("unicode_escape", "utf-8"), ("rot13", "utf-8")),
        *(("klingon", "utf-8"), ("gb2312", "gb18030"), ("utf-8", "cp1252")),
    ],
)
def test_a_page_is_in_what_it_says_if_that_can_be(said: str, encoding: str):
    words = "это – крыша" if encoding == "cp1251" else GROSS
    assert [words] == html(f'<meta charset="{said}"><p>{words}</p>', encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_page_that_does_not_say_its_encoding_is_read(encoding: str):
    pytest.importorskip("charset_normalizer")
    assert [GROSS] == html(f"<p>{GROSS}</p>", encoding)


@pytest.mark.parametrize(
    ("encoding", "read"), [(1252, GROSS), ("cp1252", GROSS), (None, ""), (True, ""), (["x"], "")]
)
def test_the_encoding_of_a_source_may_be_a_number(encoding: object, read: str, tmp_path: Path):
    (tmp_path / "a.txt").write_bytes(GROSS.encode("cp1252"))
    source = Source("x", file="a.txt", data={} if encoding is None else {"encoding": encoding})
    try:
        assert read == api.shelf([str(tmp_path)])(source).body
    except Unreadable as e:
        assert ("AM611", "") == (e.code, read)
