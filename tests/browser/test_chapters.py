"""Every chapter can be reached in every way, on every mount, and shows exactly its own layers and extent."""

from __future__ import annotations

import urllib.parse
from typing import TYPE_CHECKING

import pytest

from tests.browser.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Mount, OpenPage
    from tests.browser.reader import Story

    OpenReader = Callable[..., Reader]

pytestmark = pytest.mark.browser

FRAME_WIDTHS_PX = (280, 400, 900)
UNKNOWN_CHAPTERS = ("no-such-chapter", "", "__proto__", "constructor", "../../etc/passwd", "<b>roots</b>")


def test_the_text_has_every_chapter_once_and_the_first_view_is_the_first(
    open_reader: OpenReader, mount: Mount, story: Story
) -> None:
    reader = open_reader(mount.url)
    assert reader.ask("chapters") == story.slugs
    assert reader.view.locator("[data-story]").count() == 1
    # Streamlit's page has sizes of its own for paragraphs; the essay keeps its own.
    sizes = reader.view.locator(".body p, .body").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one).fontSize)"
    )
    assert set(sizes) == {"18px"}
    reader.wait_for(story.slugs[0])
    reader.check(story.slugs[0])


def test_scrolling_shows_every_chapter(open_reader: OpenReader, mount: Mount, story: Story) -> None:
    reader = open_reader(mount.url, reduced_motion="reduce")
    for slug in [*story.slugs, *reversed(story.slugs[::3])]:
        reader.scroll_to(slug)
        reader.wait_for(slug)
        reader.check(slug)


@pytest.mark.parametrize(("width", "height"), [(360, 740), (740, 360)], ids=["phone", "landscape phone"])
def test_scrolling_shows_every_chapter_on_a_phone(
    open_reader: OpenReader, embed_mount: Mount, story: Story, width: int, height: int
) -> None:
    reader = open_reader(embed_mount.url, width, height, reduced_motion="reduce", has_touch=True)
    for slug in story.slugs:
        reader.scroll_to(slug)
        reader.wait_for(slug)
        reader.check(slug)


def test_scrolling_with_flights_shows_every_chapter(open_reader: OpenReader, embed_mount: Mount, story: Story) -> None:
    reader = open_reader(embed_mount.url, reduced_motion="no-preference")
    for slug in story.slugs:
        reader.scroll_to(slug)
        reader.wait_for(slug)
        reader.check(slug)


def test_a_wheel_over_the_text_passes_every_chapter_in_order(
    open_reader: OpenReader, embed_mount: Mount, story: Story
) -> None:
    reader = open_reader(embed_mount.url, reduced_motion="reduce")
    page = reader.page
    box = page.locator(f"section[data-chapter={story.slugs[0]}]").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, 400)
    passed: list[str] = []
    for _ in range(40 * len(story.slugs)):
        (marked,) = reader.shown()["marked"]
        if passed[-1:] != [marked]:
            passed.append(marked)
        if marked == story.slugs[-1]:
            break
        page.mouse.wheel(0, 120)
        page.wait_for_timeout(20)
    assert passed == story.slugs
    reader.wait_for(story.slugs[-1])
    reader.check(story.slugs[-1])


def test_keys_walk_through_every_chapter(open_reader: OpenReader, mount: Mount, story: Story) -> None:
    reader = open_reader(mount.url, reduced_motion="reduce")
    walked = story.slugs if mount.name == "page" else story.slugs[:4]
    for number, slug in enumerate(walked[1:]):
        reader.press(("ArrowRight", "j")[number % 2])
        reader.wait_for(slug)
        reader.check(slug)
    for number, slug in enumerate(reversed(walked[-4:-1])):
        reader.press(("ArrowLeft", "k")[number % 2])
        reader.wait_for(slug)
    reader.press("Home")
    reader.wait_for(story.slugs[0])
    reader.press("End")
    reader.wait_for(story.slugs[-1])
    reader.check(story.slugs[-1])


