"""The check that a writer runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from story.check import main
from tests.story.told import TINY

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_sound_story_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(TINY)]) == 0
    assert capsys.readouterr().out == "tiny-story: 3 chapters, 13 layers, 7 facts, 2 claims, no fault\n"


def test_our_own_story_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "14 chapters" in capsys.readouterr().out


def test_every_fault_is_told_and_counted(tiny_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tiny_copy / "layers.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("ink: sail", "ink: snail"), encoding="utf-8")
    assert main([str(tiny_copy)]) == 1
    told = capsys.readouterr().out
    assert "layers.yaml:3: 1.ink: found 'snail'" in told
    assert "did you mean 'sail'?" in told
    assert told.endswith("3 faults in tiny-story\n")


def test_a_folder_that_is_not_there_is_a_fault_and_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "nowhere")]) == 1
    assert "story.yaml:0: file" in capsys.readouterr().out
