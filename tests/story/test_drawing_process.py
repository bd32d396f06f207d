"""A process that draws: the same as here, humbly, kept, and never longer than its parent."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from story.cards import draw_poster
from story.drawing_process import NICE, Drawer, LostError
from story.pictures import KEPT_IN, find_kept
from tests.story.told import ROOT, find_chapter, tiny, tiny_bundle, tiny_scene

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE_S = 60  # for what never ends: the test then fails
(POSTER,) = (each for each in tiny_bundle().pictures.values() if (each.slug, each.kind) == ("the-lamp", "poster"))


@pytest.fixture
def drawer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawer]:
    """Give a process that draws the tiny story."""
    monkeypatch.setenv(KEPT_IN, str(tmp_path))
    process = Drawer(tiny(), "en")
    yield process
    process.end()


def test_it_draws_what_this_process_would_humbly_and_keeps_it(drawer: Drawer) -> None:
    assert drawer.draw(POSTER) == draw_poster(tiny(), find_chapter(tiny(), "the-lamp"), tiny_scene(), "en")
    assert find_kept(tiny(), POSTER) is not None
    assert drawer._process is not None
    assert os.getpriority(os.PRIO_PROCESS, drawer._process.pid) == min(19, os.nice(0) + NICE)
    assert drawer.draw(POSTER) == find_kept(tiny(), POSTER)


def test_over_a_picture_that_cannot_be_drawn_it_is_lost_and_says_why(
    drawer: Drawer, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(LostError):
        drawer.draw(replace(POSTER, slug="no-such-chapter"))
    drawer.end()
    assert "StopIteration" in capfd.readouterr().err


def test_it_can_be_ended_before_it_has_begun(drawer: Drawer) -> None:
    drawer.end()
    with pytest.raises(LostError):
        drawer.draw(POSTER)
    assert drawer._process is not None
    assert drawer._process.returncode == -signal.SIGKILL


def test_it_ends_when_the_server_is_killed() -> None:
    code = (
        "import time; from story.drawing_process import Drawer; from tests.story.told import tiny;"
        "drawer = Drawer(tiny(), 'en'); drawer._start().stdin.flush();"
        "print(drawer._process.pid, flush=True); time.sleep(60)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        watched = os.pidfd_open(int(server.stdout.readline()))
        server.send_signal(signal.SIGKILL)
    try:
        assert select.select([watched], [], [], PATIENCE_S)[0] == [watched]
    finally:
        os.close(watched)
