"""The crossings: on the line, between the provinces they name, and never saying more than their records."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from geodata.load import load
from geodata.measure import along_line_km, distance_km, distance_to_line_km, length_km

if TYPE_CHECKING:
    import geopandas as gpd

CROSSINGS = {row.id: row for row in load("crossings").itertuples()}
EVENTS = list(load("crossing_events").itertuples())
TODAY = {"Khyber Pakhtunkhwa": ("PK-KP", "PK-TA"), "Balochistan": ("PK-BA",)}
"""Province of today -> codes of admin1, which still keeps F.A.T.A. apart."""

NAMED_IN_THE_BRIEF = {"torkham", "chaman", "ghulam-khan", "angoor-adda", "kharlachi"}
A_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
FURTHEST_MOVED_KM = {"exact": 0.5, "town": 3.0, "district": 15.0}
every_crossing = pytest.mark.parametrize("crossing", CROSSINGS.values(), ids=CROSSINGS)
every_event = pytest.mark.parametrize("event", EVENTS, ids=[f"{event.crossing} {event.date}" for event in EVENTS])


def test_the_known_crossings_are_there_once_from_iran_to_china() -> None:
    crossings = load("crossings")
    assert set(CROSSINGS) >= NAMED_IN_THE_BRIEF
    assert crossings.id.is_unique
    assert crossings.line_km.is_monotonic_increasing
    assert set(crossings[crossings.kind == "main"].id) == {"torkham", "chaman"}
    assert set(crossings.kind) == {"main", "secondary"}


@every_crossing
def test_it_lies_on_the_line_where_it_says(crossing: Any) -> None:
    line = load("durand_line").geometry[0]
    lonlat = (crossing.geometry.x, crossing.geometry.y)
    assert distance_to_line_km(lonlat, line) < 0.01
    assert along_line_km(lonlat, line) == pytest.approx(crossing.line_km, abs=0.1)
    assert 0 < crossing.line_km < length_km(line)


@every_crossing
def test_it_was_not_moved_further_than_its_precision_allows(crossing: Any) -> None:
    assert 0 <= crossing.moved_km <= FURTHEST_MOVED_KM[crossing.precision]


@every_crossing
def test_it_lies_between_the_two_provinces_that_it_names(crossing: Any) -> None:
    provinces = load("admin1")
    touched = provinces[touches(provinces, crossing)]
    assert list(touched[touched.country == "AFG"].name) == [crossing.province_af]
    (pakistani,) = touched[touched.country == "PAK"].code
    assert pakistani in TODAY[crossing.province_pk]


@every_crossing
def test_a_tribal_district_that_it_names_is_the_one_it_touches(crossing: Any) -> None:
    districts = load("tribal_districts")
    touched = set(districts[touches(districts, crossing)].name)
    assert {name for name in districts.name if name in crossing.district_pk} >= touched


@every_crossing
def test_each_statement_has_its_record(crossing: Any) -> None:
    assert crossing.fact
    for statement, record in (
        (crossing.status, crossing.status_fact),
        (crossing.opened, crossing.opened_fact),
        (crossing.closed, crossing.closed_fact),
    ):
        assert (statement is None) == (record is None)
    assert (crossing.status is None) == (crossing.status_as_of is None)
    assert crossing.status in {None, "closed", "closed_to_trade", "open"}


@every_crossing
def test_its_dates_are_as_precise_as_they_say(crossing: Any) -> None:
    for date in (crossing.status_as_of, crossing.opened, crossing.closed):
        assert date is None or A_DATE.fullmatch(date)


@every_crossing
def test_names_in_other_scripts_say_whose_they_are(crossing: Any) -> None:
    given = [name for name in (crossing.name_ps, crossing.name_fa, crossing.name_ur) if name is not None]
    assert bool(given) == (crossing.names_origin is not None)


@every_event
def test_an_event_happened_at_a_known_crossing_and_has_its_record(event: Any) -> None:
    assert event.crossing in CROSSINGS
    assert event.geometry.equals(CROSSINGS[event.crossing].geometry)
    assert A_DATE.fullmatch(event.date)
    assert event.fact
    assert event.applies_to in {"all", "trade", "people"}
    assert event.what in {"opened", "reopened", "halted", "closed", "decided to reopen"}


@every_crossing
def test_its_opening_and_closure_are_among_its_events(crossing: Any) -> None:
    own = {(event.what, event.date, event.fact) for event in EVENTS if event.crossing == crossing.id}
    if crossing.opened is not None:
        assert ("opened", crossing.opened, crossing.opened_fact) in own
    if crossing.closed is not None:
        assert ("closed", crossing.closed, crossing.closed_fact) in own


def test_events_are_in_order_of_time() -> None:
    assert [event.date for event in EVENTS] == sorted(event.date for event in EVENTS)


def test_places_and_crossings_agree_on_where_they_are() -> None:
    places = load("places").query("kind == 'crossing'").set_index("name").geometry
    for name, point in places.items():
        nearest = min(
            distance_km((point.x, point.y), (crossing.geometry.x, crossing.geometry.y))
            for crossing in CROSSINGS.values()
        )
        assert nearest < 0.1, name


def touches(areas: gpd.GeoDataFrame, crossing: Any) -> np.ndarray:
    return np.asarray(shapely.distance(np.asarray(areas.geometry), crossing.geometry) < 1e-4)
