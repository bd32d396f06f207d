"""Find where a drawing without coordinates lies on the ground, by fitting its outlines to known ones.

Iterated closest points (P. J. Besl and N. D. McKay, 1992) with polynomials of rising degree: each round pairs
every point of the drawing with the nearest known point of the same area and solves for the polynomial by
least squares.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

Array = np.ndarray
ROUNDS: Final = 60
KEPT_SHARE: Final = 0.9
"""The worst pairs of each round are left out: places where the two outlines show different things."""


@dataclass(frozen=True, kw_only=True)
class Fit:
    """A polynomial from drawing units to metres on a plane."""

    degree: int
    centre: tuple[float, float]
    size: float
    weights: Array

    def place(self, points: Array) -> Array:
        """Give the plane coordinates (x, y in metres) of drawing points."""
        return np.asarray(_terms(points, self.degree, self.centre, self.size) @ self.weights)

    def place_shape(self, shape: BaseGeometry) -> BaseGeometry:
        """Give a shape of the drawing on the plane; only vertices are moved."""
        return shapely.transform(shape, self.place)


def start_from_bounds(drawn: BaseGeometry, known: BaseGeometry) -> Fit:
    """Give the first guess: stretch the drawing's bounding box onto the known one, y turned over."""
    left, top, right, bottom = drawn.bounds
    west, south, east, north = known.bounds
    centre, size = ((left + right) / 2, (top + bottom) / 2), (right - left) / 2
    across, up = (east - west) / (right - left) * size, -(north - south) / (bottom - top) * size
    weights = np.array([[(west + east) / 2, (south + north) / 2], [across, 0.0], [0.0, up]])
    return Fit(degree=1, centre=centre, size=size, weights=weights)


def refine(
    fit: Fit,
    drawn: Mapping[str, Array],
    known: Mapping[str, Array],
    *,
    degree: int,
    counts: Mapping[str, int],
) -> Fit:
    """Give a better fit of a degree.

    drawn and known hold outline points by area, counts how often the points of an area count.
    """
    trees = {area: cKDTree(points) for area, points in known.items()}
    for _ in range(ROUNDS):
        sources, targets = [], []
        for area, points in drawn.items():
            off_m, nearest = trees[area].query(fit.place(points))
            kept = off_m <= np.quantile(off_m, KEPT_SHARE)
            sources += [points[kept]] * counts.get(area, 1)
            targets += [known[area][nearest[kept]]] * counts.get(area, 1)
        terms = _terms(np.vstack(sources), degree, fit.centre, fit.size)
        weights = np.linalg.lstsq(terms, np.vstack(targets), rcond=None)[0]
        fit = Fit(degree=degree, centre=fit.centre, size=fit.size, weights=weights)
    return fit


def outline_points(shape: BaseGeometry, step: float) -> Array:
    """Give points along the outer rings of polygons, at most a step apart."""
    rings = shapely.get_exterior_ring(shapely.get_parts(shape))
    return np.asarray(shapely.get_coordinates(shapely.segmentize(rings, step)))


def errors_km(fit: Fit, drawn: Array, known: BaseGeometry) -> Array:
    """Give the distance of each drawn outline point from a known outline, in km on the plane."""
    return np.asarray(shapely.distance(shapely.points(fit.place(drawn)), known.boundary)) / 1000


def _terms(points: Array, degree: int, centre: tuple[float, float], size: float) -> Array:
    x, y = ((points - np.array(centre)) / size).T
    powers = [(i, total - i) for total in range(degree + 1) for i in range(total, -1, -1)]
    return np.stack([x**i * y**j for i, j in powers], axis=1)
