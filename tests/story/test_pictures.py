"""Cards and prints: named before they are drawn, drawn once, the same every time, and true to what the map shows."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageColor

from story import pictures as module
from story.bundle import build_bundle
from story.cards import SQUARE_PX, WIDE_PX, chosen_keys, draw_card, fit_title, short_credit, wanted
from story.lettering import measure, wrap
from story.pictures import CARDS, KEPT_IN, find_kept, find_picture, plan_pictures
from story.plate import Frame
from story.prints import draw_print, draw_vector
from tests.story.markup import hostile
from tests.story.told import ROOT, find_chapter, real, real_scene, tiny, tiny_bundle, tiny_scene

if TYPE_CHECKING:
    from pathlib import Path

    from story.model import Chapter, Story

CARD_LIMIT_BYTES = 400_000  # above this some messengers show no picture


def pixels(content: bytes) -> Any:
    """Give the pixels of a picture as rows of red, green, blue."""
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB")).astype(int)


def holds(content: bytes, colour: str) -> int:
    """Count the pixels that are close to a colour."""
    apart = np.abs(pixels(content) - np.array(ImageColor.getrgb(colour)[:3])).sum(axis=2)
    return int((apart < 24).sum())


def with_words(story: Story, words: str) -> Story:
    """Give a story in which every chapter has other words."""
    chapters = [
        replace(each, texts={"en": each.texts["en"].model_copy(update={"title": words, "kicker": words})})
        for each in story.chapters
    ]
    return replace(story, chapters=tuple(chapters))


@pytest.mark.parametrize("chapter", real().story.chapters, ids=lambda chapter: chapter.slug)
def test_every_chapter_has_a_card_of_the_size_that_networks_show(chapter: Chapter) -> None:
    story = real().story
    card = draw_card(story, chapter, real_scene(), "en")
    assert Image.open(io.BytesIO(card)).size == WIDE_PX
    assert len(card) < CARD_LIMIT_BYTES
    inks = {key.shows.ink for key in chosen_keys(story, chapter, real_scene()) if not isinstance(key.shows, str)}
    assert inks
    for ink in inks:  # the legend's signs keep their colours, so the map's do
        assert holds(card, story.settings.palette[ink].light) > 20, ink


@pytest.mark.parametrize("chapter", real().story.chapters, ids=lambda chapter: chapter.slug)
def test_a_card_says_what_is_schematic_and_of_nothing_else(chapter: Chapter) -> None:
    for key in chosen_keys(real().story, chapter, real_scene()):
        assert not isinstance(key.shows, str)
        assert ("schematic" in key.title) is key.shows.schematic


def test_a_square_card_is_square_and_another_chapter_another_picture() -> None:
    first, lamp = tiny().chapters[:2]
    square = draw_card(tiny(), lamp, tiny_scene(), "en", square=True)
    assert Image.open(io.BytesIO(square)).size == SQUARE_PX
    assert draw_card(tiny(), first, tiny_scene(), "en") != draw_card(tiny(), lamp, tiny_scene(), "en")


def test_another_process_draws_the_same_bytes() -> None:
    code = (
        "import sys; from pathlib import Path; from story.read import read_story; from story.scene import build_scene;"
        "from story.cards import draw_card; from story.prints import draw_vector;"
        "story = read_story(Path('tests/tiny-story')); scene = build_scene(story); one = story.chapters[1];"
        "sys.stdout.buffer.write(draw_card(story, one, scene, 'en') + draw_vector(story, one, scene, 'en'))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "TZ": "Asia/Kabul"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True)
    lamp = tiny().chapters[1]
    ours = draw_card(tiny(), lamp, tiny_scene(), "en") + draw_vector(tiny(), lamp, tiny_scene(), "en")
    assert done.stdout == ours


def test_a_print_fills_a_sheet_of_paper() -> None:
    picture = Image.open(io.BytesIO(draw_print(tiny(), tiny().chapters[1], tiny_scene(), "en")))
    width_in, height_in = (side / dpi for side, dpi in zip(picture.size, picture.info["dpi"], strict=True))
    assert abs(width_in * 25.4 - 297) < 1
    assert abs(height_in * 25.4 - 210) < 1


def test_a_vector_print_is_one_file_that_reaches_for_nothing_and_carries_its_licence() -> None:
    written = draw_vector(tiny(), tiny().chapters[1], tiny_scene(), "en").decode()
    root = ET.fromstring(written)  # noqa: S314 - our own drawing
    links = [value for element in root.iter() for name, value in element.attrib.items() if name.endswith("href")]
    assert links
    assert all(link.startswith(("#", "data:image/png;base64,")) for link in links)
    assert "CC BY 4.0" in written
    assert "<script" not in written


def test_the_credit_names_each_source_once() -> None:
    parts = short_credit(real().story).split(" · ")
    assert len(parts) == len(set(parts))
    assert "© OpenStreetMap contributors (ODbL)" in parts


def test_names_are_those_of_full_layers_and_of_the_chapters_own_places() -> None:
    story = real().story
    chapter = find_chapter(story, "tribal-areas")
    names = wanted(story, chapter, real_scene())
    assert {name.text for name in names if name.kind in {"place", "capital"}} <= set(chapter.view.places)
    assert [name.rank for name in names] == sorted(name.rank for name in names)


@pytest.mark.filterwarnings("ignore:Glyph")  # a letter that no font has is drawn as a box
@given(hostile, st.integers(60, 600))
def test_any_text_is_wrapped_without_losing_a_word(text: str, width: int) -> None:
    lines = wrap(text, width, 20)
    assert " ".join(lines).split() == text.split()
    assert all(measure(line, 20) <= width or " " not in line for line in lines)


def test_a_long_title_gets_smaller_letters() -> None:
    assert fit_title("Roots", 386)[1] > fit_title("What the record leaves of a very long and winding title", 386)[1]


@pytest.mark.parametrize("words", ["$x^2$ and $", "<script>alert(1)</script>", "\\frac{1}{2}", "{{ 7 * 7 }}", "%s %d"])
def test_words_are_letters_and_never_formulas_or_code(words: str) -> None:
    story = with_words(tiny(), words)
    assert draw_card(story, story.chapters[1], tiny_scene(), "en")


@given(st.floats(-170, 0), st.floats(1, 170), st.floats(-80, 0), st.floats(1, 80))
def test_bounds_fall_into_the_box_that_they_are_given(west: float, east: float, south: float, north: float) -> None:
    frame = Frame((west, south, east, north), (100, 50, 900, 600))
    for lon, lat in ((west, south), (east, north)):
        x, y = frame.xy(lon, lat)
        assert 100 - 1e-6 <= x <= 900 + 1e-6
        assert 50 - 1e-6 <= y <= 600 + 1e-6


def test_the_names_tell_what_the_pictures_are_drawn_from() -> None:
    bundle = tiny_bundle()
    kinds = [(each.slug, each.kind) for each in bundle.pictures.values()]
    assert len(kinds) == len(set(kinds)) == 5 * len(tiny().chapters)
    moved = replace(tiny(), settings=tiny().settings.model_copy(update={"address": "https://example.org/"}))
    assert set(build_bundle(moved).pictures) == set(bundle.pictures)
    other = set(build_bundle(with_words(tiny(), "Other words")).pictures)
    assert not {path for path in other if path.startswith("cards/") and path.endswith(".png")} & set(bundle.pictures)


def test_without_prints_there_are_cards_alone() -> None:
    assert all(path.startswith("cards/") for path in plan_pictures(tiny(), "en", "x", kinds=CARDS))


def test_a_second_language_has_pictures_of_its_own() -> None:
    assert not set(plan_pictures(tiny(), "ps", "x")) & set(plan_pictures(tiny(), "en", "x"))


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give a list to which every picture that is drawn adds its path; nothing real is drawn."""
    done: list[str] = []

    def draw(_: object, picture: module.Picture, __: str) -> bytes:
        done.append(picture.path)
        return picture.path.encode()

    monkeypatch.setattr(module, "_draw", draw)
    return done


