"""Write what a recipe made into geodata/files/ and put its checksum into the catalogue."""

from hashlib import sha256
from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from ruamel.yaml import YAML

from geodata.catalogue import CATALOGUE_FILE, read_catalogue

GRID_DEG: Final = 2.0**-16
"""Shipped coordinates lie on this grid, 1.5e-5 degrees or 1.7 m: a power of two, so most bits are 0 and pack
well.
"""


def on_grid(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Round coordinates in degrees to the shipping grid; equal vertices stay equal, none is dropped."""
    return gpd.GeoSeries(
        shapely.transform(np.asarray(shapes), lambda lonlat: np.round(lonlat / GRID_DEG) * GRID_DEG),
        index=shapes.index,
        crs=shapes.crs,
    )


def ship_frame(dataset_id: str, frame: gpd.GeoDataFrame) -> None:
    """Write a frame in EPSG:4326 as GeoParquet (zstd) with the columns of the catalogue, and seal it."""
    dataset = read_catalogue()[dataset_id]
    tidy = frame[[*dataset.columns, "geometry"]].reset_index(drop=True)
    tidy.to_parquet(dataset.path, compression="zstd", compression_level=19, index=False)
    _seal(dataset_id, dataset.path.read_bytes())


def ship_picture(dataset_id: str, content: bytes) -> None:
    """Write a picture's bytes and seal it."""
    read_catalogue()[dataset_id].path.write_bytes(content)
    _seal(dataset_id, content)


def _seal(dataset_id: str, content: bytes) -> None:
    """Put the checksum of a shipped file into the catalogue, leaving the rest as it is written."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    document = yaml.load(CATALOGUE_FILE.read_text(encoding="utf-8"))
    document["datasets"][dataset_id]["sha256"] = sha256(content).hexdigest()
    with CATALOGUE_FILE.open("w", encoding="utf-8") as out:
        yaml.dump(document, out)
    print(f"{dataset_id}: {len(content):,} bytes")
