"""Draws pictures in processes of their own, so that readers wait for no drawing: few at once, few more waiting."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import active_children, connection, get_context, parent_process
from threading import RLock, Thread, Timer
from typing import Any

from anyio import to_thread
from starlette.types import Receive

from story.bundle import Bundle
from story.model import Story
from story.pictures import Picture, find_picture

PROCESSES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
WAITING = 8  # who comes later would wait longer than people, and proxies, do
IDLE_S = 60.0  # then the processes end and their memory, some 350 MB each, is free
NICE = 10  # a reader's page goes before a picture


class BusyError(RuntimeError):
    """As many pictures wait to be drawn as may."""


@dataclass(slots=True)
class _Coming:
    future: Future[bytes]
    askers: int = 0


class DrawingPool:
    """Draws each picture once for all who ask for it meanwhile, one at a time on each core, beside what runs here."""

    def __init__(self, make_pool: Callable[[Story], Executor] | None = None, *, processes: int = PROCESSES) -> None:
        """`make_pool` makes what draws a story's pictures, if not processes of our own."""
        self.processes = processes
        self._make_pool = make_pool or partial(_start_processes, processes)
        self._lock = RLock()  # whatever ends at once calls back at once
        self._coming: dict[str, _Coming] = {}
        self._pool: Executor | None = None
        self._rest: Timer | None = None

    def ask(self, bundle: Bundle, picture: Picture) -> Future[bytes]:
        """The picture that is coming. BusyError where too many wait; who goes away before it has come says `leave`."""
        with self._lock:
            coming = self._coming.get(picture.keep_name)
            if coming is None:
                if len(self._coming) >= self.processes + WAITING:
                    raise BusyError
                coming = self._coming[picture.keep_name] = _Coming(self._submit(bundle, picture))
                coming.future.add_done_callback(partial(self._done, picture.keep_name))
            coming.askers += 1
            return coming.future

    def leave(self, picture: Picture) -> None:
        """Wait no longer for a picture; what nobody waits for, and is not being drawn yet, gives up its place."""
        with self._lock:
            if coming := self._coming.get(picture.keep_name):
                coming.askers -= 1
                if not coming.askers:
                    coming.future.cancel()

    @property
    def idle(self) -> bool:
        """Whether nothing is drawn now."""
        return not self._coming

    def close(self, *, at_once: bool = False) -> None:
        """End the processes, `at_once` also those that draw, and free their memory; the next picture starts others."""
        with self._lock:
            if self._rest:
                self._rest.cancel()
            pool, self._pool = self._pool, None
            if pool:
                pool.shutdown(wait=False, cancel_futures=True)
        if at_once:
            for process in active_children():
                process.kill()

    def _submit(self, bundle: Bundle, picture: Picture) -> Future[bytes]:
        if self._rest:
            self._rest.cancel()
        self._pool = self._pool or self._make_pool(bundle.story)
        return self._pool.submit(_draw, picture, bundle.language)

    def _done(self, name: str, future: Future[bytes]) -> None:
        with self._lock:
            del self._coming[name]
            if not future.cancelled() and isinstance(future.exception(), BrokenExecutor):
                self._pool = None  # the system ended a process: the next picture gets another
            if not self._coming:
                self._rest = Timer(IDLE_S, self._close_if_idle)
                self._rest.daemon = True
                self._rest.start()

    def _close_if_idle(self) -> None:
        with self._lock:
            if self.idle:
                self.close()


@cache
def find_pool() -> DrawingPool:
    """The pool of this server; its processes start with the first picture."""
    return DrawingPool()


async def draw_for(pool: DrawingPool, bundle: Bundle, picture: Picture, receive: Receive) -> bytes | None:
    """A picture drawn for a client; None where the client goes away first.

    Raises BusyError where too many wait, BrokenExecutor where the system ended the process that drew.
    """
    drawing = asyncio.wrap_future(await to_thread.run_sync(pool.ask, bundle, picture))  # a process may have to start
    drawing.add_done_callback(lambda done: done.cancelled() or done.exception())  # there may be nobody left to tell
    gone = asyncio.ensure_future(_until_gone(receive))
    both: set[asyncio.Future[Any]] = {drawing, gone}
    try:
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        return drawing.result() if drawing.done() else None
    finally:
        gone.cancel()
        asyncio.get_running_loop().run_in_executor(None, pool.leave, picture)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _start_processes(processes: int, story: Story) -> ProcessPoolExecutor:
    # Spawned: a fork would copy the locks of whatever threads run here. They draw the story that is served, whatever
    # has become of its files.
    return ProcessPoolExecutor(processes, get_context("spawn"), _prepare, (story,))


_served: list[Story] = []  # in a process that draws: the one story whose pictures it draws


def _prepare(story: Story) -> None:
    os.nice(NICE)
    _served.append(story)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the end of the process that started this one, however it ends, and end too."""
    if parent := parent_process():
        connection.wait([parent.sentinel])
        os._exit(0)


def _draw(picture: Picture, language: str) -> bytes:
    return find_picture(_served[-1], picture, language)
