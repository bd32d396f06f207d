"""Handout, worksheets and teacher's notes as HTML for paper, all from the same sheets of the chapters."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from story.drawn import Drawn
from story.facts import Claim, Fact
from story.lesson import Lesson
from story.model import Story
from story.notes import SIDES, SIGNS
from story.page import map_credit
from story.sheets import ChapterSheet, make_sheet
from story.still_map import draw_blank_map, draw_still_map, draw_swatch
from story.teaching import say_line, say_timeline
from story.templates import TEMPLATES
from story.wording import read_words, say_date, say_fact

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
EACH = 2  # pieces of evidence for each claim to match


@dataclass(frozen=True, slots=True)
class Desk:
    """What all papers of one story share: its chapters' sheets, and its pictures as they were drawn.

    `stills` are JPEG by slug, `blank` the map without words, `swatches` PNG by the title of a legend’s entry.
    """

    story: Story
    language: str
    sheets: tuple[ChapterSheet, ...]
    stills: dict[str, bytes]
    swatches: dict[str, bytes]
    blank: bytes

    @property
    def lesson(self) -> Lesson:
        """The story's lesson in this language; a story without one has no papers for a class."""
        return self.story.lessons[self.language]

    @property
    def rights(self) -> str:
        """Licence, author and credit of the maps, for the foot of every paper."""
        return f"{self.words['map_by']} {self.story.settings.author}. {map_credit(self.story)}"

    @property
    def words(self) -> dict[str, Any]:
        """The reader's words."""
        return read_words(self.language)


def draw_chapters(story: Story, scene: dict[str, Drawn], language: str) -> Iterable[tuple[ChapterSheet, bytes]]:
    """Each chapter's sheet and still, one by one, for each takes about a second."""
    for chapter in story.chapters:
        yield make_sheet(story, chapter, scene, language), draw_still_map(story, chapter, scene, language)


def make_desk(story: Story, scene: dict[str, Drawn], language: str, drawn: list[tuple[ChapterSheet, bytes]]) -> Desk:
    """A desk of what was drawn, with the swatches and the blank map."""
    asked = story.lessons[language].plan.worksheets
    chapter = next(each for each in story.chapters if each.slug == asked.chapter)
    keys = {key.title: key for sheet, _ in drawn for key in sheet.keys}
    return Desk(
        story,
        language,
        tuple(sheet for sheet, _ in drawn),
        {sheet.slug: still for sheet, still in drawn},
        {title: draw_swatch(story, key) for title, key in keys.items()},
        draw_blank_map(story, chapter, scene, asked.places),
    )


def render_handout(desk: Desk) -> str:
    """The handout: chapters, glossary, timeline, and every record that a claim cites as a numbered note."""
    story, words = desk.story, desk.words
    facts = {id_: None for claim in story.claims for id_ in _facts_of(claim)}
    numbers = {id_: number for number, id_ in enumerate(facts, 1)}
    return _render(
        "handout.html",
        desk,
        numbers=numbers,
        cited={claim.id: _cited(claim, numbers, words) for claim in story.claims},
        records=[say_fact(story.facts[id_], words) for id_ in numbers],
        glossary=_glossary(desk.lesson),
        titles={sheet.slug: sheet.title for sheet in desk.sheets},
        timeline=[{"when": say_date(fact, words), "title": fact.title} for fact in say_timeline(story, desk.language)],
        years=_years(say_timeline(story, desk.language)),
    )


def render_teacher(desk: Desk) -> str:
    """The lesson plan, and each chapter's notes with its questions and its prediction answered."""
    titles = {sheet.slug: sheet.title for sheet in desk.sheets}
    steps, start = [], 0
    for step in desk.lesson.plan.steps:
        shown = [titles[slug] for slug in step.chapters]
        steps.append(
            {"start": start, "end": start + step.minutes, "title": step.title, "doing": step.doing, "chapters": shown}
        )
        start += step.minutes
    parts = [
        {"title": part.title, "lines": [say_line(line, desk.story.facts) for line in part.lines]}
        for part in desk.lesson.plan.parts
    ]
    return _render("teacher.html", desk, plan=desk.lesson.plan, steps=steps, parts=parts)


