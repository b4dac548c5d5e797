"""Flowcharts of Mermaid: all is in them, and no word of a map is read as anything else."""

from __future__ import annotations

import json
import re

import pytest
from attrs import evolve
from hypothesis import given
from strategies import WILD, debates
from test_exports import wild

import argmap
from argmap.model import Debate
from argmap.render import mermaid as module
from argmap.render.mermaid import mermaid, said
from argmap.text import printable
from argmap.view import Group, Remark, Sort, view

LABEL = r'"[^"\n]*"'
GRAMMAR = re.compile(
    "|".join(
        (
            r"---|config:|  theme: base|  themeVariables: \{.*\}|  flowchart: \{.*\}",
            r'title: "(?:[^"\\]|\\.)*"',
            r"flowchart (?:BT|RL)|  accTitle: Argument map|  accDescr: \d+ cards? and \d+ links?",
            rf"(?:    |  )s\d+\[{LABEL}\](?::::[a-z-]+)?",
            r'(?:    |  )j\d+\(\(" [-+−×~] "\)\):::[a-z]+-joint',
            rf"  subgraph g\d+\[{LABEL}\]|  end",
            rf"  [sj]\d+ (?:---|-->|-\.-x|-\.-o|<==>)(?:\|{LABEL}\|)? [sj]\d+",
            r"  classDef [a-z-]+ fill:#\w{6},stroke:#\w{6},color:#\w{6}(?:,stroke-dasharray:5 4)?",
            r"  linkStyle \d+(?:,\d+)* stroke:#\w{6},stroke-width:2px",
        )
    )
)
MARKUP = {"<b>", "</b>", "<i>", "</i>", "<br/>"}
LINK = re.compile(r"^  [sj]\d+ [-<][-.=][^ ]*(?:\|\".*\"\|)? [sj]\d+$", re.M)


def written(debate: Debate) -> str:
    return mermaid(view(debate), lambda _: None)


def shown(label: str) -> str:
    """What a reader sees of *label*."""
    return re.sub(r"#(\d+);", lambda m: chr(int(m[1])), label).replace("\u2060", "")


@given(debates())
def test_every_card_and_every_link_is_there(debate: Debate):
    seen, made = view(debate), written(debate)
    for card in seen.cards:
        assert f"<b>{card.number}</b>" in made
    assert len(seen.cards) == len(re.findall(r"^ +s\d+\[\"<b>", made, re.M))
    assert sum(i.joint for i in seen.inferences) == len(re.findall(r"^ +j\d+\(\(", made, re.M))
    expected = sum(1 + len(i.tails) * i.joint for i in seen.inferences)
    assert expected == len(LINK.findall(made))


@given(debates())
def test_every_link_has_one_colour(debate: Debate):
    made = written(debate)
    styled = [int(n) for m in re.finditer(r"linkStyle ([\d,]+)", made) for n in m[1].split(",")]
    assert list(range(len(LINK.findall(made)))) == sorted(styled)


@given(wild())
def test_no_word_breaks_out(debate: Debate):
    for line in written(debate).splitlines():
        assert GRAMMAR.fullmatch(line), line
        assert "%%" not in line
        for label in re.findall(LABEL, line if line.startswith("  ") else ""):
            assert not re.search(r"#(?!\d+;|\w{6}\")|[`\\]", label), line
            assert set(re.findall(r"<[^>]*>?", label)) <= MARKUP


@given(WILD.map(lambda c: c * 2) | debates(WILD).map(lambda d: d.title))
def test_words_are_shown_as_they_stand(text: str):
    assert " ".join(printable(text).split()).replace("\u2060", "") == shown(said(text))


@pytest.mark.parametrize(
    "text",
    [
        '"]:::x --> s0',
        "%%{init: {'theme': 'dark'}}%%",
        "<script>alert(1)</script>",
        "style:x#quot;y#quot;",
        "`markdown` **bold** _em_",
        "1. a list",
        "- a list",
        "#35; &amp; &#35;",
        "end",
    ],
)
def test_hostile_words_are_only_words(text: str):
    label = said(text)
    assert not re.search(r'["<>`%\\*_\]]|#(?!\d+;)|^\d+\.|^-', label)
    assert text == shown(label)


