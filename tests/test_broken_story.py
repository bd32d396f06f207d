"""The story's files break while the server runs: readers notice nothing, not even of what is drawn only then.

Where they are broken when it starts, readers are told so in a line, until they are mended.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.running import ROOT, run_server

if TYPE_CHECKING:
    from pathlib import Path


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


def test_a_server_that_starts_with_a_broken_story_says_so_until_it_is_mended(tmp_path: Path) -> None:
    root = copy_app(tmp_path / "copy")
    claims = root / "story" / "the-line-between" / "claims.yaml"
    sound = claims.read_bytes()
    claims.write_bytes(b"- id: a\n  id: b\n")
    with run_server(root=root, broken=True) as server:
        for page in (*PAGES[1:], "/oembed?url=https://story.example/the-line/"):
            with pytest.raises(HTTPError) as caught:
                fetch(server.url + page)
            assert caught.value.code == 503
            assert caught.value.read().startswith(b"This story cannot be told yet: ")
        assert b'<div id="root"' in fetch(f"{server.url}/")  # this page lists the faults
        claims.write_bytes(sound)
        assert b"data-story" in fetch(f"{server.url}/embed/")
        assert b'id="essay-first"' in fetch(f"{server.url}/")
