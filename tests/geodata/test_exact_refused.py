"""Exact boundaries that are none: each bad file, download and address is told, and nothing changes."""

from __future__ import annotations

import re
import shutil
import socket
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from geodata.catalogue import LOCAL_VARIABLE, read_catalogue
from geodata.exact.__main__ import main
from tests.geodata.exact_files import (
    GOOD,
    POINTER,
    changed,
    cut_off,
    endless,
    feature,
    fetch,
    published,
    served,
    silent,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def good_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of local datasets in which good districts stand; to be copied."""
    folder = tmp_path_factory.mktemp("good") / "local"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(LOCAL_VARIABLE, str(folder))
        assert fetch(GOOD, folder.parent) == 0
    return folder


def turned(shape: Any) -> Any:
    return shapely.transform(shape, lambda lonlat: lonlat[:, ::-1])


def in_metres(shape: Any) -> Any:
    return shapely.transform(shape, lambda lonlat: lonlat * 111_000)


def nameless() -> dict[str, Any]:
    content = published()
    content["features"][3]["properties"] = {"adm2_name": None}
    return content


def misspelt() -> dict[str, Any]:
    return {**published(leave_out=("Kurram", "Bajaur")), "name": "pak_admin2"}


def swollen() -> dict[str, Any]:
    content = published()
    content["features"] += [feature("Orakzai", shapely.box(70.5, 33.2, 71.6, 34.2))]
    return content


def broken() -> dict[str, Any]:
    content = published()
    bow = {"type": "Polygon", "coordinates": [[[69, 32], [70, 33], [70, 32], [69, 33], [69, 32]]]}
    content["features"][2]["geometry"] = bow
    return content


BAD = {
    "no JSON": (b"name;lon;lat\nBajaur;71;34", "found no JSON, expected GeoJSON"),
    "truncated": (GOOD[: len(GOOD) // 2], r"found JSON that breaks off \(truncated"),
    "binary": (b"\xff\xfe\x00\x01" * 50, "found bytes that are no text|found no JSON"),
    "another JSON": (b"[1, 2]", "found a JSON list, expected a GeoJSON object"),
    "no features": (b'{"type": "FeatureCollection", "features": []}', "expected a FeatureCollection with districts"),
    "one feature": (b'{"type": "Feature"}', "found 'Feature', expected a FeatureCollection"),
    "no names": (written(published(key="id")), "expected a name: one of adm2_name"),
    "a nameless district": (written(nameless()), r"features\[3\]\.properties\.adm2_name: found None"),
    "missing agencies": (written(misspelt()), r"Bajaur: found no district of that name among 12; the nearest are"),
    "declared in metres": (
        written({**published(), "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32642"}}}),
        "crs: found urn:ogc:def:crs:EPSG::32642, expected EPSG:4326",
    ),
    "in metres": (written(changed(published(), in_metres)), "it is in another reference system"),
    "latitude first": (written(changed(published(), turned)), "latitude and longitude seem to be exchanged"),
    "elsewhere": (written(published(shift_deg=0.5)), r"overlap with F\.A\.T\.A\.: found \d+%"),
    "wrong area": (written(swollen()), r"Orakzai: found [\d,]+ km2, expected 1,538"),
    "broken outline": (written(broken()), "found a broken outline"),
    "points": (
        written(changed(published(), shapely.point_on_surface)),
        r"features\[0\]\.geometry \(Peshawar\): found Point, expected a polygon",
    ),
    "an empty zip": (b"PK\x05\x06" + b"\0" * 18, "found nothing, expected a member like pak_admin2"),
}


@pytest.mark.parametrize(("content", "told"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_and_nothing_changes(
    local: Path,
    good_folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: bytes,
    told: str,
) -> None:
    shutil.copytree(good_folder, local)
    assert not read_catalogue()["tribal_districts"].approximate
    before = {path.name: path.read_bytes() for path in local.iterdir()}
    capsys.readouterr()
    assert fetch(content, tmp_path) == 1
    said = capsys.readouterr().err
    assert_said(said, told)
    assert "nothing has changed" in said
    assert {path.name: path.read_bytes() for path in local.iterdir()} == before


DOWNLOADS: dict[str, tuple[bytes | Callable[..., None], list[str], str]] = {
    "a pointer": (POINTER, [], "found a Git LFS pointer of 130 bytes"),
    "a web page": (b"<!DOCTYPE html><title>Sorry</title>", [], "found a web page, expected GeoJSON"),
    "an empty file": (b"", [], "found an empty file"),
    "cut off": (cut_off(GOOD), [], "truncated: the connection broke off"),
    "silent": (silent(1.5), ["--timeout", "0.3"], r"no answer for 0\.3 s"),
    "announced too large": (GOOD + b" " * 2_000_000, ["--largest-mb", "1"], "found 2 MB, expected at most 1 MB"),
    "endless": (endless, ["--largest-mb", "1"], "found more than 1 MB"),
}


@pytest.mark.parametrize(("answer", "options", "told"), DOWNLOADS.values(), ids=DOWNLOADS)
def test_a_bad_download_is_refused_and_nothing_changes(
    local: Path,
    capsys: pytest.CaptureFixture[str],
    answer: bytes | Callable[..., None],
    options: list[str],
    told: str,
) -> None:
    with served({"/districts": answer}) as host:
        assert main(["--url", f"{host}/districts", *options]) == 1
    assert_said(capsys.readouterr().err, told)
    assert not local.exists()
    assert read_catalogue()["tribal_districts"].approximate


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("HOST/nowhere", "found HTTP status 404"),
        ("http://127.0.0.1:PORT/x", "the host cannot be reached"),
        ("ftp://example.org/x", "expected one that starts with https://"),
        ("pak_admin2.geojson", "expected one that starts with https://"),
    ],
)
def test_an_address_without_a_file_is_told(
    local: Path, capsys: pytest.CaptureFixture[str], address: str, told: str
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with served({}) as host:
            url = address.replace("HOST", host).replace("PORT", str(unused.getsockname()[1]))
            assert main(["--url", url]) == 1
    assert_said(capsys.readouterr().err, told)
    assert not local.exists()


def test_a_file_that_is_not_there_is_told(local: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--file", str(tmp_path / "gone.geojson")]) == 1
    assert "found no file, expected GeoJSON" in capsys.readouterr().err
    assert not local.exists()


def assert_said(said: str, told: str) -> None:
    assert re.search(told, said), said
