"""The scene: every layer of a story turned into shapes, marks and names in their right places."""

from __future__ import annotations

from dataclasses import replace
from math import hypot
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely import Point

from geodata.load import load
from story.certainty import RING_KM
from story.curve import bend
from story.read import place_lonlats
from story.scene import DECIMALS, Drawn, anchor_lonlat, build_scene

if TYPE_CHECKING:
    from story.bundle import Bundle
    from story.model import Story
    from story.scene import Placed

GEOD = Geod(ellps="WGS84")
Scene = dict[str, Drawn]
spots = st.tuples(st.floats(20, 100), st.floats(0, 60))


def mark(scene: Scene, id_: str) -> Placed:
    """Give a mark of the scene by its id."""
    return next(mark for drawn in scene.values() for mark in drawn.marks if mark.id == id_)


def test_the_scene_has_every_layer_in_order(tiny: Story, tiny_scene: Scene) -> None:
    assert list(tiny_scene) == list(tiny.layers)


def test_every_frame_is_in_degrees_and_not_empty(tiny_scene: Scene) -> None:
    frames = {id_: drawn.frame for id_, drawn in tiny_scene.items() if drawn.frame is not None}
    assert set(frames) == {"shore", "streams", "parishes", "lantern-reach", "mule-track"}
    for frame in frames.values():
        assert frame.crs.to_epsg() == 4326
        assert len(frame)


def test_where_keeps_only_the_values_that_it_allows(tiny_scene: Scene) -> None:
    streams, reach = tiny_scene["streams"].frame, tiny_scene["lantern-reach"].frame
    assert streams is not None
    assert reach is not None
    assert set(streams["rank"]) == {1}
    assert set(reach["code"]) == {"PK-SD", "PK-BA"}


def test_borders_are_lines_and_areas_stay_areas(tiny_scene: Scene) -> None:
    parishes, reach = tiny_scene["parishes"].frame, tiny_scene["lantern-reach"].frame
    assert parishes is not None
    assert reach is not None
    assert set(parishes.geom_type) <= {"LineString", "MultiLineString"}
    assert set(reach.geom_type) <= {"Polygon", "MultiPolygon"}


def test_labels_stand_inside_their_areas(tiny_scene: Scene) -> None:
    frame = load("admin1").set_index("name").geometry
    labels = tiny_scene["lantern-reach"].names
    assert {name.text for name in labels} == {"Sindh", "Balochistan"}
    for name in labels:
        assert frame[name.text].buffer(0.05).contains_properly(Point(name.lonlat))


def test_a_mark_stands_where_its_fact_happened_and_each_further_place_has_its_own(
    tiny: Story, tiny_scene: Scene
) -> None:
    fact = tiny.facts["wreck-of-marigold"]
    first, second = mark(tiny_scene, "wrecks.wreck-of-marigold.0"), mark(tiny_scene, "wrecks.wreck-of-marigold.1")
    assert first.lonlat == (fact.lon, fact.lat)
    assert second.lonlat == (fact.also[0].lon, fact.also[0].lat)
    assert second.title == "The Marigold strikes the reef: Where her mast was found"
    assert first.size_px > second.size_px


def test_a_layer_may_show_its_facts_at_their_own_places_alone(tiny: Story) -> None:
    wrecks = tiny.layers["wrecks"].model_copy(update={"elsewhere": False})
    marks = build_scene(replace(tiny, layers={**tiny.layers, "wrecks": wrecks}))["wrecks"].marks
    assert sorted(mark.fact for mark in marks) == ["keepers-meeting", "wreck-of-heron", "wreck-of-marigold"]


@pytest.mark.parametrize(
    ("id_", "ring_km"),
    [
        ("wreck-of-marigold.0", 0),
        ("wreck-of-marigold.1", RING_KM["province"]),
        ("wreck-of-heron.0", RING_KM["province"]),
        ("keepers-meeting.0", 0),
    ],
)
def test_a_vague_place_has_a_ring(tiny_scene: Scene, id_: str, ring_km: float) -> None:
    assert mark(tiny_scene, f"wrecks.{id_}").ring_km == ring_km


def test_the_size_of_a_mark_is_its_own_figure_or_the_middle_of_its_range(tiny_scene: Scene) -> None:
    assert mark(tiny_scene, "wrecks.wreck-of-marigold.0").number == 25
    assert mark(tiny_scene, "wrecks.wreck-of-heron.0").number == 5
    assert mark(tiny_scene, "wrecks.keepers-meeting.0").number is None


