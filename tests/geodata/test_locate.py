"""What lies under a point: right for towns whose province is known, honest near edges, the same whoever measures."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.load import load
from geodata.locate import EDGE_KM, locate
from geodata.measure import distance_km, distance_to_line_km

PLACES = {row.name: row for row in load("places").itertuples()}
IN_THE_TWO = {name: row for name, row in PLACES.items() if row.province and row.kind != "crossing"}
ON_THE_LINE = {row.id: row for row in load("crossings").itertuples()}
AGENCY_OF = {
    "Wana": "South Waziristan",
    "Miranshah": "North Waziristan",
    "Parachinar": "Kurram",
    "Datta Khel": "North Waziristan",
}
around = st.tuples(st.floats(60, 78), st.floats(24, 38))
anywhere = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@pytest.mark.parametrize("place", IN_THE_TWO.values(), ids=IN_THE_TWO)
def test_a_town_lies_in_its_country_and_province(place: Any) -> None:
    found = locate((place.geometry.x, place.geometry.y))
    assert found.iso3 == place.country
    # The source's borders between provinces are about 0.5 km off: Jamrud lies a quarter of a kilometre outside.
    assert found.province_code == place.province or place.name == "Jamrud"


@pytest.mark.parametrize(("town", "agency"), AGENCY_OF.items())
def test_a_town_well_inside_an_agency_is_told_its_agency(town: str, agency: str) -> None:
    point = PLACES[town].geometry
    found = locate((point.x, point.y))
    assert found.tribal_district == agency
    assert found.near_edge_of == ()


@pytest.mark.parametrize("crossing", ON_THE_LINE.values(), ids=ON_THE_LINE)
def test_a_crossing_is_on_the_line_and_nearest_to_itself(crossing: Any) -> None:
    found = locate((crossing.geometry.x, crossing.geometry.y))
    assert (found.crossing, found.crossing_km) == (crossing.id, 0)
    assert found.durand_line_km < 0.01
    assert found.tribal_district is None


def test_places_elsewhere_have_a_country_and_no_province() -> None:
    doha = locate((51.53096, 25.28545))
    assert (doha.iso3, doha.province, doha.tribal_district) == ("QAT", None, None)
    sea = locate((64.0, 23.0))
    assert (sea.country, sea.iso3, sea.province) == (None, None, None)


@given(around)
def test_a_tribal_district_is_named_only_far_from_its_edges(lonlat: tuple[float, float]) -> None:
    found = locate(lonlat)
    assert not (found.tribal_district and found.near_edge_of)
    if found.tribal_district:
        shape = load("tribal_districts").set_index("name").geometry[found.tribal_district]
        assert distance_to_line_km(lonlat, shape) > EDGE_KM
        assert found.province_code == "PK-TA"


@settings(max_examples=40)
@given(around)
def test_districts_near_an_edge_are_all_named(lonlat: tuple[float, float]) -> None:
    districts = load("tribal_districts").set_index("name").geometry
    near = {name for name, shape in districts.items() if distance_to_line_km(lonlat, shape) <= EDGE_KM}
    assert set(locate(lonlat).near_edge_of) == near


@given(around, around)
def test_two_points_differ_by_no_more_than_the_way_between_them(a: tuple[float, float], b: tuple[float, float]) -> None:
    way_km = distance_km(a, b) + 0.01
    first, second = locate(a), locate(b)
    assert abs(first.durand_line_km - second.durand_line_km) <= way_km * 1.001
    assert abs(first.crossing_km - second.crossing_km) <= way_km


@given(anywhere)
def test_every_point_of_the_globe_is_answered(lonlat: tuple[float, float]) -> None:
    found = locate(lonlat)
    assert 0 <= found.durand_line_km < 20_100
    assert found.crossing_km >= found.durand_line_km - 1
    assert (found.province is None) == (found.province_code is None)


@pytest.mark.parametrize("lonlat", [(181, 0), (0, 91), (float("nan"), 0), (0, float("inf"))])
def test_what_is_no_place_on_the_globe_is_refused(lonlat: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="expected longitude -180 to 180"):
        locate(lonlat)
