"""Fixtures of the browser tests: a Chromium, pages kept clean, three mounts, a host of frames."""

from __future__ import annotations

import html
import json
import urllib.parse
import urllib.request
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.chromium import CHROMIUM_FLAGS, find_chromium
from tests.browser.guard import Guard
from tests.browser.hosting import Hosts, run_hosts
from tests.browser.reader import Reader, Story
from tests.running import HOST, Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    OpenPage = Callable[..., Page]


@dataclass(frozen=True, kw_only=True)
class Mount:
    """One of the places that show the story: its name and the address of its first page."""

    name: str
    url: str

    def at(self, *, chapter: str | None = None, slug: str | None = None) -> str:
        """Give the address of a chapter, asked for as ?chapter= or as #slug."""
        query = f"?{urllib.parse.urlencode({'chapter': chapter})}" if chapter is not None else ""
        fragment = f"#{slug}" if slug is not None else ""
        return f"{self.url}{query}{fragment}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give one Chromium for the whole run; every page gets a context of its own."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open an address at a size in pixels; at the end, fail on any error and any request to elsewhere."""
    guard = Guard()
    contexts = []

    def open_address(url: str, width: int = 1280, height: int = 800, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        guard.watch(context)
        page = context.new_page()
        page.goto(url, wait_until="load")
        return page

    yield open_address
    for context in contexts:
        context.close()
    guard.assert_clean()


@pytest.fixture(scope="module")
def faulty(browser: Browser) -> Iterator[Page]:
    """Give one page in which faults are made; what it asks for and what its console says is not held against it."""
    with browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce") as context:
        yield context.new_page()


@pytest.fixture
def open_reader(open_page: OpenPage, story: Story) -> Callable[..., Reader]:
    """Open an address as open_page does and wait until the reader there is ready."""

    def open_address(url: str, width: int = 1280, height: int = 800, **options: Any) -> Reader:
        return Reader(open_page(url, width, height, **options), story).wait_until_ready()

    return open_address


@pytest.fixture(scope="session")
def story(server: Server) -> Story:
    """Give what the served story.json asks for."""
    with urllib.request.urlopen(f"{server.url}/embed/story.json", timeout=30) as answer:
        return Story.parse(json.load(answer))


@pytest.fixture
def page_mount(server: Server) -> Mount:
    """Give the Streamlit page."""
    return Mount(name="page", url=f"{server.url}/")


@pytest.fixture
def embed_mount(server: Server) -> Mount:
    """Give the bare page."""
    return Mount(name="embed", url=f"{server.url}/embed/")


@pytest.fixture
def export_mount(exported: Path) -> Mount:
    """Give the exported page, opened as a file."""
    return Mount(name="export", url=(exported / "index.html").as_uri())


@pytest.fixture(params=["page", "embed", "export"])
def mount(request: pytest.FixtureRequest) -> Mount:
    """Give each mount in turn."""
    found: Mount = request.getfixturevalue(f"{request.param}_mount")
    return found


@pytest.fixture(scope="session")
def host_url(exported: Path) -> Iterator[str]:
    """Give another site: its /host frames ?src= at ?width=, the rest is the exported folder."""
    host = ThreadingHTTPServer((HOST, 0), partial(_Host, directory=str(exported)))
    Thread(target=host.serve_forever, daemon=True).start()
    yield f"http://{HOST}:{host.server_port}"
    host.shutdown()
    host.server_close()


@pytest.fixture(scope="session")
def hosts(server: Server) -> Iterator[Hosts]:
    """Give another site: the pages of hosts/, with frames of the app and with its code pasted into them."""
    with run_hosts(server.url) as running:
        yield running


class _Host(SimpleHTTPRequestHandler):
    """Any static host, with one page more: /host frames an address the way a newspaper would."""

    def do_GET(self) -> None:
        address = urllib.parse.urlsplit(self.path)
        if address.path != "/host":
            super().do_GET()
            return
        asked = dict(urllib.parse.parse_qsl(address.query))
        source, width = html.escape(asked["src"]), int(asked["width"])
        page = (
            "<!doctype html><html lang=en><title>A host</title><link rel=icon href=data:,>"
            f"<h1>A host</h1><iframe title=Story src='{source}' width={width} height=600></iframe>"
            "<p style='margin-top:2000px'>The rest of the host's page."
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's own names
        """Keep the test output free of requests."""
