"""Read heights for the relief: Marble's grey tiles, turned into metres by its coarse metre tiles."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image
from scipy import ndimage

Array = np.ndarray
PIXELS_PER_DEG: Final = 30
TILE_PX: Final = 675
TILE_DEG: Final = TILE_PX / PIXELS_PER_DEG
COARSE_PX_PER_DEG: Final = 3.75
FIRST_LAND_GREY: Final = 106
"""Marble's grey tiles draw the sea floor below this grey level, land above it."""


@dataclass(frozen=True, kw_only=True)
class Heights:
    """A grid in plate carree: values[row, column], rows from north to south, 30 pixels a degree."""

    west: float
    north: float
    values: Array

    def sample(self, lon: Array, lat: Array, *, blur_px: float = 0.0, order: int = 3) -> Array:
        """Give values at the crossings of longitudes and latitudes (degrees): array[latitude, longitude]."""
        values = ndimage.gaussian_filter(self.values, blur_px) if blur_px else self.values
        rows = (self.north - lat) * PIXELS_PER_DEG - 0.5
        columns = (lon - self.west) * PIXELS_PER_DEG - 0.5
        grid = np.meshgrid(rows, columns, indexing="ij")
        return np.asarray(ndimage.map_coordinates(values, grid, order=order, mode="nearest"))


def tiles_within(bounds_wsen: tuple[float, float, float, float]) -> list[tuple[int, int]]:
    """Give (row, column) of the tiles that a region touches; row 0 starts at 90 N, column 0 at 180 W."""
    west, south, east, north = bounds_wsen
    rows = range(int((90 - north) // TILE_DEG), int(-(-(90 - south) // TILE_DEG)))
    columns = range(int((west + 180) // TILE_DEG), int(-(-(east + 180) // TILE_DEG)))
    return [(row, column) for row in rows for column in columns]


def read_grey(find: Callable[[int, int], Path], tiles: list[tuple[int, int]]) -> Heights:
    """Paste grey tiles together; find gives the file of a (row, column)."""
    top, left = min(row for row, _ in tiles), min(column for _, column in tiles)
    bottom, right = max(row for row, _ in tiles), max(column for _, column in tiles)
    sheet = Image.new("L", ((right - left + 1) * TILE_PX, (bottom - top + 1) * TILE_PX))
    for row, column in tiles:
        sheet.paste(Image.open(find(row, column)), ((column - left) * TILE_PX, (row - top) * TILE_PX))
    return Heights(west=left * TILE_DEG - 180, north=90 - top * TILE_DEG, values=np.asarray(sheet, np.float32))


def read_metres(west_file: Path, east_file: Path) -> Array:
    """Read the coarse heights of the globe in metres: 16 bits in the green and blue of two pictures."""
    halves = [np.asarray(Image.open(file).convert("RGB"), np.int32) for file in (west_file, east_file)]
    globe = np.hstack(halves)
    return np.asarray((globe[..., 1] * 256 + globe[..., 2]).astype(np.uint16).view(np.int16).astype(np.float32))


def calibrate(grey: Heights, metres: Array) -> tuple[Heights, float]:
    """Turn grey levels into metres by the median height at each; give heights and mean error in metres.

    Compared are calm places only (grey varies little within a coarse cell), on land, by the coarse cell's
    mean grey.
    """
    size = round(PIXELS_PER_DEG / COARSE_PX_PER_DEG)
    mean, spread, true = _cells(grey, metres, size)
    land = (mean > FIRST_LAND_GREY) & (true > -100) & (true < 8000)
    calm = land & (spread < np.maximum(3.0, np.quantile(spread[land], 0.5)))
    levels = np.arange(FIRST_LAND_GREY, 256, 2.0)
    known = [
        (level, np.median(true[near])) for level in levels if (near := calm & (np.abs(mean - level) <= 2)).sum() >= 20
    ]
    curve_grey, curve_m = np.array(known).T
    curve_m = np.maximum.accumulate(curve_m)
    slope = (curve_m[-1] - curve_m[-6]) / (curve_grey[-1] - curve_grey[-6])
    error_m = float(np.abs(np.interp(mean[land], curve_grey, curve_m) - true[land]).mean())
    values = np.interp(grey.values, curve_grey, curve_m) + np.clip(grey.values - curve_grey[-1], 0, None) * slope
    return Heights(west=grey.west, north=grey.north, values=values.astype(np.float32)), error_m


def _cells(grey: Heights, metres: Array, size: int) -> tuple[Array, Array, Array]:
    rows, columns = grey.values.shape[0] // size, grey.values.shape[1] // size
    blocks = grey.values[: rows * size, : columns * size].reshape(rows, size, columns, size)
    top, left = round((90 - grey.north) * COARSE_PX_PER_DEG), round((grey.west + 180) * COARSE_PX_PER_DEG)
    true = metres[top : top + rows, left : left + columns]
    return blocks.mean((1, 3)).ravel(), blocks.std((1, 3)).ravel(), true.ravel()
