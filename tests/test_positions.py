"""Several authors' files in one debate."""

from __future__ import annotations

import pytest

from argmap.formats import NotFetched, Reading, read
from argmap.model import ClaimRef, Kind, Sense
from argmap.text import Severity, Text

ANA = """\
===
speaker: {name: Ana Keller}
source: Report
===

[Two runs]: Two runs would do. {at: ¶6}
  + Cheap.
"""
TOM = "===\nspeaker: {name: Tom Brandt}\n===\n\n# Costs?\n\n[Cost]: It costs too much.\n"


def debate(body: str, **others: str) -> Reading:
    files = {"ana.argdown": ANA, "tom.argdown": TOM, **others}

    def fetch(name: str, beside: str) -> Text:
        if name not in files:
            raise NotFetched(f"there is no file {name!r}")
        return Text(name, files[name])

    return read(Text("debate.argdown", body), fetch)


def joined(body: str, positions: str = "[ana.argdown, tom.argdown]", **others: str) -> Reading:
    return debate(f"===\npositions: {positions}\n===\n\n{body}", **others)


def told(found: Reading) -> list[tuple[str, str]]:
    return [(p.code, p.message) for p in found.problems]


def test_titles_say_whose_they_are():
    found = joined("# Could it work?\n\n[Keller: Two runs]\n  - [Brandt: Cost]\n")
    assert () == found.problems
    titles = [c.title for c in found.debate.claims]
    assert ["Keller: Two runs", "~Keller: cheap", "Brandt: Cost"] == titles
    assert ["Keller", "Brandt"] == [s.key for s in found.debate.speakers]
    last = found.debate.relations[-1]
    assert (Kind.ATTACK, ClaimRef("Brandt: Cost"), ClaimRef("Keller: Two runs")) == (
        last.kind,
        last.tail,
        last.head,
    )


def test_sections_and_issues_of_positions_are_kept():
    found = joined("# Could it work?\n\n[Keller: Two runs]\n")
    issues = [(i.question, [str(r) for r in i.refs]) for i in found.debate.issues]
    assert [
        ("Costs?", ["[Brandt: Cost]"]),
        ("Could it work?", ["[Keller: Two runs]"]),
    ] == issues
    paths = {s.title: s.path for s in found.debate.sections}
    assert paths["Costs?"] == found.debate.claim("Brandt: Cost").section


def test_the_same_title_in_two_positions_is_two_claims():
    tom = TOM.replace("[Cost]", "[Two runs]")
    found = joined("[Brandt: Two runs]", **{"tom.argdown": tom})
    assert ("Two runs would do.", "It costs too much.") == tuple(
        found.debate.claim(f"{k}: Two runs").text for k in ("Keller", "Brandt")
    )


def test_a_link_that_the_text_draws_is_not_the_mappers():
    found = joined(
        "[Keller: Two runs]\n  - [Brandt: Cost] {link: {as: clash, by: Report}}\n"
        "  - [Brandt: Cost too] {link: tension}\n"
    )
    links = [r.link for r in found.debate.relations if r.link]
    assert [(Sense.CLASH, False), (Sense.TENSION, True)] == [(k.sense, k.inferred) for k in links]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "[Keller: Two rums]",
            "no claim is named 'Keller: Two rums'; did you mean 'Keller: Two runs'?",
        ),
        ("[Two runs]", "no claim is named 'Two runs'; did you mean 'Keller: Two runs'?"),
        ("[Kelller: Two runs]", "no speaker is named 'Kelller'; did you mean 'Keller'?"),
        ("[Brandt: Nothing like it]", "no claim is named 'Brandt: Nothing like it'"),
    ],
)
def test_a_mention_of_what_no_position_says_is_an_error(body: str, message: str):
    assert [("AM504", message)] == [t for t in told(joined(body)) if t[0] == "AM504"]


def test_a_new_claim_of_the_debate_itself_is_no_mention():
    found = joined("[Buses: a word with a colon]: Buses.\n  + [Fresh]: New here.")
    assert () == found.problems
    assert "New here." == found.debate.claim("Fresh").text


def test_a_missing_position_is_told_where_it_is_named():
    found = joined("[A]: a", positions="[ana.argdown, tim.argdown]")
    (problem,) = found.problems
    assert ("AM501", "there is no file 'tim.argdown'") == (problem.code, problem.message)
    assert problem.span is not None
    assert "tim.argdown" == found.texts[0].body[problem.span.start : problem.span.stop]
    assert found.debate.claim("Keller: Two runs")


def test_positions_that_include_each_other_are_told():
    ana = ANA.replace("source: Report", "positions: [tom.argdown]")
    tom = TOM.replace("speaker:", "positions: [ana.argdown]\nspeaker:")
    found = joined("", positions="[ana.argdown]", **{"ana.argdown": ana, "tom.argdown": tom})
    errors = [p.message for p in found.problems if p.code == "AM502"]
    expected = (
        "these positions include each other: "
        "debate.argdown → ana.argdown → tom.argdown → ana.argdown"
    )
    assert [expected] == errors


