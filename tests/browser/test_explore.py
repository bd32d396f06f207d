"""The Explore page as a visitor meets it: map, filters, search, records, charts, files, links; on a desk, a phone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from story.bundle import find_bundle
from story.query import Query, list_records, select
from tests.browser.atlas import Atlas
from tests.browser.test_access import AXE, RUN_AXE, describe

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Frame, Page

    from tests.browser.conftest import OpenPage
    from tests.browser.reader import Reader
    from tests.running import Server

    OpenReader = Callable[..., Reader]
    OpenAtlas = Callable[..., Atlas]

pytestmark = pytest.mark.browser

RECORDS = list_records(find_bundle().story)
TRAIN, TORKHAM = "event-jaffar-express-2025", "crossing-torkham"
DESKTOP, PHONE = (1440, 900), (390, 844)
TOUCH = {"has_touch": True, "is_mobile": True}
NEAR_DEG = 0.1
EMPTY_LATLON = (29.0, 64.0)  # a place without a mark, in view at first
SMALLEST_TARGET_PX = 24
PRESSED = ".st-key-atlas-side button, .explore-list button, .play, .whole"
SMALL = """([pressed, least]) => Array.from(document.querySelectorAll(pressed))
    .filter((one) => one.checkVisibility())
    .filter((one) => Math.min(one.getBoundingClientRect().width, one.getBoundingClientRect().height) < least)
    .map((one) => one.textContent)"""


@pytest.fixture
def open_atlas(open_page: OpenPage, server: Server) -> OpenAtlas:
    """Open the Explore page with what its address asks and wait until its map stands."""

    def open_address(query: str = "", size: tuple[int, int] = DESKTOP, **options: object) -> Atlas:
        return Atlas(open_page(f"{server.url}/explore{query}", *size, reduced_motion="reduce", **options))

    return open_address


def assert_accessible(part: Page | Frame) -> None:
    """Let axe look for what keeps people out of a page or a frame."""
    part.evaluate(AXE)
    violations = part.evaluate(RUN_AXE)
    assert not violations, "\n".join(describe(violations))


def test_layers_filters_and_files_are_in_step_and_the_frame_stays(open_atlas: OpenAtlas) -> None:
    atlas = open_atlas()
    page, everything = atlas.page, atlas.state
    atlas.frame.evaluate("() => { document.body.marker = 'kept'; }")
    assert atlas.rows.count() == len(RECORDS)

    atlas.turn_to("Layers")
    page.locator("[data-layer=crossings]").uncheck()
    atlas.wait_for(lambda state: "crossings" not in state["layers"], "the crossings to go")
    page.locator("[data-layer=agencies]").check()
    atlas.wait_for(lambda state: "agencies" in state["layers"], "the agencies to come")
    page.locator("[data-borders-value][value=neutral]").check()
    atlas.wait_for(lambda state: state["borders"] == "neutral", "neutral borders")
    assert_accessible(page)
    atlas.frame.locator("path.leads[data-fact=agency-khyber]").dispatch_event("click")
    expect(atlas.beside.locator("#record-agency-khyber dl")).to_contain_text("Merged")

    atlas.turn_to("Filter")
    page.get_by_role("combobox", name="Kind of record").click()
    page.get_by_role("option", name="Operation").click()
    page.keyboard.press("Escape")
    kept = {record.fact.id for record in select(RECORDS, Query(kinds=frozenset({"operation"})))}
    state = atlas.wait_for(lambda state: set(state["records"]) <= kept, "nothing but operations")
    assert 0 < len(state["records"]) < len(everything["records"])
    assert 0 < len(state["hatched"]) < len(everything["hatched"])
    assert set(state["hatched"]) <= kept
    expect(atlas.rows).to_have_count(len(kept))
    atlas.wait_for_address(kind="operation", borders="neutral")
    assert_accessible(page)

    atlas.turn_to("Data")
    with page.expect_download() as download:
        page.get_by_role("button", name="GeoJSON").click()
    whole = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert {each["id"] for each in whole["features"]} == kept
    assert whole["licence"] == "CC-BY-4.0"
    assert f"records ({len(kept)} of {len(RECORDS)})" in whole["citation"]
    assert atlas.frame.evaluate("() => document.body.marker") == "kept"


def test_a_mark_a_place_a_search_and_a_row_say_what_is_there(open_atlas: OpenAtlas) -> None:
    atlas = open_atlas()
    page = atlas.page
    atlas.frame.evaluate("() => { document.body.marker = 'kept'; }")
    atlas.frame.locator(f".mark[data-fact={TRAIN}]").first.press("Enter")
    expect(atlas.beside.locator(f"#record-{TRAIN}")).to_be_visible()
    atlas.wait_for_address(record=TRAIN)
    expect(page.locator(f".explore-list [data-record={TRAIN}]")).to_have_attribute("aria-current", "true")
    links = atlas.beside.locator(".sources a").evaluate_all("(links) => links.map((one) => [one.href, one.rel])")
    assert links
    assert all(href.startswith(("http://", "https://")) and "noopener" in rel for href, rel in links)

    atlas.press(*EMPTY_LATLON)
    expect(atlas.beside).to_contain_text("to the Durand Line")
    expect(atlas.beside).to_contain_text("Balochistan, Pakistan")
    atlas.beside.get_by_role("radio", name="200", exact=True).click()
    atlas.wait_for_address(radius="200", record="")

    search = page.get_by_role("combobox", name="Search for a place")
    for typed, found in (("Peshavar", "Peshawar"), ("کوئٹہ", "Quetta")):
        search.fill(typed)
        expect(page.get_by_role("option", name=found).first).to_be_visible()
        search.press("ArrowDown")
        search.press("Enter")
        expect(atlas.beside.locator("h2")).to_have_text(found)
        atlas.wait_for_address(place=f"place:{found}")
    atlas.wait_for(lambda state: near(state, 30.19, 67.0), "the map at Quetta")
    search.fill("no such place")
    expect(page.get_by_role("option", name="No place")).to_be_visible()
    search.press("Escape")

    page.locator(f".explore-list [data-record={TORKHAM}]").focus()
    page.keyboard.press("Enter")
    expect(atlas.beside.locator("dl")).to_contain_text("Afghan side")
    atlas.wait_for(lambda state: near(state, 34.12, 71.09), "the map at Torkham")
    assert page.evaluate("() => document.activeElement.dataset.record") == TORKHAM
    assert atlas.frame.evaluate("() => document.body.marker") == "kept"


def near(state: dict[str, Any], lat: float, lon: float) -> bool:
    """Whether the middle of the map is at a latitude and longitude, within some km."""
    return abs(state["at"][0] - lat) < NEAR_DEG and abs(state["at"][1] - lon) < NEAR_DEG


def test_charts_and_time_ask_the_map_and_the_map_asks_the_charts(open_atlas: OpenAtlas) -> None:
    atlas = open_atlas("?time=2025-01..2026-06")
    page = atlas.page
    before = atlas.rows.count()
    atlas.turn_to("Charts")
    atlas.beside.locator(".st-key-acts .mark-rect path").last.click()
    expect(atlas.rows).not_to_have_count(before)
    first, _, last = atlas.asked["time"].partition("..")
    assert first == last
    assert atlas.asked["who"]
    atlas.beside.get_by_role("button", name="Show all times and groups again").click()
    atlas.wait_for_address(who="", time="")
    expect(atlas.rows).to_have_count(len(RECORDS))
    atlas.beside.locator(".st-key-tolls .mark-symbol path").last.click()
    atlas.wait_for(lambda _: "record" in atlas.asked, "the record of a figure of deaths")
    expect(atlas.beside.locator(f"#record-{atlas.asked['record']}")).to_be_visible()
    atlas.turn_to("Charts")
    expect(atlas.beside.get_by_text("in this record")).to_be_visible()

    atlas.beside.locator(".st-key-series-1 .mark-rect path").first.click()
    atlas.wait_for(lambda state: "drone-strikes" in state["layers"], "the circles of the strikes")
    atlas.wait_for(lambda state: near(state, 32.92, 69.88), "the map at North Waziristan")
    atlas.beside.locator(".st-key-series-0 .mark-rect path").first.click()
    atlas.wait_for(lambda _: atlas.asked.get("time", "").startswith("2004-01..2004-12"), "the year of the bar")

    page.get_by_role("slider", name="From").press("End")
    atlas.wait_for_address(time="2004-12..2004-12")
    expect(atlas.rows).to_have_count(len(select(RECORDS, Query(months=("2004-12", "2004-12")))))


def test_an_address_restores_the_view_on_a_phone_where_rows_are_cards(open_atlas: OpenAtlas) -> None:
    record = "event-kabul-2025-10-09"
    asked = f"?layers=relief,durand-line,strikes&at=34.5,70.5,7&borders=afghanistan&kind=event&record={record}"
    atlas = open_atlas(asked, PHONE, color_scheme="dark", **TOUCH)
    page = atlas.page
    state = atlas.wait_for(lambda state: near(state, 34.5, 70.5) and state["at"][2] == 7, "the view that was asked for")
    assert set(state["layers"]) == {"relief", "durand-line", "strikes"}
    assert state["borders"] == "afghanistan"
    assert record in state["records"]
    expect(atlas.beside.locator(f"#record-{record}")).to_be_visible()
    wide, room = page.locator(".stMain").evaluate("(main) => [main.scrollWidth, main.clientWidth]")
    assert wide <= room
    title, when = (cell.bounding_box() for cell in atlas.rows.first.locator("th, td").all()[:2])
    assert title
    assert when
    assert title["y"] + title["height"] <= when["y"] + 1
    assert not page.evaluate(SMALL, [PRESSED, SMALLEST_TARGET_PX])
    assert_accessible(page)
    assert_accessible(atlas.frame)
    atlas.turn_to("Charts")
    assert_accessible(page)


def test_the_way_back_leads_to_the_chapter_that_the_reader_came_from(open_reader: OpenReader, server: Server) -> None:
    reader = open_reader(f"{server.url}/", reduced_motion="reduce")
    reader.view.wait_for_selector("#essay-first", state="detached")
    slug = reader.story.slugs[7]
    reader.goto(slug)
    reader.view.locator("[data-menu] summary").click()
    reader.view.locator("[data-pages]").get_by_role("link", name="Explore").click()
    atlas = Atlas(reader.page)
    assert atlas.asked["from"] == slug
    reader.page.get_by_role("link", name="Back to the story").click()
    reader.view.wait_for_selector("[data-story]")
    reader.wait_until_ready()
    reader.wait_for(slug)
