"""What the tests of the story share: the real story and the tiny one, and a copy of it to break."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.story import told

if TYPE_CHECKING:
    from pathlib import Path

    from story.bundle import Bundle
    from story.model import Story
    from story.scene import Drawn


@pytest.fixture(scope="session")
def bundle() -> Bundle:
    """Give the real story's bundle."""
    return told.real()


@pytest.fixture(scope="session")
def scene() -> dict[str, Drawn]:
    """Give the real story's scene."""
    return told.real_scene()


@pytest.fixture(scope="session")
def tiny() -> Story:
    """Give the tiny story, validated."""
    return told.tiny()


@pytest.fixture(scope="session")
def tiny_scene() -> dict[str, Drawn]:
    """Give the tiny story's scene."""
    return told.tiny_scene()


@pytest.fixture(scope="session")
def tiny_bundle() -> Bundle:
    """Give the tiny story's bundle."""
    return told.tiny_bundle()


@pytest.fixture
def tiny_copy(tmp_path: Path) -> Path:
    """Give a copy of the tiny story's folder, to break."""
    return shutil.copytree(told.TINY, tmp_path / "tiny-story")
