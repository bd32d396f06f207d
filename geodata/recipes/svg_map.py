"""Read the areas of an SVG map: each labelled path as a polygon in the drawing's own units, y downwards."""

import re
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.recipes.sources import SourceError

PATH_TAG: Final = "{http://www.w3.org/2000/svg}path"
_WORDS: Final = re.compile(r"[mMlLzZ]|-?\d*\.?\d+(?:e-?\d+)?")
_ALL_LETTERS: Final = re.compile(r"[a-df-zA-Z]")
PLACES: Final = 1
"""Decimals kept: the drawing has one, and sums of relative steps must meet again."""

Point = tuple[float, float]


def read_svg_areas(path: Path) -> dict[str, BaseGeometry]:
    """Give label -> polygon for every path; only straight lines (m, l, z, either case) are understood."""
    tree = ET.parse(path)  # noqa: S314 - a packaged file whose checksum was verified, not input of a reader
    return {element.attrib["aria-label"]: _area(element.attrib["d"]) for element in tree.iter(PATH_TAG)}


def _area(commands: str) -> BaseGeometry:
    unknown = set(_ALL_LETTERS.findall(commands)) - set("mMlLzZ")
    if unknown:
        raise SourceError(f"SVG path: found commands {sorted(unknown)}, expected only m, l and z")
    return shapely.union_all([shapely.make_valid(shapely.Polygon(ring)) for ring in _rings(commands)])


def _rings(commands: str) -> list[list[Point]]:
    rings: list[list[Point]] = []
    here: Point = (0.0, 0.0)
    relative = True
    words = iter(_WORDS.findall(commands))
    for word in words:
        if word in "zZ":
            here = rings[-1][0]
        elif word.isalpha():
            relative = word.islower()
            if word in "mM":
                rings.append([])
        else:
            step = (float(word), float(next(words)))
            here = (here[0] + step[0], here[1] + step[1]) if relative else step
            rings[-1].append((round(here[0], PLACES), round(here[1], PLACES)))
    return [ring for ring in rings if len(ring) >= 3]
