"""Every rule of Argdown, on a small text: ``tests/cases/*.md``, one page for each part of it.

Below a heading, which says what is shown, stands a fence with a text, a line with a single ``.``,
and what argmap makes of it; ``pytest --accept`` writes that. The words after ``argdown`` choose
what is shown of the result, and how the text is stored:

- nothing: what the text says (see `told`); ``meant``: the same as Argdown's own tools understand
  it, after relations have gone to conclusions, in strict mode, and so on;
- ``map``: boxes in their groups, and arrows; with ``labels`` what boxes say, with ``colours`` how
  they are coloured;
- ``bom``: a byte order mark comes first; ``crlf``: lines end as in Windows; ``unended``: the last
  line does not end.

``␉`` is a tab, ``␠`` a blank, ``⍽`` a no-break space, ``␍`` a carriage return. A fence with the
name of a file is that file, for the text below it to include; ``argdown.config.json`` holds
settings. A problem is told with its place, and ``refused`` if Argdown's own tools would not read
the text.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve, frozen
from conftest import ROOT

from argmap.formats import NotFetched, Reading, read
from argmap.formats.argdown.strict import REJECTED
from argmap.graph import WORDS, Group, Node, canonical, graph, heading
from argmap.graph.build import staged
from argmap.graph.wording import keys_of, section_of
from argmap.model import Argument, Claim, Data, Debate, Kind, Part, Style, Value
from argmap.settings import Settings, settings
from argmap.text import Text, decode, ordered

PAGES = sorted((ROOT / "tests" / "cases").glob("*.md"))
_PIECE = re.compile(
    r"^```(?P<info>.*)\n(?P<body>(?:.*\n)*?)```$|^## (?P<heading>.*)$", re.MULTILINE
)
_SIGNS = str.maketrans({"␉": "\t", "␠": " ", "⍽": "\xa0", "␍": "\r"})
_OPTIONS = {"meant", "map", "labels", "colours", "bom", "crlf", "unended"}


@frozen
class Case:
    """A text, and what comes of it; ``page[start:stop]`` is the latter. *files* are beside it."""

    title: str
    options: frozenset[str]
    text: str
    result: str
    files: tuple[tuple[str, str], ...]
    start: int
    stop: int


def cases(page: str) -> list[Case]:
    found: list[Case] = []
    title, files = "", []
    for m in _PIECE.finditer(page):
        if m["heading"]:
            title, files = m["heading"], []
            continue
        language, *words = m["info"].split()
        text, point, result = m["body"].partition("\n.\n")
        if m["body"].startswith(".\n"):
            text, point, result = "", "\n.\n", m["body"][2:]
        if not point:
            (name,) = words
            files.append((name, m["body"]))
            continue
        assert language == "argdown"
        start = m.end("body") - len(result)
        found.append(
            Case(title, frozenset(words), text, result, tuple(files), start, m.end("body"))
        )
    return found


def reading(case: Case) -> Reading:
    """What is made of the text, with all that is wrong."""
    body = case.text.translate(_SIGNS) + ("\n" if case.text else "")
    if "unended" in case.options:
        body = body.removesuffix("\n")
    if "crlf" in case.options:
        body = body.replace("\n", "\r\n")
    mark = b"\xef\xbb\xbf" if "bom" in case.options else b""
    text, before = decode("map.argdown", mark + body.encode())
    assert text is not None
    files = dict(case.files)

    def fetch(name: str, beside: str) -> Text:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(beside), name))
        if path not in files:
            raise NotFetched(f"there is no file {path}")
        return Text(path, files[path])

    found = read(text, fetch)
    return evolve(found, problems=before + found.problems)


def result(case: Case) -> str:
    """All that is to be shown of *case*."""
    found = reading(case)
    beside = [json.loads(body) for name, body in case.files if name == "argdown.config.json"]
    chosen = settings(found.debate.front, *map(_data, beside))
    debate = found.debate
    if "meant" in case.options:
        debate = staged(debate, chosen).debate
    lines = drawn(debate, chosen, case) if "map" in case.options else told(debate)
    return "".join(f"{line}\n" for line in [*lines, *wrong(found)])


def told(debate: Debate) -> Iterator[str]:
    """What *debate* says, in the order of its text.

    Behind each claim stands what it is at each of its places, ``*`` where it is only mentioned.
    """
    if debate.front:
        yield f"front {shown(debate.front)}"
    for s in debate.sections:
        data = s.occurrence.data if s.occurrence else s.data
        rest = "".join([*(f" #{t}" for t in s.tags), f" {shown(data)}" if data else ""])
        number = ".".join(map(str, s.path))
        yield f'§{number} {"#" * s.level} "{heading(s)}"{rest}'
    for c in debate.claims:
        yield from _thing(c)
    for a in debate.arguments:
        yield from _thing(a)
        steps = iter(a.steps)
        for line in a.lines:
            if line.part is not Part.PREMISE:
                step = next(steps)
                rules = ", ".join(step.rules)
                data = f" {shown(step.data)}" if step.data else ""
                yield f"    therefore{': ' + rules if rules else ''}{data}"
            yield f"    {line.part.value} {line.ref}"
    for r in debate.relations:
        yield f"{r.tail} {r.kind.value} {r.head}{f' ×{len(r.spans)}' if len(r.spans) > 1 else ''}"


def _thing(thing: Claim | Argument) -> Iterator[str]:
    words = canonical(thing)
    defined = [o for o in thing.occurrences if o.defined]
    line = str(thing.ref)
    if words.text:
        line += f' "{words.text}"'
    others = [o.text for o in defined if o.text not in ("", words.text)]
    line += "".join(f' also "{t}"' for t in dict.fromkeys(others))
    line += "".join(f" #{t}" for t in thing.tags)
    if data := keys_of(thing):
        line += f" {shown(data)}"
    if section := section_of(thing):
        line += f" §{'.'.join(map(str, section))}"
    roles = [o.part.value + ("" if o.defined else "*") for o in thing.occurrences]
    yield f"{line} ({', '.join(roles)})"
    for m in words.markup:
        if m.style is not Style.TAG:
            to = f" → {m.to}" if m.to else ""
            yield f'    {m.style.value} "{words.text[m.start : m.stop]}"{to}'


def drawn(debate: Debate, chosen: Settings, case: Case) -> Iterator[str]:
    """The map of *debate*: what is in a group is indented."""
    made = graph(debate, chosen)
    todo: list[tuple[str, Node | Group]] = [("", c) for c in reversed(made.children)]
    while todo:
        margin, child = todo.pop()
        colour = f" {child.colour or 'no colour'}" if "colours" in case.options else ""
        if isinstance(child, Group):
            yield f'{margin}group "{child.title}"{" closed" * child.closed}{colour}'
            todo += [(margin + "  ", c) for c in reversed(child.children)]
            continue
        label = ""
        if "labels" in case.options:
            label = f' "{child.title}" "{child.text}"' + "".join(f" #{t}" for t in child.tags)
        yield f"{margin}{child.ref}{label}{colour}"

    def end(id: str) -> str:
        child = made.by_id[id]
        return f'"{child.title}"' if isinstance(child, Group) else str(child.ref)

    for e in made.edges:
        colour = f" {e.colour or 'no colour'}" if "colours" in case.options else ""
        yield f"{end(e.tail)} {WORDS[e.kind]} {end(e.head)}{colour}"


def wrong(found: Reading) -> Iterator[str]:
    """The problems in *found*, each with its place."""
    texts = {t.name: t for t in found.texts}
    for p in ordered(found.problems, found.texts):
        where = ""
        if p.span is not None:
            file = "" if p.span.name == "map.argdown" else f"{p.span.name}:"
            where = f" {file}{texts[p.span.name].place(p.span.start)}"
        yield f"{p.severity.value} {p.code}{where}{' refused' * (p.code in REJECTED)}"


def shown(value: Value) -> str:
    """A value as it may be written; texts always between quotation marks."""
    if isinstance(value, Data):
        return "{" + ", ".join(f"{k}: {shown(v)}" for k, v in value.items) + "}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(shown, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _data(value: object) -> Data:
    def of(v: object) -> Value:
        if isinstance(v, dict):
            return Data(tuple((k, of(inner)) for k, inner in v.items()))
        return tuple(map(of, v)) if isinstance(v, list) else v  # type: ignore[return-value]

    made = of(value)
    assert isinstance(made, Data)
    return made


def agree(case: Case, page: Path, *, accept: bool = False) -> None:
    """Hold *case* against what argmap makes of it, or write that into *page*."""
    made = result(case)
    if accept and made != case.result:
        body = page.read_text("utf-8")
        (now,) = [c for c in cases(body) if (c.title, c.text) == (case.title, case.text)]
        page.write_text(body[: now.start] + made + body[now.stop :], "utf-8", newline="\n")
    else:
        assert case.result == made


ALL = [(page, case) for page in PAGES for case in cases(page.read_text("utf-8"))]


@pytest.mark.parametrize(
    ("page", "case"), ALL, ids=[f"{p.stem[:2]} {c.title.replace('`', '')}" for p, c in ALL]
)
def test_a_text_says_what_its_case_says(page: Path, case: Case, request: pytest.FixtureRequest):
    agree(case, page, accept=bool(request.config.getoption("--accept", default=False)))


def test_there_is_a_page_for_every_part_of_the_language_and_each_has_cases():
    assert [f"{n:02}" for n in range(1, 11)] == [p.stem[:2] for p in PAGES]
    for page in PAGES:
        assert len(cases(page.read_text("utf-8"))) >= 12, page.name


def test_a_case_whose_result_is_wrong_fails():
    page, case = ALL[0]
    with pytest.raises(AssertionError):
        agree(evolve(case, result=case.result + "[A]\n"), page)
    with pytest.raises(AssertionError):
        agree(evolve(case, text=case.text + "\n\n[One more]: claim"), page)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_every_case_has_a_title_of_its_own_and_is_of_a_known_sort(page: Path):
    found = cases(page.read_text("utf-8"))
    titles = [c.title for c in found]
    assert sorted(set(titles)) == sorted(titles)
    assert "" not in titles
    assert set() == {o for c in found for o in c.options} - _OPTIONS
    assert page.read_text("utf-8").count("\n.\n") == len(found)


def test_the_cases_have_every_kind_of_relation_and_every_part_that_a_claim_can_play():
    debates = [reading(c).debate for _, c in ALL]
    kinds = {r.kind for d in debates for r in d.relations}
    strict = {
        Kind.ENTAILMENT,
        Kind.CONTRARY,
    }  # which only follow, as pages show under ``meant``
    assert set(Kind) - {Kind.EQUIVALENCE} - strict == kinds
    played = {o.part for d in debates for c in d.claims for o in c.occurrences}
    assert set(Part) - {Part.HEADING} == played
