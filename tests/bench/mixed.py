"""Mixed traffic on one server: readers, Streamlit's chunks, cold prints; packed and not; what /embed/ takes meanwhile.

`python -m tests.bench.mixed --seconds 600` fails over a p99 of 50 ms or any error. It runs on loopback and ends by
itself.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit

from story.pictures import KEPT_IN
from tests.bench.memory import resident_mb
from tests.running import HOST, run_server

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")
READERS = 1000
PAUSE_S = (1.0, 4.0)  # between two looks of a reader; uvicorn closes what rests for 5 s
BUDGET_MS = 50
WISHES = ("br", "gzip", "identity")
BUSY = 503  # with Retry-After: the pool of those who draw says so
CHUNKS = sorted(Path(streamlit.__file__).parent.glob("static/static/js/*.js"), key=lambda path: -path.stat().st_size)


@dataclass
class Traffic:
    """What was answered: seconds of each good answer by kind, busy answers, errors by what went wrong."""

    taken_s: dict[str, list[float]] = field(default_factory=dict)
    busy: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    def p(self, kind: str, percent: int) -> float:
        """A percentile of the milliseconds that answers of a kind took."""
        taken = self.taken_s.get(kind, [])
        if len(taken) < 2:
            return 0.0
        return statistics.quantiles(taken, n=100, method="inclusive")[percent - 1] * 1000

    @property
    def answers(self) -> int:
        """All good answers."""
        return sum(map(len, self.taken_s.values()))


@dataclass(frozen=True, kw_only=True)
class Mixed:
    """What mixed traffic found: the traffic, its seconds, the server's memory in MB before and after."""

    traffic: Traffic
    seconds: float
    before_mb: float
    after_mb: float


async def ask(port: int, path: str, wish: str) -> tuple[int, bytes]:
    """Ask once over a connection of its own; give status and body."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        told = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept-Encoding: {wish}\r\nConnection: close\r\n\r\n"
        writer.write(told.encode())
        answer = await reader.read(-1)
    finally:
        writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    if length is None or len(body) != int(length[1]):
        raise OSError("cut short")
    return int(head.split()[1]), body


class Visitors:
    """All who ask of one server until the time is over."""

    def __init__(self, port: int, end: float, cache: Path) -> None:
        """`end` is when, by the monotonic clock; `cache` is where the server keeps its pictures."""
        self.port, self.end, self.cache, self.traffic = port, end, cache, Traffic()

    async def see(self, kind: str, path: str, wish: str) -> None:
        """Ask, and count what comes."""
        began = time.perf_counter()
        try:
            status, _ = await asyncio.wait_for(ask(self.port, path, wish), 120)
        except (OSError, TimeoutError) as error:
            self.traffic.errors[f"{kind}: {error!r}"] += 1
            return
        if status == BUSY and kind == "print":
            self.traffic.busy += 1
        elif status == 200:
            self.traffic.taken_s.setdefault(kind, []).append(time.perf_counter() - began)
        else:
            self.traffic.errors[f"{kind}: {status}"] += 1

    async def read(self, number: int, readers: int) -> None:
        """Look at /embed/ again and again, with pauses; readers come one after another."""
        least, most = PAUSE_S
        pause_s = least + (most - least) * (number * 0.618 % 1)
        await asyncio.sleep(most * number / readers)
        for wish in itertools.islice(itertools.cycle(WISHES), number % 3, None):
            if time.monotonic() > self.end:
                return
            await self.see("/embed/", "/embed/", wish)
            await asyncio.sleep(pause_s)

    async def open_app(self) -> None:
        """Load the first page and Streamlit's largest chunks, each form of each in turn."""
        for chunk, wish in itertools.cycle(itertools.product(CHUNKS[:40], WISHES)):
            if time.monotonic() > self.end:
                return
            await self.see("/", "/", wish)
            await self.see("chunk", f"/static/js/{chunk.name}", wish)

    async def ask_for_prints(self, paths: list[str]) -> None:
        """Have prints drawn that were never drawn, or are drawn no more: what is kept is removed."""
        for path in itertools.cycle(paths):
            if time.monotonic() > self.end:
                return
            for kept in self.cache.rglob(f"{Path(path).stem}-*"):
                kept.unlink(missing_ok=True)
            await self.see("print", f"/embed/{path}", "identity")

    async def come(self, readers: int) -> Traffic:
        """Let all come at once."""
        _, told = await ask(self.port, "/embed/story.json", "identity")
        slugs = [chapter["slug"] for chapter in json.loads(told)["chapters"]]
        prints = [f"pictures/{slug}.{ending}" for ending in ("png", "svg") for slug in slugs]
        await asyncio.gather(
            *(self.read(number, readers) for number in range(readers)),
            *(self.open_app() for _ in range(2)),
            *(self.ask_for_prints(prints[at:] + prints[:at]) for at in (0, 7, 14)),
        )
        return self.traffic


def run(visit: Coroutine[Any, Any, T]) -> T:
    """Run in uvloop where it is installed: who measures shall be in nobody's way."""
    found = find_spec("uvloop")
    with asyncio.Runner(loop_factory=import_module("uvloop").new_event_loop if found else None) as runner:
        return runner.run(visit)


def measure_mixed(seconds: float, readers: int = READERS) -> Mixed:
    """Start a server with an empty cache and let all come."""
    with tempfile.TemporaryDirectory() as cache:
        os.environ[KEPT_IN] = cache
        with run_server() as server:
            port = int(server.url.rpartition(":")[2])
            run(ask(port, "/embed/", "br"))
            before_mb = resident_mb(server.pid)
            visitors = Visitors(port, time.monotonic() + seconds, Path(cache))
            began = time.monotonic()
            traffic = run(visitors.come(readers))
            taken_s = time.monotonic() - began
            return Mixed(traffic=traffic, seconds=taken_s, before_mb=before_mb, after_mb=resident_mb(server.pid))


def main() -> int:
    """Measure, print what was seen, and fail where the budget is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--readers", type=int, default=READERS)
    wish = parser.parse_args()
    found = measure_mixed(wish.seconds, wish.readers)
    traffic = found.traffic
    print(f"{wish.readers} readers, {found.seconds:.0f} s, {traffic.answers / found.seconds:.0f} answers a second")
    for kind, taken in sorted(traffic.taken_s.items()):
        times = ", ".join(f"{percent} of 100 within {traffic.p(kind, percent):.1f} ms" for percent in (50, 99))
        print(f"{kind}: {len(taken)}, {times}, slowest {max(taken):.2f} s")
    print(f"busy: {traffic.busy}; errors: {dict(traffic.errors) or 0}")
    print(f"memory of the server and what it started: {found.before_mb:.0f} MB before, {found.after_mb:.0f} MB after")
    return int(bool(traffic.errors) or traffic.p("/embed/", 99) > BUDGET_MS)


if __name__ == "__main__":
    sys.exit(main())
