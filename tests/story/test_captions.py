"""The numbers of standfirsts, callouts and omissions are figures of the facts behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.captions import fill_captions
from story.facts import Figure
from story.figures import gives
from story.read import read_story
from tests.story.faulty import change

if TYPE_CHECKING:
    from pathlib import Path

LAMP, NIGHT = "chapters/01-the-lamp/en.md", "chapters/02-two-logs/en.md"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("The reef, 3 November 1906, 25 crates", ""),
        ("The reef, 3–5 Nov 1906, in 1906–07, FY1906–07, its 2nd, an F-16", ""),
        ("The reef: 26 crates", "'26'"),
        ("The reef: 1,906 crates", "'1,906'"),
    ],
)
def test_a_number_is_a_figure_of_the_facts_behind_it(tiny_copy: Path, words: str, found: str) -> None:
    path = tiny_copy / LAMP
    path.write_text(path.read_text().replace("The reef, as the mate told it", words))
    path.write_text(path.read_text().replace("callouts:", "behind: {reef: [wreck-of-marigold]}\ncallouts:"))
    if not found:
        assert read_story(tiny_copy)
        return
    faults = change(tiny_copy, LAMP, "A lamp", "A lamp")
    assert [(fault.key, fault.found) for fault in faults] == [("callouts.reef", found)]
    assert "they hold 25" in faults[0].expected


@pytest.mark.parametrize(
    ("file", "right", "wrong", "key"),
    [
        (LAMP, "The map shows the wrecks", "The map shows 2 wrecks", "standfirst"),
        (NIGHT, "Neither log names the cat", "Neither log names 1 cat", "omissions.0.text"),
        (LAMP, "callouts:", "behind: {reaf: [wreck-of-heron]}\ncallouts:", "behind.reaf"),
        (LAMP, "callouts:", "behind: {reef: [wreck-of-herons]}\ncallouts:", "behind.reef"),
        (LAMP, "The reef, as", "The {least | barels}, as", "callouts.reef"),
    ],
)
def test_what_stands_behind_nothing_is_told(tiny_copy: Path, file: str, right: str, wrong: str, key: str) -> None:
    assert [(fault.file, fault.key) for fault in change(tiny_copy, file, right, wrong)] == [(file, key)]


def test_a_least_number_is_said_as_one(tiny_copy: Path) -> None:
    sea, lamp = tiny_copy / "facts/sea.yaml", tiny_copy / LAMP
    sea.write_text(sea.read_text().replace("according_to: Her mate", "according_to: Her mate, at_least: true"))
    lamp.write_text(lamp.read_text().replace("callouts:", "behind: {reef: [wreck-of-marigold]}\ncallouts:"))
    faults = change(tiny_copy, LAMP, "The reef, as", "The reef, 25 crates, as")
    assert [fault.expected for fault in faults] == ["'at least 25', as Her mate has it"]
    lamp.write_text(lamp.read_text().replace("25 crates", "at least 25 crates"))
    assert read_story(tiny_copy)


def test_the_ends_of_a_comparison_are_put_in_when_the_story_is_read(tiny_copy: Path) -> None:
    path = tiny_copy / LAMP
    said = "From {least | barrels} to { most|barrels } barrels"
    path.write_text(path.read_text().replace("The reef, as", f"{said}, as").replace("and the stores.", f"and {said}."))
    text = read_story(tiny_copy).chapters[1].texts["en"]
    assert text.callouts["reef"].startswith("From 4 to 36 barrels, as")
    assert text.standfirst.endswith("and From 4 to 36 barrels.")
    assert fill_captions(read_story(tiny_copy)).chapters[1].texts["en"] == text


@given(st.integers(100, 999_999))
def test_millions_may_be_rounded_as_they_are_said(count: int) -> None:
    figure = Figure(what="x", value=count, unit="million USD", according_to="y")
    near, far = round(count / 1000, 1), round(count / 1000, 1) + 0.2
    assert gives(figure, f"{near:.1f}", near * 1e9)
    assert not gives(figure, f"{far:.1f}", far * 1e9)
