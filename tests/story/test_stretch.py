"""What happened along the line is drawn along it: between the provinces that the record names, on one side, apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shapely

from geodata.load import load
from geodata.measure import distance_to_line_km
from story.model import PointLayer
from story.stretch import areas_on_line, middle_of, stretch
from tests.story.told import real, real_scene

if TYPE_CHECKING:
    from story.drawn import Drawn

STORY = real().story
LINE = load("durand_line").geometry.iloc[0]
AFGHANISTAN = load("countries").set_index("iso3").geometry["AFG"]
ALONG = [
    (id_, point)
    for id_, layer in STORY.layers.items()
    if isinstance(layer, PointLayer)
    for point in layer.points
    if point.along
]


def drawn_stretches() -> list[tuple[Drawn, str, shapely.Geometry]]:
    """Give each stretch of the story with what its layer is drawn as, and its fact."""
    return [
        (drawn, fact, shape)
        for drawn in real_scene().values()
        if drawn.stretches is not None
        for fact, shape in zip(drawn.stretches["fact"], drawn.stretches.geometry, strict=True)
    ]


def test_each_operation_along_the_line_has_its_stretch_and_one_mark_in_its_middle() -> None:
    assert [fact for _, fact, _ in drawn_stretches()] == [point.fact for _, point in ALONG]
    for drawn, fact, shape in drawn_stretches():
        (mark,) = (mark for mark in drawn.marks if mark.fact == fact)
        assert mark.lonlat == middle_of(shape)
        assert mark.ring_km == 0


@pytest.mark.parametrize("beside_deg", [0.12, 0.24])
def test_a_stretch_runs_beside_the_line_on_one_side_and_no_further_than_it_is_told(beside_deg: float) -> None:
    shape = stretch(STORY, ("AF-NUR", "AF-PKA"), beside_deg)
    points = shapely.points(shapely.get_coordinates(shape))
    assert shapely.covers(AFGHANISTAN, shape)
    assert shapely.distance(points, LINE).max() < beside_deg + 0.1
    assert shapely.distance(points, LINE).min() > beside_deg / 2


def test_a_stretch_reaches_from_the_far_end_of_one_province_to_that_of_the_other() -> None:
    provinces = load("admin1").set_index("code").geometry
    short, long = stretch(STORY, ("AF-KNR", "AF-KNR"), 0.12), stretch(STORY, ("AF-KNR", "AF-HEL"), 0.12)
    assert shapely.covers(shapely.buffer(provinces["AF-KNR"], 0.3), short)
    for code in ("AF-KNR", "AF-NAN", "AF-KAN", "AF-HEL"):
        assert shapely.intersects(long, shapely.buffer(provinces[code], 0.01)), code
    assert not shapely.intersects(long, provinces["AF-BDS"])


def test_the_order_of_its_ends_does_not_matter() -> None:
    there, back = (stretch(STORY, ends, 0.12) for ends in (("AF-KNR", "AF-HEL"), ("AF-HEL", "AF-KNR")))
    assert shapely.equals_exact(there, back)


def test_two_stretches_of_a_layer_do_not_hide_each_other() -> None:
    (_, _, one), (_, _, other) = drawn_stretches()
    assert middle_of(one) != middle_of(other)
    assert not shapely.intersects(shapely.buffer(one, 0.01), shapely.buffer(other, 0.01))


def test_the_provinces_on_the_line_are_those_that_touch_it() -> None:
    on = set(areas_on_line("durand_line", "admin1", "code"))
    assert {"AF-KNR", "AF-HEL", "PK-BA", "PK-TA"} < on
    assert not {"AF-KAB", "AF-HER", "PK-SD"} & on


def test_the_records_of_operations_along_the_line_stand_near_it_on_the_side_that_they_came_from() -> None:
    for _, point in ALONG:
        fact = STORY.facts[point.fact]
        assert fact.lon is not None
        assert fact.lat is not None
        assert distance_to_line_km((fact.lon, fact.lat), LINE) < 30
        assert shapely.contains_xy(AFGHANISTAN, fact.lon, fact.lat)
