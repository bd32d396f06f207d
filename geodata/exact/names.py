"""Tell the tribal districts among the districts of a file, by the many ways in which they are spelt."""

from difflib import get_close_matches
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from geodata.errors import RefusedError
from geodata.gazetteer import fold
from geodata.load import load

DATASET: Final = "tribal_districts"

HALVES: Final = {
    "South Waziristan": (
        ("upper south waziristan", "lower south waziristan"),
        ("south waziristan upper", "south waziristan lower"),
    ),
    "Kurram": (("upper kurram", "lower kurram", "central kurram"), ("kurram upper", "kurram lower", "kurram central")),
}
"""Agencies that newer files give in parts -> the parts, each way of writing them."""

SHORT: Final = {"FR Dera Ismail Khan": ("d i khan", "di khan"), "FR Lakki Marwat": ("lakki", "laki marwat")}
"""Frontier regions -> other spellings of the district that they belong to."""

_WORDS_LEFT_OUT: Final = {"agency", "district", "tribal"}


def choose_tribal(districts: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    """Give the tribal districts of a file and the names of the frontier regions that it does not have.

    The rows are those of the dataset tribal_districts, with the shapes of the file; parts of an agency are united.
    Raises RefusedError when one of the seven agencies is missing, with the nearest names that there are.
    """
    shipped = load(DATASET)
    known: dict[str, list[Any]] = {}
    for name, shape in zip(districts["name"], districts.geometry, strict=True):
        known.setdefault(_plain(name), []).append(shape)
    shapes = {row.name: _find(row.name, known) for row in shipped.itertuples()}
    missing = [row.name for row in shipped.itertuples() if shapes[row.name] is None]
    agencies = [name for name in missing if not name.startswith("FR ")]
    if agencies:
        raise RefusedError("\n".join(_say_missing(name, districts["name"].tolist()) for name in agencies))
    found = shipped[~shipped["name"].isin(missing)]
    return found.set_geometry([shapes[name] for name in found["name"]], crs=4326), tuple(missing)


def _find(name: str, known: dict[str, list[Any]]) -> Any:
    for parts in _spellings(name):
        if all(part in known for part in parts):
            return shapely.union_all(np.array([shape for part in parts for shape in known[part]]))
    return None


def _spellings(name: str) -> list[tuple[str, ...]]:
    """Give the ways of writing a name, each as the names of its parts."""
    if not name.startswith("FR "):
        return [(_plain(name),), *HALVES.get(name, ())]
    homes = [fold(name.removeprefix("FR ")), *SHORT.get(name, ())]
    forms = ("fr {}", "f r {}", "frontier region {}", "{} subdivision", "{} sub division", "tribal sub division {}")
    return [(_plain(form.format(home)),) for home in homes for form in forms]


def _plain(name: str) -> str:
    return " ".join(word for word in fold(name).split() if word not in _WORDS_LEFT_OUT)


def _say_missing(name: str, names: list[str]) -> str:
    near = get_close_matches(name, names, n=3, cutoff=0.0)
    return f"{name}: found no district of that name among {len(names)}; the nearest are {', '.join(map(repr, near))}"
