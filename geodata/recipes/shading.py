"""Shade and tint heights: light from several sides at several scales, calm enough to lie under labels."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import ndimage

Array = np.ndarray

LIGHTS: Final = ((318.0, 0.60), (275.0, 0.16), (5.0, 0.14), (60.0, 0.10))
"""Azimuth of each light in degrees clockwise from north, and its share; together they leave no slope flat."""
LIGHT_HEIGHT_DEG: Final = 42.0

TINT: Final = (
    (-50, "#e3e9da"),
    (80, "#e6ecdd"),
    (220, "#ebeddf"),
    (450, "#efeadb"),
    (900, "#ece3d0"),
    (1500, "#e5d9c1"),
    (2200, "#dccbb0"),
    (3000, "#d0bfa9"),
    (3700, "#c9beb1"),
    (4400, "#d6d1cb"),
    (5000, "#ebe9e6"),
    (6000, "#fafafa"),
)
"""Height in metres -> colour of flat ground: green plains, cream and tan uplands, grey and white peaks."""
SEA: Final = "#cadbe4"
SHADOW: Final = "#46435a"
GLOW: Final = "#fffdf6"


@dataclass(frozen=True, kw_only=True)
class Scale:
    """One scale of relief: smoothing, weight, and how far slopes are exaggerated."""

    blur_px: float
    share: float
    exaggeration: float


def hillshade(heights_m: Array, pixel_m: Array, exaggeration: float) -> Array:
    """Give brightness against flat ground (0), about -0.7 to 0.4, for heights with north at the top.

    pixel_m is the ground size of a pixel for each row, in metres. Lambert's cosine law, summed over the
    lights.
    """
    down, right = np.gradient(heights_m * exaggeration)
    east, north = right / pixel_m[:, None], -down / pixel_m[:, None]
    steep = np.sqrt(east**2 + north**2 + 1)
    height = np.radians(LIGHT_HEIGHT_DEG)
    total = np.zeros_like(heights_m)
    for azimuth_deg, share in LIGHTS:
        azimuth = np.radians(azimuth_deg)
        towards = np.cos(height) * (np.sin(azimuth) * east + np.cos(azimuth) * north)
        total += share * np.clip((np.sin(height) - towards) / steep, 0, 1)
    return np.asarray(total - np.sin(height))


def tint(heights_m: Array) -> Array:
    """Give the colour of flat ground at each height: array[row, column, red green blue], 0 to 255."""
    stops = [metres for metres, _ in TINT]
    colours = np.array([rgb(colour) for _, colour in TINT])
    return np.stack([np.interp(heights_m, stops, colours[:, band]) for band in range(3)], axis=-1)


def paint(ground: Array, shade: Array, water: Array) -> Array:
    """Lay shadow and glow on tinted ground, then water (0 to 1) over it; give bytes for red, green, blue."""
    dark = np.clip(-shade * 1.25, 0, 0.55)[..., None]
    light = np.clip(shade * 1.2, 0, 0.45)[..., None]
    lit = ground * (1 - dark) + (0.42 * ground + 0.58 * rgb(SHADOW)) * dark
    lit = lit + (rgb(GLOW) - lit) * light
    wet = water[..., None]
    return np.asarray(np.clip(np.rint(lit * (1 - wet) + rgb(SEA) * wet), 0, 255), dtype=np.uint8)


def ruggedness(heights_m: Array, reach_px: float) -> Array:
    """Give 0 for plains to 1 for mountains, by how much heights vary within a reach.

    Used to fade shading and to smooth tints on flat land, where the source shows more noise than relief.
    """
    rise_m = np.abs(heights_m - ndimage.gaussian_filter(heights_m, reach_px))
    return np.asarray(np.clip((ndimage.gaussian_filter(rise_m, reach_px * 1.5) - 4) / 75, 0, 1))


def rgb(colour: str) -> Array:
    """Turn "#rrggbb" into three numbers from 0 to 255."""
    return np.array([int(colour[start : start + 2], 16) for start in (1, 3, 5)], dtype=float)
