"""Sources: cited for readers, and written for programs that make bibliographies."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import WILD, source_works

import argmap
from argmap.model import Data, Source, Value
from argmap.model.reference import Name, citation, name_of, reference
from argmap.render.bibliography import Date, bibtex, csl_json, date_of, works


def source(**data: Value) -> Source:
    return Source("R", "A report", ("Ana Keller",), "2024", data=Data(tuple(data.items())))


def fields(body: str) -> list[tuple[str, str, dict[str, str]]]:
    """The entries of a BibTeX file, as BibTeX divides it: by counting braces."""
    found = []
    for head in re.finditer(r"^@(\w+)\{([^,]*),\n", body, re.M):
        entry: dict[str, str] = {}
        at = head.end()
        while body[at] != "}":
            name = re.compile(r"  (\w+) = \{").match(body, at)
            assert name, body[at : at + 40]
            start = at = name.end()
            depth = 1
            while depth:
                depth += {"{": 1, "}": -1}.get(body[at], 0)
                at += 1
            assert name[1] not in entry
            entry[name[1]] = body[start : at - 1]
            assert ",\n" == body[at : at + 2]
            at += 2
        found.append((head[1], head[2], entry))
    return found


def only(**data: Value) -> tuple[str, dict[str, str]]:
    ((entry, _, found),) = fields(bibtex([source(**data)]))
    return entry, found


def item(**data: Value) -> dict[str, object]:
    (found,) = json.loads(csl_json([source(**data)]))
    return found


# --- for readers


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ((), "“T”, Paris, 2024"),
        (("Ana Keller",), "Ana Keller, “T”, Paris, 2024"),
        (("Ana Keller", "Tom Brandt"), "Ana Keller and Tom Brandt, “T”, Paris, 2024"),
        (("A", "B", "C"), "A, B and C, “T”, Paris, 2024"),
        (("A", "B", "C", "D"), "A, B, C and D, “T”, Paris, 2024"),
        (("Keller, Ana",), "Ana Keller, “T”, Paris, 2024"),
        (("{The Forum}",), "The Forum, “T”, Paris, 2024"),
    ],
)
def test_a_citation_names_authors_title_place_and_date(authors: tuple[str, ...], expected: str):
    assert expected == citation(Source("K", "T", authors, "2024", "Paris"))
    assert f"{expected}, ¶8" == citation(Source("K", "T", authors, "2024", "Paris"), "¶8")


def test_a_citation_says_where_a_source_can_be_found():
    assert "“T”, https://a.org" == citation(Source("K", "T", url="https://a.org"))
    assert "https://a.org" == citation(Source("K", "https://a.org", url="https://a.org"))


def test_the_name_of_a_file_is_no_title():
    assert "Ana Keller" == citation(Source("t.txt", "", ("Ana Keller",), file="t.txt"))


def test_a_source_of_which_nothing_is_known_has_no_note():
    assert ["", "", ""] == [
        reference(Source("Town hall")),
        reference(Source("Town hall", "Town hall")),
        reference(Source("https://a.org", "https://a.org", url="https://a.org")),
    ]
    assert "R: “T”" == reference(Source("R", "T"))
    assert "T" in reference(Source("t.txt", "T", file="t.txt"))
    assert not reference(Source("t.txt", "T", file="t.txt")).startswith("t.txt")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Ana Keller", Name("Keller", "Ana")),
        ("Keller, Ana", Name("Keller", "Ana")),
        ("Ana Maria Keller", Name("Keller", "Ana Maria")),
        ("Ludwig van Beethoven", Name("van Beethoven", "Ludwig")),
        ("Martin Luther King Jr.", Name("King", "Martin Luther", "Jr.")),
        ("King, Jr., Martin Luther", Name("King", "Martin Luther", "Jr.")),
        ("Plato", Name(literal="Plato")),
        ("Carnegie Endowment", Name(literal="Carnegie Endowment")),
        ("The Democracy Forum", Name(literal="The Democracy Forum")),
        ("Ministry of Food and Health", Name(literal="Ministry of Food and Health")),
        ("{Human Rights Watch}", Name(literal="Human Rights Watch")),
        ("a, b, c, d", Name(literal="a, b, c, d")),
        ("  Ana   Keller ", Name("Keller", "Ana")),
    ],
)
def test_a_name_is_divided_as_people_read_it(written: str, expected: Name):
    assert expected == name_of(written)


# --- dates


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024", Date((2024,))),
        ("2024-05", Date((2024, 5))),
        ("2024-05-18", Date((2024, 5, 18))),
        ("2024-5-8", Date((2024, 5, 8))),
        ("2024-13", Date(raw="2024-13")),
        ("2023-02-29", Date(raw="2023-02-29")),
        ("0000", Date(raw="0000")),
        ("spring 2024", Date(raw="spring 2024")),
        ("", Date()),
    ],
)
def test_a_date_is_read_as_far_as_it_is_one(written: str, expected: Date):
    assert expected == date_of(written)


@pytest.mark.parametrize(
    ("written", "in_bibtex", "in_csl"),
    [
        ("2024-5", {"date": "2024-05", "year": "2024"}, {"date-parts": [[2024, 5]]}),
        ("spring 2024", {"note": "spring 2024", "year": "2024"}, {"raw": "spring 2024"}),
        ("2019 or 2020", {"note": "2019 or 2020"}, {"raw": "2019 or 2020"}),
    ],
)
def test_a_date_is_written_as_each_format_wants_it(
    written: str, in_bibtex: dict[str, str], in_csl: dict[str, object]
):
    made = Source("R", "T", date=written)
    ((_, _, found),) = fields(bibtex([made]))
    assert {"title": "T", **in_bibtex} == found
    assert in_csl == json.loads(csl_json([made]))[0]["issued"]


# --- keys


def test_keys_are_made_of_author_or_title_and_year():
    made = [
        Source("a", "The Limits", ("Mahima Duggal",), "2024-05"),
        Source("b", "The limits of “friendship”", (), "2021"),
        Source("c", "议论", ("Jürgen Müller-Łódź",), ""),
        Source("d", "议论", ("习近平",), "2020"),
        Source("e 1", "", (), ""),
    ]
    assert ["duggal2024", "limits2021", "mullerodz", "d", "e"] == [w.key for w in works(made)]


def test_a_source_added_later_changes_no_key():
    one = Source("a", "x", ("Ana Keller",), "2024")
    first = [w.key for w in works([one, one])]
    assert ["keller2024", "keller2024-2"] == first
    assert first == [w.key for w in works([one, one, one, Source("z", "z")])][:2]


@given(st.lists(source_works("议", WILD), max_size=5))
def test_both_formats_can_be_read_whatever_a_source_says(sources: list[Source]):
    body = bibtex(sources)
    entries = fields(body)
    keys = [key for _, key, _ in entries]
    assert len(sources) == len(entries)
    assert len(keys) == len(set(keys))
    assert all(re.fullmatch(r"[a-z0-9-]+", k) for k in keys)
    assert keys == [i["id"] for i in json.loads(csl_json(sources))]
    body.encode()


# --- what each format is told


def test_what_bibtex_gives_a_meaning_is_written_so_that_it_has_none():
    made = Source("R", r"50% & $5 #1 a_b {c} ~d ^e \f", url="https://a.org/b_c%20{d}")
    ((_, _, found),) = fields(bibtex([made]))
    assert (
        r"50\% \& \$5 \#1 a\_b \textbraceleft{}c\textbraceright{} "
        r"\textasciitilde{}d \textasciicircum{}e \textbackslash{}f"
    ) == found["title"]
    assert "https://a.org/b_c%20%7Bd%7D" == found["url"]


def test_names_are_written_so_that_bibtex_does_not_divide_them():
    authors = ("Ana Keller", "Ministry of Food and Health", "Brandt, Tom", "Plato", "And, B")
    ((_, _, found),) = fields(bibtex([Source("R", "T", authors)]))
    assert (
        "Keller, Ana and {Ministry of Food and Health} and Brandt, Tom and {Plato} and {And}, B"
    ) == found["author"]


@pytest.mark.parametrize(
    ("word", "entry", "kind"),
    [
        ("article", "article", "article-journal"),
        ("Newspaper article", "article", "article-newspaper"),
        ("book", "book", "book"),
        ("report", "techreport", "report"),
        ("chapter", "incollection", "chapter"),
        ("web-page", "misc", "webpage"),
        ("speech", "misc", "speech"),
        ("article-journal", "article", "article-journal"),
        ("thesis", "phdthesis", "thesis"),
        (None, "misc", "document"),
    ],
)
def test_the_type_of_a_source_becomes_theirs(word: str | None, entry: str, kind: str):
    assert entry == only(type=word)[0]
    assert kind == item(type=word)["type"]


def test_a_type_that_nobody_knows_is_kept_in_words():
    assert ("misc", "zine") == (only(type="zine")[0], only(type="zine")[1]["type"])
    assert ("document", "zine") == (item(type="zine")["type"], item(type="zine")["genre"])


def test_what_both_formats_know_is_passed_on():
    known: dict[str, Value] = {
        **{"type": "article", "journal": "J & K", "volume": 3, "issue": "2", "pages": "12-15"},
        **{"DOI": "10.1/a_b", "isbn": "1", "note": "n", "accessed": "2024-06-01"},
        **{"editor": ("Jo Doe", "Li"), "publisher": "P", "own": "kept out", "series": None},
    }
    entry, found = only(**known)
    assert "article" == entry
    assert {
        **{"author": "Keller, Ana", "title": "A report", "editor": "Doe, Jo and {Li}"},
        **{"publisher": "P", "volume": "3", "number": "2", "pages": "12--15"},
        **{"doi": "10.1/a_b", "isbn": "1", "note": "n", "journal": r"J \& K"},
        **{"date": "2024", "year": "2024", "urldate": "2024-06-01"},
    } == found
    assert {
        **{"id": "keller2024", "type": "article-journal", "title": "A report"},
        "author": [{"family": "Keller", "given": "Ana"}],
        "editor": [{"family": "Doe", "given": "Jo"}, {"literal": "Li"}],
        **{"container-title": "J & K", "publisher": "P", "volume": "3", "issue": "2"},
        **{"page": "12-15", "DOI": "10.1/a_b", "ISBN": "1", "note": "n"},
        "issued": {"date-parts": [[2024]]},
        "accessed": {"date-parts": [[2024, 6, 1]]},
    } == item(**known)


@pytest.mark.parametrize(
    ("word", "field", "variable"),
    [
        ("article", "journal", "container-title"),
        ("report", "institution", "publisher"),
        ("book", "publisher", "publisher"),
        ("thesis", "school", "publisher"),
        ("chapter", "booktitle", "container-title"),
        ("webpage", "howpublished", "container-title"),
        ("speech", "howpublished", "event-title"),
        (None, "howpublished", "publisher"),
    ],
)
def test_the_place_of_a_source_is_where_it_came_out(word: str | None, field: str, variable: str):
    made = Source("R", "T", place="The Forum", data=Data((("type", word),)))
    ((_, _, found),) = fields(bibtex([made]))
    assert "The Forum" == found[field]
    assert "The Forum" == json.loads(csl_json([made]))[0][variable]


def test_where_a_publisher_is_named_the_place_is_a_town():
    made = Source("R", "T", place="Paris", data=Data((("type", "book"), ("publisher", "P"))))
    ((_, _, found),) = fields(bibtex([made]))
    assert ("P", "Paris") == (found["publisher"], found["address"])
    assert "Paris" == json.loads(csl_json([made]))[0]["publisher-place"]


# --- of a map


def test_only_what_a_map_cites_is_in_its_bibliography():
    m = argmap.loads(
        "===\nsources: [{key: R, title: Read}, {key: U, title: Unread}]\n===\n\n[A]: a {source: R}"
    )
    assert "@misc{read,\n  title = {Read},\n}\n" == m.to_bibtex()
    assert ["Read"] == [i["title"] for i in json.loads(m.to_csl_json())]


def test_a_map_without_sources_says_so_and_writes_nothing(tmp_path):
    m = argmap.loads("[A]: a")
    with pytest.raises(argmap.ArgmapError, match="this map cites no source"):
        m.render(tmp_path / "m.bib")
    assert [] == list(tmp_path.iterdir())
    assert "[]\n" == m.to_csl_json()
