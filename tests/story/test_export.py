"""The export: a folder that needs no server, the same every time."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from story import export as module
from story import pictures
from story.export import Wish, collect, export, main
from story.faults import StoryError
from story.pictures import KEPT_IN
from story.styles import hash_source
from tests.story.markup import read_html
from tests.story.told import ROOT, TINY, tiny_bundle

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = Wish(pictures="none")


def contents(folder: Path) -> dict[str, bytes]:
    """Give every file of a folder by its path in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(folder: Path, kept_in: Path) -> str:
    """Export the tiny story in another process, with cards drawn two at a time; give what it told."""
    code = (
        "import sys; from pathlib import Path; from story.export import Wish, export\n"
        "wish = Wish(pictures='cards', processes=2)\n"
        "if __name__ == '__main__':\n    export(Path(sys.argv[1]), Path('tests/tiny-story'), wish)"
    )
    script = kept_in / "run.py"
    script.write_text(code)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "9", KEPT_IN: str(kept_in)}
    done = subprocess.run(
        [sys.executable, script, folder], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stderr


CARDS = {path for path in tiny_bundle().pictures if path.startswith("cards/")}


@pytest.fixture(scope="module")
def kept_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder in which drawn pictures are kept."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, kept_in: Path) -> tuple[Path, str]:
    """Give a folder with the tiny story and all its cards, drawn by other processes; and what they told."""
    folder = tmp_path_factory.mktemp("whole") / "deep" / "out"
    return folder, run(folder, kept_in)


def test_the_folder_holds_the_page_and_every_file_and_card(whole: tuple[Path, str]) -> None:
    assert set(contents(whole[0])) >= {"index.html", *CARDS, "sw.js", "manifest.json", "icon.svg"}
    missing = set(tiny_bundle().files) - set(contents(whole[0]))
    assert not {path for path in missing if path.startswith(("assets/", "stills/"))}


def test_what_takes_long_is_told_picture_by_picture(whole: tuple[Path, str]) -> None:
    told = whole[1].splitlines()
    assert len(told) == len(CARDS)
    assert re.fullmatch(r"picture 1 of \d+: cards/\S+", told[0])


def test_what_was_drawn_before_is_not_drawn_again_and_the_bytes_are_the_same(
    whole: tuple[Path, str], kept_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setenv(KEPT_IN, str(kept_in))
    export(tmp_path / "out", TINY, Wish(pictures="cards", tell=told.append))
    assert contents(tmp_path / "out") == contents(whole[0])
    assert not told


def test_where_one_process_draws_it_tells_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setenv(KEPT_IN, str(tmp_path))
    monkeypatch.setattr(pictures, "_draw", lambda _, picture, __: picture.path.encode())
    _, files = collect(TINY, Wish(tell=told.append))
    assert {path for path in files if files[path] == path.encode()} == set(tiny_bundle().pictures)
    assert len(told) == len(tiny_bundle().pictures)


def test_the_real_export_of_another_process_is_byte_for_byte_this_one(exported: Path, tmp_path: Path) -> None:
    export(tmp_path, wish=PLAIN)
    assert contents(exported) == contents(tmp_path)


def test_the_checksums_are_right_and_name_every_file(exported: Path) -> None:
    found = contents(exported)
    told = json.loads(found.pop("manifest.json"))
    assert told["version"] in found["index.html"].decode()
    assert {path: each["sha256"] for path, each in told["files"].items()} == {
        path: hashlib.sha256(content).hexdigest() for path, content in found.items()
    }
    assert {path: each["bytes"] for path, each in told["files"].items()} == {
        path: len(content) for path, content in found.items()
    }
    assert all(re.fullmatch("[0-9a-f]{64}", each["sha256"]) for each in told["datasets"].values())


@pytest.mark.parametrize("kinds", ["none", "cards"])
def test_no_way_leads_from_a_page_to_a_file_that_is_not_there(
    exported: Path, kinds: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = exported
    if kinds == "cards":
        monkeypatch.setattr(module, "gather_pictures", lambda bundle, *_, **__: dict.fromkeys(bundle.pictures, b"x"))
        export(folder := tmp_path, TINY, Wish(pictures="cards"))
    for name in (each for each in contents(folder) if each.endswith(".html")):
        for tag, attributes in read_html((folder / name).read_text(encoding="utf-8")).tags:
            way = attributes.get("src") or attributes.get("href") or attributes.get("content") or ""
            way = way.removeprefix("https://story.example/the-line/") if tag == "meta" else way
            if not way or way.startswith(("#", "https://", "http://", "data:")) or (tag == "meta" and "/" not in way):
                continue
            if tag == "meta" and not re.fullmatch(r"[a-z]+/[\w.-]+", way):
                continue
            home = folder if tag == "meta" else (folder / name).parent
            assert (home / re.split(r"[?#]", way)[0]).exists(), (name, tag, way)
            assert not way.startswith("/"), (tag, way)


def test_every_page_carries_a_policy_with_nothing_inline_but_a_style_it_names(exported: Path) -> None:
    pages = list(exported.rglob("*.html"))
    assert len(pages) > 25
    for path in pages:
        page = read_html(path.read_text(encoding="utf-8"))
        (policy,) = (each["content"] for tag, each in page.tags if each.get("http-equiv") == "Content-Security-Policy")
        assert policy
        assert "default-src 'none'; script-src 'self' https://story.example file:;" in policy
        assert "unsafe" not in policy
        assert "*" not in policy
        for style in re.findall("<style>(.*?)</style>", path.read_text(encoding="utf-8"), re.DOTALL):
            assert hash_source(style) in policy
        for tag, attributes in page.tags:
            assert "style" not in attributes
            assert tag != "script" or "src" in attributes or attributes["type"] == "application/ld+json"


def test_what_an_earlier_export_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    out, own = tmp_path / "out", tmp_path / "own.txt"
    export(out, TINY, PLAIN)
    (out / "mine.txt").write_text("a reader's own")
    own.write_text("outside")
    told = json.loads((out / "manifest.json").read_text())
    (out / "old.css").write_text("")
    told["files"] |= {"old.css": {}, "../own.txt": {}, "gone.css": {}}
    (out / "manifest.json").write_text(json.dumps(told))
    export(out, TINY, PLAIN)
    assert not (out / "old.css").exists()
    assert (out / "mine.txt").exists()
    assert own.exists()


@pytest.mark.parametrize("told", ["", "[]", "{}", '{"story": "another", "files": {"mine.txt": {}}}', '{"files": 3}'])
def test_what_another_manifest_names_stays(tmp_path: Path, told: str) -> None:
    (tmp_path / "manifest.json").write_text(told)
    (tmp_path / "mine.txt").write_text("mine")
    export(tmp_path, TINY, PLAIN)
    assert (tmp_path / "mine.txt").exists()


def test_a_broken_story_writes_nothing(tiny_copy: Path, tmp_path: Path) -> None:
    (tiny_copy / "claims.yaml").unlink()
    with pytest.raises(StoryError, match=r"claims\.yaml"):
        export(tmp_path / "out", tiny_copy, PLAIN)
    assert not (tmp_path / "out").exists()


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(StoryError, match="--address"):
        collect(TINY, Wish(pictures="none", address="ftp://example.org"))


@pytest.fixture
def exporting_tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the command export the tiny story."""
    monkeypatch.setattr(module, "export", lambda folder, wish: export(folder, TINY, wish))


@pytest.mark.usefixtures("exporting_tiny")
def test_the_command_says_what_it_wrote_and_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--pictures", "none", str(tmp_path / "out")]) == 0
    assert re.fullmatch(r"\d+ files, [\d,]+ KB: open .*index\.html\n", capsys.readouterr().out)


@pytest.mark.usefixtures("exporting_tiny")
def test_the_archive_is_the_folder_and_the_same_every_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        main(["--pictures=none", "--zip", str(tmp_path / name / "story")])
    archives = [tmp_path / name / "story.zip" for name in ("one", "two")]
    assert archives[0].read_bytes() == archives[1].read_bytes()
    with zipfile.ZipFile(archives[0]) as archive:
        assert archive.testzip() is None
        packed = {name.removeprefix("story/"): archive.read(name) for name in archive.namelist()}
    assert packed == contents(tmp_path / "one" / "story")


def test_the_command_tells_the_faults_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tiny_copy: Path
) -> None:
    (tiny_copy / "layers.yaml").unlink()
    monkeypatch.setattr(module, "export", lambda folder, wish: export(folder, tiny_copy, wish))
    assert main([str(tmp_path / "out")]) == 1
    assert "layers.yaml:0: file" in capsys.readouterr().err
