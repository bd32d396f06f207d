"""Moves from place to place: tapered arrows as wide as their figures say, whole and never inside out."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon

from story.curve import bend
from story.flows import AIR_PX, BREAK_PX, PIECE_PX, THINNEST_PX, UNCOUNTED_PX, WIDEST_PX, taper
from story.model import RouteLayer
from tests.story.told import real, real_scene

if TYPE_CHECKING:
    from story.drawn import Drawn

STORY = real().story
ARROWS = [layer for layer in STORY.layers.values() if isinstance(layer, RouteLayer) and layer.arrows]
pixels = st.tuples(st.floats(0, 900), st.floats(0, 640))


@pytest.mark.parametrize("layer", ARROWS, ids=lambda layer: layer.id)
def test_widths_are_in_proportion_to_the_figures(layer: RouteLayer) -> None:
    flows = real_scene()[layer.id].flows
    assert [flow.name for flow in flows] == [route.name for route in layer.routes]
    counted = {}
    for flow, route in zip(flows, layer.routes, strict=True):
        figure = STORY.facts[route.facts[0]].figure(route.figure, route.by) if route.figure else None
        if figure is None:
            assert flow.width_px == UNCOUNTED_PX
        else:
            counted[flow.width_px] = figure.middle
    largest = max(counted.values(), default=0)
    for width_px, number in counted.items():
        assert width_px == pytest.approx(max(THINNEST_PX, WIDEST_PX * number / largest), abs=0.05)


def test_some_flows_are_counted_and_some_are_not() -> None:
    widths = {flow.width_px for layer in ARROWS for flow in real_scene()[layer.id].flows}
    assert WIDEST_PX in widths
    assert UNCOUNTED_PX in widths


def test_a_flow_is_no_line_of_a_frame(tiny_scene: dict[str, Drawn]) -> None:
    assert tiny_scene["supply-boats"].frame is None
    assert [flow.fact for flow in tiny_scene["supply-boats"].flows] == ["oil-shipment", "keepers-meeting"]


@given(pixels, pixels, st.floats(2, 14))
def test_an_arrow_lies_between_its_places_thin_behind_and_pointed_before(
    start: tuple[float, float], end: tuple[float, float], width_px: float
) -> None:
    far = hypot(end[0] - start[0], end[1] - start[1])
    pieces = taper([start, end], width_px)
    if far < 2 * AIR_PX:
        assert pieces == []
        return
    assume(far > 4 * AIR_PX)
    shapes = [Polygon(piece) for piece in pieces]
    assert all(shape.is_valid for shape in shapes)
    assert all(shape.area > 0 for shape in shapes[1:])
    outline = [point for piece in pieces for point in piece]
    assert max(hypot(x - end[0], y - end[1]) for x, y in outline) <= far + width_px
    tip = min(outline, key=lambda point: hypot(point[0] - end[0], point[1] - end[1]))
    assert hypot(tip[0] - end[0], tip[1] - end[1]) == pytest.approx(min(AIR_PX, far * 0.15), abs=1e-6)
    tail = hypot(pieces[0][0][0] - pieces[0][-1][0], pieces[0][0][1] - pieces[0][-1][1])
    assert tail < width_px / 2


@given(st.floats(60, 900), st.floats(2, 6))
def test_an_arrow_is_broken_into_pieces_of_one_length_with_gaps_of_one_length(far: float, width_px: float) -> None:
    *tail, head = taper([(0, 0), (far, 0)], width_px)
    spans = [(min(x for x, _ in piece), max(x for x, _ in piece)) for piece in tail]
    assert spans
    assert all(end - start == pytest.approx(PIECE_PX) for start, end in spans[1:])
    starts = [*(start for start, _ in spans[1:]), min(x for x, _ in head)]
    assert [start - end for (_, end), start in zip(spans, starts, strict=True)] == pytest.approx([BREAK_PX] * len(tail))


@given(pixels, pixels, st.floats(2, 10))
def test_a_bent_arrow_follows_its_path(start: tuple[float, float], end: tuple[float, float], width_px: float) -> None:
    assume(hypot(end[0] - start[0], end[1] - start[1]) > 60)
    path = bend(start, end, 2)
    pieces = taper(path, width_px)
    line = LineString(path)
    assert pieces
    assert all(line.distance(Point(point)) <= width_px * 1.8 + 4 for piece in pieces for point in piece)
