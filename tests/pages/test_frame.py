"""The frame of the pages: the story mounts, and a story with faults is told as a list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from story import bundle as made
from story.faults import Fault, StoryError

PAGES = Path(__file__).resolve().parents[2] / "pages"
ORDER = ["Read", "Explore", "Evidence", "Sources", "How we judge", "Share"]
FAULTS = [
    Fault("layers.yaml", 12, "3.ink", "'oill'", "a colour", "oil"),
    Fault("claims.yaml", 4, "0.anchor", "'<b>no</b>'", "words that occur once"),
]


def open_frame() -> AppTest:
    """Run the frame as a first visitor does."""
    return AppTest.from_file(str(PAGES / "frame.py"), default_timeout=60).run()


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the story one that cannot be told."""

    def refuse() -> None:
        raise StoryError(FAULTS)

    monkeypatch.setattr(made, "find_bundle", refuse)


def test_the_story_mounts_without_an_error() -> None:
    page = open_frame()
    assert not page.exception
    assert not page.error
    (reader,) = page.get("bidi_component")
    assert "the_line_between" in str(reader.proto.component_name)
    data = json.loads(reader.proto.json)
    assert data["address"] == "embed/"
    assert [page["address"] for page in data["pages"]] == [
        "explore",
        "evidence",
        "sources",
        "rules",
        "share",
        "teach",
        "present",
    ]


def test_every_page_but_the_story_has_a_bar_with_the_pages_in_their_order() -> None:
    assert not open_frame().get("page_link")
    for name in ("explore.py", "evidence.py", "sources.py", "rules.py", "share.py", "teach.py", "present.py"):
        page = open_frame().switch_page(name).run()
        assert not page.exception
        titles = [link.proto.label for link in page.get("page_link")]
        assert [title for title in titles if title in ORDER] == ORDER
        assert any("The Line Between" in each.proto.body for each in page.get("html"))


@pytest.mark.usefixtures("broken")
def test_a_broken_story_shows_its_faults_and_no_traceback() -> None:
    page = open_frame()
    assert not page.exception
    assert [title.value for title in page.title] == ["This story cannot be told yet"]
    table = page.dataframe[0].value
    assert list(table["File"]) == ["claims.yaml", "layers.yaml"]
    assert list(table["Line"]) == [4, 12]
    assert list(table["Did you mean"]) == ["", "oil"]
    assert "2 faults" in page.markdown[0].value
    assert not page.get("bidi_component")


@pytest.mark.usefixtures("broken")
def test_a_broken_story_has_no_pages_to_go_to() -> None:
    assert len(open_frame().dataframe) == 1
