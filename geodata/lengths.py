"""The length of a line by the detail of its drawing: the same border is longer on a finer map."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import shapely

from geodata.generalise import generalise
from geodata.load import load
from geodata.measure import length_km

TOLERANCES_M: Final = (0.0, 200.0, 500.0, 1_000.0, 2_000.0, 5_000.0, 10_000.0, 20_000.0, 50_000.0)
"""Default tolerances in metres; 0 is the line as shipped, which was itself simplified to 100 m."""

FULL_DETAIL_KM: Final = 2_790.0
"""Length of the Durand Line in OpenStreetMap's full detail (34,559 vertices), measured when the dataset was made."""


@dataclass(frozen=True, kw_only=True)
class LengthAtTolerance:
    """One step of the curve. tolerance_m 0 means as given; vertices counts the points that are left."""

    tolerance_m: float
    length_km: float
    vertices: int


@dataclass(frozen=True, kw_only=True)
class QuotedLength:
    """A length of the border that somebody gives, in km."""

    length_km: float
    according_to: str


QUOTED_FACT: Final = "durand-length-figures"
"""The record of the story that quotes the lengths below, with its sources."""

QUOTED_LENGTHS: Final = tuple(
    QuotedLength(length_km=length, according_to=author)
    for length, author in (
        (2_253, "Dawn, 2015 (1,400 miles)"),
        (2_310, "Afghan Geodesy and Cartography Head Office, by an extract of Wikipedia"),
        (2_430, "Encyclopaedia Iranica (about)"),
        (2_611, "Pakistan's army (ISPR), 2018 and 2020"),
        (2_640, "a copy of Wikipedia (about); The Hawk after Dawn"),
        (2_670, "CIA World Factbook, by IndexMundi; The Week"),
    )
)
"""What others have published, shortest first; none says at which scale it was measured."""


def lengths_by_tolerance(
    line: shapely.LineString, tolerances_m: Iterable[float] = TOLERANCES_M
) -> tuple[LengthAtTolerance, ...]:
    """Give the geodesic length of a line in EPSG:4326 simplified at each tolerance, in the order asked for.

    Each step starts from the line as given and drops every vertex that lies nearer than the tolerance, in metres, to
    the line that is left (D. H. Douglas and T. K. Peucker, Algorithms for the reduction of the number of points,
    Cartographica 10, 1973), on an equal-area plane around its middle; what is left is measured on the WGS84
    ellipsoid. That a coast or a border has no length of its own but one for each scale was shown by L. F. Richardson
    (The problem of contiguity, General Systems Yearbook 6, 1961) and B. Mandelbrot (How long is the coast of Britain?,
    Science 156, 1967). Pure. Raises ValueError for a negative tolerance.
    """
    frame = gpd.GeoDataFrame(geometry=[line], crs=4326)
    steps = []
    for tolerance_m in tolerances_m:
        simple = generalise(frame, tolerance_m).geometry.iloc[0]
        steps.append(
            LengthAtTolerance(
                tolerance_m=float(tolerance_m),
                length_km=length_km(simple),
                vertices=int(shapely.get_num_coordinates(simple)),
            )
        )
    return tuple(steps)


def durand_line_lengths(tolerances_m: Iterable[float] = TOLERANCES_M) -> tuple[LengthAtTolerance, ...]:
    """Give the lengths of the shipped Durand Line by tolerance; 0 is 100 m detail (see FULL_DETAIL_KM for more)."""
    return lengths_by_tolerance(load("durand_line").geometry.iloc[0], tolerances_m)
