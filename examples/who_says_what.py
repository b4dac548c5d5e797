"""Who holds what, in which paragraph, and what is only reported: a table from a position map.

Run:  python examples/who_says_what.py
"""

from pathlib import Path

import argmap

MAPS = Path(__file__).parent.parent / "maps"

for claim in argmap.load(MAPS / "rumer.argdown").debate.claims:
    for wording in claim.wordings:
        who = f"{wording.of} (as reported by {wording.by})" if wording.of else wording.by
        where = ", ".join(c.at for c in wording.cited)
        print(f"{where:5} {who:65} {wording.voice.value:10} {claim.title}")
