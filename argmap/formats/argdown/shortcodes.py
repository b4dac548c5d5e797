"""What ``:name:`` and ``.name.`` stand for in a text (Argdown's manual, "Shortcodes").

A symbol may have several names, and every name may stand between colons or between full stops.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_SYMBOLS = (
    "∀ A|∃ E|𝗢 O|𝗣 P|→ ->|↔ <->|¬ ~|∧ ^|∨ v|⊻ v_|◇ <>|◻ []|😀 happy|☺ smile smiley|😆 laugh lol|"
    "🤣 rofl|😂 joy|❤ heart|❓ ? question|😍 love|😉 wink|🤫 shush|😐 meh|🙄 eye-roll|😢 sad|"
    "😞 disappointed|😱 scream|👍 +1 up|👎 -1 down|🤔 think|⭐ star|✔ y agree|❌ n disagree"
)

SHORTCODES: Mapping[str, str] = MappingProxyType(
    {
        f"{mark}{name}{mark}": symbol
        for symbol, *names in (line.split() for line in _SYMBOLS.split("|"))
        for name in names
        for mark in ".:"
    }
    | {":smile:": "\u263a\ufe0f"}
)
"""The symbol for each shortcode, marks and all."""
