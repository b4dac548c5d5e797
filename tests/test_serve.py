"""``argmap serve``: what is given to whom, what is refused, and how a page follows its map."""

from __future__ import annotations

import base64
import hashlib
import html
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsing import needs_browser
from click.testing import CliRunner
from conftest import ROOT

from argmap.cli import main
from argmap.errors import BadValue
from argmap.live import Board, Server, Shown, drawn, page, server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SMALL = "[A]: a\n  + [B]: b\n"
OTHER = "[A]: another one\n  + [B]: b\n"
BROKEN = "===\ntitle: [\n===\n\n[A]: <img src=x onerror=alert(1)>\n"
DOUBTFUL = "[A]: a <b>\n"

INTERRUPTIBLE = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
"""A shell that starts a test in the background has its ^C ignored, and that is handed down."""

LOOK = {"theme": "auto"}


def shown(body: str, folder: Path, name: str = "map.argdown") -> Shown:
    path = folder / name
    path.write_text(body, encoding="utf-8")
    return drawn(path, look=LOOK, choice={})


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose map does not change."""
    board = Board("map.argdown")
    board.show(shown(SMALL, tmp_path_factory.mktemp("still")))
    with Server(board, 0) as at:
        yield at


@pytest.fixture
def board(tmp_path: Path) -> Board:
    board = Board("map.argdown")
    board.show(shown(SMALL, tmp_path))
    return board


@pytest.fixture
def at(board: Board) -> Iterator[Server]:
    with Server(board, 0) as at:
        yield at


def ask(
    at: Server, target: str = "/", method: str = "GET", host: str = "", **headers: str
) -> tuple[int, str, http.client.HTTPMessage]:
    """The status, the body and the headers that are answered to a request."""
    c = http.client.HTTPConnection("127.0.0.1", at.port, timeout=5)
    c.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
    if host != "none":
        c.putheader("Host", host or f"127.0.0.1:{at.port}")
    for name, value in headers.items():
        c.putheader(name.replace("_", "-"), value)
    c.endheaders()
    r = c.getresponse()
    body = r.read().decode("utf-8")
    c.close()
    return r.status, body, r.headers


def said(at: Server, request: bytes) -> bytes:
    """All that comes back on a request as it stands, until the connection is closed."""
    with socket.create_connection(("127.0.0.1", at.port), timeout=5) as s:
        s.sendall(request)
        return b"".join(iter(lambda: s.recv(65536), b""))


def events(at: Server) -> tuple[Callable[[], object], Callable[[], str]]:
    """What ends a stream of events, and what gives the version that the next of them names."""
    c = http.client.HTTPConnection("127.0.0.1", at.port, timeout=5)
    c.request("GET", "/events")
    answer = c.getresponse()
    assert "text/event-stream; charset=utf-8" == answer.headers["Content-Type"]

    def following() -> str:
        for line in answer:
            if line.startswith(b"data: "):
                return line[6:].decode().strip()
        return ""

    def end() -> None:
        answer.close()
        c.close()

    return end, following


# --- what is given


def test_a_page_and_its_picture_are_given(still: Server):
    status, body, headers = ask(still)
    assert (200, "text/html; charset=utf-8") == (status, headers["Content-Type"])
    assert "<svg" in body
    assert 1 == body.count('id="argmap-live"') == body.count("</body>")
    status, body, headers = ask(still, "/map.svg")
    assert (200, "image/svg+xml; charset=utf-8") == (status, headers["Content-Type"])
    assert ET.fromstring(body).tag.endswith("svg")


def test_a_head_has_no_body(still: Server):
    for target in ("/", "/map.svg", "/events", "/none"):
        status, body, headers = ask(still, target, "HEAD")
        whole = ask(still, target) if target != "/events" else (200, "", {})
        assert (whole[0], "") == (status, body)
        assert headers.get("Content-Length") == whole[2].get("Content-Length")


@pytest.mark.parametrize("target", ["/", "/map.svg", "/none"])
def test_every_answer_says_what_may_be_done_with_it(still: Server, target: str):
    headers = ask(still, target)[2]
    assert "nosniff" == headers["X-Content-Type-Options"]
    assert "no-store" == headers["Cache-Control"]
    assert "no-referrer" == headers["Referrer-Policy"]
    assert "DENY" == headers["X-Frame-Options"]
    assert "same-origin" == headers["Cross-Origin-Resource-Policy"]
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "argmap" == headers["Server"]


@pytest.mark.parametrize("name", ["rumer", "rumer-vs-kaczmarski"])
def test_every_script_on_a_page_may_run_and_no_other(name: str):
    board = Board(name)
    board.show(drawn(ROOT / "maps" / f"{name}.argdown", look=LOOK, choice={}))
    scripts = re.findall(
        r"<script(?![^>]*json)[^>]*>(.*?)</script>", board.page.body.decode(), re.S
    )
    hashed = {
        f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'"
        for s in scripts
    }
    allowed = re.search(r"script-src ([^;]*);", board.page.policy)
    assert allowed is not None
    assert hashed == set(allowed[1].split())


def test_the_script_is_small():
    assert len(page._script()) < 2048


def test_a_document_has_a_page_and_no_single_picture(board: Board, at: Server, tmp_path: Path):
    body = f"# Notes\n\n```argdown\n{SMALL}```\n\n```argdown\n{OTHER}```\n"
    board.show(shown(body, tmp_path, "notes.md"))
    assert "another one" in ask(at)[1]
    status, body, _ = ask(at, "/map.svg")
    assert (404, "there is no single picture; all there is is on the page\n") == (status, body)


# --- what is refused


@pytest.mark.parametrize(
    "target",
    [
        *("/map.argdown", "/../map.argdown", "/%2e%2e/map.argdown", "/..%2fmap.argdown", "//"),
        *("//map.svg", "/./", "/map.svg/", "/map.svg?x", "/?", "/\\..\\map.argdown", "/%00", "*"),
        *("/etc/passwd", "//etc/passwd", "map.svg", "http://elsewhere.example/", "/é", "/MAP.SVG"),
        "/" + "a" * 60000,
    ],
)
def test_nothing_else_is_given(still: Server, target: str):
    request = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{still.port}\r\n\r\n"
    answer = said(still, request.encode())
    assert answer.startswith(b"HTTP/1.0 404 "), answer[:200]
    assert answer.endswith(b"\r\n\r\nthere is nothing here but /, /map.svg, /events\n")


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (b"GET /" + b"a" * 70000 + b" HTTP/1.1", 414),
        (b"GET / HTTP/9.x", 400),
        (b"GET /\0 HTTP/1.1", 404),
        (b"GET / and more HTTP/1.1", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 / HTTP/1.1", 405),
        (b"GET / HTTP/2.0", 505),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200, 431),
        (b"GET / HTTP/1.1\r\nX: " + b"y" * 70000, 431),
    ],
)
def test_what_is_no_request_is_refused_in_a_sentence(
    still: Server, request_line: bytes, status: int
):
    host = b"\r\nHost: 127.0.0.1:%d\r\n\r\n" % still.port
    answer = said(still, request_line + host)
    assert f" {status} ".encode() in answer.partition(b"\r\n")[0]
    assert b"<" not in answer
    assert 200 == ask(still)[0]


@pytest.mark.parametrize(
    "host",
    [
        *("none", "elsewhere.example", "elsewhere.example:PORT", "127.0.0.1", "localhost"),
        *("127.0.0.1:1", "127.0.0.1.elsewhere.example:PORT", "0.0.0.0:PORT", "127.0.0.2:PORT"),
        *("user@127.0.0.1:PORT", "127.0.0.1:PORT, elsewhere.example", "[::]:PORT"),
    ],
)
@pytest.mark.parametrize("target", ["/", "/map.svg", "/events"])
def test_other_names_for_this_machine_are_refused(still: Server, host: str, target: str):
    status, body, _ = ask(still, target, host=host.replace("PORT", str(still.port)))
    assert (421, f"this page has one address: {still.url}\n") == (status, body)


def test_two_names_at_once_are_refused(still: Server):
    mine = f"Host: 127.0.0.1:{still.port}\r\n"
    assert b" 421 " in said(still, f"GET / HTTP/1.1\r\n{mine}Host: other\r\n\r\n".encode())[:20]
    assert b" 421 " in said(still, f"GET / HTTP/1.1\r\n{mine}{mine}\r\n".encode())[:20]


@pytest.mark.parametrize(
    "host", ["127.0.0.1:PORT", "localhost:PORT", "LocalHost:PORT", "[::1]:PORT"]
)
def test_its_own_names_are_good(still: Server, host: str):
    assert 200 == ask(still, host=host.replace("PORT", str(still.port)))[0]


@pytest.mark.parametrize(
    ("header", "value", "good"),
    [
        ("Origin", "http://127.0.0.1:PORT", True),
        ("Origin", "http://localhost:PORT", True),
        ("Origin", "https://127.0.0.1:PORT", False),
        ("Origin", "http://127.0.0.1:1", False),
        ("Origin", "http://elsewhere.example", False),
        ("Origin", "null", False),
        ("Sec_Fetch_Site", "none", True),
        ("Sec_Fetch_Site", "same-origin", True),
        ("Sec_Fetch_Site", "same-site", False),
        ("Sec_Fetch_Site", "cross-site", False),
        ("Sec_Fetch_Site", "", False),
    ],
)
def test_other_pages_may_not_ask(still: Server, header: str, value: str, good: bool):
    for target in ("/", "/map.svg"):
        status, body, _ = ask(still, target, **{header: value.replace("PORT", str(still.port))})
        assert (200 if good else 403) == status
        assert good or body == f"other pages may not ask for this; open {still.url} yourself\n"


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get"]
)
def test_other_methods_are_refused(still: Server, method: str):
    status, body, headers = ask(still, "/", method)
    assert (405, "only GET and HEAD are answered here\n") == (status, body)
    assert "GET, HEAD" == headers["Allow"]


def test_it_listens_on_this_machine_alone(still: Server):
    assert ("127.0.0.1", still.port) == still._http.socket.getsockname()
    assert socket.AF_INET == still._http.socket.family


# --- what is wrong


def test_errors_stand_under_the_last_good_picture(board: Board, at: Server, tmp_path: Path):
    before = board.page.version
    failed = shown(BROKEN.replace("[A]", "[<i>A]: a\n[<i>A]"), tmp_path)
    board.show(failed)
    body = ask(at)[1]
    assert "<svg" in body
    assert '<div role="alert">' in body
    assert "this is the last picture without" in body
    assert "error[" in body
    assert "^" in body
    assert "<i>" not in body
    assert "<img" not in body
    assert ask(at, "/map.svg")[1].count("<svg")
    board.show(shown(SMALL, tmp_path))
    assert 'role="alert"' not in ask(at)[1]
    assert before == board.page.version


def test_the_panel_says_what_check_says(tmp_path: Path, board: Board):
    board.show(shown(BROKEN, tmp_path))
    checked = CliRunner().invoke(main, ["check", str(tmp_path / "map.argdown")]).stdout
    told = re.findall(r"<pre[^>]*>(.*?)</pre>", board.page.body.decode(), re.S)
    panel = [each for pane in told for each in html.unescape(pane).split("\n\n")]
    assert sorted(checked.strip().split("\n\n")) == sorted(panel)
    assert all("^" in each for each in panel)


def test_a_map_with_errors_at_first_has_a_page(tmp_path: Path):
    board = Board("<map>")
    board.show(shown(BROKEN, tmp_path))
    with Server(board, 0) as at:
        body = ask(at)[1]
        assert "<h1>&lt;map&gt;</h1>" in body
        assert "error[" in body
        assert 404 == ask(at, "/map.svg")[0]
        board.show(shown(SMALL, tmp_path))
        assert "<svg" in ask(at)[1]
        assert "error[" not in ask(at)[1]


def test_warnings_are_folded_away(tmp_path: Path, board: Board):
    board.show(shown(DOUBTFUL, tmp_path))
    body = board.page.body.decode()
    assert "<summary>1 warning</summary>" in body
    assert '<details class="doubts">' in body
    assert "map.argdown:1:8\n" in body
    assert "| [A]: a &lt;b&gt;\n  |        ^^^\n" in body
    assert 'role="alert"' not in body


def test_no_word_of_a_map_becomes_markup(tmp_path: Path, board: Board):
    hostile = (
        "[</pre></details><script>alert(1)</script>]: <script>alert(2)</script> </body>\n  + b\n"
    )
    harmless = board.page.body.count(b"<script")
    board.show(shown(hostile, tmp_path))
    body = board.page.body.decode()
    assert "alert(1)" in body
    assert harmless == body.count("<script")
    assert 1 == body.count("</body>")


# --- what changes


def test_a_stream_tells_of_changes_and_of_nothing_else(board: Board, at: Server, tmp_path: Path):
    end, following = events(at)
    assert board.page.version == following()
    board.show(shown(SMALL, tmp_path))  # nothing new
    board.show(shown(OTHER, tmp_path))
    assert board.page.version == following()
    board.show(shown(BROKEN, tmp_path))
    assert board.page.version == following()
    end()


def test_a_slow_reader_is_told_the_last_of_many_changes(board: Board, tmp_path: Path):
    version = board.page.version
    for n in range(5):
        board.show(shown(f"[A]: a{n}\n", tmp_path))
    assert board.page.version == board.wait(version, 0) != version
    assert board.page.version == board.wait(board.page.version, 0)


def until(true: Callable[[], object]) -> None:
    """Wait for *true*, but not for ever."""
    end = time.monotonic() + 8
    while not true():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.01)


def test_twenty_clients_at_once(board: Board, at: Server, tmp_path: Path):
    streams = [events(at) for _ in range(20)]
    assert {board.page.version} == {following() for _, following in streams}
    board.show(shown(OTHER, tmp_path))
    assert {board.page.version} == {following() for _, following in streams}
    with ThreadPoolExecutor(20) as pool:
        assert {200} == {r[0] for r in pool.map(lambda _: ask(at), range(60))}
    for end, _ in streams:
        end()


def test_clients_that_vanish_leave_nothing_behind(
    board: Board, at: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(server, "_LOOK", 0.05)
    for n in range(8):
        s = socket.create_connection(("127.0.0.1", at.port), timeout=5)
        target = ["/events", "/", "/map.svg", "/none"][n % 4]
        s.sendall(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{at.port}\r\n\r\n".encode())
        if n > 3:
            s.recv(10)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # hang up at once
        s.close()
    socket.create_connection(("127.0.0.1", at.port), timeout=5).close()
    until(lambda: not at._http.clients)
    assert 200 == ask(at)[0]
    assert ("", "") == capsys.readouterr()


def test_clients_that_say_nothing_are_let_go(at: Server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(server._Handler, "timeout", 0.1)
    with socket.create_connection(("127.0.0.1", at.port), timeout=5) as s:
        s.sendall(b"GET / HT")
        assert b"" == s.recv(100)
    with socket.create_connection(("127.0.0.1", at.port), timeout=5) as s:
        assert b"" == s.recv(100)


def test_a_client_that_takes_nothing_holds_up_nobody(
    board: Board, at: Server, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(server._Handler, "timeout", 0.3)
    board.show(Shown("<head></head><body>" + "x" * 20_000_000 + "</body>"))
    with socket.create_connection(("127.0.0.1", at.port), timeout=5) as s:
        s.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{at.port}\r\n\r\n".encode())
        assert 404 == ask(at, "/none")[0]
        until(lambda: not at._http.clients)


def test_there_is_an_end_to_how_many_are_let_in(board: Board, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(server, "_MOST", 2)
    with Server(board, 0) as at:
        streams = [events(at) for _ in range(2)]
        assert all(following() for _, following in streams)
        with pytest.raises((ConnectionError, http.client.HTTPException)):
            ask(at)
        streams[0][0]()
        board.show(Shown("<p>"))
        until(lambda: len(at._http.clients) < 2)
        assert 200 == ask(at)[0]
        streams[1][0]()


def test_in_the_end_all_streams_are_closed_at_once(board: Board):
    threads = set(threading.enumerate())
    with Server(board, 0) as at:
        streams = [events(at) for _ in range(5)]
        assert all(following() for _, following in streams)
        idle = socket.create_connection(("127.0.0.1", at.port), timeout=5)
        until(lambda: len(at._http.clients) == 6)
        began = time.monotonic()
    assert time.monotonic() - began < 1
    assert {""} == {following() for _, following in streams}
    assert b"" == idle.recv(1)
    idle.close()
    assert threads == set(threading.enumerate())
    with pytest.raises(ConnectionError):
        ask(at)
    for end, _ in streams:
        end()


def test_a_port_in_use_is_said_with_one_that_is_free(board: Board, at: Server):
    with pytest.raises(BadValue, match=f"port {at.port} is in use; .*--port 0 takes any") as e:
        Server(board, at.port)
    near = re.search(r"(\d+) is free", str(e.value))
    if near:
        with Server(board, int(near[1])) as other:
            assert 200 == ask(other)[0]


# --- as a program


class Program:
    """The command, started on a map; each wait for a line of it has an end."""

    def __init__(self, *arguments: str) -> None:
        code = f"{INTERRUPTIBLE}from argmap.cli import main; main()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, "serve", *arguments], stderr=subprocess.PIPE, text=True
        )
        self.timer = threading.Timer(20, self.process.kill)
        self.timer.start()
        self.port = 0

    def until(self, part: str) -> str:
        """The next line that has *part*."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            if part in line:
                return line
        raise AssertionError(f"it ended without {part!r}")

    def end(self) -> None:
        self.timer.cancel()
        self.process.kill()
        self.process.wait()
        assert self.process.stderr is not None
        self.process.stderr.close()


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Program]]:
    monkeypatch.chdir(tmp_path)
    started: list[Program] = []

    def start(*arguments: str) -> Program:
        started.append(Program(*arguments, "--port", "0"))
        line = started[-1].until("serving")
        found = re.search(r"http://127\.0\.0\.1:(\d+)/ \(only on this machine; the page and", line)
        assert found is not None
        started[-1].port = int(found[1])
        return started[-1]

    yield start
    for each in started:
        each.end()


