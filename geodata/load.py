"""Load a dataset of the catalogue: shapes as a GeoDataFrame, a picture as bytes."""

from functools import lru_cache
from pathlib import Path

import geopandas as gpd

from geodata.catalogue import Dataset, read_catalogue
from geodata.errors import UnknownDatasetError, WrongKindError


def load(dataset_id: str) -> gpd.GeoDataFrame:
    """Give the shapes of a dataset in EPSG:4326 (longitude, latitude), with the columns of the catalogue.

    The file is read once per process; every call gives a fresh copy, safe to change. A missing value is None.
    Raises UnknownDatasetError for an id that is not in the catalogue, WrongKindError for a picture.
    """
    dataset = _find(dataset_id)
    if dataset.kind != "vector":
        raise WrongKindError(f"dataset {dataset_id!r} is a {dataset.kind}; use geodata.load.picture for it")
    return _read_frame(dataset.path).copy()


def picture(dataset_id: str) -> bytes:
    """Give the file of a picture: WebP in Web Mercator; its edges are `bounds_wsen` of the catalogue.

    Raises UnknownDatasetError for an id that is not in the catalogue, WrongKindError for a table of shapes.
    """
    dataset = _find(dataset_id)
    if dataset.kind != "picture":
        raise WrongKindError(f"dataset {dataset_id!r} is a {dataset.kind} dataset; use geodata.load.load for it")
    return _read_bytes(dataset.path)


def _find(dataset_id: str) -> Dataset:
    catalogue = read_catalogue()
    if dataset_id not in catalogue:
        raise UnknownDatasetError(dataset_id, catalogue)
    return catalogue[dataset_id]


@lru_cache(maxsize=32)
def _read_frame(path: Path) -> gpd.GeoDataFrame:
    frame = gpd.read_parquet(path)
    for column in frame.columns[frame.isna().any()]:
        frame[column] = frame[column].astype(object).where(frame[column].notna(), None)
    return frame


@lru_cache(maxsize=8)
def _read_bytes(path: Path) -> bytes:
    return path.read_bytes()
