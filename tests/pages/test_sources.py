"""The sources page: publishers and records, the map's data, a citation in the form that is asked for, downloads."""

from __future__ import annotations

import json

import pytest

from geodata.catalogue import read_catalogue
from story.bundle import find_bundle
from story.citation import as_bibtex, cite_dataset, cite_story
from story.publishers import publisher_index
from story.rests import cited_facts
from tests.pages.opened import open_page, sheets, shown
from tests.story.markup import HOSTILE, read_html

BUNDLE = find_bundle()
STORY = BUNDLE.story


def test_every_cited_record_is_listed_with_its_links() -> None:
    page = open_page("sources.py")
    assert not page.exception
    records = page.dataframe[0].value
    cited = cited_facts(STORY)
    assert set(records["Record"]) == {STORY.facts[id_].title for id_ in cited if STORY.facts[id_].sources}
    assert set(records["Link"]) == {source.url for id_ in cited for source in STORY.facts[id_].sources}
    assert STORY.settings.evidence_until in shown(page)


def test_every_dataset_is_there_with_its_licence() -> None:
    text = read_html(shown(open_page("sources.py"))).text
    for dataset in read_catalogue().values():
        assert dataset.title in text


def test_the_story_and_each_dataset_can_be_cited_in_each_form() -> None:
    page = open_page("sources.py")
    assert STORY.settings.author in page.code[0].value
    page.get("button_group")[0].set_value("BibTeX").run()
    assert page.code[0].value.strip() == as_bibtex(cite_story(STORY, BUNDLE.version)).strip()
    dataset = next(iter(read_catalogue().values()))
    page.selectbox(key="cite").select(dataset.id).run()
    assert not page.exception
    assert page.code[0].value.strip() == as_bibtex(cite_dataset(STORY, dataset, BUNDLE.version)).strip()


def test_a_publisher_has_a_page_of_its_own() -> None:
    publisher = publisher_index(STORY)[0]
    page = open_page("sources.py", publisher=publisher.name)
    assert not page.exception
    (sheet,) = sheets(page)
    assert sheet["lead"] == "h1"
    assert not page.dataframe


@pytest.mark.parametrize("value", [*HOSTILE, "Nobody", "x" * 50_000])
def test_an_unknown_publisher_gives_the_whole_page(value: str) -> None:
    page = open_page("sources.py", publisher=[value, value])
    assert not page.exception
    assert len(page.dataframe) == 1
    assert json.dumps(value) not in shown(page)
