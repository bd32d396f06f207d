"""Provinces and districts along the line: the right ones, and together exactly as long as the line on either side."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geodata.load import load
from geodata.measure import length_km
from geodata.recipes.border_regions import touched_km

ALONG = {
    "AFG": [
        "AF-NIM",
        "AF-HEL",
        "AF-KAN",
        "AF-ZAB",
        "AF-PKA",
        "AF-KHO",
        "AF-PIA",
        "AF-NAN",
        "AF-KNR",
        "AF-NUR",
        "AF-BDS",
    ],
    "PAK": ["PK-BA", "PK-TA", "PK-KP", "PK-GB"],
}
"""From Iran to China."""


@pytest.mark.parametrize("country", ALONG)
def test_the_provinces_of_one_side_follow_each_other_and_fill_the_line(country: str) -> None:
    regions = load("border_regions").query("country == @country")
    assert list(regions.code) == ALONG[country]
    whole_km = length_km(load("durand_line").geometry[0])
    assert regions.length_on_line_km.sum() == pytest.approx(whole_km, abs=1)
    assert regions.share_pct.sum() == pytest.approx(100, abs=0.5)
    ends = (regions.from_km + regions.length_on_line_km).to_numpy()
    assert regions.from_km.iloc[0] == 0
    assert np.abs(ends[:-1] - regions.from_km.to_numpy()[1:]).max() < 0.2


def test_the_shapes_and_names_are_those_of_the_provinces() -> None:
    regions, provinces = load("border_regions").set_index("code"), load("admin1").set_index("code")
    assert regions.geometry.geom_equals(provinces.geometry[regions.index]).all()
    assert (regions.name == provinces.name[regions.index]).all()


def test_a_region_that_meets_the_line_in_a_point_is_left_out() -> None:
    line = shapely.LineString([(60, 30), (60.5, 30), (61, 30)])
    areas = load("border_regions").iloc[:2].copy()
    areas.geometry = [
        shapely.Polygon([(60, 30), (60.5, 30), (60.5, 31), (60, 31)]),
        shapely.Polygon([(61, 30), (62, 30), (62, 31)]),
    ]
    touched = touched_km(areas, line)
    assert list(touched.index) == [areas.index[0]]
    assert touched.share_pct.iloc[0] == 50
    assert touched.from_km.iloc[0] == 0


def test_pakistans_districts_follow_each_other_along_the_whole_line() -> None:
    districts = load("border_districts")
    assert districts.length_on_line_km.sum() == pytest.approx(length_km(load("durand_line").geometry[0]), abs=1)
    ends = (districts.from_km + districts.length_on_line_km).to_numpy()
    assert np.abs(ends[:-1] - districts.from_km.to_numpy()[1:]).max() < 0.5
    assert districts.name.is_unique


def test_the_districts_of_a_province_have_its_share_of_the_line() -> None:
    regions = load("border_regions").set_index("code").length_on_line_km
    by_province = load("border_districts").groupby("province").length_on_line_km.sum()
    assert set(by_province.index) == set(ALONG["PAK"])
    for code, touched_km_ in by_province.items():
        assert touched_km_ == pytest.approx(regions[code], abs=1)


DISTRICT_OF = {"chaman": "Qila Abdullah", "badini": "Zhob", "bin-shahi": "Lower Dir", "arandu": "Chitral"}
"""The records name Chaman (then in Qila Abdullah), Qila Saifullah or Zhob, Dir, and Lower Chitral."""


@pytest.mark.parametrize(("crossing", "district"), DISTRICT_OF.items())
def test_crossings_touch_the_district_that_their_record_names(crossing: str, district: str) -> None:
    point = load("crossings").set_index("id").geometry[crossing]
    shapes = load("border_districts").set_index("name").geometry
    touched = {name for name, shape in shapes.items() if shapely.distance(shape, point) < 1e-4}
    assert touched == {district}
