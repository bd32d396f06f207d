"""Reads the folder of a story into one validated Story, or raises every fault of every file at once."""

from functools import cache
from pathlib import Path
from typing import Any

from geodata.load import load
from story.facts import Claim, Fact
from story.faults import Fault, StoryError
from story.model import Chapter, Layer, Settings, Story, Text, View
from story.rules import check_references
from story.sheet import Sheet

CARD = "card.jpg"
HOME = Path(__file__).parent / "the-line-between"


@cache
def place_lonlats() -> dict[str, tuple[float, float]]:
    """Every named place of the gazetteer -> longitude, latitude in degrees."""
    frame = load("places")
    return dict(zip(frame["name"], zip(frame.geometry.x, frame.geometry.y, strict=True), strict=True))


def read_story(folder: Path = HOME) -> Story:
    """Read a story from its folder.

    Raises StoryError with all faults (file, line, key, found, expected, nearest valid value) where any file is
    missing, malformed, or names an id that does not exist.
    """
    desk = _Desk(folder)
    settings = desk.parse("story.yaml", Settings)
    layers: list[Layer] = desk.parse("layers.yaml", list[Layer]) or []
    claims: list[Claim] = desk.parse("claims.yaml", list[Claim]) or []
    facts = desk.facts()
    chapters = desk.chapters(settings.languages if settings else ())
    desk.raise_faults()
    card = folder / CARD
    picture = card.read_bytes() if card.exists() else b""
    story = Story(settings, {layer.id: layer for layer in layers}, facts, tuple(claims), tuple(chapters), picture)
    check_references(story, layers, desk.sheets, place_lonlats())
    desk.raise_faults()
    return story


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
        chapters = []
        if not any((self.folder / "chapters").glob("*-*")):
            self.faults.append(Fault("chapters", 0, "folder", "no chapter", "a folder for each, like 01-roots"))
        for number, path in enumerate(sorted((self.folder / "chapters").glob("*-*"))):
            home = f"chapters/{path.name}"
            view = self.parse(f"{home}/view.yaml", View)
            texts = {language: self.parse(f"{home}/{language}.md", Text) for language in languages}
            chapters.append(Chapter(path.name.split("-", 1)[1], number, view, texts))
        return chapters

    def raise_faults(self) -> None:
        """Raise StoryError where a fault was noted."""
        if self.faults:
            raise StoryError(self.faults)
