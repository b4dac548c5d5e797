"""How large each card of a view is, and where on it each line of text stands."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Literal

from attrs import evolve, frozen

from argmap.layout.measure import width, wrap
from argmap.layout.plan import Box
from argmap.model.reference import reference
from argmap.view import Card, Role, Sort, View

BAR = 9.0
LEFT, RIGHT, TOP, BOTTOM = 18.0, 14.0, 11.0, 7.0
CHIP_SIZE, _CHIP_ROW = 11.0, 24.0


MARKED = 14.0
"""How far the words of a chip stand from its edge, more, if a mark stands before them."""

MARKS = (Sort.STANDS, Sort.FALLS, Sort.OPEN, Sort.VOTES)


class Ink(enum.Enum):
    """What a piece of text is, which is what decides its colour."""

    NUMBER = "number"
    CREDIT = "credit"
    PLAIN = "plain"  # roles, manners, sources
    CHIP = "chip"
    BODY = "body"


@frozen
class Piece:
    """A run of text on a card: its baseline begins at (x, y) from the card's top left corner.

    *width* is how wide it is by our measure, and never more than the card leaves room for. A
    chip has a frame around it: a whole one for what a text says or somebody accepts, a dashed one
    for what the mapper says or somebody rejects; *sort* is the mark in front of its words, and
    *speaker* whose colour it has.
    """

    text: str
    x: float
    y: float
    size: float
    ink: Ink
    bold: bool
    width: float
    chip: Literal["", "whole", "dashed"] = ""
    sort: Sort | None = None
    speaker: str = ""


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


def sheets(view: View, card_width: float, *, sources: bool = True) -> tuple[Sheet, ...]:
    """Every card of *view* at *card_width* points; claims that nothing hangs above are wider.
    Without *sources*, they do not say where a claim stands.
    """
    numbers = {c.id: c.number for c in view.cards}
    only = _only_source(view)
    return tuple(
        _reference(c, numbers.get(c.sees, ""), card_width)
        if c.sees
        else _full(c, card_width, _place(c, only) if sources else "")
        for c in view.cards
    )


def _only_source(view: View) -> str:
    """What all cards call the one source of *view*, which stands below the map; "" if there are
    several.
    """
    if len(view.sources) != 1:
        return ""
    below = reference(view.sources[0])
    notes = [note for c in view.cards for note, _ in c.cited if note]
    names = (view.sources[0].key, view.sources[0].title)
    return next(
        (
            n
            for n in names
            if n and n in below and all(f"{note} ".startswith(f"{n} ") for note in notes)
        ),
        "",
    )


def _place(card: Card, only: str) -> str:
    """Where *card* stands in its sources, of which the *only* one need not be named."""
    if not only:
        return card.source
    notes = dict.fromkeys(note[len(only) :].strip() for note, _ in card.cited if note)
    return "; ".join(n for n in notes if n)


def _full(card: Card, card_width: float, place: str) -> Sheet:
    main = card.role is Role.CLAIM
    size = 16.5 if main else 14.0
    across = card_width + (28.0 if main else 0.0)
    room = across - LEFT - RIGHT
    head, y, placed = _header(card, place, room)
    pieces = list(head)
    if card.title:
        y = _lines(pieces, wrap(card.title, size, room, bold=True), y, size, Ink.BODY, bold=True)
    y = _lines(pieces, wrap(card.text, size, room, bold=main), y, size, Ink.BODY, bold=main)
    if card.unstated:
        y = _lines(pieces, ("(unstated)",), y, 11.0, Ink.PLAIN)
    if place and not placed:
        y = _lines(pieces, wrap(place, 11.0, room), y + 1.0, 11.0, Ink.PLAIN)
    y = _chips(pieces, _said(card), y, room)
    return Sheet(card, across, round(y + BOTTOM + 2.0, 1), tuple(pieces))


def _header(card: Card, place: str, room: float) -> tuple[list[Piece], float, bool]:
    """Number, who, the part it plays, and where it stands, if there is room for that; then, if
    words are needed, in what manner. Where that ends, and whether *place* is there.
    """
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
        x += role.width + 7.0
    elif manner:  # there is a line for words anyway
        manner = f"{role.text}, {manner}"
    for line in wrap(manner, 11.0, room) if manner else ():
        y += 14.0
        pieces.append(_piece(line, 0.0, y, 11.0))
        x = pieces[-1].width + 7.0
    at = _piece(place, x, y, 11.0)
    placed = bool(place) and at.x - LEFT + at.width <= room + 4.0
    pieces += [at] * placed
    return pieces, y + 8.0, placed


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
    y = _chips(pieces, _said(card)[:1], y + 4.0, room) - 4.0 if card.bears else y
    lines = wrap(card.text, 12.5, room)
    if len(lines) > 2:
        lines = (lines[0], _shortened(lines[1], 12.5, room))
    y = _lines(pieces, lines, y + 6.0, 12.5, Ink.PLAIN)
    return Sheet(card, card_width, round(y + BOTTOM + 1.0, 1), tuple(pieces))


def _said(card: Card) -> list[Piece]:
    """What stands on *card* in frames, not yet in its place."""
    said: list[Piece] = []
    if card.bears:
        chip: Literal["whole", "dashed"] = "dashed" if card.inferred else "whole"
        said.append(evolve(_framed(card.bears), chip=chip))
    for r in card.remarks:
        against = r.sort in (Sort.REJECTS, Sort.FALLS)
        piece = _framed(r.words)
        said.append(
            evolve(piece, chip="dashed" if against else "whole", sort=r.sort, speaker=r.speaker)
        )
    if card.hidden:
        said.append(_framed(f"+{card.hidden} below"))
    return said


def _framed(words: str) -> Piece:
    return evolve(_piece(words, 0.0, 0.0, CHIP_SIZE, Ink.CHIP, bold=True), chip="whole")


def _chips(pieces: list[Piece], said: Sequence[Piece], y: float, room: float) -> float:
    """Add *said* in rows below *y*; where they end."""
    x, first = 0.0, True
    for piece in said:
        mark = MARKED if piece.sort in MARKS else 0.0
        wide = piece.width + mark + 16
        if wide > room:  # its words stand without a frame
            y = _lines(pieces, wrap(piece.text, CHIP_SIZE, room), y + 4.0, CHIP_SIZE, Ink.PLAIN)
            first = True
            continue
        if first or x + wide > room:
            x, y, first = 0.0, y + _CHIP_ROW, False
        pieces.append(evolve(piece, x=LEFT + x + mark + 8, y=y - 6.0))
        x += wide + 6
    return y + 2.0 if said else y


def _shortened(line: str, size: float, room: float, *, bold: bool = False) -> str:
    """*line* with an ellipsis, whole words as far as they fit."""
    words = wrap(line, size, room, bold=bold)[0].split()
    while words and width(" ".join([*words, "…"]), size, bold=bold) > room:
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
