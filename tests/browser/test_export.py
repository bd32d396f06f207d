"""The exported folder on a static host, under a path: read there once, it is read again without host or network."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from story.export import Wish, export_single
from tests.browser.reader import Reader
from tests.running import HOST
from tests.story.markup import read_html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browser.conftest import Mount, OpenPage
    from tests.browser.reader import Story

pytestmark = pytest.mark.browser

PREFIX = "/stories/of/others/"
KEPT = """async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
        await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve));
    }
    const [name] = await caches.keys();
    return (await (await caches.open(name)).keys()).length;
}"""
WIDEST = "all => Math.max(...all.map((one) => one.naturalWidth))"
STILLS = """async () => {
    window.dispatchEvent(new Event("beforeprint"));
    const stills = [...document.querySelectorAll("img.still")];
    await Promise.all(stills.map((each) => each.decode()));
    return stills.length;
}"""


class _Plain(SimpleHTTPRequestHandler):
    """A host that knows nothing of the story, and has it below a path."""

    def translate_path(self, path: str) -> str:
        """Give the file for a path below the prefix, and none for any other."""
        return super().translate_path("/" + path.removeprefix(PREFIX) if path.startswith(PREFIX) else "/nothing/here")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's own names
        """Keep the test output free of requests."""


@contextmanager
def plain_host(folder: Path) -> Iterator[str]:
    """Serve a folder below the prefix as long as the block lasts; give the address."""
    host = ThreadingHTTPServer((HOST, 0), partial(_Plain, directory=str(folder)))
    Thread(target=host.serve_forever, daemon=True).start()
    try:
        yield f"http://{HOST}:{host.server_port}{PREFIX}"
    finally:
        host.shutdown()
        host.server_close()


def test_after_one_visit_the_story_is_read_without_its_host(open_page: OpenPage, story: Story, exported: Path) -> None:
    with plain_host(exported) as address:
        page = open_page(f"{address}?chapter={story.slugs[3]}")
        reader = Reader(page, story).wait_until_ready()
        reader.check(story.slugs[3])
        kept = page.evaluate(KEPT)
    # The host is gone, not only the network of the page.
    page.reload()
    Reader(page, story).wait_until_ready()
    for slug in (story.slugs[0], story.slugs[7], story.slugs[-1]):
        page.goto(f"{address}?chapter={slug}")
        Reader(page, story).wait_until_ready().check(slug)
    assert page.evaluate(STILLS) == len(story.slugs)
    for leaf in ("essay.html", "claims.html", "rules.html", "version.html", "records.html"):
        page.goto(f"{address}{leaf}")
        assert page.locator("h1").count() == 1
        assert page.evaluate("getComputedStyle(document.querySelector('.story')).fontFamily").startswith("Charter")
    assert kept > 60


def test_on_a_disk_nothing_is_registered_and_nothing_kept(open_page: OpenPage, export_mount: Mount) -> None:
    page = open_page(export_mount.url)
    assert page.locator("script[src*='offline.']").count() == 1
    assert page.locator("link[rel=manifest]").count() == 0
    assert not page.context.service_workers


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the story as one file, alone in a folder."""
    (path,) = export_single(tmp_path_factory.mktemp("single"), wish=Wish(address=""))
    return path


def test_one_file_alone_shows_map_records_rules_and_stills(open_page: OpenPage, story: Story, single: Path) -> None:
    page = open_page(single.as_uri())
    assert {one.name for one in single.parent.iterdir()} == {"the-line-between.html"}
    reader = Reader(page, story).wait_until_ready()
    for slug in (story.slugs[0], story.slugs[7]):
        reader.goto(slug)
        reader.check(slug)
    assert page.locator(".leaflet-image-layer").evaluate_all(WIDEST) > 100
    page.locator(f"#{story.slugs[7]} a.claimed").first.click()
    page.locator("[data-panel-content] .sources a").first.wait_for()
    assert page.evaluate(STILLS) == len(story.slugs)
    page.locator("[data-panel-content] a[href^='#rule-']").click()
    page.wait_for_timeout(500)
    rule = page.locator("[id^='rule-']").evaluate_all("all => all.map((one) => one.getBoundingClientRect().top)")
    assert any(0 <= top <= page.viewport_size["height"] for top in rule if page.viewport_size)


def test_one_file_reads_without_scripts_and_every_way_in_it_leads_to_a_place_in_it(
    open_page: OpenPage, story: Story, single: Path
) -> None:
    page = open_page(single.as_uri(), java_script_enabled=False)
    page.locator("[data-chapter] img.still").last.scroll_into_view_if_needed()
    assert page.locator("img.still").count() == len(story.slugs)
    ways = read_html(single.read_text(encoding="utf-8"))
    ids = {each["id"] for _, each in ways.tags if each.get("id")}
    lost = {each["href"] for tag, each in ways.tags if tag == "a" and each["href"].startswith("#")}
    assert not {way for way in lost if way[1:] not in ids}
