"""Makes faults in a page: files that are lost, held or changed on their way, and what is still read then."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import ConsoleMessage, Error, Page, Route

CHAPTER, NEXT = "roots", "the-demand"
CLAIM = f"[data-chapter={CHAPTER}] .body a[data-claim]"
# Whether the chapter's still is seen in the map's place.
STOOD_IN = """(slug) => {
    const still = document.querySelector(".stand-in");
    return still?.checkVisibility() && still.src.includes(`/${slug}.`) && still.naturalWidth > 0;
}"""
MADE_UP = 'throw new Error("made up");'


@contextmanager
def routed(page: Page, pattern: str, handler: Callable[[Route], None]) -> Iterator[list[str]]:
    """Answer what matches a pattern by a handler of our own; gather errors of the page and of its console."""
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            said.append(message.text)

    def fail(error: Error) -> None:
        said.append(error.message)

    page.on("console", hear)
    page.on("pageerror", fail)
    page.route(re.compile(pattern), handler)
    yield said
    page.unroute_all(behavior="ignoreErrors")
    page.remove_listener("console", hear)
    page.remove_listener("pageerror", fail)


def changed(*changes: tuple[str, str]) -> Callable[[Route], None]:
    """Give a handler that sends the file with parts of it exchanged, each of which it must hold."""

    def answer(route: Route) -> None:
        if route.request.method == "HEAD":  # asks whether the file is gone
            route.fallback()
            return
        text = route.fetch().text()
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        route.fulfill(body=text, content_type="text/javascript")

    return answer


def lose(route: Route) -> None:
    """Refuse a request."""
    route.abort()


def read_claim(page: Page) -> str:
    """Press the first claim of the chapter; give what is then read of it, in the panel or in the note itself."""
    page.locator(CLAIM).first.click()
    shown = page.locator("[data-record-panel]:visible, .claim:target [data-claim-body]:visible")
    shown.first.wait_for()
    return shown.first.inner_text()
