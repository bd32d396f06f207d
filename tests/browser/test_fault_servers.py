"""Servers that die or come back with another version under open pages: whoever reads reads on.

The table "When things fail" in .ci/deploy/README.md says what was seen.
"""

from __future__ import annotations

import os
import re
import signal
from typing import TYPE_CHECKING

import pytest

from tests.browser.faulty import CHAPTER, CLAIM, NEXT, read_claim
from tests.browser.hosting import framed, run_hosts
from tests.browser.reader import Reader
from tests.running import StartError, run_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request, Route

    from tests.browser.conftest import Mount
    from tests.browser.hosting import Hosts
    from tests.browser.reader import Story

pytestmark = pytest.mark.browser

# Streamlit covers its page with a dialog when its server is gone: whether one has come and gone.
WATCH_DIALOGS = """() => {
    const seen = { opened: false, closed: false };
    new MutationObserver(() => {
        const there = Boolean(document.querySelector("[data-testid=stDialog]"));
        seen.closed = seen.opened && !there;
        seen.opened ||= there;
    }).observe(document.body, { childList: true });
    return seen;
}"""
# Whether the page that is shown is the one that came anew, and its map rests.
ANEW = """() => performance.getEntriesByType("navigation")[0].name.includes("renewed")
    && document.querySelector("[data-map]")?.dataset.settled === "true\""""


class Gone:
    """A page whose records are of a version that is gone. They are there when it comes anew, if `mended`."""

    def __init__(self, page: Page, *, mended: bool) -> None:
        self.page = page
        self.mended = mended
        self.asked: list[str] = []  # addresses of the story's page
        self.held: list[Route] = []  # the first request for the records, until `lose`
        page.on("request", self.count)
        page.route(re.compile(r"/records\.\w{10}\.js"), self.send_records)

    def count(self, request: Request) -> None:
        """Count the story's pages."""
        if request.is_navigation_request() and "/embed/" in request.url:
            self.asked.append(request.url)

    def send_records(self, route: Route) -> None:
        """Hold the first, refuse the others; what comes anew may find them."""
        if self.mended and len(self.asked) > 1:
            route.fallback()
        elif self.held:
            self.refuse(route)
        else:
            self.held.append(route)

    def lose(self) -> None:
        """Answer the first request for the records, once it has come: they are gone."""
        await_held(self.held, self.page)
        self.refuse(self.held[0])

    @staticmethod
    def refuse(route: Route) -> None:
        """Say what our server says of a file that it does not know."""
        route.fulfill(status=404, headers={"Access-Control-Allow-Origin": "*"})


def await_held(held: list[Route], page: Page) -> None:
    """Wait until a request is held."""
    for _ in range(600):
        if held:
            return
        page.wait_for_timeout(50)
    raise AssertionError("nothing was asked for")


def test_readers_of_a_server_that_dies_read_on(browser: Browser, story: Story) -> None:
    """In the app, on the bare page, in a frame; where the frame had not come yet the figure stays."""
    with pytest.raises(StartError, match="died"):
        _read_on(browser, story)


def _read_on(browser: Browser, story: Story) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    with (
        run_server() as server,
        run_hosts(server.url) as hosts,
        browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce") as context,
    ):
        app, bare, host, late = (context.new_page() for _ in range(4))
        late.route(re.compile(r"/embed/(\?|$)"), hold)
        late.goto(hosts.at("article"), wait_until="commit")
        host.goto(hosts.at("article"))
        bare.goto(f"{server.url}/embed/")
        app.goto(f"{server.url}/")
        app.locator(".reader-home [data-story]").wait_for()
        readers = [Reader(app, story), Reader(bare, story), framed(host, story)]
        for reader in readers:
            reader.wait_until_ready()
        late.wait_for_function("() => document.querySelector('figure iframe')")
        dialog = app.evaluate_handle(WATCH_DIALOGS)
        os.kill(server.pid, signal.SIGKILL)
        await_held(held, late)
        held[0].continue_()
        for reader in readers:
            for slug in (NEXT, CHAPTER):
                reader.goto(slug)
                reader.check(slug)
        assert late.locator("figure figcaption a").is_visible()
        assert not late.locator("figure iframe").is_visible()
        app.wait_for_function("(seen) => seen.closed", arg=dialog, timeout=60_000)  # Streamlit tries a few times first
        assert len(read_claim(app)) > 100


@pytest.mark.parametrize("sandboxed", [False, True], ids=["page", "frame"])
def test_a_page_whose_files_are_gone_comes_anew_at_its_place(
    browser: Browser, embed_mount: Mount, hosts: Hosts, story: Story, *, sandboxed: bool
) -> None:
    with browser.new_context(viewport={"width": 1000, "height": 800}, reduced_motion="reduce") as context:
        page = context.new_page()
        gone = Gone(page, mended=True)
        page.goto(hosts.at("sandboxed", "layout=side") if sandboxed else embed_mount.url)
        reader = framed(page, story) if sandboxed else Reader(page, story).wait_until_ready()
        reader.goto(CHAPTER)
        gone.lose()
        reader.view.wait_for_function(ANEW)
        reader.wait_for(CHAPTER)
        reader.check(CHAPTER)
        reader.view.locator(CLAIM).first.click()
        reader.view.locator("[data-panel-content] summary").first.wait_for()
        assert len(gone.asked) == 2
        assert sandboxed or "renewed" not in page.url


def test_a_page_whose_files_stay_gone_comes_anew_but_once(browser: Browser, embed_mount: Mount, story: Story) -> None:
    with browser.new_context(viewport={"width": 1000, "height": 800}, reduced_motion="reduce") as context:
        page = context.new_page()
        gone = Gone(page, mended=False)
        page.goto(embed_mount.at(chapter=CHAPTER))
        gone.lose()
        page.wait_for_function(ANEW)
        Reader(page, story).wait_for(CHAPTER)
        for _ in range(2):
            page.locator(CLAIM).first.click()
            page.locator("[data-panel-content] .evidence a[data-fact]").first.click()
            page.get_by_text("The record has not come.").wait_for()
            page.keyboard.press("Escape")
        assert len(gone.asked) == 2
        assert page.url == embed_mount.at(chapter=CHAPTER)
