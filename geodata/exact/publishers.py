"""Who publishes exact districts, and where the file lies today: each service is asked, since addresses change."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from geodata.catalogue import Licence
from geodata.errors import DownloadError
from geodata.exact.download import read_answer

OCHA_API: Final = "https://data.humdata.org/api/3/action/package_show?id=cod-ab-pak"
GEOBOUNDARIES_API: Final = "https://www.geoboundaries.org/api/current/gbOpen/PAK/ADM2/"

_RAW: Final = re.compile(r"https://github\.com/([^/]+/[^/]+)/raw/(.+)")
"""Addresses that may answer with a Git LFS pointer; the file itself lies on another host."""


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A file of districts: where it lies, whose it is, which edition, under which licence (in words: licence_words)."""

    url: str
    publisher: str
    package: str
    edition: str
    licence: Licence
    licence_words: str
    other_url: str | None = None
    """Where the same file lies when url answers with a pointer."""


def find_ocha(api_url: str = OCHA_API) -> Publication:
    """Ask the Humanitarian Data Exchange for OCHA's common operational datasets of Pakistan (COD-AB).

    Raises DownloadError when it cannot be asked, or lists no GeoJSON.
    """
    answer = read_answer(api_url)
    package = answer.get("result", {}) if isinstance(answer, dict) else {}
    files = [file for file in package.get("resources", []) if isinstance(file, dict) and _is_geojson(file)]
    if not files:
        listed = ", ".join(str(file.get("name")) for file in package.get("resources", [])) or "nothing"
        raise DownloadError(f"{api_url}: found {listed}, expected a GeoJSON file of districts")
    best = min(files, key=lambda file: "admin2" not in str(file.get("name", "")).lower())
    return Publication(
        url=str(best.get("download_url") or best["url"]),
        publisher=str(package.get("dataset_source") or "OCHA"),
        package="OCHA COD-AB Pakistan (cod-ab-pak)",
        edition=str(package.get("dataset_date") or package.get("last_modified") or "edition not stated"),
        licence="CC-BY-3.0-IGO",
        licence_words=str(package.get("license_title") or "CC BY-IGO"),
    )


def find_geoboundaries(api_url: str = GEOBOUNDARIES_API) -> Publication:
    """Ask geoBoundaries for its open districts of Pakistan. Raises DownloadError when it cannot be asked."""
    answer = read_answer(api_url)
    found: Any = answer[0] if isinstance(answer, list) and answer else answer
    url = found.get("gjDownloadURL") if isinstance(found, dict) else None
    if not isinstance(url, str):
        raise DownloadError(f"{api_url}: found no key 'gjDownloadURL', expected the address of a GeoJSON file")
    raw = _RAW.fullmatch(url)
    return Publication(
        url=url,
        publisher=f"geoBoundaries, after {found.get('boundarySource') or 'a source that is not stated'}",
        package="geoBoundaries gbOpen PAK ADM2",
        edition=f"{found.get('boundaryID', '')} ({found.get('boundaryYearRepresented', 'year not stated')})".strip(),
        licence="LicenseRef-see-source",
        licence_words=str(found.get("boundaryLicense") or "not stated"),
        other_url=f"https://media.githubusercontent.com/media/{raw[1]}/{raw[2]}" if raw else None,
    )


def given(url: str) -> Publication:
    """Take an address or a file that the user gives; whose it is, only the user knows."""
    return Publication(
        url=url,
        publisher="the file that was given",
        package="given by hand",
        edition="edition not stated",
        licence="LicenseRef-see-source",
        licence_words="not stated",
    )


PUBLISHERS: Final[dict[str, Callable[[], Publication]]] = {"ocha": find_ocha, "geoboundaries": find_geoboundaries}
"""In the order in which they are tried."""


def _is_geojson(file: dict[str, Any]) -> bool:
    return "geojson" in f"{file.get('name', '')} {file.get('format', '')} {file.get('url', '')}".lower()
