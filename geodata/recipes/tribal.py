"""Make tribal_districts: a drawing of districts laid on the ground, cut to the F.A.T.A. of admin1."""

from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.load import load
from geodata.measure import area_km2
from geodata.recipes.georeference import Fit, errors_km, outline_points, refine, start_from_bounds
from geodata.recipes.grid import on_grid
from geodata.recipes.recut import cut_areas
from geodata.recipes.ship import read_table, ship_frame
from geodata.recipes.sources import Sources, read_arguments
from geodata.recipes.svg_map import read_svg_areas

DRAWING_FILE: Final = "package/pakistan.districts.svg"
PLANE: Final = "+proj=aea +lat_1=26 +lat_2=35 +lat_0=30 +lon_0=69 +datum=WGS84"
FATA: Final = "PK-TA"
KP: Final = "PK-KP"
FATA_COUNT: Final = 4
"""How often each point of the F.A.T.A. outline counts in the fit against one of another province."""

TABLE: Final = Path(__file__).with_name("tribal_districts.csv")
"""What each label of the drawing is: name and kind until 2018, what became of it, by which records.

The drawing uses the names of the subdivisions of after 2018 for the frontier regions of before.
"""


def make_tribal_districts(sources: Sources) -> None:
    """Write the thirteen areas and print how well the drawing fits and how large each came out."""
    drawing = read_svg_areas(sources.find("tribal_districts", DRAWING_FILE))
    table = read_table(TABLE)
    provinces = load("admin1").query("country == 'PAK'").to_crs(PLANE).set_index("code").geometry
    tribal = set(table.label)
    fit = fit_drawing(drawing, provinces, tribal)
    shapes = [fit.place_shape(drawing[label]) for label in table.label]
    placed = gpd.GeoDataFrame(table, geometry=shapes, crs=PLANE).to_crs(4326)
    placed["geometry"] = on_grid(placed.geometry)
    fata = load("admin1").set_index("code").geometry[FATA]
    districts = cut_areas(placed, fata)
    districts["schematic"] = districts.kind == "frontier_region"
    districts["published_km2"] = districts.published_km2.astype("int64")
    districts["drawn_km2"] = [round(area_km2(shape)) for shape in districts.geometry]
    districts["names_origin"] = districts.name_ur.map(lambda name: "curated" if name else None)
    for row in districts.itertuples():
        print(f"{row.name}: {row.drawn_km2:,} km2, published {row.published_km2:,}")
    _say_errors("fitted to all", fit, drawing, provinces, tribal)
    blind = fit_drawing(drawing, provinces, tribal, leave_out={FATA, KP})
    _say_errors(f"fitted without {FATA} and {KP}", blind, drawing, provinces, tribal)
    ship_frame("tribal_districts", districts)


def fit_drawing(
    drawing: dict[str, BaseGeometry],
    provinces: gpd.GeoSeries,
    tribal: AbstractSet[str],
    *,
    leave_out: AbstractSet[str] = frozenset(),
) -> Fit:
    """Fit the whole outline first; then tell which district lies in which province, and fit the provinces.

    provinces: shapes on the plane by code. tribal: the labels of F.A.T.A. A province that is left out is not fitted
    to, so that the error found on its outline is an honest one.
    """
    whole, country = _united(list(drawing.values())), provinces.union_all()
    drawn, known = {"all": outline_points(whole, 3.0)}, {"all": outline_points(country, 1500.0)}
    fit = start_from_bounds(whole, country)
    for degree in (1, 2):
        fit = refine(fit, drawn, known, degree=degree, counts={})
    areas = drawn_provinces(drawing, provinces, fit, tribal)
    drawn = {code: outline_points(shape, 3.0) for code, shape in areas.items() if code not in leave_out}
    known = {code: outline_points(provinces[code], 1500.0) for code in drawn}
    for degree in (2, 3):
        fit = refine(fit, drawn, known, degree=degree, counts={FATA: FATA_COUNT})
    return fit


def drawn_provinces(
    drawing: dict[str, BaseGeometry], provinces: gpd.GeoSeries, fit: Fit, tribal: AbstractSet[str]
) -> dict[str, BaseGeometry]:
    """Give code -> the drawing's districts of that province, united; provinces of one district are left out."""
    groups: dict[str, list[BaseGeometry]] = {}
    for label, shape in drawing.items():
        groups.setdefault(province_of(label, shape, provinces, fit, tribal), []).append(shape)
    return {code: _united(shapes) for code, shapes in groups.items() if len(shapes) > 1}


def province_of(label: str, shape: BaseGeometry, provinces: gpd.GeoSeries, fit: Fit, tribal: AbstractSet[str]) -> str:
    """Give the code of the province that a district of the drawing lies in: F.A.T.A. by its label, others by place."""
    if label in tribal:
        return FATA
    point = fit.place_shape(shapely.point_on_surface(shape))
    nearest = provinces.index[int(shapely.distance(np.asarray(provinces), point).argmin())]
    return KP if nearest == FATA else str(nearest)


def _united(shapes: list[BaseGeometry]) -> BaseGeometry:
    """Unite districts, small cracks of the drawing closed."""
    return shapely.buffer(shapely.union_all(shapely.buffer(shapes, 1.0)), -1.0)


def _say_errors(
    how: str, fit: Fit, drawing: dict[str, BaseGeometry], provinces: gpd.GeoSeries, tribal: AbstractSet[str]
) -> None:
    for code, shape in drawn_provinces(drawing, provinces, fit, tribal).items():
        off_km = errors_km(fit, outline_points(shape, 1.0), provinces[code])
        print(f"{how}: {code}: outline off by {off_km.mean():.1f} km, 95 % under {np.quantile(off_km, 0.95):.1f} km")


if __name__ == "__main__":
    make_tribal_districts(read_arguments("Make tribal_districts."))
