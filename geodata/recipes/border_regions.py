"""Make border_regions: the provinces on either side of the Durand Line, and how much of it each one touches."""

from typing import Any, Final

import geopandas as gpd
import pandas as pd
import shapely

from geodata.load import load
from geodata.measure import along_line_km, length_km
from geodata.recipes.ship import ship_frame

SHORTEST_KM: Final = 1.0
"""A region that touches less of the line than this meets it in a point only."""


def make_border_regions() -> None:
    """Write Afghanistan's and Pakistan's provinces along the line, each side from the Iranian end on."""
    provinces = load("admin1")
    touching = touched_km(provinces, load("durand_line").geometry.iloc[0])
    regions = provinces.join(touching, how="inner").sort_values(["country", "from_km"])
    ship_frame("border_regions", gpd.GeoDataFrame(regions, geometry="geometry", crs=4326))


def touched_km(areas: gpd.GeoDataFrame, line: shapely.LineString) -> gpd.GeoDataFrame:
    """Give from_km, length_on_line_km and share_pct of the line that each area touches, by the index of the areas.

    The areas must share the line's vertices. from_km is where the first stretch begins, from the line's start.
    """
    whole_km = length_km(line)
    rows: dict[Any, dict[str, float]] = {}
    for index, outline in areas.boundary.items():
        common = shapely.line_merge(shapely.intersection(outline, line))
        stretches = [part for part in shapely.get_parts(common) if part.geom_type == "LineString"]
        touched = sum(map(length_km, stretches))
        if touched >= SHORTEST_KM:
            starts = [along_line_km(point, line) for part in stretches for point in (part.coords[0], part.coords[-1])]
            rows[index] = {
                "from_km": round(min(starts), 1),
                "length_on_line_km": round(touched, 1),
                "share_pct": round(100 * touched / whole_km, 1),
            }
    return pd.DataFrame.from_dict(rows, orient="index")


if __name__ == "__main__":
    make_border_regions()
