"""The length chart: measured, not typed; each quoted length stands where our line has it."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.lengths import QUOTED_LENGTHS, LengthAtTolerance, durand_line_lengths
from story.chart import draw_chart
from story.length_chart import measure_line, tolerance_at
from story.wording import say_number
from tests.story.told import find_chapter, real

STORY = real().story
CHART = find_chapter(STORY, "kabuls-measures").view.chart
SVG = ET.fromstring(draw_chart(CHART, STORY.facts, "records.html"))  # noqa: S314 - our own


def test_the_chart_quotes_every_length_that_others_give() -> None:
    words = " ".join("".join(text.itertext()) for text in SVG.iter("text"))
    for quoted in QUOTED_LENGTHS:
        assert say_number(quoted.length_km) in words


def test_its_curve_is_the_measured_one() -> None:
    steps = durand_line_lengths()
    assert measure_line("durand_line") == steps
    curve = next(path for path in SVG.iter("path") if path.get("class") == "curve")
    points = re.findall(r"([\d.]+) ([\d.]+)", curve.get("d", ""))
    assert len(points) == len(steps)
    heights = [float(y) for _, y in points]
    assert heights == sorted(heights), "a coarser line is no longer than a finer one"
    share = (heights[1] - heights[0]) / (heights[-1] - heights[0])
    lengths = [step.length_km for step in steps]
    assert share == pytest.approx((lengths[0] - lengths[1]) / (lengths[0] - lengths[-1]), abs=0.01)


def test_it_is_said_in_words_too() -> None:
    label = SVG.get("aria-label", "")
    assert SVG.get("role") == "img"
    assert f"{say_number(round(durand_line_lengths()[0].length_km))} km at a detail of 100 m" in label
    for row in CHART.rows if CHART else ():
        assert row.name in label


def test_no_two_labels_touch() -> None:
    tops = sorted(float(text.get("y", 0)) for text in SVG.iter("text") if float(text.get("x", 0)) > 230)
    assert len(tops) == len(CHART.rows if CHART else ())
    assert all(after - before >= 16.9 for before, after in itertools.pairwise(tops))


@given(st.floats(1000, 3000))
def test_a_length_is_found_between_the_steps_that_it_lies_between(km: float) -> None:
    steps = [
        LengthAtTolerance(tolerance_m=metres, length_km=length, vertices=2)
        for metres, length in ((0.0, 2600.0), (1000.0, 2400.0), (10_000.0, 1900.0))
    ]
    found = tolerance_at(tuple(steps), km)
    if km > 2400:
        assert 100 <= found <= 1000
    elif km > 1900:
        assert 1000 <= found <= 10_000
    else:
        assert found == 10_000
