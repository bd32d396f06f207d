"""Which figure is meant: never one of two counters unsaid, never one that a later count replaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from story.facts import Fact, Figure
from story.figures import newer, numbers_in, numbers_of
from story.read import read_story
from tests.story.faulty import change, line_of, untaught

if TYPE_CHECKING:
    from pathlib import Path

ISLAND, SEA = "facts/island.yaml", "facts/sea.yaml"
NORTH = "    - {what: barrels in the north, value: 36, unit: barrels, according_to: Northern log}\n"
CRATES = "    - {what: crates lost, value: 25, unit: crates, according_to: Her mate}\n"
LATER = "    - {what: barrels found later, value: 40, unit: barrels, according_to: Northern log}\n"
REPLACED = NORTH.replace("}", ", superseded_by: barrels found later}")


def replace_count(folder: Path) -> None:
    """Let a later count of the same keeper stand beside the first of his barrels."""
    path = folder / ISLAND
    path.write_text(path.read_text().replace(NORTH, REPLACED + LATER))


def test_a_superseded_figure_can_carry_no_chart_comparison_or_mark(tiny_copy: Path) -> None:
    untaught(tiny_copy)
    faults = change(tiny_copy, ISLAND, NORTH, REPLACED + LATER)
    told = {
        (fault.file, fault.key) for fault in faults if "'barrels in the north' of barrel-census, super" in fault.found
    }
    assert told == {
        ("comparisons.yaml", "0.rows.1.figure"),
        ("chapters/01-the-lamp/view.yaml", "chart.rows.0.figure"),
        ("layers.yaml", "7.circles.0.figure"),
    }
    assert {fault.nearest for fault in faults} == {"barrels found later"}
    chart = next(fault for fault in faults if fault.key.startswith("chart"))
    assert chart.line == line_of(tiny_copy, "chapters/01-the-lamp/view.yaml", "barrels in the north")


def test_a_lesson_cannot_say_a_superseded_figure(tiny_copy: Path) -> None:
    faults = change(tiny_copy, ISLAND, NORTH, REPLACED + LATER)
    said = [fault for fault in faults if "lesson" in fault.file and "superseded" in fault.found]
    lessons = "".join(path.read_text() for path in tiny_copy.rglob("*lesson.en.yaml"))
    assert len(said) == lessons.count("| barrels in the north") > 0


def test_a_figure_that_two_counters_give_needs_the_counter(tiny_copy: Path) -> None:
    untaught(tiny_copy)
    faults = change(tiny_copy, SEA, CRATES, CRATES + CRATES.replace("Her mate", "Her owner"))
    assert [(fault.file, fault.key) for fault in faults] == [("layers.yaml", "8.points.0.by")]
    assert "'Her mate' or 'Her owner'" in faults[0].expected
    layers = tiny_copy / "layers.yaml"
    named = layers.read_text().replace("figure: crates lost, label", "figure: crates lost, by: Her ownr, label")
    layers.write_text(named)
    faults = change(tiny_copy, "layers.yaml", "The Marigold", "The Marigold")
    assert [(fault.key, fault.nearest) for fault in faults] == [("8.points.0.by", "Her owner")]
    layers.write_text(named.replace("Her ownr", "Her owner"))
    assert read_story(tiny_copy).facts["wreck-of-marigold"].figure("crates lost", "Her owner")


@pytest.mark.parametrize("target", ["nothing", "barrel-census | nothing", "nobody | crates lost", "crates lost"])
def test_what_replaces_a_figure_is_a_figure_that_stands(tiny_copy: Path, target: str) -> None:
    untaught(tiny_copy)
    faults = change(tiny_copy, SEA, CRATES, CRATES.replace("}", f", superseded_by: {target}}}"))
    assert any(fault.key == "1.figures.0.superseded_by" or "superseded_by" in fault.key for fault in faults)


def test_a_later_count_may_stand_in_another_fact_or_under_the_same_name() -> None:
    base = {"kind": "event", "title": "x", "date_precision": "none", "summary": "x", "status": "sourced"}
    early = Figure(what="lost", value=1, unit="crates", according_to="x", superseded_by="b | lost")
    again = early.model_copy(update={"superseded_by": "lost"})
    late = Figure(what="lost", value=2, unit="crates", according_to="x")
    first = Fact.model_validate({"id": "a", "figures": [early, again, late], **base})
    other = Fact.model_validate({"id": "b", "figures": [late], **base})
    facts = {"a": first, "b": other}
    assert newer(first, early, facts) == newer(first, again, facts) == late
    assert newer(first, late, facts) is None


@pytest.mark.parametrize(
    ("file", "right", "wrong", "key"),
    [
        ("claims.yaml", "The two logs give", "The log has 25 crates; the two logs give", "0.summary"),
        ("chapters/01-the-lamp/en.md", "The reef, as", "The reef: 25 crates, as", "callouts.reef"),
    ],
)
def test_a_superseded_number_is_not_said_without_the_newer(
    tiny_copy: Path, file: str, right: str, wrong: str, key: str
) -> None:
    untaught(tiny_copy)
    sea = tiny_copy / SEA
    late = "    - {what: crates missed, value: 1200, unit: crates, according_to: Her mate}\n"
    sea.write_text(sea.read_text().replace(CRATES, CRATES.replace("}", ", superseded_by: crates missed}") + late))
    layers = tiny_copy / "layers.yaml"
    layers.write_text(layers.read_text().replace("figure: crates lost, label", "figure: crates missed, label"))
    faults = [each for each in change(tiny_copy, file, right, wrong) if each.key == key and "superseded" in each.found]
    assert [(fault.nearest, fault.expected) for fault in faults] == [("1,200", "crates missed, or both")]
    both = change(tiny_copy, file, "25 crates", "25 crates (later 1,200, not 7)") if "en.md" in file else ()
    assert not any("superseded (" in fault.found for fault in both)


def test_numbers_are_read_as_they_are_said() -> None:
    assert dict(numbers_in("1,034 of 2.9 million, 27.4 billion, 5. And 3bn, 10 m")) == {
        "1,034": 1034,
        "2.9": 2_900_000,
        "27.4": 27_400_000_000,
        "5": 5,
        "3": 3_000_000_000,
        "10": 10,
    }
    figures = [
        Figure(what="x", low=1, high=3, unit="million people", according_to="y"),
        Figure(what="x", value=7, unit="people", according_to="y"),
    ]
    assert numbers_of(figures) == {1, 3, 7, 1_000_000, 3_000_000}
