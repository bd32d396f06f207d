"""Read the catalogue: what each dataset is, where it comes from, its licence, accuracy and faults."""

import os
import warnings
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from geodata.errors import CatalogueError

CATALOGUE_FILE = Path(__file__).with_name("catalogue.yaml")
FILES_FOLDER = Path(__file__).with_name("files")
LOCAL_FOLDER = Path(__file__).with_name("local")
"""Datasets that the owner of this copy has fetched to replace shipped ones (`python -m geodata.exact`); not in git."""

LOCAL_VARIABLE: Final = "GEODATA_LOCAL"
"""Environment variable with another folder for them, for a read-only installation or a test."""

FURTHEST_LON: Final = 180.0
LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MERCATOR_LAT: Final = 85.06
"""Web Mercator ends here, in degrees north and south."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Text = Annotated[str, Field(min_length=1)]
Licence = Literal[
    "CC-BY-3.0-IGO",
    "CC-BY-4.0",
    "LGPL-3.0-or-later",
    "LicenseRef-public-domain",
    "LicenseRef-see-source",
    "ODbL-1.0",
    "Unlicense",
]
"""SPDX identifiers in use. LicenseRef-public-domain: dedicated to the public without a licence text;
LicenseRef-see-source: the words of `what` say it.
"""


class _Record(BaseModel):
    """A value: unknown keys are refused, changing it is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Record):
    """One package a dataset was made from, at build time."""

    package: Text
    version: Text
    registry: Literal["pypi", "npm", "debian", "download"]
    what: Text
    licence: Licence
    files: dict[str, Sha256] = Field(min_length=1)
    """Path inside the unpacked package, or address of a download -> SHA-256 of that file."""


class Dataset(_Record):
    """One shipped file and everything a reader, a page or a lawyer may ask about it."""

    id: Text
    title: Text
    file: Text
    """Name in geodata/files/."""
    kind: Literal["vector", "picture"]
    geometry: Literal["point", "line", "polygon"] | None = None
    columns: tuple[str, ...] = ()
    """Columns besides geometry, in order; none for a picture."""
    sources: tuple[Source, ...] = Field(min_length=1)
    licence: Licence
    """Licence of the shipped file."""
    credit: Text
    """The line to print wherever the dataset is shown."""
    source_date: Text
    """State of the world, or edition, that the source shows; words, since few sources give a day."""
    retrieved: date
    accuracy_km: float = Field(gt=0)
    """Typical distance between a shown place and the true one, in km."""
    approximate: bool = False
    """To be labelled as approximate wherever it is drawn; not for telling on which side of an edge a place lies."""
    units: Text
    crs: Literal["EPSG:4326", "EPSG:3857"]
    bounds_wsen: tuple[float, float, float, float] | None = None
    """West, south, east, north in degrees: the outer edges of a picture."""
    sha256: Sha256
    recipe: Annotated[str, Field(pattern=r"^geodata\.(recipes\.[a-z_]+|exact)$")]
    faults: tuple[Text, ...] = ()
    """Known faults, in plain words."""
    folder: Path = FILES_FOLDER

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self.folder / self.file

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.kind == "picture":
            wrong = [
                k
                for k, bad in (
                    ("bounds_wsen", self.bounds_wsen is None),
                    ("columns", self.columns),
                    ("geometry", self.geometry),
                    ("crs", self.crs != "EPSG:3857"),
                )
                if bad
            ]
            wanted = "a picture has bounds_wsen and crs EPSG:3857, no columns and no geometry"
        else:
            wrong = [
                k
                for k, bad in (
                    ("bounds_wsen", self.bounds_wsen),
                    ("geometry", not self.geometry),
                    ("crs", self.crs != "EPSG:4326"),
                )
                if bad
            ]
            wanted = "a vector dataset has a geometry and crs EPSG:4326, no bounds_wsen"
        if wrong:
            raise ValueError(f"{', '.join(wrong)}: {wanted}")
        if self.bounds_wsen:
            west, south, east, north = self.bounds_wsen
            if not (-FURTHEST_LON <= west < east <= FURTHEST_LON and -MERCATOR_LAT <= south < north <= MERCATOR_LAT):
                raise ValueError("bounds_wsen: expected west < east and south < north in degrees")
        return self


