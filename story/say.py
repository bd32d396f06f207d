"""The map in words: what each chapter's view shows, how much of it, where and how far, computed from the data."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from shapely.geometry.base import BaseGeometry

from geodata.measure import area_km2, distance_km, distance_to_line_km, length_km
from story.certainty import SIGNS, certainty_of
from story.drawn import Drawn, Placed
from story.facts import Fact
from story.model import AreaLayer, Chapter, CircleLayer, LineLayer, PointLayer, RouteLayer, Story
from story.read import place_lonlats
from story.wording import say_date, say_direction, say_figure, say_number

NEAR_KM = 400
POINTS = {"exact", "town"}
Words = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the list of what the map shows: its fact, its title, and what more is said of it."""

    fact: str
    title: str
    more: str


def say_map(story: Story, chapter: Chapter, scene: dict[str, Drawn], words: Words) -> list[str]:
    """Sentences on what a chapter's map shows at full strength, layer by layer, in drawing order."""
    west, south, east, north = chapter.view.bounds_wsen
    width_km = distance_km((west, (south + north) / 2), (east, (south + north) / 2))
    height_km = distance_km((west, south), (west, north))
    span = {"across": say_number(round(width_km, -1)), "along": say_number(round(height_km, -1))}
    lines = [words["says"]["view"].format(**span)]
    strengths = story.strengths(chapter)
    for id_, drawn in scene.items():
        if strengths[id_] == "full" and drawn.layer.legend:
            lines.append(_say_layer(drawn, story, words))
    return lines


def _say_layer(drawn: Drawn, story: Story, words: Words) -> str:
    layer, says = drawn.layer, words["says"]
    said: str
    match layer:
        case LineLayer() if drawn.frame is not None and not layer.where:
            total_km = sum(length_km(each) for each in drawn.frame.geometry)
            said = says["line"].format(title=layer.title, km=say_number(round(total_km, -1)))
        case AreaLayer() if drawn.frame is not None:
            total = say_number(round(sum(area_km2(each) for each in drawn.frame.geometry), -2))
            count = len(drawn.frame)
            said = says["areas" if count > 1 else "area"].format(title=layer.title, count=count, km2=total)
        case CircleLayer():
            said = _say_circles(layer, story)
        case PointLayer():
            said = _say_points(drawn, story, words)
        case RouteLayer():
            said = f"{layer.title}: {'; '.join(_say_route(each.name, each.via, words) for each in layer.routes)}."
        case _:
            said = f"{layer.title}."
    return said


def _say_circles(layer: CircleLayer, story: Story) -> str:
    """Each circle's figure, and after those of one author its name."""
    statistic = story.facts[layer.fact]
    figures = [(each.name, figure) for each in layer.circles if (figure := statistic.figure(each.figure))]
    groups: dict[str, list[str]] = {}
    for name, figure in figures:
        groups.setdefault(figure.according_to, []).append(f"{name} {say_figure(figure)}")
    counted = [f"{', '.join(said)} ({by})" for by, said in groups.items()]
    return f"{layer.title}: {'; '.join(counted)}."


def _say_points(drawn: Drawn, story: Story, words: Words) -> str:
    facts = sorted({mark.fact for mark in drawn.marks})
    years = sorted(day[:4] for fact in facts if (day := story.facts[fact].first_day))
    span = (
        "" if not years else f", {years[0]}" if years[0] == years[-1] else f", {years[0]} {words['until']} {years[-1]}"
    )
    says = words["says"]
    count = says["records" if len(facts) > 1 else "record"].format(count=len(facts))
    return f"{drawn.layer.title}: {count}{span}{_say_certainty(drawn.marks, words)}."


def _say_certainty(marks: tuple[Placed, ...], words: Words) -> str:
    """How many of the marks are how sure, beginning with a semicolon: nothing where all are points and undisputed."""
    signs = Counter(sign for mark in marks if mark.certainty for sign in mark.certainty.signs)
    said = [f"{signs[sign]} {words['says'][sign]}" for sign in SIGNS if signs[sign] and sign != "exact"]
    return f"; {words['says']['of_marks']} {', '.join(said)}" if said else ""


def _say_route(name: str, via: tuple[str, ...], words: Words) -> str:
    places = place_lonlats()
    start, end = places[via[0]], places[via[-1]]
    way = f"{via[0]} {words['until']} {via[-1]}"
    km = say_number(round(distance_km(start, end), -1))
    said = words["says"]["way"].format(way=way, km=km, wind=say_direction(start, end, words))
    return said if name == way else f"{name}: {said}"


def list_marks(story: Story, chapter: Chapter, scene: dict[str, Drawn], words: Words) -> list[Item]:
    """The records behind the marks that a chapter shows at full strength, in order of time, each once."""
    strengths = story.strengths(chapter)
    line = _line(story, scene)
    items: dict[str, Item] = {}
    for id_, drawn in scene.items():
        if strengths[id_] != "full":
            continue
        if isinstance(drawn.layer, AreaLayer) and drawn.layer.records and drawn.frame is not None:
            for fact in drawn.frame[drawn.layer.records].dropna():
                items.setdefault(fact, _item(story.facts[fact], None, line, words))
        if not isinstance(drawn.layer, PointLayer):
            continue
        chosen = {point.fact: point.figure for point in drawn.layer.points}
        for mark in drawn.marks:
            if mark.fact not in items:
                items[mark.fact] = _item(story.facts[mark.fact], chosen.get(mark.fact), line, words)
    return sorted(items.values(), key=lambda item: story.facts[item.fact].first_day or "0")


def _line(story: Story, scene: dict[str, Drawn]) -> tuple[str, BaseGeometry] | None:
    """The title and the shape of the line that the story tells distances from, where it has one."""
    drawn = scene.get(story.settings.line or "")
    if drawn is None or drawn.frame is None:
        return None
    return drawn.layer.title, drawn.frame.geometry.union_all()


def _item(fact: Fact, chosen: str | None, line: tuple[str, BaseGeometry] | None, words: Words) -> Item:
    parts = [say_date(fact, words), fact.place or ""]
    figure = fact.figure(chosen) if chosen else None
    if figure:
        parts.append(f"{figure.what} {say_figure(figure)} ({figure.according_to})")
    if line and fact.lon is not None and fact.lat is not None and fact.coord_precision in {"exact", "town"}:
        away_km = distance_to_line_km((fact.lon, fact.lat), line[1])
        if away_km < NEAR_KM:
            parts.append(words["says"]["away"].format(km=say_number(round(away_km)), line=line[0]))
    parts += [words["says"][sign] for sign in certainty_of(fact, fact.coord_precision).signs if sign not in POINTS]
    return Item(fact.id, fact.title, ": " + "; ".join(part for part in parts if part) + ".")
