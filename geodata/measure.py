"""Measure on the WGS84 ellipsoid: lengths, areas, distances and bearings.

Coordinates are (longitude, latitude) in degrees. Lengths and areas are geodesic (C. F. F. Karney, Algorithms
for geodesics, J. Geodesy 87, 2013), as PROJ computes them.
"""

from typing import Final

import numpy as np
import shapely
import shapely.ops
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

LonLat = tuple[float, float]
WGS84: Final = Geod(ellps="WGS84")


def length_km(geometry: BaseGeometry) -> float:
    """Give the geodesic length of lines in km; of polygons the length of all their rings; of points 0.

    A collection gives the sum of its parts. The length of a natural line grows with its detail: say at which
    tolerance it was generalised whenever it is printed.
    """
    if isinstance(geometry, shapely.Polygon):
        return sum(length_km(ring) for ring in (geometry.exterior, *geometry.interiors))
    if hasattr(geometry, "geoms"):
        return sum(length_km(part) for part in geometry.geoms)
    if geometry.is_empty or geometry.geom_type == "Point":
        return 0.0
    lon, lat = shapely.get_coordinates(geometry).T
    return float(WGS84.line_length(lon, lat)) / 1000


def area_km2(geometry: BaseGeometry) -> float:
    """Give the geodesic area of polygons in square km, holes taken off, whatever the direction of the rings.

    Edges are geodesics between the vertices. Lines and points have area 0.
    """
    if isinstance(geometry, shapely.Polygon):
        return _ring_km2(geometry.exterior) - sum(_ring_km2(ring) for ring in geometry.interiors)
    if hasattr(geometry, "geoms"):
        return sum(area_km2(part) for part in geometry.geoms)
    return 0.0


def _ring_km2(ring: shapely.LinearRing) -> float:
    if ring.is_empty:
        return 0.0
    lon, lat = shapely.get_coordinates(ring).T
    return abs(float(WGS84.polygon_area_perimeter(lon, lat)[0])) / 1e6


def distance_km(a_lonlat: LonLat, b_lonlat: LonLat) -> float:
    """Give the length in km of the shortest way on the ellipsoid between two (longitude, latitude) points."""
    return float(WGS84.inv(*a_lonlat, *b_lonlat)[2]) / 1000


def bearing_deg(a_lonlat: LonLat, b_lonlat: LonLat) -> float:
    """Give the direction in degrees clockwise from north (0 to 360) in which the shortest way sets out."""
    return float(WGS84.inv(*a_lonlat, *b_lonlat)[0]) % 360


def distance_to_line_km(point_lonlat: LonLat, line: BaseGeometry) -> float:
    """Give the geodesic distance in km from a point to a line, or to the outline of a polygon.

    The nearest place is sought on an azimuthal equidistant plane centred on the point, on which distances
    from the point are true; segments are straight on that plane, so the error stays under a metre for
    segments up to 10 km. Raises ValueError when the line is empty.
    """
    if line.is_empty:
        raise ValueError("distance to an empty line: expected a line with at least two points")
    flat = shapely.transform(line, lambda lonlat: _around(point_lonlat, lonlat))
    outline = flat.boundary if flat.geom_type in ("Polygon", "MultiPolygon") else flat
    return float(outline.distance(shapely.Point(0, 0))) / 1000


def along_line_km(point_lonlat: LonLat, line: shapely.LineString) -> float:
    """Give how far along a line, in geodesic km from its start, the place nearest to a point lies.

    The nearest place is sought in degrees, so the point should lie on the line or close to it.
    """
    before = shapely.ops.substring(line, 0, line.project(shapely.Point(point_lonlat)))
    return length_km(before)


def _around(centre_lonlat: LonLat, lonlat: np.ndarray) -> np.ndarray:
    """Lay points on an azimuthal equidistant plane in metres around a centre: x east, y north."""
    lon0, lat0 = np.full(len(lonlat), centre_lonlat[0]), np.full(len(lonlat), centre_lonlat[1])
    azimuth_deg, _, metres = WGS84.inv(lon0, lat0, lonlat[:, 0], lonlat[:, 1])
    azimuth = np.radians(np.asarray(azimuth_deg))
    return np.column_stack([metres * np.sin(azimuth), metres * np.cos(azimuth)])
