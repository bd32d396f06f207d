"""What a visitor of the Explore page meets: from a press to the changed map, and what goes over the line for it."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, WebSocket

DESKTOP_PX = (1440, 900)
LIMIT_MS = 60_000
REST_MS = 600
PRESSES = 12
FRAME = ".st-key-atlas-frame iframe"
# Presses a switch and gives the milliseconds until the map in its frame says that it shows something else.
PRESS = """(id) => new Promise((shown) => {
    const frame = document.querySelector(".st-key-atlas-frame iframe").contentDocument;
    const box = document.querySelector(`[data-layer="${id}"]`);
    let begun = 0;
    new MutationObserver((_, watch) => { watch.disconnect(); shown(performance.now() - begun); })
        .observe(frame.querySelector(".map"), { attributeFilter: ["data-state"] });
    begun = performance.now();
    box.click();
})"""


@dataclass(frozen=True, kw_only=True)
class Presses:
    """Presses of a layer's switch: median milliseconds until the map has changed, and bytes over the websocket each."""

    changed_ms: float
    sent_bytes: float
    received_bytes: float
    reloads: int


def measure_presses(browser: Browser, url: str) -> Presses:
    """Switch a layer off and on again and again; a reload is every request for the frame's own page after the first."""
    context = browser.new_context(viewport={"width": DESKTOP_PX[0], "height": DESKTOP_PX[1]}, reduced_motion="reduce")
    page = context.new_page()
    sent: list[int] = []
    received: list[int] = []
    page.on("websocket", lambda socket: _weigh(socket, sent, received))
    page.goto(url, timeout=LIMIT_MS)
    page.frame_locator(FRAME).locator(".map[data-state]").wait_for(timeout=LIMIT_MS)
    page.get_by_role("radio", name="Layers", exact=True).click()
    page.locator("[data-layer=strikes]").wait_for()
    page.wait_for_timeout(3 * REST_MS)
    frames: list[str] = []
    page.on("framenavigated", lambda frame: frames.append(frame.url))
    times, up, down = [], [], []
    for _ in range(PRESSES):
        before = sum(sent), sum(received)
        times.append(page.evaluate(PRESS, "strikes"))
        page.wait_for_timeout(REST_MS)
        up.append(sum(sent) - before[0])
        down.append(sum(received) - before[1])
    reloads = _framed(page, frames)
    context.close()
    return Presses(
        changed_ms=statistics.median(times),
        sent_bytes=statistics.median(up),
        received_bytes=statistics.median(down),
        reloads=reloads,
    )


def _weigh(socket: WebSocket, sent: list[int], received: list[int]) -> None:
    socket.on("framesent", lambda told: sent.append(len(told)))
    socket.on("framereceived", lambda told: received.append(len(told)))


def _framed(page: Page, addresses: list[str]) -> int:
    """How often a frame went to a page; the page's own address changes with what it shows and is none."""
    return sum(not address.startswith(page.url.partition("?")[0]) for address in addresses)
