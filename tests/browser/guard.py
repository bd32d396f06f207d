"""Watches pages for what must never happen: errors in the console, and requests that leave this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError

LOCAL_SCHEMES = {"file", "data", "blob", "about"}
# At the address of a page, Streamlit first looks for itself below that page; the 404 is how it finds out.
STREAMLIT_PROBES = tuple(
    f"/{page}/_stcore/{name}"
    for page in ("explore", "evidence", "sources", "rules", "share")
    for name in ("health", "host-config")
)
LOCAL_HOSTS = {"127.0.0.1", "localhost"}


class Guard:
    """Collects every fault of the contexts it watches; `faults` may be read at any time."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        """Watch all pages and frames of the context, from now on."""
        context.on("request", lambda request: self._check_address(request.url))
        context.on("console", self._check_message)
        context.on("weberror", self._note_error)
        context.on("page", self._watch_sockets)

    def assert_clean(self) -> None:
        """Fail with the list of faults, if there are any."""
        assert not self.faults, "the page was not clean:\n" + "\n".join(self.faults)

    def _watch_sockets(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._check_address(socket.url))

    def _check_address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in LOCAL_SCHEMES and parts.hostname not in LOCAL_HOSTS:
            self.faults.append(f"request to another host: {url}")

    def _check_message(self, message: ConsoleMessage) -> None:
        url = str(message.location.get("url"))
        if message.type == "error" and not url.endswith(STREAMLIT_PROBES):
            self.faults.append(f"console error: {message.text} ({url})")

    def _note_error(self, error: WebError) -> None:
        self.faults.append(f"page error: {error.error}\n{getattr(error.error, 'stack', '')}"[:3000])
