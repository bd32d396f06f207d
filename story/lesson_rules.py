"""Holds a lesson against its story: known ids, no figure without its counter, no unsure order, no guess at deaths."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from story.compare import find_figure, plain_unit
from story.exactness import comes_before
from story.figures import check_figure
from story.lesson import (
    PLACEHOLDER,
    ChapterLesson,
    Lesson,
    Line,
    NumberPrediction,
    OrderPrediction,
    PlacePrediction,
    Plan,
)
from story.model import Story
from story.rules import check_unique
from story.sheet import Sheet
from story.voice import Ear

Loc = tuple[Any, ...]
Said = tuple[Loc, str, tuple[str, ...] | None]  # where, the words, the facts named beside them (None: not asked for)
_DATE = re.compile(r"\b(?:\d{1,2}(?:–\d{1,2})? (?=[A-Z][a-z]+)|(?:1[89]|20)\d{2}\b)")
_DEATHS = re.compile(r"\b(?:kill|dead|death|bod(?:y|ies)|toll|casualt)", re.IGNORECASE)


def check_lessons(story: Story, sheets: Mapping[str, Sheet], places: Iterable[str]) -> None:
    """Note in the sheets every fault of the lessons that their models cannot see.

    Ids that do not exist, minutes that do not add up, words that take a side, figures written out instead of named,
    dates without a fact, events whose order is not certain, and predictions that make the class guess deaths.
    """
    spots = {*places, *(id_ for id_, fact in story.facts.items() if fact.lat is not None)}
    for language, lesson in story.lessons.items():
        desk = _Desk(story, Ear(story.editorial.voices[language].loaded), spots)
        desk.check_plan(lesson.plan, sheets[f"lesson.{language}.yaml"])
        desk.check_glossary(lesson, sheets[f"glossary.{language}.yaml"])
        for chapter in story.chapters:
            ending = f"{chapter.slug}/lesson.{language}.yaml"
            sheet = next(sheet for name, sheet in sheets.items() if name.partition("-")[2] == ending)
            desk.check_chapter(lesson.chapters[chapter.slug], sheet)


class _Desk:
    """What all checks of one lesson need."""

    def __init__(self, story: Story, ear: Ear, spots: set[str]) -> None:
        self.story, self.ear, self.spots = story, ear, spots

    def check_plan(self, plan: Plan, sheet: Sheet) -> None:
        story, slugs = self.story, {chapter.slug for chapter in self.story.chapters}
        total = sum(step.minutes for step in plan.steps)
        if total != plan.minutes:
            expected = f"the sum of the steps, {total}"
            sheet.fault(sheet.line(("minutes",)), "minutes", str(plan.minutes), expected)
        for index, step in enumerate(plan.steps):
            for slug in step.chapters:
                sheet.known(slug, slugs, ("steps", index, "chapters"), "a chapter")
        for id_ in plan.timeline:
            if sheet.known(id_, story.facts, ("timeline",), "a fact") and not story.facts[id_].first_day:
                sheet.fault(sheet.line(("timeline",)), "timeline", repr(id_), "a fact with a date")
        claims = {claim.id: claim for claim in story.claims}
        if sheet.known(plan.weigh, claims, ("weigh",), "a claim") and not claims[plan.weigh].evidence:
            sheet.fault(sheet.line(("weigh",)), "weigh", repr(plan.weigh), "a claim with evidence to weigh")
        sheet.known(plan.worksheets.chapter, slugs, ("worksheets", "chapter"), "a chapter")
        for name in plan.worksheets.places:
            sheet.known(name, self.spots, ("worksheets", "places"), "a place of the gazetteer")
        for id_ in plan.worksheets.claims:
            sheet.known(id_, claims, ("worksheets", "claims"), "a claim")
        self._check_order([item.fact for item in plan.worksheets.events], sheet, ("worksheets", "events"))
        self._check_words(_plan_words(plan), sheet)

    def check_glossary(self, lesson: Lesson, sheet: Sheet) -> None:
        slugs = {chapter.slug for chapter in self.story.chapters}
        check_unique(sheet, [term.id for term in lesson.glossary])
        for index, term in enumerate(lesson.glossary):
            for slug in term.chapters:
                sheet.known(slug, slugs, (index, "chapters"), "a chapter")
            if term.at is not None:
                sheet.known(term.at, self.spots, (index, "at"), "a place of the gazetteer, or a fact with a place")
            self._check_words([((index, "term"), term.term, None), ((index, "text"), term.text, term.facts)], sheet)

    def check_chapter(self, lesson: ChapterLesson, sheet: Sheet) -> None:
        self._check_words(_chapter_words(lesson), sheet)
        asked = lesson.prediction
        for id_ in asked.record:
            sheet.known(id_, self.story.facts, ("prediction", "record"), "a fact")
        match asked:
            case PlacePrediction():
                self._check_places(asked, sheet)
            case NumberPrediction():
                self._check_number(asked, sheet)
            case OrderPrediction():
                facts = [item.fact for item in asked.items]
                self._check_order(facts, sheet, ("prediction", "items"))
                for index, id_ in enumerate(facts):
                    sheet.known(id_, self.spots, ("prediction", "items", index, "fact"), "a fact with a place")

    def _check_places(self, asked: PlacePrediction, sheet: Sheet) -> None:
        for index, choice in enumerate(asked.choices):
            loc = ("prediction", "choices", index, "at")
            sheet.known(choice.at, self.spots, loc, "a place of the gazetteer, or a fact with a place")
        sheet.known(asked.answer, [each.at for each in asked.choices], ("prediction", "answer"), "one of the choices")

    def _check_number(self, asked: NumberPrediction, sheet: Sheet) -> None:
        sheet.known(asked.at, self.spots, ("prediction", "at"), "a place of the gazetteer, or a fact with a place")
        if not sheet.known(asked.compare, self.story.comparisons, ("prediction", "compare"), "a comparison"):
            return
        line = sheet.line(("prediction", "compare"))
        for row in self.story.comparisons[asked.compare].rows:
            figure = find_figure(row, self.story.facts) if row.fact in self.story.facts else None
            if figure is None:
                continue
            if plain_unit(figure) == "people" and _DEATHS.search(figure.what):
                expected = "a comparison of anything but deaths, which nobody guesses"
                sheet.fault(line, "prediction.compare", repr(asked.compare), expected)
                return
            ends = [number for number in (figure.value, figure.low, figure.high) if number is not None]
            if min(ends) < asked.low or max(ends) > asked.high:
                found = f"a scale from {asked.low:g} to {asked.high:g}"
                sheet.fault(sheet.line(("prediction",)), "prediction.high", found, f"one that holds {row.counter}")

    def _check_order(self, ids: list[str], sheet: Sheet, loc: Loc) -> None:
        known = [id_ for index, id_ in enumerate(ids) if sheet.known(id_, self.story.facts, (*loc, index), "a fact")]
        days = sorted((self.story.facts[id_].first_day, id_) for id_ in known)
        for (one, first), (other, second) in pairwise(days):
            if not one or not comes_before(one, other):
                found = f"{first} ({one or 'no date'}) and {second} ({other})"
                expected = "events whose order their dates leave no doubt of"
                sheet.fault(sheet.line(loc), ".".join(map(str, loc)), found, expected)
        if [id_ for _, id_ in days] == ids:
            sheet.fault(sheet.line(loc), ".".join(map(str, loc)), "the right order", "another, for the class to change")

    def _check_words(self, said: Iterable[Said], sheet: Sheet) -> None:
        facts = self.story.facts
        for loc, text, named in said:
            key = ".".join(map(str, loc))
            line = sheet.line(loc)
            for id_ in named or ():
                sheet.known(id_, facts, (*loc[:-1], "facts"), "a fact")
            for word, entry in self.ear.hear(text):
                sheet.fault(line, key, repr(word), f"in our own voice: {entry.instead}")
            placed = [tuple(part.strip() for part in found if part) for found in PLACEHOLDER.findall(text)]
            for id_, *rest in placed:
                if sheet.known(id_, facts, loc, "a fact"):
                    what, *by = rest
                    check_figure(facts[id_], what, by[0] if by else None, sheet, (loc, loc))
            plain = PLACEHOLDER.sub("", text)
            undated = _DATE.sub("", plain)
            if found := re.search(r"\d[\d,.]*", undated):
                sheet.fault(
                    line, key, repr(found[0]), "{fact | figure}, which says who counted; or a small number in words"
                )
            if plain != undated and named is not None and not named and not placed:
                sheet.fault(line, key, repr(text[:50]), "the facts that the date rests on, under `facts`")


def _lines(lines: Iterable[Line], *loc: Any) -> Iterator[Said]:
    for index, line in enumerate(lines):
        yield (*loc, index, "text"), line.text, line.facts


def _chapter_words(lesson: ChapterLesson) -> Iterator[Said]:
    yield from _lines(lesson.notes.say, "notes", "say")
    yield from _lines(lesson.notes.beware, "notes", "beware")
    for index, each in enumerate(lesson.notes.objections):
        yield ("notes", "objections", index, "side"), each.side, None
        yield ("notes", "objections", index, "text"), each.text, each.facts
    for index, question in enumerate(lesson.questions):
        yield ("questions", index), question, None
    asked = lesson.prediction
    yield ("prediction", "question"), asked.question, None
    yield ("prediction", "reveal"), asked.reveal, None
    names = asked.choices if isinstance(asked, PlacePrediction) else getattr(asked, "items", ())
    for index, each in enumerate(names):
        yield ("prediction", index, "name"), each.name, None


def _plan_words(plan: Plan) -> Iterator[Said]:
    for key in ("title", "care"):
        yield (key,), getattr(plan, key), None
    for index, aim in enumerate(plan.aims):
        yield ("aims", index), aim, None
    for index, step in enumerate(plan.steps):
        yield ("steps", index, "title"), step.title, None
        yield ("steps", index, "doing"), step.doing, None
    for index, part in enumerate(plan.parts):
        yield ("parts", index, "title"), part.title, None
        yield from _lines(part.lines, "parts", index, "lines")
    for index, item in enumerate(plan.worksheets.events):
        yield ("worksheets", "events", index, "name"), item.name, None