def test_a_picture_is_drawn_once_and_what_it_replaces_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drawn: list[str]
) -> None:
    monkeypatch.setenv(KEPT_IN, str(tmp_path))
    old, new = (next(iter(plan_pictures(tiny(), "en", words).values())) for words in ("old", "new"))
    for picture in (old, old, new, new):
        assert find_picture(tiny(), picture, "en") == picture.path.encode()
    assert drawn == [old.path, new.path]
    assert [path.name for path in (tmp_path / "two-keepers").iterdir()] == [new.keep_name]


def test_where_nothing_can_be_kept_it_is_drawn_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drawn: list[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(KEPT_IN, str(tmp_path / "file"))
    picture = next(iter(plan_pictures(tiny(), "en", "x").values()))
    assert find_picture(tiny(), picture, "en") == find_picture(tiny(), picture, "en")
    assert drawn == [picture.path] * 2


class Full:
    """A file on a disk that fills up after the first bytes."""

    def __init__(self, folder: Path) -> None:
        """Make a real file, of which something is written."""
        self.name = str(folder / "half-written")
        (folder / "half-written").write_bytes(b"half")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def write(self, _: bytes) -> None:
        """Refuse, as the system does."""
        raise OSError(errno.ENOSPC, "No space left on device")


def test_on_a_full_disk_it_is_drawn_again_and_nothing_half_written_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drawn: list[str]
) -> None:
    monkeypatch.setenv(KEPT_IN, str(tmp_path))
    monkeypatch.setattr(module.tempfile, "NamedTemporaryFile", lambda dir, delete: Full(dir))  # noqa: A006, ARG005
    picture = next(iter(plan_pictures(tiny(), "en", "x").values()))
    assert find_picture(tiny(), picture, "en") == find_picture(tiny(), picture, "en") == picture.path.encode()
    assert drawn == [picture.path] * 2
    assert not list((tmp_path / "two-keepers").iterdir())


