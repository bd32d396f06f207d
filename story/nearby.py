"""What lies around a place on the map: whose ground it is, how far the line and the nearest crossing, which attacks.

Distances are geodesic, in km on the WGS84 ellipsoid. A record whose place is known to a district or province only
lies somewhere within a ring: it may be nearer or farther than its mark, and is told apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from geodata.locate import Location, locate
from geodata.measure import WGS84, LonLat, distance_km
from story.certainty import RING_KM
from story.facts import Precision
from story.query import Record

CIRCLE_POINTS = 64
CIRCLE_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class Near:
    """A record near a place: the distance to its mark in km, and whether it surely lies within the radius."""

    record: Record
    km: float
    surely: bool


@dataclass(frozen=True, slots=True)
class Around:
    """What lies around a place, and the records near it."""

    location: Location
    near: tuple[Near, ...]


def look_around(lonlat: LonLat, radius_km: float, records: Iterable[Record]) -> Around:
    """What lies around longitude, latitude; of the records those that lie, or may lie, within the radius."""
    return Around(locate(lonlat), find_near(lonlat, radius_km, records))


def find_near(lonlat: LonLat, radius_km: float, records: Iterable[Record]) -> tuple[Near, ...]:
    """The records that lie, or may lie, within a radius, the nearest first.

    One that is known to a district or province only surely lies within where its whole ring does, and may where
    some of the ring does.
    """
    found = []
    for record in records:
        ways = [
            (distance_km(lonlat, (lon, lat)), RING_KM.get(precision, 0.0)) for lon, lat, precision in _spots(record)
        ]
        touching = [(km, ring) for km, ring in ways if km - ring <= radius_km]
        if touching:
            surely = any(km + ring <= radius_km for km, ring in touching)
            found.append(Near(record, min(km for km, _ in touching), surely))
    return tuple(sorted(found, key=lambda near: (not near.surely, near.km)))


def _spots(record: Record) -> list[tuple[float, float, Precision | None]]:
    fact = record.fact
    first = [(fact.lon, fact.lat, fact.coord_precision)] if fact.lon is not None and fact.lat is not None else []
    return [*first, *((spot.lon, spot.lat, spot.coord_precision) for spot in fact.also)]


def circle_latlons(lonlat: LonLat, radius_km: float) -> tuple[tuple[float, float], ...]:
    """Points (latitude, longitude) of the geodesic circle around longitude, latitude."""
    turns = np.linspace(0, 360, CIRCLE_POINTS, endpoint=False)
    lon, lat = (np.full(CIRCLE_POINTS, degrees) for degrees in lonlat)
    lons, lats, _ = WGS84.fwd(lon, lat, turns, np.full(CIRCLE_POINTS, radius_km * 1000))
    return tuple(
        (round(float(lat), CIRCLE_DECIMALS), round(float(lon), CIRCLE_DECIMALS))
        for lat, lon in zip(lats, lons, strict=True)
    )
