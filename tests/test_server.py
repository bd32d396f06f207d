"""The real server under what unkind clients and a hard system do to it; one server, ended by the last test."""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import socket
from typing import TYPE_CHECKING

import pytest

from story.pictures import KEPT_IN
from story.process import END_WITHIN_S
from tests.bench.sessions import connect_to, run_script
from tests.running import answers, run_server
from tests.story.told import real

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.running import Server

PATIENCE_S = 120  # for what never comes: the test then fails
FEW_FILES = 160
HALF_OPEN = 64


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server that was allowed few open files, and a cache folder that is none."""
    blocked = tmp_path_factory.mktemp("cache") / "file"
    blocked.touch()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(KEPT_IN, str(blocked))
        resource.setrlimit(resource.RLIMIT_NOFILE, (FEW_FILES, hard))
        try:
            started = run_server(ends=True)
            running = started.__enter__()
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    with contextlib.ExitStack() as stack:
        stack.push(started.__exit__)
        yield running


def port_of(server: Server) -> int:
    """Give the port of a server."""
    return int(server.url.rpartition(":")[2])


def connect(server: Server) -> socket.socket:
    """Open a connection."""
    return socket.create_connection(("127.0.0.1", port_of(server)), timeout=PATIENCE_S)


def say(server: Server, *lines: str) -> str:
    """Send a request, and give the first line of the answer."""
    with connect(server) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        return connection.makefile("rb").readline().decode().strip()


@pytest.mark.parametrize(("size", "status"), [(60_000, 200), (70_000, 431), (900_000, 431)])
def test_headers_that_no_browser_sends_are_refused(server: Server, size: int, status: int) -> None:
    told = say(server, "GET /embed/ HTTP/1.1", "Host: localhost", f"X-Long: {'x' * size}")
    assert told.split()[1] == str(status)


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("localhost:{port}", "http://localhost:{port}", 101),
        ("127.0.0.1:{port}", "http://127.0.0.1:{port}", 101),
        ("192.168.1.7:{port}", "http://192.168.1.7:{port}", 101),
        ("story.example", "https://story.example", 101),
        ("evil.example:{port}", "http://evil.example:{port}", 403),
        ("localhost:{port}", "http://evil.example", 403),
    ],
)
def test_a_session_is_opened_for_pages_of_this_site_alone(server: Server, host: str, origin: str, status: int) -> None:
    told = say(
        server,
        "GET /_stcore/stream HTTP/1.1",
        f"Host: {host}".format(port=port_of(server)),
        f"Origin: {origin}".format(port=port_of(server)),
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    )
    assert told.split()[1] == str(status)


def test_readers_are_served_beside_more_half_open_connections_than_it_was_allowed_files(server: Server) -> None:
    with contextlib.ExitStack() as opened:
        for number in range(FEW_FILES + HALF_OPEN):
            connection = opened.enter_context(connect(server))
            if number % 2:
                connection.sendall(b"GET /embed/ HTTP/1.1\r\nHost: local")
        assert answers(port_of(server), "/embed/")
        with connect_to(server.url) as session:
            assert run_script(session) > 0


def test_where_nothing_can_be_kept_pictures_are_drawn_all_the_same(server: Server) -> None:
    poster = next(path for path, each in real().pictures.items() if each.kind == "poster")
    assert say(server, f"GET /embed/{poster} HTTP/1.1", "Host: localhost").split()[1] == "200"


def test_told_to_end_it_ends_whoever_reads_slowly_waits_for_a_picture_or_has_a_session_open(server: Server) -> None:
    assert END_WITHIN_S < 5
    name = next(path for path, each in real().pictures.items() if each.kind == "print")
    watched = os.pidfd_open(server.pid)
    with contextlib.ExitStack() as opened:
        opened.callback(os.close, watched)
        run_script(opened.enter_context(connect_to(server.url)))
        slow, waiting, half = (opened.enter_context(connect(server)) for _ in range(3))
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        script = max(real().files, key=lambda path: len(real().files[path]))
        for _ in range(40):  # more than the system holds for who does not read
            slow.sendall(f"GET /embed/{script} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        waiting.sendall(f"GET /embed/{name} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        half.sendall(b"GET /embed/ HTTP/1.1\r\nHost: local")
        assert answers(port_of(server), "/embed/")
        os.kill(server.pid, signal.SIGTERM)
        assert select.select([watched], [], [], PATIENCE_S)[0] == [watched]
        assert waiting.makefile("rb").readline().split()[1] in {b"200", b"503"}
