"""Open Streamlit sessions, spoken to as a browser does: the time of a script run, the memory each keeps."""

from __future__ import annotations

import re
import statistics
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

    from tests.running import Server

WARM_UP = 5
SESSIONS = 40
RUN_LIMIT_S = 30
HELD, HOLD_S = 300, 60
SETTLE_S = 2
KB_PER_MB = 1024


@dataclass(frozen=True, kw_only=True)
class Sessions:
    """The median time of a warm script run in milliseconds, and the memory kept per open session in MB."""

    run_ms: float
    kept_mb: float


def measure_sessions(server: Server) -> Sessions:
    """Open sessions on the default page and keep them open while memory is read."""
    with ExitStack() as opened:
        for _ in range(WARM_UP):
            run_script(opened.enter_context(connect_to(server.url)))
        time.sleep(SETTLE_S)
        before_kb = _resident_kb(server.pid)
        times = [run_script(opened.enter_context(connect_to(server.url))) for _ in range(SESSIONS)]
        time.sleep(SETTLE_S)
        kept_kb = (_resident_kb(server.pid) - before_kb) / SESSIONS
    return Sessions(run_ms=statistics.median(times), kept_mb=kept_kb / KB_PER_MB)


@dataclass(frozen=True, kw_only=True)
class Held:
    """What many sessions held open did: how far memory grew for each in MB, all of it, how many were lost on the way.

    The growth may be below nothing: the app gives back what its start took, while sessions come.
    """

    kept_mb: float
    whole_mb: float
    lost: int


def measure_held(url: str, pid: int) -> Held:
    """Open HELD sessions with the app of process `pid`, hold them for HOLD_S seconds, then have each run once more."""
    with ExitStack() as opened:
        for _ in range(WARM_UP):
            run_script(opened.enter_context(connect_to(url)))
        time.sleep(SETTLE_S)
        before_kb = _resident_kb(pid)
        held = []
        for _ in range(HELD):
            held.append(opened.enter_context(connect_to(url)))
            run_script(held[-1])
        time.sleep(HOLD_S)
        whole_kb = _resident_kb(pid)
        lost = sum(not _lives(each) for each in held)
    return Held(kept_mb=(whole_kb - before_kb) / HELD / KB_PER_MB, whole_mb=whole_kb / KB_PER_MB, lost=lost)


def _lives(connection: ClientConnection) -> bool:
    try:
        return run_script(connection) > 0
    except (OSError, TimeoutError, ConnectionClosed):
        return False


def connect_to(url: str, origin: str | None = None) -> ClientConnection:
    """Open a session with the app at an address, as a page of `origin` would."""
    address = url.replace("http://", "ws://", 1) + "/_stcore/stream"
    return connect(address, subprotocols=["streamlit"], origin=origin, max_size=None)  # type: ignore[list-item,arg-type]


def run_script(connection: ClientConnection) -> float:
    """Ask for one run of the page's script; give the milliseconds until the server says that it is done."""
    question = BackMsg()
    question.rerun_script.query_string = ""
    began = time.perf_counter()
    connection.send(question.SerializeToString())
    answer = ForwardMsg()
    while answer.WhichOneof("type") != "script_finished":
        message = connection.recv(RUN_LIMIT_S)
        answer.ParseFromString(message if isinstance(message, bytes) else message.encode())
    return (time.perf_counter() - began) * 1000


def _resident_kb(pid: int) -> int:
    """Give the memory that a process holds now, as the kernel counts it (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    if found is None:
        raise RuntimeError(f"Process {pid} says nothing of its memory; is it still running?")
    return int(found[1])
