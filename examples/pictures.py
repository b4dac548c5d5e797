"""Draw the pictures of the documentation into a folder.

Run:  python examples/pictures.py docs/pictures

In docs/gallery.md and docs/cookbook.md, a picture is what the command above it draws, and in
docs/language.md, it is of the map above it. Of a poster and of pages, which are no pictures, one is
taken if a folder is named: that needs typst, and Chromium with Playwright.
"""

import contextlib
import re
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

import argmap
from argmap.cli import main

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def gallery(folder: Path) -> None:
    """Run the commands of the gallery and the cookbook, and keep the pictures that they draw."""
    for name in ("gallery.md", "cookbook.md"):
        page = (DOCS / name).read_text(encoding="utf-8")
        for command in re.findall(r"^\$ argmap (\w+ .* -o \S+)$", page, re.M):
            main(shlex.split(command), standalone_mode=False)
    for picture in sorted(Path().glob("*.svg")):
        shutil.copy(picture, folder)


def tutorial(folder: Path) -> None:
    """Draw the tutorial's debate: the last state of each file that its page writes."""
    for part in (DOCS / "tutorial.md").read_text(encoding="utf-8").split("<!-- file: ")[1:]:
        file, _, rest = part.partition(" -->\n")
        body = rest.split("\n", 1)[1].split("```")[0]
        Path(file).write_text(body, encoding="utf-8")
    argmap.load("debate.argdown").render(folder / "tutorial.svg", size="a4")


def language(folder: Path) -> None:
    """Draw the small maps of the language, each right above its picture."""
    for part in (DOCS / "language.md").read_text(encoding="utf-8").split("```argdown\n")[1:]:
        body, _, rest = part.partition("```\n")
        if shown := re.match(r"\n!\[[^\]]*\]\(pictures/(language-\w+\.svg)\)", rest):
            argmap.loads(body).render(folder / shown[1])


def poster(folder: Path) -> None:
    """Lay the sheets of the gallery's poster side by side."""
    import typst

    sheets = "".join(f'image("poster.pdf", page: {n}, width: 300pt), ' for n in (1, 2))
    page = '#set page(width: auto, height: auto, margin: 6pt, fill: rgb("#C5CEDB"))'
    source = Path("sheets.typ")
    source.write_text(f"{page}\n#stack(dir: ltr, spacing: 6pt, {sheets})", encoding="utf-8")
    typst.compile(source, output=folder / "poster.png", format="png", ppi=102.0)


def on_screen(folder: Path) -> None:
    """Take pictures of pages: the gallery's, where it says what a step is about, and the handout
    of the cookbook.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(viewport={"width": 1200, "height": 640})
        page.goto(f"{Path('page.html').resolve().as_uri()}#step=8")
        page.wait_for_timeout(1000)
        page.screenshot(path=folder / "page.png")
        page.goto(Path("handout.html").resolve().as_uri())
        page.set_viewport_size({"width": 1000, "height": 900})
        page.screenshot(path=folder / "handout.png")
        browser.close()


named = sys.argv[1:] if __name__ == "__main__" else []
target = Path(*named[:1]).resolve()
target.mkdir(parents=True, exist_ok=True)
with tempfile.TemporaryDirectory() as scratch, contextlib.chdir(scratch):
    for name in ("maps", "examples"):
        Path(name).symlink_to(ROOT / name)
    gallery(target)
    if named:
        poster(target)
        on_screen(target)
    tutorial(target)
    language(target)
print(*sorted(p.name for p in target.glob("*.svg")), sep="\n")
