"""Runs programs and says what they cost: time by the clock, time of the processor, memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_MOST = 2_000_000  # bytes of what a program says that are kept
_KIB = 1 if sys.platform == "darwin" else 1024  # what ru_maxrss counts in


def most_memory() -> int:
    """The most bytes that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIB


class ChildFailed(Exception):
    """A program ended with an error, or gave not what was asked of it."""


@dataclass(frozen=True)
class Command:
    """A program with its arguments, and the variables that differ from ours."""

    words: Sequence[str | Path]
    variables: Mapping[str, str]

    def run(self) -> Cost:
        """Run it to its end, with nothing shown.

        The processor's time is that of the program and of what it waited for itself.

        Raises:
            ChildFailed: its status is not 0.
        """
        with tempfile.TemporaryFile() as said:
            begin = time.perf_counter()
            child = subprocess.Popen(
                [str(w) for w in self.words],
                env={**os.environ, **self.variables},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
            )
            _, status, usage = os.wait4(child.pid, 0)
            seconds = time.perf_counter() - begin
            child.returncode = os.waitstatus_to_exitcode(status)  # it must not wait again
            said.seek(0)
            words = said.read(_MOST).decode(errors="replace")  # our memory counts as a child's
        if child.returncode:
            raise ChildFailed(f"{self.words[0]} ended with {child.returncode}: {words[-300:]}")
        return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _KIB, words)


@dataclass(frozen=True)
class Cost:
    """What one run cost: seconds, seconds of the processor, bytes; and what it *said*."""

    wall: float
    cpu: float
    memory: int
    said: str = ""


@dataclass(frozen=True)
class Summary:
    """Several runs in short. Seconds, and bytes of the largest run."""

    runs: int
    median: float
    least: float
    most: float
    cpu: float  # median
    cpu_least: float
    memory: int


def summary(costs: Sequence[Cost]) -> Summary:
    """*costs* in short."""
    walls = [c.wall for c in costs]
    cpus = [c.cpu for c in costs]
    memory = max(c.memory for c in costs)
    return Summary(
        len(costs), median(walls), min(walls), max(walls), median(cpus), min(cpus), memory
    )


def in_turn(commands: Mapping[str, Command], rounds: int, warm: int = 2) -> dict[str, Summary]:
    """Run all *commands* in turn, so that what disturbs the machine disturbs each alike.

    Every second round goes backwards. *warm* rounds before do not count.
    """
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for n in range(-warm, rounds):
        for name in list(commands)[:: -1 if n % 2 else 1]:
            cost = commands[name].run()
            if n >= 0:
                costs[name].append(cost)
    return {name: summary(c) for name, c in costs.items()}
