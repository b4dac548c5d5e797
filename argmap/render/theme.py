"""Colours, by what they are for. Every pair of text and ground has a contrast of 4.5 or more."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from argmap.view import Mark, Role

FONT = "Arimo, Arial, Helvetica, 'Liberation Sans', sans-serif"
AUTHORS = 6  # as many have a colour; beyond that, names only


@frozen
class Theme:
    """A colour for each name that the painter uses.

    ``author-0`` and so on are on cards, ``author-0-claim`` on the cards of main claims.
    """

    name: str
    colours: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.colours[name]


def _theme(name: str, common: str, authors: str, on_claims: str) -> Theme:
    colours = dict(pair.split("=") for pair in common.split())
    for i, (plain, claim) in enumerate(zip(authors.split(), on_claims.split(), strict=True)):
        colours[f"author-{i}"], colours[f"author-{i}-claim"] = plain, claim
    return Theme(name, MappingProxyType(colours))


_DEEP = "#0B5CAD #9A5B00 #A3195B #475569 #00708A #7A3E1D"
_BRIGHT = "#6FB1FF #F2B45C #F590BB #B3C0D0 #5FC6DC #E0A98A"

LIGHT = _theme(
    "light",
    "bg=#FFFFFF ink=#111827 grey=#5B6472 hairline=#D5DAE1 group=#F5F6F8 group-line=#E1E5EA "
    "support=#0B7A5C attack=#C2410C undercut=#6D3FC0 contradict=#111827 other=#475569 "
    "support-tint=#EFF8F4 attack-tint=#FDF2EC undercut-tint=#F4F0FC other-tint=#F5F6F8 "
    "claim=#17202E claim-ink=#FFFFFF claim-grey=#C5CEDB sign=#FFFFFF",
    _DEEP,
    _BRIGHT,
)
DARK = _theme(
    "dark",
    "bg=#0F141B ink=#EEF2F7 grey=#A3AFBF hairline=#374151 group=#151B24 group-line=#2A3441 "
    "support=#3CC79A attack=#FF8A5B undercut=#B69CFF contradict=#EEF2F7 other=#A9B7C9 "
    "support-tint=#14261F attack-tint=#2B1B14 undercut-tint=#211B33 other-tint=#1A212B "
    "claim=#EEF2F7 claim-ink=#0F141B claim-grey=#445061 sign=#0F141B",
    _BRIGHT,
    _DEEP,
)
THEMES: Mapping[str, Theme] = MappingProxyType({"light": LIGHT, "dark": DARK})


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


def of_role(role: Role) -> str:
    """The name of the colour of a card; its ground is that with ``-tint``, a claim's is itself."""
    match role:
        case Role.CLAIM:
            return "claim"
        case Role.REASON:
            return "support"
        case Role.OBJECTION:
            return "attack"
        case Role.UNDERCUT:
            return "undercut"