def read_catalogue(path: Path | None = None) -> dict[str, Dataset]:
    """Give every dataset by its id, in the order of the file; local ones in the place of those that they replace.

    A local catalogue that is damaged, or whose files are, is left out with a warning: the shipped data still stand.
    With a path, of CATALOGUE_FILE too, that file alone is read. Raises CatalogueError with all faults at once when the
    file is missing, no YAML, or breaks the model.
    """
    datasets = dict(_read_once(path or CATALOGUE_FILE, _changed_ns(path or CATALOGUE_FILE)))
    own = local_folder() / CATALOGUE_FILE.name
    if path is None and own.exists():
        datasets.update(_read_local(own, _changed_ns(own)))
    return datasets


def local_folder() -> Path:
    """Give the folder of local datasets; it need not exist."""
    return Path(os.environ.get(LOCAL_VARIABLE) or LOCAL_FOLDER)


def _changed_ns(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


@lru_cache(maxsize=4)
def _read_local(path: Path, changed_ns: int) -> dict[str, Dataset]:
    shipped = _read_once(CATALOGUE_FILE, _changed_ns(CATALOGUE_FILE))
    try:
        own = {
            name: row.model_copy(update={"folder": path.parent}) for name, row in _read_once(path, changed_ns).items()
        }
        faults = [fault for name, dataset in own.items() if (fault := _unfit(dataset, shipped.get(name)))]
    except CatalogueError as error:
        own, faults = {}, [str(error)]
    if faults:
        warnings.warn(f"{path}: left out, the shipped data stand: {'; '.join(faults)}", stacklevel=2)
        return {}
    return own


def _unfit(own: Dataset, shipped: Dataset | None) -> str | None:
    if shipped is None or (own.kind, own.geometry, own.columns) != (shipped.kind, shipped.geometry, shipped.columns):
        return f"{own.id}: expected the id, kind and columns of a shipped dataset"
    if not own.path.is_file() or sha256(own.path.read_bytes()).hexdigest() != own.sha256:
        return f"{own.id}: {own.file} is missing or not the file of the catalogue; fetch it again"
    return None


@lru_cache(maxsize=4)
def _read_once(path: Path, _changed_ns: int) -> dict[str, Dataset]:
    rows = _read_rows(path)
    datasets: dict[str, Dataset] = {}
    faults: list[str] = []
    for dataset_id, fields in rows.items():
        if not isinstance(fields, dict):
            faults.append(f"{path.name}: {dataset_id}: found {fields!r}, expected the fields of a dataset")
            continue
        try:
            datasets[dataset_id] = Dataset.model_validate({"id": dataset_id, **fields})
        except ValidationError as error:
            faults.extend(_say(path, dataset_id, fault) for fault in error.errors())
    if faults:
        raise CatalogueError("\n".join(faults))
    return datasets


def _read_rows(path: Path) -> dict[str, Any]:
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe one
    except FileNotFoundError as error:
        raise CatalogueError(f"{path}: found no file, expected the catalogue of datasets") from error
    except yaml.YAMLError as error:
        raise CatalogueError(f"{path.name}: found no readable YAML: {error}") from error
    if not isinstance(content, dict) or not isinstance(content.get("datasets"), dict):
        raise CatalogueError(f"{path.name}: key 'datasets': expected a mapping of id to dataset")
    return dict(content["datasets"])


def _say(path: Path, dataset_id: str, fault: Any) -> str:
    key = ".".join([dataset_id, *(str(part) for part in fault["loc"])])
    found = "nothing" if fault["type"] == "missing" else repr(fault["input"])
    return f"{path.name}: {key}: found {found[:120]}, expected: {fault['msg']}"