def test_math_and_icons_are_kept_apart_by_a_character_that_is_not_seen():
    assert "#36;\u2060#36;x#36;\u2060#36; fa\u2060#58;fa-ban" == said("$$x$$ fa:fa-ban")


def test_a_title_is_told_in_the_frontmatter():
    made = argmap.loads('===\ntitle: "Buses & <b> 100 % \\"now\\""\n===\n[A]: a\n').to_mermaid()
    line = made.splitlines()[1]
    assert 'Buses ＆ ‹b› 100 ％ "now"' == json.loads(line.removeprefix("title: "))


def test_a_small_map():
    made = argmap.loads(
        "[A]: a {speaker: Ana, at: p. 3}\n  - [B]: b\n  + [C]: c {unstated: true}\n  >< [D]: d\n"
    ).to_mermaid(direction="right")
    assert "flowchart RL\n" in made
    assert '  s0["<b>1</b> Ana<br/>a<br/><i>p. 3</i>"]:::claim\n' in made
    assert '["<b>1.2</b> reason<br/>c (unstated)"]:::reason-unstated\n' in made
    assert "  s1 -.-x s0\n" in made
    assert "  s2 --> s0\n" in made
    assert '<==>|"contradict"| s' in made


def test_an_undercut_ends_on_the_joint_and_premises_stand_in_it():
    made = argmap.loads("[A]: a\n  + <B>\n    _ <C>: c\n\n<B>\n\n(1) x\n(2) y\n----\n(3) [A]\n")
    text = made.to_mermaid()
    joint = re.search(r'(j\d+)\(\(" \+ "\)\)', text)
    assert joint
    assert re.search(rf"s\d+ -\.-o {joint[1]}$", text, re.M)
    assert 2 == len(re.findall(rf"s\d+ --- {joint[1]}$", text, re.M))
    assert re.search(rf"{joint[1]} --> s\d+$", text, re.M)


def test_a_group_is_a_subgraph_with_the_joint_of_its_premises():
    seen = argmap.loads("[A]: a\n\n<B>\n\n(1) x\n(2) y\n----\n(3) [A]\n").view()
    premises = next(i.tails for i in seen.inferences if i.joint)
    grouped = evolve(seen, groups=(Group("g", 'Costs "all"', premises),))
    made = mermaid(grouped, lambda _: None)
    inside = made[made.index("subgraph") : made.index("  end\n")]
    assert 'g0["Costs #34;all#34;"]' in inside
    assert 2 == len(re.findall(r"s\d+\[", inside))
    assert 1 == len(re.findall(r"j\d+\(\(", inside))


def test_what_is_known_of_a_claim_and_what_is_left_out_is_said():
    seen = argmap.loads("===\ntitle: T\n===\n[A]: a\n").view()
    remark = Remark(Sort.REJECTS, "Tom <rejects>", "Tom")
    card = evolve(seen.cards[0], hidden=3, remarks=(remark,))
    made = mermaid(evolve(seen, cards=(card,), partial="“A” & more"), lambda _: None)
    assert 's0["<b>1</b><br/>a<br/><i>Tom #60;rejects#62;</i><br/>3 more below"]' in made
    assert 'title: "T — Part of the map: “A” ＆ more"' in made


def test_what_most_programs_do_not_draw_is_told(monkeypatch: pytest.MonkeyPatch):
    told: list[str] = []
    m = argmap.loads("[A]: a\n  + b\n  + c\n")
    m.to_mermaid(tell=told.append)
    assert [] == told
    monkeypatch.setattr(module, "MOST_LINKS", 1)
    m.to_mermaid(tell=told.append)
    assert "2 links" in told[0]
    assert "--depth or --focus" in told[0]


def test_a_map_of_nothing_is_a_friendly_flowchart():
    assert 's0["This map holds no claims yet."]' in argmap.loads("").to_mermaid()


def test_one_is_not_said_as_many():
    assert "accDescr: 1 card and 0 links\n" in argmap.loads("[A]: a\n").to_mermaid()
    assert "accDescr: 2 cards and 1 link\n" in argmap.loads("[A]: a\n  + b\n").to_mermaid()
