"""The map in words: every number in it is worked out again here, by other means."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pyproj import Geod

from geodata.load import load
from story.model import AreaLayer, Chapter, LineLayer, RouteLayer, Story
from story.read import place_lonlats
from story.rests import area_facts
from story.say import list_marks, say_map
from story.scene import Drawn, build_scene
from story.wording import read_words
from tests.story.told import find_chapter, real, real_scene

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

GEOD = Geod(ellps="WGS84")
WORDS = read_words("en")
Scene = dict[str, Drawn]
CHAPTERS = real().story.chapters
SHOWN = [
    (chapter, id_)
    for chapter in CHAPTERS
    for id_, strength in real().story.strengths(chapter).items()
    if strength == "full" and real().story.layers[id_].legend
]


def kilometres(geometry: BaseGeometry) -> float:
    """Give a geodesic length straight from pyproj."""
    return float(GEOD.geometry_length(geometry)) / 1000


def square_kilometres(geometry: BaseGeometry) -> float:
    """Give a geodesic area straight from pyproj, whatever the direction of its rings."""
    parts = getattr(geometry, "geoms", [geometry])
    total = 0.0
    for part in parts:
        shell, *holes = (
            abs(GEOD.geometry_area_perimeter(type(part)(ring))[0]) for ring in (part.exterior, *part.interiors)
        )
        total += shell - sum(holes)
    return total / 1e6


def line_of(chapter: Chapter, id_: str) -> str:
    """Give the sentence that a chapter of the real story says of a layer."""
    story = real().story
    lines = say_map(story, chapter, {id_: real_scene()[id_]}, WORDS)
    assert len(lines) == 2
    return lines[1]


def numbers(words: str) -> list[float]:
    """Give the numbers in some words."""
    return [float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", words)]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
def test_the_size_of_the_view_is_right(chapter: Chapter) -> None:
    west, south, east, north = chapter.view.bounds_wsen
    middle = (south + north) / 2
    across = GEOD.inv(west, middle, east, middle)[2] / 1000
    along = GEOD.inv(west, south, west, north)[2] / 1000
    said = say_map(real().story, chapter, {}, WORDS)
    assert numbers(said[0]) == pytest.approx([across, along], abs=5.1)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
def test_every_chapter_is_said_with_numbers_in_it(chapter: Chapter) -> None:
    said = say_map(real().story, chapter, real_scene(), WORDS)
    assert len(said) > 1
    assert all(line.strip().endswith(".") for line in said)
    assert len(numbers(" ".join(said))) > 2


@pytest.mark.parametrize(("chapter", "id_"), SHOWN, ids=lambda part: part if isinstance(part, str) else part.slug)
def test_each_layer_is_said_under_its_own_title(chapter: Chapter, id_: str) -> None:
    assert line_of(chapter, id_).startswith(real().story.layers[id_].title)


@pytest.mark.parametrize(
    ("chapter", "id_"),
    [(c, i) for c, i in SHOWN if isinstance(real().story.layers[i], LineLayer)],
    ids=lambda part: part if isinstance(part, str) else part.slug,
)
def test_the_length_of_a_line_is_that_of_the_line(chapter: Chapter, id_: str) -> None:
    layer, drawn = real().story.layers[id_], real_scene()[id_]
    assert isinstance(layer, LineLayer)
    said = line_of(chapter, id_).removeprefix(layer.title)
    if not numbers(said):
        return
    # What is drawn is generalised: the full line may be a little longer, but never a different line.
    assert drawn.frame is not None
    shown = sum(kilometres(shape) for shape in drawn.frame.geometry)
    (km,) = numbers(said)
    assert shown * 0.99 <= km <= shown * 1.12, f"said {km} km, drawn {shown:.0f} km"


@pytest.mark.parametrize(
    ("chapter", "id_"),
    [(c, i) for c, i in SHOWN if isinstance(real().story.layers[i], AreaLayer)],
    ids=lambda part: part if isinstance(part, str) else part.slug,
)
def test_the_size_of_an_area_is_right(chapter: Chapter, id_: str) -> None:
    layer = real().story.layers[id_]
    assert isinstance(layer, AreaLayer)
    frame = load(layer.dataset)
    for column, allowed in layer.where.items():
        frame = frame[frame[column].isin(allowed)]
    full = sum(square_kilometres(shape) for shape in frame.geometry)
    said = numbers(line_of(chapter, id_).removeprefix(layer.title))
    assert said[-1] == pytest.approx(full, rel=0.02)
    assert said[:-1] == ([len(frame)] if len(frame) > 1 else [])


@pytest.mark.parametrize(
    ("chapter", "id_"),
    [(c, i) for c, i in SHOWN if isinstance(real().story.layers[i], RouteLayer)],
    ids=lambda part: part if isinstance(part, str) else part.slug,
)
def test_the_way_of_a_route_is_right(chapter: Chapter, id_: str) -> None:
    layer, places = real().story.layers[id_], place_lonlats()
    assert isinstance(layer, RouteLayer)
    said = line_of(chapter, id_)
    for route in layer.routes:
        start, end = places[route.via[0]], places[route.via[-1]]
        azimuth, _, metres = GEOD.inv(*start, *end)
        wind = WORDS["directions"][round((azimuth % 360) / 45) % 8]
        assert f"{round(metres / 10000) * 10:,} km to the {wind}" in said


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
def test_every_mark_of_a_chapter_is_in_its_list_once_and_in_order_of_time(chapter: Chapter) -> None:
    story = real().story
    strengths = story.strengths(chapter)
    facts = {
        mark.fact
        for id_, drawn in real_scene().items()
        if strengths[id_] == "full" and drawn.layer.draw == "points"
        for mark in drawn.marks
    }
    areas = [drawn.layer for id_, drawn in real_scene().items() if strengths[id_] == "full"]
    facts |= {fact for layer in areas if isinstance(layer, AreaLayer) for fact in area_facts(layer)}
    listed = [item.fact for item in list_marks(story, chapter, real_scene(), WORDS)]
    assert sorted(listed) == sorted(facts)
    days = [story.facts[fact].first_day for fact in listed if story.facts[fact].first_day]
    assert days == sorted(days)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
def test_the_distance_to_the_line_is_right(chapter: Chapter) -> None:
    line = load("durand_line").geometry.union_all()
    story = real().story
    for item in list_marks(story, chapter, real_scene(), WORDS):
        if found := re.search(r"about ([\d,]+) km from the Durand Line", item.more):
            fact = story.facts[item.fact]
            vertices = [point for part in getattr(line, "geoms", [line]) for point in part.coords]
            near = min(GEOD.inv(fact.lon, fact.lat, *vertex)[2] for vertex in vertices) / 1000
            assert numbers(found[1])[0] == pytest.approx(near, abs=max(4, near * 0.1))


def test_the_line_of_another_story_is_not_spoken_of(tiny: Story) -> None:
    # A story that does not draw the Durand Line has no reason to tell how far away it is.
    moved = tiny.facts["keepers-meeting"].model_copy(update={"lon": 66.9, "lat": 30.2})
    story = replace(tiny, facts=tiny.facts | {moved.id: moved})
    items = list_marks(story, find_chapter(story, "the-lamp"), build_scene(story), WORDS)
    assert not [item.more for item in items if "Durand" in item.more]


def test_the_tiny_story_is_said_in_its_own_words(tiny: Story, tiny_scene: Scene) -> None:
    said = say_map(tiny, find_chapter(tiny, "the-lamp"), tiny_scene, WORDS)
    assert "Northern store 36 barrels (Northern log); Southern store 4–9 barrels (Southern log)" in " ".join(said)
    sure = "of the marks 1 known to the town, 2 known to the province only, 2 contested, 1 resting on one side's word"
    assert sure in " ".join(said)


def test_every_author_of_a_circle_is_named(tiny: Story, tiny_scene: Scene) -> None:
    # Two keepers counted; to give both counts to the first would be false.
    said = " ".join(say_map(tiny, find_chapter(tiny, "the-lamp"), {"barrels": tiny_scene["barrels"]}, WORDS))
    assert "Northern log" in said
    assert "Southern log" in said


def test_a_mark_says_its_figure_with_its_author(tiny: Story, tiny_scene: Scene) -> None:
    items = {item.fact: item for item in list_marks(tiny, find_chapter(tiny, "the-lamp"), tiny_scene, WORDS)}
    assert "2–8 crates (Two owners)" in items["wreck-of-heron"].more
