"""The sources of a map for programs that make bibliographies: BibTeX and CSL-JSON.

An entry's key is made of its first author, or of its title, and of its year; what both know of
the other keys of a source is passed on.
"""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from attrs import frozen

from argmap.model import Source, Value
from argmap.model.reference import Name, name_of
from argmap.text import printable

_KINDS = MappingProxyType(
    {
        word: (entry, kind)
        for line in """
            article article-journal | article, journal article, article journal, paper
            article article-newspaper | newspaper, newspaper article, article newspaper, news
            article article-magazine | magazine, magazine article, article magazine
            book book | book
            incollection chapter | chapter, incollection, inbook, book chapter
            techreport report | report, techreport, technical report, working paper, brief
            inproceedings paper-conference | conference paper, inproceedings, paper conference
            phdthesis thesis | thesis, phdthesis, dissertation
            unpublished manuscript | manuscript, unpublished
            misc webpage | webpage, web page, website, online, web
            misc post-weblog | blog, blog post, post, post weblog
            misc speech | speech, talk, lecture, presentation, seminar
            misc interview | interview
            misc broadcast | broadcast, podcast, radio, television
            misc motion_picture | film, video, motion picture
            misc legislation | law, legislation, statute
            misc legal_case | case, legal case
            misc personal_communication | letter, personal communication
            misc dataset | dataset, data
            misc document | misc, document
        """.strip().splitlines()
        for (entry, kind), words in [
            (tuple(line.partition("|")[0].split()), line.partition("|")[2].split(", "))
        ]
        for word in map(str.strip, words)
    }
)
"""The entry of BibTeX and the type of CSL for each ``type`` that a source may have."""

_HOMES = MappingProxyType(
    {
        "article": "journal",
        "incollection": "booktitle",
        "inproceedings": "booktitle",
        "techreport": "institution",
        "phdthesis": "school",
        "book": "publisher",
        "misc": "howpublished",
        "unpublished": "howpublished",
    }
)
"""The field of BibTeX that says where something came out."""

_CONTAINED = ("article", "incollection", "inproceedings")
_ALIKE = MappingProxyType(  # what a source may call it, what BibTeX does, what CSL does
    {
        "publisher": ("publisher", "publisher"),
        "institution": ("institution", "publisher"),
        "school": ("school", "publisher"),
        "address": ("address", "publisher-place"),
        "volume": ("volume", "volume"),
        "issue": ("number", "issue"),
        "number": ("number", "issue"),
        "pages": ("pages", "page"),
        "page": ("pages", "page"),
        "edition": ("edition", "edition"),
        "series": ("series", "collection-title"),
        "doi": ("doi", "DOI"),
        "isbn": ("isbn", "ISBN"),
        "issn": ("issn", "ISSN"),
        "note": ("note", "note"),
    }
)
_CONTAINERS = ("journal", "container-title", "booktitle", "journaltitle")
_VERBATIM = ("url", "doi")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_YEAR = re.compile(r"(?<!\d)(1\d{3}|20\d\d)(?!\d)")
_SPECIAL = MappingProxyType(
    {
        **{c: f"\\{c}" for c in "&%$#_"},
        "{": r"\textbraceleft{}",  # BibTeX counts braces, also those after a backslash
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\\": r"\textbackslash{}",
    }
)
_TEX = str.maketrans(dict(_SPECIAL))
_QUOTED = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20", '"': "%22"})
_SMALL = ("a", "an", "the", "der", "die", "das", "le", "la", "les", "el", "los")


@frozen
class Date:
    """A day, a month or a year: *parts* has one to three numbers; or words, in *raw*."""

    parts: tuple[int, ...] = ()
    raw: str = ""

    @property
    def year(self) -> str:
        """The year, if there is one only."""
        if self.parts:
            return f"{self.parts[0]:04}"
        years = list(dict.fromkeys(_YEAR.findall(self.raw)))
        return years[0] if len(years) == 1 else ""

    @property
    def iso(self) -> str:
        """As ``2024-05-18``; "" for words."""
        if not self.parts:
            return ""
        return "-".join([f"{self.parts[0]:04}", *(f"{n:02}" for n in self.parts[1:])])


def date_of(written: str) -> Date:
    """What is *written* as ``2024``, ``2024-05`` or ``2024-05-18``; all else is words.

    >>> date_of("2024-05").parts, date_of("spring 2024").year
    ((2024, 5), '2024')
    """
    written = _flat(written)
    if found := _DATE.fullmatch(written):
        parts = tuple(int(p) for p in found.groups() if p)
        year, month, day = (*parts, 1, 1)[:3]
        try:
            datetime.date(year, month, day)
        except ValueError:
            return Date(raw=written)
        return Date(parts)
    return Date(raw=written)


@frozen
class Work:
    """A source as both formats need it. *fields* are under the names that the source uses."""

    key: str
    entry: str
    kind: str
    genre: str
    title: str
    authors: tuple[Name, ...]
    editors: tuple[Name, ...]
    date: Date
    accessed: Date
    container: str
    place: str
    url: str
    fields: tuple[tuple[str, str], ...]


def works(sources: Sequence[Source]) -> tuple[Work, ...]:
    """*sources* in their order, each under a key of its own."""
    taken: dict[str, int] = {}
    return tuple(_work(s, taken) for s in sources)


