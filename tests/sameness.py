"""What a piece of code prints in processes of its own: the same, wherever it runs."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from conftest import ROOT


def printed(code: str, *seeds: str, python: str = sys.executable) -> set[str]:
    """All that *code* prints, run by *python* once for each of *seeds* for hashes."""
    return {
        subprocess.run(
            [python, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": _path(python)},
            capture_output=True,
            check=True,
            cwd=ROOT,
            text=True,
        ).stdout
        for seed in seeds
    }


def others() -> Iterator[str]:
    """Other versions of Python that argmap runs on, where there are any."""
    beside = Path(sys.base_prefix).parent
    for minor in range(11, 20):
        name = f"python3.{minor}"
        found = [shutil.which(name), *sorted(map(str, beside.glob(f"*/bin/{name}")))]
        if minor != sys.version_info.minor:
            yield from [p for p in found if p and _runs(p)][:1]


def _runs(python: str) -> bool:
    env = {**os.environ, "PYTHONPATH": _path(python)}
    command = [python, "-c", "import attrs, click, yaml"]
    return subprocess.run(command, env=env, capture_output=True, check=False).returncode == 0


def _path(python: str) -> str:
    """Where another Python finds argmap, and what it needs and is not compiled."""
    if python == sys.executable:
        return os.environ.get("PYTHONPATH", "")
    return os.pathsep.join([str(ROOT), *site.getsitepackages()])
