"""The Explore page as a test sees it: what the map in its frame shows, and how a person asks it for something else."""

from __future__ import annotations

import json
import re
import time
import urllib.parse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Frame, Locator, Page

READY_LIMIT_MS = 45_000
WAIT_LIMIT_S = 10.0
POLL_MS = 40
FRAME = ".st-key-atlas-frame iframe"


class Atlas:
    """One open Explore page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.frame_locator(FRAME).locator(".map[data-state]").wait_for(timeout=READY_LIMIT_MS)
        page.locator(".explore-list tbody tr").first.wait_for()
        self.wait_until_idle()
        handle = page.query_selector(FRAME)
        found = handle.content_frame() if handle else None
        assert found is not None
        self.frame: Frame = found

    @property
    def state(self) -> dict[str, Any]:
        """What the map shows, as it says itself: layers, records, hatched, borders, at."""
        said: dict[str, Any] = json.loads(self.frame.locator(".map").get_attribute("data-state") or "{}")
        return said

    @property
    def asked(self) -> dict[str, str]:
        """What the page's address asks."""
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.page.url).query))

    @property
    def beside(self) -> Locator:
        """The panel beside the map."""
        return self.page.locator(".st-key-atlas-side")

    @property
    def rows(self) -> Locator:
        """The rows of the table that are shown."""
        return self.page.locator(".explore-list tbody tr:not([hidden])")

    def wait_until_idle(self) -> None:
        """Wait until no script of the page runs."""
        self.page.locator(".stApp[data-test-script-state=notRunning]").wait_for()

    def wait_for(self, shown: Callable[[dict[str, Any]], bool], hope: str) -> dict[str, Any]:
        """Wait until the map shows what is hoped for; give what it shows."""
        deadline = time.monotonic() + WAIT_LIMIT_S
        while not shown(self.state):
            assert time.monotonic() < deadline, f"Waited {WAIT_LIMIT_S} s for {hope}; the map shows {self.state}"
            self.page.wait_for_timeout(POLL_MS)
        return self.state

    def wait_for_address(self, **parts: str) -> None:
        """Wait until the address asks for these; an empty one must not stand there."""
        deadline = time.monotonic() + WAIT_LIMIT_S
        while any(self.asked.get(key, "") != value for key, value in parts.items()):
            assert time.monotonic() < deadline, f"Waited {WAIT_LIMIT_S} s for {parts}; the address asks {self.asked}"
            self.page.wait_for_timeout(POLL_MS)

    def turn_to(self, panel: str) -> None:
        """Show one of the panels beside the map."""
        self.beside.get_by_role("radio", name=panel, exact=True).click()
        self.beside.locator("button[role=radio][aria-checked=true]", has_text=re.compile(f"^{panel}$")).wait_for()
        self.wait_until_idle()

    def press(self, lat: float, lon: float) -> None:
        """Press the map at a latitude and longitude, in degrees, that are in view."""
        point = self.frame.evaluate("(at) => window.map.latLngToContainerPoint(at)", [lat, lon])
        self.frame.locator(".map").click(position={"x": point["x"], "y": point["y"]})
