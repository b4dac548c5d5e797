"""How long it takes to compare, merge and tell apart maps, beside peers; prints it as JSON.

    python benchmarks/together.py [--rounds N] [--argdown PATH]

Three things are measured, all on texts that are the same on every machine.

*Voices*: the whole process of comparing two of the eleven voices of ``maps/will-it-hold.argdown``,
of printing its matrix, and of drawing it, by author and by issue, on A3. The peer is the official
Argdown CLI, which writes the same debate, in one file, as JSON: it reads, and compares nothing.

*Positions*: two positions of 5 000 claims each meet in a debate with 2 500 links between them.
Measured is ``argmap.compare`` of the debate as loaded, and the whole process. The peer is the same.

*Changes*: two maps of 10 000 claims, of which every tenth was reworded, moved, taken out or put in,
are told apart and merged, as loaded. The peers are ``git diff --no-index --word-diff`` of the two
texts and ``git merge-file`` of them: compiled programs that know lines, and no claims.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import generate
import programs
from programs import Official

import argmap

MAPS = Path(__file__).parents[1] / "maps"
SENSES = ("clash", "tension", "qualifies", "agrees", "past")


def position(name: str, count: int) -> str:
    """*count* claims of one speaker."""
    body = generate.argdown(count)
    return body.replace("===\n", f"===\nspeaker: {name}\n", 1).replace("note", f"{name}’s note")


def debate(count: int, links: int) -> str:
    """A debate of two positions of *count* claims: so many *links*, on a hundred questions."""
    chance = random.Random(count)
    lines = ["===", "positions: [ana.argdown, tom.argdown]", "===", ""]
    for n in range(links):
        if n % max(1, links // 100) == 0:
            lines += [f"# Is it so, number {n}?", ""]
        sense = chance.choice(SENSES)
        sign = "+" if sense == "agrees" else "-"
        one, two = chance.randrange(count), chance.randrange(count)
        why = f'{{link: {{as: {sense}, about: fact, because: "they differ"}}}}'
        lines += [f"[Ana: S{one}]", f"  {sign} [Tom: S{two}] {why}", ""]
    return "\n".join(lines) + "\n"


def changed(body: str) -> str:
    """*body* with about every tenth claim reworded, moved, taken out, or put in."""
    chance = random.Random(7)
    made = []
    for line in body.splitlines():
        dice = chance.random() if re.match(r" *[-+_]? ?\[S\d+\]:", line) else 1.0
        if dice < 0.04:
            made.append(line.replace("as note", "as the newest note"))
        elif dice < 0.06:
            made.append(line.replace("  + [", "  - [", 1))
        elif dice < 0.07 and not line.startswith("["):
            continue
        else:
            made.append(line)
            if dice < 0.10:
                indent = len(line) - len(line.lstrip())
                made.append(f"{' ' * (indent + 2)}+ [New {len(made)}]: A new reason, {len(made)}.")
    return "\n".join(made) + "\n"


def timed(act: Callable[[], object], rounds: int) -> list[float]:
    """How long *act* takes, each time; the first does not count."""
    found = []
    for n in range(rounds + 1):
        begin = time.perf_counter()
        act()
        found += [time.perf_counter() - begin] if n else []
    return found


def process(*words: str | Path, env: dict[str, str] | None = None) -> Callable[[], object]:
    """What runs a program; it must not fail. git says with 1 that there is a difference."""

    def act() -> None:
        merged = os.environ | (env or {})
        done = subprocess.run(words, capture_output=True, env=merged, check=False)
        if done.returncode not in (0, 1):
            raise SystemExit(f"{words} failed: {done.stderr.decode()[-500:]}")

    return act


def row(what: str, target: float, times: list[float], peers: dict[str, list[float]]) -> None:
    """Print one figure, and its ratio to each peer."""
    ours = median(times)
    print(
        json.dumps(
            {
                "what": what,
                "median": round(ours, 3),
                "least": round(min(times), 3),
                "most": round(max(times), 3),
                "target": target,
                "met": ours < target,
                "ratios": {name: round(ours / median(t), 2) for name, t in peers.items()},
            }
        ),
        flush=True,
    )


def official(found: list[Official], text: Path, rounds: int) -> dict[str, list[float]]:
    """How long the official CLI takes to write *text* as JSON."""
    return {
        o.name: timed(process(*map(str, o.json(text).words), env=dict(o.variables)), rounds)
        for o in found
    }


def voices(found: list[Official], folder: Path, rounds: int) -> None:
    """The debate of eleven voices: the whole process."""
    command, name = programs.argmap(), MAPS / "will-it-hold.argdown"
    whole = folder / "whole.argdown"
    process(command, "convert", name, "-o", whole)()
    peers = official(found, whole, rounds)
    a3 = ("--size", "a3", "-o", folder / "map.svg")
    for what, words in {
        "compare two of eleven voices": ("compare", name, "Rumer", "Duggal"),
        "matrix of eleven voices": ("matrix", name),
        "draw eleven voices by author": ("render", name, "--group", "author", *a3),
        "draw eleven voices by issue": ("render", name, "--group", "issue", *a3),
    }.items():
        row(what, 2.0, timed(process(command, *words), rounds), peers)


def positions(found: list[Official], folder: Path, rounds: int) -> None:
    """Two large positions."""
    for name in ("ana", "tom"):
        body = position(name.capitalize(), 5_000)
        (folder / f"{name}.argdown").write_text(body, encoding="utf-8")
    path = folder / "debate.argdown"
    path.write_text(debate(5_000, 2_500), encoding="utf-8")
    whole = folder / "whole.argdown"
    whole.write_text(generate.argdown(10_000), encoding="utf-8")
    loaded = argmap.load(path)
    times = timed(lambda: argmap.compare(loaded, "Ana", "Tom"), rounds)
    row("compare two positions of 5 000 claims", 3.0, times, {})
    act = process(programs.argmap(), "compare", path, "Ana", "Tom", "--format", "json")
    row("the same, whole process", 3.0, timed(act, rounds), official(found, whole, rounds))


def changes(folder: Path, rounds: int) -> None:
    """Two large maps of which one was made of the other."""
    old, new = folder / "old.argdown", folder / "new.argdown"
    old.write_text(generate.argdown(10_000), encoding="utf-8")
    new.write_text(changed(old.read_text(encoding="utf-8")), encoding="utf-8")
    one, two = argmap.load(old), argmap.load(new)
    words = ("git", "diff", "--no-index", "--word-diff", str(old), str(new))
    peers = {"git diff --word-diff": timed(process(*words), rounds)}
    row("diff of 10 000 claims", 5.0, timed(lambda: argmap.diff(one, two), rounds), peers)
    merge = process("git", "merge-file", "-p", str(new), str(old), str(new))
    peers = {"git merge-file": timed(merge, rounds)}
    both = timed(lambda: argmap.merge([one, two], names=("Old", "New")), rounds)
    row("merge of 10 000 claims", 5.0, both, peers)
    far = argmap.loads(generate.argdown(10_000).replace("[S", "[T").replace("note", "paper"))
    apart = timed(lambda: argmap.merge([one, far], names=("Old", "Far")), rounds)
    row("merge of 10 000 claims that are much alike", 5.0, apart, {})


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--argdown", action="append", default=[], metavar="PATH")
    given = parser.parse_args()
    found = programs.officials(given.argdown)
    if not found:
        print(programs.ABSENT, file=sys.stderr)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        voices(found, folder, given.rounds)
        positions(found, folder, given.rounds)
        changes(folder, given.rounds)


if __name__ == "__main__":
    main()
