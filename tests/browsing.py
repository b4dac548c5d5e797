"""A real browser for tests, if there is one: one for all of them, with a fresh page for each."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
MISSING = " and ".join(
    name
    for name, found in (
        ("no program chromium on the path", CHROMIUM),
        ("no module playwright", importlib.util.find_spec("playwright")),
        ("no module axe_playwright_python", importlib.util.find_spec("axe_playwright_python")),
    )
    if not found
)
needs_browser = pytest.mark.skipif(bool(MISSING), reason=MISSING)

_FLAGS = (
    "--no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


@contextmanager
def started() -> Iterator[Browser]:
    """The browser that is installed; none is ever fetched."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=_FLAGS.split())
        yield browser
        browser.close()


class Opener:
    """Opens pages of a test from files, and keeps what went wrong in them and was asked for."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser, self.folder = browser, folder
        self.wrong: list[str] = []
        self.asked: list[str] = []
        self._pages = 0

    def __call__(self, body: str, *, at: str = "", **how: Any) -> Page:
        """The page *body*, at the place *at* of it; *how* is what a context takes."""
        how = {"reduced_motion": "reduce", "viewport": {"width": 1280, "height": 720}, **how}
        self._pages += 1
        path = self.folder / f"page-{self._pages}.html"
        path.write_text(body, encoding="utf-8")
        context = self.browser.new_context(**how)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda m: self.wrong.append(m.text) if m.type != "log" else None)
        page.on("pageerror", lambda e: self.wrong.append(str(e)))
        page.on("request", lambda r: self.asked.append(r.url))
        page.goto(path.as_uri() + at)
        return page

    def close(self) -> None:
        for context in self.browser.contexts:
            context.close()
