"""Generalise shapes for a scale: polygons as one coverage with shared borders, lines one by one."""

from itertools import pairwise
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS

Segment = tuple[tuple[float, float], tuple[float, float]]

POLYGONS: Final = {"Polygon", "MultiPolygon"}

AREA_PER_TOLERANCE: Final = 1.5
"""Tolerance in metres -> side of the square that is the area limit of the polygons' rule.

Polygons drop corners by area (Visvalingam and Whyatt), lines by distance (Douglas and Peucker).

With the area limit set to (1.5 x tolerance) squared both give the Durand Line the same length within 1 % from
100 m to 1 km, so one tolerance means the same for both.
"""


def generalise(frame: gpd.GeoDataFrame, tolerance_m: float) -> gpd.GeoDataFrame:
    """Give a copy with simpler shapes; same CRS, index, columns and order.

    Polygons are taken as a coverage (J. D. Whyatt and M. Visvalingam's area rule on shared edges, GEOS): what
    touched still touches, without gaps or overlaps, and every corner where three polygons meet stays. Lines
    are simplified one by one (Douglas and Peucker) and keep their end points; points are left alone. The work
    is done on an equal-area plane around the middle of the frame, so tolerance_m holds over a few thousand
    km; every vertex left keeps its coordinates. Tolerance 0 gives an equal copy. Raises ValueError for a
    negative tolerance, a frame without CRS, or polygons mixed with other shapes.
    """
    if tolerance_m < 0:
        raise ValueError(f"tolerance_m: found {tolerance_m}, expected 0 or more metres")
    if frame.crs is None:
        raise ValueError("frame without CRS: expected one, for example EPSG:4326")
    if tolerance_m == 0 or frame.empty:
        return frame.copy()
    plane = np.asarray(frame.geometry.to_crs(_equal_area_crs(frame)))
    kinds = set(frame.geom_type)
    if kinds & POLYGONS:
        if not kinds <= POLYGONS:
            raise ValueError("polygons mixed with lines or points: generalise them in frames of their own")
        simple = shapely.coverage_simplify(plane, tolerance_m * AREA_PER_TOLERANCE)
    else:
        simple = shapely.simplify(plane, tolerance_m, preserve_topology=True)
    return frame.set_geometry(_put_back(simple, plane, np.asarray(frame.geometry)), crs=frame.crs)


def interior_borders(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the lines that two polygons of a coverage share, each once; the outer edge is left out.

    Columns: left and right (the index values of the two polygons, in the order of the frame), geometry
    (merged lines, as long as possible). Same CRS. The polygons must form a coverage: shared borders have the
    same vertices.
    """
    shapes = np.asarray(frame.geometry)
    segments = [_segments(shape) for shape in shapes]
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    rows: list[dict[str, Any]] = []
    for i, j in sorted((int(i), int(j)) for i, j in zip(first, second, strict=True) if i < j):
        if shared := segments[i] & segments[j]:
            rows.append({"left": frame.index[i], "right": frame.index[j], "geometry": _merge(shared)})
    return gpd.GeoDataFrame(rows, columns=["left", "right", "geometry"], geometry="geometry", crs=frame.crs)


def _merge(segments: set[Segment]) -> Any:
    return shapely.line_merge(shapely.multilinestrings([list(segment) for segment in sorted(segments)]))


def _segments(polygon: Any) -> set[Segment]:
    rings = shapely.get_rings(shapely.get_parts(polygon))
    found: set[Segment] = set()
    for ring in rings:
        points = [tuple(point) for point in shapely.get_coordinates(ring).tolist()]
        found.update((min(a, b), max(a, b)) for a, b in pairwise(points))
    return found


def _equal_area_crs(frame: gpd.GeoDataFrame) -> CRS:
    west, south, east, north = frame.to_crs(4326).total_bounds
    return CRS.from_proj4(f"+proj=laea +lon_0={(west + east) / 2:.3f} +lat_0={(south + north) / 2:.3f} +datum=WGS84")


def _put_back(simple: Any, plane: Any, original: Any) -> Any:
    """Give simplified shapes their original coordinates: every vertex left is one of the plane's, unchanged."""
    pairs = zip(shapely.get_coordinates(plane).tolist(), shapely.get_coordinates(original).tolist(), strict=True)
    known = {tuple(on_plane): before for on_plane, before in pairs}
    return shapely.transform(
        simple, lambda points: np.array([known[tuple(point)] for point in points.tolist()]).reshape(-1, 2)
    )
