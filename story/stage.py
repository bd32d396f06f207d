"""The story for a projector, the presenter's window beside it, and a page on which a class weighs the evidence.

All are pages beside the reader, made of files alone, so that they stand in the app, beside the bare page and in a
folder alike. The map on the stage is the reader's own, shown by the reader's own state function (web/shown.js).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from story.balance import say_sourced
from story.drawn import Drawn
from story.elements import as_json
from story.legend import certainty_entries, legend_entries
from story.lesson import NumberPrediction
from story.model import Chapter, Story
from story.notes import SIGNS, say_comparisons
from story.page import Files, map_credit, short_credit
from story.sheets import ChapterSheet, make_sheet
from story.templates import TEMPLATES, WEB
from story.wording import read_words, say_fact

SHARED = ("core", "scale", "marks", "flows", "names", "camera", "shown")
OWN = ("stage-steps", "stage-link", "stage-guess", "stage-remote", "stage-desk", "stage")
PAGE, WEIGH = "present.html", "weigh.html"


@dataclass(frozen=True, slots=True)
class StageFiles:
    """The stage's own assets, by the part that they play: name without its hash -> content."""

    script: bytes
    style: bytes
    lesson: bytes
    weigh: bytes
    weigh_style: bytes


def make_assets(story: Story, scene: dict[str, Drawn], language: str) -> StageFiles:
    """The scripts and the style sheet of the stage, and what it knows of the lesson."""
    told = as_json(plan_stage(story, scene, language))
    return StageFiles(
        script=_script((*SHARED, *OWN)),
        style=(WEB / "stage.css").read_bytes(),
        lesson=f"TheLineBetween.teach({told});\n".encode(),
        weigh=_script(("core", "weigh")),
        weigh_style=(WEB / "weigh.css").read_bytes(),
    )


def _script(names: tuple[str, ...]) -> bytes:
    parts = [(WEB / f"{name}.js").read_text() for name in names]
    return ('(function () {\n"use strict";\n' + "\n".join(parts) + "\n})();\n").encode()


def plan_stage(story: Story, scene: dict[str, Drawn], language: str) -> dict[str, Any]:
    """What the stage knows beside the plan of the map: what is revealed in which order, notes, predictions, minutes."""
    words = read_words(language)
    plan = story.lessons[language].plan if language in story.lessons else None
    return {
        "id": story.settings.id,
        "words": words["stage"] | {"notes": {key: words["teach"][key] for key in ("say", "beware", "objections")}},
        "minutes": plan.minutes if plan else 0,
        "plan": [step.model_dump(include={"title", "minutes", "chapters"}) for step in plan.steps] if plan else [],
        "chapters": {each.slug: _plan_chapter(story, each, scene, language) for each in story.chapters},
    }


def _plan_chapter(story: Story, chapter: Chapter, scene: dict[str, Drawn], language: str) -> dict[str, Any]:
    sheet = make_sheet(story, chapter, scene, language)
    strengths = story.strengths(chapter)
    told: dict[str, Any] = {
        "reveal": [id_ for id_, each in scene.items() if strengths[id_] == "full" and each.layer.legend],
        "claims": len(sheet.claims),
        "say": [line.text for line in sheet.say],
        "beware": [line.text for line in sheet.beware],
        "objections": [[side, line.text] for side, line in sheet.objections],
        "questions": sheet.questions,
        "verdicts": [f"{claim['verdict_words']}: {claim['statement']}" for claim in sheet.claims],
        "asked": None,
    }
    if sheet.asked:
        asked, made = sheet.asked, story.lessons[language].chapters[chapter.slug].prediction
        told["asked"] = {
            "kind": asked.kind,
            "options": asked.options,
            "spots": asked.answer.spots,
            "right": asked.answer.right,
            "ends": asked.answer.ends,
            "unit": asked.answer.unit,
            "reveal": asked.reveal,
            "answers": asked.right,
        }
        if isinstance(made, NumberPrediction):
            told["asked"] |= {"low": made.low, "high": made.high, "step": made.step}
    return told


def render_stage(story: Story, scene: dict[str, Drawn], files: Files, language: str, assets: dict[str, str]) -> bytes:
    """present.html: the stage and, asked for with `?view=notes`, the presenter's window."""
    words = read_words(language)
    chapters = [_slide(story, chapter, scene, language) for chapter in story.chapters]
    return _render(
        "present.html",
        story,
        files,
        language,
        assets=assets,
        chapters=chapters,
        stage=words["stage"],
        closing=say_sourced(story, words),
        credit=map_credit(story),
        credit_short=short_credit(story, words),
        borders=story.viewpoints[0].id if story.viewpoints else "",
        taught=language in story.lessons,
    )


def _slide(story: Story, chapter: Chapter, scene: dict[str, Drawn], language: str) -> dict[str, Any]:
    sheet: ChapterSheet = make_sheet(story, chapter, scene, language)
    words = read_words(language)
    legend = [(id_, entry) for id_ in scene for entry in legend_entries(story, chapter, {id_: scene[id_]})]
    order = ("mark", "circle", "flow", "line", "area")
    charts: list[dict[str, Any]] = []
    if language in story.lessons:
        asked = story.lessons[language].chapters[chapter.slug].prediction
        if isinstance(asked, NumberPrediction):
            charts = say_comparisons([story.comparisons[asked.compare]], story, words, "records.html")
    return {
        "sheet": sheet,
        "legend": sorted(legend, key=lambda each: order.index(each[1].kind)),
        "sure": certainty_entries(story, chapter, scene, words),
        "charts": charts,
    }


def render_weigh(story: Story, files: Files, language: str, assets: dict[str, str]) -> bytes:
    """weigh.html: every claim with its evidence, to be sorted and judged; what the class does stays in its browser."""
    words = read_words(language)
    first = story.lessons[language].plan.weigh if language in story.lessons else ""
    weighed = [
        {
            "claim": claim,
            "chapter": next(each for each in story.chapters if each.slug == claim.chapter).texts[language].title,
            "evidence": [(item.stance, say_fact(story.facts[item.fact], words)) for item in claim.evidence],
        }
        for claim in sorted(story.claims, key=lambda claim: claim.id != first)
        if claim.evidence
    ]
    return _render(
        "weigh.html", story, files, language, assets=assets, weighed=weighed, weigh=words["weigh"], signs=SIGNS
    )


def _render(template: str, story: Story, files: Files, language: str, **values: Any) -> bytes:
    return (
        TEMPLATES.get_template(template)
        .render(story=story.settings, files=files, words=read_words(language), lang=language, **values)
        .encode()
    )


def put_stage(
    story: Story, scene: dict[str, Drawn], files: Files, language: str, put: Callable[[str, bytes], str]
) -> dict[str, bytes]:
    """Both pages by path; `put` shelves an asset under a hashed name and gives its path."""
    made = make_assets(story, scene, language)
    assets = {
        "script": put("assets/stage.js", made.script),
        "style": put("assets/stage.css", made.style),
        "lesson": put("assets/lesson.js", made.lesson),
        "weigh": put("assets/weigh.js", made.weigh),
        "weigh_style": put("assets/weigh.css", made.weigh_style),
    }
    return {
        PAGE: render_stage(story, scene, files, language, assets),
        WEIGH: render_weigh(story, files, language, assets),
    }
