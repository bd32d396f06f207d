"""A window on Web Mercator for still pictures: from degrees to pixels, and names placed where there is room."""

from math import atan, cos, degrees, log, pi, radians, sinh, tan

import numpy as np

WIDTH_PX, HEIGHT_PX = 900, 640
MARGIN_PX = 24
RADIUS_KM = 6378.137  # of the sphere of Web Mercator
EDGE_PX = 2
SIDES = ("right", "left", "above", "below", "above left", "below left", "above right", "below right")

Box = tuple[float, float, float, float]


class Window:
    """The smallest window of the picture's shape around bounds (west, south, east, north), with a margin."""

    def __init__(self, bounds_wsen: Box) -> None:
        """Bounds in degrees."""
        west, south, east, north = bounds_wsen
        left, right, low, high = radians(west), radians(east), mercator(south), mercator(north)
        self.scale = min((WIDTH_PX - 2 * MARGIN_PX) / (right - left), (HEIGHT_PX - 2 * MARGIN_PX) / (high - low))
        self.left = (left + right) / 2 - WIDTH_PX / 2 / self.scale
        self.top = (low + high) / 2 + HEIGHT_PX / 2 / self.scale

    def x(self, lon: float) -> float:
        """Pixels from the left for a longitude in degrees."""
        return (radians(lon) - self.left) * self.scale

    def y(self, lat: float) -> float:
        """Pixels from the top for a latitude in degrees."""
        return (self.top - mercator(lat)) * self.scale

    def xy(self, lonlats: np.ndarray) -> np.ndarray:
        """Pixels from the left and the top for rows of longitude, latitude in degrees."""
        lon, lat = np.radians(lonlats).T
        rise = np.log(np.tan(pi / 4 + lat / 2))
        return np.column_stack([(lon - self.left) * self.scale, (self.top - rise) * self.scale])

    def px(self, km: float, lat: float) -> float:
        """Pixels of a distance in km at a latitude in degrees, where Web Mercator stretches it by 1 / cos(lat)."""
        return km / RADIUS_KM / cos(radians(lat)) * self.scale

    @property
    def bounds_wsen(self) -> Box:
        """What the picture shows, in degrees."""
        bottom = self.top - HEIGHT_PX / self.scale
        right = self.left + WIDTH_PX / self.scale
        return degrees(self.left), latitude(bottom), degrees(right), latitude(self.top)


def mercator(lat: float) -> float:
    """The ordinate of a latitude in degrees on the sphere of Web Mercator (EPSG:3857), for a radius of 1."""
    return log(tan(pi / 4 + radians(lat) / 2))


def latitude(y: float) -> float:
    """The latitude in degrees of an ordinate on the sphere of Web Mercator, for a radius of 1."""
    return degrees(atan(sinh(y)))


def find_room(
    at: tuple[float, float], size: tuple[float, float], gap: float, taken: list[Box], sides: tuple[str, ...]
) -> Box | None:
    """The first box of `size` beside the point `at` that lies in the picture and on no taken one; all in pixels."""
    for side in sides:
        box = beside(side, at, size, gap)
        inside = box[0] > EDGE_PX and box[1] > EDGE_PX and box[2] < WIDTH_PX - EDGE_PX and box[3] < HEIGHT_PX - EDGE_PX
        if inside and not any(overlap(box, other) for other in taken):
            return box
    return None


def beside(side: str, at: tuple[float, float], size: tuple[float, float], gap: float) -> Box:
    """A box (left, top, right, bottom) to the right or left of, above, below or in the middle of a point, or aslant."""
    (x, y), (width, height) = at, size
    ways = side.split()
    left = {"right": x + gap, "left": x - gap - width}.get(ways[-1], x - width / 2)
    top = {"above": y - gap - height, "below": y + gap}.get(ways[0], y - height / 2)
    return left, top, left + width, top + height


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share any of their inside."""
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]
