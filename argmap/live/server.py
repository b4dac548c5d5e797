"""A server for browsers on this machine: the page, its picture, and word of every change.

It listens on 127.0.0.1 alone, gives three things that it holds in memory, and never looks at what a
disk has under a name that it is asked for. Pages from elsewhere are refused whatever name they use
for this machine (https://en.wikipedia.org/wiki/DNS_rebinding).
"""

from __future__ import annotations

import contextlib
import errno
import os
import select
import socket
import socketserver
import sys
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from argmap.errors import ArgmapError, BadValue
from argmap.live.board import Board

PORT = 8765
"""Where the page is, unless something else is asked for."""

_HERE = "127.0.0.1"
_MOST = 256  # connections at once
_PATIENCE = 20  # seconds for a client that neither sends nor takes anything
_LOOK = 1.0  # seconds after which a client that waits is looked after
_BEAT = 15  # looks after which it is sent a sign of life
_NEAR = 20  # ports that are tried for one that is free

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Connection": "close",
}
_NOTHING = "default-src 'none'; frame-ancestors 'none'"
_PICTURE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_PLAIN = "text/plain; charset=utf-8"


class Server:
    """Shows what is on *board* at `url`, until it is closed; to be used in a ``with``.

    *port* 0 is any that is free.

    Raises:
        BadValue: the port is in use, or not for everybody.
    """

    def __init__(self, board: Board, port: int = PORT) -> None:
        self.board = board
        try:
            self._http = _Http(board, port)
        except OSError as e:
            raise BadValue(_why_not(port, e)) from None
        self.port: int = self._http.server_address[1]
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://{_HERE}:{self.port}/"

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.board.close()
        self._http.shutdown()
        self._http.server_close()
        self._http.let_go()
        self._thread.join(1)


def _why_not(port: int, e: OSError) -> str:
    if e.errno == errno.EACCES and 0 < port < 1024:
        return f"port {port} is for the system; take one from 1024 on, or 0 for any that is free"
    if e.errno not in (errno.EADDRINUSE, errno.EACCES):
        return f"port {port} cannot be used: {(e.strerror or str(e)).lower()}"
    near = next((p for p in range(port + 1, min(port + _NEAR, 65536)) if _is_free(p)), None)
    other = f"{near} is free, and " if near else ""
    return f"port {port} is in use; {other}--port 0 takes any that is free"


def _is_free(port: int) -> bool:
    with socket.socket() as s:
        try:
            s.bind((_HERE, port))
        except OSError:
            return False
    return True


class _Http(ThreadingHTTPServer):
    """Many clients at once, but not any number; none of them is waited for in the end."""

    daemon_threads = True
    request_queue_size = 64
    allow_reuse_address = os.name == "posix"  # elsewhere it lets two servers have one port

    def __init__(self, board: Board, port: int) -> None:
        self.board = board
        self.room = threading.Semaphore(_MOST)
        self.clients: dict[socket.socket, threading.Thread] = {}
        self.guard = threading.Lock()
        super().__init__((_HERE, port), _Handler)
        own = self.server_address[1]
        self.hosts = {f"{name}:{own}" for name in (_HERE, "localhost", "[::1]")}
        if own == 80:
            self.hosts |= {host.removesuffix(":80") for host in self.hosts}
        self.origins = {f"http://{host}" for host in self.hosts}

    def server_bind(self) -> None:
        """Take the port, without asking a name server what this machine is called."""
        socketserver.TCPServer.server_bind(self)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread of its own, if there is room."""
        if self.room.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and forget the client."""
        with self.guard:
            self.clients[request] = threading.current_thread()
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self.guard:
                self.clients.pop(request, None)
            self.room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no error."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def let_go(self) -> None:
        """End all connections, and wait a moment for their threads."""
        with self.guard:
            left = dict(self.clients)
        for client in left:
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
        until = time.monotonic() + 1
        for thread in left.values():
            thread.join(max(0.0, until - time.monotonic()))