def test_files_that_name_each_other_in_a_long_chain_are_told():
    files = {
        f"p{i}.argdown": f"===\npositions: p{i + 1}.argdown\nspeaker: S{i}\n===\n\n[A]: a"
        for i in range(200)
    }
    found = joined("[B]: b", positions="p0.argdown", **files)
    assert ["more than 20 files deep"] == [
        p.message[-23:] for p in found.problems if p.code == "AM502"
    ]


def test_a_file_that_many_name_is_read_once():
    reads: list[str] = []
    names = [f"p{i}.argdown" for i in range(12)]

    def fetch(name: str, beside: str) -> Text:
        reads.append(name)
        n = names.index(name)
        positions = f"positions: [{', '.join(names[n + 1 :])}]\n"
        return Text(name, f"===\n{positions}speaker: S{n}\n===\n\n[A]: a")

    found = read(Text("d", f"===\npositions: {names[0]}\n===\n\n[B]: b"), fetch)
    assert len(reads) < len(names) ** 2
    assert "a" == found.debate.claim("S0: A").text


def test_a_file_that_names_itself_is_told():
    found = joined("[A]: a", positions="[debate.argdown]", **{"debate.argdown": "[A]: a"})
    assert ["AM502"] == [p.code for p in found.problems]


def test_a_position_without_a_speaker_is_doubtful():
    found = joined("[A]", positions="[x.argdown]", **{"x.argdown": "[A]: a"})
    assert [("AM503", Severity.WARNING)] == [(p.code, p.severity) for p in found.problems]


def test_two_files_of_one_speaker_are_told():
    found = joined("", positions="[ana.argdown, two.argdown]", **{"two.argdown": ANA})
    assert ["AM505"] == [p.code for p in found.problems]


def test_one_title_for_two_claims_is_a_warning():
    twice = "[Two runs]: The buses could not cope.\n\n[Two runs]: Teenagers fall asleep late.\n"
    found = joined("", **{"ana.argdown": f"===\nspeaker: Ana Keller\n===\n\n{twice}"})

    assert [("AM306", Severity.WARNING)] == [(p.code, p.severity) for p in found.problems]


def test_one_claim_put_otherwise_is_a_note():
    twice = "[Two runs]: The buses could not cope.\n\n[Two runs]: Buses could never cope.\n"
    found = joined("", **{"ana.argdown": f"===\nspeaker: Ana Keller\n===\n\n{twice}"})

    assert [("AM306", Severity.NOTE)] == [(p.code, p.severity) for p in found.problems]


def test_problems_of_a_position_are_told_in_its_own_text():
    found = joined("", **{"tom.argdown": TOM + "\n[never closed"})
    (problem,) = found.problems
    assert problem.span is not None
    assert "tom.argdown" == problem.span.name
    assert {"debate.argdown", "ana.argdown", "tom.argdown"} == {t.name for t in found.texts}


def test_a_position_may_be_json():
    from argmap.formats import json

    body = json.write(read(Text("a", ANA)).debate)
    found = joined("[Keller: Two runs]", positions="[ana.json]", **{"ana.json": body})
    assert () == found.problems
    assert "Two runs would do." == found.debate.claim("Keller: Two runs").text


@pytest.mark.parametrize("positions", ["3", "{a: b}", "[[x]]", "[3]"])
def test_positions_that_are_no_files_are_told(positions: str):
    assert {"AM406"} == {p.code for p in joined("[A]: a", positions=positions).problems}


def test_two_works_under_one_key_stay_two():
    positions = {
        f"{name}.argdown": f"===\nspeaker: {name.title()}\n"
        f"source: {{key: Report, title: {title}, file: {name}.txt}}\n===\n\n[A]: a {{at: ¶1}}\n"
        for name, title in (("eve", "Sleep"), ("max", "War"))
    }
    found = joined("[B]: b", positions="[eve.argdown, max.argdown]", **positions)
    sources = {s.key: s.file for s in found.debate.sources}
    cited = {
        c.title: c.wordings[0].cited[0].source for c in found.debate.claims if c.wordings[0].cited
    }
    assert {"Report": "eve.txt", "Report (2)": "max.txt"} == sources
    assert {"Eve: A": "Report", "Max: A": "Report (2)"} == cited


def test_what_only_one_position_says_of_a_work_is_known_of_it():
    positions = {
        "eve.argdown": "===\nspeaker: Eve\nsource: {key: R, title: Report}\n===\n\n"
        "[A]: a {at: ¶1}\n",
        "max.argdown": "===\nspeaker: Max\nsource: {key: R, title: Report, file: r.txt}\n===\n\n"
        "[A]: a {at: ¶1}\n",
    }
    found = joined("[B]: b", positions="[eve.argdown, max.argdown]", **positions)
    (source,) = found.debate.sources
    assert ("R", "r.txt") == (source.key, source.file)
