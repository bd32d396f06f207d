"""Make crossings and crossing_events: the two tables beside this file, each point moved onto the Durand Line."""

from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import shapely

from geodata.load import load
from geodata.measure import along_line_km, distance_km
from geodata.recipes.grid import on_grid
from geodata.recipes.ship import read_table, ship_frame

TABLE: Final = Path(__file__).with_name("crossings.csv")
EVENTS_TABLE: Final = Path(__file__).with_name("crossing_events.csv")


def make_crossings() -> None:
    """Write the crossings from the Iranian end of the line to the Chinese one, and their events by date."""
    table = read_table(TABLE)
    given = np.asarray(gpd.points_from_xy(table.pop("lon").astype(float), table.pop("lat").astype(float)))
    line = load("durand_line").geometry.iloc[0]
    points = on_grid(gpd.GeoSeries(shapely.line_interpolate_point(line, shapely.line_locate_point(line, given))))
    table["line_km"] = [round(along_line_km((point.x, point.y), line), 1) for point in points]
    table["moved_km"] = [round(distance_km((a.x, a.y), (b.x, b.y)), 1) for a, b in zip(given, points, strict=True)]
    crossings = gpd.GeoDataFrame(table, geometry=list(points), crs=4326).sort_values("line_km")
    ship_frame("crossings", crossings)
    events = read_table(EVENTS_TABLE).sort_values("date", kind="stable")
    where = events["crossing"].map(crossings.set_index("id").geometry)
    ship_frame("crossing_events", gpd.GeoDataFrame(events, geometry=list(where), crs=4326))


if __name__ == "__main__":
    make_crossings()
