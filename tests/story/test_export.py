"""The export: a folder that needs no server, the same every time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from story import export as module
from story.export import export, main
from story.faults import StoryError
from tests.story.markup import read_html
from tests.story.told import TINY

if TYPE_CHECKING:
    from pathlib import Path

    from story.bundle import Bundle


def contents(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder by its path in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_folder_holds_the_page_and_every_file(tmp_path: Path, tiny_bundle: Bundle) -> None:
    written = export(tmp_path / "deep" / "out", TINY)
    cards = {path for path in tiny_bundle.pictures if path.startswith("cards/")}
    assert set(contents(tmp_path / "deep" / "out")) == {"index.html", *tiny_bundle.files, *cards}
    assert len(written) == len(tiny_bundle.files) + len(cards) + 1


def test_exporting_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    export(tmp_path / "one", TINY)
    export(tmp_path / "two", TINY)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_real_export_of_another_process_is_byte_for_byte_this_one(exported: Path, tmp_path: Path) -> None:
    export(tmp_path)
    assert contents(exported) == contents(tmp_path)


def test_every_way_from_the_page_leads_to_a_file_beside_it(exported: Path) -> None:
    page = read_html((exported / "index.html").read_text(encoding="utf-8"))
    for tag, attributes in page.tags:
        way = attributes.get("src") or attributes.get("href") or ""
        if not way or way.startswith(("#", "https://", "http://", "data:")):
            continue
        assert (exported / re.split(r"[?#]", way)[0]).exists(), (tag, way)
        assert not way.startswith("/"), (tag, way)


def test_a_broken_story_writes_nothing(tiny_copy: Path, tmp_path: Path) -> None:
    (tiny_copy / "claims.yaml").unlink()
    with pytest.raises(StoryError, match=r"claims\.yaml"):
        export(tmp_path / "out", tiny_copy)
    assert not (tmp_path / "out").exists()


def test_the_command_says_what_it_wrote_and_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "export", lambda folder: export(folder, TINY))
    assert main([str(tmp_path / "out")]) == 0
    assert re.fullmatch(r"\d+ files, [\d,]+ KB: open .*index\.html\n", capsys.readouterr().out)


def test_the_command_tells_the_faults_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tiny_copy: Path
) -> None:
    (tiny_copy / "layers.yaml").unlink()
    monkeypatch.setattr(module, "export", lambda folder: export(folder, tiny_copy))
    assert main([str(tmp_path / "out")]) == 1
    assert "layers.yaml:0: file" in capsys.readouterr().err
