"""Hostile frames, screens and browsers: frames that hide or lock, 400 %, storage that lies, clocks that jump.

The table "When things fail" in .ci/deploy/README.md says what was seen.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import CHROMIUM_FLAGS, NAMES
from tests.browser.faulty import CHAPTER, NEXT
from tests.browser.hosting import INNER, STILL, story_frames
from tests.browser.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import Mount, OpenPage
    from tests.browser.hosting import Hosts
    from tests.browser.reader import Story
    from tests.running import Server

pytestmark = pytest.mark.browser

THEME = "the-line-between.theme"
WEIGHED = "the-line-between.weigh.the-line-between"
WRONG = [
    "",
    "null",
    "7",
    "[]",
    "{",
    '"dark"',
    '{"truce-largely-held": null}',
    '{"truce-largely-held": 7, "x": {}}',
    "x" * 2_000_000,
]
DENIED = """for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
}"""
# How much of the screen's height is left to text that is read.
TEXT_SHARE = """() => {
    const { bottom } = document.querySelector("[data-map-side]").getBoundingClientRect();
    return (innerHeight - Math.max(bottom, 0)) / innerHeight;
}"""
YEAR_MS = 365 * 24 * 3600 * 1000


def test_a_frame_that_lets_no_script_run_shows_text_claims_and_stills(faulty: Page, hosts: Hosts) -> None:
    faulty.goto(hosts.at("locked", f"chapter={CHAPTER}"))
    (frame,) = story_frames(faulty)
    still = frame.locator(f"#{CHAPTER} img.still")
    still.scroll_into_view_if_needed()
    assert still.is_visible()
    assert frame.locator(f"#{CHAPTER} .claim [data-claim-body]").first.is_visible()
    assert not frame.locator("[data-map-side]").is_visible()


def test_a_frame_without_any_size_opens_once_it_has_one(open_page: OpenPage, hosts: Hosts, story: Story) -> None:
    page = open_page(hosts.at("sandboxed", f"chapter={CHAPTER}", width=0, height=0), 900, 800, **STILL)
    (frame,) = story_frames(page)
    frame.wait_for_function("() => window.TheLineBetween && document.querySelector('.is-live')")
    for size in ((640, 600), (0, 0), (300, 420)):
        page.evaluate("([width, height]) => Object.assign(document.querySelector('iframe'), { width, height })", size)
        if all(size):
            reader = Reader(frame, story).wait_until_ready()
            reader.wait_for(CHAPTER)
            reader.check(CHAPTER)


@pytest.mark.parametrize("path", ["embed", "page"])
def test_at_four_times_the_size_most_of_the_screen_is_text(
    request: pytest.FixtureRequest, open_reader: Callable[..., Reader], path: str
) -> None:
    mount: Mount = request.getfixturevalue(f"{path}_mount")
    reader = open_reader(mount.at(chapter=CHAPTER), 320, 256, **STILL)
    reader.scroll_to(NEXT)
    reader.wait_for(NEXT)
    reader.check(NEXT)
    assert reader.view.evaluate(TEXT_SHARE) > 0.55
    assert reader.view.evaluate(INNER)[1] <= 0


def test_a_device_that_is_turned_while_the_map_flies(open_reader: Callable[..., Reader], embed_mount: Mount) -> None:
    reader = open_reader(embed_mount.url, 390, 844, has_touch=True, is_mobile=True, reduced_motion="no-preference")
    for slug, width, height in ((CHAPTER, 844, 390), (NEXT, 390, 844)):
        flights = reader.flights()
        reader.view.evaluate("(slug) => window.TheLineBetween.goto(slug)", slug)
        reader.view.wait_for_function("(before) => TheLineBetween.flights > before", arg=flights)
        reader.page.set_viewport_size({"width": width, "height": height})
        reader.wait_for(slug)
        reader.check(slug)
        assert reader.ask("inTextView", slug)
        turned = reader.shown()["state"]["bounds_wsen"]
        reader.page.reload()
        reader.wait_until_ready().wait_for(slug)
        assert turned == pytest.approx(reader.shown()["state"]["bounds_wsen"], abs=0.01)  # as one who opens it so


def test_storage_that_lies_changes_nothing(open_page: OpenPage, server: Server, story: Story) -> None:
    page = open_page(f"{server.url}/embed/weigh.html")
    for kept in WRONG:
        page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [WEIGHED, kept])
        page.reload()
        form = page.locator("form.weighed:visible")
        form.locator("textarea").fill("Seen.")
        page.reload()
        assert form.locator("textarea").input_value() == "Seen.", kept[:60]
    half = json.dumps({"truce-largely-held": None, "struck-back-only-once": {"why": "Kept."}})
    page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [WEIGHED, half])
    page.goto(f"{server.url}/embed/weigh.html?claim=struck-back-only-once")
    assert page.locator("form.weighed:visible textarea").input_value() == "Kept."
    for kept in ("purple", WRONG[-1]):
        page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [THEME, kept])
        page.goto(f"{server.url}/embed/")
        Reader(page, story).wait_until_ready()
        assert page.locator("[data-story]").get_attribute("data-theme") is None
        page.locator("[data-theme-switch]").click()
        assert page.evaluate("(key) => localStorage.getItem(key)", THEME) == "dark"


def test_storage_that_is_denied_is_done_without(browser: Browser, server: Server, story: Story) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce") as context:
        context.add_init_script(DENIED)
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(error.message))
        page.goto(f"{server.url}/embed/")
        Reader(page, story).wait_until_ready()
        page.locator("[data-theme-switch]").click()
        assert page.locator("[data-story]").get_attribute("data-theme") == "dark"
        page.goto(f"{server.url}/embed/weigh.html")
        page.locator("form.weighed:visible input[value=supported]").check()
        page.locator("form.weighed:visible [type=submit]").click()
        assert page.locator("form.weighed:visible [data-answer]").is_visible()
        page.goto(f"{server.url}/embed/?layout=present&chapter={CHAPTER}")
        page.wait_for_function("() => TheLineBetween?.stage?.step().slug === 'roots'")
        page.keyboard.press("PageDown")
        page.wait_for_function("() => document.querySelector('[data-map]').dataset.settled === 'true'")
        assert faults == []


def test_a_clock_that_jumps_leaves_nothing_stuck(open_page: OpenPage, embed_mount: Mount, story: Story) -> None:
    page = open_page("about:blank")
    page.clock.install()
    page.goto(embed_mount.url)
    reader = Reader(page, story).wait_until_ready()
    now = page.evaluate("() => Date.now()")
    for slug, jump in ((CHAPTER, -YEAR_MS), (NEXT, YEAR_MS), (CHAPTER, 0)):
        page.evaluate("(slug) => window.TheLineBetween.goto(slug)", slug)
        page.clock.set_system_time((now + jump) / 1000)
        reader.wait_for(slug)
        reader.check(slug)
        before = reader.story.slugs.index(slug)
        reader.press("ArrowRight")
        reader.wait_for(reader.story.slugs[before + 1])


def test_a_page_brought_back_from_memory_reads_on_where_it_was(
    browser: Browser, embed_mount: Mount, story: Story
) -> None:
    whole = next(filter(None, map(shutil.which, NAMES[1:])), None)
    if whole is None:
        pytest.skip("Only a Chromium without windows is installed: pages brought back from memory were NOT tested")
    keeping = browser.browser_type.launch(
        executable_path=whole, args=CHROMIUM_FLAGS, ignore_default_args=["--disable-back-forward-cache"]
    )
    page = keeping.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page.goto(embed_mount.at(chapter=CHAPTER))
    reader = Reader(page, story).wait_until_ready()
    page.evaluate("() => addEventListener('pageshow', ({ persisted }) => (window.brought = persisted))")
    page.goto(f"{embed_mount.url}claims.html")
    page.go_back(wait_until="commit")
    page.wait_for_function("() => window.brought === true")
    reader.wait_for(CHAPTER)
    reader.check(CHAPTER)
    reader.press("ArrowRight")
    reader.wait_for(story.slugs[story.slugs.index(CHAPTER) + 1])
    keeping.close()
