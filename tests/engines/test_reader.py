"""The reader in Firefox and WebKit: every chapter, every key, the way back, 400 %, and the pages of the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.reader import Reader
from tests.engines.start import SCREENS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.reader import Story
    from tests.engines.view import View
    from tests.running import Server

    OpenReader = Callable[[str], Reader]

pytestmark = pytest.mark.engines
PHONES = [one for one in SCREENS if one.name == "phone"]
on_phones = pytest.mark.parametrize("started", PHONES, ids=str, indirect=True)

# Whether the map stands under the bar and on the screen, however far the text has been scrolled.
STICKS = """() => {
    const map = document.querySelector("[data-map-side]").getBoundingClientRect();
    const bar = document.querySelector("[data-bar]").getBoundingClientRect();
    return Math.abs(map.top - bar.bottom) < 1.5 && map.bottom <= innerHeight + 1.5 && map.height > 150;
}"""
TOO_WIDE = "() => document.scrollingElement.scrollWidth - innerWidth"
RECORDS = "() => performance.getEntriesByType('resource').some(({ name }) => /assets\\/records\\./.test(name))"
UNSETTLED = """() => new MutationObserver(() => (window.moved = true))
    .observe(document.querySelector("[data-map]"), { attributeFilter: ["data-settled", "data-state"] })"""


def test_every_chapter_settles_as_the_story_asks(
    open_reader: OpenReader, server: Server, story: Story, view: View
) -> None:
    reader = open_reader(f"{server.url}/embed/")
    assert reader.ask("chapters") == story.slugs
    # Flights take their time; who asked for reduced motion sees all chapters without.
    for slug in story.slugs if view.screen.still else story.slugs[1::5]:
        reader.scroll_to(slug)
        reader.wait_for(slug)
        reader.check(slug)
        assert view.evaluate(STICKS), slug
        assert view.evaluate(TOO_WIDE) <= 0, slug
    assert (reader.flights() == 0) == view.screen.still


def test_keys_walk_from_where_the_address_opens(
    open_reader: OpenReader, server: Server, story: Story, view: View
) -> None:
    reader = open_reader(f"{server.url}/embed/?chapter={story.slugs[3]}")
    reader.wait_for(story.slugs[3])
    reader.check(story.slugs[3])
    keys = (
        {"ArrowRight": 4, "j": 5, "k": 4, "PageDown": 5, " ": 6, "ArrowLeft": 5, "Home": 0} if view.screen.still else {}
    )
    for key, number in (keys | {"End": 13}).items():
        reader.press(key)
        reader.wait_for(story.slugs[number])
    reader.check(story.slugs[13])
    assert f"chapter={story.slugs[13]}" in view.evaluate("location.href")


def test_the_way_back_from_another_page_leads_to_the_chapter_as_it_was_left(
    open_reader: OpenReader, server: Server, story: Story, view: View
) -> None:
    reader = open_reader(f"{server.url}/embed/")
    reader.goto(story.slugs[6])
    view.evaluate("() => addEventListener('pageshow', ({ persisted }) => (window.kept = persisted))")
    view.driver.get(f"{server.url}/embed/rules.html")
    view.driver.back()
    assert view.wait_for_function("window.kept"), "the browser keeps the page for the way back"
    reader.wait_for(story.slugs[6])
    reader.check(story.slugs[6])
    reader.press("ArrowRight")
    reader.wait_for(story.slugs[7])
    reader.check(story.slugs[7])


def test_an_address_bar_that_goes_and_comes_moves_nothing(
    open_reader: OpenReader, server: Server, story: Story, view: View
) -> None:
    reader = open_reader(f"{server.url}/embed/?chapter={story.slugs[4]}")
    reader.wait_for(story.slugs[4])
    view.wait_for_function(RECORDS)  # come when the browser is idle, also where it cannot say so
    view.evaluate(UNSETTLED)
    for less_px in (60, 0):
        view.resize(view.screen.width, view.screen.height - less_px)
        assert reader.wait_for_rest() == story.slugs[4]
    assert not view.evaluate("window.moved")
    reader.check(story.slugs[4])


def test_at_400_percent_nothing_is_wider_than_the_screen(
    open_reader: OpenReader, server: Server, story: Story, view: View
) -> None:
    reader = open_reader(f"{server.url}/embed/")
    view.resize(320, 256)  # what 1280 x 1024 pixels hold at 400 %
    for slug in story.slugs[::5]:
        reader.goto(slug)
        reader.check(slug)
        assert view.evaluate(TOO_WIDE) <= 0, slug


def test_the_app_tells_the_story_beside_a_map_that_stays(server: Server, story: Story, view: View) -> None:
    view.open(f"{server.url}/?chapter={story.slugs[2]}")
    reader = Reader(view, story).wait_until_ready()
    view.find("[data-testid=stMain] [data-story]")  # Streamlit has it now: its main section scrolls, not the page
    reader.wait_for(story.slugs[2])
    for slug in story.slugs[5:9:3]:
        reader.scroll_to(slug)
        reader.wait_for(slug)
        reader.check(slug)
        assert view.evaluate("scrollY") == 0
        assert view.evaluate(STICKS), slug


@on_phones
def test_explore_shows_its_map(server: Server, view: View) -> None:
    view.open(f"{server.url}/explore")
    with view.inside(".st-key-atlas-frame iframe"):
        view.find(".map[data-state]")
        state = view.evaluate("() => JSON.parse(document.querySelector('.map').dataset.state)")
    assert state["layers"]
    assert state["records"]
    view.find(".explore-list tbody tr")


@on_phones
def test_the_evidence_page_can_be_searched(server: Server, view: View) -> None:
    view.open(f"{server.url}/evidence")
    view.find(".stApp[data-test-script-state=notRunning]")
    field = view.find("input[type=search]")
    field.send_keys("fence")
    view.press("Enter")
    view.wait_for_function("() => location.search.includes('fence')")
