"""Refuses a point that lies in one country while the words for its place lie in the other."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from geodata.load import load
from geodata.locate import locate
from story.exactness import find_facts
from story.facts import Country, Fact, Precision, Spot
from story.model import Story
from story.sheet import Sheet

ISO3: dict[Country, str] = {"AF": "AFG", "PK": "PAK"}
NAMES: dict[Country, str] = {"AF": "Afghanistan", "PK": "Pakistan"}
# How far over the line a point may stand, by how exactly its place is known: so far the shipped line may be off, or
# the middle of a town or district that lies at it.
WITHIN_KM: dict[Precision | None, float] = {"exact": 1, "town": 1, "district": 2, "province": 2, None: 1}


@cache
def _countries_by_name() -> dict[str, frozenset[Country]]:
    """Every name of a country, province, tribal district or place of the two -> where it is; some are in both."""
    found: dict[str, set[Country]] = {name: {country} for country, name in NAMES.items()}
    for country, iso3 in ISO3.items():
        for dataset in ("admin1", "places"):
            frame = load(dataset)
            for name in frame[frame["country"] == iso3]["name"]:
                found.setdefault(str(name), set()).add(country)
    for name in load("tribal_districts")["name"]:
        found.setdefault(str(name), set()).add("PK")
    return {name: frozenset(countries) for name, countries in found.items()}


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_countries_by_name(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")


def country_of(words: str) -> Country | None:
    """The one of the two countries in which the places that words name lie; None where they name none, or both."""
    named = [_countries_by_name()[found[0]] for found in _pattern().finditer(words)]
    certain = {country for countries in named if len(countries) == 1 for country in countries}
    return next(iter(certain)) if len(certain) == 1 else None


def check_countries(story: Story, sheets: Mapping[str, Sheet]) -> None:
    """Note every place of a fact that `country`, or else its name, puts in one country and its position in the other.

    A fact whose place names neither is looked up in its title.
    """
    for sheet, index, fact in find_facts(story, sheets):
        _check(fact, fact.place or "", fact.title, sheet, (index,))
        for at, spot in enumerate(fact.also):
            _check(spot, spot.place, "", sheet, (index, "also", at))


def _check(spot: Fact | Spot, place: str, title: str, sheet: Sheet, loc: tuple[Any, ...]) -> None:
    told = spot.country or country_of(place) or (country_of(title) if not _pattern().search(place) else None)
    if told is None or spot.lat is None or spot.lon is None:
        return
    lies = locate((spot.lon, spot.lat))
    there: Country | None = next((country for country, iso3 in ISO3.items() if iso3 == lies.iso3), None)
    if there is not None and there != told and lies.durand_line_km > WITHIN_KM[spot.coord_precision]:
        found = f"{place or title!r} at {spot.lat:g}, {spot.lon:g}, {lies.durand_line_km:.1f} km inside {NAMES[there]}"
        expected = f"a position in {NAMES[told]}, or `country: {there}`"
        sheet.fault(sheet.line((*loc, "lat")), ".".join(map(str, (*loc, "lat"))), found, expected)
