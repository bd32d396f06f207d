"""What a reader's browser meets: first paint on a slow line, the weight of it, a change of chapter."""

from __future__ import annotations

import json
import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import ViewportSize

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE = ViewportSize(width=360, height=740)
DESKTOP = ViewportSize(width=1440, height=900)
SLOW_LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
CPU_SLOWDOWN = 4
LIMIT_MS = 60_000
IDLE_MS = 5_000
SCRIPT_EVENTS = {"FunctionCall", "EvaluateScript", "FireAnimationFrame", "TimerFire", "EventDispatch"}
CHANGE = Path(__file__).with_name("change.js").read_text(encoding="utf-8")

Span = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class View:
    """The weight of a first view as it came: kilobytes (of 1000 bytes), requests, those to other hosts."""

    kb: float
    requests: int
    elsewhere: int


@dataclass(frozen=True, kw_only=True)
class Change:
    """Changes of chapter: median script until the map moved, the longest task, the requests made."""

    script_ms: float
    longest_ms: float
    requests: int


def measure_first_paint_ms(browser: Browser, url: str) -> float:
    """Open a page on a slow line with a slow processor and an empty cache; give its first paint."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})
    page.goto(url, wait_until="commit", timeout=LIMIT_MS)
    paint = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
    painted = 0.0
    while not painted:
        page.wait_for_timeout(100)
        painted = page.evaluate(paint)
    context.close()
    return painted


def measure_first_view(browser: Browser, url: str) -> View:
    """Open a page with an empty cache; weigh all that came until its map first settled."""
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    weights: list[float] = []
    asked: list[str] = []
    line.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url, timeout=LIMIT_MS)
    _wait_until_settled(page)
    fetched = [one for one in asked if not one.startswith(("data:", "blob:"))]
    home = urlsplit(url).netloc
    elsewhere = sum(urlsplit(one).netloc != home for one in fetched)
    view = View(kb=sum(weights) / 1000, requests=len(fetched), elsewhere=elsewhere)
    context.close()
    return view


def measure_changes(browser: Browser, url: str) -> Change:
    """Scroll through all chapters, one after another, under Chromium's own trace."""
    context = browser.new_context(viewport=DESKTOP, reduced_motion="no-preference")
    page = context.new_page()
    page.goto(url, timeout=LIMIT_MS)
    _wait_until_settled(page)
    page.wait_for_timeout(IDLE_MS)
    asked: list[str] = []
    page.on("request", lambda request: None if request.url.startswith("data:") else asked.append(request.url))
    slugs = page.evaluate(f"() => ({CHANGE}).chapters()")
    browser.start_tracing(page=page, categories=["devtools.timeline", "blink.user_timing", "toplevel"])
    for slug in slugs[1:]:
        page.evaluate(f"(slug) => ({CHANGE}).scroll(slug)", slug)
        _wait_until_settled(page)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    context.close()
    return _read_trace(events, len(asked))


def _wait_until_settled(page: Page) -> None:
    page.locator("[data-map][data-settled=true]").wait_for(state="attached", timeout=LIMIT_MS)


def _read_trace(events: list[dict[str, Any]], requests: int) -> Change:
    marks = [one for one in events if one["name"] in {"bench-scroll", "bench-moved"} and one["ph"] in "RIi"]
    marks.sort(key=lambda one: one["ts"])
    thread = (marks[0]["pid"], marks[0]["tid"])
    own = [one for one in events if (one["pid"], one["tid"]) == thread and one["ph"] == "X"]
    scripts = sorted(_span(one) for one in own if one["name"] in SCRIPT_EVENTS)
    starts = [one["ts"] for one in marks if one["name"] == "bench-scroll"]
    moves = [one["ts"] for one in marks if one["name"] == "bench-moved"]
    changes = [_busy_ms(scripts, start, move) for start, move in zip(starts, moves, strict=True)]
    tasks = [_span(one) for one in own if one["name"].endswith("RunTask")]
    during = [end - begin for begin, end in tasks if starts[0] <= begin]
    return Change(script_ms=statistics.median(changes), longest_ms=max(during, default=0) / 1000, requests=requests)


def _span(event: dict[str, Any]) -> Span:
    begin: float = event["ts"]
    return begin, begin + event.get("dur", 0)


def _busy_ms(spans: list[Span], start: float, end: float) -> float:
    """Give the time in which at least one of the sorted spans ran between two moments; microseconds in."""
    busy, reached = 0.0, start
    for begin, finish in spans:
        busy += max(0.0, min(finish, end) - max(begin, reached))
        reached = max(reached, min(finish, end))
    return busy / 1000
