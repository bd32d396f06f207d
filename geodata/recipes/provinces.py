"""Read the provinces of Afghanistan and Pakistan from Natural Earth, with the names and codes put right."""

import json
import re
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
from shapely.geometry import shape

from geodata.recipes.ship import read_table

ISO_AND_NAME: Final = {
    "AFG-1745": ("AF-FYB", "Faryab"),
    "AFG-1747": ("AF-GHO", "Ghor"),
    "AFG-1748": ("AF-SAR", "Sar-e Pol"),
    "AFG-1752": ("AF-URU", "Uruzgan"),
    "AFG-1753": ("AF-DAY", "Daykundi"),
    "AFG-1759": ("AF-PKA", "Paktika"),
    "AFG-1769": ("AF-PAN", "Panjshir"),
    "AFG-3413": ("AF-PIA", "Paktia"),
    "PAK-1108": ("PK-BA", "Balochistan"),
    "PAK-1109": ("PK-JK", "Azad Jammu and Kashmir (Pakistan-administered)"),
    "PAK-1110": ("PK-IS", "Islamabad Capital Territory"),
    "PAK-1111": ("PK-GB", "Gilgit-Baltistan (Pakistan-administered)"),
    "PAK-1112": ("PK-TA", "former F.A.T.A., merged into Khyber Pakhtunkhwa in 2018"),
    "PAK-1114": ("PK-SD", "Sindh"),
    "PAK-1123": ("PK-KP", "Khyber Pakhtunkhwa"),
}
"""Natural Earth's own code -> (ISO 3166-2, English name of today) where Natural Earth is wrong or out of
date.

Panjshir and Daykundi carry the names of the provinces they left; Paktia's and Paktika's codes are swapped.
"""

NAMES_TABLE: Final = Path(__file__).with_name("province_names.csv")
"""Pashto names (Natural Earth has none), and Dari and Urdu ones where Natural Earth's are wrong, long or short."""

LANGUAGES: Final = ("ps", "fa", "ur")

_PROVINCE: Final = re.compile(r"^(ولایت|صوبہ) | (صوبہ|پراونس)$")
"""The word province in front of or behind a name."""

_NOT_A_NAME: Final = {("PK-TA", "fa")}
"""Natural Earth describes the area in Persian with a letter lost."""


def read_provinces(path: Path) -> gpd.GeoDataFrame:
    """Give code, name, country (AFG or PAK), the names in three languages and Natural Earth's shape of each province.

    name_ps, name_fa (Dari) and name_ur may be None; names_origin says who gave each ("ps: curated; fa: Natural
    Earth"). name_local is the Dari name in Afghanistan and the Urdu one in Pakistan.
    """
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    ours = read_table(NAMES_TABLE).set_index("code").to_dict("index")
    rows = [
        _row(f["properties"], f["geometry"], ours) for f in features if f["properties"]["adm0_a3"] in ("AFG", "PAK")
    ]
    return gpd.GeoDataFrame(sorted(rows, key=lambda row: row["code"]), geometry="geometry", crs=4326)


def _row(
    properties: dict[str, Any], geometry: dict[str, Any], ours: dict[str, dict[str, str | None]]
) -> dict[str, Any]:
    code, name = ISO_AND_NAME.get(properties["adm1_code"], (properties["iso_3166_2"], properties["name_en"]))
    country = properties["adm0_a3"]
    curated = {language: ours[code][f"name_{language}"] for language in LANGUAGES}
    theirs = {
        language: _PROVINCE.sub("", properties[f"name_{language}"])
        for language in ("fa", "ur")
        if (code, language) not in _NOT_A_NAME
    }
    names = {language: curated[language] or theirs.get(language) for language in LANGUAGES}
    origin = [f"{key}: {'curated' if curated[key] else 'Natural Earth'}" for key in LANGUAGES if names[key]]
    return {
        "code": code,
        "name": name,
        "country": country,
        "name_local": names["fa" if country == "AFG" else "ur"],
        **{f"name_{language}": names[language] for language in LANGUAGES},
        "names_origin": "; ".join(origin),
        "geometry": shape(geometry),
    }
