"""How large each card of a view is, and where on it each line of text stands."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Literal

from attrs import evolve, frozen

from argmap.layout.measure import width, wrap
from argmap.layout.plan import Box
from argmap.view import Card, Role, View

BAR = 9.0
LEFT, RIGHT, TOP, BOTTOM = 18.0, 14.0, 11.0, 7.0
TITLE_SIZE = 27.0


class Ink(enum.Enum):
    """What a piece of text is, which is what decides its colour."""

    NUMBER = "number"
    CREDIT = "credit"
    PLAIN = "plain"  # roles, manners, sources
    BODY = "body"


@frozen
class Piece:
    """A run of text on a card: its baseline begins at (x, y) from the card's top left corner.

    *width* is how wide it is by our measure, and never more than the card leaves room for. A
    chip has a frame around it: whole where a text says so, dashed where the mapper does.
    """

    text: str
    x: float
    y: float
    size: float
    ink: Ink
    bold: bool
    width: float
    chip: Literal["", "whole", "dashed"] = ""


@frozen
class Sheet:
    """A card with its size and everything written on it, in points."""

    card: Card
    width: float
    height: float
    pieces: tuple[Piece, ...]

    @property
    def box(self) -> Box:
        """What a layout engine sees of it."""
        return Box(self.card.id, self.width, self.height)


def sheets(view: View, card_width: float) -> tuple[Sheet, ...]:
    """Every card of *view* at *card_width* points; claims that nothing hangs above are wider."""
    numbers = {c.id: c.number for c in view.cards}
    return tuple(
        _reference(c, numbers[c.sees], card_width) if c.sees else _full(c, card_width)
        for c in view.cards
    )


def _full(card: Card, card_width: float) -> Sheet:
    main = card.role is Role.CLAIM
    size = 16.5 if main else 14.0
    across = card_width + (28.0 if main else 0.0)
    room = across - LEFT - RIGHT
    head, y = _header(card, room)
    pieces = list(head)
    if card.title:
        y = _lines(pieces, wrap(card.title, size, room, bold=True), y, size, Ink.BODY, bold=True)
    y = _lines(pieces, wrap(card.text, size, room, bold=main), y, size, Ink.BODY, bold=main)
    if card.unstated:
        y = _lines(pieces, ("(unstated)",), y, 11.0, Ink.PLAIN)
    if card.source:
        y = _lines(pieces, wrap(card.source, 11.0, room), y + 1.0, 11.0, Ink.PLAIN)
    if card.bears:
        pieces.append(_chip(card, y + 18.0))
        y += 25.0
    return Sheet(card, across, round(y + BOTTOM + 2.0, 1), tuple(pieces))


def _header(card: Card, room: float) -> tuple[list[Piece], float]:
    """Number, who, and the part it plays; then, if words are needed, in what manner."""
    pieces: list[Piece] = []
    y = TOP + 11.0
    number = _piece(card.number, 0.0, y, 11.5, Ink.NUMBER)
    x = number.width + 6.0 if card.number else 0.0
    if card.number:
        pieces.append(number)
    if card.credit:
        for n, line in enumerate(wrap(card.credit, 12.0, room, bold=True, indent=x)):
            if n:
                x, y = 0.0, y + 15.0
            if line:
                pieces.append(_piece(line, x, y, 12.0, Ink.CREDIT, bold=True))
                x += pieces[-1].width + 5.0
    role = _piece(card.role.value if card.credit or card.role is not Role.CLAIM else "claim", x, y)
    manner = card.manner
    if x + role.width <= room + 4.0:
        pieces.append(role)
    elif manner:  # there is a line for words anyway
        manner = f"{role.text}, {manner}"
    if manner:
        for line in wrap(manner, 11.0, room):
            y += 14.0
            pieces.append(_piece(line, 0.0, y, 11.0))
    return pieces, y + 8.0


def _reference(card: Card, number: str, card_width: float) -> Sheet:
    """Who, where it stands in full, and its first words."""
    room = card_width - LEFT - RIGHT
    y = TOP + 9.0
    pieces: list[Piece] = []
    x = 0.0
    if card.credit:
        lines = wrap(card.credit, 12.0, room, bold=True)
        for line in lines:
            pieces.append(_piece(line, 0.0, y, 12.0, Ink.CREDIT, bold=True))
            y += 15.0
        y -= 15.0
        x = pieces[-1].width + 5.0
    see = _piece(f"see {number}", x, y)
    if x + see.width > room:
        see = _piece(f"see {number}", 0.0, y + 15.0)
        y += 15.0
    pieces.append(see)
    if card.bears:
        y += 22.0
        pieces.append(_chip(card, y))
        y += 3.0
    lines = wrap(card.text, 12.5, room)
    if len(lines) > 2:
        lines = (lines[0], _shortened(lines[1], 12.5, room))
    y = _lines(pieces, lines, y + 6.0, 12.5, Ink.PLAIN)
    return Sheet(card, card_width, round(y + BOTTOM + 1.0, 1), tuple(pieces))


def _chip(card: Card, y: float) -> Piece:
    """What the link to another speaker is, in a frame."""
    words = _piece(card.bears, 8.0, y, 11.0, Ink.CREDIT, bold=True)
    return evolve(words, chip="dashed" if card.inferred else "whole")


def _shortened(line: str, size: float, room: float) -> str:
    """*line* with an ellipsis, whole words as far as they fit."""
    words = line.split()
    while words and width(" ".join([*words, "…"]), size) > room:
        words.pop()
    return " ".join([*words, "…"])


def _piece(
    text: str, x: float, y: float, size: float = 12.0, ink: Ink = Ink.PLAIN, *, bold: bool = False
) -> Piece:
    return Piece(text, LEFT + x, y, size, ink, bold, width(text, size, bold=bold))


def _lines(
    pieces: list[Piece],
    lines: Sequence[str],
    y: float,
    size: float,
    ink: Ink,
    *,
    bold: bool = False,
) -> float:
    """Add *lines* below *y*; where they end."""
    leading = size * 1.32 if size > 12 else size + 4.0
    for line in lines:
        pieces.append(_piece(line, 0.0, y + size * 0.98, size, ink, bold=bold))
        y += leading
    return y
