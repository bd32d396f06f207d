"""Broken story files: whatever is done to them, what comes is a story or a list of faults (`make fuzz` tries more)."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests import fuzz
from tests.fuzz import TINY, Fuzz, HangError, bounded, tell
from tests.story.mutate import Broken, Odd, broken_stories, read_files

if TYPE_CHECKING:
    from pathlib import Path

SOUND: Any = read_files(TINY)
MUTATIONS = 200
BUILT_EACH = 20  # it takes ten times as long as reading


@settings(
    max_examples=MUTATIONS,
    phases=[Phase.explicit, Phase.generate],  # a mutation is small already
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(broken_stories(SOUND), st.integers(1, BUILT_EACH))
def test_what_comes_of_broken_stories_is_a_story_or_its_faults(broken: Broken, turn: int) -> None:
    assert tell(broken.files, build=turn == 1) in {"a story", "faults"}


def test_files_that_are_not_broken_are_a_story() -> None:
    assert tell(SOUND) == "a story"


@pytest.mark.parametrize("name", [*SOUND, "chapters/04-more/view.yaml", "facts/\udcff.yaml"])
@pytest.mark.parametrize("odd", [Odd("pipe"), Odd("folder"), Odd("link", "/dev/zero"), Odd("link", ".."), b"\xff"])
def test_what_is_no_file_of_text_is_a_fault(name: str, odd: Any) -> None:
    assert tell(SOUND | {name: odd}, build=False) == "faults"


def test_the_command_tells_a_traceback_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def forget(folder: Path) -> None:
        raise KeyError(folder.name)

    monkeypatch.setattr(fuzz, "read_story", forget)
    found = Fuzz()
    found.run(SOUND, 5, 0)
    assert found.tried == 5
    assert list(found.found) == [f"KeyError in test_fuzz.py:{forget.__code__.co_firstlineno + 1} (forget)"]
    assert "'story'" in capsys.readouterr().out


def test_what_hangs_is_stopped() -> None:
    with pytest.raises(HangError), bounded(1):
        threading.Event().wait()
