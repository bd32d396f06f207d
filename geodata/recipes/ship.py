"""Read a curated table; write what a recipe made into geodata/files/ and put its checksum into the catalogue."""

from hashlib import sha256
from pathlib import Path

import geopandas as gpd
import pandas as pd
from ruamel.yaml import YAML

from geodata.catalogue import CATALOGUE_FILE, read_catalogue


def read_table(path: Path) -> pd.DataFrame:
    """Read a curated table as text, dates included; an empty cell is None."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False).astype(object)
    return table.where(table != "", None)


def ship_frame(dataset_id: str, frame: gpd.GeoDataFrame) -> None:
    """Write a frame in EPSG:4326 as GeoParquet (zstd) with the columns of the catalogue, and seal it."""
    dataset = read_catalogue(CATALOGUE_FILE)[dataset_id]
    tidy = frame[[*dataset.columns, "geometry"]].reset_index(drop=True)
    tidy.to_parquet(dataset.path, compression="zstd", compression_level=19, index=False)
    _seal(dataset_id, dataset.path.read_bytes())


def ship_picture(dataset_id: str, content: bytes) -> None:
    """Write a picture's bytes and seal it."""
    read_catalogue(CATALOGUE_FILE)[dataset_id].path.write_bytes(content)
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
