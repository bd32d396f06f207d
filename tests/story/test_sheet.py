"""One file of a story: every fault in it has its line."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.facts import Fact
from story.model import Layer, Text, View
from story.sheet import Sheet

if TYPE_CHECKING:
    from story.faults import Fault

FACT_LINES = [
    "- id: fact-{}",
    "  kind: event",
    "  title: A thing",
    "  date_precision: none",
    "  summary: It is so.",
    "  status: sourced",
]
KEYS = {"id", "kind", "title", "date_precision", "summary", "status"}


def read(text: str, kind: Any, name: str = "some.yaml") -> tuple[Any, list[Fault]]:
    """Write a file, read it as `kind`; give what came of it and the faults."""
    faults: list[Fault] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        sheet = Sheet(path, path.parent, faults)
        return sheet.parse(kind), faults


def facts_text(count: int, changed: int, new_line: str) -> tuple[str, int]:
    """Give a file of facts in which one line is another, and the number of that line from 1."""
    lines = [line.format(index) for index in range(count) for line in FACT_LINES]
    lines[changed] = new_line
    return "\n".join(lines) + "\n", changed + 1


@given(st.integers(1, 6), st.data())
def test_an_unknown_key_is_found_on_its_line_with_the_key_that_was_meant(count: int, data: st.DataObject) -> None:
    record, key_at = data.draw(st.integers(0, count - 1)), data.draw(st.integers(1, len(FACT_LINES) - 1))
    key, value = FACT_LINES[key_at].strip().split(": ")
    at = data.draw(st.integers(0, len(key) - 1))
    broken = key[:at] + "q" + key[at + 1 :]
    text, line = facts_text(count, record * len(FACT_LINES) + key_at, f"  {broken}: {value}")
    content, faults = read(text, list[Fact])
    assert content is None
    (unknown,) = (fault for fault in faults if fault.key == f"{record}.{broken}")
    assert (unknown.file, unknown.line, unknown.nearest) == ("some.yaml", line, key)
    (missing,) = (fault for fault in faults if fault.key == f"{record}.{key}")
    assert missing.found == "nothing"


@given(st.integers(1, 6), st.data())
def test_a_value_outside_a_closed_set_is_found_on_its_line_with_the_nearest(count: int, data: st.DataObject) -> None:
    record = data.draw(st.integers(0, count - 1))
    text, line = facts_text(count, record * len(FACT_LINES) + 1, "  kind: evnt")
    _, faults = read(text, list[Fact])
    assert [(fault.line, fault.key, fault.nearest) for fault in faults] == [(line, f"{record}.kind", "event")]


@given(st.integers(0, 8))
def test_a_key_of_the_front_matter_is_found_on_the_line_of_the_file(comments: int) -> None:
    notes = "# a note\n" * comments
    text = f"---\n{notes}title: A\nkicker: B\nstandfirst: C\ncolour: red\n---\nWords.\n"
    _, faults = read(text, Text, "en.md")
    assert [(fault.line, fault.key) for fault in faults] == [(comments + 5, "colour")]


@pytest.mark.parametrize(
    ("bounds", "line"),
    [("[70, 24, 60, 30]", 2), ("[60, 30, 70, 24]", 2), ("[60, 24, 70]", 2), ("[60, 24, 70, 89]", 2)],
    ids=["east of west", "south of north", "three", "beyond Mercator"],
)
def test_bounds_that_cannot_be_are_found_on_their_line(bounds: str, line: int) -> None:
    _, faults = read(f"period: [1905, 1906]\nbounds_wsen: {bounds}\n", View)
    assert [fault.line for fault in faults] == [line]


def test_broken_yaml_is_a_fault_on_its_line() -> None:
    _, faults = read("a: 1\nb: [1, 2\nc: 3\n", View)
    assert (faults[0].line, faults[0].key, faults[0].expected) == (3, "yaml", "valid YAML")


def test_a_missing_file_is_a_fault_of_the_whole_file(tmp_path: Path) -> None:
    faults: list[Fault] = []
    Sheet(tmp_path / "none.yaml", tmp_path, faults)
    assert [(fault.file, fault.line, fault.key) for fault in faults] == [("none.yaml", 0, "file")]


def test_a_file_that_is_not_utf8_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes("title: café".encode("latin-1"))
    faults: list[Fault] = []
    Sheet(tmp_path / "latin.yaml", tmp_path, faults)
    assert faults[0].expected == "a readable UTF-8 file"


@pytest.mark.parametrize("control", ["\x07", "\x00", "\ufffe"], ids=["bell", "nul", "no character"])
def test_a_character_that_yaml_refuses_is_a_fault_and_no_traceback(control: str) -> None:
    _, faults = read(f"title: a{control}b\n", View)
    assert faults[0].expected == "valid YAML"


@pytest.mark.parametrize("text", ["Only words.\n", "---\ntitle: A\n", "words\n---\ntitle: A\n---\nmore\n", ""])
def test_a_chapter_without_front_matter_is_told_what_belongs_there(text: str) -> None:
    _, faults = read(text, Text, "en.md")
    assert faults[0].key == "front matter"
    assert "---" in faults[0].expected


def test_a_line_of_dashes_in_the_text_is_text() -> None:
    content, faults = read("---\ntitle: A\nkicker: B\nstandfirst: C\n---\nOne.\n\n---\n\nTwo.\n", Text, "en.md")
    assert not faults
    assert content.body == "One.\n\n---\n\nTwo."


def test_an_empty_file_is_a_fault_not_an_empty_story() -> None:
    content, faults = read("", View)
    assert content is None
    assert faults[0].key == "file"


def test_a_long_value_is_shortened_in_its_fault() -> None:
    _, faults = read(f"bounds_wsen: {'x' * 500}\n", View)
    assert max(len(fault.found) for fault in faults) <= 60


def test_the_file_is_named_from_the_story_folder(tmp_path: Path) -> None:
    faults: list[Fault] = []
    sheet = Sheet(tmp_path / "chapters" / "01-a" / "view.yaml", tmp_path, faults)
    assert sheet.name == "chapters/01-a/view.yaml"


def test_a_key_given_twice_is_a_fault_with_both_lines() -> None:
    _, faults = read("period: [1905, 1906]\nbounds_wsen: [60, 24, 70, 30]\nperiod: [1905, 1907]\n", View)
    assert [(fault.line, fault.key) for fault in faults] == [(3, "period")]
    assert "line 1" in faults[0].found


def test_the_same_key_in_each_of_several_records_is_none_given_twice() -> None:
    text, _ = facts_text(3, 0, FACT_LINES[0].format(0))
    assert not read(text, list[Fact])[1]


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("a: 1\n" + "b: " + "[" * 100_000, 2, "yaml"),
        ("{a: " * 100_000, 1, "yaml"),
        ("a: &a [x, x]\nb: &b [*a, *a]\n", 2, "alias"),
        ("a: &a [*a]\n", 1, "alias"),
        ("a: 1\nb: 2026-13-45\n", 2, "timestamp"),
        (f"a: 1\nb: [2, {'9' * 5000}]\n", 2, "int"),
    ],
    ids=["lists without end", "mappings without end", "many out of few", "itself", "no date", "a huge number"],
)
def test_yaml_that_would_stop_the_reader_is_a_fault_on_its_line(text: str, line: int, key: str) -> None:
    content, faults = read(text, View)
    assert content is None
    assert (faults[0].line, faults[0].key) == (line, key)


def test_front_matter_counts_its_lines_from_the_top_of_the_file() -> None:
    _, faults = read("\n\n---\ntitle: A\nkicker: B\ntitle: C\nstandfirst: D\n---\nWords.\n", Text, "en.md")
    assert [(fault.line, fault.key, fault.found) for fault in faults] == [
        (6, "title", "it a second time, after line 4")
    ]


@pytest.mark.parametrize(
    "tagged",
    [
        "!!python/object/apply:os.abort []",
        "!!python/name:os.abort",
        "!!timestamp x",
        "!!bool x",
        "!!binary eA==",
        "! x",
    ],
)
def test_a_tag_makes_nothing_but_a_fault(tagged: str) -> None:
    content, faults = read(f"bounds_wsen: [60, 24, 70, 30]\nseat: {tagged}\n", View)
    assert content is None
    assert (faults[0].line, faults[0].key) == (2, "tag")


@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_what_might_never_end_is_not_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "some.yaml"
    {"pipe": os.mkfifo, "folder": Path.mkdir, "device": lambda at: at.symlink_to("/dev/zero")}[kind](path)
    faults: list[Fault] = []
    Sheet(path, tmp_path, faults)
    assert [(fault.key, fault.expected) for fault in faults] == [("file", "a file")]


def test_a_fault_of_a_file_says_nothing_of_the_disk_that_it_is_on(tmp_path: Path) -> None:
    faults: list[Fault] = []
    Sheet(tmp_path / "none.yaml", tmp_path, faults)
    assert faults[0].found == "No such file or directory"


def test_the_mark_that_some_editors_put_first_is_no_text() -> None:
    content, faults = read("\ufeff---\ntitle: A\nkicker: B\nstandfirst: C\n---\nWords.\n", Text, "en.md")
    assert not faults
    assert content.title == "A"


def test_what_is_said_of_a_fault_has_an_end() -> None:
    _, faults = read(f"draw: {'x' * 5000}\n{'y' * 5000}: 1\n", Layer)
    assert max(len(each) for fault in faults for each in (fault.key, fault.found, fault.expected)) <= 300
