"""The layers of a map: what each draws, from which dataset or records, as frozen pydantic models."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from story.facts import Frozen
from story.settings import SLUG
from story.strokes import SCHEMATIC, Stroke

Strength = Literal["full", "context", "off"]
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


class _Layer(Frozen):
    """What every layer has. `always` is its strength in chapters that do not name it; `legend` is off for a basemap.

    `facts` are the records that the layer as a whole rests on, where its dataset alone does not say what it shows.
    """

    id: str = Field(pattern=SLUG)
    title: str
    note: str = ""
    ink: str
    always: Strength = "off"
    legend: bool = True
    facts: tuple[str, ...] = ()

    @property
    def schematic(self) -> bool:
        """Whether a course is drawn that nobody has surveyed: the legend says so, and one stroke shows it."""
        return False


class ReliefLayer(_Layer):
    """A picture of the land; `datasets` from the widest to the most detailed."""

    draw: Literal["relief"]
    datasets: tuple[str, ...] = Field(min_length=1)


class LineLayer(_Layer):
    """Lines of a dataset, or with `borders` the lines between its polygons. `where`: column -> allowed values.

    The layer's title is written beside the line at the places of `named_at`. With `facts` it stands for something that
    is only known to run along the line, and is schematic.
    """

    draw: Literal["line"]
    dataset: str
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    borders: bool = False
    stroke: Stroke = "solid"
    width_px: float = 1
    casing: bool = False
    named_at: tuple[str, ...] = ()

    @property
    def schematic(self) -> bool:
        """Whether the line stands for what its records say and not for what its dataset holds."""
        return bool(self.facts)

    @model_validator(mode="after")
    def stroke_tells_what_is_schematic(self) -> Self:
        """Refuse a line that looks schematic and is not, and one that is and does not look so."""
        if self.schematic != (self.stroke == SCHEMATIC):
            raise ValueError(f"a line with 'facts', and no other, has the stroke {SCHEMATIC!r}")
        return self


class AreaLayer(_Layer):
    """Polygons of a dataset, filled; `labels` names the column that is written on them.

    `records` names the column of the facts that the polygons lead to when they are pressed.
    """

    draw: Literal["area"]
    dataset: str
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    labels: str | None = None
    records: str | None = None
    stroke: Stroke = "solid"
    fill: Literal["tint", "hatch", "none"] = "tint"


class NameLayer(_Layer):
    """Names of places or countries, written on the map where there is room, the most important first."""

    draw: Literal["names"]
    dataset: str
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Point(Frozen):
    """A fact drawn where it happened. `label` is written.

    `figure` names the fact's own figure that sizes the mark, `by` its counter where several give the same. With `along`
    it happened along the story's line, from one province to the other (by their codes), at no single point.
    """

    fact: str
    figure: str | None = None
    by: str | None = None
    label: str | None = None
    along: tuple[str, str] | None = None


class PointLayer(_Layer):
    """Facts as marks of one shape; larger where `sized` and the chosen figure is larger.

    Without `elsewhere` each stands at its own place alone: what the layer shows is not known of its further places.
    """

    draw: Literal["points"]
    mark: Mark
    sized: bool = False
    elsewhere: bool = True
    points: tuple[Point, ...]

    @property
    def schematic(self) -> bool:
        """Whether something of the layer is drawn along the story's line."""
        return any(point.along for point in self.points)


class Circle(Frozen):
    """A circle at the place of `at` (a fact), as large as a figure of the layer's fact.

    `by` is the counter where several give the same figure.
    """

    at: str
    figure: str
    by: str | None = None
    name: str


class Whole(Frozen):
    """The figure of a fact that the circles of a layer are parts of, `by` whom if several give it."""

    fact: str
    figure: str
    by: str | None = None


class CircleLayer(_Layer):
    """One statistic spread over places: circles whose areas are in proportion to the figures.

    Of `whole` the legend says how much has no circle.
    """

    draw: Literal["circles"]
    fact: str
    circles: tuple[Circle, ...] = Field(min_length=1)
    whole: Whole | None = None


class Route(Frozen):
    """A schematic way through named places (ids of the places dataset), resting on `facts`.

    `figure` names the figure of the first fact that says how wide an arrow is, `by` its counter where several give it.
    """

    name: str
    via: tuple[str, ...] = Field(min_length=2)
    facts: tuple[str, ...] = Field(min_length=1)
    figure: str | None = None
    by: str | None = None


class RouteLayer(_Layer):
    """Roads as lines from place to place, or with `arrows` moves as tapered ones; `curved` bends them.

    All are schematic: their places are named by records, the course between them is drawn by us.
    """

    draw: Literal["routes"]
    routes: tuple[Route, ...]
    width_px: float = 2.5
    arrows: bool = False
    curved: bool = False

    @property
    def stroke(self) -> Stroke:
        """The stroke of all that is schematic."""
        return SCHEMATIC

    @property
    def schematic(self) -> bool:
        """Always."""
        return True


class ChapterLayer(_Layer):
    """Every chapter as a numbered point at its view's `seat`, to press and read it again."""

    draw: Literal["chapters"]


Layer = Annotated[
    ReliefLayer | LineLayer | AreaLayer | NameLayer | PointLayer | CircleLayer | RouteLayer | ChapterLayer,
    Field(discriminator="draw"),
]
