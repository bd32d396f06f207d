"""Loading: shapes as a table, pictures as bytes, wrong ids answered with the nearest right one."""

from __future__ import annotations

import io
import math

import numpy as np
import pytest
from PIL import Image

from geodata.catalogue import read_catalogue
from geodata.errors import UnknownDatasetError, WrongKindError
from geodata.load import load, picture

CATALOGUE = read_catalogue()
VECTORS = [name for name, dataset in CATALOGUE.items() if dataset.kind == "vector"]
PICTURES = [name for name, dataset in CATALOGUE.items() if dataset.kind == "picture"]
GEOMETRIES = {
    "point": {"Point"},
    "line": {"LineString", "MultiLineString"},
    "polygon": {"Polygon", "MultiPolygon"},
}
MOST_BYTES = {"relief_core": 95_000, "relief_wide": 60_000}
MUST_SHOW = {"relief_core": (58, 22, 80, 39), "relief_wide": (27, 10, 90, 60)}


@pytest.mark.parametrize("name", VECTORS)
def test_a_table_has_the_columns_crs_and_geometry_of_the_catalogue(name: str) -> None:
    frame, dataset = load(name), CATALOGUE[name]
    assert tuple(frame.columns) == (*dataset.columns, "geometry")
    assert frame.crs == "EPSG:4326"
    assert dataset.geometry is not None
    assert set(frame.geom_type) <= GEOMETRIES[dataset.geometry]
    assert list(frame.index) == list(range(len(frame)))
    assert len(frame) > 0


@pytest.mark.parametrize("name", VECTORS)
def test_a_missing_value_is_none_never_nan(name: str) -> None:
    frame = load(name).drop(columns="geometry")
    values = [value for column in frame for value in frame[column]]
    assert all(value is None or value == value for value in values)  # noqa: PLR0124 - only NaN differs from itself


def test_a_copy_may_be_changed_without_changing_the_next() -> None:
    load("places")["name"] = "nowhere"
    assert "nowhere" not in set(load("places")["name"])


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_a_small_webp_of_the_shape_its_edges_say(name: str) -> None:
    content = picture(name)
    assert len(content) <= MOST_BYTES[name]
    with Image.open(io.BytesIO(content)) as image:
        assert image.format == "WEBP"
        assert image.width / image.height == pytest.approx(mercator_ratio(name), rel=2e-3)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_covers_the_region_it_is_for(name: str) -> None:
    bounds = CATALOGUE[name].bounds_wsen
    assert bounds is not None
    west, south, east, north = MUST_SHOW[name]
    assert bounds[0] <= west
    assert bounds[1] <= south
    assert bounds[2] >= east
    assert bounds[3] >= north


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_no_bare_strip_at_its_edges(name: str) -> None:
    with Image.open(io.BytesIO(picture(name))) as image:
        pixels = np.asarray(image.convert("RGB"))
    # Neither black nor blank white: land and sea are painted to the last pixel.
    for strip in (pixels[:, :2], pixels[:, -2:], pixels[:2], pixels[-2:]):
        assert strip.min() > 90
        assert (strip.min(axis=-1) < 250).mean() > 0.95


@pytest.mark.parametrize(("lonlat", "is_water"), [((64.0, 23.0), True), ((69.17, 34.53), False), ((72.5, 30.0), False)])
def test_the_core_picture_lies_where_its_edges_say(lonlat: tuple[float, float], is_water: bool) -> None:  # noqa: FBT001
    red, _, blue = pixel("relief_core", lonlat)
    assert (blue > red + 10) == is_water


@pytest.mark.parametrize(("lonlat", "is_water"), [((65.0, 15.0), True), ((50.5, 42.0), True), ((87.6, 43.8), False)])
def test_the_wide_picture_lies_where_its_edges_say(lonlat: tuple[float, float], is_water: bool) -> None:  # noqa: FBT001
    red, _, blue = pixel("relief_wide", lonlat)
    assert (blue > red + 10) == is_water


def test_an_unknown_id_is_answered_with_the_nearest() -> None:
    with pytest.raises(
        UnknownDatasetError, match="no dataset 'durand-line' in the catalogue; the nearest is 'durand_line'"
    ):
        load("durand-line")


def test_an_unknown_id_is_a_key_error_too() -> None:
    with pytest.raises(KeyError, match="valid ids: admin1, border_districts, border_regions"):
        picture("relief")


def test_a_picture_is_no_table() -> None:
    with pytest.raises(WrongKindError, match=r"use geodata\.load\.picture"):
        load("relief_core")


def test_a_table_is_no_picture() -> None:
    with pytest.raises(WrongKindError, match=r"use geodata\.load\.load"):
        picture("coast")


def mercator_y(lat: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def mercator_ratio(name: str) -> float:
    bounds = CATALOGUE[name].bounds_wsen
    assert bounds is not None
    west, south, east, north = bounds
    return math.radians(east - west) / (mercator_y(north) - mercator_y(south))


def pixel(name: str, lonlat: tuple[float, float]) -> tuple[int, ...]:
    bounds = CATALOGUE[name].bounds_wsen
    assert bounds is not None
    west, south, east, north = bounds
    with Image.open(io.BytesIO(picture(name))) as image:
        x = (lonlat[0] - west) / (east - west) * image.width
        y = (mercator_y(north) - mercator_y(lonlat[1])) / (mercator_y(north) - mercator_y(south)) * image.height
        found = image.convert("RGB").getpixel((int(x), int(y)))
    assert isinstance(found, tuple)
    return found
