"""Breaks a story's files, to see that the fault is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from story.faults import Fault, StoryError
from story.read import read_story

if TYPE_CHECKING:
    from pathlib import Path


def change(folder: Path, name: str, right: str, wrong: str) -> tuple[Fault, ...]:
    """Change the first of some words in a file; give the faults of the story then."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(StoryError) as caught:
        read_story(folder)
    return caught.value.faults


def untaught(folder: Path) -> None:
    """Take away the lesson, which rests on much of the rest of a story; one can be told without."""
    (folder / "lesson.en.yaml").unlink()


def line_of(folder: Path, name: str, words: str) -> int:
    """Give the line, from 1, in which words first stand in a file."""
    text = (folder / name).read_text(encoding="utf-8")
    return text[: text.index(words)].count("\n") + 1
