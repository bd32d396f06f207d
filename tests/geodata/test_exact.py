"""Exact boundaries: what is good replaces the approximation at once; whatever is bad changes nothing and says why."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from geopandas.testing import assert_geoseries_equal

from geodata.catalogue import CATALOGUE_FILE, LOCAL_VARIABLE, read_catalogue
from geodata.errors import DownloadError
from geodata.exact import publishers
from geodata.exact.__main__ import main
from geodata.exact.publishers import find_geoboundaries, find_ocha
from geodata.load import load
from geodata.measure import area_km2, length_km
from tests.geodata.exact_files import (
    GOOD,
    POINTER,
    feature,
    fetch,
    published,
    served,
    written,
)

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = gpd.read_parquet(read_catalogue(CATALOGUE_FILE)["tribal_districts"].path)


def test_a_good_download_replaces_the_approximation(local: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with served({"/pak_admin2.geojson": GOOD}) as host:
        assert main(["--url", f"{host}/pak_admin2.geojson"]) == 0
    dataset, districts = read_catalogue()["tribal_districts"], load("tribal_districts")
    assert dataset.folder == local
    assert not dataset.approximate
    assert dataset.sources[0].registry == "download"
    assert dataset.accuracy_km < 1
    assert list(districts.columns) == list(SHIPPED.columns)
    assert list(districts.name) == list(SHIPPED.name)
    assert not districts.schematic.any()
    told = capsys.readouterr().err
    assert "MB of" in told
    assert "Overlap with F.A.T.A. 9" in told
    assert f"Replaced: {dataset.path}" in told


def test_what_replaces_it_is_one_coverage_with_f_a_t_a_and_the_line(local: Path, tmp_path: Path) -> None:
    assert fetch(GOOD, tmp_path) == 0
    assert local.exists()
    districts = load("tribal_districts")
    shapes = np.asarray(districts.geometry)
    assert shapely.coverage_is_valid(shapes)
    fata = load("admin1").set_index("code").geometry["PK-TA"]
    assert area_km2(shapely.symmetric_difference(shapely.coverage_union_all(shapes), fata)) < 1
    line = load("durand_line").geometry[0]
    # To 2 m: where the file's edge crossed the line, a node was set on the shipping grid.
    on_line = shapely.intersection(line, shapely.buffer(shapely.union_all(shapely.boundary(shapes)), 2e-5))
    assert length_km(on_line) == pytest.approx(704.5, abs=1)
    for before, after in zip(SHIPPED.itertuples(), districts.itertuples(), strict=True):
        assert after.drawn_km2 == pytest.approx(before.drawn_km2, rel=0.1)


def test_the_shipped_catalogue_and_file_are_untouched(local: Path, tmp_path: Path) -> None:
    before = CATALOGUE_FILE.read_bytes()
    assert fetch(GOOD, tmp_path) == 0
    assert CATALOGUE_FILE.read_bytes() == before
    assert read_catalogue(CATALOGUE_FILE)["tribal_districts"].approximate
    assert local.is_dir()


def test_it_can_be_taken_back(local: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetch(GOOD, tmp_path) == 0
    assert main(["--status"]) == 0
    assert "from published boundaries" in capsys.readouterr().err
    assert main(["--remove"]) == 0
    assert_geoseries_equal(load("tribal_districts").geometry, SHIPPED.geometry)
    assert list(local.iterdir()) == []
    assert main(["--remove"]) == 0
    assert main(["--status"]) == 0
    assert "approximate, within about 3 km" in capsys.readouterr().err


def test_a_second_fetch_replaces_the_first_and_leaves_one_file(local: Path, tmp_path: Path) -> None:
    assert fetch(GOOD, tmp_path) == 0
    first = read_catalogue()["tribal_districts"]
    assert fetch(written(published(shift_deg=-0.003)), tmp_path) == 0
    second = read_catalogue()["tribal_districts"]
    assert second.sha256 != first.sha256
    assert {path.name for path in local.iterdir()} == {"catalogue.yaml", second.file}


def test_a_zip_with_the_second_level_is_read(local: Path, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pak_admin1.geojson", "{}")
        archive.writestr("pak_admin2.geojson", GOOD)
    assert fetch(packed.getvalue(), tmp_path, "pak.zip") == 0
    assert not read_catalogue()["tribal_districts"].approximate
    assert local.exists()


@pytest.mark.parametrize("key", ["ADM2_EN", "shapeName"])
def test_the_name_may_stand_under_each_publishers_key(local: Path, tmp_path: Path, key: str) -> None:
    assert fetch(written(published(key=key)), tmp_path) == 0
    assert local.exists()


def test_south_waziristan_may_come_in_two_districts(local: Path, tmp_path: Path) -> None:
    content = published(leave_out=("South Waziristan",))
    shape = SHIPPED.set_index("name").geometry["South Waziristan"]
    west, south, east, north = shape.bounds
    for name, box in (
        ("Lower South Waziristan", shapely.box(west, south, (west + east) / 2, north)),
        ("Upper South Waziristan", shapely.box((west + east) / 2, south, east, north)),
    ):
        content["features"].append(feature(name, shapely.intersection(shape, box)))
    assert fetch(written(content), tmp_path) == 0
    district = load("tribal_districts").set_index("name").loc["South Waziristan"]
    assert district.drawn_km2 == pytest.approx(area_km2(shape), rel=0.05)
    assert local.exists()


def test_frontier_regions_that_the_file_lacks_stay_schematic(local: Path, tmp_path: Path) -> None:
    regions = tuple(SHIPPED[SHIPPED.kind == "frontier_region"].name)
    assert fetch(written(published(leave_out=regions)), tmp_path) == 0
    districts = load("tribal_districts")
    assert set(districts[districts.schematic].name) == set(regions)
    assert "FR Bannu" in read_catalogue()["tribal_districts"].faults[-1]
    assert local.exists()


def ocha(host: str, name: str = "pak_admin_boundaries.geojson.zip") -> bytes:
    resources = [
        {"name": "pak_adm.shp.zip", "format": "SHP", "url": f"{host}/shapes"},
        {"name": name, "format": "GeoJSON", "url": f"{host}/districts"},
    ]
    package = {"resources": resources, "dataset_source": "OCHA", "license_title": "CC BY-IGO", "dataset_date": "[2025]"}
    return written({"success": True, "result": package})


def test_publishers_are_asked_in_turn_until_one_has_good_districts(
    local: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers: dict[str, Any] = {"/districts": POINTER, "/media": GOOD}
    with served(answers) as host:
        answers["/ocha"] = ocha(host)
        answers["/gb"] = written({"gjDownloadURL": f"{host}/media", "boundarySource": "Made up", "boundaryID": "PAK-1"})
        asked = {"ocha": lambda: find_ocha(f"{host}/ocha"), "geoboundaries": lambda: find_geoboundaries(f"{host}/gb")}
        monkeypatch.setattr(publishers, "PUBLISHERS", asked)
        monkeypatch.setattr("geodata.exact.__main__.PUBLISHERS", asked)
        assert main([]) == 0
    said = capsys.readouterr().err
    assert said.index("Asking ocha") < said.index("Git LFS pointer") < said.index("Asking geoboundaries")
    source = read_catalogue()["tribal_districts"].sources[0]
    assert "geoBoundaries, after Made up" in source.what
    assert source.version == "PAK-1 (year not stated)"
    assert local.exists()


def test_ocha_is_credited_under_its_licence(local: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: dict[str, Any] = {"/districts": GOOD}
    with served(answers) as host:
        answers["/ocha"] = ocha(host)
        monkeypatch.setattr("geodata.exact.__main__.PUBLISHERS", {"ocha": lambda: find_ocha(f"{host}/ocha")})
        assert main([]) == 0
    dataset = read_catalogue()["tribal_districts"]
    assert dataset.sources[0].licence == "CC-BY-3.0-IGO"
    assert dataset.licence == "ODbL-1.0"
    assert dataset.credit == "Tribal districts: OCHA (CC BY-IGO); © OpenStreetMap contributors (ODbL)"
    assert local.exists()


def test_a_pointer_of_geoboundaries_is_followed_to_where_the_file_lies() -> None:
    answer = {"gjDownloadURL": "https://github.com/wmgeolab/geoBoundaries/raw/9469f09/x.geojson"}
    with served({"/gb": written(answer)}) as host:
        found = find_geoboundaries(f"{host}/gb")
    assert found.other_url == "https://media.githubusercontent.com/media/wmgeolab/geoBoundaries/9469f09/x.geojson"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b"<html>", "found no JSON"),
        (b'{"result": {"resources": [{"name": "a.shp"}]}}', "found a.shp, expected a GeoJSON file"),
        (b"{}", "found nothing, expected a GeoJSON file"),
    ],
)
def test_a_service_that_answers_otherwise_is_told(answer: bytes, told: str) -> None:
    with served({"/ocha": answer}) as host, pytest.raises(DownloadError, match=told):
        find_ocha(f"{host}/ocha")
    with served({"/gb": b"[]"}) as host, pytest.raises(DownloadError, match="found no key 'gjDownloadURL'"):
        find_geoboundaries(f"{host}/gb")


def test_a_folder_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv(LOCAL_VARIABLE, str(tmp_path / "file" / "local"))
    assert fetch(GOOD, tmp_path) == 1
    assert "cannot be written: " in capsys.readouterr().err
    assert read_catalogue()["tribal_districts"].approximate


@pytest.mark.parametrize("harm", ["file", "checksum", "catalogue"])
def test_damaged_local_data_leave_the_shipped_ones_standing(local: Path, tmp_path: Path, harm: str) -> None:
    assert fetch(GOOD, tmp_path) == 0
    dataset = read_catalogue()["tribal_districts"]
    if harm == "file":
        dataset.path.unlink()
    elif harm == "checksum":
        dataset.path.write_bytes(b"another")
    # A fresh catalogue, since the read one is kept as long as it has not changed.
    shutil.copy(local / "catalogue.yaml", tmp_path / "kept.yaml")
    text = (tmp_path / "kept.yaml").read_text(encoding="utf-8")
    (local / "catalogue.yaml").write_text("datasets: [" if harm == "catalogue" else text + "\n", encoding="utf-8")
    with pytest.warns(UserWarning, match="left out, the shipped data stand"):
        assert read_catalogue()["tribal_districts"].approximate
    assert len(load("tribal_districts")) == len(SHIPPED)


def test_the_command_needs_only_what_the_story_needs() -> None:
    # What recipes need besides may not be installed where the story runs.
    asked = "import sys, geodata.exact.__main__; print({'ruamel', 'scipy', 'timezonefinder'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
