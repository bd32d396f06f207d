"""Roads and moves between named places: schematic lines, and tapered arrows as wide as their figures say.

An arrow is broken into pieces, as every schematic line is.
"""

import itertools
from math import hypot

import geopandas as gpd
from shapely.geometry import LineString

from story.curve import bend
from story.drawn import DECIMALS, Drawn, Flow
from story.facts import Fact
from story.model import Route, RouteLayer
from story.read import place_lonlats

WIDEST_PX, THINNEST_PX, UNCOUNTED_PX = 13.0, 2.5, 5.0
TAIL = 0.4  # width of an arrow where it sets out, as a share of its width before the head
HEAD = 1.7  # half the width of the head, as a share of the arrow's
HEAD_LENGTH = 2.2
LEAST_HEAD_PX = 5.0
AIR_PX = 5.0  # between a place and the arrow that leaves or reaches it
PIECE_PX, BREAK_PX = 9.0, 4.0  # of a broken arrow, counted back from its head

Pixel = tuple[float, float]


def draw_routes(layer: RouteLayer, facts: dict[str, Fact]) -> Drawn:
    """The routes of a layer: flows where it has arrows, else one frame of lines."""
    if layer.arrows:
        return Drawn(layer, flows=_flows(layer, facts))
    frame = gpd.GeoDataFrame(
        {"name": [route.name for route in layer.routes]},
        geometry=[LineString(_path(layer, route)) for route in layer.routes],
        crs=4326,
    )
    return Drawn(layer, frame)


def _path(layer: RouteLayer, route: Route) -> tuple[tuple[float, float], ...]:
    stops = [place_lonlats()[name] for name in route.via]
    return tuple(bend(stops[0], stops[-1], DECIMALS) if layer.curved else stops)


def _flows(layer: RouteLayer, facts: dict[str, Fact]) -> tuple[Flow, ...]:
    """Arrows whose widths are in proportion to their figures; those without one are all of one slight width."""
    counted = [_count(route, facts) for route in layer.routes]
    largest = max((number for number in counted if number), default=0)
    return tuple(
        Flow(
            route.name,
            _path(layer, route),
            max(THINNEST_PX, round(WIDEST_PX * number / largest, 1)) if number else UNCOUNTED_PX,
            route.facts[0],
        )
        for route, number in zip(layer.routes, counted, strict=True)
    )


def _count(route: Route, facts: dict[str, Fact]) -> float | None:
    figure = facts[route.facts[0]].figure(route.figure, route.by) if route.figure else None
    return figure.middle if figure else None


def taper(path_px: list[Pixel], width_px: float) -> list[list[Pixel]]:
    """The pieces of a tapered arrow along a path, in pixels: thin where it sets out, `width_px` before its head.

    Each is the outline of one piece, the last one has the head. `story/web/flows.js` draws the same. Empty where the
    path is shorter than the air around its ends.
    """
    steps = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(path_px)]
    whole = sum(steps)
    air = min(AIR_PX, whole * 0.15)
    head = min(LEAST_HEAD_PX + HEAD_LENGTH * width_px, (whole - 2 * air) * 0.6)
    if whole < 2 * AIR_PX:
        return []
    start, neck, tip = air, whole - air - head, whole - air
    pieces = []
    for since, to in _cuts(start, neck):
        left, right = [], []
        for at in (since, *(at for at in _marks(steps) if since < at < to), to):
            (x, y), (dx, dy) = _walk(path_px, steps, at)
            half = width_px / 2 * (TAIL + (1 - TAIL) * (at - start) / (neck - start))
            left.append((x - dy * half, y + dx * half))
            right.append((x + dy * half, y - dx * half))
        pieces.append((left, right))
    (x, y), _ = _walk(path_px, steps, neck)
    end, _ = _walk(path_px, steps, tip)
    long = hypot(end[0] - x, end[1] - y) or 1
    dx, dy = (end[0] - x) / long, (end[1] - y) / long
    half = width_px / 2 * HEAD + LEAST_HEAD_PX / 2
    barbs = (x - dy * half, y + dx * half), (x + dy * half, y - dx * half)
    *tail, (left, right) = pieces
    return [*(one + other[::-1] for one, other in tail), [*left, barbs[0], end, barbs[1], *reversed(right)]]


def _cuts(start: float, neck: float) -> list[tuple[float, float]]:
    """From where to where each piece of an arrow goes; the last one ends at its neck, the first may be shorter."""
    cuts, to = [], neck
    while to > start:
        cuts.append((max(start, to - PIECE_PX), to))
        to -= PIECE_PX + BREAK_PX
    return cuts[::-1]


def _marks(steps: list[float]) -> list[float]:
    """How far along the path each of its points lies."""
    along, at = [], 0.0
    for step in steps:
        at += step
        along.append(at)
    return along


def _walk(path: list[Pixel], steps: list[float], at: float) -> tuple[Pixel, Pixel]:
    """The point of a path that lies `at` pixels along it, and the direction there as a unit vector."""
    for (a, b), step in zip(itertools.pairwise(path), steps, strict=True):
        if at <= step or b is path[-1]:
            share = at / step if step else 0
            direction = ((b[0] - a[0]) / step, (b[1] - a[1]) / step) if step else (1.0, 0.0)
            return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share), direction
        at -= step
    return path[-1], (1.0, 0.0)
