"""The window of the stills: where degrees fall, and that names find room or none."""

from __future__ import annotations

from math import radians

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyproj import Transformer

from story.window import (
    EDGE_PX,
    HEIGHT_PX,
    MARGIN_PX,
    SIDES,
    WIDTH_PX,
    Box,
    Window,
    beside,
    find_room,
    mercator,
    overlap,
)

TO_MERCATOR = Transformer.from_crs(4326, 3857, always_xy=True)
RADIUS_M = 6378137

spans = st.tuples(st.floats(-170, 150), st.floats(-80, 70), st.floats(0.5, 20), st.floats(0.5, 10))
points = st.tuples(st.floats(-50, WIDTH_PX + 50), st.floats(-50, HEIGHT_PX + 50))
sizes = st.tuples(st.floats(1, 300), st.floats(1, 60))
boxes = st.builds(lambda at, size: (*at, at[0] + size[0], at[1] + size[1]), points, sizes)


@given(st.floats(-85, 85))
def test_the_ordinate_is_that_of_epsg_3857(lat: float) -> None:
    assert mercator(lat) == pytest.approx(TO_MERCATOR.transform(0, lat)[1] / RADIUS_M, abs=1e-9)


@given(spans)
def test_bounds_lie_inside_the_picture_with_a_margin_and_in_its_middle(span: tuple[float, ...]) -> None:
    west, south, wide, high = span
    window = Window((west, south, west + wide, south + high))
    left, right = window.x(west), window.x(west + wide)
    top, bottom = window.y(south + high), window.y(south)
    assert left >= MARGIN_PX - 0.01
    assert top >= MARGIN_PX - 0.01
    assert left + right == pytest.approx(WIDTH_PX, abs=0.01)
    assert top + bottom == pytest.approx(HEIGHT_PX, abs=0.01)
    assert min(left, top) == pytest.approx(MARGIN_PX, abs=0.01)


@given(spans)
def test_what_the_picture_shows_is_what_its_corners_stand_for(span: tuple[float, ...]) -> None:
    west, south, wide, high = span
    window = Window((west, south, west + wide, south + high))
    shown = window.bounds_wsen
    assert (window.x(shown[0]), window.x(shown[2])) == pytest.approx((0, WIDTH_PX), abs=1e-6)
    assert (window.y(shown[3]), window.y(shown[1])) == pytest.approx((0, HEIGHT_PX), abs=1e-6)


def test_angles_are_kept() -> None:
    window = Window((60, 24, 78, 38))
    across = (window.x(69.001) - window.x(69)) / radians(0.001)
    up = (window.y(31) - window.y(31.001)) / (mercator(31.001) - mercator(31))
    assert across == pytest.approx(up, rel=1e-6)


@given(points, sizes, st.floats(0, 30), st.lists(boxes, max_size=12), st.permutations(SIDES))
def test_room_is_inside_the_picture_and_free_or_none(
    at: tuple[float, float], size: tuple[float, float], gap: float, taken: list[Box], sides: list[str]
) -> None:
    room = find_room(at, size, gap, taken, tuple(sides))
    assume(room is not None)
    assert room is not None
    assert room[0] > EDGE_PX
    assert room[1] > EDGE_PX
    assert room[2] < WIDTH_PX - EDGE_PX
    assert room[3] < HEIGHT_PX - EDGE_PX
    assert (room[2] - room[0], room[3] - room[1]) == pytest.approx(size)
    assert not any(overlap(room, box) for box in taken)


@given(points, sizes, st.floats(0, 30), st.lists(boxes, max_size=6))
def test_none_means_that_no_side_had_room(
    at: tuple[float, float], size: tuple[float, float], gap: float, taken: list[Box]
) -> None:
    if find_room(at, size, gap, taken, SIDES) is None:
        for side in SIDES:
            left, top, right, bottom = box = beside(side, at, size, gap)
            outside = left <= EDGE_PX or top <= EDGE_PX or right >= WIDTH_PX - EDGE_PX or bottom >= HEIGHT_PX - EDGE_PX
            assert outside or any(overlap(box, other) for other in taken)


@given(st.lists(st.tuples(points, sizes), max_size=25))
def test_names_written_one_after_another_never_lie_on_each_other(
    names: list[tuple[tuple[float, float], tuple[float, float]]],
) -> None:
    taken: list[Box] = []
    for at, size in names:
        room = find_room(at, size, 3, taken, SIDES)
        if room:
            assert not any(overlap(room, box) for box in taken)
            taken.append(room)


@given(boxes, boxes)
def test_overlap_is_mutual_and_boxes_that_touch_do_not_overlap(one: Box, other: Box) -> None:
    assert overlap(one, other) == overlap(other, one)
    assert overlap(one, one)
    assert not overlap(one, (one[2], one[1], one[2] + 10, one[3]))


@pytest.mark.parametrize(
    ("side", "box"),
    [
        ("right", (103, 95, 123, 105)),
        ("left", (77, 95, 97, 105)),
        ("above", (90, 87, 110, 97)),
        ("below", (90, 103, 110, 113)),
        ("above left", (77, 87, 97, 97)),
        ("below right", (103, 103, 123, 113)),
        ("middle", (90, 95, 110, 105)),
    ],
)
def test_a_box_stands_beside_its_point(side: str, box: Box) -> None:
    assert beside(side, (100, 100), (20, 10), 3) == box
