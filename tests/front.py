"""The real application, running in this process: started once, for it cannot be started twice."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from tests.story.asking import Answer, ask_now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.types import Message

    Ask = Callable[..., Answer]


@contextmanager
def run_front_door() -> Iterator[Ask]:
    """Give a way to ask the application: path, query, headers as keywords or in a mapping."""
    app = import_module("app").app  # only now: tests of other things need not wait for Streamlit
    inbox: asyncio.Queue[Message] = asyncio.Queue()
    outbox: asyncio.Queue[Message] = asyncio.Queue()

    async def start() -> asyncio.Task[None]:
        scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
        life = asyncio.ensure_future(app(scope, inbox.get, outbox.put))
        await inbox.put({"type": "lifespan.startup"})
        assert (await outbox.get())["type"] == "lifespan.startup.complete"
        return life

    async def end(life: asyncio.Task[None]) -> None:
        await inbox.put({"type": "lifespan.shutdown"})
        assert (await outbox.get())["type"] == "lifespan.shutdown.complete"
        await life

    with asyncio.Runner() as runner:
        life = runner.run(start())

        def ask(path: str, query: bytes = b"", method: str = "GET", **headers: str) -> Answer:
            told = {"host": "localhost"} | headers
            return runner.run(ask_now(app, path, query, method=method, headers=told))

        yield ask
        runner.run(end(life))
