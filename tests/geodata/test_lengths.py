"""Length by tolerance: never longer when coarser, the figures of the Durand Line, and what others have published."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.lengths import (
    FULL_DETAIL_KM,
    QUOTED_FACT,
    QUOTED_LENGTHS,
    TOLERANCES_M,
    durand_line_lengths,
    lengths_by_tolerance,
)
from geodata.measure import length_km
from story.read import read_story

NOISE = 1.002
"""The simplification keeps a line from crossing itself, so a coarser one may be a trifle longer."""

walks = st.lists(st.tuples(st.floats(-0.05, 0.05), st.floats(-0.05, 0.05)), min_size=2, max_size=60)


def walked(steps: list[tuple[float, float]]) -> shapely.LineString:
    lon, lat, points = 69.0, 33.0, [(69.0, 33.0)]
    for east, north in steps:
        lon, lat = lon + east, lat + north
        points.append((lon, lat))
    return shapely.LineString(points)


@settings(max_examples=60)
@given(walks)
def test_a_coarser_line_is_shorter_and_has_fewer_points(steps: list[tuple[float, float]]) -> None:
    found = lengths_by_tolerance(walked(steps), (0, 100, 500, 2_000, 8_000))
    for fine, coarse in pairwise(found):
        assert coarse.length_km <= fine.length_km * NOISE + 1e-9
        assert coarse.vertices <= fine.vertices
    assert found[0].length_km == pytest.approx(length_km(walked(steps)))


@settings(max_examples=60)
@given(walks, st.floats(1, 20_000))
def test_no_line_is_shorter_than_the_way_between_its_ends(steps: list[tuple[float, float]], tolerance_m: float) -> None:
    line = walked(steps)
    ends = shapely.LineString([line.coords[0], line.coords[-1]])
    (found,) = lengths_by_tolerance(line, (tolerance_m,))
    assert length_km(ends) <= found.length_km * (1 + 1e-9) + 1e-9


def test_the_tolerance_is_in_metres_on_the_ground_in_any_direction() -> None:
    # A bump of 400 m in the middle of 20 km goes at 500 m and stays at 300 m, whether the line runs east or north.
    for bump in ([(69, 33), (69.1, 33.0036), (69.2, 33)], [(69, 33), (69.0043, 33.1), (69, 33.2)]):
        kept, dropped = lengths_by_tolerance(shapely.LineString(bump), (300, 500))
        assert (kept.vertices, dropped.vertices) == (3, 2)


def test_the_durand_line_grows_with_detail_as_measured() -> None:
    found = {step.tolerance_m: step.length_km for step in durand_line_lengths()}
    assert tuple(found) == TOLERANCES_M
    assert found[0] == pytest.approx(2_674, abs=1)
    assert found[1_000] == pytest.approx(2_409, rel=0.005)
    assert found[10_000] == pytest.approx(2_095, abs=5)
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert found[0] < FULL_DETAIL_KM


def test_most_published_lengths_are_the_same_line_at_some_scale() -> None:
    lengths = [step.length_km for step in durand_line_lengths()]
    within = [quoted for quoted in QUOTED_LENGTHS if min(lengths) <= quoted.length_km <= max(lengths)]
    assert within == list(QUOTED_LENGTHS)


def test_published_lengths_are_those_of_the_record() -> None:
    figures = read_story().facts[QUOTED_FACT].figures
    recorded = {(figure.value, figure.unit) for figure in figures if "own measurement" not in figure.according_to}
    kilometres = {value if unit == "km" else round(value * 1.609344) for value, unit in recorded if value is not None}
    assert {quoted.length_km for quoted in QUOTED_LENGTHS} == kilometres
    assert [quoted.length_km for quoted in QUOTED_LENGTHS] == sorted(kilometres)


def test_a_negative_tolerance_is_refused() -> None:
    with pytest.raises(ValueError, match="expected 0 or more metres"):
        lengths_by_tolerance(walked([(0.01, 0.01)]), (-1,))


def test_a_straight_line_has_one_length() -> None:
    found = lengths_by_tolerance(shapely.LineString([(69, 33), (69.5, 33.5)]), TOLERANCES_M)
    assert all(math.isclose(step.length_km, found[0].length_km) for step in found)
