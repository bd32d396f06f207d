"""The story's files break while the server runs: readers notice nothing, not even of what is drawn only then."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from urllib.request import urlopen

from tests.running import ROOT, run_server

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PARTS = ("app.py", ".streamlit", "pages", "story", "geodata")
PAGES = ("/", "/embed/", "/embed/records.html", "/claims.json", "/embed/facts.geojson")
DRAWN_LIMIT_S = 60


def copy_app(folder: Path) -> Path:
    """Copy what runs; give the folder."""
    folder.mkdir()
    for name in PARTS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    return folder


def fetch(address: str) -> bytes:
    """Give what an address answers; HTTPError where it refuses."""
    with urlopen(address, timeout=DRAWN_LIMIT_S) as answer:
        body: bytes = answer.read()
    return body


def test_files_that_break_under_a_running_server_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORY_CACHE", str(tmp_path / "drawn"))
    root = copy_app(tmp_path / "copy")
    told = root / "story" / "the-line-between"
    with run_server(root=root) as server:
        before = {page: fetch(server.url + page) for page in PAGES}
        (told / "claims.yaml").write_bytes(b"\xff\x00: [")
        (told / "facts" / "history.yaml").unlink()
        shutil.rmtree(told / "chapters")
        assert {page: fetch(server.url + page) for page in PAGES} == before
        assert fetch(f"{server.url}/embed/cards/roots.webp").startswith(b"RIFF")  # drawn by another process
