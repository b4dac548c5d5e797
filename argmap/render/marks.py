"""The small shapes of a picture: lines, heads, badges. All are plain paths with plain colours, so
that every rasteriser and office program shows what a browser shows.
"""

from __future__ import annotations

import math
from typing import Literal

from argmap.layout import Curve, Point
from argmap.render.ink import Ink
from argmap.render.theme import of_mark
from argmap.view import Mark, Sort

BADGE = 9.0
_LINE = 2.2

Head = Literal["triangle", "bar", "diamond", "ring"]


def number(value: float) -> str:
    """A coordinate to a tenth of a point, as short as it can be written.

    >>> number(3.0), number(2.25), number(-0.04)
    ('3', '2.2', '0')
    """
    short = f"{value:.1f}".removesuffix(".0")
    return "0" if short == "-0" else short


_n = number


def path(curve: Curve) -> str:
    """*curve* as the data of an SVG path."""
    start, *rest = (f"{_n(x)},{_n(y)}" for x, y in curve)
    return f"M{start}C{' '.join(rest)}"


def line(curve: Curve, mark: Mark, ink: Ink) -> str:
    """A link's line, in the pattern of *mark*."""
    colour = of_mark(mark)
    d = path(curve[::-1])  # from the head: dashes that end there lie on each other
    if mark in (Mark.CONTRADICT, Mark.AGREE):
        return (
            f'<path d="{d}" fill="none" {ink.stroke(colour)} stroke-width="6"/>'
            f'<path d="{d}" fill="none" {ink.stroke("bg")} stroke-width="2.4"/>'
        )
    dash = dashes(mark)
    pattern = f' stroke-dasharray="{dash}"' if dash else ""
    round_ = "" if mark is Mark.ATTACK else ' stroke-linecap="round"'
    return (
        f'<path d="{d}" fill="none" {ink.stroke(colour)} stroke-width="{_LINE}"{round_}{pattern}/>'
    )


def dashes(mark: Mark) -> str:
    """The dash pattern of a link; "" for a whole line."""
    match mark:
        case Mark.ATTACK:
            return "8 5"
        case Mark.UNDERCUT:
            return "2 4.5"
        case Mark.TENSION:
            return "11 5 1 5"
        case Mark.PAST:
            return "1 6"
        case Mark.SUPPORT | Mark.CONTRADICT | Mark.AGREE:
            return ""


def head_of(mark: Mark) -> Head:
    """The shape at the end of a link."""
    match mark:
        case Mark.SUPPORT:
            return "triangle"
        case Mark.ATTACK | Mark.CONTRADICT | Mark.AGREE:
            return "bar"
        case Mark.UNDERCUT:
            return "diamond"
        case Mark.TENSION | Mark.PAST:
            return "ring"


def headed(curve: Curve, mark: Mark, ink: Ink) -> tuple[Curve, str]:
    """*curve* cut back to make room for the head at its end, and the head."""
    x, y = curve[-1]
    dx, dy = _direction(curve)
    nx, ny = -dy, dx
    colour = of_mark(mark)
    x, y = x - dx * 1.5, y - dy * 1.5

    def at(back: float, aside: float) -> str:
        return f"{_n(x - dx * back + nx * aside)},{_n(y - dy * back + ny * aside)}"

    match head_of(mark):
        case "triangle":
            shape = f"M{at(0, 0)}L{at(10.5, 5)}L{at(10.5, -5)}Z"
            drawn, cut = f'<path d="{shape}" {ink.fill(colour)}/>', 9.5
        case "diamond":
            shape = f"M{at(0, 0)}L{at(5.5, 4.6)}L{at(11, 0)}L{at(5.5, -4.6)}Z"
            drawn = (
                f'<path d="{shape}" {ink.fill_stroke("bg", colour)} stroke-width="1.6" '
                'stroke-linejoin="round"/>'
            )
            cut = 11.0
        case "ring":
            cx, cy = x - dx * 4, y - dy * 4
            drawn = (
                f'<circle cx="{_n(cx)}" cy="{_n(cy)}" r="3.4" {ink.fill_stroke("bg", colour)} '
                'stroke-width="1.8"/>'
            )
            cut = 8.0
        case "bar":
            half = 6.5 if mark is Mark.ATTACK else 8.0
            shape = f"M{at(1.2, half)}L{at(1.2, -half)}"
            drawn = f'<path d="{shape}" fill="none" {ink.stroke(colour)} stroke-width="3.4"/>'
            cut = 2.2
    return (*curve[:-1], (x - dx * cut, y - dy * cut)), drawn


def _direction(curve: Curve) -> Point:
    """The direction in which *curve* arrives, of length 1."""
    x, y = curve[-1]
    for px, py in reversed(curve[:-1]):
        far = math.hypot(x - px, y - py)
        if far > 0.5:
            return (x - px) / far, (y - py) / far
    return 0.0, -1.0


