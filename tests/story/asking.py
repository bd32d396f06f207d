"""Asks an ASGI application as a server would, without one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message


@dataclass(frozen=True)
class Answer:
    """What an application sent: status, headers by lower-case name, the whole body, how many messages."""

    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)  # asyncio asks for the words of every result
    messages: int


async def ask_now(app: ASGIApp, path: str = "/", query: bytes = b"", **options: Any) -> Answer:
    """Send one request to an application, in the running loop. `options`: `headers`, `method`, `root_path`."""
    headers: Mapping[str, str] = options.get("headers", {})
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": options.get("method", "GET"),
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("utf-8", "surrogatepass"),
        "root_path": options.get("root_path", ""),
        "query_string": query,
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
        "state": {},
    }
    sent: list[Message] = []
    asked: list[bool] = []

    async def receive() -> Message:
        if asked:
            await asyncio.Event().wait()  # a client that stays
        asked.append(True)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start, *parts = sent
    found = {name.decode().lower(): value.decode("latin-1") for name, value in start["headers"]}
    return Answer(start["status"], found, b"".join(part.get("body", b"") for part in parts), len(sent))


def ask(app: ASGIApp, path: str = "/", query: bytes = b"", **options: Any) -> Answer:
    """Send one request to an application, in a loop of its own."""
    return asyncio.run(ask_now(app, path, query, **options))
