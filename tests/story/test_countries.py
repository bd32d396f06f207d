"""A point lies in the country that the words for its place put it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.load import load
from story.countries import country_of
from story.read import read_story
from tests.story.faulty import change, line_of

if TYPE_CHECKING:
    from pathlib import Path

SEA = "facts/sea.yaml"


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("Barmal, Paktika", "AF"),
        ("A house in Mohmand", "PK"),
        ("Eastern Afghanistan", "AF"),
        ("Chaman and Spin Boldak", None),
        ("West reef", None),
        ("Kabuliwala street", None),
        ("Karachi, seen from Kabul", None),
    ],
)
def test_words_tell_a_country_where_they_name_places_of_one(words: str, country: str | None) -> None:
    assert country_of(words) == country


def test_every_province_tells_its_country() -> None:
    frame = load("admin1")
    for name, iso3 in zip(frame["name"], frame["country"], strict=True):
        assert country_of(f"near {name}") in ({"AFG": "AF", "PAK": "PK"}[iso3], None), name


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        ("place: Khost", "place: Khost"),
        ("place: West reef\n  country: AF", "place: West reef"),
        ("place: West reef, seen from Kabul", "seen from Kabul"),
    ],
)
def test_a_point_in_the_other_country_is_told(tiny_copy: Path, place: str, wrong: str) -> None:
    path = tiny_copy / SEA
    path.write_text(path.read_text().replace("lat: 24.9\n  lon: 62.4", "lat: 25.9\n  lon: 64.4"))
    faults = change(tiny_copy, SEA, "place: West reef", place)
    assert [(fault.key, fault.line) for fault in faults] == [("0.lat", line_of(tiny_copy, SEA, "lat: 25.9"))]
    assert wrong.removeprefix("place: ") in faults[0].found
    assert "km inside Pakistan" in faults[0].found
    assert "in Afghanistan" in faults[0].expected


def test_a_second_place_is_looked_at_too_and_a_country_that_is_given_decides(tiny_copy: Path) -> None:
    path = tiny_copy / SEA
    path.write_text(path.read_text().replace("lat: 25.1, lon: 62.9", "lat: 26.1, lon: 64.9"))
    faults = change(tiny_copy, SEA, "Where her mast was found", "A hill in Helmand")
    assert [fault.key for fault in faults] == ["0.also.0.lat"]
    path.write_text(path.read_text().replace("A hill in Helmand,", "A hill in Helmand, country: PK,"))
    assert read_story(tiny_copy)


@pytest.mark.parametrize(("km", "told"), [(0.4, False), (4, True)])
def test_what_stands_at_the_line_is_not_refused(tiny_copy: Path, km: float, *, told: bool) -> None:
    """Torkham lies on the line; to the west of it is Afghanistan."""
    path = tiny_copy / SEA
    path.write_text(path.read_text().replace("lat: 24.9\n  lon: 62.4", f"lat: 34.1234\n  lon: {71.0943 - km / 92}"))
    if told:
        assert [fault.key for fault in change(tiny_copy, SEA, "place: West reef", "place: Landi Kotal")] == ["0.lat"]
    else:
        path.write_text(path.read_text().replace("place: West reef", "place: Landi Kotal"))
        assert read_story(tiny_copy)
