"""Reading a story: whole, or every fault of every file at once."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from story.faults import StoryError
from story.read import place_lonlats, read_story
from tests.story.told import TINY

if TYPE_CHECKING:
    from story.model import Story

Reference = tuple[str, int, int, str]

# Where an id is named, not given: what stands after these keys.
ONE = re.compile(r"\b(?:fact|at|ink|chapter|dataset|seat|figure): ([A-Za-z][\w -]*\w)")
MANY = re.compile(r"\b(?:facts|via|places|datasets): \[([^\]]*)\]")
LAYERS = re.compile(r"^layers: \{(.*)\}$")
WORD = re.compile(r"[A-Za-z][\w -]*\w")


def find_references() -> list[Reference]:
    """Give every place in the tiny story's files that names an id: file, start, end in its text, id."""
    found = []
    for path in sorted([*TINY.rglob("*.yaml"), *TINY.rglob("*.md")]):
        text, name, start = path.read_text(encoding="utf-8"), path.relative_to(TINY).as_posix(), 0
        for line in text.splitlines(keepends=True):
            spans = [match.span(1) for match in ONE.finditer(line)]
            for many in MANY.finditer(line):
                spans += [(many.start(1) + w.start(), many.start(1) + w.end()) for w in WORD.finditer(many.group(1))]
            if layers := LAYERS.match(line.rstrip()):
                spans += [m.span(1) for m in re.finditer(r"([a-z-]+):", line) if m.start() >= layers.start(1)]
            found += [(name, start + first, start + last, line[first:last]) for first, last in spans]
            start += len(line)
    return found


REFERENCES = find_references()


def faults_of(folder: Path) -> StoryError:
    """Give the error that reading a folder raises."""
    with pytest.raises(StoryError) as caught:
        read_story(folder)
    return caught.value


def test_the_tiny_story_is_read_whole(tiny: Story) -> None:
    assert [chapter.slug for chapter in tiny.chapters] == ["opening", "the-lamp", "two-logs"]
    assert [chapter.number for chapter in tiny.chapters] == [0, 1, 2]
    assert {layer.draw for layer in tiny.layers.values()} == {
        "relief", "line", "area", "names", "points", "circles", "routes", "chapters",
    }  # fmt: skip
    assert set(tiny.facts) >= {"oil-shipment", "wreck-of-heron"}
    assert tiny.chapters[1].texts["en"].body.startswith("The northern log")


def test_a_layer_that_no_view_names_has_its_usual_strength(tiny: Story) -> None:
    strengths = tiny.strengths(tiny.chapters[0])
    assert strengths["seabed"] == "full"
    assert strengths["streams"] == "full"
    assert strengths["parishes"] == "context"
    assert strengths["wrecks"] == "off"


def test_the_gazetteer_gives_longitude_before_latitude() -> None:
    lon, lat = place_lonlats()["Kabul"]
    assert (lon, lat) == pytest.approx((69.2, 34.5), abs=0.1)


def test_the_references_of_the_tiny_story_are_found_in_every_kind_of_file() -> None:
    assert {name for name, *_ in REFERENCES} == {
        "claims.yaml",
        "comparisons.yaml",
        "essay.yaml",
        "glossary.en.yaml",
        "layers.yaml",
        "lesson.en.yaml",
        "story.yaml",
        "viewpoints.yaml",
        *(
            f"chapters/{folder}/{name}"
            for folder in ("00-opening", "01-the-lamp", "02-two-logs")
            for name in ("view.yaml", "lesson.en.yaml")
        ),
        "chapters/02-two-logs/en.md",
    }
    assert len(REFERENCES) > 60


@settings(max_examples=120)
@given(st.sampled_from(REFERENCES), st.data())
def test_any_wrong_letter_in_an_id_is_told_with_its_file_and_the_right_id(
    reference: Reference, data: st.DataObject
) -> None:
    name, first, last, right = reference
    at = data.draw(st.integers(0, len(right) - 1))
    letter = data.draw(st.sampled_from("bcdfgjkqvwxz"))
    wrong = right[:at] + letter + right[at + 1 :]
    if wrong == right:
        return
    with tempfile.TemporaryDirectory() as home:
        folder = shutil.copytree(TINY, Path(home) / "copy")
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text[:first] + wrong + text[last:], encoding="utf-8")
        error = faults_of(folder)
    line = text[:first].count("\n") + 1
    assert any(fault.file == name and fault.nearest == right for fault in error.faults), str(error)
    assert any(fault.file == name and fault.line == line for fault in error.faults), f"line {line}: {error}"


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("facts/sea.yaml", "id: wreck-of-heron", "id: wreck-of-heronn"),
        ("facts/sea.yaml", "id: keepers-meeting", "id: keepers-meting"),
        ("facts/island.yaml", "id: barrel-census", "id: barel-census"),
        ("layers.yaml", "{id: screens,", "{id: screams,"),
        ("layers.yaml", "- id: barrels", "- id: barrel"),
        ("story.yaml", "  sail:", "  snail:"),
    ],
)
def test_an_id_given_wrongly_is_told_where_it_is_named(tiny_copy: Path, file: str, right: str, wrong: str) -> None:
    path = tiny_copy / file
    path.write_text(path.read_text(encoding="utf-8").replace(right, wrong, 1), encoding="utf-8")
    given_id = re.split(r"[:,{ ]+", wrong.replace("id:", "").strip("- {,:"))[0]
    assert given_id in {fault.nearest for fault in faults_of(tiny_copy).faults}


