"""What takes long: made beside the event loop, once for all who ask meanwhile, and to its end."""

from __future__ import annotations

import asyncio
import threading
from functools import partial

import pytest

from story.once import Once, in_thread

PATIENCE_S = 30  # for a thread that never comes: the test then fails


def test_the_event_loop_goes_on_while_a_thing_is_made() -> None:
    async def run() -> bool:
        opened = threading.Event()
        coming = asyncio.ensure_future(in_thread(partial(opened.wait, PATIENCE_S)))
        await asyncio.sleep(0)
        opened.set()  # only a loop that was not kept waiting comes here
        return await coming

    assert asyncio.run(run())


def test_many_who_ask_meanwhile_get_the_same_made_once() -> None:
    made: list[str] = []

    async def run() -> list[str]:
        once: Once[str] = Once()
        ready = asyncio.Event()

        async def make() -> str:
            made.append("one")
            await ready.wait()
            return "thing"

        asking = [asyncio.ensure_future(once.run("key", make)) for _ in range(50)]
        await asyncio.sleep(0)
        ready.set()
        return await asyncio.gather(*asking)

    assert asyncio.run(run()) == ["thing"] * 50
    assert made == ["one"]


def test_it_is_made_to_the_end_when_the_first_to_ask_goes_away() -> None:
    async def run() -> str:
        once: Once[str] = Once()
        ready = asyncio.Event()

        async def make() -> str:
            await ready.wait()
            return "thing"

        first, second = (asyncio.ensure_future(once.run("key", make)) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.sleep(0)
        ready.set()
        return await second

    assert asyncio.run(run()) == "thing"


def test_what_fails_fails_for_all_who_wait_and_is_tried_again_by_the_next() -> None:
    outcomes = [ValueError("not yet"), None]

    async def make() -> str:
        if error := outcomes.pop(0):
            raise error
        return "thing"

    async def run() -> str:
        once: Once[str] = Once()
        for each in await asyncio.gather(*(once.run("key", make) for _ in range(3)), return_exceptions=True):
            assert isinstance(each, ValueError)
        return await once.run("key", make)

    assert asyncio.run(run()) == "thing"
    with pytest.raises(IndexError):
        asyncio.run(make())
