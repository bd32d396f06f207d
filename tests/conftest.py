"""What all tests share: the running app and the exported folder, each made once."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.front import run_front_door
from tests.running import Server, export_story, run_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.front import Ask

# The tests are about the shipped data, whatever the owner of this copy has fetched; servers inherit this.
os.environ["GEODATA_LOCAL"] = str(Path(__file__).with_name("no-local-data"))

# The same examples on every machine, and no race against a clock on a busy one.
settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")
# Where the story of all tests is published, whatever is set on this machine, in whatever order the modules come.
os.environ["STORY_ADDRESS"] = "https://story.example/the-line/"
os.environ.pop("FRAME_ANCESTORS", None)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Give the real app, served on a free port of this machine; one for each test process."""
    with run_server() as running:
        yield running


@pytest.fixture(scope="session")
def ask() -> Iterator[Ask]:
    """Give a way to ask the real application, running in this process."""
    with run_front_door() as asking:
        yield asking


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Give the folder that the export wrote; one for all test processes: the first to ask writes it."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent
    folder = shared / "exported"
    with (shared / "exported.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "exported.done").exists():
            export_story(folder)
            (shared / "exported.done").touch()
    return folder
