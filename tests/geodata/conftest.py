"""What the tests of geodata share: a folder for local datasets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geodata.catalogue import LOCAL_VARIABLE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of local datasets, which is not there yet, for this test only."""
    folder = tmp_path / "local"
    monkeypatch.setenv(LOCAL_VARIABLE, str(folder))
    return folder
