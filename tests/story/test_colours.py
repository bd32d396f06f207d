"""Contrast: every ink against the land that it is drawn on, every text against its paper, light and dark."""

from __future__ import annotations

import io
import re
from functools import cache
from math import log, pi, radians, tan
from typing import Any

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from PIL import Image

from geodata.catalogue import read_catalogue
from geodata.load import load, picture
from story.templates import WEB
from tests.story.told import real

Colours = NDArray[Any]

CSS = (WEB / "reader.css").read_text(encoding="utf-8")
PAIRS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"(--[a-z]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", CSS)
}
TONES = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"\.verdict-([a-z-]+) \{ --tone: light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", CSS
    )
}
# What is ground, not information: the relief's own ink, and water, which is the same in every chapter.
GROUND = {"land", "water"}
INKS = {name: ink for name, ink in real().story.settings.palette.items() if name not in GROUND}
LEAST_SHARE = 0.95  # of the land on which an ink must stand out


def colour(code: str) -> Colours:
    """Give a hexadecimal colour as three numbers from 0 to 1."""
    return np.array([int(code[at : at + 2], 16) for at in (1, 3, 5)]) / 255


def luminance(colours: Colours) -> Colours:
    """Give the relative luminance as WCAG 2 defines it."""
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one: Colours, other: Colours) -> Colours:
    """Give the contrast ratio of colours as WCAG 2 defines it, from 1 to 21."""
    a, b = luminance(one), luminance(other)
    return np.asarray((np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05))


@cache
def land() -> Colours:
    """Give the colours of the relief on a grid of places in Afghanistan and Pakistan, off the lakes."""
    image = np.asarray(Image.open(io.BytesIO(picture("relief_core"))).convert("RGB")) / 255
    bounds = read_catalogue()["relief_core"].bounds_wsen
    assert bounds is not None
    west, south, east, north = bounds
    countries = load("countries")
    ground = countries[countries["iso3"].isin(["AFG", "PAK"])].geometry.union_all()
    ground = ground.difference(load("lakes").geometry.union_all())
    shapely.prepare(ground)
    lon, lat = (axis.ravel() for axis in np.meshgrid(np.arange(60.6, 77, 0.2), np.arange(24, 37.4, 0.2)))
    inside = shapely.contains_xy(ground, lon, lat)
    x = ((lon[inside] - west) / (east - west) * image.shape[1]).astype(int)
    high = ordinate(north)
    y = [int((high - ordinate(each)) / (high - ordinate(south)) * image.shape[0]) for each in lat[inside]]
    return np.asarray(image[y, x])


def ordinate(lat: float) -> float:
    """Give the Web Mercator ordinate of a latitude in degrees."""
    return log(tan(pi / 4 + radians(lat) / 2))


@cache
def dimmed_land() -> Colours:
    """Give the same colours under the filter that reader.css lays on the relief in the dark."""
    found = re.search(r"\.relief \{ filter: brightness\(([\d.]+)\) saturate\(([\d.]+)\) contrast\(([\d.]+)\)", CSS)
    assert found
    brightness, saturation, strength = (float(each) for each in found.groups())
    # The matrix of saturate(), as the CSS filter specification gives it.
    grey = np.array([0.213, 0.715, 0.072])
    matrix = saturation * np.eye(3) + (1 - saturation) * grey
    colours = np.clip(land() * brightness, 0, 1)
    colours = np.clip(colours @ matrix.T, 0, 1)
    return np.clip((colours - 0.5) * strength + 0.5, 0, 1)


def test_there_is_land_to_hold_colours_against() -> None:
    assert len(land()) > 2000
    assert luminance(dimmed_land()).max() < luminance(land()).min()


@pytest.mark.parametrize("name", INKS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_ink_stands_out_from_the_land(name: str, theme: str) -> None:
    ink = colour(getattr(INKS[name], theme))
    ratios = contrast(ink, land() if theme == "light" else dimmed_land())
    share = float((ratios >= 3).mean())
    assert share >= LEAST_SHARE, (
        f"{getattr(INKS[name], theme)}: 3:1 on {share:.0%} of the land; 5% have {np.quantile(ratios, 0.05):.2f} or less"
    )


@pytest.mark.parametrize("text", ["--text", "--soft", "--accent"])
@pytest.mark.parametrize("ground", ["--paper", "--sheet"])
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_can_be_read_on_its_paper(text: str, ground: str, theme: int) -> None:
    assert contrast(colour(PAIRS[text][theme]), colour(PAIRS[ground][theme])) >= 4.5


@pytest.mark.parametrize("verdict", ["supported", "partly-supported", "contested", "contradicted", "opinion"])
@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_a_verdict_can_be_read_on_its_paper(verdict: str, theme: int) -> None:
    assert contrast(colour(TONES[verdict][theme]), colour(PAIRS["--paper"][theme])) >= 4.5


def test_black_on_white_is_21_to_1() -> None:
    assert contrast(colour("#000000"), colour("#ffffff")) == pytest.approx(21)
