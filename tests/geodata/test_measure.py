"""Measuring against geodesics whose length is known, and against rules that hold for any shape."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.measure import area_km2, bearing_deg, distance_km, distance_to_line_km, length_km

# One degree of the equator: 2 pi a / 360 with the ellipsoid's a = 6378.137 km.
EQUATOR_DEGREE_KM = 2 * math.pi * 6378.137 / 360
# The meridian quadrant of WGS84, equator to pole, is 10 001.965 729 km.
QUADRANT_KM = 10001.965729
# The ellipsoid's surface is 510 065 621.7 km2 (WGS84).
SURFACE_KM2 = 510_065_621.7

places = st.tuples(st.floats(-179, 179), st.floats(-80, 80))


def test_a_degree_of_the_equator_has_its_length() -> None:
    assert distance_km((0, 0), (1, 0)) == pytest.approx(EQUATOR_DEGREE_KM, rel=1e-9)


def test_the_way_to_the_pole_is_the_quadrant() -> None:
    assert distance_km((30, 0), (30, 90)) == pytest.approx(QUADRANT_KM, rel=1e-8)


def test_kabul_to_islamabad_is_some_370_km_east_south_east() -> None:
    kabul, islamabad = (69.17233, 34.52813), (73.04329, 33.72148)
    assert distance_km(kabul, islamabad) == pytest.approx(367.5, abs=2)
    assert bearing_deg(kabul, islamabad) == pytest.approx(103, abs=2)


@pytest.mark.parametrize(("to", "degrees"), [((0, 1), 0), ((1, 0), 90), ((0, -1), 180), ((-1, 0), 270)])
def test_bearings_go_clockwise_from_north(to: tuple[float, float], degrees: float) -> None:
    assert bearing_deg((0, 0), to) == pytest.approx(degrees, abs=1e-9)


def test_the_length_of_a_line_is_the_sum_of_its_parts() -> None:
    line = shapely.MultiLineString([[(0, 0), (1, 0), (3, 0)], [(10, 0), (11, 0)]])
    assert length_km(line) == pytest.approx(4 * EQUATOR_DEGREE_KM, rel=1e-9)


def test_a_polygon_is_as_long_as_its_rings_and_a_point_has_no_length() -> None:
    outer, hole = shapely.box(0, 0, 4, 4), shapely.box(1, 1, 2, 2)
    both = length_km(outer.exterior) + length_km(hole.exterior)
    assert length_km(outer.difference(hole)) == pytest.approx(both)
    assert length_km(shapely.Point(1, 1)) == 0
    assert length_km(shapely.LineString()) == 0


def test_an_eighth_of_the_ellipsoid_has_an_eighth_of_its_surface() -> None:
    assert area_km2(shapely.Polygon([(0, 0), (90, 0), (0, 90)])) == pytest.approx(SURFACE_KM2 / 8, rel=1e-6)


def test_holes_are_taken_off_and_direction_does_not_matter() -> None:
    outer, hole = shapely.box(60, 30, 64, 34), shapely.box(61, 31, 62, 32)
    ring = outer.difference(hole)
    assert area_km2(ring) == pytest.approx(area_km2(outer) - area_km2(hole))
    assert area_km2(ring.reverse()) == pytest.approx(area_km2(ring))
    assert area_km2(shapely.MultiPolygon([ring, hole])) == pytest.approx(area_km2(outer))


def test_lines_points_and_nothing_have_no_area() -> None:
    assert area_km2(shapely.LineString([(0, 0), (1, 1)])) == 0
    assert area_km2(shapely.Polygon()) == 0


@settings(deadline=None)
@given(places, places)
def test_distances_are_the_same_both_ways(a: tuple[float, float], b: tuple[float, float]) -> None:
    assert distance_km(a, b) == pytest.approx(distance_km(b, a), abs=1e-6)
    assert 0 <= bearing_deg(a, b) < 360


@settings(deadline=None)
@given(st.floats(-170, 170), st.floats(-70, 70), st.floats(0, 1))
def test_a_point_beside_a_meridian_is_as_far_as_the_parallel_is_long(lon: float, lat: float, off: float) -> None:
    meridian = shapely.LineString([(lon, lat - 0.2), (lon, lat), (lon, lat + 0.2)])
    found = distance_to_line_km((lon + off / 20, lat), meridian)
    assert found == pytest.approx(distance_km((lon + off / 20, lat), (lon, lat)), rel=1e-3, abs=1e-3)


@settings(deadline=None)
@given(places, places)
def test_no_line_is_further_than_its_vertices(point: tuple[float, float], vertex: tuple[float, float]) -> None:
    near = (vertex[0], vertex[1] + 0.05)
    line = shapely.LineString([vertex, near])
    furthest_allowed = min(distance_km(point, vertex), distance_km(point, near))
    assert distance_to_line_km(point, line) <= furthest_allowed + 1e-3


def test_the_distance_to_a_polygon_is_to_its_outline() -> None:
    middle = distance_to_line_km((0.5, 0.5), shapely.box(0, 0, 1, 1))
    assert middle == pytest.approx(distance_km((0.5, 0.5), (0.5, 0)), rel=1e-3)


def test_an_empty_line_has_no_distance() -> None:
    with pytest.raises(ValueError, match="empty line"):
        distance_to_line_km((0, 0), shapely.LineString())
