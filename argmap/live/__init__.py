"""Following a map while it is written: noticing changes, and a page that shows them at once."""

from argmap.live.board import Board
from argmap.live.server import PORT, Server
from argmap.live.shown import Shown, drawn
from argmap.live.watching import Watch

__all__ = ["PORT", "Board", "Server", "Shown", "Watch", "drawn"]
