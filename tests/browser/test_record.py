"""From a word or a mark to what the record says of it: by mouse, by key, on a phone, and across the app's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Mount
    from tests.browser.reader import Story

    OpenReader = Callable[..., Reader]
    OpenPage = Callable[..., Page]

pytestmark = pytest.mark.browser

HOSPITAL = "event-kabul-omid-2026-03-16"
MARK = f'.mark[data-fact="{HOSPITAL}"]'


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["desktop", "phone"])
def test_a_mark_opens_its_record_with_figures_authors_and_sources(
    open_reader: OpenReader, mount: Mount, size: tuple[int, int]
) -> None:
    reader = open_reader(mount.url, *size, reduced_motion="reduce")
    reader.goto("civilians")
    mark = reader.view.locator(f".strength-full {MARK}").first
    mark.focus()
    reader.press("Enter")
    panel = reader.view.locator("[data-record-panel]")
    panel.wait_for(state="visible")
    panel.get_by_text("according to AFP").wait_for(state="attached")
    assert panel.locator("a[href^=http]").count() >= 2
    assert "lit" in (mark.get_attribute("class") or "")
    reader.press("Escape")
    panel.wait_for(state="hidden")
    assert mark.evaluate("(element) => element === document.activeElement")


def test_the_app_leads_to_its_other_pages_and_back_to_the_same_chapter(
    open_reader: OpenReader, page_mount: Mount, story: Story
) -> None:
    reader = open_reader(page_mount.url, reduced_motion="reduce")
    reader.view.wait_for_selector("#essay-first", state="detached")
    slug = story.slugs[5]
    reader.goto(slug)
    reader.view.locator("[data-menu] summary").click()
    reader.view.get_by_role("link", name="Sources").click()
    reader.view.get_by_role("heading", name="Sources").wait_for()
    reader.view.get_by_role("link", name="Read").click()
    reader.view.wait_for_selector("[data-story]")
    reader.wait_for(slug)
    reader.check(slug)


def test_the_records_have_a_page_of_their_own_that_needs_no_script(open_page: OpenPage, embed_mount: Mount) -> None:
    page = open_page(f"{embed_mount.url}records.html#record-{HOSPITAL}", java_script_enabled=False)
    record = page.locator(f"#record-{HOSPITAL}")
    assert record.is_visible()
    assert "according to" in record.inner_text()


def test_who_comes_by_another_page_finds_the_story_too(open_page: OpenPage, page_mount: Mount, story: Story) -> None:
    page = open_page(f"{page_mount.url}sources", reduced_motion="reduce")
    page.get_by_role("heading", name="Sources").wait_for()
    page.get_by_role("link", name="Read").click()
    reader = Reader(page, story).wait_until_ready()
    reader.goto(story.slugs[4])
    reader.check(story.slugs[4])
