"""Runs what takes longer than an event loop may wait: in threads, and once for all who ask for it at the same time."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

T = TypeVar("T")
# Few: what runs here wants a whole core, and the event loop wants one too.
_THREADS = ThreadPoolExecutor(2, "once")


async def in_thread(make: Callable[[], T]) -> T:
    """What `make` gives, run beside the event loop; two at once, the others wait."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, make)


class Once(Generic[T]):
    """Makes a thing once for all who ask for it while it is made; it is made to the end, whoever goes away."""

    def __init__(self) -> None:
        self._coming: dict[Hashable, asyncio.Task[T]] = {}

    async def run(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        """What `make` gives or raises; who asks for the same key meanwhile gets the same."""
        task = self._coming.get(key)
        if task is None:
            task = asyncio.ensure_future(_await(make))
            self._coming[key] = task
            task.add_done_callback(lambda _: self._coming.pop(key, None))
        return await asyncio.shield(task)


async def _await(make: Callable[[], Awaitable[T]]) -> T:
    return await make()
