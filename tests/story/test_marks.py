"""The shapes and sizes of marks."""

from __future__ import annotations

from math import pi
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.marks import CIRCLE_LARGEST_PX, LARGEST_PX, PLAIN_PX, SHAPES, SMALLEST_PX, circle_px, mark_px
from story.model import Mark

counts = st.floats(0, 1e6)


@pytest.mark.parametrize("mark", get_args(Mark))
def test_every_mark_of_the_model_has_a_shape_of_its_own(mark: str) -> None:
    assert SHAPES[mark].startswith("M")
    assert list(SHAPES.values()).count(SHAPES[mark]) == 1


@pytest.mark.parametrize("path", SHAPES.values(), ids=SHAPES)
def test_shapes_are_plain_closed_paths(path: str) -> None:
    assert set(path) <= set("MLHVAZC0123456789.- ")
    assert path.endswith("Z")


@given(counts, counts)
def test_more_is_never_smaller_and_sizes_stay_legible(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert SMALLEST_PX <= mark_px(low) <= mark_px(high) <= LARGEST_PX


def test_a_mark_without_a_number_has_its_plain_size() -> None:
    assert mark_px(None) == PLAIN_PX


def test_a_negative_number_does_not_break_a_mark() -> None:
    assert mark_px(-5) == SMALLEST_PX


@given(st.floats(1, 1e6), st.floats(0.02, 1))
def test_areas_of_circles_are_in_proportion_to_their_numbers(largest: float, share: float) -> None:
    area = pi * (circle_px(largest * share, largest) / 2) ** 2
    whole = pi * (CIRCLE_LARGEST_PX / 2) ** 2
    assert area / whole == pytest.approx(share, rel=0.02)


@given(st.floats(0, 1), st.floats(1, 1e6))
def test_no_circle_is_too_small_to_press_or_larger_than_the_largest(number: float, largest: float) -> None:
    assert 7 <= circle_px(number, largest) <= CIRCLE_LARGEST_PX
