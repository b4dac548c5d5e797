"""The outline says all that a picture prints: its lines give the cards and links of the view back.

The reader below knows nothing but the lines. It is not told which cards there are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import Factory, define, evolve
from conftest import ROOT
from hypothesis import given, reject
from hypothesis import strategies as st
from strategies import debates
from test_choice import choices

import argmap
from argmap.errors import BadValue
from argmap.model import Data, Debate, Link, Value
from argmap.model.reference import reference
from argmap.render.outline import outline
from argmap.text import printable
from argmap.view import Choice, Inference, Mark, Role, Sort, View, forest, view

MAPS = sorted((ROOT / "maps").glob("*.argdown"))
WIDE = 10**6

_NUMBER = r"#?\d+(?:\.\d+)*"
_LINE = re.compile(r"((?:│  |   )*)(?:(?:├─ |└─ )(?P<sign>[-+x#=~])(?P<bracket>[ ┌│└]) )?(.*)")
_MORE = re.compile(r"((?:│  |   )*)… (\d+) more below(?: \((\d+) objections?\))?")
_MUTUAL = re.compile(rf"⇄ (?P<how>\D*?) (?P<of>{_NUMBER})(?: \((?P<aside>.*)\))?")
_BODY = re.compile(
    rf"(?:(?P<see>→ see|↻ back to) )?(?P<number>{_NUMBER}) (?P<said>.*?)"
    r"(?P<unstated> \(unstated\))?(?: — (?P<who>.*?))?(?: \{(?P<remarks>.*)\})?"
    r"(?: <(?P<url>\S*)>)?"
    r"(?: \((?P<aside>(?:supports|objects to|undercuts|is in tension with|talks past|argument|by|"
    r"clash|tension|qualifies|agrees|in tension|past|past each other|about|so|"
    r"the mapper’s reading)\b.*)\))?"
)
_ASIDE = re.compile(
    r"(?:\D+ (?P<over>#?\d[^;]* ⇒ [\d.#]+)(?:; |$))?(?:argument (?P<argument>[^;]*)(?:; |$))?"
    r"(?:by (?P<rules>[^;]*)(?:; |$))?(?P<link>.*)"
)
_LINK = re.compile(
    r"(?:(?P<bears>clash|qualifies|agrees|in tension|past each other|tension|past), )?"
    r"(?:about (?P<about>\w+), )?(?:the mapper’s reading|so (?P<by>.*?))(?:: (?P<because>.*))?"
)


@define
class Read:
    """A card as the outline gives it back."""

    number: str
    said: str
    who: str
    unstated: bool
    remarks: str
    url: str
    role: Role
    above: str = ""
    hidden: tuple[int, int] = (0, 0)


@define
class Found:
    """What the lines of an outline say."""

    cards: dict[str, Read] = Factory(dict)
    links: Counter[object] = Factory(Counter)


def plain(text: str) -> str:
    return " ".join(printable(text).split())


_ROLES = {"": Role.CLAIM, "+": Role.REASON, "=": Role.REASON, "x": Role.UNDERCUT}


def reading(lines: list[str], found: Found) -> None:
    """Read the *lines* of one tree."""
    open_: list[str] = []
    mutual: list[object] = []
    joint: dict[int, tuple[list[str], str, str]] = {}
    for line in lines:
        if m := _MORE.fullmatch(line):
            owner = found.cards[open_[len(m[1]) // 3]]
            owner.hidden = int(m[2]), int(m[3] or 0)
            continue
        if m := _MUTUAL.fullmatch(line):
            pair = frozenset([open_[0], m["of"]])
            found.links["mutual", m["how"], pair, link_of(m["aside"] or "")] += 1
            continue
        m = _LINE.fullmatch(line)
        assert m
        sign = m["sign"] or ""
        level = len(m[1]) // 3 + bool(sign)
        body = _BODY.fullmatch(m[4])
        assert body, line
        number = body["number"]
        above = open_[level - 1] if level else ""
        del open_[level:]
        open_.append(number)
        if not body["see"]:
            assert number not in found.cards
            found.cards[number] = Read(
                number,
                body["said"],
                body["who"] or "",
                bool(body["unstated"]),
                body["remarks"] or "",
                body["url"] or "",
                _ROLES.get(sign, Role.OBJECTION),
                above,
            )
        if not sign:
            continue
        tails, first, aside = [number], sign, body["aside"] or ""
        match m["bracket"]:
            case "┌":
                joint[level] = tails, sign, aside
                continue
            case "│":
                joint[level][0].append(number)
                continue
            case "└":
                tails, first, aside = joint.pop(level)
                tails.append(number)
        assert first == sign
        found.links[link(sign, tails, above, aside)] += 1
    assert not joint
    assert not mutual


def link(sign: str, tails: list[str], above: str, aside: str) -> object:
    a = _ASIDE.fullmatch(aside)
    assert a
    step = a["argument"] or "", a["rules"] or ""
    if sign in "#=~":  # without direction
        return "mutual", sign, frozenset([*tails, above]), link_of(a["link"])
    return sign, tuple(tails), a["over"] or above, step, link_of(a["link"])


def link_of(words: str) -> object:
    m = _LINK.fullmatch(words)
    assert m or not words, words
    return tuple(m.groups("")) if m else ("", "", "", "")


# --- what is expected


def expected_links(seen: View) -> Iterator[tuple[object, int]]:
    def number(id: str) -> str:
        return seen.by_id[id].number

    kept = {i.id for i in forest(seen).inferences if i.mutual}
    for i in seen.inferences:
        tails = tuple(number(t) for t in i.tails)
        words = expected_link(i)
        if i.id in kept:
            yield ("mutual", _HOW[i.mark], frozenset([*tails, number(i.head)]), words), 2
        elif i.mutual or (i.mark.is_lateral and len(tails) == 1 and i.head in seen.by_id):
            pair = frozenset([*tails, number(i.head)])
            yield ("mutual", i.mark.sign, pair, words), 1
        elif i.mark.is_lateral:
            pair = frozenset([*tails, number(seen.head_card(i))])
            yield ("mutual", i.mark.sign, pair, words), 1
        else:
            over = seen.inference.get(i.head)
            head = number(seen.head_card(i))
            if over:
                head = f"{'+'.join(number(t) for t in over.tails)} ⇒ {head}"
            name = ": ".join(plain(p) for p in (i.title, i.gist) if p)
            name += f" — {plain(i.credit)}" if name and i.credit else ""
            rules = ", ".join(plain(r) for r in i.rules)
            yield (i.mark.sign, tails, head, (name, rules), words), 1


_HOW = {
    Mark.CONTRADICT: "contradicts",
    Mark.AGREE: "says the same as",
    Mark.TENSION: "is in tension with",
    Mark.PAST: "talks past",
}


def expected_link(i: Inference) -> object:
    if i.link is None or i.link == Link():
        return "", "", "", ""
    about = i.link.about.value if i.link.about else ""
    return i.bears, about, "" if i.link.inferred else plain(i.link.by), plain(i.link.because)


def gives_back(seen: View) -> None:
    """Hold what the outline of *seen* says against *seen*."""
    text = outline(seen, columns=WIDE)
    blocks = text.removesuffix("\n").split("\n\n") if text else []
    head = blocks.pop(0).split("\n") if seen.title or seen.partial else []
    if seen.title:
        assert plain(seen.title) == plain(head.pop(0))
    assert ([f"Part of the map: {plain(seen.partial)}"] if seen.partial else []) == head
    roots = [c for c in seen.cards if c.id not in seen.parent]
    found = Found()
    for block in blocks[: len(roots)]:
        reading(block.split("\n"), found)
    one = seen.sources[0].key if len(seen.sources) == 1 else ""
    assert _in_trees(seen) == list(found.cards)
    for c in seen.cards:
        got = found.cards[c.number]
        assert (f"{plain(c.title)}: " if c.title else "") + plain(c.text) == got.said
        who = plain(", ".join(p for p in (c.whole_credit, c.source) if p))
        assert got.who in (who, plain(who.replace(f"{one} ", "")))
        assert (c.unstated, c.role, c.hidden, c.hidden_objections) == (
            got.unstated,
            got.role,
            *got.hidden,
        )
        stances = (Sort.ACCEPTS, Sort.REJECTS, Sort.UNSURE)
        known = sorted(c.remarks, key=lambda r: r.sort not in stances)
        assert plain(", ".join(r.words for r in known)) == got.remarks.replace("; ", ", ")
        assert got.url in (c.url, "")
        assert got.url or not c.url or any(c.url == s.url for s in seen.sources)
        above = seen.parent.get(c.id)
        number = seen.by_id[seen.head_card(seen.inference[above])].number if above else ""
        assert number == got.above
    wanted: Counter[object] = Counter()
    for said, times in expected_links(seen):
        wanted[said] += times
    assert wanted == found.links
    rest = [line for block in blocks[len(roots) :] for line in block.split("\n")]
    for q in seen.questions:
        assert f"{plain(q.text)} {', '.join(seen.by_id[c].number for c in q.cards)}" in rest
    for g in seen.groups:
        assert f"{plain(g.title)}: {', '.join(seen.by_id[c].number for c in g.cards)}" in rest
    for s in seen.speakers:
        named = [line for line in rest if plain(s.full) in line and plain(s.role) in line]
        assert named or (s.full == s.key and not s.role)
    for s in seen.sources:
        assert not reference(s) or plain(reference(s)) in rest


def _in_trees(seen: View) -> list[str]:
    """The numbers of the cards, tree by tree."""
    todo = [c.id for c in reversed(seen.cards) if c.id not in seen.parent]
    found = []
    while todo:
        id = todo.pop()
        found.append(seen.by_id[id].number)
        todo += reversed(seen.below.get(id, ()))
    return found


@st.composite
def remarked(draw: st.DrawFn) -> Debate:
    """A debate in which something is known of claims beside what they say."""
    debate = draw(debates(size=6))
    people = [s.key for s in debate.speakers] or ["Somebody"]
    holds = st.sampled_from(["accepts", "rejects", "unsure"])

    def known() -> Data:
        said: dict[str, Value] = {}
        if draw(st.booleans()):
            said["stance"] = Data(tuple((p, draw(holds)) for p in people))
        if draw(st.booleans()):
            said["verdict"] = draw(st.sampled_from(["stands", "falls", "undecided"]))
        if draw(st.booleans()):
            said["votes"] = Data((("for", draw(st.integers(0, 9))), ("against", 3)))
        if draw(st.booleans()):
            said["url"] = "https://example.org/a"
        if draw(st.booleans()):
            said["unstated"] = True
        return Data(tuple(said.items()))

    return evolve(debate, claims=tuple(evolve(c, data=known()) for c in debate.claims))


@given(remarked())
def test_the_outline_gives_the_whole_map_back(debate: Debate):
    gives_back(view(debate))


@given(remarked(), st.data())
def test_the_outline_gives_any_part_back(debate: Debate, data: st.DataObject):
    try:
        seen = view(debate, data.draw(choices(debate)))
    except BadValue:  # nothing fits
        reject()
    gives_back(seen)


@pytest.mark.parametrize("path", MAPS, ids=lambda p: p.stem)
@pytest.mark.parametrize(
    "choice",
    [Choice(), Choice(depth=2), Choice(group="issue"), Choice(focus="1", depth=1)],
    ids=["whole", "depth", "group", "focus"],
)
def test_the_outline_gives_a_real_map_back(path: Path, choice: Choice):
    gives_back(view(argmap.load(path).debate, choice))


def test_the_outline_gives_the_main_debate_back_where_its_authors_meet():
    debate = argmap.load(ROOT / "maps" / "rumer-vs-kaczmarski.argdown").debate
    seen = view(debate, Choice(only=(("links", "cross"),), group="author"))
    assert len(seen.inferences) >= 10
    gives_back(seen)


def test_what_stands_no_further_in_says_what_it_bears_on():
    body = "[A]: a\n" + "".join(f"{' ' * 2 * n}+ c{n}\n" for n in range(1, 60))
    text = argmap.loads(body).outline(columns=400)
    assert "#59 c58 (supports #58)" in text
