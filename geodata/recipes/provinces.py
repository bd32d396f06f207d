"""Read the provinces of Afghanistan and Pakistan from Natural Earth, with the names and codes put right."""

import json
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
from shapely.geometry import shape

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

LOCAL_NAME: Final = {
    "AF-DAY": "دایکندی",
    "AF-PAN": "پنجشیر",
    "AF-URU": "ارزگان",
    "PK-IS": "اسلام آباد",
    "PK-JK": "آزاد جموں و کشمیر",
    "PK-TA": "وفاق کے زیر انتظام قبائلی علاقہ جات",
}
"""Names in Dari (Afghanistan) or Urdu (Pakistan) where Natural Earth's are wrong or short."""

_PREFIX_FA: Final = "ولایت "


def read_provinces(path: Path) -> gpd.GeoDataFrame:
    """Give code, name, country (AFG or PAK), name_local and Natural Earth's shape of each province."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    rows = [_row(f["properties"], f["geometry"]) for f in features if f["properties"]["adm0_a3"] in ("AFG", "PAK")]
    return gpd.GeoDataFrame(sorted(rows, key=lambda row: row["code"]), geometry="geometry", crs=4326)


def _row(properties: dict[str, Any], geometry: dict[str, Any]) -> dict[str, Any]:
    code, name = ISO_AND_NAME.get(properties["adm1_code"], (properties["iso_3166_2"], properties["name_en"]))
    country = properties["adm0_a3"]
    theirs = properties["name_fa"].removeprefix(_PREFIX_FA) if country == "AFG" else properties["name_ur"]
    return {
        "code": code,
        "name": name,
        "country": country,
        "name_local": LOCAL_NAME.get(code, theirs),
        "geometry": shape(geometry),
    }
