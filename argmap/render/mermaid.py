"""A view as a flowchart of Mermaid, for GitHub, GitLab, Obsidian and whatever else draws it.

No word of a map is an id or markup there: ids are counted, and what Mermaid, Markdown or HTML gives
a meaning is written as a number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

from argmap.render.entries import EMPTY
from argmap.render.theme import LIGHT, of_mark, of_role
from argmap.text import printable, quantity
from argmap.view import Card, Inference, Mark, Role, View

LONGEST, MOST_LINKS = 50_000, 500
"""What Mermaid draws at most unless told otherwise, in characters and links; only a program that
shows a flowchart can tell it otherwise, no flowchart can.
"""

_SPECIAL = re.compile(
    r"""["\#&<>`$%:;\\*_~^@{}\[\]()|=]  # strings, entities, HTML, Markdown, math, directives, icons
    | ﬂ(?=°) | ¶(?=ß)                   # of which Mermaid makes its own marks
    | ^[-+](?=\s) | ^\d+[.)](?=\s)      # a list of Markdown
    | (?<=\w)\.(?=\w) | (?<=/)/         # what looks like an address
    """,
    re.VERBOSE,
)
_READ = re.compile(r"\$(?=\$)|\bfa[a-z]?(?=:fa-)")  # math and icons, even if written as numbers
_ALIKE = str.maketrans("&<>%", "＆‹›％")  # a title is read as HTML and then shown as text
_SIGNS = {Mark.SUPPORT: " + ", Mark.ATTACK: " − ", Mark.UNDERCUT: " × "}


def mermaid(view: View, tell: Callable[[str], object], *, down: bool = True) -> str:
    """*view* as a flowchart. *tell* hears where it is larger than most programs draw."""
    links = list(_links(view))
    lines = [
        *_front(view),
        f"flowchart {'BT' if down else 'RL'}",
        "  accTitle: Argument map",
        f"  accDescr: {quantity(len(view.cards), 'card')} and "
        f"{quantity(len(view.inferences), 'link')}",
        *_boxes(view),
        *(f"  {link}" for link, _ in links),
        *_styles(view, [colour for _, colour in links]),
    ]
    made = "\n".join(lines) + "\n"
    if len(made) > LONGEST or len(links) > MOST_LINKS:
        tell(
            f"this flowchart has {len(made)} characters and {len(links)} links, and Mermaid draws "
            f"{LONGEST} and {MOST_LINKS} at most unless its maxTextSize and maxEdges are set where "
            "it is shown; show less of the map with --depth or --focus, or write .svg"
        )
    return made


def _front(view: View) -> Iterator[str]:
    yield "---"
    part = f"Part of the map: {view.partial}" if view.partial else ""
    named = " — ".join(words for words in (view.title, part) if words)
    if title := " ".join(printable(named).split()).translate(_ALIKE):
        yield f"title: {json.dumps(title, ensure_ascii=False)}"
    yield "config:"
    yield "  theme: base"
    yield f'  themeVariables: {{edgeLabelBackground: "{LIGHT["bg"]}"}}'
    yield "  flowchart: {curve: basis, nodeSpacing: 30, rankSpacing: 45, wrappingWidth: 240}"
    yield "---"


# --- boxes


def _boxes(view: View) -> Iterator[str]:
    """The cards and joints: those of a group inside it, a joint where its premises stand."""
    if not view.cards:
        yield f'  s0["{EMPTY}"]'
    group_of = {id: g.id for g in view.groups for id in g.cards}
    inside: dict[str, list[str]] = {}
    for n, card in enumerate(view.cards):
        inside.setdefault(group_of.get(card.id, ""), []).append(_card(n, card))
    for n, i in enumerate(view.inferences):
        if i.joint:
            around = {group_of.get(t, "") for t in i.tails}
            where = around.pop() if len(around) == 1 else ""
            kind = f"{of_mark(i.mark)}-joint"
            joint = f'j{n}(("{_SIGNS.get(i.mark, " ~ ")}")):::{kind}'
            inside.setdefault(where, []).append(joint)
    for n, g in enumerate(view.groups):
        yield f'  subgraph g{n}["{said(g.title) or " "}"]'
        yield from (f"    {box}" for box in inside.get(g.id, ()))
        yield "  end"
    yield from (f"  {box}" for box in inside.get("", ()))


def _card(n: int, card: Card) -> str:
    role = "" if card.role is Role.CLAIM else card.role.value
    head = ", ".join(p for p in (said(card.whole_credit), role) if p)
    lines = [f"<b>{card.number}</b> {head}".rstrip()]
    title = f"<b>{words}</b>#58; " if (words := said(card.title)) else ""
    lines.append(title + said(card.text) + (" (unstated)" if card.unstated else ""))
    if source := said(card.source):
        lines.append(f"<i>{source}</i>")
    if known := said("; ".join(remark.words for remark in card.remarks)):
        lines.append(f"<i>{known}</i>")
    if card.hidden:
        lines.append(f"{card.hidden} more below")
    kind = card.role.name.lower() + ("-unstated" if card.unstated else "")
    return f's{n}["{"<br/>".join(line for line in lines if line)}"]:::{kind}'


def said(text: str) -> str:
    """*text* on one line, for a label between quotation marks, that is shown as it stands.

    >>> print(said('a "b" <c> & #1'))
    a #34;b#34; #60;c#62; #38; #35;1
    """
    words = _READ.sub("\\g<0>\u2060", " ".join(printable(text).split()))
    return _SPECIAL.sub(lambda m: "".join(f"#{ord(c)};" for c in m[0]), words)


# --- links


def _links(view: View) -> Iterator[tuple[str, str]]:
    """Every link that is drawn, in order, and the name of its colour."""
    named = {c.id: f"s{n}" for n, c in enumerate(view.cards)}
    named |= {i.id: f"j{n}" for n, i in enumerate(view.inferences)}
    for i in view.inferences:
        colour = of_mark(i.mark)
        for tail in i.tails if i.joint else ():
            yield f"{named[tail]} --- {named[i.id]}", colour
        start = named[i.id if i.joint else i.tails[0]]
        yield f"{start} {_line(i)} {named[i.head]}", colour


def _line(i: Inference) -> str:
    word = i.bears or (i.mark.value if i.mutual or i.mark.is_lateral else "")
    label = f'|"{said(word)}"|' if word else ""
    match i.mark:
        case Mark.SUPPORT:
            line = "-->"
        case Mark.ATTACK:
            line = "-.-x"
        case Mark.UNDERCUT | Mark.TENSION | Mark.PAST:
            line = "-.-o"
        case Mark.CONTRADICT | Mark.AGREE:
            line = "<==>"
    if i.mutual:
        line = "<==>"
    return line + label


def _styles(view: View, colours: list[str]) -> Iterator[str]:
    """How cards, joints and links look, each only where it occurs."""
    for role in Role:
        colour = of_role(role)
        main = role is Role.CLAIM
        fill = LIGHT["claim"] if main else LIGHT[f"{colour}-tint"]
        ink = LIGHT["claim-ink"] if main else LIGHT["ink"]
        for unstated, dash in ((False, ""), (True, ",stroke-dasharray:5 4")):
            if any(c.role is role and c.unstated == unstated for c in view.cards):
                name = role.name.lower() + ("-unstated" if unstated else "")
                yield f"  classDef {name} fill:{fill},stroke:{LIGHT[colour]},color:{ink}{dash}"
    for colour in dict.fromkeys(of_mark(i.mark) for i in view.inferences if i.joint):
        fill, ink = LIGHT[colour], LIGHT["sign"]
        yield f"  classDef {colour}-joint fill:{fill},stroke:{ink},color:{ink}"
    for colour in dict.fromkeys(colours):
        numbers = ",".join(str(n) for n, c in enumerate(colours) if c == colour)
        yield f"  linkStyle {numbers} stroke:{LIGHT[colour]},stroke-width:2px"
