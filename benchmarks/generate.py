"""Debates of any size that are the same on every machine: as boxes for an engine, and as text.

A debate is grown claim by claim from a fixed seed. About one claim in six stands together with
others as premises of one step, and about one in thirty undercuts a step. There are three shapes:
a *forest* of trees of 60 claims, at most 8 levels deep; one *tree*, with up to four reasons under
each claim; and a *chain*, with one.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, field, replace

from argmap.layout.plan import Bond, Box

_TREE = 60  # claims in each tree of a forest
_DEEP = 8  # levels of such a tree
_CARD, _ROOT = 208.0, 236.0  # how wide argmap makes cards of a large map, in points
_SIGN = {"support": "+", "attack": "-", "undercut": "_"}

_WHO = (
    "The council|A report|The harbour|Every school|The old bridge|A tax|The hospital|Nobody".split(
        "|"
    )
)
_DOES = "needs|cannot pay for|depends on|would lose|has always had|argues against|improves".split(
    "|"
)
_WHAT = (
    "a second road to the north|cheaper trains|clean water|the trust of its neighbours"
    "|more than one answer|the new timetable|what the inquiry found|an open market"
).split("|")
_WHEN = (
    "|before the winter|since the last election|as long as the river can be crossed"
    "|whatever the experts may say|in towns that grow as quickly as ours"
).split("|")


@dataclass
class Claim:
    """A claim, by its place in the debate; what hangs below it, in order.

    *steps* are what bears on it as reason or objection: one claim, or several that work together.
    *undercuts* strike the step from this claim to the one above.
    """

    number: int
    part: str = "root"  # or support, attack, premise, undercut
    level: int = 0
    steps: list[list[Claim]] = field(default_factory=list)
    undercuts: list[Claim] = field(default_factory=list)


def grow(shape: str, count: int) -> list[Claim]:
    """The roots of a debate of *count* claims, numbered from 0."""
    chance = random.Random(count)
    roots: list[Claim] = []
    open_: list[Claim] = []
    room: dict[int, int] = {}
    made = 0

    def new(part: str, level: int) -> Claim:
        nonlocal made
        claim = Claim(made, part, level)
        made += 1
        if shape == "forest":
            room[claim.number] = chance.choice((0, 1, 2, 2, 3, 4)) if level else 4
        else:
            room[claim.number] = 1 if shape == "chain" else chance.choice((2, 3, 4))
        if room[claim.number] and (shape != "forest" or level < _DEEP - 1):
            open_.append(claim)
        return claim

    while made < count:
        if not open_ or (shape == "forest" and made >= _TREE * len(roots)):
            open_.clear()
            roots.append(new("root", 0))
            continue
        at = chance.randrange(len(open_)) if shape == "forest" else 0
        above = open_[at]
        left, dice = count - made, chance.random()
        if shape != "chain" and dice < 0.05 and above.part in ("support", "attack"):
            above.undercuts.append(new("undercut", above.level + 1))
        elif shape != "chain" and dice < 0.12 and left >= 2:
            many = min(left, chance.choice((2, 2, 3)))
            above.steps.append([new("premise", above.level + 1) for _ in range(many)])
        else:
            part = "attack" if chance.random() < 0.35 else "support"
            above.steps.append([new(part, above.level + 1)])
        room[above.number] -= 1
        if not room[above.number]:
            open_.remove(above)
    return roots


def boxes_and_bonds(shape: str, count: int) -> tuple[list[Box], list[Bond]]:
    """The debate as a layout engine sees it: cards of one to six lines, in reading order."""
    chance = random.Random(count)
    boxes: list[Box] = []
    bonds: dict[str, Bond] = {}
    ahead = [(root, "") for root in reversed(grow(shape, count))]
    while ahead:
        claim, own = ahead.pop()
        lines = chance.choice((1, 2, 2, 3, 3, 3, 4, 4, 5, 6))
        width = _CARD if claim.level else _ROOT
        boxes.append(Box(f"c{claim.number}", width, round(54.0 + 18.5 * lines, 1)))
        below: list[tuple[Claim, str]] = []
        for step in claim.steps:
            bond = Bond(
                f"b{step[0].number}",
                tuple(f"c{c.number}" for c in step),
                f"c{claim.number}",
                joint=len(step) > 1,
            )
            bonds[bond.id] = bond
            below += [(c, bond.id) for c in step]
        for undercut in claim.undercuts:
            bonds[own] = struck(bonds[own])
            bond = Bond(f"b{undercut.number}", (f"c{undercut.number}",), own)
            bonds[bond.id] = bond
            below.append((undercut, bond.id))
        ahead += reversed(below)
    return boxes, list(bonds.values())


def struck(bond: Bond) -> Bond:
    """*bond* with a joint: that is where it is struck."""
    return Bond(bond.id, bond.tails, bond.head, joint=True)


def argdown(count: int) -> str:
    """A forest of *count* titled statements as Argdown text, which both programs can read."""
    chance = random.Random(count)
    lines = ["===", f"title: A debate of {count} statements", "===", ""]

    def stated(claim: Claim) -> str:
        words = (chance.choice(part) for part in (_WHO, _DOES, _WHAT, _WHEN))
        return f"[S{claim.number}]: {' '.join(words).rstrip()}, as note {claim.number} has it."

    for root in grow("forest", count):
        ahead: list[tuple[Claim, int, str]] = [(root, 0, "")]
        later: list[tuple[Claim, list[Claim]]] = []
        while ahead or later:
            if not ahead:  # the premises of a step, numbered, after the tree that it belongs to
                head, step = later.pop(0)
                lines += ["", f"<Step {step[0].number}>", ""]
                ahead = [(c, 0, f"({n}) ") for n, c in enumerate(step, 1)]
                ahead.append((replace(head, steps=[], undercuts=[]), -1, f"({len(step) + 1}) "))
                ahead.reverse()
            claim, indent, mark = ahead.pop()
            if indent < 0:
                lines += ["----", f"{mark}[S{claim.number}]"]
                continue
            lines.append("  " * indent + mark + stated(claim))
            below = [step[0] for step in claim.steps if len(step) == 1] + claim.undercuts
            later += [(claim, step) for step in claim.steps if len(step) > 1]
            ahead += [(c, indent + 1, f"{_SIGN[c.part]} ") for c in reversed(below)]
        lines.append("")
    return "\n".join(lines) + "\n"


def clusters(count: int) -> str:
    """An Argdown text of *count* statements in clusters, with most of what Argdown has.

    A thesis has three sketched arguments, each with a statement of its own below it, bears on an
    earlier thesis, and is concluded by an argument with two premises. There is a heading every
    twenty theses; arguments have tags, and one thesis in seven has data.
    """
    chance = random.Random(count)
    lines = ["===", f"title: {count} statements", "===", ""]
    made = thesis = 0

    def words() -> str:
        said = (chance.choice(part) for part in (_WHO, _DOES, _WHAT, _WHEN))
        return f"{' '.join(said).rstrip()}, as {chance.choice(_WHO).lower()} has found."

    while made < count:
        if thesis % 20 == 0:
            lines += [f"# Part {thesis // 20 + 1}", ""]
        data = "" if thesis % 7 else f' {{page: {thesis}, note: "no {thesis}"}}'
        lines.append(f"[Thesis {thesis}]: {words()}{data}")
        made += 1
        for n, (sign, tag) in enumerate((("+", "pro"), ("-", "con"), ("+", "pro")), 1):
            lines.append(f"  {sign} <Argument {thesis}.{n}>: {words()} #{tag}")
            if made < count:
                lines.append(f"    {chance.choice('+-')} {words()}")
                made += 1
        if thesis:
            lines.append(f"  {chance.choice(('->', '+>'))} [Thesis {chance.randrange(thesis)}]")
        lines.append("")
        if made + 2 <= count:
            lines += [f"<Proof {thesis}>", "", f"(1) {words()}", f"(2) {words()}", "----"]
            lines += [f"(3) [Thesis {thesis}]", ""]
            made += 2
        thesis += 1
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    made = {"argdown": argdown, "clusters": clusters}[sys.argv[1]]
    print(made(int(sys.argv[2])), end="")
