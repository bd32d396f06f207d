"""Generalising: a coverage stays a coverage whatever its shape, lines keep their ends, the Durand Line its figures."""

from __future__ import annotations

from itertools import pairwise

import geopandas as gpd
import numpy as np
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.generalise import generalise, interior_borders
from geodata.load import load
from geodata.measure import length_km

GEODATA_KM = {100: 2669, 200: 2605, 500: 2497, 750: 2442, 1000: 2409, 5000: 2209}
"""Tolerance in metres -> length of the Durand Line in km, as measured from the full drawing."""


@st.composite
def coverages(draw: st.DrawFn) -> gpd.GeoDataFrame:
    """Make areas of a grid of quarter-degree cells: corners shaken, edges jagged, some cells joined."""
    columns, rows = draw(st.integers(2, 3)), draw(st.integers(1, 3))
    shake = st.floats(-0.06, 0.06)
    corners = {
        (x, y): (60 + x / 4 + draw(shake), 30 + y / 4 + draw(shake))
        for x in range(columns + 1)
        for y in range(rows + 1)
    }
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    edges: dict[tuple[tuple[int, int], tuple[int, int]], list[tuple[float, float]]] = {}

    def edge(a: tuple[int, int], b: tuple[int, int]) -> list[tuple[float, float]]:
        first, second = min(a, b), max(a, b)
        if (first, second) not in edges:
            along = np.linspace(corners[first], corners[second], 12)
            along[1:-1] += rng.normal(0, 0.003, (10, 2))
            edges[first, second] = [tuple(point) for point in along.tolist()]
        return edges[first, second] if a == first else edges[first, second][::-1]

    cells = []
    for x in range(columns):
        for y in range(rows):
            around = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)]
            ring = [point for a, b in pairwise(around) for point in edge(a, b)[:-1]]
            cells.append(shapely.Polygon(ring))
    owner = [draw(st.integers(0, 4)) for _ in cells]
    areas = [
        shapely.coverage_union_all([c for c, o in zip(cells, owner, strict=True) if o == k]) for k in sorted(set(owner))
    ]
    return gpd.GeoDataFrame({"name": sorted(set(owner))}, geometry=areas, crs=4326)


@settings(max_examples=60, deadline=None)
@given(coverages(), st.sampled_from([50.0, 300.0, 1000.0, 4000.0]))
def test_a_coverage_stays_a_coverage(areas: gpd.GeoDataFrame, tolerance_m: float) -> None:
    assert shapely.coverage_is_valid(np.asarray(areas.geometry))
    simple = generalise(areas, tolerance_m)
    assert shapely.coverage_is_valid(np.asarray(simple.geometry))
    assert simple.is_valid.all()
    assert list(simple["name"]) == list(areas["name"])
    assert simple.count_coordinates().sum() <= areas.count_coordinates().sum()


@settings(max_examples=40, deadline=None)
@given(coverages())
def test_interior_borders_are_what_two_outlines_have_in_common(areas: gpd.GeoDataFrame) -> None:
    borders = interior_borders(areas)
    for border in borders.itertuples():
        common = shapely.intersection(areas.geometry[border.left].boundary, areas.geometry[border.right].boundary)
        assert border.geometry.length == pytest.approx(common.length)
    total = sum(outline.length for outline in areas.boundary)
    outer = shapely.coverage_union_all(np.asarray(areas.geometry)).boundary.length
    assert total == pytest.approx(outer + 2 * sum(border.length for border in borders.geometry))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(60, 62), st.floats(30, 32)), min_size=2, max_size=30, unique=True))
def test_a_line_keeps_its_ends_and_drops_points(points: list[tuple[float, float]]) -> None:
    frame = gpd.GeoDataFrame(geometry=[shapely.LineString(points)], crs=4326)
    simple = generalise(frame, 5000).geometry[0]
    ends = shapely.get_coordinates(simple)[[0, -1]]
    assert ends.tolist() == [list(points[0]), list(points[-1])]
    assert len(simple.coords) <= len(points)


@pytest.mark.parametrize(("tolerance_m", "published_km"), GEODATA_KM.items())
def test_the_durand_line_has_the_length_of_its_scale(tolerance_m: int, published_km: int) -> None:
    found_km = length_km(generalise(load("durand_line"), tolerance_m).geometry[0])
    assert found_km == pytest.approx(published_km, rel=0.006)


@pytest.mark.parametrize("tolerance_m", [100, 200, 500, 750, 1000])
def test_polygons_and_lines_mean_the_same_by_a_tolerance(tolerance_m: int) -> None:
    countries = load("countries").query("iso3 in ['AFG', 'PAK']")
    border = interior_borders(generalise(countries, tolerance_m)).geometry[0]
    assert length_km(border) == pytest.approx(
        length_km(generalise(load("durand_line"), tolerance_m).geometry[0]), rel=0.01
    )


def test_points_are_left_alone() -> None:
    assert_geodataframe_equal(generalise(load("places"), 1000), load("places"))


def test_tolerance_nought_gives_an_equal_copy() -> None:
    lakes = load("lakes")
    same = generalise(lakes, 0)
    assert same is not lakes
    assert_geodataframe_equal(same, lakes)


def test_what_does_not_touch_has_no_border() -> None:
    apart = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1), shapely.box(2, 0, 3, 1)], crs=4326)
    assert interior_borders(apart).empty


def test_areas_that_meet_in_a_point_have_no_border() -> None:
    corner = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1), shapely.box(1, 1, 2, 2)], crs=4326)
    assert interior_borders(corner).empty


@pytest.mark.parametrize(
    ("frame", "tolerance_m", "told"),
    [
        (gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1)], crs=4326), -1, "expected 0 or more metres"),
        (gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1)]), 10, "without CRS"),
        (gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1), shapely.Point(2, 2)], crs=4326), 10, "mixed"),
    ],
    ids=["negative tolerance", "no CRS", "mixed shapes"],
)
def test_what_cannot_be_generalised_is_refused(frame: gpd.GeoDataFrame, tolerance_m: float, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        generalise(frame, tolerance_m)
