"""The shape of a story: its layers (story/layers.py), chapter views and texts, as frozen pydantic models."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field, field_validator

from story.atlas import Atlas
from story.editorial import Editorial
from story.facts import Claim, Comparison, Fact, Frozen
from story.layers import (
    AreaLayer,
    ChapterLayer,
    Circle,
    CircleLayer,
    Layer,
    LineLayer,
    Mark,
    NameLayer,
    Point,
    PointLayer,
    ReliefLayer,
    Route,
    RouteLayer,
    Strength,
    Whole,
)
from story.lesson import Lesson
from story.settings import Settings
from story.viewpoint import Viewpoint

__all__ = [
    "AreaLayer",
    "Bounds",
    "Callout",
    "Chapter",
    "ChapterLayer",
    "Chart",
    "Circle",
    "CircleLayer",
    "Layer",
    "LineLayer",
    "Mark",
    "NameLayer",
    "Omission",
    "Point",
    "PointLayer",
    "ReliefLayer",
    "Route",
    "RouteLayer",
    "Row",
    "Story",
    "Strength",
    "Text",
    "View",
    "Whole",
]

Bounds = Annotated[tuple[float, float, float, float], "west, south, east, north in degrees"]
LAST_LON, LAST_LAT = 180, 85  # how far Web Mercator goes, in degrees


class Callout(Frozen):
    """Where an annotation points: a fact's id or a place's name. Its words are in the chapter's text."""

    at: str


class Row(Frozen):
    """One row of a chart: a figure of a fact, under a short name; `by` is its author where several give the same."""

    fact: str
    figure: str | None = None
    by: str | None = None
    name: str
    lane: str | None = None


class Chart(Frozen):
    """A small chart beside the text. `bars` compares figures; `timeline` sets facts on one axis in lanes.

    With `replies` the note of a timeline says how many strikes were followed by an announced reply (story/balance.py).
    `lengths` sets the lengths that others give beside that of the line of `dataset`, by the detail of its drawing,
    which the first of `lanes` explains. `drawn`: of a lane, the layers whose records it holds, all and no others.
    """

    kind: Literal["bars", "timeline", "lengths"]
    dataset: str | None = None
    title: str
    note: str = ""
    replies: bool = False
    lanes: tuple[str, ...] = ()
    drawn: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    rows: tuple[Row, ...] = Field(min_length=1)


class View(Frozen):
    """view.yaml: what the map shows in one chapter.

    `period` is the span of years that it speaks of, `seat` the place that stands for it on the closing map, `places`
    those named whatever their rank. With `together` the callouts are two sides of one matter: all or none is shown.
    """

    bounds_wsen: Bounds
    period: tuple[int, int] | None = None
    seat: str | None = None
    layers: dict[str, Strength] = Field(default_factory=dict)
    places: tuple[str, ...] = ()
    callouts: dict[str, Callout] = Field(default_factory=dict)
    together: bool = False
    chart: Chart | None = None

    @field_validator("bounds_wsen")
    @classmethod
    def bounds_in_order(cls, bounds: Bounds) -> Bounds:
        """West before east, south before north, within what Web Mercator can show."""
        west, south, east, north = bounds
        if not (-LAST_LON <= west < east <= LAST_LON and -LAST_LAT <= south < north <= LAST_LAT):
            raise ValueError("bounds are west, south, east, north in degrees, with west < east and south < north")
        return bounds


class Omission(Frozen):
    """One thing that the essay leaves out, and the facts that show it."""

    text: str
    facts: tuple[str, ...] = Field(min_length=1)


class Text(Frozen):
    """One chapter in one language. `body` is Markdown.

    `behind` names the facts that the standfirst and each callout rest on: their numbers are figures of these.
    """

    title: str
    kicker: str
    standfirst: str
    callouts: dict[str, str] = Field(default_factory=dict)
    behind: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    omissions: tuple[Omission, ...] = ()
    body: str = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One screen of the story: its slug, its place in the order (from 0), its view and its texts by language."""

    slug: str
    number: int
    view: View
    texts: dict[str, Text]


@dataclass(frozen=True, slots=True)
class Story:
    """A whole story, validated: every id that one part names exists in another.

    `comparisons` are the sets of figures that claims show as charts, by id. Of the `viewpoints` on borders the first is
    the default. `lessons` by language; empty where the story has none.
    """

    settings: Settings
    layers: dict[str, Layer]
    facts: dict[str, Fact]
    claims: tuple[Claim, ...]
    chapters: tuple[Chapter, ...]
    editorial: Editorial = field(default_factory=Editorial)
    comparisons: dict[str, Comparison] = field(default_factory=dict)
    atlas: Atlas = field(default_factory=Atlas)
    viewpoints: tuple[Viewpoint, ...] = ()
    lessons: dict[str, Lesson] = field(default_factory=dict)

    def strengths(self, chapter: Chapter) -> dict[str, Strength]:
        """Every layer's strength in a chapter: what its view says, else what the layer always is."""
        return {id_: chapter.view.layers.get(id_, layer.always) for id_, layer in self.layers.items()}
