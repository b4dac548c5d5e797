"""A view as Markdown: a nested list that every Markdown program shows.

No word of a map becomes markup: what Markdown gives a meaning is written with a backslash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from argmap.model.reference import reference
from argmap.model.remarks import is_address
from argmap.render.entries import EMPTY, Entry, Mutual, Telling, part_of, telling, who_is
from argmap.text import printable
from argmap.view import Card, View

DEEPEST = 8  # levels that a list stands in: some programs read no more than nine

_SPECIAL = re.compile(
    r"""[\\`*_{}\[\]<>#|~&!$^@]         # emphasis, code, links, HTML, headings, tables
    | :(?=\S)                           # an address, an emoji by its name
    | (?<=\w)\.(?=[^\W\d])              # what looks like the name of a server
    """,
    re.VERBOSE,
)
_NO_LINK = re.compile(r"[<>\s`$\\]")  # some programs look for code and mathematics first
_LIST = re.compile(r"^(\d*)(?=[-+=.)])")  # what would begin a list, or underline a heading


def markdown(view: View) -> str:
    """*view* as a heading, a list of all that is claimed, the questions, and the sources.

    The list is at most `DEEPEST` levels deep; what lies deeper says what it bears on.
    """
    told = telling(view)
    blocks = [f"# {plain(view.title)}"] if plain(view.title) else []
    if part := part_of(view):
        blocks.append(f"*{plain(part)}*")
    if view.speakers:
        blocks.append("; ".join(begun(who_is(s)) for s in view.speakers))
    claims = [_item(e) for e in told.entries(DEEPEST)]
    blocks.append("\n".join(claims) if claims else EMPTY)
    asked = [f"- {begun(q.text)} {_numbers(q.cards, told)}" for q in view.questions]
    if asked:
        blocks += ["## Questions", "\n".join(asked)]
    groups = [f"- {begun(g.title)}: {_numbers(g.cards, told)}" for g in view.groups]
    if groups:
        blocks += ["## Groups", "\n".join(groups)]
    cited = [f"- {begun(note)}" for s in view.sources if (note := reference(s))]
    if cited:
        blocks += ["## Sources", "\n".join(cited)]
    return "\n\n".join(blocks) + "\n"


def plain(text: str) -> str:
    """*text* on one line, so written that Markdown shows it as it is.

    >>> print(plain("[not](a.link) & no *stress*"))
    \\[not\\](a\\.link) \\& no \\*stress\\*
    """
    return _SPECIAL.sub(r"\\\g<0>", " ".join(printable(text).split()))


def begun(text: str) -> str:
    """*text* as `plain` gives it, for the beginning of a line."""
    return _LIST.sub(r"\1\\", plain(text), count=1)


def _item(e: Entry | Mutual) -> str:
    """The line of one entry."""
    lead = "  " * e.level + "- "
    if isinstance(e, Mutual):
        parts = [f"*{plain(e.how)}*", _aside(e.aside)]
    elif e.card.sees:
        pointer = "back to" if e.looped else "see"
        parts = [f"{pointer} {_number(e.card)}, which *{plain(e.how)}:*"]
        parts += [plain(e.text), _dash(plain(e.who)), _aside(e.step, e.aside)]
    else:
        parts = [_number(e.card), f"*{plain(e.how)}:*" if e.how else ""]
        parts += [f"**{plain(e.card.title)}:**" if plain(e.card.title) else "", plain(e.text)]
        parts += ["(unstated)" if e.card.unstated else ""]
        parts += [_dash(plain(e.who)), plain(f"{{{e.remarks}}}" if e.remarks else ""), _link(e.url)]
        parts += [_aside(e.step, e.aside), f"*… {plain(e.more)}*" if e.more else ""]
    return lead + " ".join(p for p in parts if p)


def _link(url: str) -> str:
    """*url* so that it can be followed, if it is an address that Markdown takes as it is."""
    return f"<{url}>" if is_address(url) and not _NO_LINK.search(url) else plain(url)


def _dash(words: str) -> str:
    return f"— {words}" if words else ""


def _aside(*said: str) -> str:
    words = "; ".join(p for s in said if (p := plain(s)))
    return f"({words})" if words else ""


def _number(card: Card) -> str:
    return f"**{plain(card.number)}**"


def _numbers(cards: Iterable[str], told: Telling) -> str:
    return ", ".join(_number(told.view.by_id[c]) for c in cards)
