"""Turns a story's layers into what is to be drawn: lines and areas as frames, marks and names as places.

The folium map, the stills and the text equivalents are all made from this one scene, so that they cannot disagree.
"""

from functools import cache

import geopandas as gpd
import pandas as pd
from shapely.geometry import box

from geodata.generalise import generalise, interior_borders
from geodata.load import load
from story.drawn import DECIMALS, PRIORITY, Drawn, Flow, Name, Placed
from story.facts import Fact
from story.flows import draw_routes
from story.model import (
    AreaLayer,
    ChapterLayer,
    CircleLayer,
    Layer,
    LineLayer,
    NameLayer,
    PointLayer,
    ReliefLayer,
    RouteLayer,
    Story,
)
from story.points import draw_chapters, draw_circles, draw_points, fan_out
from story.read import place_lonlats

__all__ = ["DECIMALS", "Drawn", "Flow", "Name", "Placed", "anchor_lonlat", "build_scene"]

TOLERANCE_M = {"durand_line": 500, "tribal_districts": 500, "admin1": 1000}
DEFAULT_TOLERANCE_M = 1200
FAR_TOLERANCE_M = 7000
CORE = box(59, 22, 80, 40)
WIDE = box(12, 2, 105, 60)


def build_scene(story: Story) -> dict[str, Drawn]:
    """Every layer of a story, drawn, by its id in drawing order."""
    return fan_out({layer.id: _draw(layer, story) for layer in story.layers.values()}, story)


def _draw(layer: Layer, story: Story) -> Drawn:
    match layer:
        case LineLayer():
            drawn = _lines(layer)
        case AreaLayer():
            drawn = _areas(layer)
        case NameLayer():
            drawn = Drawn(layer, names=_names(layer))
        case PointLayer():
            rule = story.settings.provinces
            drawn = draw_points(layer, story, _generalised(rule.dataset) if rule else None)
        case CircleLayer():
            drawn = draw_circles(layer, story.facts)
        case RouteLayer():
            drawn = draw_routes(layer, story.facts)
        case ChapterLayer():
            drawn = draw_chapters(layer, story)
        case ReliefLayer():
            drawn = Drawn(layer)
    return drawn


def _selected(dataset: str, where: dict[str, tuple[str, ...]]) -> gpd.GeoDataFrame:
    """The rows of a generalised dataset whose columns hold one of the values that `where` allows."""
    return _allowed(_generalised(dataset), where).copy()


def _allowed(frame: gpd.GeoDataFrame, where: dict[str, tuple[str, ...]]) -> gpd.GeoDataFrame:
    for column, allowed in where.items():
        frame = frame[frame[column].astype(str).isin(allowed)]
    return frame


@cache
def _generalised(dataset: str) -> gpd.GeoDataFrame:
    """A dataset at the detail of the map; of lines those out of sight go, those far from the story lose more."""
    frame = load(dataset)
    if set(frame.geom_type) == {"Point"}:
        return frame
    if not set(frame.geom_type) <= {"LineString", "MultiLineString"}:
        return generalise(frame, TOLERANCE_M.get(dataset, DEFAULT_TOLERANCE_M))
    near = frame[frame.intersects(CORE)]
    far = frame[~frame.intersects(CORE) & frame.intersects(WIDE)]
    parts = [generalise(near, TOLERANCE_M.get(dataset, DEFAULT_TOLERANCE_M))]
    if len(far):
        parts.append(generalise(far.clip(WIDE), FAR_TOLERANCE_M))
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=frame.crs)


def _lines(layer: LineLayer) -> Drawn:
    frame = _selected(layer.dataset, layer.where)
    names = [Name(layer.title, place_lonlats()[at], "line", PRIORITY["line"], 6, layer.id) for at in layer.named_at]
    return Drawn(layer, interior_borders(frame) if layer.borders else frame, names=tuple(names))


def _areas(layer: AreaLayer) -> Drawn:
    frame = _selected(layer.dataset, layer.where)
    names = []
    if layer.labels:
        for text, geometry in zip(frame[layer.labels], frame.geometry, strict=True):
            inside = geometry.representative_point()
            names.append(Name(text, (inside.x, inside.y), "area", PRIORITY["area"]))
    return Drawn(layer, frame, names=tuple(names))


def _names(layer: NameLayer) -> tuple[Name, ...]:
    frame = _allowed(load(layer.dataset), layer.where)
    if "rank" not in frame:
        kind = "area" if "country" in frame else "country"
        inside = frame.geometry.representative_point()
        return tuple(
            Name(text, (point.x, point.y), kind, PRIORITY[kind])
            for text, point in zip(frame["name"], inside, strict=True)
        )
    rows = zip(frame["name"], frame.geometry, frame["kind"], frame["rank"], strict=True)
    return tuple(
        Name(
            text,
            (point.x, point.y),
            "capital" if kind == "capital" else "place",
            PRIORITY["place"] + int(rank),
            5,
        )
        for text, point, kind, rank in rows
    )


def anchor_lonlat(at: str, facts: dict[str, Fact]) -> tuple[float, float]:
    """Longitude, latitude of a callout's anchor: a fact that has a place, else a place of the gazetteer."""
    fact = facts.get(at)
    if fact is not None and fact.lon is not None and fact.lat is not None:
        return fact.lon, fact.lat
    return place_lonlats()[at]
