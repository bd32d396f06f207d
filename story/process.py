"""What the server's process asks of the system: how many connections it may hold, and an end within seconds."""

import asyncio
import contextlib
import signal
from collections.abc import Callable
from types import FrameType

import uvicorn

END_WITHIN_S = 3  # for answers that are being sent; whoever started us may wait 10 s before it kills


def hold_many_connections() -> None:
    """Take as many open connections as this process may have, where it has been given fewer."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # not Unix, or not allowed
        resource = __import__("resource")
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def end_soon(also: Callable[[], None]) -> None:
    """Have uvicorn, when it is told to end, wait END_WITHIN_S for open answers, not for ever, and call `also` at once.

    Streamlit starts uvicorn and has no setting for it, but the signals lead to it. Where something else serves the app
    this does nothing.
    """
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        told = signal.getsignal(number)
        server = getattr(told, "__self__", None)
        if not isinstance(server, uvicorn.Server):
            continue
        server.config.timeout_graceful_shutdown = server.config.timeout_graceful_shutdown or END_WITHIN_S

        def end(number: int, frame: FrameType | None, server: uvicorn.Server = server) -> None:
            server.handle_exit(number, frame)
            loop.call_soon_threadsafe(loop.run_in_executor, None, also)

        signal.signal(number, end)