def render_worksheets(desk: Desk) -> str:
    """Five worksheets, and the keys to them on pages of their own at the end."""
    story, words, asked = desk.story, desk.words, desk.lesson.plan.worksheets
    claims = {claim.id: claim for claim in story.claims}
    matched, mixed = _match([claims[id_] for id_ in asked.claims], desk)
    weighed = claims[desk.lesson.plan.weigh]
    ordered = sorted(asked.events, key=lambda item: story.facts[item.fact].first_day)
    return _render(
        "worksheets.html",
        desk,
        places=[story.facts[each].title if each in story.facts else each for each in asked.places],
        bank=sorted(story.facts[each].title if each in story.facts else each for each in asked.places),
        matched=matched,
        mixed=mixed,
        events=[{"name": item.name} for item in asked.events],
        ordered=[{"name": item.name, "when": say_date(story.facts[item.fact], words)} for item in ordered],
        weighed={
            "statement": weighed.statement,
            "verdict": weighed.verdict,
            "summary": weighed.summary,
            "evidence": [
                {"title": fact.title, "when": say_date(fact, words), "summary": fact.summary, "stance": item.stance}
                for item in weighed.evidence
                for fact in [story.facts[item.fact]]
            ],
        },
    )


def _render(template: str, desk: Desk, **values: Any) -> str:
    maps = {slug: _data(still, "jpeg") for slug, still in desk.stills.items()} | {"blank": _data(desk.blank, "jpeg")}
    return TEMPLATES.get_template(template).render(
        story=desk.story.settings,
        chapters=desk.sheets,
        maps=maps,
        swatches={title: _data(swatch, "png") for title, swatch in desk.swatches.items()},
        signs=SIGNS,
        words=desk.words,
        teach=desk.words["teach"],
        lang=desk.language,
        credit=desk.rights,
        **values,
    )


def _data(picture: bytes, kind: str) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"


def _facts_of(claim: Claim) -> list[str]:
    """The records that a claim's note cites: its evidence, and what bears the objection."""
    return [*(item.fact for item in claim.evidence), *([claim.objection.fact] if claim.objection else [])]


def _cited(claim: Claim, numbers: dict[str, int], words: dict[str, Any]) -> list[dict[str, Any]]:
    """A claim's evidence by side: the side in words, and number and id of each record."""
    sides = [
        (words["stances"][side], [(numbers[item.fact], item.fact) for item in claim.evidence if item.stance == side])
        for side in SIDES
    ]
    return [{"words": said, "notes": sorted(notes)} for said, notes in sides if notes]


def _glossary(lesson: Lesson) -> dict[str, list[Any]]:
    """The terms by kind, each kind in the order of the alphabet."""
    found: dict[str, list[Any]] = {"person": [], "group": [], "place": [], "term": []}
    for term in sorted(lesson.glossary, key=lambda term: term.term.casefold()):
        found[term.kind].append(term)
    return {kind: terms for kind, terms in found.items() if terms}


def _years(facts: list[Fact]) -> str:
    return f"{facts[0].first_day[:4]}–{max((fact.end or fact.first_day) for fact in facts)[:4]}"


def _match(claims: list[Claim], desk: Desk) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Claims with the letters of their evidence, and that evidence in the order of its dates, which mixes it."""
    facts = desk.story.facts
    chosen: dict[str, list[str]] = {}
    for claim in claims:
        taken = {id_ for ids in chosen.values() for id_ in ids}
        weighty = sorted(claim.evidence, key=lambda item: SIDES.index(item.stance))
        ids = [item.fact for item in weighty if item.fact not in taken and item.stance != "context"]
        mixed = list(dict.fromkeys([*ids[:1], *reversed(ids)]))  # one for and one against, where there are both
        chosen[claim.id] = mixed[:EACH]
    order = sorted((id_ for ids in chosen.values() for id_ in ids), key=lambda id_: (facts[id_].first_day, id_))
    letters = dict(zip(order, LETTERS, strict=False))
    pairs = [
        {
            "statement": claim.statement,
            "verdict": claim.verdict,
            "letters": sorted(letters[id_] for id_ in chosen[claim.id]),
        }
        for claim in claims
    ]
    told = [
        {"letter": letter, "title": facts[id_].title, "when": say_date(facts[id_], desk.words)}
        for id_, letter in letters.items()
    ]
    return pairs, told
