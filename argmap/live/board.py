"""What is shown now, kept for all who look: the page, and the one before if there are errors."""

from __future__ import annotations

import threading

from attrs import define, field

from argmap.live.page import Page, composed
from argmap.live.shown import Shown


@define
class Board:
    """What browsers are shown of the file called *name*; many threads may look at once."""

    name: str
    _good: Shown = field(factory=Shown, init=False)
    _page: Page = field(init=False)
    _turned: threading.Condition = field(factory=threading.Condition, init=False)
    _closed: bool = field(default=False, init=False)

    @_page.default
    def _nothing(self) -> Page:
        return composed(Shown(), Shown(), self.name)

    @property
    def page(self) -> Page:
        """The page as it is now."""
        return self._page

    def picture(self) -> str:
        """The picture on it; "" if there is none, or several."""
        return self._good.picture()

    def show(self, shown: Shown) -> None:
        """Put *shown* there; if it has failed, what it says comes to what was there before."""
        if not shown.failed:
            self._good = shown
        page = composed(shown, self._good, self.name)
        with self._turned:
            self._page = page
            self._turned.notify_all()

    def close(self) -> None:
        """Nobody need wait any longer."""
        with self._turned:
            self._closed = True
            self._turned.notify_all()

    def wait(self, version: str, seconds: float) -> str | None:
        """The version of the page, as soon as it is not *version*, or after so many *seconds*.

        None when the board is closed.
        """
        with self._turned:
            self._turned.wait_for(lambda: self._closed or self._page.version != version, seconds)
            return None if self._closed else self._page.version
