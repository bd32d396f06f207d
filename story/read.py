"""Reads the folder of a story into one validated Story, or raises every fault of every file at once."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from geodata.load import load
from story.addresses import check_addresses
from story.atlas import Atlas
from story.atlas_layers import check_atlas
from story.balance import check_parties
from story.captions import check_captions, fill_captions
from story.compare import check_comparisons
from story.countries import check_countries
from story.editorial import Correction, Editorial, House, RuleText, Voice
from story.exactness import check_exactness
from story.facts import Claim, Comparison, Fact
from story.faults import Fault, StoryError
from story.figures import check_superseded
from story.ledger import Paragraph
from story.ledger_rules import LEDGER, check_ledger
from story.lesson import ChapterLesson, Lesson, Plan, Term
from story.lesson_rules import check_lessons
from story.model import Chapter, Layer, Story, Text, View
from story.prose import render_prose, split_at
from story.publishers import Houses
from story.rules import check_references, check_viewpoints
from story.settings import Settings
from story.sheet import Sheet
from story.verdicts import check_verdicts
from story.viewpoint import Viewpoint
from story.voice import check_voice
from story.wording import WORDS

ATLAS = "atlas.yaml"
FOLDER = re.compile(r"\d+-[a-z0-9]+(?:-[a-z0-9]+)*")
VIEWPOINTS = "viewpoints.yaml"
COMPARISONS = "comparisons.yaml"
CHECKS = (
    *(check_verdicts, check_exactness, check_superseded, check_countries, check_addresses, check_captions),
    *(check_parties, check_voice, check_ledger),
)
HOME = Path(__file__).parent / "the-line-between"


@cache
def place_lonlats() -> dict[str, tuple[float, float]]:
    """Every named place of the gazetteer -> longitude, latitude in degrees."""
    frame = load("places")
    return dict(zip(frame["name"], zip(frame.geometry.x, frame.geometry.y, strict=True), strict=True))


def read_story(folder: Path = HOME) -> Story:
    """Read a story from its folder; its claims come in the order of their words in the text.

    Raises StoryError with all faults (file, line, key, found, expected, nearest valid value) where any file is
    missing, malformed, names an id that does not exist, or breaks a rule of the record (verdicts, exactness, voice).
    """
    desk = _Desk(folder)
    settings = desk.parse("story.yaml", Settings)
    layers: list[Layer] = desk.parse("layers.yaml", list[Layer]) or []
    claims: list[Claim] = desk.parse("claims.yaml", list[Claim]) or []
    compared = (folder / COMPARISONS).exists()
    comparisons: list[Comparison] = (desk.parse(COMPARISONS, list[Comparison]) if compared else None) or []
    viewed = (folder / VIEWPOINTS).exists()
    views: list[Viewpoint] = (desk.parse(VIEWPOINTS, list[Viewpoint]) if viewed else None) or []
    facts = desk.facts()
    languages = desk.languages(settings)
    chapters = desk.chapters(languages)
    editorial = desk.editorial(languages)
    atlas = (desk.parse(ATLAS, Atlas) if (folder / ATLAS).exists() else None) or Atlas()
    lessons = desk.lessons(chapters, languages)
    desk.raise_faults()
    by_id = {layer.id: layer for layer in layers}
    sets = {each.id: each for each in comparisons}
    told = (settings, by_id, facts, tuple(claims), tuple(chapters), editorial, sets, atlas)
    story = Story(*told, tuple(views), lessons)
    check_references(story, layers, desk.sheets, place_lonlats())
    if viewed:
        check_viewpoints(story, desk.sheets[VIEWPOINTS])
    check_comparisons(story, comparisons, desk.sheets)
    if ATLAS in desk.sheets:
        check_atlas(story, desk.sheets[ATLAS])
    check_lessons(story, desk.sheets, place_lonlats())
    for check in CHECKS:
        check(story, desk.sheets)
    desk.raise_faults()
    return fill_captions(replace(story, claims=_in_reading_order(story)))


def _in_reading_order(story: Story) -> tuple[Claim, ...]:
    """All claims in the order in which a reader meets their words."""
    bodies = {each.slug: (each.number, render_prose(next(iter(each.texts.values())).body)) for each in story.chapters}

    def place(claim: Claim) -> tuple[int, int]:
        number, body = bodies[claim.chapter]
        parts = split_at(claim.anchor, body)
        return number, len(parts[0]) if parts else len(body)

    return tuple(sorted(story.claims, key=place))


class _Desk:
    """The sheets of one story, and the faults found in them so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.sheets: dict[str, Sheet] = {}

    def parse(self, name: str, kind: Any) -> Any:
        """The file `name` as `kind`, or None with its faults noted."""
        self.sheets[name] = Sheet(self.folder / name, self.folder, self.faults)
        return self.sheets[name].parse(kind)

    def languages(self, settings: Settings | None) -> tuple[str, ...]:
        """The languages of the story; one that the reader has no words in is a fault."""
        spoken = [path.stem for path in WORDS.glob("*.yaml")]
        told = settings.languages if settings else ()
        for at, language in enumerate(told):
            self.sheets["story.yaml"].known(language, spoken, ("languages", at), "a file in story/web/words")
        return told

    def facts(self) -> dict[str, Fact]:
        """All facts of all files in facts/, by id; an id used twice is a fault."""
        facts: dict[str, Fact] = {}
        for path in sorted((self.folder / "facts").glob("*.yaml")):
            name = f"facts/{path.name}"
            for index, fact in enumerate(self.parse(name, list[Fact]) or []):
                if fact.id in facts:
                    sheet = self.sheets[name]
                    sheet.fault(sheet.line((index, "id")), f"{index}.id", repr(fact.id), "an id of its own")
                facts[fact.id] = fact
        return facts

    def chapters(self, languages: tuple[str, ...]) -> list[Chapter]:
        """All chapters in the order of their folders, which are named by number and slug: `04-new-violence`."""
        chapters: list[Chapter] = []
        if not any((self.folder / "chapters").glob("*-*")):
            self.faults.append(Fault("chapters", 0, "folder", "no chapter", "a folder for each, like 01-roots"))
        for number, path in enumerate(sorted((self.folder / "chapters").glob("*-*"))):
            home = f"chapters/{path.name}"
            slug = path.name.split("-", 1)[1]
            if not FOLDER.fullmatch(path.name) or slug in [chapter.slug for chapter in chapters]:
                expected = "a number and a slug of its own, like 01-roots"
                self.faults.append(Fault("chapters", 0, "folder", repr(path.name), expected))
            view = self.parse(f"{home}/view.yaml", View)
            texts = {language: self.parse(f"{home}/{language}.md", Text) for language in languages}
            chapters.append(Chapter(slug, number, view, texts))
        return chapters

    def lessons(self, chapters: list[Chapter], languages: tuple[str, ...]) -> dict[str, Lesson]:
        """How the story is taught, in each language that has a lesson: then its every chapter has one too."""
        found = {}
        homes = [path.name for path in sorted((self.folder / "chapters").glob("*-*"))]
        for each in languages:
            if not (self.folder / f"lesson.{each}.yaml").exists():
                continue
            plan = self.parse(f"lesson.{each}.yaml", Plan)
            terms: list[Term] = self.parse(f"glossary.{each}.yaml", list[Term]) or []
            taught = [self.parse(f"chapters/{home}/lesson.{each}.yaml", ChapterLesson) for home in homes]
            slugs = [chapter.slug for chapter in chapters]
            found[each] = Lesson(plan, tuple(terms), dict(zip(slugs, taught, strict=True)))
        return found

    def editorial(self, languages: tuple[str, ...]) -> Editorial:
        """How the record is kept: rules and voice in each language, corrections, houses, the ledger if there is one."""
        ledger = self.parse(LEDGER, list[Paragraph]) if (self.folder / LEDGER).exists() else ()
        return Editorial(
            rules={each: self.parse(f"rules.{each}.md", RuleText) for each in languages},
            corrections=tuple(self.parse("corrections.yaml", list[Correction]) or ()),
            houses=Houses(self.parse("publishers.yaml", list[House]) or ()),
            voices={each: self.parse(f"voice.{each}.yaml", Voice) for each in languages},
            ledger=tuple(ledger or ()),
        )

    def raise_faults(self) -> None:
        """Raise StoryError where a fault was noted."""
        if self.faults:
            raise StoryError(self.faults)
