"""Noticing that a map, or a text that it names, has changed.

Files are looked at in turn, a few times a second. That needs no library, and works where events
are not told: on network drives, and in folders shared with a container.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from attrs import define, field

from argmap import api
from argmap.text import Text

_PAUSE = 0.2  # seconds between two looks
_CALM = 0.06  # for which nothing may move before it is read
_GONE = 1.0  # for which a file that was there may be missing: editors put a new one in its place
_LONGEST = 2.0  # that anything is waited for

_Stamp: TypeAlias = "tuple[int, int, int] | None"


@define
class Watch:
    """The map in the file called *name*, all files that it names, and those that are *also* named.

    Files that are missing are watched too: they may come.
    """

    name: str
    also: tuple[str, ...] = ()
    _stood: dict[str, _Stamp] = field(factory=dict, init=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The files that are watched."""
        return tuple(self._stood)

    def begin(self) -> None:
        """From now on the map is read: what changes later is noticed."""
        self._stood.clear()
        for name in (api.numbered(self.name)[0], *self.also):
            self._look_at(name)

    def look(self) -> None:
        """Make sure that the map is no pipe, which would be waited for. Raises OSError."""
        path = Path(api.numbered(self.name)[0])
        if path.exists() and not path.is_file() and not path.is_dir():
            raise OSError(errno.EINVAL, "it is no ordinary file", str(path))

    def fetch(self, name: str, beside: str) -> Text:
        """As `argmap.api.fetch`; and the file is watched, also if it is not there."""
        # before it is read, so that nothing falls between the two
        self._look_at(str(api.beside_of(name, beside)))
        return api.fetch(name, beside)

    def _look_at(self, name: str) -> None:
        self._stood.setdefault(name, _stamp(name))

    def changed(self) -> bool:
        """Whether any of the files is not what it was when it was read."""
        return any(_stamp(name) != stood for name, stood in self._stood.items())

    def wait(self, pause: Callable[[float], object] = time.sleep) -> None:
        """Come back when something has changed, and a burst of changes is over."""
        while not self.changed():
            pause(_PAUSE)
        last, waited = None, 0.0
        while waited < _LONGEST:
            now = {name: _stamp(name) for name in self._stood}
            gone = any(now[name] is None and stood for name, stood in self._stood.items())
            if now == last and (not gone or waited >= _GONE):
                return
            last = now
            pause(_CALM)
            waited += _CALM


def _stamp(name: str) -> _Stamp:
    """What changes when the file called *name* does; None if there is none.

    Not its inode, which some network drives make up anew.
    """
    try:
        s = Path(name).stat()
    except (OSError, ValueError):
        return None
    return s.st_mtime_ns, s.st_ctime_ns, s.st_size
