"""Draw the pictures of the documentation into a folder.

Run:  python examples/pictures.py docs/pictures
"""

import re
import sys
import tempfile
from pathlib import Path

import argmap

ROOT = Path(__file__).parent.parent
named = sys.argv[1:] if __name__ == "__main__" else []
folder = Path(named[0]) if named else Path.cwd()
folder.mkdir(parents=True, exist_ok=True)

for name in ("rumer", "kaczmarski", "rumer-vs-kaczmarski"):
    argmap.load(ROOT / "maps" / f"{name}.argdown").render(folder / f"{name}.svg", theme="light")

# the tutorial's debate: the last state of each file that its page writes
tutorial = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
with tempfile.TemporaryDirectory() as scratch:
    for part in tutorial.split("<!-- file: ")[1:]:
        file, _, rest = part.partition(" -->\n")
        body = rest.split("\n", 1)[1].split("```")[0]
        Path(scratch, file).write_text(body, encoding="utf-8")
    argmap.load(Path(scratch, "debate.argdown")).render(folder / "tutorial.svg", theme="light")

# the small maps of the language, each right above its picture
language = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
for part in language.split("```argdown\n")[1:]:
    body, _, rest = part.partition("```\n")
    if shown := re.match(r"\n!\[[^\]]*\]\(pictures/(language-\w+\.svg)\)", rest):
        argmap.loads(body).render(folder / shown[1], theme="light")
print(*sorted(p.name for p in folder.glob("*.svg")), sep="\n")
