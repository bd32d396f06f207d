"""The frame of the pages: the story mounts, and a story with faults is told as a list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from story import bundle as made
from story.bundle import find_bundle
from story.faults import Fault, StoryError
from story.page import cited_facts

PAGES = Path(__file__).resolve().parents[2] / "pages"
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
    assert data["pages"] == [{"address": "sources", "title": "Sources"}]


def test_the_sources_page_lists_every_cited_record_with_its_links() -> None:
    story = find_bundle().story
    page = open_frame().switch_page("sources.py").run()
    assert not page.exception
    assert [title.value for title in page.title] == ["Sources"]
    records = page.dataframe[0].value
    cited = cited_facts(story)
    assert set(records["Record"]) == {story.facts[id_].title for id_ in cited if story.facts[id_].sources}
    assert set(records["Link"]) == {source.url for id_ in cited for source in story.facts[id_].sources}
    assert set(records["How sure"]) <= {"Sourced."} | {words for words in records["How sure"] if "sourced" in words}


def test_the_sources_page_lists_every_dataset_with_its_licence_and_the_end_of_the_evidence() -> None:
    from geodata.catalogue import read_catalogue  # noqa: PLC0415 - only here

    page = open_frame().switch_page("sources.py").run()
    datasets = page.dataframe[1].value
    assert list(datasets["Dataset"]) == [dataset.title for dataset in read_catalogue().values()]
    assert datasets["Licence"].str.len().min() > 0
    assert find_bundle().story.settings.evidence_until in page.markdown[0].value


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