def test_large_marks_are_drawn_first_so_that_small_ones_lie_above(scene: Scene) -> None:
    for drawn in scene.values():
        if drawn.layer.draw in {"points", "circles"}:
            sizes = [mark.size_px for mark in drawn.marks]
            assert sizes == sorted(sizes, reverse=True)


def test_circles_stand_at_their_places_with_the_number_in_their_name(tiny: Story, tiny_scene: Scene) -> None:
    north, south = tiny_scene["barrels"].marks
    assert (north.title, north.lonlat) == ("Northern store: 36 barrels", (63.1, 25.9))
    assert south.number == 6.5
    assert (south.size_px / north.size_px) ** 2 == pytest.approx(6.5 / 36, rel=0.01)
    assert {name.text for name in tiny_scene["barrels"].names} == {north.title, south.title}
    assert tiny.facts[north.fact].id == "barrel-census"


def test_a_circle_says_a_range_as_a_range(tiny_scene: Scene) -> None:
    # Figures name their range: 4-9 barrels is not "6", a number that nobody counted.
    assert mark(tiny_scene, "barrels.south-store").title == "Southern store: 4–9 barrels"


def test_a_route_goes_through_its_places_and_a_curve_from_end_to_end(tiny_scene: Scene) -> None:
    track, boats = tiny_scene["mule-track"].frame, tiny_scene["supply-boats"].flows
    assert track is not None
    places = place_lonlats()
    assert list(track.geometry[0].coords) == [places[name] for name in ("Turbat", "Pasni", "Gwadar")]
    assert boats[0].path[0] == pytest.approx(places["Karachi"], abs=1e-3)
    assert boats[0].path[-1] == pytest.approx(places["Gwadar"], abs=1e-3)


def test_screens_with_a_seat_are_numbered_and_lead_to_themselves(tiny_scene: Scene) -> None:
    assert [(mark.goto, mark.title) for mark in tiny_scene["screens"].marks] == [
        ("the-lamp", "1  The Lamp"),
        ("two-logs", "2  Two Logs"),
    ]


def test_names_carry_kind_and_rank(tiny_scene: Scene) -> None:
    harbours = {name.text: name for name in tiny_scene["harbour-names"].names}
    assert harbours["Kabul"].kind == "capital"
    assert harbours["Gwadar"].kind == "place"
    assert harbours["Kabul"].rank < harbours["Gwadar"].rank
    assert {name.text for name in tiny_scene["realm-names"].names} == {"Pakistan", "Oman", "Iran"}
    assert {name.kind for name in tiny_scene["parish-names"].names} == {"area"}


def test_marks_on_one_place_are_set_apart_so_that_each_can_be_pressed(bundle: Bundle, scene: Scene) -> None:
    story = bundle.story
    for chapter in story.chapters:
        strengths = story.strengths(chapter)
        full = [m for id_, d in scene.items() if strengths[id_] == "full" and d.layer.draw == "points" for m in d.marks]
        for index, one in enumerate(full):
            for other in full[index + 1 :]:
                if hypot(one.lonlat[0] - other.lonlat[0], one.lonlat[1] - other.lonlat[1]) < 1e-6:
                    assert one.shift_px != other.shift_px, f"{chapter.slug}: {one.id} lies on {other.id}"


def test_the_only_mark_of_a_place_is_not_moved(tiny_scene: Scene) -> None:
    assert {mark.shift_px for mark in tiny_scene["wrecks"].marks} == {(0, 0)}


@given(spots, spots)
def test_a_curve_keeps_its_ends_and_bends_to_the_left_of_its_way(
    start: tuple[float, float], end: tuple[float, float]
) -> None:
    path = bend(start, end, DECIMALS)
    assert path[0] == pytest.approx(start, abs=6e-4)
    assert path[-1] == pytest.approx(end, abs=6e-4)
    far = hypot(end[0] - start[0], end[1] - start[1])
    if far > 0.5:
        middle = path[len(path) // 2]
        side = (end[0] - start[0]) * (middle[1] - start[1]) - (end[1] - start[1]) * (middle[0] - start[0])
        assert side / far == pytest.approx(0.065 * far, abs=0.01)


def test_an_anchor_is_the_place_of_a_fact_or_a_place(tiny: Story) -> None:
    assert anchor_lonlat("wreck-of-heron", tiny.facts) == (64.2, 24.7)
    assert anchor_lonlat("Gwadar", tiny.facts) == place_lonlats()["Gwadar"]


def test_two_scenes_of_one_story_are_the_same(tiny: Story, tiny_scene: Scene) -> None:
    again = build_scene(tiny)
    assert {id_: (drawn.marks, drawn.names) for id_, drawn in again.items()} == {
        id_: (drawn.marks, drawn.names) for id_, drawn in tiny_scene.items()
    }
