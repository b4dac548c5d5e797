"""Colours, by what they are for. What is drawn with them can be told from its ground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from attrs import evolve, frozen

from argmap.errors import BadValue, UnknownName
from argmap.render.contrast import contrast
from argmap.view import Mark, Role, Sort

FONT = "Arimo, Arial, Helvetica, 'Liberation Sans', sans-serif"
AUTHORS = 6  # as many have a colour; beyond that, names only

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "bg": "the ground of pictures and pages",
        "ink": "text",
        "grey": "small text: numbers, roles, sources",
        "hairline": "thin rules that only separate",
        "support": "what supports: lines, borders, badges",
        "attack": "what objects",
        "undercut": "what undercuts a step",
        "contradict": "what contradicts",
        "other": "tensions, and what talks past each other",
        "support-tint": "the ground of a card with a reason",
        "attack-tint": "of an objection",
        "undercut-tint": "of an undercut",
        "other-tint": "of marked words and code in pages",
        "claim": "the ground of main claims",
        "claim-line": "their border",
        "claim-ink": "their text",
        "claim-grey": "their small text",
        "sign": "the signs on badges",
        "group": "the ground of a group of cards",
        "group-line": "its border",
        "stands": "words and marks for what stands",
        "falls": "for what falls",
        "open": "for what is undecided",
        "stands-claim": "the same three on main claims",
        "falls-claim": "",
        "open-claim": "",
        "focus": "the ring around what the keyboard is at",
        "hit": "the ring around what a search found",
    }
)
"""The colours that a theme has, and what they are for; beside them it has those of authors."""


@frozen
class Theme:
    """A colour for each of `NAMES`, and two for each of so many *authors*.

    ``author-0`` and so on are on cards, ``author-0-claim`` on the cards of main claims. If it has
    *patterns*, authors are told apart by these, and their colours are one. The border of main
    claims is *claim_border* points wide.
    """

    name: str
    colours: Mapping[str, str]
    authors: int = AUTHORS
    patterns: bool = False
    claim_border: float = 1.5

    def __getitem__(self, name: str) -> str:
        return self.colours[name]

    @property
    def scheme(self) -> Literal["light", "dark"]:
        """What kind it is, in the words of style sheets."""
        white, black = (contrast(self["bg"], c) for c in ("#FFFFFF", "#000000"))
        return "dark" if white > black else "light"


def _theme(name: str, common: str, authors: str, on_claims: str) -> Theme:
    colours = dict(pair.split("=") for pair in common.split())
    return Theme(name, with_authors(colours, authors.split(), on_claims.split()))


def with_authors(
    colours: Mapping[str, str], plain: Sequence[str], on_claims: Sequence[str]
) -> Mapping[str, str]:
    """*colours* with those of the authors, on cards and on main claims, under their names."""
    found = {name: colour for name, colour in colours.items() if name in NAMES}
    for i, (card, claim) in enumerate(zip(plain, on_claims, strict=True)):
        found[f"author-{i}"], found[f"author-{i}-claim"] = card, claim
    return MappingProxyType(found)


_DEEP = "#0B5CAD #9A5B00 #A3195B #475569 #00708A #7A3E1D"
_BRIGHT = "#6FB1FF #F2B45C #F590BB #B3C0D0 #5FC6DC #E0A98A"

LIGHT = _theme(
    "light",
    "bg=#FFFFFF ink=#111827 grey=#5B6472 hairline=#D5DAE1 "
    "support=#0B7A5C attack=#C2410C undercut=#6D3FC0 contradict=#111827 other=#475569 "
    "support-tint=#EFF8F4 attack-tint=#FDF2EC undercut-tint=#F4F0FC other-tint=#F5F6F8 "
    "claim=#17202E claim-line=#17202E claim-ink=#FFFFFF claim-grey=#C5CEDB sign=#FFFFFF "
    "group=#F5F6F8 group-line=#868E9B focus=#1D4ED8 hit=#B8107E "
    "stands=#0B7A5C falls=#B93C0A open=#5B6472 "
    "stands-claim=#3CC79A falls-claim=#FF8A5B open-claim=#C5CEDB",
    _DEEP,
    _BRIGHT,
)
DARK = _theme(
    "dark",
    "bg=#0F141B ink=#EEF2F7 grey=#A3AFBF hairline=#374151 "
    "support=#3CC79A attack=#FF8A5B undercut=#B69CFF contradict=#EEF2F7 other=#A9B7C9 "
    "support-tint=#14261F attack-tint=#2B1B14 undercut-tint=#211B33 other-tint=#1A212B "
    "claim=#EEF2F7 claim-line=#EEF2F7 claim-ink=#0F141B claim-grey=#445061 sign=#0F141B "
    "group=#171E28 group-line=#667180 focus=#7DB4FF hit=#FF9BE0 "
    "stands=#3CC79A falls=#FF8A5B open=#A3AFBF "
    "stands-claim=#0B6B50 falls-claim=#A8360A open-claim=#445061",
    _BRIGHT,
    _DEEP,
)
_BLACK = " ".join(["#111111"] * AUTHORS)
PRINT = evolve(
    _theme(
        "print",
        "bg=#FFFFFF ink=#111111 grey=#333333 hairline=#8A8A8A "
        "support=#111111 attack=#111111 undercut=#111111 contradict=#111111 other=#111111 "
        "support-tint=#FFFFFF attack-tint=#FFFFFF undercut-tint=#FFFFFF other-tint=#FFFFFF "
        "claim=#FFFFFF claim-line=#111111 claim-ink=#111111 claim-grey=#333333 sign=#FFFFFF "
        "group=#FFFFFF group-line=#111111 focus=#111111 hit=#111111 "
        "stands=#111111 falls=#111111 open=#111111 "
        "stands-claim=#111111 falls-claim=#111111 open-claim=#111111",
        _BLACK,
        _BLACK,
    ),
    patterns=True,
    claim_border=2.6,
)
THEMES: Mapping[str, Theme] = MappingProxyType({"light": LIGHT, "dark": DARK, "print": PRINT})


def resolved(theme: str | Theme) -> tuple[Theme, Theme | None]:
    """The theme that is asked for, and another for screens that are set to dark, if there is one.

    ``auto`` is the light theme, and the dark one on such screens.

    Raises:
        UnknownName: there is no theme of that name.
    """
    if isinstance(theme, Theme):
        return theme, None
    if theme == "auto":
        return LIGHT, DARK
    if theme in THEMES:
        return THEMES[theme], None
    if theme.endswith(".toml"):
        raise BadValue(f"{theme} is a file: give what argmap.load_theme({theme!r}) gives")
    raise UnknownName("theme", theme, ["auto", *THEMES], few=True)


def of_mark(mark: Mark) -> str:
    """The name of the colour of a link."""
    match mark:
        case Mark.SUPPORT | Mark.AGREE:
            return "support"
        case Mark.ATTACK:
            return "attack"
        case Mark.UNDERCUT:
            return "undercut"
        case Mark.CONTRADICT:
            return "contradict"
        case Mark.TENSION | Mark.PAST:
            return "other"


def of_sort(sort: Sort) -> str:
    """The name of the colour of a remark; on a main claim, that with ``-claim``."""
    match sort:
        case Sort.STANDS:
            return "stands"
        case Sort.FALLS:
            return "falls"
        case Sort.OPEN:
            return "open"
        case Sort.ACCEPTS | Sort.REJECTS | Sort.UNSURE | Sort.VOTES | Sort.CHANGED | Sort.REMOVED:
            return "grey"


def of_role(role: Role) -> str:
    """The name of the colour of a card's border; its ground is ``claim``, or ends in ``-tint``."""
    match role:
        case Role.CLAIM:
            return "claim-line"
        case Role.REASON:
            return "support"
        case Role.OBJECTION:
            return "attack"
        case Role.UNDERCUT:
            return "undercut"
