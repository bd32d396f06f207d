"""Areas and lengths against published figures, each with the tolerance that the sources deserve."""

from __future__ import annotations

import pytest

from geodata.load import load
from geodata.measure import area_km2, length_km


def country_km2(iso3: str) -> float:
    provinces = load("admin1")
    return sum(map(area_km2, provinces[provinces.country == iso3].geometry))


def test_fata_has_its_published_area() -> None:
    # 27,220 km2 published; Natural Earth's shape has 27,423; the re-cut to OpenStreetMap's line takes 2 % off.
    fata = load("admin1").set_index("code").geometry["PK-TA"]
    assert area_km2(fata) == pytest.approx(27_220, rel=0.015)


def test_afghanistan_has_its_published_area() -> None:
    # 652,230 km2 published, 641,747 by OpenStreetMap's outline in full: the outline is 1.6 % smaller.
    assert country_km2("AFG") == pytest.approx(652_230, rel=0.02)
    assert country_km2("AFG") == pytest.approx(641_747, rel=0.001)


def test_pakistan_with_kashmir_and_gilgit_has_its_published_area() -> None:
    # 881,913 km2 published with inland water and coast, 873,232 by OpenStreetMap's outline, land only.
    assert country_km2("PAK") == pytest.approx(881_913, rel=0.015)
    assert country_km2("PAK") == pytest.approx(873_232, rel=0.001)


def test_the_durand_line_has_the_length_of_100_m_detail() -> None:
    # 2,790 km in full detail, 2,669 at 100 m by the line's own rule.
    assert length_km(load("durand_line").geometry[0]) == pytest.approx(2_669, rel=0.005)


@pytest.mark.parametrize(
    ("code", "low", "high"),
    [
        ("PK-BA", 340_000, 350_000),
        ("PK-PB", 203_000, 208_000),
        ("PK-SD", 138_000, 145_000),
        ("PK-KP", 72_000, 77_000),
        ("AF-HEL", 56_000, 60_000),
        ("AF-PAN", 3_000, 4_500),
        ("AF-DAY", 15_000, 19_000),
    ],
)
def test_provinces_have_the_size_their_names_promise(code: str, low: float, high: float) -> None:
    assert low <= area_km2(load("admin1").set_index("code").geometry[code]) <= high


@pytest.mark.parametrize(
    ("name", "low_km", "high_km"),
    [("Indus", 2_200, 3_200), ("Helmand", 900, 1_200), ("Kabul", 330, 700), ("Kurram", 230, 330), ("Gomal", 230, 420)],
)
def test_rivers_are_about_as_long_as_they_should_be(name: str, low_km: float, high_km: float) -> None:
    assert low_km <= length_km(load("rivers").set_index("name").geometry[name]) <= high_km
