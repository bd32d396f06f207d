"""Lessons with faults: each is told on its line; nothing that a class hears is without its counter or its fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from story.read import read_story
from tests.story.faulty import change

if TYPE_CHECKING:
    from pathlib import Path

PLAN, TERMS = "lesson.en.yaml", "glossary.en.yaml"
FIRST, SECOND, THIRD = (f"chapters/{name}/lesson.en.yaml" for name in ("00-opening", "01-the-lamp", "02-two-logs"))


@pytest.mark.parametrize(
    ("file", "right", "wrong", "key", "expected"),
    [
        (PLAN, "minutes: 10", "minutes: 45", "minutes", "the sum of the steps, 10"),
        (PLAN, "chapters: [opening]", "chapters: [openning]", "steps.0.chapters", "a chapter"),
        (PLAN, "timeline: [oil", "timeline: [north-store, oil", "timeline", "a fact with a date"),
        (PLAN, "weigh: oil-ran-out", "weigh: night-belongs-to-none", "weigh", "evidence to weigh"),
        (PLAN, "weigh: oil-ran-out", "weigh: oil", "weigh", "a claim"),
        (PLAN, "places: [Gwadar", "places: [Gwadur", "worksheets.places", "a place of the gazetteer"),
        (PLAN, "Ask who held the pen.", "Ask the lazy keeper.", "parts.0.lines.0.text", "what was not done"),
        (PLAN, ", facts: [oil-shipment]}", "}", "parts.0.lines.1.text", "the facts that the date rests on"),
        (PLAN, "ages: any", "age: any", "age", "Extra inputs"),
        (TERMS, "at: Pasni", "at: Pasny", "2.at", "a place of the gazetteer"),
        (TERMS, "id: log", "id: pasni", "2.id", "an id of its own"),
        (TERMS, "chapters: [the-lamp], at", "chapters: [a-lamp], at", "2.chapters", "a chapter"),
        (FIRST, "answer: keepers-meeting", "answer: Gwadar", "prediction.answer", "one of the choices"),
        (FIRST, "record: [keepers-meeting]", "record: [meeting]", "prediction.record", "a fact"),
        (FIRST, "Two lamps stand", "There were 36 barrels", "notes.say.0.text", "who counted"),
        (FIRST, "kind: place", "kind: palace", "prediction", "tag"),
        (FIRST, ', "Who counts barrels at night?"', "", "questions", "at least 2 items"),
        (SECOND, "| barrels in the north}", "| barrels}", "notes.say.0.text", "a figure of barrel-census"),
        (SECOND, "| barrels in the north}", "| barrels in the north | Nobody}", "notes.say.0.text", "a counter"),
        (SECOND, "high: 40", "high: 20", "prediction.high", "one that holds Northern log"),
        (SECOND, "low: 0", "low: 50", "prediction.number", "'low' must be below 'high'"),
        (SECOND, "compare: barrels", "compare: barrel", "prediction.compare", "a comparison"),
        (SECOND, "at: south-store", "at: barrel-census", "prediction.at", "a fact with a place"),
        (THIRD, "fact: keepers-meeting", "fact: oil-shipment", "prediction.items.0.fact", "a fact with a place"),
        (THIRD, "fact: keepers-meeting", "fact: wreck-of-heron", "prediction.items", "no doubt"),
    ],
)
def test_a_fault_of_a_lesson_is_told(
    tiny_copy: Path, file: str, right: str, wrong: str, key: str, expected: str
) -> None:
    faults = change(tiny_copy, file, right, wrong)
    assert any(
        (fault.file, fault.key) == (file, key) and expected in fault.expected and fault.line for fault in faults
    ), list(map(str, faults))


def test_nobody_guesses_a_number_of_dead(tiny_copy: Path) -> None:
    path = tiny_copy / "facts/island.yaml"
    text = path.read_text(encoding="utf-8")
    for side in ("north", "south"):
        text = text.replace(f"barrels in the {side}", f"sailors killed in the {side}")
    path.write_text(text.replace("unit: barrels", "unit: people"), encoding="utf-8")
    for name in ("comparisons.yaml", SECOND, "chapters/01-the-lamp/view.yaml", "layers.yaml", "atlas.yaml"):
        file = tiny_copy / name
        words = file.read_text(encoding="utf-8").replace("barrels in the", "sailors killed in the")
        file.write_text(words, encoding="utf-8")
    faults = change(tiny_copy, PLAN, "Tell a log", "Know a log")
    assert [fault.key for fault in faults if "deaths" in fault.expected] == ["prediction.compare"]


def test_events_in_their_right_order_are_no_task(tiny_copy: Path) -> None:
    old = "{fact: keepers-meeting, name: The meeting}, {fact: wreck-of-heron, name: The Heron}, "
    items = "{fact: wreck-of-marigold, name: The Marigold}"
    new = "{fact: wreck-of-marigold, name: The Marigold}, {fact: wreck-of-heron, name: The Heron}, "
    text = (tiny_copy / THIRD).read_text(encoding="utf-8")
    changed = text.replace(old + items, new + "{fact: keepers-meeting, name: The meeting}")
    (tiny_copy / THIRD).write_text(changed, encoding="utf-8")
    (fault,) = change(tiny_copy, PLAN, "Tell a log", "Know a log")
    assert (fault.file, fault.found) == (THIRD, "the right order")


def test_a_story_may_have_no_lesson(tiny_copy: Path) -> None:
    (tiny_copy / PLAN).unlink()
    assert read_story(tiny_copy).lessons == {}


def test_a_chapter_without_its_lesson_is_told(tiny_copy: Path) -> None:
    (tiny_copy / FIRST).unlink()
    faults = change(tiny_copy, PLAN, "Tell a log", "Know a log")
    assert {fault.file for fault in faults} == {FIRST}
