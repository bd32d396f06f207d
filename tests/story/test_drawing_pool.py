"""Drawing beside the server: once for many, few at a time, given up by who goes away, and gone when nobody asks."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import pytest

from story import drawing_pool as module
from story.drawing_pool import WAITING, BusyError, DrawingPool, draw_for
from story.drawing_process import LostError
from tests.story.told import tiny_bundle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import Message

    from story.pictures import Picture

PATIENCE_S = 60  # for what never comes: the test then fails
PICTURES = list(tiny_bundle().pictures.values())


class Hand:
    """Stands for a process: gives the path of a picture as its content, when it is let."""

    def __init__(self, studio: Studio) -> None:
        """Belong to a studio, which counts."""
        self.studio, self.ended = studio, False

    def draw(self, picture: Picture) -> bytes:
        """Wait, and draw nothing."""
        self.studio.drawn.append(picture.path)
        self.studio.begun.release()
        assert self.studio.free.wait(PATIENCE_S)
        if self.studio.broken or self.ended:
            raise LostError
        return picture.path.encode()

    def end(self) -> None:
        """Remember it."""
        self.ended = True


class Studio:
    """What stands for all processes: `drawn` are the paths in order, `hands` who was hired."""

    def __init__(self) -> None:
        """Hold everything back."""
        self.drawn: list[str] = []
        self.hands: list[Hand] = []
        self.free, self.begun = threading.Event(), threading.Semaphore(0)
        self.broken = False

    def hire(self, *_: Any) -> Any:
        """Give one more."""
        self.hands.append(Hand(self))
        return self.hands[-1]


@pytest.fixture
def drawing() -> Iterator[Studio]:
    """Give what stands for the processes."""
    studio = Studio()
    yield studio
    studio.free.set()


@pytest.fixture
def pool(drawing: Studio) -> Iterator[DrawingPool]:
    """Give a pool that draws one at a time."""
    drawing_pool = DrawingPool(drawing.hire, processes=1)
    yield drawing_pool
    drawing.free.set()
    drawing_pool._threads.shutdown()


def test_many_who_ask_for_one_picture_wait_for_one_drawing(pool: DrawingPool, drawing: Studio) -> None:
    coming = [pool.ask(tiny_bundle(), PICTURES[0]) for _ in range(50)]
    drawing.free.set()
    assert {each.result(PATIENCE_S) for each in coming} == {PICTURES[0].path.encode()}
    assert drawing.drawn == [PICTURES[0].path]


def test_who_comes_when_too_many_wait_is_told_so_but_not_who_asks_for_what_is_coming(pool: DrawingPool) -> None:
    for picture in PICTURES[: 1 + WAITING]:
        pool.ask(tiny_bundle(), picture)
    with pytest.raises(BusyError):
        pool.ask(tiny_bundle(), PICTURES[1 + WAITING])
    pool.ask(tiny_bundle(), PICTURES[WAITING])


def test_what_nobody_waits_for_any_more_gives_up_its_place(pool: DrawingPool, drawing: Studio) -> None:
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


def test_a_client_that_goes_away_waits_no_longer(pool: DrawingPool, drawing: Studio) -> None:
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


def test_a_process_that_is_lost_is_replaced_for_the_next_picture(pool: DrawingPool, drawing: Studio) -> None:
    drawing.free.set()
    drawing.broken = True
    for number in (1, 2):
        with pytest.raises(LostError):
            pool.ask(tiny_bundle(), PICTURES[0]).result(PATIENCE_S)
        assert [hand.ended for hand in drawing.hands] == [True] * number
    drawing.broken = False
    assert pool.ask(tiny_bundle(), PICTURES[0]).result(PATIENCE_S)


def test_one_process_goes_on_and_is_replaced_after_so_many_pictures(
    pool: DrawingPool, drawing: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_DRAWN", 3)
    drawing.free.set()
    for picture in PICTURES[:7]:
        pool.ask(tiny_bundle(), picture).result(PATIENCE_S)
    pool._threads.shutdown()  # all is put away then
    assert [hand.ended for hand in drawing.hands] == [True, True, False]


def test_when_the_server_ends_nothing_is_drawn_any_more(pool: DrawingPool, drawing: Studio) -> None:
    coming = [pool.ask(tiny_bundle(), picture) for picture in PICTURES[:3]]
    assert drawing.begun.acquire(timeout=PATIENCE_S)
    pool.end()
    drawing.free.set()
    with pytest.raises(LostError):
        coming[0].result(PATIENCE_S)
    assert [each.cancelled() for each in coming[1:]] == [True, True]
    assert drawing.hands[0].ended
    with pytest.raises(BusyError):
        pool.ask(tiny_bundle(), PICTURES[4])


def test_who_waits_when_the_server_ends_is_told_to_come_again(pool: DrawingPool, drawing: Studio) -> None:
    async def stay() -> Message:
        await asyncio.Event().wait()
        return {}

    async def run() -> None:
        pool.ask(tiny_bundle(), PICTURES[0])
        asking = asyncio.ensure_future(draw_for(pool, tiny_bundle(), PICTURES[1], stay))
        while len(pool._coming) < 2:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0)
        pool.end()
        drawing.free.set()
        await asking

    with pytest.raises(BusyError):
        asyncio.run(run())


def test_the_processes_end_when_nobody_has_asked_for_a_while(
    pool: DrawingPool, drawing: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests: list[Any] = []

    class Rest(threading.Timer):
        def start(self) -> None:
            rests.append(self)

    monkeypatch.setattr(module, "Timer", Rest)
    drawing.free.set()
    for picture in PICTURES[:2]:
        pool.ask(tiny_bundle(), picture).result(PATIENCE_S)
    pool._threads.shutdown()  # all is called back then
    assert rests[-1].interval == module.IDLE_S
    assert [hand.ended for hand in drawing.hands] == [False]
    rests[-1].function()
    assert [hand.ended for hand in drawing.hands] == [True]
