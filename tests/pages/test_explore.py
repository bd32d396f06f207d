"""The Explore page: what its address asks is what it shows, whatever it asks; files hold what is shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.gazetteer import entries
from pages.parts.explore_charts import PAPER, tell_apart
from pages.parts.explore_data import say_about, write
from pages.parts.explore_search import NEAR_ZOOM, zoom_for
from pages.parts.explore_state import PANELS, find_desk
from story.outlook import LEAST_ZOOM
from story.query import Query, select
from story.takeaway import FORMS
from tests.pages.opened import open_page
from tests.story.markup import HOSTILE

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

DESK = find_desk()


def told(page: AppTest, name: str) -> dict[str, object]:
    """Give what a component of the page was told."""
    (found,) = (each.proto.json for each in page.get("bidi_component") if name in each.proto.component_name)
    data: dict[str, object] = json.loads(found)
    return data


def open_panel(panel: str, **asked: str) -> AppTest:
    """Open the page with one of its panels beside the map."""
    page = open_page("explore.py", **asked)
    page.session_state["panel"] = panel
    return page.run()


@pytest.mark.parametrize("panel", PANELS)
def test_every_panel_stands_beside_the_map(panel: str) -> None:
    page = open_panel(panel)
    assert not page.exception
    assert not page.error
    assert len(told(page, "explore_list")["shown"]) == len(DESK.records)


def test_a_filter_of_the_address_is_in_the_table_the_histogram_and_the_widgets() -> None:
    page = open_panel("Filter", kind="operation", time="2004-01..2014-12")
    kept = select(DESK.records, Query(kinds=frozenset({"operation"}), months=("2004-01", "2014-12")))
    assert 0 < len(kept) < len(DESK.records)
    assert told(page, "explore_list")["shown"] == [record.number for record in kept]
    assert told(page, "explore_time")["months"] == ["2004-01", "2014-12"]
    assert page.multiselect(key="filter-kinds").value == ["operation"]
    page.multiselect(key="filter-kinds").set_value([]).run()
    assert page.query_params["time"] == "2004-01..2014-12"
    assert "kind" not in page.query_params


@pytest.mark.parametrize("value", [*HOSTILE, "x" * 50_000, "\u202e٢", "1,2", "-1..3"])
def test_no_address_breaks_the_page(value: str) -> None:
    names = ("layers", "fade", "time", "who", "kind", "deaths", "at", "record", "spot", "radius", "place", "from")
    page = open_page("explore.py", **dict.fromkeys(names, value))
    assert not page.exception
    assert not page.error
    assert len(told(page, "explore_list")["shown"]) == len(DESK.records)


def test_files_are_offered_in_every_form_and_hold_what_is_shown() -> None:
    page = open_panel("Data", kind="operation")
    assert [each.proto.label for each in page.get("download_button")] == list(FORMS)
    shown = select(DESK.records, Query(kinds=frozenset({"operation"})))
    whole = json.loads(write(DESK, shown, "", FORMS["GeoJSON"]))
    assert [each["id"] for each in whole["features"]] == [record.fact.id for record in shown]
    assert whole["citation"] == say_about(DESK, shown, "").citation
    page.selectbox(key="take").select("durand-line").run()
    assert any("ODbL" in caption.value for caption in page.caption)


def test_the_range_of_deaths_goes_into_the_address_and_comes_back() -> None:
    page = open_panel("Filter", deaths="10-100000")
    assert page.selectbox(key="filter-deaths-least").value == 10
    page.selectbox(key="filter-deaths-most").select(100).run()
    assert not page.exception
    assert page.query_params["deaths"] == "10-100"
    kept = select(DESK.records, Query(deaths=(10, 100)))
    assert 0 < len(kept) < len(DESK.records)
    assert told(page, "explore_list")["shown"] == [record.number for record in kept]
    page.selectbox(key="filter-deaths-least").select(0).run()
    page.selectbox(key="filter-deaths-most").select(100_000).run()
    assert "deaths" not in page.query_params


@pytest.mark.parametrize("dark", [False, True])
def test_groups_of_one_colour_can_be_told_apart(*, dark: bool) -> None:
    palette = DESK.story.settings.palette
    inks = [palette[DESK.story.layers[id_].ink] for id_ in DESK.story.atlas.groups]
    colours = [ink.dark if dark else ink.light for ink in inks]
    assert len(set(colours)) < len(colours)
    told_apart = tell_apart(colours, PAPER[dark])
    assert len(set(told_apart)) == len(colours)
    assert [colour for colour, same in zip(told_apart, colours, strict=True) if colour == same]


@given(st.lists(st.sampled_from(["#9c2f1f", "#0d6040", "#fbf9f4"]), max_size=8))
def test_the_first_of_each_colour_stays_as_it_is(colours: list[str]) -> None:
    told_apart = tell_apart(colours, "#fbf9f4")
    assert all(told_apart[colours.index(colour)] == colour for colour in colours)


@pytest.mark.parametrize("entry", [each for each in entries() if each.bounds_wsen], ids=lambda each: each.id)
def test_an_area_that_is_searched_for_fits_a_phone(entry: object) -> None:
    west, _, east, _ = entry.bounds_wsen
    zoom = zoom_for(entry)
    assert LEAST_ZOOM <= zoom <= NEAR_ZOOM
    assert (east - west) / 360 * 256 * 2**zoom <= 440