class _Handler(BaseHTTPRequestHandler):
    server: _Http
    timeout = _PATIENCE
    known: ClassVar = ("/", "/map.svg", "/events")

    def version_string(self) -> str:
        return "argmap"

    def log_message(self, *_: object) -> None:
        """Nothing: the terminal is for what changes."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the request itself is refused for, in a sentence."""
        if code == HTTPStatus.NOT_IMPLEMENTED:
            self._say(HTTPStatus.METHOD_NOT_ALLOWED, "only GET and HEAD are answered here")
        else:
            self._say(HTTPStatus(code), f"this request is not understood: {message or explain}")

    def do_HEAD(self) -> None:
        """As `do_GET`, without the body."""
        self.do_GET()

    def do_GET(self) -> None:
        """Give one of the three things there are."""
        refused = self._refused()
        if refused:
            self._say(*refused)
            return
        board = self.server.board
        # as it was sent: nothing is made of dots, doubled slashes and percent signs
        match self.requestline.split()[1]:
            case "/":
                page = board.page
                self._send("text/html; charset=utf-8", page.body, policy=page.policy)
            case "/map.svg":
                self._picture()
            case "/events":
                self._events()
            case _:
                there = ", ".join(self.known)
                self._say(HTTPStatus.NOT_FOUND, f"there is nothing here but {there}")

    def _refused(self) -> tuple[HTTPStatus, str] | None:
        """Why this is no request of a page of ours, if it is none."""
        here = f"http://{_HERE}:{self.server.server_address[1]}/"
        hosts = [h.strip().lower() for h in self.headers.get_all("Host", [])]
        if len(hosts) != 1 or hosts[0] not in self.server.hosts:
            return HTTPStatus.MISDIRECTED_REQUEST, f"this page has one address: {here}"
        origins = [o.strip().lower() for o in self.headers.get_all("Origin", [])]
        sites = [s.strip().lower() for s in self.headers.get_all("Sec-Fetch-Site", [])]
        if set(origins) <= self.server.origins and set(sites) <= {"same-origin", "none"}:
            return None
        return HTTPStatus.FORBIDDEN, f"other pages may not ask for this; open {here} yourself"

    def _picture(self) -> None:
        try:
            picture = self.server.board.picture()
        except ArgmapError as e:
            self._say(HTTPStatus.INTERNAL_SERVER_ERROR, str(e))
            return
        if picture:
            self._send("image/svg+xml; charset=utf-8", picture.encode(), policy=_PICTURE)
        else:
            self._say(
                HTTPStatus.NOT_FOUND, "there is no single picture; all there is is on the page"
            )

    def _events(self) -> None:
        """Say which version the page has, and again whenever it has another."""
        self._head(HTTPStatus.OK, "text/event-stream; charset=utf-8", _NOTHING)
        if self.command == "HEAD":
            return
        self.wfile.write(b"retry: 1000\n\n")
        version, looks = "", 0
        while (now := self.server.board.wait(version, _LOOK)) is not None:
            looks += 1
            if now != version:
                self.wfile.write(f"event: map\ndata: {now}\n\n".encode())
            elif _has_gone(self.connection):
                return
            elif looks % _BEAT == 0:
                self.wfile.write(b":\n\n")
            version = now

    def _say(self, status: HTTPStatus, sentence: str) -> None:
        self._send(_PLAIN, f"{sentence}\n".encode(), status=status)

    def _send(
        self,
        kind: str,
        body: bytes,
        *,
        status: HTTPStatus = HTTPStatus.OK,
        policy: str = _NOTHING,
    ) -> None:
        self._head(status, kind, policy, length=len(body))
        if self.command != "HEAD":
            self.wfile.write(body)

    def _head(self, status: HTTPStatus, kind: str, policy: str, length: int | None = None) -> None:
        self.close_connection = True
        self.request_version = self.protocol_version  # also for what was too odd to have one
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET, HEAD")
        self.send_header("Content-Security-Policy", policy)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()


def _has_gone(client: socket.socket) -> bool:
    """Whether *client* has closed its end."""
    readable, _, _ = select.select([client], [], [], 0)
    return bool(readable) and not client.recv(1, socket.MSG_PEEK)
