"""Draws pictures beside the server, so that readers wait for no drawing: few at once, few more waiting."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from threading import RLock, Timer
from typing import Any

from starlette.types import Receive

from story.bundle import Bundle
from story.drawing_process import Drawer
from story.model import Story
from story.pictures import Picture

PROCESSES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
WAITING = 8  # who comes later would wait longer than people, and proxies, do
IDLE_S = 60.0  # then the processes end and their memory, some 300 MB each, is free
MOST_DRAWN = 40  # by one process: what drawing leaves behind in it ends with it


class BusyError(RuntimeError):
    """As many pictures wait to be drawn as may, or the server ends."""


@dataclass(slots=True)
class _Coming:
    future: Future[bytes]
    askers: int = 0


class DrawingPool:
    """Draws each picture once for all who ask for it meanwhile, one at a time on each core, beside what runs here."""

    def __init__(self, hire: Callable[[Story, str], Drawer] = Drawer, *, processes: int = PROCESSES) -> None:
        """`hire` makes what draws a story's pictures in a language."""
        self.processes, self._hire = processes, hire
        self._lock = RLock()  # whatever ends at once calls back at once
        self._coming: dict[str, _Coming] = {}
        self._threads = ThreadPoolExecutor(processes, "drawing")  # each waits for a process
        self._drawers: dict[Drawer, int] = {}  # how much each has drawn
        self._free: list[Drawer] = []
        self._rest: Timer | None = None
        self._ended = False

    def ask(self, bundle: Bundle, picture: Picture) -> Future[bytes]:
        """The picture that is coming. BusyError where too many wait; who goes away before it has come says `leave`."""
        with self._lock:
            coming = self._coming.get(picture.keep_name)
            if coming is None:
                if self._ended or len(self._coming) >= self.processes + WAITING:
                    raise BusyError
                future = self._threads.submit(self._draw, bundle, picture)
                coming = self._coming[picture.keep_name] = _Coming(future)
                future.add_done_callback(partial(self._done, picture.keep_name))
            coming.askers += 1
            return coming.future

    def leave(self, picture: Picture) -> None:
        """Wait no longer for a picture; what nobody waits for, and is not being drawn yet, gives up its place."""
        with self._lock:
            if coming := self._coming.get(picture.keep_name):
                coming.askers -= 1
                if not coming.askers:
                    coming.future.cancel()

    def end(self) -> None:
        """End the processes, also those that draw, for good: what waits is drawn no more, and nothing else."""
        with self._lock:
            self._ended = True
            for coming in list(self._coming.values()):
                coming.future.cancel()
            self._rest_now()

    def _draw(self, bundle: Bundle, picture: Picture) -> bytes:
        with self._lock:
            if self._rest:
                self._rest.cancel()
            drawer = self._free.pop() if self._free else self._hire(bundle.story, bundle.language)
            self._drawers.setdefault(drawer, 0)
        try:
            content = drawer.draw(picture)
        except Exception:
            self._dismiss(drawer)
            raise
        with self._lock:
            if drawer in self._drawers:  # not ended meanwhile
                self._drawers[drawer] += 1
                self._free.append(drawer)
        if self._drawers.get(drawer, 0) >= MOST_DRAWN:
            self._dismiss(drawer)
        return content

    def _dismiss(self, drawer: Drawer) -> None:
        drawer.end()
        with self._lock:
            self._drawers.pop(drawer, None)
            self._free = [each for each in self._free if each is not drawer]

    def _done(self, name: str, _: Future[bytes]) -> None:
        with self._lock:
            del self._coming[name]
            if not self._coming:
                self._rest = Timer(IDLE_S, self._rest_if_idle)
                self._rest.daemon = True
                self._rest.start()

    def _rest_if_idle(self) -> None:
        with self._lock:
            if not self._coming:
                self._rest_now()

    def _rest_now(self) -> None:
        for drawer in self._drawers:
            drawer.end()
        self._drawers, self._free = {}, []


@cache
def find_pool() -> DrawingPool:
    """The pool of this server; its processes start with the first picture."""
    return DrawingPool()


async def draw_for(pool: DrawingPool, bundle: Bundle, picture: Picture, receive: Receive) -> bytes | None:
    """A picture drawn for a client; None where the client goes away first.

    Raises BusyError where too many wait, LostError where the process that drew it ended.
    """
    drawing = asyncio.wrap_future(pool.ask(bundle, picture))
    drawing.add_done_callback(lambda done: done.cancelled() or done.exception())  # there may be nobody left to tell
    gone = asyncio.ensure_future(_until_gone(receive))
    both: set[asyncio.Future[Any]] = {drawing, gone}
    try:
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        if drawing.cancelled():  # the server ends
            raise BusyError
        return drawing.result() if drawing.done() else None
    finally:
        gone.cancel()
        pool.leave(picture)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
