"""What lies around a place, held against places whose neighbourhood is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.measure import distance_km
from story.certainty import RING_KM
from story.nearby import circle_latlons, find_near, look_around
from story.query import Record, list_records
from tests.story import told

RECORDS = list_records(told.real().story)
LONS, LATS = st.floats(60, 78), st.floats(24, 38)
KABUL, TORKHAM = (69.17, 34.53), (71.094, 34.122)


def one_at(lon: float, lat: float, precision: str) -> Record:
    """A record at a place that is known so exactly."""
    fact = RECORDS[0].fact.model_copy(update={"lon": lon, "lat": lat, "coord_precision": precision, "also": ()})
    return replace(RECORDS[0], fact=fact)


def test_around_torkham_lie_the_line_and_the_crossing() -> None:
    around = look_around(TORKHAM, 10, RECORDS)
    assert around.location.durand_line_km < 2
    assert around.location.crossing_name == "Torkham"
    assert "crossing-torkham" in {near.record.fact.id for near in around.near if near.surely}


@given(LONS, LATS, st.sampled_from([10, 50, 200]))
def test_what_surely_lies_within_may_lie_within_and_a_wider_look_finds_more(lon: float, lat: float, km: int) -> None:
    found = {near.record.number: near for near in find_near((lon, lat), km, RECORDS)}
    wider = {near.record.number: near for near in find_near((lon, lat), km * 2, RECORDS)}
    assert set(found) <= set(wider)
    assert all(wider[number].surely for number, near in found.items() if near.surely)
    for near in found.values():
        fact = near.record.fact
        rings = [RING_KM.get(each.coord_precision, 0) for each in (fact, *fact.also)]
        assert near.km <= km + max(rings)


@pytest.mark.parametrize(
    ("precision", "radius_km", "found", "surely"),
    [
        ("town", 25, True, True),
        ("town", 20, False, False),
        ("district", 12, True, False),
        ("district", 50, True, True),
        ("province", 10, True, False),
        ("province", 50, True, False),
        ("province", 105, True, True),
    ],
)
def test_a_vague_place_may_lie_within_long_before_it_surely_does(
    precision: str, radius_km: int, *, found: bool, surely: bool
) -> None:
    record = one_at(KABUL[0], KABUL[1] + 0.2, precision)  # some 22 km to the north
    near = find_near(KABUL, radius_km, [record])
    assert bool(near) is found
    assert any(each.surely for each in near) is surely


@given(LONS, LATS, st.sampled_from([10, 100, 200]))
def test_the_circle_is_as_far_from_its_middle_everywhere(lon: float, lat: float, km: int) -> None:
    for at_lat, at_lon in circle_latlons((lon, lat), km):
        assert distance_km((lon, lat), (at_lon, at_lat)) == pytest.approx(km, abs=0.08)
