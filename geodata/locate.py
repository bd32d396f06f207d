"""Say what lies under a point: country, province, tribal district, distance to the Durand Line and to a crossing."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geodata.catalogue import read_catalogue
from geodata.load import load
from geodata.measure import LonLat, distance_km, distance_to_line_km

if TYPE_CHECKING:
    import geopandas as gpd

EDGE_KM: Final = 5.0
"""So near to an edge of an approximate tribal district the drawing does not say on which side a point lies.

Of exact ones, fetched by `python -m geodata.exact`, their accuracy is the measure.
"""

FURTHEST_LON: Final = 180.0
FURTHEST_LAT: Final = 90.0


@dataclass(frozen=True, kw_only=True)
class Location:
    """What is known about a point. Names are English; None means none, or outside the data (8-110 E, 15 S-64 N).

    country and iso3 follow the borders as drawn (de facto); province is a name and province_code a code of admin1,
    for Afghanistan and Pakistan only. tribal_district is the agency or frontier region of before 2018, given only
    more than EDGE_KM from its edges; nearer, it is None and near_edge_of names all whose edge is so near. Distances are
    geodesic, in km; the one to the Durand Line is to the line at 100 m detail. crossing is an id of crossings.
    """

    lonlat: LonLat
    country: str | None
    iso3: str | None
    province: str | None
    province_code: str | None
    tribal_district: str | None
    near_edge_of: tuple[str, ...]
    durand_line_km: float
    crossing: str
    crossing_name: str
    crossing_km: float


def locate(lonlat: LonLat) -> Location:
    """Give what lies under a (longitude, latitude) point in degrees; the same point gives the same answer.

    Reads the datasets at the first call. Raises ValueError for coordinates that are no place on the globe.
    """
    lon, lat = lonlat
    if not (abs(lon) <= FURTHEST_LON and abs(lat) <= FURTHEST_LAT):
        raise ValueError(f"lonlat: found {lonlat}, expected longitude -180 to 180 and latitude -90 to 90, in degrees")
    point = shapely.Point(lon, lat)
    country, province = _under(point, "countries"), _under(point, "admin1")
    near = _districts_near((lon, lat), edge_km())
    inside = _under(point, "tribal_districts") if not near else None
    crossing_km, crossing = _nearest_crossing((lon, lat))
    return Location(
        lonlat=(lon, lat),
        country=country.name if country else None,
        iso3=country.iso3 if country else None,
        province=province.name if province else None,
        province_code=province.code if province else None,
        tribal_district=inside.name if inside else None,
        near_edge_of=near,
        durand_line_km=distance_to_line_km((lon, lat), _durand_line()),
        crossing=crossing.id,
        crossing_name=crossing.name,
        crossing_km=crossing_km,
    )


def _under(point: shapely.Point, dataset_id: str) -> Any:
    """Give the row of the area that covers a point, the first one on a border, or None."""
    tree, rows = _areas(dataset_id)
    found = tree.query(point, predicate="intersects")
    return rows[int(found.min())] if found.size else None


def edge_km() -> float:
    """Give how near to an edge of a tribal district a point is not told on which side it lies, in km."""
    dataset = read_catalogue()["tribal_districts"]
    return EDGE_KM if dataset.approximate else dataset.accuracy_km


def _districts_near(lonlat: LonLat, within_km: float) -> tuple[str, ...]:
    _, rows = _areas("tribal_districts")
    box = _box_around(lonlat, within_km)
    near = [row for row in rows if box.intersects(row.geometry)]
    return tuple(row.name for row in near if distance_to_line_km(lonlat, row.geometry) <= within_km)


def _box_around(lonlat: LonLat, km: float) -> Any:
    """Give a box in degrees that holds everything within a distance; generous, for leaving out what is far."""
    up = km / 110
    across = min(up / max(np.cos(np.radians(lonlat[1])), 0.01), FURTHEST_LON)
    return shapely.box(lonlat[0] - across, lonlat[1] - up, lonlat[0] + across, lonlat[1] + up)


def _nearest_crossing(lonlat: LonLat) -> tuple[float, Any]:
    distances = [(distance_km(lonlat, (row.geometry.x, row.geometry.y)), row) for row in _crossings()]
    return min(distances, key=lambda pair: pair[0])


@lru_cache(maxsize=4)
def _areas(dataset_id: str) -> tuple[shapely.STRtree, tuple[Any, ...]]:
    frame: gpd.GeoDataFrame = load(dataset_id)
    return shapely.STRtree(np.asarray(frame.geometry)), tuple(frame.itertuples(index=False))


@lru_cache(maxsize=1)
def _durand_line() -> Any:
    return load("durand_line").geometry.iloc[0]


@lru_cache(maxsize=1)
def _crossings() -> tuple[Any, ...]:
    return tuple(load("crossings").itertuples(index=False))
