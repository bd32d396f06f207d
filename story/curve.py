"""Bends a schematic way between two places, so that ways to the same place can be told apart."""

STEPS = 24
BEND = 0.13  # how far a way bows out, as a share of its length

LonLat = tuple[float, float]


def bend(start: LonLat, end: LonLat, decimals: int) -> list[LonLat]:
    """A gently bent line from start to end (longitude, latitude), always bowed to the same side of the way.

    A quadratic Bézier curve whose control point lies beside the middle by BEND of the length; coordinates are rounded
    to `decimals` of a degree.
    """
    (x0, y0), (x2, y2) = start, end
    x1 = (x0 + x2) / 2 - (y2 - y0) * BEND
    y1 = (y0 + y2) / 2 + (x2 - x0) * BEND
    path = []
    for step in range(STEPS + 1):
        t = step / STEPS
        x = (1 - t) ** 2 * x0 + 2 * (1 - t) * t * x1 + t**2 * x2
        y = (1 - t) ** 2 * y0 + 2 * (1 - t) * t * y1 + t**2 * y2
        path.append((round(x, decimals), round(y, decimals)))
    return path
