"""Stretches of a story's line: what a record says happened along it is drawn beside it there, at no single point."""

from functools import cache

import geopandas as gpd
import shapely
from shapely.ops import substring

from geodata.load import load
from story.drawn import LonLat
from story.model import LineLayer, PointLayer, Story

TOUCH_DEG = 0.02  # so near to the line a province lies on it: outlines are simplified to about 1 km
SMOOTH_DEG = 0.05  # bends that a schematic stretch leaves out
BESIDE_DEG = 0.12  # between the line and its first stretch, and between one stretch and the next


def draw_stretches(layer: PointLayer, story: Story) -> gpd.GeoDataFrame | None:
    """A line for each point of a layer that lies along the story's line, its fact in the column `fact` (EPSG:4326).

    All lie on the left of the line as its dataset runs, the first nearest to it, so that none hides another.
    """
    along = [point for point in layer.points if point.along]
    if not along:
        return None
    shapes = [stretch(story, point.along, BESIDE_DEG * (index + 1)) for index, point in enumerate(along) if point.along]
    return gpd.GeoDataFrame({"fact": [point.fact for point in along]}, geometry=shapes, crs=4326)


def stretch(story: Story, ends: tuple[str, str], beside_deg: float) -> shapely.Geometry:
    """The story's line from the far end of one province to that of the other, `beside_deg` degrees to its left."""
    line, rule = story.layers[story.settings.line or ""], story.settings.provinces
    assert isinstance(line, LineLayer)  # noqa: S101 - story/rules.py has seen to both
    assert rule is not None  # noqa: S101
    return _stretch(line.dataset, rule.dataset, rule.column, ends, beside_deg)


def middle_of(shape: shapely.Geometry) -> LonLat:
    """Longitude, latitude of the middle of a line, where its mark stands."""
    point = shapely.line_interpolate_point(shape, 0.5, normalized=True)
    return float(point.x), float(point.y)


@cache
def areas_on_line(line_of: str, areas_of: str, column: str) -> tuple[str, ...]:
    """The areas of a dataset, by `column`, that touch the first line of another."""
    line, areas = load(line_of).geometry.iloc[0], load(areas_of)
    return tuple(areas[column][shapely.distance(areas.geometry.to_numpy(), line) < TOUCH_DEG])


@cache
def _stretch(line_of: str, areas_of: str, column: str, ends: tuple[str, str], beside_deg: float) -> shapely.Geometry:
    line, areas = load(line_of).geometry.iloc[0], load(areas_of)
    at: list[float] = []
    for end in ends:
        area = shapely.union_all(areas.geometry[areas[column] == end].to_numpy())
        touching = shapely.intersection(line, shapely.buffer(area, TOUCH_DEG))
        corners = shapely.points(shapely.get_coordinates(touching))
        at += shapely.line_locate_point(line, corners).tolist()
    smooth = substring(line, min(at), max(at)).simplify(SMOOTH_DEG)
    return shapely.offset_curve(smooth, beside_deg)
