"""The shape of a story: settings, layers, chapter views and texts, as frozen pydantic models."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, field_validator

from story.facts import Claim, Fact, Frozen

Strength = Literal["full", "context", "off"]
Bounds = Annotated[tuple[float, float, float, float], "west, south, east, north in degrees"]
Stroke = Literal["solid", "dashed", "dotted", "dash-dot"]
Mark = Literal[
    "dot",
    "triangle",
    "square",
    "diamond",
    "star",
    "cross",
    "hexagon",
    "pentagon",
    "drop",
    "capital",
    "base",
    "tent",
]
LAST_LON, LAST_LAT = 180, 85  # how far Web Mercator goes, in degrees
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class Ink(Frozen):
    """One colour of the palette: hexadecimal, for the light and for the dark page."""

    light: str = Field(pattern=r"^#[0-9a-f]{6}$")
    dark: str = Field(pattern=r"^#[0-9a-f]{6}$")


class Settings(Frozen):
    """story.yaml: what the story is called, which languages it speaks, its palette, where its evidence ends.

    `line` is the layer from which the distances of places are told, if there is one.
    """

    id: str = Field(pattern=SLUG)
    title: str
    subtitle: str
    author: str
    address: str = Field(pattern=r"^https?://\S+/$")
    languages: tuple[str, ...] = Field(min_length=1)
    published: str
    evidence_until: str
    palette: dict[str, Ink]
    line: str | None = None


class _Layer(Frozen):
    """What every layer has. `always` is its strength in chapters that do not name it; `legend` is off for a basemap."""

    id: str = Field(pattern=SLUG)
    title: str
    note: str = ""
    ink: str
    always: Strength = "off"
    legend: bool = True


class ReliefLayer(_Layer):
    """A picture of the land; `datasets` from the widest to the most detailed."""

    draw: Literal["relief"]
    datasets: tuple[str, ...]


class LineLayer(_Layer):
    """Lines of a dataset, or with `borders` the lines between its polygons. `where`: column -> allowed values."""

    draw: Literal["line"]
    dataset: str
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    borders: bool = False
    stroke: Stroke = "solid"
    width_px: float = 1
    casing: bool = False


class AreaLayer(_Layer):
    """Polygons of a dataset, filled; `labels` names the column that is written on them."""

    draw: Literal["area"]
    dataset: str
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    labels: str | None = None
    stroke: Stroke = "solid"
    fill: Literal["tint", "hatch", "none"] = "tint"


class NameLayer(_Layer):
    """Names of places or countries, written on the map where there is room, the most important first."""

    draw: Literal["names"]
    dataset: str
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Point(Frozen):
    """A fact drawn where it happened. `figure` names the fact's own figure that sizes the mark; `label` is written."""

    fact: str
    figure: str | None = None
    label: str | None = None


class PointLayer(_Layer):
    """Facts as marks of one shape; larger where `sized` and the chosen figure is larger."""

    draw: Literal["points"]
    mark: Mark
    sized: bool = False
    points: tuple[Point, ...]


class Circle(Frozen):
    """A circle at the place of `at` (a fact), as large as a figure of the layer's fact."""

    at: str
    figure: str
    name: str


class CircleLayer(_Layer):
    """One statistic spread over places: circles whose areas are in proportion to the figures."""

    draw: Literal["circles"]
    fact: str
    circles: tuple[Circle, ...]


class Route(Frozen):
    """A schematic way through named places (ids of the places dataset), resting on `facts`."""

    name: str
    via: tuple[str, ...] = Field(min_length=2)
    facts: tuple[str, ...] = ()


class RouteLayer(_Layer):
    """Roads or moves as schematic lines from place to place; `arrows` gives them a head, `curved` bends them."""

    draw: Literal["routes"]
    routes: tuple[Route, ...]
    stroke: Stroke = "solid"
    width_px: float = 2.5
    arrows: bool = False
    curved: bool = False


class ChapterLayer(_Layer):
    """Every chapter as a numbered point at its view's `seat`, to press and read it again."""

    draw: Literal["chapters"]


Layer = Annotated[
    ReliefLayer | LineLayer | AreaLayer | NameLayer | PointLayer | CircleLayer | RouteLayer | ChapterLayer,
    Field(discriminator="draw"),
]


class Callout(Frozen):
    """Where an annotation points: a fact's id or a place's name. Its words are in the chapter's text."""

    at: str


class Row(Frozen):
    """One row of a chart: a figure of a fact, under a short name."""

    fact: str
    figure: str | None = None
    name: str
    lane: str | None = None


class Chart(Frozen):
    """A small chart beside the text. `bars` compares figures; `timeline` sets facts on one axis in lanes."""

    kind: Literal["bars", "timeline"]
    title: str
    note: str = ""
    lanes: tuple[str, ...] = ()
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
    """One chapter in one language. `body` is Markdown."""

    title: str
    kicker: str
    standfirst: str
    callouts: dict[str, str] = Field(default_factory=dict)
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

    `card` is the picture for social cards, a JPEG of 1200 x 630 pixels; empty where the story has none.
    """

    settings: Settings
    layers: dict[str, Layer]
    facts: dict[str, Fact]
    claims: tuple[Claim, ...]
    chapters: tuple[Chapter, ...]
    card: bytes = b""

    def strengths(self, chapter: Chapter) -> dict[str, Strength]:
        """Every layer's strength in a chapter: what its view says, else what the layer always is."""
        return {id_: chapter.view.layers.get(id_, layer.always) for id_, layer in self.layers.items()}
