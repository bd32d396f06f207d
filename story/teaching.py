"""A lesson in words: placeholders filled from the record, predictions with their answers, a glossary and a timeline."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from story.compare import find_figure, plain_unit
from story.facts import Fact, Figure
from story.lesson import PLACEHOLDER, Line, NumberPrediction, OrderPrediction, PlacePrediction, Prediction
from story.model import Chapter, Story
from story.ranges import say_range
from story.scene import anchor_lonlat
from story.wording import say_date

Words = dict[str, Any]
_SELF_SPOKEN = {"people", "strikes", "attacks", "incidents", "cases"}  # the sentence around the figure names these


@dataclass(frozen=True, slots=True)
class Said:
    """One line as it is read, with the facts that it rests on, each once: those named and those of its figures."""

    text: str
    facts: tuple[str, ...] = ()


def say_counted(figure: Figure) -> str:
    """A figure with its unit, where the sentence does not name it, and with its counter: `304 (TBIJ, row sums)`."""
    unit = plain_unit(figure)
    number = say_range(figure) + ("" if unit in _SELF_SPOKEN else f" {unit}")
    return f"{number} ({figure.according_to.replace(' (', ', ').replace('(', '').replace(')', '')})"


def fill(text: str, facts: Mapping[str, Fact]) -> str:
    """A text with the figures of the record in the place of its placeholders; others stay as they are."""

    def put(found: Any) -> str:
        id_, what, by = (part.strip() for part in found.groups(""))
        figure = facts[id_].figure(what, by or None) if id_ in facts else None
        return say_counted(figure) if figure else str(found[0])

    return " ".join(PLACEHOLDER.sub(put, text).split())


def say_line(line: Line, facts: Mapping[str, Fact]) -> Said:
    """A line filled in, with all facts that it rests on."""
    placed = [found[0].strip() for found in PLACEHOLDER.findall(line.text)]
    return Said(fill(line.text, facts), tuple(dict.fromkeys([*line.facts, *placed])))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a prediction is answered with.

    `right` is the number of the right choice, or the numbers of the items in their true order; empty for a number,
    which has no single answer: `rows` are then counter, note and figure in words, `ends` the least and the largest.
    `spots`: latitude and longitude in degrees of each choice or item, or of the one place where the guess is marked.
    """

    right: tuple[int, ...]
    rows: tuple[tuple[str, str, str], ...]
    ends: tuple[float, float] | None
    unit: str
    spots: tuple[tuple[float, float], ...]
    dates: tuple[str, ...] = ()


def answer(asked: Prediction, story: Story, words: Words) -> Answer:
    """The answer to a prediction, worked out from the record alone."""
    match asked:
        case PlacePrediction():
            right = next(index for index, each in enumerate(asked.choices) if each.at == asked.answer)
            return Answer((right,), (), None, "", tuple(_latlon(each.at, story) for each in asked.choices))
        case OrderPrediction():
            facts = [story.facts[item.fact] for item in asked.items]
            order = sorted(range(len(facts)), key=lambda index: facts[index].first_day)
            dates = tuple(say_date(fact, words) for fact in facts)
            return Answer(tuple(order), (), None, "", tuple(_latlon(fact.id, story) for fact in facts), dates)
        case NumberPrediction():
            return _answer_number(asked, story)


def _answer_number(asked: NumberPrediction, story: Story) -> Answer:
    comparison = story.comparisons[asked.compare]
    rows = [(row, figure) for row in comparison.rows if (figure := find_figure(row, story.facts))]
    numbers = [number for _, each in rows for number in (each.value, each.low, each.high) if number is not None]
    told = tuple((row.counter, row.note, say_range(figure)) for row, figure in rows)
    unit = plain_unit(rows[0][1])
    return Answer((), told, (min(numbers), max(numbers)), unit, (_latlon(asked.at, story),))


def _latlon(at: str, story: Story) -> tuple[float, float]:
    lon, lat = anchor_lonlat(at, story.facts)
    return round(lat, 4), round(lon, 4)


def say_timeline(story: Story, language: str) -> list[Fact]:
    """The facts of the lesson's timeline in the order of their dates."""
    return sorted((story.facts[id_] for id_ in story.lessons[language].plan.timeline), key=lambda fact: fact.first_day)


def notes_of(story: Story, chapter: Chapter, language: str) -> dict[str, Any]:
    """A chapter's notes: `say` and `beware` as lines, `objections` as side and line, and the two `questions`."""
    lesson = story.lessons[language].chapters[chapter.slug]
    return {
        "say": [say_line(line, story.facts) for line in lesson.notes.say],
        "beware": [say_line(line, story.facts) for line in lesson.notes.beware],
        "objections": [
            (each.side, say_line(Line(text=each.text, facts=each.facts), story.facts))
            for each in lesson.notes.objections
        ],
        "questions": list(lesson.questions),
    }
