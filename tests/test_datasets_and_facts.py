"""Where a dataset names a record of the story, that record is there: geodata knows only ids, the tests know both."""

from __future__ import annotations

import pytest

from geodata.catalogue import read_catalogue
from geodata.load import load
from story.read import read_story

FACTS = read_story().facts
COLUMNS = [
    (name, column)
    for name, dataset in read_catalogue().items()
    for column in dataset.columns
    if column == "fact" or column.endswith("_fact")
]


def test_some_datasets_name_records() -> None:
    assert ("crossings", "status_fact") in COLUMNS


@pytest.mark.parametrize(("name", "column"), COLUMNS, ids=[".".join(pair) for pair in COLUMNS])
def test_every_record_that_a_dataset_names_is_in_the_story(name: str, column: str) -> None:
    named = set(load(name)[column].dropna())
    assert named
    assert named <= set(FACTS)


def test_published_areas_are_those_of_the_records() -> None:
    for row in load("tribal_districts").itertuples():
        recorded = {figure.value for figure in FACTS[row.fact].figures if figure.what == "area"}
        assert recorded == {row.published_km2}, row.name


def test_dates_of_merger_and_split_are_those_of_the_records() -> None:
    for row in load("tribal_districts").itertuples():
        assert str(FACTS[row.merged_fact].date) == row.merged_on
        if row.split_fact:
            assert str(FACTS[row.split_fact].date) == row.split_on
