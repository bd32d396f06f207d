"""Say what kind of boundary each stretch of a border is, by the nearest line of Natural Earth."""

from itertools import groupby
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from scipy.spatial import cKDTree

from geodata.generalise import interior_borders

KINDS: Final = {
    "International boundary (verify)": "international",
    "Lease limit": "international",
    "Overlay limit": "international",
    "Line of control (please verify)": "line_of_control",
}
"""Natural Earth's class -> ours; every other class (disputed, indefinite, unrecognised) is 'disputed'.

The name Line of Control is kept for India and Pakistan; Natural Earth also classes Cyprus and the Golan so.
"""

DISPUTED: Final = " (disputed)"

SHORTEST_RUN: Final = 8
"""Stretches of fewer segments than this take the kind of the one before: noise where two drawings cross."""

SAMPLE_DEG: Final = 0.02


def classify_borders(countries: gpd.GeoDataFrame, lines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the borders between countries with kind and name, but for Afghanistan and Pakistan.

    countries: a coverage with iso3 and name; lines: Natural Earth's boundary lines with FEATURECLA. Both
    EPSG:4326.
    """
    tree, classes = _samples(lines)
    names = countries["name"]
    rows: list[dict[str, Any]] = []
    for border in interior_borders(countries).itertuples():
        pair = {countries.loc[border.left, "iso3"], countries.loc[border.right, "iso3"]}
        if pair == {"AFG", "PAK"}:
            continue
        for found, stretch in _stretches(border.geometry, tree, classes):
            kind = "disputed" if found == "line_of_control" and pair != {"IND", "PAK"} else found
            rows.append(
                {
                    "kind": kind,
                    "name": _say(kind, names[border.left], names[border.right]),
                    "geometry": stretch,
                }
            )
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs=countries.crs)
    merged = frame.dissolve(by=["kind", "name"]).reset_index()
    merged["geometry"] = shapely.line_merge(np.asarray(merged.geometry))
    return merged[["kind", "name", "geometry"]]


def _samples(lines: gpd.GeoDataFrame) -> tuple[cKDTree, np.ndarray]:
    dense = shapely.segmentize(np.asarray(lines.geometry), SAMPLE_DEG)
    points, line = shapely.get_coordinates(dense, return_index=True)
    kinds = lines["FEATURECLA"].map(lambda found: KINDS.get(found, "disputed")).to_numpy()
    return cKDTree(points), kinds[line]


def _stretches(border: Any, tree: cKDTree, classes: np.ndarray) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for line in shapely.get_parts(border):
        points = shapely.get_coordinates(line)
        kinds = _settled(classes[tree.query((points[1:] + points[:-1]) / 2)[1]].tolist())
        start = 0
        for kind, run in groupby(kinds):
            end = start + len(list(run))
            found.append((kind, shapely.LineString(points[start : end + 1])))
            start = end
    return found


def _settled(kinds: list[str]) -> list[str]:
    runs = [(kind, len(list(run))) for kind, run in groupby(kinds)]
    longest = max(runs, key=lambda run: run[1])[0]
    settled: list[str] = []
    for kind, length in runs:
        settled += [kind if length >= SHORTEST_RUN else (settled[-1] if settled else longest)] * length
    return settled


def _say(kind: str, left: str, right: str) -> str:
    if kind == "line_of_control":
        return "Line of Control (India, Pakistan)"
    pair = " - ".join(sorted(name.removesuffix(DISPUTED) for name in (left, right)))
    return pair + DISPUTED if kind == "disputed" else pair
