"""Measure argmap against its peers, all in one run on one machine.

    python benchmarks/run.py [--argdown PATH]... [--json PATH] [NAMES...]

NAMES are those of the functions below that are in ``BENCHMARKS``; without any, all are run.
A missed target is no failure: the figures are for people to judge. What is drawn is checked,
and a picture that lacks a statement stops the run.

The official Argdown CLI is the one that ``--argdown`` names (several may be named, to compare
versions), else that of the variable ARGDOWN, else ``argdown`` on the path. To install it into a
scratch folder:

    npm install --prefix SCRATCH @argdown/cli@1.7.5
    python benchmarks/run.py --argdown SCRATCH/node_modules/.bin/argdown

A ``node`` in the same folder is the one that runs it. Linux and macOS only: elsewhere a program
does not say what it cost.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import math
import os
import shutil
import site
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import linear_regression, median

import programs
from children import ChildFailed, Command, Cost, Summary, in_turn, most_memory, summary
from programs import Official

HERE = Path(__file__).resolve().parent
MAPS = [HERE.parent / "maps" / name for name in ("rumer.argdown", "kaczmarski.argdown")]

DEBATE = HERE.parent / "maps" / "rumer-vs-kaczmarski.argdown"

SHAPES = ("forest", "tree", "chain")  # generate.py says what they are
SIZES = (1_000, 2_000, 5_000, 10_000, 20_000)
GRAPHVIZ_SIZES = (1_000, 2_000)
TEXT_SIZES = (1_000, 10_000, 100_000)
COMPARED = 10_000

GROWTH: dict[str, dict[str, float]] = {}


@dataclass(frozen=True)
class Row:
    """One figure: *who* took how long to do *what*, in seconds; memory in bytes.

    *ratio* is this median over that of *peer*. *target* is "" where none was set.
    """

    benchmark: str
    what: str
    who: str
    median: float
    least: float
    most: float
    runs: int
    cpu: float | None = None
    memory: int | None = None
    peer: str = ""
    ratio: float | None = None
    target: str = ""
    met: bool | None = None


@dataclass(frozen=True)
class Bench:
    """What every benchmark is given. *rounds* of 0 means as many as it asks for."""

    peers: list[Official]
    rounds: int
    texts: dict[int, Path] = field(default_factory=dict)

    def turns(self, usual: int) -> int:
        """How often to run what is usually run *usual* times."""
        return self.rounds or usual

    def argmap(self, *words: str | Path, dot: bool = True, home: Path | None = None) -> Command:
        """The command ``argmap``; without *dot*, no program of Graphviz is found by it."""
        variables: dict[str, str] = {}
        if not dot:
            variables["PATH"] = ""
        if home:
            variables |= {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
            variables["PYTHONUSERBASE"] = site.getuserbase()
        return Command([programs.argmap(), *words], variables)


def draw(bench: Bench) -> Iterator[Row]:
    """Whole process, warm, from the text of a small map to an SVG file."""
    for text in MAPS:
        with scratch() as folder:
            runs = bench.turns(15)
            yield from _drawn(bench, "draw", text, folder, runs, target=0.4, dot=True)


def large(bench: Bench) -> Iterator[Row]:
    """The same for generated maps of 1 000 and 10 000 statements; the peer draws the smaller."""
    for count in (1_000, 10_000):
        with scratch() as folder:
            text = folder / f"{count} statements.argdown"
            text.write_text(generated("argdown", count), "utf-8")
            small = count == 1_000
            few = bench if small else Bench([], bench.rounds)
            rows = _drawn(few, "large", text, folder, bench.turns(7), target=0.2 * small)
            for row in rows:
                if small or row.memory is None:
                    yield row
                    continue
                met = row.median < 5.0 and row.memory < 400e6
                yield Row(**{**asdict(row), "target": "< 5 s and < 400 MB", "met": met})


def outputs(bench: Bench) -> Iterator[Row]:
    """Whole process, warm, from the text of the main debate to each kind of picture."""
    targets = {"svg": 0.4, "png": 1.5}
    with scratch() as folder:
        for kind in ("svg", "html", "png", "pdf", "mmd"):
            out = folder / f"x.{kind}"
            command = bench.argmap("render", DEBATE, "-o", out)
            command.run()
            (cost,) = in_turn({"argmap": command}, bench.turns(7)).values()
            target = targets.get(kind, 0.0)
            yield _row(
                "outputs",
                f".{kind} of {DEBATE.stem}, {out.stat().st_size / 1000:.0f} kB",
                "argmap",
                cost,
                target=f"< {target} s" if target else "",
                met=cost.median < target if target else None,
            )
        page = folder / "x.html"
        bench.argmap("render", MAPS[1], "-o", page).run()
        size = page.stat().st_size
        tell(f"  the page of {MAPS[1].stem}, 20 cards: {size / 1000:.1f} kB (target < 80 kB)")


def painter(bench: Bench) -> Iterator[Row]:
    """Our painter and our columns on a forest that is laid out already, by how large it is."""
    for what in ("paint", "columns"):
        best: dict[int, float] = {}
        for count in SIZES:
            words = (HERE / "painting.py", what, str(count), str(bench.turns(5)))
            cost = Command((sys.executable, *words), {}).run()
            seconds = json.loads(cost.said)["seconds"]
            best[count] = min(seconds)
            yield Row(
                benchmark="painter",
                what=f"{what}, {count} cards",
                who="argmap",
                median=median(seconds),
                least=min(seconds),
                most=max(seconds),
                runs=len(seconds),
                memory=cost.memory,
            )
        power = linear_regression(
            [math.log(n) for n in best], [math.log(t) for t in best.values()]
        ).slope
        GROWTH[what] = {"exponent": power}
        tell(f"  {what}: time grows as n^{power:.2f}")


def _drawn(
    bench: Bench,
    name: str,
    text: Path,
    folder: Path,
    runs: int,
    *,
    target: float = 0.0,
    dot: bool = False,
) -> Iterator[Row]:
    pictures: dict[str, Path] = {}
    commands: dict[str, Command] = {}

    def ours(who: str, *options: str, native: bool = True) -> None:
        pictures[who] = folder / f"{len(pictures)}.svg"
        commands[who] = bench.argmap("render", text, *options, "-o", pictures[who], dot=native)

    ours("argmap")
    if dot:
        ours("argmap, embedded Graphviz", "--layout", "dot", native=False)
        if shutil.which("dot"):
            ours("argmap, native Graphviz", "--layout", "dot")
        else:
            tell("  the program dot is not installed: its row is left out")
    for peer in bench.peers:
        into = folder / peer.version
        pictures[peer.name] = into / f"{text.stem}.svg"
        commands[peer.name] = peer.draws(text, into)
    for who, command in commands.items():
        said = command.run().said
        programs.check(pictures[who], text)
        if "as a tree instead" in said:
            raise ChildFailed(f"{who}: {said.strip()}")
    costs = in_turn(commands, runs)
    named = quickest({peer.name: costs[peer.name].median for peer in bench.peers})
    for who, cost in costs.items():
        mine = who.startswith("argmap")
        ratio = cost.median / costs[named].median if named and mine else None
        wanted = bool(target) and ratio is not None
        yield _row(
            name,
            text.stem,
            who,
            cost,
            peer=named if mine else "",
            ratio=ratio,
            target=f"ratio ≤ {target}" if wanted else "",
            met=ratio <= target if wanted and ratio is not None else None,
        )


def first(bench: Bench) -> Iterator[Row]:
    """The embedded Graphviz used for the first time ever: nothing compiled is kept yet."""
    text = MAPS[0]
    cold, warm = [], []
    peers: dict[str, list[float]] = {peer.name: [] for peer in bench.peers}
    with scratch() as folder:
        svg = folder / "x.svg"
        bench.argmap("render", text, "--layout", "dot", "-o", svg).run()  # Python's own bytecode
        for n in range(bench.turns(7)):
            home = folder / f"home{n}"
            home.mkdir()
            command = bench.argmap(
                "render", text, "--layout", "dot", "-o", svg, dot=False, home=home
            )
            cold.append(command.run())
            programs.check(svg, text)
            if not any(home.rglob("*")):
                raise ChildFailed("the embedded Graphviz kept nothing of what it compiled")
            warm.append(command.run())
            for peer in bench.peers:
                peers[peer.name].append(peer.draws(text, folder).run().wall)
    walls = {name: median(times) for name, times in peers.items()}
    named = quickest(walls)
    cost = summary(cold)
    yield _row(
        "first",
        text.stem,
        "argmap, embedded Graphviz, first run",
        cost,
        peer=named,
        ratio=cost.median / walls[named] if named else None,
        target="< 4 s",
        met=cost.median < 4.0,
    )
    yield _row("first", text.stem, "the same, second run", summary(warm))


def start(bench: Bench) -> Iterator[Row]:
    """Time of the processor to start: what Python itself takes is taken off for imports."""
    python = sys.executable
    bare, help_ = "python -c pass", "argmap --help"
    imports = ("import argmap", "from argmap import load")
    commands = {bare: Command([python, "-c", "pass"], {})}
    commands |= {f"python -c '{i}'": Command([python, "-c", i], {}) for i in imports}
    commands[help_] = bench.argmap("--help")
    commands |= {f"{peer.name} --help": peer.help() for peer in bench.peers}
    costs = in_turn(commands, bench.turns(20))
    named = quickest({n: costs[n].cpu for n in costs if n.startswith("Argdown")})
    for who, cost in costs.items():
        more = cost.cpu - costs[bare].cpu
        peer, target, met = "", "", None
        if who == help_:
            peer, target, met = named, "CPU ≤ 200 ms", cost.cpu <= 0.200
        elif "import" in who:
            peer = bare
            if who.endswith("'import argmap'"):
                target, met = "CPU ≤ 60 ms over it", more <= 0.060
        ratio = cost.cpu / costs[peer].cpu if peer else None
        what = "CPU time" if "import" not in who else f"CPU time, {more * 1000:+.1f} ms over bare"
        yield _row("start", what, who, cost, peer=peer, ratio=ratio, target=target, met=met)


def tree(bench: Bench) -> Iterator[Row]:
    """Our layout alone, and the embedded Graphviz on the same boxes; the best run counts."""
    times = bench.turns(5)
    _laid_out("embedded Graphviz", "chain", 9, "down", 1)  # keeps what it compiles
    for shape in SHAPES:
        for way in ("down", "right"):
            best: dict[int, float] = {}
            for count in SIZES:
                row = _laid_out("own layout", shape, count, way, times)
                best[count] = row.least
                if count in GRAPHVIZ_SIZES:
                    peer = _laid_out("embedded Graphviz", shape, count, way, times)
                    ratio = row.least / peer.least
                    yield Row(**{**asdict(row), "peer": peer.who, "ratio": ratio})
                    yield peer
                elif count == 10_000:
                    met = row.least < 0.5
                    yield Row(**{**asdict(row), "target": "best < 0.5 s", "met": met})
                else:
                    yield row
            growth = best[SIZES[-1]] / best[SIZES[0]] / (SIZES[-1] / SIZES[0])
            power = linear_regression(
                [math.log(n) for n in best], [math.log(t) for t in best.values()]
            ).slope
            few, many = (_lines_run(shape, n, way) / n for n in (SIZES[0], SIZES[-1]))
            tell(
                f"  {shape}, {way}: time grows as n^{power:.2f}; per claim, {SIZES[-1]} take"
                f" {growth:.2f} times as long as {SIZES[0]}, and {many / few:.2f} times as many"
                f" lines of Python ({many:.0f})"
            )
            GROWTH[f"{shape}, {way}"] = {
                "exponent": power,
                "time_per_claim": growth,
                "lines_per_claim": many / few,
            }


def _layout(engine: str, shape: str, count: int, way: str, times: int) -> Cost:
    words = (HERE / "layouts.py", engine, shape, str(count), way, str(times))
    return Command((sys.executable, *words), {}).run()


def _lines_run(shape: str, count: int, way: str) -> int:
    """How many lines of Python our layout runs: growth that no other job disturbs."""
    lines: int = json.loads(_layout("tree", shape, count, way, 0).said)["lines"]
    return lines


def _laid_out(who: str, shape: str, count: int, way: str, times: int) -> Row:
    cost = _layout("tree" if who == "own layout" else "dot", shape, count, way, times)
    result = json.loads(cost.said)
    if not result["sound"]:
        raise ChildFailed(f"{who} lost a card or put one over another: {shape} of {count}")
    seconds = result["seconds"]
    return Row(
        benchmark="tree",
        what=f"{shape} of {count}, {way}",
        who=who,
        median=median(seconds),
        least=min(seconds),
        most=max(seconds),
        runs=len(seconds),
        memory=cost.memory,
    )


def read(bench: Bench) -> Iterator[Row]:
    """Argdown read, modelled and checked; the peer writes JSON. Ratios are to its whole process."""
    least: dict[int, float] = {}
    with scratch() as folder:
        for count in TEXT_SIZES:
            text = bench.texts.get(count) or folder / f"{count}.argdown"
            if not text.exists():
                with text.open("wb") as file:
                    words = [sys.executable, str(HERE / "generate.py"), "clusters", str(count)]
                    subprocess.run(words, stdout=file, check=True)
            compared = count == COMPARED
            runs = bench.turns(9 if compared else 5)
            ours = Command([sys.executable, HERE / "reading.py", text], {})
            commands = {peer.name: peer.json(text) for peer in bench.peers if compared}
            if compared:
                commands["argmap check"] = bench.argmap("check", text)
                said = ("render", text, "--format", "argdown-json", "-o", "-")
                commands["argmap, argdown-json"] = bench.argmap(*said)
            times: list[float] = []
            memory = 0
            costs: dict[str, list[Cost]] = {name: [] for name in commands}
            for n in range(-1, runs):  # the first does not count
                for name, command in commands.items():
                    cost = command.run()
                    costs[name] += [cost] if n >= 0 else []
                cost = ours.run()
                found = json.loads(cost.said)
                if found["claims"] != count or found["problems"]:
                    raise ChildFailed(f"{count} statements were read as {found}")
                memory = max(memory, cost.memory)
                times += [found["seconds"]] if n >= 0 else []
            least[count] = min(times)
            walls = {p.name: median(c.wall for c in costs[p.name]) for p in bench.peers if compared}
            named = quickest(walls)
            ratio = median(times) / walls[named] if named else None
            yield Row(
                "read",
                f"{count} statements",
                "argmap, read, modelled, checked",
                median(times),
                min(times),
                max(times),
                runs,
                memory=memory,
                peer=named,
                ratio=ratio,
                target="ratio ≤ 0.33" if named else "",
                met=ratio <= 1 / 3 if ratio else None,
            )
            for name, many in costs.items():
                cost_ = summary(many)
                peer = named if name.startswith("argmap") else ""
                share = cost_.median / walls[named] if peer else None
                yield _row("read", f"{count} statements", name, cost_, peer=peer, ratio=share)
    few = TEXT_SIZES[0]
    for count in TEXT_SIZES[1:]:
        growth = least[count] / least[few] / (count / few)
        tell(f"  a statement among {count} takes {growth:.2f} times as long as one among {few}")
        GROWTH[f"read {count}"] = {"time_per_statement": growth}


BENCHMARKS = {f.__name__: f for f in (draw, first, start, read, tree, large, outputs, painter)}


def _row(
    name: str,
    what: str,
    who: str,
    cost: Summary,
    *,
    peer: str = "",
    ratio: float | None = None,
    target: str = "",
    met: bool | None = None,
) -> Row:
    return Row(
        benchmark=name,
        what=what,
        who=who,
        median=cost.median,
        least=cost.least,
        most=cost.most,
        runs=cost.runs,
        cpu=cost.cpu,
        memory=cost.memory,
        peer=peer,
        ratio=ratio,
        target=target,
        met=met,
    )


def quickest(seconds: dict[str, float]) -> str:
    """Whose are the fewest *seconds*; "" if there is nobody. Ratios are against the quickest."""
    return min(seconds, key=seconds.__getitem__, default="")


def generated(kind: str, count: int) -> str:
    """A generated map, by a process of its own.

    A program that we start is charged with the memory that we have, so we stay small.
    """
    return Command([sys.executable, HERE / "generate.py", kind, str(count)], {}).run().said


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="argmap-bench-") as folder:
        yield Path(folder)


def tell(line: str) -> None:
    print(line, flush=True)


def show(row: Row) -> None:
    """Print *row* as a line of the table."""
    cpu = f"{row.cpu:8.3f}" if row.cpu is not None else " " * 8
    memory = _mebibytes(row.memory) if row.memory else ""
    ratio = f"{row.ratio:6.2f}" if row.ratio is not None else " " * 6
    verdict = {True: "met: ", False: "MISSED: ", None: ""}[row.met] + row.target
    if row.peer:
        verdict = f"of {row.peer}{'; ' if verdict else ''}{verdict}"
    tell(
        f"  {row.what:<28.28} {row.who:<37.37} {row.median:8.3f} {row.least:8.3f} {row.most:8.3f}"
        f" {cpu} {memory:>5} {ratio}  {verdict}".rstrip()
    )


def _mebibytes(memory: int) -> str:
    """*memory* in MiB; what starts a program counts too, so less than ours cannot be seen."""
    mine = most_memory()
    return f"<{math.ceil(mine / 2**20)}" if memory <= mine else f"{memory / 2**20:.0f}"


@contextlib.contextmanager
def bytecode_kept() -> Iterator[None]:
    """Let Python keep what it compiles, as pip does on installing, but in a folder of ours."""
    with scratch() as folder:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder)
        yield


def main() -> int:
    """Run what is asked for; 1 if a picture was not what it should be."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").partition("\n")[0],
        epilog="Benchmarks: "
        + " ".join(f"{name}: {(f.__doc__ or '').strip()}" for name, f in BENCHMARKS.items()),
    )
    parser.add_argument("names", nargs="*", metavar="NAMES", help=", ".join(BENCHMARKS))
    parser.add_argument("--argdown", action="append", default=[], metavar="PATH")
    parser.add_argument("--json", type=Path, metavar="PATH", help="write the figures there")
    parser.add_argument(
        "--text",
        action="append",
        default=[],
        metavar="N=PATH",
        help="a text of N statements for read, in place of a generated one",
    )
    parser.add_argument("--rounds", type=int, default=0, metavar="N", help="run each N times")
    asked = parser.parse_args()
    for name in asked.names:
        if name not in BENCHMARKS:
            parser.error(f"no benchmark is named {name!r}; there are {', '.join(BENCHMARKS)}")
    peers = programs.officials(asked.argdown)
    machine, versions = programs.machine(), programs.versions(peers)
    tell(", ".join(f"{k}: {v}" for k, v in machine.items()))
    tell(", ".join(f"{k} {v}" for k, v in versions.items()))
    if not peers:
        tell(programs.ABSENT)
    texts = {int(n): Path(path) for n, _, path in (t.partition("=") for t in asked.text)}
    bench = Bench(peers, asked.rounds, texts)
    rows: list[Row] = []
    status = 0
    for name in asked.names or BENCHMARKS:
        tell(f"\n{name}: {(BENCHMARKS[name].__doc__ or '').strip()}")
        tell(
            f"  {'what':<28} {'who':<37} {'median s':>8} {'min':>8} {'max':>8} {'CPU s':>8}"
            f" {'MiB':>5} {'ratio':>6}"
        )
        try:
            with bytecode_kept():
                for row in BENCHMARKS[name](bench):
                    show(row)
                    rows.append(row)
        except ChildFailed as problem:
            tell(f"  {problem}")
            status = 1
    load = round(os.getloadavg()[0], 2)
    tell(f"\nload average at the end: {load}")
    if asked.json:
        result = {
            "machine": {**machine, "load_at_end": load},
            "versions": versions,
            "rows": [asdict(r) for r in rows],
            "growth": GROWTH,
            "memory_seen_from": most_memory(),
        }
        asked.json.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main())
