"""Drawing beside the server: once for many, few at a time, given up by who goes away, and gone when nobody asks."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import subprocess
import sys
import threading
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from multiprocessing import active_children
from typing import TYPE_CHECKING, Any

import pytest

from story import drawing_pool as module
from story.drawing_pool import NICE, WAITING, BusyError, DrawingPool, draw_for
from story.pictures import KEPT_IN, Picture, find_kept
from tests.story.told import ROOT, tiny_bundle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.types import Message

PATIENCE_S = 60  # for what never comes: the test then fails
PICTURES = list(tiny_bundle().pictures.values())


class Drawing:
    """Draws nothing in threads, when it is let: `drawn` are the paths, in order."""

    def __init__(self) -> None:
        """Hold everything back."""
        self.drawn: list[str] = []
        self.free = threading.Event()
        self.begun = threading.Semaphore(0)
        self.pools: list[Executor] = []

    def draw(self, picture: Picture, language: str) -> bytes:
        """Give the path of a picture as its content."""
        self.drawn.append(picture.path)
        self.begun.release()
        assert self.free.wait(PATIENCE_S)
        return f"{picture.path} {language}".encode()

    def make(self, _: Any) -> Executor:
        """Make a pool of one."""
        self.pools.append(ThreadPoolExecutor(1))
        return self.pools[-1]


@pytest.fixture
def drawing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawing]:
    """Give what stands for the processes."""
    stand_in = Drawing()
    monkeypatch.setattr(module, "_draw", stand_in.draw)
    yield stand_in
    stand_in.free.set()
    for pool in stand_in.pools:
        pool.shutdown()


@pytest.fixture
def pool(drawing: Drawing) -> DrawingPool:
    """Give a pool that draws one at a time."""
    return DrawingPool(drawing.make, processes=1)


def test_many_who_ask_for_one_picture_wait_for_one_drawing(pool: DrawingPool, drawing: Drawing) -> None:
    coming = [pool.ask(tiny_bundle(), PICTURES[0]) for _ in range(50)]
    drawing.free.set()
    assert {each.result(PATIENCE_S) for each in coming} == {f"{PICTURES[0].path} en".encode()}
    assert drawing.drawn == [PICTURES[0].path]


def test_who_comes_when_too_many_wait_is_told_so_but_not_who_asks_for_what_is_coming(pool: DrawingPool) -> None:
    for picture in PICTURES[: 1 + WAITING]:
        pool.ask(tiny_bundle(), picture)
    with pytest.raises(BusyError):
        pool.ask(tiny_bundle(), PICTURES[1 + WAITING])
    pool.ask(tiny_bundle(), PICTURES[WAITING])


def test_what_nobody_waits_for_any_more_gives_up_its_place(pool: DrawingPool, drawing: Drawing) -> None:
    first, *waiting = PICTURES[: 1 + WAITING]
    coming = {picture.path: pool.ask(tiny_bundle(), picture) for picture in (first, *waiting)}
    assert drawing.begun.acquire(timeout=PATIENCE_S)
    pool.ask(tiny_bundle(), waiting[0])
    for picture in (first, *waiting):
        pool.leave(picture)
    last = pool.ask(tiny_bundle(), PICTURES[-1])
    drawing.free.set()
    assert last.result(PATIENCE_S)
    # What was being drawn is, and what one of two still waits for; the last came though all places were taken.
    assert drawing.drawn == [first.path, waiting[0].path, PICTURES[-1].path]
    assert all(coming[each.path].cancelled() for each in waiting[1:])


def test_a_client_that_goes_away_waits_no_longer(pool: DrawingPool, drawing: Drawing) -> None:
    async def run() -> bytes | None:
        gone = asyncio.Event()
        inbox: list[Message] = [{"type": "http.disconnect"}, {"type": "http.request"}]

        async def receive() -> Message:
            if len(inbox) == 1:
                await gone.wait()
            return inbox.pop()

        busy = pool.ask(tiny_bundle(), PICTURES[0])
        asking = asyncio.ensure_future(draw_for(pool, tiny_bundle(), PICTURES[1], receive))
        while len(pool._coming) < 2:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0)
        gone.set()
        content = await asking
        while len(pool._coming) > 1:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0)
        drawing.free.set()
        await asyncio.wrap_future(busy)
        return content

    assert asyncio.run(run()) is None
    assert drawing.drawn == [PICTURES[0].path]


def test_a_process_that_the_system_ends_is_replaced_for_the_next_picture() -> None:
    class Broken(ThreadPoolExecutor):
        def submit(self, *_: Any, **__: Any) -> Future[Any]:
            lost: Future[Any] = Future()
            lost.set_exception(BrokenExecutor("killed"))
            return lost

    made: list[Executor] = []

    def make(_: object) -> Executor:
        made.append(Broken(1))
        return made[-1]

    pool = DrawingPool(make)
    for number in (1, 2):
        with pytest.raises(BrokenExecutor):
            pool.ask(tiny_bundle(), PICTURES[0]).result(PATIENCE_S)
        assert len(made) == number
    assert pool.idle


def test_the_pool_ends_when_nobody_has_asked_for_a_while(
    pool: DrawingPool, drawing: Drawing, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests: list[Any] = []

    class Rest(threading.Timer):
        def start(self) -> None:
            rests.append(self)

    monkeypatch.setattr(module, "Timer", Rest)
    drawing.free.set()
    pool.ask(tiny_bundle(), PICTURES[0]).result(PATIENCE_S)
    pool.ask(tiny_bundle(), PICTURES[1]).result(PATIENCE_S)
    drawing.pools[0].shutdown()  # all is called back then
    assert [rest.interval for rest in rests] == [module.IDLE_S] * 2
    assert len(drawing.pools) == 1
    rests[-1].function()
    pool.ask(tiny_bundle(), PICTURES[0]).result(PATIENCE_S)
    assert len(drawing.pools) == 2


def test_a_process_of_its_own_draws_humbly_keeps_what_it_drew_and_can_be_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEPT_IN, str(tmp_path))
    bundle, pool = tiny_bundle(), DrawingPool(processes=1)
    (poster,) = (each for each in PICTURES if (each.slug, each.kind) == ("the-lamp", "poster"))
    assert find_kept(bundle.story, poster) is None
    content = pool.ask(bundle, poster).result(PATIENCE_S)
    assert content[8:12] == b"WEBP"
    assert find_kept(bundle.story, poster) == content
    assert pool._pool is not None
    assert pool._pool.submit(os.nice, 0).result(PATIENCE_S) == os.nice(0) + NICE
    assert len(active_children()) == 1
    ended = [process.sentinel for process in active_children()]
    pool.close(at_once=True)
    assert select.select(ended, [], [], PATIENCE_S)[0] == ended


def test_no_process_stays_when_the_server_is_killed() -> None:
    code = (
        "import multiprocessing, time; from story.drawing_pool import DrawingPool;"
        "from tests.story.told import tiny; pool = DrawingPool(processes=1)._make_pool(tiny());"
        "pool.submit(int).result(); print(multiprocessing.active_children()[0].pid, flush=True); time.sleep(60)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        watched = os.pidfd_open(int(server.stdout.readline()))
        server.send_signal(signal.SIGKILL)
    try:
        assert select.select([watched], [], [], PATIENCE_S)[0] == [watched]
    finally:
        os.close(watched)
