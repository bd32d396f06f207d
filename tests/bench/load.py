"""A bounded load on one address of this machine: so many requests over kept connections, then it stops."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

CONNECTIONS = 16
REQUESTS = 6000
WARM_UP = 200
LIMIT_S = 60


@dataclass(frozen=True, kw_only=True)
class Rate:
    """What a load found: good answers a second (all clients together), and how many were not good."""

    per_second: float
    errors: int


def measure_rate(url: str) -> Rate:
    """Ask for a page, compressed, again and again; whatever fails is counted, not raised."""
    return asyncio.run(asyncio.wait_for(_measure(url), LIMIT_S))


async def _measure(url: str) -> Rate:
    await _ask_often(url, WARM_UP)
    began = time.perf_counter()
    share = REQUESTS // CONNECTIONS
    good = sum(await asyncio.gather(*(_ask_often(url, share) for _ in range(CONNECTIONS))))
    taken_s = time.perf_counter() - began
    return Rate(per_second=good / taken_s, errors=share * CONNECTIONS - good)


async def _ask_often(url: str, times: int) -> int:
    """Ask over one connection; give the number of good answers."""
    parts = urlsplit(url)
    question = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: br\r\n\r\n".encode()
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    good = 0
    try:
        for _ in range(times):
            writer.write(question)
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            if length is None:
                break
            await reader.readexactly(int(length[1]))
            good += head.startswith(b"HTTP/1.1 200")
    except (OSError, asyncio.IncompleteReadError):
        return good
    finally:
        writer.close()
    return good
