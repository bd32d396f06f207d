"""The catalogue: what the contract promises is there, every file is the sealed one, every fault is told at once."""

from __future__ import annotations

import importlib.util
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from geodata.catalogue import FILES_FOLDER, read_catalogue
from geodata.errors import CatalogueError, GeodataError

if TYPE_CHECKING:
    from pathlib import Path

    from geodata.catalogue import Dataset

CATALOGUE = read_catalogue()
PROVINCE = ("code", "name", "country", "name_local", "name_ps", "name_fa", "name_ur", "names_origin")
COLUMNS = {
    "countries": ("name", "iso3"),
    "admin1": PROVINCE,
    "durand_line": ("name",),
    "boundaries": ("kind", "name"),
    "coast": (),
    "lakes": ("name",),
    "rivers": ("name", "rank"),
    "places": (
        *("name", "country", "province", "kind", "rank", "precision", "name_local"),
        *("name_ps", "name_fa", "name_ur", "names_origin", "also", "note"),
    ),
    "tribal_districts": (
        *("name", "kind", "name_after", "status_after", "fact", "merged_on", "merged_fact"),
        *("split_on", "split_into", "split_fact", "schematic", "published_km2", "published_by", "drawn_km2", "note"),
        *("name_ps", "name_ur", "names_origin"),
    ),
    "border_districts": (
        *("name", "kind", "province", "later", "name_ur"),
        *("from_km", "length_on_line_km", "share_pct"),
    ),
    "border_regions": (*PROVINCE, "from_km", "length_on_line_km", "share_pct"),
    "crossings": (
        *("id", "name", "name_af", "name_pk", "province_af", "district_af", "province_pk", "district_pk"),
        *("districts_origin", "kind", "precision", "line_km", "moved_km", "fact"),
        *("status", "status_as_of", "status_fact", "status_note", "opened", "opened_fact", "closed", "closed_fact"),
        *("name_ps", "name_fa", "name_ur", "names_origin"),
    ),
    "crossing_events": ("crossing", "date", "what", "applies_to", "fact", "note"),
    "relief_core": (),
    "relief_wide": (),
}
OPENSTREETMAP = {
    *("countries", "admin1", "durand_line", "boundaries", "tribal_districts"),
    *("border_districts", "border_regions", "crossings", "crossing_events"),
}

A_DATASET = """
  hills:
    title: Hills
    file: hills.parquet
    kind: vector
    geometry: point
    columns: [name]
    sources:
      - package: hills
        version: "1"
        registry: pypi
        what: hills
        licence: Unlicense
        files: {{hills.csv: {sha}}}
    licence: Unlicense
    credit: Hills
    source_date: "2020"
    retrieved: 2026-01-01
    accuracy_km: 1
    units: degrees
    crs: EPSG:4326
    sha256: {sha}
    recipe: geodata.recipes.hills
""".format(sha="a" * 64)


def written(folder: Path, text: str) -> Path:
    path = folder / "catalogue.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_it_holds_the_promised_datasets_with_their_columns() -> None:
    assert {name: dataset.columns for name, dataset in CATALOGUE.items()} == COLUMNS


@pytest.mark.parametrize("dataset", CATALOGUE.values(), ids=CATALOGUE)
def test_the_shipped_file_is_the_sealed_one(dataset: Dataset) -> None:
    assert sha256(dataset.path.read_bytes()).hexdigest() == dataset.sha256


@pytest.mark.parametrize("dataset", CATALOGUE.values(), ids=CATALOGUE)
def test_the_recipe_exists(dataset: Dataset) -> None:
    assert importlib.util.find_spec(dataset.recipe) is not None


@pytest.mark.parametrize("name", sorted(OPENSTREETMAP))
def test_what_comes_from_openstreetmap_says_so(name: str) -> None:
    dataset = CATALOGUE[name]
    assert dataset.licence == "ODbL-1.0"
    assert "© OpenStreetMap contributors (ODbL)" in dataset.credit


@pytest.mark.parametrize("dataset", CATALOGUE.values(), ids=CATALOGUE)
def test_share_alike_sources_bind_the_shipped_file(dataset: Dataset) -> None:
    binding = {source.licence for source in dataset.sources} & {"ODbL-1.0", "LGPL-3.0-or-later", "CC-BY-4.0"}
    assert binding <= {dataset.licence}


def test_no_file_lies_about_that_the_catalogue_does_not_know() -> None:
    assert {path.name for path in FILES_FOLDER.iterdir()} == {dataset.file for dataset in CATALOGUE.values()}


def test_all_files_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in FILES_FOLDER.iterdir()) <= 2_000_000


def test_a_dataset_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        CATALOGUE["coast"].title = "Shore"


def test_reading_gives_a_dictionary_of_ones_own() -> None:
    read_catalogue().clear()
    assert set(read_catalogue()) == set(COLUMNS)


def test_a_good_catalogue_is_read(tmp_path: Path) -> None:
    read = read_catalogue(written(tmp_path, "datasets:" + A_DATASET))
    assert read["hills"].sources[0].files == {"hills.csv": "a" * 64}


def test_every_fault_is_told_with_file_key_found_and_expected(tmp_path: Path) -> None:
    wrong = A_DATASET.replace("licence: Unlicense\n    credit", "licence: Beerware\n    credit").replace(
        "units: degrees", "unit: degrees"
    )
    with pytest.raises(CatalogueError) as raised:
        read_catalogue(written(tmp_path, "datasets:" + wrong))
    told = str(raised.value)
    assert "catalogue.yaml: hills.licence: found 'Beerware', expected: Input should be 'CC-BY-3.0-IGO'" in told
    assert "catalogue.yaml: hills.units: found nothing, expected: Field required" in told
    assert "catalogue.yaml: hills.unit: found 'degrees', expected: Extra inputs are not permitted" in told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kind: vector", "kind: picture", "a picture has bounds_wsen"),
        ("    geometry: point\n", "", "a vector dataset has a geometry"),
        ("crs: EPSG:4326", "crs: EPSG:3857", "a vector dataset has a geometry and crs EPSG:4326"),
        ("sha256: aaaa", "sha256: zzzz", "hills.sha256"),
        ("accuracy_km: 1", "accuracy_km: 0", "greater than 0"),
    ],
)
def test_a_dataset_that_contradicts_itself_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(CatalogueError, match=told):
        read_catalogue(written(tmp_path, "datasets:" + A_DATASET.replace(old, new)))


def test_a_picture_must_have_its_edges_in_order(tmp_path: Path) -> None:
    picture = A_DATASET.replace("kind: vector\n    geometry: point\n    columns: [name]", "kind: picture").replace(
        "crs: EPSG:4326", "crs: EPSG:3857\n    bounds_wsen: [80, 21, 56, 40]"
    )
    with pytest.raises(CatalogueError, match="west < east"):
        read_catalogue(written(tmp_path, "datasets:" + picture))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("datasets: {a: 1}", "a: found 1, expected the fields of a dataset"),
        ("layers: {}", "key 'datasets'"),
        ("datasets: [", "no readable YAML"),
    ],
)
def test_what_is_no_catalogue_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(CatalogueError, match=told):
        read_catalogue(written(tmp_path, text))


def test_a_missing_catalogue_is_named(tmp_path: Path) -> None:
    with pytest.raises(GeodataError, match=r"nowhere\.yaml: found no file"):
        read_catalogue(tmp_path / "nowhere.yaml")
