"""The shapes: valid, without gaps or overlaps, and one border where two datasets show the same one."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata.catalogue import read_catalogue
from geodata.generalise import interior_borders
from geodata.load import load
from geodata.measure import area_km2, length_km

VECTORS = [name for name, dataset in read_catalogue().items() if dataset.kind == "vector"]
COVERAGES = ["countries", "admin1", "tribal_districts", "border_regions", "border_districts"]
WIDE = shapely.box(8, -15, 110, 64)
BOUNDARY_KINDS = {"international", "line_of_control", "disputed"}


@pytest.mark.parametrize("name", VECTORS)
def test_every_shape_is_valid_whole_and_in_the_region(name: str) -> None:
    shapes = np.asarray(load(name).geometry)
    assert shapely.is_valid(shapes).all()
    assert not shapely.is_empty(shapes).any()
    assert np.isfinite(shapely.get_coordinates(shapes)).all()
    assert shapely.covered_by(shapes, shapely.buffer(WIDE, 3)).all()


@pytest.mark.parametrize("name", COVERAGES)
def test_neighbours_share_their_borders_exactly(name: str) -> None:
    assert shapely.coverage_is_valid(np.asarray(load(name).geometry))


@pytest.mark.parametrize("name", COVERAGES)
def test_no_gap_lies_between_neighbours(name: str) -> None:
    # A gap shows as a hole in the union: none may be narrower than 100 m on average.
    whole = shapely.coverage_union_all(np.asarray(load(name).geometry))
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(whole) for ring in part.interiors]
    assert [hole.wkt for hole in holes if 2 * area_km2(hole) / length_km(hole) < 0.1] == []


def test_the_two_countries_are_the_sum_of_their_provinces() -> None:
    provinces = load("admin1").dissolve(by="country", method="coverage").geometry
    countries = load("countries").set_index("iso3").geometry
    for iso3 in ("AFG", "PAK"):
        assert provinces[iso3].equals(countries[iso3])


def test_the_durand_line_is_exactly_the_border_the_two_countries_share() -> None:
    pair = load("countries").query("iso3 in ['AFG', 'PAK']")
    shared = interior_borders(pair).geometry
    assert len(shared) == 1
    assert shared[0].normalize().equals_exact(durand_line().normalize(), 0)


def test_the_provinces_meet_along_the_durand_line() -> None:
    provinces = load("admin1")
    borders = interior_borders(provinces)
    across = borders[provinces.country[borders.left].to_numpy() != provinces.country[borders.right].to_numpy()]
    joined = shapely.line_merge(shapely.union_all(np.asarray(across.geometry)))
    assert shapely.get_num_coordinates(joined) == shapely.get_num_coordinates(durand_line())
    assert joined.normalize().equals_exact(durand_line().normalize(), 0)


def test_the_durand_line_runs_from_iran_to_china() -> None:
    line = durand_line()
    assert line.geom_type == "LineString"
    assert line.is_simple
    countries = load("countries").set_index("iso3").geometry
    start, end = shapely.Point(line.coords[0]), shapely.Point(line.coords[-1])
    assert countries["IRN"].distance(start) == 0
    assert countries["CHN"].distance(end) == 0


def test_boundaries_have_no_durand_stretch() -> None:
    boundaries = load("boundaries")
    common = shapely.intersection(np.asarray(boundaries.geometry), durand_line())
    assert sum(length_km(piece) for piece in common) == 0


def test_boundaries_and_durand_line_are_all_borders_between_countries() -> None:
    drawn_km = sum(map(length_km, load("boundaries").geometry)) + length_km(durand_line())
    assert drawn_km == pytest.approx(sum(map(length_km, interior_borders(load("countries")).geometry)), rel=1e-6)


def test_boundaries_know_their_kind_and_name() -> None:
    boundaries = load("boundaries")
    assert set(boundaries.kind) == BOUNDARY_KINDS
    assert not boundaries.name.isna().any()
    assert not boundaries.duplicated(["kind", "name"]).any()


def test_the_line_of_control_stands_apart_and_lies_in_kashmir() -> None:
    line = load("boundaries").query("kind == 'line_of_control'").geometry
    assert len(line) == 1
    assert shapely.box(73, 32, 78, 36).covers(line.iloc[0])
    # Natural Earth draws 796 km in four pieces; OpenStreetMap's finer drawing is longer.
    assert 796 * 0.95 <= length_km(line.iloc[0]) <= 796 * 1.45


@pytest.mark.parametrize("pair", ["China - India (disputed)", "China - Pakistan (disputed)"])
def test_disputed_stretches_in_the_north_are_marked(pair: str) -> None:
    assert pair in set(load("boundaries").query("kind == 'disputed'").name)


def test_the_coast_is_the_outer_edge_of_the_countries() -> None:
    countries, coast = load("countries"), load("coast")
    edge = shapely.coverage_union_all(np.asarray(countries.geometry)).boundary
    off = shapely.difference(shapely.union_all(np.asarray(coast.geometry)), shapely.buffer(edge, 2e-5))
    assert length_km(off) < 1


def test_the_tribal_districts_fill_the_former_fata() -> None:
    fata = load("admin1").set_index("code").geometry["PK-TA"]
    filled = shapely.coverage_union_all(np.asarray(load("tribal_districts").geometry))
    assert area_km2(shapely.symmetric_difference(fata, filled)) < 1


def test_agencies_on_the_line_share_it() -> None:
    districts = load("tribal_districts").set_index("name").geometry
    on_line = gpd.GeoSeries(districts).boundary.intersection(durand_line()).map(length_km)
    bordering = {"Bajaur", "Mohmand", "Khyber", "Kurram", "North Waziristan", "South Waziristan"}
    assert set(on_line[on_line > 1].index) == bordering


def durand_line() -> shapely.LineString:
    return load("durand_line").geometry[0]
