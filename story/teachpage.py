"""The page for teachers as HTML: ways to present, the plan, each chapter's notes, the glossary and the timeline."""

from typing import Any

from story.masthead import READER
from story.model import Story
from story.scene import anchor_lonlat
from story.sheets import say_asked
from story.teaching import notes_of, say_line, say_timeline
from story.templates import TEMPLATES
from story.wording import read_words, say_date

ZOOM = 8  # of the free map, where a term of the glossary leads
KINDS = ("person", "group", "place", "term")


def render_ways(language: str) -> str:
    """The first things: present in a window of its own, the presenter's window, weigh the evidence."""
    return TEMPLATES.get_template("teach-ways.html").render(words=read_words(language), reader=f"{READER}embed/")


def render_teaching(story: Story, language: str) -> str:
    """Everything else. Raises KeyError where the story has no lesson in this language."""
    words, lesson = read_words(language), story.lessons[language]
    titles = {chapter.slug: chapter.texts[language].title for chapter in story.chapters}
    return TEMPLATES.get_template("teach.html").render(
        words=words,
        teach=words["teach"],
        reader=READER,
        plan=lesson.plan,
        steps=_steps(story, language, titles),
        parts=[
            {"title": part.title, "lines": [say_line(line, story.facts) for line in part.lines]}
            for part in lesson.plan.parts
        ],
        chapters=[
            {
                "slug": chapter.slug,
                "title": titles[chapter.slug],
                "kicker": chapter.texts[language].kicker,
                "asked": say_asked(lesson.chapters[chapter.slug], story, words),
                **notes_of(story, chapter, language),
            }
            for chapter in story.chapters
        ],
        glossary=_glossary(story, language, titles),
        timeline=[
            {"id": fact.id, "when": say_date(fact, words), "title": fact.title}
            for fact in say_timeline(story, language)
        ],
    )


def _steps(story: Story, language: str, titles: dict[str, str]) -> list[dict[str, Any]]:
    steps, start = [], 0
    for step in story.lessons[language].plan.steps:
        shown = [(slug, titles[slug]) for slug in step.chapters]
        steps.append({"from": start, "to": start + step.minutes, "step": step, "shown": shown})
        start += step.minutes
    return steps


def _glossary(story: Story, language: str, titles: dict[str, str]) -> list[dict[str, Any]]:
    """The terms by kind and alphabet, each with its chapters and the way to its place on the free map."""
    words = read_words(language)
    return [
        {
            "kind": words["teach"]["kinds"][kind],
            "terms": [
                {
                    "term": term,
                    "chapters": [(slug, titles[slug]) for slug in term.chapters],
                    "map": _way(term.at, story) if term.at else "",
                }
                for term in sorted(story.lessons[language].glossary, key=lambda each: each.term.casefold())
                if term.kind == kind
            ],
        }
        for kind in KINDS
    ]


def _way(at: str, story: Story) -> str:
    lon, lat = anchor_lonlat(at, story.facts)
    return f"explore?at={lat:.4f},{lon:.4f},{ZOOM}"
