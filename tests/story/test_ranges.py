"""Figures by counter: what may stand in one comparison, and what the chart shows of it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.compare import find_figure, is_open, plain_unit, qualifier
from story.facts import Comparison, Counted, Fact, Figure
from story.faults import StoryError
from story.ranges import EDGE_PX, WIDTH_PX, draw_ranges, say_range, ticks_to
from story.read import read_story
from tests.story.markup import read_xml
from tests.story.told import real

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from story.model import Story

STORY = real().story
LETTER_PX = 6.9  # the widest a letter of a row's words is on average, at the size of the chart

CRATES = """- id: crates
  title: Crates lost
  rows:
    - {fact: wreck-of-marigold, figure: crates lost, counter: Mate}
    - {fact: wreck-of-heron, figure: crates lost, counter: Owners}
"""
NORTH = "fact: barrel-census, figure: barrels in the north"

numbers = st.floats(0, 1e9, allow_nan=False)


def figure(**given: object) -> Figure:
    """Give a figure of some people."""
    return Figure.model_validate({"what": "killed", "unit": "people", "according_to": "A", **given})


def fact(*figures: Figure) -> Fact:
    """Give a fact with these figures."""
    return Fact(
        id="f", kind="statistic", title="F", date_precision="none", summary="S", status="sourced", figures=figures
    )


def draw(*figures: Figure) -> Element:
    """Draw a comparison of these figures, each counted by another."""
    facts = {
        f"f{at}": fact(each.model_copy(update={"according_to": f"C{at}"})).model_copy(update={"id": f"f{at}"})
        for at, each in enumerate(figures)
    }
    rows = tuple(Counted(fact=id_, figure="killed", counter=id_) for id_ in facts)
    return read_xml(draw_ranges(Comparison(id="c", title="T", rows=rows), facts, "records.html"))


@pytest.mark.parametrize("comparison", STORY.comparisons.values(), ids=lambda each: each.id)
def test_a_comparison_counts_one_thing_in_one_unit_and_names_who(comparison: Comparison) -> None:
    figures = [find_figure(row, STORY.facts) for row in comparison.rows]
    assert all(figures)
    assert len({plain_unit(each) for each in figures if each}) == 1
    assert all(each.according_to.strip() for each in figures if each)


@pytest.mark.parametrize("comparison", STORY.comparisons.values(), ids=lambda each: each.id)
def test_the_words_of_a_row_have_room(comparison: Comparison) -> None:
    for row in comparison.rows:
        found = find_figure(row, STORY.facts)
        assert found
        assert len(f"{row.counter}  {row.note}   {say_range(found)}") * LETTER_PX <= WIDTH_PX, row


@pytest.mark.parametrize("comparison", STORY.comparisons.values(), ids=lambda each: each.id)
def test_every_row_is_drawn_said_and_leads_to_its_record(comparison: Comparison) -> None:
    chart = read_xml(draw_ranges(comparison, STORY.facts, "records.html"))
    links = chart.findall("a")
    assert [link.get("data-fact") for link in links] == [row.fact for row in comparison.rows]
    assert all(link.get("href") == f"records.html#record-{link.get('data-fact')}" for link in links)
    for row, link in zip(comparison.rows, links, strict=True):
        found = find_figure(row, STORY.facts)
        assert found
        assert say_range(found) in (link.get("aria-label") or "")
        assert say_range(found) in "".join(chart.findtext("desc") or "")
    assert chart.findtext("title") == chart.get("aria-label") == comparison.title


@given(st.lists(st.tuples(numbers, numbers), min_size=2, max_size=6))
def test_marks_stand_inside_and_in_proportion(pairs: list[tuple[float, float]]) -> None:
    figures = [figure(low=min(pair), high=max(pair), value=max(pair)) for pair in pairs]
    chart = draw(*figures)
    end = ticks_to(max(map(max, pairs)))[-1]
    for each, link in zip(figures, chart.findall("a"), strict=True):
        dot = link.find("circle")
        assert dot is not None
        x = float(dot.get("cx", ""))
        assert EDGE_PX <= x <= WIDTH_PX - EDGE_PX
        assert x == pytest.approx(EDGE_PX + (WIDTH_PX - 2 * EDGE_PX) * (each.value or 0) / end, abs=0.1)


@given(st.floats(0, 1e12))
def test_ticks_begin_at_zero_are_even_few_and_reach_the_largest(largest: float) -> None:
    ticks = ticks_to(largest)
    steps = {round(after / ticks[1] - before / ticks[1], 6) for before, after in pairwise(ticks)}
    assert ticks[0] == 0
    assert steps == {1}
    assert 2 <= len(ticks) <= 5
    assert ticks[-1] >= largest or ticks[-1] == pytest.approx(largest)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"value": 1206}, "1,206"),
        ({"low": 424, "high": 969}, "424–969"),
        ({"value": 408, "low": 400, "high": 408}, "400–408"),
        ({"value": 200, "low": 200}, "at least 200"),
        ({"value": 5000, "unit": "people (more than)"}, "more than 5,000"),
        ({"value": 147, "unit": "people (about) incl. 132 pupils"}, "about 147"),
        ({"value": 306, "unit": "attacks (derived: 2024 was 70 per cent higher)"}, "306"),
    ],
)
def test_a_number_is_said_as_it_was_meant(given: dict[str, object], said: str) -> None:
    assert say_range(figure(**given)) == said


def test_only_what_is_open_upwards_has_a_tail() -> None:
    chart = draw(figure(value=200, low=200), figure(value=9), figure(value=147, unit="people (about)"))
    tails = [len(link.findall("path[@class='tail']")) for link in chart.findall("a")]
    assert tails == [1, 0, 0]
    assert is_open(figure(value=1, unit="people (at least)"))
    assert qualifier(figure(value=1, unit="people (about)")) == "about"


def test_the_tiny_story_compares_its_barrels(tiny: Story) -> None:
    chart = draw_ranges(tiny.comparisons["barrels"], tiny.facts, "r")
    assert re.findall(r'aria-label="([^"]+)"', chart) == [
        "Barrels on the island, by the two logs",
        "Southern log: 4–9 barrels",
        "Northern log, by lamplight: 36 barrels",
    ]
    assert 'class="span party"' in chart
    assert 'class="dot outside"' in chart


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("figure: barrels in the south", "figure: barrels in the sout", "did you mean 'barrels in the south'"),
        (NORTH, "fact: wreck-of-heron, figure: crates lost", "one unit"),
        (NORTH, "fact: wreck-of-heron, figure: crates lost", "own evidence"),
        ("counter: Northern log, note: by lamplight", "counter: Southern log", "tell each row"),
        ("- id: barrels", f"{CRATES}- id: barrels", "one that a claim shows"),
        ("- id: barrels", "- id: barrel", "did you mean 'barrel'"),
        ("{fact: barrel-census, figure: barrels in the south", "{fact: nobody, figure: x", "the id of a fact"),
        ("counter: Southern log", "by: The cook, counter: Southern log", "'Southern log'"),
    ],
)  # fmt: skip
def test_a_faulty_comparison_is_told_with_file_and_line(tiny_copy: Path, old: str, new: str, expected: str) -> None:
    path = tiny_copy / "comparisons.yaml"
    before = path.read_text()
    assert old in before
    path.write_text(before.replace(old, new))
    with pytest.raises(StoryError) as caught:
        read_story(tiny_copy)
    assert re.search(r"(comparisons|claims)\.yaml:\d+", str(caught.value))
    assert expected in str(caught.value)
