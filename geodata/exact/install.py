"""Put checked districts in the place of the shipped ones: file first, then the catalogue that names it, in one step."""

import os
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import yaml

from geodata.catalogue import CATALOGUE_FILE, LOCAL_VARIABLE, local_folder, read_catalogue
from geodata.errors import RefusedError
from geodata.exact.fit import Findings
from geodata.exact.names import DATASET
from geodata.exact.publishers import Publication

FINEST_KM: Final = 0.1
"""No better accuracy is claimed than the detail that is kept."""


def install(districts: gpd.GeoDataFrame, findings: Findings, publication: Publication, file_sha256: str) -> Path:
    """Write the districts and their catalogue entry into the local folder and give the file written.

    The new file has a name of its own; what was there stays in force until the catalogue, replaced at once, names the
    new one. Raises RefusedError when the folder cannot be written, and nothing has changed then.
    """
    folder = local_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f".{DATASET}.{os.getpid()}.parquet"
        districts.to_parquet(fresh, compression="zstd", index=False)
        digest = sha256(fresh.read_bytes()).hexdigest()
        path = folder / f"{DATASET}.{digest[:12]}.parquet"
        fresh.replace(path)
        entry = _entry(path.name, digest, findings, publication, file_sha256)
        _replace_catalogue(folder / CATALOGUE_FILE.name, {"datasets": {DATASET: entry}})
    except OSError as error:
        raise RefusedError(
            f"{folder}: cannot be written: {error}; set {LOCAL_VARIABLE} to a folder that can"
        ) from error
    if read_catalogue()[DATASET].path != path:
        raise RefusedError(f"{path}: written, but not taken up by the catalogue")
    for old in folder.glob(f"{DATASET}.*.parquet"):
        if old != path:
            old.unlink()
    return path


def remove() -> bool:
    """Take the local districts away, so that the shipped approximation stands again; say whether there were any."""
    folder = local_folder()
    found = (folder / CATALOGUE_FILE.name).exists()
    (folder / CATALOGUE_FILE.name).unlink(missing_ok=True)
    for path in folder.glob(f"{DATASET}.*.parquet"):
        path.unlink()
    return found


def _replace_catalogue(path: Path, content: dict[str, Any]) -> None:
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with fresh.open("w", encoding="utf-8") as out:
        out.write("# Written by python -m geodata.exact; python -m geodata.exact --remove takes it away.\n")
        yaml.safe_dump(content, out, allow_unicode=True, sort_keys=False, width=4096)
    fresh.replace(path)


def _entry(file: str, digest: str, findings: Findings, publication: Publication, file_sha256: str) -> dict[str, Any]:
    shipped = read_catalogue(CATALOGUE_FILE)[DATASET]
    ours = [source for source in shipped.sources if source.licence == "ODbL-1.0"]
    theirs = {
        "package": publication.package,
        "version": publication.edition,
        "registry": "download",
        "what": f"districts by {publication.publisher}; licence as stated: {publication.licence_words}",
        "licence": publication.licence,
        "files": {publication.url: file_sha256},
    }
    return {
        **shipped.model_dump(mode="json", exclude={"id", "folder", "bounds_wsen"}),
        "title": "Tribal agencies until 2018, from published boundaries",
        "file": file,
        "columns": list(shipped.columns),
        "sources": [theirs, *(source.model_dump(mode="json") for source in ours)],
        "credit": f"Tribal districts: {publication.publisher} ({publication.licence_words}); © OpenStreetMap "
        "contributors (ODbL)",
        "source_date": publication.edition,
        "retrieved": datetime.now(tz=UTC).date(),
        "accuracy_km": max(FINEST_KM, round(findings.line_off_km, 1)),
        "approximate": False,
        "sha256": digest,
        "recipe": "geodata.exact",
        "faults": _known_faults(findings),
    }


def _known_faults(findings: Findings) -> list[str]:
    faults = [
        (
            f"Checked when fetched: overlap with F.A.T.A. {findings.overlap:.0%} (intersection over union); the outer "
            f"edge lay {findings.line_off_km:.1f} km off our Durand Line on average and was moved onto it."
        ),
        "Simplified to 100 m; outer edges are those of F.A.T.A. in admin1.",
    ]
    if findings.kept_schematic:
        names = ", ".join(findings.kept_schematic)
        faults.append(f"Not in the file, and still approximate, schematic shapes within about 3 km: {names}.")
    return faults
