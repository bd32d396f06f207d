"""The charts: lengths in proportion, points on their dates, words for those who do not see them."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.chart import WIDTH_PX, draw_chart, year_of
from story.facts import Fact
from story.model import Chart, Row, Story
from tests.story.markup import hostile, read_html, shape_of_xml
from tests.story.told import find_chapter

widths = st.floats(0.01, 1e6)


def make_fact(id_: str, date: str | None, *figures: dict[str, Any]) -> Fact:
    """Give a fact with a date and figures."""
    whole = [{"unit": "crates", "according_to": "A log", **figure} for figure in figures]
    return Fact.model_validate(
        {"id": id_, "kind": "event", "title": id_, "date": date, "date_precision": "day", "summary": "s",
         "status": "sourced", "figures": whole}
    )  # fmt: skip


def bars(rows: list[Row], facts: dict[str, Fact]) -> ET.Element:
    """Give the drawn bars of some rows."""
    return ET.fromstring(draw_chart(Chart(kind="bars", title="T", rows=tuple(rows)), facts, "r"))  # noqa: S314 - ours


def test_bars_are_as_long_as_their_figures_and_a_range_is_pale(tiny: Story) -> None:
    chart = find_chapter(tiny, "the-lamp").view.chart
    assert chart is not None
    rects = ET.fromstring(draw_chart(chart, tiny.facts, "records.html")).findall("rect")  # noqa: S314 - ours
    assert [(rect.get("class"), rect.get("width")) for rect in rects] == [
        ("bar-fill", "420.0"),
        ("range", "105.0"),
        ("bar-fill", "46.7"),
    ]


def test_bars_say_every_number_with_its_author(tiny: Story) -> None:
    chart = find_chapter(tiny, "the-lamp").view.chart
    assert chart is not None
    (svg, *_) = read_html(draw_chart(chart, tiny.facts, "records.html")).tags
    assert svg[1]["aria-label"] == (
        "Barrels, by store. North: 36 barrels, Northern log; South: 4–9 barrels, Southern log"
    )
    assert svg[1]["role"] == "img"


@given(st.lists(widths, min_size=1, max_size=6))
def test_lengths_are_in_proportion(values: list[float]) -> None:
    facts = {f"f{i}": make_fact(f"f{i}", None, {"what": "x", "value": value}) for i, value in enumerate(values)}
    rects = bars([Row(fact=id_, figure="x", name=id_) for id_ in facts], facts).findall("rect")
    drawn = [float(rect.get("width", "")) for rect in rects]
    assert drawn == pytest.approx([WIDTH_PX * value / max(values) for value in values], abs=0.06)


def test_a_chart_of_zeros_is_drawn() -> None:
    facts = {"f": make_fact("f", None, {"what": "x", "value": 0})}
    assert bars([Row(fact="f", figure="x", name="none")], facts).findall("rect")


def test_a_timeline_sets_each_record_on_its_lane_and_day(tiny: Story) -> None:
    chart = find_chapter(tiny, "two-logs").view.chart
    assert chart is not None
    svg = ET.fromstring(draw_chart(chart, tiny.facts, "records.html"))  # noqa: S314 - ours
    points = {link.get("data-fact"): link for link in svg.findall("a")}
    assert list(points) == ["wreck-of-marigold", "wreck-of-heron", "keepers-meeting"]
    circles = {fact: link.find("circle") for fact, link in points.items()}
    at = {fact: (float(c.get("cx", "")), float(c.get("cy", ""))) for fact, c in circles.items() if c is not None}
    assert at["wreck-of-marigold"][0] < at["wreck-of-heron"][0] < at["keepers-meeting"][0] <= WIDTH_PX
    assert at["wreck-of-marigold"][1] == at["wreck-of-heron"][1] < at["keepers-meeting"][1]
    assert points["keepers-meeting"].get("href") == "records.html#record-keepers-meeting"
    assert points["keepers-meeting"].get("aria-label") == "The well"


@pytest.mark.parametrize(
    ("iso", "year"),
    [("2025", 2025), ("2025-07", 2025.5), ("2025-10", 2025.75), ("2025-01-02", 2025 + 1 / 365), ("", None)],
)
def test_a_date_becomes_a_year_with_its_fraction(iso: str, year: float | None) -> None:
    assert year_of(iso) == pytest.approx(year)


@given(st.lists(st.dates(), min_size=2, max_size=20))
def test_days_keep_their_order_on_the_axis(days: list[object]) -> None:
    isos = sorted(str(day) for day in days)
    years = [year_of(iso) for iso in isos]
    assert years == sorted(years)


@given(hostile, hostile, hostile)
def test_no_text_becomes_markup(title: str, name: str, lane: str) -> None:
    facts = {"f": make_fact("f", "1906-01-02", {"what": "x", "value": 3})}
    row = Row(fact="f", figure="x", name=name, lane=lane)
    for kind in ("bars", "timeline"):
        mean = Chart(kind=kind, title=title, lanes=(lane,), rows=(row,))
        plain = Chart(kind=kind, title="T", lanes=("L",), rows=(row.model_copy(update={"name": "N", "lane": "L"}),))
        drawn, expected = draw_chart(mean, facts, "r"), draw_chart(plain, facts, "r")
        assert shape_of_xml(drawn) == shape_of_xml(expected)
        assert read_html(drawn).shape == read_html(expected).shape


def test_a_stroke_leads_from_a_strike_to_the_reply_that_was_announced() -> None:
    facts = {id_: make_fact(id_, day) for id_, day in (("a", "2024-01-01"), ("b", "2024-07-01"), ("c", "2025-01-01"))}
    facts["b"] = facts["b"].model_copy(update={"replies_to": ("a", "elsewhere")})
    rows = tuple(Row(fact=id_, name=id_, lane=lane) for id_, lane in (("a", "Below"), ("b", "Above"), ("c", "Below")))
    chart = Chart(kind="timeline", title="T", lanes=("Above", "Below"), rows=rows)
    svg = ET.fromstring(draw_chart(chart, facts, "r"))  # noqa: S314 - ours
    (stroke,) = svg.findall("path[@class='answer']")
    spots = [(dot.get("cx"), dot.get("cy")) for dot in svg.iter("circle")]
    above, below, _ = spots
    assert stroke.get("d") == f"M{below[0]} {below[1]}L{above[0]} {above[1]}"


def test_bars_say_at_least_and_take_the_counter_that_the_row_names() -> None:
    fact = make_fact(
        "a", None, {"what": "x", "value": 1}, {"what": "x", "value": 2, "according_to": "B", "at_least": True}
    )
    svg = bars([Row(fact="a", figure="x", by="B", name="X")], {"a": fact})
    assert svg.get("aria-label") == "T. X: at least 2 crates, B"