def _work(s: Source, taken: dict[str, int]) -> Work:
    data = {k.casefold(): v for k, v in reversed(s.data.items)}  # the first of two counts
    genre = _text(data.get("type"))
    entry, kind = _KINDS.get(re.sub(r"[\s_-]+", " ", genre).casefold(), ("", ""))
    authors = tuple(name_of(_flat(a)) for a in s.authors if _flat(a))
    date, title = date_of(s.date), _flat(s.title or s.key)
    return Work(
        _unique(_stem(authors, title, date) or _ascii(s.key) or "source", taken),
        entry or "misc",
        kind or "document",
        "" if kind else genre,
        title,
        authors,
        _names(data.get("editor", data.get("editors"))),
        date,
        date_of(_text(data.get("accessed"))),
        next((t for k in _CONTAINERS if (t := _text(data.get(k)))), ""),
        _flat(s.place),
        _flat(s.url),
        tuple((k, t) for k in _ALIKE if (t := _text(data.get(k)))),
    )


def _flat(text: str) -> str:
    return " ".join(printable(text).split())


def _text(value: Value) -> str:
    """*value* as text; "" for what is none."""
    match value:
        case bool() | None:
            return ""
        case str() | int() | float():
            return _flat(str(value))
        case tuple():
            return ", ".join(t for v in value if not isinstance(v, tuple) and (t := _text(v)))
        case _:
            return ""


def _names(value: Value) -> tuple[Name, ...]:
    many = value if isinstance(value, tuple) else (value,)
    return tuple(name_of(t) for v in many if not isinstance(v, tuple) and (t := _text(v)))


def _stem(authors: Sequence[Name], title: str, date: Date) -> str:
    """What a key is made of: the first author's name, or the first word of the title; a year."""
    if authors and (who := _ascii(authors[0].family or authors[0].literal)):
        return who + date.year
    words = [a for w in title.split() if (a := _ascii(w))]
    told = [w for w in words if w not in _SMALL] or words
    return told[0] + date.year if told else ""


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", plain)[:40]


def _unique(stem: str, taken: dict[str, int]) -> str:
    key = stem
    while key in taken:
        taken[stem] += 1
        key = f"{stem}-{taken[stem]}"
    taken[key] = 1
    return key


# --- BibTeX


def bibtex(sources: Sequence[Source]) -> str:
    """*sources* as a ``.bib`` file in UTF-8, for BibTeX and biblatex; "" if there are none."""
    return "\n".join(_entry(w) for w in works(sources))


def _entry(w: Work) -> str:
    fields = {"author": " and ".join(map(_bibtex_name, w.authors)), "title": _tex(w.title)}
    fields["editor"] = " and ".join(map(_bibtex_name, w.editors))
    for key, text in w.fields:
        fields.setdefault(_ALIKE[key][0], _verbatim(text) if key in _VERBATIM else _tex(text))
    if "pages" in fields:
        fields["pages"] = re.sub(r"\s*[-–—]+\s*", "--", fields["pages"])
    home = _HOMES[w.entry]
    if w.container:
        fields.setdefault(home if w.entry in _CONTAINED else "booktitle", _tex(w.container))
    if w.place:
        fields.setdefault("address" if home in fields else home, _tex(w.place))
    fields["date"], fields["year"] = w.date.iso, w.date.year
    fields["type"] = _tex(w.genre)
    fields["url"], fields["urldate"] = _verbatim(w.url), w.accessed.iso
    notes = [fields.get("note", ""), _tex(w.date.raw)]
    notes += [_tex(f"accessed {w.accessed.raw}")] if w.accessed.raw else []
    fields["note"] = "; ".join(n for n in notes if n)
    lines = "".join(f"  {key} = {{{text}}},\n" for key, text in fields.items() if text)
    return f"@{w.entry}{{{w.key},\n{lines}}}\n"


def _tex(text: str) -> str:
    return text.translate(_TEX)


def _verbatim(text: str) -> str:
    """An address: biblatex takes it letter by letter, so only braces must not stand in it."""
    return text.translate(_QUOTED)


def _bibtex_name(name: Name) -> str:
    """*name*, in braces where a comma or an ``and`` in it would divide it."""
    if name.literal:
        return f"{{{_tex(name.literal)}}}"
    return ", ".join(_whole(p) for p in (name.family, name.suffix, name.given) if p)


def _whole(part: str) -> str:
    divides = "," in part or "and" in part.casefold().split()
    return f"{{{_tex(part)}}}" if divides else _tex(part)


# --- CSL-JSON


def csl_json(sources: Sequence[Source]) -> str:
    """*sources* as CSL-JSON, for Zotero, Pandoc and citeproc; an empty list if there are none."""
    return json.dumps([_item(w) for w in works(sources)], ensure_ascii=False, indent=2) + "\n"


def _item(w: Work) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": w.key,
        "type": w.kind,
        "title": w.title,
        "author": [_csl_name(n) for n in w.authors],
        "editor": [_csl_name(n) for n in w.editors],
        "container-title": w.container,
    }
    for key, text in w.fields:
        if not item.get(_ALIKE[key][1]):
            item[_ALIKE[key][1]] = text
    contained = w.entry in _CONTAINED or w.kind in ("webpage", "post-weblog", "broadcast")
    home = "container-title" if contained else "event-title" if w.kind == "speech" else "publisher"
    if w.place:
        item["publisher-place" if item.get(home) else home] = w.place
    item["issued"], item["accessed"] = _csl_date(w.date), _csl_date(w.accessed)
    item["genre"], item["URL"] = w.genre, w.url
    return {key: value for key, value in item.items() if value}


def _csl_name(name: Name) -> dict[str, str]:
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {k: v for k, v in {**parts, "literal": name.literal}.items() if v}


def _csl_date(date: Date) -> dict[str, Any]:
    if date.parts:
        return {"date-parts": [list(date.parts)]}
    return {"raw": date.raw} if date.raw else {}
