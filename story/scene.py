"""Turns a story's layers into what is to be drawn: lines and areas as frames, marks and names as places.

The folium map, the stills and the text equivalents are all made from this one scene, so that they cannot disagree.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from math import cos, pi, sin

import geopandas as gpd
import pandas as pd
from shapely.geometry import LineString, box

from geodata.generalise import generalise, interior_borders
from geodata.load import load
from geodata.measure import bearing_deg
from story.curve import bend
from story.facts import Fact, Precision
from story.marks import circle_px, mark_px
from story.model import (
    AreaLayer,
    Chapter,
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
from story.read import place_lonlats
from story.wording import say_figure

TOLERANCE_M = {"durand_line": 500, "tribal_districts": 500, "admin1": 1000}
DEFAULT_TOLERANCE_M = 1200
FAR_TOLERANCE_M = 7000
CORE = box(59, 22, 80, 40)
WIDE = box(12, 2, 105, 60)
DECIMALS = 3
RING_KM: dict[Precision | None, float] = {"district": 12.0, "province": 40.0}
PRIORITY = {"country": 0, "area": 20, "capital": 30, "place": 40, "mark": 10}
FAN_PX = 11


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark at longitude, latitude. `size_px` is its width; `ring_km` the radius within which it is known to lie."""

    id: str
    title: str
    lonlat: tuple[float, float]
    shape: str
    size_px: float
    precision: Precision | None = None
    ring_km: float = 0
    turn_deg: float = 0
    shift_px: tuple[float, float] = (0, 0)
    number: float | None = None
    fact: str = ""
    goto: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name to write at longitude, latitude; lower `rank` goes first, `gap_px` keeps it clear of its mark."""

    text: str
    lonlat: tuple[float, float]
    kind: str
    rank: int
    gap_px: float = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """One layer, ready to draw: a frame of lines or areas (EPSG:4326, generalised), marks, and names."""

    layer: Layer
    frame: gpd.GeoDataFrame | None = None
    marks: tuple[Placed, ...] = ()
    names: tuple[Name, ...] = field(default=())


def build_scene(story: Story) -> dict[str, Drawn]:
    """Every layer of a story, drawn, by its id in drawing order."""
    return _fan_out({layer.id: _draw(layer, story) for layer in story.layers.values()}, story)


def _draw(layer: Layer, story: Story) -> Drawn:
    match layer:
        case LineLayer():
            drawn = Drawn(layer, _lines(layer))
        case AreaLayer():
            drawn = _areas(layer)
        case NameLayer():
            drawn = Drawn(layer, names=_names(layer))
        case PointLayer():
            drawn = _points(layer, story.facts)
        case CircleLayer():
            drawn = _circles(layer, story.facts)
        case RouteLayer():
            drawn = _routes(layer)
        case ChapterLayer():
            drawn = _chapters(layer, story.chapters)
        case ReliefLayer():
            drawn = Drawn(layer)
    return drawn


def _selected(dataset: str, where: dict[str, tuple[str, ...]]) -> gpd.GeoDataFrame:
    """The rows of a generalised dataset whose columns hold one of the values that `where` allows."""
    frame = _generalised(dataset)
    for column, allowed in where.items():
        frame = frame[frame[column].astype(str).isin(allowed)]
    return frame.copy()


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


def _lines(layer: LineLayer) -> gpd.GeoDataFrame:
    frame = _selected(layer.dataset, layer.where)
    return interior_borders(frame) if layer.borders else frame


def _areas(layer: AreaLayer) -> Drawn:
    frame = _selected(layer.dataset, layer.where)
    names = []
    if layer.labels:
        for text, geometry in zip(frame[layer.labels], frame.geometry, strict=True):
            inside = geometry.representative_point()
            names.append(Name(text, (inside.x, inside.y), "area", PRIORITY["area"]))
    return Drawn(layer, frame, names=tuple(names))


def _names(layer: NameLayer) -> tuple[Name, ...]:
    frame = _selected(layer.dataset, layer.where)
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


def _points(layer: PointLayer, facts: dict[str, Fact]) -> Drawn:
    marks, names = [], []
    for point in layer.points:
        fact = facts[point.fact]
        figure = fact.figure(point.figure) if point.figure else None
        number = figure.middle if figure else None
        size_px = mark_px(number if layer.sized else None)
        spots = [
            (fact.lon, fact.lat, fact.coord_precision),
            *((s.lon, s.lat, s.coord_precision) for s in fact.also),
        ]
        for index, (lon, lat, precision) in enumerate(spots):
            if lon is None or lat is None:
                continue
            lonlat = (lon, lat)
            title = fact.title if not index else f"{fact.title}: {fact.also[index - 1].place}"
            marks.append(
                Placed(
                    f"{layer.id}.{fact.id}.{index}",
                    title,
                    lonlat,
                    layer.mark,
                    size_px if not index else mark_px(None),
                    precision,
                    RING_KM.get(precision, 0),
                    number=number,
                    fact=fact.id,
                )
            )
            if point.label and not index:
                names.append(Name(point.label, lonlat, "mark", PRIORITY["mark"], size_px / 2))
    return Drawn(layer, marks=tuple(sorted(marks, key=lambda mark: -mark.size_px)), names=tuple(names))


def _fan_out(scene: dict[str, Drawn], story: Story) -> dict[str, Drawn]:
    """The scene with the marks that stand on one place in some chapter moved apart by pixels around it."""
    shifts: dict[str, tuple[float, float]] = {}
    for chapter in story.chapters:
        strengths = story.strengths(chapter)
        groups: dict[tuple[float, float], list[Placed]] = defaultdict(list)
        for id_, drawn in scene.items():
            if strengths[id_] == "full" and isinstance(drawn.layer, PointLayer):
                for mark in drawn.marks:
                    groups[(round(mark.lonlat[0], 2), round(mark.lonlat[1], 2))].append(mark)
        for group in groups.values():
            for mark, shift in zip(group, _around(group), strict=True):
                shifts.setdefault(mark.id, shift)
    return {
        id_: replace(drawn, marks=tuple(replace(mark, shift_px=shifts.get(mark.id, (0, 0))) for mark in drawn.marks))
        for id_, drawn in scene.items()
    }


def _around(group: list[Placed]) -> list[tuple[float, float]]:
    """Shifts in pixels that set the marks of a group around their place, far enough not to hide each other."""
    if len(group) == 1:
        return [(0, 0)]
    radius_px = max(FAN_PX, max(mark.size_px for mark in group) * 0.45)
    turns = (2 * pi * index / len(group) - pi / 2 for index in range(len(group)))
    return [(round(radius_px * cos(turn), 1), round(radius_px * sin(turn), 1)) for turn in turns]


def _circles(layer: CircleLayer, facts: dict[str, Fact]) -> Drawn:
    statistic = facts[layer.fact]
    figures = {circle.name: figure for circle in layer.circles if (figure := statistic.figure(circle.figure))}
    largest = max(figure.middle for figure in figures.values())
    marks, names = [], []
    for circle in layer.circles:
        home, number = facts[circle.at], figures[circle.name].middle
        if home.lon is None or home.lat is None:
            continue
        size_px = circle_px(number, largest)
        title = f"{circle.name}: {say_figure(figures[circle.name])}"
        id_ = f"{layer.id}.{circle.at}"
        lonlat = (home.lon, home.lat)
        marks.append(Placed(id_, title, lonlat, "circle", size_px, number=number, fact=statistic.id))
        names.append(Name(title, lonlat, "mark", PRIORITY["mark"], size_px / 2))
    return Drawn(layer, marks=tuple(sorted(marks, key=lambda mark: -mark.size_px)), names=tuple(names))


def _routes(layer: RouteLayer) -> Drawn:
    places = place_lonlats()
    lines, marks = [], []
    for index, route in enumerate(layer.routes):
        stops = [places[name] for name in route.via]
        path = bend(stops[0], stops[-1], DECIMALS) if layer.curved else stops
        lines.append(LineString(path))
        fact = route.facts[0] if route.facts else ""
        if layer.arrows:
            turn_deg = bearing_deg(path[-2], path[-1])
            marks.append(Placed(f"{layer.id}.{index}", route.name, path[-1], "arrow", 14, turn_deg=turn_deg, fact=fact))
    frame = gpd.GeoDataFrame({"name": [route.name for route in layer.routes]}, geometry=lines, crs=4326)
    return Drawn(layer, frame, tuple(marks))


def _chapters(layer: ChapterLayer, chapters: tuple[Chapter, ...]) -> Drawn:
    places = place_lonlats()
    marks, names = [], []
    for chapter in chapters:
        if chapter.view.seat:
            title = f"{chapter.number}  {next(iter(chapter.texts.values())).title}"
            lonlat = places[chapter.view.seat]
            marks.append(Placed(f"{layer.id}.{chapter.slug}", title, lonlat, "dot", 14, goto=chapter.slug))
            names.append(Name(title, lonlat, "mark", PRIORITY["mark"], 8))
    return Drawn(layer, marks=tuple(marks), names=tuple(names))


def anchor_lonlat(at: str, facts: dict[str, Fact]) -> tuple[float, float]:
    """Longitude, latitude of a callout's anchor: a fact that has a place, else a place of the gazetteer."""
    fact = facts.get(at)
    if fact is not None and fact.lon is not None and fact.lat is not None:
        return fact.lon, fact.lat
    return place_lonlats()[at]
