"""Facts, figures and chapters as marks on the map, moved apart where several stand on one place."""

from collections import defaultdict
from dataclasses import replace
from math import cos, pi, sin

import geopandas as gpd
import shapely

from story.certainty import Certainty, certainty_of
from story.drawn import PRIORITY, Drawn, LonLat, Name, Placed
from story.facts import Fact, Precision
from story.marks import circle_px, mark_px
from story.model import ChapterLayer, CircleLayer, PointLayer, Story
from story.read import place_lonlats
from story.settings import Provinces
from story.stretch import draw_stretches, middle_of
from story.wording import say_figure

FAN_PX = 11


def draw_points(layer: PointLayer, story: Story, provinces: gpd.GeoDataFrame | None) -> Drawn:
    """A mark for each place of each fact; where only the province is known, the province too, as one frame.

    What happened along the story's line has one mark, beside the middle of its stretch.

    The frame's column `facts` says whose they are. `provinces` has the columns of the dataset that the settings name.
    """
    marks, names = [], []
    areas: dict[tuple[int, ...], shapely.Geometry] = {}
    held: dict[tuple[int, ...], list[str]] = defaultdict(list)
    stretches = draw_stretches(layer, story)
    along = dict(zip(stretches["fact"], stretches.geometry, strict=True)) if stretches is not None else {}
    for point in layer.points:
        fact = story.facts[point.fact]
        figure = fact.figure(point.figure, point.by) if point.figure else None
        number = figure.middle if figure else None
        size_px = mark_px(number if layer.sized else None)
        spots = _spots(fact)[: None if layer.elsewhere else 1]
        if fact.id in along:
            spots = [(middle_of(along[fact.id]), fact.coord_precision, fact.title)]
        for index, (lonlat, precision, title) in enumerate(spots):
            certainty = certainty_of(fact, precision)
            hatched = certainty.place == "province" and fact.id not in along
            rows = _province(lonlat, fact, provinces, story.settings.provinces) if hatched else ()
            if rows and provinces is not None:
                areas[rows] = shapely.union_all(provinces.geometry.iloc[list(rows)])
                held[rows].append(fact.id)
            id_, size = f"{layer.id}.{fact.id}.{index}", size_px if not index else mark_px(None)
            placed = Placed(id_, title, lonlat, layer.mark, size, certainty, bool(rows), number=number, fact=fact.id)
            marks.append(replace(placed, along=fact.id in along))
            if point.label and not index:
                names.append(Name(point.label, lonlat, "mark", PRIORITY["mark"], size_px / 2 + 2))
    facts = [tuple(dict.fromkeys(held[rows])) for rows in areas]
    frame = gpd.GeoDataFrame({"facts": facts}, geometry=list(areas.values()), crs=4326) if areas else None
    marks.sort(key=lambda mark: -mark.size_px)
    return Drawn(layer, frame, tuple(marks), tuple(names), stretches=stretches)


def _spots(fact: Fact) -> list[tuple[LonLat, Precision | None, str]]:
    """Every place of a fact: longitude and latitude, how exactly it is known, what the mark there is called."""
    spots: list[tuple[LonLat, Precision | None, str]] = []
    if fact.lon is not None and fact.lat is not None:
        spots.append(((fact.lon, fact.lat), fact.coord_precision, fact.title))
    spots += [((spot.lon, spot.lat), spot.coord_precision, f"{fact.title}: {spot.place}") for spot in fact.also]
    return spots


def _province(
    lonlat: LonLat, fact: Fact, provinces: gpd.GeoDataFrame | None, rule: Provinces | None
) -> tuple[int, ...]:
    """The rows of the province that a place lies in: one, or those that were one by the day of the fact."""
    if provinces is None or rule is None:
        return ()
    inside = shapely.contains_xy(provinces.geometry.to_numpy(), *lonlat).nonzero()[0]
    if not len(inside):
        return ()
    id_ = provinces[rule.column].iloc[int(inside[0])]
    for joined in rule.joined:
        if id_ in joined.ids and fact.first_day >= joined.since:
            return tuple(int(row) for row in provinces[rule.column].isin(joined.ids).to_numpy().nonzero()[0])
    return (int(inside[0]),)


def draw_circles(layer: CircleLayer, facts: dict[str, Fact]) -> Drawn:
    """A circle for each figure of a statistic, the largest first, each with its name and number.

    A circle stands for the whole of its district, so it is as sure as a mark known to the district.
    """
    statistic = facts[layer.fact]
    sure = Certainty("district", bool(statistic.contested), certainty_of(statistic, None).claimed)
    figures = {
        circle.name: figure for circle in layer.circles if (figure := statistic.figure(circle.figure, circle.by))
    }
    largest = max(figure.middle for figure in figures.values())
    marks, names = [], []
    for circle in layer.circles:
        home, number = facts[circle.at], figures[circle.name].middle
        if home.lon is None or home.lat is None:
            continue
        size_px = circle_px(number, largest)
        title = f"{circle.name}: {say_figure(figures[circle.name])}"
        lonlat = (home.lon, home.lat)
        id_ = f"{layer.id}.{circle.at}"
        marks.append(Placed(id_, title, lonlat, "circle", size_px, sure, True, number=number, fact=statistic.id))
        names.append(Name(title, lonlat, "mark", PRIORITY["mark"], size_px / 2))
    return Drawn(layer, marks=tuple(sorted(marks, key=lambda mark: -mark.size_px)), names=tuple(names))


def draw_chapters(layer: ChapterLayer, story: Story) -> Drawn:
    """A numbered point for each chapter that has a seat, which leads to it."""
    places = place_lonlats()
    marks, names = [], []
    for chapter in story.chapters:
        if chapter.view.seat:
            title = f"{chapter.number}  {next(iter(chapter.texts.values())).title}"
            lonlat = places[chapter.view.seat]
            marks.append(Placed(f"{layer.id}.{chapter.slug}", title, lonlat, "dot", 14, goto=chapter.slug))
            names.append(Name(title, lonlat, "mark", PRIORITY["mark"], 8))
    return Drawn(layer, marks=tuple(marks), names=tuple(names))


def fan_out(scene: dict[str, Drawn], story: Story) -> dict[str, Drawn]:
    """The scene with the marks that stand on one place in some chapter moved apart by pixels around it."""
    shifts: dict[str, tuple[float, float]] = {}
    for chapter in story.chapters:
        strengths = story.strengths(chapter)
        groups: dict[LonLat, list[Placed]] = defaultdict(list)
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
