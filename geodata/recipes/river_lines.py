"""Read river lines of the World Data Bank II, as basemap packs them, and follow a river by waypoints."""

from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from geodata.measure import WGS84, LonLat
from geodata.recipes.sources import SourceError

Array = np.ndarray
JOIN_COST: Final = 3.0
"""A metre over a gap costs as much as this many metres along a line."""
FURTHEST_WAYPOINT_KM: Final = 30.0


def read_lines(index_file: Path, data_file: Path, bounds_wsen: tuple[float, float, float, float]) -> list[Array]:
    """Give the lines that reach into a region, each an array of (longitude, latitude) in degrees.

    The index has one line of text per river line: level, area, points, south, north, offset and bytes in the
    data file, which holds pairs of little-endian 32-bit floats, longitude from 0 to 360.
    """
    west, south, east, north = bounds_wsen
    data = data_file.read_bytes()
    found: list[Array] = []
    for row in index_file.read_text(encoding="ascii").splitlines():
        fields = row.split()
        if float(fields[4]) < south or float(fields[3]) > north or int(fields[2]) < 2:
            continue
        start, size = int(fields[5]), int(fields[6])
        lonlat = np.frombuffer(data[start : start + size], "<f4").reshape(-1, 2).astype(float)
        lonlat[lonlat[:, 0] > 180, 0] -= 360
        if lonlat[:, 0].min() <= east and lonlat[:, 0].max() >= west:
            found.append(lonlat)
    return found


class RiverNet:
    """The lines of a region as a net in which the shortest way between two places follows the river.

    Line ends within join_deg degrees of another line are taken as joined: the source leaves gaps where rivers
    meet.
    """

    def __init__(self, lines: list[Array], *, join_deg: float) -> None:
        self._points = np.vstack(lines)
        self._line = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
        self._tree = cKDTree(self._points)
        last = np.cumsum([len(line) for line in lines]) - 1
        along = np.setdiff1d(np.arange(len(self._points) - 1), last)
        joined = self._joins(np.concatenate([last, np.append(0, last[:-1] + 1)]), join_deg)
        first, second = np.concatenate([along, joined[:, 0]]), np.concatenate([along + 1, joined[:, 1]])
        metres = self._metres(first, second)
        metres[len(along) :] = metres[len(along) :] * JOIN_COST + 1
        size = len(self._points)
        self._net = coo_array((np.maximum(metres, 1e-3), (first, second)), shape=(size, size)).tocsr()

    def follow(self, name: str, waypoints_lonlat: tuple[LonLat, ...]) -> tuple[shapely.LineString, float]:
        """Give a river as one line through its waypoints, source first, and the km of gaps it jumps.

        Raises SourceError when a waypoint has no river near or two waypoints are not connected.
        """
        off_deg, nodes = self._tree.query(waypoints_lonlat)
        if off_deg.max() * 111 > FURTHEST_WAYPOINT_KM:
            raise SourceError(f"river {name}: found no line near waypoint {waypoints_lonlat[int(off_deg.argmax())]}")
        path = [int(nodes[0])]
        for start, end in pairwise(nodes):
            path += self._shortest(name, int(start), int(end))[1:]
        steps = np.array(path)
        leaps = self._line[steps[1:]] != self._line[steps[:-1]]
        gap_km = float(self._metres(steps[:-1][leaps], steps[1:][leaps]).sum()) / 1000
        return shapely.LineString(self._points[steps]), gap_km

    def _shortest(self, name: str, start: int, end: int) -> list[int]:
        reach, before = dijkstra(self._net, directed=False, indices=start, return_predecessors=True)
        if not np.isfinite(reach[end]):
            raise SourceError(f"river {name}: found a gap between {self._points[start]} and {self._points[end]}")
        way = [end]
        while way[-1] != start:
            way.append(int(before[way[-1]]))
        return way[::-1]

    def _joins(self, ends: Array, join_deg: float) -> Array:
        pairs = [
            (end, other)
            for end, near in zip(ends, self._tree.query_ball_point(self._points[ends], join_deg), strict=True)
            for other in near
            if self._line[other] != self._line[end]
        ]
        return np.array(pairs, dtype=int).reshape(-1, 2)

    def _metres(self, first: Array, second: Array) -> Array:
        a, b = self._points[first], self._points[second]
        return np.asarray(WGS84.inv(a[:, 0], a[:, 1], b[:, 0], b[:, 1])[2], dtype=float)
