"""How the map moves: never against the reader's wish, never twice where once will do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Mount
    from tests.browser.reader import Reader, Story

    OpenReader = Callable[..., Reader]

pytestmark = pytest.mark.browser

KABUL_LONLAT = [69.18, 34.53]
# Longer than the pause before a move and the longest flight together.
MOVE_MS = 1600
# Well below the pause that counts as a rest.
FAST_FRAME_MS = 60


def test_reduced_motion_means_no_flight(open_reader: OpenReader, mount: Mount, story: Story) -> None:
    reader = open_reader(mount.url, reduced_motion="reduce")
    for slug in [*story.slugs[1:10:4], story.slugs[0]]:
        places = reader.ask("places", {"slug": slug, "lonlat": KABUL_LONLAT, "ms": 700})
        reader.wait_for(slug)
        assert places <= 2, f"on the way to {slug} the map was seen in {places} places, not just the old and the new"
    assert reader.flights() == 0


def test_with_motion_the_map_flies_once_for_a_chapter(
    open_reader: OpenReader, embed_mount: Mount, story: Story
) -> None:
    reader = open_reader(embed_mount.url, reduced_motion="no-preference")
    before = reader.flights()
    places = reader.ask("places", {"slug": story.slugs[2], "lonlat": KABUL_LONLAT, "ms": MOVE_MS})
    reader.wait_for(story.slugs[2])
    assert reader.flights() == before + 1
    assert places > 5, "the camera jumped where it should have flown"


def test_a_fast_pass_over_ten_chapters_flies_at_most_once_and_ends_at_the_last(
    open_reader: OpenReader, embed_mount: Mount, story: Story
) -> None:
    reader = open_reader(embed_mount.url, reduced_motion="no-preference")
    for _ in range(15):
        before = reader.flights()
        longest_frame_ms = reader.ask("fling", story.slugs[1:11])
        reader.wait_for(story.slugs[10])
        # On a busy machine a frame can last as long as a rest; then it was no fast pass.
        if longest_frame_ms < FAST_FRAME_MS:
            break
        reader.goto(story.slugs[0])
    assert longest_frame_ms < FAST_FRAME_MS
    reader.check(story.slugs[10])
    assert reader.flights() <= before + 1


def test_a_small_change_of_height_moves_nothing(open_reader: OpenReader, embed_mount: Mount, story: Story) -> None:
    reader = open_reader(embed_mount.url, 360, 740, has_touch=True, is_mobile=True)
    reader.goto(story.slugs[4])
    before = _pose(reader)
    for height in (740 - 140, 740):
        reader.page.set_viewport_size({"width": 360, "height": height})
        reader.view.wait_for_timeout(MOVE_MS)
        assert _pose(reader) == before, f"after a change of height to {height} px"


def test_a_turn_of_the_phone_refits_the_same_chapter(open_reader: OpenReader, embed_mount: Mount, story: Story) -> None:
    reader = open_reader(embed_mount.url, 360, 740, has_touch=True, is_mobile=True, reduced_motion="reduce")
    slug = story.slugs[6]
    reader.goto(slug)
    for width, height in ((740, 360), (360, 740)):
        reader.page.set_viewport_size({"width": width, "height": height})
        assert reader.wait_for_rest(800) == slug
        reader.check(slug)


def test_a_reader_who_grabs_the_map_is_left_alone_until_going_back(
    open_reader: OpenReader, mount: Mount, story: Story
) -> None:
    reader = open_reader(mount.url, reduced_motion="reduce")
    reader.goto(story.slugs[2])
    back = reader.view.locator("[data-story]").get_by_role("button", name="Back to the story")
    assert not back.is_visible()
    _drag_map(reader)
    back.wait_for(state="visible")
    grabbed = reader.ask("point", KABUL_LONLAT)
    reader.view.wait_for_timeout(MOVE_MS)
    assert reader.ask("point", KABUL_LONLAT) == pytest.approx(grabbed, abs=2), "the map pulled itself away"
    panel = reader.view.locator("[data-record-panel]")
    assert not panel.is_visible(), "letting go of the map opened what lay under the pointer"
    reader.view.locator(".strength-full .leads[data-fact]").first.dispatch_event("click")
    panel.wait_for()
    assert back.is_visible()
    reader.press("Escape")
    panel.wait_for(state="hidden")
    back.click()
    reader.wait_for(story.slugs[2])
    reader.check(story.slugs[2])
    assert not back.is_visible()


def _pose(reader: Reader) -> dict[str, Any]:
    shown = reader.shown()
    first, second = reader.ask("point", [60.0, 25.0]), reader.ask("point", [75.0, 37.0])
    return {
        "marked": shown["marked"],
        "chapter": shown["state"]["chapter"],
        "layers": shown["state"]["layers"],
        "points": [round(number) for number in (*first, *second)],
        "flights": reader.flights(),
    }


def _drag_map(reader: Reader) -> None:
    places = reader.ask("subject", reader.story.chapters[2].bounds_wsen)
    box = places["subject"]
    x, y = (box["left"] + box["right"]) / 2, (box["top"] + box["bottom"]) / 2
    mouse = reader.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 60, y + 40, steps=6)
    mouse.up()
