"""Measures the budgets and prints them as a table (`make bench`). It fails no one: machines differ."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from tests.bench.deployed import measure_deployed
from tests.bench.explore import measure_presses
from tests.bench.load import measure_rate
from tests.bench.mixed import measure_mixed
from tests.bench.sessions import HELD, HOLD_S, measure_sessions
from tests.bench.view import measure_changes, measure_first_paint_ms, measure_first_view
from tests.bench.wrk import find_wrk
from tests.browser.chromium import CHROMIUM_FLAGS, find_chromium
from tests.deploy.nginx import find_nginx
from tests.running import ROOT, export_story, run_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.running import Server

PAINTS = 3
TRAFFIC_S = 30
STARTS = 3
IMPORTS = """
import time
began = time.perf_counter()
import streamlit.web.cli, app
print(time.perf_counter() - began)
"""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One measured figure beside its budget; `most` says whether the budget is a ceiling or a floor."""

    what: str
    measured: float
    budget: float
    unit: str
    most: bool = True

    @property
    def share(self) -> float:
        """The measured figure as a share of its budget."""
        return self.measured / self.budget if self.budget else float(self.measured > 0)

    @property
    def kept(self) -> bool:
        """Whether the budget is kept."""
        return self.measured <= self.budget if self.most else self.measured >= self.budget


def render_table(rows: list[Row]) -> str:
    """Lay the rows out as a Markdown table."""
    lines = ["| what | budget | measured | of budget | |", "|---|---:|---:|---:|---|"]
    for row in rows:
        sign = "≤" if row.most else "≥"
        measured = f"{row.measured:,.1f} {row.unit}"
        verdict = "kept" if row.kept else "OVER"
        lines.append(f"| {row.what} | {sign} {row.budget:,g} {row.unit} | {measured} | {row.share:.0%} | {verdict} |")
    return "\n".join(lines)


def measure_starts() -> Iterator[Row]:
    """Measure the start of the server beyond its imports, and the export of the whole story but for its pictures."""
    import_s = statistics.median(_import_s() for _ in range(STARTS))
    start_s = statistics.median(_start_s() for _ in range(STARTS))
    yield Row(what="warm start after imports", measured=max(0.0, start_s - import_s), budget=3, unit="s")
    yield Row(what="export without pictures", measured=_export_s(), budget=5, unit="s")


def measure_server(server: Server) -> Iterator[Row]:
    """Measure what the server bears: bare pages a second, script runs, memory of open sessions."""
    rate = measure_rate(f"{server.url}/embed/")
    yield Row(what="/embed/ from memory", measured=rate.per_second, budget=1500, unit="requests/s", most=False)
    yield Row(what="/embed/ from memory, errors", measured=rate.errors, budget=0, unit="")
    sessions = measure_sessions(server)
    yield Row(what="Streamlit read page, warm script run", measured=sessions.run_ms, budget=25, unit="ms")
    yield Row(what="memory kept per open session", measured=sessions.kept_mb, budget=1, unit="MB")


def measure_traffic() -> Iterator[Row]:
    """Measure /embed/ for many readers while chunks are loaded and prints drawn; the module alone takes ten minutes."""
    found = measure_mixed(TRAFFIC_S)
    traffic = found.traffic
    rate = traffic.answers / found.seconds
    yield Row(what="mixed traffic, all answers", measured=rate, budget=300, unit="requests/s", most=False)
    yield Row(what="mixed traffic, /embed/, 99 of 100 within", measured=traffic.p("/embed/", 99), budget=50, unit="ms")
    yield Row(what="mixed traffic, errors", measured=traffic.errors.total(), budget=0, unit="")
    yield Row(what="mixed traffic, memory afterwards", measured=found.after_mb, budget=2000, unit="MB")


def measure_deployment() -> Iterator[Row]:
    """Measure what the deployed story bears, where wrk and nginx are installed; else say that it was not measured."""
    wrk = find_wrk()
    if wrk is None or find_nginx() is None:
        print("NOT MEASURED: the deployed story under load, for wrk or nginx is not installed.", file=sys.stderr)
        return
    loads, held = measure_deployed(wrk)
    for what, load in loads.items():
        budget = 5000
        yield Row(what=f"wrk: {what}", measured=load.per_second, budget=budget, unit="requests/s", most=False)
        yield Row(what=f"wrk: {what}, 99 of 100 within", measured=load.slow_ms, budget=250, unit="ms")
        yield Row(what=f"wrk: {what}, errors", measured=load.errors, budget=0, unit="")
    yield Row(what=f"{HELD} sessions held {HOLD_S} s, lost", measured=held.lost, budget=0, unit="")
    yield Row(what=f"{HELD} sessions held {HOLD_S} s, the app's memory", measured=held.whole_mb, budget=1000, unit="MB")
    yield Row(what=f"{HELD} sessions held {HOLD_S} s, memory each", measured=held.kept_mb, budget=1, unit="MB")


def measure_pages(server: Server) -> Iterator[Row]:
    """Measure what a reader meets: first paint on a slow line, the weight of it, a change of chapter."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        for path in ("/", "/embed/"):
            paint = statistics.median(measure_first_paint_ms(browser, f"{server.url}{path}") for _ in range(PAINTS))
            yield Row(what=f"first paint of {path} on a slow line", measured=paint, budget=1200, unit="ms")
        view = measure_first_view(browser, f"{server.url}/embed/")
        yield Row(what="/embed/ first view, compressed", measured=view.kb, budget=250, unit="KB")
        yield Row(what="/embed/ first view, requests", measured=view.requests, budget=10, unit="")
        yield Row(what="/embed/ first view, to other hosts", measured=view.elsewhere, budget=0, unit="")
        change = measure_changes(browser, f"{server.url}/embed/")
        yield Row(
            what="chapter change, script to first moved frame",
            measured=change.script_ms,
            budget=16,
            unit="ms",
        )
        yield Row(what="chapter change, longest task", measured=change.longest_ms, budget=50, unit="ms")
        yield Row(what="chapter changes, requests", measured=change.requests, budget=0, unit="")
        yield from measure_explore(browser, f"{server.url}/explore")
        browser.close()


def measure_explore(browser: Browser, url: str) -> Iterator[Row]:
    """Measure a press on a layer's switch on the Explore page."""
    presses = measure_presses(browser, url)
    yield Row(what="Explore, press to changed map, median", measured=presses.changed_ms, budget=200, unit="ms")
    yield Row(what="Explore, a press, sent over the websocket", measured=presses.sent_bytes, budget=2000, unit="bytes")
    yield Row(what="Explore, a press, received", measured=presses.received_bytes, budget=30_000, unit="bytes")
    yield Row(what="Explore, presses, reloads of the map's frame", measured=presses.reloads, budget=0, unit="")


def main() -> None:
    """Measure everything, one thing after another, and print the table."""
    rows = list(measure_starts())
    with run_server() as server:
        rows += measure_server(server)
    with run_server() as server:
        rows += measure_pages(server)
    rows += measure_traffic()
    rows += measure_deployment()
    print(render_table(rows))


def _import_s() -> float:
    done = subprocess.run([sys.executable, "-c", IMPORTS], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout.splitlines()[-1])


def _start_s() -> float:
    with run_server() as server:
        return server.start_s


def _export_s() -> float:
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        export_story(Path(folder) / "story")
        return time.perf_counter() - began


if __name__ == "__main__":
    main()
