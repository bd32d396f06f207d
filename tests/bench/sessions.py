"""Open Streamlit sessions, spoken to as a browser does: the time of a script run, the memory each keeps."""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.bench.memory import resident_mb
from tests.running import run_server

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

    from tests.running import Server

WARM_UP = 5
SESSIONS = 40
RUN_LIMIT_S = 30
HELD, HOLD_S = 300, 60
SETTLE_S = 2
TURN_S = 30  # in which each of the held sessions runs once
MOST_GROWN = 0.05


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
        before_mb = resident_mb(server.pid)
        times = [run_script(opened.enter_context(connect_to(server.url))) for _ in range(SESSIONS)]
        time.sleep(SETTLE_S)
        kept_mb = (resident_mb(server.pid) - before_mb) / SESSIONS
    return Sessions(run_ms=statistics.median(times), kept_mb=kept_mb)


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
        before_mb = resident_mb(pid)
        held = []
        for _ in range(HELD):
            held.append(opened.enter_context(connect_to(url)))
            run_script(held[-1])
        time.sleep(HOLD_S)
        whole_mb = resident_mb(pid)
        lost = sum(not _lives(each) for each in held)
    return Held(kept_mb=(whole_mb - before_mb) / HELD, whole_mb=whole_mb, lost=lost)


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


@dataclass(frozen=True, kw_only=True)
class Flat:
    """What sessions that go on did to memory, in MB at their beginning and at the end, and how many were lost."""

    before_mb: float
    after_mb: float
    lost: int

    @property
    def grown(self) -> float:
        """The growth as a share of what there was at the beginning."""
        return self.after_mb / self.before_mb - 1


def measure_flat(url: str, pid: int, seconds: float) -> Flat:
    """Open HELD sessions and have each run again in turn until the time is over."""
    with ExitStack() as opened:
        held = [opened.enter_context(connect_to(url)) for _ in range(HELD)]
        for _ in range(2):
            for each in held:
                run_script(each)
        time.sleep(SETTLE_S)
        before_mb = resident_mb(pid)
        end = time.monotonic() + seconds
        lost: set[int] = set()
        while time.monotonic() < end:
            for number, each in enumerate(held):
                if number not in lost and not _lives(each):
                    lost.add(number)
                time.sleep(TURN_S / HELD)
        time.sleep(SETTLE_S)
        return Flat(before_mb=before_mb, after_mb=resident_mb(pid), lost=len(lost))


def main() -> int:
    """Measure sessions that go on, print what was seen, and fail where one is lost or memory grows beyond a share."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    seconds = parser.parse_args().seconds
    with run_server() as server:
        flat = measure_flat(server.url, server.pid, seconds)
    print(f"{HELD} sessions, {seconds:.0f} s, each a run every {TURN_S} s: {flat.lost} lost")
    print(f"memory: {flat.before_mb:.0f} MB before, {flat.after_mb:.0f} MB after ({flat.grown:+.1%})")
    return int(bool(flat.lost) or flat.grown > MOST_GROWN)


if __name__ == "__main__":
    sys.exit(main())
