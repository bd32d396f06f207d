"""The charts' counts: every record of an act counted once a group, every figure beside its author, nothing added."""

from __future__ import annotations

from story.compare import qualifier
from story.query import counters_of, counts_deaths, list_records
from story.tallies import compare, count_acts, every_time, list_tolls
from tests.story import told

STORY = told.real().story
RECORDS = list_records(STORY)


def test_every_dated_act_counts_once_in_its_year() -> None:
    acts = count_acts(RECORDS, monthly=False)
    dated = [record for record in RECORDS if record.span]
    assert sum(act.count for act in acts) == sum(len(record.groups) for record in dated)
    assert {act.group for act in acts} == set(STORY.atlas.groups)


def test_by_month_only_what_is_known_to_the_month_counts() -> None:
    acts = count_acts(RECORDS, monthly=True)
    known = [each for each in RECORDS if each.span and each.fact.date_precision not in {"year", "none"}]
    assert sum(act.count for act in acts) == sum(len(record.groups) for record in known)
    assert all(len(act.when) == len("2025-10") for act in acts)


def test_a_year_or_month_without_an_act_stands_on_the_axis_too() -> None:
    years = every_time(count_acts(RECORDS, monthly=False), monthly=False)
    assert years == [str(year) for year in range(int(years[0]), int(years[-1]) + 1)]
    months = every_time(count_acts(RECORDS, monthly=True), monthly=True)
    assert set(months) >= {act.when for act in count_acts(RECORDS, monthly=True)}
    assert len(months) == (int(months[-1][:4]) - int(months[0][:4])) * 12 + int(months[-1][5:]) - int(months[0][5:]) + 1
    assert not every_time([], monthly=True)


def test_every_figure_of_deaths_stands_beside_each_of_its_counters() -> None:
    tolls = list_tolls(RECORDS)
    asked = [
        (record.fact.id, f"{figure.what} ({said})" if (said := qualifier(figure)) else figure.what, counter)
        for record in RECORDS
        for figure in record.fact.figures
        if counts_deaths(figure)
        for counter in counters_of(figure)
    ]
    assert [(toll.record, toll.what, toll.counter) for toll in tolls] == asked
    assert all(toll.low <= toll.high for toll in tolls)


def test_a_series_gives_each_figure_as_its_fact_has_it() -> None:
    years, agencies = STORY.atlas.series[:2]
    bureau = {row.word: row.number for row in compare(years, STORY.facts) if row.record == "drones-tbij-by-year"}
    assert bureau["2010"] == 128
    assert len(bureau) == 15
    assert all(word.isdigit() for word in bureau)
    named = {row.word: row.number for row in compare(agencies, STORY.facts) if row.record == "drones-tbij-by-agency"}
    assert named["North Waziristan"] == 304
