"""Make border_districts: Pakistan's districts along the Durand Line, from the drawing that gave the tribal ones."""

from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.load import load
from geodata.measure import along_line_km, length_km
from geodata.recipes.border_regions import SHORTEST_KM
from geodata.recipes.grid import on_grid
from geodata.recipes.recut import cut_areas, joined
from geodata.recipes.ship import read_table, ship_frame
from geodata.recipes.sources import Sources, read_arguments
from geodata.recipes.svg_map import read_svg_areas
from geodata.recipes.tribal import DRAWING_FILE, FATA, PLANE, TABLE, fit_drawing, province_of

NAMES_TABLE: Final = TABLE.with_name("border_districts.csv")
ON_LINE_DEG: Final = 2e-5
"""The drawing's borders end on the line at a node of the shipping grid, up to this far off it."""


def make_border_districts(sources: Sources) -> None:
    """Write the districts that touch the line, from the Iranian end on: those of three provinces, and six agencies."""
    drawing = read_svg_areas(sources.find("border_districts", DRAWING_FILE))
    names = read_table(NAMES_TABLE).set_index("label")
    placed = _placed(drawing)
    provinces = load("admin1").set_index("code").geometry
    parts = [cut_areas(placed[placed.province == code], provinces[code]) for code in ("PK-BA", "PK-KP", "PK-GB")]
    districts = pd.concat([part.assign(kind="district") for part in parts])
    districts = districts[districts.label.isin(names.index)].drop(columns="province").join(names, on="label")
    agencies = load("tribal_districts").query("kind == 'agency'").assign(province=FATA, later=None)
    agencies["later"] = agencies.split_into.map(lambda into: f"{into} since 2022" if into else None)
    columns = ["name", "kind", "province", "later", "name_ur", "geometry"]
    whole = gpd.GeoDataFrame(pd.concat([districts[columns], agencies[columns]], ignore_index=True), crs=4326)
    whole = joined(whole.assign(geometry=on_grid(whole.geometry)))
    measured = [_on_line(shape, load("durand_line").geometry.iloc[0]) for shape in whole.geometry]
    whole = whole.join(pd.DataFrame(measured, index=whole.index))
    whole = whole[whole.length_on_line_km >= SHORTEST_KM].sort_values("from_km")
    print(f"{whole.length_on_line_km.sum():,.1f} km of {length_km(load('durand_line').geometry.iloc[0]):,.1f}")
    ship_frame("border_districts", whole)


def _placed(drawing: dict[str, BaseGeometry]) -> gpd.GeoDataFrame:
    """Give every district of the drawing on the ground, EPSG:4326, with its label and province."""
    provinces = load("admin1").query("country == 'PAK'").to_crs(PLANE).set_index("code").geometry
    tribal = set(read_table(TABLE).label)
    fit = fit_drawing(drawing, provinces, tribal)
    rows = [
        {
            "label": label,
            "province": province_of(label, shape, provinces, fit, tribal),
            "geometry": fit.place_shape(shape),
        }
        for label, shape in drawing.items()
    ]
    placed = gpd.GeoDataFrame(rows, geometry="geometry", crs=PLANE).to_crs(4326)
    return placed.assign(geometry=on_grid(placed.geometry))


def _on_line(shape: Any, line: shapely.LineString) -> dict[str, float]:
    near = shapely.line_merge(shapely.intersection(line, shapely.buffer(shape, ON_LINE_DEG)))
    stretches = [part for part in shapely.get_parts(near) if part.geom_type == "LineString"]
    ends = [end for part in stretches for end in (part.coords[0], part.coords[-1])]
    touched = float(np.sum([length_km(part) for part in stretches]))
    return {
        "from_km": round(min((along_line_km(end, line) for end in ends), default=0.0), 1),
        "length_on_line_km": round(touched, 1),
        "share_pct": round(100 * touched / length_km(line), 1),
    }


if __name__ == "__main__":
    make_border_districts(read_arguments("Make border_districts."))