@pytest.mark.skipif(os.name != "posix", reason="^C is a signal there")
def test_a_program_follows_a_map_and_all_it_names(program: Callable[..., Program], tmp_path: Path):
    (tmp_path / "map.argdown").write_text("[W]: whole\n\n@include(part.argdown)\n")
    (tmp_path / "part.argdown").write_text(SMALL)
    p: Any = program("map.argdown")
    p.until("drawn")
    end, following = events(p)
    first = following()
    (tmp_path / "part.argdown").write_text(OTHER)
    second = following()
    assert "another one" in ask(p)[1]
    (tmp_path / "part.argdown").unlink()
    third = following()
    assert "there is no file &#39;part.argdown&#39;" in ask(p)[1].replace(
        "&#x27;", "&#39;"
    ).replace("'", "&#39;")
    assert "another one" in ask(p)[1]
    (tmp_path / "part.argdown").write_text(OTHER)
    assert second == following()
    assert 3 == len({first, second, third})
    p.until("1 error, shown on the page")
    p.process.send_signal(signal.SIGINT)
    assert 0 == p.process.wait(5)
    assert "" == following()
    end()


def serve(*arguments: str) -> tuple[int, str]:
    """What the command says, if ^C comes after the first drawing."""

    def stop(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("argmap.live.Watch.wait", stop)
        result = CliRunner().invoke(main, ["serve", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stderr


def test_it_says_what_it_serves_and_where(tmp_path: Path):
    path = tmp_path / "map.argdown"
    path.write_text(SMALL)
    code, told = serve(str(path), "--port", "0")
    assert 0 == code
    assert re.fullmatch(
        rf"serving {re.escape(str(path))} at http://127\.0\.0\.1:\d+/ \(only on this machine; the "
        r"page and its picture, nothing else of the folder\); \^C ends\n"
        r"\d\d:\d\d:\d\d drawn \(\d\.\d\d s\)\n",
        told,
    )


def test_what_makes_no_sense_ends_it(tmp_path: Path, board: Board, at: Server):
    path = tmp_path / "map.argdown"
    path.write_text(SMALL)
    for arguments, reason in [
        ((str(path), "--port", str(at.port)), f"argmap: port {at.port} is in use"),
        ((str(path), "--port", "70000"), "70000"),
        ((str(path) + "x", "--port", "0"), "did you mean"),
        ((str(tmp_path), "--port", "0"), "is a folder"),
        (("-", "--port", "0"), "standard input is read once"),
        ((str(path), "--port", "0", "--size", "a17"), "a17"),
    ]:
        code, told = serve(*arguments)
        assert 2 == code
        assert reason in told


def test_a_browser_is_opened_if_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    opened = threading.Event()
    monkeypatch.setattr("webbrowser.open", lambda url: opened.set() or url.startswith("http://127"))
    (tmp_path / "map.argdown").write_text(SMALL)
    assert 0 == serve(str(tmp_path / "map.argdown"), "--port", "0", "--open")[0]
    assert opened.wait(5)


# --- in a browser


STAND_IN = """<script>
(() => {
  let step = 0, on = true;
  const keys = (e) => { if (on && e.key === "ArrowRight") step += 1; };
  document.addEventListener("keydown", keys);
  const mark = (n) => { step = n; document.body.dataset.step = n; };
  window.argmap = {
    state: () => ({ step }),
    restore: (s) => { if (s) mark(s.step); },
    stop: () => {
      document.removeEventListener("keydown", keys);
      window.stopped = (window.stopped ?? 0) + 1;
    },
  };
})();
</script>"""
"""A page's own script, as far as the page that is served asks anything of it."""


def seen(tab: Any, words: str) -> None:
    """Wait until *words* stand on the page."""
    tab.locator(".claims").get_by_text(words).first.wait_for(state="attached")


def with_script(body: str, folder: Path) -> Shown:
    from attrs import evolve

    it = shown(body, folder)
    plain = re.sub(r"<script\b.*?</script>", "", it.page, flags=re.S)
    return evolve(it, page=plain.replace("</body>", f"{STAND_IN}</body>"))


@needs_browser
def test_a_page_follows_its_map_in_place(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    script = STAND_IN.removeprefix("<script>").removesuffix("</script>")
    monkeypatch.setattr(page, "_ours", lambda: [script])
    board = Board("map.argdown")
    board.show(with_script("[A]: a\n  + [B]: b\n", tmp_path))
    told: list[str] = []
    with Server(board, 0) as at:
        tab = browser.new_page()
        tab.set_default_timeout(8000)
        tab.on("console", lambda m: told.append(m.text))
        tab.on("pageerror", lambda e: told.append(str(e)))
        tab.goto(at.url)
        tab.evaluate("window.same = true")
        tab.locator("#n2").focus()
        for _ in range(3):
            tab.keyboard.press("ArrowRight")
        board.show(with_script("[A]: a\n  + [B]: quite another\n", tmp_path))
        seen(tab, "quite another")
        tab.locator("body[data-step='3']").wait_for()
        assert tab.evaluate("window.same")
        assert 1 == tab.evaluate("window.stopped")
        assert "n2" == tab.evaluate("document.activeElement.id")
        tab.keyboard.press("ArrowRight")
        assert 4 == tab.evaluate("window.argmap.state().step")  # the new script alone is at work
        # errors come under the picture, and nothing else is touched
        board.show(with_script(BROKEN, tmp_path))
        alert = tab.locator("[role=alert]")
        alert.wait_for()
        assert "error[" in alert.inner_text()
        assert "quite another" in tab.locator("body").inner_text()
        assert 1 == tab.evaluate("window.stopped")
        board.show(with_script("[A]: mended\n", tmp_path))
        seen(tab, "mended")
        assert 0 == alert.count()
        assert tab.evaluate("window.same")
        tab.close()
    assert [] == told


@needs_browser
def test_step_and_zoom_stay_when_the_map_changes(browser: Browser, tmp_path: Path):
    board = Board("map.argdown")
    first = shown("===\ntitle: First\n===\n\n[A]: a\n  + [B]: b\n  + [C]: c\n", tmp_path)
    board.show(first)
    told: list[str] = []
    with Server(board, 0) as at:
        tab = browser.new_page()
        tab.set_default_timeout(8000)
        tab.on("console", lambda m: told.append(m.text))
        tab.on("pageerror", lambda e: told.append(str(e)))
        tab.goto(at.url)
        tab.keyboard.press("Home")
        for _ in range(2):
            tab.keyboard.press("ArrowRight")
        tab.keyboard.press("+")
        tab.keyboard.press("d")
        before = tab.evaluate("window.argmap.state()")
        assert (2, True) == (before["step"], before["view"] is not None)
        tab.evaluate("window.same = true")
        for n in range(3):
            board.show(shown(f"[A]: a\n  + [B]: b{n}\n  + [C]: c\n", tmp_path))
            seen(tab, f"b{n}")
            tab.wait_for_timeout(50)
            assert before | {"newest": None} == tab.evaluate("window.argmap.state()") | {
                "newest": None
            }
        assert tab.evaluate("window.same")
        tab.keyboard.press("ArrowRight")
        assert 3 == tab.evaluate("window.argmap.state().step")
        board.show(shown(BROKEN, tmp_path))
        tab.locator("[role=alert]").wait_for()
        assert 3 == tab.evaluate("window.argmap.state().step")
        tab.close()
    assert [] == told


@needs_browser
def test_a_page_begins_when_its_map_is_mended(browser: Browser, tmp_path: Path):
    board = Board("map.argdown")
    board.show(shown(BROKEN, tmp_path))
    told: list[str] = []
    with Server(board, 0) as at:
        tab = browser.new_page()
        tab.set_default_timeout(8000)
        tab.on("console", lambda m: told.append(m.text))
        tab.on("pageerror", lambda e: told.append(str(e)))
        tab.goto(at.url)
        tab.locator("[role=alert]").wait_for()
        board.show(shown(SMALL, tmp_path))
        tab.locator("svg g[role=group]").first.wait_for()
        assert 0 == tab.locator("[role=alert]").count()
        assert not tab.locator("#argmap-live .lost").is_visible()
        tab.close()
    assert [] == told


@needs_browser
def test_a_page_says_when_it_is_cut_off_and_comes_back(browser: Browser, tmp_path: Path):
    board = Board("map.argdown")
    board.show(shown(SMALL, tmp_path))
    tab = browser.new_page()
    tab.set_default_timeout(8000)
    with Server(board, 0) as at:
        tab.goto(at.url)
        tab.wait_for_load_state()
        port = at.port
        lost = tab.locator("#argmap-live .lost")
        assert not lost.is_visible()
    lost.wait_for(state="visible")
    board = Board("map.argdown")
    board.show(shown(OTHER, tmp_path))
    with Server(board, port):
        seen(tab, "another one")
        assert not lost.is_visible()
    tab.close()


@needs_browser
def test_no_script_from_elsewhere_runs(browser: Browser, tmp_path: Path):
    board = Board("map.argdown")
    board.show(Shown("<head></head><body><script>window.ran = 1</script><b>x</b></body>"))
    with Server(board, 0) as at:
        tab = browser.new_page()
        tab.goto(at.url)
        assert tab.evaluate("window.ran === undefined")
        assert 1 == tab.locator("b").count()
        tab.close()