def test_faults_of_all_files_come_at_once(tiny_copy: Path) -> None:
    for name, right, wrong in (
        ("claims.yaml", "verdict: contested", "verdict: contestd"),
        ("layers.yaml", "mark: cross", "mark: cros"),
        ("chapters/00-opening/en.md", "kicker:", "kickr:"),
    ):
        path = tiny_copy / name
        path.write_text(path.read_text(encoding="utf-8").replace(right, wrong), encoding="utf-8")
    faults = faults_of(tiny_copy).faults
    assert {fault.file for fault in faults} == {"claims.yaml", "layers.yaml", "chapters/00-opening/en.md"}
    assert {"contested", "cross", "kicker"} <= {fault.nearest for fault in faults}


@pytest.mark.parametrize(
    "name",
    [
        "story.yaml",
        "layers.yaml",
        "claims.yaml",
        "corrections.yaml",
        "publishers.yaml",
        "rules.en.md",
        "voice.en.yaml",
        "chapters/01-the-lamp/view.yaml",
        "chapters/01-the-lamp/en.md",
    ],
)
def test_a_missing_file_is_named(tiny_copy: Path, name: str) -> None:
    (tiny_copy / name).unlink()
    assert name in {fault.file for fault in faults_of(tiny_copy).faults}


def test_a_language_without_a_text_is_told_for_each_chapter(tiny_copy: Path) -> None:
    path = tiny_copy / "story.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[en]", "[en, ps]"), encoding="utf-8")
    missing = {fault.file for fault in faults_of(tiny_copy).faults if fault.key == "file"}
    chapters = {f"chapters/{name}/ps.md" for name in ("00-opening", "01-the-lamp", "02-two-logs")}
    assert missing == chapters | {"rules.ps.md", "voice.ps.yaml"}


@pytest.mark.parametrize("language", ["../../en", "EN", "e n", "xx", "x" * 300])
def test_a_language_that_the_reader_has_no_words_in_is_a_fault(tiny_copy: Path, language: str) -> None:
    path = tiny_copy / "story.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[en]", f"[en, '{language}']"), encoding="utf-8")
    told = [fault for fault in faults_of(tiny_copy).faults if fault.file == "story.yaml"]
    assert [(fault.line, fault.key, fault.found[:9]) for fault in told] == [(7, "languages.1", repr(language)[:9])]


@pytest.mark.parametrize("name", ["03-the-lamp", "03-", "-", "x-y", "03-A b", "03-<b>", "03-a.b", "03-\udcff"])
def test_a_folder_that_is_no_chapter_of_its_own_is_a_fault(tiny_copy: Path, name: str) -> None:
    shutil.copytree(tiny_copy / "chapters" / "01-the-lamp", tiny_copy / "chapters" / name)
    error = faults_of(tiny_copy)
    assert str(error).encode()
    assert repr(name) in {fault.found for fault in error.faults if fault.file == "chapters"}


@pytest.mark.parametrize("key", ["datasets", "circles"])
def test_a_layer_of_nothing_is_a_fault(tiny_copy: Path, key: str) -> None:
    path = tiny_copy / "layers.yaml"
    changed = re.sub(rf"{key}:(?: \[.*?\]|(?:\n    - .*)+)", f"{key}: []", path.read_text(encoding="utf-8"))
    path.write_text(changed, encoding="utf-8")
    assert {fault.key.rpartition(".")[2] for fault in faults_of(tiny_copy).faults} == {key}


def test_spaces_around_an_id_are_no_part_of_it(tiny_copy: Path) -> None:
    path = tiny_copy / "facts" / "sea.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("id: wreck-of-heron", "id: ' wreck-of-heron '"), encoding="utf-8")
    assert "wreck-of-heron" in read_story(tiny_copy).facts


def test_a_day_that_is_in_no_calendar_is_a_fault(tiny_copy: Path) -> None:
    path = tiny_copy / "story.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("1907-01-02", "1907-02-30"), encoding="utf-8")
    assert [(each.line, each.key) for each in faults_of(tiny_copy).faults] == [(8, "published")]


def test_an_id_used_by_two_facts_is_told_with_its_line(tiny_copy: Path) -> None:
    path = tiny_copy / "facts" / "sea.yaml"
    text = path.read_text(encoding="utf-8").replace("id: wreck-of-heron", "id: wreck-of-marigold")
    path.write_text(text, encoding="utf-8")
    line = text[: text.rindex("id: wreck-of-marigold")].count("\n") + 1
    found = [fault for fault in faults_of(tiny_copy).faults if fault.expected == "an id of its own"]
    assert [(fault.file, fault.line) for fault in found] == [("facts/sea.yaml", line)]


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        ("layers.yaml", "{id: streams,", "{id: shore,"),
        ("claims.yaml", "- id: night-belongs-to-none", "- id: oil-ran-out"),
    ],
    ids=["layer", "claim"],
)
def test_an_id_used_by_two_layers_or_claims_is_a_fault(tiny_copy: Path, file: str, right: str, wrong: str) -> None:
    path = tiny_copy / file
    path.write_text(path.read_text(encoding="utf-8").replace(right, wrong, 1), encoding="utf-8")
    assert "an id of its own" in {fault.expected for fault in faults_of(tiny_copy).faults}


def test_a_folder_that_is_no_story_is_a_story_error(tmp_path: Path) -> None:
    assert {fault.file for fault in faults_of(tmp_path / "nowhere").faults} == {
        "story.yaml", "layers.yaml", "claims.yaml", "chapters", "corrections.yaml", "publishers.yaml",
    }  # fmt: skip


def test_a_story_without_chapters_is_a_story_error(tiny_copy: Path) -> None:
    shutil.rmtree(tiny_copy / "chapters")
    (tiny_copy / "claims.yaml").write_text("[]\n", encoding="utf-8")
    assert faults_of(tiny_copy).faults
