"""The map in words: what each chapter's view shows, how much of it, where and how far, computed from the data."""

from dataclasses import dataclass
from typing import Any

from geodata.load import load
from geodata.measure import area_km2, distance_km, distance_to_line_km, length_km
from story.facts import Fact
from story.model import AreaLayer, Chapter, CircleLayer, LineLayer, PointLayer, RouteLayer, Story
from story.read import place_lonlats
from story.scene import Drawn
from story.wording import say_date, say_direction, say_figure, say_number

NEAR_KM = 400


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the list of what the map shows: its fact, its title, and what more is said of it."""

    fact: str
    title: str
    more: str


def say_map(story: Story, chapter: Chapter, scene: dict[str, Drawn], words: dict[str, Any]) -> list[str]:
    """Sentences on what a chapter's map shows at full strength, layer by layer, in drawing order."""
    west, south, east, north = chapter.view.bounds_wsen
    width_km = distance_km((west, (south + north) / 2), (east, (south + north) / 2))
    height_km = distance_km((west, south), (west, north))
    across, along = say_number(round(width_km, -1)), say_number(round(height_km, -1))
    lines = [f"The view spans about {across} km from west to east and {along} km from south to north."]
    strengths = story.strengths(chapter)
    for id_, drawn in scene.items():
        if strengths[id_] == "full" and drawn.layer.legend:
            lines.append(_say_layer(drawn, story, words))
    return lines


def _say_layer(drawn: Drawn, story: Story, words: dict[str, Any]) -> str:
    layer = drawn.layer
    match layer:
        case LineLayer() if drawn.frame is not None:
            total = sum(length_km(each) for each in load(layer.dataset).geometry) if not layer.where else 0
            return f"{layer.title}, drawn {say_number(round(total, -1))} km long." if total else f"{layer.title}."
        case AreaLayer() if drawn.frame is not None:
            total = sum(area_km2(each) for each in drawn.frame.geometry)
            count = len(drawn.frame)
            parts = f", {count} areas" if count > 1 else ""
            return f"{layer.title}{parts}: about {say_number(round(total, -2))} square kilometres."
        case CircleLayer():
            statistic = story.facts[layer.fact]
            each = [
                f"{circle.name} {say_figure(figure)}"
                for circle in layer.circles
                if (figure := statistic.figure(circle.figure))
            ]
            by = statistic.figures[0].according_to
            return f"{layer.title}: {', '.join(each)} ({by})."
        case PointLayer():
            return _say_points(drawn, story)
        case RouteLayer():
            return (
                f"{layer.title}: " + "; ".join(_say_route(route.name, route.via, words) for route in layer.routes) + "."
            )
        case _:
            return f"{layer.title}."


def _say_points(drawn: Drawn, story: Story) -> str:
    facts = sorted({mark.fact for mark in drawn.marks})
    days = sorted(story.facts[fact].first_day for fact in facts if story.facts[fact].first_day)
    span = f", {days[0][:4]}" + (f" to {days[-1][:4]}" if days[-1][:4] != days[0][:4] else "") if days else ""
    vague = sum(mark.precision in {"district", "province"} for mark in drawn.marks)
    unsure = f"; {vague} of the marks are known to the district or province only" if vague else ""
    return f"{drawn.layer.title}: {len(facts)} {'records' if len(facts) > 1 else 'record'}{span}{unsure}."


def _say_route(name: str, via: tuple[str, ...], words: dict[str, Any]) -> str:
    places = place_lonlats()
    start, end = places[via[0]], places[via[-1]]
    way = f"{via[0]} to {via[-1]}"
    said = f"{round(distance_km(start, end), -1):,.0f} km to the {say_direction(start, end, words)} as the crow flies"
    return f"{name}: {way}, {said}" if name != way else f"{way}, {said}"


def list_marks(story: Story, chapter: Chapter, scene: dict[str, Drawn], words: dict[str, Any]) -> list[Item]:
    """The records behind the marks that a chapter shows at full strength, in order of time, each once."""
    strengths = story.strengths(chapter)
    line = load("durand_line").geometry.union_all()
    items: dict[str, Item] = {}
    for id_, drawn in scene.items():
        if strengths[id_] != "full" or not isinstance(drawn.layer, PointLayer):
            continue
        chosen = {point.fact: point.figure for point in drawn.layer.points}
        for mark in drawn.marks:
            if mark.fact not in items:
                items[mark.fact] = _item(story.facts[mark.fact], chosen.get(mark.fact), line, words)
    return sorted(items.values(), key=lambda item: story.facts[item.fact].first_day or "0")


def _item(fact: Fact, chosen: str | None, line: Any, words: dict[str, Any]) -> Item:
    parts = [say_date(fact, words)]
    if fact.place:
        parts.append(fact.place)
    figure = fact.figure(chosen) if chosen else None
    if figure:
        parts.append(f"{figure.what} {say_figure(figure)} ({figure.according_to})")
    if fact.lon is not None and fact.lat is not None and fact.coord_precision in {"exact", "town"}:
        away_km = distance_to_line_km((fact.lon, fact.lat), line)
        if away_km < NEAR_KM:
            parts.append(f"about {away_km:,.0f} km from the Durand Line")
    return Item(fact.id, fact.title, ": " + "; ".join(part for part in parts if part) + ".")
