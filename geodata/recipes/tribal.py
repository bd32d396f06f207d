"""Make tribal_districts: a drawing of districts laid on the ground, cut to the F.A.T.A. of admin1."""

from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.load import load
from geodata.measure import area_km2
from geodata.recipes.georeference import Fit, errors_km, outline_points, refine, start_from_bounds
from geodata.recipes.recut import cut_areas
from geodata.recipes.ship import on_grid, ship_frame
from geodata.recipes.sources import Sources, read_arguments
from geodata.recipes.svg_map import read_svg_areas

DRAWING_FILE: Final = "package/pakistan.districts.svg"
PLANE: Final = "+proj=aea +lat_1=26 +lat_2=35 +lat_0=30 +lon_0=69 +datum=WGS84"
FATA: Final = "PK-TA"
FATA_COUNT: Final = 4
"""How often each point of the F.A.T.A. outline counts in the fit against one of another province."""

AREAS: Final = {
    "Bajaur": ("Bajaur", "agency"),
    "Mohmand": ("Mohmand", "agency"),
    "Khyber": ("Khyber", "agency"),
    "Orakzai": ("Orakzai", "agency"),
    "Kurram": ("Kurram", "agency"),
    "North Waziristan": ("North Waziristan", "agency"),
    "South Waziristan": ("South Waziristan", "agency"),
    "Peshawar Subdivision": ("FR Peshawar", "frontier_region"),
    "Kohat Subdivision": ("FR Kohat", "frontier_region"),
    "Bannu Subdivision": ("FR Bannu", "frontier_region"),
    "Lakki Subdivision": ("FR Lakki Marwat", "frontier_region"),
    "Tank Subdivision": ("FR Tank", "frontier_region"),
    "D I Khan Subdivision": ("FR Dera Ismail Khan", "frontier_region"),
}
"""Label of the drawing -> name and kind before 2018; the drawing uses the names of the subdivisions of after.
"""


def make_tribal_districts(sources: Sources) -> None:
    """Write the thirteen areas and print how well the drawing fits and how large each came out."""
    drawing = read_svg_areas(sources.find("tribal_districts", DRAWING_FILE))
    provinces = load("admin1").query("country == 'PAK'").to_crs(PLANE).set_index("code").geometry
    fit = _fit(drawing, provinces)
    placed = gpd.GeoDataFrame(
        [
            {"name": name, "kind": kind, "geometry": fit.place_shape(drawing[label])}
            for label, (name, kind) in AREAS.items()
        ],
        geometry="geometry",
        crs=PLANE,
    ).to_crs(4326)
    placed["geometry"] = on_grid(placed.geometry)
    fata = load("admin1").set_index("code").geometry[FATA]
    _say_errors(fit, drawing, provinces)
    districts = cut_areas(placed, fata)
    for row in districts.itertuples():
        print(f"{row.name}: {area_km2(row.geometry):,.0f} km2")
    ship_frame("tribal_districts", districts)


def _fit(drawing: dict[str, BaseGeometry], provinces: gpd.GeoSeries) -> Fit:
    """Fit the whole outline first; then tell which district lies in which province, and fit the provinces."""
    whole, country = _united(list(drawing.values())), provinces.union_all()
    drawn, known = {"all": outline_points(whole, 3.0)}, {"all": outline_points(country, 1500.0)}
    fit = start_from_bounds(whole, country)
    for degree in (1, 2):
        fit = refine(fit, drawn, known, degree=degree, counts={})
    areas = _drawn_provinces(drawing, provinces, fit)
    drawn = {code: outline_points(shape, 3.0) for code, shape in areas.items()}
    known = {code: outline_points(provinces[code], 1500.0) for code in areas}
    for degree in (2, 3):
        fit = refine(fit, drawn, known, degree=degree, counts={FATA: FATA_COUNT})
    return fit


def _drawn_provinces(drawing: dict[str, BaseGeometry], provinces: gpd.GeoSeries, fit: Fit) -> dict[str, BaseGeometry]:
    groups: dict[str, list[BaseGeometry]] = {}
    for label, shape in drawing.items():
        point = fit.place_shape(shapely.point_on_surface(shape))
        nearest = provinces.index[int(shapely.distance(np.asarray(provinces), point).argmin())]
        own = "PK-KP" if nearest == FATA else nearest
        groups.setdefault(FATA if label in AREAS else own, []).append(shape)
    return {code: _united(shapes) for code, shapes in groups.items() if len(shapes) > 1}


def _united(shapes: list[BaseGeometry]) -> BaseGeometry:
    """Unite districts, small cracks of the drawing closed."""
    return shapely.buffer(shapely.union_all(shapely.buffer(shapes, 1.0)), -1.0)


def _say_errors(fit: Fit, drawing: dict[str, BaseGeometry], provinces: gpd.GeoSeries) -> None:
    for code, shape in _drawn_provinces(drawing, provinces, fit).items():
        off_km = errors_km(fit, outline_points(shape, 1.0), provinces[code])
        print(f"{code}: outline off by {off_km.mean():.1f} km, 95 % under {np.quantile(off_km, 0.95):.1f} km")


if __name__ == "__main__":
    make_tribal_districts(read_arguments("Make tribal_districts."))