def test_a_deep_link_opens_its_chapter(open_page: OpenPage, mount: Mount, story: Story) -> None:
    reader = Reader(open_page(mount.url, reduced_motion="reduce"), story)
    for slug in story.slugs if mount.name == "embed" else story.slugs[2::5]:
        reader.view.goto(mount.at(chapter=slug))
        reader.wait_until_ready().wait_for(slug)
        reader.check(slug)


def test_an_anchor_opens_its_chapter(open_page: OpenPage, mount: Mount, story: Story) -> None:
    reader = Reader(open_page(mount.url, reduced_motion="reduce"), story)
    for slug in story.slugs[1::6]:
        reader.view.goto("about:blank")
        reader.view.goto(mount.at(slug=slug))
        reader.wait_until_ready().wait_for(slug)
        reader.check(slug)


def test_the_address_bar_names_the_chapter_and_a_reload_keeps_it(
    open_reader: OpenReader, mount: Mount, story: Story
) -> None:
    reader = open_reader(mount.url, reduced_motion="reduce")
    slug = story.slugs[5]
    reader.scroll_to(slug)
    reader.wait_for(slug)
    assert slug in reader.view.url
    reader.page.reload()
    reader.wait_until_ready().wait_for(slug)
    reader.check(slug)


def test_an_unknown_chapter_gives_the_opening(open_page: OpenPage, mount: Mount, story: Story) -> None:
    reader = Reader(open_page(mount.url), story)
    for unknown in UNKNOWN_CHAPTERS if mount.name == "embed" else UNKNOWN_CHAPTERS[:1]:
        reader.view.goto(mount.at(chapter=unknown))
        reader.wait_until_ready().wait_for(story.slugs[0])
        reader.check(story.slugs[0])


def test_the_next_and_previous_buttons_step_through_the_story(
    open_reader: OpenReader, mount: Mount, story: Story
) -> None:
    reader = open_reader(mount.url, reduced_motion="reduce")
    root = reader.view.locator("[data-story]")
    following, previous = (root.get_by_role("button", name=name) for name in ("Next chapter", "Previous chapter"))
    for slug in story.slugs[1:3]:
        following.click()
        reader.wait_for(slug)
    previous.click()
    reader.wait_for(story.slugs[1])
    reader.check(story.slugs[1])


@pytest.mark.parametrize("width", FRAME_WIDTHS_PX)
def test_every_chapter_shows_inside_a_frame(
    open_page: OpenPage, embed_mount: Mount, host_url: str, story: Story, width: int
) -> None:
    reader = open_framed(open_page, host_url, embed_mount.at(chapter=story.slugs[2]), width, story)
    reader.wait_for(story.slugs[2])
    for slug in story.slugs:
        reader.scroll_to(slug)
        reader.wait_for(slug)
        reader.check(slug)
    assert reader.page.evaluate("() => scrollY") == 0, "the host's page was scrolled"


def test_keys_and_deep_links_work_inside_a_frame(
    open_page: OpenPage, embed_mount: Mount, host_url: str, story: Story
) -> None:
    for slug, following in zip(story.slugs[1:12:5], story.slugs[2:13:5], strict=True):
        reader = open_framed(open_page, host_url, embed_mount.at(slug=slug), 400, story)
        reader.wait_for(slug)
        reader.check(slug)
        reader.view.locator("[data-story] [data-text]").focus()
        reader.press("ArrowRight")
        reader.wait_for(following)
        reader.check(following)
        assert reader.page.evaluate("() => scrollY") == 0, "the host's page was scrolled"


def test_the_exported_folder_works_on_any_static_host_and_in_its_frames(
    open_page: OpenPage, host_url: str, story: Story
) -> None:
    reader = open_framed(open_page, host_url, f"{host_url}/index.html", 400, story)
    for slug in story.slugs[::3]:
        reader.goto(slug)
        reader.check(slug)


def open_framed(open_page: OpenPage, host_url: str, source: str, width: int, story: Story) -> Reader:
    """Open a page of another site that frames the address at a width in pixels; give the reader in the frame."""
    query = urllib.parse.urlencode({"src": source, "width": width})
    page = open_page(f"{host_url}/host?{query}", 1000, 800, reduced_motion="reduce")
    frame = next(frame for frame in page.frames if frame is not page.main_frame)
    return Reader(frame, story).wait_until_ready()
