"""Names, callouts, scale bar and credit: nothing overlaps, nothing is cut off, the scale is true."""

from __future__ import annotations

from math import atan, degrees, sinh
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.measure import distance_km
from story.window import mercator

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Mount
    from tests.browser.reader import Reader, Story

    OpenReader = Callable[..., Reader]

pytestmark = pytest.mark.browser

SIZES = [(320, 640), (390, 844), (768, 1024), (1440, 900), (1920, 1080)]
# A name's box may touch another's by the fraction of a pixel that its place was rounded by.
TOUCH_PX = 1.5
BOXES = """() => {
  const root = document.querySelector("[data-story]");
  const box = (each) => { const b = each.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; };
  const seen = (each) => each.checkVisibility() && each.getBoundingClientRect().width > 0;
  return {
    map: box(root.querySelector("[data-map]")),
    names: [...root.querySelectorAll(".name.written")].map((each) => ({ text: each.textContent, box: box(each) })),
    over: [...root.querySelectorAll("[data-obstacle], [data-over]")].filter(seen)
      .map((each) => ({ text: each.className, box: box(each) })),
  };
}"""
SCALE = """() => {
  const bar = document.querySelector("[data-scale]").getBoundingClientRect();
  const map = document.querySelector("[data-map]").getBoundingClientRect();
  return { text: document.querySelector("[data-scale]").textContent, width: bar.width,
    x: map.left + map.width / 2, y: map.top + map.height / 2 };
}"""


def overlap_px(one: list[float], other: list[float]) -> float:
    """Give by how many pixels two boxes (left, top, right, bottom) overlap in the direction where they do so less."""
    return min(min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1]))


def assert_clear(found: dict[str, Any], where: str) -> None:
    """Assert that no name lies on another, under anything over the map, or beyond its edge."""
    left, top, right, bottom = found["map"]
    for index, name in enumerate(found["names"]):
        box = name["box"]
        beyond_px = max(left - box[0], top - box[1], box[2] - right, box[3] - bottom)
        assert beyond_px <= TOUCH_PX, f"{where}: {name} is cut off"
        for other in found["names"][index + 1 :] + found["over"]:
            assert overlap_px(box, other["box"]) <= TOUCH_PX, f"{where}: {name} and {other}"


@pytest.mark.parametrize(("width", "height"), SIZES, ids=str)
def test_in_no_chapter_a_name_is_hidden_or_cut_off(
    open_reader: OpenReader, embed_mount: Mount, story: Story, width: int, height: int
) -> None:
    reader = open_reader(embed_mount.url, width, height, reduced_motion="reduce")
    for slug in story.slugs:
        reader.goto(slug)
        found = reader.view.evaluate(BOXES)
        assert found["names"], slug
        assert_clear(found, f"{slug} at {width}x{height}")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, 13),
    st.lists(st.sampled_from(["+", "-", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]), min_size=1, max_size=6),
)
def test_wherever_a_reader_moves_the_map_names_stay_clear(wandering: Reader, chapter: int, keys: list[str]) -> None:
    wandering.goto(wandering.story.slugs[chapter])
    wandering.view.locator("[data-map]").focus()
    for key in keys:
        wandering.press(key)
        wandering.view.wait_for_function(STILL)
    assert_clear(wandering.view.evaluate(BOXES), f"{wandering.story.slugs[chapter]} after {keys}")
    wandering.view.locator("[data-back]").evaluate("(button) => button.click()")


STILL = """() => {
  const pane = document.querySelector(".leaflet-map-pane").style.transform;
  const moving = ".leaflet-zoom-anim, .leaflet-pan-anim, .waiting";
  const rests = !document.querySelector(moving) && pane === window.paneBefore;
  window.paneBefore = pane;
  return rests;
}"""


@pytest.fixture
def wandering(open_reader: OpenReader, embed_mount: Mount) -> Reader:
    """Give one reader that all examples go on with."""
    return open_reader(embed_mount.url, 1280, 800, reduced_motion="reduce")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1440, 900)], ids=["phone", "desktop"])
def test_the_scale_bar_is_true_at_the_middle_of_the_map(
    open_reader: OpenReader, embed_mount: Mount, story: Story, width: int, height: int
) -> None:
    reader = open_reader(embed_mount.url, width, height, reduced_motion="reduce")
    seen = set()
    for slug in story.slugs:
        reader.goto(slug)
        scale = reader.view.evaluate(SCALE)
        ends = [lonlat_at(reader, scale["x"] + side * scale["width"] / 2, scale["y"]) for side in (-1, 1)]
        said_km = float(scale["text"].removesuffix(" km"))
        assert distance_km(*ends) == pytest.approx(said_km, rel=0.02), slug
        assert 24 <= scale["width"] <= 121
        seen.add(said_km)
    assert len(seen) >= 3, "the bar says the same at every zoom"


def lonlat_at(reader: Reader, x: float, y: float) -> tuple[float, float]:
    """Give longitude and latitude of a point of the window, by asking where known places lie (Web Mercator)."""
    one, other = reader.ask("point", [60.0, 25.0]), reader.ask("point", [75.0, 37.0])
    lon = 60 + (x - one[0]) / (other[0] - one[0]) * 15
    low, high = mercator(25.0), mercator(37.0)
    at = low + (y - one[1]) / (other[1] - one[1]) * (high - low)
    return lon, degrees(atan(sinh(at)))


@pytest.mark.parametrize(("width", "height"), SIZES, ids=str)
def test_the_credit_can_be_read_in_full(open_reader: OpenReader, embed_mount: Mount, width: int, height: int) -> None:
    reader = open_reader(embed_mount.url, width, height, reduced_motion="reduce")
    line, folded = reader.view.locator("p.credit"), reader.view.locator("details.credits")
    if folded.is_visible():
        assert "OpenStreetMap" in folded.locator("summary").inner_text()
        folded.locator("summary").click()
        line = folded.locator("p")
    fits = "(each) => each.scrollWidth <= each.clientWidth + 1 && each.scrollHeight <= each.clientHeight + 1"
    assert line.is_visible()
    assert line.evaluate(fits)
    for name in ("OpenStreetMap", "Natural Earth", "GeoNames", "GSHHG"):
        assert name in line.inner_text()
    box, side = line.bounding_box(), reader.view.locator("[data-map-side]").bounding_box()
    assert box is not None
    assert side is not None
    assert box["y"] >= side["y"] - 1
    assert box["y"] + box["height"] <= side["y"] + side["height"] + 1
