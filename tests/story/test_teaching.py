"""The lessons of the real story and the tiny one, in words: every figure from the record, every answer worked out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.facts import Figure
from story.lesson import NumberPrediction, OrderPrediction, PlacePrediction
from story.teaching import answer, fill, notes_of, say_counted, say_timeline
from story.wording import read_words
from tests.story.told import real, tiny

if TYPE_CHECKING:
    from story.model import Chapter, Story

WORDS = read_words("en")
STORIES = [real().story, tiny()]
TAUGHT = [(story, chapter) for story in STORIES for chapter in story.chapters]
IDS = [f"{story.settings.id}-{chapter.slug}" for story, chapter in TAUGHT]
REAL = real().story
PLAN = REAL.lessons["en"].plan


@pytest.mark.parametrize(("story", "chapter"), TAUGHT, ids=IDS)
def test_every_chapter_has_notes_two_questions_and_a_prediction(story: Story, chapter: Chapter) -> None:
    notes = notes_of(story, chapter, "en")
    assert notes["say"]
    assert notes["beware"]
    assert len({side for side, _ in notes["objections"]}) >= 2
    assert len(set(notes["questions"])) == 2
    said = [*notes["say"], *notes["beware"], *(line for _, line in notes["objections"])]
    assert not any(set("{|}") & set(line.text) for line in said)
    assert all(id_ in story.facts for line in said for id_ in line.facts)


@pytest.mark.parametrize(("story", "chapter"), TAUGHT, ids=IDS)
def test_every_prediction_is_answered_by_the_record(story: Story, chapter: Chapter) -> None:
    asked = story.lessons["en"].chapters[chapter.slug].prediction
    told = answer(asked, story, WORDS)
    assert all(-90 <= lat <= 90 and -180 <= lon <= 180 for lat, lon in told.spots)
    assert not set("{|}") & set(fill(asked.reveal, story.facts))
    match asked:
        case PlacePrediction():
            assert asked.choices[told.right[0]].at == asked.answer
            assert len(told.spots) == len(asked.choices)
        case OrderPrediction():
            days = [story.facts[asked.items[index].fact].first_day for index in told.right]
            assert days == sorted(days)
            assert sorted(told.right) == list(range(len(asked.items)))
            assert all(told.dates)
        case NumberPrediction():
            assert told.ends
            assert asked.low <= told.ends[0] <= told.ends[1] <= asked.high
            assert all(counter and number for counter, _, number in told.rows)


def test_every_kind_of_prediction_is_asked() -> None:
    asked = [lesson.prediction.kind for lesson in REAL.lessons["en"].chapters.values()]
    assert min(asked.count(kind) for kind in ("place", "number", "order")) >= 4


def test_the_lesson_takes_forty_five_minutes_and_runs_through_the_story_in_order() -> None:
    assert PLAN.minutes == sum(step.minutes for step in PLAN.steps) == 45
    slugs = [chapter.slug for chapter in REAL.chapters]
    shown = [slugs.index(slug) for step in PLAN.steps for slug in step.chapters]
    assert (shown[0], shown[-1]) == (0, len(slugs) - 1)


def test_the_timeline_spans_the_story_and_its_dates_rise() -> None:
    days = [fact.first_day for fact in say_timeline(REAL, "en")]
    assert days == sorted(days)
    assert (days[0][:4], days[-1][:4]) == ("1893", "2026")


def test_the_glossary_names_people_groups_places_and_terms_of_every_chapter() -> None:
    glossary = REAL.lessons["en"].glossary
    assert {term.kind for term in glossary} == {"person", "group", "place", "term"}
    assert {slug for term in glossary for slug in term.chapters} == {chapter.slug for chapter in REAL.chapters}


@pytest.mark.parametrize(("story", "chapter"), TAUGHT, ids=IDS)
def test_questions_are_open(story: Story, chapter: Chapter) -> None:
    for question in story.lessons["en"].chapters[chapter.slug].questions:
        assert question.endswith((".", "?"))
        assert not re.match(r"(Is|Are|Was|Were|Do|Does|Did|Has|Have) (the essay|Pakistan|Kabul)\b", question)


@given(
    st.builds(
        Figure,
        what=st.just("barrels"),
        value=st.integers(0, 10**7).map(float),
        unit=st.sampled_from(["people", "people (at least)", "km", "barrels (about)"]),
        according_to=st.text(min_size=1, max_size=40).filter(str.strip),
    )
)
def test_a_figure_is_never_said_without_its_counter(figure: Figure) -> None:
    said = say_counted(figure)
    kept = figure.according_to.replace(" (", ", ").replace("(", "").replace(")", "")
    assert said.endswith(f"({kept})")
    assert f"{int(figure.middle):,}" in said
    assert ("at least" in said) == ("at least" in figure.unit or "at least" in kept)


def test_a_placeholder_that_means_nothing_stays() -> None:
    assert fill("{nobody | nothing} came", REAL.facts) == "{nobody | nothing} came"
