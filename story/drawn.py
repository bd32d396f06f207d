"""What a layer turns into: frames of lines and areas, marks, names and flows, all in degrees (EPSG:4326)."""

from dataclasses import dataclass

import geopandas as gpd

from story.certainty import RING_KM, Certainty
from story.model import Layer

DECIMALS = 3
PRIORITY = {"country": 0, "line": 8, "mark": 10, "area": 20, "capital": 30, "place": 40}

LonLat = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark at longitude, latitude. `size_px` is its width.

    `area` says that the province it lies in is hatched, `along` that a stretch of the line shows where it happened.
    """

    id: str
    title: str
    lonlat: LonLat
    shape: str
    size_px: float
    certainty: Certainty | None = None
    area: bool = False
    along: bool = False
    shift_px: tuple[float, float] = (0, 0)
    number: float | None = None
    fact: str = ""
    goto: str = ""

    @property
    def ring_km(self) -> float:
        """Radius of the circle within which the place is known to lie; 0 for a point or if shown otherwise."""
        return 0 if self.certainty is None or self.area or self.along else RING_KM.get(self.certainty.place, 0)


@dataclass(frozen=True, slots=True)
class Name:
    """A name to write at longitude, latitude; lower `rank` goes first, `gap_px` keeps it clear of its mark.

    `line` is the layer that it names, where that is a line whose name depends on the viewpoint.
    """

    text: str
    lonlat: LonLat
    kind: str
    rank: int
    gap_px: float = 0
    line: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """A move from place to place, drawn as a tapered arrow `width_px` wide before its head."""

    name: str
    path: tuple[LonLat, ...]
    width_px: float
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One layer, ready to draw: a frame of lines or areas (generalised), marks, names and flows.

    For a layer of points the frame holds the provinces of the marks whose place is known no better, and `stretches` the
    lines, each with its `fact`, along which something happened.
    """

    layer: Layer
    frame: gpd.GeoDataFrame | None = None
    marks: tuple[Placed, ...] = ()
    names: tuple[Name, ...] = ()
    flows: tuple[Flow, ...] = ()
    stretches: gpd.GeoDataFrame | None = None