def badge(at: Point, radius: float, mark: Mark, ink: Ink) -> str:
    """A disc with the sign of *mark*."""
    x, y = at
    k = radius * 0.46
    drawn = (
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" '
        f'{ink.fill_stroke(of_mark(mark), "bg")} stroke-width="2"/>'
    )
    match mark:
        case Mark.SUPPORT:
            sign = f"M{_n(x - k)},{_n(y)}h{_n(2 * k)}M{_n(x)},{_n(y - k)}v{_n(2 * k)}"
        case Mark.ATTACK:
            sign = f"M{_n(x - k)},{_n(y)}h{_n(2 * k)}"
        case Mark.UNDERCUT:
            c = k * 0.8
            sign = (
                f"M{_n(x - c)},{_n(y - c)}l{_n(2 * c)},{_n(2 * c)}"
                f"M{_n(x + c)},{_n(y - c)}l{_n(-2 * c)},{_n(2 * c)}"
            )
        case Mark.CONTRADICT:
            sign = f"M{_n(x - k)},{_n(y + k / 2)}l{_n(2 * k)},{_n(-k)}"
        case Mark.AGREE:
            sign = (
                f"M{_n(x - k)},{_n(y - k / 2)}h{_n(2 * k)}M{_n(x - k)},{_n(y + k / 2)}h{_n(2 * k)}"
            )
        case Mark.TENSION | Mark.PAST:
            sign = f"M{_n(x - k)},{_n(y)}q{_n(k / 2)},{_n(-k)} {_n(k)},0t{_n(k)},0"
    return (
        f'{drawn}<path d="{sign}" fill="none" {ink.stroke("sign")} '
        f'stroke-width="{_n(radius * 0.24)}" stroke-linecap="round"/>'
    )


def mark_of(sort: Sort, at: Point, ink: Ink, colour: str) -> str:
    """A small mark around *at* for what became of a claim: it repeats the words beside it."""
    x, y = at
    match sort:
        case Sort.STANDS:
            shape = f"M{_n(x - 4)},{_n(y)}l3,3.4l5.4,-7"
        case Sort.FALLS:
            shape = f"M{_n(x - 3.4)},{_n(y - 3.4)}l6.8,6.8m0,-6.8l-6.8,6.8"
        case Sort.OPEN:
            shape = f"M{_n(x - 4)},{_n(y)}h2m1,0h2m1,0h2"
        case Sort.VOTES:
            shape = f"M{_n(x - 3.6)},{_n(y + 4)}v-3.4m3.6,3.4v-8m3.6,8v-5.4"
        case Sort.ACCEPTS | Sort.REJECTS | Sort.UNSURE | Sort.CHANGED | Sort.REMOVED:
            return ""
    return (
        f'<path d="{shape}" fill="none" {ink.stroke(colour)} stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def along(curve: Curve, distance: float) -> Point:
    """The point *distance* points along *curve* from its start, or its end if it is shorter."""
    gone, last = 0.0, curve[0]
    for k in range((len(curve) - 1) // 3):
        steps = 1 if _is_straight(curve, 3 * k) else 24
        for step in range(1, steps + 1):
            point = _bezier(curve[3 * k : 3 * k + 4], step / steps)
            ahead = math.hypot(point[0] - last[0], point[1] - last[1])
            if gone + ahead >= distance and ahead:
                share = (distance - gone) / ahead
                return (
                    last[0] + (point[0] - last[0]) * share,
                    last[1] + (point[1] - last[1]) * share,
                )
            gone, last = gone + ahead, point
    return last


def length(curve: Curve) -> float:
    """How long *curve* is, to about a point."""
    gone, last = 0.0, curve[0]
    for k in range((len(curve) - 1) // 3):
        for step in range(1, 13):
            point = _bezier(curve[3 * k : 3 * k + 4], step / 12)
            gone += math.hypot(point[0] - last[0], point[1] - last[1])
            last = point
    return gone


def _is_straight(curve: Curve, at: int) -> bool:
    """Whether the piece of *curve* from point *at* goes straight on to its end."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = curve[at : at + 4]
    across, up = dx - ax, dy - ay
    off = abs((bx - ax) * up - (by - ay) * across) + abs((cx - ax) * up - (cy - ay) * across)
    return off < 1e-6 * (abs(across) + abs(up) + 1.0)


def _bezier(p: Curve, t: float) -> Point:
    u = 1.0 - t
    a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
    return (
        a * p[0][0] + b * p[1][0] + c * p[2][0] + d * p[3][0],
        a * p[0][1] + b * p[1][1] + c * p[2][1] + d * p[3][1],
    )