def test_a_folder_that_goes_away_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drawn: list[str]
) -> None:
    monkeypatch.setenv(KEPT_IN, str(tmp_path / "cache"))
    picture = next(iter(plan_pictures(tiny(), "en", "x").values()))
    find_picture(tiny(), picture, "en")
    shutil.rmtree(tmp_path / "cache")
    assert find_picture(tiny(), picture, "en") == picture.path.encode()
    assert drawn == [picture.path] * 2
    assert find_kept(tiny(), picture) == picture.path.encode()


def test_an_empty_file_that_a_crash_left_is_no_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEPT_IN, str(tmp_path))
    picture = next(iter(plan_pictures(tiny(), "en", "x").values()))
    (tmp_path / "two-keepers").mkdir()
    (tmp_path / "two-keepers" / picture.keep_name).touch()
    assert find_kept(tiny(), picture) is None


def test_two_versions_that_share_a_folder_never_read_half_a_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEPT_IN, str(tmp_path))
    versions = [next(iter(plan_pictures(tiny(), "en", words).values())) for words in ("old", "new")]
    monkeypatch.setattr(module, "_draw", lambda _, picture, __: picture.key.encode() * 50_000)
    monkeypatch.setattr(module, "_DRAWING", contextlib.nullcontext())  # another process has a lock of its own

    def read(number: int) -> bool:
        picture = versions[number % 2]
        whole = picture.key.encode() * 50_000
        return find_picture(tiny(), picture, "en") == whole and find_kept(tiny(), picture) in {None, whole}

    with ThreadPoolExecutor(8) as reading:
        assert all(reading.map(read, range(400)))
    assert {path.name for path in (tmp_path / "two-keepers").iterdir()} <= {each.keep_name for each in versions}


def test_no_start_waits_for_the_library_that_draws() -> None:
    code = "import sys, app, story.bundle, story.handout; sys.exit(bool({'matplotlib', 'pptx'} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
