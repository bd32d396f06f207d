"""Other sites on this machine: pages of hosts/ that frame the story or have its code pasted into them."""

from __future__ import annotations

import html
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from story.address import publish
from story.embedding import read_options
from story.snippets import Shown, frame_code, script_code
from tests.browser.reader import Reader
from tests.running import HOST
from tests.story.told import real

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Frame, Page

    from tests.browser.reader import Story

PAGES = Path(__file__).with_name("hosts")
STILL = {"reduced_motion": "reduce"}
# How much higher and wider the page in a frame is than the frame.
INNER = """() => {
    const { scrollHeight, scrollWidth } = document.scrollingElement;
    return [scrollHeight - innerHeight, scrollWidth - innerWidth];
}"""


@dataclass(frozen=True)
class Hosts:
    """The address of the other site, and that of the app whose story it shows."""

    url: str
    app: str

    def at(self, page: str, query: str = "", **asked: str | int) -> str:
        """The address of a page of hosts/: `query` is the frame's; `width`, `height`, `form` and `app` may be asked."""
        return f"{self.url}/{page}?" + urlencode({"query": query, "app": self.app, **asked})


def write_code(app: str, query: str, form: str, height: str) -> str:
    """What the Share page gives to paste, for a story that is published at `app`."""
    bundle = replace(real(), story=publish(real().story, f"{app}/"))
    shown = Shown.of(bundle, read_options(query, bundle.parameters))
    return frame_code(bundle, shown, ("100%", height)) if form == "frame" else script_code(bundle, shown, int(height))


class _Host(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        address = urlsplit(self.path)
        asked = {"width": "640", "height": "600", "form": "script"} | dict(parse_qsl(address.query))
        page = Template((PAGES / f"{Path(address.path).name}.html").read_text(encoding="utf-8"))
        app, query = asked["app"], asked.get("query", "")
        filled = page.substitute(
            frame=html.escape(f"{app}/embed/?{query}"),
            code=write_code(app, query, asked["form"], asked["height"]),
            origin=app,
            width=asked["width"],
            height=asked["height"],
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(filled)))
        self.end_headers()
        self.wfile.write(filled)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's own names
        """Keep the test output free of requests."""


@contextmanager
def run_hosts(app: str) -> Iterator[Hosts]:
    """Serve the pages of hosts/ on a port of their own until the block ends."""
    server = ThreadingHTTPServer((HOST, 0), _Host)
    Thread(target=server.serve_forever, daemon=True).start()
    yield Hosts(f"http://{HOST}:{server.server_port}", app)
    server.shutdown()
    server.server_close()


def framed(page: Page, story: Story, number: int = 0) -> Reader:
    """Give the reader in a frame of the page, once it is ready."""
    page.wait_for_function("(number) => document.querySelectorAll('iframe').length > number", arg=number)
    return Reader(story_frames(page)[number], story).wait_until_ready()


def story_frames(page: Page) -> list[Frame]:
    """Give the frames of a page that show the story."""
    page.wait_for_timeout(200)
    return [frame for frame in page.frames if "/embed/" in frame.url]
